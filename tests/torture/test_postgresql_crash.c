/* The server dies, is restarted, or throws connections out, while processes commit: nothing that was answered is lost,
 * nothing is done twice. (No threads.) */
#include "clinic_file.h"
#include "host.h"
#include "postgresql_database.h"
#include "store_contract_cases.h"

#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define PROCESSES 4
#define KILLS 3
#define PATIENCE 120000 /* milliseconds: a busy machine takes its time to start a server */

/* What processes share. */
struct tally {
    _Atomic int opened; /* how many processes have their store open: opening tries only once */
    _Atomic int stop;
    _Atomic uint64_t done; /* increments that answered NCT_OK */
    _Atomic int failures;  /* any other answer but a conflict */
};

struct scene {
    struct database *database;
    struct tally *tally;
    int processes[PROCESSES];
};

static int set_up(void **state) {
    struct scene *scene = calloc(1, sizeof *scene);
    *state = scene;
    if (scene == NULL || (scene->database = database_make()) == NULL)
        return -1;
    scene->tally = shared_memory(sizeof *scene->tally);
    return scene->tally != NULL ? 0 : -1;
}

static int tear_down(void **state) {
    struct scene *scene = *state;
    shared_free(scene->tally, sizeof *scene->tally);
    database_remove(scene->database);
    free(scene);
    return 0;
}

static struct probe probe_of(nct_postgresql_store *store) {
    return (struct probe){.functions = nct_postgresql_store_functions(), .user_data = store};
}

/* Increments one by one, so that each answer is counted. */
static int work(void *argument) {
    struct scene *scene = argument;
    if (nct_postgresql_store_open(scene->database->connection, 0, PATIENCE, &scene->database->store) != NCT_OK)
        return 1;
    struct probe probe = probe_of(scene->database->store);
    (void)atomic_fetch_add(&scene->tally->opened, 1);
    pid_t parent = getppid(); /* a test that failed is not there any more to stop this */
    while (!atomic_load(&scene->tally->stop) && getppid() == parent) {
        if (probe_increment(&probe, 1, "counter", 1) == NCT_OK) {
            (void)atomic_fetch_add(&scene->tally->done, 1);
        } else {
            char text[512];
            (void)fprintf(stderr, "%s\n", nct_postgresql_store_error(text, sizeof text));
            (void)atomic_fetch_add(&scene->tally->failures, 1);
        }
    }
    nct_postgresql_store_close(scene->database->store);
    return 0;
}

static void sleep_for(long milliseconds) {
    const struct timespec time = {.tv_sec = milliseconds / 1000, .tv_nsec = milliseconds % 1000 * 1000000};
    (void)nanosleep(&time, NULL);
}

/* Until so many more increments were made: what is done to the server meets work. */
static void wait_for_work(const struct scene *scene, uint64_t more) {
    uint64_t wanted = atomic_load(&scene->tally->done) + more;
    for (int i = 0; i < PATIENCE / 5 && atomic_load(&scene->tally->done) < wanted; i++)
        sleep_for(5);
    assert_true(atomic_load(&scene->tally->done) >= wanted);
}

static void begin_work(struct scene *scene) {
    assert_int_equal(database_open(scene->database), NCT_OK); /* the schema is there before anything dies */
    nct_postgresql_store_close(scene->database->store);
    scene->database->store = NULL;
    for (size_t i = 0; i < PROCESSES; i++) {
        scene->processes[i] = process_start(work, scene);
        assert_true(scene->processes[i] > 0);
    }
    for (int i = 0; i < PATIENCE / 5 && atomic_load(&scene->tally->opened) < PROCESSES; i++)
        sleep_for(5);
    wait_for_work(scene, 50);
}

static void end_work(struct scene *scene) {
    wait_for_work(scene, 50);
    atomic_store(&scene->tally->stop, 1);
    for (size_t i = 0; i < PROCESSES; i++)
        assert_int_equal(process_wait(scene->processes[i]), 0);
    assert_int_equal(atomic_load(&scene->tally->failures), 0);
    assert_int_equal(database_open(scene->database), NCT_OK);
    struct probe probe = probe_of(scene->database->store);
    assert_int_equal(probe_counter(&probe, 1, "counter"), atomic_load(&scene->tally->done));
}

static void test_kill_9_of_the_server(void **state) {
    struct scene *scene = *state;
    begin_work(scene);
    for (int i = 0; i < KILLS; i++) {
        assert_int_equal(server_do("kill"), 0);
        sleep_for(200);
        assert_int_equal(server_do("start"), 0);
        wait_for_work(scene, 100);
    }
    end_work(scene);
}

static void test_restarts_of_the_server(void **state) {
    struct scene *scene = *state;
    begin_work(scene);
    for (int i = 0; i < KILLS; i++) {
        assert_int_equal(server_do("stop"), 0);
        assert_int_equal(server_do("start"), 0);
        wait_for_work(scene, 50);
    }
    end_work(scene);
}

/* An operator ends connections, whatever they are just doing. */
static void test_connections_thrown_out(void **state) {
    struct scene *scene = *state;
    begin_work(scene);
    PGconn *connection = database_connect(scene->database);
    for (int i = 0; i < 200; i++) {
        database_tell(connection, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name ="
                                  " 'nctracks' ORDER BY random() LIMIT 2");
        sleep_for(5);
    }
    PQfinish(connection);
    end_work(scene);
}

/* A server that is away for longer than the patience: a failure in time, and all is well when it is back. */
static void test_a_server_that_stays_away(void **state) {
    struct scene *scene = *state;
    assert_int_equal(nct_postgresql_store_open(scene->database->connection, 0, 1500, &scene->database->store), NCT_OK);
    struct probe probe = probe_of(scene->database->store);
    assert_int_equal(probe_commit_one(&probe, contract_put("a", 0, "one")), NCT_OK);
    assert_int_equal(server_do("stop"), 0);
    time_t begin = time(NULL);
    assert_int_equal(probe_commit_one(&probe, contract_put("a", 1, "two")), NCT_E_STORE);
    assert_true(time(NULL) - begin < 8);
    database_expect_words("failed");
    assert_int_equal(server_do("start"), 0);
    contract_expect_text(&probe, "a", 1, "one");
    assert_int_equal(probe_commit_one(&probe, contract_put("a", 1, "two")), NCT_OK);
}

#define TEST(name) cmocka_unit_test_setup_teardown(test_##name, set_up, tear_down)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(kill_9_of_the_server),
        TEST(restarts_of_the_server),
        TEST(connections_thrown_out),
        TEST(a_server_that_stays_away),
    };
    (void)server_begin();
    int failures = cmocka_run_group_tests_name("a postgresql server that dies", tests, NULL, NULL);
    server_end();
    return failures;
}
