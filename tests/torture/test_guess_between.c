/*
 * What may happen between the reservation of a try and its settlement, one interleaving at a time. (No threads: the
 * other attempt is made in the middle of the first.)
 */
#include "trials.h"
#include "world.h"

#define LIMIT 10

struct scene {
    struct world *w;
    char pin[16];
    char wrong[16];
    size_t guesses; /* to make in between */
    nct_status answer;
};

static struct scene scene;

static int setup(void **state) {
    if (world_setup_clinic(state) != 0)
        return -1;
    scene = (struct scene){.w = *state};
    strcpy(scene.pin, world_pin_of(scene.w, PETRA.ncid));
    strcpy(scene.wrong, world_wrong_pin(scene.pin));
    expect_status(nct_policy_set(scene.w->policy, NCT_OPTION_DELAY_FIRST, 0), NCT_OK);
    world_reopen(scene.w);
    return trials_start();
}

static int teardown(void **state) {
    trials_stop();
    return world_teardown(state);
}

static nct_status sign(const char *pin) {
    return world_sign_pa(scene.w, PETRA.ncid, WORLD_PASSWORD, pin);
}

static void guess(size_t times) {
    for (size_t i = 0; i < times; i++)
        expect_status(sign(scene.wrong), NCT_E_DENIED);
}

static void renew(void) {
    expect_status(nct_pin_reset_by_operator(scene.w->portal, WORLD_OPERATOR, strlen(WORLD_OPERATOR), "lost", 4,
                                            PETRA.ncid, strlen(PETRA.ncid)),
                  NCT_OK);
}

static nct_status guess_between(void *argument) {
    (void)argument;
    guess(scene.guesses);
    return scene.answer;
}

static nct_status renew_and_guess(void *argument) {
    renew();
    strcpy(scene.wrong, world_wrong_pin(world_pin_of(scene.w, PETRA.ncid)));
    guess(scene.guesses);
    (void)argument;
    return scene.answer;
}

static int32_t failures(void) {
    return world_pin_failures(scene.w, PETRA.ncid);
}

/* A right try is settled after wrong ones that began later: these still count. */
static void a_success_does_not_wipe_what_began_after_it(void **state) {
    (void)state;
    for (size_t guesses = 0; guesses < LIMIT; guesses++) {
        size_t before = trials_count(NCT_SECRET_PIN);
        scene.guesses = guesses;
        trials_between(NCT_SECRET_PIN, guess_between, NULL);
        expect_status(sign(scene.pin), NCT_OK);
        assert_int_equal(failures(), guesses);
        guess(2 * LIMIT);
        assert_int_equal(trials_count(NCT_SECRET_PIN) - before, 1 + LIMIT);
        renew();
        strcpy(scene.pin, world_pin_of(scene.w, PETRA.ncid));
        strcpy(scene.wrong, world_wrong_pin(scene.pin));
    }
    assert_int_equal(trials_runs_of_pin().longest, LIMIT);
}

/* The owner's own tries that wait to be settled count too: the tenth wrong one beside them is refused. */
static void a_try_in_flight_takes_a_place(void **state) {
    (void)state;
    scene.guesses = LIMIT;
    trials_between(NCT_SECRET_PIN, guess_between, NULL);
    expect_status(sign(scene.pin), NCT_OK);
    assert_int_equal(trials_count(NCT_SECRET_PIN), LIMIT);
    assert_int_equal(failures(), LIMIT - 1);
}

static void a_right_old_pin_clears_nothing_of_the_new_one(void **state) {
    (void)state;
    scene.guesses = 5;
    trials_between(NCT_SECRET_PIN, renew_and_guess, NULL);
    expect_status(sign(scene.pin), NCT_E_DENIED);
    assert_true(world_ledger_mentions(scene.w, "renewed meanwhile"));
    assert_int_equal(failures(), 5);
}

/* The same of a try that could not be made: it gives no place of the new PIN back. */
static void an_old_try_not_made_gives_nothing_back(void **state) {
    (void)state;
    scene.guesses = 5;
    scene.answer = NCT_E_NO_MEMORY;
    trials_between(NCT_SECRET_PIN, renew_and_guess, NULL);
    expect_status(sign(scene.pin), NCT_E_NO_MEMORY);
    assert_int_equal(failures(), 5);
}

static void a_try_not_made_gives_its_own_place_back_alone(void **state) {
    (void)state;
    guess(4);
    for (size_t guesses = 0; guesses <= 2; guesses++) {
        scene.guesses = guesses;
        scene.answer = NCT_E_NO_MEMORY;
        int32_t before = failures();
        trials_between(NCT_SECRET_PIN, guess_between, NULL);
        expect_status(sign(scene.pin), NCT_E_NO_MEMORY);
        assert_int_equal(failures(), before + (int32_t)guesses);
    }
    assert_int_equal(trials_count(NCT_SECRET_PIN), 4 + 1 + 2);
    guess(LIMIT);
    assert_int_equal(trials_count(NCT_SECRET_PIN), LIMIT);
}

/* Out of memory again and again buys no guess: what was not evaluated told nothing. */
static void failures_of_the_machine_neither_lock_nor_open(void **state) {
    (void)state;
    scene.answer = NCT_E_NO_MEMORY;
    for (size_t i = 0; i < 3 * LIMIT; i++) {
        trials_between(i % 2 == 0 ? NCT_SECRET_PIN : NCT_SECRET_PASSWORD, guess_between, NULL);
        expect_status(sign(i % 3 == 0 ? scene.pin : scene.wrong), NCT_E_NO_MEMORY);
    }
    assert_int_equal(failures(), 0);
    assert_int_equal(trials_count(NCT_SECRET_PIN), 0);
    expect_status(sign(scene.pin), NCT_OK);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void) {
    const struct CMUnitTest tests[] = {
        CASE(a_success_does_not_wipe_what_began_after_it),   CASE(a_try_in_flight_takes_a_place),
        CASE(a_right_old_pin_clears_nothing_of_the_new_one), CASE(an_old_try_not_made_gives_nothing_back),
        CASE(a_try_not_made_gives_its_own_place_back_alone), CASE(failures_of_the_machine_neither_lock_nor_open),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
