/*
 * What may happen between the reservation of a try and its settlement, one interleaving at a time. (No threads: the
 * other thing is done in the middle of the first try.)
 */
#include "torture/trials.h"
#include "world.h"

#define LIMIT 10
#define LONGEST 30000 /* a turn, in milliseconds */

struct scene {
    struct world *w;
    char pin[16];
    char wrong[16];
    size_t guesses; /* to make in between */
    int64_t later;  /* how long the first try takes */
    nct_status answer;
    nct_status found; /* what the other try was told */
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
    expect_status(nct_pin_reset_by_operator(scene.w->portal, WORLD_OPERATOR, strlen(WORLD_OPERATOR), PETRA.ncid,
                                            strlen(PETRA.ncid), "lost", 4),
                  NCT_OK);
}

static int32_t failures(void) {
    return world_pin_failures(scene.w, PETRA.ncid);
}

static void expect_no_signature(void) {
    assert_false(world_ledger_mentions(scene.w, "signature.made"));
}

/* Whoever comes in between is told to try again, whatever they send. */
static nct_status try_again_between(void *argument) {
    (void)argument;
    expect_status(sign(scene.pin), NCT_E_BUSY);
    expect_status(sign(scene.wrong), NCT_E_BUSY);
    expect_status(world_sign_pa(scene.w, PETRA.ncid, "wrong", scene.pin), NCT_E_BUSY);
    expect_status(nct_pin_reset(scene.w->portal, PETRA.ncid, strlen(PETRA.ncid), WORLD_PASSWORD, 21), NCT_E_BUSY);
    return scene.answer;
}

static void a_try_in_between_is_told_to_try_again(void **state) {
    (void)state;
    for (enum nct_secret kind = NCT_SECRET_PASSWORD; kind <= NCT_SECRET_PIN; kind++) {
        trials_between(kind, try_again_between, NULL);
        expect_status(sign(scene.pin), NCT_OK);
        assert_int_equal(failures(), 0);
    }
    assert_int_equal(trials_count(NCT_SECRET_PIN), 2);
    assert_int_equal(trials_count(NCT_SECRET_PASSWORD), 2);
}

/* Not only towards the limit: a wait begins with a wrong try, and not with one that is being made. */
static void what_was_told_to_try_again_does_not_count(void **state) {
    (void)state;
    expect_status(nct_policy_set(scene.w->policy, NCT_OPTION_DELAY_FIRST, 30000), NCT_OK);
    expect_status(nct_policy_set(scene.w->policy, NCT_OPTION_DELAY_FROM, 1), NCT_OK);
    world_reopen(scene.w);
    for (size_t i = 0; i < 2 * LIMIT; i++) {
        trials_between(NCT_SECRET_PIN, try_again_between, NULL);
        expect_status(sign(scene.pin), NCT_OK);
    }
    assert_false(world_ledger_mentions(scene.w, "must wait"));
}

static nct_status strangers_between(void *argument) {
    expect_status(world_sign_pa(scene.w, argument, "guess", scene.pin), NCT_E_BUSY);
    expect_status(sign(scene.pin), NCT_OK);
    expect_status(world_sign_pa(scene.w, "another.stranger", "guess", scene.pin), NCT_E_DENIED);
    return NCT_OK;
}

/* A name nobody knows, or that somebody left, behaves as one that is known; others are not in its way. */
static void a_strangers_name_takes_turns_too(void **state) {
    (void)state;
    for (enum nct_secret kind = NCT_SECRET_PASSWORD; kind <= NCT_SECRET_PIN; kind++) {
        char name[] = "silas.stranger";
        trials_between(kind, strangers_between, name);
        expect_status(world_sign_pa(scene.w, name, "guess", scene.pin), NCT_E_DENIED);
    }
}

static nct_status guess_later(void *argument) {
    (void)argument;
    world_advance(scene.w, scene.later);
    guess(scene.guesses);
    return scene.answer;
}

/* A process that died, or is too slow, keeps nobody waiting for ever. */
static nct_status take_over(void *argument) {
    (void)argument;
    world_advance(scene.w, scene.later);
    scene.found = sign(scene.wrong);
    return scene.answer;
}

static void a_turn_ends_at_the_millisecond(void **state) {
    (void)state;
    static const struct {
        int64_t later;
        nct_status found;
        nct_status first;
    } cases[] = {{LONGEST - 1, NCT_E_BUSY, NCT_OK},
                 {LONGEST, NCT_E_DENIED, NCT_E_BUSY},
                 {-1, NCT_E_DENIED, NCT_E_BUSY}}; /* the clock went back */
    for (size_t i = 0; i < 3; i++) {
        scene.later = cases[i].later;
        trials_between(NCT_SECRET_PASSWORD, take_over, NULL);
        expect_status(sign(scene.pin), cases[i].first);
        expect_status(scene.found, cases[i].found);
        trials_between(NCT_SECRET_PIN, take_over, NULL);
        expect_status(sign(scene.pin), cases[i].first);
        expect_status(scene.found, cases[i].found);
        expect_status(sign(scene.pin), NCT_OK);
    }
}

/* A right try that lost its turn wipes none of the wrong ones after it, and is not called wrong either. */
static void a_success_that_lost_its_turn_clears_nothing(void **state) {
    (void)state;
    scene.later = LONGEST;
    for (size_t guesses = 1; guesses < LIMIT; guesses++) {
        size_t before = trials_count(NCT_SECRET_PIN);
        scene.guesses = guesses;
        trials_between(NCT_SECRET_PIN, guess_later, NULL);
        expect_status(sign(scene.pin), NCT_E_BUSY);
        assert_int_equal(failures(), guesses + 1); /* its own is not settled */
        expect_no_signature();
        guess(2 * LIMIT);
        assert_int_equal(trials_count(NCT_SECRET_PIN) - before, LIMIT);
        renew();
        strcpy(scene.pin, world_pin_of(scene.w, PETRA.ncid));
        strcpy(scene.wrong, world_wrong_pin(scene.pin));
    }
}

/* What was cut off counts towards the limit and towards no wait, until the right PIN clears it. */
static void a_try_cut_off_makes_nobody_wait(void **state) {
    (void)state;
    expect_status(nct_policy_set(scene.w->policy, NCT_OPTION_DELAY_FIRST, 30000), NCT_OK);
    world_reopen(scene.w);
    scene.later = LONGEST;
    for (int i = 0; i < LIMIT - 2; i++) {
        trials_between(NCT_SECRET_PIN, guess_later, NULL);
        scene.answer = NCT_E_NO_MEMORY;
        scene.w->store.fault = FAULT_ERROR; /* neither can it be settled by itself */
        scene.w->store.fault_on = WORLD_COMMIT;
        scene.w->store.seen = 0;
        scene.w->store.fault_at = 3;
        scene.w->store.fault_count = 1;
        expect_status(sign(scene.pin), NCT_E_NO_MEMORY);
        world_no_fault(scene.w);
        world_advance(scene.w, LONGEST);
    }
    assert_int_equal(failures(), LIMIT - 2);
    expect_status(sign(scene.pin), NCT_OK);
    assert_int_equal(failures(), 0);
}

static nct_status renew_between(void *argument) {
    (void)argument;
    renew();
    return scene.answer;
}

/* Neither with the old PIN, nor with what was the new one's verifier by then. */
static void a_renewed_pin_signs_nothing_that_began_before(void **state) {
    (void)state;
    trials_between(NCT_SECRET_PIN, renew_between, NULL);
    expect_status(sign(scene.pin), NCT_E_DENIED);
    assert_true(world_ledger_mentions(scene.w, "renewed meanwhile"));
    expect_no_signature();
    assert_int_equal(failures(), 0);
    expect_status(sign(scene.pin), NCT_E_DENIED);
    expect_status(sign(world_pin_of(scene.w, PETRA.ncid)), NCT_OK);
}

/* A right old PIN of an older cost is not put under the new one: the new PIN stays what was mailed. */
static void an_old_pin_is_not_strengthened_over_the_new_one(void **state) {
    (void)state;
    expect_status(nct_policy_set(scene.w->policy, NCT_OPTION_KDF_PASSES, 2), NCT_OK);
    world_reopen(scene.w);
    trials_between(NCT_SECRET_PIN, renew_between, NULL);
    expect_status(sign(scene.pin), NCT_E_DENIED);
    expect_status(sign(scene.pin), NCT_E_DENIED);
    expect_status(sign(world_pin_of(scene.w, PETRA.ncid)), NCT_OK);
}

static void an_old_try_settles_nothing_of_the_new_pin(void **state) {
    (void)state;
    static const nct_status answers[] = {NCT_OK, NCT_E_NO_MEMORY};
    guess(4);
    for (size_t i = 0; i < 2; i++) {
        scene.answer = answers[i];
        trials_between(NCT_SECRET_PIN, renew_between, NULL);
        expect_status(sign(scene.wrong), answers[i] == NCT_OK ? NCT_E_DENIED : answers[i]);
        assert_int_equal(failures(), 0);
    }
}

static nct_status lose_between(void *argument) {
    (void)argument;
    expect_status(world_report_lost(scene.w, PETRA.ncid, NULL, PETRA.ncid), NCT_OK);
    return NCT_OK;
}

static void a_pin_reported_lost_meanwhile_signs_nothing(void **state) {
    (void)state;
    for (enum nct_secret kind = NCT_SECRET_PASSWORD; kind <= NCT_SECRET_PIN; kind++) {
        trials_between(kind, lose_between, NULL);
        expect_status(sign(scene.pin), NCT_E_DENIED);
        expect_no_signature();
        assert_int_equal(world_pin_state(scene.w, PETRA.ncid), NCT_PIN_LOST);
        renew();
        strcpy(scene.pin, world_pin_of(scene.w, PETRA.ncid));
    }
    expect_status(sign(scene.pin), NCT_OK);
}

static nct_status change_password_between(void *argument) {
    (void)argument;
    world_set_password(scene.w, PETRA.ncid, "another one altogether");
    return NCT_OK;
}

/* With the old password no PIN is tried any more, and none of the new password's tries is given back. */
static void an_old_password_opens_nothing(void **state) {
    (void)state;
    trials_between(NCT_SECRET_PASSWORD, change_password_between, NULL);
    expect_status(sign(scene.pin), NCT_E_DENIED);
    assert_int_equal(trials_count(NCT_SECRET_PIN), 0);
    trials_between(NCT_SECRET_PIN, change_password_between, NULL);
    expect_status(world_sign_pa(scene.w, PETRA.ncid, "another one altogether", scene.pin), NCT_E_DENIED);
    expect_no_signature();
    expect_status(world_sign_pa(scene.w, PETRA.ncid, "another one altogether", scene.pin), NCT_OK);
}

/* A right old password of an older cost is not put over the new one. */
static void an_old_password_is_not_strengthened_over_the_new_one(void **state) {
    (void)state;
    expect_status(nct_policy_set(scene.w->policy, NCT_OPTION_KDF_PASSES, 2), NCT_OK);
    world_reopen(scene.w);
    trials_between(NCT_SECRET_PIN, change_password_between, NULL);
    expect_status(sign(scene.pin), NCT_E_DENIED);
    expect_status(world_sign_pa(scene.w, PETRA.ncid, "another one altogether", scene.pin), NCT_OK);
}

/* Somebody took the turn that was over, and was cut off: their place is not the one that was lost. */
static nct_status cut_off_between(void *argument) {
    (void)argument;
    world_advance(scene.w, LONGEST);
    world_fault(scene.w, FAULT_ERROR, WORLD_COMMIT, 2, 1000);
    expect_status(sign(scene.pin), NCT_E_STORE);
    world_no_fault(scene.w);
    return scene.answer;
}

static void a_lost_turn_is_not_found_in_another_of_the_same_name(void **state) {
    (void)state;
    trials_between(NCT_SECRET_PASSWORD, cut_off_between, NULL);
    expect_status(sign(scene.pin), NCT_E_BUSY);
    expect_no_signature();
}

static nct_status leave_between(void *argument) {
    (void)argument;
    expect_status(nct_person_rekey(scene.w->portal, WORLD_OPERATOR, strlen(WORLD_OPERATOR), PETRA.ncid,
                                   strlen(PETRA.ncid), "petra.new", 9, "lost", 4),
                  NCT_OK);
    return NCT_OK;
}

/* To be tried again, and then the NCID is as unknown as any; what was begun is settled at nobody. */
static void an_ncid_left_meanwhile_signs_nothing(void **state) {
    (void)state;
    guess(1);
    trials_between(NCT_SECRET_PIN, leave_between, NULL);
    expect_status(sign(scene.pin), NCT_E_BUSY);
    expect_status(sign(scene.pin), NCT_E_DENIED);
    expect_no_signature();
    assert_int_equal(world_pin_failures(scene.w, "petra.new"), 2);
}

static nct_status fail_between(void *argument) {
    (void)argument;
    return scene.answer;
}

static void a_try_not_made_gives_its_own_place_back_alone(void **state) {
    (void)state;
    guess(4);
    scene.answer = NCT_E_NO_MEMORY;
    for (int i = 0; i < 3; i++) {
        trials_between(NCT_SECRET_PIN, fail_between, NULL);
        expect_status(sign(scene.pin), NCT_E_NO_MEMORY);
        assert_int_equal(failures(), 4);
    }
    guess(LIMIT);
    assert_int_equal(trials_count(NCT_SECRET_PIN), LIMIT);
}

/* Out of memory again and again buys no guess: what was not evaluated told nothing. */
static void failures_of_the_machine_neither_lock_nor_open(void **state) {
    (void)state;
    scene.answer = NCT_E_NO_MEMORY;
    for (size_t i = 0; i < 3 * LIMIT; i++) {
        trials_between(i % 2 == 0 ? NCT_SECRET_PIN : NCT_SECRET_PASSWORD, fail_between, NULL);
        expect_status(sign(i % 3 == 0 ? scene.pin : scene.wrong), NCT_E_NO_MEMORY);
    }
    assert_int_equal(failures(), 0);
    assert_int_equal(trials_count(NCT_SECRET_PIN), 0);
    expect_status(sign(scene.pin), NCT_OK);
}

static struct rows before_silas;
static size_t commits_before_silas; /* when another one came */

/* The store as it was before there was a Silas, and another one in his place. */
static void replace_silas(void *argument) {
    struct world *w = argument;
    commits_before_silas = w->store.commits;
    rows_restore(w->store.inner, &before_silas);
    expect_status(world_add_user(w, OLIVIA.ncid, NPI_CLINIC, &SILAS, "user", "pa.submit"), NCT_OK);
}

/* A password is derived for a person, and is put to nobody else who has the NCID by then: it would be no password. */
static void a_password_is_put_to_nobody_else(void **state) {
    struct world *w = *state;
    int told_to_try_again = 0;
    before_silas = rows_take(w->store.inner);
    for (size_t reads = 0, raced = 1; raced; reads++) {
        rows_restore(w->store.inner, &before_silas);
        expect_status(world_add_user(w, OLIVIA.ncid, NPI_CLINIC, &SILAS, "user", "pa.submit"), NCT_OK);
        w->store.before_get = replace_silas;
        w->store.before_get_skip = reads;
        w->store.argument = w;
        size_t commits = w->store.commits;
        nct_status status = nct_password_set(w->portal, WORLD_OPERATOR, strlen(WORLD_OPERATOR), SILAS.ncid,
                                             strlen(SILAS.ncid), WORLD_PASSWORD, strlen(WORLD_PASSWORD));
        raced = w->store.before_get == NULL;
        w->store.before_get = NULL;
        told_to_try_again += status == NCT_E_BUSY;
        if (raced && commits_before_silas > commits)
            break; /* it was set by then, and its mail is on the way */
        if (status == NCT_OK)
            expect_status(world_sign_pa(w, SILAS.ncid, WORLD_PASSWORD, world_pin_of(w, SILAS.ncid)), NCT_OK);
    }
    assert_true(told_to_try_again > 0);
    rows_free(&before_silas);
}

static nct_status end_period_between(void *argument) {
    (void)argument;
    expect_status(world_change_contact(scene.w, PETRA.ncid, NULL, PETRA.ncid, "phone", "9195550199"), NCT_OK);
    return NCT_OK;
}

/* Judged before the PIN was evaluated; what ends it in between counts. */
static void a_period_that_ended_meanwhile_signs_nothing(void **state) {
    struct world *w = *state;
    nct_signature *made = NULL;
    expect_status(nct_policy_set(w->policy, NCT_OPTION_PERIOD, 1), NCT_OK);
    world_reopen(w);
    for (int ends = 0; ends < 2; ends++) {
        expect_status(
            world_sign(w, PETRA.ncid, WORLD_PASSWORD, scene.pin, NPI_CLINIC, NCT_SUBMISSION_PHARMACY_PA, &made),
            NCT_OK);
        nct_form *signing = world_signing(w, PETRA.ncid, NPI_CLINIC, NCT_SUBMISSION_PHARMACY_PA);
        expect_status(nct_form_set(signing, "signer.period", nct_signature_period(made), 32), NCT_OK);
        expect_status(nct_form_set(signing, "signer.pin", scene.pin, strlen(scene.pin)), NCT_OK);
        nct_signature_free(made);
        if (ends)
            trials_between(NCT_SECRET_PIN, end_period_between, NULL);
        expect_status(nct_sign(signing, NULL, &made), ends ? NCT_E_DENIED : NCT_OK);
        nct_signature_free(made);
        nct_form_free(signing);
    }
    assert_true(world_ledger_mentions(w, "period of signing ended meanwhile"));
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void) {
    const struct CMUnitTest tests[] = {
        CASE(a_try_in_between_is_told_to_try_again),
        CASE(what_was_told_to_try_again_does_not_count),
        CASE(a_strangers_name_takes_turns_too),
        CASE(a_turn_ends_at_the_millisecond),
        CASE(a_success_that_lost_its_turn_clears_nothing),
        CASE(a_try_cut_off_makes_nobody_wait),
        CASE(a_renewed_pin_signs_nothing_that_began_before),
        CASE(an_old_pin_is_not_strengthened_over_the_new_one),
        CASE(an_old_try_settles_nothing_of_the_new_pin),
        CASE(a_pin_reported_lost_meanwhile_signs_nothing),
        CASE(an_old_password_is_not_strengthened_over_the_new_one),
        CASE(a_lost_turn_is_not_found_in_another_of_the_same_name),
        CASE(an_old_password_opens_nothing),
        CASE(a_period_that_ended_meanwhile_signs_nothing),
        CASE(a_password_is_put_to_nobody_else),
        CASE(an_ncid_left_meanwhile_signs_nothing),
        CASE(a_try_not_made_gives_its_own_place_back_alone),
        CASE(failures_of_the_machine_neither_lock_nor_open),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
