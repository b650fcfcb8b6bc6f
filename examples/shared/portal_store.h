/** The store a portal is kept in, by its name: a file of SQLite, or postgresql://... where the program was built with
 * it. */
#ifndef NCTRACKS_PORTAL_STORE_H
#define NCTRACKS_PORTAL_STORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <nctracks/config.h>
#include <nctracks/sqlite_store.h>

struct nct_postgresql_store;

/** One of the two is not NULL while it is open. Zero: closed. */
typedef struct portal_store {
    nct_sqlite_store *file;
    struct nct_postgresql_store *server;
} portal_store;

/** Whether a name is a connection string, not a path. */
bool portal_store_is_server(const char *name);

/** The name without a password, for messages; cut to fit. Returns `text`. */
const char *portal_store_place(const char *name, char *text, size_t size);

/** Whether there is a store of this name: NCT_OK; NCT_E_NOT_FOUND; else why that cannot be said. Makes nothing. */
nct_status portal_store_look(const char *name);

/** Opens it, or makes it. NCT_E_UNSUPPORTED also where the program was built without PostgreSQL. */
nct_status portal_store_open(const char *name, portal_store *out);
void portal_store_close(portal_store *store);

/** Has a portal use it. */
nct_status portal_store_use(const portal_store *store, nct_config *config);

/** Rows as they lie in a store, for copies; see nct_sqlite_store_each() and what follows it. */
typedef nct_status portal_store_row(int32_t space, const void *key, size_t key_len, uint64_t revision,
                                    const void *value, size_t len, void *user_data);
nct_status portal_store_each(const portal_store *store, portal_store_row *row, void *user_data);
nct_status portal_store_fill_begin(const portal_store *store);
nct_status portal_store_fill_put(const portal_store *store, int32_t space, const void *key, size_t key_len,
                                 uint64_t revision, const void *value, size_t len);
nct_status portal_store_fill_end(const portal_store *store, bool keep);

/** What the calling thread's last failure with a store of this name was. Returns `text`. */
const char *portal_store_error(const char *name, char *text, size_t size);

#endif
