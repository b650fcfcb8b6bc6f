#include "store_model.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define SPACES 3
#define OPS_MAX 6

/* Few bytes, the extreme ones among them, so that keys often begin alike and are found again. */
static const unsigned char alphabet[] = {0x00, 0x01, 'a', 0xfe, 0xff};

struct model_key {
    int32_t space;
    unsigned char key[MODEL_KEY_MAX];
    size_t key_len;
};

/* Operations with the memory they point to. */
struct model_batch {
    struct nct_batch_op ops[OPS_MAX];
    struct model_key keys[OPS_MAX];
    unsigned char values[OPS_MAX][MODEL_VALUE_MAX];
    size_t count;
};

void model_clear(struct model *model) {
    model->count = 0;
}

static int compare_bytes(const unsigned char *a, size_t a_len, const unsigned char *b, size_t b_len) {
    int order = memcmp(a, b, a_len < b_len ? a_len : b_len);
    if (order != 0)
        return order;
    return (a_len > b_len) - (a_len < b_len);
}

static int compare(const struct model_row *row, int32_t space, const unsigned char *key, size_t key_len) {
    if (row->space != space)
        return row->space < space ? -1 : 1;
    return compare_bytes(row->key, row->key_len, key, key_len);
}

/* Where the row is or would be. */
static size_t place_of(const struct model *model, int32_t space, const unsigned char *key, size_t key_len) {
    size_t place = 0;
    while (place < model->count && compare(&model->rows[place], space, key, key_len) < 0)
        place++;
    return place;
}

static const struct model_row *find(const struct model *model, int32_t space, const unsigned char *key,
                                    size_t key_len) {
    size_t place = place_of(model, space, key, key_len);
    if (place < model->count && compare(&model->rows[place], space, key, key_len) == 0)
        return &model->rows[place];
    return NULL;
}

static struct model_key random_key(uint64_t *seed, size_t shortest) {
    struct model_key key = {.space = (int32_t)probe_below(seed, SPACES)};
    key.key_len = shortest + probe_below(seed, MODEL_KEY_MAX + 1 - shortest);
    for (size_t i = 0; i < key.key_len; i++)
        key.key[i] = alphabet[probe_below(seed, sizeof alphabet)];
    return key;
}

static void step_get(const struct model *model, const struct probe *probe, uint64_t *seed) {
    struct model_key key = random_key(seed, 1);
    const struct model_row *row = find(model, key.space, key.key, key.key_len);
    struct probe_value found;
    probe_value_init(&found);
    assert_int_equal(probe_get(probe, key.space, key.key, key.key_len, &found), row != NULL ? NCT_OK : NCT_E_NOT_FOUND);
    assert_int_equal(found.calls, row != NULL ? 1 : 0);
    if (row != NULL) {
        assert_int_equal(found.revision, row->revision);
        assert_int_equal(found.len, row->len);
        assert_memory_equal(found.bytes, row->value, row->len);
    }
    probe_value_clear(&found);
}

static void expect_row(const struct probe_row *found, const struct model_row *row) {
    assert_int_equal(found->key_len, row->key_len);
    assert_memory_equal(found->key, row->key, row->key_len);
    assert_int_equal(found->revision, row->revision);
    assert_int_equal(found->len, row->len);
    assert_memory_equal(found->value, row->value, row->len);
}

static int is_wanted(const struct model_row *row, const struct model_key *prefix, const struct model_key *after) {
    return row->space == prefix->space && row->key_len >= prefix->key_len &&
           memcmp(row->key, prefix->key, prefix->key_len) == 0 &&
           (after->key_len == 0 || compare_bytes(row->key, row->key_len, after->key, after->key_len) > 0);
}

static void expect_scan(const struct model *model, const struct probe *probe, const struct model_key *prefix,
                        const struct model_key *after, size_t limit) {
    struct probe_rows rows;
    probe_rows_init(&rows);
    nct_status status =
        probe_scan(probe, prefix->space, prefix->key, prefix->key_len, after->key, after->key_len, limit, &rows);
    assert_int_equal(status, NCT_OK);
    size_t seen = 0;
    for (size_t i = 0; i < model->count && seen < limit; i++) {
        if (!is_wanted(&model->rows[i], prefix, after))
            continue;
        assert_in_range(seen + 1, 1, rows.count);
        expect_row(&rows.rows[seen++], &model->rows[i]);
    }
    assert_int_equal(rows.count, seen);
    probe_rows_clear(&rows);
}

static void step_scan(const struct model *model, const struct probe *probe, uint64_t *seed) {
    struct model_key prefix = random_key(seed, 0);
    struct model_key after = random_key(seed, 0);
    prefix.key_len = prefix.key_len > 2 ? 0 : prefix.key_len;
    expect_scan(model, probe, &prefix, &after, probe_below(seed, 120));
}

void model_compare(const struct model *model, const struct probe *probe) {
    for (int32_t space = 0; space < SPACES; space++) {
        struct model_key all = {.space = space};
        expect_scan(model, probe, &all, &all, SIZE_MAX);
    }
}

static int is_named_already(const struct model_batch *batch, const struct model_key *key) {
    for (size_t i = 0; i < batch->count; i++) {
        if (batch->keys[i].space == key->space &&
            compare_bytes(batch->keys[i].key, batch->keys[i].key_len, key->key, key->key_len) == 0)
            return 1;
    }
    return 0;
}

/* Mostly the revision that holds, sometimes another. */
static uint64_t random_revision(const struct model *model, const struct model_key *key, uint64_t *seed) {
    const struct model_row *row = find(model, key->space, key->key, key->key_len);
    uint64_t revision = row != NULL ? row->revision : 0;
    return probe_below(seed, 16) == 0 ? revision + 1 : revision;
}

static void add_random(const struct model *model, struct model_batch *batch, uint64_t *seed) {
    struct model_key key = random_key(seed, 1);
    if (is_named_already(batch, &key))
        return;
    size_t at = batch->count++;
    batch->keys[at] = key;
    size_t len = probe_below(seed, 3) > 0 ? probe_below(seed, 40) : probe_below(seed, MODEL_VALUE_MAX + 1);
    memset(batch->values[at], (int)probe_below(seed, 256), len);
    uint64_t revision = random_revision(model, &key, seed);
    const unsigned char *name = batch->keys[at].key;
    size_t kind = probe_below(seed, 7);
    if (kind < 3)
        batch->ops[at] = probe_put(key.space, name, key.key_len, revision, batch->values[at], len);
    else if (kind < 6 && revision > 0)
        batch->ops[at] = probe_delete(key.space, name, key.key_len, revision);
    else
        batch->ops[at] = probe_check(key.space, name, key.key_len, revision);
}

static int holds(const struct model *model, const struct nct_batch_op *op) {
    const struct model_row *row = find(model, op->space, op->key, op->key_len);
    return (row != NULL ? row->revision : 0) == op->revision;
}

static void open_gap(struct model *model, size_t place) {
    assert_in_range(model->count, 0, MODEL_ROWS - 1);
    memmove(&model->rows[place + 1], &model->rows[place], (model->count - place) * sizeof model->rows[0]);
    model->count++;
}

static void close_gap(struct model *model, size_t place) {
    model->count--;
    memmove(&model->rows[place], &model->rows[place + 1], (model->count - place) * sizeof model->rows[0]);
}

static void apply(struct model *model, const struct nct_batch_op *op) {
    size_t place = place_of(model, op->space, op->key, op->key_len);
    if (op->kind == NCT_BATCH_DELETE)
        close_gap(model, place);
    if (op->kind != NCT_BATCH_PUT)
        return;
    if (op->revision == 0)
        open_gap(model, place);
    struct model_row *row = &model->rows[place];
    *row = (struct model_row){.space = op->space, .key_len = op->key_len, .len = op->value_len};
    row->revision = op->revision + 1;
    memcpy(row->key, op->key, op->key_len);
    memcpy(row->value, op->value, op->value_len);
}

static void step_commit(struct model *model, const struct probe *probe, uint64_t *seed) {
    static struct model_batch batch;
    batch.count = 0;
    size_t wanted = 1 + probe_below(seed, OPS_MAX);
    for (size_t i = 0; i < wanted; i++)
        add_random(model, &batch, seed);
    int all_hold = 1;
    for (size_t i = 0; i < batch.count; i++)
        all_hold = all_hold && holds(model, &batch.ops[i]);
    assert_int_equal(probe_commit(probe, batch.ops, batch.count), all_hold ? NCT_OK : NCT_E_CONFLICT);
    for (size_t i = 0; all_hold && i < batch.count; i++)
        apply(model, &batch.ops[i]);
}

void model_step(struct model *model, const struct probe *probe, uint64_t *seed) {
    size_t choice = probe_below(seed, 10);
    if (choice < 2)
        step_get(model, probe, seed);
    else if (choice < 3)
        step_scan(model, probe, seed);
    else
        step_commit(model, probe, seed);
}
