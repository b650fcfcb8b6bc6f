/* Checkpoints as they are stored, handed to the host and taken apart. */
#ifndef NCT_OPERATIONS_CHECKPOINT_H
#define NCT_OPERATIONS_CHECKPOINT_H

#include "services/merkle.h"
#include "unit/unit.h"

#include <nctracks/checkpoint.h>

#define NCT_CHECKPOINT_VERSION 1
#define NCT_CHECKPOINT_TYPE "application/nctracks-checkpoint+cbor"

struct nct_checkpoint {
    struct nct_memory memory;
    struct nct_checkpoint_claims claims;
    struct nct_signature_record record;
    unsigned char hash[NCT_HASH]; /* of the record's bytes */
    struct nct_buf leaves;        /* memory NULL: they were not asked for */
};

/* An empty handle. NCT_OK or NCT_E_NO_MEMORY. */
nct_status nct_checkpoint_room(const struct nct_memory *memory, nct_checkpoint **out);

/* Fills a handle from bytes that are authenticated or verified. NCT_OK or NCT_E_INTEGRITY. */
nct_status nct_checkpoint_open(nct_checkpoint *checkpoint, const struct nct_signature_record *record);

/* Reads a checkpoint by number. NCT_OK, NCT_E_NOT_FOUND or a failure. */
nct_status nct_checkpoint_load(struct nct_unit *unit, uint64_t number, nct_checkpoint *checkpoint);

/* Reads which checkpoint is the last; one of number 0 if there is none. */
nct_status nct_checkpoint_find_last(struct nct_unit *unit, struct nct_checkpoint_last *last);

/* Something of the last checkpoint does not fit: NCT_E_INTEGRITY, or NCT_E_CONFLICT when another was made meanwhile. */
nct_status nct_checkpoint_explain(struct nct_unit *unit);

#define NCT_CHECKPOINT_LAST_KEY "last"
#define NCT_CHECKPOINT_KEY 8
#define NCT_LEAVES_KEY 16
void nct_leaves_key(uint64_t number, uint64_t page, unsigned char key[NCT_LEAVES_KEY]);

/* One leaf. */
struct nct_leaf {
    struct nct_stream {
        unsigned char key[NCT_STREAM_KEY_MAX];
        size_t len;
    } stream;
    uint64_t sequence;
    unsigned char hash[NCT_HASH];
};
#endif
