#include "ident/ident_internal.h"

enum { NPI_LENGTH = 10 };

/* The digits of the doubled digit, added: what Luhn's formula does at every second place. */
static const uint16_t doubled[256] = {
    ['0'] = NCT_DIGIT_SEEN + 0, ['1'] = NCT_DIGIT_SEEN + 2, ['2'] = NCT_DIGIT_SEEN + 4, ['3'] = NCT_DIGIT_SEEN + 6,
    ['4'] = NCT_DIGIT_SEEN + 8, ['5'] = NCT_DIGIT_SEEN + 1, ['6'] = NCT_DIGIT_SEEN + 3, ['7'] = NCT_DIGIT_SEEN + 5,
    ['8'] = NCT_DIGIT_SEEN + 7, ['9'] = NCT_DIGIT_SEEN + 9};

/* What the card issuer prefix 80840 (health applications, United States) adds to Luhn's sum. */
static const unsigned prefix_sum = 24;

/*
 * The NPI rule: 45 CFR 162.406, the final rule of 23 January 2004 (69 FR 3434) and CMS, "Requirements for NPI and
 * Check Digit". The first digit is 1 or 2, so 0000000006 fails although its check digit is right.
 */
nct_status nct_npi_check(const char *s, size_t len) {
    static const struct nct_ident_alphabet alphabet = {NCT_DIGIT, NCT_DIGIT, NPI_LENGTH, NPI_LENGTH};
    if (len != NPI_LENGTH)
        return nct_ident_spell(&alphabet, s, len);
    unsigned sum = prefix_sum;
    for (size_t i = 0; i < NPI_LENGTH; i += 2)
        sum += (unsigned)doubled[(uint8_t)s[i]] + nct_ident_digit[(uint8_t)s[i + 1]];
    if (sum / NCT_DIGIT_SEEN != NPI_LENGTH)
        return nct_ident_spell(&alphabet, s, len);
    if (s[0] != '1' && s[0] != '2')
        return NCT_E_RANGE;
    return sum % NCT_DIGIT_SEEN % 10 == 0 ? NCT_OK : NCT_E_CHECK_DIGIT;
}

/* One number must not name two providers, so what passes as an NPI is not an Atypical ID. */
nct_status nct_atypical_id_check(const char *s, size_t len) {
    static const struct nct_ident_alphabet alphabet = {NCT_ALNUM, NCT_ALNUM, 1, 10};
    nct_status status = nct_ident_spell(&alphabet, s, len);
    if (status != NCT_OK)
        return status;
    return nct_npi_check(s, len) == NCT_OK ? NCT_E_FORMAT : NCT_OK;
}

/* Ten digits can only be meant as an NPI, so a mistyped one is told as such. */
nct_status nct_provider_id_check(const char *s, size_t len) {
    bool digits = len == NPI_LENGTH && nct_ident_eight_digits(s) && nct_ident_eight_digits(s + 2);
    return digits ? nct_npi_check(s, len) : nct_atypical_id_check(s, len);
}
