/* S7: who grants, and within which limits. S16: who is added later. */
#include "terms.h"
#include "world.h"

#define BIT(right) (UINT64_C(1) << (right))

static const uint64_t CLAIMS = BIT(NCT_RIGHT_CLAIM_INQUIRY);

static nct_status check_frank(struct world *w, int32_t right) {
    return world_check(w, FRANK.ncid, NPI_CLINIC, right);
}

static void s07_the_administrator_grants_and_replaces(void **state) {
    struct world *w = *state;
    expect_status(world_grant(w, OLIVIA.ncid, NPI_CLINIC, FRANK.ncid, NCT_ROLE_USER, BIT(NCT_RIGHT_CLAIM_SUBMIT)),
                  NCT_OK);
    expect_status(check_frank(w, NCT_RIGHT_CLAIM_SUBMIT), NCT_OK);
    expect_status(check_frank(w, NCT_RIGHT_ELIGIBILITY_INQUIRY), NCT_E_RIGHT_MISSING);
}

static void s07_a_user_administrator_grants_within_their_own_rights(void **state) {
    struct world *w = *state;
    expect_status(world_grant(w, UMA.ncid, NPI_CLINIC, FRANK.ncid, NCT_ROLE_USER, CLAIMS), NCT_OK);
    expect_status(check_frank(w, NCT_RIGHT_CLAIM_INQUIRY), NCT_OK);
    expect_status(world_grant(w, UMA.ncid, NPI_CLINIC, FRANK.ncid, NCT_ROLE_USER, CLAIMS | BIT(NCT_RIGHT_CLAIM_SUBMIT)),
                  NCT_E_EXCEEDS_OWN);
    expect_status(check_frank(w, NCT_RIGHT_CLAIM_SUBMIT), NCT_E_RIGHT_MISSING);
    expect_status(check_frank(w, NCT_RIGHT_CLAIM_INQUIRY), NCT_OK);
}

static void s07_a_user_administrator_appoints_no_other(void **state) {
    struct world *w = *state;
    expect_status(world_grant(w, UMA.ncid, NPI_CLINIC, FRANK.ncid, NCT_ROLE_USER_ADMINISTRATOR, CLAIMS),
                  NCT_E_NOT_MANAGED);
    expect_status(world_add_user(w, UMA.ncid, NPI_CLINIC, &SILAS, "user_administrator", "pa.submit"),
                  NCT_E_NOT_MANAGED);
    expect_status(check_frank(w, NCT_AUTHORITY_USER_ADMINISTRATION), NCT_E_NO_AUTHORITY);
}

static void s07_a_user_administrator_never_touches_the_administrator_or_another(void **state) {
    struct world *w = *state;
    expect_status(world_grant(w, UMA.ncid, NPI_CLINIC, OLIVIA.ncid, NCT_ROLE_USER, CLAIMS), NCT_E_NOT_MANAGED);
    expect_status(world_revoke(w, UMA.ncid, NPI_CLINIC, OLIVIA.ncid), NCT_E_NOT_MANAGED);
    expect_status(world_grant(w, OLIVIA.ncid, NPI_CLINIC, PETRA.ncid, NCT_ROLE_USER_ADMINISTRATOR, CLAIMS), NCT_OK);
    expect_status(world_grant(w, UMA.ncid, NPI_CLINIC, PETRA.ncid, NCT_ROLE_USER, CLAIMS), NCT_E_NOT_MANAGED);
    expect_status(world_revoke(w, UMA.ncid, NPI_CLINIC, PETRA.ncid), NCT_E_NOT_MANAGED);
    expect_status(world_check(w, OLIVIA.ncid, NPI_CLINIC, NCT_AUTHORITY_USER_ADMINISTRATION), NCT_OK);
    expect_status(world_check(w, PETRA.ncid, NPI_CLINIC, NCT_AUTHORITY_USER_ADMINISTRATION), NCT_OK);
}

static void s07_nobody_changes_their_own_access(void **state) {
    struct world *w = *state;
    expect_status(world_grant(w, UMA.ncid, NPI_CLINIC, UMA.ncid, NCT_ROLE_USER_ADMINISTRATOR, CLAIMS),
                  NCT_E_SELF_GRANT);
    expect_status(world_grant(w, UMA.ncid, NPI_CLINIC, "UMA.UserAdmin", NCT_ROLE_USER, CLAIMS), NCT_E_SELF_GRANT);
    expect_status(world_grant(w, OLIVIA.ncid, NPI_CLINIC, OLIVIA.ncid, NCT_ROLE_USER, CLAIMS), NCT_E_SELF_GRANT);
    expect_status(world_revoke(w, OLIVIA.ncid, NPI_CLINIC, OLIVIA.ncid), NCT_E_SELF_GRANT);
    assert_true(world_grant(w, FRANK.ncid, NPI_CLINIC, FRANK.ncid, NCT_ROLE_USER, CLAIMS) != NCT_OK);
    expect_status(check_frank(w, NCT_RIGHT_CLAIM_INQUIRY), NCT_E_RIGHT_MISSING);
}

static void s07_staff_without_authority_grant_nothing(void **state) {
    struct world *w = *state;
    world_register(w, world_npi(1), &OSCAR, NULL, NULL);
    expect_status(world_grant(w, FRANK.ncid, NPI_CLINIC, PETRA.ncid, NCT_ROLE_USER, BIT(0)), NCT_E_NO_AUTHORITY);
    expect_status(world_revoke(w, FRANK.ncid, NPI_CLINIC, PETRA.ncid), NCT_E_NO_AUTHORITY);
    expect_status(world_add_user(w, FRANK.ncid, NPI_CLINIC, &SILAS, "user", "pa.submit"), NCT_E_NO_AUTHORITY);
    expect_status(world_grant(w, OSCAR.ncid, NPI_CLINIC, FRANK.ncid, NCT_ROLE_USER, CLAIMS), NCT_E_NOT_PROVISIONED);
    expect_status(world_grant(w, SILAS.ncid, NPI_CLINIC, FRANK.ncid, NCT_ROLE_USER, CLAIMS), NCT_E_NOT_PROVISIONED);
    expect_status(world_check(w, PETRA.ncid, NPI_CLINIC, NCT_RIGHT_PA_SUBMIT), NCT_OK);
}

static void s04_nobody_grants_before_registration(void **state) {
    struct world *w = *state;
    char code[NCT_AUTHORIZATION_CODE_LENGTH + 1];
    world_enroll(w, world_npi(2), "organization", code);
    expect_status(world_grant(w, OLIVIA.ncid, world_npi(2), FRANK.ncid, NCT_ROLE_USER, CLAIMS), NCT_E_NOT_REGISTERED);
    expect_status(world_add_user(w, OLIVIA.ncid, world_npi(2), &SILAS, "user", "pa.submit"), NCT_E_NOT_REGISTERED);
    assert_true(world_grant(w, OLIVIA.ncid, world_npi(3), FRANK.ncid, NCT_ROLE_USER, CLAIMS) != NCT_OK);
}

static void s01_somebody_unknown_is_not_granted_but_added(void **state) {
    struct world *w = *state;
    expect_status(world_grant(w, OLIVIA.ncid, NPI_CLINIC, SILAS.ncid, NCT_ROLE_USER, CLAIMS), NCT_E_UNKNOWN_PERSON);
    expect_status(world_add_user(w, OLIVIA.ncid, NPI_CLINIC, &SILAS, "user", "claim.inquiry"), NCT_OK);
    expect_status(world_check(w, SILAS.ncid, NPI_CLINIC, NCT_RIGHT_CLAIM_INQUIRY), NCT_OK);
}

static void s07_roles_and_rights_there_are_not_are_refused(void **state) {
    struct world *w = *state;
    static const int32_t roles[] = {NCT_ROLE_NONE, NCT_ROLE_OFFICE_ADMINISTRATOR, 7, -1, INT32_MAX};
    for (size_t i = 0; i < 5; i++)
        expect_status(world_grant(w, OLIVIA.ncid, NPI_CLINIC, FRANK.ncid, roles[i], CLAIMS), NCT_E_UNKNOWN_VALUE);
    for (int32_t role = NCT_ROLE_BACKUP_OFFICE_ADMINISTRATOR; role <= NCT_ROLE_ENROLLMENT_SPECIALIST; role++)
        expect_status(world_grant(w, OLIVIA.ncid, NPI_CLINIC, FRANK.ncid, role, CLAIMS), NCT_E_NOT_MANAGED);
    static const uint64_t rights[] = {BIT(12), BIT(31), BIT(32), BIT(63), UINT64_MAX};
    for (size_t i = 0; i < 5; i++)
        expect_status(world_grant(w, OLIVIA.ncid, NPI_CLINIC, FRANK.ncid, NCT_ROLE_USER, rights[i]),
                      NCT_E_UNKNOWN_VALUE);
    expect_status(check_frank(w, NCT_RIGHT_ELIGIBILITY_INQUIRY), NCT_OK);
}

static void s06_a_role_without_rights_may_nothing(void **state) {
    struct world *w = *state;
    expect_status(world_grant(w, OLIVIA.ncid, NPI_CLINIC, FRANK.ncid, NCT_ROLE_USER, 0), NCT_OK);
    for (int32_t right = 0; right < 12; right++)
        expect_status(check_frank(w, right), NCT_E_RIGHT_MISSING);
}

static void s07_what_an_administrator_lost_they_grant_no_longer(void **state) {
    struct world *w = *state;
    expect_status(world_grant(w, OLIVIA.ncid, NPI_CLINIC, UMA.ncid, NCT_ROLE_USER_ADMINISTRATOR,
                              BIT(NCT_RIGHT_ELIGIBILITY_INQUIRY)),
                  NCT_OK);
    expect_status(world_grant(w, UMA.ncid, NPI_CLINIC, FRANK.ncid, NCT_ROLE_USER, CLAIMS), NCT_E_EXCEEDS_OWN);
    expect_status(world_grant(w, OLIVIA.ncid, NPI_CLINIC, UMA.ncid, NCT_ROLE_USER, CLAIMS), NCT_OK);
    expect_status(world_grant(w, UMA.ncid, NPI_CLINIC, FRANK.ncid, NCT_ROLE_USER, CLAIMS), NCT_E_NO_AUTHORITY);
    expect_status(world_revoke(w, OLIVIA.ncid, NPI_CLINIC, UMA.ncid), NCT_OK);
    expect_status(world_grant(w, UMA.ncid, NPI_CLINIC, FRANK.ncid, NCT_ROLE_USER, CLAIMS), NCT_E_NOT_PROVISIONED);
}

static void s07_authority_is_limited_in_time_too(void **state) {
    struct world *w = *state;
    expect_status(terms_grant(w->portal, OLIVIA.ncid, NPI_CLINIC,
                              &(struct terms){.ncid = UMA.ncid,
                                              .role = NCT_ROLE_USER_ADMINISTRATOR,
                                              .rights = CLAIMS,
                                              .from = w->now + 10,
                                              .until = w->now + 20}),
                  NCT_OK);
    expect_status(world_grant(w, UMA.ncid, NPI_CLINIC, FRANK.ncid, NCT_ROLE_USER, CLAIMS), NCT_E_NOT_YET_VALID);
    world_advance(w, 10);
    expect_status(world_grant(w, UMA.ncid, NPI_CLINIC, FRANK.ncid, NCT_ROLE_USER, CLAIMS), NCT_OK);
    world_advance(w, 10);
    expect_status(world_grant(w, UMA.ncid, NPI_CLINIC, FRANK.ncid, NCT_ROLE_USER, CLAIMS), NCT_E_EXPIRED);
    expect_status(world_revoke(w, UMA.ncid, NPI_CLINIC, FRANK.ncid), NCT_E_EXPIRED);
}

static void s07_revoking_takes_all_away_and_only_once(void **state) {
    struct world *w = *state;
    expect_status(world_revoke(w, UMA.ncid, NPI_CLINIC, FRANK.ncid), NCT_OK);
    expect_status(check_frank(w, NCT_RIGHT_ELIGIBILITY_INQUIRY), NCT_E_NOT_PROVISIONED);
    expect_status(world_revoke(w, OLIVIA.ncid, NPI_CLINIC, FRANK.ncid), NCT_E_NOT_FOUND);
    world_register(w, world_npi(1), &OSCAR, NULL, NULL);
    expect_status(world_revoke(w, OLIVIA.ncid, NPI_CLINIC, OSCAR.ncid), NCT_E_NOT_FOUND);
}

static void s07_the_only_administrator_is_never_revoked(void **state) {
    struct world *w = *state;
    static const char *const actors[] = {"olivia.owner", "uma.useradmin", "frank.front"};
    for (size_t i = 0; i < 3; i++)
        assert_true(world_revoke(w, actors[i], NPI_CLINIC, OLIVIA.ncid) != NCT_OK);
    expect_status(world_check(w, OLIVIA.ncid, NPI_CLINIC, NCT_AUTHORITY_ENROLLMENT_SUBMIT), NCT_OK);
}

static void s07_revoking_at_one_provider_leaves_the_other(void **state) {
    struct world *w = *state;
    world_register(w, world_npi(1), &OSCAR, &FRANK, "claim.submit");
    expect_status(world_revoke(w, OLIVIA.ncid, NPI_CLINIC, FRANK.ncid), NCT_OK);
    expect_status(world_check(w, FRANK.ncid, world_npi(1), NCT_RIGHT_CLAIM_SUBMIT), NCT_OK);
    assert_int_equal(world_pin_state(w, FRANK.ncid), NCT_PIN_ACTIVE);
}

static void s16_users_added_later_get_their_own_mail(void **state) {
    struct world *w = *state;
    expect_status(world_add_user(w, UMA.ncid, NPI_CLINIC, &SILAS, "user", "pa.submit"), NCT_OK);
    assert_int_equal(world_mails_about(w, SILAS.ncid), 1);
    const struct world_mail *mail = world_mail_to(w, SILAS.ncid);
    assert_string_equal(mail->address, SILAS.email);
    assert_string_equal(mail->template_name, "pin.issued");
    assert_non_null(strstr(mail->body, mail->pin));
    assert_null(strstr(mail->subject, mail->pin));
}

static void s12_adding_a_known_person_issues_no_second_pin(void **state) {
    struct world *w = *state;
    world_register(w, world_npi(1), &OSCAR, NULL, NULL);
    struct cast impostor = FRANK;
    impostor.email = "thief@far.example.org";
    size_t mails = w->mailer.count;
    expect_status(world_add_user(w, OSCAR.ncid, world_npi(1), &impostor, "user", "claim.submit"), NCT_OK);
    assert_int_equal(w->mailer.count, mails + 1);
    assert_string_equal(world_mail_to(w, FRANK.ncid)->template_name, "access.given");
    assert_string_equal(world_mail_to(w, FRANK.ncid)->address, FRANK.email);
    expect_status(world_check(w, FRANK.ncid, world_npi(1), NCT_RIGHT_CLAIM_SUBMIT), NCT_OK);
}

static void s07_adding_somebody_twice_is_a_duplicate(void **state) {
    struct world *w = *state;
    expect_status(world_add_user(w, OLIVIA.ncid, NPI_CLINIC, &FRANK, "user", "claim.submit"), NCT_E_ALREADY_GRANTED);
    expect_status(check_frank(w, NCT_RIGHT_CLAIM_SUBMIT), NCT_E_RIGHT_MISSING);
    expect_status(world_revoke(w, OLIVIA.ncid, NPI_CLINIC, FRANK.ncid), NCT_OK);
    expect_status(world_add_user(w, OLIVIA.ncid, NPI_CLINIC, &FRANK, "user", "claim.submit"), NCT_OK);
    expect_status(check_frank(w, NCT_RIGHT_CLAIM_SUBMIT), NCT_OK);
}

static void s07_a_user_administrator_adds_within_their_own_rights(void **state) {
    struct world *w = *state;
    expect_status(world_add_user(w, UMA.ncid, NPI_CLINIC, &SILAS, "user", "pa.submit claim.submit"), NCT_E_EXCEEDS_OWN);
    expect_status(world_check(w, SILAS.ncid, NPI_CLINIC, NCT_RIGHT_PA_SUBMIT), NCT_E_NOT_PROVISIONED);
    assert_int_equal(world_mails_about(w, SILAS.ncid), 0);
}

static void s01_a_user_form_has_all_its_problems_listed(void **state) {
    struct world *w = *state;
    nct_form *user = world_user(w, &SILAS, "office_administrator", "world.domination");
    world_user_set(user, "ncid", "");
    world_user_set(user, "email", "a@b");
    nct_problems *problems = NULL;
    expect_status(nct_user_add(user, OLIVIA.ncid, strlen(OLIVIA.ncid), NPI_CLINIC, 10, &problems), NCT_E_PROBLEMS);
    assert_int_equal(nct_problems_count(problems), 4);
    nct_problems_free(problems);
    expect_status(nct_form_set(user, "no.such", "x", 1), NCT_E_UNKNOWN_FIELD);
    nct_form_free(user);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, world_setup_clinic, world_teardown)

int main(void) {
    const struct CMUnitTest tests[] = {
        CASE(s07_the_administrator_grants_and_replaces),
        CASE(s07_a_user_administrator_grants_within_their_own_rights),
        CASE(s07_a_user_administrator_appoints_no_other),
        CASE(s07_a_user_administrator_never_touches_the_administrator_or_another),
        CASE(s07_nobody_changes_their_own_access),
        CASE(s07_staff_without_authority_grant_nothing),
        CASE(s04_nobody_grants_before_registration),
        CASE(s01_somebody_unknown_is_not_granted_but_added),
        CASE(s07_roles_and_rights_there_are_not_are_refused),
        CASE(s06_a_role_without_rights_may_nothing),
        CASE(s07_what_an_administrator_lost_they_grant_no_longer),
        CASE(s07_authority_is_limited_in_time_too),
        CASE(s07_revoking_takes_all_away_and_only_once),
        CASE(s07_the_only_administrator_is_never_revoked),
        CASE(s07_revoking_at_one_provider_leaves_the_other),
        CASE(s16_users_added_later_get_their_own_mail),
        CASE(s12_adding_a_known_person_issues_no_second_pin),
        CASE(s07_adding_somebody_twice_is_a_duplicate),
        CASE(s07_a_user_administrator_adds_within_their_own_rights),
        CASE(s01_a_user_form_has_all_its_problems_listed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
