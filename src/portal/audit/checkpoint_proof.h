/* Evidence about checkpoints that came from outside, verified. */
#ifndef NCT_PORTAL_AUDIT_CHECKPOINT_PROOF_H
#define NCT_PORTAL_AUDIT_CHECKPOINT_PROOF_H

#include "engine/records/evidence_types.h"
#include "engine/records/types.h"

#include <nctracks/checkpoint.h>

/* A proof of inclusion with what it needs. */
struct nct_proof_parts {
    const void *checkpoint;
    size_t checkpoint_len;
    const void *key_set;
    size_t key_set_len;
    const void *proof;
    size_t proof_len;
};

/* Verifies a checkpoint alone; statuses as nct_checkpoint_verify(). */
nct_status nct_checkpoint_take(const void *bytes, size_t len, const void *key_set, size_t key_set_len,
                               nct_checkpoint **out);

/* Whether leaves are those of a checkpoint: NCT_OK, NCT_E_ENCODING or NCT_E_INTEGRITY. */
nct_status nct_leaves_check(const nct_checkpoint *checkpoint, const void *leaves, size_t len);

/* Verifies a proof; statuses as nct_checkpoint_verify_inclusion(). */
nct_status nct_proof_take(const struct nct_proof_parts *parts, struct nct_proof_record *proof);

#endif
