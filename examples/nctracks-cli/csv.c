#include "csv.h"

#include <string.h>

void csv_begin(struct csv *csv, FILE *file) {
    memset(csv, 0, sizeof *csv);
    csv->file = file;
    setvbuf(file, csv->buffer, _IOFBF, sizeof csv->buffer);
}

void csv_wipe(struct csv *csv) {
    explicit_bzero(csv, sizeof *csv);
}

static bool bad(struct csv *csv, const char *reason) {
    csv->reason = reason;
    return false;
}

static const char utf16[] = "the file is UTF-16, not UTF-8; save it as \"CSV UTF-8\"";

/* A NUL in the header is the other half of a character of UTF-16. */
static bool keep(struct csv *csv, int byte) {
    if (byte == 0 && csv->row == 1) {
        return bad(csv, utf16);
    }
    if (csv->used == sizeof csv->record) {
        return bad(csv, "the row is too long");
    }
    csv->record[csv->used++] = (char)byte;
    return true;
}

/* The byte after one that could begin a CR LF: such a pair is one '\n'. */
static int line_end(struct csv *csv, int byte) {
    if (byte != '\r') {
        return byte;
    }
    int next = getc(csv->file);
    if (next != '\n') {
        ungetc(next, csv->file);
        return '\r';
    }
    return '\n';
}

static bool ends_field(int byte) {
    return byte == ',' || byte == '\n' || byte == EOF;
}

static bool read_quoted(struct csv *csv) {
    for (;;) {
        int byte = getc(csv->file);
        if (byte == EOF) {
            csv->ending = EOF;
            return bad(csv, "a quoted field has no closing quote; nothing after it was read");
        }
        if (byte == '"') {
            byte = line_end(csv, getc(csv->file));
            csv->ending = byte;
            if (byte != '"') {
                return ends_field(byte) || bad(csv, "something follows the closing quote of a field");
            }
        }
        if (!keep(csv, byte)) {
            return false;
        }
    }
}

static bool read_plain(struct csv *csv, int byte) {
    for (;; byte = getc(csv->file)) {
        byte = line_end(csv, byte);
        csv->ending = byte;
        if (ends_field(byte)) {
            return true;
        }
        if (byte == '"') {
            return bad(csv, "a quote stands inside a field that is not quoted");
        }
        if (!keep(csv, byte)) {
            return false;
        }
    }
}

static bool read_field(struct csv *csv) {
    if (csv->count == CSV_FIELDS_MAX) {
        return bad(csv, "the row has too many fields");
    }
    size_t start = csv->used;
    int byte = getc(csv->file);
    if (!(byte == '"' ? read_quoted(csv) : read_plain(csv, byte))) {
        return false;
    }
    csv->fields[csv->count++] = (csv_field){csv->record + start, csv->used - start};
    return true;
}

/* Spreadsheets begin UTF-8 with a byte order mark. */
static bool skip_mark(struct csv *csv) {
    int byte = getc(csv->file);
    if (byte == 0xFF || byte == 0xFE) {
        return bad(csv, utf16);
    }
    if (byte != 0xEF) {
        ungetc(byte, csv->file);
        return true;
    }
    return (getc(csv->file) == 0xBB && getc(csv->file) == 0xBF) || bad(csv, "the file does not begin with a header");
}

static int read_row(struct csv *csv) {
    bool right = csv->row > 1 || skip_mark(csv);
    csv->ending = ',';
    while (right && csv->ending == ',') {
        right = read_field(csv);
    }
    if (ferror(csv->file)) {
        return CSV_FAILED;
    }
    while (!right && csv->ending != '\n' && csv->ending != EOF) {
        csv->ending = getc(csv->file);
    }
    return right ? CSV_ROW : CSV_BAD;
}

static bool at_end(struct csv *csv) {
    int byte = getc(csv->file);
    if (byte == EOF) {
        return true;
    }
    ungetc(byte, csv->file);
    return false;
}

int csv_next(struct csv *csv) {
    int result;
    do {
        if (at_end(csv)) {
            return ferror(csv->file) ? CSV_FAILED : CSV_END;
        }
        csv->count = 0;
        csv->used = 0;
        csv->reason = NULL;
        csv->row++;
        result = read_row(csv);
    } while (result == CSV_ROW && csv->count == 1 && csv->fields[0].len == 0);
    return result;
}
