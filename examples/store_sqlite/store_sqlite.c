#include "store_sqlite.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define APPLICATION_ID 1313035315 /* "NCT3" in ASCII */
#define SCHEMA_VERSION 1
#define BUSY_MILLISECONDS 10000
#define SETUP_TRIES 100

#define TEXT_OF(number) #number
#define NUMBER(macro) TEXT_OF(macro)

enum statement { BEGIN, COMMIT, ROLLBACK, GET, SCAN, INSERT, UPDATE, REMOVE, CHECK, STATEMENTS };

/* Each expectation is part of the statement that depends on it: one row changed, or a conflict. */
static const char *const sql[STATEMENTS] = {
    [BEGIN] = "BEGIN IMMEDIATE",
    [COMMIT] = "COMMIT",
    [ROLLBACK] = "ROLLBACK",
    [GET] = "SELECT revision, value FROM rows WHERE space = ?1 AND key = ?2",
    [SCAN] = "SELECT key, revision, value FROM rows WHERE space = ?1 AND key >= ?2 AND key < ?3 ORDER BY key LIMIT ?4",
    [INSERT] = "INSERT INTO rows (space, key, revision, value) VALUES (?1, ?2, 1, ?4) ON CONFLICT DO NOTHING",
    [UPDATE] = "UPDATE rows SET revision = revision + 1, value = ?4 WHERE space = ?1 AND key = ?2 AND revision = ?3",
    [REMOVE] = "DELETE FROM rows WHERE space = ?1 AND key = ?2 AND revision = ?3",
    [CHECK] = "SELECT revision FROM rows WHERE space = ?1 AND key = ?2",
};

struct store_sqlite {
    pthread_mutex_t mutex; /* one thread at a time uses the connection; none while a sink runs */
    sqlite3 *connection;
    sqlite3_stmt *statements[STATEMENTS];
};

/* A row that a get or scan found; the bytes are those of the key and then those of the value. */
struct found {
    struct found *next;
    uint64_t revision;
    size_t key_len;
    size_t len;
    unsigned char bytes[];
};

static _Thread_local char last_error[256];

static void set_error(const char *text) {
    (void)snprintf(last_error, sizeof last_error, "%s", text);
}

const char *store_sqlite_error(char *text, size_t size) {
    if (text != NULL && size > 0)
        (void)snprintf(text, size, "%s", last_error);
    return text;
}

static nct_status no_memory(void) {
    set_error("out of memory");
    return NCT_E_NO_MEMORY;
}

/* Keeps SQLite's words for the calling thread. To be called at once, before they are forgotten. */
static nct_status failure(struct store_sqlite *store) {
    set_error(sqlite3_errmsg(store->connection));
    return (sqlite3_errcode(store->connection) & 0xff) == SQLITE_NOMEM ? NCT_E_NO_MEMORY : NCT_E_STORE;
}

static nct_status run(struct store_sqlite *store, enum statement which) {
    sqlite3_stmt *statement = store->statements[which];
    nct_status status = sqlite3_step(statement) == SQLITE_DONE ? NCT_OK : failure(store);
    (void)sqlite3_reset(statement);
    return status;
}

/* The bytes live until the statement is done, so nothing is copied. A NULL pointer would bind NULL, not an empty value.
 */
static int bind_bytes(sqlite3_stmt *statement, int index, const void *bytes, size_t len) {
    return sqlite3_bind_blob64(statement, index, len > 0 ? bytes : "", len, SQLITE_STATIC);
}

static int bind_key(sqlite3_stmt *statement, int32_t space, const void *key, size_t key_len) {
    int code = sqlite3_bind_int(statement, 1, space);
    return code == SQLITE_OK ? bind_bytes(statement, 2, key, key_len) : code;
}

/* Ends a statement: the connection must not keep a read transaction, nor pointers into the caller's memory. */
static void finish(sqlite3_stmt *statement) {
    (void)sqlite3_reset(statement);
    (void)sqlite3_clear_bindings(statement);
}

/* Copies the row a statement stands on. The columns are (revision, value), before them the key if key_column says so.
 */
static struct found *copy_row(sqlite3_stmt *statement, int key_column) {
    const void *key = key_column ? sqlite3_column_blob(statement, 0) : NULL;
    size_t key_len = key_column ? (size_t)sqlite3_column_bytes(statement, 0) : 0;
    const void *value = sqlite3_column_blob(statement, key_column + 1);
    size_t len = (size_t)sqlite3_column_bytes(statement, key_column + 1);
    if ((key == NULL && key_len > 0) || (value == NULL && len > 0))
        return NULL;
    struct found *found = malloc(sizeof *found + key_len + len);
    if (found == NULL)
        return NULL;
    *found = (struct found){.key_len = key_len, .len = len};
    found->revision = (uint64_t)sqlite3_column_int64(statement, key_column);
    if (key_len > 0)
        memcpy(found->bytes, key, key_len);
    if (len > 0)
        memcpy(found->bytes + key_len, value, len);
    return found;
}

static nct_status read_row(struct store_sqlite *store, int32_t space, const void *key, size_t key_len,
                           struct found **out) {
    sqlite3_stmt *statement = store->statements[GET];
    int code = bind_key(statement, space, key, key_len);
    if (code == SQLITE_OK)
        code = sqlite3_step(statement);
    nct_status status = NCT_OK;
    if (code == SQLITE_DONE)
        status = NCT_E_NOT_FOUND;
    else if (code != SQLITE_ROW)
        status = failure(store);
    else if ((*out = copy_row(statement, 0)) == NULL)
        status = no_memory();
    finish(statement);
    return status;
}

static nct_status sqlite_get(int32_t space, const void *key, size_t key_len, nct_sink *sink, uint64_t *revision,
                             void *user_data) {
    struct store_sqlite *store = user_data;
    struct found *found = NULL;
    (void)pthread_mutex_lock(&store->mutex);
    nct_status status = read_row(store, space, key, key_len, &found);
    (void)pthread_mutex_unlock(&store->mutex);
    if (status != NCT_OK)
        return status;
    status = nct_sink_value(sink, found->bytes, found->len);
    if (status == NCT_OK)
        *revision = found->revision;
    free(found);
    return status;
}

/* Which keys a scan wants: at or above `from`, below `to`. */
struct range {
    unsigned char from[NCT_KEY_MAX + 1];
    size_t from_len;
    unsigned char to[NCT_KEY_MAX + 1];
    size_t to_len;
};

static int compare(const unsigned char *a, size_t a_len, const unsigned char *b, size_t b_len) {
    size_t shorter = a_len < b_len ? a_len : b_len;
    int order = shorter > 0 ? memcmp(a, b, shorter) : 0;
    if (order != 0)
        return order;
    return (a_len > b_len) - (a_len < b_len);
}

/* What comes directly after a key is the key with a zero byte behind it. */
static void set_from(struct range *range, const void *prefix, size_t prefix_len, const void *after, size_t after_len) {
    int by_after = after_len > 0 && compare(after, after_len, prefix, prefix_len) >= 0;
    range->from_len = by_after ? after_len : prefix_len;
    if (range->from_len > 0)
        memcpy(range->from, by_after ? after : prefix, range->from_len);
    if (by_after)
        range->from[range->from_len++] = 0;
}

/* What comes after all keys of a prefix: the prefix with its last byte below 0xFF counted up, or more than any key. */
static void set_to(struct range *range, const void *prefix, size_t prefix_len) {
    if (prefix_len > 0)
        memcpy(range->to, prefix, prefix_len);
    size_t len = prefix_len;
    while (len > 0 && range->to[len - 1] == 0xff)
        len--;
    range->to_len = len > 0 ? len : sizeof range->to;
    if (len > 0)
        range->to[len - 1]++;
    else
        memset(range->to, 0xff, sizeof range->to);
}

static nct_status bind_range(struct store_sqlite *store, int32_t space, const struct range *range, size_t limit) {
    sqlite3_stmt *statement = store->statements[SCAN];
    int code = bind_key(statement, space, range->from, range->from_len);
    if (code == SQLITE_OK)
        code = bind_bytes(statement, 3, range->to, range->to_len);
    if (code == SQLITE_OK)
        code = sqlite3_bind_int64(statement, 4, limit < INT64_MAX ? (sqlite3_int64)limit : INT64_MAX);
    return code == SQLITE_OK ? NCT_OK : failure(store);
}

/* A list of the rows, in their order. */
static nct_status read_rows(struct store_sqlite *store, struct found **list) {
    sqlite3_stmt *statement = store->statements[SCAN];
    int code = SQLITE_ROW;
    while ((code = sqlite3_step(statement)) == SQLITE_ROW) {
        *list = copy_row(statement, 1);
        if (*list == NULL)
            return no_memory();
        list = &(*list)->next;
    }
    return code == SQLITE_DONE ? NCT_OK : failure(store);
}

/* Hands the rows over while all is well, and frees them in any case. */
static nct_status hand_over(struct found *list, nct_sink *sink, nct_status status) {
    while (list != NULL) {
        struct found *found = list;
        list = found->next;
        if (status == NCT_OK)
            status = nct_sink_row(sink, found->bytes, found->key_len, found->revision, found->bytes + found->key_len,
                                  found->len);
        free(found);
    }
    return status;
}

static nct_status sqlite_scan(int32_t space, const void *prefix, size_t prefix_len, const void *after, size_t after_len,
                              size_t limit, nct_sink *sink, void *user_data) {
    struct store_sqlite *store = user_data;
    if (prefix_len > NCT_KEY_MAX || after_len > NCT_KEY_MAX)
        return NCT_E_STORE;
    struct range range;
    set_from(&range, prefix, prefix_len, after, after_len);
    set_to(&range, prefix, prefix_len);
    struct found *list = NULL;
    (void)pthread_mutex_lock(&store->mutex);
    nct_status status = bind_range(store, space, &range, limit);
    if (status == NCT_OK)
        status = read_rows(store, &list);
    finish(store->statements[SCAN]);
    (void)pthread_mutex_unlock(&store->mutex);
    return hand_over(list, sink, status);
}

/* Runs a statement that must change exactly one row. */
static nct_status change(struct store_sqlite *store, enum statement which, const nct_batch *batch, size_t index) {
    sqlite3_stmt *statement = store->statements[which];
    size_t key_len = 0;
    size_t len = 0;
    const void *key = nct_batch_key(batch, index, &key_len);
    const void *value = nct_batch_value(batch, index, &len);
    int code = bind_key(statement, nct_batch_space(batch, index), key, key_len);
    if (code == SQLITE_OK && which != INSERT)
        code = sqlite3_bind_int64(statement, 3, (sqlite3_int64)nct_batch_revision(batch, index));
    if (code == SQLITE_OK && which != REMOVE)
        code = bind_bytes(statement, 4, value, len);
    if (code == SQLITE_OK)
        code = sqlite3_step(statement);
    nct_status status = NCT_OK;
    if (code != SQLITE_DONE)
        status = failure(store);
    else if (sqlite3_changes(store->connection) != 1)
        status = NCT_E_CONFLICT;
    finish(statement);
    return status;
}

static nct_status check(struct store_sqlite *store, const nct_batch *batch, size_t index) {
    sqlite3_stmt *statement = store->statements[CHECK];
    size_t key_len = 0;
    const void *key = nct_batch_key(batch, index, &key_len);
    int code = bind_key(statement, nct_batch_space(batch, index), key, key_len);
    if (code == SQLITE_OK)
        code = sqlite3_step(statement);
    uint64_t revision = code == SQLITE_ROW ? (uint64_t)sqlite3_column_int64(statement, 0) : 0;
    nct_status status = NCT_OK;
    if (code != SQLITE_ROW && code != SQLITE_DONE)
        status = failure(store);
    else if (revision != nct_batch_revision(batch, index))
        status = NCT_E_CONFLICT;
    finish(statement);
    return status;
}

static nct_status apply(struct store_sqlite *store, const nct_batch *batch, size_t index) {
    int exists = nct_batch_revision(batch, index) > 0;
    switch (nct_batch_kind(batch, index)) {
    case NCT_BATCH_PUT:
        return change(store, exists ? UPDATE : INSERT, batch, index);
    case NCT_BATCH_DELETE:
        return exists ? change(store, REMOVE, batch, index) : check(store, batch, index);
    case NCT_BATCH_CHECK:
        return check(store, batch, index);
    default:
        set_error("unknown kind of operation");
        return NCT_E_STORE;
    }
}

/* A failed COMMIT may have ended the transaction by itself. */
static void roll_back(struct store_sqlite *store) {
    char kept[sizeof last_error];
    memcpy(kept, last_error, sizeof kept);
    if (!sqlite3_get_autocommit(store->connection))
        (void)run(store, ROLLBACK);
    memcpy(last_error, kept, sizeof last_error);
}

/* A file that stays busy longer than the timeout is a failure of the store, not a conflict. */
static nct_status sqlite_commit(const nct_batch *batch, void *user_data) {
    struct store_sqlite *store = user_data;
    (void)pthread_mutex_lock(&store->mutex);
    nct_status status = run(store, BEGIN);
    for (size_t i = 0; status == NCT_OK && i < nct_batch_count(batch); i++)
        status = apply(store, batch, i);
    if (status == NCT_OK)
        status = run(store, COMMIT);
    if (status != NCT_OK)
        roll_back(store);
    (void)pthread_mutex_unlock(&store->mutex);
    return status;
}

const nct_store *store_sqlite_functions(void) {
    static const nct_store functions = {
        .struct_size = sizeof(nct_store), .get = sqlite_get, .scan = sqlite_scan, .commit = sqlite_commit};
    return &functions;
}

static nct_status execute(struct store_sqlite *store, const char *text) {
    return sqlite3_exec(store->connection, text, NULL, NULL, NULL) == SQLITE_OK ? NCT_OK : failure(store);
}

static nct_status query_number(struct store_sqlite *store, const char *text, int *number) {
    sqlite3_stmt *statement = NULL;
    nct_status status = NCT_OK;
    if (sqlite3_prepare_v2(store->connection, text, -1, &statement, NULL) != SQLITE_OK ||
        sqlite3_step(statement) != SQLITE_ROW)
        status = failure(store);
    else
        *number = sqlite3_column_int(statement, 0);
    (void)sqlite3_finalize(statement);
    return status;
}

static nct_status create_tables(struct store_sqlite *store) {
    return execute(store,
                   "CREATE TABLE rows (space INTEGER NOT NULL, key BLOB NOT NULL, revision INTEGER NOT NULL,"
                   " value BLOB NOT NULL, PRIMARY KEY (space, key)) STRICT, WITHOUT ROWID;"
                   "PRAGMA application_id = " NUMBER(APPLICATION_ID) ";"
                                                                     "PRAGMA user_version = " NUMBER(SCHEMA_VERSION));
}

/* An empty file becomes ours; any other must be ours already. */
static nct_status adopt(struct store_sqlite *store) {
    int application = 0;
    int version = 0;
    int objects = 0;
    nct_status status = query_number(store, "PRAGMA application_id", &application);
    if (status == NCT_OK)
        status = query_number(store, "PRAGMA user_version", &version);
    if (status == NCT_OK)
        status = query_number(store, "SELECT count(*) FROM sqlite_schema", &objects);
    if (status != NCT_OK || (application == APPLICATION_ID && version == SCHEMA_VERSION))
        return status;
    if (application == 0 && version == 0 && objects == 0)
        return create_tables(store);
    set_error(application == APPLICATION_ID ? "a store of another version" : "an SQLite file of something else");
    return NCT_E_UNSUPPORTED;
}

/* In one transaction, so that two processes may make the file at once. */
static nct_status adopt_in_transaction(struct store_sqlite *store) {
    nct_status status = execute(store, "BEGIN IMMEDIATE");
    if (status != NCT_OK)
        return status;
    status = adopt(store);
    if (status == NCT_OK)
        status = execute(store, "COMMIT");
    if (!sqlite3_get_autocommit(store->connection))
        (void)sqlite3_exec(store->connection, "ROLLBACK", NULL, NULL, NULL);
    return status;
}

static int is_busy(struct store_sqlite *store) {
    int code = sqlite3_errcode(store->connection) & 0xff;
    return code == SQLITE_BUSY || code == SQLITE_LOCKED;
}

/* Going over to the write-ahead log answers busy without waiting when another process is there first. */
static nct_status use_log(struct store_sqlite *store) {
    nct_status status = execute(store, "PRAGMA journal_mode = WAL");
    for (int tries = 1; status != NCT_OK && is_busy(store) && tries < SETUP_TRIES; tries++) {
        (void)sqlite3_sleep(20);
        status = execute(store, "PRAGMA journal_mode = WAL");
    }
    return status;
}

static nct_status prepare(struct store_sqlite *store) {
    for (size_t i = 0; i < STATEMENTS; i++) {
        if (sqlite3_prepare_v3(store->connection, sql[i], -1, SQLITE_PREPARE_PERSISTENT, &store->statements[i], NULL) !=
            SQLITE_OK)
            return failure(store);
    }
    return NCT_OK;
}

static nct_status set_up(struct store_sqlite *store) {
    (void)sqlite3_busy_timeout(store->connection, BUSY_MILLISECONDS);
    nct_status status = execute(store, "PRAGMA synchronous = FULL; PRAGMA secure_delete = ON;"
                                       "PRAGMA trusted_schema = OFF");
    if (status == NCT_OK)
        status = adopt_in_transaction(store);
    if (status == NCT_OK)
        status = use_log(store);
    return status == NCT_OK ? prepare(store) : status;
}

/*
 * SQLite would make the file under the umask. Its companions take over the mode of the file. A file that is
 * there already is not opened here: closing it would drop the locks that this process may have on it.
 */
static nct_status make_file(const char *path) {
    int file = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (file >= 0)
        return close(file) == 0 ? NCT_OK : NCT_E_STORE;
    if (errno == EEXIST)
        return NCT_OK;
    set_error(strerror(errno));
    return NCT_E_STORE;
}

/*
 * The log and its index got the mode of the file when they were made. If that could only be read then, they would keep
 * a file from being written that can be written again. They are not opened, for the sake of the locks. What cannot be
 * mended here SQLite will tell of.
 */
static void mend_companion(const char *path, const char *suffix) {
    char companion[PATH_MAX];
    struct stat file;
    struct stat info;
    int len = snprintf(companion, sizeof companion, "%s%s", path, suffix);
    if (len > 0 && (size_t)len < sizeof companion && stat(path, &file) == 0 && lstat(companion, &info) == 0 &&
        S_ISREG(info.st_mode) && (file.st_mode & ~info.st_mode & S_IWUSR) != 0)
        (void)chmod(companion, file.st_mode & 0777);
}

static nct_status connect(struct store_sqlite *store, const char *path) {
    mend_companion(path, "-wal");
    mend_companion(path, "-shm");
    int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
    int code = sqlite3_open_v2(path, &store->connection, flags, NULL);
    if (store->connection == NULL)
        return no_memory();
    return code == SQLITE_OK ? set_up(store) : failure(store);
}

nct_status store_sqlite_open(const char *path, struct store_sqlite **out) {
    if (out == NULL)
        return NCT_E_ARGUMENT;
    *out = NULL;
    if (path == NULL || *path == '\0')
        return NCT_E_ARGUMENT;
    set_error("");
    nct_status status = make_file(path);
    if (status != NCT_OK)
        return status;
    struct store_sqlite *store = calloc(1, sizeof *store);
    if (store == NULL || pthread_mutex_init(&store->mutex, NULL) != 0) {
        free(store);
        return no_memory();
    }
    status = connect(store, path);
    if (status == NCT_OK)
        *out = store;
    else
        store_sqlite_close(store);
    return status;
}

void store_sqlite_close(struct store_sqlite *store) {
    if (store == NULL)
        return;
    for (size_t i = 0; i < STATEMENTS; i++)
        (void)sqlite3_finalize(store->statements[i]);
    (void)sqlite3_close(store->connection);
    (void)pthread_mutex_destroy(&store->mutex);
    free(store);
}
