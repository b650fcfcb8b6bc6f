/* What other people wrote, made harmless for a terminal: it moves no cursor, hides nothing and turns nothing around. */
#include "text.h"

#include <string.h>

/*
 * Controls (Cc), formats (Cf: bidirectional marks, zero-width characters, tags), line and paragraph separators (Zl, Zp)
 * of Unicode, and what its Default_Ignorable_Code_Point adds: fillers and variation selectors, which show nothing.
 */
static const uint32_t unwanted[][2] = {
    {0x0000, 0x001F},   {0x007F, 0x009F},   {0x00AD, 0x00AD},   {0x034F, 0x034F},   {0x0600, 0x0605},
    {0x061C, 0x061C},   {0x06DD, 0x06DD},   {0x070F, 0x070F},   {0x0890, 0x0891},   {0x08E2, 0x08E2},
    {0x115F, 0x1160},   {0x17B4, 0x17B5},   {0x180B, 0x180F},   {0x200B, 0x200F},   {0x2028, 0x202E},
    {0x2060, 0x206F},   {0x3164, 0x3164},   {0xFE00, 0xFE0F},   {0xFEFF, 0xFEFF},   {0xFFA0, 0xFFA0},
    {0xFFF0, 0xFFFB},   {0x110BD, 0x110BD}, {0x110CD, 0x110CD}, {0x13430, 0x1343F}, {0x1BCA0, 0x1BCA3},
    {0x1D173, 0x1D17A}, {0xE0000, 0xE0FFF},
};

static bool is_unwanted(uint32_t point) {
    for (size_t i = 0; i < sizeof unwanted / sizeof unwanted[0] && point >= unwanted[i][0]; i++) {
        if (point <= unwanted[i][1]) {
            return true;
        }
    }
    return point == TEXT_INVALID;
}

/* How many bytes the sequence a byte begins has, and the bits of that byte that count; 0: none begins with it. */
static size_t length_of(unsigned char first, uint32_t *point) {
    static const struct {
        unsigned char mask, mark;
    } shapes[] = {{0x80, 0x00}, {0xE0, 0xC0}, {0xF0, 0xE0}, {0xF8, 0xF0}};
    for (size_t i = 0; i < 4; i++) {
        if ((first & shapes[i].mask) == shapes[i].mark) {
            *point = first & ~(uint32_t)shapes[i].mask & 0xFF;
            return i + 1;
        }
    }
    return 0;
}

uint32_t text_next(const char *text, size_t len, size_t *taken) {
    static const uint32_t smallest[] = {0, 0, 0x80, 0x800, 0x10000};
    uint32_t point = 0;
    size_t size = length_of((unsigned char)text[0], &point);
    *taken = 1;
    if (size == 0 || size > len) {
        return TEXT_INVALID;
    }
    for (size_t i = 1; i < size; i++) {
        if (((unsigned char)text[i] & 0xC0) != 0x80) {
            return TEXT_INVALID;
        }
        point = point << 6 | ((unsigned char)text[i] & 0x3F);
    }
    if (point < smallest[size] || point > 0x10FFFF || (point >= 0xD800 && point <= 0xDFFF)) {
        return TEXT_INVALID;
    }
    *taken = size;
    return point;
}

void text_tame(char *text) {
    size_t left = strlen(text);
    char *out = text;
    while (left > 0) {
        size_t taken = 0;
        bool harmless = !is_unwanted(text_next(text, left, &taken));
        if (harmless) {
            memmove(out, text, taken);
        } else {
            *out = '?';
        }
        out += harmless ? taken : 1;
        text += taken;
        left -= taken;
    }
    *out = '\0';
}

void text_write_lines(FILE *out, const char *text, size_t len) {
    while (len > 0) {
        size_t taken = 0;
        uint32_t point = text_next(text, len, &taken);
        if (point == '\n' || point == '\t' || !is_unwanted(point)) {
            fwrite(text, 1, taken, out);
        } else {
            fputc('?', out);
        }
        text += taken;
        len -= taken;
    }
}

static void write_escaped(FILE *out, uint32_t point) {
    if (point > 0xFFFF) {
        fprintf(out, "\\u%04x", (unsigned)(0xD7C0 + (point >> 10)));
        point = 0xDC00 + (point & 0x3FF);
    }
    fprintf(out, "\\u%04x", (unsigned)point);
}

/* Between its strings JSON has line feeds; inside of them they are escaped already. */
int text_write_json(const char *json, size_t len, void *out) {
    while (len > 0) {
        size_t taken = 0;
        uint32_t point = text_next(json, len, &taken);
        if (point != '\n' && point != TEXT_INVALID && is_unwanted(point)) {
            write_escaped(out, point);
        } else {
            fwrite(json, 1, taken, out);
        }
        json += taken;
        len -= taken;
    }
    return ferror((FILE *)out) ? -1 : 0;
}
