/*
 * 64 threads guess one person's PIN. Whatever they do at once, no more guesses are evaluated against a PIN than its
 * limit, exactly; and every attempt is in the ledger, with its true reason.
 */
#include "account.h"
#include "crowd.h"
#include "host.h"
#include "trials.h"
#include "world.h"

#define THREADS 64
#define LIMIT 10

struct scene {
    struct world *world;
    struct host host;
    const char *pin;
    char wrong_pin[16];
    const char *password; /* that the guessers send */
    size_t owners;        /* threads from 0 that send the right PIN */
    size_t resetters;     /* threads after these that have it reset */
    size_t rounds;        /* attempts of a thread */
    _Atomic size_t ok, denied, other;
};

static void set(struct scene *scene, int32_t option, int64_t value) {
    expect_status(nct_policy_set(scene->world->policy, option, value), NCT_OK);
}

/* No waits; so many tries of a commit that nobody starves. */
static void set_policy(struct scene *scene) {
    set(scene, NCT_OPTION_PIN_ATTEMPTS, LIMIT);
    set(scene, NCT_OPTION_DELAY_FIRST, 0);
    set(scene, NCT_OPTION_COMMIT_TRIES, 1000000);
}

static struct scene open_scene(struct world *w, const char *identity_password) {
    struct scene scene = {.world = w, .pin = world_pin_of(w, PETRA.ncid), .password = WORLD_PASSWORD, .rounds = 12};
    strcpy(scene.wrong_pin, world_wrong_pin(scene.pin));
    set_policy(&scene);
    scene.host.password = identity_password;
    return scene;
}

static void open_host(struct scene *scene) {
    struct host *host = &scene->host;
    world_reopen(scene->world); /* the store takes on the policy */
    host->policy = scene->world->policy;
    host->key = scene->world->key;
    host->store = yielding_store();
    host->store_data = scene->world->store.inner;
    host->now = scene->world->now;
    expect_status(host_open(host), NCT_OK);
    assert_int_equal(trials_start(), 0);
}

static void close_scene(struct scene *scene) {
    expect_whole_ledger(scene->host.portal);
    host_close(&scene->host);
    trials_stop();
}

static void attempt(struct scene *scene, size_t index) {
    const char *pin = index < scene->owners ? scene->pin : scene->wrong_pin;
    nct_status status = host_sign_in_turn(scene->host.portal, NPI_CLINIC, PETRA.ncid, scene->password, pin);
    _Atomic size_t *counter = status == NCT_OK ? &scene->ok : status == NCT_E_DENIED ? &scene->denied : &scene->other;
    (void)atomic_fetch_add(counter, 1);
}

static void reset(struct scene *scene) {
    nct_status status = nct_pin_reset_by_operator(scene->host.portal, WORLD_OPERATOR, strlen(WORLD_OPERATOR),
                                                  PETRA.ncid, strlen(PETRA.ncid), "torture", 7);
    if (status != NCT_OK)
        (void)atomic_fetch_add(&scene->other, 1);
}

static void work(size_t index, void *argument) {
    struct scene *scene = argument;
    int resets = index >= scene->owners && index < scene->owners + scene->resetters;
    for (size_t i = 0; i < scene->rounds; i++)
        if (resets)
            reset(scene);
        else
            attempt(scene, index);
}

/* Every attempt is told of twice: when it was reserved, and how it ended. Only the evaluated ones say so. */
static struct account expect_full_account(struct scene *scene) {
    struct account account = account_of(scene->host.portal, PETRA.ncid);
    assert_int_equal(scene->other, 0);
    assert_int_equal(account.not_made, 0);
    assert_int_equal(account.tried, scene->ok + scene->denied);
    assert_int_equal(account.made, scene->ok);
    assert_int_equal(account.refused, scene->denied);
    assert_int_equal(account.why[REASON_OTHER] + account.why[REASON_NO_PIN] + account.why[REASON_NO_PASSWORD], 0);
    assert_int_equal(account.made + account.why[REASON_WRONG_PIN] + account.why[REASON_RENEWED],
                     trials_count(NCT_SECRET_PIN));
    assert_int_equal(account.made + account.why[REASON_RENEWED], trials_right(NCT_SECRET_PIN));
    return account;
}

/* With the waits of the default policy: nobody errs, so nobody is refused. */
static void ones_own_right_tries_are_never_refused(void **state) {
    struct scene scene = open_scene(*state, NULL);
    set(&scene, NCT_OPTION_DELAY_FIRST, 30000);
    scene.owners = THREADS;
    scene.rounds = 4;
    open_host(&scene);
    assert_int_equal(crowd_run(THREADS, work, &scene), 0);
    struct account account = expect_full_account(&scene);
    assert_int_equal(account.made, THREADS * scene.rounds);
    assert_int_equal(scene.denied, 0);
    assert_int_equal(world_pin_failures(scene.world, PETRA.ncid), 0);
    close_scene(&scene);
}

static void exactly_the_limit_of_guesses_is_evaluated(void **state) {
    struct scene scene = open_scene(*state, NULL);
    open_host(&scene);
    assert_int_equal(crowd_run(THREADS, work, &scene), 0);
    struct account account = expect_full_account(&scene);
    assert_int_equal(trials_count(NCT_SECRET_PIN), LIMIT);
    assert_int_equal(account.why[REASON_WRONG_PIN], LIMIT);
    assert_int_equal(account.why[REASON_PIN_DISABLED], THREADS * scene.rounds - LIMIT);
    assert_int_equal(world_pin_state(scene.world, PETRA.ncid), NCT_PIN_DISABLED);
    expect_status(host_sign(scene.host.portal, NPI_CLINIC, PETRA.ncid, WORLD_PASSWORD, scene.pin), NCT_E_DENIED);
    assert_int_equal(trials_count(NCT_SECRET_PIN), LIMIT);
    close_scene(&scene);
}

/* The clock stands still: what must wait, waits for ever; an hour later there is one more guess. */
static void while_a_wait_lasts_nothing_is_evaluated(void **state) {
    struct scene scene = open_scene(*state, WORLD_PASSWORD);
    set(&scene, NCT_OPTION_DELAY_FIRST, 30000);
    scene.rounds = 4;
    open_host(&scene);
    for (size_t evaluated = 3; evaluated <= LIMIT; evaluated++) {
        assert_int_equal(crowd_run(THREADS, work, &scene), 0);
        struct account account = expect_full_account(&scene);
        assert_int_equal(account.why[REASON_WRONG_PIN], evaluated);
        assert_int_equal(account.why[REASON_PIN_WAITS] + account.why[REASON_PIN_DISABLED], scene.denied - evaluated);
        assert_int_equal(account.why[REASON_PIN_DISABLED] > 0, evaluated == LIMIT);
        scene.host.now += 3600000;
    }
    close_scene(&scene);
}

/* By the limit of the scene, which the world's own portal does not know. */
static int is_disabled(struct scene *scene) {
    int32_t state = NCT_PIN_NONE, failures = 0;
    int64_t issued_at = 0;
    expect_status(nct_pin_status(scene->host.portal, PETRA.ncid, strlen(PETRA.ncid), &state, &issued_at, &failures),
                  NCT_OK);
    return state == NCT_PIN_DISABLED;
}

static void guess_beside_owners(struct scene *scene, int64_t limit, size_t owners) {
    set(scene, NCT_OPTION_PIN_ATTEMPTS, limit);
    scene->owners = owners;
    open_host(scene);
    attempt(scene, 0);
    assert_int_equal(scene->ok, 1);
    assert_int_equal(crowd_run(THREADS, work, scene), 0);
    struct account account = expect_full_account(scene);
    struct trials_runs runs = trials_runs_of_pin();
    assert_int_equal(runs.generations, 1);
    assert_true(runs.before_success <= (size_t)limit - 1);
    assert_true(runs.longest <= (size_t)limit);
    assert_int_equal(runs.longest == (size_t)limit, is_disabled(scene));
    assert_true(account.made >= 1);
    close_scene(scene);
}

static void a_success_gives_guessers_no_more_than_the_limit(void **state) {
    struct scene scene = open_scene(*state, WORLD_PASSWORD);
    guess_beside_owners(&scene, LIMIT, 1);
}

static void many_successes_give_guessers_no_more_than_the_limit(void **state) {
    struct scene scene = open_scene(*state, WORLD_PASSWORD);
    guess_beside_owners(&scene, LIMIT, THREADS - 8);
}

static void a_high_limit_is_as_exact(void **state) {
    struct scene scene = open_scene(*state, WORLD_PASSWORD);
    guess_beside_owners(&scene, 100, THREADS / 2);
}

static void each_new_pin_has_its_own_limit(void **state) {
    struct scene scene = open_scene(*state, WORLD_PASSWORD);
    scene.resetters = 4;
    scene.rounds = 8;
    open_host(&scene);
    assert_int_equal(crowd_run(THREADS, work, &scene), 0);
    (void)expect_full_account(&scene);
    struct trials_runs runs = trials_runs_of_pin();
    assert_true(runs.longest <= LIMIT);
    assert_true(trials_count(NCT_SECRET_PIN) <= runs.generations * LIMIT);
    assert_true(runs.generations <= 1 + scene.resetters * scene.rounds);
    close_scene(&scene);
}

/* An identity service counts passwords, if anybody does: here nobody. */
static void wrong_passwords_do_not_reach_the_pin(void **state) {
    struct scene scene = open_scene(*state, WORLD_PASSWORD);
    scene.password = "not the password";
    scene.owners = THREADS / 2; /* half of them even know the PIN */
    open_host(&scene);
    assert_int_equal(crowd_run(THREADS, work, &scene), 0);
    struct account account = expect_full_account(&scene);
    assert_int_equal(trials_count(NCT_SECRET_PIN), 0);
    assert_int_equal(account.why[REASON_WRONG_PASSWORD], THREADS * scene.rounds);
    assert_int_equal(world_pin_state(scene.world, PETRA.ncid), NCT_PIN_ACTIVE);
    assert_int_equal(world_pin_failures(scene.world, PETRA.ncid), 0);
    expect_status(host_sign(scene.host.portal, NPI_CLINIC, PETRA.ncid, WORLD_PASSWORD, scene.pin), NCT_OK);
    close_scene(&scene);
}

static void wrong_passwords_have_a_limit_of_their_own(void **state) {
    struct scene scene = open_scene(*state, NULL);
    scene.password = "not the password";
    open_host(&scene);
    assert_int_equal(crowd_run(THREADS, work, &scene), 0);
    struct account account = expect_full_account(&scene);
    assert_int_equal(trials_count(NCT_SECRET_PASSWORD), LIMIT);
    assert_int_equal(account.why[REASON_WRONG_PASSWORD], LIMIT);
    assert_int_equal(account.why[REASON_PASSWORD_DISABLED], THREADS * scene.rounds - LIMIT);
    assert_int_equal(world_pin_state(scene.world, PETRA.ncid), NCT_PIN_ACTIVE);
    assert_int_equal(world_pin_failures(scene.world, PETRA.ncid), 0);
    world_set_password(scene.world, PETRA.ncid, WORLD_PASSWORD);
    expect_status(host_sign(scene.host.portal, NPI_CLINIC, PETRA.ncid, WORLD_PASSWORD, scene.pin), NCT_OK);
    close_scene(&scene);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, world_setup_clinic, world_teardown)

int main(void) {
    const struct CMUnitTest tests[] = {
        CASE(ones_own_right_tries_are_never_refused),
        CASE(exactly_the_limit_of_guesses_is_evaluated),
        CASE(while_a_wait_lasts_nothing_is_evaluated),
        CASE(a_success_gives_guessers_no_more_than_the_limit),
        CASE(many_successes_give_guessers_no_more_than_the_limit),
        CASE(a_high_limit_is_as_exact),
        CASE(each_new_pin_has_its_own_limit),
        CASE(wrong_passwords_do_not_reach_the_pin),
        CASE(wrong_passwords_have_a_limit_of_their_own),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
