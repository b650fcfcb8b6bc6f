#include "ident/ident_internal.h"

enum {
    NATIONAL_LENGTH = 10,
    SEPARATOR = NCT_SPACE | NCT_DASH | NCT_DOT,
};

/* Reads on while the bytes are as expected. */
struct reader {
    const char *s;
    size_t len, at;
};

static bool take(struct reader *reader, unsigned classes) {
    if (reader->at == reader->len || !nct_ident_is(reader->s[reader->at], classes))
        return false;
    reader->at++;
    return true;
}

static bool take_digits(struct reader *reader, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (!take(reader, NCT_DIGIT))
            return false;
    return true;
}

/* The country code 1, if there are digits enough for it; a plus sign must have it. */
static nct_status take_country(struct reader *reader, size_t digits) {
    bool plus = take(reader, NCT_PLUS);
    if (digits == NATIONAL_LENGTH)
        return plus ? NCT_E_FORMAT : NCT_OK;
    if (!plus && nct_ident_is(reader->s[reader->at], NCT_DIGIT) && reader->s[reader->at] != '1')
        return NCT_E_TOO_LONG;
    if (reader->s[reader->at] != '1')
        return NCT_E_FORMAT;
    reader->at++;
    (void)take(reader, SEPARATOR);
    return NCT_OK;
}

static bool take_national(struct reader *reader) {
    bool bracket = take(reader, NCT_OPEN);
    if (!take_digits(reader, 3) || (bracket && !take(reader, NCT_CLOSE)))
        return false;
    (void)take(reader, SEPARATOR);
    if (!take_digits(reader, 3))
        return false;
    (void)take(reader, SEPARATOR);
    return take_digits(reader, 4) && reader->at == reader->len;
}

/* Codes whose numbers are free for the caller (FCC, "What is a toll-free number"): RespOrgs assign them one by one,
 * also in the exchanges N11 that no area may have. */
static const char toll_free[][4] = {"800", "833", "844", "855", "866", "877", "888"};

static bool is_toll_free(const char *area) {
    for (size_t i = 0; i < sizeof toll_free / sizeof toll_free[0]; i++)
        if (memcmp(area, toll_free[i], 3) == 0)
            return true;
    return false;
}

/* [2-9]XX, and not the service codes N11. */
static bool is_code(const char *code) {
    return code[0] >= '2' && !(code[1] == '1' && code[2] == '1');
}

/* NANPA keeps the area codes N9X for longer numbers, 37X and 96X for blocks; none is ever assigned. */
static bool is_reserved_area(const char *area) {
    return area[1] == '9' || (area[0] == '3' && area[1] == '7') || (area[0] == '9' && area[1] == '6');
}

size_t nct_canonical_phone(const char *s, size_t len, char *out) {
    size_t skip = nct_ident_count(s, len, NCT_DIGIT) - NATIONAL_LENGTH;
    size_t count = 0;
    for (size_t i = 0; i < len; i++) {
        if (!nct_ident_is(s[i], NCT_DIGIT))
            continue;
        if (skip > 0)
            skip--;
        else
            out[count++] = s[i];
    }
    return count;
}

/* ATIS-0300055, "NANP numbering plan area and central office code assignment guidelines". */
nct_status nct_phone_check(const char *s, size_t len) {
    static const struct nct_ident_alphabet alphabet = {NCT_DIGIT | SEPARATOR | NCT_PLUS | NCT_OPEN | NCT_CLOSE,
                                                       NCT_DIGIT, NATIONAL_LENGTH, NATIONAL_LENGTH + 1};
    nct_status status = nct_ident_spell(&alphabet, s, len);
    if (status != NCT_OK)
        return status;
    struct reader reader = {.s = s, .len = len};
    status = take_country(&reader, nct_ident_count(s, len, NCT_DIGIT));
    if (status != NCT_OK)
        return status;
    if (!take_national(&reader))
        return NCT_E_FORMAT;
    char digits[NATIONAL_LENGTH] = {0};
    (void)nct_canonical_phone(s, len, digits);
    const char *exchange = digits + 3;
    bool assigned = is_code(exchange) || (is_toll_free(digits) && exchange[0] >= '2');
    return is_code(digits) && !is_reserved_area(digits) && assigned ? NCT_OK : NCT_E_RANGE;
}
