/* Identifiers: the first byte is the kind, the rest what may be one. */
#include <string.h>

#include "sealed.h"

#include <nctracks/ident.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define ROOM (NCT_IDENT_CANONICAL_MAX + 1)

static size_t digits_of(const char *text) {
    size_t count = 0;
    for (; *text != '\0'; text++)
        count += *text >= '0' && *text <= '9';
    return count;
}

/* Of a tax number or an account four characters at most are shown. */
static void check_mask(int32_t kind, const char *s, size_t len) {
    char mask[2 * ROOM], exact[2 * ROOM];
    size_t mask_len = 0;
    fuzz_require(nct_ident_mask(kind, s, len, mask, sizeof mask, &mask_len) == NCT_OK && mask_len == strlen(mask));
    fuzz_require(nct_ident_mask(kind, s, len, exact, mask_len, NULL) == NCT_E_BUFFER);
    if (kind == NCT_IDENT_TAX_ID || (kind >= NCT_IDENT_EIN && kind <= NCT_IDENT_ATIN))
        fuzz_require(digits_of(mask) <= 4);
}

static void check_canonical(int32_t kind, const char *s, size_t len) {
    char once[ROOM], twice[ROOM], exact[ROOM];
    size_t once_len = 0, told = 0;
    fuzz_require(nct_ident_canonical(kind, s, len, once, sizeof once, &once_len) == NCT_OK);
    fuzz_require(once_len == strlen(once) && once_len > 0 && memchr(once, '\n', once_len) == NULL);
    fuzz_require(nct_ident_check(kind, once, once_len) == NCT_OK);
    fuzz_require(nct_ident_canonical(kind, once, once_len, twice, sizeof twice, NULL) == NCT_OK);
    fuzz_require(strcmp(once, twice) == 0);
    fuzz_require(nct_ident_canonical(kind, s, len, exact, once_len, &told) == NCT_E_BUFFER);
    fuzz_require(told == once_len && exact[0] == '\0');
    fuzz_require(nct_ident_canonical(kind, s, len, exact, once_len + 1, NULL) == NCT_OK);
}

static void check_refused(int32_t kind, const char *s, size_t len, nct_status why) {
    char out[ROOM] = "x";
    fuzz_require(why < 0 && nct_status_name(why) != NULL);
    fuzz_require(nct_ident_canonical(kind, s, len, out, sizeof out, NULL) == why && out[0] == '\0');
    out[0] = 'x';
    fuzz_require(nct_ident_mask(kind, s, len, out, sizeof out, NULL) == why && out[0] == '\0');
}

static void check_kinds(const char *s, size_t len) {
    int npi = nct_ident_check(NCT_IDENT_NPI, s, len) == NCT_OK;
    int atypical = nct_ident_check(NCT_IDENT_ATYPICAL_ID, s, len) == NCT_OK;
    int provider = nct_ident_check(NCT_IDENT_PROVIDER_ID, s, len) == NCT_OK;
    int tax = 0;
    for (int32_t kind = NCT_IDENT_EIN; kind <= NCT_IDENT_ATIN; kind++)
        tax = tax || nct_ident_check(kind, s, len) == NCT_OK;
    fuzz_require(!(npi && atypical) && (!provider || npi || atypical) && (!npi || provider));
    fuzz_require((nct_ident_check(NCT_IDENT_TAX_ID, s, len) == NCT_OK) == tax);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    if (size == 0)
        return 0;
    const char *s = (const char *)data + 1;
    size_t len = size - 1;
    int32_t kind = data[0] % (nct_ident_kind_count() + 2);
    nct_status status = nct_ident_check(kind, s, len);
    fuzz_require(nct_ident_kind_name(kind) != NULL || status == NCT_E_ARGUMENT);
    if (status == NCT_OK) {
        check_canonical(kind, s, len);
        check_mask(kind, s, len);
    } else
        check_refused(kind, s, len, status);
    check_kinds(s, len);
    return 0;
}
