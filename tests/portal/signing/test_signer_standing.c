/* The signature check of 2020, made before signing: the signer stands on the record, now. */
#include "world.h"

#include <stdio.h>

static int setup(void **state, const char *profile) {
    int status = world_setup_clinic(state);
    world_use_profile(*state, profile);
    return status;
}

static int setup_2013(void **state) {
    return setup(state, "2013");
}

static int setup_2022(void **state) {
    return setup(state, "2022");
}

static int setup_2026(void **state) {
    return setup(state, "2026");
}

static const int32_t ENROLLMENT_TYPES[] = {NCT_SUBMISSION_ENROLLMENT, NCT_SUBMISSION_RECREDENTIALING,
                                           NCT_SUBMISSION_REENROLLMENT, NCT_SUBMISSION_MANAGE_CHANGE,
                                           NCT_SUBMISSION_MAINTAIN_ELIGIBILITY};
static const int32_t OTHER_TYPES[] = {NCT_SUBMISSION_FL2, NCT_SUBMISSION_PHARMACY_PA, NCT_SUBMISSION_MEDICAL_PA};

static nct_status sign(struct world *w, const struct cast *who, int32_t kind) {
    return world_sign(w, who->ncid, WORLD_PASSWORD, world_pin_of(w, who->ncid), NPI_CLINIC, kind, NULL);
}

static void expect_all(struct world *w, const struct cast *who, nct_status enrollment, nct_status other) {
    for (size_t i = 0; i < 5; i++)
        expect_status(sign(w, who, ENROLLMENT_TYPES[i]), enrollment);
    for (size_t i = 0; i < 3; i++)
        expect_status(sign(w, who, OTHER_TYPES[i]), other);
}

static void who_stands_on_the_record_signs(void **state) {
    expect_all(*state, &OLIVIA, NCT_OK, NCT_OK);
}

static void who_was_taken_off_signs_no_application(void **state) {
    struct world *w = *state;
    size_t signatures = 0;
    expect_status(world_unlist_principal(w, NPI_CLINIC, OLIVIA.ncid), NCT_OK);
    expect_all(w, &OLIVIA, NCT_E_NOT_ON_RECORD, NCT_OK);
    nct_signature_list *page = NULL;
    expect_status(nct_signature_list_by_provider(w->portal, NPI_CLINIC, 10, NULL, 0, 100, &page), NCT_OK);
    signatures = nct_signature_list_count(page);
    nct_signature_list_free(page);
    assert_int_equal(signatures, 3);
    expect_status(sign(w, &OLIVIA, NCT_SUBMISSION_ENROLLMENT), NCT_E_NOT_ON_RECORD);
    expect_status(world_last_outcome(w, "provider:" NPI_CLINIC), NCT_E_NOT_ON_RECORD);
    expect_status(world_last_outcome(w, "person:olivia.owner"), NCT_E_NOT_ON_RECORD);
    expect_status(world_list_principal(w, NPI_CLINIC, &OLIVIA, "managing_employee", 0, 0), NCT_OK);
    expect_all(w, &OLIVIA, NCT_OK, NCT_OK);
}

static void before_2020_nobody_asks_for_it(void **state) {
    struct world *w = *state;
    expect_status(world_unlist_principal(w, NPI_CLINIC, OLIVIA.ncid), NCT_OK);
    expect_all(w, &OLIVIA, NCT_OK, NCT_OK);
}

static void the_standing_is_the_one_of_the_moment(void **state) {
    struct world *w = *state;
    expect_status(world_list_principal(w, NPI_CLINIC, &OLIVIA, "owner", w->now + 10, w->now + 20), NCT_OK);
    for (int i = 0; i < 30; i += 5, world_advance(w, 5))
        expect_status(sign(w, &OLIVIA, NCT_SUBMISSION_RECREDENTIALING),
                      i >= 10 && i < 20 ? NCT_OK : NCT_E_NOT_ON_RECORD);
}

static void a_relationship_that_is_not_enough(void **state) {
    struct world *w = *state;
    expect_status(world_list_principal(w, NPI_CLINIC, &OLIVIA, "managing_relationship", 0, 0), NCT_OK);
    expect_all(w, &OLIVIA, NCT_E_NOT_ON_RECORD, NCT_OK);
    world_use_profile(w, "2025");
    expect_all(w, &OLIVIA, NCT_OK, NCT_OK);
}

static void the_role_is_asked_for_first(void **state) {
    struct world *w = *state;
    expect_status(sign(w, &PETRA, NCT_SUBMISSION_ENROLLMENT), NCT_E_NO_AUTHORITY);
    expect_status(world_list_principal(w, NPI_CLINIC, &PETRA, "owner", 0, 0), NCT_OK);
    expect_status(sign(w, &PETRA, NCT_SUBMISSION_ENROLLMENT), NCT_E_NO_AUTHORITY);
}

static void standing_at_another_provider_is_none_here(void **state) {
    struct world *w = *state;
    world_register(w, world_npi(1), &OSCAR, NULL, NULL);
    expect_status(world_unlist_principal(w, NPI_CLINIC, OLIVIA.ncid), NCT_OK);
    expect_status(world_list_principal(w, world_npi(1), &OLIVIA, "owner", 0, 0), NCT_OK);
    expect_status(sign(w, &OLIVIA, NCT_SUBMISSION_ENROLLMENT), NCT_E_NOT_ON_RECORD);
}

static void expect_explained(struct world *w, int32_t right, nct_status reason) {
    nct_explanation *explanation = NULL;
    expect_status(nct_access_explain(w->portal, NPI_CLINIC, 10, OLIVIA.ncid, 12, right, &explanation), NCT_OK);
    expect_status(nct_explanation_reason(explanation), reason);
    if (reason != NCT_OK) {
        assert_non_null(strstr(nct_explanation_help(explanation), nct_call_center_phone(nct_portal_policy(w->portal))));
        assert_non_null(strstr(nct_explanation_help(explanation), OLIVIA.ncid));
        assert_string_equal(nct_explanation_helper_ncid(explanation), OLIVIA.ncid);
    }
    nct_explanation_free(explanation);
    expect_status(world_check(w, OLIVIA.ncid, NPI_CLINIC, right), reason);
}

static void asking_beforehand_gives_the_same_answer(void **state) {
    struct world *w = *state;
    expect_explained(w, NCT_AUTHORITY_ENROLLMENT_SUBMIT, NCT_OK);
    expect_status(world_unlist_principal(w, NPI_CLINIC, OLIVIA.ncid), NCT_OK);
    expect_explained(w, NCT_AUTHORITY_ENROLLMENT_SUBMIT, NCT_E_NOT_ON_RECORD);
    expect_explained(w, NCT_AUTHORITY_INITIAL_ENROLLMENT, NCT_E_NOT_ON_RECORD);
    expect_explained(w, NCT_AUTHORITY_ENROLLMENT_PREPARE, NCT_OK);
    expect_explained(w, NCT_AUTHORITY_USER_ADMINISTRATION, NCT_OK);
    expect_explained(w, NCT_AUTHORITY_EFT_CHANGE, NCT_OK);
    expect_explained(w, NCT_RIGHT_PA_SUBMIT, NCT_OK);
}

static void a_period_of_signing_ends_with_the_standing(void **state) {
    struct world *w = *state;
    expect_status(nct_policy_set(w->policy, NCT_OPTION_PERIOD, 1), NCT_OK);
    world_reopen(w);
    nct_signature *first = NULL, *second = NULL;
    expect_status(world_sign(w, OLIVIA.ncid, WORLD_PASSWORD, world_pin_of(w, OLIVIA.ncid), NPI_CLINIC,
                             NCT_SUBMISSION_PHARMACY_PA, &first),
                  NCT_OK);
    expect_status(world_list_principal(w, NPI_CLINIC, &OLIVIA, "owner", 0, 0), NCT_OK);
    nct_form *signing = world_signing(w, OLIVIA.ncid, NPI_CLINIC, NCT_SUBMISSION_PHARMACY_PA);
    const char *period = nct_signature_period(first);
    assert_true(strlen(period) > 0);
    expect_status(nct_form_set(signing, "signer.period", period, strlen(period)), NCT_OK);
    const char *pin = world_pin_of(w, OLIVIA.ncid);
    expect_status(nct_form_set(signing, "signer.pin", pin, strlen(pin)), NCT_OK);
    expect_status(nct_sign(signing, NULL, &second), NCT_E_DENIED);
    nct_form_free(signing);
    nct_signature_free(first);
}

static void unlist_olivia(struct world *w) {
    expect_status(world_unlist_principal(w, NPI_CLINIC, OLIVIA.ncid), NCT_OK);
}

static size_t olivia_signs_nothing(struct world *w, void *argument) {
    nct_status status =
        world_sign(w, OLIVIA.ncid, WORLD_PASSWORD, argument, NPI_CLINIC, NCT_SUBMISSION_ENROLLMENT, NULL);
    assert_true(status != NCT_OK);
    return status == NCT_E_INTEGRITY;
}

static void a_row_put_back_lets_nobody_sign(void **state) {
    struct world *w = *state;
    char pin[16];
    strcpy(pin, world_pin_of(w, OLIVIA.ncid));
    struct world_judge judge = {olivia_signs_nothing, pin};
    assert_true(world_put_back_each(w, unlist_olivia, judge) >= 2);
}

static void unlist_behind(void *argument) {
    unlist_olivia(argument);
}

static void leaving_the_record_beats_a_signature_at_the_same_time(void **state) {
    struct world *w = *state;
    w->store.before_commit = unlist_behind;
    w->store.before_commit_skip = 2; /* the tries of password and PIN */
    w->store.argument = w;
    expect_status(sign(w, &OLIVIA, NCT_SUBMISSION_ENROLLMENT), NCT_E_NOT_ON_RECORD);
}

#define CASE(name, year) cmocka_unit_test_setup_teardown(name, setup_##year, world_teardown)

int main(void) {
    const struct CMUnitTest tests[] = {
        CASE(who_stands_on_the_record_signs, 2022),
        CASE(who_was_taken_off_signs_no_application, 2022),
        CASE(before_2020_nobody_asks_for_it, 2013),
        CASE(the_standing_is_the_one_of_the_moment, 2022),
        CASE(a_relationship_that_is_not_enough, 2022),
        CASE(the_role_is_asked_for_first, 2022),
        CASE(standing_at_another_provider_is_none_here, 2022),
        CASE(asking_beforehand_gives_the_same_answer, 2026),
        CASE(a_period_of_signing_ends_with_the_standing, 2022),
        CASE(a_row_put_back_lets_nobody_sign, 2022),
        CASE(leaving_the_record_beats_a_signature_at_the_same_time, 2022),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
