#include "terminal/output.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "terminal/table.h"
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

void out_record(struct cli *cli, json_t *record, const out_field *fields) {
    if (cli->json) {
        if (json_object_update(cli->result, record) != 0) {
            no_memory();
        }
        json_decref(record);
        return;
    }
    table_record(record, fields);
    json_decref(record);
}

out_list out_list_begin(struct cli *cli, const char *key, const out_field *fields) {
    if (cli->json) {
        printf("%s\n  \"%s\": [", cli->streaming ? "\n  ]," : "{", key);
        cli->streaming = true;
    }
    return (out_list){cli, key, fields, 0, false};
}

static void print_json(const out_list *list, const json_t *rows) {
    size_t index;
    json_t *row;
    json_array_foreach(rows, index, row) {
        fputs(list->rows + index > 0 ? ",\n    " : "\n    ", stdout);
        json_dump_callback(row, text_write_json, stdout, 0);
    }
}

void out_list_page(out_list *list, json_t *rows) {
    size_t count = json_array_size(rows);
    if (list->cli->json) {
        print_json(list, rows);
    } else if (count > 0) {
        table_rows(list, rows);
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

static void put_missing(json_t *result, const char *key, const char *value) {
    if (json_object_get(result, key) == NULL) {
        out_put_string(result, key, value);
    }
}

/* Whoever reads a failure finds its status and a message: where single rows have theirs, those of the whole too. */
static void complete_failure(json_t *result, int code) {
    static const struct {
        int code;
        const char *status;
        const char *message;
    } failures[] = {{CLI_REFUSED, "CLI_REFUSED", "Some of it was refused."},
                    {CLI_USAGE, "CLI_INPUT", "Some of it is not acceptable."},
                    {CLI_ENVIRONMENT, "CLI_ENVIRONMENT", "Something is not in order."}};
    for (size_t i = 0; i < sizeof failures / sizeof failures[0]; i++) {
        if (failures[i].code == code) {
            put_missing(result, "status", failures[i].status);
            put_missing(result, "message", failures[i].message);
        }
    }
}

static void dump(struct cli *cli, int code) {
    out_put(cli->result, "ok", json_boolean(code == CLI_DONE));
    complete_failure(cli->result, code);
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
