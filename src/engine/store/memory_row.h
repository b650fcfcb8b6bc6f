/* A row of the memory store: made whole, never changed, freed by whoever drops the last reference. */
#ifndef NCT_ENGINE_STORE_MEMORY_ROW_H
#define NCT_ENGINE_STORE_MEMORY_ROW_H

#include <stdatomic.h>

#include "base/memory.h"

#define ROW_HEIGHT_MAX 16 /* levels of the ordered index: 4^16 rows before it slows down */

struct row;

/* A row's neighbours on one level of the ordered index. */
struct row_link {
    struct row *next;
    struct row *previous;
};

/* Which row: a space and a key, and their hash, which also says how high the row stands in the ordered index. */
struct row_name {
    uint64_t hash;
    int32_t space;
    const unsigned char *key;
    size_t key_len;
};

/*
 * Space, key and value never change while anybody holds a reference. The revision is set before the row
 * becomes visible. The tower belongs to the ordered index and is touched under the store's lock only.
 * The bytes of key and value follow the tower.
 */
struct row {
    atomic_size_t references;
    uint64_t revision;
    int32_t space;
    uint32_t value_len;
    uint32_t key_len;
    uint32_t height;
    struct row_link tower[];
};

/* A row with one reference and revision 0; NULL without memory. The value is at most NCT_VALUE_MAX bytes. */
struct row *nct_row_new(const struct nct_memory *memory, const struct row_name *name, const void *value,
                        size_t value_len);

/* The row before all others: as high as can be, without key. */
struct row *nct_row_new_head(const struct nct_memory *memory);

static inline unsigned char *nct_stored_key(struct row *row) {
    return (unsigned char *)&row->tower[row->height];
}

static inline const unsigned char *nct_stored_value(struct row *row) {
    return nct_stored_key(row) + row->key_len;
}

/* A row lies on several cache lines: asking for all at once spares waiting for one after the other. */
static inline void nct_row_fetch_ahead(const struct row *row) {
#if defined(__GNUC__) || defined(__clang__)
    __builtin_prefetch((const void *)((uintptr_t)row + 64));
    __builtin_prefetch((const void *)((uintptr_t)row + 128));
#else
    (void)row;
#endif
}

/* For a caller that holds the store's lock, or a reference already. */
static inline void nct_row_hold(struct row *row) {
    atomic_fetch_add_explicit(&row->references, 1, memory_order_relaxed);
}

/* Wipes and frees the row with its last reference. Not under a lock: the allocator is the host's. */
void nct_row_drop(const struct nct_memory *memory, struct row *row);

/* Below zero, zero, above zero: how (space, key) of the row stands to the name. */
int nct_row_compare(struct row *row, const struct row_name *name);

/* By which names are hashed, drawn at random: nobody can choose keys that collide. */
struct hash_key {
    uint64_t words[2];
};

/* Names a row; the key must be 1 to NCT_KEY_MAX bytes. */
struct row_name nct_row_name(const struct hash_key *hash_key, int32_t space, const void *key, size_t key_len);

#endif
