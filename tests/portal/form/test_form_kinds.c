/* One type of form for all kinds: an operation takes its own kind alone. */
#include "world.h"

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

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_form_of_an_unknown_kind_is_not_made, world_setup_empty, world_teardown),
        cmocka_unit_test(nothing_is_a_form_of_no_kind),
        cmocka_unit_test_setup_teardown(an_operation_refuses_a_form_of_another_kind, world_setup_empty, world_teardown),
        cmocka_unit_test_setup_teardown(what_one_kind_has_beyond_its_fields_is_refused_to_others, world_setup_empty,
                                        world_teardown),
        cmocka_unit_test_setup_teardown(a_signing_says_all_that_it_lacks, world_setup_empty, world_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
