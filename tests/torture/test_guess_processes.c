/* Four processes guess one PIN on one SQLite file: the limit holds for all of them together, exactly. (No threads.) */
#include "account.h"
#include "clinic_file.h"
#include "trials.h"
#include <nctracks/sqlite_store.h>

#include <sched.h>

#define PROCESSES 4
#define ROUNDS 60
#define LIMIT 10

struct guesser {
    const struct clinic_file *clinic;
    _Atomic int *ready; /* how many processes are; all begin when all are */
    const char *password;
    const char *pin;
    int ok;     /* what the attempts ended with; in shared memory */
    int denied; /*                                               */
};

/* The answer: 0 when every attempt ended well or was denied. */
static int guess(void *argument) {
    struct guesser *guesser = argument;
    struct host host = {.now = WORLD_START};
    nct_sqlite_store *store = NULL;
    nct_status opened = clinic_file_open(guesser->clinic, guesser->clinic->copy, &host, &store);
    (void)atomic_fetch_add(guesser->ready, 1);
    while (*guesser->ready < PROCESSES)
        (void)sched_yield();
    if (opened != NCT_OK)
        return 1;
    int failed = 0;
    for (int i = 0; i < ROUNDS; i++) {
        nct_status status = host_sign_in_turn(host.portal, NPI_CLINIC, PETRA.ncid, guesser->password, guesser->pin);
        guesser->ok += status == NCT_OK;
        guesser->denied += status == NCT_E_DENIED;
        failed += status != NCT_OK && status != NCT_E_DENIED;
    }
    clinic_file_close(&host, store);
    return failed > 0 ? 2 : 0;
}

struct guessers {
    _Atomic int ready;
    struct guesser at[PROCESSES];
};

struct result {
    struct account account;
    int32_t pin_state, pin_failures;
    int ok;
};

static struct result look(const struct clinic_file *clinic) {
    struct result result = {0};
    struct host host = {.now = WORLD_START};
    nct_sqlite_store *store = NULL;
    expect_status(clinic_file_open(clinic, clinic->copy, &host, &store), NCT_OK);
    expect_whole_ledger(host.portal);
    result.account = account_of(host.portal, PETRA.ncid);
    expect_status(
        nct_pin_status(host.portal, PETRA.ncid, strlen(PETRA.ncid), &result.pin_state, NULL, &result.pin_failures),
        NCT_OK);
    clinic_file_close(&host, store);
    return result;
}

/* The first `owners` processes have the right PIN. */
static struct result run(const struct clinic_file *clinic, const char *password, size_t owners) {
    struct guessers *guessers = shared_memory(sizeof *guessers);
    int processes[PROCESSES];
    char wrong[16];
    strcpy(wrong, world_wrong_pin(clinic->pin));
    assert_non_null(guessers);
    clinic_file_copy(clinic);
    for (size_t i = 0; i < PROCESSES; i++) {
        guessers->at[i] = (struct guesser){clinic, &guessers->ready, password, i < owners ? clinic->pin : wrong, 0, 0};
        processes[i] = process_start(guess, &guessers->at[i]);
    }
    int ok = 0, denied = 0;
    for (size_t i = 0; i < PROCESSES; i++) {
        assert_int_equal(process_wait(processes[i]), 0);
        ok += guessers->at[i].ok;
        denied += guessers->at[i].denied;
    }
    shared_free(guessers, sizeof *guessers);
    struct result result = look(clinic);
    result.ok = ok;
    assert_int_equal(ok + denied, PROCESSES * ROUNDS);
    assert_int_equal(result.account.tried, PROCESSES * ROUNDS);
    assert_int_equal(result.account.made, ok);
    assert_int_equal(result.account.refused, denied);
    assert_int_equal(result.account.made + result.account.why[REASON_WRONG_PIN], trials_count(NCT_SECRET_PIN));
    return result;
}

static void together_they_get_the_limit(void **state) {
    struct result result = run(*state, WORLD_PASSWORD, 0);
    assert_int_equal(trials_count(NCT_SECRET_PIN), LIMIT);
    assert_int_equal(result.account.why[REASON_WRONG_PIN], LIMIT);
    assert_int_equal(result.account.why[REASON_PIN_DISABLED], PROCESSES * ROUNDS - LIMIT);
    assert_int_equal(result.pin_state, NCT_PIN_DISABLED);
}

static void beside_an_owner_they_get_the_limit(void **state) {
    struct result result = run(*state, WORLD_PASSWORD, PROCESSES / 2);
    struct trials_runs runs = trials_runs_of_pin();
    assert_true(runs.before_success < LIMIT);
    assert_true(runs.longest <= LIMIT);
    assert_int_equal(runs.longest == LIMIT, result.pin_state == NCT_PIN_DISABLED);
    assert_int_equal(result.ok, trials_right(NCT_SECRET_PIN));
}

static void wrong_passwords_do_not_reach_the_pin(void **state) {
    struct result result = run(*state, "not the password", PROCESSES / 2);
    assert_int_equal(trials_count(NCT_SECRET_PASSWORD), LIMIT);
    assert_int_equal(trials_count(NCT_SECRET_PIN), 0);
    assert_int_equal(result.account.why[REASON_WRONG_PASSWORD], LIMIT);
    assert_int_equal(result.account.why[REASON_PASSWORD_DISABLED], PROCESSES * ROUNDS - LIMIT);
    assert_int_equal(result.pin_state, NCT_PIN_ACTIVE);
    assert_int_equal(result.pin_failures, 0);
}

static struct clinic_file clinic;

static int setup(void **state) {
    clinic = clinic_file_make();
    *state = &clinic;
    return trials_start();
}

static int teardown(void **state) {
    clinic_file_remove(*state);
    trials_stop();
    return 0;
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void) {
    const struct CMUnitTest tests[] = {
        CASE(together_they_get_the_limit),
        CASE(beside_an_owner_they_get_the_limit),
        CASE(wrong_passwords_do_not_reach_the_pin),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
