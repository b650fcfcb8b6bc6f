/*
 * The floor of a change: a commit of rows of the same kinds and sizes as the library's own, on the same store,
 * prepared beforehand. A tap in front of the store learns what the library commits.
 */
#ifndef NCT_TESTS_BENCH_REPLAY_H
#define NCT_TESTS_BENCH_REPLAY_H

#include <nctracks/store.h>

#define REPLAY_ROWS 64

struct replay_reads;

/* Shape of the last commit that went through, and on demand what was read. */
struct replay_tap {
    const nct_store *functions;
    void *store;
    struct replay_reads *reads; /* NULL: reads are not noted */
    size_t count;
    struct replay_row {
        int32_t kind;
        int fresh; /* the row must not exist */
        size_t key_len, value_len;
    } rows[REPLAY_ROWS];
};

/* The functions of a store that passes everything on to a tap's; the tap is their user_data. */
const nct_store *replay_tap_functions(void);

struct replay;

/* Prepares so many rounds of a shape: rows that are not fresh are put into the store first, under keys of chance. */
struct replay *replay_new(const struct replay_tap *tap, size_t rounds);
void replay_free(struct replay *replay);

/* Commits all rounds, which works once; answers how long it took, in nanoseconds. */
double replay_time(struct replay *replay);

/* Rows read one by one, noted while a tap points here. */
struct replay_reads *replay_reads_new(void);
void replay_reads_free(struct replay_reads *reads);

/* Reads all of them again from the tap's store, copying nothing; answers how long it took, in nanoseconds. */
double replay_reads_time(const struct replay_reads *reads, const struct replay_tap *tap);

#endif
