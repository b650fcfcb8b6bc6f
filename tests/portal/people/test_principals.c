/* People on a provider's record: putting them there, taking them off, asking, listing. */
#include "world.h"

#include <stdio.h>

#define OWNER (UINT64_C(1) << NCT_RELATIONSHIP_OWNER)
#define EMPLOYEE (UINT64_C(1) << NCT_RELATIONSHIP_MANAGING_EMPLOYEE)
#define PERSON (UINT64_C(1) << NCT_RELATIONSHIP_PROVIDER)
#define MANAGING (UINT64_C(1) << NCT_RELATIONSHIP_MANAGING_RELATIONSHIP)

static nct_form *fill(struct world *w, const struct cast *who, const char *relationships, int with_address) {
    nct_form *form = NULL;
    expect_status(nct_form_new(w->portal, NCT_FORM_PRINCIPAL, &form), NCT_OK);
    expect_status(nct_form_set(form, "ncid", who->ncid, strlen(who->ncid)), NCT_OK);
    expect_status(nct_form_set(form, "relationships", relationships, strlen(relationships)), NCT_OK);
    if (with_address) {
        expect_status(nct_form_set(form, "first_name", who->first_name, strlen(who->first_name)), NCT_OK);
        expect_status(nct_form_set(form, "last_name", who->last_name, strlen(who->last_name)), NCT_OK);
        expect_status(nct_form_set(form, "email", who->email, strlen(who->email)), NCT_OK);
    }
    return form;
}

static nct_status submit(nct_form *form, const char *npi, int64_t from, int64_t until, nct_problems **problems) {
    return nct_principal_put(form, WORLD_OPERATOR, strlen(WORLD_OPERATOR), npi, strlen(npi), from, until, problems);
}

/* The path and code of the only problem. */
static void expect_problem(nct_form *form, const char *npi, const char *path, nct_status code) {
    nct_problems *problems = NULL;
    expect_status(submit(form, npi, 0, 0, &problems), NCT_E_PROBLEMS);
    assert_int_equal(nct_problems_count(problems), 1);
    assert_string_equal(nct_problems_path(problems, 0), path);
    expect_status(nct_problems_code(problems, 0), code);
    assert_true(nct_problems_message(problems, 0)[0] != '\0');
    nct_problems_free(problems);
}

static uint64_t standing(struct world *w, const char *ncid, const char *npi) {
    uint64_t relationships = 99;
    nct_status status = nct_principal_check(w->portal, npi, strlen(npi), ncid, strlen(ncid), &relationships);
    assert_true(status == NCT_OK || status == NCT_E_NOT_ON_RECORD);
    assert_int_equal(status == NCT_OK, relationships != 0);
    return relationships;
}

static void the_administrators_relationship_is_on_the_record_after_registration(void **state) {
    struct world *w = *state;
    assert_int_equal(standing(w, OLIVIA.ncid, NPI_CLINIC), OWNER);
    assert_int_equal(standing(w, UMA.ncid, NPI_CLINIC), 0);
    assert_int_equal(standing(w, OLIVIA.ncid, world_npi(3)), 0);
    assert_true(world_ledger_mentions(w, "principal.listed"));
}

static void a_designated_administrator_is_on_the_record_after_enrollment(void **state) {
    struct world *w = *state;
    char code[NCT_AUTHORIZATION_CODE_LENGTH + 1];
    nct_form *form = world_enrollment(w, world_npi(1), "individual");
    world_enrollment_designate(form, &OSCAR, "provider");
    world_enrollment_set(form, "eft.routing_number", "");
    expect_status(nct_enrollment_submit(form, WORLD_OPERATOR, strlen(WORLD_OPERATOR), code, sizeof code, NULL),
                  NCT_E_PROBLEMS);
    nct_form_free(form);
    assert_int_equal(standing(w, OSCAR.ncid, world_npi(1)), 0);
    form = world_enrollment(w, world_npi(1), "individual");
    world_enrollment_designate(form, &OSCAR, "provider");
    expect_status(nct_enrollment_submit(form, WORLD_OPERATOR, strlen(WORLD_OPERATOR), code, sizeof code, NULL), NCT_OK);
    nct_form_free(form);
    assert_int_equal(standing(w, OSCAR.ncid, world_npi(1)), PERSON);
}

static void a_person_has_several_relationships_for_a_time(void **state) {
    struct world *w = *state;
    expect_status(world_list_principal(w, NPI_CLINIC, &FRANK, "owner managing_relationship", w->now + 10, w->now + 20),
                  NCT_OK);
    assert_int_equal(standing(w, FRANK.ncid, NPI_CLINIC), 0);
    world_advance(w, 9);
    assert_int_equal(standing(w, FRANK.ncid, NPI_CLINIC), 0);
    world_advance(w, 1);
    assert_int_equal(standing(w, FRANK.ncid, NPI_CLINIC), OWNER | MANAGING);
    world_advance(w, 9);
    assert_int_equal(standing(w, FRANK.ncid, NPI_CLINIC), OWNER | MANAGING);
    world_advance(w, 1);
    assert_int_equal(standing(w, FRANK.ncid, NPI_CLINIC), 0);
    world_advance(w, -5); /* the clock went back: the validity is what it says */
    assert_int_equal(standing(w, FRANK.ncid, NPI_CLINIC), OWNER | MANAGING);
}

static void putting_replaces_and_removing_ends_at_once(void **state) {
    struct world *w = *state;
    expect_status(world_list_principal(w, NPI_CLINIC, &FRANK, "owner", 0, 0), NCT_OK);
    expect_status(world_list_principal(w, NPI_CLINIC, &FRANK, "managing_employee", 0, 0), NCT_OK);
    assert_int_equal(standing(w, FRANK.ncid, NPI_CLINIC), EMPLOYEE);
    size_t before = world_entries(w, "provider:" NPI_CLINIC);
    expect_status(world_unlist_principal(w, NPI_CLINIC, FRANK.ncid), NCT_OK);
    assert_int_equal(standing(w, FRANK.ncid, NPI_CLINIC), 0);
    assert_int_equal(world_entries(w, "provider:" NPI_CLINIC), before + 1);
    expect_status(world_unlist_principal(w, NPI_CLINIC, FRANK.ncid), NCT_E_NOT_FOUND);
    expect_status(world_unlist_principal(w, world_npi(5), FRANK.ncid), NCT_E_NOT_FOUND);
    expect_status(world_unlist_principal(w, NPI_CLINIC, "nobody.here"), NCT_E_NOT_FOUND);
    assert_int_equal(world_verdict(w, "provider:" NPI_CLINIC, NULL), NCT_LEDGER_VALID_BUT_UNANCHORED);
}

static void standing_there_gives_no_access(void **state) {
    struct world *w = *state;
    expect_status(world_list_principal(w, NPI_CLINIC, &SILAS, "owner", 0, 0), NCT_OK);
    expect_status(world_check(w, SILAS.ncid, NPI_CLINIC, NCT_RIGHT_TRAINING), NCT_E_NOT_PROVISIONED);
    assert_int_equal(world_mails_about(w, SILAS.ncid), 0);
}

static void a_claim_adds_to_what_stands_and_revives_nothing(void **state) {
    struct world *w = *state;
    char code[NCT_AUTHORIZATION_CODE_LENGTH + 1];
    world_enroll(w, world_npi(1), "organization", code);
    expect_status(world_list_principal(w, world_npi(1), &OSCAR, "managing_employee", 0, w->now + 1000), NCT_OK);
    nct_form *form = world_registration(w, world_npi(1), code, &OSCAR);
    expect_status(world_submit(form), NCT_OK);
    nct_form_free(form);
    assert_int_equal(standing(w, OSCAR.ncid, world_npi(1)), OWNER | EMPLOYEE);
    world_advance(w, 1000);
    assert_int_equal(standing(w, OSCAR.ncid, world_npi(1)), 0);

    world_enroll(w, world_npi(2), "organization", code);
    expect_status(world_list_principal(w, world_npi(2), &OSCAR, "managing_employee", 0, w->now - 1), NCT_OK);
    form = world_registration(w, world_npi(2), code, &OSCAR);
    expect_status(world_submit(form), NCT_OK);
    nct_form_free(form);
    world_advance(w, INT64_C(1000) * 86400000);
    assert_int_equal(standing(w, OSCAR.ncid, world_npi(2)), OWNER);
}

static void the_persons_own_record_wins_over_what_was_entered(void **state) {
    struct world *w = *state;
    nct_principal_list *page = NULL;
    expect_status(world_list_principal(w, NPI_CLINIC, &SILAS, "owner", 0, 0), NCT_OK);
    expect_status(nct_principal_list_by_person(w->portal, SILAS.ncid, strlen(SILAS.ncid), NULL, 0, 10, &page), NCT_OK);
    assert_int_equal(nct_principal_list_count(page), 1);
    assert_string_equal(nct_principal_list_name(page, 0), "Silas Stranger");
    assert_string_equal(nct_principal_list_email(page, 0), SILAS.email);
    nct_principal_list_free(page);
    const struct cast other = {SILAS.ncid, "Silvester", "Known", "silvester@clinic.example.org", SILAS.phone};
    expect_status(world_add_user(w, OLIVIA.ncid, NPI_CLINIC, &other, "user", "training"), NCT_OK);
    expect_status(nct_principal_list_by_person(w->portal, SILAS.ncid, strlen(SILAS.ncid), NULL, 0, 10, &page), NCT_OK);
    assert_string_equal(nct_principal_list_name(page, 0), "Silvester Known");
    assert_string_equal(nct_principal_list_email(page, 0), other.email);
    assert_string_equal(nct_principal_list_provider(page, 0), NPI_CLINIC);
    nct_principal_list_free(page);
}

static void what_was_entered_before_stays_where_nothing_is_given(void **state) {
    struct world *w = *state;
    nct_principal_list *page = NULL;
    expect_status(world_list_principal(w, NPI_CLINIC, &SILAS, "owner", 0, 0), NCT_OK);
    nct_form *form = fill(w, &SILAS, "managing_employee", 0);
    expect_status(submit(form, NPI_CLINIC, 0, 0, NULL), NCT_OK);
    nct_form_free(form);
    expect_status(nct_principal_list_by_person(w->portal, SILAS.ncid, strlen(SILAS.ncid), NULL, 0, 10, &page), NCT_OK);
    assert_string_equal(nct_principal_list_name(page, 0), "Silas Stranger");
    assert_int_equal(nct_principal_list_relationships(page, 0), EMPLOYEE);
    nct_principal_list_free(page);
}

static void bad_input_is_named(void **state) {
    struct world *w = *state;
    nct_form *form = fill(w, &SILAS, "owner", 0);
    expect_problem(form, NPI_CLINIC, "first_name", NCT_E_REQUIRED);
    expect_status(nct_form_set(form, "first_name", "Silas", 5), NCT_OK);
    expect_problem(form, NPI_CLINIC, "last_name", NCT_E_REQUIRED);
    expect_status(nct_form_set(form, "last_name", "Stranger", 8), NCT_OK);
    expect_problem(form, NPI_CLINIC, "email", NCT_E_REQUIRED);
    expect_status(nct_form_set(form, "email", "silas@", 6), NCT_OK);
    expect_problem(form, NPI_CLINIC, "email", NCT_E_FORMAT);
    expect_status(nct_form_set(form, "email", SILAS.email, strlen(SILAS.email)), NCT_OK);
    static const char *const wrong[] = {"boss", "owner  provider", " owner", "owner ", "owner,provider", "Owner", " "};
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        expect_status(nct_form_set(form, "relationships", wrong[i], strlen(wrong[i])), NCT_OK);
        expect_problem(form, NPI_CLINIC, "relationships", NCT_E_UNKNOWN_VALUE);
    }
    expect_status(nct_form_set(form, "relationships", "owner\0provider", 14), NCT_OK);
    expect_problem(form, NPI_CLINIC, "relationships", NCT_E_UNKNOWN_VALUE);
    expect_status(nct_form_set(form, "relationships", "", 0), NCT_OK);
    expect_problem(form, NPI_CLINIC, "relationships", NCT_E_REQUIRED);
    expect_status(nct_form_set(form, "relationships", "provider", 8), NCT_OK);
    expect_problem(form, NPI_CLINIC, "relationships", NCT_E_UNKNOWN_VALUE);
    expect_status(nct_form_set(form, "relationships", "owner", 5), NCT_OK);
    expect_status(nct_form_set(form, "shoe_size", "9", 1), NCT_E_UNKNOWN_FIELD);
    expect_status(submit(form, world_npi(5), 0, 0, NULL), NCT_E_NOT_FOUND);
    expect_status(submit(form, "1234567890", 0, 0, NULL), NCT_E_CHECK_DIGIT);
    expect_status(submit(form, NPI_CLINIC, 20, 20, NULL), NCT_E_ARGUMENT);
    expect_status(submit(form, NPI_CLINIC, -1, 0, NULL), NCT_E_ARGUMENT);
    expect_status(submit(NULL, NPI_CLINIC, 0, 0, NULL), NCT_E_ARGUMENT);
    expect_status(nct_principal_put(form, "", 0, NPI_CLINIC, 10, 0, 0, NULL), NCT_E_EMPTY);
    expect_status(submit(form, NPI_CLINIC, 0, 0, NULL), NCT_OK);
    expect_status(submit(form, NPI_CLINIC, 0, 0, NULL), NCT_OK);
    nct_form_free(form);
    nct_principal_list *page = NULL;
    expect_status(nct_principal_list_by_provider(w->portal, NPI_CLINIC, 10, NULL, 0, 0, &page), NCT_E_ARGUMENT);
    expect_status(nct_principal_list_by_provider(NULL, NPI_CLINIC, 10, NULL, 0, 1, &page), NCT_E_ARGUMENT);
    assert_null(page);
    assert_null(nct_principal_list_ncid(NULL, 0));
    assert_int_equal(nct_principal_list_count(NULL), 0);
    nct_principal_list_free(NULL);
    nct_form_free(NULL);
}

static void pages_show_everybody_once(void **state) {
    struct world *w = *state;
    char after[64] = "";
    size_t seen = 0;
    for (int i = 0; i < 7; i++) {
        char ncid[32];
        (void)snprintf(ncid, sizeof ncid, "person.%d", i);
        const struct cast who = {ncid, "Percy", "Person", "percy@far.example.org", "9195550107"};
        expect_status(world_list_principal(w, NPI_CLINIC, &who, "owner", 0, 0), NCT_OK);
        if (i == 3)
            expect_status(world_unlist_principal(w, NPI_CLINIC, ncid), NCT_OK);
    }
    for (int more = 1; more;) {
        nct_principal_list *page = NULL;
        expect_status(nct_principal_list_by_provider(w->portal, NPI_CLINIC, 10, after, strlen(after), 3, &page),
                      NCT_OK);
        for (size_t i = 0; i < nct_principal_list_count(page); i++, seen++) {
            assert_int_equal(nct_principal_list_relationships(page, i), OWNER);
            assert_int_equal(nct_principal_list_recorded_at(page, i), w->now);
        }
        (void)snprintf(after, sizeof after, "%s", nct_principal_list_cursor(page));
        more = nct_principal_list_more(page);
        nct_principal_list_free(page);
    }
    assert_int_equal(seen, 7); /* the six, and the Office Administrator */
}

/* Whatever single row of the record is put back, nobody stands there who was taken off. */
static void a_row_put_back_puts_nobody_on_the_record(void **state) {
    struct world *w = *state;
    size_t integrity = 0;
    expect_status(world_list_principal(w, NPI_CLINIC, &FRANK, "owner", 0, 0), NCT_OK);
    struct rows before = rows_take(w->store.inner);
    expect_status(world_unlist_principal(w, NPI_CLINIC, FRANK.ncid), NCT_OK);
    struct rows after = rows_take(w->store.inner);
    for (size_t i = 0; i < after.count; i++) {
        const struct row *old = rows_find(&before, &after.at[i]);
        if (old == NULL || row_same(old, &after.at[i]))
            continue;
        struct row gone = after.at[i];
        gone.revision = 0;
        for (int way = 0; way < 3; way++) {
            uint64_t relationships = 0;
            if (way == 0)
                row_force(w->store.inner, old);
            else if (way == 1)
                row_write(w->store.inner, &after.at[i], old->value, old->len);
            else
                row_force(w->store.inner, &gone);
            nct_status status = nct_principal_check(w->portal, NPI_CLINIC, 10, FRANK.ncid, 11, &relationships);
            assert_true(status == NCT_E_NOT_ON_RECORD || status == NCT_E_INTEGRITY);
            assert_int_equal(relationships, 0);
            integrity += status == NCT_E_INTEGRITY;
            rows_restore(w->store.inner, &after);
        }
    }
    rows_free(&before);
    rows_free(&after);
    assert_int_equal(integrity, 13);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, world_setup_clinic, world_teardown)

int main(void) {
    const struct CMUnitTest tests[] = {
        CASE(the_administrators_relationship_is_on_the_record_after_registration),
        CASE(a_designated_administrator_is_on_the_record_after_enrollment),
        CASE(a_person_has_several_relationships_for_a_time),
        CASE(putting_replaces_and_removing_ends_at_once),
        CASE(standing_there_gives_no_access),
        CASE(a_claim_adds_to_what_stands_and_revives_nothing),
        CASE(the_persons_own_record_wins_over_what_was_entered),
        CASE(what_was_entered_before_stays_where_nothing_is_given),
        CASE(bad_input_is_named),
        CASE(pages_show_everybody_once),
        CASE(a_row_put_back_puts_nobody_on_the_record),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
