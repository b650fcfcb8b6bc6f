/*
 * The reader of rosters over arbitrary bytes. It comes to an end, no line is given twice, and each row but those it
 * says are not well-formed is the same when it was written with all fields quoted and read again.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "reader.h"
#include "roster/csv.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static FILE *open_bytes(const uint8_t *data, size_t size) {
    FILE *file = fopen(reader_file(data, size), "r");
    require(file != NULL);
    return file;
}

static size_t put_quoted(char *out, const csv_field *field) {
    size_t len = 0;
    out[len++] = '"';
    for (size_t i = 0; i < field->len; i++) {
        if (field->bytes[i] == '"')
            out[len++] = '"';
        out[len++] = field->bytes[i];
    }
    out[len++] = '"';
    return len;
}

static void check_same(const struct csv *row, const struct csv *again) {
    require(again->count == row->count);
    for (size_t i = 0; i < row->count; i++) {
        require(again->fields[i].len == row->fields[i].len);
        require(memcmp(again->fields[i].bytes, row->fields[i].bytes, row->fields[i].len) == 0);
    }
}

static void write_and_read(const struct csv *row) {
    static char text[2 * CSV_LINE_MAX + 4 * CSV_FIELDS_MAX];
    static struct csv again;
    size_t len = 0;
    for (size_t i = 0; i < row->count; i++) {
        if (i > 0)
            text[len++] = ',';
        len += put_quoted(text + len, &row->fields[i]);
    }
    FILE *file = fmemopen(text, len, "r");
    require(file != NULL);
    csv_begin(&again, file);
    again.line = row->line; /* of a header, and so of its marks, there is only one */
    int result = csv_next(&again);
    if (result == CSV_OTHER && len > CSV_LINE_MAX) { /* it fitted without the quotes */
        (void)fclose(file);
        return;
    }
    require(result == CSV_ROW);
    check_same(row, &again);
    require(csv_next(&again) == CSV_END);
    (void)fclose(file);
}

static void check_row(const struct csv *csv) {
    require(csv->count > 0 && csv->count <= CSV_FIELDS_MAX && csv->len <= CSV_LINE_MAX);
    for (size_t i = 0; i < csv->count; i++)
        require(csv->fields[i].bytes >= csv->bytes &&
                csv->fields[i].bytes + csv->fields[i].len <= csv->bytes + csv->len);
    write_and_read(csv);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static struct csv csv;
    FILE *file = open_bytes(data, size);
    int result = CSV_ROW;
    csv_begin(&csv, file);
    for (size_t line = 0; (result = csv_next(&csv)) != CSV_END; line = csv.line) {
        require(csv.line > line && csv.line <= size && result != CSV_FAILED);
        require((result == CSV_BAD || result == CSV_OTHER) == (csv.reason != NULL));
        require(result != CSV_OPEN || (csv.opened > 0 && csv.opened <= csv.line));
        if (result == CSV_OTHER)
            break;
        if (result == CSV_ROW)
            check_row(&csv);
    }
    (void)fclose(file);
    csv_wipe(&csv);
    return 0;
}
