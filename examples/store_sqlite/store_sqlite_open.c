/* Opening and closing the file. Nothing in it is trusted before it was looked at. */
#include "store_sqlite_inside.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "trusted_file.h"

#define BUSY_MILLISECONDS 10000
#define BUSY_PAUSE 2
#define SETUP_TRIES 100

/* Each expectation is part of the statement that depends on it: one row changed, or a conflict. */
static const char *const sql[STATEMENTS] = {
    [BEGIN] = "BEGIN IMMEDIATE",
    [COMMIT] = "COMMIT",
    [ROLLBACK] = "ROLLBACK",
    [PART] = "SAVEPOINT part",
    [KEEP_PART] = "RELEASE part",
    [UNDO_PART] = "ROLLBACK TO part",
    [GET] = "SELECT revision, value FROM rows WHERE space = ?1 AND key = ?2",
    [SCAN] = "SELECT key, revision, value FROM rows WHERE space = ?1 AND key >= ?2 AND key < ?3 ORDER BY key LIMIT ?4",
    [INSERT] = "INSERT INTO rows (space, key, revision, value) VALUES (?1, ?2, 1, ?4) ON CONFLICT DO NOTHING",
    [UPDATE] = "UPDATE rows SET revision = revision + 1, value = ?4 WHERE space = ?1 AND key = ?2 AND revision = ?3",
    [REMOVE] = "DELETE FROM rows WHERE space = ?1 AND key = ?2 AND revision = ?3",
    [CHECK] = "SELECT revision FROM rows WHERE space = ?1 AND key = ?2",
    [SCHEMA_COOKIE] = "PRAGMA schema_version",
};

/* What a hostile file could make a connection do, off; see https://sqlite.org/security.html. */
static const struct {
    int option;
    int on;
} defenses[] = {
    {SQLITE_DBCONFIG_DEFENSIVE, 1},
    {SQLITE_DBCONFIG_ENABLE_TRIGGER, 0},
    {SQLITE_DBCONFIG_ENABLE_VIEW, 0},
    {SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0},
    {SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0},
    {SQLITE_DBCONFIG_ENABLE_FTS3_TOKENIZER, 0},
    {SQLITE_DBCONFIG_ENABLE_FKEY, 0},
    {SQLITE_DBCONFIG_WRITABLE_SCHEMA, 0},
    {SQLITE_DBCONFIG_DQS_DML, 0},
    {SQLITE_DBCONFIG_DQS_DDL, 0},
};

static const char settings[] = "PRAGMA cell_size_check = ON;" /* a damaged page is found before it is used */
                               "PRAGMA mmap_size = 0;"        /* a file cut off under a mapping would end the process */
                               "PRAGMA synchronous = FULL; PRAGMA secure_delete = ON";

static nct_status defend(nct_sqlite_store *store) {
    for (size_t i = 0; i < sizeof defenses / sizeof defenses[0]; i++) {
        int now = -1;
        if (sqlite3_db_config(store->connection, defenses[i].option, defenses[i].on, &now) != SQLITE_OK ||
            now != defenses[i].on) {
            store_sqlite_say("this SQLite cannot be put into defensive mode");
            return NCT_E_UNSUPPORTED;
        }
    }
    return store_sqlite_execute(store, settings);
}

static int is_busy(nct_sqlite_store *store) {
    int code = sqlite3_errcode(store->connection) & 0xff;
    return code == SQLITE_BUSY || code == SQLITE_LOCKED;
}

/* Going over to the write-ahead log answers busy without waiting when another process is there first. */
static nct_status use_log(nct_sqlite_store *store) {
    nct_status status = store_sqlite_execute(store, "PRAGMA journal_mode = WAL");
    for (int tries = 1; status != NCT_OK && is_busy(store) && tries < SETUP_TRIES; tries++) {
        (void)sqlite3_sleep(20);
        status = store_sqlite_execute(store, "PRAGMA journal_mode = WAL");
    }
    return status;
}

static nct_status prepare(nct_sqlite_store *store) {
    for (size_t i = 0; i < STATEMENTS; i++) {
        if (sqlite3_prepare_v3(store->connection, sql[i], -1, SQLITE_PREPARE_PERSISTENT, &store->statements[i], NULL) !=
            SQLITE_OK)
            return store_sqlite_failure(store);
    }
    return NCT_OK;
}

/*
 * SQLite's own waiting asks the more seldom the longer it has waited, so that whoever came last goes first, and one of
 * eight processes waits for minutes. Who asks as often as everybody else has their turn.
 */
static int ask_again(void *user_data, int times) {
    (void)user_data;
    if (times >= BUSY_MILLISECONDS / BUSY_PAUSE)
        return 0;
    (void)sqlite3_sleep(BUSY_PAUSE);
    return 1;
}

static nct_status set_up(nct_sqlite_store *store) {
    (void)sqlite3_busy_handler(store->connection, ask_again, NULL);
    nct_status status = defend(store);
    if (status == NCT_OK)
        status = store_sqlite_adopt(store);
    if (status == NCT_OK)
        status = use_log(store);
    return status == NCT_OK ? prepare(store) : status;
}

static nct_status refuse(void) {
    store_sqlite_say("%s", trusted_reason());
    return NCT_E_STORE;
}

static nct_status refuse_companion(const char *name) {
    store_sqlite_say("%.150s: %s", name, trusted_reason());
    return NCT_E_STORE;
}

/*
 * SQLite would make the file under the umask. Its companions take over the mode of the file. A file that is
 * there already is not opened here: closing it would drop the locks that this process may have on it.
 */
static nct_status make_file(const char *path) {
    int file = trusted_create(AT_FDCWD, path);
    if (file >= 0)
        return close(file) == 0 ? NCT_OK : refuse();
    if (errno != EEXIST || !trusted_look(AT_FDCWD, path, TRUST_KEPT))
        return refuse();
    if (faccessat(AT_FDCWD, path, R_OK | W_OK, AT_EACCESS) == 0)
        return NCT_OK;
    store_sqlite_say("%s; set its mode to 0600", strerror(errno));
    return NCT_E_STORE;
}

/* Only what was opened is changed, and only if no other name leads to it. */
static nct_status make_writable(const char *path) {
    struct stat info;
    int file = trusted_open(AT_FDCWD, path, TRUST_KEPT);
    if (file < 0)
        return refuse_companion(path);
    int done = fstat(file, &info) == 0 && info.st_nlink == 1 && fchmod(file, 0600) == 0;
    (void)close(file);
    if (done)
        return NCT_OK;
    store_sqlite_say("%.150s: it cannot be written; set its mode to 0600", path);
    return NCT_E_STORE;
}

/*
 * The log and its index got the mode of the file when they were made. If that could only be read then, they would keep
 * a file from being written that can be written again. They are opened for that alone: no connection of this process
 * has locks on a file that it cannot write.
 */
static nct_status look_at_companion(const char *path, const char *suffix) {
    struct stat info;
    size_t size = strlen(path) + strlen(suffix) + 1;
    char *companion = malloc(size);
    if (companion == NULL)
        return store_sqlite_no_memory();
    (void)snprintf(companion, size, "%s%s", path, suffix);
    nct_status status = NCT_OK;
    if (lstat(companion, &info) != 0)
        status = errno == ENOENT ? NCT_OK : refuse_companion(companion);
    else if (!trusted_look(AT_FDCWD, companion, TRUST_KEPT))
        status = refuse_companion(companion);
    else if ((info.st_mode & S_IWUSR) == 0)
        status = make_writable(companion);
    free(companion);
    return status;
}

static nct_status look_at_files(const char *path) {
    static const char *const suffixes[] = {"-wal", "-shm", "-journal"};
    nct_status status = make_file(path);
    for (size_t i = 0; status == NCT_OK && i < sizeof suffixes / sizeof suffixes[0]; i++)
        status = look_at_companion(path, suffixes[i]);
    return status;
}

static nct_status connect(nct_sqlite_store *store, const char *path) {
    int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
    int code = sqlite3_open_v2(path, &store->connection, flags, NULL);
    if (store->connection == NULL)
        return store_sqlite_no_memory();
    return code == SQLITE_OK ? set_up(store) : store_sqlite_failure(store);
}

static nct_sqlite_store *make_store(void) {
    nct_sqlite_store *store = calloc(1, sizeof *store);
    if (store == NULL)
        return NULL;
    (void)pthread_mutex_init(&store->mutex, NULL);
    (void)pthread_mutex_init(&store->queue.mutex, NULL);
    (void)pthread_cond_init(&store->queue.settled, NULL);
    return store;
}

/* The schema was made, or looked at, on the other connection. */
static nct_status connect_reading(nct_sqlite_store *store, const char *path) {
    store->reading = make_store();
    if (store->reading == NULL)
        return store_sqlite_no_memory();
    nct_status status = connect(store->reading, path);
    return status == NCT_OK ? store_sqlite_execute(store->reading, "PRAGMA query_only = ON") : status;
}

nct_status nct_sqlite_store_open(const char *path, nct_sqlite_store **out) {
    if (out == NULL)
        return NCT_E_ARGUMENT;
    *out = NULL;
    if (path == NULL || *path == '\0')
        return NCT_E_ARGUMENT;
    store_sqlite_say("%s", "");
    nct_status status = look_at_files(path);
    if (status != NCT_OK)
        return status;
    nct_sqlite_store *store = make_store();
    if (store == NULL)
        return store_sqlite_no_memory();
    status = connect(store, path);
    if (status == NCT_OK)
        status = connect_reading(store, path);
    if (status == NCT_OK)
        *out = store;
    else
        nct_sqlite_store_close(store);
    return status;
}

void nct_sqlite_store_close(nct_sqlite_store *store) {
    if (store == NULL)
        return;
    nct_sqlite_store_close(store->reading); /* the last one to close takes the log away, and must be able to write */
    for (size_t i = 0; i < STATEMENTS; i++)
        (void)sqlite3_finalize(store->statements[i]);
    (void)sqlite3_finalize(store->fill);
    (void)sqlite3_close(store->connection);
    (void)pthread_mutex_destroy(&store->mutex);
    (void)pthread_mutex_destroy(&store->queue.mutex);
    (void)pthread_cond_destroy(&store->queue.settled);
    free(store);
}
