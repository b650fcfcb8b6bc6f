#include "commands.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include <nctracks/provider.h>

#include "codes_file.h"
#include "csv.h"
#include "failure.h"
#include "files.h"
#include "output.h"
#include "portal_open.h"
#include "text.h"

#define COLUMNS 6
#define PATH_MAX_BYTES 32

static const char *const columns[COLUMNS] = {"npi", "kind", "name", "tax_id", "email", "phone"};

/** One import. */
struct import {
    struct cli *cli;
    const char *file;
    struct csv *csv;
    codes_file codes;
    size_t positions[CSV_FIELDS_MAX]; /* which column stands at each place of the header */
    size_t width;                     /* how many fields the header has */
    size_t enrolled;
    size_t refused;
    bool bad_input; /* a row was refused for what it holds, not by a rule */
    json_t *refusals;
    bool terminal;
    struct timespec shown;
};

/* ---- Header ---- */

static size_t column_of(const csv_field *field) {
    size_t at = 0;
    while (at < COLUMNS && (strlen(columns[at]) != field->len || memcmp(columns[at], field->bytes, field->len) != 0)) {
        at++;
    }
    return at;
}

static int map_header(struct import *import) {
    bool seen[COLUMNS] = {false};
    for (size_t i = 0; i < import->csv->count; i++) {
        const csv_field *field = &import->csv->fields[i];
        size_t column = column_of(field);
        if (column == COLUMNS) {
            return fail_input(import->cli,
                              "%s: unknown column \"%.*s\"; the columns are npi,kind,name,tax_id,email,phone",
                              import->file, (int)(field->len < 40 ? field->len : 40), field->bytes);
        }
        if (seen[column]) {
            return fail_input(import->cli, "%s: the column %s stands twice", import->file, columns[column]);
        }
        seen[column] = true;
        import->positions[i] = column;
    }
    for (size_t i = 0; i < COLUMNS; i++) {
        if (!seen[i]) {
            return fail_input(import->cli, "%s: the column %s is missing", import->file, columns[i]);
        }
    }
    import->width = import->csv->count;
    return CLI_DONE;
}

static int read_header(struct import *import) {
    int result = csv_next(import->csv);
    if (result == CSV_FAILED) {
        return fail_file(import->cli, import->file);
    }
    if (result == CSV_END) {
        return fail_input(import->cli, "%s: the file is empty; the first row must name the columns", import->file);
    }
    if (result == CSV_BAD) {
        return fail_input(import->cli, "%s: row %zu: %s", import->file, import->csv->row, import->csv->reason);
    }
    return map_header(import);
}

/* ---- Progress, on a terminal only ---- */

static void clear_progress(const struct import *import) {
    if (import->terminal) {
        fputs("\r\033[K", stderr);
    }
}

static void show_progress(struct import *import) {
    struct timespec now;
    if (!import->terminal || clock_gettime(CLOCK_MONOTONIC, &now) != 0) {
        return;
    }
    long passed = (long)(now.tv_sec - import->shown.tv_sec) * 10 + (now.tv_nsec - import->shown.tv_nsec) / 100000000;
    if (passed < 1) {
        return;
    }
    import->shown = now;
    fprintf(stderr, "\r\033[K%zu rows read: %zu enrolled, %zu refused", import->csv->row - 1, import->enrolled,
            import->refused);
    fflush(stderr);
}

/* ---- Refused rows: one line each, never with the value ---- */

static const char *column_name(const char *path) {
    const char *dot = strrchr(path, '.');
    return dot != NULL ? dot + 1 : path;
}

static void print_refusal(const struct import *import, const json_t *problems) {
    size_t index;
    json_t *problem;
    clear_progress(import);
    fprintf(stderr, "row %zu refused:", import->csv->row);
    json_array_foreach(problems, index, problem) {
        char text[1024];
        snprintf(text, sizeof text, "%s %s: %s", index > 0 ? ";" : "",
                 json_string_value(json_object_get(problem, "path")),
                 json_string_value(json_object_get(problem, "message")));
        text_tame(text);
        fputs(text, stderr);
    }
    fputc('\n', stderr);
}

/* Owns the problems. */
static void refuse(struct import *import, json_t *problems, bool bad_input) {
    import->refused++;
    import->bad_input |= bad_input;
    if (!import->cli->json) {
        print_refusal(import, problems);
        json_decref(problems);
        return;
    }
    json_t *refusal = out_object();
    out_put_integer(refusal, "row", (int64_t)import->csv->row);
    out_put(refusal, "problems", problems);
    out_append(import->refusals, refusal);
}

static void refuse_for(struct import *import, const char *path, const char *code, const char *reason, bool bad_input) {
    json_t *problems = out_array();
    out_append(problems, fail_problem(path, code, reason));
    refuse(import, problems, bad_input);
}

static void refuse_problems(struct import *import, const nct_problems *found) {
    json_t *problems = out_array();
    for (size_t i = 0; i < nct_problems_count(found); i++) {
        char text[512];
        nct_problems_message_in(found, i, import->cli->language, text, sizeof text, NULL);
        out_append(problems, fail_problem(column_name(nct_problems_path(found, i)),
                                          nct_status_name(nct_problems_code(found, i)), text));
    }
    refuse(import, problems, true);
}

/* ---- Rows ---- */

static nct_status set_row(const struct import *import, nct_enrollment *enrollment) {
    for (size_t i = 0; i < import->width; i++) {
        char path[PATH_MAX_BYTES];
        snprintf(path, sizeof path, "provider.%s", columns[import->positions[i]]);
        nct_status status =
            nct_enrollment_set(enrollment, path, import->csv->fields[i].bytes, import->csv->fields[i].len);
        if (status != NCT_OK) {
            return status;
        }
    }
    return NCT_OK;
}

static const csv_field *provider_of(const struct import *import) {
    size_t at = 0;
    while (import->positions[at] != 0) {
        at++;
    }
    return &import->csv->fields[at];
}

static int keep_code(struct import *import, const char *code) {
    const csv_field *id = provider_of(import);
    int result = codes_file_add(import->cli, &import->codes, id->bytes, id->len, code);
    import->enrolled += result == CLI_DONE;
    return result;
}

/* What a status means for the import: the row is kept, refused, or nothing goes on any more. */
static int settle(struct import *import, nct_status status, const nct_problems *problems, char *code) {
    if (status == NCT_OK) {
        return keep_code(import, code);
    }
    if (status == NCT_E_PROBLEMS) {
        refuse_problems(import, problems);
        return CLI_DONE;
    }
    if (fail_exit_code(status) != CLI_ENVIRONMENT) {
        refuse_for(import, "npi", nct_status_name(status), fail_message(import->cli, status),
                   nct_status_category(status) == NCT_CATEGORY_VALUE);
        return CLI_DONE;
    }
    clear_progress(import);
    return fail_status(import->cli, status, NULL);
}

static int enroll_row(struct import *import) {
    nct_enrollment *enrollment = NULL;
    nct_problems *problems = NULL;
    char code[NCT_AUTHORIZATION_CODE_LENGTH + 1] = "";
    const char *who = portal_operator(import->cli);
    if (import->csv->count != import->width) {
        refuse_for(import, "row", "CLI_INPUT", "The row has another number of fields than the header.", true);
        return CLI_DONE;
    }
    nct_status status = nct_enrollment_new(import->cli->portal, &enrollment);
    if (status == NCT_OK) {
        status = set_row(import, enrollment);
    }
    if (status == NCT_OK) {
        status = nct_enrollment_submit(enrollment, who, strlen(who), code, sizeof code, &problems);
    }
    int result = settle(import, status, problems, code);
    explicit_bzero(code, sizeof code);
    nct_problems_free(problems);
    nct_enrollment_free(enrollment);
    return result;
}

static int read_rows(struct import *import) {
    for (;;) {
        int result = csv_next(import->csv);
        if (result == CSV_END) {
            return CLI_DONE;
        }
        if (result == CSV_FAILED) {
            return fail_file(import->cli, import->file);
        }
        if (result == CSV_BAD) {
            refuse_for(import, "row", "CLI_INPUT", import->csv->reason, true);
            continue;
        }
        sigset_t before;
        codes_file_hold_signals(&before);
        int code = enroll_row(import);
        codes_file_free_signals(&before);
        if (code != CLI_DONE) {
            return code;
        }
        show_progress(import);
    }
}

/* ---- The whole ---- */

static int summarize(struct import *import, int code) {
    clear_progress(import);
    out_put_integer(import->cli->result, "enrolled", (int64_t)import->enrolled);
    out_put_integer(import->cli->result, "refused", (int64_t)import->refused);
    out_put(import->cli->result, "refusals", json_incref(import->refusals));
    if (import->codes.count > 0) {
        out_put_string(import->cli->result, "codes_file", import->codes.path);
    }
    if (code != CLI_DONE) {
        fail_help(import->cli, "%zu rows were enrolled before; the import may be run again with another --codes file.",
                  import->enrolled);
        return code;
    }
    out_say(import->cli, "%zu enrolled, %zu refused%s%s.", import->enrolled, import->refused,
            import->codes.count > 0 ? "; authorization codes are in " : "",
            import->codes.count > 0 ? import->codes.path : "");
    if (import->refused == 0) {
        return CLI_DONE;
    }
    return import->bad_input ? CLI_USAGE : CLI_REFUSED;
}

static int run(struct import *import, FILE *file) {
    csv_begin(import->csv, file);
    int code = read_header(import);
    if (code != CLI_DONE) {
        return code;
    }
    code = codes_file_open(import->cli, &import->codes);
    if (code == CLI_DONE) {
        code = read_rows(import);
        code = summarize(import, code);
    }
    codes_file_close(&import->codes);
    return code;
}

static int import_file(struct cli *cli, const char *name, FILE *file) {
    struct import import = {.cli = cli, .file = name, .terminal = isatty(STDERR_FILENO) == 1};
    import.codes.fd = -1;
    import.csv = malloc(sizeof *import.csv);
    if (import.csv == NULL) {
        fclose(file);
        return fail_status(cli, NCT_E_NO_MEMORY, NULL);
    }
    import.refusals = out_array();
    int code = run(&import, file);
    fclose(file);
    csv_wipe(import.csv);
    free(import.csv);
    json_decref(import.refusals);
    return code;
}

int cmd_provider_import(struct cli *cli) {
    const char *name = cli->args.operands[0];
    int code = portal_open(cli);
    if (code != CLI_DONE) {
        return code;
    }
    int opened = strcmp(name, "-") == 0 ? dup(STDIN_FILENO) : trusted_open(AT_FDCWD, name, TRUST_INPUT);
    FILE *file = opened >= 0 ? fdopen(opened, "r") : NULL;
    return file != NULL ? import_file(cli, name, file) : fail_file(cli, name);
}
