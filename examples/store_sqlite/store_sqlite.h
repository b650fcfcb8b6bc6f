/*
 * A store on an SQLite 3 file. It needs the library's public headers and libsqlite3, nothing else:
 *
 *     struct store_sqlite *store;
 *     if (store_sqlite_open("portal.db", &store) == NCT_OK)
 *         nct_config_set_store(config, store_sqlite_functions(), store);
 *
 * Any number of threads may use one handle, and any number of processes one file (on a local disk: SQLite's
 * write-ahead log does not work over a network). The file and its companions -wal and -shm are readable by their
 * owner only. Back it up with SQLite's means (.backup, VACUUM INTO), not by copying the file while it is in use.
 */
#ifndef STORE_SQLITE_H
#define STORE_SQLITE_H

#include <nctracks/store.h>

struct store_sqlite;

/*
 * Opens a file, or makes it. NCT_E_UNSUPPORTED: an SQLite file of something else, which is left as it is;
 * NCT_E_STORE: SQLite failed, see store_sqlite_error(). *out is NULL on failure.
 */
nct_status store_sqlite_open(const char *path, struct store_sqlite **out);

/* Closes the file, when no portal uses the store any more. NULL is fine. */
void store_sqlite_close(struct store_sqlite *store);

/* The functions of every such store; pass the store itself as user_data. */
const nct_store *store_sqlite_functions(void);

/* Copies what SQLite said to the calling thread's last failure, cut to fit; empty when nothing failed. Returns text. */
const char *store_sqlite_error(char *text, size_t size);

#endif
