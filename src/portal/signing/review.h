/* Reviews and idempotency keys: what a signing is bound to besides the signer. */
#ifndef NCT_PORTAL_SIGNING_REVIEW_H
#define NCT_PORTAL_SIGNING_REVIEW_H

#include "engine/records/evidence_types.h"
#include "engine/unit/unit.h"

/* Hash of all that is signed and was shown: provider, kind, document, attestation. */
void nct_review_content(const struct nct_claims *claims, unsigned char content[NCT_HASH]);

/* Spends a token in the unit that signs. NCT_OK; NCT_E_REVIEW; or a failure. */
nct_status nct_review_spend(struct nct_unit *unit, const struct nct_claims *claims, const char *token);

/*
 * Looks up what a host's key made. NCT_OK with its record; NCT_E_NOT_FOUND for a new key; NCT_E_REPEATED for other
 * content; or a failure.
 */
nct_status nct_idempotency_find(struct nct_unit *unit, const struct nct_claims *claims, const char *key,
                                struct nct_signature_record *record);

/* Stages that a key made a signature, whose claims are complete. */
nct_status nct_idempotency_put(struct nct_unit *unit, const struct nct_claims *claims, const char *key);

#endif
