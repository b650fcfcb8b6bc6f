/* Periods of signing (21 CFR 11.200(a)(1)(i)): all components first, then the PIN alone. */
#include "world.h"

#define IDLE INT64_C(900000)
#define LONGEST INT64_C(43200000)

static void set(nct_form *signing, const char *path, const char *value) {
    expect_status(nct_form_set(signing, path, value, strlen(value)), NCT_OK);
}

static int setup(void **state) {
    int result = world_setup_clinic(state);
    struct world *w = *state;
    if (result == 0) {
        expect_status(nct_policy_set(w->policy, NCT_OPTION_PERIOD, 1), NCT_OK);
        world_reopen(w);
    }
    return result;
}

/* Signs with all components; the token of the period that begins. */
static void begin(struct world *w, const struct cast *who, char token[64]) {
    nct_signature *made = NULL;
    expect_status(world_sign(w, who->ncid, WORLD_PASSWORD, world_pin_of(w, who->ncid), NPI_CLINIC,
                             NCT_SUBMISSION_PHARMACY_PA, &made),
                  NCT_OK);
    strcpy(token, nct_signature_period(made));
    nct_signature_free(made);
}

static nct_status go_on(struct world *w, const char *ncid, const char *token, const char *pin) {
    nct_signature *made = NULL;
    nct_form *signing = world_signing(w, ncid, NPI_CLINIC, NCT_SUBMISSION_PHARMACY_PA);
    set(signing, "signer.period", token);
    set(signing, "signer.pin", pin);
    nct_status status = nct_sign(signing, NULL, &made);
    if (made != NULL)
        assert_string_equal(nct_signature_period(made), "");
    nct_signature_free(made);
    nct_form_free(signing);
    return status;
}

static nct_status petra_goes_on(struct world *w, const char *token) {
    return go_on(w, PETRA.ncid, token, world_pin_of(w, PETRA.ncid));
}

static void without_the_option_no_period_begins(void **state) {
    struct world *w = *state;
    char token[64];
    expect_status(nct_policy_set(w->policy, NCT_OPTION_PERIOD, 0), NCT_OK);
    world_reopen(w);
    begin(w, &PETRA, token);
    assert_string_equal(token, "");
    expect_status(petra_goes_on(w, "00000000000000000000000000000000"), NCT_E_DENIED);
}

static void a_profile_that_offers_none_any_longer_ends_it(void **state) {
    struct world *w = *state;
    char token[64];
    begin(w, &PETRA, token);
    expect_status(nct_policy_set(w->policy, NCT_OPTION_PERIOD, 0), NCT_OK);
    world_reopen(w);
    expect_status(petra_goes_on(w, token), NCT_E_DENIED);
}

static void after_all_components_the_pin_alone_signs(void **state) {
    struct world *w = *state;
    char token[64];
    begin(w, &PETRA, token);
    assert_int_equal(strlen(token), 32);
    expect_status(petra_goes_on(w, token), NCT_OK);
    expect_status(petra_goes_on(w, token), NCT_OK);
    expect_status(go_on(w, PETRA.ncid, token, world_wrong_pin(world_pin_of(w, PETRA.ncid))), NCT_E_DENIED);
    assert_int_equal(world_pin_failures(w, PETRA.ncid), 1);
}

static void neither_password_nor_period_is_a_problem(void **state) {
    struct world *w = *state;
    nct_problems *problems = NULL;
    nct_signature *none = NULL;
    nct_form *signing = world_signing(w, PETRA.ncid, NPI_CLINIC, NCT_SUBMISSION_PHARMACY_PA);
    set(signing, "signer.pin", world_pin_of(w, PETRA.ncid));
    expect_status(nct_sign(signing, &problems, &none), NCT_E_PROBLEMS);
    assert_int_equal(nct_problems_count(problems), 1);
    assert_string_equal(nct_problems_path(problems, 0), "signer.password");
    nct_problems_free(problems);
    nct_form_free(signing);
}

static void a_period_is_one_persons(void **state) {
    struct world *w = *state;
    char token[64];
    begin(w, &PETRA, token);
    expect_status(go_on(w, UMA.ncid, token, world_pin_of(w, UMA.ncid)), NCT_E_DENIED);
    expect_status(go_on(w, SILAS.ncid, token, world_pin_of(w, PETRA.ncid)), NCT_E_DENIED);
    assert_int_equal(world_pin_failures(w, UMA.ncid), 0);
    expect_status(petra_goes_on(w, "guess"), NCT_E_DENIED);
    assert_int_equal(world_pin_failures(w, PETRA.ncid), 0);
}

static void unused_it_ends_to_the_millisecond(void **state) {
    struct world *w = *state;
    char token[64];
    begin(w, &PETRA, token);
    world_advance(w, IDLE - 1);
    expect_status(petra_goes_on(w, token), NCT_OK);
    world_advance(w, IDLE - 1);
    expect_status(petra_goes_on(w, token), NCT_OK);
    world_advance(w, IDLE);
    expect_status(petra_goes_on(w, token), NCT_E_DENIED);
}

static void used_it_ends_at_its_longest(void **state) {
    struct world *w = *state;
    char token[64];
    int64_t began = w->now;
    begin(w, &PETRA, token);
    for (int64_t since = 0; since < LONGEST - IDLE; since += IDLE / 2) {
        world_advance(w, IDLE / 2);
        expect_status(petra_goes_on(w, token), NCT_OK);
    }
    w->now = began + LONGEST - 1;
    expect_status(petra_goes_on(w, token), NCT_OK);
    w->now = began + LONGEST;
    expect_status(petra_goes_on(w, token), NCT_E_DENIED);
    char second[64];
    begin(w, &PETRA, second);
    assert_string_not_equal(token, second);
    expect_status(petra_goes_on(w, token), NCT_E_DENIED);
    expect_status(petra_goes_on(w, second), NCT_OK);
}

static void used_it_ends_to_the_millisecond(void **state) {
    static const int64_t before[] = {1, 0};
    static const nct_status answers[] = {NCT_OK, NCT_E_DENIED};
    struct world *w = *state;
    for (size_t i = 0; i < 2; i++) {
        char token[64];
        begin(w, &PETRA, token);
        int64_t end = w->now + LONGEST - before[i];
        while (w->now + IDLE / 2 < end) {
            world_advance(w, IDLE / 2);
            expect_status(petra_goes_on(w, token), NCT_OK);
        }
        world_advance(w, end - w->now);
        expect_status(petra_goes_on(w, token), answers[i]);
    }
}

static void a_clock_that_went_back_ends_it(void **state) {
    struct world *w = *state;
    char token[64];
    begin(w, &PETRA, token);
    w->now -= 1;
    expect_status(petra_goes_on(w, token), NCT_E_DENIED);
}

static void a_new_password_ends_it(void **state) {
    struct world *w = *state;
    char token[64];
    begin(w, &PETRA, token);
    world_set_password(w, PETRA.ncid, WORLD_PASSWORD);
    expect_status(petra_goes_on(w, token), NCT_E_DENIED);
}

static void a_new_pin_ends_it(void **state) {
    struct world *w = *state;
    char token[64];
    begin(w, &PETRA, token);
    expect_status(nct_pin_reset(w->portal, PETRA.ncid, strlen(PETRA.ncid), WORLD_PASSWORD, strlen(WORLD_PASSWORD)),
                  NCT_OK);
    expect_status(petra_goes_on(w, token), NCT_E_DENIED);
}

static void any_change_of_access_ends_it(void **state) {
    struct world *w = *state;
    char token[64];
    begin(w, &PETRA, token);
    expect_status(world_grant(w, OLIVIA.ncid, NPI_CLINIC, PETRA.ncid, NCT_ROLE_USER,
                              UINT64_C(1) << NCT_RIGHT_PA_SUBMIT | UINT64_C(1) << NCT_RIGHT_TRAINING),
                  NCT_OK);
    expect_status(petra_goes_on(w, token), NCT_E_DENIED);
}

static void a_stranger_to_the_period_learns_nothing_more(void **state) {
    struct world *w = *state;
    char token[64], known[8192];
    begin(w, &PETRA, token);
    world_trace_start(w);
    expect_status(go_on(w, PETRA.ncid, "guess", "000000"), NCT_E_DENIED);
    strcpy(known, world_trace_stop(w));
    world_trace_start(w);
    expect_status(go_on(w, SILAS.ncid, "guess", "000000"), NCT_E_DENIED);
    assert_string_equal(known, world_trace_stop(w));
}

static void the_token_is_wiped_and_never_logged(void **state) {
    struct world *w = *state;
    char token[64];
    begin(w, &PETRA, token);
    world_keep_secret(w, token);
    expect_status(petra_goes_on(w, token), NCT_OK);
    assert_false(world_ledger_mentions(w, token));
    assert_int_equal(w->memory.unwiped, 0);
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, setup, world_teardown)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(without_the_option_no_period_begins),
        TEST(a_profile_that_offers_none_any_longer_ends_it),
        TEST(after_all_components_the_pin_alone_signs),
        TEST(neither_password_nor_period_is_a_problem),
        TEST(a_period_is_one_persons),
        TEST(unused_it_ends_to_the_millisecond),
        TEST(used_it_ends_at_its_longest),
        TEST(used_it_ends_to_the_millisecond),
        TEST(a_clock_that_went_back_ends_it),
        TEST(a_new_password_ends_it),
        TEST(a_new_pin_ends_it),
        TEST(any_change_of_access_ends_it),
        TEST(a_stranger_to_the_period_learns_nothing_more),
        TEST(the_token_is_wiped_and_never_logged),
    };
    return cmocka_run_group_tests_name("period of signing", tests, NULL, NULL);
}
