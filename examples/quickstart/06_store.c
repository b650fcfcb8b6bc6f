/* A store adapter: three functions. This one passes everything to a memory store and counts. */
#include "story.h"

#include <stdio.h>

struct counting {
    nct_memory_store *rows;
    unsigned long gets, scans, commits, puts;
};

static nct_status count_get(int32_t space, const void *key, size_t key_len, nct_sink *sink, uint64_t *revision,
                            void *user_data) {
    struct counting *store = user_data;
    store->gets++;
    return nct_memory_store_functions()->get(space, key, key_len, sink, revision, store->rows);
}

static nct_status count_scan(int32_t space, const void *prefix, size_t prefix_len, const void *after, size_t after_len,
                             size_t limit, nct_sink *sink, void *user_data) {
    struct counting *store = user_data;
    store->scans++;
    return nct_memory_store_functions()->scan(space, prefix, prefix_len, after, after_len, limit, sink, store->rows);
}

/* All operations of a batch are applied, or none. */
static nct_status count_commit(const nct_batch *batch, void *user_data) {
    struct counting *store = user_data;
    store->commits++;
    for (size_t i = 0; i < nct_batch_count(batch); i++)
        store->puts += nct_batch_kind(batch, i) == NCT_BATCH_PUT;
    return nct_memory_store_functions()->commit(batch, store->rows);
}

static nct_portal *open_on(struct counting *store) {
    static const unsigned char key[NCT_MASTER_KEY_BYTES] = {1}; /* in production: 32 random bytes, kept apart */
    nct_config *config = NULL;
    nct_portal *portal = NULL;
    nct_store functions;
    expect(nct_store_init(&functions, sizeof functions), NCT_OK, "nct_store_init");
    functions.get = count_get;
    functions.scan = count_scan;
    functions.commit = count_commit;
    expect(nct_config_new(&config), NCT_OK, "nct_config_new");
    expect(nct_config_set_store(config, &functions, store), NCT_OK, "nct_config_set_store");
    expect(nct_config_set_master_key(config, key, sizeof key), NCT_OK, "nct_config_set_master_key");
    expect(nct_portal_open(config, &portal), NCT_OK, "nct_portal_open");
    nct_config_free(config);
    return portal;
}

int main(void) {
    struct counting store = {.rows = NULL};
    expect(nct_memory_store_new(NULL, NULL, &store.rows), NCT_OK, "nct_memory_store_new");
    nct_portal *portal = open_on(&store);
    enroll_clinic(portal);
    printf("%lu gets, %lu scans, %lu commits with %lu puts, %zu rows\n", store.gets, store.scans, store.commits,
           store.puts, nct_memory_store_rows(store.rows));
    store.gets = 0;
    nct_status status =
        nct_access_check(portal, NCT_TEXT(CLINIC), NCT_TEXT("olivia.owner"), NCT_AUTHORITY_ENROLLMENT_SUBMIT);
    expect(status, NCT_OK, "the Office Administrator");
    printf("a question of access: %lu gets\n", store.gets);
    nct_portal_close(portal);
    nct_memory_store_free(store.rows);
    return 0;
}
