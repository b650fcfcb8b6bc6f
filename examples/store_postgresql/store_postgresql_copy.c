/* Rows as they lie in the database, for a copy to or from another store. */
#include "store_postgresql_inside.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

/* ---- Reading ---- */

/* Where a page begins: after this row. */
struct place {
    unsigned char space[4];
    unsigned char key[NCT_KEY_MAX];
    size_t key_len;
};

static nct_status give_page(const PGresult *page, struct place *place, nct_postgresql_store_row *row, void *user_data) {
    nct_status status = NCT_OK;
    for (int i = 0; status == NCT_OK && i < PQntuples(page); i++) {
        const unsigned char *space = (const unsigned char *)PQgetvalue(page, i, 0);
        uint32_t number = (uint32_t)space[0] << 24 | (uint32_t)space[1] << 16 | (uint32_t)space[2] << 8 | space[3];
        size_t key_len = (size_t)PQgetlength(page, i, 1);
        if (key_len > NCT_KEY_MAX) {
            postgresql_say("a key is longer than %d bytes", NCT_KEY_MAX);
            return NCT_E_STORE;
        }
        status = row((int32_t)number, PQgetvalue(page, i, 1), key_len, postgresql_take_64(PQgetvalue(page, i, 2)),
                     PQgetvalue(page, i, 3), (size_t)PQgetlength(page, i, 3), user_data);
        memcpy(place->space, space, sizeof place->space);
        memcpy(place->key, PQgetvalue(page, i, 1), key_len);
        place->key_len = key_len;
    }
    return status;
}

static nct_status give_pages(struct postgresql_link *link, int32_t patience, nct_postgresql_store_row *row,
                             void *user_data) {
    struct place place = {.key_len = 0};
    postgresql_put_32(place.space, (uint32_t)INT32_MIN);
    nct_status status = NCT_OK;
    int more = 1;
    while (status == NCT_OK && more) {
        const struct postgresql_step step = {.statement = STATEMENT_EACH,
                                             .count = 2,
                                             .values = {(const char *)place.space, (const char *)place.key},
                                             .lengths = {sizeof place.space, (int)place.key_len}};
        PGresult *page = NULL;
        int there = postgresql_link_exchange(link, &step, 1, &page, postgresql_now() + patience);
        status = there ? postgresql_result_status(page) : NCT_E_STORE;
        more = status == NCT_OK && PQntuples(page) > 0;
        if (more)
            status = give_page(page, &place, row, user_data);
        PQclear(page);
    }
    return status;
}

/* Several statements see one moment of the database. */
static nct_status begin_reading(struct postgresql_link *link, int64_t deadline) {
    nct_status status = postgresql_link_tell(link, "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", deadline);
    if (status == NCT_OK)
        status = postgresql_link_tell(link, "SET LOCAL idle_in_transaction_session_timeout = 0", deadline);
    return status;
}

nct_status nct_postgresql_store_each(nct_postgresql_store *store, nct_postgresql_store_row *row, void *user_data) {
    if (store == NULL || row == NULL)
        return NCT_E_ARGUMENT;
    int64_t deadline = postgresql_now() + store->patience;
    struct postgresql_link *link = postgresql_pool_take(store, deadline);
    if (link == NULL)
        return NCT_E_STORE;
    nct_status status = begin_reading(link, deadline);
    if (status == NCT_OK)
        status = give_pages(link, store->patience, row, user_data);
    if (status == NCT_OK)
        status = postgresql_link_tell(link, "COMMIT", postgresql_now() + store->patience);
    postgresql_pool_give(store, link, status == NCT_OK);
    return status;
}

/* ---- Filling ---- */

#define ROWS 256 /* sent at once */
#define ROOM ((size_t)4 * 1024 * 1024)

/* Rows that wait until there are enough of them. */
struct postgresql_fill {
    struct postgresql_link *link;
    size_t count;
    size_t used;
    struct postgresql_step steps[ROWS];
    unsigned char bytes[ROOM];
};

static const char *keep(struct postgresql_fill *fill, const void *bytes, size_t len) {
    unsigned char *at = fill->bytes + fill->used;
    if (len > 0)
        memcpy(at, bytes, len);
    fill->used += len;
    return (const char *)at;
}

static nct_status send_rows(nct_postgresql_store *store) {
    struct postgresql_fill *fill = store->fill;
    PGresult *results[ROWS] = {NULL};
    int there = fill->count == 0 || postgresql_link_exchange(fill->link, fill->steps, fill->count, results,
                                                             postgresql_now() + store->patience);
    nct_status status = there ? NCT_OK : NCT_E_STORE;
    for (size_t i = 0; i < fill->count; i++) {
        if (status == NCT_OK)
            status = postgresql_result_status(results[i]);
        PQclear(results[i]);
    }
    fill->count = fill->used = 0;
    return status;
}

static nct_status check_empty(struct postgresql_link *link, int64_t deadline) {
    nct_status status = NCT_OK;
    PGresult *found = postgresql_link_ask(link, "SELECT 1 FROM nctracks.rows LIMIT 1", deadline, &status);
    if (found != NULL && PQntuples(found) > 0) {
        postgresql_say("there are rows in it already");
        status = NCT_E_STATE;
    }
    PQclear(found);
    return status;
}

/* Alone: nobody commits meanwhile. */
static nct_status begin_filling(struct postgresql_link *link, int64_t deadline) {
    static const char *const texts[] = {"BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE",
                                        "SET LOCAL idle_in_transaction_session_timeout = 0", POSTGRESQL_LOCK_ALL};
    nct_status status = NCT_OK;
    for (size_t i = 0; status == NCT_OK && i < sizeof texts / sizeof texts[0]; i++)
        status = postgresql_link_tell(link, texts[i], deadline);
    return status == NCT_OK ? check_empty(link, deadline) : status;
}

static void stop_filling(nct_postgresql_store *store, int usable) {
    postgresql_pool_give(store, store->fill->link, usable);
    free(store->fill);
    store->fill = NULL;
}

nct_status nct_postgresql_store_fill_begin(nct_postgresql_store *store) {
    if (store == NULL || store->fill != NULL)
        return NCT_E_ARGUMENT;
    int64_t deadline = postgresql_now() + store->patience;
    struct postgresql_fill *fill = calloc(1, sizeof *fill);
    if (fill == NULL)
        return postgresql_no_memory();
    fill->link = postgresql_pool_take(store, deadline);
    if (fill->link == NULL) {
        free(fill);
        return NCT_E_STORE;
    }
    store->fill = fill;
    nct_status status = begin_filling(fill->link, deadline);
    if (status != NCT_OK)
        stop_filling(store, 0);
    return status;
}

nct_status nct_postgresql_store_fill_put(nct_postgresql_store *store, int32_t space, const void *key, size_t key_len,
                                         uint64_t revision, const void *value, size_t len) {
    if (store == NULL || store->fill == NULL || key_len > NCT_KEY_MAX || len > NCT_VALUE_MAX)
        return NCT_E_ARGUMENT;
    struct postgresql_fill *fill = store->fill;
    unsigned char space_bytes[4], revision_bytes[8];
    nct_status status = NCT_OK;
    if (fill->count == ROWS || fill->used + key_len + len + sizeof space_bytes + sizeof revision_bytes > ROOM)
        status = send_rows(store);
    if (status != NCT_OK)
        return status;
    postgresql_put_32(space_bytes, (uint32_t)space);
    postgresql_put_64(revision_bytes, revision);
    fill->steps[fill->count++] =
        (struct postgresql_step){.statement = STATEMENT_FILL,
                                 .count = 4,
                                 .values = {keep(fill, space_bytes, sizeof space_bytes), keep(fill, key, key_len),
                                            keep(fill, revision_bytes, sizeof revision_bytes), keep(fill, value, len)},
                                 .lengths = {sizeof space_bytes, (int)key_len, sizeof revision_bytes, (int)len}};
    return NCT_OK;
}

/* A COMMIT whose answer is lost is a failure here: whoever copies looks at what is there. */
nct_status nct_postgresql_store_fill_end(nct_postgresql_store *store, int keep_rows) {
    if (store == NULL || store->fill == NULL)
        return NCT_E_ARGUMENT;
    nct_status status = keep_rows ? send_rows(store) : NCT_OK;
    if (keep_rows && status == NCT_OK)
        status = postgresql_link_tell(store->fill->link, "COMMIT", postgresql_now() + store->patience);
    stop_filling(store, keep_rows && status == NCT_OK);
    return status;
}
