/* Typographic dashes and spaces, as the plain ones they stand for. */
#include "ident/ident_internal.h"

/* UTF-8, by ranges of the last byte. Zero-width characters are no spaces, and digits and letters of other scripts no
 * variants: they stay as they are, and are refused. */
static const struct {
    char lead[3]; /* the bytes before the last */
    uint8_t first, last;
    char plain;
} variants[] = {
    {"\xC2", 0xA0, 0xA0, ' '},     /* no-break space */
    {"\xE2\x80", 0x80, 0x8A, ' '}, /* en quad to hair space, with figure and thin space */
    {"\xE2\x80", 0xAF, 0xAF, ' '}, /* narrow no-break space */
    {"\xE2\x81", 0x9F, 0x9F, ' '}, /* medium mathematical space */
    {"\xE2\x80", 0x90, 0x95, '-'}, /* hyphen, non-breaking hyphen, figure, en and em dash, horizontal bar */
    {"\xE2\x88", 0x92, 0x92, '-'}, /* minus sign */
};

/* The length of the variant the bytes begin with, and what it stands for; 0 for none. */
static size_t variant_at(const char *s, size_t len, char *plain) {
    for (size_t i = 0; i < sizeof variants / sizeof variants[0]; i++) {
        size_t lead = strlen(variants[i].lead);
        if (len <= lead || memcmp(s, variants[i].lead, lead) != 0)
            continue;
        uint8_t last = (uint8_t)s[lead];
        *plain = variants[i].plain;
        if (last >= variants[i].first && last <= variants[i].last)
            return lead + 1;
    }
    return 0;
}

size_t nct_ident_plain(char *text, size_t text_len) {
    size_t count = 0;
    for (size_t at = 0; text != NULL && at < text_len; count++) {
        char plain = text[at];
        size_t variant = variant_at(text + at, text_len - at, &plain);
        text[count] = variant != 0 ? plain : text[at];
        at += variant != 0 ? variant : 1;
    }
    if (count < text_len && text != NULL)
        memset(text + count, 0, text_len - count);
    return count;
}
