/* The store of a test world: a memory store that fails on demand and can be watched. */
#include "seams.h"

#include <stdio.h>
#include <stdlib.h>

#include "engine/store/batch.h"

static enum world_fault fault_now(struct world_store *store, unsigned kind) {
    if ((store->fault_on & kind) == 0 || store->fault_at == 0)
        return FAULT_NONE;
    store->seen++;
    if (store->seen < store->fault_at || store->seen - store->fault_at >= store->fault_count)
        return FAULT_NONE;
    store->faults++;
    return store->fault;
}

static nct_status answer_of(enum world_fault fault) {
    switch (fault) {
    case FAULT_ERROR:
    case FAULT_APPLIED:
        return NCT_E_STORE;
    case FAULT_NO_MEMORY:
        return NCT_E_NO_MEMORY;
    case FAULT_HOST:
        return WORLD_HOST_CODE;
    case FAULT_CONFLICT:
        return NCT_E_CONFLICT;
    case FAULT_POSITIVE:
        return 1;
    case FAULT_DENIED:
        return NCT_E_DENIED;
    default:
        return NCT_OK;
    }
}

/* Stands between the memory store and the library's sink. */
struct spoiler {
    struct nct_sink sink;
    nct_sink *outer;
    enum world_fault fault;
};

static size_t spoil(enum world_fault fault, unsigned char *copy, size_t len) {
    if (fault == FAULT_TRUNCATED)
        return len / 2;
    if (fault == FAULT_FLIPPED && len > 0)
        copy[len / 2] ^= 0x10;
    return len;
}

static unsigned char *copy_of(const void *value, size_t len) {
    unsigned char *copy = malloc(len + 1);
    assert_non_null(copy);
    if (len > 0)
        memcpy(copy, value, len);
    return copy;
}

static nct_status spoil_value(struct nct_sink *sink, const void *value, size_t len) {
    struct spoiler *spoiler = (struct spoiler *)(void *)sink;
    if (spoiler->fault == FAULT_SILENT)
        return NCT_OK;
    unsigned char *copy = copy_of(value, len);
    size_t spoiled = spoil(spoiler->fault, copy, len);
    nct_status status = nct_sink_value(spoiler->outer, copy, spoiled);
    if (spoiler->fault == FAULT_TWICE) {
        nct_status second = nct_sink_value(spoiler->outer, copy, spoiled);
        status = status != NCT_OK ? status : second;
    }
    free(copy);
    return status;
}

static nct_status spoil_row(struct nct_sink *sink, const void *key, size_t key_len, uint64_t revision,
                            const void *value, size_t len) {
    struct spoiler *spoiler = (struct spoiler *)(void *)sink;
    if (spoiler->fault == FAULT_SILENT)
        return NCT_OK;
    unsigned char *copy = copy_of(value, len);
    size_t spoiled = spoil(spoiler->fault, copy, len);
    nct_status status = nct_sink_row(spoiler->outer, key, key_len, revision, copy, spoiled);
    if (spoiler->fault == FAULT_TWICE && status == NCT_OK)
        status = nct_sink_row(spoiler->outer, key, key_len, revision, copy, spoiled);
    free(copy);
    return status;
}

/* Calls a hook once, when so many calls have passed. */
static void call_hook(struct world_store *store, void (**hook)(void *), size_t *skip) {
    void (*due)(void *) = *hook;
    if (due == NULL)
        return;
    if (*skip > 0) {
        (*skip)--;
        return;
    }
    *hook = NULL;
    due(store->argument);
}

static nct_status get(int32_t space, const void *key, size_t key_len, nct_sink *sink, uint64_t *revision,
                      void *user_data) {
    struct world *w = user_data;
    w->store.gets++;
    world_note(w, "g%d ", (int)space);
    enum world_fault fault = fault_now(&w->store, WORLD_GET);
    call_hook(&w->store, &w->store.before_get, &w->store.before_get_skip);
    if (answer_of(fault) != NCT_OK)
        return answer_of(fault);
    struct spoiler spoiler = {{spoil_value, NULL}, sink, fault};
    nct_sink *used = fault == FAULT_NONE ? sink : &spoiler.sink;
    return nct_memory_store_functions()->get(space, key, key_len, used, revision, w->store.inner);
}

static nct_status scan(int32_t space, const void *prefix, size_t prefix_len, const void *after, size_t after_len,
                       size_t limit, nct_sink *sink, void *user_data) {
    struct world *w = user_data;
    w->store.scans++;
    world_note(w, "s%d ", (int)space);
    enum world_fault fault = fault_now(&w->store, WORLD_SCAN);
    if (answer_of(fault) != NCT_OK)
        return answer_of(fault);
    struct spoiler spoiler = {{NULL, spoil_row}, sink, fault};
    nct_sink *used = fault == FAULT_NONE ? sink : &spoiler.sink;
    return nct_memory_store_functions()->scan(space, prefix, prefix_len, after, after_len, limit, used, w->store.inner);
}

static int compare_ints(const void *a, const void *b) {
    int left = *(const int *)a, right = *(const int *)b;
    return left < right ? -1 : left > right;
}

/* The operations of a batch by kind and space, sorted: which rows they name is not for an outsider. */
static void note_batch(struct world *w, const nct_batch *batch) {
    int ops[256];
    size_t count = nct_batch_count(batch) < 256 ? nct_batch_count(batch) : 256;
    for (size_t i = 0; i < count; i++)
        ops[i] = nct_batch_kind(batch, i) * 1000 + nct_batch_space(batch, i);
    qsort(ops, count, sizeof ops[0], compare_ints);
    world_note(w, "c(");
    for (size_t i = 0; i < count; i++)
        world_note(w, " %c%d", "?pdk"[ops[i] / 1000 & 3], ops[i] % 1000);
    world_note(w, " ) ");
}

static int names_a_row_twice(const nct_batch *batch) {
    for (size_t i = 0; i < nct_batch_count(batch); i++)
        for (size_t j = 0; j < i; j++) {
            size_t a_len = 0, b_len = 0;
            const void *a = nct_batch_key(batch, i, &a_len), *b = nct_batch_key(batch, j, &b_len);
            if (nct_batch_space(batch, i) == nct_batch_space(batch, j) && a_len == b_len && memcmp(a, b, a_len) == 0)
                return 1;
        }
    return 0;
}

static nct_status commit(const nct_batch *batch, void *user_data) {
    struct world *w = user_data;
    w->store.commits++;
    note_batch(w, batch);
    assert_false(names_a_row_twice(batch));
    enum world_fault fault = fault_now(&w->store, WORLD_COMMIT);
    if (fault != FAULT_APPLIED && answer_of(fault) != NCT_OK)
        return answer_of(fault);
    call_hook(&w->store, &w->store.before_commit, &w->store.before_commit_skip);
    nct_status status = nct_memory_store_functions()->commit(batch, w->store.inner);
    return status == NCT_OK ? answer_of(fault) : status;
}

const nct_store world_store_functions = {.struct_size = sizeof(nct_store), .get = get, .scan = scan, .commit = commit};
