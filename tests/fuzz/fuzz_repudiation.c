/*
 * nct_repudiation_verify() over arbitrary bytes. The first byte says what they are:
 *
 *   0  a piece that is a declaration, and a receipt;
 *   1  a piece of claims, which are signed here as a declaration, and a receipt;
 *   2  a receipt: a declaration made here repudiates it and nothing else.
 */
#include <string.h>

#include "codec/cbor.h"
#include "sealed.h"

#include <nctracks/receipt.h>

#include <sodium.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define DECLARED_AT INT64_C(1767225600000)

static nct_status verify(struct piece declaration, struct piece receipt, int64_t *declared_at) {
    struct piece keys = fuzz_keys();
    nct_status status = nct_repudiation_verify(declaration.at, declaration.len, receipt.at, receipt.len, keys.at,
                                               keys.len, declared_at);
    if (status == NCT_OK || status == NCT_E_DOCUMENT)
        fuzz_require(nct_cbor_check(declaration.at, declaration.len) == NCT_OK);
    return status;
}

static void verify_claims(struct piece claims, struct piece receipt) {
    struct nct_buf sealed = fuzz_seal(FUZZ_REPUDIATION_TYPE, claims);
    nct_status status = verify(fuzz_piece(&sealed), receipt, NULL);
    fuzz_require(status == NCT_OK || status == NCT_E_DOCUMENT || status == NCT_E_UNSUPPORTED);
    nct_buf_free(&sealed);
}

static void put_text(struct nct_buf *buf, uint64_t key, const char *text) {
    nct_cbor_put_uint(buf, key);
    nct_cbor_put_text(buf, text, strlen(text));
}

static void put_bytes(struct nct_buf *buf, uint64_t key, const unsigned char *bytes, size_t len) {
    nct_cbor_put_uint(buf, key);
    nct_cbor_put_bytes(buf, bytes, len);
}

static struct nct_buf declare(struct piece receipt) {
    unsigned char digest[32];
    struct nct_buf claims = fuzz_buf();
    crypto_generichash(digest, sizeof digest, receipt.at, receipt.len, NULL, 0);
    nct_cbor_put_map(&claims, 8);
    nct_cbor_put_uint(&claims, 1);
    nct_cbor_put_uint(&claims, 1);
    put_bytes(&claims, 2, (const unsigned char[16]){1}, 16);
    put_bytes(&claims, 3, digest, sizeof digest);
    nct_cbor_put_uint(&claims, 4);
    nct_cbor_put_int(&claims, DECLARED_AT);
    put_text(&claims, 5, "1234567893");
    put_bytes(&claims, 6, (const unsigned char[16]){2}, 16);
    put_text(&claims, 7, "petra.pharm");
    put_text(&claims, 8, "not mine");
    struct nct_buf sealed = fuzz_seal(FUZZ_REPUDIATION_TYPE, fuzz_piece(&claims));
    nct_buf_free(&claims);
    return sealed;
}

static void verify_declared(struct piece receipt) {
    int64_t declared_at = 0;
    struct nct_buf sealed = declare(receipt);
    struct piece declaration = fuzz_piece(&sealed);
    fuzz_require(verify(declaration, receipt, &declared_at) == NCT_OK && declared_at == DECLARED_AT);
    fuzz_require(verify(declaration, declaration, NULL) == NCT_E_DOCUMENT);
    if (receipt.len > 0) {
        struct piece shorter = {receipt.at, receipt.len - 1};
        fuzz_require(verify(declaration, shorter, NULL) == NCT_E_DOCUMENT);
    }
    nct_buf_free(&sealed);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    if (size == 0)
        return 0;
    struct piece rest = {data + 1, size - 1};
    if (data[0] > 1) {
        verify_declared(rest);
        return 0;
    }
    struct piece first = fuzz_take(&rest);
    if (data[0] == 1)
        verify_claims(first, rest);
    else
        (void)verify(first, rest, NULL);
    return 0;
}
