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

#include <nctracks/anchor.h>
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

/* A stream named by its place. */
struct leaf {
    unsigned place;
    uint64_t sequence;
    unsigned char head[NCT_HASH];
};

static void put_key(struct nct_buf *buf, const struct leaf *leaf) {
    const unsigned char key[3] = {'P', '0', (unsigned char)leaf->place};
    nct_cbor_put_bytes(buf, key, sizeof key);
}

static void hash_leaf(const struct leaf *leaf, unsigned char hash[NCT_HASH]) {
    struct nct_buf bytes = fuzz_buf();
    nct_cbor_put_array(&bytes, 3);
    put_key(&bytes, leaf);
    nct_cbor_put_uint(&bytes, leaf->sequence);
    nct_cbor_put_bytes(&bytes, leaf->head, NCT_HASH);
    nct_merkle_leaf(bytes.data, bytes.len, hash);
    nct_buf_free(&bytes);
}

static void put_number(struct nct_buf *buf, uint64_t key, uint64_t value) {
    if (value == 0)
        return;
    nct_cbor_put_uint(buf, key);
    nct_cbor_put_uint(buf, value);
}

static void put_bytes(struct nct_buf *buf, uint64_t key, const void *bytes, size_t len) {
    if (len == 0)
        return;
    nct_cbor_put_uint(buf, key);
    nct_cbor_put_bytes(buf, bytes, len);
}

static struct nct_buf write_proof(const struct leaf *leaf, const struct nct_merkle_path *path) {
    struct nct_buf proof = fuzz_buf();
    size_t head_len = leaf->head[0] != 0 ? NCT_HASH : 0;
    int more = (leaf->place > 0) + (leaf->sequence > 0) + (head_len > 0) + (path->len > 0);
    nct_cbor_put_map(&proof, 3 + (size_t)more);
    put_number(&proof, 1, 1);
    put_number(&proof, 2, NUMBER);
    put_number(&proof, 3, leaf->place);
    nct_cbor_put_uint(&proof, 4);
    put_key(&proof, leaf);
    put_number(&proof, 5, leaf->sequence);
    put_bytes(&proof, 6, leaf->head, head_len);
    put_bytes(&proof, 7, path->nodes, path->len * NCT_HASH);
    return proof;
}

static void verify_edited(struct piece checkpoint, const struct nct_buf *proof, size_t at, uint8_t edit, int sound) {
    unsigned char *edited = malloc(proof->len);
    fuzz_require(edited != NULL);
    memcpy(edited, proof->data, proof->len);
    edited[at % proof->len] ^= edit;
    nct_status status = verify(checkpoint, (struct piece){edited, proof->len});
    fuzz_require((status == NCT_OK) == (sound && edit == 0));
    free(edited);
}

static void make_tree(struct nct_merkle_path *path, unsigned streams, const struct leaf *proved,
                      unsigned char root[NCT_HASH]) {
    struct nct_merkle tree;
    nct_merkle_init(&tree, path, proved->place);
    for (unsigned i = 0; i < streams; i++) {
        struct leaf leaf = i == proved->place ? *proved : (struct leaf){i, 1, {1}};
        hash_leaf(&leaf, root);
        nct_merkle_add(&tree, root);
    }
    nct_merkle_root(&tree, root);
}

static uint8_t take_byte(struct piece *rest) {
    uint8_t byte = rest->len > 0 ? *rest->at : 0;
    rest->at += rest->len > 0;
    rest->len -= rest->len > 0;
    return byte;
}

static void verify_made(struct piece rest) {
    static struct nct_merkle_path path;
    unsigned char root[NCT_HASH];
    unsigned streams = 1 + take_byte(&rest) % STREAMS_MAX;
    struct leaf leaf = {.place = take_byte(&rest) % streams};
    leaf.sequence = take_byte(&rest) % 2 == 0 ? leaf.place + 1 : 0;
    leaf.head[0] = take_byte(&rest) % 2 == 0;
    size_t at = (size_t)take_byte(&rest) << 8;
    at |= take_byte(&rest);
    make_tree(&path, streams, &leaf, root);
    struct nct_buf proof = write_proof(&leaf, &path);
    struct nct_buf sealed = fuzz_checkpoint(&(struct fuzz_claims){NUMBER, streams, 1, root, NULL});
    verify_edited(fuzz_piece(&sealed), &proof, at, take_byte(&rest), (leaf.sequence > 0) == (leaf.head[0] != 0));
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
