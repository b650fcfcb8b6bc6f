/* Streams as a checkpoint held elsewhere vouches for them: looked up, and compared with the portal or an export. */
#include "portal/audit/anchors.h"
#include "base/about.h"

#include "engine/records/evidence_types.h"
#include "portal/audit/checkpoint_leaves.h"
#include "portal/audit/checkpoint_proof.h"
#include "portal/audit/ledger_verify.h"
#include "portal/audit/streams.h"

#include <string.h>

/* In the order of the streams' keys. */
struct nct_anchors {
    struct nct_memory memory;
    struct nct_leaf *leaves;
    size_t count;
};

void nct_anchors_free(nct_anchors *anchors) {
    if (anchors == NULL)
        return;
    struct nct_memory memory = anchors->memory;
    nct_memory_give(&memory, anchors->leaves);
    nct_memory_give(&memory, anchors);
}

static nct_status make_room(size_t count, nct_anchors **out) {
    struct nct_memory memory;
    nct_memory_set(&memory, NULL, NULL);
    *out = nct_memory_take(&memory, sizeof **out);
    if (*out == NULL)
        return NCT_E_NO_MEMORY;
    (*out)->memory = memory;
    (*out)->leaves = nct_memory_take_array(&memory, count + 1, sizeof *(*out)->leaves);
    return (*out)->leaves != NULL ? NCT_OK : NCT_E_NO_MEMORY;
}

/* Of leaves that were checked. Streams out of order would hide from the look-up. */
static nct_status fill(nct_anchors *anchors, size_t count, const void *leaves, size_t len) {
    struct nct_cbor reader;
    nct_cbor_open(&reader, leaves, len);
    for (; anchors->count < count; anchors->count++) {
        struct nct_leaf *leaf = &anchors->leaves[anchors->count];
        nct_leaf_get(&reader, leaf);
        if (anchors->count > 0 && nct_leaf_order(leaf - 1, leaf) >= 0)
            return NCT_E_INTEGRITY;
    }
    return NCT_OK;
}

static nct_status hand_out(nct_status status, nct_anchors *anchors, nct_anchors **out) {
    if (status == NCT_OK)
        *out = anchors;
    else
        nct_anchors_free(anchors);
    return status;
}

nct_status nct_anchors_from_leaves(const void *checkpoint, size_t checkpoint_len, const void *leaves, size_t leaves_len,
                                   const void *key_set, size_t key_set_len, nct_anchors **out) {
    nct_checkpoint *taken = NULL;
    nct_anchors *anchors = NULL;
    if (out != NULL)
        *out = NULL;
    if (NCT_MISSING(out) || (leaves_len > 0 && NCT_MISSING(leaves)))
        return NCT_E_ARGUMENT;
    nct_status status = nct_checkpoint_take(checkpoint, checkpoint_len, key_set, key_set_len, &taken);
    if (status == NCT_OK)
        status = nct_leaves_check(taken, leaves, leaves_len);
    size_t count = (size_t)nct_checkpoint_streams(taken);
    if (status == NCT_OK)
        status = make_room(count, &anchors);
    if (status == NCT_OK)
        status = fill(anchors, count, leaves, leaves_len);
    nct_checkpoint_free(taken);
    return hand_out(status, anchors, out);
}

nct_status nct_anchors_from_proof(const void *checkpoint, size_t checkpoint_len, const void *proof, size_t proof_len,
                                  const void *key_set, size_t key_set_len, nct_anchors **out) {
    struct nct_proof_parts parts = {checkpoint, checkpoint_len, key_set, key_set_len, proof, proof_len};
    struct nct_proof_record record;
    nct_anchors *anchors = NULL;
    if (NCT_MISSING(out))
        return NCT_E_ARGUMENT;
    *out = NULL;
    nct_status status = nct_proof_take(&parts, &record);
    if (status == NCT_OK)
        status = make_room(1, &anchors);
    if (status == NCT_OK) {
        struct nct_leaf *leaf = &anchors->leaves[0];
        leaf->stream.len = record.stream.len;
        memcpy(leaf->stream.key, record.stream.bytes, record.stream.len);
        leaf->sequence = record.sequence;
        memcpy(leaf->hash, record.hash, NCT_HASH);
        anchors->count = 1;
    }
    return hand_out(status, anchors, out);
}

size_t nct_anchors_count(const nct_anchors *anchors) {
    return anchors != NULL ? anchors->count : 0;
}

int nct_anchors_find(const nct_anchors *anchors, const struct nct_stream *stream, struct nct_anchor *anchor) {
    struct nct_leaf wanted = {.stream = *stream};
    size_t low = 0;
    size_t high = anchors->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = nct_leaf_order(&anchors->leaves[middle], &wanted);
        if (order == 0) {
            anchor->sequence = anchors->leaves[middle].sequence;
            memcpy(anchor->hash, anchors->leaves[middle].hash, NCT_HASH);
            return 1;
        }
        low = order < 0 ? middle + 1 : low;
        high = order < 0 ? high : middle;
    }
    return 0;
}

struct heading {
    struct nct_stream stream;
    struct nct_stream_head head;
};

static nct_status read_head(struct nct_unit *unit, void *argument) {
    struct heading *heading = argument;
    return nct_unit_get(unit, &nct_type_stream, heading->stream.key, heading->stream.len, &heading->head);
}

/* A stream that is right up to its anchor may go on behind it. */
static nct_status tell_end(struct nct_portal *portal, const struct nct_stream *stream, int32_t *verdict,
                           uint64_t *sequence) {
    struct heading heading = {.stream = *stream};
    nct_status status = nct_unit_read(portal, read_head, &heading);
    if (status == NCT_OK && heading.head.sequence > *sequence)
        *verdict = NCT_LEDGER_VALID_BUT_UNANCHORED;
    *sequence = status == NCT_OK ? heading.head.sequence : 0;
    return status == NCT_E_NOT_FOUND ? NCT_OK : status;
}

nct_status nct_ledger_verify_against(nct_portal *portal, const char *stream, size_t stream_len,
                                     const nct_anchors *anchors, int32_t *verdict, uint64_t *sequence,
                                     uint64_t *anchored) {
    struct nct_stream found;
    struct nct_anchor anchor = {0};
    uint64_t place = 0;
    if (NCT_MISSING(portal) || NCT_MISSING(stream) || NCT_MISSING(anchors) || NCT_MISSING(verdict))
        return NCT_E_ARGUMENT;
    *verdict = NCT_LEDGER_TAMPERED;
    nct_status status = nct_stream_find(portal, stream, stream_len, &found);
    if (status != NCT_OK)
        return status;
    int has = nct_anchors_find(anchors, &found, &anchor);
    status = nct_stream_verify(portal, &found, has ? &anchor : NULL, verdict, &place);
    if (status == NCT_OK && *verdict == NCT_LEDGER_VALID)
        status = tell_end(portal, &found, verdict, &place);
    if (status != NCT_OK)
        *verdict = NCT_LEDGER_TAMPERED;
    if (sequence != NULL)
        *sequence = place;
    if (anchored != NULL)
        *anchored = anchor.sequence;
    return status;
}
