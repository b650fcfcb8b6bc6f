#include "rows.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "engine/store/batch.h"

struct collector {
    struct nct_sink sink;
    struct rows *rows;
    int32_t space;
};

static nct_status collect(struct nct_sink *sink, const void *key, size_t key_len, uint64_t revision, const void *value,
                          size_t len) {
    struct collector *collector = (struct collector *)(void *)sink;
    struct rows *rows = collector->rows;
    if ((rows->count & (rows->count - 1)) == 0) { /* full, at a power of two */
        struct row *grown = realloc(rows->at, (rows->count > 0 ? 2 * rows->count : 1) * sizeof *grown);
        assert_non_null(grown);
        rows->at = grown;
    }
    struct row *row = &rows->at[rows->count++];
    *row = (struct row){.space = collector->space, .key_len = key_len, .revision = revision, .len = len};
    memcpy(row->key, key, key_len);
    row->value = malloc(len + 1);
    assert_non_null(row->value);
    if (len > 0)
        memcpy(row->value, value, len);
    return NCT_OK;
}

static void take_space(nct_memory_store *store, int32_t space, struct rows *rows) {
    const nct_store *functions = nct_memory_store_functions();
    unsigned char after[NCT_KEY_MAX];
    size_t after_len = 0;
    for (;;) {
        struct collector collector = {.sink = {.row = collect}, .rows = rows, .space = space};
        size_t before = rows->count;
        nct_status status = functions->scan(space, "", 0, after, after_len, 1000, &collector.sink, store);
        assert_int_equal(status, NCT_OK);
        if (rows->count == before)
            return;
        const struct row *last = &rows->at[rows->count - 1];
        memcpy(after, last->key, last->key_len);
        after_len = last->key_len;
    }
}

struct rows rows_take(nct_memory_store *store) {
    struct rows rows = {NULL, 0};
    for (int32_t space = 0; space < nct_space_count(); space++)
        take_space(store, space, &rows);
    return rows;
}

void rows_free(struct rows *rows) {
    for (size_t i = 0; i < rows->count; i++)
        free(rows->at[i].value);
    free(rows->at);
    *rows = (struct rows){NULL, 0};
}

const struct row *rows_find(const struct rows *rows, const struct row *like) {
    for (size_t i = 0; i < rows->count; i++) {
        const struct row *row = &rows->at[i];
        if (row->space == like->space && row->key_len == like->key_len &&
            memcmp(row->key, like->key, like->key_len) == 0)
            return row;
    }
    return NULL;
}

int row_same(const struct row *a, const struct row *b) {
    return a->revision == b->revision && a->len == b->len && memcmp(a->value, b->value, a->len) == 0;
}

static nct_status ignore_value(struct nct_sink *sink, const void *value, size_t len) {
    (void)sink;
    (void)value;
    (void)len;
    return NCT_OK;
}

static uint64_t revision_now(nct_memory_store *store, const struct row *row) {
    struct nct_sink sink = {.value = ignore_value};
    uint64_t revision = 0;
    nct_status status = nct_memory_store_functions()->get(row->space, row->key, row->key_len, &sink, &revision, store);
    assert_true(status == NCT_OK || status == NCT_E_NOT_FOUND);
    return status == NCT_OK ? revision : 0;
}

static void apply(nct_memory_store *store, const struct row *row, int32_t kind, uint64_t revision, const void *value,
                  size_t len) {
    struct nct_batch_op op = {.kind = kind,
                              .space = row->space,
                              .key = row->key,
                              .key_len = row->key_len,
                              .revision = revision,
                              .value = value,
                              .value_len = len};
    struct nct_batch batch = {.ops = &op, .count = 1};
    assert_int_equal(nct_memory_store_functions()->commit(&batch, store), NCT_OK);
}

void row_force(nct_memory_store *store, const struct row *row) {
    uint64_t now = revision_now(store, row);
    if (now > row->revision || row->revision == 0) {
        if (now > 0)
            apply(store, row, NCT_BATCH_DELETE, now, NULL, 0);
        now = 0;
    } else if (now == row->revision) {
        apply(store, row, NCT_BATCH_DELETE, now, NULL, 0);
        now = 0;
    }
    for (; now < row->revision; now++)
        apply(store, row, NCT_BATCH_PUT, now, row->value, row->len);
}

void row_write(nct_memory_store *store, const struct row *row, const void *value, size_t len) {
    apply(store, row, NCT_BATCH_PUT, revision_now(store, row), value, len);
}

void rows_restore(nct_memory_store *store, const struct rows *rows) {
    struct rows now = rows_take(store);
    for (size_t i = 0; i < now.count; i++) {
        const struct row *kept = rows_find(rows, &now.at[i]);
        if (kept != NULL && row_same(kept, &now.at[i]))
            continue;
        struct row gone = now.at[i];
        gone.revision = 0;
        row_force(store, kept != NULL ? kept : &gone);
    }
    for (size_t i = 0; i < rows->count; i++)
        if (rows_find(&now, &rows->at[i]) == NULL)
            row_force(store, &rows->at[i]);
    rows_free(&now);
}

int32_t space_of(const char *name) {
    for (int32_t space = 0; space < nct_space_count(); space++)
        if (strcmp(nct_space_name(space), name) == 0)
            return space;
    return -1;
}

static int holds(const struct row *row, const void *bytes, size_t len) {
    for (size_t at = 0; at + len <= row->key_len; at++)
        if (memcmp(row->key + at, bytes, len) == 0)
            return 1;
    return 0;
}

struct row *rows_ncid(const struct rows *rows, const char *ncid) {
    size_t len = strlen(ncid);
    for (size_t i = 0; i < rows->count; i++) { /* the key is a shard and the NCID */
        struct row *row = &rows->at[i];
        if (row->space == space_of("ncid") && row->key_len == 2 + len && memcmp(row->key + 2, ncid, len) == 0)
            return row;
    }
    return NULL;
}

void rows_person(const struct rows *rows, const char *ncid, unsigned char person[16]) {
    static const unsigned char before[] = {0xa1, 0x01, 0x50}; /* a map of one, key 1, 16 bytes */
    const struct row *row = rows_ncid(rows, ncid);
    assert_non_null(row);
    size_t at = 0;
    while (at + sizeof before + 16 <= row->len && memcmp(row->value + at, before, sizeof before) != 0)
        at++;
    assert_true(at + sizeof before + 16 <= row->len);
    memcpy(person, row->value + at + sizeof before, 16);
}

struct row *rows_pair(const struct rows *rows, const char *space, const char *provider, const char *ncid) {
    unsigned char person[16];
    rows_person(rows, ncid, person);
    for (size_t i = 0; i < rows->count; i++)
        if (rows->at[i].space == space_of(space) && holds(&rows->at[i], person, 16) &&
            holds(&rows->at[i], provider, strlen(provider)))
            return &rows->at[i];
    fail_msg("there is no row of %s of %s at %s", space, ncid, provider);
    return NULL;
}
