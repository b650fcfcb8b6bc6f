/* The leaves of the last checkpoint: exported, and proved to be in its tree. */
#include "base/about.h"
#include "engine/records/evidence_types.h"
#include "portal/audit/checkpoint.h"
#include "portal/audit/checkpoint_leaves.h"
#include "portal/audit/streams.h"

#include <string.h>

static nct_status add_leaves(struct nct_leaf_reader *reader, nct_checkpoint *checkpoint) {
    struct nct_leaf leaf;
    nct_status status = NCT_OK;
    nct_buf_clear(&checkpoint->leaves);
    while (status == NCT_OK) {
        status = nct_leaf_next(reader, &leaf);
        if (status == NCT_OK)
            nct_leaf_put(&leaf, &checkpoint->leaves);
    }
    checkpoint->has_leaves = 1;
    return status == NCT_E_NOT_FOUND ? checkpoint->leaves.status : status;
}

static nct_status export_leaves(struct nct_unit *unit, void *argument) {
    nct_checkpoint *checkpoint = argument;
    struct nct_checkpoint_last last;
    struct nct_leaf_reader reader;
    nct_status status = nct_checkpoint_load_leafed(unit, &last, checkpoint);
    if (status != NCT_OK)
        return status;
    status = nct_leaf_reader_open(&reader, unit, &last, &checkpoint->claims);
    if (status == NCT_OK)
        status = add_leaves(&reader, checkpoint);
    nct_leaf_reader_close(&reader);
    return status;
}

nct_status nct_checkpoint_export_leaves(nct_portal *portal, nct_checkpoint **out) {
    nct_checkpoint *checkpoint = NULL;
    if (out != NULL)
        *out = NULL;
    if (NCT_MISSING(portal) || NCT_MISSING(out))
        return NCT_E_ARGUMENT;
    nct_status status = nct_checkpoint_room(&portal->seams.memory, &checkpoint);
    if (status == NCT_OK)
        status = nct_unit_read(portal, export_leaves, checkpoint);
    if (status == NCT_OK)
        *out = checkpoint;
    else
        nct_checkpoint_free(checkpoint);
    return status;
}

/* A proof being made. */
struct proving {
    struct nct_leaf wanted; /* its stream is known, the rest found */
    uint64_t index;
    nct_checkpoint *checkpoint;
    struct nct_proof_record proof;
};

/* Where the stream's leaf is. */
static nct_status find_leaf(struct nct_leaf_reader *reader, struct proving *proving) {
    struct nct_leaf leaf;
    nct_status status = NCT_OK;
    for (proving->index = 0;; proving->index++) {
        status = nct_leaf_next(reader, &leaf);
        int order = status == NCT_OK ? nct_leaf_order(&leaf, &proving->wanted) : 0;
        if (status != NCT_OK || order > 0)
            return status != NCT_OK ? status : NCT_E_NOT_FOUND;
        if (order == 0)
            break;
    }
    proving->wanted = leaf;
    return NCT_OK;
}

/* Builds the tree again; at its end the reader compares the root, which completes the path. */
static nct_status gather_path(struct nct_leaf_reader *reader, const struct proving *proving,
                              struct nct_merkle_path *path) {
    struct nct_leaf leaf;
    nct_status status = NCT_OK;
    nct_merkle_init(&reader->tree, path, proving->index);
    while (status == NCT_OK)
        status = nct_leaf_next(reader, &leaf);
    return status == NCT_E_NOT_FOUND ? NCT_OK : status;
}

static void fill_proof(struct proving *proving, const struct nct_merkle_path *path) {
    struct nct_proof_record *proof = &proving->proof;
    *proof = (struct nct_proof_record){.version = NCT_CHECKPOINT_VERSION,
                                       .number = proving->checkpoint->claims.number,
                                       .index = proving->index,
                                       .sequence = proving->wanted.sequence};
    proof->stream.len = (uint32_t)proving->wanted.stream.len;
    memcpy(proof->stream.bytes, proving->wanted.stream.key, proof->stream.len);
    memcpy(proof->hash, proving->wanted.hash, NCT_HASH);
    proof->path.len = (uint32_t)(path->len * NCT_HASH);
    memcpy(proof->path.bytes, path->nodes, proof->path.len);
}

typedef nct_status pass(struct nct_leaf_reader *reader, struct proving *proving);

static nct_status path_pass(struct nct_leaf_reader *reader, struct proving *proving) {
    struct nct_merkle_path path;
    nct_status status = gather_path(reader, proving, &path);
    if (status == NCT_OK)
        fill_proof(proving, &path);
    return status;
}

/* One pass over the leaves. */
static nct_status run_pass(struct nct_unit *unit, const struct nct_checkpoint_last *last, pass *function,
                           struct proving *proving) {
    struct nct_leaf_reader reader;
    nct_status status = nct_leaf_reader_open(&reader, unit, last, &proving->checkpoint->claims);
    if (status == NCT_OK)
        status = function(&reader, proving);
    nct_leaf_reader_close(&reader);
    return status;
}

static nct_status prove(struct nct_unit *unit, void *argument) {
    struct proving *proving = argument;
    struct nct_checkpoint_last last;
    nct_status status = nct_checkpoint_load_leafed(unit, &last, proving->checkpoint);
    if (status == NCT_OK)
        status = run_pass(unit, &last, find_leaf, proving);
    return status == NCT_OK ? run_pass(unit, &last, path_pass, proving) : status;
}

static nct_status write_proof(const struct proving *proving, void *out, size_t capacity, size_t *out_len) {
    struct nct_buf bytes;
    nct_buf_init(&bytes, &proving->checkpoint->memory);
    nct_record_encode(&nct_proof_type, &proving->proof, &bytes);
    nct_status status = bytes.status;
    if (status == NCT_OK) {
        *out_len = bytes.len;
        status = bytes.len <= capacity ? NCT_OK : NCT_E_BUFFER;
    }
    if (status == NCT_OK)
        memcpy(out, bytes.data, bytes.len);
    nct_buf_free(&bytes);
    return status;
}

nct_status nct_checkpoint_prove(nct_portal *portal, const char *stream, size_t stream_len, void *out, size_t capacity,
                                size_t *out_len, nct_checkpoint **checkpoint) {
    struct proving proving = {0};
    if (checkpoint != NULL)
        *checkpoint = NULL;
    if (NCT_MISSING(portal) || NCT_MISSING(stream) || NCT_MISSING(out_len) || (capacity > 0 && NCT_MISSING(out)))
        return NCT_E_ARGUMENT;
    nct_status status = nct_stream_find(portal, stream, stream_len, &proving.wanted.stream);
    if (status == NCT_OK)
        status = nct_checkpoint_room(&portal->seams.memory, &proving.checkpoint);
    if (status != NCT_OK)
        return status;
    status = nct_unit_read(portal, prove, &proving);
    if (status == NCT_OK)
        status = write_proof(&proving, out, capacity, out_len);
    if (status == NCT_OK && checkpoint != NULL)
        *checkpoint = proving.checkpoint;
    else
        nct_checkpoint_free(proving.checkpoint);
    return status;
}
