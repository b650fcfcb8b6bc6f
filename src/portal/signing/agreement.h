/* The signature agreement: what a signer accepted, against what the policy asks. */
#ifndef NCT_PORTAL_SIGNING_AGREEMENT_H
#define NCT_PORTAL_SIGNING_AGREEMENT_H

#include "engine/records/evidence_types.h"

/* Puts into the claims which agreement stands behind a signature, none where none is asked. NCT_OK, or NCT_E_AGREEMENT
 * for a signer who did not accept the one that is. */
nct_status nct_agreement_claim(const struct nct_policy *policy, const struct nct_person_record *signer,
                               struct nct_claims *claims);

#endif
