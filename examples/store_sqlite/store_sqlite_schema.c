/* The one schema the adapter works on. Whatever else is in the file could undo or forge what it writes. */
#include "store_sqlite_inside.h"

#include <string.h>

#define APPLICATION_ID 1313035315 /* "NCT3" in ASCII */
#define SCHEMA_VERSION 1

#define TEXT_OF(number) #number
#define NUMBER(macro) TEXT_OF(macro)

static const char table[] = "CREATE TABLE rows (space INTEGER NOT NULL, key BLOB NOT NULL, revision INTEGER NOT NULL,"
                            " value BLOB NOT NULL, PRIMARY KEY (space, key)) STRICT, WITHOUT ROWID";

nct_status store_sqlite_execute(nct_sqlite_store *store, const char *text) {
    return sqlite3_exec(store->connection, text, NULL, NULL, NULL) == SQLITE_OK ? NCT_OK : store_sqlite_failure(store);
}

static nct_status query_number(nct_sqlite_store *store, const char *text, int *number) {
    sqlite3_stmt *statement = NULL;
    nct_status status = NCT_OK;
    if (sqlite3_prepare_v2(store->connection, text, -1, &statement, NULL) != SQLITE_OK ||
        sqlite3_step(statement) != SQLITE_ROW)
        status = store_sqlite_failure(store);
    else
        *number = sqlite3_column_int(statement, 0);
    (void)sqlite3_finalize(statement);
    return status;
}

static const char *column(sqlite3_stmt *statement, int index) {
    const char *text = (const char *)sqlite3_column_text(statement, index);
    return text != NULL ? text : "";
}

static int is_the_table(sqlite3_stmt *statement) {
    return strcmp(column(statement, 0), "table") == 0 && strcmp(column(statement, 1), "rows") == 0 &&
           strcmp(column(statement, 2), "rows") == 0 && strcmp(column(statement, 3), table) == 0;
}

/* A table of that name with other columns is as foreign as one of another name. */
static nct_status refuse_object(sqlite3_stmt *statement) {
    const char *type = column(statement, 0);
    const char *name = column(statement, 1);
    if (strcmp(type, "table") == 0 && strcmp(name, "rows") == 0)
        store_sqlite_say("the table rows is not the one of a store: its columns or constraints are other ones");
    else
        store_sqlite_say("the %.20s %.100s does not belong in the database of a store", type, name);
    return NCT_E_UNSUPPORTED;
}

/* Counts the adapter's own table; anything else is refused. */
static nct_status look_at_objects(nct_sqlite_store *store, int *tables) {
    sqlite3_stmt *statement = NULL;
    nct_status status = NCT_OK;
    int code = sqlite3_prepare_v2(store->connection, "SELECT type, name, tbl_name, sql FROM sqlite_schema", -1,
                                  &statement, NULL);
    *tables = 0;
    if (code != SQLITE_OK)
        status = store_sqlite_failure(store);
    while (status == NCT_OK && (code = sqlite3_step(statement)) == SQLITE_ROW) {
        status = is_the_table(statement) ? NCT_OK : refuse_object(statement);
        *tables += 1;
    }
    if (status == NCT_OK && code != SQLITE_DONE)
        status = store_sqlite_failure(store);
    (void)sqlite3_finalize(statement);
    return status;
}

static nct_status refuse_number(const char *name, int found, int right) {
    store_sqlite_say("its %s is %d, that of a store is %d: an SQLite file of something else, or of another version",
                     name, found, right);
    return NCT_E_UNSUPPORTED;
}

/* *empty: nothing was ever put into the file. */
static nct_status look(nct_sqlite_store *store, int *empty) {
    int application = 0;
    int version = 0;
    int tables = 0;
    nct_status status = query_number(store, "PRAGMA application_id", &application);
    if (status == NCT_OK)
        status = query_number(store, "PRAGMA user_version", &version);
    if (status == NCT_OK)
        status = query_number(store, "PRAGMA schema_version", &store->cookie);
    if (status == NCT_OK)
        status = look_at_objects(store, &tables);
    *empty = application == 0 && version == 0 && tables == 0;
    if (status != NCT_OK || *empty)
        return status;
    if (application != APPLICATION_ID)
        return refuse_number("application_id", application, APPLICATION_ID);
    if (version != SCHEMA_VERSION)
        return refuse_number("user_version", version, SCHEMA_VERSION);
    if (tables == 1)
        return NCT_OK;
    store_sqlite_say("it has no table rows, which a store keeps everything in");
    return NCT_E_UNSUPPORTED;
}

static nct_status create(nct_sqlite_store *store) {
    static const char numbers[] =
        "PRAGMA application_id = " NUMBER(APPLICATION_ID) "; PRAGMA user_version = " NUMBER(SCHEMA_VERSION);
    nct_status status = store_sqlite_execute(store, table);
    if (status == NCT_OK)
        status = store_sqlite_execute(store, numbers);
    return status == NCT_OK ? query_number(store, "PRAGMA schema_version", &store->cookie) : status;
}

static nct_status adopt_inside(nct_sqlite_store *store, const char *begin, int may_create, int *empty) {
    nct_status status = store_sqlite_execute(store, begin);
    if (status != NCT_OK)
        return status;
    status = look(store, empty);
    if (status == NCT_OK && *empty && may_create)
        status = create(store);
    if (status == NCT_OK)
        status = store_sqlite_execute(store, "COMMIT");
    if (!sqlite3_get_autocommit(store->connection))
        (void)sqlite3_exec(store->connection, "ROLLBACK", NULL, NULL, NULL);
    return status;
}

/* Looking takes no lock that keeps anybody from writing. Two processes may make the file at once. */
nct_status store_sqlite_adopt(nct_sqlite_store *store) {
    int empty = 0;
    nct_status status = adopt_inside(store, "BEGIN", 0, &empty);
    return status == NCT_OK && empty ? adopt_inside(store, "BEGIN IMMEDIATE", 1, &empty) : status;
}

/* SQLite counts the cookie up with each change, and looks at it too: while it is the same, so is what statements do. */
nct_status store_sqlite_same_schema(nct_sqlite_store *store) {
    sqlite3_stmt *statement = store->statements[SCHEMA_COOKIE];
    int empty = 0;
    nct_status status = sqlite3_step(statement) == SQLITE_ROW ? NCT_OK : store_sqlite_failure(store);
    int same = status == NCT_OK && sqlite3_column_int(statement, 0) == store->cookie;
    (void)sqlite3_reset(statement);
    if (status != NCT_OK || same)
        return status;
    status = look(store, &empty);
    if (status == NCT_OK && !empty)
        return NCT_OK;
    if (status == NCT_OK)
        store_sqlite_say("everything was taken out of the file while it was in use");
    store->cookie = -1; /* found again by the next commit too */
    return NCT_E_STORE;
}
