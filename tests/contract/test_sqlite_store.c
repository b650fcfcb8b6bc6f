#include "../../examples/store_sqlite/store_sqlite_inside.h"
#include "sqlite_place.h"
#include "store_contract_cases.h"

#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <sqlite3.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define INCREMENTS 100
#define PROCESSES 4

static void show_error(nct_status status) {
    char text[256];
    if (status != NCT_OK)
        (void)fprintf(stderr, "store_sqlite: %d %s\n", (int)status, nct_sqlite_store_error(text, sizeof text));
}

static nct_status open_again(struct place *place, const nct_store **functions, void **user_data) {
    nct_status status = nct_sqlite_store_open(place->path, &place->store);
    show_error(status);
    *functions = nct_sqlite_store_functions();
    *user_data = place->store;
    return status;
}

static nct_status open_sqlite(void **state, const nct_store **functions, void **user_data) {
    struct place *place = place_make();
    if (place == NULL)
        return NCT_E_NO_MEMORY;
    *state = place;
    nct_status status = open_again(place, functions, user_data);
    if (status != NCT_OK)
        place_remove(place);
    return status;
}

static void close_sqlite(void **state) {
    place_remove(*state);
}

static nct_status reopen_sqlite(void **state, const nct_store **functions, void **user_data) {
    struct place *place = *state;
    nct_sqlite_store_close(place->store);
    return open_again(place, functions, user_data);
}

static int set_up(void **state) {
    *state = place_make();
    return *state != NULL ? 0 : -1;
}

static int tear_down(void **state) {
    place_remove(*state);
    return 0;
}

static struct probe probe_of(nct_sqlite_store *store) {
    return (struct probe){.functions = nct_sqlite_store_functions(), .user_data = store};
}

static void test_open_checks_arguments(void **state) {
    struct place *place = *state;
    char text[256];
    assert_int_equal(nct_sqlite_store_open(place->path, NULL), NCT_E_ARGUMENT);
    assert_int_equal(nct_sqlite_store_open(NULL, &place->store), NCT_E_ARGUMENT);
    assert_int_equal(nct_sqlite_store_open("", &place->store), NCT_E_ARGUMENT);
    assert_int_equal(nct_sqlite_store_open("/nowhere/at/all.db", &place->store), NCT_E_STORE);
    assert_null(place->store);
    assert_true(strlen(nct_sqlite_store_error(text, sizeof text)) > 0);
    nct_sqlite_store_close(NULL);
}

static void expect_private(const struct place *place, const char *ending) {
    char path[96];
    struct stat status;
    assert_int_equal(stat(place_companion(place, ending, path), &status), 0);
    assert_int_equal(status.st_mode & 0777, 0600);
}

static void test_files_are_private(void **state) {
    struct place *place = *state;
    mode_t mask = umask(0);
    assert_int_equal(nct_sqlite_store_open(place->path, &place->store), NCT_OK);
    struct probe probe = probe_of(place->store);
    assert_int_equal(probe_commit_one(&probe, contract_put("a", 0, "x")), NCT_OK);
    (void)umask(mask);
    expect_private(place, "");
    expect_private(place, "-wal");
    expect_private(place, "-shm");
}

/* A copy of the file alone is the whole store then. */
static void test_closing_leaves_no_log(void **state) {
    struct place *place = *state;
    char path[96];
    assert_int_equal(nct_sqlite_store_open(place->path, &place->store), NCT_OK);
    struct probe probe = probe_of(place->store);
    assert_int_equal(probe_commit_one(&probe, contract_put("a", 0, "x")), NCT_OK);
    contract_expect_text(&probe, "a", 1, "x");
    nct_sqlite_store_close(place->store);
    place->store = NULL;
    assert_int_equal(access(place_companion(place, "-wal", path), F_OK), -1);
}

static void test_two_handles_on_one_file(void **state) {
    struct place *place = *state;
    nct_sqlite_store *other = NULL;
    assert_int_equal(nct_sqlite_store_open(place->path, &place->store), NCT_OK);
    assert_int_equal(nct_sqlite_store_open(place->path, &other), NCT_OK);
    struct probe first = probe_of(place->store);
    struct probe second = probe_of(other);
    assert_int_equal(probe_commit_one(&first, contract_put("a", 0, "one")), NCT_OK);
    contract_expect_text(&second, "a", 1, "one");
    assert_int_equal(probe_commit_one(&second, contract_put("a", 1, "two")), NCT_OK);
    assert_int_equal(probe_commit_one(&first, contract_put("a", 1, "x")), NCT_E_CONFLICT);
    contract_expect_text(&first, "a", 2, "two");
    nct_sqlite_store_close(other);
    assert_int_equal(probe_commit_one(&first, contract_delete("a", 2)), NCT_OK);
}

/* Each process opens the file itself, all at once, also when nobody has made it yet. */
static void count_in_process(const char *path) {
    nct_sqlite_store *store = NULL;
    nct_status status = nct_sqlite_store_open(path, &store);
    struct probe probe = probe_of(store);
    if (status == NCT_OK)
        status = probe_increment(&probe, 1, "counter", INCREMENTS);
    show_error(status);
    nct_sqlite_store_close(store);
    _exit(status == NCT_OK ? 0 : 1);
}

static void test_processes_count_exactly(void **state) {
    struct place *place = *state;
    pid_t children[PROCESSES];
    for (size_t i = 0; i < PROCESSES; i++) {
        children[i] = fork();
        assert_true(children[i] >= 0);
        if (children[i] == 0)
            count_in_process(place->path);
    }
    for (size_t i = 0; i < PROCESSES; i++) {
        int answer = -1;
        assert_int_equal(waitpid(children[i], &answer, 0), children[i]);
        assert_int_equal(answer, 0);
    }
    assert_int_equal(nct_sqlite_store_open(place->path, &place->store), NCT_OK);
    struct probe probe = probe_of(place->store);
    assert_int_equal(probe_counter(&probe, 1, "counter"), PROCESSES * INCREMENTS);
}

static void test_other_formats_are_refused(void **state) {
    struct place *place = *state;
    int file = open(place->path, O_WRONLY | O_CREAT, 0600);
    assert_true(file >= 0);
    char page[4096];
    memset(page, 'x', sizeof page);
    assert_int_equal(write(file, page, sizeof page), sizeof page);
    assert_int_equal(close(file), 0);
    place_expect_refused(place, NCT_E_STORE, "it is not an SQLite database");
}

/* Commits that wait for somebody else's connection, which has the file. */
#define WAITING 5

struct late {
    pthread_t thread;
    const struct probe *probe;
    struct nct_batch_op op;
    nct_status status;
    atomic_int done;
};

static void *commit_late(void *argument) {
    struct late *late = argument;
    late->status = probe_commit_one(late->probe, late->op);
    atomic_store(&late->done, 1);
    return NULL;
}

static sqlite3 *take_file(const char *path) {
    sqlite3 *connection = NULL;
    assert_int_equal(sqlite3_open(path, &connection), SQLITE_OK);
    assert_int_equal(sqlite3_exec(connection, "BEGIN IMMEDIATE", NULL, NULL, NULL), SQLITE_OK);
    return connection;
}

/* Those at work, of which the file is kept, and those that wait for them. */
static size_t late_so_far(nct_sqlite_store *store) {
    assert_int_equal(pthread_mutex_lock(&store->queue.mutex), 0);
    size_t count = store->queue.at_work != 0;
    for (const struct waiting_commit *commit = store->queue.first; commit != NULL; commit = commit->next)
        count++;
    assert_int_equal(pthread_mutex_unlock(&store->queue.mutex), 0);
    return count;
}

static void begin_late(nct_sqlite_store *store, struct late *late, size_t count) {
    assert_int_equal(pthread_create(&late->thread, NULL, commit_late, late), 0);
    while (late_so_far(store) < count)
        (void)nanosleep(&(struct timespec){.tv_nsec = 1000000}, NULL);
}

static size_t number_at(const unsigned char *bytes) {
    return (size_t)bytes[0] << 24 | (size_t)bytes[1] << 16 | (size_t)bytes[2] << 8 | bytes[3];
}

/* Transactions in the write-ahead log: each ends with a frame that has the size of the database. */
static size_t transactions(const struct place *place) {
    char path[96];
    unsigned char header[32];
    size_t count = 0;
    FILE *log = fopen(place_companion(place, "-wal", path), "rb");
    assert_non_null(log);
    assert_int_equal(fread(header, 1, sizeof header, log), sizeof header);
    long page = (long)number_at(header + 8);
    while (fread(header, 1, 24, log) == 24 && fseek(log, page, SEEK_CUR) == 0)
        count += number_at(header + 4) != 0;
    assert_int_equal(fclose(log), 0);
    return count;
}

static void test_commits_that_wait_are_made_together(void **state) {
    struct place *place = *state;
    assert_int_equal(nct_sqlite_store_open(place->path, &place->store), NCT_OK);
    struct probe probe = probe_of(place->store);
    assert_int_equal(probe_commit_one(&probe, contract_put("a", 0, "before")), NCT_OK);
    struct late late[WAITING] = {
        {.op = contract_put("first", 0, "x")}, {.op = contract_put("b", 0, "one")},
        {.op = contract_put("b", 0, "two")}, /* which is there by then */
        {.op = contract_put("a", 7, "x")},     {.op = contract_put("b", 1, "three")},
    };
    static const nct_status wanted[WAITING] = {NCT_OK, NCT_OK, NCT_E_CONFLICT, NCT_E_CONFLICT, NCT_OK};
    size_t before = transactions(place);
    sqlite3 *other = take_file(place->path);
    for (size_t i = 0; i < WAITING; i++) {
        late[i].probe = &probe;
        begin_late(place->store, &late[i], i + 1);
        contract_expect_text(&probe, "a", 1, "before"); /* who reads waits for none of them */
        assert_int_equal(atomic_load(&late[0].done), 0);
    }
    assert_int_equal(sqlite3_exec(other, "ROLLBACK", NULL, NULL, NULL), SQLITE_OK);
    for (size_t i = 0; i < WAITING; i++) {
        assert_int_equal(pthread_join(late[i].thread, NULL), 0);
        assert_int_equal(late[i].status, wanted[i]);
    }
    assert_int_equal(sqlite3_close(other), SQLITE_OK);
    assert_int_equal(transactions(place) - before, 2); /* the first alone, then all that had come meanwhile */
    contract_expect_text(&probe, "a", 1, "before");
    contract_expect_text(&probe, "b", 2, "three");
}

/* The words of the plan of a statement as the adapter runs it. */
static void expect_plan(const char *path, const char *statement_text, const char *plan) {
    sqlite3 *connection = NULL;
    sqlite3_stmt *statement = NULL;
    assert_int_equal(sqlite3_open(path, &connection), SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(connection, statement_text, -1, &statement, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(statement), SQLITE_ROW);
    assert_string_equal((const char *)sqlite3_column_text(statement, 3), plan);
    assert_int_equal(sqlite3_step(statement), SQLITE_DONE);
    assert_int_equal(sqlite3_finalize(statement), SQLITE_OK);
    assert_int_equal(sqlite3_close(connection), SQLITE_OK);
}

static void test_scans_use_the_primary_key(void **state) {
    struct place *place = *state;
    assert_int_equal(nct_sqlite_store_open(place->path, &place->store), NCT_OK);
    expect_plan(place->path,
                "EXPLAIN QUERY PLAN SELECT key, revision, value FROM rows"
                " WHERE space = ?1 AND key >= ?2 AND key < ?3 ORDER BY key LIMIT ?4",
                "SEARCH rows USING PRIMARY KEY (space=? AND key>? AND key<?)");
}

#define TEST(name) cmocka_unit_test_setup_teardown(test_##name, set_up, tear_down)

int main(void) {
    static const struct store_fixture fixture = {.name = "sqlite store",
                                                 .open = open_sqlite,
                                                 .close = close_sqlite,
                                                 .reopen = reopen_sqlite,
                                                 .increments = INCREMENTS};
    const struct CMUnitTest tests[] = {
        TEST(open_checks_arguments),
        TEST(files_are_private),
        TEST(two_handles_on_one_file),
        TEST(processes_count_exactly),
        TEST(other_formats_are_refused),
        TEST(scans_use_the_primary_key),
        TEST(commits_that_wait_are_made_together),
        TEST(closing_leaves_no_log),
    };
    int failures = store_contract_run(&fixture);
    failures += cmocka_run_group_tests_name("sqlite store alone", tests, NULL, NULL);
    return failures == 0 ? 0 : 1;
}
