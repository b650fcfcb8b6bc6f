/* What the kinds of identifiers share: byte classes, a digit table, canonical forms, masks. */
#ifndef NCT_IDENT_IDENT_INTERNAL_H
#define NCT_IDENT_IDENT_INTERNAL_H

#include <stdbool.h>
#include <string.h>

#include <nctracks/ident.h>

/* Of this library alone, so that position-independent code reaches it directly; -fvisibility does not say that. */
#if defined(__GNUC__) && !defined(_WIN32)
#define NCT_NEAR __attribute__((visibility("hidden")))
#else
#define NCT_NEAR
#endif

/* Classes of ASCII bytes; a byte has one. No byte from 80 up and no control has any. */
enum {
    NCT_DIGIT = 1 << 0,
    NCT_UPPER = 1 << 1,
    NCT_LOWER = 1 << 2,
    NCT_DASH = 1 << 3,
    NCT_DOT = 1 << 4,
    NCT_UNDERSCORE = 1 << 5,
    NCT_SPACE = 1 << 6,
    NCT_PLUS = 1 << 7,
    NCT_OPEN = 1 << 8,
    NCT_CLOSE = 1 << 9,
    NCT_AT = 1 << 10,
    NCT_MARK = 1 << 11, /* the other characters of an atom of RFC 5322 */
    NCT_LETTER = NCT_UPPER | NCT_LOWER,
    NCT_ALNUM = NCT_LETTER | NCT_DIGIT,
};

extern const uint16_t nct_ident_class[256] NCT_NEAR;

static inline bool nct_ident_is(char byte, unsigned classes) {
    return (nct_ident_class[(uint8_t)byte] & classes) != 0;
}

/*
 * The value of a digit plus NCT_DIGIT_SEEN, and 0 for any other byte. A weighted sum of these tells at once, without a
 * branch per byte, whether all bytes were digits (the part above is the sum of the weights) and their weighted sum
 * (the part below; it must stay under NCT_DIGIT_SEEN).
 */
enum { NCT_DIGIT_SEEN = 512 };

extern const uint16_t nct_ident_digit[256] NCT_NEAR;

/*
 * Whether eight bytes are digits: every high half is 3, also after 6 was added to the low half. A carry into the next
 * byte needs a high half of F, which the first condition refuses.
 */
static inline bool nct_ident_eight_digits(const char *s) {
    const uint64_t high_halves = UINT64_C(0xF0F0F0F0F0F0F0F0), threes = UINT64_C(0x3030303030303030);
    uint64_t word;
    memcpy(&word, s, sizeof word);
    return (word & high_halves) == threes && ((word + UINT64_C(0x0606060606060606)) & high_halves) == threes;
}

static inline bool nct_ident_nine_digits(const char *s, size_t len) {
    return len == 9 && nct_ident_eight_digits(s) && nct_ident_is(s[8], NCT_DIGIT);
}

/* Whether a table of 100 characters, '1' for yes, has the two digits. */
static inline bool nct_ident_has_pair(const char table[101], const char *two_digits) {
    return table[(two_digits[0] - '0') * 10 + (two_digits[1] - '0')] == '1';
}

/* Which bytes a kind is made of, and how many of the counted ones it needs. */
struct nct_ident_alphabet {
    uint16_t allowed;
    uint16_t counted;
    size_t min, max;
};

/* The first thing wrong, in this order: NCT_E_EMPTY, NCT_E_NUL, NCT_E_CHARACTER, NCT_E_TOO_SHORT, NCT_E_TOO_LONG. */
nct_status nct_ident_spell(const struct nct_ident_alphabet *alphabet, const char *s, size_t len);

/* How many bytes are of the classes. */
size_t nct_ident_count(const char *s, size_t len, unsigned classes);

/* Whether the bytes follow a picture: N stands for a digit, anything else for itself. */
bool nct_ident_follows(const char *picture, const char *s, size_t len);

/* A check answers as nct_ident_check(); the pointer may be NULL only with len 0. */
nct_status nct_npi_check(const char *s, size_t len);
nct_status nct_atypical_id_check(const char *s, size_t len);
nct_status nct_ncid_check(const char *s, size_t len);
nct_status nct_ein_check(const char *s, size_t len);
nct_status nct_ssn_check(const char *s, size_t len);
nct_status nct_itin_check(const char *s, size_t len);
nct_status nct_atin_check(const char *s, size_t len);
nct_status nct_aba_check(const char *s, size_t len);
nct_status nct_bank_account_check(const char *s, size_t len);
nct_status nct_email_check(const char *s, size_t len);
nct_status nct_phone_check(const char *s, size_t len);
nct_status nct_zip_check(const char *s, size_t len);
nct_status nct_provider_id_check(const char *s, size_t len);
nct_status nct_tax_id_check(const char *s, size_t len);

/* A canonical form of valid bytes, no longer than they are; answers its length. */
size_t nct_canonical_same(const char *s, size_t len, char *out);
size_t nct_canonical_digits(const char *s, size_t len, char *out);
size_t nct_canonical_upper(const char *s, size_t len, char *out); /* letters and digits alone */
size_t nct_canonical_lower(const char *s, size_t len, char *out);
size_t nct_canonical_email(const char *s, size_t len, char *out);
size_t nct_canonical_phone(const char *s, size_t len, char *out);

/* A mask covers a canonical form in place. */
void nct_mask_nothing(char *s, size_t len);
void nct_mask_all_but_tail(char *s, size_t len);
void nct_mask_mailbox(char *s, size_t len);

#endif
