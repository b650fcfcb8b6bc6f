/* Legal names and postal addresses of people: middle name, suffix, people with one name; what was pasted. */
#include "world.h"

#include <stdio.h>

struct field {
    const char *path;
    const char *value;
};

static void fill(nct_form *form, const struct field *fields) {
    for (; fields->path != NULL; fields++)
        expect_status(nct_form_set(form, fields->path, fields->value, strlen(fields->value)), NCT_OK);
}

static nct_form *new_form(struct world *w, int32_t kind, const struct field *fields) {
    nct_form *form = NULL;
    expect_status(nct_form_new(w->portal, kind, &form), NCT_OK);
    fill(form, fields);
    return form;
}

static nct_status change_by(struct world *w, const char *by, const char *npi, const struct field *fields) {
    nct_form *form = new_form(w, NCT_FORM_CONTACT, fields);
    nct_status status = nct_contact_change(form, by, strlen(by), npi, npi != NULL ? strlen(npi) : 0, PETRA.ncid,
                                           strlen(PETRA.ncid), NULL);
    nct_form_free(form);
    return status;
}

static nct_status change(struct world *w, const struct field *fields) {
    return change_by(w, PETRA.ncid, NULL, fields);
}

static nct_person *read_as(struct world *w, const char *by, const char *npi) {
    nct_person *person = NULL;
    expect_status(nct_person_read(w->portal, by, strlen(by), npi, npi != NULL ? strlen(npi) : 0, PETRA.ncid,
                                  strlen(PETRA.ncid), &person),
                  NCT_OK);
    return person;
}

static void expect_name(struct world *w, const char *printed) {
    nct_person *person = read_as(w, PETRA.ncid, NULL);
    assert_string_equal(nct_person_display_name(person), printed);
    nct_person_free(person);
}

/* The first problem of a form; NCT_OK where there is none. */
static nct_status first_problem(nct_form *form, char path[64]) {
    nct_problems *problems = NULL;
    nct_status code = NCT_OK;
    path[0] = '\0';
    if (nct_form_validate(form, &problems) == NCT_E_PROBLEMS) {
        code = nct_problems_code(problems, 0);
        (void)snprintf(path, 64, "%s", nct_problems_path(problems, 0));
    }
    nct_problems_free(problems);
    return code;
}

static void expect_problem(struct world *w, int32_t kind, const struct field *fields, const char *path,
                           nct_status code) {
    char found[64];
    nct_form *form = new_form(w, kind, fields);
    expect_status(first_problem(form, found), code);
    assert_string_equal(found, path);
    nct_form_free(form);
}

static const struct field whole_name[] = {{"first_name", "Petra"},
                                          {"middle_name", "Mar\u00EDa Jos\u00E9"},
                                          {"last_name", "Pharm"},
                                          {"suffix", "iii"},
                                          {NULL, NULL}};
#define WHOLE_NAME "Petra Mar\u00EDa Jos\u00E9 Pharm III"

static void the_legal_name_is_printed_whole(void **state) {
    struct world *w = *state;
    nct_signature *made = NULL;
    expect_status(change(w, whole_name), NCT_OK);
    nct_person *person = read_as(w, PETRA.ncid, NULL);
    assert_string_equal(nct_person_middle_name(person), "Mar\u00EDa Jos\u00E9");
    assert_string_equal(nct_person_suffix(person), "iii");
    assert_string_equal(nct_person_display_name(person), WHOLE_NAME);
    nct_person_free(person);
    expect_status(world_sign(w, PETRA.ncid, WORLD_PASSWORD, world_pin_of(w, PETRA.ncid), NPI_CLINIC,
                             NCT_SUBMISSION_PHARMACY_PA, &made),
                  NCT_OK);
    assert_string_equal(nct_signature_signer_name(made), WHOLE_NAME);
    nct_signature_free(made);
    expect_status(nct_pin_reset(w->portal, PETRA.ncid, strlen(PETRA.ncid), WORLD_PASSWORD, strlen(WORLD_PASSWORD)),
                  NCT_OK);
    assert_non_null(strstr(world_mail_to(w, PETRA.ncid)->body, WHOLE_NAME));
}

static void a_name_given_whole_ends_what_it_lacks_and_a_part_ends_nothing(void **state) {
    struct world *w = *state;
    static const struct field married[] = {{"last_name", "Farmer"}, {NULL, NULL}};
    static const struct field shorter[] = {{"first_name", "Petra"}, {"last_name", "Farmer"}, {NULL, NULL}};
    static const struct field one[] = {{"last_name", "Teller"}, {"one_name", "yes"}, {NULL, NULL}};
    static const struct field only[] = {{"one_name", "yes"}, {NULL, NULL}};
    expect_status(change(w, whole_name), NCT_OK);
    expect_status(change(w, married), NCT_OK);
    expect_name(w, "Petra Mar\u00EDa Jos\u00E9 Farmer III");
    expect_status(change(w, shorter), NCT_OK);
    expect_name(w, "Petra Farmer");
    expect_status(change(w, only), NCT_OK);
    expect_name(w, "Farmer");
    expect_status(change(w, one), NCT_OK);
    expect_name(w, "Teller");
    nct_person *person = read_as(w, PETRA.ncid, NULL);
    assert_string_equal(nct_person_first_name(person), "");
    nct_person_free(person);
}

/* What an administrator asks for waits as a whole, with what ends; it is shown, and done when it is confirmed. */
static void a_name_that_waits_says_what_it_ends(void **state) {
    struct world *w = *state;
    nct_contact_request *request = NULL;
    static const struct field shorter[] = {{"first_name", "Petra"}, {"last_name", "Farmer"}, {NULL, NULL}};
    expect_status(change(w, whole_name), NCT_OK);
    expect_status(change_by(w, UMA.ncid, NPI_CLINIC, shorter), NCT_OK);
    expect_status(nct_contact_pending(w->portal, PETRA.ncid, strlen(PETRA.ncid), &request), NCT_OK);
    assert_string_equal(nct_contact_request_drops(request), "middle_name suffix");
    assert_string_equal(nct_contact_request_last_name(request), "Farmer");
    assert_string_equal(nct_contact_request_middle_name(request), "");
    nct_contact_request_free(request);
    expect_name(w, WHOLE_NAME);
    expect_status(nct_contact_confirm_by_operator(w->portal, WORLD_OPERATOR, strlen(WORLD_OPERATOR), PETRA.ncid,
                                                  strlen(PETRA.ncid), "", 0, "asked", 5),
                  NCT_OK);
    expect_name(w, "Petra Farmer");
}

static const struct field one_name[] = {{"ncid", "teller.one"},  {"last_name", "Teller"},
                                        {"one_name", "yes"},     {"email", "teller@far.example.org"},
                                        {"phone", "9195550188"}, {NULL, NULL}};

static void people_with_one_name_are_made_known_and_found(void **state) {
    struct world *w = *state;
    nct_person_list *list = NULL;
    nct_form *form = new_form(w, NCT_FORM_PERSON, one_name);
    expect_status(nct_person_add(form, WORLD_OPERATOR, strlen(WORLD_OPERATOR), "seen", 4, NULL), NCT_OK);
    nct_form_free(form);
    expect_status(nct_person_search(w->portal, NCT_SEARCH_NAME, "teller ", 7, NULL, 0, 10, &list), NCT_OK);
    assert_int_equal(nct_person_list_count(list), 1);
    assert_string_equal(nct_person_display_name(nct_person_list_at(list, 0)), "Teller");
    nct_person_list_free(list);
}

static void people_are_found_by_the_middle_name_behind_the_first(void **state) {
    struct world *w = *state;
    nct_person_list *list = NULL;
    expect_status(change(w, whole_name), NCT_OK);
    expect_status(nct_person_search(w->portal, NCT_SEARCH_NAME, "pharm petra maria", 17, NULL, 0, 10, &list), NCT_OK);
    assert_int_equal(nct_person_list_count(list), 1);
    nct_person_list_free(list);
    expect_status(nct_person_search(w->portal, NCT_SEARCH_NAME, "pharm petra ana", 15, NULL, 0, 10, &list), NCT_OK);
    assert_int_equal(nct_person_list_count(list), 0);
    nct_person_list_free(list);
}

static void a_name_that_is_not_whole_is_a_problem_at_its_place(void **state) {
    struct world *w = *state;
    static const struct field no_first[] = {{"ncid", "teller.one"},
                                            {"last_name", "Teller"},
                                            {"email", "teller@far.example.org"},
                                            {"phone", "9195550188"},
                                            {NULL, NULL}};
    static const struct field both[] = {
        {"first_name", "Ann"}, {"last_name", "Teller"}, {"one_name", "yes"}, {NULL, NULL}};
    static const struct field middle[] = {{"middle_name", "Ann"}, {"one_name", "yes"}, {NULL, NULL}};
    static const struct field maybe[] = {{"last_name", "Teller"}, {"one_name", "maybe"}, {NULL, NULL}};
    static const struct field suffix[] = {{"suffix", "Junior"}, {NULL, NULL}};
    static const struct field listed[] = {
        {"ncid", "teller.one"}, {"relationships", "owner"}, {"last_name", "Teller"}, {NULL, NULL}};
    static const struct field half[] = {
        {"ncid", "teller.one"}, {"relationships", "owner"}, {"suffix", "jr"}, {"first_name", "Ann"}, {NULL, NULL}};
    expect_problem(w, NCT_FORM_PERSON, no_first, "first_name", NCT_E_REQUIRED);
    expect_problem(w, NCT_FORM_PERSON, one_name, "", NCT_OK);
    expect_problem(w, NCT_FORM_CONTACT, both, "first_name", NCT_E_ONE_NAME);
    expect_problem(w, NCT_FORM_CONTACT, middle, "middle_name", NCT_E_ONE_NAME);
    expect_problem(w, NCT_FORM_CONTACT, maybe, "one_name", NCT_E_UNKNOWN_VALUE);
    expect_problem(w, NCT_FORM_CONTACT, suffix, "suffix", NCT_E_UNKNOWN_VALUE);
    expect_problem(w, NCT_FORM_PRINCIPAL, listed, "first_name", NCT_E_REQUIRED);
    expect_problem(w, NCT_FORM_PRINCIPAL, half, "last_name", NCT_E_REQUIRED);
}

/* In a repeated group it is the same person's name alone that counts. */
static void one_name_of_one_user_is_not_that_of_another(void **state) {
    struct world *w = *state;
    static const struct field users[] = {{"users[0].ncid", "first.user"},  {"users[0].last_name", "Teller"},
                                         {"users[0].one_name", "yes"},     {"users[1].ncid", "second.user"},
                                         {"users[1].last_name", "Second"}, {NULL, NULL}};
    nct_problems *problems = NULL;
    int first = 0;
    int second = 0;
    nct_form *form = new_form(w, NCT_FORM_REGISTRATION, users);
    expect_status(nct_form_validate(form, &problems), NCT_E_PROBLEMS);
    for (size_t i = 0; i < nct_problems_count(problems); i++) {
        first += strcmp(nct_problems_path(problems, i), "users[0].first_name") == 0;
        second += strcmp(nct_problems_path(problems, i), "users[1].first_name") == 0;
    }
    assert_int_equal(first, 0);
    assert_int_equal(second, 1);
    nct_problems_free(problems);
    nct_form_free(form);
}

static const struct field address[] = {{"phone", "919-555-0177"},
                                       {"phone_extension", "42"},
                                       {"address.line1", "1 Made Up Street"},
                                       {"address.line2", "Suite 2"},
                                       {"address.city", "Raleigh"},
                                       {"address.state", "NC"},
                                       {"address.zip", "27601-1234"},
                                       {NULL, NULL}};

static void people_keep_a_postal_address_and_others_see_city_and_state(void **state) {
    struct world *w = *state;
    expect_status(change(w, address), NCT_OK);
    nct_person *own = read_as(w, PETRA.ncid, NULL);
    assert_string_equal(nct_person_phone_extension(own), "42");
    assert_string_equal(nct_person_address_line1(own), "1 Made Up Street");
    assert_string_equal(nct_person_address_line2(own), "Suite 2");
    assert_string_equal(nct_person_address_city(own), "Raleigh");
    assert_string_equal(nct_person_address_state(own), "NC");
    assert_string_equal(nct_person_address_zip(own), "276011234");
    nct_person_free(own);
    nct_person *seen = read_as(w, UMA.ncid, NPI_CLINIC);
    assert_string_equal(nct_person_phone_extension(seen), "");
    assert_string_equal(nct_person_address_line1(seen), "");
    assert_string_equal(nct_person_address_line2(seen), "");
    assert_string_equal(nct_person_address_city(seen), "Raleigh");
    assert_string_equal(nct_person_address_state(seen), "NC");
    assert_string_equal(nct_person_address_zip(seen), "");
    nct_person_free(seen);
    assert_false(world_ledger_mentions(w, "Made Up Street"));
    assert_true(world_ledger_mentions(w, "phone phone_extension address.line1"));
}

static void another_address_and_phone_leave_nothing_of_those_before(void **state) {
    struct world *w = *state;
    static const struct field moved[] = {{"phone", "919-555-0166"},  {"address.line1", "PO Box 7"},
                                         {"address.city", "Durham"}, {"address.state", "NC"},
                                         {"address.zip", "27701"},   {NULL, NULL}};
    expect_status(change(w, address), NCT_OK);
    expect_status(change(w, moved), NCT_OK);
    nct_person *own = read_as(w, PETRA.ncid, NULL);
    assert_string_equal(nct_person_address_line1(own), "PO Box 7");
    assert_string_equal(nct_person_address_line2(own), "");
    assert_string_equal(nct_person_phone(own), "9195550166");
    assert_string_equal(nct_person_phone_extension(own), "");
    nct_person_free(own);
}

static void an_address_is_given_whole(void **state) {
    struct world *w = *state;
    static const struct field city[] = {{"address.city", "Raleigh"}, {NULL, NULL}};
    static const struct field letters[] = {{"phone_extension", "12a"}, {NULL, NULL}};
    static const struct field nine[] = {{"phone_extension", "123456789"}, {NULL, NULL}};
    expect_problem(w, NCT_FORM_CONTACT, city, "address.line1", NCT_E_REQUIRED);
    expect_problem(w, NCT_FORM_PROVIDER, city, "address.line1", NCT_E_REQUIRED);
    expect_problem(w, NCT_FORM_CONTACT, letters, "phone_extension", NCT_E_FORMAT);
    expect_problem(w, NCT_FORM_CONTACT, nine, "phone_extension", NCT_E_FORMAT);
}

static const char *normal(const nct_form *form, const char *path) {
    static char out[NCT_FIELD_MAX + 1];
    size_t len = 0;
    expect_status(nct_form_get(form, path, out, sizeof out, &len), NCT_OK);
    assert_int_equal(len, strlen(out));
    return out;
}

/* With no-break spaces and hyphens, spaces at the ends and doubled ones, as word processors and tables have them. */
static void what_was_pasted_is_offered_in_its_normal_form(void **state) {
    struct world *w = *state;
    static const struct field pasted[] = {{"first_name", " \xC2\xA0 Petra \xC2\xA0"},
                                          {"middle_name", "Mar\u00EDa\u2009 Jos\u00E9"},
                                          {"last_name", "Pharm\xE2\x80\x91"
                                                        "Farmer"},
                                          {"phone", "(919)\xC2\xA0"
                                                    "555\xE2\x80\x93"
                                                    "0100"},
                                          {"address.state", "NC"},
                                          {NULL, NULL}};
    nct_form *form = new_form(w, NCT_FORM_CONTACT, pasted);
    assert_string_equal(normal(form, "first_name"), "Petra");
    assert_string_equal(normal(form, "middle_name"), "Mar\u00EDa Jos\u00E9");
    assert_string_equal(normal(form, "last_name"), "Pharm-Farmer");
    assert_string_equal(normal(form, "phone"), "9195550100");
    assert_string_equal(normal(form, "address.state"), "NC");
    nct_form_free(form);
}

static void a_name_of_spaces_is_none(void **state) {
    struct world *w = *state;
    static const struct field spaces[] = {{"ncid", "teller.one"},  {"first_name", " \xC2\xA0 "},
                                          {"last_name", "Teller"}, {"email", "teller@far.example.org"},
                                          {"phone", "9195550188"}, {NULL, NULL}};
    expect_problem(w, NCT_FORM_PERSON, spaces, "first_name", NCT_E_REQUIRED);
}

static void what_has_no_normal_form_says_why(void **state) {
    struct world *w = *state;
    char out[8] = "x";
    size_t len = 1;
    static const struct field wrong[] = {{"phone", "12"}, {"first_name", "Petra Petra"}, {NULL, NULL}};
    nct_form *form = new_form(w, NCT_FORM_CONTACT, wrong);
    expect_status(nct_form_get(NULL, "phone", out, sizeof out, &len), NCT_E_ARGUMENT);
    expect_status(nct_form_get(form, NULL, out, sizeof out, &len), NCT_E_ARGUMENT);
    expect_status(nct_form_get(form, "phone", NULL, 1, &len), NCT_E_ARGUMENT);
    expect_status(nct_form_get(form, "no.field", out, sizeof out, &len), NCT_E_UNKNOWN_FIELD);
    expect_status(nct_form_get(form, "email", out, sizeof out, &len), NCT_E_NOT_FOUND);
    expect_status(nct_form_get(form, "phone", out, sizeof out, &len), NCT_E_TOO_SHORT);
    assert_string_equal(out, "");
    expect_status(nct_form_get(form, "first_name", out, sizeof out, &len), NCT_E_BUFFER);
    assert_int_equal(len, 11);
    nct_form_free(form);
    form = new_form(w, NCT_FORM_SIGNING, (const struct field[]){{"signer.pin", "123456"}, {NULL, NULL}});
    expect_status(nct_form_get(form, "signer.pin", out, sizeof out, &len), NCT_E_ARGUMENT);
    expect_status(nct_form_get(form, "document.content", out, sizeof out, &len), NCT_E_ARGUMENT);
    nct_form_free(form);
}

/* The longest names there are: a hundred characters of four bytes each. */
static void the_longest_names_fit_receipts_and_mails(void **state) {
    struct world *w = *state;
    char name[401] = "";
    char printed[3 * 400 + 8];
    nct_signature *made = NULL;
    for (size_t i = 0; i < 100; i++)
        memcpy(name + 4 * i, "\xF0\x90\x8C\xB0", 4); /* a letter of the Gothic alphabet */
    const struct field longest[] = {
        {"first_name", name}, {"middle_name", name}, {"last_name", name}, {"suffix", "viii"}, {NULL, NULL}};
    expect_status(change(w, longest), NCT_OK);
    (void)snprintf(printed, sizeof printed, "%s %s %s VIII", name, name, name);
    expect_name(w, printed);
    expect_status(world_sign(w, PETRA.ncid, WORLD_PASSWORD, world_pin_of(w, PETRA.ncid), NPI_CLINIC,
                             NCT_SUBMISSION_PHARMACY_PA, &made),
                  NCT_OK);
    assert_string_equal(nct_signature_signer_name(made), printed);
    nct_signature_free(made);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, world_setup_clinic, world_teardown)

int main(void) {
    const struct CMUnitTest tests[] = {
        CASE(the_legal_name_is_printed_whole),
        CASE(a_name_given_whole_ends_what_it_lacks_and_a_part_ends_nothing),
        CASE(a_name_that_waits_says_what_it_ends),
        CASE(people_with_one_name_are_made_known_and_found),
        CASE(people_are_found_by_the_middle_name_behind_the_first),
        CASE(a_name_that_is_not_whole_is_a_problem_at_its_place),
        CASE(one_name_of_one_user_is_not_that_of_another),
        CASE(people_keep_a_postal_address_and_others_see_city_and_state),
        CASE(another_address_and_phone_leave_nothing_of_those_before),
        CASE(an_address_is_given_whole),
        CASE(what_was_pasted_is_offered_in_its_normal_form),
        CASE(a_name_of_spaces_is_none),
        CASE(what_has_no_normal_form_says_why),
        CASE(the_longest_names_fit_receipts_and_mails),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
