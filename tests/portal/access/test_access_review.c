/* Reviewing access: unused and uncertified grants, certifying and revoking many at once. */
#include "terms.h"
#include "world.h"

#define DAY INT64_C(86400000)

static size_t listed(struct world *w, int by_use, int64_t since, const char *ncid) {
    nct_grant_list *page = NULL;
    size_t found = 0;
    nct_status status = by_use ? nct_access_list_unused(w->portal, NPI_CLINIC, 10, since, NULL, 0, 100, &page)
                               : nct_access_list_uncertified(w->portal, NPI_CLINIC, 10, since, NULL, 0, 100, &page);
    expect_status(status, NCT_OK);
    for (size_t i = 0; i < nct_grant_list_count(page); i++)
        found += ncid == NULL || strcmp(nct_grant_list_ncid(page, i), ncid) == 0;
    nct_grant_list_free(page);
    return found;
}

static nct_status note_use(struct world *w, const char *ncid) {
    return nct_access_note_use(w->portal, NPI_CLINIC, 10, ncid, strlen(ncid));
}

static nct_status certify(struct world *w, const char *by, size_t count, const char *const *ncids,
                          nct_status *answers) {
    return nct_access_certify(w->portal, by, strlen(by), NPI_CLINIC, 10, count, ncids, answers);
}

static nct_status revoke_many(struct world *w, const char *by, size_t count, const char *const *ncids,
                              nct_status *answers) {
    return nct_access_revoke_many(w->portal, by, strlen(by), NPI_CLINIC, 10, count, ncids, answers);
}

static void access_nobody_uses_is_listed(void **state) {
    struct world *w = *state;
    world_advance(w, 90 * DAY);
    int64_t since = w->now - 60 * DAY;
    assert_int_equal(listed(w, 1, since, NULL), 4);
    expect_status(note_use(w, FRANK.ncid), NCT_OK);
    assert_int_equal(listed(w, 1, since, FRANK.ncid), 0);
    expect_status(world_sign_pa(w, PETRA.ncid, WORLD_PASSWORD, world_pin_of(w, PETRA.ncid)), NCT_OK);
    assert_int_equal(listed(w, 1, since, PETRA.ncid), 0); /* a signature is a use */
    expect_status(world_grant(w, OLIVIA.ncid, NPI_CLINIC, FRANK.ncid, NCT_ROLE_USER, 1), NCT_OK);
    assert_int_equal(listed(w, 1, since, OLIVIA.ncid), 0); /* so is administering */
    assert_int_equal(listed(w, 1, since, UMA.ncid), 1);
    assert_int_equal(listed(w, 1, since, NULL), 1);
}

/* Changing what a group gives, and being the second person, are uses like giving access is. */
static void administering_in_any_way_is_a_use(void **state) {
    struct world *w = *state;
    int32_t role = NCT_ROLE_USER_ADMINISTRATOR;
    expect_status(nct_rule_set(w->policy, "name", "two", 3, NULL), NCT_OK);
    expect_status(nct_rule_set(w->policy, "by_two", "user_administrator", 18, NULL), NCT_OK);
    world_reopen(w);
    world_advance(w, 90 * DAY);
    expect_status(terms_group_set(w->portal, OLIVIA.ncid, NPI_CLINIC, "desk", 1), NCT_OK);
    assert_int_equal(listed(w, 1, w->now, OLIVIA.ncid), 0);
    world_advance(w, 90 * DAY);
    expect_status(nct_group_remove(w->portal, OLIVIA.ncid, strlen(OLIVIA.ncid), NPI_CLINIC, 10, "desk", 4), NCT_OK);
    assert_int_equal(listed(w, 1, w->now, OLIVIA.ncid), 0);
    expect_status(terms_propose(w->portal, OLIVIA.ncid, NPI_CLINIC, &(struct terms){.ncid = FRANK.ncid, .role = role}),
                  NCT_OK);
    assert_int_equal(listed(w, 1, w->now, UMA.ncid), 1);
    expect_status(
        nct_access_confirm(w->portal, UMA.ncid, strlen(UMA.ncid), NPI_CLINIC, 10, FRANK.ncid, strlen(FRANK.ncid)),
        NCT_OK);
    assert_int_equal(listed(w, 1, w->now, UMA.ncid), 0);
}

static void a_use_is_noted_once_a_day(void **state) {
    struct world *w = *state;
    expect_status(note_use(w, FRANK.ncid), NCT_OK);
    size_t commits = w->store.commits;
    world_advance(w, DAY - 1);
    expect_status(note_use(w, FRANK.ncid), NCT_OK);
    assert_int_equal(w->store.commits, commits);
    world_advance(w, 1);
    expect_status(note_use(w, FRANK.ncid), NCT_OK);
    assert_int_equal(w->store.commits, commits + 1);
    nct_grant_list *page = NULL;
    expect_status(nct_access_list_by_provider(w->portal, NPI_CLINIC, 10, NULL, 0, 100, &page), NCT_OK);
    for (size_t i = 0; i < nct_grant_list_count(page); i++)
        if (strcmp(nct_grant_list_ncid(page, i), FRANK.ncid) == 0)
            assert_true(nct_grant_list_used_at(page, i) == w->now);
    nct_grant_list_free(page);
}

static void a_clock_going_back_notes_nothing_and_breaks_nothing(void **state) {
    struct world *w = *state;
    world_advance(w, 10 * DAY);
    expect_status(note_use(w, FRANK.ncid), NCT_OK);
    world_advance(w, -5 * DAY);
    expect_status(note_use(w, FRANK.ncid), NCT_OK);
    expect_status(world_check(w, FRANK.ncid, NPI_CLINIC, NCT_RIGHT_ELIGIBILITY_INQUIRY), NCT_OK);
    assert_int_equal(listed(w, 1, w->now + 5 * DAY, FRANK.ncid), 0);
}

static void a_use_without_access_is_not_noted(void **state) {
    struct world *w = *state;
    size_t commits = w->store.commits;
    expect_status(note_use(w, OSCAR.ncid), NCT_OK);
    expect_status(note_use(w, "nobody.here"), NCT_OK);
    assert_int_equal(w->store.commits, commits);
    assert_int_equal(nct_status_category(note_use(w, "x")), NCT_CATEGORY_VALUE);
    expect_status(nct_access_note_use(NULL, NPI_CLINIC, 10, "nobody.here", 11), NCT_E_ARGUMENT);
}

static void a_use_ends_no_period_and_leaves_no_entry(void **state) {
    struct world *w = *state;
    size_t entries = world_entries(w, "provider:" NPI_CLINIC);
    expect_status(note_use(w, FRANK.ncid), NCT_OK);
    assert_int_equal(world_entries(w, "provider:" NPI_CLINIC), entries);
    assert_int_equal(world_verdict(w, "provider:" NPI_CLINIC, NULL), NCT_LEDGER_VALID_BUT_UNANCHORED);
}

static void certifying_answers_for_each_and_goes_on(void **state) {
    struct world *w = *state;
    world_advance(w, 400 * DAY);
    int64_t since = w->now - 365 * DAY;
    assert_int_equal(listed(w, 0, since, NULL), 4);
    const char *const ncids[] = {FRANK.ncid, OLIVIA.ncid, "x", OSCAR.ncid, UMA.ncid, NULL, PETRA.ncid};
    nct_status answers[7];
    size_t entries = world_entries(w, "provider:" NPI_CLINIC);
    expect_status(certify(w, UMA.ncid, 7, ncids, answers), NCT_OK);
    expect_status(answers[0], NCT_OK);
    expect_status(answers[1], NCT_E_NOT_MANAGED);
    assert_int_equal(nct_status_category(answers[2]), NCT_CATEGORY_VALUE);
    expect_status(answers[3], NCT_E_NOT_FOUND);
    expect_status(answers[4], NCT_E_SELF_GRANT);
    expect_status(answers[5], NCT_E_EMPTY);
    expect_status(answers[6], NCT_E_EXCEEDS_OWN); /* Petra holds fl2.submit, which Uma could not have granted */
    assert_int_equal(world_entries(w, "provider:" NPI_CLINIC) - entries, 4);
    assert_int_equal(listed(w, 0, since, FRANK.ncid), 0);
    expect_status(certify(w, OLIVIA.ncid, 7, ncids, answers), NCT_OK);
    expect_status(answers[6], NCT_OK);
    assert_int_equal(listed(w, 0, since, NULL), 1); /* Olivia herself: nobody certifies themselves */
    assert_int_equal(world_verdict(w, "provider:" NPI_CLINIC, NULL), NCT_LEDGER_VALID_BUT_UNANCHORED);
    nct_grant_list *page = NULL;
    expect_status(nct_access_list_by_provider(w->portal, NPI_CLINIC, 10, NULL, 0, 10, &page), NCT_OK);
    size_t frank = 0;
    while (frank < nct_grant_list_count(page) && strcmp(nct_grant_list_ncid(page, frank), FRANK.ncid) != 0)
        frank++;
    assert_string_equal(nct_grant_list_certified_by(page, frank), OLIVIA.ncid);
    assert_true(nct_grant_list_certified_at(page, frank) == w->now);
    nct_grant_list_free(page);
}

static void a_new_grant_has_to_be_certified_anew(void **state) {
    struct world *w = *state;
    const char *const frank[] = {FRANK.ncid};
    nct_status answer;
    expect_status(certify(w, OLIVIA.ncid, 1, frank, &answer), NCT_OK);
    expect_status(world_grant(w, OLIVIA.ncid, NPI_CLINIC, FRANK.ncid, NCT_ROLE_USER, 1), NCT_OK);
    world_advance(w, 10);
    assert_int_equal(listed(w, 0, w->now - 5, FRANK.ncid), 1);
}

static void many_are_revoked_in_one_commit(void **state) {
    struct world *w = *state;
    const char *const ncids[] = {FRANK.ncid, OLIVIA.ncid, PETRA.ncid, FRANK.ncid};
    nct_status answers[4];
    size_t commits = w->store.commits;
    expect_status(revoke_many(w, OLIVIA.ncid, 4, ncids, answers), NCT_OK);
    assert_int_equal(w->store.commits - commits, 1 + 2 * 2); /* and those of two mails on their way */
    expect_status(answers[0], NCT_OK);
    expect_status(answers[1], NCT_E_SELF_GRANT);
    expect_status(answers[2], NCT_OK);
    expect_status(answers[3], NCT_E_NOT_FOUND);
    expect_status(world_check(w, FRANK.ncid, NPI_CLINIC, NCT_RIGHT_ELIGIBILITY_INQUIRY), NCT_E_NOT_PROVISIONED);
    expect_status(world_check(w, PETRA.ncid, NPI_CLINIC, NCT_RIGHT_PA_SUBMIT), NCT_E_NOT_PROVISIONED);
    expect_status(world_check(w, OLIVIA.ncid, NPI_CLINIC, NCT_RIGHT_PA_SUBMIT), NCT_OK);
    assert_int_equal(world_verdict(w, "provider:" NPI_CLINIC, NULL), NCT_LEDGER_VALID_BUT_UNANCHORED);
}

static void counts_and_pointers_are_checked_first(void **state) {
    struct world *w = *state;
    const char *const frank[] = {FRANK.ncid};
    nct_status answer = 1;
    expect_status(certify(w, OLIVIA.ncid, 0, frank, &answer), NCT_E_LIMIT);
    expect_status(certify(w, OLIVIA.ncid, nct_bulk_max() + 1, frank, &answer), NCT_E_LIMIT);
    expect_status(certify(w, OLIVIA.ncid, 1, NULL, &answer), NCT_E_ARGUMENT);
    expect_status(certify(w, OLIVIA.ncid, 1, frank, NULL), NCT_E_ARGUMENT);
    expect_status(revoke_many(w, "x", 1, frank, &answer), NCT_E_TOO_SHORT);
    expect_status(answer, NCT_E_TOO_SHORT);
    expect_status(nct_access_certify(NULL, "x", 1, NPI_CLINIC, 10, 1, frank, &answer), NCT_E_ARGUMENT);
    expect_status(certify(w, FRANK.ncid, 1, frank, &answer), NCT_OK);
    expect_status(answer, NCT_E_NO_AUTHORITY);
}

static void a_failing_store_revokes_nobody(void **state) {
    struct world *w = *state;
    const char *const ncids[] = {FRANK.ncid, PETRA.ncid};
    nct_status answers[2] = {NCT_OK, NCT_OK};
    nct_status status = NCT_E_STORE;
    for (size_t i = 1; status != NCT_OK && i < 500; i++) {
        world_fault(w, FAULT_ERROR, WORLD_ANY, i, 1);
        status = revoke_many(w, OLIVIA.ncid, 2, ncids, answers);
        world_no_fault(w);
        nct_status wanted = status == NCT_OK ? NCT_E_NOT_PROVISIONED : NCT_OK;
        expect_status(answers[0], status);
        expect_status(answers[1], status);
        expect_status(world_check(w, FRANK.ncid, NPI_CLINIC, NCT_RIGHT_ELIGIBILITY_INQUIRY), wanted);
        expect_status(world_check(w, PETRA.ncid, NPI_CLINIC, NCT_RIGHT_PA_SUBMIT), wanted);
    }
    expect_status(status, NCT_OK);
}

static void memory_running_out_certifies_nobody(void **state) {
    struct world *w = *state;
    const char *const frank[] = {FRANK.ncid};
    nct_status answer, status = NCT_E_NO_MEMORY;
    world_advance(w, 10);
    for (size_t i = 1; status != NCT_OK && i < 500; i++) {
        w->memory.fail_at = w->memory.calls + i;
        status = certify(w, OLIVIA.ncid, 1, frank, &answer);
        w->memory.fail_at = 0;
        assert_int_equal(listed(w, 0, w->now, FRANK.ncid), status != NCT_OK);
    }
    expect_status(status, NCT_OK);
}

/* What a group gives is part of the access that is certified. */
static void nobody_certifies_rights_of_a_group_they_do_not_hold(void **state) {
    struct world *w = *state;
    const char *const ncids[] = {FRANK.ncid};
    nct_status answer = NCT_OK;
    expect_status(terms_group_set(w->portal, OLIVIA.ncid, NPI_CLINIC, "billing", UINT64_C(1) << NCT_RIGHT_CLAIM_SUBMIT),
                  NCT_OK);
    expect_status(nct_group_join(w->portal, OLIVIA.ncid, strlen(OLIVIA.ncid), NPI_CLINIC, 10, FRANK.ncid,
                                 strlen(FRANK.ncid), "billing", 7),
                  NCT_OK);
    world_advance(w, 400 * DAY);
    expect_status(certify(w, UMA.ncid, 1, ncids, &answer), NCT_OK);
    expect_status(answer, NCT_E_EXCEEDS_OWN);
    assert_int_equal(listed(w, 0, w->now - DAY, FRANK.ncid), 1);
    expect_status(certify(w, OLIVIA.ncid, 1, ncids, &answer), NCT_OK);
    expect_status(answer, NCT_OK);
}

#define CASE(f) cmocka_unit_test_setup_teardown(f, world_setup_clinic, world_teardown)

int main(void) {
    const struct CMUnitTest tests[] = {
        CASE(access_nobody_uses_is_listed),
        CASE(administering_in_any_way_is_a_use),
        CASE(a_use_is_noted_once_a_day),
        CASE(a_clock_going_back_notes_nothing_and_breaks_nothing),
        CASE(a_use_without_access_is_not_noted),
        CASE(a_use_ends_no_period_and_leaves_no_entry),
        CASE(certifying_answers_for_each_and_goes_on),
        CASE(a_new_grant_has_to_be_certified_anew),
        CASE(many_are_revoked_in_one_commit),
        CASE(counts_and_pointers_are_checked_first),
        CASE(a_failing_store_revokes_nobody),
        CASE(nobody_certifies_rights_of_a_group_they_do_not_hold),
        CASE(memory_running_out_certifies_nobody),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
