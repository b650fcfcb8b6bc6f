/* Wrong tries: waits from the third, disabled at the tenth; the clock and the password have no way round it. */
#include "world.h"

#define HOUR INT64_C(3600000)
#define DAY (24 * HOUR)

static nct_status right(struct world *w) {
    return world_sign_pa(w, PETRA.ncid, WORLD_PASSWORD, world_pin_of(w, PETRA.ncid));
}

static nct_status wrong(struct world *w) {
    return world_sign_pa(w, PETRA.ncid, WORLD_PASSWORD, world_wrong_pin(world_pin_of(w, PETRA.ncid)));
}

/* Tries so far apart that none must wait. */
static void wrong_times(struct world *w, int times) {
    for (int i = 0; i < times; i++) {
        world_advance(w, 2 * HOUR);
        expect_status(wrong(w), NCT_E_DENIED);
    }
    world_advance(w, 2 * HOUR);
}

static void the_tenth_wrong_try_disables_the_pin(void **state) {
    struct world *w = *state;
    wrong_times(w, 9);
    assert_int_equal(world_pin_state(w, PETRA.ncid), NCT_PIN_ACTIVE);
    assert_int_equal(world_pin_failures(w, PETRA.ncid), 9);
    expect_status(wrong(w), NCT_E_DENIED);
    assert_int_equal(world_pin_state(w, PETRA.ncid), NCT_PIN_DISABLED);
    world_advance(w, 400 * DAY);
    expect_status(right(w), NCT_E_DENIED);
    assert_int_equal(world_pin_state(w, PETRA.ncid), NCT_PIN_DISABLED);
}

static void a_reset_alone_brings_a_disabled_pin_back(void **state) {
    struct world *w = *state;
    wrong_times(w, 10);
    world_reopen(w);
    expect_status(right(w), NCT_E_DENIED);
    world_set_password(w, PETRA.ncid, WORLD_PASSWORD);
    expect_status(world_revoke(w, OLIVIA.ncid, NPI_CLINIC, PETRA.ncid), NCT_OK);
    expect_status(world_grant(w, OLIVIA.ncid, NPI_CLINIC, PETRA.ncid, NCT_ROLE_USER, UINT64_C(1) << 3), NCT_OK);
    assert_int_equal(world_pin_state(w, PETRA.ncid), NCT_PIN_DISABLED);
    expect_status(right(w), NCT_E_DENIED);
    expect_status(nct_pin_reset_by_operator(w->portal, WORLD_OPERATOR, strlen(WORLD_OPERATOR), PETRA.ncid,
                                            strlen(PETRA.ncid), "disabled", 8),
                  NCT_OK);
    expect_status(right(w), NCT_OK);
    assert_int_equal(world_pin_failures(w, PETRA.ncid), 0);
}

static void only_consecutive_tries_count(void **state) {
    struct world *w = *state;
    for (int round = 0; round < 3; round++) {
        wrong_times(w, 9);
        expect_status(right(w), NCT_OK);
        assert_int_equal(world_pin_failures(w, PETRA.ncid), 0);
    }
}

static void after_the_third_wrong_try_the_next_must_wait(void **state) {
    struct world *w = *state;
    for (int i = 0; i < 2; i++)
        expect_status(wrong(w), NCT_E_DENIED);
    expect_status(right(w), NCT_OK);
    for (int i = 0; i < 3; i++)
        expect_status(wrong(w), NCT_E_DENIED);
    world_advance(w, 30000 - 1);
    expect_status(right(w), NCT_E_DENIED);
    world_advance(w, 2 * HOUR);
    expect_status(right(w), NCT_OK);
}

static void the_wait_ends_at_the_millisecond(void **state) {
    struct world *w = *state;
    for (int i = 0; i < 3; i++)
        expect_status(wrong(w), NCT_E_DENIED);
    world_advance(w, 30000);
    expect_status(right(w), NCT_OK);
}

static void the_wait_doubles(void **state) {
    struct world *w = *state;
    for (int i = 0; i < 3; i++)
        expect_status(wrong(w), NCT_E_DENIED);
    world_advance(w, 30000);
    expect_status(wrong(w), NCT_E_DENIED);
    assert_int_equal(world_pin_failures(w, PETRA.ncid), 4);
    world_advance(w, 60000);
    expect_status(right(w), NCT_OK);
}

static void the_wait_has_an_end(void **state) {
    struct world *w = *state;
    expect_status(nct_policy_set(w->policy, NCT_OPTION_DELAY_LONGEST, 100000), NCT_OK);
    world_reopen(w);
    for (int i = 0; i < 3; i++)
        expect_status(wrong(w), NCT_E_DENIED);
    for (int64_t wait = 30000; wait <= 60000; wait *= 2) {
        world_advance(w, wait);
        expect_status(wrong(w), NCT_E_DENIED);
    }
    world_advance(w, 99999); /* and not 120,000 */
    expect_status(right(w), NCT_E_DENIED);
    world_advance(w, 1);
    expect_status(right(w), NCT_OK);
}

/* Impatience is no wrong try: the right PIN during a wait must not use up tries. */
static void tries_during_a_wait_do_not_disable(void **state) {
    struct world *w = *state;
    for (int i = 0; i < 3; i++)
        expect_status(wrong(w), NCT_E_DENIED);
    for (int i = 0; i < 30; i++)
        expect_status(right(w), NCT_E_DENIED);
    assert_int_equal(world_pin_state(w, PETRA.ncid), NCT_PIN_ACTIVE);
    world_advance(w, 2 * HOUR);
    expect_status(right(w), NCT_OK);
}

static void a_clock_set_back_does_not_free_the_wait(void **state) {
    struct world *w = *state;
    for (int i = 0; i < 3; i++)
        expect_status(wrong(w), NCT_E_DENIED);
    world_advance(w, -DAY);
    expect_status(right(w), NCT_E_DENIED);
}

static void a_clock_set_back_does_not_lock_for_ever(void **state) {
    struct world *w = *state;
    for (int i = 0; i < 3; i++)
        expect_status(wrong(w), NCT_E_DENIED);
    world_advance(w, -30 * DAY);
    expect_status(right(w), NCT_E_DENIED);
    world_advance(w, HOUR + 1);
    expect_status(right(w), NCT_OK);
}

static void the_clock_does_not_help_against_the_limit(void **state) {
    struct world *w = *state;
    static const int64_t steps[] = {DAY, -DAY, 0, -3 * DAY, 40 * DAY, -1, 1};
    for (int i = 0; i < 60; i++) {
        world_advance(w, steps[i % 7] + 2 * HOUR);
        expect_status(wrong(w), NCT_E_DENIED);
    }
    assert_true(world_pin_failures(w, PETRA.ncid) <= 10);
    world_advance(w, 100 * DAY);
    for (int i = 0; i < 12; i++, world_advance(w, 2 * HOUR))
        (void)wrong(w);
    assert_int_equal(world_pin_state(w, PETRA.ncid), NCT_PIN_DISABLED);
    expect_status(right(w), NCT_E_DENIED);
}

static void wrong_passwords_never_disable_the_pin(void **state) {
    struct world *w = *state;
    const char *pin = world_pin_of(w, PETRA.ncid);
    for (int i = 0; i < 300; i++) {
        expect_status(world_sign_pa(w, PETRA.ncid, "wrong", i % 2 ? pin : world_wrong_pin(pin)), NCT_E_DENIED);
        world_advance(w, i % 3 ? 0 : HOUR);
    }
    assert_int_equal(world_pin_state(w, PETRA.ncid), NCT_PIN_ACTIVE);
    assert_int_equal(world_pin_failures(w, PETRA.ncid), 0);
    world_set_password(w, PETRA.ncid, WORLD_PASSWORD);
    expect_status(right(w), NCT_OK);
}

static void too_many_wrong_passwords_refuse_the_right_one(void **state) {
    struct world *w = *state;
    for (int i = 0; i < 10; i++, world_advance(w, 2 * HOUR))
        expect_status(world_sign_pa(w, PETRA.ncid, "wrong", world_pin_of(w, PETRA.ncid)), NCT_E_DENIED);
    expect_status(right(w), NCT_E_DENIED);
    expect_status(wrong(w), NCT_E_DENIED); /* the PIN is not even tried */
    expect_status(nct_pin_reset(w->portal, PETRA.ncid, strlen(PETRA.ncid), WORLD_PASSWORD, strlen(WORLD_PASSWORD)),
                  NCT_E_DENIED);
    assert_int_equal(world_pin_failures(w, PETRA.ncid), 0);
    world_set_password(w, PETRA.ncid, WORLD_PASSWORD);
    expect_status(right(w), NCT_OK);
}

/* The wrong tries against one person leave everybody else alone. */
static void tries_are_counted_for_each_person(void **state) {
    struct world *w = *state;
    wrong_times(w, 10);
    expect_status(world_sign_pa(w, UMA.ncid, WORLD_PASSWORD, world_pin_of(w, UMA.ncid)), NCT_OK);
    for (int i = 0; i < 40; i++)
        expect_status(world_sign_pa(w, SILAS.ncid, WORLD_PASSWORD, "123456"), NCT_E_DENIED);
    expect_status(world_sign_pa(w, UMA.ncid, WORLD_PASSWORD, world_pin_of(w, UMA.ncid)), NCT_OK);
}

/* From whichever commit on the store fails: no answer tells anything, and what was derived was counted before. */
static void a_try_is_counted_before_it_is_checked(void **state) {
    struct world *w = *state;
    size_t before = w->store.commits;
    expect_status(wrong(w), NCT_E_DENIED);
    size_t commits = w->store.commits - before;
    assert_true(commits >= 2);
    int counted = world_pin_failures(w, PETRA.ncid);
    assert_int_equal(counted, 1);
    for (size_t at = 1; at <= commits; at++) {
        world_advance(w, 2 * HOUR);
        world_fault(w, FAULT_ERROR, WORLD_COMMIT, at, SIZE_MAX);
        expect_status(wrong(w), NCT_E_STORE);
        world_no_fault(w);
        int now = world_pin_failures(w, PETRA.ncid);
        assert_true(now == counted || now == counted + 1);
        assert_true(at < commits || now == counted + 1);
        counted = now;
    }
}

/* Even a right PIN says nothing when it cannot be counted. */
static void nothing_is_signed_when_a_try_cannot_be_counted(void **state) {
    struct world *w = *state;
    for (int fault = FAULT_ERROR; fault <= FAULT_DENIED; fault++)
        for (size_t at = 1; at <= 3; at++) {
            world_advance(w, 2 * HOUR);
            world_fault(w, (enum world_fault)fault, WORLD_COMMIT, at, SIZE_MAX);
            nct_status with_right = right(w);
            world_no_fault(w);
            world_advance(w, 2 * HOUR);
            world_fault(w, (enum world_fault)fault, WORLD_COMMIT, at, SIZE_MAX);
            nct_status with_wrong = wrong(w);
            world_no_fault(w);
            assert_true(with_right != NCT_OK);
            expect_status(with_right, with_wrong);
            expect_status(nct_pin_reset_by_operator(w->portal, "x", 1, PETRA.ncid, 11, "start again", 11), NCT_OK);
        }
}

static void a_limit_of_one_disables_at_the_first(void **state) {
    struct world *w = *state;
    expect_status(nct_policy_set(w->policy, NCT_OPTION_PIN_ATTEMPTS, 1), NCT_OK);
    world_reopen(w);
    expect_status(right(w), NCT_OK);
    expect_status(wrong(w), NCT_E_DENIED);
    assert_int_equal(world_pin_state(w, PETRA.ncid), NCT_PIN_DISABLED);
    expect_status(right(w), NCT_E_DENIED);
}

/* A commit of a signature fails, once: a right secret is not left counted as wrong, a wrong one is. */
static void an_outage_counts_against_nobody_who_was_right(void **state) {
    struct world *w = *state;
    for (size_t commit = 2; commit <= 3; commit++) {
        world_fault(w, FAULT_ERROR, WORLD_COMMIT, commit, 1);
        expect_status(right(w), NCT_E_STORE);
        world_no_fault(w);
        assert_int_equal(world_pin_failures(w, PETRA.ncid), 0);
    }
    for (int i = 0; i < 12; i++) { /* were the password left counted, it would be disabled */
        world_fault(w, FAULT_ERROR, WORLD_COMMIT, 2, 1);
        expect_status(right(w), NCT_E_STORE);
        world_no_fault(w);
    }
    expect_status(right(w), NCT_OK);
    world_fault(w, FAULT_ERROR, WORLD_COMMIT, 3, 1);
    expect_status(wrong(w), NCT_E_STORE);
    world_no_fault(w);
    assert_int_equal(world_pin_failures(w, PETRA.ncid), 1);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, world_setup_clinic, world_teardown)

int main(void) {
    const struct CMUnitTest tests[] = {
        CASE(the_tenth_wrong_try_disables_the_pin),
        CASE(a_reset_alone_brings_a_disabled_pin_back),
        CASE(only_consecutive_tries_count),
        CASE(after_the_third_wrong_try_the_next_must_wait),
        CASE(the_wait_ends_at_the_millisecond),
        CASE(the_wait_has_an_end),
        CASE(the_wait_doubles),
        CASE(tries_during_a_wait_do_not_disable),
        CASE(a_clock_set_back_does_not_free_the_wait),
        CASE(a_clock_set_back_does_not_lock_for_ever),
        CASE(the_clock_does_not_help_against_the_limit),
        CASE(wrong_passwords_never_disable_the_pin),
        CASE(too_many_wrong_passwords_refuse_the_right_one),
        CASE(tries_are_counted_for_each_person),
        CASE(a_try_is_counted_before_it_is_checked),
        CASE(nothing_is_signed_when_a_try_cannot_be_counted),
        CASE(a_limit_of_one_disables_at_the_first),
        CASE(an_outage_counts_against_nobody_who_was_right),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
