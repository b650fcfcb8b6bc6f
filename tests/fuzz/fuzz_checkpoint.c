/*
 * nct_checkpoint_verify() over arbitrary bytes. The first byte says what they are:
 *
 *   0  a checkpoint, verified under the fuzzer's key set;
 *   1  a key set, with which a checkpoint is verified;
 *   2  claims, which are signed here;
 *   3  number, streams and entries of a checkpoint and of the next, which names it: whether they are of one history is
 *      known.
 */
#include <string.h>

#include "codec/cbor.h"
#include "sealed.h"

#include <nctracks/checkpoint.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const unsigned char root[NCT_CHECKPOINT_HASH] = {7};

static void check_accepted(const nct_checkpoint *checkpoint, struct piece bytes) {
    size_t len = 0;
    const void *kept = nct_checkpoint_bytes(checkpoint, &len);
    fuzz_require(len == bytes.len && memcmp(kept, bytes.at, len) == 0);
    fuzz_require(nct_cbor_check(bytes.at, bytes.len) == NCT_OK && nct_checkpoint_number(checkpoint) > 0);
    fuzz_require(nct_checkpoint_root(checkpoint) != NULL && nct_checkpoint_hash(checkpoint) != NULL);
    fuzz_require(nct_checkpoint_leaves(checkpoint, &len) == NULL);
}

static nct_status verify(struct piece bytes, struct piece keys, const struct piece *previous) {
    nct_checkpoint *checkpoint = NULL;
    nct_status status =
        nct_checkpoint_verify(bytes.at, bytes.len, keys.at, keys.len, previous != NULL ? previous->at : NULL,
                              previous != NULL ? previous->len : 0, &checkpoint);
    fuzz_require((status == NCT_OK) == (checkpoint != NULL));
    if (status == NCT_OK)
        check_accepted(checkpoint, bytes);
    nct_checkpoint_free(checkpoint);
    return status;
}

/* No checkpoint follows itself. */
static void verify_claims(struct piece claims) {
    struct nct_buf sealed = fuzz_seal(FUZZ_CHECKPOINT_TYPE, claims);
    struct piece bytes = fuzz_piece(&sealed);
    nct_status status = verify(bytes, fuzz_keys(), NULL);
    fuzz_require(status == NCT_OK || status == NCT_E_UNSUPPORTED || status == NCT_E_ENCODING);
    fuzz_require(verify(bytes, fuzz_keys(), &bytes) != NCT_OK);
    nct_buf_free(&sealed);
}

static void verify_keys(struct piece keys) {
    struct nct_buf sealed = fuzz_checkpoint(&(struct fuzz_claims){1, 0, 0, root, NULL});
    if (verify(fuzz_piece(&sealed), keys, NULL) == NCT_OK)
        fuzz_require(nct_cbor_check(keys.at, keys.len) == NCT_OK && keys.len >= fuzz_keys().len);
    nct_buf_free(&sealed);
}

static struct nct_buf take_checkpoint(struct piece *rest, struct fuzz_claims *claims, const unsigned char *previous) {
    claims->number = fuzz_take_number(rest);
    claims->streams = fuzz_take_number(rest);
    claims->entries = fuzz_take_number(rest);
    claims->root = root;
    claims->previous = previous;
    return fuzz_checkpoint(claims);
}

static void verify_history(struct piece rest) {
    struct fuzz_claims old, new;
    nct_checkpoint *before = NULL;
    struct nct_buf first = take_checkpoint(&rest, &old, NULL);
    struct piece previous = fuzz_piece(&first);
    struct piece keys = fuzz_keys();
    if (nct_checkpoint_verify(first.data, first.len, keys.at, keys.len, NULL, 0, &before) == NCT_OK) {
        fuzz_require(old.number != 0);
        struct nct_buf second = take_checkpoint(&rest, &new, nct_checkpoint_hash(before));
        int grows = new.streams >= old.streams &&new.entries >= old.entries;
        int follows = new.number != 0 && new.number - 1 == old.number &&grows;
        fuzz_require((verify(fuzz_piece(&second), keys, &previous) == NCT_OK) == follows);
        nct_buf_free(&second);
    } else
        fuzz_require(old.number == 0);
    nct_checkpoint_free(before);
    nct_buf_free(&first);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    if (size == 0)
        return 0;
    struct piece rest = {data + 1, size - 1};
    switch (data[0]) {
    case 0:
        (void)verify(rest, fuzz_keys(), NULL);
        break;
    case 1:
        verify_keys(rest);
        break;
    case 2:
        verify_claims(rest);
        break;
    default:
        verify_history(rest);
    }
    return 0;
}
