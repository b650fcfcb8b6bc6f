/* Checkpoints and proofs verified offline. */
#include "base/about.h"
#include "engine/records/evidence_types.h"
#include "portal/audit/checkpoint.h"
#include "portal/audit/checkpoint_leaves.h"
#include "portal/audit/checkpoint_proof.h"

#include <sodium.h>
#include <string.h>

/* A checkpoint larger than any that was ever made is none. */
static nct_status open_verified(const void *bytes, size_t len, const void *key_set, size_t key_set_len,
                                nct_checkpoint *checkpoint) {
    struct nct_checkpoint_claims claims;
    struct nct_signature_record record;
    if (len > sizeof record.receipt.bytes)
        return NCT_E_ENCODING;
    nct_status status = nct_evidence_open(bytes, len, &nct_checkpoint_kind, key_set, key_set_len, &claims);
    if (status != NCT_OK)
        return status;
    if (claims.version != NCT_CHECKPOINT_VERSION || claims.number == 0)
        return NCT_E_UNSUPPORTED;
    record.receipt.len = (uint32_t)len;
    memcpy(record.receipt.bytes, bytes, len);
    return nct_checkpoint_open(checkpoint, &record);
}

nct_status nct_checkpoint_take(const void *bytes, size_t len, const void *key_set, size_t key_set_len,
                               nct_checkpoint **out) {
    struct nct_memory memory;
    *out = NULL;
    if (bytes == NULL)
        return nct_about_argument(NCT_E_ARGUMENT, "checkpoint");
    if (NCT_MISSING(key_set))
        return NCT_E_ARGUMENT;
    if (sodium_init() < 0)
        return NCT_E_CRYPTO;
    nct_memory_set(&memory, NULL, NULL);
    nct_checkpoint *checkpoint = NULL;
    nct_status status = nct_checkpoint_room(&memory, &checkpoint);
    if (status == NCT_OK)
        status = open_verified(bytes, len, key_set, key_set_len, checkpoint);
    if (status == NCT_OK)
        *out = checkpoint;
    else
        nct_checkpoint_free(checkpoint);
    return status;
}

/* The name vouches for the one before: its own signature need not be verified, so that its key may be long gone. */
static nct_status check_previous(const nct_checkpoint *checkpoint, const void *previous, size_t len) {
    struct nct_signature_record record;
    nct_checkpoint *before = NULL;
    if (len > sizeof record.receipt.bytes)
        return NCT_E_INTEGRITY;
    nct_status status = nct_checkpoint_room(&checkpoint->memory, &before);
    if (status != NCT_OK)
        return status;
    record.receipt.len = (uint32_t)len;
    memcpy(record.receipt.bytes, previous, len);
    status = nct_checkpoint_open(before, &record);
    int follows = status == NCT_OK && memcmp(before->hash, checkpoint->claims.previous, NCT_HASH) == 0 &&
                  before->claims.number + 1 == checkpoint->claims.number &&
                  before->claims.streams <= checkpoint->claims.streams &&
                  before->claims.entries <= checkpoint->claims.entries;
    nct_checkpoint_free(before);
    return follows ? NCT_OK : NCT_E_INTEGRITY;
}

nct_status nct_checkpoint_verify(const void *checkpoint, size_t checkpoint_len, const void *key_set, size_t key_set_len,
                                 const void *previous, size_t previous_len, nct_checkpoint **out) {
    nct_checkpoint *taken = NULL;
    if (out != NULL)
        *out = NULL;
    nct_status status = nct_checkpoint_take(checkpoint, checkpoint_len, key_set, key_set_len, &taken);
    if (status == NCT_OK && previous != NULL)
        status = check_previous(taken, previous, previous_len);
    if (status == NCT_OK && out != NULL)
        *out = taken;
    else
        nct_checkpoint_free(taken);
    return status;
}

static nct_status decode_proof(const void *bytes, size_t len, struct nct_proof_record *proof) {
    nct_status status = nct_record_decode(&nct_proof_type, bytes, len, proof);
    if (status != NCT_OK)
        return status == NCT_E_INTEGRITY ? NCT_E_ENCODING : status;
    if (proof->version != NCT_CHECKPOINT_VERSION)
        return NCT_E_UNSUPPORTED;
    int shaped = proof->stream.len >= 2 && proof->path.len % NCT_HASH == 0;
    return shaped && nct_leaf_head_fits(proof->sequence, proof->hash) ? NCT_OK : NCT_E_ENCODING;
}

static nct_status check_proof(const nct_checkpoint *checkpoint, const struct nct_proof_record *proof) {
    struct nct_leaf leaf = {.stream.len = proof->stream.len, .sequence = proof->sequence};
    struct nct_merkle_path path = {.len = proof->path.len / NCT_HASH};
    struct nct_buf scratch;
    unsigned char hash[NCT_HASH];
    memcpy(leaf.stream.key, proof->stream.bytes, proof->stream.len);
    memcpy(leaf.hash, proof->hash, NCT_HASH);
    memcpy(path.nodes, proof->path.bytes, proof->path.len);
    nct_buf_init(&scratch, &checkpoint->memory);
    nct_status status = nct_leaf_hash(&leaf, &scratch, hash);
    nct_buf_free(&scratch);
    if (status != NCT_OK)
        return status;
    int holds = proof->number == checkpoint->claims.number &&
                nct_merkle_holds(hash, proof->index, checkpoint->claims.streams, &path, checkpoint->claims.root);
    return holds ? NCT_OK : NCT_E_INTEGRITY;
}

nct_status nct_proof_take(const struct nct_proof_parts *parts, struct nct_proof_record *proof) {
    nct_checkpoint *checkpoint = NULL;
    if (NCT_MISSING(parts->proof))
        return NCT_E_ARGUMENT;
    nct_status status =
        nct_checkpoint_take(parts->checkpoint, parts->checkpoint_len, parts->key_set, parts->key_set_len, &checkpoint);
    if (status == NCT_OK)
        status = decode_proof(parts->proof, parts->proof_len, proof);
    if (status == NCT_OK)
        status = check_proof(checkpoint, proof);
    nct_checkpoint_free(checkpoint);
    return status;
}

nct_status nct_checkpoint_verify_inclusion(const void *checkpoint, size_t checkpoint_len, const void *key_set,
                                           size_t key_set_len, const void *proof, size_t proof_len,
                                           nct_inclusion **out) {
    struct nct_memory memory;
    struct nct_proof_record record;
    struct nct_proof_parts parts = {checkpoint, checkpoint_len, key_set, key_set_len, proof, proof_len};
    if (out != NULL)
        *out = NULL;
    nct_status status = nct_proof_take(&parts, &record);
    if (status != NCT_OK || out == NULL)
        return status;
    nct_memory_set(&memory, NULL, NULL);
    nct_inclusion *inclusion = nct_memory_take(&memory, sizeof *inclusion);
    if (inclusion == NULL)
        return NCT_E_NO_MEMORY;
    *inclusion = (nct_inclusion){memory, record};
    *out = inclusion;
    return NCT_OK;
}

void nct_inclusion_free(nct_inclusion *inclusion) {
    if (inclusion == NULL)
        return;
    struct nct_memory memory = inclusion->memory;
    nct_memory_give(&memory, inclusion);
}

const void *nct_inclusion_stream(const nct_inclusion *inclusion, size_t *stream_len) {
    if (stream_len != NULL)
        *stream_len = inclusion != NULL ? inclusion->proof.stream.len : 0;
    return inclusion != NULL ? inclusion->proof.stream.bytes : NULL;
}

uint64_t nct_inclusion_sequence(const nct_inclusion *inclusion) {
    return inclusion != NULL ? inclusion->proof.sequence : 0;
}

const void *nct_inclusion_hash(const nct_inclusion *inclusion) {
    return inclusion != NULL ? inclusion->proof.hash : NULL;
}
