/* A PostgreSQL database somebody else had in hand, schemas of other versions, and programs that take no locks. */
#include "postgresql_database.h"
#include "store_contract_cases.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static int set_up(void **state) {
    *state = database_make();
    return *state != NULL ? 0 : -1;
}

static int tear_down(void **state) {
    database_remove(*state);
    return 0;
}

static struct probe probe_of(const struct database *database) {
    return (struct probe){.functions = nct_postgresql_store_functions(), .user_data = database->store};
}

static void close_store(struct database *database) {
    nct_postgresql_store_close(database->store);
    database->store = NULL;
}

/* ---- What does not belong there ---- */

/* What is done to the schema of a store, and what the refusal names. */
struct meddling {
    const char *sql;
    const char *words;
};

#define FUNCTION                                                                                                       \
    "CREATE FUNCTION nctracks.undo() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN NEW.revision := 1; RETURN NEW; END';"
#define TRIGGER                                                                                                        \
    FUNCTION "CREATE TRIGGER undo BEFORE UPDATE ON nctracks.rows FOR EACH ROW EXECUTE FUNCTION nctracks.undo()"

static const struct meddling meddlings[] = {
    {TRIGGER, "table with the trigger undo ("},
    {"CREATE RULE swallow AS ON INSERT TO nctracks.rows DO INSTEAD NOTHING", "table with the rule swallow ("},
    {"ALTER TABLE nctracks.rows ENABLE ROW LEVEL SECURITY", "table with policies ("},
    {"ALTER TABLE nctracks.rows SET UNLOGGED", "a table unlogged ("},
    {"ALTER TABLE nctracks.sessions SET UNLOGGED", "nctracks.sessions is not the table of a store"},
    {"CREATE TABLE nctracks.heirs () INHERITS (nctracks.rows)", "nctracks.heirs, a table with inheritance"},
    {"CREATE TABLE public.heirs () INHERITS (nctracks.rows)", "table with inheritance ("},
    {"CREATE TABLE nctracks.other (x int)", "nctracks.other, a table (x integer or null), does not belong"},
    {"CREATE TABLE nctracks.zebra (x int)", "nctracks.zebra"},
    {"CREATE VIEW nctracks.seen AS SELECT 1 AS one", "nctracks.seen, a view"},
    {"ALTER TABLE nctracks.rows ADD COLUMN more bytea", "value bytea, more bytea or null)"},
    {"ALTER TABLE nctracks.rows ALTER COLUMN value DROP NOT NULL", "value bytea or null)"},
    {"ALTER TABLE nctracks.rows DROP CONSTRAINT rows_pkey", "nctracks.rows is not the table of a store"},
    {"ALTER TABLE nctracks.rows ADD CHECK (revision < 5)", "CHECK ((revision < 5))"},
    {"ALTER TABLE nctracks.rows ALTER COLUMN key TYPE text USING encode(key, 'hex')", "key text"},
    {"DROP TABLE nctracks.rows", "has no table rows"},
    {"DROP TABLE nctracks.sessions", "has no table sessions"},
    {"DROP TABLE nctracks.store", "holds something else than a store"},
    {"DELETE FROM nctracks.store", "does not hold one version"},
    {"INSERT INTO nctracks.store VALUES (1)", "does not hold one version"},
    {"UPDATE nctracks.store SET version = 3", "has version 3, and this program knows those to 2"},
};

static void test_whatever_is_foreign_is_named(void **state) {
    struct database *database = *state;
    for (size_t i = 0; i < sizeof meddlings / sizeof meddlings[0]; i++) {
        assert_int_equal(database_open(database), NCT_OK);
        close_store(database);
        database_sql(database, meddlings[i].sql);
        database_expect_refused(database, NCT_E_UNSUPPORTED, meddlings[i].words);
        database_sql(database, "SET client_min_messages = warning; DROP SCHEMA nctracks CASCADE;"
                               " DROP TABLE IF EXISTS public.heirs");
    }
}

static void test_a_schema_of_something_else_is_left_as_it_is(void **state) {
    struct database *database = *state;
    char answer[256];
    database_sql(database, "CREATE SCHEMA nctracks; CREATE TABLE nctracks.rows (x int)");
    database_expect_refused(database, NCT_E_UNSUPPORTED, "holds something else than a store");
    PGconn *connection = database_connect(database);
    database_ask(connection,
                 "SELECT string_agg(relname, ' ') FROM pg_class WHERE relnamespace = 'nctracks'::regnamespace", answer);
    assert_string_equal(answer, "rows");
    PQfinish(connection);
}

static void test_an_empty_schema_is_filled(void **state) {
    struct database *database = *state;
    database_sql(database, "CREATE SCHEMA nctracks");
    assert_int_equal(database_open(database), NCT_OK);
}

/* ---- In the middle of a portal's day ---- */

static void expect_commit_fails(struct database *database, const char *words) {
    struct probe probe = probe_of(database);
    assert_int_equal(probe_commit_one(&probe, contract_put("a", 1, "two")), NCT_E_STORE);
    database_expect_words(words);
}

static void test_a_trigger_made_while_the_store_is_open_stops_commits(void **state) {
    struct database *database = *state;
    assert_int_equal(database_open(database), NCT_OK);
    struct probe probe = probe_of(database);
    assert_int_equal(probe_commit_one(&probe, contract_put("a", 0, "one")), NCT_OK);
    database_sql(database, TRIGGER);
    expect_commit_fails(database, "was given a trigger");
    expect_commit_fails(database, "was given a trigger");
    contract_expect_text(&probe, "a", 1, "one");
    database_sql(database, "DROP TRIGGER undo ON nctracks.rows");
    assert_int_equal(probe_commit_one(&probe, contract_put("a", 1, "two")), NCT_OK);
    contract_expect_text(&probe, "a", 2, "two");
}

/* Another program upgraded the schema: this one stops at once, not only when it is started again. */
static void test_an_upgrade_by_somebody_else_stops_commits(void **state) {
    struct database *database = *state;
    assert_int_equal(database_open(database), NCT_OK);
    struct probe probe = probe_of(database);
    assert_int_equal(probe_commit_one(&probe, contract_put("a", 0, "one")), NCT_OK);
    database_sql(database, "UPDATE nctracks.store SET version = 3");
    expect_commit_fails(database, "changed to another version");
    database_sql(database, "UPDATE nctracks.store SET version = 2");
    assert_int_equal(probe_commit_one(&probe, contract_put("a", 1, "two")), NCT_OK);
}

/* Policies would hide rows, and a hidden row is not one that is not there. */
static void test_policies_made_while_the_store_is_open_hide_nothing(void **state) {
    struct database *database = *state;
    struct probe_value value;
    char text[320];
    assert_int_equal(database_open(database), NCT_OK);
    close_store(database);
    database_sql(database, "GRANT USAGE ON SCHEMA nctracks TO guarded;"
                           "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA nctracks TO guarded");
    database_connection(database, "guarded", NULL, "password=very%20secret", text);
    assert_int_equal(nct_postgresql_store_open(text, 0, 0, &database->store), NCT_OK);
    struct probe probe = probe_of(database);
    assert_int_equal(probe_commit_one(&probe, contract_put("a", 0, "one")), NCT_OK);
    database_sql(database, "ALTER TABLE nctracks.rows ENABLE ROW LEVEL SECURITY");
    probe_value_init(&value);
    assert_int_equal(probe_get(&probe, 1, "a", 1, &value), NCT_E_STORE);
    probe_value_clear(&value);
    expect_commit_fails(database, "row-level security");
}

/* ---- Versions ---- */

/* As step_1 of the adapter made it; the rows stay, and what is new is there. */
static void test_a_schema_of_version_1_is_upgraded(void **state) {
    struct database *database = *state;
    char answer[256];
    database_sql(database,
                 "CREATE SCHEMA nctracks; CREATE TABLE nctracks.store (version integer PRIMARY KEY);"
                 "CREATE TABLE nctracks.rows (space integer NOT NULL, key bytea NOT NULL, revision bigint"
                 " NOT NULL, value bytea NOT NULL, PRIMARY KEY (space, key));"
                 "INSERT INTO nctracks.store VALUES (1); INSERT INTO nctracks.rows VALUES (1, 'a', 7, 'one')");
    assert_int_equal(database_open(database), NCT_OK);
    struct probe probe = probe_of(database);
    contract_expect_text(&probe, "a", 7, "one");
    assert_int_equal(probe_commit_one(&probe, contract_put("a", 7, "two")), NCT_OK);
    PGconn *connection = database_connect(database);
    assert_string_equal(database_ask(connection, "SELECT version FROM nctracks.store", answer), "2");
    PQfinish(connection);
}

static void test_an_upgrade_that_fails_changes_nothing(void **state) {
    struct database *database = *state;
    char answer[256];
    database_sql(database, "CREATE SCHEMA nctracks; CREATE TABLE nctracks.store (version integer PRIMARY KEY);"
                           "CREATE TABLE nctracks.rows (x int); INSERT INTO nctracks.store VALUES (1)");
    database_expect_refused(database, NCT_E_UNSUPPORTED, "nctracks.rows is not the table of a store");
    PGconn *connection = database_connect(database);
    assert_string_equal(database_ask(connection, "SELECT version FROM nctracks.store", answer), "1");
    assert_string_equal(
        database_ask(connection, "SELECT count(*) FROM pg_tables WHERE schemaname = 'nctracks'", answer), "2");
    PQfinish(connection);
}

/* ---- Somebody who writes without the locks ---- */

struct committer {
    pthread_t thread;
    const struct probe *probe;
    const struct nct_batch_op *ops;
    size_t count;
    nct_status status;
};

static void *commit(void *argument) {
    struct committer *committer = argument;
    committer->status = probe_commit(committer->probe, committer->ops, committer->count);
    return NULL;
}

/* Until the store waits for a lock of somebody. */
static void wait_until_it_waits(PGconn *connection) {
    const struct timespec pause = {.tv_nsec = 10000000};
    char answer[256] = "0";
    for (int i = 0; i < 1000 && strcmp(answer, "0") == 0; i++) {
        (void)nanosleep(&pause, NULL);
        database_ask(connection,
                     "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'nctracks'"
                     " AND wait_event_type = 'Lock'",
                     answer);
    }
    assert_string_not_equal(answer, "0");
}

/* The batch looked at both rows, and then finds one changed: neither may stay as it wrote it. */
static void test_a_row_changed_between_look_and_write_undoes_all(void **state) {
    struct database *database = *state;
    assert_int_equal(database_open(database), NCT_OK);
    struct probe probe = probe_of(database);
    assert_int_equal(probe_commit_one(&probe, contract_put("a", 0, "one")), NCT_OK);
    assert_int_equal(probe_commit_one(&probe, contract_put("b", 0, "one")), NCT_OK);
    PGconn *connection = database_connect(database);
    database_tell(connection, "BEGIN; UPDATE nctracks.rows SET revision = 2, value = 'theirs' WHERE key = 'b'");
    const struct nct_batch_op ops[] = {contract_put("a", 1, "ours"), contract_put("b", 1, "ours")};
    struct committer committer = {.probe = &probe, .ops = ops, .count = 2};
    assert_int_equal(pthread_create(&committer.thread, NULL, commit, &committer), 0);
    wait_until_it_waits(connection);
    database_tell(connection, "COMMIT");
    assert_int_equal(pthread_join(committer.thread, NULL), 0);
    assert_int_equal(committer.status, NCT_E_CONFLICT);
    contract_expect_text(&probe, "a", 1, "one");
    contract_expect_text(&probe, "b", 2, "theirs");
    PQfinish(connection);
}

static void test_a_row_made_between_look_and_write_undoes_all(void **state) {
    struct database *database = *state;
    assert_int_equal(database_open(database), NCT_OK);
    struct probe probe = probe_of(database);
    assert_int_equal(probe_commit_one(&probe, contract_put("a", 0, "one")), NCT_OK);
    PGconn *connection = database_connect(database);
    database_tell(connection, "BEGIN; INSERT INTO nctracks.rows VALUES (1, 'b', 1, 'theirs')");
    const struct nct_batch_op ops[] = {contract_put("a", 1, "ours"), contract_put("b", 0, "ours")};
    struct committer committer = {.probe = &probe, .ops = ops, .count = 2};
    assert_int_equal(pthread_create(&committer.thread, NULL, commit, &committer), 0);
    wait_until_it_waits(connection);
    database_tell(connection, "COMMIT");
    assert_int_equal(pthread_join(committer.thread, NULL), 0);
    assert_int_equal(committer.status, NCT_E_CONFLICT);
    contract_expect_text(&probe, "a", 1, "one");
    contract_expect_text(&probe, "b", 1, "theirs");
    PQfinish(connection);
}

/* Two who wait for each other: the server ends one of them. If it is the store's, the store does it again. */
static void test_deadlocks_pass(void **state) {
    struct database *database = *state;
    assert_int_equal(database_open(database), NCT_OK);
    struct probe probe = probe_of(database);
    assert_int_equal(probe_commit_one(&probe, contract_put("a", 0, "one")), NCT_OK);
    assert_int_equal(probe_commit_one(&probe, contract_put("b", 0, "one")), NCT_OK);
    PGconn *connection = database_connect(database);
    database_tell(connection,
                  "SET deadlock_timeout = '60s'; BEGIN; SELECT FROM nctracks.rows WHERE key = 'b' FOR UPDATE");
    const struct nct_batch_op ops[] = {contract_put("a", 1, "two"), contract_put("b", 1, "two")};
    struct committer committer = {.probe = &probe, .ops = ops, .count = 2};
    assert_int_equal(pthread_create(&committer.thread, NULL, commit, &committer), 0);
    wait_until_it_waits(connection);
    database_tell(connection, "SELECT FROM nctracks.rows WHERE key = 'a' FOR UPDATE"); /* the store's is ended now */
    database_tell(connection, "COMMIT");
    assert_int_equal(pthread_join(committer.thread, NULL), 0);
    assert_int_equal(committer.status, NCT_OK);
    contract_expect_text(&probe, "a", 2, "two");
    contract_expect_text(&probe, "b", 2, "two");
    PQfinish(connection);
}

/* A row that is locked for longer than the patience: a failure of the store, in time, that is no conflict. */
static void test_rows_that_stay_locked_are_a_failure_in_time(void **state) {
    struct database *database = *state;
    assert_int_equal(nct_postgresql_store_open(database->connection, 0, 2000, &database->store), NCT_OK);
    struct probe probe = probe_of(database);
    assert_int_equal(probe_commit_one(&probe, contract_put("a", 0, "one")), NCT_OK);
    PGconn *connection = database_connect(database);
    database_tell(connection, "BEGIN; SELECT FROM nctracks.rows FOR UPDATE");
    time_t begin = time(NULL);
    assert_int_equal(probe_commit_one(&probe, contract_put("a", 1, "two")), NCT_E_STORE);
    assert_true(time(NULL) - begin < 10);
    database_expect_words("others have had the rows locked for too long");
    contract_expect_text(&probe, "a", 1, "one"); /* who reads does not wait */
    database_tell(connection, "COMMIT");
    assert_int_equal(probe_commit_one(&probe, contract_put("a", 1, "two")), NCT_OK);
    PQfinish(connection);
}

/* ---- Durable at OK ---- */

static void wait_for_standby(PGconn *connection, char pid[256]) {
    const struct timespec pause = {.tv_nsec = 10000000};
    char before[256];
    strcpy(before, pid);
    for (int i = 0; i < 1000 && (strcmp(pid, before) == 0 || strcmp(pid, "0") == 0); i++) {
        (void)nanosleep(&pause, NULL);
        database_ask(connection, "SELECT coalesce(max(pid), 0) FROM pg_stat_activity WHERE wait_event = 'SyncRep'",
                     pid);
    }
    assert_string_not_equal(pid, before);
    assert_string_not_equal(pid, "0");
}

struct counter {
    pthread_t thread;
    const struct probe *probe;
    atomic_int stop;
    uint64_t done;
    nct_status status;
};

static void *count(void *argument) {
    struct counter *counter = argument;
    while (counter->status == NCT_OK && !atomic_load(&counter->stop)) {
        counter->status = probe_increment(counter->probe, 1, "counter", 1);
        counter->done += counter->status == NCT_OK;
    }
    return NULL;
}

/* Somebody cancels the wait for a standby: the server then says OK, with a warning. The store does not: it waits until
 * something that was written later is at the standby. */
static void test_a_commit_that_is_not_at_the_standby_is_not_ok(void **state) {
    struct database *database = *state;
    char pid[256] = "0", text[320];
    assert_int_equal(database_open(database), NCT_OK);
    struct probe probe = probe_of(database);
    PGconn *connection = database_connect(database);
    struct counter counter = {.probe = &probe};
    assert_int_equal(pthread_create(&counter.thread, NULL, count, &counter), 0);
    database_tell(connection, "ALTER SYSTEM SET synchronous_standby_names = 'nobody'");
    database_tell(connection, "SELECT pg_reload_conf()");
    wait_for_standby(connection, pid);
    (void)snprintf(text, sizeof text, "SELECT pg_cancel_backend(%s)", pid);
    database_tell(connection, text);
    wait_for_standby(connection, pid); /* another connection, which waits in its turn: no answer was given yet */
    atomic_store(&counter.stop, 1);
    database_tell(connection, "ALTER SYSTEM RESET synchronous_standby_names");
    database_tell(connection, "SELECT pg_reload_conf()");
    assert_int_equal(pthread_join(counter.thread, NULL), 0);
    assert_int_equal(counter.status, NCT_OK);
    assert_int_equal(probe_counter(&probe, 1, "counter"), counter.done);
    PQfinish(connection);
}

#define TEST(name) cmocka_unit_test_setup_teardown(test_##name, set_up, tear_down)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(whatever_is_foreign_is_named),
        TEST(a_schema_of_something_else_is_left_as_it_is),
        TEST(an_empty_schema_is_filled),
        TEST(a_trigger_made_while_the_store_is_open_stops_commits),
        TEST(an_upgrade_by_somebody_else_stops_commits),
        TEST(policies_made_while_the_store_is_open_hide_nothing),
        TEST(a_schema_of_version_1_is_upgraded),
        TEST(an_upgrade_that_fails_changes_nothing),
        TEST(a_row_changed_between_look_and_write_undoes_all),
        TEST(a_row_made_between_look_and_write_undoes_all),
        TEST(deadlocks_pass),
        TEST(rows_that_stay_locked_are_a_failure_in_time),
        TEST(a_commit_that_is_not_at_the_standby_is_not_ok),
    };
    (void)server_begin();
    int failures = cmocka_run_group_tests_name("postgresql store in hostile hands", tests, NULL, NULL);
    server_end();
    return failures;
}
