/* Leaves of a checkpoint's tree: encoded, and stored in pages beside the last checkpoint. */
#ifndef NCT_PORTAL_AUDIT_CHECKPOINT_LEAVES_H
#define NCT_PORTAL_AUDIT_CHECKPOINT_LEAVES_H

#include "codec/cbor.h"
#include "engine/records/evidence_types.h"
#include "engine/unit/ledger_append.h"
#include "portal/audit/merkle.h"

/* The head of a stream. */
struct nct_leaf {
    struct nct_stream stream;
    uint64_t sequence;
    unsigned char hash[NCT_HASH];
};

void nct_leaf_put(const struct nct_leaf *leaf, struct nct_buf *buf);

/* A stream without entries has a head of zeros, and no other has. */
int nct_leaf_head_fits(uint64_t sequence, const unsigned char hash[NCT_HASH]);

/* Reads the next leaf. A failure sticks in the reader. */
void nct_leaf_get(struct nct_cbor *reader, struct nct_leaf *leaf);

/* Which stream comes first, as strcmp() answers. */
int nct_leaf_order(const struct nct_leaf *a, const struct nct_leaf *b);

/* The leaf hash of a leaf; the buffer is scratch. NCT_OK or NCT_E_NO_MEMORY. */
nct_status nct_leaf_hash(const struct nct_leaf *leaf, struct nct_buf *scratch, unsigned char hash[NCT_HASH]);

/* Reads the leaves of the last checkpoint, one after the other; what was signed must be the root of what is kept. */
struct nct_leaf_reader {
    struct nct_unit *unit;
    const struct nct_checkpoint_last *last;
    const struct nct_checkpoint_claims *claims;
    struct nct_merkle tree;
    struct nct_buf scratch;
    struct nct_leaves_record *record;
    struct nct_cbor cbor;
    uint64_t page;
};

/* NCT_OK or NCT_E_NO_MEMORY. nct_leaf_reader_close() afterwards in any case. */
nct_status nct_leaf_reader_open(struct nct_leaf_reader *reader, struct nct_unit *unit,
                                const struct nct_checkpoint_last *last, const struct nct_checkpoint_claims *claims);
void nct_leaf_reader_close(struct nct_leaf_reader *reader);

/* NCT_OK; NCT_E_NOT_FOUND behind the last leaf; NCT_E_INTEGRITY, there at the latest, when they are not the
 * checkpoint's; or a failure. */
nct_status nct_leaf_next(struct nct_leaf_reader *reader, struct nct_leaf *leaf);

/* Reads all of them. NCT_OK, NCT_E_INTEGRITY or a failure. */
nct_status nct_leaves_read(struct nct_unit *unit, const struct nct_checkpoint_last *last,
                           const struct nct_checkpoint_claims *claims);

/* Stages the leaves of a new checkpoint, and builds its tree. */
struct nct_leaf_writer {
    struct nct_unit *unit;
    uint64_t number;
    uint64_t pages;
    uint64_t entries;
    struct nct_leaves_record *record;
    struct nct_buf leaf;
    struct nct_merkle tree;
};

/* NCT_OK or NCT_E_NO_MEMORY. nct_leaf_writer_close() afterwards in any case. */
nct_status nct_leaf_writer_open(struct nct_leaf_writer *writer, struct nct_unit *unit, uint64_t number);
void nct_leaf_writer_close(struct nct_leaf_writer *writer);
nct_status nct_leaf_write(struct nct_leaf_writer *writer, const struct nct_leaf *leaf);

/* Stages what is left, and tells the root of the tree. */
nct_status nct_leaf_writer_finish(struct nct_leaf_writer *writer, unsigned char root[NCT_HASH]);

/* Stages the removal of the pages from one on, whatever they hold. */
nct_status nct_leaf_pages_drop(struct nct_unit *unit, uint64_t number, uint64_t from);

#endif
