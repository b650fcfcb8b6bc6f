#include "terminal/table.h"

#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "text.h"

#define TEXT_ROOM 1024
#define COLUMNS_MAX 16

/* Appends to a bounded text; what does not fit is cut. */
static void add(char *out, size_t capacity, const char *text) {
    size_t used = strlen(out);
    snprintf(out + used, capacity - used, "%s", text);
}

static void join(const json_t *array, char *out, size_t capacity) {
    size_t index;
    json_t *item;
    json_array_foreach(array, index, item) {
        add(out, capacity, index > 0 ? ", " : "");
        add(out, capacity, json_string_value(item) != NULL ? json_string_value(item) : "?");
    }
}

/* A value as people read it, without control characters, which could move the cursor of a terminal. */
static const char *shown(const json_t *value, char *out, size_t capacity) {
    out[0] = '\0';
    if (json_is_string(value)) {
        add(out, capacity, json_string_value(value));
    } else if (json_is_integer(value)) {
        snprintf(out, capacity, "%lld", (long long)json_integer_value(value));
    } else if (json_is_boolean(value)) {
        add(out, capacity, json_is_true(value) ? "yes" : "no");
    } else if (json_is_array(value)) {
        join(value, out, capacity);
    }
    text_tame(out);
    return out[0] != '\0' ? out : "-";
}

void table_record(const json_t *record, const out_field *fields) {
    size_t width = 0;
    for (const out_field *field = fields; field->key != NULL; field++) {
        size_t len = strlen(field->label);
        width = len > width ? len : width;
    }
    char text[TEXT_ROOM];
    for (const out_field *field = fields; field->key != NULL; field++) {
        printf("%-*s  %s\n", (int)width, field->label, shown(json_object_get(record, field->key), text, sizeof text));
    }
}

size_t table_columns(size_t otherwise) {
    struct winsize size;
    bool known = isatty(STDOUT_FILENO) == 1 && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0;
    return known ? size.ws_col : otherwise;
}

static size_t column_width(const json_t *rows, const out_field *field) {
    char text[TEXT_ROOM];
    size_t width = text_width(field->label);
    size_t index;
    json_t *row;
    json_array_foreach(rows, index, row) {
        size_t len = text_width(shown(json_object_get(row, field->key), text, sizeof text));
        width = len > width ? len : width;
    }
    return width;
}

/* The last column is not padded. */
static void print_cell(const char *text, size_t width, bool last) {
    fputs(text, stdout);
    for (size_t at = text_width(text); !last && at < width + 2; at++) {
        putchar(' ');
    }
    if (last) {
        putchar('\n');
    }
}

/* @return whether they fit */
static bool measure(const out_list *list, const json_t *rows, size_t widths[COLUMNS_MAX]) {
    size_t whole = 0;
    for (size_t i = 0; list->fields[i].key != NULL; i++) {
        widths[i] = column_width(rows, &list->fields[i]);
        whole += widths[i] + (i > 0 ? 2 : 0);
    }
    return whole <= table_columns(SIZE_MAX);
}

static void print_rows(const out_list *list, const json_t *rows, const size_t widths[COLUMNS_MAX]) {
    for (size_t i = 0; list->rows == 0 && list->fields[i].key != NULL; i++) {
        print_cell(list->fields[i].label, widths[i], list->fields[i + 1].key == NULL);
    }
    char text[TEXT_ROOM];
    size_t index;
    json_t *row;
    json_array_foreach(rows, index, row) {
        for (size_t i = 0; list->fields[i].key != NULL; i++) {
            print_cell(shown(json_object_get(row, list->fields[i].key), text, sizeof text), widths[i],
                       list->fields[i + 1].key == NULL);
        }
    }
}

static void print_records(const out_list *list, const json_t *rows) {
    size_t index;
    json_t *row;
    json_array_foreach(rows, index, row) {
        fputs(list->rows + index > 0 ? "\n" : "", stdout);
        table_record(row, list->fields);
    }
}

void table_rows(out_list *list, const json_t *rows) {
    size_t widths[COLUMNS_MAX] = {0};
    bool fits = measure(list, rows, widths);
    list->narrow = list->rows == 0 ? !fits : list->narrow;
    if (list->narrow) {
        print_records(list, rows);
    } else {
        print_rows(list, rows, widths);
    }
}
