/* Access as it is asked for: names of rights, days, times. */
#include "terms.h"
#include "world.h"

#include <inttypes.h>
#include <stdio.h>

#define MINUTE INT64_C(60000)
#define HOUR (60 * MINUTE)
#define MARCH_8_2026                                                                                                   \
    INT64_C(1772946000000) /* 00:00 in North Carolina, 05:00 UTC; the day on which summer time begins */

static nct_form *form_of(struct world *w, const char *const fields[][2]) {
    nct_form *form = NULL;
    expect_status(nct_form_new(w->portal, NCT_FORM_ACCESS, &form), NCT_OK);
    for (size_t i = 0; fields[i][0] != NULL; i++)
        expect_status(nct_form_set(form, fields[i][0], fields[i][1], strlen(fields[i][1])), NCT_OK);
    return form;
}

static nct_status grant(struct world *w, const char *const fields[][2], nct_problems **problems) {
    nct_form *form = form_of(w, fields);
    nct_status status = nct_access_grant(form, OLIVIA.ncid, strlen(OLIVIA.ncid), NPI_CLINIC, 10, problems);
    nct_form_free(form);
    return status;
}

/* Of a form for FRANK with one more field, at which the only problem is. */
static nct_status problem_with(struct world *w, const char *path, const char *value) {
    const char *const fields[][2] = {{"ncid", FRANK.ncid}, {path, value}, {NULL, NULL}};
    nct_problems *problems = NULL;
    nct_status status = grant(w, fields, &problems);
    nct_status why = status;
    if (status == NCT_E_PROBLEMS) {
        assert_int_equal(nct_problems_count(problems), 1);
        assert_string_equal(nct_problems_path(problems, 0), path);
        why = nct_problems_code(problems, 0);
    }
    nct_problems_free(problems);
    return why;
}

static nct_status inquires(struct world *w) {
    return world_check(w, FRANK.ncid, NPI_CLINIC, NCT_RIGHT_CLAIM_INQUIRY);
}

static void at(struct world *w, int64_t time, nct_status expected) {
    w->now = time;
    expect_status(inquires(w), expected);
}

static void a_day_begins_and_ends_where_the_portal_is(void **state) {
    struct world *w = *state;
    const char *const fields[][2] = {{"ncid", FRANK.ncid},
                                     {"rights", "claim.inquiry"},
                                     {"valid_from", "2026-03-08"},
                                     {"valid_until", "2026-03-08"},
                                     {NULL, NULL}};
    w->now = MARCH_8_2026 - HOUR;
    expect_status(grant(w, fields, NULL), NCT_OK);
    at(w, MARCH_8_2026 - 1, NCT_E_NOT_YET_VALID);
    at(w, MARCH_8_2026, NCT_OK);
    at(w, MARCH_8_2026 + 23 * HOUR - 1, NCT_OK); /* it has 23 hours */
    at(w, MARCH_8_2026 + 23 * HOUR, NCT_E_EXPIRED);
}

static void a_time_is_taken_to_the_millisecond(void **state) {
    struct world *w = *state;
    struct terms terms = {.ncid = FRANK.ncid, .role = NCT_ROLE_USER, .from = w->now + 5, .until = w->now + 9};
    terms.rights = UINT64_C(1) << NCT_RIGHT_CLAIM_INQUIRY;
    int64_t begin = w->now;
    expect_status(terms_grant(w->portal, OLIVIA.ncid, NPI_CLINIC, &terms), NCT_OK);
    at(w, begin + 4, NCT_E_NOT_YET_VALID);
    at(w, begin + 5, NCT_OK);
    at(w, begin + 8, NCT_OK);
    at(w, begin + 9, NCT_E_EXPIRED);
}

static void what_is_no_time_is_a_problem_of_its_field(void **state) {
    struct world *w = *state;
    static const char *const paths[] = {"valid_from", "valid_until"};
    for (size_t i = 0; i < 2; i++) {
        expect_status(problem_with(w, paths[i], "1780000000"), NCT_E_RANGE); /* seconds */
        expect_status(problem_with(w, paths[i], "946684799999"), NCT_E_RANGE);
        expect_status(problem_with(w, paths[i], "253402300800000"), NCT_E_RANGE);
        expect_status(problem_with(w, paths[i], "1999-12-30"), NCT_E_RANGE);
        expect_status(problem_with(w, paths[i], "2027-02-29"), NCT_E_FORMAT);
        expect_status(problem_with(w, paths[i], "tomorrow"), NCT_E_FORMAT);
        expect_status(problem_with(w, paths[i], "-1"), NCT_E_FORMAT);
    }
    expect_status(inquires(w), NCT_E_RIGHT_MISSING);
}

static void a_validity_ends_after_it_begins(void **state) {
    struct world *w = *state;
    struct terms terms = {.ncid = FRANK.ncid, .role = NCT_ROLE_USER, .from = w->now + 9, .until = w->now + 9};
    expect_status(terms_grant(w->portal, OLIVIA.ncid, NPI_CLINIC, &terms), NCT_E_RANGE);
    terms.until++;
    expect_status(terms_grant(w->portal, OLIVIA.ncid, NPI_CLINIC, &terms), NCT_OK);
}

static void a_validity_that_is_over_gives_nothing(void **state) {
    struct world *w = *state;
    struct terms terms = {.ncid = FRANK.ncid, .role = NCT_ROLE_USER, .until = w->now};
    nct_preview *preview = NULL;
    expect_status(terms_preview(w->portal, OLIVIA.ncid, NPI_CLINIC, &terms, &preview), NCT_OK);
    expect_status(nct_preview_reason(preview), NCT_E_DATE);
    nct_preview_free(preview);
    expect_status(terms_grant(w->portal, OLIVIA.ncid, NPI_CLINIC, &terms), NCT_E_DATE);
    expect_status(inquires(w), NCT_E_RIGHT_MISSING); /* what there was stays */
    expect_status(world_check(w, FRANK.ncid, NPI_CLINIC, NCT_RIGHT_ELIGIBILITY_INQUIRY), NCT_OK);
    terms.until++;
    expect_status(terms_grant(w->portal, OLIVIA.ncid, NPI_CLINIC, &terms), NCT_OK);
}

static void rights_and_roles_are_names(void **state) {
    struct world *w = *state;
    expect_status(problem_with(w, "rights", "3"), NCT_E_UNKNOWN_VALUE);
    expect_status(problem_with(w, "rights", "pa.submit  fl2.submit"), NCT_E_UNKNOWN_VALUE);
    expect_status(problem_with(w, "rights", "user.administration"), NCT_E_UNKNOWN_VALUE);
    expect_status(problem_with(w, "role", "office_administrator"), NCT_E_UNKNOWN_VALUE);
    expect_status(problem_with(w, "role", "3"), NCT_E_UNKNOWN_VALUE);
    expect_status(problem_with(w, "rights", "claim.inquiry"), NCT_OK);
    expect_status(inquires(w), NCT_OK);
}

static void another_kind_of_form_grants_nothing(void **state) {
    struct world *w = *state;
    nct_form *form = world_user(w, &FRANK, "user", "claim.inquiry");
    nct_preview *preview = NULL;
    expect_status(nct_access_grant(form, OLIVIA.ncid, strlen(OLIVIA.ncid), NPI_CLINIC, 10, NULL), NCT_E_ARGUMENT);
    expect_status(nct_access_propose(form, OLIVIA.ncid, strlen(OLIVIA.ncid), NPI_CLINIC, 10, NULL), NCT_E_ARGUMENT);
    expect_status(nct_access_preview_grant(form, OLIVIA.ncid, strlen(OLIVIA.ncid), NPI_CLINIC, 10, NULL, &preview),
                  NCT_E_ARGUMENT);
    assert_null(preview);
    nct_form_free(form);
}

static void a_form_may_be_submitted_for_several_providers(void **state) {
    struct world *w = *state;
    char other[11];
    strcpy(other, world_npi(1));
    world_register(w, other, &OLIVIA, NULL, NULL);
    const char *const fields[][2] = {{"ncid", FRANK.ncid}, {"rights", "claim.inquiry"}, {NULL, NULL}};
    nct_form *form = form_of(w, fields);
    expect_status(nct_access_grant(form, OLIVIA.ncid, strlen(OLIVIA.ncid), NPI_CLINIC, 10, NULL), NCT_OK);
    expect_status(nct_access_grant(form, OLIVIA.ncid, strlen(OLIVIA.ncid), other, 10, NULL), NCT_OK);
    nct_form_free(form);
    expect_status(inquires(w), NCT_OK);
    expect_status(world_check(w, FRANK.ncid, other, NCT_RIGHT_CLAIM_INQUIRY), NCT_OK);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, world_setup_clinic, world_teardown)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(a_day_begins_and_ends_where_the_portal_is), TEST(a_time_is_taken_to_the_millisecond),
        TEST(what_is_no_time_is_a_problem_of_its_field), TEST(a_validity_ends_after_it_begins),
        TEST(a_validity_that_is_over_gives_nothing),     TEST(rights_and_roles_are_names),
        TEST(another_kind_of_form_grants_nothing),       TEST(a_form_may_be_submitted_for_several_providers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
