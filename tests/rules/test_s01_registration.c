/* S1 to S5, S8, S11 and S12 as the CEP registration keeps them. */
#include "world.h"

static nct_form *clinic_form(struct world *w, const char *npi) {
    char code[NCT_AUTHORIZATION_CODE_LENGTH + 1];
    world_enroll(w, npi, "organization", code);
    return world_registration(w, npi, code, &OLIVIA);
}

static void register_clinic(struct world *w) {
    nct_form *form = clinic_form(w, NPI_CLINIC);
    world_set_user(form, 0, &FRANK, "user", "eligibility.inquiry");
    world_set_user(form, 1, &PETRA, "user", "pa.submit");
    expect_status(nct_form_validate(form, NULL), NCT_OK);
    expect_status(world_submit(form), NCT_OK);
    nct_form_free(form);
}

static void s05_registration_captures_the_administrator_and_the_account(void **state) {
    struct world *w = *state;
    register_clinic(w);
    nct_provider *provider = NULL;
    expect_status(nct_provider_get(w->portal, NPI_CLINIC, 10, &provider), NCT_OK);
    assert_int_equal(nct_provider_state(provider), NCT_PROVIDER_REGISTERED);
    assert_string_equal(nct_provider_office_administrator(provider), OLIVIA.ncid);
    nct_provider_free(provider);
}

static void s05_the_account_is_shown_masked_only(void **state) {
    struct world *w = *state;
    register_clinic(w);
    nct_provider *provider = NULL;
    expect_status(nct_provider_get(w->portal, NPI_CLINIC, 10, &provider), NCT_OK);
    const char *masked = nct_provider_eft_masked(provider);
    assert_true(strlen(masked) > 0);
    assert_non_null(strchr(masked, '*'));
    assert_non_null(strstr(masked, "6789"));
    assert_null(strstr(masked, "56789"));
    assert_null(strstr(masked, "0001"));
    nct_provider_free(provider);
    assert_false(world_ledger_mentions(w, WORLD_ACCOUNT));
    for (size_t i = 0; i < w->mailer.count; i++)
        assert_null(strstr(w->mailer.mails[i].body, WORLD_ACCOUNT));
}

/* "Wipes and frees": neither the account nor the code is left in memory given back. */
static void s05_account_and_code_do_not_lie_in_memory_given_back(void **state) {
    struct world *w = *state;
    world_keep_secret(w, WORLD_ACCOUNT);
    char code[NCT_AUTHORIZATION_CODE_LENGTH + 1];
    world_enroll(w, NPI_CLINIC, "organization", code);
    world_keep_secret(w, code);
    nct_form *form = world_registration(w, NPI_CLINIC, code, &OLIVIA);
    world_set(form, "eft.account_number", "99");
    world_set(form, "eft.account_number", WORLD_ACCOUNT);
    world_set_user(form, 0, &FRANK, "user", "world.domination");
    expect_status(world_submit(form), NCT_E_PROBLEMS);
    world_set_user(form, 0, &FRANK, "user", "training");
    expect_status(world_submit(form), NCT_OK);
    nct_form_free(form);
    nct_provider *provider = NULL;
    expect_status(nct_provider_get(w->portal, NPI_CLINIC, 10, &provider), NCT_OK);
    nct_provider_free(provider);
    world_reopen(w);
    assert_int_equal(w->memory.unwiped, 0);
}

static void s05_a_registration_without_an_account_is_refused(void **state) {
    struct world *w = *state;
    nct_form *form = clinic_form(w, NPI_CLINIC);
    static const char *const fields[] = {"eft.routing_number", "eft.account_number", "eft.account_type",
                                         "eft.account_holder"};
    for (size_t i = 0; i < 4; i++) {
        expect_status(nct_form_set(form, fields[i], "", 0), NCT_OK);
        expect_status(world_problem_at(form, fields[i]), NCT_E_REQUIRED);
    }
    expect_status(world_submit(form), NCT_E_PROBLEMS);
    nct_form_free(form);
    assert_int_equal(w->mailer.count, 0);
}

static void s01_a_user_without_an_ncid_is_refused(void **state) {
    struct world *w = *state;
    nct_form *form = clinic_form(w, NPI_CLINIC);
    world_set_user(form, 0, &FRANK, "user", "eligibility.inquiry");
    expect_status(nct_form_set(form, "users[0].ncid", "", 0), NCT_OK);
    expect_status(world_problem_at(form, "users[0].ncid"), NCT_E_REQUIRED);
    expect_status(world_submit(form), NCT_E_PROBLEMS);
    nct_form_free(form);
}

static void s01_an_office_administrator_without_an_ncid_is_refused(void **state) {
    struct world *w = *state;
    nct_form *form = clinic_form(w, NPI_CLINIC);
    expect_status(nct_form_set(form, "office_administrator.ncid", "", 0), NCT_OK);
    expect_status(world_problem_at(form, "office_administrator.ncid"), NCT_E_REQUIRED);
    expect_status(world_submit(form), NCT_E_PROBLEMS);
    nct_form_free(form);
}

static void s02_an_owner_or_managing_employee_may_be_the_administrator(void **state) {
    struct world *w = *state;
    nct_form *form = clinic_form(w, NPI_CLINIC);
    expect_status(world_problem_at(form, "office_administrator.relationship"), NCT_OK);
    world_set(form, "office_administrator.relationship", "managing_employee");
    expect_status(world_submit(form), NCT_OK);
    nct_form_free(form);
}

static void s02_nobody_else_may_be_the_administrator(void **state) {
    struct world *w = *state;
    nct_form *form = clinic_form(w, NPI_CLINIC);
    static const char *const others[] = {"employee", "Owner", "owner ", "officer", "accountant"};
    for (size_t i = 0; i < 5; i++) {
        world_set(form, "office_administrator.relationship", others[i]);
        expect_status(world_problem_at(form, "office_administrator.relationship"), NCT_E_UNKNOWN_VALUE);
    }
    expect_status(nct_form_set(form, "office_administrator.relationship", "", 0), NCT_OK);
    expect_status(world_problem_at(form, "office_administrator.relationship"), NCT_E_REQUIRED);
    nct_form_free(form);
}

/* Whether a record is of an individual is in the store, so only submitting can tell. */
static void s02_an_organization_has_no_provider_as_its_own_administrator(void **state) {
    struct world *w = *state;
    nct_form *form = clinic_form(w, NPI_CLINIC);
    world_set(form, "office_administrator.relationship", "provider");
    nct_problems *problems = NULL;
    expect_status(nct_registration_submit(form, &problems), NCT_E_PROBLEMS);
    assert_int_equal(nct_problems_count(problems), 1);
    assert_string_equal(nct_problems_path(problems, 0), "office_administrator.relationship");
    expect_status(nct_problems_code(problems, 0), NCT_E_RELATIONSHIP);
    nct_problems_free(problems);
    world_set(form, "office_administrator.relationship", "owner");
    expect_status(world_submit(form), NCT_OK);
    nct_form_free(form);
}

static void s02_an_individual_may_administer_themselves(void **state) {
    struct world *w = *state;
    char code[NCT_AUTHORIZATION_CODE_LENGTH + 1];
    world_enroll(w, NPI_CLINIC, "individual", code);
    nct_form *form = world_registration(w, NPI_CLINIC, code, &OLIVIA);
    world_set(form, "office_administrator.relationship", "provider");
    expect_status(world_submit(form), NCT_OK);
    nct_form_free(form);
}

/* The relationship is not told to somebody who only guesses at the code. */
static void s04_a_wrong_code_is_refused_before_the_kind_of_record_is_told(void **state) {
    struct world *w = *state;
    nct_form *form = clinic_form(w, NPI_CLINIC);
    world_set(form, "provider.authorization_code", "0123456789ABCDEF");
    world_set(form, "office_administrator.relationship", "provider");
    expect_status(world_submit(form), NCT_E_PROVIDER_OR_CODE);
    nct_form_free(form);
}

static void s03_one_administrator_serves_two_providers_with_one_pin(void **state) {
    struct world *w = *state;
    register_clinic(w);
    world_register(w, world_npi(1), &OLIVIA, NULL, NULL);
    assert_int_equal(world_mails_about(w, OLIVIA.ncid), 1);
    expect_status(world_check(w, OLIVIA.ncid, NPI_CLINIC, NCT_AUTHORITY_ENROLLMENT_SUBMIT), NCT_OK);
    expect_status(world_check(w, OLIVIA.ncid, world_npi(1), NCT_AUTHORITY_ENROLLMENT_SUBMIT), NCT_OK);
}

static void s03_registering_twice_is_an_administrator_change(void **state) {
    struct world *w = *state;
    nct_form *form = clinic_form(w, NPI_CLINIC);
    expect_status(world_submit(form), NCT_OK);
    size_t mails = w->mailer.count;
    expect_status(world_submit(form), NCT_E_OA_EXISTS);
    world_set(form, "office_administrator.ncid", OSCAR.ncid);
    expect_status(world_submit(form), NCT_E_OA_EXISTS);
    assert_int_equal(w->mailer.count, mails);
    expect_status(world_check(w, OSCAR.ncid, NPI_CLINIC, NCT_RIGHT_ELIGIBILITY_INQUIRY), NCT_E_NOT_PROVISIONED);
    world_set(form, "provider.authorization_code", "0123456789ABCDEF");
    expect_status(world_submit(form), NCT_E_PROVIDER_OR_CODE);
    nct_form_free(form);
}

static void s04_wrong_code_and_unknown_provider_are_one_refusal(void **state) {
    struct world *w = *state;
    nct_form *form = clinic_form(w, NPI_CLINIC);
    world_set(form, "provider.authorization_code", "0123456789ABCDEF");
    expect_status(world_submit(form), NCT_E_PROVIDER_OR_CODE);
    world_set(form, "provider.npi", world_npi(77));
    expect_status(world_submit(form), NCT_E_PROVIDER_OR_CODE);
    nct_form_free(form);
    assert_int_equal(w->mailer.count, 0);
}

static void s04_the_code_of_another_provider_is_refused(void **state) {
    struct world *w = *state;
    char code[NCT_AUTHORIZATION_CODE_LENGTH + 1];
    nct_form *form = clinic_form(w, NPI_CLINIC);
    world_enroll(w, world_npi(5), "organization", code);
    world_set(form, "provider.authorization_code", code);
    expect_status(world_submit(form), NCT_E_PROVIDER_OR_CODE);
    nct_form_free(form);
}

static void s04_nobody_has_access_before_registration(void **state) {
    struct world *w = *state;
    nct_form *form = clinic_form(w, NPI_CLINIC);
    expect_status(world_check(w, OLIVIA.ncid, NPI_CLINIC, NCT_RIGHT_ELIGIBILITY_INQUIRY), NCT_E_NOT_PROVISIONED);
    expect_status(world_submit(form), NCT_OK);
    expect_status(world_check(w, OLIVIA.ncid, NPI_CLINIC, NCT_RIGHT_ELIGIBILITY_INQUIRY), NCT_OK);
    nct_form_free(form);
}

static void s04_submitting_again_after_a_failure_finishes_the_job(void **state) {
    struct world *w = *state;
    nct_form *form = clinic_form(w, NPI_CLINIC);
    world_fault(w, FAULT_ERROR, WORLD_COMMIT, 1, 1);
    expect_status(world_submit(form), NCT_E_STORE);
    assert_int_equal(w->mailer.count, 0);
    expect_status(world_check(w, OLIVIA.ncid, NPI_CLINIC, NCT_RIGHT_ELIGIBILITY_INQUIRY), NCT_E_NOT_PROVISIONED);
    world_no_fault(w);
    expect_status(world_submit(form), NCT_OK);
    assert_int_equal(world_mails_about(w, OLIVIA.ncid), 1);
    nct_form_free(form);
}

static void s11_the_registrant_gets_one_mail_for_each_ncid(void **state) {
    struct world *w = *state;
    nct_form *form = clinic_form(w, NPI_CLINIC);
    world_set(form, "registrant.ncid", SILAS.ncid);
    world_set(form, "registrant.first_name", SILAS.first_name);
    world_set(form, "registrant.last_name", SILAS.last_name);
    world_set(form, "registrant.email", SILAS.email);
    world_set(form, "registrant.phone", SILAS.phone);
    world_set_user(form, 0, &FRANK, "user", "eligibility.inquiry");
    world_set_user(form, 1, &PETRA, "user", "pa.submit");
    expect_status(world_submit(form), NCT_OK);
    nct_form_free(form);
    const struct cast *const named[] = {&OLIVIA, &FRANK, &PETRA};
    for (size_t i = 0; i < 3; i++) {
        assert_int_equal(world_mails_about(w, named[i]->ncid), 1);
        const struct world_mail *mail = world_mail_to(w, named[i]->ncid);
        assert_string_equal(mail->address, SILAS.email);
        assert_string_equal(mail->template_name, "pin.issued.registrant");
        assert_non_null(strstr(mail->body, named[i]->ncid));
        assert_non_null(strstr(mail->body, mail->pin));
        assert_null(strstr(mail->subject, mail->pin));
    }
}

static void s11_the_registrant_is_the_administrator_unless_given(void **state) {
    struct world *w = *state;
    register_clinic(w);
    assert_int_equal(w->mailer.count, 3);
    for (size_t i = 0; i < w->mailer.count; i++)
        assert_string_equal(w->mailer.mails[i].address, OLIVIA.email);
}

static void s11_filling_in_a_form_gives_the_registrant_no_access(void **state) {
    struct world *w = *state;
    nct_form *form = clinic_form(w, NPI_CLINIC);
    world_set(form, "registrant.ncid", SILAS.ncid);
    world_set(form, "registrant.first_name", SILAS.first_name);
    world_set(form, "registrant.last_name", SILAS.last_name);
    world_set(form, "registrant.email", SILAS.email);
    world_set(form, "registrant.phone", SILAS.phone);
    expect_status(world_submit(form), NCT_OK);
    nct_form_free(form);
    expect_status(world_check(w, SILAS.ncid, NPI_CLINIC, NCT_RIGHT_ELIGIBILITY_INQUIRY), NCT_E_NOT_PROVISIONED);
}

static void s12_a_person_with_a_pin_gets_no_second_one(void **state) {
    struct world *w = *state;
    register_clinic(w);
    world_register(w, world_npi(1), &OSCAR, &FRANK, "claim.submit");
    assert_int_equal(world_mails_about(w, FRANK.ncid), 2);
    assert_string_equal(world_mail_to(w, FRANK.ncid)->template_name, "access.given");
    assert_string_equal(world_mail_to(w, FRANK.ncid)->pin, "");
    assert_int_equal(world_mails_about(w, OSCAR.ncid), 1);
    expect_status(world_check(w, FRANK.ncid, world_npi(1), NCT_RIGHT_CLAIM_SUBMIT), NCT_OK);
}

/* Somebody else's form must not redirect the mail of a person the portal knows. */
static void s12_a_known_person_keeps_the_address_on_file(void **state) {
    struct world *w = *state;
    register_clinic(w);
    struct cast impostor = FRANK;
    impostor.email = "thief@far.example.org";
    impostor.first_name = "Fake";
    world_register(w, world_npi(1), &OSCAR, &impostor, "claim.submit");
    world_set_password(w, FRANK.ncid, WORLD_PASSWORD);
    expect_status(nct_pin_reset(w->portal, FRANK.ncid, strlen(FRANK.ncid), WORLD_PASSWORD, strlen(WORLD_PASSWORD)),
                  NCT_OK);
    assert_string_equal(world_mail_to(w, FRANK.ncid)->address, FRANK.email);
    assert_null(strstr(world_mail_to(w, FRANK.ncid)->name, "Fake"));
}

static void s12_an_ncid_in_other_letter_case_is_the_same_person(void **state) {
    struct world *w = *state;
    register_clinic(w);
    struct cast upper = OLIVIA;
    upper.ncid = "OLIVIA.OWNER";
    world_register(w, world_npi(1), &upper, NULL, NULL);
    assert_int_equal(world_mails_about(w, OLIVIA.ncid), 1);
    expect_status(world_check(w, "Olivia.Owner", world_npi(1), NCT_AUTHORITY_EFT_CHANGE), NCT_OK);
}

static void s08_everybody_named_has_a_pin_of_their_own(void **state) {
    struct world *w = *state;
    register_clinic(w);
    assert_int_equal(world_pin_state(w, OLIVIA.ncid), NCT_PIN_ACTIVE);
    assert_int_equal(world_pin_state(w, FRANK.ncid), NCT_PIN_ACTIVE);
    assert_int_equal(world_pin_state(w, PETRA.ncid), NCT_PIN_ACTIVE);
    assert_string_not_equal(world_pin_of(w, OLIVIA.ncid), world_pin_of(w, FRANK.ncid));
    assert_string_not_equal(world_pin_of(w, FRANK.ncid), world_pin_of(w, PETRA.ncid));
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, world_setup_empty, world_teardown)

int main(void) {
    const struct CMUnitTest tests[] = {
        CASE(s05_registration_captures_the_administrator_and_the_account),
        CASE(s05_the_account_is_shown_masked_only),
        CASE(s05_account_and_code_do_not_lie_in_memory_given_back),
        CASE(s05_a_registration_without_an_account_is_refused),
        CASE(s01_a_user_without_an_ncid_is_refused),
        CASE(s01_an_office_administrator_without_an_ncid_is_refused),
        CASE(s02_an_owner_or_managing_employee_may_be_the_administrator),
        CASE(s02_nobody_else_may_be_the_administrator),
        CASE(s02_an_organization_has_no_provider_as_its_own_administrator),
        CASE(s02_an_individual_may_administer_themselves),
        CASE(s04_a_wrong_code_is_refused_before_the_kind_of_record_is_told),
        CASE(s03_one_administrator_serves_two_providers_with_one_pin),
        CASE(s03_registering_twice_is_an_administrator_change),
        CASE(s04_wrong_code_and_unknown_provider_are_one_refusal),
        CASE(s04_the_code_of_another_provider_is_refused),
        CASE(s04_nobody_has_access_before_registration),
        CASE(s04_submitting_again_after_a_failure_finishes_the_job),
        CASE(s11_the_registrant_gets_one_mail_for_each_ncid),
        CASE(s11_the_registrant_is_the_administrator_unless_given),
        CASE(s11_filling_in_a_form_gives_the_registrant_no_access),
        CASE(s12_a_person_with_a_pin_gets_no_second_one),
        CASE(s12_a_known_person_keeps_the_address_on_file),
        CASE(s12_an_ncid_in_other_letter_case_is_the_same_person),
        CASE(s08_everybody_named_has_a_pin_of_their_own),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
