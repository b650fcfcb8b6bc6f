/*
 * nct_receipt_verify() over arbitrary bytes. The first byte says what they are:
 *
 *   0  a receipt, verified under the key set of the corpus;
 *   1  a key set, with which the receipt of the corpus is verified;
 *   2  claims, which are signed here, so that they come past the signature.
 *
 * What verifies must be rendered, must have the receipt it came from, and what is not signed must not verify.
 */
#include <stdlib.h>
#include <string.h>

#include "codec/cbor.h"
#include "portal/signing/signature.h"
#include "sealed.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct nct_buf receipt;

/* Once: a receipt of empty claims but for the version. */
static void prepare(void) {
    static const unsigned char claims[] = {0xA1, 0x01, 0x01};
    if (receipt.len == 0)
        receipt = fuzz_seal(NCT_RECEIPT_TYPE, (struct piece){claims, sizeof claims});
}

static void check_accepted(const nct_signature *signature, const void *bytes, size_t len) {
    char text[8192];
    size_t told = 0, receipt_len = 0;
    if (nct_signature_render(signature, text, sizeof text, &told) != NCT_OK || told != strlen(text))
        abort();
    const void *kept = nct_signature_receipt(signature, &receipt_len);
    if (receipt_len != len || memcmp(kept, bytes, len) != 0)
        abort();
}

static nct_status verify(const void *bytes, size_t len, const void *set, size_t set_len) {
    nct_signature *signature = NULL;
    nct_status status = nct_receipt_verify(bytes, len, set, set_len, NULL, 0, &signature);
    if ((status == NCT_OK) != (signature != NULL))
        abort();
    if (status == NCT_OK)
        check_accepted(signature, bytes, len);
    nct_signature_free(signature);
    return status;
}

/* Claims that verify are deterministic CBOR, and of the version this library knows. */
static void verify_claims(const uint8_t *data, size_t size) {
    struct nct_buf sealed = fuzz_seal(NCT_RECEIPT_TYPE, (struct piece){data, size});
    nct_status status = verify(sealed.data, sealed.len, fuzz_keys().at, fuzz_keys().len);
    if (status == NCT_OK && nct_cbor_check(data, size) != NCT_OK)
        abort();
    if (status == NCT_E_SIGNATURE || status == NCT_E_ENCODING || status == NCT_E_UNKNOWN_KEY)
        abort();
    nct_buf_free(&sealed);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    prepare();
    if (size == 0)
        return 0;
    const uint8_t *rest = data + 1;
    size_t len = size - 1;
    nct_status status;
    switch (data[0]) {
    case 0:
        status = verify(rest, len, fuzz_keys().at, fuzz_keys().len);
        if (status == NCT_OK && nct_cbor_check(rest, len) != NCT_OK)
            abort();
        break;
    case 1:
        status = verify(receipt.data, receipt.len, rest, len);
        if (status == NCT_OK && (nct_cbor_check(rest, len) != NCT_OK || len < fuzz_keys().len))
            abort();
        break;
    default:
        verify_claims(rest, len);
    }
    return 0;
}
