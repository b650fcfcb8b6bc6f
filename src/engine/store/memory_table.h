/* The hash table of the memory store: (space, key) to row in O(1). The store's lock guards it. */
#ifndef NCT_ENGINE_STORE_MEMORY_TABLE_H
#define NCT_ENGINE_STORE_MEMORY_TABLE_H

#include "engine/store/memory_row.h"

/* An empty slot has no row. */
struct table_slot {
    uint64_t hash;
    struct row *row;
};

struct table {
    struct table_slot *slots;
    size_t capacity; /* a power of two, or 0 */
    size_t count;
};

/* The capacity that holds so many rows without growing. */
size_t nct_table_capacity_for(size_t rows);

/* Whether `more` further rows fit. */
int nct_table_fits(const struct table *table, size_t more);

/* Moves everything into larger, zeroed slots and hands out the old ones, which the caller frees. */
struct table_slot *nct_table_move(struct table *table, struct table_slot *slots, size_t capacity);

/* The slot of a row, or NULL; valid until the table changes. */
struct table_slot *nct_table_find(const struct table *table, const struct row_name *name);

/* Adds a row whose name is not there. There must be room. */
void nct_table_add(struct table *table, uint64_t hash, struct row *row);

/* Empties a slot that nct_table_find() gave. */
void nct_table_remove(struct table *table, struct table_slot *slot);

#endif
