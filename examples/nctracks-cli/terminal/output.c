#include "terminal/output.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "text.h"

#define SENTENCE_MAX 1024

static void no_memory(void) {
    fputs("nctracks: out of memory\n", stderr);
    exit(CLI_ENVIRONMENT);
}

static json_t *made(json_t *value) {
    if (value == NULL) {
        no_memory();
    }
    return value;
}

json_t *out_object(void) {
    return made(json_object());
}

json_t *out_array(void) {
    return made(json_array());
}

void out_put(json_t *object, const char *key, json_t *value) {
    if (json_object_set_new(object, key, value != NULL ? value : json_null()) != 0) {
        no_memory();
    }
}

/* What came from the command line, or was cut, need not be UTF-8. */
static json_t *ascii_only(const char *value) {
    char text[SENTENCE_MAX];
    snprintf(text, sizeof text, "%s", value);
    for (char *at = text; *at != '\0'; at++) {
        *at = (unsigned char)*at < 0x80 ? *at : '?';
    }
    return made(json_string(text));
}

void out_put_string(json_t *object, const char *key, const char *value) {
    json_t *string = value != NULL ? json_string(value) : NULL;
    out_put(object, key, string != NULL || value == NULL ? string : ascii_only(value));
}

void out_put_integer(json_t *object, const char *key, int64_t value) {
    out_put(object, key, made(json_integer(value)));
}

void out_put_time(json_t *object, const char *key, int64_t milliseconds) {
    char text[TEXT_TIME_MAX];
    out_put_string(object, key, milliseconds != 0 ? text_time(milliseconds, text) : NULL);
}

void out_append(json_t *array, json_t *value) {
    if (json_array_append_new(array, value) != 0) {
        no_memory();
    }
}

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

void out_record(struct cli *cli, json_t *record, const out_field *fields) {
    if (cli->json) {
        if (json_object_update(cli->result, record) != 0) {
            no_memory();
        }
        json_decref(record);
        return;
    }
    size_t width = 0;
    for (const out_field *field = fields; field->key != NULL; field++) {
        size_t len = strlen(field->label);
        width = len > width ? len : width;
    }
    char text[SENTENCE_MAX];
    for (const out_field *field = fields; field->key != NULL; field++) {
        printf("%-*s  %s\n", (int)width, field->label, shown(json_object_get(record, field->key), text, sizeof text));
    }
    json_decref(record);
}

out_list out_list_begin(struct cli *cli, const char *key, const out_field *fields) {
    if (cli->json) {
        printf("%s\n  \"%s\": [", cli->streaming ? "\n  ]," : "{", key);
        cli->streaming = true;
    }
    return (out_list){cli, key, fields, 0};
}

static void print_json(const out_list *list, const json_t *rows) {
    size_t index;
    json_t *row;
    json_array_foreach(rows, index, row) {
        fputs(list->rows + index > 0 ? ",\n    " : "\n    ", stdout);
        json_dump_callback(row, text_write_json, stdout, 0);
    }
}

static size_t column_width(const json_t *rows, const out_field *field) {
    char text[SENTENCE_MAX];
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

static void print_rows(const out_list *list, const json_t *rows) {
    size_t widths[16] = {0};
    for (size_t i = 0; list->fields[i].key != NULL; i++) {
        widths[i] = column_width(rows, &list->fields[i]);
    }
    for (size_t i = 0; list->rows == 0 && list->fields[i].key != NULL; i++) {
        print_cell(list->fields[i].label, widths[i], list->fields[i + 1].key == NULL);
    }
    char text[SENTENCE_MAX];
    size_t index;
    json_t *row;
    json_array_foreach(rows, index, row) {
        for (size_t i = 0; list->fields[i].key != NULL; i++) {
            print_cell(shown(json_object_get(row, list->fields[i].key), text, sizeof text), widths[i],
                       list->fields[i + 1].key == NULL);
        }
    }
}

void out_list_page(out_list *list, json_t *rows) {
    size_t count = json_array_size(rows);
    if (list->cli->json) {
        print_json(list, rows);
    } else if (count > 0) {
        print_rows(list, rows);
    }
    list->rows += count;
    json_decref(rows);
}

void out_list_end(out_list *list, const char *none) {
    if (!list->cli->json && list->rows == 0) {
        puts(none);
    }
}

__attribute__((format(printf, 3, 0))) static void sentence(struct cli *cli, const char *key, const char *format,
                                                           va_list arguments) {
    char text[SENTENCE_MAX];
    vsnprintf(text, sizeof text, format, arguments);
    text_tame(text);
    if (cli->json) {
        out_put_string(cli->result, key, text);
    } else {
        puts(text);
    }
}

void out_say(struct cli *cli, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    sentence(cli, "message", format, arguments);
    va_end(arguments);
}

void out_note(struct cli *cli, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    sentence(cli, "note", format, arguments);
    va_end(arguments);
}

static void dump(struct cli *cli, int code) {
    out_put(cli->result, "ok", json_boolean(code == CLI_DONE));
    if (cli->streaming) {
        fputs("\n  ],", stdout);
        json_dump_callback(cli->result, text_write_json, stdout, JSON_INDENT(2) | JSON_EMBED);
        fputs("}\n", stdout);
        return;
    }
    json_dump_callback(cli->result, text_write_json, stdout, JSON_INDENT(2));
    putchar('\n');
}

int out_finish(struct cli *cli, int code) {
    if (cli->json) {
        dump(cli, code);
    }
    if (fflush(stdout) != 0 || ferror(stdout)) {
        fputs("nctracks: the output could not be written\n", stderr);
        return CLI_ENVIRONMENT;
    }
    return code;
}
