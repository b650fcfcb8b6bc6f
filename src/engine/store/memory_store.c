#include "engine/store/memory_store.h"

#include <string.h>

#define GET_COPY_MAX 512

/*
 * What a get found. A short value is copied, which is cheaper than counting a reference: a row that is only
 * read stays in every processor's cache. A long one is held by a reference.
 */
struct found {
    struct row *held;
    uint64_t revision;
    size_t len;
    unsigned char copy[GET_COPY_MAX];
};

static nct_status find(nct_memory_store *store, const struct row_name *name, struct found *found) {
    nct_memory_lock_read(&store->lock);
    const struct table_slot *slot = nct_table_find(&store->table, name);
    if (slot != NULL) {
        struct row *row = slot->row;
        found->held = row->value_len > GET_COPY_MAX ? row : NULL;
        found->revision = row->revision;
        found->len = row->value_len;
        if (found->held != NULL)
            nct_row_hold(row);
        else
            memcpy(found->copy, nct_stored_value(row), row->value_len);
    }
    nct_memory_unlock_read(&store->lock);
    return slot != NULL ? NCT_OK : NCT_E_NOT_FOUND;
}

static nct_status hand_over(nct_memory_store *store, struct found *found, nct_sink *sink) {
    if (found->held == NULL) {
        nct_status status = nct_sink_value(sink, found->copy, found->len);
        sodium_memzero(found->copy, found->len);
        return status;
    }
    nct_status status = nct_sink_value(sink, nct_stored_value(found->held), found->len);
    nct_row_drop(&store->memory, found->held);
    return status;
}

static nct_status memory_get(int32_t space, const void *key, size_t key_len, nct_sink *sink, uint64_t *revision,
                             void *user_data) {
    nct_memory_store *store = user_data;
    if (store == NULL || key == NULL || key_len == 0 || key_len > NCT_KEY_MAX || revision == NULL)
        return NCT_E_ARGUMENT;
    struct row_name name = nct_row_name(&store->hash_key, space, key, key_len);
    struct found found;
    nct_status status = find(store, &name, &found);
    if (status == NCT_OK)
        status = hand_over(store, &found, sink);
    if (status == NCT_OK)
        *revision = found.revision;
    return status;
}

const nct_store *nct_memory_store_functions(void) {
    static const nct_store functions = {
        .struct_size = sizeof(nct_store), .get = memory_get, .scan = nct_memory_scan, .commit = nct_memory_commit};
    return &functions;
}

static int is_complete(const nct_allocator *allocator) {
    return allocator->struct_size == sizeof *allocator && allocator->allocate != NULL && allocator->release != NULL;
}

static nct_status fill(nct_memory_store *store) {
    store->head = nct_row_new_head(&store->memory);
    if (store->head == NULL || nct_memory_lock_init(&store->lock) != 0)
        return NCT_E_NO_MEMORY;
    randombytes_buf(&store->hash_key, sizeof store->hash_key);
    return NCT_OK;
}

static nct_status make(const nct_allocator *allocator, void *user_data, nct_memory_store **out) {
    if (allocator != NULL && !is_complete(allocator))
        return NCT_E_ARGUMENT;
    if (sodium_init() < 0)
        return NCT_E_CRYPTO;
    struct nct_memory memory;
    nct_memory_set(&memory, allocator, user_data);
    nct_memory_store *store = nct_memory_take(&memory, sizeof *store);
    if (store == NULL)
        return NCT_E_NO_MEMORY;
    store->memory = memory;
    nct_status status = fill(store);
    if (status == NCT_OK) {
        *out = store;
        return NCT_OK;
    }
    nct_memory_give(&memory, store->head);
    nct_memory_give(&memory, store);
    return status;
}

nct_status nct_memory_store_new(const nct_allocator *allocator, void *user_data, nct_memory_store **out) {
    nct_memory_store *store = NULL;
    void (*destroy)(void *) = NULL;
    if (allocator != NULL && allocator->struct_size == sizeof *allocator)
        destroy = allocator->destroy;
    nct_status status = out != NULL ? make(allocator, user_data, &store) : NCT_E_ARGUMENT;
    if (store != NULL)
        store->destroy = destroy;
    else if (destroy != NULL)
        destroy(user_data);
    if (out != NULL)
        *out = store;
    return status;
}

void nct_memory_store_free(nct_memory_store *store) {
    if (store == NULL)
        return;
    struct nct_memory memory = store->memory;
    void (*destroy)(void *) = store->destroy;
    for (struct row *row = store->head; row != NULL;) {
        struct row *next = row->tower[0].next;
        nct_row_drop(&memory, row);
        row = next;
    }
    nct_memory_give(&memory, store->table.slots);
    nct_memory_lock_destroy(&store->lock);
    nct_memory_give_wiped(&memory, store, sizeof *store);
    if (destroy != NULL)
        destroy(memory.user_data);
}

size_t nct_memory_store_rows(nct_memory_store *store) {
    if (store == NULL)
        return 0;
    nct_memory_lock_read(&store->lock);
    size_t count = store->table.count;
    nct_memory_unlock_read(&store->lock);
    return count;
}
