#include "counting.h"

#include "engine/store/batch.h"

static nct_status get(int32_t space, const void *key, size_t key_len, nct_sink *sink, uint64_t *revision,
                      void *user_data) {
    struct counting *store = user_data;
    store->counts.gets++;
    return nct_memory_store_functions()->get(space, key, key_len, sink, revision, store->inner);
}

/* Stands between the store and the library's sink. */
struct counter {
    struct nct_sink sink;
    nct_sink *outer;
    struct counting *store;
};

static nct_status count_row(struct nct_sink *sink, const void *key, size_t key_len, uint64_t revision,
                            const void *value, size_t len) {
    struct counter *counter = (struct counter *)(void *)sink;
    counter->store->counts.scanned++;
    return nct_sink_row(counter->outer, key, key_len, revision, value, len);
}

static nct_status scan(int32_t space, const void *prefix, size_t prefix_len, const void *after, size_t after_len,
                       size_t limit, nct_sink *sink, void *user_data) {
    struct counting *store = user_data;
    struct counter counter = {{NULL, count_row}, sink, store};
    store->counts.scans++;
    return nct_memory_store_functions()->scan(space, prefix, prefix_len, after, after_len, limit, &counter.sink,
                                              store->inner);
}

static nct_status commit(const nct_batch *batch, void *user_data) {
    struct counting *store = user_data;
    store->counts.commits++;
    for (size_t i = 0; i < nct_batch_count(batch); i++) {
        int check = nct_batch_kind(batch, i) == NCT_BATCH_CHECK;
        store->counts.checked += (size_t)check;
        store->counts.written += (size_t)!check;
    }
    return nct_memory_store_functions()->commit(batch, store->inner);
}

const nct_store counting_functions = {.struct_size = sizeof(nct_store), .get = get, .scan = scan, .commit = commit};
