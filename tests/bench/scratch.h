/* An SQLite store in a file of its own, which is gone afterwards. Whatever fails ends the program. */
#ifndef NCT_TESTS_BENCH_SCRATCH_H
#define NCT_TESTS_BENCH_SCRATCH_H

#include <nctracks/sqlite_store.h>

struct scratch {
    char folder[256]; /* in TMPDIR, or /tmp */
    char path[300];
    nct_sqlite_store *store;
};

void scratch_open(struct scratch *scratch);
void scratch_close(struct scratch *scratch);

#endif
