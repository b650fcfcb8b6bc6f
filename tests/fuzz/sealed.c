#include "sealed.h"

#include "codec/cbor.h"
#include "codec/cose.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#define HASH 32

static struct nct_memory memory;
static unsigned char secret[crypto_sign_SECRETKEYBYTES], public_key[crypto_sign_PUBLICKEYBYTES];
static struct nct_buf keys;

void fuzz_require(int holds) {
    if (!holds)
        abort();
}

struct piece fuzz_take(struct piece *rest) {
    struct piece taken = *rest;
    if (rest->len < 2)
        return taken.len = 0, taken;
    size_t wanted = (size_t)rest->at[0] << 8 | rest->at[1];
    taken.at += 2;
    taken.len = wanted < rest->len - 2 ? wanted : rest->len - 2;
    rest->at = taken.at + taken.len;
    rest->len -= 2 + taken.len;
    return taken;
}

uint64_t fuzz_take_number(struct piece *rest) {
    uint64_t number = 0;
    for (size_t i = 0; i < 8 && rest->len > 0; i++) {
        number = number << 8 | *rest->at++;
        rest->len--;
    }
    return number;
}

struct nct_buf fuzz_buf(void) {
    struct nct_buf buf;
    nct_memory_set(&memory, NULL, NULL);
    nct_buf_init(&buf, &memory);
    return buf;
}

struct piece fuzz_piece(const struct nct_buf *buf) {
    return (struct piece){buf->data, buf->len};
}

static void prepare(void) {
    static const unsigned char seed[crypto_sign_SEEDBYTES] = {1};
    if (keys.len > 0)
        return;
    fuzz_require(sodium_init() >= 0);
    crypto_sign_seed_keypair(public_key, secret, seed);
    keys = fuzz_buf();
    nct_cbor_put_array(&keys, 1);
    nct_cose_put_key(&keys, &(struct nct_cose_key){(const unsigned char *)FUZZ_KEY_ID, public_key, 0});
}

struct piece fuzz_keys(void) {
    prepare();
    return fuzz_piece(&keys);
}

struct nct_buf fuzz_seal(const char *type, struct piece payload) {
    struct nct_cose_signer signer = {secret, (const unsigned char *)FUZZ_KEY_ID};
    struct nct_buf out = fuzz_buf();
    prepare();
    nct_cose_sign(&signer, type, payload.at, payload.len, &out);
    fuzz_require(out.status == NCT_OK);
    return out;
}

static void put_number(struct nct_buf *buf, uint64_t key, uint64_t value) {
    if (value == 0)
        return;
    nct_cbor_put_uint(buf, key);
    nct_cbor_put_uint(buf, value);
}

static void put_hash(struct nct_buf *buf, uint64_t key, const unsigned char *hash) {
    if (hash == NULL)
        return;
    nct_cbor_put_uint(buf, key);
    nct_cbor_put_bytes(buf, hash, HASH);
}

struct nct_buf fuzz_checkpoint(const struct fuzz_claims *claims) {
    struct nct_buf payload = fuzz_buf();
    int fields =
        3 + (claims->number != 0) + (claims->streams != 0) + (claims->entries != 0) + (claims->previous != NULL);
    nct_cbor_put_map(&payload, (size_t)fields);
    put_number(&payload, 1, 1);
    put_number(&payload, 2, claims->number);
    put_number(&payload, 3, 1);
    put_number(&payload, 4, claims->streams);
    put_number(&payload, 5, claims->entries);
    put_hash(&payload, 6, claims->root);
    put_hash(&payload, 7, claims->previous);
    struct nct_buf sealed = fuzz_seal(FUZZ_CHECKPOINT_TYPE, fuzz_piece(&payload));
    nct_buf_free(&payload);
    return sealed;
}
