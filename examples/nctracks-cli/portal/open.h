/** The portal a command works on: database, key file and mailer, as the global options name them. */
#ifndef NCTRACKS_CLI_PORTAL_OPEN_H
#define NCTRACKS_CLI_PORTAL_OPEN_H

#include "cli.h"

/** Finds out which files are meant. @return CLI_DONE or a reported failure's exit code */
int portal_files(struct cli *cli);

/** The same for the store of this name, a path or a connection string, whatever --db and --store say. */
int portal_named(struct cli *cli, const char *name);

/** The path of a file beside the database; in this folder where that is on a server. @return false: it is too long */
bool portal_beside(const struct cli *cli, const char *name, char out[CLI_PATH_MAX]);

/** The policy the options name, else the portal's, else that of 2013, for commands that need no database. Free with
 *  nct_policy_free(). */
int portal_policy(struct cli *cli, nct_policy **out);

/** Opens the portal on a database that is there. */
int portal_open(struct cli *cli);

/** Opens the portal, making the database if it is not there. */
int portal_create(struct cli *cli);

/** Whether there is a database, whoever made it. @return CLI_DONE, or the exit code of a reported failure to tell */
int portal_is_there(struct cli *cli, bool *there);

/** What is done with a configuration, before any portal is open; reports its own failures. */
typedef int portal_step(struct cli *cli, const nct_config *config, const nct_policy *policy);

/** Runs a step for the database, with its key and another policy than the one that is kept. */
int portal_configured(struct cli *cli, const nct_policy *policy, portal_step *step);

/** Refuses a database of 0 bytes, which may be what is left of one. @return CLI_DONE for any other, and for none */
int portal_refuse_empty(struct cli *cli);

/** Closes what was opened. */
void portal_close(struct cli *cli);

/** Whether the portal that was opened can send mail: CLI_DONE, or why not, reported. */
int portal_check_mail(struct cli *cli);

/** Who acts for the agency: --operator, else the name of the account that runs the program. */
const char *portal_operator(const struct cli *cli);

#endif
