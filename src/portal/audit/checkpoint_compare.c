/* Checkpoints that somebody else kept, compared with the live portal. */
#include "base/about.h"
#include "engine/records/evidence_types.h"
#include "portal/audit/checkpoint.h"
#include "portal/audit/checkpoint_leaves.h"
#include "portal/audit/checkpoint_proof.h"
#include "portal/audit/ledger_verify.h"
#include "portal/audit/streams.h"

#include <nctracks/anchor.h>

#include <string.h>

/* Leaves have one encoding, so their bytes are hashed as they are. */
nct_status nct_leaves_check(const nct_checkpoint *checkpoint, const void *leaves, size_t len) {
    struct nct_cbor reader;
    struct nct_merkle tree;
    unsigned char hash[NCT_HASH];
    uint64_t entries = 0;
    nct_cbor_open(&reader, leaves, len);
    nct_merkle_init(&tree, NULL, 0);
    while (nct_cbor_peek(&reader) != NCT_CBOR_NOTHING) {
        struct nct_leaf leaf;
        const unsigned char *begin = reader.at;
        nct_leaf_get(&reader, &leaf);
        entries += reader.status == NCT_OK ? leaf.sequence : 0;
        nct_merkle_leaf(begin, (size_t)(reader.at - begin), hash);
        nct_merkle_add(&tree, hash);
    }
    if (nct_cbor_close(&reader) != NCT_OK)
        return NCT_E_ENCODING;
    nct_merkle_root(&tree, hash);
    int counted = tree.size == checkpoint->claims.streams && entries == checkpoint->claims.entries;
    int same = counted && memcmp(hash, checkpoint->claims.root, NCT_HASH) == 0;
    return same ? NCT_OK : NCT_E_INTEGRITY;
}

static nct_status verify_leaf(struct nct_portal *portal, const struct nct_leaf *leaf, int32_t *verdict,
                              uint64_t *sequence) {
    struct nct_anchor anchor = {.sequence = leaf->sequence};
    memcpy(anchor.hash, leaf->hash, NCT_HASH);
    return nct_stream_verify(portal, &leaf->stream, &anchor, verdict, sequence);
}

/* What a comparison finds. */
struct finding {
    int32_t *verdict;
    char *stream;
    uint64_t *sequence;
};

static nct_status compare_leaves(struct nct_portal *portal, const void *leaves, size_t len,
                                 const struct finding *finding) {
    struct nct_cbor reader;
    uint64_t sequence = 0;
    nct_status status = NCT_OK;
    nct_cbor_open(&reader, leaves, len);
    *finding->verdict = NCT_LEDGER_VALID;
    while (status == NCT_OK && *finding->verdict == NCT_LEDGER_VALID && nct_cbor_peek(&reader) != NCT_CBOR_NOTHING) {
        struct nct_leaf leaf;
        nct_leaf_get(&reader, &leaf);
        status = verify_leaf(portal, &leaf, finding->verdict, &sequence);
        if (status == NCT_OK && *finding->verdict == NCT_LEDGER_TAMPERED)
            nct_stream_name(portal, &leaf.stream, finding->stream);
    }
    if (finding->sequence != NULL && *finding->verdict == NCT_LEDGER_TAMPERED)
        *finding->sequence = sequence;
    return status;
}

nct_status nct_checkpoint_compare(nct_portal *portal, const void *checkpoint, size_t checkpoint_len, const void *leaves,
                                  size_t leaves_len, const void *key_set, size_t key_set_len, int32_t *verdict,
                                  char *stream, size_t capacity, uint64_t *sequence) {
    nct_checkpoint *taken = NULL;
    struct finding finding = {verdict, stream, sequence};
    if (NCT_MISSING(portal) || (leaves_len > 0 && NCT_MISSING(leaves)) || NCT_MISSING(verdict) || NCT_MISSING(stream))
        return NCT_E_ARGUMENT;
    if (capacity <= NCT_STREAM_NAME_MAX)
        return NCT_E_BUFFER;
    *verdict = NCT_LEDGER_TAMPERED;
    stream[0] = '\0';
    if (sequence != NULL)
        *sequence = 0;
    nct_status status = nct_checkpoint_take(checkpoint, checkpoint_len, key_set, key_set_len, &taken);
    if (status == NCT_OK)
        status = nct_leaves_check(taken, leaves, leaves_len);
    nct_checkpoint_free(taken);
    if (status == NCT_OK)
        status = compare_leaves(portal, leaves, leaves_len, &finding);
    if (status != NCT_OK)
        *verdict = NCT_LEDGER_TAMPERED;
    return status;
}

nct_status nct_ledger_verify_anchored(nct_portal *portal, const char *stream, size_t stream_len, const void *checkpoint,
                                      size_t checkpoint_len, const void *proof, size_t proof_len, const void *key_set,
                                      size_t key_set_len, int32_t *verdict, uint64_t *sequence) {
    struct nct_stream found;
    struct nct_proof_record record;
    struct nct_proof_parts parts = {checkpoint, checkpoint_len, key_set, key_set_len, proof, proof_len};
    if (NCT_MISSING(portal) || NCT_MISSING(stream) || NCT_MISSING(verdict))
        return NCT_E_ARGUMENT;
    *verdict = NCT_LEDGER_TAMPERED;
    nct_status status = nct_proof_take(&parts, &record);
    if (status == NCT_OK)
        status = nct_stream_find(portal, stream, stream_len, &found);
    if (status != NCT_OK)
        return status;
    if (found.len != record.stream.len || memcmp(found.key, record.stream.bytes, found.len) != 0)
        return NCT_E_DOCUMENT;
    struct nct_leaf leaf = {.stream = found, .sequence = record.sequence};
    memcpy(leaf.hash, record.hash, NCT_HASH);
    return verify_leaf(portal, &leaf, verdict, sequence);
}
