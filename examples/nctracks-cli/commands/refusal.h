/** Why something is refused, and whom to ask. */
#ifndef NCTRACKS_CLI_REFUSAL_H
#define NCTRACKS_CLI_REFUSAL_H

#include <nctracks/access.h>
#include <nctracks/form.h>

#include "cli.h"

/** An explanation as a new record. */
json_t *refusal_describe(const struct cli *cli, const nct_explanation *explanation);
/** After a refusal: says why, and whom to ask. Says nothing when there is nothing to say. */
void refusal_explain(struct cli *cli, const char *ncid, const char *provider, int32_t right);
/** A refusal of a change of access: fail_status(), and for somebody with --by who lacks the authority, why. */
int refusal_of_access(struct cli *cli, nct_status status, const nct_problems *problems);

#endif
