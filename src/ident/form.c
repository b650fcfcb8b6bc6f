/* Canonical forms and masks that several kinds share. */
#include "ident/ident_internal.h"

#include <string.h>

enum { CASE_BIT = 0x20 };

/* Without a branch: which case a byte has is chance. */
static char upper(char byte) {
    return (char)(byte - CASE_BIT * nct_ident_is(byte, NCT_LOWER));
}

static char lower(char byte) {
    return (char)(byte + CASE_BIT * nct_ident_is(byte, NCT_UPPER));
}

static size_t keep(const char *s, size_t len, char *out, unsigned classes) {
    size_t count = 0;
    for (size_t i = 0; i < len; i++)
        if (nct_ident_is(s[i], classes))
            out[count++] = s[i];
    return count;
}

size_t nct_canonical_same(const char *s, size_t len, char *out) {
    memcpy(out, s, len);
    return len;
}

size_t nct_canonical_digits(const char *s, size_t len, char *out) {
    return keep(s, len, out, NCT_DIGIT);
}

size_t nct_canonical_upper(const char *s, size_t len, char *out) {
    size_t count = 0;
    for (size_t i = 0; i < len; i++) {
        out[count] = upper(s[i]);
        count += nct_ident_is(s[i], NCT_ALNUM);
    }
    return count;
}

size_t nct_canonical_lower(const char *s, size_t len, char *out) {
    for (size_t i = 0; i < len; i++)
        out[i] = lower(s[i]);
    return len;
}

void nct_mask_nothing(char *s, size_t len) {
    (void)s;
    (void)len;
}

/* Never more than four characters, and always fewer than are covered. */
void nct_mask_all_but_tail(char *s, size_t len) {
    size_t shown = (len - 1) / 2 < 4 ? (len - 1) / 2 : 4;
    memset(s, '*', len - shown);
}
