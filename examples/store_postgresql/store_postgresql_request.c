/* A batch as the server wants it: lists in PostgreSQL's binary form, and the locks that go with it. */
#include "store_postgresql_inside.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

/* Types by the numbers they have in every PostgreSQL. */
#define TYPE_BOOL 16
#define TYPE_BYTEA 17
#define TYPE_INT8 20
#define TYPE_INT4 23

#define LIST_HEADER 20
#define REQUEST_MOST ((size_t)512 * 1024 * 1024) /* the server takes 1 GB at once, and needs some of it itself */

void postgresql_put_32(unsigned char out[4], uint32_t number) {
    for (int i = 0; i < 4; i++)
        out[i] = (unsigned char)(number >> (24 - 8 * i));
}

void postgresql_put_64(unsigned char out[8], uint64_t number) {
    postgresql_put_32(out, (uint32_t)(number >> 32));
    postgresql_put_32(out + 4, (uint32_t)number);
}

uint64_t postgresql_take_64(const char *bytes) {
    uint64_t number = 0;
    for (int i = 0; i < 8; i++)
        number = number << 8 | (unsigned char)bytes[i];
    return number;
}

/* ---- Locks ---- */

/*
 * A number for a row: FNV-1a. Two rows that share a number wait for each other
 * without need; no harm is done.
 */
static int64_t lock_key(int32_t space, const unsigned char *key, size_t len) {
    uint64_t hash = UINT64_C(14695981039346656037) ^ (uint32_t)space;
    hash *= UINT64_C(1099511628211);
    for (size_t i = 0; i < len; i++)
        hash = (hash ^ key[i]) * UINT64_C(1099511628211);
    hash ^= hash >> 29;
    return (int64_t)(hash >> 1);
}

static int compare_locks(const void *a, const void *b) {
    const struct postgresql_lock *one = a;
    const struct postgresql_lock *other = b;
    if (one->key != other->key)
        return one->key < other->key ? -1 : 1;
    return one->shared - other->shared; /* who writes first: of two for one number it is the one that stays */
}

static size_t without_doubles(struct postgresql_lock *locks, size_t count) {
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        if (kept == 0 || locks[kept - 1].key != locks[i].key)
            locks[kept++] = locks[i];
    }
    return kept;
}

static int only_looks(const nct_batch *batch, size_t index) {
    return nct_batch_kind(batch, index) == NCT_BATCH_CHECK;
}

/* The gate first, then rows in the order of their numbers: who waits holds nothing that comes later, so nobody waits in
 * a circle. */
size_t postgresql_locks(const nct_batch *batch, struct postgresql_lock locks[POSTGRESQL_LOCKS]) {
    size_t count = nct_batch_count(batch);
    int fits = count < POSTGRESQL_LOCKS;
    locks[0] = (struct postgresql_lock){.key = POSTGRESQL_GATE, .shared = fits};
    if (!fits)
        return 1;
    for (size_t i = 0; i < count; i++) {
        size_t len = 0;
        const void *key = nct_batch_key(batch, i, &len);
        locks[1 + i] = (struct postgresql_lock){lock_key(nct_batch_space(batch, i), key, len), only_looks(batch, i)};
    }
    qsort(locks + 1, count, sizeof *locks, compare_locks);
    return 1 + without_doubles(locks + 1, count);
}

/* ---- Lists ---- */

static void put_bytes(struct postgresql_request *request, const void *bytes, size_t len) {
    postgresql_put_32(request->bytes + request->used, (uint32_t)len);
    if (len > 0)
        memcpy(request->bytes + request->used + 4, bytes, len);
    request->used += 4 + len;
}

static void put_32(struct postgresql_request *request, uint32_t number) {
    unsigned char bytes[4];
    postgresql_put_32(bytes, number);
    put_bytes(request, bytes, sizeof bytes);
}

static void put_64(struct postgresql_request *request, uint64_t number) {
    unsigned char bytes[8];
    postgresql_put_64(bytes, number);
    put_bytes(request, bytes, sizeof bytes);
}

/* One dimension, no NULL, the type, how many, counted from 1. */
static void begin_list(struct postgresql_request *request, uint32_t type, size_t count) {
    const uint32_t header[] = {1, 0, type, (uint32_t)count, 1};
    request->at[request->lists++] = request->used;
    for (size_t i = 0; i < sizeof header / sizeof header[0]; i++)
        postgresql_put_32(request->bytes + request->used + 4 * i, header[i]);
    request->used += LIST_HEADER;
}

static void put_locks(struct postgresql_request *request, const struct postgresql_lock *locks, size_t count) {
    begin_list(request, TYPE_INT8, count);
    for (size_t i = 0; i < count; i++)
        put_64(request, (uint64_t)locks[i].key);
    begin_list(request, TYPE_BOOL, count);
    for (size_t i = 0; i < count; i++) {
        const unsigned char shared = locks[i].shared != 0;
        put_bytes(request, &shared, 1);
    }
}

static void put_operations(struct postgresql_request *request, const nct_batch *batch) {
    size_t count = nct_batch_count(batch);
    size_t len = 0;
    begin_list(request, TYPE_INT4, count);
    for (size_t i = 0; i < count; i++)
        put_32(request, (uint32_t)nct_batch_space(batch, i));
    begin_list(request, TYPE_BYTEA, count);
    for (size_t i = 0; i < count; i++) {
        const void *key = nct_batch_key(batch, i, &len);
        put_bytes(request, key, len);
    }
    begin_list(request, TYPE_INT8, count);
    for (size_t i = 0; i < count; i++)
        put_64(request, nct_batch_revision(batch, i));
    begin_list(request, TYPE_INT4, count);
    for (size_t i = 0; i < count; i++)
        put_32(request, (uint32_t)nct_batch_kind(batch, i));
    begin_list(request, TYPE_BYTEA, count);
    for (size_t i = 0; i < count; i++) {
        len = 0;
        const void *value = nct_batch_value(batch, i, &len);
        put_bytes(request, value, value != NULL ? len : 0);
    }
}

/* What each operation takes in the five lists, apart from its key and value. */
#define OPERATION_BYTES (8 + 4 + 12 + 8 + 4)
#define LOCK_BYTES (12 + 5)

static nct_status measure(const nct_batch *batch, size_t *room) {
    size_t count = nct_batch_count(batch);
    *room = (size_t)7 * LIST_HEADER + (size_t)POSTGRESQL_LOCKS * LOCK_BYTES;
    for (size_t i = 0; i < count; i++) {
        size_t key_len = 0;
        size_t len = 0;
        (void)nct_batch_key(batch, i, &key_len);
        if (nct_batch_value(batch, i, &len) == NULL)
            len = 0;
        *room += OPERATION_BYTES + key_len + len;
        int32_t kind = nct_batch_kind(batch, i);
        if ((kind != NCT_BATCH_PUT && kind != NCT_BATCH_DELETE && kind != NCT_BATCH_CHECK) || *room > REQUEST_MOST) {
            postgresql_say("%s",
                           *room > REQUEST_MOST ? "the commit has more than 512 MB" : "unknown kind of operation");
            return NCT_E_STORE;
        }
    }
    return NCT_OK;
}

nct_status postgresql_request_make(const nct_batch *batch, struct postgresql_request *request) {
    struct postgresql_lock locks[POSTGRESQL_LOCKS];
    *request = (struct postgresql_request){0};
    nct_status status = measure(batch, &request->room);
    if (status != NCT_OK)
        return status;
    request->bytes = malloc(request->room);
    if (request->bytes == NULL)
        return postgresql_no_memory();
    put_locks(request, locks, postgresql_locks(batch, locks));
    put_operations(request, batch);
    request->at[request->lists] = request->used;
    return NCT_OK;
}

void postgresql_request_clear(struct postgresql_request *request) {
    free(request->bytes);
    *request = (struct postgresql_request){0};
}

void postgresql_request_bind(const struct postgresql_request *request, size_t from, size_t count,
                             struct postgresql_step *step) {
    for (size_t i = 0; i < count; i++) {
        step->values[i] = (const char *)request->bytes + request->at[from + i];
        step->lengths[i] = (int)(request->at[from + i + 1] - request->at[from + i]);
    }
    step->count = (int)count;
}
