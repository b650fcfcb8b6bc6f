#include "ident/ident_internal.h"

/* A table rather than <ctype.h>, whose answers depend on the locale. */
const uint16_t nct_ident_class[256] = {
    [' '] = NCT_SPACE, ['!'] = NCT_MARK,  ['#'] = NCT_MARK,  ['$'] = NCT_MARK,  ['%'] = NCT_MARK,
    ['&'] = NCT_MARK,  ['\''] = NCT_MARK, ['('] = NCT_OPEN,  [')'] = NCT_CLOSE, ['*'] = NCT_MARK,
    ['+'] = NCT_PLUS,  ['-'] = NCT_DASH,  ['.'] = NCT_DOT,   ['/'] = NCT_MARK,  ['0'] = NCT_DIGIT,
    ['1'] = NCT_DIGIT, ['2'] = NCT_DIGIT, ['3'] = NCT_DIGIT, ['4'] = NCT_DIGIT, ['5'] = NCT_DIGIT,
    ['6'] = NCT_DIGIT, ['7'] = NCT_DIGIT, ['8'] = NCT_DIGIT, ['9'] = NCT_DIGIT, ['='] = NCT_MARK,
    ['?'] = NCT_MARK,  ['@'] = NCT_AT,    ['A'] = NCT_UPPER, ['B'] = NCT_UPPER, ['C'] = NCT_UPPER,
    ['D'] = NCT_UPPER, ['E'] = NCT_UPPER, ['F'] = NCT_UPPER, ['G'] = NCT_UPPER, ['H'] = NCT_UPPER,
    ['I'] = NCT_UPPER, ['J'] = NCT_UPPER, ['K'] = NCT_UPPER, ['L'] = NCT_UPPER, ['M'] = NCT_UPPER,
    ['N'] = NCT_UPPER, ['O'] = NCT_UPPER, ['P'] = NCT_UPPER, ['Q'] = NCT_UPPER, ['R'] = NCT_UPPER,
    ['S'] = NCT_UPPER, ['T'] = NCT_UPPER, ['U'] = NCT_UPPER, ['V'] = NCT_UPPER, ['W'] = NCT_UPPER,
    ['X'] = NCT_UPPER, ['Y'] = NCT_UPPER, ['Z'] = NCT_UPPER, ['^'] = NCT_MARK,  ['_'] = NCT_UNDERSCORE,
    ['`'] = NCT_MARK,  ['a'] = NCT_LOWER, ['b'] = NCT_LOWER, ['c'] = NCT_LOWER, ['d'] = NCT_LOWER,
    ['e'] = NCT_LOWER, ['f'] = NCT_LOWER, ['g'] = NCT_LOWER, ['h'] = NCT_LOWER, ['i'] = NCT_LOWER,
    ['j'] = NCT_LOWER, ['k'] = NCT_LOWER, ['l'] = NCT_LOWER, ['m'] = NCT_LOWER, ['n'] = NCT_LOWER,
    ['o'] = NCT_LOWER, ['p'] = NCT_LOWER, ['q'] = NCT_LOWER, ['r'] = NCT_LOWER, ['s'] = NCT_LOWER,
    ['t'] = NCT_LOWER, ['u'] = NCT_LOWER, ['v'] = NCT_LOWER, ['w'] = NCT_LOWER, ['x'] = NCT_LOWER,
    ['y'] = NCT_LOWER, ['z'] = NCT_LOWER, ['{'] = NCT_MARK,  ['|'] = NCT_MARK,  ['}'] = NCT_MARK,
    ['~'] = NCT_MARK};

const uint16_t nct_ident_digit[256] = {
    ['0'] = NCT_DIGIT_SEEN + 0, ['1'] = NCT_DIGIT_SEEN + 1, ['2'] = NCT_DIGIT_SEEN + 2, ['3'] = NCT_DIGIT_SEEN + 3,
    ['4'] = NCT_DIGIT_SEEN + 4, ['5'] = NCT_DIGIT_SEEN + 5, ['6'] = NCT_DIGIT_SEEN + 6, ['7'] = NCT_DIGIT_SEEN + 7,
    ['8'] = NCT_DIGIT_SEEN + 8, ['9'] = NCT_DIGIT_SEEN + 9};

size_t nct_ident_count(const char *s, size_t len, unsigned classes) {
    size_t count = 0;
    for (size_t i = 0; i < len; i++)
        count += nct_ident_is(s[i], classes);
    return count;
}

/* NCT_E_NUL wins over NCT_E_CHARACTER: it tells of a length that was counted wrongly, or of an attack. */
static nct_status first_foreign(const char *s, size_t len, unsigned allowed) {
    nct_status status = NCT_OK;
    for (size_t i = 0; i < len; i++) {
        if (s[i] == '\0')
            return NCT_E_NUL;
        if (!nct_ident_is(s[i], allowed))
            status = NCT_E_CHARACTER;
    }
    return status;
}

nct_status nct_ident_spell(const struct nct_ident_alphabet *alphabet, const char *s, size_t len) {
    if (len == 0)
        return NCT_E_EMPTY;
    size_t foreign = 0;
    size_t count = 0;
    for (size_t i = 0; i < len; i++) {
        foreign += !nct_ident_is(s[i], alphabet->allowed);
        count += nct_ident_is(s[i], alphabet->counted);
    }
    if (foreign > 0)
        return first_foreign(s, len, alphabet->allowed);
    if (count < alphabet->min)
        return NCT_E_TOO_SHORT;
    return count > alphabet->max ? NCT_E_TOO_LONG : NCT_OK;
}

bool nct_ident_follows(const char *picture, const char *s, size_t len) {
    for (size_t i = 0; i < len; i++) {
        bool fits = picture[i] == 'N' ? nct_ident_is(s[i], NCT_DIGIT) : s[i] == picture[i];
        if (picture[i] == '\0' || !fits)
            return false;
    }
    return picture[len] == '\0';
}
