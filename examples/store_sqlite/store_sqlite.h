/*
 * A store on an SQLite 3 file. It needs the library's public headers, libsqlite3 (3.37 or newer) and the files beside
 * this one and in ../trusted_file:
 *
 *     struct store_sqlite *store;
 *     if (store_sqlite_open("portal.db", &store) == NCT_OK)
 *         nct_config_set_store(config, store_sqlite_functions(), store);
 *
 * Any number of threads may use one handle, and any number of processes one file (on a local disk: SQLite's
 * write-ahead log does not work over a network). The file and its companions -wal and -shm are readable by their
 * owner only. SQLite runs in its defensive mode, without triggers, views and extensions, and each commit looks whether
 * the schema is still the adapter's. Back it up with SQLite's means (.backup, VACUUM INTO), not by copying the file
 * while it is in use.
 */
#ifndef STORE_SQLITE_H
#define STORE_SQLITE_H

#include <nctracks/store.h>

struct store_sqlite;

/*
 * Opens a file, or makes it. NCT_E_UNSUPPORTED: what is in the file is not exactly a store's (another application,
 * another version, a table, an index, a view or a trigger of something else), and is left as it is; NCT_E_STORE: the
 * file or one of its companions is a link, belongs to somebody else or may be written by others, or SQLite failed.
 * store_sqlite_error() names what it is. *out is NULL on failure.
 */
nct_status store_sqlite_open(const char *path, struct store_sqlite **out);

/* Closes the file, when no portal uses the store any more. NULL is fine. */
void store_sqlite_close(struct store_sqlite *store);

/* The functions of every such store; pass the store itself as user_data. */
const nct_store *store_sqlite_functions(void);

/* Copies what the calling thread's last failure was, and what can be done, cut to fit; empty when nothing failed.
 * Returns text. */
const char *store_sqlite_error(char *text, size_t size);

#endif
