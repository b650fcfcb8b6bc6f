/* Making somebody known whom no form about a provider names: they have nothing by it, and are told. */
#include "world.h"

#include <stdio.h>

#define REASON "identity document seen"

static nct_form *fill(struct world *w, const struct cast *who) {
    const char *const fields[][2] = {{"ncid", who->ncid},
                                     {"first_name", who->first_name},
                                     {"last_name", who->last_name},
                                     {"email", who->email},
                                     {"phone", who->phone}};
    nct_form *form = NULL;
    expect_status(nct_form_new(w->portal, NCT_FORM_PERSON, &form), NCT_OK);
    for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++)
        expect_status(nct_form_set(form, fields[i][0], fields[i][1], strlen(fields[i][1])), NCT_OK);
    return form;
}

static nct_status submit(nct_form *form, nct_problems **problems) {
    return nct_person_add(form, WORLD_OPERATOR, strlen(WORLD_OPERATOR), REASON, strlen(REASON), problems);
}

static nct_status add(struct world *w, const struct cast *who) {
    nct_form *form = fill(w, who);
    nct_status status = submit(form, NULL);
    nct_form_free(form);
    return status;
}

static const char *stream_of(const struct cast *who) {
    static char stream[64];
    (void)snprintf(stream, sizeof stream, "person:%s", who->ncid);
    return stream;
}

static void somebody_made_known_is_told_and_has_neither_access_nor_pin(void **state) {
    struct world *w = *state;
    expect_status(add(w, &SILAS), NCT_OK);
    assert_int_equal(world_mails_about(w, SILAS.ncid), 1);
    const struct world_mail *mail = world_mail_to(w, SILAS.ncid);
    assert_string_equal(mail->template_name, "person.added");
    assert_string_equal(mail->address, SILAS.email);
    assert_string_equal(mail->pin, "");
    assert_int_equal(world_pin_state(w, SILAS.ncid), NCT_PIN_NONE);
    expect_status(world_check(w, SILAS.ncid, NPI_CLINIC, NCT_RIGHT_ELIGIBILITY_INQUIRY), NCT_E_NOT_PROVISIONED);
    assert_int_equal(world_entries(w, stream_of(&SILAS)), 1);
    assert_true(world_ledger_mentions(w, REASON));
    assert_true(world_ledger_mentions(w, "operator:" WORLD_OPERATOR));
}

/* The successor of an Office Administrator who is gone: nobody at the provider can name them any more. */
static void somebody_made_known_can_become_office_administrator(void **state) {
    struct world *w = *state;
    char code[NCT_AUTHORIZATION_CODE_LENGTH + 1];
    expect_status(
        nct_provider_renew_code(w->portal, WORLD_OPERATOR, strlen(WORLD_OPERATOR), NPI_CLINIC, 10, code, sizeof code),
        NCT_OK);
    expect_status(nct_password_set(w->portal, WORLD_OPERATOR, strlen(WORLD_OPERATOR), SILAS.ncid, strlen(SILAS.ncid),
                                   WORLD_PASSWORD, strlen(WORLD_PASSWORD)),
                  NCT_E_UNKNOWN_PERSON);
    expect_status(add(w, &SILAS), NCT_OK);
    world_set_password(w, SILAS.ncid, WORLD_PASSWORD);
    const char *const fields[][2] = {{"provider.npi", NPI_CLINIC},
                                     {"provider.authorization_code", code},
                                     {"office_administrator.ncid", SILAS.ncid},
                                     {"office_administrator.password", WORLD_PASSWORD},
                                     {"office_administrator.relationship", "managing_employee"}};
    nct_form *form = NULL;
    int32_t change = 0;
    expect_status(nct_form_new(w->portal, NCT_FORM_OA_CHANGE, &form), NCT_OK);
    for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++)
        expect_status(nct_form_set(form, fields[i][0], fields[i][1], strlen(fields[i][1])), NCT_OK);
    expect_status(nct_oa_change_submit(form, &change, NULL), NCT_OK);
    nct_form_free(form);
    assert_int_equal(change, NCT_REQUEST_EFFECTIVE); /* profile 2013 */
    expect_status(world_check(w, SILAS.ncid, NPI_CLINIC, NCT_AUTHORITY_ENROLLMENT_SUBMIT), NCT_OK);
    assert_int_equal(world_pin_state(w, SILAS.ncid), NCT_PIN_ACTIVE);
}

static void somebody_known_keeps_what_is_on_file(void **state) {
    struct world *w = *state;
    struct cast impostor = FRANK;
    impostor.email = "thief@far.example.org";
    size_t mails = w->mailer.count;
    size_t entries = world_entries(w, stream_of(&FRANK));
    nct_problems *notes = NULL;
    nct_form *form = fill(w, &impostor);
    expect_status(submit(form, &notes), NCT_OK);
    assert_int_equal(nct_problems_count(notes), 4);
    expect_status(nct_problems_code(notes, 2), NCT_E_ON_FILE);
    assert_string_equal(nct_problems_path(notes, 2), "email");
    nct_problems_free(notes);
    nct_form_free(form);
    assert_int_equal(w->mailer.count, mails);
    assert_int_equal(world_entries(w, stream_of(&FRANK)), entries);
}

static void somebody_known_by_name_alone_becomes_known(void **state) {
    struct world *w = *state;
    expect_status(world_list_principal(w, NPI_CLINIC, &SILAS, "owner", 0, 0), NCT_OK);
    expect_status(nct_password_set(w->portal, WORLD_OPERATOR, strlen(WORLD_OPERATOR), SILAS.ncid, strlen(SILAS.ncid),
                                   WORLD_PASSWORD, strlen(WORLD_PASSWORD)),
                  NCT_E_UNKNOWN_PERSON);
    expect_status(add(w, &SILAS), NCT_OK);
    world_set_password(w, SILAS.ncid, WORLD_PASSWORD);
    assert_int_equal(world_verdict(w, stream_of(&SILAS), NULL), NCT_LEDGER_VALID_BUT_UNANCHORED);
}

static void an_ncid_somebody_left_is_nobodys(void **state) {
    struct world *w = *state;
    struct cast left = FRANK;
    expect_status(nct_person_rekey(w->portal, WORLD_OPERATOR, strlen(WORLD_OPERATOR), FRANK.ncid, strlen(FRANK.ncid),
                                   "frank.again", 11, REASON, strlen(REASON)),
                  NCT_OK);
    expect_status(add(w, &left), NCT_E_NCID_TAKEN);
}

static void every_field_but_the_language_is_required(void **state) {
    struct world *w = *state;
    static const char *const fields[] = {"ncid", "first_name", "last_name", "email", "phone"};
    for (size_t i = 0; i < 5; i++) {
        nct_problems *problems = NULL;
        nct_form *form = fill(w, &SILAS);
        expect_status(nct_form_set(form, fields[i], "", 0), NCT_OK);
        expect_status(submit(form, &problems), NCT_E_PROBLEMS);
        assert_int_equal(nct_problems_count(problems), 1);
        assert_string_equal(nct_problems_path(problems, 0), fields[i]);
        expect_status(nct_problems_code(problems, 0), NCT_E_REQUIRED);
        nct_problems_free(problems);
        nct_form_free(form);
    }
    assert_int_equal(world_mails_about(w, SILAS.ncid), 0);
}

static void the_call_is_checked(void **state) {
    struct world *w = *state;
    nct_form *other = NULL;
    nct_form *form = fill(w, &SILAS);
    expect_status(nct_form_new(w->portal, NCT_FORM_USER, &other), NCT_OK);
    expect_status(submit(other, NULL), NCT_E_ARGUMENT);
    expect_status(submit(NULL, NULL), NCT_E_ARGUMENT);
    expect_status(nct_person_add(form, "", 0, REASON, strlen(REASON), NULL), NCT_E_EMPTY);
    expect_status(nct_person_add(form, WORLD_OPERATOR, strlen(WORLD_OPERATOR), "", 0, NULL), NCT_E_EMPTY);
    expect_status(nct_person_add(form, WORLD_OPERATOR, strlen(WORLD_OPERATOR), NULL, 0, NULL), NCT_E_ARGUMENT);
    nct_form_free(other);
    nct_form_free(form);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, world_setup_clinic, world_teardown)

int main(void) {
    const struct CMUnitTest tests[] = {
        CASE(somebody_made_known_is_told_and_has_neither_access_nor_pin),
        CASE(somebody_made_known_can_become_office_administrator),
        CASE(somebody_known_keeps_what_is_on_file),
        CASE(somebody_known_by_name_alone_becomes_known),
        CASE(an_ncid_somebody_left_is_nobodys),
        CASE(every_field_but_the_language_is_required),
        CASE(the_call_is_checked),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
