#include "ident/ident_internal.h"

enum { ABA_LENGTH = 9 };

/*
 * The first two digits: 00 for the government, 01-12 Federal Reserve districts, 21-32 thrift institutions, 61-72
 * electronic, 80 traveller's cheques (ABA Routing Number Policy).
 */
static const char prefixes[101] = "1111111111" /* 00-09 */
                                  "1110000000" /* 10-19 */
                                  "0111111111" /* 20-29 */
                                  "1110000000" /* 30-39 */
                                  "0000000000" /* 40-49 */
                                  "0000000000" /* 50-59 */
                                  "0111111111" /* 60-69 */
                                  "1110000000" /* 70-79 */
                                  "1000000000" /* 80-89 */
                                  "0000000000" /* 90-99 */;

/* Weights 3, 7, 1, three times over; the sum of the weights is 33. */
static unsigned weighted_sum(const char *s) {
    unsigned sum = 0;
    for (size_t i = 0; i < ABA_LENGTH; i += 3)
        sum += 3U * nct_ident_digit[(uint8_t)s[i]] + 7U * nct_ident_digit[(uint8_t)s[i + 1]] +
               nct_ident_digit[(uint8_t)s[i + 2]];
    return sum;
}

nct_status nct_aba_check(const char *s, size_t len) {
    static const struct nct_ident_alphabet alphabet = {NCT_DIGIT, NCT_DIGIT, ABA_LENGTH, ABA_LENGTH};
    if (len != ABA_LENGTH)
        return nct_ident_spell(&alphabet, s, len);
    unsigned sum = weighted_sum(s);
    if (sum / NCT_DIGIT_SEEN != 33)
        return nct_ident_spell(&alphabet, s, len);
    if (!nct_ident_has_pair(prefixes, s))
        return NCT_E_RANGE;
    if (sum % NCT_DIGIT_SEEN == 0) /* all zeros, which prefix and check digit would let pass */
        return NCT_E_NEVER_VALID;
    return sum % NCT_DIGIT_SEEN % 10 == 0 ? NCT_OK : NCT_E_CHECK_DIGIT;
}
