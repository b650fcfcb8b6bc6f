#include "ident/ident_internal.h"

enum { TAX_LENGTH = 9 };

static const char ein_picture[] = "NN-NNNNNNN";
static const char person_picture[] = "NNN-NN-NNNN";

/* IRS, "How EINs are assigned and valid EIN prefixes". */
static const char ein_prefixes[101] = "0111111000" /* 00-09 */
                                      "1111111000" /* 10-19 */
                                      "1111111100" /* 20-29 */
                                      "1111111111" /* 30-39 */
                                      "1111111110" /* 40-49 */
                                      "1111111111" /* 50-59 */
                                      "1111111110" /* 60-69 */
                                      "0111111100" /* 70-79 */
                                      "1111111110" /* 80-89 */
                                      "1111110011" /* 90-99 */;

/* IRS Publication 1346 and Form W-7: the fourth and fifth digit of an ITIN; 93 is left to the ATIN. */
static const char itin_groups[101] = "0000000000" /* 00-09 */
                                     "0000000000" /* 10-19 */
                                     "0000000000" /* 20-29 */
                                     "0000000000" /* 30-39 */
                                     "0000000000" /* 40-49 */
                                     "1111111111" /* 50-59 */
                                     "1111110000" /* 60-69 */
                                     "1111111111" /* 70-79 */
                                     "1111111110" /* 80-89 */
                                     "1110111111" /* 90-99 */;

/*
 * Numbers that were printed for everybody to see: the wallet card of 1938 and the Social Security Board's pamphlet of
 * 1940 (SSA, "Social Security Cards Issued by Woolworth"), and LifeLock's advertisement. SSA's own 987-65-4320 to 4329
 * need no row, because no area begins with 9.
 */
static const uint32_t never_valid[] = {78051120, 219099999, 457555462};

/* What is wrong with bytes that are neither nine digits nor the dashed form. */
static nct_status refuse(const char *s, size_t len) {
    static const struct nct_ident_alphabet alphabet = {NCT_DIGIT | NCT_DASH, NCT_DIGIT, TAX_LENGTH, TAX_LENGTH};
    nct_status status = nct_ident_spell(&alphabet, s, len);
    return status != NCT_OK ? status : NCT_E_FORMAT;
}

nct_status nct_ein_check(const char *s, size_t len) {
    if (!nct_ident_nine_digits(s, len) && !nct_ident_follows(ein_picture, s, len))
        return refuse(s, len);
    return nct_ident_has_pair(ein_prefixes, s) ? NCT_OK : NCT_E_RANGE;
}

/* Area, group and serial are where they are in the bare form, or one and two places further in the dashed form. */
struct person_number {
    const char *area, *group, *serial;
};

static nct_status split(const char *s, size_t len, struct person_number *number) {
    bool bare = nct_ident_nine_digits(s, len);
    if (!bare && !nct_ident_follows(person_picture, s, len))
        return refuse(s, len);
    *number = (struct person_number){s, s + (bare ? 3 : 4), s + (bare ? 5 : 7)};
    return NCT_OK;
}

static uint32_t value(const char *digits, size_t len) {
    uint32_t result = 0;
    for (size_t i = 0; i < len; i++)
        result = result * 10 + (uint32_t)(digits[i] - '0');
    return result;
}

static bool is_never_valid(uint32_t ssn) {
    for (size_t i = 0; i < sizeof never_valid / sizeof never_valid[0]; i++)
        if (never_valid[i] == ssn)
            return true;
    return false;
}

/* SSA, POMS RM 10201.035; any other area may be assigned since the randomization of 25 June 2011. */
nct_status nct_ssn_check(const char *s, size_t len) {
    struct person_number number;
    nct_status status = split(s, len, &number);
    if (status != NCT_OK)
        return status;
    uint32_t area = value(number.area, 3), group = value(number.group, 2), serial = value(number.serial, 4);
    if (area == 0 || area == 666 || area >= 900 || group == 0 || serial == 0)
        return NCT_E_RANGE;
    return is_never_valid(area * 1000000 + group * 10000 + serial) ? NCT_E_NEVER_VALID : NCT_OK;
}

nct_status nct_itin_check(const char *s, size_t len) {
    struct person_number number;
    nct_status status = split(s, len, &number);
    if (status != NCT_OK)
        return status;
    return number.area[0] == '9' && nct_ident_has_pair(itin_groups, number.group) ? NCT_OK : NCT_E_RANGE;
}

nct_status nct_atin_check(const char *s, size_t len) {
    struct person_number number;
    nct_status status = split(s, len, &number);
    if (status != NCT_OK)
        return status;
    return number.area[0] == '9' && value(number.group, 2) == 93 ? NCT_OK : NCT_E_RANGE;
}

/* What is wrong is told of an EIN, the usual one. */
nct_status nct_tax_id_check(const char *s, size_t len) {
    if (nct_ssn_check(s, len) == NCT_OK || nct_itin_check(s, len) == NCT_OK || nct_atin_check(s, len) == NCT_OK)
        return NCT_OK;
    return nct_ein_check(s, len);
}
