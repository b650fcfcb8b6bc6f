#include "engine/store/memory_table.h"

#include <string.h>

#define TABLE_FIRST 64

/* Linear probing stays short while at most two thirds of the slots are taken. */
static size_t room(size_t capacity) {
    return capacity / 3 * 2;
}

size_t nct_table_capacity_for(size_t rows) {
    size_t capacity = TABLE_FIRST;
    while (room(capacity) < rows && capacity <= SIZE_MAX / 2)
        capacity *= 2;
    return capacity;
}

int nct_table_fits(const struct table *table, size_t more) {
    return more <= room(table->capacity) - table->count;
}

static void place(struct table_slot *slots, size_t capacity, uint64_t hash, struct row *row) {
    size_t index = (size_t)hash & (capacity - 1);
    while (slots[index].row != NULL)
        index = (index + 1) & (capacity - 1);
    slots[index] = (struct table_slot){.hash = hash, .row = row};
}

struct table_slot *nct_table_move(struct table *table, struct table_slot *slots, size_t capacity) {
    struct table_slot *old = table->slots;
    for (size_t i = 0; i < table->capacity; i++) {
        if (old[i].row != NULL)
            place(slots, capacity, old[i].hash, old[i].row);
    }
    table->slots = slots;
    table->capacity = capacity;
    return old;
}

static int is_named(struct row *row, const struct row_name *name) {
    nct_row_fetch_ahead(row);
    return row->space == name->space && row->key_len == name->key_len &&
           memcmp(nct_stored_key(row), name->key, name->key_len) == 0;
}

struct table_slot *nct_table_find(const struct table *table, const struct row_name *name) {
    if (table->capacity == 0)
        return NULL;
    size_t mask = table->capacity - 1;
    for (size_t index = (size_t)name->hash & mask; table->slots[index].row != NULL; index = (index + 1) & mask) {
        struct table_slot *slot = &table->slots[index];
        if (slot->hash == name->hash && is_named(slot->row, name))
            return slot;
    }
    return NULL;
}

void nct_table_add(struct table *table, uint64_t hash, struct row *row) {
    place(table->slots, table->capacity, hash, row);
    table->count++;
}

/* Later slots of the same run move up, so that no search stops too early at the hole. */
void nct_table_remove(struct table *table, struct table_slot *slot) {
    size_t mask = table->capacity - 1;
    size_t hole = (size_t)(slot - table->slots);
    for (size_t i = (hole + 1) & mask; table->slots[i].row != NULL; i = (i + 1) & mask) {
        size_t home = (size_t)table->slots[i].hash & mask;
        if (((i - home) & mask) < ((i - hole) & mask))
            continue;
        table->slots[hole] = table->slots[i];
        hole = i;
    }
    table->slots[hole] = (struct table_slot){.row = NULL};
    table->count--;
}
