/* Every field of the registration form with every kind of bad value; all problems at once. */
#include "world.h"

#include <stdio.h>

static nct_form *good_form(struct world *w) {
    char code[NCT_AUTHORIZATION_CODE_LENGTH + 1];
    world_enroll(w, NPI_CLINIC, "individual", code);
    nct_form *form = world_registration(w, NPI_CLINIC, code, &OLIVIA);
    world_set(form, "registrant.ncid", SILAS.ncid);
    world_set(form, "registrant.first_name", SILAS.first_name);
    world_set(form, "registrant.last_name", SILAS.last_name);
    world_set(form, "registrant.email", SILAS.email);
    world_set(form, "registrant.phone", SILAS.phone);
    world_set_user(form, 0, &FRANK, "user", "eligibility.inquiry");
    world_set_user(form, 1, &PETRA, "user_administrator", "pa.submit fl2.submit");
    expect_status(nct_form_validate(form, NULL), NCT_OK);
    return form;
}

/* "users[N].ncid" to "users[0].ncid". */
static const char *concrete(const char *path, char *buffer, size_t capacity) {
    const char *n = strstr(path, "[N]");
    if (n == NULL)
        return path;
    (void)snprintf(buffer, capacity, "%.*s[0]%s", (int)(n - path), path, n + 3);
    return buffer;
}

static int is_value_status(nct_status status) {
    return nct_status_category(status) == NCT_CATEGORY_VALUE;
}

/* Sets every field in turn, on an otherwise good form, and lets `judge` look at the problem of that field. */
static void for_each_field(struct world *w, const void *value, size_t len,
                           void (*judge)(const char *path, size_t index, nct_status problem)) {
    for (size_t i = 0; i < nct_field_count(NCT_FORM_REGISTRATION); i++) {
        char buffer[128];
        const char *path = concrete(nct_field_path(NCT_FORM_REGISTRATION, i), buffer, sizeof buffer);
        nct_form *form = world_registration(w, NPI_CLINIC, "0123456789ABCDEF", &OLIVIA);
        world_set_user(form, 0, &FRANK, "user", "eligibility.inquiry");
        expect_status(nct_form_set(form, path, value, len), NCT_OK);
        judge(path, i, world_problem_at(form, path));
        if (world_problem_at(form, path) != NCT_OK)
            expect_status(world_submit(form), NCT_E_PROBLEMS);
        else
            expect_status(world_submit(form), NCT_E_PROVIDER_OR_CODE);
        nct_form_free(form);
    }
    assert_int_equal(w->mailer.count, 0);
}

static void judge_empty(const char *path, size_t index, nct_status problem) {
    int registrant = strncmp(path, "registrant.", 11) == 0;
    int needed = nct_field_required(NCT_FORM_REGISTRATION, index) && !registrant;
    if (problem != (needed ? NCT_E_REQUIRED : NCT_OK)) {
        print_error("empty %s: %s\n", path, nct_status_name(problem));
        fail();
    }
}

static void each_field_empty(void **state) {
    for_each_field(*state, "", 0, judge_empty);
}

/* A code of any form is only a wrong code, which submitting refuses. */
static void judge_refused(const char *path, size_t index, nct_status problem) {
    int code = strcmp(nct_field_type(NCT_FORM_REGISTRATION, index), "secret") == 0;
    if (!is_value_status(problem) && !(code && problem == NCT_OK)) {
        print_error("accepted at %s: %s\n", path, nct_status_name(problem));
        fail();
    }
}

static void judge_too_long(const char *path, size_t index, nct_status problem) {
    (void)index;
    if (problem != NCT_E_TOO_LONG) {
        print_error("too long at %s: %s\n", path, nct_status_name(problem));
        fail();
    }
}

static void each_field_too_long(void **state) {
    char value[NCT_FIELD_MAX + 1];
    memset(value, '1', sizeof value);
    for_each_field(*state, value, sizeof value, judge_too_long);
    for_each_field(*state, value, NCT_FIELD_MAX, judge_refused);
}

static void each_field_with_a_nul(void **state) {
    for_each_field(*state, "owner\0user", 10, judge_refused);
    for_each_field(*state, "\0", 1, judge_refused);
}

static void each_field_with_bad_utf8(void **state) {
    static const char *const bad[] = {"\x80",         "\xC3\x28",     "\xC0\xAF",
                                      "\xE0\x80\xAF", "\xED\xA0\x80", "\xF4\x90\x80\x80",
                                      "Ren\xC3",      "\xFF\xFE",     "\xF0\x9F\x98"};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        for_each_field(*state, bad[i], strlen(bad[i]), judge_refused);
}

static void each_field_with_control_characters(void **state) {
    static const char *const bad[] = {"a\rb",       "a\nBcc: x@example.org", "a\tb", "a\x7f", "\x1b[2J",
                                      "a\xC2\x85z", "a\xE2\x80\xA8z"};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        for_each_field(*state, bad[i], strlen(bad[i]), judge_refused);
}

static void each_field_with_bidi_override(void **state) {
    static const char *const bad[] = {"abc\xE2\x80\xAE"
                                      "def",
                                      "\xE2\x80\xAA"
                                      "abc",
                                      "abc\xE2\x81\xA6"
                                      "def",
                                      "\xE2\x80\x8F"
                                      "abc"};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        for_each_field(*state, bad[i], strlen(bad[i]), judge_refused);
}

static void names_in_other_scripts_are_accepted(void **state) {
    struct world *w = *state;
    nct_form *form = good_form(w);
    world_set(form, "office_administrator.first_name",
              "Ren\xC3\xA9"
              "e");
    world_set(form, "office_administrator.last_name", "O'Brien-\xC5\x81uczak");
    world_set(form, "users[0].first_name", "\xE6\x98\x8E");
    expect_status(world_submit(form), NCT_OK);
    nct_form_free(form);
}

static void all_problems_are_reported_at_once(void **state) {
    struct world *w = *state;
    nct_form *form = good_form(w);
    static const struct {
        const char *path, *value;
        nct_status code;
    } bad[] = {
        {"provider.npi", "1234567890", NCT_E_CHECK_DIGIT},
        {"office_administrator.email", "not an address", NCT_OK},
        {"office_administrator.relationship", "friend", NCT_E_UNKNOWN_VALUE},
        {"eft.routing_number", "123456789", NCT_E_CHECK_DIGIT},
        {"eft.account_type", "piggybank", NCT_E_UNKNOWN_VALUE},
        {"users[0].ncid", "abc", NCT_E_TOO_SHORT},
        {"users[0].phone", "555-0101", NCT_OK},
        {"users[1].role", "office_administrator", NCT_E_UNKNOWN_VALUE},
        {"users[1].rights", "world.domination", NCT_E_UNKNOWN_VALUE},
    };
    const size_t count = sizeof bad / sizeof bad[0];
    for (size_t i = 0; i < count; i++)
        world_set(form, bad[i].path, bad[i].value);
    nct_problems *problems = NULL;
    expect_status(nct_form_validate(form, &problems), NCT_E_PROBLEMS);
    assert_int_equal(nct_problems_count(problems), count);
    for (size_t i = 0; i < nct_problems_count(problems); i++) {
        assert_true(strlen(nct_problems_message(problems, i)) > 0);
        assert_true(is_value_status(nct_problems_code(problems, i)));
        for (size_t j = 0; j < count; j++)
            assert_null(strstr(nct_problems_message(problems, i), bad[j].value));
    }
    assert_null(nct_problems_path(problems, count));
    assert_null(nct_problems_message(problems, count));
    expect_status(nct_problems_code(problems, count), NCT_E_ARGUMENT);
    nct_problems_free(problems);
    for (size_t i = 0; i < count; i++) {
        nct_status found = world_problem_at(form, bad[i].path);
        assert_true(found != NCT_OK);
        if (bad[i].code != NCT_OK)
            expect_status(found, bad[i].code);
    }
    nct_form_free(form);
}

static void s07_the_administrator_role_is_not_handed_to_users(void **state) {
    struct world *w = *state;
    nct_form *form = good_form(w);
    world_set(form, "users[0].role", "office_administrator");
    expect_status(world_problem_at(form, "users[0].role"), NCT_E_UNKNOWN_VALUE);
    expect_status(world_submit(form), NCT_E_PROBLEMS);
    nct_form_free(form);
}

static void s06_unknown_rights_and_authorities_are_refused(void **state) {
    struct world *w = *state;
    nct_form *form = good_form(w);
    static const char *const bad[] = {"eligibility",
                                      "user.administration",
                                      "enrollment.submit",
                                      "eft.change",
                                      "eligibility.inquiry user.administration",
                                      "*",
                                      "pa.*",
                                      "PA.SUBMIT"};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        world_set(form, "users[0].rights", bad[i]);
        expect_status(world_problem_at(form, "users[0].rights"), NCT_E_UNKNOWN_VALUE);
    }
    nct_form_free(form);
}

static void s01_an_ncid_given_twice_is_a_duplicate(void **state) {
    struct world *w = *state;
    nct_form *form = good_form(w);
    world_set(form, "users[1].ncid", "FRANK.FRONT");
    expect_status(world_problem_at(form, "users[1].ncid"), NCT_E_DUPLICATE);
    world_set(form, "users[1].ncid", PETRA.ncid);
    world_set(form, "users[0].ncid", OLIVIA.ncid);
    expect_status(world_problem_at(form, "users[0].ncid"), NCT_E_DUPLICATE);
    expect_status(world_submit(form), NCT_E_PROBLEMS);
    nct_form_free(form);
}

static void unknown_paths_are_refused(void **state) {
    struct world *w = *state;
    nct_form *form = good_form(w);
    static const char *const unknown[] = {"",
                                          "provider",
                                          "provider.",
                                          "provider.npi.x",
                                          "provider.NPI",
                                          " provider.npi",
                                          "users.ncid",
                                          "users[].ncid",
                                          "users[N].ncid",
                                          "users[-1].ncid",
                                          "users[+1].ncid",
                                          "users[ 1].ncid",
                                          "users[00].ncid",
                                          "users[1]ncid",
                                          "users[1].",
                                          "users[1].ncid.x",
                                          "users[0x1].ncid",
                                          "users[1",
                                          "office_administrator.role",
                                          "eft.routing_number\n"};
    for (size_t i = 0; i < sizeof unknown / sizeof unknown[0]; i++) {
        nct_status status = nct_form_set(form, unknown[i], "x", 1);
        if (status != NCT_E_UNKNOWN_FIELD)
            print_error("path \"%s\"\n", unknown[i]);
        expect_status(status, NCT_E_UNKNOWN_FIELD);
    }
    nct_form_free(form);
}

static void users_beyond_the_most_are_refused(void **state) {
    struct world *w = *state;
    nct_form *form = good_form(w);
    expect_status(nct_form_set(form, "users[99].ncid", "abcdef", 6), NCT_OK);
    expect_status(nct_form_set(form, "users[100].ncid", "abcdef", 6), NCT_E_LIMIT);
    static const char *const beyond[] = {"users[4294967296].ncid", "users[4294967295].ncid",
                                         "users[18446744073709551616].ncid", "users[99999999999999999999999999].ncid"};
    for (size_t i = 0; i < 4; i++) {
        nct_status status = nct_form_set(form, beyond[i], "abcdef", 6);
        assert_true(status == NCT_E_LIMIT || status == NCT_E_UNKNOWN_FIELD);
    }
    nct_form_free(form);
}

static void a_field_set_again_is_replaced(void **state) {
    struct world *w = *state;
    nct_form *form = good_form(w);
    world_set(form, "eft.account_type", "piggybank");
    world_set(form, "eft.account_type", "savings");
    expect_status(world_submit(form), NCT_OK);
    nct_form_free(form);
}

/* The registrant is optional, but not half of one. */
static void half_a_registrant_is_refused(void **state) {
    struct world *w = *state;
    nct_form *form = good_form(w);
    expect_status(nct_form_set(form, "registrant.email", "", 0), NCT_OK);
    expect_status(world_problem_at(form, "registrant.email"), NCT_E_REQUIRED);
    nct_form_free(form);
}

static void every_known_right_is_accepted(void **state) {
    struct world *w = *state;
    nct_form *form = good_form(w);
    const nct_policy *policy = nct_portal_policy(w->portal);
    for (int32_t right = 0; right < NCT_RIGHT_HOST_FIRST; right++) {
        const char *name = nct_right_name(policy, right);
        if (name == NULL)
            continue;
        world_set(form, "users[0].rights", name);
        expect_status(world_problem_at(form, "users[0].rights"), NCT_OK);
    }
    nct_form_free(form);
}

static void an_index_left_out_is_not_asked_for(void **state) {
    struct world *w = *state;
    nct_form *form = world_registration(w, NPI_CLINIC, "0123456789ABCDEF", &OLIVIA);
    world_set_user(form, 1, &FRANK, "user", "eligibility.inquiry");
    expect_status(nct_form_validate(form, NULL), NCT_OK);
    world_set(form, "users[0].first_name", "Petra");
    expect_status(world_problem_at(form, "users[0].ncid"), NCT_E_REQUIRED);
    nct_form_free(form);
}

static void the_beginning_of_a_choice_is_none(void **state) {
    struct world *w = *state;
    nct_form *form = world_registration(w, NPI_CLINIC, "0123456789ABCDEF", &OLIVIA);
    world_set(form, "office_administrator.relationship", "own");
    expect_status(world_problem_at(form, "office_administrator.relationship"), NCT_E_UNKNOWN_VALUE);
    world_set(form, "office_administrator.relationship", "owners");
    expect_status(world_problem_at(form, "office_administrator.relationship"), NCT_E_UNKNOWN_VALUE);
    nct_form_free(form);
}

static void a_name_has_a_hundred_characters_at_most(void **state) {
    struct world *w = *state;
    char name[102];
    nct_form *form = world_registration(w, NPI_CLINIC, "0123456789ABCDEF", &OLIVIA);
    memset(name, 'a', 101);
    name[101] = '\0';
    world_set(form, "office_administrator.last_name", name);
    expect_status(world_problem_at(form, "office_administrator.last_name"), NCT_E_TOO_LONG);
    world_set(form, "office_administrator.last_name", name + 1);
    expect_status(world_problem_at(form, "office_administrator.last_name"), NCT_OK);
    nct_form_free(form);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, world_setup_empty, world_teardown)

/* C7: en dash, non-breaking hyphen, no-break and thin space, as documents and web pages have them. */
static void what_is_pasted_is_read_as_it_looks(void **state) {
    nct_form *form = good_form(*state);
    world_set(form, "registrant.phone",
              "+1\xC2\xA0(919)\xE2\x80\x89"
              "555\xE2\x80\x93"
              "0123");
    world_set(form, "users[0].phone",
              "1\xE2\x80\x91"
              "855\xE2\x80\x91"
              "211\xE2\x80\x91"
              "0100");
    world_set(form, "users[0].ncid",
              "frank\xE2\x80\x90"
              "front");
    assert_int_equal(world_problem_at(form, "registrant.phone"), NCT_OK);
    assert_int_equal(world_problem_at(form, "users[0].phone"), NCT_OK);
    assert_int_equal(world_problem_at(form, "users[0].ncid"), NCT_OK);
    world_set(form, "registrant.phone",
              "919\xE2\x80\x8B"
              "5550123");
    assert_int_equal(world_problem_at(form, "registrant.phone"), NCT_E_CHARACTER);
    nct_form_free(form);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        CASE(each_field_empty),
        CASE(each_field_too_long),
        CASE(each_field_with_a_nul),
        CASE(each_field_with_bad_utf8),
        CASE(each_field_with_control_characters),
        CASE(each_field_with_bidi_override),
        CASE(names_in_other_scripts_are_accepted),
        CASE(all_problems_are_reported_at_once),
        CASE(s07_the_administrator_role_is_not_handed_to_users),
        CASE(s06_unknown_rights_and_authorities_are_refused),
        CASE(s01_an_ncid_given_twice_is_a_duplicate),
        CASE(unknown_paths_are_refused),
        CASE(users_beyond_the_most_are_refused),
        CASE(a_field_set_again_is_replaced),
        CASE(half_a_registrant_is_refused),
        CASE(every_known_right_is_accepted),
        CASE(an_index_left_out_is_not_asked_for),
        CASE(the_beginning_of_a_choice_is_none),
        CASE(a_name_has_a_hundred_characters_at_most),
        CASE(what_is_pasted_is_read_as_it_looks),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
