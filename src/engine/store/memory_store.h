/* The parts of the memory store: what its files share. */
#ifndef NCT_ENGINE_STORE_MEMORY_STORE_H
#define NCT_ENGINE_STORE_MEMORY_STORE_H

#include "engine/store/batch.h"
#include "engine/store/memory_lock.h"
#include "engine/store/memory_table.h"

#include <sodium.h>

/*
 * Nothing is allocated, freed or handed to a sink under the lock, because a host's function could do
 * anything. So commits make all they need before, and free what they removed after.
 */
struct nct_memory_store {
    struct nct_memory memory;
    void (*destroy)(void *user_data); /* ends the user data of the memory; may be NULL */
    struct hash_key hash_key;
    struct row *head; /* of the ordered index */
    struct table table;
    struct memory_lock lock;
    _Atomic uint64_t commits; /* that changed something */
};

/* Grows with every commit: where it has not, whatever was read in between was there at one moment. */
static inline uint64_t nct_memory_store_commits(const nct_memory_store *store) {
    return atomic_load_explicit(&store->commits, memory_order_acquire);
}

nct_status nct_memory_scan(int32_t space, const void *prefix, size_t prefix_len, const void *after, size_t after_len,
                           size_t limit, nct_sink *sink, void *user_data);
nct_status nct_memory_commit(const nct_batch *batch, void *user_data);

#endif
