/* One type of form for all kinds: an operation takes its own kind alone. */
#include "world.h"

#include <stdio.h>

#define FIRST NCT_FORM_ENROLLMENT
#define LAST NCT_FORM_AGREEMENT

static nct_form *form_of(struct world *w, int32_t kind) {
    nct_form *form = NULL;
    expect_status(nct_form_new(w->portal, kind, &form), NCT_OK);
    assert_int_equal(nct_form_kind(form), kind);
    return form;
}

static void a_form_of_an_unknown_kind_is_not_made(void **state) {
    struct world *w = *state;
    nct_form *form = NULL;
    expect_status(nct_form_new(w->portal, 0, &form), NCT_E_ARGUMENT);
    expect_status(nct_form_new(w->portal, -1, &form), NCT_E_ARGUMENT);
    expect_status(nct_form_new(w->portal, INT32_MAX, &form), NCT_E_ARGUMENT);
    assert_null(form);
    expect_status(nct_form_new(w->portal, NCT_FORM_USER, NULL), NCT_E_ARGUMENT);
    expect_status(nct_form_new(NULL, NCT_FORM_USER, &form), NCT_E_ARGUMENT);
}

static void nothing_is_a_form_of_no_kind(void **state) {
    (void)state;
    assert_int_equal(nct_form_kind(NULL), 0);
    expect_status(nct_form_validate(NULL, NULL), NCT_E_ARGUMENT);
    expect_status(nct_form_set(NULL, "ncid", "a", 1), NCT_E_ARGUMENT);
    nct_form_free(NULL);
}

/* What the operation of a kind answers to a form; none has a field, so its own says what is wrong with it. */
static nct_status operate(int32_t kind, nct_form *form) {
    char room[NCT_AUTHORIZATION_CODE_LENGTH + NCT_APPLICATION_ID_LENGTH];
    nct_signature *signature = NULL;
    switch (kind) {
    case NCT_FORM_ENROLLMENT:
        return nct_enrollment_submit(form, "agency", 6, room, sizeof room, NULL);
    case NCT_FORM_REGISTRATION:
        return nct_registration_submit(form, NULL);
    case NCT_FORM_USER:
        return nct_user_add(form, "olivia.owner", 12, NPI_CLINIC, 10, NULL);
    case NCT_FORM_SIGNING:
        return nct_sign(form, NULL, &signature);
    case NCT_FORM_PRINCIPAL:
        return nct_principal_put(form, "agency", 6, NPI_CLINIC, 10, 0, 0, NULL);
    case NCT_FORM_CONTACT:
        return nct_contact_change(form, "olivia.owner", 12, NULL, 0, "olivia.owner", 12, NULL);
    case NCT_FORM_DRAFT:
        return nct_draft_save(form, "olivia.owner", 12, room, sizeof room, NULL);
    case NCT_FORM_OA_CHANGE:
        return nct_oa_change_submit(form, NULL, NULL);
    case NCT_FORM_PERSON:
        return nct_person_add(form, "agency", 6, "seen", 4, NULL);
    case NCT_FORM_PROVIDER:
        return nct_provider_change(form, "olivia.owner", 12, NPI_CLINIC, 10, NULL);
    case NCT_FORM_ACCESS:
        return nct_access_grant(form, "olivia.owner", 12, NPI_CLINIC, 10, NULL);
    case NCT_FORM_INVITATION:
        return nct_invitation_send(form, "olivia.owner", 12, NPI_CLINIC, 10, room, sizeof room, NULL);
    case NCT_FORM_ACCEPTANCE:
        return nct_invitation_accept(form, NULL);
    case NCT_FORM_AGREEMENT:
        return nct_agreement_accept(form, NULL);
    default:
        return nct_eft_change_submit(form, NULL, NULL);
    }
}

static void an_operation_refuses_a_form_of_another_kind(void **state) {
    for (int32_t kind = FIRST; kind <= LAST; kind++)
        for (int32_t operation = FIRST; operation <= LAST; operation++) {
            nct_form *form = form_of(*state, kind);
            expect_status(operate(operation, form), operation == kind ? NCT_E_PROBLEMS : NCT_E_ARGUMENT);
            nct_form_free(form);
        }
}

static void what_one_kind_has_beyond_its_fields_is_refused_to_others(void **state) {
    struct world *w = *state;
    char room[64];
    nct_form *user = form_of(w, NCT_FORM_USER);
    expect_status(nct_enrollment_code(user, room, sizeof room), NCT_E_ARGUMENT);
    expect_status(nct_signing_review(user, room, sizeof room, NULL), NCT_E_ARGUMENT);
    expect_status(nct_draft_revise(user, "a", 1, "b", 1, NULL), NCT_E_ARGUMENT);
    expect_status(nct_contact_change_by_operator(user, "a", 1, "c", 1, "b", 1, NULL), NCT_E_ARGUMENT);
    nct_form_free(user);
}

static void a_signing_says_all_that_it_lacks(void **state) {
    nct_form *form = form_of(*state, NCT_FORM_SIGNING);
    nct_problems *problems = NULL;
    expect_status(nct_form_validate(form, &problems), NCT_E_PROBLEMS);
    assert_true(nct_problems_count(problems) > 3);
    nct_problems_free(problems);
    nct_form_free(form);
}

#define ANOTHER "1245319599"

static void expect_field(const nct_form *form, const char *path, const char *value) {
    char text[NCT_FIELD_MAX + 1];
    expect_status(nct_form_get(form, path, text, sizeof text, NULL), *value != '\0' ? NCT_OK : NCT_E_NOT_FOUND);
    assert_string_equal(text, value);
}

static void many_fields_are_set_as_one_by_one(void **state) {
    const nct_form_field fields[] = {{"ncid", "Nora.Nurse"}, {"first_name", " Nora "}, {"last_name", "Nobody"},
                                     {"phone", NULL},        {"last_name", "Nurse"},   {"email", ""}};
    nct_form *form = form_of(*state, NCT_FORM_USER);
    expect_status(nct_form_set(form, "phone", NCT_TEXT("919-555-0100")), NCT_OK);
    expect_status(nct_form_fill(form, 0, NULL), NCT_OK);
    expect_field(form, "phone", "9195550100");
    expect_status(nct_form_fill(form, 6, fields), NCT_OK);
    expect_field(form, "ncid", "nora.nurse");
    expect_field(form, "first_name", "Nora");
    expect_field(form, "last_name", "Nurse");
    expect_field(form, "phone", "");
    expect_field(form, "email", "");
    nct_form_free(form);
}

/* Refused in the second place, after a field that could be set. */
static void expect_refused(nct_form *form, const char *path, nct_status status) {
    const nct_form_field fields[] = {{"provider.npi", ANOTHER}, {path, "x"}, {"no.such.field", "x"}};
    expect_status(nct_form_fill(form, 3, fields), status);
    assert_string_equal(nct_refusal_argument(status), "fields");
    assert_int_equal(nct_refusal_about(status), NCT_ABOUT_PLACE);
    assert_int_equal(nct_refusal_value(status), 2);
    expect_field(form, "provider.npi", NPI_CLINIC);
}

static void a_form_is_filled_whole_or_not_at_all(void **state) {
    nct_form *form = form_of(*state, NCT_FORM_REGISTRATION);
    expect_status(nct_form_set(form, "provider.npi", NCT_TEXT(NPI_CLINIC)), NCT_OK);
    expect_refused(form, "provider.fax", NCT_E_UNKNOWN_FIELD);
    expect_refused(form, "users[100].ncid", NCT_E_LIMIT);
    expect_refused(form, NULL, NCT_E_ARGUMENT);
    expect_status(nct_form_fill(form, 1, NULL), NCT_E_ARGUMENT);
    assert_string_equal(nct_refusal_argument(NCT_E_ARGUMENT), "fields");
    assert_int_equal(nct_refusal_about(NCT_E_ARGUMENT), NCT_ABOUT_NOTHING);
    nct_form_free(form);
}

/* More fields than a form has room for at first, so that it grows. */
#define MANY 40

static void a_form_is_filled_whole_or_not_at_all_without_memory(void **state) {
    struct world *w = *state;
    char paths[MANY][sizeof "users[99].ncid"];
    nct_form_field fields[MANY + 1] = {{"provider.npi", ANOTHER}};
    for (size_t i = 0; i < MANY; i++) {
        snprintf(paths[i], sizeof paths[i], "users[%zu].ncid", i);
        fields[i + 1] = (nct_form_field){paths[i], "frank.front"};
    }
    int failed = 1;
    for (size_t more = 1; failed; more++) {
        nct_form *form = form_of(w, NCT_FORM_REGISTRATION);
        expect_status(nct_form_set(form, "provider.npi", NCT_TEXT(NPI_CLINIC)), NCT_OK);
        w->memory.fail_at = w->memory.calls + more;
        nct_status status = nct_form_fill(form, MANY + 1, fields);
        failed = w->memory.calls >= w->memory.fail_at;
        w->memory.fail_at = 0;
        assert_int_equal(status, failed ? NCT_E_NO_MEMORY : NCT_OK);
        expect_field(form, "provider.npi", failed ? NPI_CLINIC : ANOTHER);
        expect_field(form, paths[MANY - 1], failed ? "" : "frank.front");
        nct_form_free(form);
        assert_true(more < 100);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_form_of_an_unknown_kind_is_not_made, world_setup_empty, world_teardown),
        cmocka_unit_test(nothing_is_a_form_of_no_kind),
        cmocka_unit_test_setup_teardown(an_operation_refuses_a_form_of_another_kind, world_setup_empty, world_teardown),
        cmocka_unit_test_setup_teardown(what_one_kind_has_beyond_its_fields_is_refused_to_others, world_setup_empty,
                                        world_teardown),
        cmocka_unit_test_setup_teardown(a_signing_says_all_that_it_lacks, world_setup_empty, world_teardown),
        cmocka_unit_test_setup_teardown(many_fields_are_set_as_one_by_one, world_setup_empty, world_teardown),
        cmocka_unit_test_setup_teardown(a_form_is_filled_whole_or_not_at_all, world_setup_empty, world_teardown),
        cmocka_unit_test_setup_teardown(a_form_is_filled_whole_or_not_at_all_without_memory, world_setup_empty,
                                        world_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
