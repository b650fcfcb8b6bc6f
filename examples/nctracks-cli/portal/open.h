/** The portal a command works on: database, key file and mailer, as the global options name them. */
#ifndef NCTRACKS_CLI_PORTAL_OPEN_H
#define NCTRACKS_CLI_PORTAL_OPEN_H

#include "cli.h"

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
