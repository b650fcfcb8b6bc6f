/*
 * A ninth kind of submission, added as one row at the end of policy/submissions.h: the library is built once more with
 * ninth_submission.h, and nothing else was touched.
 */
#include "applications.h"
#include "ninth_submission.h"

static void it_has_a_name_both_ways(void **state) {
    (void)state;
    int32_t kind = 0;
    expect_status(nct_submission_from_name("survey", &kind), NCT_OK);
    assert_int_equal(kind, NCT_SUBMISSION_SURVEY);
    assert_string_equal(nct_submission_name(kind), "survey");
    assert_string_equal(nct_submission_description(kind), "Survey of the provider's sites.");
}

static void every_profile_has_a_rule_for_it(void **state) {
    (void)state;
    char value[64];
    for (size_t i = 0; i < nct_profile_count(); i++) {
        nct_policy *policy = NULL;
        expect_status(nct_policy_new(nct_profile_name(i), &policy), NCT_OK);
        expect_status(nct_rule_get(policy, "submission.survey.needs", value, sizeof value, NULL), NCT_OK);
        assert_string_equal(value, "provider.update");
        expect_status(nct_policy_check(policy, NULL), NCT_OK);
        nct_policy_free(policy);
    }
}

static void a_form_offers_it(void **state) {
    (void)state;
    for (size_t i = 0; i < nct_field_count(NCT_FORM_SIGNING); i++)
        if (strcmp(nct_field_path(NCT_FORM_SIGNING, i), "submission.kind") == 0)
            assert_non_null(strstr(nct_field_choices(NCT_FORM_SIGNING, i), " maintain_eligibility survey"));
}

static void it_is_drafted_signed_and_decided(void **state) {
    struct world *w = *state;
    char id[NCT_APPLICATION_ID_LENGTH + 1];
    nct_signature *signature = NULL;
    int32_t now = 0;
    world_drafted(w, OLIVIA.ncid, NCT_SUBMISSION_SURVEY, id);
    expect_status(world_apply(w, OLIVIA.ncid, NCT_SUBMISSION_SURVEY, id, &signature), NCT_OK);
    assert_string_equal(nct_signature_submission(signature), "survey");
    nct_signature_free(signature);
    assert_int_equal(world_state(w, id), NCT_STATE_SUSPENDED);
    expect_status(world_decide(w, id, NCT_MOVE_APPROVE, &now), NCT_OK);
    assert_int_equal(now, NCT_STATE_APPROVED);
}

static void who_lacks_its_right_does_not_sign_it(void **state) {
    struct world *w = *state;
    expect_status(
        world_sign(w, FRANK.ncid, WORLD_PASSWORD, world_pin_of(w, FRANK.ncid), NPI_CLINIC, NCT_SUBMISSION_SURVEY, NULL),
        NCT_E_RIGHT_MISSING);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, world_setup_clinic, world_teardown)

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_has_a_name_both_ways),  cmocka_unit_test(every_profile_has_a_rule_for_it),
        cmocka_unit_test(a_form_offers_it),         CASE(it_is_drafted_signed_and_decided),
        CASE(who_lacks_its_right_does_not_sign_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
