#include "store_probe.h"

#include <stdlib.h>
#include <string.h>

#define CHECKS 40 /* before each increment */

static nct_status keep_value(struct nct_sink *sink, const void *value, size_t len) {
    struct probe_value *probe = (struct probe_value *)(void *)sink;
    probe->calls++;
    if (probe->answer != NCT_OK)
        return probe->answer;
    free(probe->bytes);
    probe->bytes = malloc(len + 1);
    if (probe->bytes == NULL)
        return NCT_E_NO_MEMORY;
    if (len > 0)
        memcpy(probe->bytes, value, len);
    probe->len = len;
    return NCT_OK;
}

void probe_value_init(struct probe_value *value) {
    *value = (struct probe_value){.sink = {.value = keep_value}};
}

void probe_value_clear(struct probe_value *value) {
    free(value->bytes);
    probe_value_init(value);
}

static int make_room(struct probe_rows *rows) {
    if (rows->count < rows->room)
        return 1;
    size_t room = rows->room * 2 + 16;
    struct probe_row *more = realloc(rows->rows, room * sizeof *more);
    if (more == NULL)
        return 0;
    rows->rows = more;
    rows->room = room;
    return 1;
}

static nct_status keep_row(struct nct_sink *sink, const void *key, size_t key_len, uint64_t revision, const void *value,
                           size_t len) {
    struct probe_rows *rows = (struct probe_rows *)(void *)sink;
    if (!make_room(rows))
        return NCT_E_NO_MEMORY;
    struct probe_row *row = &rows->rows[rows->count++];
    *row = (struct probe_row){.key_len = key_len, .revision = revision, .len = len, .value = malloc(len + 1)};
    if (row->value == NULL)
        return NCT_E_NO_MEMORY;
    memcpy(row->key, key, key_len);
    if (len > 0)
        memcpy(row->value, value, len);
    return rows->count == rows->refuse_at ? rows->answer : NCT_OK;
}

void probe_rows_init(struct probe_rows *rows) {
    *rows = (struct probe_rows){.sink = {.row = keep_row}};
}

void probe_rows_clear(struct probe_rows *rows) {
    for (size_t i = 0; i < rows->count; i++)
        free(rows->rows[i].value);
    free(rows->rows);
    probe_rows_init(rows);
}

struct nct_batch_op probe_put(int32_t space, const void *key, size_t key_len, uint64_t revision, const void *value,
                              size_t len) {
    return (struct nct_batch_op){NCT_BATCH_PUT, space, key, key_len, revision, value, len};
}

struct nct_batch_op probe_delete(int32_t space, const void *key, size_t key_len, uint64_t revision) {
    return (struct nct_batch_op){NCT_BATCH_DELETE, space, key, key_len, revision, NULL, 0};
}

struct nct_batch_op probe_check(int32_t space, const void *key, size_t key_len, uint64_t revision) {
    return (struct nct_batch_op){NCT_BATCH_CHECK, space, key, key_len, revision, NULL, 0};
}

nct_status probe_commit(const struct probe *probe, const struct nct_batch_op *ops, size_t count) {
    struct nct_batch batch = {.ops = ops, .count = count};
    return probe->functions->commit(&batch, probe->user_data);
}

nct_status probe_commit_one(const struct probe *probe, struct nct_batch_op op) {
    return probe_commit(probe, &op, 1);
}

nct_status probe_get(const struct probe *probe, int32_t space, const void *key, size_t key_len,
                     struct probe_value *value) {
    return probe->functions->get(space, key, key_len, &value->sink, &value->revision, probe->user_data);
}

nct_status probe_scan(const struct probe *probe, int32_t space, const void *prefix, size_t prefix_len,
                      const void *after, size_t after_len, size_t limit, struct probe_rows *rows) {
    return probe->functions->scan(space, prefix, prefix_len, after, after_len, limit, &rows->sink, probe->user_data);
}

/* Checks come first: a store that takes its write lock only when it writes would fail here. One try: OK, CONFLICT
 * when somebody else was faster, or a failure. */
static nct_status increment_once(const struct probe *probe, int32_t space, const char *key) {
    struct probe_value value;
    probe_value_init(&value);
    uint64_t counter = 0;
    nct_status status = probe_get(probe, space, key, strlen(key), &value);
    if (status == NCT_OK && value.len == sizeof counter)
        memcpy(&counter, value.bytes, sizeof counter);
    uint64_t revision = status == NCT_OK ? value.revision : 0;
    probe_value_clear(&value);
    if (status != NCT_OK && status != NCT_E_NOT_FOUND)
        return status;
    counter++;
    static const char absent[CHECKS + 12] = "never there";
    struct nct_batch_op ops[CHECKS + 1];
    for (size_t i = 0; i < CHECKS; i++)
        ops[i] = probe_check(space, absent, i + 12, 0);
    ops[CHECKS] = probe_put(space, key, strlen(key), revision, &counter, sizeof counter);
    return probe_commit(probe, ops, CHECKS + 1);
}

nct_status probe_increment(const struct probe *probe, int32_t space, const char *key, size_t times) {
    for (size_t done = 0; done < times;) {
        nct_status status = increment_once(probe, space, key);
        if (status == NCT_OK)
            done++;
        else if (status != NCT_E_CONFLICT)
            return status;
    }
    return NCT_OK;
}

uint64_t probe_counter(const struct probe *probe, int32_t space, const char *key) {
    struct probe_value value;
    probe_value_init(&value);
    uint64_t counter = 0;
    if (probe_get(probe, space, key, strlen(key), &value) == NCT_OK && value.len == sizeof counter)
        memcpy(&counter, value.bytes, sizeof counter);
    uint64_t revision = value.revision;
    probe_value_clear(&value);
    return revision == counter ? counter : 0;
}

/* xorshift64* */
uint64_t probe_random(uint64_t *seed) {
    *seed ^= *seed >> 12;
    *seed ^= *seed << 25;
    *seed ^= *seed >> 27;
    return *seed * UINT64_C(2685821657736338717);
}

size_t probe_below(uint64_t *seed, size_t bound) {
    return (size_t)((probe_random(seed) >> 33) % bound);
}
