#include "engine/store/memory_order.h"
#include "engine/store/memory_store.h"

/* What one operation of a batch needs; the fresh row belongs to it until it is applied. */
struct change {
    const struct nct_batch_op *op;
    struct row_name name;
    struct row *fresh; /* for a PUT only */
};

struct commit {
    nct_memory_store *store;
    struct change *changes;
    size_t count;
    size_t creations;
    struct row *removed; /* rows taken out, chained through the lowest level of their towers */
};

static nct_status check_op(const struct nct_batch_op *op) {
    if (op->kind != NCT_BATCH_PUT && op->kind != NCT_BATCH_DELETE && op->kind != NCT_BATCH_CHECK)
        return NCT_E_ARGUMENT;
    if (op->key == NULL || op->key_len == 0 || op->key_len > NCT_KEY_MAX)
        return NCT_E_ARGUMENT;
    if (op->kind != NCT_BATCH_PUT)
        return NCT_OK;
    if (op->value == NULL && op->value_len > 0)
        return NCT_E_ARGUMENT;
    return op->value_len <= NCT_VALUE_MAX ? NCT_OK : NCT_E_LIMIT;
}

static nct_status prepare_one(struct commit *commit, struct change *change, const struct nct_batch_op *op) {
    nct_status status = check_op(op);
    if (status != NCT_OK)
        return status;
    change->op = op;
    change->name = nct_row_name(&commit->store->hash_key, op->space, op->key, op->key_len);
    if (op->kind != NCT_BATCH_PUT)
        return NCT_OK;
    if (op->revision == 0)
        commit->creations++;
    change->fresh = nct_row_new(&commit->store->memory, &change->name, op->value, op->value_len);
    return change->fresh != NULL ? NCT_OK : NCT_E_NO_MEMORY;
}

static nct_status prepare(struct commit *commit, const nct_batch *batch) {
    commit->changes = nct_memory_take_array(&commit->store->memory, batch->count, sizeof *commit->changes);
    if (commit->changes == NULL)
        return NCT_E_NO_MEMORY;
    commit->count = batch->count;
    nct_status status = NCT_OK;
    for (size_t i = 0; status == NCT_OK && i < batch->count; i++)
        status = prepare_one(commit, &commit->changes[i], &batch->ops[i]);
    return status;
}

static nct_status check_all(const struct commit *commit) {
    for (size_t i = 0; i < commit->count; i++) {
        const struct table_slot *slot = nct_table_find(&commit->store->table, &commit->changes[i].name);
        uint64_t revision = slot != NULL ? slot->row->revision : 0;
        if (revision != commit->changes[i].op->revision)
            return NCT_E_CONFLICT;
    }
    return NCT_OK;
}

static void push_removed(struct commit *commit, struct row *row) {
    row->tower[0].next = commit->removed;
    commit->removed = row;
}

static void apply_put(struct commit *commit, struct change *change) {
    nct_memory_store *store = commit->store;
    struct row *row = change->fresh;
    change->fresh = NULL;
    row->revision = change->op->revision + 1;
    struct table_slot *slot = nct_table_find(&store->table, &change->name);
    if (slot == NULL) {
        nct_table_add(&store->table, change->name.hash, row);
        nct_order_add(store->head, row, &change->name);
        return;
    }
    nct_order_replace(slot->row, row);
    push_removed(commit, slot->row);
    slot->row = row;
}

static void apply_delete(struct commit *commit, const struct change *change) {
    struct table_slot *slot = nct_table_find(&commit->store->table, &change->name);
    if (slot == NULL)
        return;
    struct row *row = slot->row;
    nct_table_remove(&commit->store->table, slot);
    nct_order_remove(row);
    push_removed(commit, row);
}

static void apply_all(struct commit *commit) {
    atomic_fetch_add_explicit(&commit->store->commits, 1, memory_order_release);
    for (size_t i = 0; i < commit->count; i++) {
        if (commit->changes[i].op->kind == NCT_BATCH_PUT)
            apply_put(commit, &commit->changes[i]);
        else if (commit->changes[i].op->kind == NCT_BATCH_DELETE)
            apply_delete(commit, &commit->changes[i]);
    }
}

/* Zero when the new rows fit, perhaps into *spare, which is then exchanged; else how many slots it takes. */
static size_t make_room(struct commit *commit, struct table_slot **spare, size_t spare_capacity) {
    struct table *table = &commit->store->table;
    if (nct_table_fits(table, commit->creations))
        return 0;
    size_t needed = nct_table_capacity_for(table->count + commit->creations);
    if (spare_capacity < needed)
        return needed;
    *spare = nct_table_move(table, *spare, spare_capacity);
    return 0;
}

/* Only growing needs memory, which is fetched without the lock; then all is checked again. */
static nct_status check_and_apply(struct commit *commit) {
    nct_memory_store *store = commit->store;
    struct table_slot *spare = NULL;
    size_t capacity = 0;
    for (;;) {
        nct_memory_lock_write(&store->lock);
        nct_status status = check_all(commit);
        size_t needed = status == NCT_OK ? make_room(commit, &spare, capacity) : 0;
        if (status == NCT_OK && needed == 0)
            apply_all(commit);
        nct_memory_unlock_write(&store->lock);
        nct_memory_give(&store->memory, spare);
        if (needed == 0)
            return status;
        spare = nct_memory_take_array(&store->memory, needed, sizeof *spare);
        if (spare == NULL)
            return NCT_E_NO_MEMORY;
        capacity = needed;
    }
}

static void clean_up(struct commit *commit) {
    const struct nct_memory *memory = &commit->store->memory;
    while (commit->removed != NULL) {
        struct row *row = commit->removed;
        commit->removed = row->tower[0].next;
        nct_row_drop(memory, row);
    }
    for (size_t i = 0; i < commit->count; i++) {
        if (commit->changes[i].fresh != NULL)
            nct_row_drop(memory, commit->changes[i].fresh);
    }
    nct_memory_give(memory, commit->changes);
}

nct_status nct_memory_commit(const nct_batch *batch, void *user_data) {
    if (batch == NULL || user_data == NULL)
        return NCT_E_ARGUMENT;
    struct commit commit = {.store = user_data};
    nct_status status = prepare(&commit, batch);
    if (status == NCT_OK)
        status = check_and_apply(&commit);
    clean_up(&commit);
    return status;
}
