/* FL2: the physician's signature is dated on the day of submission or within the 30 calendar days before. */
#include "applications.h"

#include "base/date.h"

static char id[NCT_APPLICATION_ID_LENGTH + 1];

static nct_status draft(struct world *w, const char *date, nct_status *problem) {
    nct_problems *problems = NULL;
    nct_form *form = world_draft(w, NCT_SUBMISSION_FL2);
    world_draft_set(form, "physician.date", date);
    nct_status status = nct_draft_save(form, PETRA.ncid, strlen(PETRA.ncid), id, sizeof id, &problems);
    *problem = NCT_OK;
    for (size_t i = 0; i < nct_problems_count(problems); i++)
        if (strcmp(nct_problems_path(problems, i), "physician.date") == 0)
            *problem = nct_problems_code(problems, i);
    nct_problems_free(problems);
    nct_form_free(form);
    return status;
}

static nct_status submit_on(struct world *w, const char *physician, const char *day, int64_t of_day) {
    nct_status problem = NCT_OK;
    w->now = world_date(day) + of_day;
    expect_status(draft(w, physician, &problem), NCT_OK);
    nct_status status = world_apply(w, PETRA.ncid, NCT_SUBMISSION_FL2, id, NULL);
    assert_int_equal(world_state(w, id), status == NCT_OK ? NCT_STATE_SUSPENDED : NCT_STATE_DRAFT);
    return status;
}

/* How far UTC is ahead as a day begins in North Carolina: an hour less once daylight saving has begun. */
static int64_t midnight(const char *date) {
    const char *begins = strncmp(date, "2026", 4) == 0 ? "03-08" : "03-12";
    return (strcmp(date + 5, begins) > 0 ? 4 : 5) * INT64_C(3600000);
}

static void the_thirtieth_day_counts_and_no_later_one(void **state) {
    struct world *w = *state;
    static const struct {
        const char *physician, *submission;
        nct_status verdict;
    } cases[] = {
        {"2026-03-10", "2026-03-10", NCT_OK},                                           /* the same day */
        {"2026-03-11", "2026-03-10", NCT_E_DATE}, {"2026-02-08", "2026-03-10", NCT_OK}, /* 30 days, 28 in February */
        {"2026-02-07", "2026-03-10", NCT_E_DATE}, {"2028-02-09", "2028-03-10", NCT_OK}, /* 30 days, 29 in February */
        {"2028-02-08", "2028-03-10", NCT_E_DATE}, {"2028-02-29", "2028-03-30", NCT_OK},
        {"2028-02-29", "2028-03-31", NCT_E_DATE}, {"2027-12-02", "2028-01-01", NCT_OK}, /* over New Year */
        {"2027-12-01", "2028-01-01", NCT_E_DATE}, {"2099-12-31", "2028-01-01", NCT_E_DATE},
        {"1970-01-01", "2028-01-01", NCT_E_DATE},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        for (int64_t of_day = 0; of_day < WORLD_DAY; of_day += WORLD_DAY - 1)
            expect_status(submit_on(w, cases[i].physician, cases[i].submission, midnight(cases[i].submission) + of_day),
                          cases[i].verdict);
    expect_status(world_last_outcome(w, "provider:" NPI_CLINIC), NCT_E_DATE);
}

static void a_date_is_needed_and_is_a_day_there_is(void **state) {
    struct world *w = *state;
    nct_status problem = NCT_OK;
    static const char *const wrong[] = {"2026-02-29", "2026-13-01", "29.02.2028", "2026-1-1",
                                        "yesterday",  "20260101",   "1969-12-31", "2026-01-01T00:00"};
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        expect_status(draft(w, wrong[i], &problem), NCT_E_PROBLEMS);
        expect_status(problem, NCT_E_FORMAT);
    }
    expect_status(draft(w, "", &problem), NCT_E_PROBLEMS);
    expect_status(problem, NCT_E_REQUIRED);
    expect_status(draft(w, "2028-02-29", &problem), NCT_OK); /* of the future: judged at submission */
    expect_status(world_apply(w, PETRA.ncid, NCT_SUBMISSION_FL2, id, NULL), NCT_E_DATE);
    nct_form *form = world_draft(w, NCT_SUBMISSION_MEDICAL_PA);
    world_draft_set(form, "physician.date", "2026-01-01");
    expect_status(nct_form_validate(form, NULL), NCT_E_PROBLEMS);
    nct_form_free(form);
}

static void a_stale_date_is_mended_by_revising(void **state) {
    struct world *w = *state;
    nct_status problem = NCT_OK;
    expect_status(draft(w, "2025-11-01", &problem), NCT_OK);
    expect_status(world_apply(w, PETRA.ncid, NCT_SUBMISSION_FL2, id, NULL), NCT_E_DATE);
    nct_form *form = world_draft(w, NCT_SUBMISSION_FL2);
    world_draft_set(form, "physician.date", "2025-12-31"); /* the evening before, there */
    expect_status(nct_draft_revise(form, PETRA.ncid, strlen(PETRA.ncid), id, strlen(id), NULL), NCT_OK);
    nct_form_free(form);
    expect_status(world_apply(w, PETRA.ncid, NCT_SUBMISSION_FL2, id, NULL), NCT_OK);
    nct_application *application = NULL;
    expect_status(nct_application_get(w->portal, NPI_CLINIC, 10, id, 32, &application), NCT_OK);
    assert_string_equal(nct_application_physician_date(application), "2025-12-31");
    assert_string_equal(nct_state_code(NCT_SUBMISSION_FL2, nct_application_state(application)), "S");
    nct_application_free(application);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, world_setup_clinic, world_teardown)

int main(void) {
    const struct CMUnitTest tests[] = {
        CASE(the_thirtieth_day_counts_and_no_later_one),
        CASE(a_date_is_needed_and_is_a_day_there_is),
        CASE(a_stale_date_is_mended_by_revising),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
