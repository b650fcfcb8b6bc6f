/* Evidence: claims signed as COSE_Sign1 objects, and how each kind is told apart and dated. */
#ifndef NCT_ENGINE_KEYS_EVIDENCE_H
#define NCT_ENGINE_KEYS_EVIDENCE_H

#include "engine/records/evidence_types.h"
#include "engine/unit/unit.h"

struct nct_evidence_kind {
    const char *content_type;
    const struct nct_record_type *claims;
    size_t time; /* offset of the time it claims, an int64_t: a key may be compromised by then */
    int vouches; /* for another key: then no time it claims helps, because whoever has a stolen key writes any */
};

/*
 * Signs claims with the portal's current key. NCT_OK; NCT_E_NOT_ANNOUNCED or NCT_E_KEY_COMPROMISED when that key signs
 * nothing, which must still be so at the commit; NCT_E_NO_MEMORY; NCT_E_LIMIT; or a failure.
 */
nct_status nct_evidence_make(struct nct_unit *unit, const struct nct_evidence_kind *kind, const void *claims,
                             struct nct_signature_record *record);

/* The same with a given key, whoever may sign with it. */
nct_status nct_evidence_sign(struct nct_unit *unit, const struct nct_keys *keys, const struct nct_evidence_kind *kind,
                             const void *claims, struct nct_signature_record *record);

/* Whether claims say something in every field, and their texts are single lines: they are shown to people. */
int nct_claims_complete(const struct nct_record_type *claims_type, const void *claims);

/* Verifies evidence and fills its claims; statuses as nct_receipt_verify(). */
nct_status nct_evidence_open(const void *bytes, size_t len, const struct nct_evidence_kind *kind, const void *key_set,
                             size_t key_set_len, void *claims);

#endif
