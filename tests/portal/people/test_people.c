/* Reading people: by themselves, by an administrator, by an operator. */
#include "terms.h"
#include "world.h"

#include <stdio.h>

static nct_status read_as(struct world *w, const char *by, const char *npi, const char *ncid, nct_person **out) {
    return nct_person_read(w->portal, by, strlen(by), npi, npi != NULL ? strlen(npi) : 0, ncid, strlen(ncid), out);
}

static void expect_refused(struct world *w, const char *by, const char *npi, const char *ncid, nct_status wanted) {
    nct_person *person = (nct_person *)1;
    expect_status(read_as(w, by, npi, ncid, &person), wanted);
    assert_null(person);
}

static void a_person_sees_all_of_their_own_record(void **state) {
    struct world *w = *state;
    nct_person *person = NULL;
    expect_status(read_as(w, "Frank.Front", NULL, FRANK.ncid, &person), NCT_OK);
    assert_int_equal(nct_person_view(person), NCT_VIEW_OWN);
    assert_string_equal(nct_person_ncid(person), FRANK.ncid);
    assert_string_equal(nct_person_first_name(person), FRANK.first_name);
    assert_string_equal(nct_person_last_name(person), FRANK.last_name);
    assert_string_equal(nct_person_display_name(person), "Frank Front");
    assert_string_equal(nct_person_email(person), FRANK.email);
    assert_string_equal(nct_person_phone(person), FRANK.phone);
    assert_int_equal(nct_person_masked(person), 0);
    assert_string_equal(nct_person_language_tag(person), "");
    assert_int_equal(nct_person_known_since(person), WORLD_START);
    assert_int_equal(nct_person_contested_at(person), 0);
    assert_int_equal(nct_person_pin_state(person), NCT_PIN_ACTIVE);
    assert_int_equal(nct_person_pin_issued_at(person), WORLD_START);
    nct_person_free(person);
}

static void an_administrator_sees_names_and_masked_contact_data(void **state) {
    struct world *w = *state;
    const char *administrators[] = {OLIVIA.ncid, UMA.ncid};
    for (size_t i = 0; i < 2; i++) {
        nct_person *person = NULL;
        expect_status(read_as(w, administrators[i], NPI_CLINIC, FRANK.ncid, &person), NCT_OK);
        assert_int_equal(nct_person_view(person), NCT_VIEW_ADMINISTRATOR);
        assert_string_equal(nct_person_display_name(person), "Frank Front");
        assert_string_equal(nct_person_email(person), "f****@clinic.example.org");
        assert_string_equal(nct_person_phone(person), "******0103");
        assert_int_equal(nct_person_masked(person), 1);
        assert_int_equal(nct_person_pin_state(person), NCT_PIN_ACTIVE);
        nct_person_free(person);
    }
}

static void nobody_else_sees_anybody(void **state) {
    struct world *w = *state;
    world_register(w, world_npi(1), &OSCAR, NULL, NULL);
    expect_refused(w, FRANK.ncid, NPI_CLINIC, UMA.ncid, NCT_E_NO_AUTHORITY);
    expect_refused(w, OSCAR.ncid, NPI_CLINIC, FRANK.ncid, NCT_E_NOT_PROVISIONED);
    expect_refused(w, "no.body", NPI_CLINIC, FRANK.ncid, NCT_E_NOT_PROVISIONED);
    expect_refused(w, OLIVIA.ncid, world_npi(2), FRANK.ncid, NCT_E_NOT_REGISTERED);
    expect_refused(w, OLIVIA.ncid, NULL, FRANK.ncid, NCT_E_ARGUMENT);
    expect_refused(w, "no.body", NULL, "no.body", NCT_E_UNKNOWN_PERSON);
}

static void an_administrator_cannot_tell_strangers_from_nobody(void **state) {
    struct world *w = *state;
    world_register(w, world_npi(1), &OSCAR, NULL, NULL);
    expect_refused(w, OLIVIA.ncid, NPI_CLINIC, OSCAR.ncid, NCT_E_NOT_FOUND);
    expect_refused(w, OLIVIA.ncid, NPI_CLINIC, "no.body", NCT_E_NOT_FOUND);
    expect_status(nct_access_revoke(w->portal, OLIVIA.ncid, strlen(OLIVIA.ncid), NPI_CLINIC, strlen(NPI_CLINIC),
                                    FRANK.ncid, strlen(FRANK.ncid)),
                  NCT_OK);
    expect_refused(w, OLIVIA.ncid, NPI_CLINIC, FRANK.ncid, NCT_E_NOT_FOUND);
}

static void access_that_has_ended_shows_nobody(void **state) {
    struct world *w = *state;
    nct_grant_list *list = NULL;
    expect_status(
        terms_grant(w->portal, OLIVIA.ncid, NPI_CLINIC,
                    &(struct terms){.ncid = UMA.ncid, .role = NCT_ROLE_USER_ADMINISTRATOR, .until = w->now + 1000}),
        NCT_OK);
    world_advance(w, 1000);
    expect_refused(w, UMA.ncid, NPI_CLINIC, FRANK.ncid, NCT_E_EXPIRED);
    expect_status(nct_person_list_page(w->portal, UMA.ncid, strlen(UMA.ncid), NPI_CLINIC, strlen(NPI_CLINIC), NULL, 0,
                                       100, &list),
                  NCT_E_EXPIRED);
}

static void an_operator_sees_anybody_as_the_profile_masks_them(void **state) {
    struct world *w = *state;
    nct_person *person = NULL;
    expect_status(nct_person_read_for_operator(w->portal, FRANK.ncid, strlen(FRANK.ncid), &person), NCT_OK);
    assert_int_equal(nct_person_view(person), NCT_VIEW_OPERATOR);
    assert_string_equal(nct_person_email(person), "f****@clinic.example.org");
    nct_person_free(person);
    expect_status(nct_person_read_for_operator(w->portal, "no.body", 7, &person), NCT_E_UNKNOWN_PERSON);
    assert_null(person);
}

static void set_rule(nct_policy *policy, const char *path, const char *value) {
    expect_status(nct_rule_set(policy, path, value, strlen(value), NULL), NCT_OK);
}

static void what_is_masked_is_a_rule_of_the_profile(void **state) {
    struct world *w = world_new();
    nct_person *person = NULL;
    *state = w;
    set_rule(w->policy, "name", "open");
    set_rule(w->policy, "masks.operator", "");
    set_rule(w->policy, "masks.administrator", "phone");
    world_open(w);
    world_register(w, NPI_CLINIC, &OLIVIA, &FRANK, "eligibility.inquiry");
    expect_status(nct_person_read_for_operator(w->portal, FRANK.ncid, strlen(FRANK.ncid), &person), NCT_OK);
    assert_string_equal(nct_person_email(person), FRANK.email);
    assert_string_equal(nct_person_phone(person), FRANK.phone);
    assert_int_equal(nct_person_masked(person), 0);
    nct_person_free(person);
    expect_status(read_as(w, OLIVIA.ncid, NPI_CLINIC, FRANK.ncid, &person), NCT_OK);
    assert_string_equal(nct_person_email(person), FRANK.email);
    assert_string_equal(nct_person_phone(person), "******0103");
    assert_int_equal(nct_person_masked(person), 1);
    nct_person_free(person);
}

static void the_state_of_the_pin_follows_access(void **state) {
    struct world *w = *state;
    nct_person *person = NULL;
    expect_status(nct_access_leave(w->portal, FRANK.ncid, strlen(FRANK.ncid), NPI_CLINIC, strlen(NPI_CLINIC)), NCT_OK);
    expect_status(read_as(w, FRANK.ncid, NULL, FRANK.ncid, &person), NCT_OK);
    assert_int_equal(nct_person_pin_state(person), NCT_PIN_SUSPENDED);
    nct_person_free(person);
}

/* Which of the clinic's four is at a place, with what is shown beside the grant. */
static void expect_row(const nct_grant_list *list, size_t index) {
    static const struct cast *const all[] = {&OLIVIA, &UMA, &FRANK, &PETRA};
    const nct_person *person = nct_grant_list_person(list, index);
    const struct cast *who = NULL;
    assert_non_null(person);
    for (size_t i = 0; i < 4; i++)
        if (strcmp(all[i]->ncid, nct_person_ncid(person)) == 0)
            who = all[i];
    assert_non_null(who);
    assert_string_equal(nct_grant_list_ncid(list, index), who->ncid);
    assert_string_equal(nct_person_last_name(person), who->last_name);
    assert_int_equal(nct_person_email(person)[1], '*');
    assert_int_equal(nct_person_pin_state(person), NCT_PIN_ACTIVE);
}

static void a_page_of_user_administration_is_one_call(void **state) {
    struct world *w = *state;
    nct_grant_list *list = NULL;
    expect_status(nct_person_list_page(w->portal, UMA.ncid, strlen(UMA.ncid), NPI_CLINIC, strlen(NPI_CLINIC), NULL, 0,
                                       100, &list),
                  NCT_OK);
    assert_int_equal(nct_grant_list_count(list), 4);
    for (size_t i = 0; i < 4; i++)
        expect_row(list, i);
    assert_null(nct_grant_list_person(list, 4));
    nct_grant_list_free(list);
}

static size_t gets_of_list(struct world *w, int with_people) {
    nct_grant_list *list = NULL;
    size_t before = w->store.gets;
    nct_status status =
        with_people ? nct_person_list_page_for_operator(w->portal, NPI_CLINIC, strlen(NPI_CLINIC), NULL, 0, 100, &list)
                    : nct_access_list_by_provider(w->portal, NPI_CLINIC, strlen(NPI_CLINIC), NULL, 0, 100, &list);
    expect_status(status, NCT_OK);
    assert_int_equal(nct_grant_list_person(list, 0) != NULL, with_people);
    nct_grant_list_free(list);
    return w->store.gets - before;
}

static void people_beside_grants_cost_one_read_each(void **state) {
    struct world *w = *state;
    assert_int_equal(gets_of_list(w, 1), gets_of_list(w, 0) + 4);
}

static void a_list_of_people_is_for_administrators(void **state) {
    struct world *w = *state;
    nct_grant_list *list = (nct_grant_list *)1;
    expect_status(nct_person_list_page(w->portal, FRANK.ncid, strlen(FRANK.ncid), NPI_CLINIC, strlen(NPI_CLINIC), NULL,
                                       0, 100, &list),
                  NCT_E_NO_AUTHORITY);
    assert_null(list);
    expect_status(
        nct_person_list_page(w->portal, UMA.ncid, strlen(UMA.ncid), NPI_CLINIC, strlen(NPI_CLINIC), NULL, 0, 0, &list),
        NCT_E_ARGUMENT);
}

static void pages_of_people_follow_the_cursor(void **state) {
    struct world *w = *state;
    char cursor[64] = "";
    size_t seen = 0;
    int32_t more = 1;
    while (more) {
        nct_grant_list *list = NULL;
        expect_status(nct_person_list_page(w->portal, OLIVIA.ncid, strlen(OLIVIA.ncid), NPI_CLINIC, strlen(NPI_CLINIC),
                                           cursor, strlen(cursor), 3, &list),
                      NCT_OK);
        for (size_t i = 0; i < nct_grant_list_count(list); i++, seen++)
            expect_row(list, i);
        more = nct_grant_list_more(list);
        snprintf(cursor, sizeof cursor, "%s", nct_grant_list_cursor(list));
        nct_grant_list_free(list);
    }
    assert_int_equal(seen, 4);
}

static void a_missing_person_answers_nothing(void **state) {
    (void)state;
    assert_null(nct_person_ncid(NULL));
    assert_null(nct_person_display_name(NULL));
    assert_int_equal(nct_person_view(NULL), 0);
    assert_int_equal(nct_person_known_since(NULL), 0);
    assert_string_equal(nct_view_name(NCT_VIEW_OPERATOR), "operator");
    assert_null(nct_view_name(0));
    assert_null(nct_view_name(4));
    nct_person_free(NULL);
}

#define CLINIC(test) cmocka_unit_test_setup_teardown(test, world_setup_clinic, world_teardown)

int main(void) {
    const struct CMUnitTest tests[] = {
        CLINIC(a_person_sees_all_of_their_own_record),
        CLINIC(an_administrator_sees_names_and_masked_contact_data),
        CLINIC(nobody_else_sees_anybody),
        CLINIC(an_administrator_cannot_tell_strangers_from_nobody),
        CLINIC(access_that_has_ended_shows_nobody),
        CLINIC(an_operator_sees_anybody_as_the_profile_masks_them),
        cmocka_unit_test_teardown(what_is_masked_is_a_rule_of_the_profile, world_teardown),
        CLINIC(the_state_of_the_pin_follows_access),
        CLINIC(a_page_of_user_administration_is_one_call),
        CLINIC(people_beside_grants_cost_one_read_each),
        CLINIC(a_list_of_people_is_for_administrators),
        CLINIC(pages_of_people_follow_the_cursor),
        cmocka_unit_test(a_missing_person_answers_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
