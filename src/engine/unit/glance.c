#include "engine/unit/glance.h"

#include "engine/store/memory_store.h"

int nct_glance_begin(const struct nct_portal *portal) {
    if (!nct_rows_are_own(portal))
        return 0;
    nct_memory_lock_read(&portal->own_store->lock);
    return 1;
}

int nct_glance_row(const struct nct_portal *portal, const struct nct_record_type *type, const void *key, size_t key_len,
                   size_t last, struct nct_glimpse *fields) {
    const nct_memory_store *store = portal->own_store;
    struct row_name name = nct_row_name(&store->hash_key, type->space, key, key_len);
    const struct table_slot *slot = nct_table_find(&store->table, &name);
    if (slot == NULL)
        return 0;
    nct_record_glimpse(nct_stored_value(slot->row), slot->row->value_len, last, fields);
    return 1;
}

void nct_glance_end(const struct nct_portal *portal) {
    nct_memory_unlock_read(&portal->own_store->lock);
}

uint64_t nct_own_commits(const struct nct_portal *portal) {
    return nct_rows_are_own(portal) ? nct_memory_store_commits(portal->own_store) : 0;
}
