/* Periods of signing with the PIN alone, after a first signature with all components. */
#ifndef NCT_PORTAL_CREDENTIALS_SIGNING_PERIOD_H
#define NCT_PORTAL_CREDENTIALS_SIGNING_PERIOD_H

#include "engine/handle/portal.h"
#include "engine/records/types.h"

#define NCT_PERIOD_TOKEN 32 /* hexadecimal digits */

/* Whether a token stands for the person's open period. */
int nct_period_holds(const struct nct_portal *portal, const struct nct_person_record *record,
                     const struct nct_credential *credential, const void *token, size_t len, int64_t now);

/* Begins a period, ending the one before, if the policy offers them; else the token is empty. NCT_OK or NCT_E_RANDOM.
 */
nct_status nct_period_begin(const struct nct_portal *portal, const struct nct_person_record *record,
                            struct nct_credential *credential, int64_t now, char token[NCT_PERIOD_TOKEN + 1]);

/* Notes a use. */
void nct_period_use(struct nct_credential *credential, int64_t now);

#endif
