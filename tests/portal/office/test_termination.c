/* A provider terminated and reinstated: access follows from its state, in one commit. */
#include "world.h"

#include <stdio.h>

#define REASON "license revoked"
#define CROWD 120
#define INQUIRY (UINT64_C(1) << NCT_RIGHT_ELIGIBILITY_INQUIRY)

static nct_status terminate(struct world *w) {
    return nct_provider_terminate(w->portal, WORLD_OPERATOR, strlen(WORLD_OPERATOR), NPI_CLINIC, 10, REASON,
                                  strlen(REASON));
}

static nct_status reinstate(struct world *w) {
    return nct_provider_reinstate(w->portal, WORLD_OPERATOR, strlen(WORLD_OPERATOR), NPI_CLINIC, 10, REASON,
                                  strlen(REASON));
}

static int32_t state_of(struct world *w, const char *npi) {
    nct_provider *provider = NULL;
    expect_status(nct_provider_get(w->portal, npi, 10, &provider), NCT_OK);
    int32_t state = nct_provider_state(provider);
    nct_provider_free(provider);
    return state;
}

/* So many users, "crowd.000" and on, who may inquire. */
static void add_crowd(struct world *w) {
    for (unsigned i = 0; i < CROWD; i++) {
        char ncid[32];
        (void)snprintf(ncid, sizeof ncid, "crowd.%03u", i);
        const struct cast who = {ncid, "Carol", "Crowd", "crowd@clinic.example.org", "9195550107"};
        expect_status(world_add_user(w, OLIVIA.ncid, NPI_CLINIC, &who, "user", "eligibility.inquiry"), NCT_OK);
        w->mailer.count = 4;
    }
}

static size_t crowd_with(struct world *w, nct_status wanted) {
    size_t count = 0;
    for (unsigned i = 0; i < CROWD; i++) {
        char ncid[32];
        (void)snprintf(ncid, sizeof ncid, "crowd.%03u", i);
        count += world_check(w, ncid, NPI_CLINIC, NCT_RIGHT_ELIGIBILITY_INQUIRY) == wanted;
    }
    return count;
}

static void expect_nobody_acts(struct world *w, const char *pin) {
    nct_status status = world_sign_pa(w, PETRA.ncid, WORLD_PASSWORD, pin);
    assert_true(status == NCT_E_TERMINATED || status == NCT_E_DENIED); /* denied with the PIN suspended */
    expect_status(world_grant(w, OLIVIA.ncid, NPI_CLINIC, FRANK.ncid, NCT_ROLE_USER, INQUIRY), NCT_E_TERMINATED);
    expect_status(world_revoke(w, OLIVIA.ncid, NPI_CLINIC, FRANK.ncid), NCT_E_TERMINATED);
    expect_status(world_add_user(w, UMA.ncid, NPI_CLINIC, &SILAS, "user", "eligibility.inquiry"), NCT_E_TERMINATED);
    expect_status(nct_pin_reset_by_administrator(w->portal, OLIVIA.ncid, strlen(OLIVIA.ncid), NPI_CLINIC, 10,
                                                 PETRA.ncid, strlen(PETRA.ncid)),
                  NCT_E_TERMINATED);
}

static void expect_whole_ledger(struct world *w) {
    assert_int_equal(world_verdict(w, "provider:" NPI_CLINIC, NULL), NCT_LEDGER_VALID_BUT_UNANCHORED);
    assert_int_equal(world_verdict(w, "person:petra.pharm", NULL), NCT_LEDGER_VALID_BUT_UNANCHORED);
}

static void access_ends_and_returns(void **state) {
    struct world *w = *state;
    char pin[16];
    (void)snprintf(pin, sizeof pin, "%s", world_pin_of(w, PETRA.ncid));
    world_register(w, world_npi(3), &OSCAR, &FRANK, "eligibility.inquiry");
    expect_status(terminate(w), NCT_OK);
    assert_int_equal(state_of(w, NPI_CLINIC), NCT_PROVIDER_TERMINATED);
    expect_status(world_check(w, OLIVIA.ncid, NPI_CLINIC, NCT_AUTHORITY_USER_ADMINISTRATION), NCT_E_TERMINATED);
    expect_status(world_check(w, PETRA.ncid, NPI_CLINIC, NCT_RIGHT_PA_SUBMIT), NCT_E_TERMINATED);
    expect_status(world_check(w, SILAS.ncid, NPI_CLINIC, NCT_RIGHT_PA_SUBMIT), NCT_E_NOT_PROVISIONED);
    expect_status(world_check(w, FRANK.ncid, world_npi(3), NCT_RIGHT_ELIGIBILITY_INQUIRY), NCT_OK);
    assert_int_equal(world_pin_state(w, PETRA.ncid), NCT_PIN_SUSPENDED);
    assert_int_equal(world_pin_state(w, FRANK.ncid), NCT_PIN_ACTIVE);
    expect_nobody_acts(w, pin);
    expect_whole_ledger(w);
    assert_true(world_ledger_mentions(w, REASON));
    world_advance(w, 1000);
    expect_status(reinstate(w), NCT_OK);
    assert_int_equal(state_of(w, NPI_CLINIC), NCT_PROVIDER_REGISTERED);
    assert_int_equal(world_pin_state(w, PETRA.ncid), NCT_PIN_ACTIVE);
    expect_status(world_check(w, OLIVIA.ncid, NPI_CLINIC, NCT_AUTHORITY_USER_ADMINISTRATION), NCT_OK);
    expect_status(world_sign_pa(w, PETRA.ncid, WORLD_PASSWORD, pin), NCT_OK);
    expect_whole_ledger(w);
}

static void a_terminated_provider_explains_itself(void **state) {
    struct world *w = *state;
    nct_explanation *explanation = NULL;
    nct_actor *actor = NULL;
    expect_status(terminate(w), NCT_OK);
    expect_status(nct_access_explain(w->portal, NPI_CLINIC, 10, PETRA.ncid, strlen(PETRA.ncid), NCT_RIGHT_PA_SUBMIT,
                                     &explanation),
                  NCT_OK);
    expect_status(nct_explanation_reason(explanation), NCT_E_TERMINATED);
    assert_non_null(strstr(nct_explanation_help(explanation), "agency"));
    nct_explanation_free(explanation);
    expect_status(nct_actor_load(w->portal, PETRA.ncid, strlen(PETRA.ncid), &actor), NCT_OK);
    expect_status(nct_actor_check(actor, NPI_CLINIC, 10, NCT_RIGHT_PA_SUBMIT), NCT_E_TERMINATED);
    nct_actor_free(actor);
}

static void a_record_without_an_administrator_returns_to_what_it_was(void **state) {
    struct world *w = *state;
    char code[NCT_AUTHORIZATION_CODE_LENGTH + 1];
    nct_explanation *explanation = NULL;
    world_enroll(w, world_npi(4), "organization", code);
    const char *npi = world_npi(4);
    expect_status(nct_provider_terminate(w->portal, "op", 2, npi, 10, "r", 1), NCT_OK);
    nct_form *form = world_registration(w, npi, code, &OSCAR);
    expect_status(world_submit(form), NCT_E_TERMINATED);
    expect_status(
        nct_access_explain(w->portal, npi, 10, OSCAR.ncid, strlen(OSCAR.ncid), NCT_RIGHT_TRAINING, &explanation),
        NCT_OK);
    expect_status(nct_explanation_reason(explanation), NCT_E_TERMINATED);
    nct_explanation_free(explanation);
    expect_status(nct_provider_reinstate(w->portal, "op", 2, npi, 10, "r", 1), NCT_OK);
    assert_int_equal(state_of(w, npi), NCT_PROVIDER_ENROLLED);
    expect_status(world_submit(form), NCT_OK);
    nct_form_free(form);
}

static void moves_that_are_none_are_refused(void **state) {
    struct world *w = *state;
    expect_status(reinstate(w), NCT_E_ILLEGAL_MOVE);
    expect_status(terminate(w), NCT_OK);
    size_t entries = world_entries(w, "provider:" NPI_CLINIC);
    expect_status(terminate(w), NCT_E_TERMINATED);
    assert_int_equal(world_entries(w, "provider:" NPI_CLINIC), entries);
    expect_status(reinstate(w), NCT_OK);
    expect_status(reinstate(w), NCT_E_ILLEGAL_MOVE);
    expect_status(nct_provider_terminate(w->portal, "op", 2, world_npi(9), 10, "r", 1), NCT_E_NOT_FOUND);
}

static void bad_input_is_named(void **state) {
    struct world *w = *state;
    expect_status(nct_provider_terminate(NULL, "op", 2, NPI_CLINIC, 10, "r", 1), NCT_E_ARGUMENT);
    expect_status(nct_provider_terminate(w->portal, NULL, 2, NPI_CLINIC, 10, "r", 1), NCT_E_ARGUMENT);
    expect_status(nct_provider_terminate(w->portal, "", 0, NPI_CLINIC, 10, "r", 1), NCT_E_EMPTY);
    expect_status(nct_provider_terminate(w->portal, "op", 2, NPI_CLINIC, 10, "", 0), NCT_E_EMPTY);
    expect_status(nct_provider_terminate(w->portal, "op", 2, NPI_CLINIC, 10, "a\0b", 3), NCT_E_NUL);
    expect_status(nct_provider_terminate(w->portal, "op", 2, NPI_CLINIC, 10, "\xff", 1), NCT_E_UTF8);
    expect_status(nct_provider_terminate(w->portal, "op", 2, "1234567890", 10, "r", 1), NCT_E_CHECK_DIGIT);
    expect_status(nct_provider_terminate(w->portal, "op", 2, NULL, 0, "r", 1), NCT_E_ARGUMENT);
    assert_int_equal(state_of(w, NPI_CLINIC), NCT_PROVIDER_REGISTERED);
}

/* However many have access: one commit, after which nobody has, and one after which all have again. */
static void one_commit_is_all(void **state) {
    struct world *w = *state;
    add_crowd(w);
    size_t commits = w->store.commits;
    world_fault(w, FAULT_ERROR, WORLD_COMMIT, 1, 1);
    expect_status(terminate(w), NCT_E_STORE);
    world_no_fault(w);
    assert_int_equal(crowd_with(w, NCT_OK), CROWD);
    expect_status(terminate(w), NCT_OK);
    assert_int_equal(crowd_with(w, NCT_E_TERMINATED), CROWD);
    expect_status(reinstate(w), NCT_OK);
    assert_int_equal(crowd_with(w, NCT_OK), CROWD);
    assert_int_equal(w->store.commits - commits, 3);
    expect_whole_ledger(w);
}

static void terminate_now(void *argument) {
    expect_status(terminate(argument), NCT_OK);
}

static void before_commit(struct world *w, void (*what)(void *), size_t skip) {
    w->store.before_commit = what;
    w->store.before_commit_skip = skip;
    w->store.argument = w;
}

/* A store that leaves one row out of every scan hides nobody from a termination: nothing is scanned. */
static void a_grant_taken_out_of_scans_does_not_survive(void **state) {
    struct world *w = *state;
    struct rows all = rows_take(w->store.inner);
    size_t tried = 0;
    for (size_t i = 0; i < all.count; i++) {
        const struct row *row = &all.at[i];
        if (row->space != space_of("grant") && row->space != space_of("grant_by_person"))
            continue;
        struct row gone = *row;
        gone.revision = 0;
        row_force(w->store.inner, &gone);
        expect_status(terminate(w), NCT_OK);
        row_force(w->store.inner, row);
        expect_status(world_check(w, OLIVIA.ncid, NPI_CLINIC, NCT_RIGHT_TRAINING), NCT_E_TERMINATED);
        expect_status(world_check(w, FRANK.ncid, NPI_CLINIC, NCT_RIGHT_ELIGIBILITY_INQUIRY), NCT_E_TERMINATED);
        expect_status(world_check(w, PETRA.ncid, NPI_CLINIC, NCT_RIGHT_PA_SUBMIT), NCT_E_TERMINATED);
        expect_status(world_check(w, UMA.ncid, NPI_CLINIC, NCT_AUTHORITY_USER_ADMINISTRATION), NCT_E_TERMINATED);
        rows_restore(w->store.inner, &all);
        tried++;
    }
    assert_int_equal(tried, 8);
    rows_free(&all);
}

/* Everything was read and decided, and then the provider is terminated: nothing happens. */
static void nothing_outlives_the_termination(void **state) {
    struct world *w = *state;
    char pin[16];
    (void)snprintf(pin, sizeof pin, "%s", world_pin_of(w, PETRA.ncid));
    struct rows start = rows_take(w->store.inner);
    before_commit(w, terminate_now, 0);
    expect_status(world_grant(w, OLIVIA.ncid, NPI_CLINIC, FRANK.ncid, NCT_ROLE_USER, INQUIRY), NCT_E_TERMINATED);
    rows_restore(w->store.inner, &start);
    before_commit(w, terminate_now, 0);
    expect_status(world_add_user(w, UMA.ncid, NPI_CLINIC, &SILAS, "user", "eligibility.inquiry"), NCT_E_TERMINATED);
    expect_status(world_check(w, SILAS.ncid, NPI_CLINIC, NCT_RIGHT_ELIGIBILITY_INQUIRY), NCT_E_NOT_PROVISIONED);
    for (size_t commits = 0; commits < 3; commits++) {
        rows_restore(w->store.inner, &start);
        before_commit(w, terminate_now, commits);
        expect_status(world_sign_pa(w, PETRA.ncid, WORLD_PASSWORD, pin), NCT_E_DENIED);
        assert_null(w->store.before_commit);
    }
    rows_free(&start);
}

static void the_record_put_back_is_found(void **state) {
    struct world *w = *state;
    struct rows before = rows_take(w->store.inner);
    expect_status(terminate(w), NCT_OK);
    for (size_t i = 0; i < before.count; i++)
        if (before.at[i].space == space_of("provider"))
            row_force(w->store.inner, &before.at[i]);
    expect_status(world_grant(w, OLIVIA.ncid, NPI_CLINIC, FRANK.ncid, NCT_ROLE_USER, INQUIRY), NCT_E_INTEGRITY);
    expect_status(world_check(w, FRANK.ncid, NPI_CLINIC, NCT_RIGHT_ELIGIBILITY_INQUIRY), NCT_E_INTEGRITY);
    rows_free(&before);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, world_setup_clinic, world_teardown)

int main(void) {
    const struct CMUnitTest tests[] = {
        CASE(access_ends_and_returns),
        CASE(a_terminated_provider_explains_itself),
        CASE(a_record_without_an_administrator_returns_to_what_it_was),
        CASE(moves_that_are_none_are_refused),
        CASE(bad_input_is_named),
        CASE(one_commit_is_all),
        CASE(a_grant_taken_out_of_scans_does_not_survive),
        CASE(nothing_outlives_the_termination),
        CASE(the_record_put_back_is_found),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
