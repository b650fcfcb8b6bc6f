/* Connections that are lost in the middle of commits: what the store answers is what took place, and nothing else. */
#include "postgresql_database.h"
#include "postgresql_proxy.h"
#include "store_contract_cases.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define THREADS 4
#define INCREMENTS 60

static const struct server *server;

/* A database, the way to it through a proxy, and the way without. */
struct scene {
    struct database *database;
    struct proxy *proxy;
    nct_postgresql_store *direct;
    struct probe probe, beside;
};

static struct probe probe_of(nct_postgresql_store *store) {
    return (struct probe){.functions = nct_postgresql_store_functions(), .user_data = store};
}

static void open_scene(struct scene *scene, int32_t patience) {
    char text[320];
    nct_postgresql_store_close(scene->database->store);
    scene->database->store = NULL;
    database_connection(scene->database, NULL, proxy_folder(scene->proxy), NULL, text);
    assert_int_equal(nct_postgresql_store_open(text, 0, patience, &scene->database->store), NCT_OK);
    scene->probe = probe_of(scene->database->store);
}

static int set_up(void **state) {
    struct scene *scene = calloc(1, sizeof *scene);
    *state = scene;
    if (scene == NULL || (scene->database = database_make()) == NULL ||
        (scene->proxy = proxy_start(server->folder, server->port)) == NULL)
        return -1;
    open_scene(scene, 0);
    assert_int_equal(nct_postgresql_store_open(scene->database->connection, 0, 0, &scene->direct), NCT_OK);
    scene->beside = probe_of(scene->direct);
    return 0;
}

static int tear_down(void **state) {
    struct scene *scene = *state;
    nct_postgresql_store_close(scene->direct);
    nct_postgresql_store_close(scene->database->store);
    scene->database->store = NULL;
    proxy_stop(scene->proxy);
    database_remove(scene->database);
    free(scene);
    return 0;
}

#define PLAN(scene, ...)                                                                                               \
    do {                                                                                                               \
        const enum cut cuts[] = {__VA_ARGS__};                                                                         \
        proxy_plan((scene)->proxy, cuts, sizeof cuts / sizeof cuts[0]);                                                \
    } while (0)

/* The first commit of a connection makes its session's row, a later one does not: both, for each way to lose it. */
static void test_a_commit_is_done_once_however_it_was_lost(void **state) {
    struct scene *scene = *state;
    uint64_t revision = 0;
    for (int cut = CUT_REQUEST; cut <= CUT_HALF_ANSWER; cut++) {
        open_scene(scene, 0);
        for (int later = 0; later < 2; later++) {
            PLAN(scene, (enum cut)cut);
            assert_int_equal(probe_commit_one(&scene->probe, contract_put("a", revision, "ours")), NCT_OK);
            contract_expect_text(&scene->beside, "a", ++revision, "ours");
            assert_int_equal(probe_commit_one(&scene->probe, contract_put("a", revision, "next")), NCT_OK);
            contract_expect_text(&scene->beside, "a", ++revision, "next");
        }
    }
    assert_int_equal(proxy_cuts(scene->proxy), 8);
}

/* The question what became of it is lost too, each time in another way. */
static void test_questions_may_be_lost_too(void **state) {
    struct scene *scene = *state;
    uint64_t revision = 0;
    for (int cut = CUT_REQUEST; cut <= CUT_HALF_ANSWER; cut++) {
        PLAN(scene, (enum cut)cut, CUT_REQUEST, CUT_ANSWER, CUT_HALF_REQUEST, CUT_ANSWER, CUT_HALF_ANSWER);
        assert_int_equal(probe_commit_one(&scene->probe, contract_put("a", revision, "ours")), NCT_OK);
        contract_expect_text(&scene->beside, "a", ++revision, "ours");
    }
    assert_int_equal(proxy_cuts(scene->proxy), 24);
}

/* A conflict whose answer is lost is one when it is asked for again, and a delete is not done twice. */
static void test_conflicts_stay_conflicts(void **state) {
    struct scene *scene = *state;
    assert_int_equal(probe_commit_one(&scene->beside, contract_put("a", 0, "theirs")), NCT_OK);
    for (int cut = CUT_REQUEST; cut <= CUT_HALF_ANSWER; cut++) {
        PLAN(scene, (enum cut)cut);
        assert_int_equal(probe_commit_one(&scene->probe, contract_put("a", 0, "ours")), NCT_E_CONFLICT);
        PLAN(scene, (enum cut)cut);
        assert_int_equal(probe_commit_one(&scene->probe, contract_check("a", 2)), NCT_E_CONFLICT);
        PLAN(scene, (enum cut)cut);
        assert_int_equal(probe_commit_one(&scene->probe, contract_put("b", 0, "ours")), NCT_OK);
        PLAN(scene, (enum cut)cut);
        assert_int_equal(probe_commit_one(&scene->probe, contract_delete("b", 1)), NCT_OK);
        contract_expect_text(&scene->beside, "b", 0, "");
    }
    contract_expect_text(&scene->beside, "a", 1, "theirs");
}

/* The request reaches the server when everybody has forgotten it, and what it expects holds again by chance. */
static void late_request(struct scene *scene) {
    PLAN(scene, CUT_LATE);
    assert_int_equal(probe_commit_one(&scene->probe, contract_put("a", 0, "ours")), NCT_OK);
    contract_expect_text(&scene->beside, "a", 1, "ours");
    assert_int_equal(probe_commit_one(&scene->beside, contract_delete("a", 1)), NCT_OK);
    assert_int_equal(proxy_release(scene->proxy), 1);
    contract_expect_text(&scene->beside, "a", 0, "");
}

static void test_a_request_that_comes_late_does_nothing_any_more(void **state) {
    struct scene *scene = *state;
    late_request(scene);
    assert_int_equal(probe_commit_one(&scene->probe, contract_put("b", 0, "x")), NCT_OK); /* now there is a session */
    late_request(scene);
}

/* ---- When nobody can be asked ---- */

static void test_what_cannot_be_found_out_is_a_failure_in_time(void **state) {
    struct scene *scene = *state;
    open_scene(scene, 1500);
    PLAN(scene, CUT_ANSWER);
    proxy_refuse(scene->proxy, 1);
    time_t begin = time(NULL);
    assert_int_equal(probe_commit_one(&scene->probe, contract_put("a", 0, "ours")), NCT_E_STORE);
    assert_true(time(NULL) - begin < 8);
    database_expect_words("whether the commit took place is not known");
    contract_expect_text(&scene->beside, "a", 1, "ours");
    struct probe_value value;
    probe_value_init(&value);
    assert_int_equal(probe_get(&scene->probe, 1, "a", 1, &value), NCT_E_STORE);
    probe_value_clear(&value);
    proxy_refuse(scene->proxy, 0);
    contract_expect_text(&scene->probe, "a", 1, "ours");
    assert_int_equal(probe_commit_one(&scene->probe, contract_put("a", 1, "again")), NCT_OK);
}

/* Nobody hangs up and nobody answers: the connection is given up, another one is asked. */
static void test_silence_is_not_waited_for_without_end(void **state) {
    struct scene *scene = *state;
    open_scene(scene, 1500);
    PLAN(scene, CUT_SILENCE);
    time_t begin = time(NULL);
    assert_int_equal(probe_commit_one(&scene->probe, contract_put("a", 0, "ours")), NCT_OK);
    assert_true(time(NULL) - begin < 8);
    contract_expect_text(&scene->beside, "a", 1, "ours");
}

/* ---- Many at once ---- */

struct worker {
    pthread_t thread;
    const struct probe *probe;
    nct_status status;
};

static void *count(void *argument) {
    struct worker *worker = argument;
    worker->status = probe_increment(worker->probe, 1, "counter", INCREMENTS);
    return NULL;
}

/* One request in five is cut, some where the commit took place and some where it did not. A false OK would be missing
 * in the counter, a false CONFLICT would be in it twice. */
static void test_threads_count_exactly_in_a_storm(void **state) {
    struct scene *scene = *state;
    struct worker workers[THREADS];
    proxy_storm(scene->proxy, 5);
    for (size_t i = 0; i < THREADS; i++) {
        workers[i] = (struct worker){.probe = &scene->probe};
        assert_int_equal(pthread_create(&workers[i].thread, NULL, count, &workers[i]), 0);
    }
    for (size_t i = 0; i < THREADS; i++) {
        assert_int_equal(pthread_join(workers[i].thread, NULL), 0);
        assert_int_equal(workers[i].status, NCT_OK);
    }
    proxy_storm(scene->proxy, 0);
    assert_int_equal(probe_counter(&scene->beside, 1, "counter"), THREADS * INCREMENTS);
    assert_true(proxy_cuts(scene->proxy) > THREADS * INCREMENTS / 10);
}

#define TEST(name) cmocka_unit_test_setup_teardown(test_##name, set_up, tear_down)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(a_commit_is_done_once_however_it_was_lost),
        TEST(questions_may_be_lost_too),
        TEST(conflicts_stay_conflicts),
        TEST(a_request_that_comes_late_does_nothing_any_more),
        TEST(what_cannot_be_found_out_is_a_failure_in_time),
        TEST(silence_is_not_waited_for_without_end),
        TEST(threads_count_exactly_in_a_storm),
    };
    server = server_begin();
    int failures = cmocka_run_group_tests_name("lost connections to postgresql", tests, NULL, NULL);
    server_end();
    return failures;
}
