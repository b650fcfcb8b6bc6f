/* What somebody has to be to a provider, under rules of one's own: its Office Administrator, its signer. */
#include "world.h"

#define BIT(right) (UINT64_C(1) << (right))
#define ATYPICAL "AB12"

static void set_rule(struct world *w, const char *path, const char *value) {
    expect_status(nct_rule_set(w->policy, path, value, strlen(value), NULL), NCT_OK);
}

static nct_status registers(struct world *w, const char *id, const char *kind, const char *relationship) {
    char code[NCT_AUTHORIZATION_CODE_LENGTH + 1];
    expect_status(world_try_enroll(w, id, kind, code), NCT_OK);
    nct_form *form = world_registration(w, id, code, &OSCAR);
    world_set(form, "office_administrator.relationship", relationship);
    nct_status status = world_submit(form);
    nct_form_free(form);
    return status;
}

/* S2. Whatever a profile says of organizations. */
static void an_organization_is_nobodys_person(void **state) {
    struct world *w = *state;
    set_rule(w, "name", "ours");
    set_rule(w, "office_administrator.organization", "owner provider");
    world_reopen(w);
    expect_status(registers(w, world_npi(5), "organization", "provider"), NCT_E_PROBLEMS);
    expect_status(registers(w, world_npi(6), "organization", "owner"), NCT_OK);
    expect_status(registers(w, world_npi(7), "individual", "provider"), NCT_OK);
}

static void atypical_providers_have_a_rule_of_their_own(void **state) {
    struct world *w = *state;
    set_rule(w, "name", "ours");
    set_rule(w, "office_administrator.atypical", "managing_employee");
    world_reopen(w);
    expect_status(registers(w, ATYPICAL, "individual", "owner"), NCT_E_PROBLEMS);
    expect_status(registers(w, ATYPICAL "3", "individual", "managing_employee"), NCT_OK);
    expect_status(registers(w, world_npi(5), "individual", "owner"), NCT_OK);
}

/* An enrollment-type application that a profile lets be signed with a right is signed by who stands on the record. */
/* C1: the bulletin of 1 May 2025 and the notice of May 2026, of either kind of provider. */
static void since_2025_any_managing_relationship_may_be_the_administrator(void **state) {
    struct world *w = *state;
    static const char *const relationships[] = {"owner", "managing_employee", "managing_relationship", "provider"};
    static const struct {
        const char *profile, *kind;
        int allowed; /* bit n: relationships[n] */
    } wanted[] = {{"2013", "individual", 11},  {"2013", "organization", 3}, {"2022", "individual", 10},
                  {"2022", "organization", 3}, {"2025", "individual", 15},  {"2025", "organization", 7},
                  {"2026", "individual", 15},  {"2026", "organization", 7}};
    unsigned number = 20;
    for (size_t i = 0; i < sizeof wanted / sizeof wanted[0]; i++) {
        world_use_profile(w, wanted[i].profile);
        for (int j = 0; j < 4; j++)
            expect_status(registers(w, world_npi(number++), wanted[i].kind, relationships[j]),
                          wanted[i].allowed >> j & 1 ? NCT_OK : NCT_E_PROBLEMS);
    }
}

static nct_status enroll_with(struct world *w, const char *npi, const struct cast *backup, const char *relationship,
                              const char *problem_at) {
    char code[NCT_AUTHORIZATION_CODE_LENGTH + 1];
    nct_problems *problems = NULL;
    nct_form *form = world_enrollment(w, npi, "organization");
    world_enrollment_designate(form, &OSCAR, "owner");
    world_enrollment_set(form, "backup_office_administrator.ncid", backup->ncid);
    world_enrollment_set(form, "backup_office_administrator.first_name", backup->first_name);
    world_enrollment_set(form, "backup_office_administrator.last_name", backup->last_name);
    world_enrollment_set(form, "backup_office_administrator.email", backup->email);
    world_enrollment_set(form, "backup_office_administrator.phone", backup->phone);
    world_enrollment_set(form, "backup_office_administrator.relationship", relationship);
    nct_status status = nct_enrollment_submit(form, "clerk", 5, code, sizeof code, &problems);
    if (status == NCT_E_PROBLEMS)
        assert_string_equal(nct_problems_path(problems, 0), problem_at);
    nct_problems_free(problems);
    nct_form_free(form);
    return status;
}

/* C1, 2026: one of the people the application lists. */
static void an_initial_enrollment_may_name_a_backup(void **state) {
    struct world *w = *state;
    nct_provider *provider = NULL;
    static const char ncid[] = "backup_office_administrator.ncid";
    expect_status(enroll_with(w, world_npi(9), &SILAS, "owner", ncid), NCT_E_PROBLEMS);
    world_use_profile(w, "2026");
    expect_status(enroll_with(w, world_npi(9), &OSCAR, "owner", ncid), NCT_E_PROBLEMS);
    expect_status(enroll_with(w, world_npi(9), &SILAS, "provider", "backup_office_administrator.relationship"),
                  NCT_E_PROBLEMS);
    expect_status(enroll_with(w, world_npi(9), &SILAS, "managing_relationship", ""), NCT_OK);
    expect_status(nct_provider_get(w->portal, world_npi(9), 10, &provider), NCT_OK);
    assert_string_equal(nct_provider_office_administrator(provider), OSCAR.ncid);
    assert_string_equal(nct_provider_backup_office_administrator(provider), SILAS.ncid);
    nct_provider_free(provider);
    expect_status(world_check(w, SILAS.ncid, world_npi(9), NCT_AUTHORITY_EFT_CHANGE), NCT_OK);
    expect_status(world_check(w, SILAS.ncid, world_npi(9), NCT_AUTHORITY_INITIAL_ENROLLMENT), NCT_E_NO_AUTHORITY);
    assert_non_null(world_pin_of(w, SILAS.ncid));
}

static void a_right_alone_signs_no_enrollment(void **state) {
    struct world *w = *state;
    set_rule(w, "name", "ours");
    set_rule(w, "signer.standing", "owner");
    set_rule(w, "submission.recredentialing.needs", "pa.submit");
    world_reopen(w);
    const char *pin = world_pin_of(w, PETRA.ncid);
    expect_status(world_sign(w, PETRA.ncid, WORLD_PASSWORD, pin, NPI_CLINIC, NCT_SUBMISSION_RECREDENTIALING, NULL),
                  NCT_E_NOT_ON_RECORD);
    expect_status(world_sign_pa(w, PETRA.ncid, WORLD_PASSWORD, pin), NCT_OK);
    expect_status(world_list_principal(w, NPI_CLINIC, &PETRA, "owner", 0, 0), NCT_OK);
    expect_status(world_sign(w, PETRA.ncid, WORLD_PASSWORD, pin, NPI_CLINIC, NCT_SUBMISSION_RECREDENTIALING, NULL),
                  NCT_OK);
}

static void a_right_that_lost_its_name_is_not_held(void **state) {
    struct world *w = *state;
    uint64_t rights = 0, authorities = 0;
    expect_status(nct_policy_name_right(w->policy, NCT_RIGHT_HOST_FIRST, "host.report", "Read reports."), NCT_OK);
    world_reopen(w);
    uint64_t both = BIT(NCT_RIGHT_HOST_FIRST) | BIT(NCT_RIGHT_TRAINING);
    expect_status(world_grant(w, OLIVIA.ncid, NPI_CLINIC, FRANK.ncid, NCT_ROLE_USER, both), NCT_OK);
    expect_status(nct_access_rights(w->portal, NPI_CLINIC, 10, FRANK.ncid, strlen(FRANK.ncid), &rights, &authorities),
                  NCT_OK);
    assert_true(rights == both);
    set_rule(w, "right.32", "");
    world_reopen(w);
    expect_status(nct_access_rights(w->portal, NPI_CLINIC, 10, FRANK.ncid, strlen(FRANK.ncid), &rights, &authorities),
                  NCT_OK);
    assert_true(rights == BIT(NCT_RIGHT_TRAINING));
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, world_setup_clinic, world_teardown)

int main(void) {
    const struct CMUnitTest tests[] = {
        CASE(an_organization_is_nobodys_person),
        CASE(atypical_providers_have_a_rule_of_their_own),
        CASE(since_2025_any_managing_relationship_may_be_the_administrator),
        CASE(an_initial_enrollment_may_name_a_backup),
        CASE(a_right_alone_signs_no_enrollment),
        CASE(a_right_that_lost_its_name_is_not_held),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
