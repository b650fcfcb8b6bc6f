#include "ident/ident_internal.h"

#include <string.h>

enum {
    ATOM = NCT_ALNUM | NCT_DASH | NCT_UNDERSCORE | NCT_PLUS | NCT_MARK, /* atext of RFC 5322, 3.2.3 */
    ADDRESS = ATOM | NCT_DOT | NCT_AT,
    LABEL = NCT_ALNUM | NCT_DASH, /* RFC 1123, 2.1 */
    LOCAL_MAX = 64,               /* RFC 5321, 4.5.3.1.1 */
    ADDRESS_MAX = 254,            /* the path of 256 of RFC 5321, 4.5.3.1.3, without its angle brackets */
    LABEL_MAX = 63,               /* RFC 1035, 2.3.4 */
};

/* Where a part of text that is divided by dots ends. */
static size_t part_end(const char *s, size_t len, size_t from) {
    const char *dot = from < len ? memchr(s + from, '.', len - from) : NULL;
    return dot != NULL ? (size_t)(dot - s) : len;
}

/* A dot-atom; quoted strings and comments are not taken, since no provider has one and few programs read them alike. */
static nct_status check_local(const char *s, size_t len) {
    if (len > LOCAL_MAX)
        return NCT_E_TOO_LONG;
    for (size_t from = 0; from <= len; from = part_end(s, len, from) + 1)
        if (part_end(s, len, from) == from)
            return NCT_E_FORMAT;
    return NCT_OK;
}

static nct_status check_label(const char *s, size_t len) {
    if (nct_ident_count(s, len, LABEL) != len)
        return NCT_E_CHARACTER;
    if (len > LABEL_MAX)
        return NCT_E_TOO_LONG;
    return len > 0 && s[0] != '-' && s[len - 1] != '-' ? NCT_OK : NCT_E_FORMAT;
}

/* Letters alone, which keeps addresses of machines (1.2.3.4) out; or the encoded form of others (RFC 5890, A-label). */
static bool is_top_level(const char *s, size_t len) {
    bool encoded = len > 4 && (s[0] | 0x20) == 'x' && (s[1] | 0x20) == 'n' && s[2] == '-' && s[3] == '-';
    return encoded || (len >= 2 && nct_ident_count(s, len, NCT_LETTER) == len);
}

static nct_status check_domain(const char *s, size_t len) {
    size_t labels = 0, last = 0;
    for (size_t from = 0; from <= len; from = part_end(s, len, from) + 1) {
        nct_status status = check_label(s + from, part_end(s, len, from) - from);
        if (status != NCT_OK)
            return status;
        last = from;
        labels++;
    }
    return labels >= 2 && is_top_level(s + last, len - last) ? NCT_OK : NCT_E_FORMAT;
}

static size_t local_length(const char *s, size_t len) {
    const char *at = memchr(s, '@', len);
    return at != NULL ? (size_t)(at - s) : len;
}

nct_status nct_email_check(const char *s, size_t len) {
    static const struct nct_ident_alphabet alphabet = {ADDRESS, ADDRESS, 1, ADDRESS_MAX};
    nct_status status = nct_ident_spell(&alphabet, s, len);
    if (status != NCT_OK)
        return status;
    if (nct_ident_count(s, len, NCT_AT) != 1)
        return NCT_E_FORMAT;
    size_t local = local_length(s, len);
    status = check_local(s, local);
    return status != NCT_OK ? status : check_domain(s + local + 1, len - local - 1);
}

/* Only the domain is folded: a local part is for its own host to interpret (RFC 5321, 2.4). */
size_t nct_canonical_email(const char *s, size_t len, char *out) {
    size_t local = local_length(s, len);
    (void)nct_canonical_same(s, local, out);
    return local + nct_canonical_lower(s + local, len - local, out + local);
}

void nct_mask_mailbox(char *s, size_t len) {
    size_t local = local_length(s, len);
    memset(s + 1, '*', local - 1);
}
