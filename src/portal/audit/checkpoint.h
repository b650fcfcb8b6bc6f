/* Checkpoints as they are stored, handed to the host and taken apart. */
#ifndef NCT_PORTAL_AUDIT_CHECKPOINT_H
#define NCT_PORTAL_AUDIT_CHECKPOINT_H

#include "engine/keys/evidence.h"
#include "engine/records/evidence_types.h"
#include "engine/unit/ledger_append.h"

#include <nctracks/checkpoint.h>

#define NCT_CHECKPOINT_VERSION 1
#define NCT_CHECKPOINT_TYPE "application/nctracks-checkpoint+cbor"

/* Checkpoints as evidence. */
extern const struct nct_evidence_kind nct_checkpoint_kind;

struct nct_checkpoint {
    struct nct_memory memory;
    struct nct_checkpoint_claims claims;
    struct nct_signature_record record;
    unsigned char hash[NCT_HASH]; /* of the record's bytes */
    struct nct_buf leaves;
    int has_leaves;
};

struct nct_inclusion {
    struct nct_memory memory;
    struct nct_proof_record proof;
};

/* An empty handle. NCT_OK or NCT_E_NO_MEMORY. */
nct_status nct_checkpoint_room(const struct nct_memory *memory, nct_checkpoint **out);

/* Fills a handle from a record that is authenticated or verified. NCT_OK or NCT_E_INTEGRITY. */
nct_status nct_checkpoint_open(nct_checkpoint *checkpoint, const struct nct_signature_record *record);

/* The key of a checkpoint. */
#define NCT_CHECKPOINT_KEY 8
void nct_checkpoint_key(uint64_t number, unsigned char key[NCT_CHECKPOINT_KEY]);

/* Reads which checkpoint is the last. NCT_OK; NCT_E_NOT_FOUND, and *last is of number 0; or a failure. */
nct_status nct_checkpoint_get_last(struct nct_unit *unit, struct nct_checkpoint_last *last);

/* Stages it, with an entry in the portal's stream. */
nct_status nct_checkpoint_put_last(struct nct_unit *unit, const struct nct_checkpoint_last *last,
                                   const struct nct_note *note);

/* Reads a checkpoint. NCT_OK, NCT_E_NOT_FOUND or a failure. */
nct_status nct_checkpoint_load(struct nct_unit *unit, uint64_t number, nct_checkpoint *checkpoint);

/* Reads the last checkpoint and what it rests on. NCT_OK; NCT_E_NOT_FOUND, and *last is of number 0; or a failure. */
nct_status nct_checkpoint_load_last(struct nct_unit *unit, struct nct_checkpoint_last *last,
                                    nct_checkpoint *checkpoint);

/* The same, but NCT_E_NOT_FOUND when its leaves were given up. */
nct_status nct_checkpoint_load_leafed(struct nct_unit *unit, struct nct_checkpoint_last *last,
                                      nct_checkpoint *checkpoint);

/* Reads a checkpoint, or the last one for 0. NCT_OK, NCT_E_NOT_FOUND or a failure. */
nct_status nct_checkpoint_find(struct nct_unit *unit, uint64_t number, nct_checkpoint *checkpoint);

/* Something does not fit the last checkpoint: NCT_E_INTEGRITY, or NCT_E_CONFLICT when another was made meanwhile. */
nct_status nct_checkpoint_explain(struct nct_unit *unit);

#endif
