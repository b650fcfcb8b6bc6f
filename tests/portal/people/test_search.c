/* Finding people and providers by how a text begins. */
#include "world.h"

#include <stdio.h>

static const struct cast MARIA = {"maria.garcia",
                                  "Mar\xC3\xAD"
                                  "a",
                                  "Garc\xC3\xAD"
                                  "a",
                                  "maria@clinic.example.org", "9105550107"};
static const struct cast GUS = {"gus.garcia", "Gus", "Garcia-O'Neil", "GUS.Garcia@clinic.example.org", "9105550108"};
static const struct cast LI = {"wei.li001", "Wei", "Li", "wei@clinic.example.org", "9195550109"};

static void add(struct world *w, const struct cast *who) {
    expect_status(world_add_user(w, OLIVIA.ncid, NPI_CLINIC, who, "user", "training"), NCT_OK);
}

static nct_status search(struct world *w, int32_t by, const char *text, nct_person_list **out) {
    return nct_person_search(w->portal, by, text, strlen(text), NULL, 0, 100, out);
}

/* Who is found, their NCIDs one after the other. */
static const char *found(struct world *w, int32_t by, const char *text) {
    static char names[256];
    nct_person_list *list = NULL;
    size_t len = 0;
    names[0] = '\0';
    expect_status(search(w, by, text, &list), NCT_OK);
    for (size_t i = 0; i < nct_person_list_count(list); i++)
        len += (size_t)snprintf(names + len, sizeof names - len, "%s%s", i > 0 ? " " : "",
                                nct_person_ncid(nct_person_list_at(list, i)));
    nct_person_list_free(list);
    return names;
}

static void an_operator_finds_by_the_beginning_of_each_text(void **state) {
    struct world *w = *state;
    assert_string_equal(found(w, NCT_SEARCH_NCID, "frank"), FRANK.ncid);
    assert_string_equal(found(w, NCT_SEARCH_NCID, "FRANK.FRONT"), FRANK.ncid);
    assert_string_equal(found(w, NCT_SEARCH_NAME, "Fro"), FRANK.ncid);
    assert_string_equal(found(w, NCT_SEARCH_NAME, "front frank"), FRANK.ncid);
    assert_string_equal(found(w, NCT_SEARCH_NAME, "Front, Frank"), FRANK.ncid);
    assert_string_equal(found(w, NCT_SEARCH_EMAIL, "Frank@Clinic.example.org"), FRANK.ncid);
    assert_string_equal(found(w, NCT_SEARCH_PHONE, "+1 (919) 555-0103"), FRANK.ncid);
    assert_string_equal(found(w, NCT_SEARCH_NAME, "Frost"), "");
    assert_string_equal(found(w, NCT_SEARCH_NAME, "front frankx"), "");
    assert_string_equal(found(w, NCT_SEARCH_NCID, "front"), "");
}

static void marks_case_and_punctuation_do_not_count_in_names(void **state) {
    struct world *w = *state;
    nct_person_list *list = NULL;
    add(w, &MARIA);
    add(w, &GUS);
    expect_status(nct_person_search(w->portal, NCT_SEARCH_NAME, "GARCIA", 6, NULL, 0, 10, &list), NCT_OK);
    assert_int_equal(nct_person_list_count(list), 2);
    assert_string_equal(nct_person_ncid(nct_person_list_at(list, 0)), MARIA.ncid);
    assert_int_equal(nct_person_view(nct_person_list_at(list, 0)), NCT_VIEW_OPERATOR);
    assert_null(nct_person_list_at(list, 2));
    nct_person_list_free(list);
    assert_string_equal(found(w, NCT_SEARCH_NAME,
                              "garc\xC3\xAD"
                              "a oneil g"),
                        GUS.ncid);
    assert_string_equal(found(w, NCT_SEARCH_EMAIL, "gus.garcia"), GUS.ncid);
}

static void a_last_name_of_two_letters_is_found_whole(void **state) {
    struct world *w = *state;
    add(w, &LI);
    assert_string_equal(found(w, NCT_SEARCH_NAME, "Li"), LI.ncid);
    assert_string_equal(found(w, NCT_SEARCH_NAME, "li wei"), LI.ncid);
}

static void too_little_finds_nobody(void **state) {
    struct world *w = *state;
    nct_person_list *list = (nct_person_list *)1;
    expect_status(search(w, NCT_SEARCH_NCID, "fr", &list), NCT_E_TOO_SHORT);
    assert_null(list);
    expect_status(search(w, NCT_SEARCH_NAME, "L", &list), NCT_E_TOO_SHORT);
    expect_status(search(w, NCT_SEARCH_NAME, "", &list), NCT_E_TOO_SHORT);
    expect_status(search(w, NCT_SEARCH_NAME, "'''", &list), NCT_E_TOO_SHORT);
    expect_status(search(w, NCT_SEARCH_PHONE, "91955", &list), NCT_E_TOO_SHORT);
    expect_status(search(w, 0, "frank", &list), NCT_E_ARGUMENT);
    expect_status(search(w, 5, "frank", &list), NCT_E_ARGUMENT);
    expect_status(nct_person_search(w->portal, NCT_SEARCH_NCID, "frank", 5, "zz", 2, 10, &list), NCT_E_FORMAT);
    expect_status(nct_person_search(w->portal, NCT_SEARCH_NCID, "frank", 5, NULL, 0, 0, &list), NCT_E_ARGUMENT);
}

static void pages_follow_the_cursor(void **state) {
    struct world *w = *state;
    char cursor[300] = "";
    size_t seen = 0;
    int32_t more = 1;
    add(w, &MARIA);
    add(w, &GUS);
    while (more) {
        nct_person_list *list = NULL;
        expect_status(nct_person_search(w->portal, NCT_SEARCH_PHONE, "910555", 6, cursor, strlen(cursor), 1, &list),
                      NCT_OK);
        seen += nct_person_list_count(list);
        more = nct_person_list_more(list);
        if (more)
            snprintf(cursor, sizeof cursor, "%s", nct_person_list_cursor(list));
        nct_person_list_free(list);
    }
    assert_int_equal(seen, 2);
    nct_person_list *other = NULL;
    expect_status(nct_person_search(w->portal, NCT_SEARCH_PHONE, "919555", 6, cursor, strlen(cursor), 1, &other),
                  NCT_E_FORMAT);
}

static void change_contact(struct world *w, const char *path, const char *value) {
    nct_form *form = NULL;
    expect_status(nct_form_new(w->portal, NCT_FORM_CONTACT, &form), NCT_OK);
    expect_status(nct_form_set(form, path, value, strlen(value)), NCT_OK);
    expect_status(nct_contact_change_by_operator(form, WORLD_OPERATOR, strlen(WORLD_OPERATOR), FRANK.ncid,
                                                 strlen(FRANK.ncid), "asked", 5, NULL),
                  NCT_OK);
    nct_form_free(form);
}

static void people_are_found_by_what_is_on_file_now(void **state) {
    struct world *w = *state;
    change_contact(w, "last_name", "Backs");
    change_contact(w, "email", "backs@clinic.example.org");
    change_contact(w, "phone", "9105550144");
    assert_string_equal(found(w, NCT_SEARCH_NAME, "front"), "");
    assert_string_equal(found(w, NCT_SEARCH_NAME, "backs"), FRANK.ncid);
    assert_string_equal(found(w, NCT_SEARCH_EMAIL, "frank@"), "");
    assert_string_equal(found(w, NCT_SEARCH_EMAIL, "backs@"), FRANK.ncid);
    assert_string_equal(found(w, NCT_SEARCH_PHONE, "910555"), FRANK.ncid);
    expect_status(nct_person_rekey(w->portal, WORLD_OPERATOR, strlen(WORLD_OPERATOR), FRANK.ncid, strlen(FRANK.ncid),
                                   "frank.again", 11, "new", 3),
                  NCT_OK);
    assert_string_equal(found(w, NCT_SEARCH_NCID, "frank"), "frank.again");
}

static void a_merged_duplicate_is_found_no_more(void **state) {
    struct world *w = *state;
    add(w, &MARIA);
    expect_status(nct_person_merge(w->portal, WORLD_OPERATOR, strlen(WORLD_OPERATOR), MARIA.ncid, strlen(MARIA.ncid),
                                   FRANK.ncid, strlen(FRANK.ncid), "the same", 8),
                  NCT_OK);
    assert_string_equal(found(w, NCT_SEARCH_NAME, "garcia"), "");
    assert_string_equal(found(w, NCT_SEARCH_NCID, "maria"), "");
}

/* Takes one row of the directory away after the other, and puts each back: whoever is sought is there or missed. */
static void somebody_hidden_from_the_index_is_missed(void **state) {
    struct world *w = *state;
    struct rows rows = rows_take(w->store.inner);
    size_t missed = 0, all = 0;
    for (size_t i = 0; i < rows.count; i++) {
        if (rows.at[i].space != space_of("directory"))
            continue;
        struct row gone = rows.at[i];
        gone.revision = 0;
        row_force(w->store.inner, &gone);
        nct_person_list *list = NULL;
        nct_status status = search(w, NCT_SEARCH_NAME, "front", &list);
        assert_true(status == NCT_OK || status == NCT_E_INTEGRITY);
        assert_true(status != NCT_OK || nct_person_list_count(list) == 1);
        missed += status == NCT_E_INTEGRITY;
        all++;
        nct_person_list_free(list);
        row_force(w->store.inner, &rows.at[i]);
    }
    rows_free(&rows);
    assert_int_equal(missed, 1);
    assert_int_equal(all, 4 * 4 + 1);
}

static void a_search_that_fails_gives_nothing(void **state) {
    struct world *w = *state;
    nct_status status = NCT_E_STORE;
    for (size_t at = 1; status != NCT_OK; at++) {
        nct_person_list *list = (nct_person_list *)1;
        assert_true(at < 100);
        world_fault(w, FAULT_ERROR, WORLD_ANY, at, 1);
        status = search(w, NCT_SEARCH_NAME, "front", &list);
        world_no_fault(w);
        assert_true(status == NCT_OK || status == NCT_E_STORE);
        assert_int_equal(list != NULL, status == NCT_OK);
        nct_person_list_free(list);
    }
}

static size_t providers(struct world *w, const char *name, int32_t state, size_t limit) {
    char cursor[300] = "";
    size_t seen = 0;
    int32_t more = 1;
    while (more) {
        nct_provider_list *list = NULL;
        expect_status(nct_provider_search(w->portal, name, strlen(name), state, cursor, strlen(cursor), limit, &list),
                      NCT_OK);
        seen += nct_provider_list_count(list);
        more = nct_provider_list_more(list);
        snprintf(cursor, sizeof cursor, "%s", nct_provider_list_cursor(list));
        nct_provider_list_free(list);
    }
    return seen;
}

static void providers_are_found_by_name_and_state(void **state) {
    struct world *w = *state;
    char code[NCT_AUTHORIZATION_CODE_LENGTH + 1];
    nct_provider *clinic = NULL;
    char name[200];
    world_enroll(w, world_npi(1), "organization", code);
    world_enroll(w, world_npi(2), "organization", code);
    expect_status(nct_provider_get(w->portal, NPI_CLINIC, strlen(NPI_CLINIC), &clinic), NCT_OK);
    snprintf(name, sizeof name, "%.4s", nct_provider_display_name(clinic));
    nct_provider_free(clinic);
    for (size_t limit = 1; limit < 4; limit++) {
        assert_int_equal(providers(w, "", 0, limit), 3);
        assert_int_equal(providers(w, "", NCT_PROVIDER_ENROLLED, limit), 2);
        assert_int_equal(providers(w, "", NCT_PROVIDER_REGISTERED, limit), 1);
        assert_int_equal(providers(w, "", NCT_PROVIDER_TERMINATED, limit), 0);
        assert_int_equal(providers(w, name, NCT_PROVIDER_REGISTERED, limit), 1);
        assert_int_equal(providers(w, "no such name", 0, limit), 0);
    }
    nct_provider_list *list = NULL;
    expect_status(nct_provider_search(w->portal, NULL, 0, 9, NULL, 0, 10, &list), NCT_E_ARGUMENT);
    expect_status(nct_provider_search(w->portal, "x", 1, 0, NULL, 0, 10, &list), NCT_E_TOO_SHORT);
}

static void every_way_has_a_name(void **state) {
    (void)state;
    assert_string_equal(nct_search_name(NCT_SEARCH_PHONE), "phone");
    assert_null(nct_search_name(0));
    assert_null(nct_search_name(5));
    assert_int_equal(nct_person_list_count(NULL), 0);
    nct_person_list_free(NULL);
}

#define CLINIC(test) cmocka_unit_test_setup_teardown(test, world_setup_clinic, world_teardown)

int main(void) {
    const struct CMUnitTest tests[] = {
        CLINIC(an_operator_finds_by_the_beginning_of_each_text),
        CLINIC(marks_case_and_punctuation_do_not_count_in_names),
        CLINIC(a_last_name_of_two_letters_is_found_whole),
        CLINIC(too_little_finds_nobody),
        CLINIC(pages_follow_the_cursor),
        CLINIC(people_are_found_by_what_is_on_file_now),
        CLINIC(a_merged_duplicate_is_found_no_more),
        CLINIC(somebody_hidden_from_the_index_is_missed),
        CLINIC(a_search_that_fails_gives_nothing),
        CLINIC(providers_are_found_by_name_and_state),
        cmocka_unit_test(every_way_has_a_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
