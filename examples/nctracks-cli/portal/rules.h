/** The rules a command applies: of the options, else those the portal keeps. */
#ifndef NCTRACKS_CLI_RULES_H
#define NCTRACKS_CLI_RULES_H

#include "cli.h"

/** The policy the options name, else the portal's, else that of 2013, for commands that need no database. Free with
 * nct_policy_free(). @return CLI_DONE or the exit code of what was reported */
int rules_wanted(struct cli *cli, nct_policy **out);

/** The same for the database: it is run under one profile, which --profile may confirm, not replace. */
int rules_of_database(struct cli *cli, nct_policy **out);

#endif
