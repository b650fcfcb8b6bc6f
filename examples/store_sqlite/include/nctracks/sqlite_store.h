/*
 * A store on an SQLite 3 file, a library of its own: link nctracks::sqlite_store, or what
 * `pkg-config --libs nctracks-sqlite-store` says.
 *
 *     nct_sqlite_store *store;
 *     if (nct_sqlite_store_open("portal.db", &store) == NCT_OK)
 *         nct_config_set_store(config, nct_sqlite_store_functions(), store);
 *
 * Any number of threads may use one handle, and any number of processes one file (on a local disk: SQLite's
 * write-ahead log does not work over a network). The file and its companions -wal and -shm are readable by their
 * owner only. SQLite runs in its defensive mode, without triggers, views and extensions, and each commit looks whether
 * the schema is still the adapter's. Back it up with SQLite's means (.backup, VACUUM INTO), not by copying the file
 * while it is in use.
 */
#ifndef NCTRACKS_SQLITE_STORE_H
#define NCTRACKS_SQLITE_STORE_H

#include <nctracks/store.h>

#ifdef __cplusplus
extern "C" {
#endif

/* An open file. */
typedef struct nct_sqlite_store nct_sqlite_store;

/*
 * Opens a file, or makes it. NCT_E_UNSUPPORTED: what is in the file is not exactly a store's (another application,
 * another version, a table, an index, a view or a trigger of something else), and is left as it is; NCT_E_STORE: the
 * file or one of its companions is a link, belongs to somebody else or may be written by others, or SQLite failed.
 * nct_sqlite_store_error() names what it is. *out is NULL on failure.
 */
NCT_API nct_status nct_sqlite_store_open(const char *path, nct_sqlite_store **out);

/* Closes the file, when no portal uses the store any more. NULL is fine. */
NCT_API void nct_sqlite_store_close(nct_sqlite_store *store);

/* The functions of every such store; pass the store itself as user_data. */
NCT_API const nct_store *nct_sqlite_store_functions(void);

/* Copies what the calling thread's last failure was, and what can be done, cut to fit; empty when nothing failed.
 * Returns text. */
NCT_API const char *nct_sqlite_store_error(char *text, size_t size);

/*
 * Copying. A row of a copy keeps its revision, which commits cannot give it; so a store is copied by what follows, and
 * only as a whole. No portal may use the destination meanwhile, and none the handle.
 */

/* Receives a row; any answer but NCT_OK ends the reading, which then answers the same. The bytes are lent. */
typedef nct_status nct_sqlite_store_row(int32_t space, const void *key, size_t key_len, uint64_t revision,
                                        const void *value, size_t len, void *user_data);

/* Gives every row in the order of spaces and keys, all as of one moment. NCT_OK; NCT_E_ARGUMENT; NCT_E_STORE; what
 * `row` answered. */
NCT_API nct_status nct_sqlite_store_each(nct_sqlite_store *store, nct_sqlite_store_row *row, void *user_data);

/* Begins to fill an empty store. NCT_OK: end it with nct_sqlite_store_fill_end(); NCT_E_STATE: there are rows in it;
 * NCT_E_ARGUMENT: NULL, or begun before; NCT_E_STORE; NCT_E_NO_MEMORY. */
NCT_API nct_status nct_sqlite_store_fill_begin(nct_sqlite_store *store);

/* Adds a row, whose bytes are copied. NCT_OK; NCT_E_ARGUMENT; NCT_E_STORE, also for a row before this one. */
NCT_API nct_status nct_sqlite_store_fill_put(nct_sqlite_store *store, int32_t space, const void *key, size_t key_len,
                                             uint64_t revision, const void *value, size_t len);

/* Ends it: with `keep` 1 all rows are there, durably, after NCT_OK; with 0, and after anything else, none is but for an
 * answer that was lost. NCT_OK; NCT_E_ARGUMENT; NCT_E_STORE. */
NCT_API nct_status nct_sqlite_store_fill_end(nct_sqlite_store *store, int keep);

#ifdef __cplusplus
}
#endif
#endif
