#include "roster/csv.h"

#include <string.h>

#include "text.h"

void csv_begin(struct csv *csv, FILE *file) {
    memset(csv, 0, sizeof *csv);
    csv->file = file;
    setvbuf(file, csv->buffer, _IOFBF, sizeof csv->buffer);
}

void csv_wipe(struct csv *csv) {
    explicit_bzero(csv, sizeof *csv);
}

static int bad(struct csv *csv, int result, const char *reason) {
    csv->reason = reason;
    return result;
}

/* ---- Lines ---- */

/* Spreadsheets begin UTF-8 with a byte order mark. */
static void drop_mark(struct csv *csv) {
    if (csv->len >= 3 && memcmp(csv->bytes, "\xEF\xBB\xBF", 3) == 0) {
        csv->len -= 3;
        memmove(csv->bytes, csv->bytes + 3, csv->len);
    }
}

/* The line without its end. */
static int read_line(struct csv *csv) {
    int byte = getc(csv->file);
    if (byte == EOF && !ferror(csv->file)) {
        return CSV_END;
    }
    for (csv->len = 0; byte != EOF && byte != '\n' && csv->len < sizeof csv->bytes; byte = getc(csv->file)) {
        csv->bytes[csv->len++] = (char)byte;
    }
    if (ferror(csv->file)) {
        return CSV_FAILED;
    }
    csv->line++;
    bool ended = byte == '\n' || byte == EOF;
    if (byte == '\n' && csv->len > 0 && csv->bytes[csv->len - 1] == '\r') {
        csv->len--;
    }
    if (csv->line == 1) {
        drop_mark(csv);
        csv->reason = csv_other_file(csv->bytes, csv->len);
    }
    if (csv->reason == NULL && !ended) {
        csv->reason = "a line is longer than 65,536 bytes; this is no roster";
    }
    return csv->reason != NULL ? CSV_OTHER : CSV_ROW;
}

/* A spreadsheet leaves rows of nothing but commas behind the last one. */
static bool is_blank(const struct csv *csv) {
    static const char nothing[] = ", \t\r";
    size_t at = 0;
    while (at < csv->len && memchr(nothing, csv->bytes[at], sizeof nothing - 1) != NULL) {
        at++;
    }
    return at == csv->len;
}

static bool is_utf8(const struct csv *csv) {
    size_t taken = 0;
    for (size_t at = 0; at < csv->len; at += taken) {
        if (text_next(csv->bytes + at, csv->len - at, &taken) == TEXT_INVALID) {
            return false;
        }
    }
    return true;
}

/* ---- Fields: unquoted in place, for they do not grow ---- */

/* Reads to the closing quote and over it. False: there is none in this line. */
static bool close_quote(struct csv *csv, size_t *at, csv_field *field) {
    for (; *at < csv->len; (*at)++) {
        if (csv->bytes[*at] == '"') {
            bool doubled = *at + 1 < csv->len && csv->bytes[*at + 1] == '"';
            (*at)++;
            if (!doubled) {
                return true;
            }
        }
        field->bytes[field->len++] = csv->bytes[*at];
    }
    return false;
}

static int read_quoted(struct csv *csv, size_t *at, csv_field *field) {
    if (!close_quote(csv, at, field)) {
        csv->open = true;
        csv->opened = csv->line;
        return CSV_OPEN;
    }
    bool ends = *at == csv->len || csv->bytes[*at] == ',';
    return ends ? CSV_ROW : bad(csv, CSV_BAD, "something follows the closing quote of a field");
}

static int read_plain(struct csv *csv, size_t *at, csv_field *field) {
    while (*at < csv->len && csv->bytes[*at] != ',') {
        if (csv->bytes[*at] == '"') {
            return bad(csv, CSV_BAD,
                       "a quote stands inside a field that does not begin with one; quote the field and double the "
                       "quotes inside");
        }
        (*at)++;
        field->len++;
    }
    return CSV_ROW;
}

static int read_field(struct csv *csv, size_t *at) {
    if (csv->count == CSV_FIELDS_MAX) {
        return bad(csv, CSV_BAD, "the row has too many fields");
    }
    csv_field *field = &csv->fields[csv->count++];
    bool quoted = *at < csv->len && csv->bytes[*at] == '"';
    *at += quoted;
    *field = (csv_field){csv->bytes + *at, 0};
    return quoted ? read_quoted(csv, at, field) : read_plain(csv, at, field);
}

/* The fields from `at` on, where one begins. */
static int read_fields(struct csv *csv, size_t at) {
    for (;;) {
        int result = read_field(csv, &at);
        if (result != CSV_ROW || at == csv->len) {
            return result;
        }
        at++; /* the comma */
    }
}

/*
 * A line that begins within a quote is no row, whatever it looks like: it may be the text of a field. Once the quote
 * is closed, or it shows that it never was one, the line after is a row again.
 */
static int read_on(struct csv *csv) {
    size_t at = 0;
    size_t opened = csv->opened;
    csv_field rest = {csv->bytes, 0};
    csv->open = !close_quote(csv, &at, &rest);
    if (!csv->open && at < csv->len && csv->bytes[at] == ',') {
        (void)read_fields(csv, at + 1); /* which may open the next one */
        csv->opened = opened;           /* and is told as one with it */
    }
    csv->count = 0;
    return bad(csv, CSV_OPEN, NULL);
}

static int read_row(struct csv *csv) {
    if (csv->open) {
        return read_on(csv);
    }
    bool readable = is_utf8(csv);
    int result = read_fields(csv, 0);
    if (result == CSV_ROW && !readable) {
        return bad(csv, CSV_BAD,
                   "the line is not UTF-8, but perhaps Windows-1252 or Latin-1; save the file as \"CSV UTF-8 (comma "
                   "delimited)\"");
    }
    return result;
}

int csv_next(struct csv *csv) {
    do {
        csv->count = 0;
        csv->reason = NULL;
        int result = read_line(csv);
        if (result != CSV_ROW) {
            return result;
        }
    } while (is_blank(csv));
    return read_row(csv);
}
