#include "base/utf8.h"

#include "base/about.h"

#include <stdbool.h>
#include <string.h>

/* The well-formed byte sequences, by lead byte: Unicode Standard, table 3-7. Bytes after the second are 80..BF. */
struct utf8_form {
    uint8_t lead_first, lead_last;
    uint8_t second_first, second_last;
    uint8_t length;
    uint8_t lead_bits; /* the bits of the lead byte that belong to the code point */
};

static const struct utf8_form forms[] = {
    {0x00, 0x7F, 0x00, 0x00, 1, 0x7F}, {0xC2, 0xDF, 0x80, 0xBF, 2, 0x1F}, {0xE0, 0xE0, 0xA0, 0xBF, 3, 0x0F},
    {0xE1, 0xEC, 0x80, 0xBF, 3, 0x0F}, {0xED, 0xED, 0x80, 0x9F, 3, 0x0F}, {0xEE, 0xEF, 0x80, 0xBF, 3, 0x0F},
    {0xF0, 0xF0, 0x90, 0xBF, 4, 0x07}, {0xF1, 0xF3, 0x80, 0xBF, 4, 0x07}, {0xF4, 0xF4, 0x80, 0x8F, 4, 0x07},
};

struct range {
    uint32_t first, last;
};

/*
 * Nothing here can be seen as itself by a person who reads a name: the controls, the separators, everything of
 * Default_Ignorable_Code_Point (zero-width, bidirectional, variation selectors, tags, fillers), the other format
 * characters without a glyph, private use, noncharacters. Ascending.
 */
static const struct range refused[] = {
    {0x0000, 0x001F},   /* C0 controls */
    {0x007F, 0x009F},   /* DEL, C1 controls */
    {0x00AD, 0x00AD},   /* soft hyphen */
    {0x034F, 0x034F},   /* combining grapheme joiner */
    {0x061C, 0x061C},   /* Arabic letter mark */
    {0x115F, 0x1160},   /* Hangul fillers */
    {0x17B4, 0x17B5},   /* Khmer inherent vowels */
    {0x180B, 0x180F},   /* Mongolian variation selectors */
    {0x200B, 0x200F},   /* zero-width characters, direction marks */
    {0x2028, 0x202E},   /* line and paragraph separators, bidirectional embeddings and overrides */
    {0x2060, 0x206F},   /* word joiner, invisible operators, bidirectional isolates */
    {0x3164, 0x3164},   /* Hangul filler */
    {0xE000, 0xF8FF},   /* private use */
    {0xFDD0, 0xFDEF},   /* noncharacters */
    {0xFE00, 0xFE0F},   /* variation selectors */
    {0xFEFF, 0xFEFF},   /* byte-order mark */
    {0xFFA0, 0xFFA0},   /* halfwidth Hangul filler */
    {0xFFF0, 0xFFFB},   /* reserved ignorables, interlinear annotation */
    {0xFFFE, 0xFFFF},   /* noncharacters, here and at the end of every plane */
    {0x13430, 0x1343F}, /* Egyptian hieroglyph format controls */
    {0x1BCA0, 0x1BCA3}, /* shorthand format controls */
    {0x1D173, 0x1D17A}, /* musical format controls */
    {0x1FFFE, 0x1FFFF},
    {0x2FFFE, 0x2FFFF},
    {0x3FFFE, 0x3FFFF},
    {0x4FFFE, 0x4FFFF},
    {0x5FFFE, 0x5FFFF},
    {0x6FFFE, 0x6FFFF},
    {0x7FFFE, 0x7FFFF},
    {0x8FFFE, 0x8FFFF},
    {0x9FFFE, 0x9FFFF},
    {0xAFFFE, 0xAFFFF},
    {0xBFFFE, 0xBFFFF},
    {0xCFFFE, 0xCFFFF},
    {0xDFFFE, 0xDFFFF},
    /* tags, supplementary variation selectors */
    {0xE0000, 0xE0FFF},
    /* planes 15 and 16 are private use */
    {0xEFFFE, 0x10FFFF},
};

/* White_Space of the Unicode Character Database. Ascending. */
static const struct range white_space[] = {
    {0x0009, 0x000D}, {0x0020, 0x0020}, {0x0085, 0x0085}, {0x00A0, 0x00A0}, {0x1680, 0x1680},
    {0x2000, 0x200A}, {0x2028, 0x2029}, {0x202F, 0x202F}, {0x205F, 0x205F}, {0x3000, 0x3000},
};

static bool in_ranges(const struct range *ranges, size_t count, uint32_t point) {
    for (size_t i = 0; i < count && ranges[i].first <= point; i++)
        if (point <= ranges[i].last)
            return true;
    return false;
}

static bool is_refused(uint32_t point) {
    return in_ranges(refused, sizeof refused / sizeof refused[0], point);
}

static bool is_white_space(uint32_t point) {
    return in_ranges(white_space, sizeof white_space / sizeof white_space[0], point);
}

static const struct utf8_form *form_of(uint8_t lead) {
    for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++)
        if (lead >= forms[i].lead_first && lead <= forms[i].lead_last)
            return &forms[i];
    return NULL;
}

/* The length of the character that starts the bytes, which is then stored; 0 if none does. There is a first byte. */
static size_t decode(const uint8_t *bytes, size_t len, uint32_t *point) {
    const struct utf8_form *form = form_of(bytes[0]);
    if (form == NULL || len < form->length)
        return 0;
    if (form->length > 1 && (bytes[1] < form->second_first || bytes[1] > form->second_last))
        return 0;
    *point = bytes[0] & form->lead_bits;
    for (size_t i = 1; i < form->length; i++) {
        if ((bytes[i] & 0xC0) != 0x80)
            return 0;
        *point = *point << 6 | (bytes[i] & 0x3F);
    }
    return form->length;
}

/* How many characters of ASCII the bytes start with. Eight are looked at in one go. */
static size_t skip_ascii(const uint8_t *bytes, size_t len) {
    size_t at = 0;
    uint64_t eight;
    for (; len - at >= sizeof eight; at += sizeof eight) {
        memcpy(&eight, bytes + at, sizeof eight);
        if ((eight & UINT64_C(0x8080808080808080)) != 0)
            break;
    }
    while (at < len && bytes[at] < 0x80)
        at++;
    return at;
}

nct_status nct_text_utf8(const char *s, size_t len) {
    uint32_t point = 0;
    for (size_t at = skip_ascii((const uint8_t *)s, len); at < len;) {
        size_t step = decode((const uint8_t *)s + at, len - at, &point);
        if (step == 0)
            return NCT_E_UTF8;
        at += step;
    }
    return NCT_OK;
}

/* What matters of a line, gathered in one walk over well-formed UTF-8. */
struct line {
    size_t characters;
    bool blank;           /* nothing but white space */
    bool edges_are_white; /* the first or the last character is white space */
    size_t refused;       /* the first that is refused, counted from 1; 0: none is */
};

static struct line survey(const uint8_t *bytes, size_t len) {
    struct line line = {.blank = true};
    bool last_is_white = false;
    for (size_t at = 0; at < len; line.characters++) {
        uint32_t point = 0;
        at += decode(bytes + at, len - at, &point);
        last_is_white = is_white_space(point);
        line.blank = line.blank && last_is_white;
        line.edges_are_white = line.edges_are_white || (line.characters == 0 && last_is_white);
        if (line.refused == 0 && is_refused(point))
            line.refused = line.characters + 1;
    }
    line.edges_are_white = line.edges_are_white || last_is_white;
    return line;
}

/* Which end of a line is white space: the first character or the last. */
static int64_t white_edge(const uint8_t *bytes, size_t len, size_t characters) {
    uint32_t point = 0;
    (void)decode(bytes, len, &point);
    return is_white_space(point) ? 1 : (int64_t)characters;
}

nct_status nct_text_line(const char *s, size_t len, size_t max) {
    if (len == 0)
        return NCT_E_EMPTY;
    if (memchr(s, '\0', len) != NULL)
        return NCT_E_NUL;
    if (nct_text_utf8(s, len) != NCT_OK)
        return NCT_E_UTF8;
    struct line line = survey((const uint8_t *)s, len);
    if (line.blank)
        return NCT_E_EMPTY;
    if (line.refused != 0)
        return nct_about(NCT_E_CHARACTER, NCT_ABOUT_PLACE, (int64_t)line.refused);
    if (line.edges_are_white)
        return nct_about(NCT_E_CHARACTER, NCT_ABOUT_PLACE, white_edge((const uint8_t *)s, len, line.characters));
    return line.characters <= max ? NCT_OK : nct_about(NCT_E_TOO_LONG, NCT_ABOUT_LENGTH, (int64_t)max);
}

nct_status nct_text_word(const char *s, size_t len, size_t max) {
    static const char allowed[] = "abcdefghijklmnopqrstuvwxyz0123456789._";
    if (len == 0)
        return NCT_E_EMPTY;
    if (memchr(s, '\0', len) != NULL)
        return NCT_E_NUL;
    if (len > max)
        return nct_about(NCT_E_TOO_LONG, NCT_ABOUT_LENGTH, (int64_t)max);
    for (size_t i = 0; i < len; i++)
        if (memchr(allowed, s[i], sizeof allowed - 1) == NULL)
            return nct_about(NCT_E_CHARACTER, NCT_ABOUT_PLACE, (int64_t)i + 1);
    return NCT_OK;
}
