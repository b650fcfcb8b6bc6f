/* An SQLite file in a folder of its own, for tests that do things to the file. */
#ifndef SQLITE_PLACE_H
#define SQLITE_PLACE_H

#include <nctracks/sqlite_store.h>

struct place {
    char folder[64];
    char path[80];
    nct_sqlite_store *store;
};

/* NULL without a folder. */
struct place *place_make(void);
/* Closes the store, removes the files and frees. */
void place_remove(struct place *place);

/* The path of a companion, "-wal" or another. */
const char *place_companion(const struct place *place, const char *ending, char out[96]);

/* What somebody else does to the file, with SQLite but not through the adapter; the file has mode 0600 then. */
void place_sql(const struct place *place, const char *text);

/* Opening answers this, and says this text somewhere in its words. */
void place_expect_refused(struct place *place, nct_status answer, const char *words);

#endif
