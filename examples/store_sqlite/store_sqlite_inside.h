/* What the files of the adapter share. */
#ifndef STORE_SQLITE_INSIDE_H
#define STORE_SQLITE_INSIDE_H

#include <nctracks/sqlite_store.h>
#include <pthread.h>
#include <sqlite3.h>

enum statement {
    BEGIN,
    COMMIT,
    ROLLBACK,
    PART,
    KEEP_PART,
    UNDO_PART,
    GET,
    SCAN,
    INSERT,
    UPDATE,
    REMOVE,
    CHECK,
    SCHEMA_COOKIE,
    STATEMENTS
};

/* On the stack of the thread that waits for it. */
struct waiting_commit {
    const nct_batch *batch;
    struct waiting_commit *next;
    nct_status status;
    int settled;
    char error[256]; /* for nct_sqlite_store_error() of its thread */
};

/* Commits that wait; see store_sqlite_commit.c. */
struct commit_queue {
    pthread_mutex_t mutex;
    pthread_cond_t settled;
    struct waiting_commit *first;
    int at_work; /* a thread makes some; the others wait */
};

/* A file on two connections: in the write-ahead log nobody who reads waits for a commit, or for its disk. */
struct nct_sqlite_store {
    nct_sqlite_store *reading; /* the other connection, of get and scan; NULL in itself */
    struct commit_queue queue;
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

/* The store's commit(). */
nct_status store_sqlite_commit(const nct_batch *batch, void *user_data);

/* The bytes live until the statement is done, so nothing is copied. A NULL pointer would bind NULL, not an empty value.
 */
int store_sqlite_bind_bytes(sqlite3_stmt *statement, int index, const void *bytes, size_t len);
int store_sqlite_bind_key(sqlite3_stmt *statement, int32_t space, const void *key, size_t key_len);

/* Ends a statement: the connection must not keep a read transaction, nor pointers into the caller's memory. */
void store_sqlite_finish(sqlite3_stmt *statement);

/* Runs a whole text of statements. */
nct_status store_sqlite_execute(nct_sqlite_store *store, const char *text);

/* Makes the schema in an empty file; any other must be exactly the adapter's, or is named. */
nct_status store_sqlite_adopt(nct_sqlite_store *store);

/* Inside a transaction: the schema is still the one that was looked at, or another that is exactly the adapter's. */
nct_status store_sqlite_same_schema(nct_sqlite_store *store);

#endif
