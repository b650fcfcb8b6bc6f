/* A memory store's rows as somebody with the database's password sees them: read, edited, put back. */
#ifndef NCT_TEST_ROWS_H
#define NCT_TEST_ROWS_H

#include <nctracks/store.h>

struct row {
    int32_t space;
    unsigned char key[NCT_KEY_MAX];
    size_t key_len;
    uint64_t revision; /* 0: there is no such row */
    unsigned char *value;
    size_t len;
};

struct rows {
    struct row *at;
    size_t count;
};

/* A copy of every row of a store; free it with rows_free(). */
struct rows rows_take(nct_memory_store *store);
void rows_free(struct rows *rows);
const struct row *rows_find(const struct rows *rows, const struct row *like);
int row_same(const struct row *a, const struct row *b); /* same revision and value */

/* Makes the store hold exactly what was taken. */
void rows_restore(nct_memory_store *store, const struct rows *rows);

/* Makes the store hold exactly this row, its revision too; with revision 0, removes it. */
void row_force(nct_memory_store *store, const struct row *row);
/* Writes a value as the next revision of the row. */
void row_write(nct_memory_store *store, const struct row *row, const void *value, size_t len);

/* The row of an NCID, or NULL. */
struct row *rows_ncid(const struct rows *rows, const char *ncid);

/* The id of the person an NCID leads to, and the row of a kind ("grant", "grant_by_person") about them at a provider.
 */
void rows_person(const struct rows *rows, const char *ncid, unsigned char person[16]);
struct row *rows_pair(const struct rows *rows, const char *space, const char *provider, const char *ncid);

/* The space of a name, or -1. */
int32_t space_of(const char *name);

#endif
