#include "roster.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <sodium.h>

#include "server.h"

/* ---- Rows ---- */

/* A row as the body has it, each value a text. */
static bool read_row(const json_t *given, struct row *row) {
    const json_t *line = json_object_get(given, "line");
    json_t *fields = json_object_get(given, "fields");
    const char *path;
    json_t *value;
    if (json_object_size(given) != 2 || !json_is_integer(line) || !json_is_object(fields)) {
        return false;
    }
    json_object_foreach(fields, path, value) {
        if (!json_is_string(value)) {
            return false;
        }
    }
    row->line = json_integer_value(line);
    row->fields = json_deep_copy(fields);
    return row->fields != NULL;
}

static bool read_rows(struct roster *roster, const json_t *rows) {
    roster->count = json_array_size(rows);
    roster->rows = calloc(roster->count + 1, sizeof roster->rows[0]);
    if (roster->rows == NULL) {
        roster->count = 0;
        return false;
    }
    for (size_t i = 0; i < roster->count; i++) {
        if (!read_row(json_array_get(rows, i), &roster->rows[i])) {
            errno = EINVAL;
            return false;
        }
    }
    return true;
}

void roster_free(struct roster *roster) {
    if (roster == NULL) {
        return;
    }
    for (size_t i = 0; i < roster->count; i++) {
        json_decref(roster->rows[i].fields);
        nct_problems_free(roster->rows[i].problems);
    }
    if (roster->rows != NULL) {
        sodium_memzero(roster->rows, roster->count * sizeof roster->rows[0]);
    }
    roster_file_close(roster->file);
    free(roster->rows);
    free(roster);
}

void roster_remove(struct roster *roster) {
    if (roster->file != NULL) {
        roster_file_remove(roster->file);
        roster->file = NULL;
    }
    roster_free(roster);
}

bool roster_has_ended(const struct roster *roster) {
    return roster->stopped || roster->done == roster->count;
}

/* ---- Its file ---- */

static int64_t now_ms(void) {
    return (int64_t)time(NULL) * 1000;
}

/* In the order in which they were begun, when ids are sorted. */
static void draw_id(char id[ROSTER_ID_MAX]) {
    unsigned char random[8];
    char hex[2 * sizeof random + 1];
    randombytes_buf(random, sizeof random);
    sodium_bin2hex(hex, sizeof hex, random, sizeof random);
    snprintf(id, ROSTER_ID_MAX, "%016llx%s", (unsigned long long)now_ms(), hex);
}

static bool begin_file(struct roster *roster, const struct roster_folder *folder, const json_t *rows) {
    if (folder->fd < 0) {
        return true;
    }
    roster->file = roster_file_make(folder, roster->id);
    return roster->file != NULL &&
           roster_file_append(roster->file, json_pack("{s:s, s:O}", "by", roster->by, "rows", rows));
}

struct roster *roster_new(const struct roster_folder *folder, const char *by, const json_t *rows) {
    struct roster *roster = calloc(1, sizeof *roster);
    if (roster == NULL) {
        return NULL;
    }
    draw_id(roster->id);
    snprintf(roster->by, sizeof roster->by, "%s", by);
    if (!read_rows(roster, rows) || !begin_file(roster, folder, rows)) {
        int reason = errno;
        roster_remove(roster);
        errno = reason;
        return NULL;
    }
    return roster;
}

/* The row a record is about; NULL where there is none. */
static struct row *row_of(const struct roster *roster, const json_t *record) {
    const json_t *at = json_object_get(record, "row");
    json_int_t index = json_integer_value(at);
    bool fits = json_is_integer(at) && index >= 0 && (uint64_t)index < roster->count;
    return fits ? &roster->rows[index] : NULL;
}

static bool take_code(struct roster *roster, const json_t *record) {
    struct row *row = row_of(roster, record);
    const char *code = json_string_value(json_object_get(record, "code"));
    if (row == NULL || code == NULL || strlen(code) >= sizeof row->code) {
        return false;
    }
    memcpy(row->code, code, strlen(code) + 1);
    row->tried_at = json_integer_value(json_object_get(record, "at"));
    return true;
}

static bool take_outcome(struct roster *roster, const json_t *record) {
    struct row *row = row_of(roster, record);
    const char *path = json_string_value(json_object_get(record, "path"));
    if (row != &roster->rows[roster->done] || path == NULL || strlen(path) >= sizeof row->path) {
        return false;
    }
    memcpy(row->path, path, strlen(path) + 1);
    row->status = (nct_status)json_integer_value(json_object_get(record, "status"));
    roster->done++;
    roster->enrolled += row->status == NCT_OK ? 1 : 0;
    return true;
}

static bool take_record(void *context, const json_t *record) {
    struct roster *roster = context;
    const char *by = json_string_value(json_object_get(record, "by"));
    if (roster->rows == NULL) {
        snprintf(roster->by, sizeof roster->by, "%s", by != NULL ? by : "");
        return by != NULL && read_rows(roster, json_object_get(record, "rows"));
    }
    if (json_object_get(record, "code") != NULL) {
        return take_code(roster, record);
    }
    if (json_object_get(record, "status") != NULL) {
        return take_outcome(roster, record);
    }
    roster->stopped = true;
    return true;
}

/* ---- Enrolling ---- */

static nct_status fill(const struct row *row, nct_form *form, char *wrong) {
    const char *path;
    json_t *value;
    json_object_foreach(row->fields, path, value) {
        nct_status status = nct_form_set(form, path, json_string_value(value), json_string_length(value));
        if (status != NCT_OK) {
            snprintf(wrong, ROSTER_PATH_MAX, "%s", path);
            return status;
        }
    }
    return NCT_OK;
}

/* The form of a row, to be freed, with what is wrong with it. */
static nct_form *judge(const struct server *server, struct row *row) {
    nct_form *form = NULL;
    row->status = nct_form_new(server->portal, NCT_FORM_ENROLLMENT, &form);
    if (row->status == NCT_OK) {
        row->status = fill(row, form, row->path);
    }
    if (row->status == NCT_OK) {
        row->status = nct_form_validate(form, &row->problems);
    }
    return form;
}

/* Whether a row that a server was stopped at was enrolled by it: then its code is the one that was kept. */
static bool was_enrolled(const struct server *server, const struct row *row) {
    const json_t *npi = json_object_get(row->fields, "provider.npi");
    nct_provider *provider = NULL;
    bool was = row->tried_at > 0 && npi != NULL &&
               nct_provider_get(server->portal, json_string_value(npi), json_string_length(npi), &provider) == NCT_OK &&
               nct_provider_enrolled_at(provider) >= row->tried_at;
    nct_provider_free(provider);
    return was;
}

/* The code is on the disk before there is a provider it opens. */
static nct_status keep_code(const struct roster *roster, const struct row *row) {
    json_t *record = roster->file != NULL ? json_pack("{s:I, s:I, s:s}", "row", (json_int_t)roster->done, "at",
                                                      (json_int_t)row->tried_at, "code", row->code)
                                          : NULL;
    return roster->file == NULL || roster_file_append(roster->file, record) ? NCT_OK : NCT_E_STORE;
}

static nct_status submit(const struct roster *roster, nct_form *form, struct row *row) {
    nct_status status = nct_enrollment_code(form, row->code, sizeof row->code);
    row->tried_at = now_ms();
    if (status == NCT_OK) {
        status = keep_code(roster, row);
    }
    if (status == NCT_OK) {
        nct_problems_free(row->problems);
        row->problems = NULL;
        status =
            nct_enrollment_submit(form, roster->by, strlen(roster->by), row->code, sizeof row->code, &row->problems);
    }
    return status;
}

struct row roster_enroll(const struct roster *roster, const struct server *server) {
    const struct row *row = &roster->rows[roster->done];
    struct row result = *row;
    if (was_enrolled(server, row)) {
        return result;
    }
    nct_form *form = judge(server, &result);
    if (result.status == NCT_OK) {
        result.status = submit(roster, form, &result);
    }
    nct_form_free(form);
    return result;
}

void roster_take(struct roster *roster, const struct row *result) {
    json_t *record = json_pack("{s:I, s:i, s:s}", "row", (json_int_t)roster->done, "status", (int)result->status,
                               "path", result->path);
    roster->rows[roster->done++] = *result;
    roster->enrolled += result->status == NCT_OK ? 1 : 0;
    if (roster->file == NULL) {
        json_decref(record);
    } else if (!roster_file_append(roster->file, record) || result->status == NCT_E_STORE) {
        roster_stop(roster); /* where nothing can be kept, nothing is begun */
    }
}

void roster_stop(struct roster *roster) {
    if (!roster->stopped && roster->file != NULL) {
        roster_file_append(roster->file, json_pack("{s:b}", "stopped", 1));
    }
    roster->stopped = true;
}

/* ---- Opening ---- */

struct roster *roster_open(const struct roster_folder *folder, const struct server *server, const char *id) {
    struct roster *roster = calloc(1, sizeof *roster);
    if (roster == NULL) {
        return NULL;
    }
    snprintf(roster->id, sizeof roster->id, "%s", id);
    roster->file = roster_file_open(folder, id, take_record, roster);
    if (roster->file == NULL || roster->rows == NULL) {
        int reason = roster->file == NULL ? errno : EBADMSG;
        roster_free(roster);
        errno = reason;
        return NULL;
    }
    for (size_t i = 0; i < roster->done; i++) {
        struct row *row = &roster->rows[i];
        if (row->status == NCT_E_PROBLEMS) {
            nct_form_free(judge(server, row)); /* what was wrong is not in the file: it is the form's to say */
            row->status = NCT_E_PROBLEMS;
        }
    }
    return roster;
}
