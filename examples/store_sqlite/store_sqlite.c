/* The functions of a store on SQLite, of which get and scan are here. */
#include "key_range.h"
#include "store_sqlite_inside.h"

#include <stdlib.h>
#include <string.h>

/* A row that a get or scan found; the bytes are those of the key and then those of the value. */
struct found {
    struct found *next;
    uint64_t revision;
    size_t key_len;
    size_t len;
    unsigned char bytes[];
};

int store_sqlite_bind_bytes(sqlite3_stmt *statement, int index, const void *bytes, size_t len) {
    return sqlite3_bind_blob64(statement, index, len > 0 ? bytes : "", len, SQLITE_STATIC);
}

int store_sqlite_bind_key(sqlite3_stmt *statement, int32_t space, const void *key, size_t key_len) {
    int code = sqlite3_bind_int(statement, 1, space);
    return code == SQLITE_OK ? store_sqlite_bind_bytes(statement, 2, key, key_len) : code;
}

void store_sqlite_finish(sqlite3_stmt *statement) {
    (void)sqlite3_reset(statement);
    (void)sqlite3_clear_bindings(statement);
}

/* Copies the row a statement stands on. The columns are (revision, value), before them the key if key_column says so.
 */
static struct found *copy_row(sqlite3_stmt *statement, int key_column) {
    const void *key = key_column ? sqlite3_column_blob(statement, 0) : NULL;
    size_t key_len = key_column ? (size_t)sqlite3_column_bytes(statement, 0) : 0;
    const void *value = sqlite3_column_blob(statement, key_column + 1);
    size_t len = (size_t)sqlite3_column_bytes(statement, key_column + 1);
    if ((key == NULL && key_len > 0) || (value == NULL && len > 0))
        return NULL;
    struct found *found = malloc(sizeof *found + key_len + len);
    if (found == NULL)
        return NULL;
    *found = (struct found){.key_len = key_len, .len = len};
    found->revision = (uint64_t)sqlite3_column_int64(statement, key_column);
    if (key_len > 0)
        memcpy(found->bytes, key, key_len);
    if (len > 0)
        memcpy(found->bytes + key_len, value, len);
    return found;
}

static nct_status read_row(nct_sqlite_store *store, int32_t space, const void *key, size_t key_len,
                           struct found **out) {
    sqlite3_stmt *statement = store->statements[GET];
    int code = store_sqlite_bind_key(statement, space, key, key_len);
    if (code == SQLITE_OK)
        code = sqlite3_step(statement);
    nct_status status = NCT_OK;
    if (code == SQLITE_DONE)
        status = NCT_E_NOT_FOUND;
    else if (code != SQLITE_ROW)
        status = store_sqlite_failure(store);
    else if ((*out = copy_row(statement, 0)) == NULL)
        status = store_sqlite_no_memory();
    store_sqlite_finish(statement);
    return status;
}

static nct_status sqlite_get(int32_t space, const void *key, size_t key_len, nct_sink *sink, uint64_t *revision,
                             void *user_data) {
    nct_sqlite_store *store = ((nct_sqlite_store *)user_data)->reading;
    struct found *found = NULL;
    (void)pthread_mutex_lock(&store->mutex);
    nct_status status = read_row(store, space, key, key_len, &found);
    (void)pthread_mutex_unlock(&store->mutex);
    if (status != NCT_OK)
        return status;
    status = nct_sink_value(sink, found->bytes, found->len);
    if (status == NCT_OK)
        *revision = found->revision;
    free(found);
    return status;
}

static nct_status bind_range(nct_sqlite_store *store, int32_t space, const struct key_range *range, size_t limit) {
    sqlite3_stmt *statement = store->statements[SCAN];
    int code = store_sqlite_bind_key(statement, space, range->from, range->from_len);
    if (code == SQLITE_OK)
        code = store_sqlite_bind_bytes(statement, 3, range->to, range->to_len);
    if (code == SQLITE_OK)
        code = sqlite3_bind_int64(statement, 4, limit < INT64_MAX ? (sqlite3_int64)limit : INT64_MAX);
    return code == SQLITE_OK ? NCT_OK : store_sqlite_failure(store);
}

/* A list of the rows, in their order. */
static nct_status read_rows(nct_sqlite_store *store, struct found **list) {
    sqlite3_stmt *statement = store->statements[SCAN];
    int code = SQLITE_ROW;
    while ((code = sqlite3_step(statement)) == SQLITE_ROW) {
        *list = copy_row(statement, 1);
        if (*list == NULL)
            return store_sqlite_no_memory();
        list = &(*list)->next;
    }
    return code == SQLITE_DONE ? NCT_OK : store_sqlite_failure(store);
}

/* Hands the rows over while all is well, and frees them in any case. */
static nct_status hand_over(struct found *list, nct_sink *sink, nct_status status) {
    while (list != NULL) {
        struct found *found = list;
        list = found->next;
        if (status == NCT_OK)
            status = nct_sink_row(sink, found->bytes, found->key_len, found->revision, found->bytes + found->key_len,
                                  found->len);
        free(found);
    }
    return status;
}

static nct_status sqlite_scan(int32_t space, const void *prefix, size_t prefix_len, const void *after, size_t after_len,
                              size_t limit, nct_sink *sink, void *user_data) {
    nct_sqlite_store *store = ((nct_sqlite_store *)user_data)->reading;
    if (prefix_len > NCT_KEY_MAX || after_len > NCT_KEY_MAX)
        return NCT_E_STORE;
    struct key_range range;
    key_range_set(&range, prefix, prefix_len, after, after_len);
    struct found *list = NULL;
    (void)pthread_mutex_lock(&store->mutex);
    nct_status status = bind_range(store, space, &range, limit);
    if (status == NCT_OK)
        status = read_rows(store, &list);
    store_sqlite_finish(store->statements[SCAN]);
    (void)pthread_mutex_unlock(&store->mutex);
    return hand_over(list, sink, status);
}

const nct_store *nct_sqlite_store_functions(void) {
    static const nct_store functions = {
        .struct_size = sizeof(nct_store), .get = sqlite_get, .scan = sqlite_scan, .commit = store_sqlite_commit};
    return &functions;
}
