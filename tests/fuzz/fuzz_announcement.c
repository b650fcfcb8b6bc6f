/*
 * Announcements of keys and sets of them, over arbitrary bytes. The first byte says what they are:
 *
 *   0  an announcement;
 *   1  claims, which are signed here;
 *   2  a key set, with which an announcement made here is verified: it has the fuzzer's key or refuses it.
 */
#include <string.h>

#include "codec/cbor.h"
#include "codec/cose.h"
#include "sealed.h"

#include <nctracks/key.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const unsigned char new_key[32] = {3};

static nct_status verify(struct piece announcement, struct piece keys) {
    char key[NCT_KEY_NAME_LENGTH + 1] = "";
    unsigned char public_key[32] = {0};
    nct_status status = nct_announcement_verify(announcement.at, announcement.len, keys.at, keys.len, key, public_key);
    fuzz_require((status == NCT_OK) == (strlen(key) == NCT_KEY_NAME_LENGTH));
    if (status == NCT_OK)
        fuzz_require(nct_cbor_check(announcement.at, announcement.len) == NCT_OK);
    return status;
}

static void verify_claims(struct piece claims) {
    struct nct_buf sealed = fuzz_seal(FUZZ_ANNOUNCEMENT_TYPE, claims);
    nct_status status = verify(fuzz_piece(&sealed), fuzz_keys());
    fuzz_require(status == NCT_OK || status == NCT_E_UNSUPPORTED);
    nct_buf_free(&sealed);
}

static struct nct_buf announce(void) {
    struct nct_buf claims = fuzz_buf();
    nct_cbor_put_map(&claims, 6);
    nct_cbor_put_uint(&claims, 1);
    nct_cbor_put_uint(&claims, 1);
    nct_cbor_put_uint(&claims, 2);
    nct_cbor_put_uint(&claims, 2);
    nct_cbor_put_uint(&claims, 3);
    nct_cbor_put_bytes(&claims, "next key", 8);
    nct_cbor_put_uint(&claims, 4);
    nct_cbor_put_bytes(&claims, new_key, sizeof new_key);
    nct_cbor_put_uint(&claims, 5);
    nct_cbor_put_bytes(&claims, FUZZ_KEY_ID, 8);
    nct_cbor_put_uint(&claims, 6);
    nct_cbor_put_uint(&claims, 1);
    struct nct_buf sealed = fuzz_seal(FUZZ_ANNOUNCEMENT_TYPE, fuzz_piece(&claims));
    nct_buf_free(&claims);
    return sealed;
}

static void verify_keys(struct piece keys) {
    static struct nct_buf made;
    struct nct_cose_key found;
    if (made.len == 0)
        made = announce();
    fuzz_require(verify(fuzz_piece(&made), fuzz_keys()) == NCT_OK);
    nct_status sought = nct_cose_find_key(keys.at, keys.len, (const unsigned char *)FUZZ_KEY_ID, &found);
    nct_status status = verify(fuzz_piece(&made), keys);
    if (status == NCT_OK)
        fuzz_require(sought == NCT_OK && nct_cbor_check(keys.at, keys.len) == NCT_OK && keys.len >= fuzz_keys().len);
    if (sought != NCT_OK)
        fuzz_require(status == sought);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    if (size == 0)
        return 0;
    struct piece rest = {data + 1, size - 1};
    if (data[0] == 0)
        (void)verify(rest, fuzz_keys());
    else if (data[0] == 1)
        verify_claims(rest);
    else
        verify_keys(rest);
    return 0;
}
