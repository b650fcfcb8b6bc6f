/* What the store tests read and write with. */
#ifndef NCT_TESTS_STORE_PROBE_H
#define NCT_TESTS_STORE_PROBE_H

#include "engine/store/batch.h"

/* An opened store. */
struct probe {
    const nct_store *functions;
    void *user_data;
};

/* A sink that keeps the value of a get. */
struct probe_value {
    struct nct_sink sink;
    unsigned char *bytes; /* freed by probe_value_clear() */
    size_t len;
    uint64_t revision;
    size_t calls;
    nct_status answer; /* what the sink says */
};

struct probe_row {
    unsigned char key[NCT_KEY_MAX];
    size_t key_len;
    uint64_t revision;
    unsigned char *value;
    size_t len;
};

/* A sink that keeps the rows of a scan. */
struct probe_rows {
    struct nct_sink sink;
    struct probe_row *rows; /* freed by probe_rows_clear() */
    size_t count;
    size_t room;
    size_t refuse_at;  /* the row, counted from 1, that the sink refuses; 0: none */
    nct_status answer; /* what it says then */
};

void probe_value_init(struct probe_value *value);
void probe_value_clear(struct probe_value *value);
void probe_rows_init(struct probe_rows *rows);
void probe_rows_clear(struct probe_rows *rows);

struct nct_batch_op probe_put(int32_t space, const void *key, size_t key_len, uint64_t revision, const void *value,
                              size_t len);
struct nct_batch_op probe_delete(int32_t space, const void *key, size_t key_len, uint64_t revision);
struct nct_batch_op probe_check(int32_t space, const void *key, size_t key_len, uint64_t revision);

nct_status probe_commit(const struct probe *probe, const struct nct_batch_op *ops, size_t count);
nct_status probe_commit_one(const struct probe *probe, struct nct_batch_op op);

/* Also stores the revision in the value. */
nct_status probe_get(const struct probe *probe, int32_t space, const void *key, size_t key_len,
                     struct probe_value *value);
nct_status probe_scan(const struct probe *probe, int32_t space, const void *prefix, size_t prefix_len,
                      const void *after, size_t after_len, size_t limit, struct probe_rows *rows);

/* Adds 1 to a counter of 8 bytes so many times, each by get and conditional put. For a thread or process. */
nct_status probe_increment(const struct probe *probe, int32_t space, const char *key, size_t times);

/* The counter, and whether its revision agrees. */
uint64_t probe_counter(const struct probe *probe, int32_t space, const char *key);

/* Pseudo-random numbers, the same in each run. */
uint64_t probe_random(uint64_t *seed);
size_t probe_below(uint64_t *seed, size_t bound);

#endif
