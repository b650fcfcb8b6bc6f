#include "portal_store.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

bool portal_store_is_server(const char *name) {
    return strncmp(name, "postgresql://", 13) == 0 || strncmp(name, "postgres://", 11) == 0;
}

static nct_status open_file(const char *name, portal_store *out) {
    return nct_sqlite_store_open(name, &out->file);
}

static nct_status look_for_file(const char *name) {
    return access(name, F_OK) == 0 ? NCT_OK : NCT_E_NOT_FOUND;
}

#ifdef NCT_WITH_POSTGRESQL

#include <nctracks/postgresql_store.h>

static nct_status open_server(const char *name, portal_store *out) {
    return nct_postgresql_store_open(name, 0, 0, &out->server);
}

static nct_status look_at_server(const char *name) {
    return nct_postgresql_store_look(name);
}

static nct_status use_server(const portal_store *store, nct_config *config) {
    return nct_config_set_store(config, nct_postgresql_store_functions(), store->server);
}

static void close_server(portal_store *store) {
    nct_postgresql_store_close(store->server);
}

static nct_status each_of_server(const portal_store *store, portal_store_row *row, void *user_data) {
    return nct_postgresql_store_each(store->server, row, user_data);
}

static nct_status begin_server(const portal_store *store) {
    return nct_postgresql_store_fill_begin(store->server);
}

static nct_status put_to_server(const portal_store *store, int32_t space, const void *key, size_t key_len,
                                uint64_t revision, const void *value, size_t len) {
    return nct_postgresql_store_fill_put(store->server, space, key, key_len, revision, value, len);
}

static nct_status end_server(const portal_store *store, bool keep) {
    return nct_postgresql_store_fill_end(store->server, keep);
}

static const char *server_error(char *text, size_t size) {
    return nct_postgresql_store_error(text, size);
}

static const char *server_place(const char *name, char *text, size_t size) {
    return nct_postgresql_store_place(name, text, size);
}

#else

static nct_status open_server(const char *name, portal_store *out) {
    (void)name;
    (void)out;
    return NCT_E_UNSUPPORTED;
}

static nct_status look_at_server(const char *name) {
    (void)name;
    return NCT_E_UNSUPPORTED;
}

static nct_status use_server(const portal_store *store, nct_config *config) {
    (void)store;
    (void)config;
    return NCT_E_UNSUPPORTED;
}

static void close_server(portal_store *store) {
    (void)store;
}

static nct_status each_of_server(const portal_store *store, portal_store_row *row, void *user_data) {
    (void)store;
    (void)row;
    (void)user_data;
    return NCT_E_UNSUPPORTED;
}

static nct_status begin_server(const portal_store *store) {
    (void)store;
    return NCT_E_UNSUPPORTED;
}

static nct_status put_to_server(const portal_store *store, int32_t space, const void *key, size_t key_len,
                                uint64_t revision, const void *value, size_t len) {
    (void)store;
    (void)space;
    (void)key;
    (void)key_len;
    (void)revision;
    (void)value;
    (void)len;
    return NCT_E_UNSUPPORTED;
}

static nct_status end_server(const portal_store *store, bool keep) {
    (void)store;
    (void)keep;
    return NCT_E_UNSUPPORTED;
}

static const char *server_error(char *text, size_t size) {
    (void)snprintf(text, size, "this program was built without PostgreSQL: libpq was not there");
    return text;
}

static const char *server_place(const char *name, char *text, size_t size) {
    (void)name;
    (void)snprintf(text, size, "postgresql://");
    return text;
}

#endif

const char *portal_store_place(const char *name, char *text, size_t size) {
    if (portal_store_is_server(name)) {
        return server_place(name, text, size);
    }
    (void)snprintf(text, size, "%s", name);
    return text;
}

nct_status portal_store_look(const char *name) {
    return portal_store_is_server(name) ? look_at_server(name) : look_for_file(name);
}

nct_status portal_store_open(const char *name, portal_store *out) {
    *out = (portal_store){NULL, NULL};
    return portal_store_is_server(name) ? open_server(name, out) : open_file(name, out);
}

void portal_store_close(portal_store *store) {
    nct_sqlite_store_close(store->file);
    close_server(store);
    *store = (portal_store){NULL, NULL};
}

nct_status portal_store_use(const portal_store *store, nct_config *config) {
    return store->server != NULL ? use_server(store, config)
                                 : nct_config_set_store(config, nct_sqlite_store_functions(), store->file);
}

const char *portal_store_error(const char *name, char *text, size_t size) {
    return portal_store_is_server(name) ? server_error(text, size) : nct_sqlite_store_error(text, size);
}

nct_status portal_store_each(const portal_store *store, portal_store_row *row, void *user_data) {
    return store->server != NULL ? each_of_server(store, row, user_data)
                                 : nct_sqlite_store_each(store->file, row, user_data);
}

nct_status portal_store_fill_begin(const portal_store *store) {
    return store->server != NULL ? begin_server(store) : nct_sqlite_store_fill_begin(store->file);
}

nct_status portal_store_fill_put(const portal_store *store, int32_t space, const void *key, size_t key_len,
                                 uint64_t revision, const void *value, size_t len) {
    return store->server != NULL ? put_to_server(store, space, key, key_len, revision, value, len)
                                 : nct_sqlite_store_fill_put(store->file, space, key, key_len, revision, value, len);
}

nct_status portal_store_fill_end(const portal_store *store, bool keep) {
    return store->server != NULL ? end_server(store, keep) : nct_sqlite_store_fill_end(store->file, keep);
}
