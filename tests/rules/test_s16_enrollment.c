/* S4 and S16: provider records, made by the agency with a code or with an Office Administrator designated. */
#include "world.h"

#define CODE (NCT_AUTHORIZATION_CODE_LENGTH + 1)

static nct_status submit(nct_form *form, char *code) {
    return nct_enrollment_submit(form, WORLD_OPERATOR, strlen(WORLD_OPERATOR), code, CODE, NULL);
}

static void s16_a_designated_administrator_gets_a_pin_at_their_own_address(void **state) {
    struct world *w = *state;
    char code[CODE];
    nct_form *form = world_enrollment(w, NPI_CLINIC, "organization");
    world_enrollment_designate(form, &OLIVIA, "owner");
    expect_status(submit(form, code), NCT_OK);
    nct_form_free(form);
    assert_int_equal(w->mailer.count, 1);
    assert_string_equal(w->mailer.mails[0].address, OLIVIA.email);
    assert_string_equal(w->mailer.mails[0].ncid, OLIVIA.ncid);
    assert_string_equal(w->mailer.mails[0].template_name, "pin.issued");
    nct_provider *provider = NULL;
    expect_status(nct_provider_get(w->portal, NPI_CLINIC, 10, &provider), NCT_OK);
    assert_int_equal(nct_provider_state(provider), NCT_PROVIDER_REGISTERED);
    assert_string_equal(nct_provider_office_administrator(provider), OLIVIA.ncid);
    nct_provider_free(provider);
    expect_status(world_check(w, OLIVIA.ncid, NPI_CLINIC, NCT_AUTHORITY_ENROLLMENT_SUBMIT), NCT_OK);
    world_set_password(w, OLIVIA.ncid, WORLD_PASSWORD);
    expect_status(world_sign(w, OLIVIA.ncid, WORLD_PASSWORD, world_pin_of(w, OLIVIA.ncid), NPI_CLINIC,
                             NCT_SUBMISSION_ENROLLMENT, NULL),
                  NCT_OK);
}

static void s12_a_designated_administrator_with_a_pin_gets_no_second(void **state) {
    struct world *w = *state;
    char code[CODE];
    world_register(w, NPI_CLINIC, &OLIVIA, NULL, NULL);
    nct_form *form = world_enrollment(w, world_npi(1), "organization");
    struct cast impostor = OLIVIA;
    impostor.email = "thief@far.example.org";
    world_enrollment_designate(form, &impostor, "managing_employee");
    expect_status(submit(form, code), NCT_OK);
    nct_form_free(form);
    for (size_t i = 0, pins = 0; i < w->mailer.count; i++) {
        pins += w->mailer.mails[i].pin[0] != '\0';
        assert_true(pins <= 1);
    }
    assert_string_equal(world_mail_to(w, OLIVIA.ncid)->template_name, "contact.contested"); /* which address is hers? */
    expect_status(world_check(w, OLIVIA.ncid, world_npi(1), NCT_AUTHORITY_EFT_CHANGE), NCT_OK);
}

static void s03_a_record_with_a_designated_administrator_is_not_registered_again(void **state) {
    struct world *w = *state;
    char code[CODE];
    nct_form *form = world_enrollment(w, NPI_CLINIC, "organization");
    world_enrollment_designate(form, &OLIVIA, "owner");
    expect_status(submit(form, code), NCT_OK);
    nct_form_free(form);
    nct_form *registration = world_registration(w, NPI_CLINIC, code, &OSCAR);
    expect_status(world_submit(registration), NCT_E_OA_EXISTS);
    nct_form_free(registration);
}

static void s02_the_relationship_of_a_designated_administrator_is_checked(void **state) {
    struct world *w = *state;
    nct_form *form = world_enrollment(w, NPI_CLINIC, "organization");
    world_enrollment_designate(form, &OLIVIA, "provider");
    nct_problems *problems = NULL;
    expect_status(nct_form_validate(form, &problems), NCT_E_PROBLEMS);
    assert_int_equal(nct_problems_count(problems), 1);
    assert_string_equal(nct_problems_path(problems, 0), "office_administrator.relationship");
    expect_status(nct_problems_code(problems, 0), NCT_E_RELATIONSHIP);
    nct_problems_free(problems);
    world_enrollment_set(form, "kind", "individual");
    expect_status(nct_form_validate(form, NULL), NCT_OK);
    nct_form_free(form);
}

static void s01_a_designated_administrator_needs_an_ncid(void **state) {
    struct world *w = *state;
    nct_form *form = world_enrollment(w, NPI_CLINIC, "organization");
    world_enrollment_designate(form, &OLIVIA, "owner");
    world_enrollment_set(form, "office_administrator.ncid", "");
    expect_status(nct_form_validate(form, NULL), NCT_E_PROBLEMS);
    nct_form_free(form);
}

static void s04_an_enrolled_record_has_no_administrator_and_sends_no_mail(void **state) {
    struct world *w = *state;
    char code[CODE];
    world_enroll(w, NPI_CLINIC, "individual", code);
    assert_int_equal(strspn(code, "0123456789ABCDEFGHJKMNPQRSTVWXYZ"), NCT_AUTHORIZATION_CODE_LENGTH);
    assert_int_equal(w->mailer.count, 0);
    assert_false(world_ledger_mentions(w, code));
    nct_provider *provider = NULL;
    expect_status(nct_provider_get(w->portal, NPI_CLINIC, 10, &provider), NCT_OK);
    assert_int_equal(nct_provider_state(provider), NCT_PROVIDER_ENROLLED);
    assert_int_equal(nct_provider_kind(provider), NCT_PROVIDER_INDIVIDUAL);
    assert_string_equal(nct_provider_id(provider), NPI_CLINIC);
    assert_string_equal(nct_provider_display_name(provider), "Made Up Clinic");
    assert_string_equal(nct_provider_email(provider), "office@clinic.example.org");
    assert_string_equal(nct_provider_phone(provider), "9195550100");
    assert_string_equal(nct_provider_office_administrator(provider), "");
    assert_string_equal(nct_provider_eft_masked(provider), "");
    assert_true(nct_provider_enrolled_at(provider) == WORLD_START);
    const char *tax = nct_provider_tax_id_masked(provider);
    assert_non_null(strstr(tax, "6789"));
    assert_null(strstr(tax, "56789"));
    assert_non_null(strchr(tax, '*'));
    nct_provider_free(provider);
}

static void s04_a_provider_is_enrolled_once(void **state) {
    struct world *w = *state;
    char code[CODE], second[CODE] = "unchanged";
    world_enroll(w, NPI_CLINIC, "individual", code);
    expect_status(world_try_enroll(w, NPI_CLINIC, "organization", second), NCT_E_ALREADY_ENROLLED);
    nct_form *form = world_registration(w, NPI_CLINIC, code, &OLIVIA);
    expect_status(world_submit(form), NCT_OK);
    nct_form_free(form);
}

static void s04_codes_differ(void **state) {
    struct world *w = *state;
    char codes[10][CODE];
    for (unsigned i = 0; i < 10; i++) {
        world_enroll(w, world_npi(i), "individual", codes[i]);
        for (unsigned j = 0; j < i; j++)
            assert_string_not_equal(codes[i], codes[j]);
    }
}

static void s04_a_code_drawn_before_is_the_one_the_record_is_made_with(void **state) {
    struct world *w = *state;
    char before[CODE], again[CODE], code[CODE], next[CODE];
    nct_form *form = world_enrollment(w, NPI_CLINIC, "organization");
    expect_status(nct_enrollment_code(form, before, CODE), NCT_OK);
    expect_status(nct_enrollment_code(form, again, CODE), NCT_OK);
    assert_string_equal(again, before);
    world_fault(w, FAULT_ERROR, WORLD_COMMIT, 1, 1);
    expect_status(submit(form, code), NCT_E_STORE);
    assert_string_equal(code, "");
    expect_status(submit(form, code), NCT_OK);
    assert_string_equal(code, before);
    expect_status(nct_enrollment_code(form, next, CODE), NCT_OK);
    assert_string_not_equal(next, before);
    nct_form_free(form);
    nct_form *registration = world_registration(w, NPI_CLINIC, before, &OLIVIA);
    expect_status(world_submit(registration), NCT_OK);
    nct_form_free(registration);
}

static void s04_a_code_needs_room_and_chance(void **state) {
    struct world *w = *state;
    char code[CODE] = "unchanged";
    nct_form *form = world_enrollment(w, NPI_CLINIC, "organization");
    expect_status(nct_enrollment_code(NULL, code, CODE), NCT_E_ARGUMENT);
    expect_status(nct_enrollment_code(form, NULL, CODE), NCT_E_ARGUMENT);
    expect_status(nct_enrollment_code(form, code, CODE - 1), NCT_E_BUFFER);
    assert_string_equal(code, "");
    nct_form_free(form);
}

static void an_atypical_provider_is_known_in_either_letter_case(void **state) {
    struct world *w = *state;
    char code[CODE];
    world_enroll(w, "ab123x", "organization", code);
    expect_status(world_try_enroll(w, "AB123X", "organization", code), NCT_E_ALREADY_ENROLLED);
    nct_provider *provider = NULL;
    expect_status(nct_provider_get(w->portal, "Ab123x", 6, &provider), NCT_OK);
    assert_string_equal(nct_provider_id(provider), "AB123X");
    nct_provider_free(provider);
}

static void a_code_typed_with_small_letters_is_the_same(void **state) {
    struct world *w = *state;
    char code[CODE];
    world_enroll(w, NPI_CLINIC, "individual", code);
    for (char *c = code; *c != '\0'; c++)
        if (*c >= 'A' && *c <= 'Z')
            *c = (char)(*c - 'A' + 'a');
    nct_form *form = world_registration(w, NPI_CLINIC, code, &OLIVIA);
    expect_status(world_submit(form), NCT_OK);
    nct_form_free(form);
}

static void a_buffer_too_small_makes_no_record(void **state) {
    struct world *w = *state;
    char code[CODE];
    nct_form *form = world_enrollment(w, NPI_CLINIC, "individual");
    for (size_t capacity = 0; capacity < CODE; capacity++)
        expect_status(nct_enrollment_submit(form, WORLD_OPERATOR, strlen(WORLD_OPERATOR), code, capacity, NULL),
                      NCT_E_BUFFER);
    nct_provider *provider = NULL;
    expect_status(nct_provider_get(w->portal, NPI_CLINIC, 10, &provider), NCT_E_NOT_FOUND);
    assert_null(provider);
    expect_status(submit(form, code), NCT_OK);
    nct_form_free(form);
}

static void an_operator_must_be_named(void **state) {
    struct world *w = *state;
    char code[CODE];
    nct_form *form = world_enrollment(w, NPI_CLINIC, "individual");
    static const char *const bad[] = {"", "a\nb", "\xFF", "a\xE2\x80\xAEz"};
    for (size_t i = 0; i < 4; i++)
        expect_status(nct_status_category(nct_enrollment_submit(form, bad[i], strlen(bad[i]), code, sizeof code, NULL)),
                      NCT_CATEGORY_VALUE);
    expect_status(nct_enrollment_submit(form, "a\0b", 3, code, sizeof code, NULL), NCT_E_NUL);
    nct_form_free(form);
}

static void every_field_of_an_enrollment_is_required(void **state) {
    struct world *w = *state;
    static const char *const fields[] = {"npi", "kind", "name", "tax_id", "email", "phone"};
    for (size_t i = 0; i < 6; i++) {
        nct_form *form = world_enrollment(w, NPI_CLINIC, "individual");
        world_enrollment_set(form, fields[i], "");
        nct_problems *problems = NULL;
        expect_status(nct_form_validate(form, &problems), NCT_E_PROBLEMS);
        assert_int_equal(nct_problems_count(problems), 1);
        expect_status(nct_problems_code(problems, 0), NCT_E_REQUIRED);
        nct_problems_free(problems);
        nct_form_free(form);
    }
}

static void records_are_listed_by_id_in_pages(void **state) {
    struct world *w = *state;
    char code[CODE], ids[7][16];
    for (unsigned i = 0; i < 7; i++) {
        strcpy(ids[i], world_npi(6 - i));
        world_enroll(w, ids[i], "individual", code);
    }
    for (size_t limit = 1; limit <= 8; limit++) {
        size_t seen = 0;
        char after[16] = "";
        for (;;) {
            nct_provider_list *page = NULL;
            expect_status(nct_provider_list_page(w->portal, after[0] ? after : NULL, strlen(after), limit, &page),
                          NCT_OK);
            size_t count = nct_provider_list_count(page);
            assert_true(count <= limit);
            for (size_t i = 0; i < count; i++, seen++)
                assert_string_equal(nct_provider_id(nct_provider_list_at(page, i)), ids[6 - seen]);
            if (count > 0)
                strcpy(after, nct_provider_id(nct_provider_list_at(page, count - 1)));
            assert_null(nct_provider_list_at(page, count));
            nct_provider_list_free(page);
            if (count == 0)
                break;
        }
        assert_int_equal(seen, 7);
    }
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, world_setup_empty, world_teardown)

int main(void) {
    const struct CMUnitTest tests[] = {
        CASE(s16_a_designated_administrator_gets_a_pin_at_their_own_address),
        CASE(s12_a_designated_administrator_with_a_pin_gets_no_second),
        CASE(s03_a_record_with_a_designated_administrator_is_not_registered_again),
        CASE(s02_the_relationship_of_a_designated_administrator_is_checked),
        CASE(s01_a_designated_administrator_needs_an_ncid),
        CASE(s04_an_enrolled_record_has_no_administrator_and_sends_no_mail),
        CASE(s04_a_provider_is_enrolled_once),
        CASE(s04_codes_differ),
        CASE(s04_a_code_drawn_before_is_the_one_the_record_is_made_with),
        CASE(s04_a_code_needs_room_and_chance),
        CASE(an_atypical_provider_is_known_in_either_letter_case),
        CASE(a_code_typed_with_small_letters_is_the_same),
        CASE(a_buffer_too_small_makes_no_record),
        CASE(an_operator_must_be_named),
        CASE(every_field_of_an_enrollment_is_required),
        CASE(records_are_listed_by_id_in_pages),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
