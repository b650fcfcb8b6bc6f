/* Reading, and the three functions of a store on PostgreSQL. */
#include "key_range.h"
#include "store_postgresql_inside.h"

#include <string.h>

/* Asks until there is an answer, or the time is over. The result belongs to the caller. */
static nct_status read_rows(struct nct_postgresql_store *store, const struct postgresql_step *step, PGresult **out) {
    int64_t deadline = postgresql_now() + store->patience;
    for (;;) {
        struct postgresql_link *link = postgresql_pool_take(store, deadline);
        if (link == NULL)
            return NCT_E_STORE;
        int there = postgresql_link_exchange(link, step, 1, out, deadline);
        nct_status status = there ? postgresql_result_status(*out) : NCT_E_STORE;
        int again = !there || (status != NCT_OK && postgresql_is_passing(*out));
        postgresql_pool_give(store, link, there);
        if (status == NCT_OK || !again || postgresql_now() >= deadline)
            return status;
        PQclear(*out);
        *out = NULL;
    }
}

static void bind(struct postgresql_step *step, const void *bytes, size_t len) {
    step->values[step->count] = len > 0 ? bytes : "";
    step->lengths[step->count++] = (int)len;
}

/* A column is given out where it lies in the result. */
static const char *column(const PGresult *result, int row, int index, size_t *len) {
    *len = (size_t)PQgetlength(result, row, index);
    return PQgetvalue(result, row, index);
}

static uint64_t number(const PGresult *result, int row, int index) {
    return postgresql_take_64(PQgetvalue(result, row, index));
}

static nct_status give_value(const PGresult *result, nct_sink *sink, uint64_t *revision) {
    size_t len = 0;
    if (PQntuples(result) == 0)
        return NCT_E_NOT_FOUND;
    const char *value = column(result, 0, 1, &len);
    nct_status status = nct_sink_value(sink, value, len);
    if (status == NCT_OK)
        *revision = number(result, 0, 0);
    return status;
}

nct_status postgresql_get(int32_t space, const void *key, size_t key_len, nct_sink *sink, uint64_t *revision,
                          void *user_data) {
    unsigned char space_bytes[4];
    struct postgresql_step step = {.statement = STATEMENT_GET};
    PGresult *result = NULL;
    postgresql_put_32(space_bytes, (uint32_t)space);
    bind(&step, space_bytes, sizeof space_bytes);
    bind(&step, key, key_len);
    nct_status status = read_rows(user_data, &step, &result);
    if (status == NCT_OK)
        status = give_value(result, sink, revision);
    PQclear(result);
    return status;
}

static nct_status give_rows(const PGresult *result, nct_sink *sink) {
    nct_status status = NCT_OK;
    for (int row = 0; status == NCT_OK && row < PQntuples(result); row++) {
        size_t key_len = 0;
        size_t len = 0;
        const char *key = column(result, row, 0, &key_len);
        const char *value = column(result, row, 2, &len);
        status = nct_sink_row(sink, key, key_len, number(result, row, 1), value, len);
    }
    return status;
}

nct_status postgresql_scan(int32_t space, const void *prefix, size_t prefix_len, const void *after, size_t after_len,
                           size_t limit, nct_sink *sink, void *user_data) {
    unsigned char space_bytes[4], limit_bytes[8];
    struct postgresql_step step = {.statement = STATEMENT_SCAN};
    struct key_range range;
    PGresult *result = NULL;
    if (prefix_len > NCT_KEY_MAX || after_len > NCT_KEY_MAX)
        return NCT_E_STORE;
    key_range_set(&range, prefix, prefix_len, after, after_len);
    postgresql_put_32(space_bytes, (uint32_t)space);
    postgresql_put_64(limit_bytes, limit < INT64_MAX ? limit : INT64_MAX);
    bind(&step, space_bytes, sizeof space_bytes);
    bind(&step, range.from, range.from_len);
    bind(&step, range.to, range.to_len);
    bind(&step, limit_bytes, sizeof limit_bytes);
    nct_status status = read_rows(user_data, &step, &result);
    if (status == NCT_OK)
        status = give_rows(result, sink);
    PQclear(result);
    return status;
}

const nct_store *nct_postgresql_store_functions(void) {
    static const nct_store functions = {
        .struct_size = sizeof(nct_store), .get = postgresql_get, .scan = postgresql_scan, .commit = postgresql_commit};
    return &functions;
}
