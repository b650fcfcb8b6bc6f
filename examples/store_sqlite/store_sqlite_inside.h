/* What the files of the adapter share. */
#ifndef STORE_SQLITE_INSIDE_H
#define STORE_SQLITE_INSIDE_H

#include <nctracks/sqlite_store.h>
#include <pthread.h>
#include <sqlite3.h>

enum statement { BEGIN, COMMIT, ROLLBACK, GET, SCAN, INSERT, UPDATE, REMOVE, CHECK, SCHEMA_COOKIE, STATEMENTS };

struct nct_sqlite_store {
    pthread_mutex_t mutex; /* one thread at a time uses the connection; none while a sink runs */
    sqlite3 *connection;
    sqlite3_stmt *statements[STATEMENTS];
    sqlite3_stmt *fill; /* while the file is being filled */
    int cookie;         /* SQLite's number of the schema that was looked at */
};

/* The words nct_sqlite_store_error() gives. */
__attribute__((format(printf, 1, 2))) void store_sqlite_say(const char *format, ...);
nct_status store_sqlite_no_memory(void);

/* Says what SQLite's last failure means for an operator. To be called at once, before it is forgotten. */
nct_status store_sqlite_failure(nct_sqlite_store *store);

/* Runs a whole text of statements. */
nct_status store_sqlite_execute(nct_sqlite_store *store, const char *text);

/* Makes the schema in an empty file; any other must be exactly the adapter's, or is named. */
nct_status store_sqlite_adopt(nct_sqlite_store *store);

/* Inside a transaction: the schema is still the one that was looked at, or another that is exactly the adapter's. */
nct_status store_sqlite_same_schema(nct_sqlite_store *store);

#endif
