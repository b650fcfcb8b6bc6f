/*
 * Proofs of inclusion over arbitrary bytes. The first byte says what they are:
 *
 *   0  claims of a checkpoint, which are signed here, and a proof;
 *   1  how many streams there are, which one is proved, and an edit of the proof: unless it changes nothing, the proof
 * no longer holds.
 */
#include <stdlib.h>
#include <string.h>

#include "codec/cbor.h"
#include "portal/audit/merkle.h"
#include "sealed.h"

#include <nctracks/checkpoint.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define STREAMS_MAX 40
#define NUMBER 5

static void check_proved(const nct_inclusion *inclusion) {
    size_t len = 0;
    fuzz_require(nct_inclusion_stream(inclusion, &len) != NULL && len >= 2 && len <= 17);
    fuzz_require(nct_inclusion_hash(inclusion) != NULL);
}

/* As a proof and as an anchor it is the same. */
static nct_status verify(struct piece checkpoint, struct piece proof) {
    nct_inclusion *inclusion = NULL;
    nct_anchors *anchors = NULL;
    struct piece keys = fuzz_keys();
    nct_status status = nct_checkpoint_verify_inclusion(checkpoint.at, checkpoint.len, keys.at, keys.len, proof.at,
                                                        proof.len, &inclusion);
    nct_status anchored =
        nct_anchors_from_proof(checkpoint.at, checkpoint.len, proof.at, proof.len, keys.at, keys.len, &anchors);
    fuzz_require(status == anchored && (status == NCT_OK) == (inclusion != NULL));
    fuzz_require(nct_anchors_count(anchors) == (status == NCT_OK ? 1 : 0));
    if (status == NCT_OK)
        check_proved(inclusion);
    nct_inclusion_free(inclusion);
    nct_anchors_free(anchors);
    return status;
}

static void verify_claims(struct piece rest) {
    struct piece claims = fuzz_take(&rest);
    struct nct_buf sealed = fuzz_seal(FUZZ_CHECKPOINT_TYPE, claims);
    if (verify(fuzz_piece(&sealed), rest) == NCT_OK)
        fuzz_require(nct_cbor_check(rest.at, rest.len) == NCT_OK);
    nct_buf_free(&sealed);
}

/* The leaf of a stream named by its place; every entry count is one more than that. */
static void hash_leaf(unsigned place, unsigned char hash[NCT_HASH]) {
    const unsigned char key[3] = {'P', '0', (unsigned char)place};
    struct nct_buf leaf = fuzz_buf();
    nct_cbor_put_array(&leaf, 3);
    nct_cbor_put_bytes(&leaf, key, sizeof key);
    nct_cbor_put_uint(&leaf, place + 1);
    nct_cbor_put_bytes(&leaf, (const unsigned char[NCT_HASH]){1}, NCT_HASH);
    nct_merkle_leaf(leaf.data, leaf.len, hash);
    nct_buf_free(&leaf);
}

static struct nct_buf write_proof(unsigned place, const struct nct_merkle_path *path) {
    const unsigned char key[3] = {'P', '0', (unsigned char)place};
    struct nct_buf proof = fuzz_buf();
    nct_cbor_put_map(&proof, 5u + (place > 0) + (path->len > 0));
    nct_cbor_put_uint(&proof, 1);
    nct_cbor_put_uint(&proof, 1);
    nct_cbor_put_uint(&proof, 2);
    nct_cbor_put_uint(&proof, NUMBER);
    if (place > 0) {
        nct_cbor_put_uint(&proof, 3);
        nct_cbor_put_uint(&proof, place);
    }
    nct_cbor_put_uint(&proof, 4);
    nct_cbor_put_bytes(&proof, key, sizeof key);
    nct_cbor_put_uint(&proof, 5);
    nct_cbor_put_uint(&proof, place + 1);
    nct_cbor_put_uint(&proof, 6);
    nct_cbor_put_bytes(&proof, (const unsigned char[NCT_HASH]){1}, NCT_HASH);
    if (path->len > 0) {
        nct_cbor_put_uint(&proof, 7);
        nct_cbor_put_bytes(&proof, path->nodes, path->len * NCT_HASH);
    }
    return proof;
}

static void verify_edited(struct piece checkpoint, const struct nct_buf *proof, size_t at, uint8_t edit) {
    unsigned char *edited = malloc(proof->len);
    fuzz_require(edited != NULL);
    memcpy(edited, proof->data, proof->len);
    edited[at % proof->len] ^= edit;
    nct_status status = verify(checkpoint, (struct piece){edited, proof->len});
    fuzz_require((status == NCT_OK) == (edit == 0));
    free(edited);
}

static void verify_made(struct piece rest) {
    static struct nct_merkle_path path;
    unsigned streams = 1 + (unsigned)(fuzz_take_number(&rest) % STREAMS_MAX);
    unsigned place = (unsigned)(fuzz_take_number(&rest) % streams);
    size_t at = (size_t)fuzz_take_number(&rest);
    unsigned char hash[NCT_HASH];
    struct nct_merkle tree;
    nct_merkle_init(&tree, &path, place);
    for (unsigned i = 0; i < streams; i++) {
        hash_leaf(i, hash);
        nct_merkle_add(&tree, hash);
    }
    nct_merkle_root(&tree, hash);
    struct nct_buf proof = write_proof(place, &path);
    struct nct_buf sealed = fuzz_checkpoint(&(struct fuzz_claims){NUMBER, streams, 1, hash, NULL});
    verify_edited(fuzz_piece(&sealed), &proof, at, rest.len > 0 ? rest.at[0] : 0);
    nct_buf_free(&proof);
    nct_buf_free(&sealed);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    if (size == 0)
        return 0;
    struct piece rest = {data + 1, size - 1};
    if (data[0] == 0)
        verify_claims(rest);
    else
        verify_made(rest);
    return 0;
}
