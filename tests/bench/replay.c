#include "replay.h"

#include "bench.h"

#include <stdlib.h>
#include <string.h>

#include <engine/store/batch.h>

/* Spaces no record has; one for each row of the shape. */
#define FIRST_SPACE 1000

struct replay_reads {
    size_t count, capacity;
    struct read {
        int32_t space;
        size_t key_len;
        unsigned char key[NCT_KEY_MAX];
    } * rows;
};

static void note_read(struct replay_reads *reads, int32_t space, const void *key, size_t key_len) {
    if (reads->count == reads->capacity) {
        reads->capacity = reads->capacity * 2 + 1024;
        reads->rows = realloc(reads->rows, reads->capacity * sizeof *reads->rows);
    }
    if (reads->rows == NULL || key_len > NCT_KEY_MAX)
        abort();
    struct read *row = &reads->rows[reads->count++];
    row->space = space;
    row->key_len = key_len;
    memcpy(row->key, key, key_len);
}

static nct_status tap_get(int32_t space, const void *key, size_t key_len, nct_sink *sink, uint64_t *revision,
                          void *user_data) {
    const struct replay_tap *tap = user_data;
    if (tap->reads != NULL)
        note_read(tap->reads, space, key, key_len);
    return tap->functions->get(space, key, key_len, sink, revision, tap->store);
}

static nct_status tap_scan(int32_t space, const void *prefix, size_t prefix_len, const void *after, size_t after_len,
                           size_t limit, nct_sink *sink, void *user_data) {
    const struct replay_tap *tap = user_data;
    return tap->functions->scan(space, prefix, prefix_len, after, after_len, limit, sink, tap->store);
}

static nct_status tap_commit(const nct_batch *batch, void *user_data) {
    struct replay_tap *tap = user_data;
    tap->count = 0;
    for (size_t i = 0; i < nct_batch_count(batch) && i < REPLAY_ROWS; i++) {
        struct replay_row *row = &tap->rows[tap->count++];
        row->kind = nct_batch_kind(batch, i);
        row->fresh = nct_batch_revision(batch, i) == 0;
        (void)nct_batch_key(batch, i, &row->key_len);
        (void)nct_batch_value(batch, i, &row->value_len);
    }
    return tap->functions->commit(batch, tap->store);
}

const nct_store *replay_tap_functions(void) {
    static nct_store functions;
    bench_require(nct_store_init(&functions, sizeof functions), "nct_store_init");
    functions.get = tap_get;
    functions.scan = tap_scan;
    functions.commit = tap_commit;
    return &functions;
}

struct replay {
    const nct_store *functions;
    void *store;
    size_t rounds;
    size_t count;                       /* rows a round */
    struct nct_batch_op *ops;           /* rounds * count */
    unsigned char (*keys)[NCT_KEY_MAX]; /* as many */
    unsigned char value[NCT_VALUE_MAX]; /* the bytes of every value */
};

static void set_key(unsigned char *key, size_t len) {
    static uint64_t random;
    for (size_t i = 0; i < len; i++)
        key[i] = (unsigned char)bench_random(&random);
}

/* What the rows that are not fresh need before: themselves. */
static void put_first(struct replay *replay, const struct nct_batch_op *ops) {
    struct nct_batch_op first[REPLAY_ROWS];
    struct nct_batch batch = {first, 0};
    for (size_t i = 0; i < replay->count; i++) {
        if (ops[i].revision == 0)
            continue;
        struct nct_batch_op *op = &first[batch.count++];
        *op = ops[i];
        op->kind = NCT_BATCH_PUT;
        op->revision = 0;
        op->value = replay->value;
        op->value_len = op->value_len > 0 ? op->value_len : 64;
    }
    if (batch.count > 0)
        bench_require(replay->functions->commit(&batch, replay->store), "a row of the floor");
}

static void prepare_round(struct replay *replay, const struct replay_tap *tap, size_t round) {
    for (size_t i = 0; i < tap->count; i++) {
        const struct replay_row *row = &tap->rows[i];
        struct nct_batch_op *op = &replay->ops[round * tap->count + i];
        unsigned char *key = replay->keys[round * tap->count + i];
        set_key(key, row->key_len);
        *op = (struct nct_batch_op){.kind = row->kind,
                                    .space = FIRST_SPACE + (int32_t)i,
                                    .key = key,
                                    .key_len = row->key_len,
                                    .revision = row->fresh ? 0 : 1,
                                    .value = row->kind == NCT_BATCH_PUT ? replay->value : NULL,
                                    .value_len = row->value_len};
    }
    put_first(replay, &replay->ops[round * tap->count]);
}

struct replay *replay_new(const struct replay_tap *tap, size_t rounds) {
    struct replay *replay = calloc(1, sizeof *replay);
    if (replay == NULL)
        abort();
    replay->functions = tap->functions;
    replay->store = tap->store;
    replay->rounds = rounds;
    replay->count = tap->count;
    replay->ops = calloc(rounds * tap->count, sizeof *replay->ops);
    replay->keys = calloc(rounds * tap->count, sizeof *replay->keys);
    if (replay->ops == NULL || replay->keys == NULL)
        abort();
    for (size_t i = 0; i < rounds; i++)
        prepare_round(replay, tap, i);
    return replay;
}

void replay_free(struct replay *replay) {
    free(replay->ops);
    free(replay->keys);
    free(replay);
}

double replay_time(struct replay *replay) {
    uint64_t begin = bench_now_ns();
    for (size_t i = 0; i < replay->rounds; i++) {
        struct nct_batch batch = {replay->ops + i * replay->count, replay->count};
        bench_require(replay->functions->commit(&batch, replay->store), "a commit of the floor");
    }
    return (double)(bench_now_ns() - begin);
}

struct replay_reads *replay_reads_new(void) {
    struct replay_reads *reads = calloc(1, sizeof *reads);
    if (reads == NULL)
        abort();
    return reads;
}

void replay_reads_free(struct replay_reads *reads) {
    free(reads->rows);
    free(reads);
}

static nct_status pass_value(nct_sink *sink, const void *value, size_t len) {
    (void)sink;
    return value != NULL || len == 0 ? NCT_OK : NCT_E_STORE;
}

double replay_reads_time(const struct replay_reads *reads, const struct replay_tap *tap) {
    struct nct_sink sink = {pass_value, NULL};
    uint64_t begin = bench_now_ns();
    for (size_t i = 0; i < reads->count; i++) {
        const struct read *row = &reads->rows[i];
        uint64_t revision;
        nct_status status = tap->functions->get(row->space, row->key, row->key_len, &sink, &revision, tap->store);
        bench_require(status == NCT_E_NOT_FOUND ? NCT_OK : status, "a read of the floor");
    }
    return (double)(bench_now_ns() - begin);
}
