#include "roster/import.h"

#include "terminal/failure.h"

static int unknown_column(const struct import *import, const csv_field *field) {
    return fail_input(import->cli, "%s: unknown column \"%.*s\"; the columns are npi,kind,name,tax_id,email,phone",
                      import->file, (int)(field->len < 40 ? field->len : 40), field->bytes);
}

static int check_complete(const struct import *import, const bool *seen) {
    for (size_t i = 0; i < ROSTER_COLUMNS; i++) {
        if (!seen[i]) {
            return fail_input(import->cli, "%s: the column %s is missing", import->file, roster_columns[i]);
        }
    }
    return CLI_DONE;
}

/* Commas at the end name no column. */
static size_t width_of(const struct csv *csv) {
    size_t width = csv->count;
    while (width > 0 && csv->fields[width - 1].len == 0) {
        width--;
    }
    return width;
}

static int map_header(struct import *import) {
    bool seen[ROSTER_COLUMNS] = {false};
    import->width = width_of(import->csv);
    for (size_t i = 0; i < import->width; i++) {
        csv_field *field = &import->csv->fields[i];
        enum roster_column column = roster_column_of(field);
        if (column == ROSTER_COLUMNS) {
            return unknown_column(import, field);
        }
        if (seen[column]) {
            return fail_input(import->cli, "%s: the column %s stands twice", import->file, roster_columns[column]);
        }
        seen[column] = true;
        import->positions[i] = column;
    }
    return check_complete(import, seen);
}

int roster_read_header(struct import *import) {
    switch (csv_next(import->csv)) {
    case CSV_ROW:
        return map_header(import);
    case CSV_FAILED:
        return fail_file(import->cli, import->file);
    case CSV_END:
        return fail_input(import->cli, "%s: the file is empty; the first row must name the columns", import->file);
    case CSV_OPEN:
        return fail_input(import->cli, "%s: line %zu: a quote is not closed", import->file, import->csv->line);
    case CSV_OTHER:
        return fail_input(import->cli, "%s: %s", import->file, import->csv->reason);
    default:
        return fail_input(import->cli, "%s: line %zu: %s", import->file, import->csv->line, import->csv->reason);
    }
}
