#include "roster/dirt.h"

#include <string.h>
#include <strings.h>

#include "text.h"

#define DIGITS "0123456789"
#define SHAPED_MAX 512 /* bytes; no column can hold more */

const char *const roster_columns[ROSTER_COLUMNS] = {"npi", "kind", "name", "tax_id", "email", "phone"};

/* ---- Made right ---- */

/* Spaces that do not break or have another width. */
static bool is_space(uint32_t point) {
    return point == ' ' || point == 0xA0 || (point >= 0x2000 && point <= 0x200A) || point == 0x202F ||
           point == 0x205F || point == 0x3000;
}

static void plain_spaces(csv_field *field) {
    size_t taken = 0;
    size_t used = 0;
    for (size_t at = 0; at < field->len; at += taken) {
        if (is_space(text_next(field->bytes + at, field->len - at, &taken))) {
            field->bytes[used++] = ' ';
        } else {
            memmove(field->bytes + used, field->bytes + at, taken);
            used += taken;
        }
    }
    field->len = used;
}

static bool is_edge(char byte) {
    return byte == ' ' || byte == '\t';
}

static void trim(csv_field *field) {
    while (field->len > 0 && is_edge(field->bytes[field->len - 1])) {
        field->len--;
    }
    while (field->len > 0 && is_edge(field->bytes[0])) {
        field->bytes++;
        field->len--;
    }
}

static void lower(csv_field *field) {
    for (size_t i = 0; i < field->len; i++) {
        char byte = field->bytes[i];
        field->bytes[i] = byte >= 'A' && byte <= 'Z' ? (char)(byte - 'A' + 'a') : byte;
    }
}

enum roster_column roster_column_of(csv_field *header) {
    plain_spaces(header);
    trim(header);
    lower(header);
    for (size_t i = 0; i < header->len; i++) {
        header->bytes[i] = header->bytes[i] == ' ' || header->bytes[i] == '-' ? '_' : header->bytes[i];
    }
    size_t at = 0;
    while (at < ROSTER_COLUMNS &&
           (strlen(roster_columns[at]) != header->len || memcmp(roster_columns[at], header->bytes, header->len) != 0)) {
        at++;
    }
    return (enum roster_column)at;
}

/* ---- Told: by its characters ---- */

/* Of decomposed text (NFD): marks that combine with the letter before, parts of Hangul syllables. */
static bool combines(uint32_t point) {
    return (point >= 0x300 && point <= 0x36F) || (point >= 0x1100 && point <= 0x11FF) ||
           (point >= 0x1DC0 && point <= 0x1DFF) || (point >= 0x20D0 && point <= 0x20FF);
}

/* UTF-8 that was read as Windows-1252 once, or was given up: no name has one of these before the other. */
static bool misread(uint32_t before, uint32_t point) {
    bool continues = (point >= 0x80 && point <= 0xBF) || (point >= 0x152 && point <= 0x192) ||
                     (point >= 0x2C6 && point <= 0x2DC) || (point >= 0x2010 && point <= 0x2122);
    return point == 0xFFFD || ((before == 0xC2 || before == 0xC3) && continues) || (before == 0xE2 && point == 0x20AC);
}

/* Forms of ASCII as wide as a Chinese character. */
static bool is_wide(uint32_t point) {
    return point >= 0xFF01 && point <= 0xFF5E;
}

static const char *by_characters(const csv_field *field) {
    uint32_t before = 0;
    size_t taken = 0;
    for (size_t at = 0; at < field->len; at += taken) {
        uint32_t point = text_next(field->bytes + at, field->len - at, &taken);
        if (combines(point)) {
            return "its accents are characters of their own (NFD); write them composed (NFC)";
        }
        if (misread(before, point)) {
            return "its characters were read in another encoding than they were written in; export them anew as UTF-8";
        }
        if (is_wide(point)) {
            return "it has wide forms of letters or digits; write the plain ones";
        }
        before = point;
    }
    return NULL;
}

/* ---- Told: by its shape ---- */

/* In a shape 0 is a digit, * are some, a is a letter, and everything else stands for itself. */
static bool is_shaped(const char *text, const char *shape) {
    for (; *shape != '\0'; shape++) {
        size_t digits = strspn(text, DIGITS);
        if (*shape == '*') {
            if (digits == 0) {
                return false;
            }
            text += digits;
        } else if (*shape == '0'   ? digits == 0
                   : *shape == 'a' ? !((*text | 32) >= 'a' && (*text | 32) <= 'z')
                                   : *text != *shape) {
            return false;
        } else {
            text++;
        }
    }
    return *text == '\0';
}

static bool any_shape(const char *text, const char *const *shapes) {
    while (*shapes != NULL && !is_shaped(text, *shapes)) {
        shapes++;
    }
    return *shapes != NULL;
}

static bool any_word(const char *text, const char *const *words) {
    while (*words != NULL && strcasecmp(text, *words) != 0) {
        words++;
    }
    return *words != NULL;
}

static bool is_formula(enum roster_column column, const char *text) {
    return text[0] != '\0' && strchr(column == ROSTER_PHONE ? "=@-" : "=@-+", text[0]) != NULL;
}

static bool is_error(enum roster_column column, const char *text) {
    static const char *const words[] = {"#N/A",   "#REF!",   "#NAME?",  "#VALUE!", "#NUM!",
                                        "#NULL!", "#DIV/0!", "#SPILL!", "#CALC!",  NULL};
    (void)column;
    return any_word(text, words) || (text[0] == '#' && strspn(text, "#") == strlen(text));
}

static bool is_nothing(enum roster_column column, const char *text) {
    static const char *const words[] = {"null", "(null)", "\\N",   "nil", "none",      "nan",     "n/a", "na",
                                        "?",    "true",   "false", "tbd", "undefined", "unknown", NULL};
    (void)column;
    return any_word(text, words);
}

static bool is_rounded(enum roster_column column, const char *text) {
    static const char *const shapes[] = {"*E+*", "*e+*", "*.*E+*", "*.*e+*", NULL};
    (void)column;
    return any_shape(text, shapes);
}

static bool is_decimal(enum roster_column column, const char *text) {
    static const char *const shapes[] = {"*.0", "*.00", "*,000", "*,*,*", "*,*,*,*", NULL};
    return column != ROSTER_NAME && any_shape(text, shapes);
}

static bool is_date(enum roster_column column, const char *text) {
    static const char *const shapes[] = {"00/00/*",  "0/0/*",   "00/0/*",   "0/00/*", "0000-00-00", "00-00-0000",
                                         "0-0-*",    "00.00.*", "0000/*/*", "0-aaa",  "00-aaa",     "0-aaa-*",
                                         "00-aaa-*", "aaa-00",  "aaa-0000", NULL};
    char day[SHAPED_MAX];
    (void)column;
    snprintf(day, sizeof day, "%s", text);
    char *time = strpbrk(day, " T");
    if (time != NULL && strchr(time, ':') != NULL) {
        *time = '\0';
    }
    bool is = any_shape(day, shapes);
    explicit_bzero(day, sizeof day);
    return is;
}

static bool is_quoted(enum roster_column column, const char *text) {
    (void)column;
    return strncmp(text, "\xE2\x80\x9C", 3) == 0 || strncmp(text, "\xE2\x80\x9D", 3) == 0 ||
           strncmp(text, "\xE2\x80\x9E", 3) == 0 || text[0] == '\'';
}

static bool lost_a_digit(enum roster_column column, const char *text) {
    size_t len = strlen(text);
    size_t whole = column == ROSTER_NPI ? 10 : column == ROSTER_TAX_ID ? 9 : 0;
    return len > 0 && len < whole && strspn(text, DIGITS) == len;
}

static bool is_no_id(enum roster_column column, const char *text) {
    return column == ROSTER_NPI && text[0] != '\0' && strpbrk(text, DIGITS) == NULL;
}

/* Letters beyond ASCII are not looked at. */
static bool is_no_name(enum roster_column column, const char *text) {
    bool letter = false;
    for (const char *at = text; *at != '\0'; at++) {
        letter |= ((*at | 32) >= 'a' && (*at | 32) <= 'z') || (unsigned char)*at >= 0x80;
    }
    return column == ROSTER_NAME && text[0] != '\0' && !letter;
}

static const struct {
    bool (*is)(enum roster_column column, const char *text);
    const char *reason;
} shapes[] = {
    {is_formula, "a spreadsheet would take it for a formula; write it as text that begins with none of = + - @"},
    {is_error, "it is an error of a spreadsheet, not what was there; export it anew"},
    {is_nothing, "it is an export's word for nothing"},
    {is_rounded,
     "a spreadsheet has rounded the number, and digits are lost; set the column to Text and enter the number again"},
    {is_decimal, "a spreadsheet has made a quantity of it; set the column to Text"},
    {is_date, "a spreadsheet has made a date of it; set the column to Text and enter it again"},
    {is_quoted, "it begins with a quote that does not quote; take it away"},
    {lost_a_digit,
     "it has too few digits, perhaps because a spreadsheet dropped zeros in front; set the column to Text and enter it "
     "again"},
    {is_no_id, "an NPI or Atypical ID has digits"},
    {is_no_name, "a name has letters"},
};

static const char *by_shape(enum roster_column column, const csv_field *field) {
    char text[SHAPED_MAX];
    if (field->len >= sizeof text || memchr(field->bytes, '\0', field->len) != NULL) {
        return NULL; /* which no column can hold */
    }
    snprintf(text, sizeof text, "%.*s", (int)field->len, field->bytes);
    const char *reason = NULL;
    for (size_t i = 0; reason == NULL && i < sizeof shapes / sizeof shapes[0]; i++) {
        reason = shapes[i].is(column, text) ? shapes[i].reason : NULL;
    }
    explicit_bzero(text, sizeof text);
    return reason;
}

const char *roster_dirt(enum roster_column column, csv_field *field) {
    const char *reason = by_characters(field);
    if (reason != NULL) {
        return reason;
    }
    plain_spaces(field);
    trim(field);
    if (column == ROSTER_KIND) {
        lower(field);
    }
    return by_shape(column, field);
}
