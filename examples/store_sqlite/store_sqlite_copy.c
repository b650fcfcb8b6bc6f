/* Rows as they lie in the file, for a copy to or from another store. */
#include "store_sqlite_inside.h"

static nct_status give(nct_sqlite_store *store, sqlite3_stmt *statement, nct_sqlite_store_row *row, void *user_data) {
    nct_status status = NCT_OK;
    int code = SQLITE_ROW;
    while (status == NCT_OK && (code = sqlite3_step(statement)) == SQLITE_ROW) {
        const void *key = sqlite3_column_blob(statement, 1);
        const void *value = sqlite3_column_blob(statement, 3);
        status = row(sqlite3_column_int(statement, 0), key, (size_t)sqlite3_column_bytes(statement, 1),
                     (uint64_t)sqlite3_column_int64(statement, 2), value, (size_t)sqlite3_column_bytes(statement, 3),
                     user_data);
    }
    return status == NCT_OK && code != SQLITE_DONE ? store_sqlite_failure(store) : status;
}

/* One statement sees one moment of the file, whoever writes meanwhile. */
nct_status nct_sqlite_store_each(nct_sqlite_store *store, nct_sqlite_store_row *row, void *user_data) {
    sqlite3_stmt *statement = NULL;
    if (store == NULL || row == NULL)
        return NCT_E_ARGUMENT;
    (void)pthread_mutex_lock(&store->mutex);
    int code = sqlite3_prepare_v2(store->connection, "SELECT space, key, revision, value FROM rows ORDER BY space, key",
                                  -1, &statement, NULL);
    nct_status status = code == SQLITE_OK ? give(store, statement, row, user_data) : store_sqlite_failure(store);
    (void)sqlite3_finalize(statement);
    (void)pthread_mutex_unlock(&store->mutex);
    return status;
}

/* ---- Filling ---- */

static nct_status look_for_rows(nct_sqlite_store *store) {
    sqlite3_stmt *statement = NULL;
    nct_status status = NCT_OK;
    if (sqlite3_prepare_v2(store->connection, "SELECT 1 FROM rows LIMIT 1", -1, &statement, NULL) != SQLITE_OK)
        return store_sqlite_failure(store);
    int code = sqlite3_step(statement);
    if (code == SQLITE_ROW)
        status = NCT_E_STATE;
    else if (code != SQLITE_DONE)
        status = store_sqlite_failure(store);
    (void)sqlite3_finalize(statement);
    if (status == NCT_E_STATE)
        store_sqlite_say("there are rows in it already");
    return status;
}

nct_status nct_sqlite_store_fill_begin(nct_sqlite_store *store) {
    if (store == NULL || store->fill != NULL)
        return NCT_E_ARGUMENT;
    nct_status status = store_sqlite_execute(store, "BEGIN IMMEDIATE");
    if (status != NCT_OK)
        return status;
    status = store_sqlite_same_schema(store);
    if (status == NCT_OK)
        status = look_for_rows(store);
    if (status == NCT_OK && sqlite3_prepare_v2(store->connection, "INSERT INTO rows VALUES (?1, ?2, ?3, ?4)", -1,
                                               &store->fill, NULL) != SQLITE_OK)
        status = store_sqlite_failure(store);
    if (status != NCT_OK)
        (void)sqlite3_exec(store->connection, "ROLLBACK", NULL, NULL, NULL);
    return status;
}

nct_status nct_sqlite_store_fill_put(nct_sqlite_store *store, int32_t space, const void *key, size_t key_len,
                                     uint64_t revision, const void *value, size_t len) {
    if (store == NULL || store->fill == NULL)
        return NCT_E_ARGUMENT;
    int code = sqlite3_bind_int(store->fill, 1, space);
    if (code == SQLITE_OK)
        code = sqlite3_bind_blob64(store->fill, 2, key_len > 0 ? key : "", key_len, SQLITE_STATIC);
    if (code == SQLITE_OK)
        code = sqlite3_bind_int64(store->fill, 3, (sqlite3_int64)revision);
    if (code == SQLITE_OK)
        code = sqlite3_bind_blob64(store->fill, 4, len > 0 ? value : "", len, SQLITE_STATIC);
    if (code == SQLITE_OK)
        code = sqlite3_step(store->fill);
    nct_status status = code == SQLITE_DONE ? NCT_OK : store_sqlite_failure(store);
    (void)sqlite3_reset(store->fill);
    (void)sqlite3_clear_bindings(store->fill);
    return status;
}

nct_status nct_sqlite_store_fill_end(nct_sqlite_store *store, int keep) {
    if (store == NULL || store->fill == NULL)
        return NCT_E_ARGUMENT;
    (void)sqlite3_finalize(store->fill);
    store->fill = NULL;
    nct_status status = keep ? store_sqlite_execute(store, "COMMIT") : NCT_OK;
    if (!sqlite3_get_autocommit(store->connection))
        (void)sqlite3_exec(store->connection, "ROLLBACK", NULL, NULL, NULL);
    return status;
}
