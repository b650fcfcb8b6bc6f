/** Profiles as files: the one given with --profile-file, and the one a portal keeps beside its database. */
#ifndef NCTRACKS_CLI_PROFILE_FILE_H
#define NCTRACKS_CLI_PROFILE_FILE_H

#include "cli.h"

/** Reads a policy from a file and checks it; what is wrong is told with its lines. Free with nct_policy_free(). */
int profile_file_read(struct cli *cli, const char *path, nct_policy **out);

/** The profile kept beside the database; *out is NULL where there is none. Refused is a link, somebody else's file, and
 * one others may write: whoever may write it makes the rules. */
int profile_file_kept(struct cli *cli, nct_policy **out);

/** Says that the kept profile is not there. @return CLI_ENVIRONMENT */
int profile_file_missing(struct cli *cli);

/** Keeps a policy beside the database, for every later command; a file that is there is never replaced. */
int profile_file_keep(struct cli *cli, const nct_policy *policy);

/** Keeps a policy in the place of the one that was kept. */
int profile_file_replace(struct cli *cli, const nct_policy *policy);

/** The canonical text of a policy; ends the program without memory. Free with free(). */
char *profile_text(const nct_policy *policy);

#endif
