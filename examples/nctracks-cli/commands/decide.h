/** What an operator decides about a provider, for a reason. */
#ifndef NCTRACKS_CLI_DECIDE_H
#define NCTRACKS_CLI_DECIDE_H

#include "cli.h"

/** A decision of the library. */
typedef nct_status decision(nct_portal *portal, const char *operator_name, size_t operator_name_len,
                            const char *provider, size_t provider_len, const char *reason, size_t reason_len);

/** Decides about the provider the first operand names, for --reason. @param said what is said of it then */
int decide_provider(struct cli *cli, decision *function, const char *said);

#endif
