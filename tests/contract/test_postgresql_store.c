/* The store on PostgreSQL: the contract, and what is its own: connection strings, TLS, processes, what it leaves. */
#include "postgresql_database.h"
#include "store_contract_cases.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define INCREMENTS 100
#define PROCESSES 4

static const struct server *server;

static nct_status hand_out(struct database *database, const nct_store **functions, void **user_data) {
    nct_status status = database_open(database);
    *functions = nct_postgresql_store_functions();
    *user_data = database->store;
    return status;
}

static nct_status open_postgresql(void **state, const nct_store **functions, void **user_data) {
    struct database *database = database_make();
    if (database == NULL)
        return NCT_E_NO_MEMORY;
    *state = database;
    nct_status status = hand_out(database, functions, user_data);
    if (status != NCT_OK)
        database_remove(database);
    return status;
}

static void close_postgresql(void **state) {
    database_remove(*state);
}

static nct_status reopen_postgresql(void **state, const nct_store **functions, void **user_data) {
    struct database *database = *state;
    nct_postgresql_store_close(database->store);
    return hand_out(database, functions, user_data);
}

static int set_up(void **state) {
    *state = database_make();
    return *state != NULL ? 0 : -1;
}

static int tear_down(void **state) {
    database_remove(*state);
    return 0;
}

static struct probe probe_of(nct_postgresql_store *store) {
    return (struct probe){.functions = nct_postgresql_store_functions(), .user_data = store};
}

/* ---- Opening ---- */

static void test_open_checks_arguments(void **state) {
    struct database *database = *state;
    nct_postgresql_store *store = NULL;
    assert_int_equal(nct_postgresql_store_open(database->connection, 0, 0, NULL), NCT_E_ARGUMENT);
    assert_int_equal(nct_postgresql_store_open(NULL, 0, 0, &store), NCT_E_ARGUMENT);
    assert_int_equal(nct_postgresql_store_open("", 0, 0, &store), NCT_E_ARGUMENT);
    assert_int_equal(nct_postgresql_store_open(database->connection, NCT_POSTGRESQL_CONNECTIONS_MAX + 1, 0, &store),
                     NCT_E_ARGUMENT);
    const int32_t wrong[] = {-1, 1, NCT_POSTGRESQL_PATIENCE_MIN - 1, NCT_POSTGRESQL_PATIENCE_MAX + 1};
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++)
        assert_int_equal(nct_postgresql_store_open(database->connection, 0, wrong[i], &store), NCT_E_ARGUMENT);
    assert_null(store);
    nct_postgresql_store_close(NULL);
}

static void expect_not_opened(const char *connection, nct_status answer, const char *words) {
    nct_postgresql_store *store = NULL;
    assert_int_equal(nct_postgresql_store_open(connection, 0, 0, &store), answer);
    assert_null(store);
    database_expect_words(words);
    database_expect_not_said("sesame");
}

/* Passwords with characters that should have been encoded end up in what libpq takes for a host, a port, a database. */
static void test_strings_that_are_wrong_do_not_show_a_password(void **state) {
    static const char *const wrong[] = {
        "postgresql://portal:open@sesame@localhost/portal",
        "postgresql://portal:open/sesame@localhost/portal",
        "postgresql://portal:sesame/open@localhost/portal",
        "postgresql://portal:%sesame@localhost/portal",
        "postgresql://portal@localhost/portal?pass=sesame",
        "postgresql://[sesame/portal",
        "postgresql://portal:open:7/sesame@h/portal",
        "host=localhost password=open sesame",
        "host=localhost password='open sesame",
        "postgresql://u:open?sesame@localhost/portal?x=y",
        "postgresql://u@localhost:sesame/portal",
        "postgresql://u@localhost/portal?port=sesame",
    };
    (void)state;
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++)
        expect_not_opened(wrong[i], NCT_E_STORE, "the connection string is not valid");
}

static void test_what_cannot_be_reached_is_named(void **state) {
    const struct database *database = *state;
    char text[320];
    expect_not_opened("postgresql://portal:sesame@localhost:1/portal?connect_timeout=2", NCT_E_STORE, "port 1 failed");
    expect_not_opened("postgresql:///portal?host=/nowhere/at/all&password=sesame", NCT_E_STORE, "/nowhere/at/all");
    database_connection(database, "stranger", NULL, "password=sesame", text);
    expect_not_opened(text, NCT_E_STORE, "role \"stranger\" does not exist");
    (void)snprintf(text, sizeof text, "postgresql://tester@/nothing?host=%s&port=%s", server->folder, server->port);
    expect_not_opened(text, NCT_E_STORE, "database \"nothing\" does not exist");
}

/* The server repeats the name of the role, which is the password here too. */
static void test_a_wrong_password_is_refused_and_not_shown(void **state) {
    struct database *database = *state;
    char text[320];
    database_connection(database, "guarded", NULL, "password=open%20sesame", text);
    expect_not_opened(text, NCT_E_STORE, "password authentication failed");
    database_connection(database, "guarded", NULL, "password=guarded", text);
    nct_postgresql_store *store = NULL;
    assert_int_equal(nct_postgresql_store_open(text, 0, 0, &store), NCT_E_STORE);
    database_expect_words("password authentication failed");
    database_expect_not_said("guarded");
}

static void test_a_role_that_may_not_create_is_told_what_it_lacks(void **state) {
    struct database *database = *state;
    char text[320];
    database_connection(database, "guarded", NULL, "password=very%20secret", text);
    expect_not_opened(text, NCT_E_STORE, "permission denied for database");
    assert_int_equal(database_open(database), NCT_OK);
    expect_not_opened(text, NCT_E_STORE, "the role lacks a right in the schema nctracks");
}

/* The tables belong to another role, as they should: this one cannot change what they are. */
static void test_a_role_with_no_more_than_the_rights_it_needs(void **state) {
    struct database *database = *state;
    char text[320];
    nct_postgresql_store *store = NULL;
    assert_int_equal(database_open(database), NCT_OK);
    database_sql(database, "GRANT USAGE ON SCHEMA nctracks TO guarded;"
                           "GRANT SELECT ON nctracks.store TO guarded;"
                           "GRANT SELECT, INSERT, UPDATE, DELETE ON nctracks.rows, nctracks.sessions TO guarded");
    database_connection(database, "guarded", NULL, "password=very%20secret", text);
    assert_int_equal(nct_postgresql_store_open(text, 0, 0, &store), NCT_OK);
    struct probe probe = probe_of(store);
    assert_int_equal(probe_commit_one(&probe, contract_put("a", 0, "one")), NCT_OK);
    assert_int_equal(probe_commit_one(&probe, contract_delete("a", 1)), NCT_OK);
    nct_postgresql_store_close(store);
}

static void expect_place(const char *connection, const char *words) {
    char text[128];
    assert_string_equal(nct_postgresql_store_place(connection, text, sizeof text), words);
}

static void test_places_are_named_without_secrets(void **state) {
    char text[8] = "before";
    (void)state;
    expect_place("postgresql://portal:sesame@db.example.org:5433/portal?sslmode=verify-full",
                 "postgresql://portal@db.example.org:5433/portal");
    expect_place("host=db.example.org password=sesame", "postgresql://db.example.org");
    expect_place("postgresql://portal:open@sesame@db/portal", "postgresql://");
    expect_place("password='open sesame", "postgresql://");
    expect_place(NULL, "postgresql://");
    assert_string_equal(nct_postgresql_store_place("postgresql://portal@db/portal", text, sizeof text), "postgre");
    assert_null(nct_postgresql_store_place("postgresql://portal@db/portal", NULL, 0));
    assert_int_equal(nct_postgresql_store_names("postgresql://x"), 1);
    assert_int_equal(nct_postgresql_store_names("postgres://x"), 1);
    assert_int_equal(nct_postgresql_store_names("postgresql.db"), 0);
    assert_int_equal(nct_postgresql_store_names(NULL), 0);
}

/* ---- TLS ---- */

static nct_status open_over_tls(struct database *database, const char *host, const char *options,
                                const char *certificate) {
    char text[320], all[160];
    nct_postgresql_store_close(database->store);
    database->store = NULL;
    (void)snprintf(all, sizeof all, "application_name=tls&hostaddr=127.0.0.1&%s%s%s%s%s", options,
                   certificate != NULL ? "&sslrootcert=" : "", certificate != NULL ? server->folder : "",
                   certificate != NULL ? "/" : "", certificate != NULL ? certificate : "");
    database_connection(database, "tls", host, all, text);
    return nct_postgresql_store_open(text, 0, 0, &database->store);
}

static void test_tls_is_what_the_string_says(void **state) {
    struct database *database = *state;
    assert_int_equal(open_over_tls(database, "localhost", "sslmode=verify-full", "root.crt"), NCT_OK);
    struct probe probe = probe_of(database->store);
    assert_int_equal(probe_commit_one(&probe, contract_put("a", 0, "one")), NCT_OK);
    char answer[256];
    PGconn *connection = database_connect(database);
    database_ask(connection,
                 "SELECT string_agg(DISTINCT ssl::text, ' ') FROM pg_stat_ssl JOIN pg_stat_activity USING (pid)"
                 " WHERE application_name = 'tls'",
                 answer);
    assert_string_equal(answer, "true");
    PQfinish(connection);
    assert_int_equal(open_over_tls(database, "localhost", "sslmode=verify-full", "other.crt"), NCT_E_STORE);
    database_expect_words("certificate verify failed");
    assert_int_equal(open_over_tls(database, "db.example.org", "sslmode=verify-full", "root.crt"), NCT_E_STORE);
    database_expect_words("does not match host name");
    assert_int_equal(open_over_tls(database, "localhost", "sslmode=disable", NULL), NCT_E_STORE);
    database_expect_words("no encryption");
}

/* ---- More than one ---- */

static void test_two_handles_on_one_database(void **state) {
    struct database *database = *state;
    nct_postgresql_store *other = NULL;
    assert_int_equal(database_open(database), NCT_OK);
    assert_int_equal(nct_postgresql_store_open(database->connection, 1, 0, &other), NCT_OK);
    struct probe first = probe_of(database->store);
    struct probe second = probe_of(other);
    assert_int_equal(probe_commit_one(&first, contract_put("a", 0, "one")), NCT_OK);
    contract_expect_text(&second, "a", 1, "one");
    assert_int_equal(probe_commit_one(&second, contract_put("a", 1, "two")), NCT_OK);
    assert_int_equal(probe_commit_one(&first, contract_put("a", 1, "x")), NCT_E_CONFLICT);
    contract_expect_text(&first, "a", 2, "two");
    nct_postgresql_store_close(other);
    assert_int_equal(probe_commit_one(&first, contract_delete("a", 2)), NCT_OK);
}

/* Each process opens the database itself, all at once, also when nobody has made the schema yet. */
static void count_in_process(struct database *database) {
    nct_status status = database_open(database);
    struct probe probe = probe_of(database->store);
    if (status == NCT_OK)
        status = probe_increment(&probe, 1, "counter", INCREMENTS);
    nct_postgresql_store_close(database->store);
    _exit(status == NCT_OK ? 0 : 1);
}

static void test_processes_count_exactly(void **state) {
    struct database *database = *state;
    pid_t children[PROCESSES];
    for (size_t i = 0; i < PROCESSES; i++) {
        children[i] = fork();
        assert_true(children[i] >= 0);
        if (children[i] == 0)
            count_in_process(database);
    }
    for (size_t i = 0; i < PROCESSES; i++) {
        int answer = -1;
        assert_int_equal(waitpid(children[i], &answer, 0), children[i]);
        assert_int_equal(answer, 0);
    }
    assert_int_equal(database_open(database), NCT_OK);
    struct probe probe = probe_of(database->store);
    assert_int_equal(probe_counter(&probe, 1, "counter"), PROCESSES * INCREMENTS);
}

struct counter {
    pthread_t thread;
    const struct probe *probe;
    nct_status status;
};

static void *count(void *argument) {
    struct counter *counter = argument;
    counter->status = probe_increment(counter->probe, 1, "counter", INCREMENTS / 10);
    return NULL;
}

/* More threads than connections: they wait for one another, and there are never more connections than were allowed. */
static void test_threads_share_few_connections(void **state) {
    struct database *database = *state;
    struct counter counters[16];
    char text[320], answer[256];
    database_connection(database, NULL, NULL, "application_name=few", text);
    assert_int_equal(nct_postgresql_store_open(text, 2, 0, &database->store), NCT_OK);
    struct probe probe = probe_of(database->store);
    for (size_t i = 0; i < 16; i++) {
        counters[i] = (struct counter){.probe = &probe};
        assert_int_equal(pthread_create(&counters[i].thread, NULL, count, &counters[i]), 0);
    }
    for (size_t i = 0; i < 16; i++) {
        assert_int_equal(pthread_join(counters[i].thread, NULL), 0);
        assert_int_equal(counters[i].status, NCT_OK);
    }
    assert_int_equal(probe_counter(&probe, 1, "counter"), 16 * (INCREMENTS / 10));
    PGconn *connection = database_connect(database);
    database_ask(connection, "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'few'", answer);
    assert_string_equal(answer, "2");
    PQfinish(connection);
}

/* ---- What it does inside ---- */

/* No table of any size is ever read as a whole to find a row. */
static void test_rows_are_found_by_the_primary_key(void **state) {
    struct database *database = *state;
    char answer[256] = "";
    const struct timespec pause = {.tv_nsec = 20000000};
    assert_int_equal(database_open(database), NCT_OK);
    struct probe probe = probe_of(database->store);
    assert_int_equal(probe_increment(&probe, 1, "counter", 20), NCT_OK);
    struct probe_rows rows;
    probe_rows_init(&rows);
    assert_int_equal(probe_scan(&probe, 1, "c", 1, NULL, 0, 10, &rows), NCT_OK);
    probe_rows_clear(&rows);
    nct_postgresql_store_close(database->store);
    database->store = NULL;
    PGconn *connection = database_connect(database);
    for (int i = 0; i < 500 && strcmp(answer, "t") != 0; i++) {
        database_ask(connection,
                     "SELECT coalesce(max(idx_scan), 0) >= 40 FROM pg_stat_user_tables WHERE relname = 'rows'", answer);
        (void)nanosleep(&pause, NULL);
    }
    assert_string_equal(answer, "t");
    database_ask(connection, "SELECT seq_scan FROM pg_stat_user_tables WHERE relname = 'rows'", answer);
    assert_string_equal(answer, "1"); /* when the key was made on the empty table */
    PQfinish(connection);
}

/* Whoever configured the role otherwise: commits are on disk when they are answered, and see what others wrote. */
static void test_settings_of_the_role_change_nothing(void **state) {
    struct database *database = *state;
    char text[320], answer[256];
    assert_int_equal(database_open(database), NCT_OK);
    nct_postgresql_store_close(database->store);
    database_sql(database, "CREATE SCHEMA trap; CREATE FUNCTION trap.now() RETURNS timestamptz LANGUAGE sql AS 'SELECT "
                           "NULL::timestamptz'");
    database_connection(database, NULL, NULL,
                        "options=-c%20search_path%3Dtrap%2Cpg_catalog%20-c%20synchronous_commit%3Doff%20-c%20"
                        "default_transaction_isolation%3Dserializable%20-c%20default_transaction_read_only%3Don%20-c%20"
                        "bytea_output%3Descape&target_session_attrs=any",
                        text);
    assert_int_equal(nct_postgresql_store_open(text, 0, 0, &database->store), NCT_OK);
    struct probe probe = probe_of(database->store);
    assert_int_equal(probe_increment(&probe, 1, "counter", 5), NCT_OK);
    assert_int_equal(probe_counter(&probe, 1, "counter"), 5);
    PGconn *connection = database_connect(database);
    database_ask(connection, "SELECT count(*) FROM nctracks.sessions WHERE at IS NOT NULL", answer);
    assert_string_equal(answer, "1");
    PQfinish(connection);
}

static void test_closing_leaves_no_session(void **state) {
    struct database *database = *state;
    char answer[256];
    assert_int_equal(database_open(database), NCT_OK);
    struct probe probe = probe_of(database->store);
    assert_int_equal(probe_increment(&probe, 1, "counter", 3), NCT_OK);
    PGconn *connection = database_connect(database);
    assert_string_equal(database_ask(connection, "SELECT string_agg(number::text, ' ') FROM nctracks.sessions", answer),
                        "3");
    nct_postgresql_store_close(database->store);
    database->store = NULL;
    assert_string_equal(database_ask(connection, "SELECT count(*) FROM nctracks.sessions", answer), "0");
    database_tell(connection, "INSERT INTO nctracks.sessions VALUES ('old', 1, now() - interval '31 days'),"
                              " ('new', 1, now() - interval '29 days')");
    assert_int_equal(database_open(database), NCT_OK);
    assert_string_equal(database_ask(connection, "SELECT string_agg(id::text, ' ') FROM nctracks.sessions", answer),
                        "\\x6e6577");
    PQfinish(connection);
}

/* A connection whose row is gone gets another one, and commits all the same. */
static void test_a_session_that_was_taken_away_does_no_harm(void **state) {
    struct database *database = *state;
    assert_int_equal(database_open(database), NCT_OK);
    struct probe probe = probe_of(database->store);
    assert_int_equal(probe_commit_one(&probe, contract_put("a", 0, "one")), NCT_OK);
    database_sql(database, "DELETE FROM nctracks.sessions");
    assert_int_equal(probe_commit_one(&probe, contract_put("a", 1, "two")), NCT_OK);
    contract_expect_text(&probe, "a", 2, "two");
}

/* More rows than there are locks for: the whole store is locked instead, and nobody waits in a circle. */
static void test_large_batches_beside_small_ones(void **state) {
    struct database *database = *state;
    static char keys[70][16];
    struct nct_batch_op ops[70];
    struct counter counter = {.thread = 0};
    assert_int_equal(database_open(database), NCT_OK);
    struct probe probe = probe_of(database->store);
    counter.probe = &probe;
    assert_int_equal(pthread_create(&counter.thread, NULL, count, &counter), 0);
    for (uint64_t round = 0; round < 10; round++) {
        for (size_t count = 60; count <= 70 && round < 10; count += 10) { /* below and above the limit */
            for (size_t i = 0; i < count; i++) {
                (void)snprintf(keys[i], sizeof keys[i], "key %zu", i);
                ops[i] = contract_put(keys[i], i < 60 ? round * 2 + (count - 60) / 10 : round, "x");
            }
            assert_int_equal(probe_commit(&probe, ops, count), NCT_OK);
        }
    }
    assert_int_equal(pthread_join(counter.thread, NULL), 0);
    assert_int_equal(counter.status, NCT_OK);
    contract_expect_text(&probe, "key 0", 20, "x");
    contract_expect_text(&probe, "key 69", 10, "x");
}

#define TEST(name) cmocka_unit_test_setup_teardown(test_##name, set_up, tear_down)

int main(void) {
    static const struct store_fixture fixture = {.name = "postgresql store",
                                                 .open = open_postgresql,
                                                 .close = close_postgresql,
                                                 .reopen = reopen_postgresql,
                                                 .random_steps = 5000,
                                                 .increments = INCREMENTS};
    const struct CMUnitTest tests[] = {
        TEST(open_checks_arguments),
        TEST(strings_that_are_wrong_do_not_show_a_password),
        TEST(what_cannot_be_reached_is_named),
        TEST(a_wrong_password_is_refused_and_not_shown),
        TEST(a_role_that_may_not_create_is_told_what_it_lacks),
        TEST(a_role_with_no_more_than_the_rights_it_needs),
        TEST(places_are_named_without_secrets),
        TEST(tls_is_what_the_string_says),
        TEST(two_handles_on_one_database),
        TEST(processes_count_exactly),
        TEST(threads_share_few_connections),
        TEST(rows_are_found_by_the_primary_key),
        TEST(settings_of_the_role_change_nothing),
        TEST(closing_leaves_no_session),
        TEST(a_session_that_was_taken_away_does_no_harm),
        TEST(large_batches_beside_small_ones),
    };
    server = server_begin();
    int failures = store_contract_run(&fixture);
    failures += cmocka_run_group_tests_name("postgresql store alone", tests, NULL, NULL);
    server_end();
    return failures == 0 ? 0 : 1;
}
