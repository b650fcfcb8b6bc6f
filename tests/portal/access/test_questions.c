/* Questions about access: many at once, who can, where can they, what would happen if. */
#include "terms.h"
#include "world.h"

#define BIT(right) (UINT64_C(1) << (right))
#define AUTHORITY(authority) (UINT64_C(1) << ((authority)-NCT_RIGHT_COUNT))

static const uint64_t FRANKS = BIT(NCT_RIGHT_ELIGIBILITY_INQUIRY);

static nct_status rights_of(struct world *w, const char *ncid, const char *npi, uint64_t *rights,
                            uint64_t *authorities) {
    return nct_access_rights(w->portal, npi, strlen(npi), ncid, strlen(ncid), rights, authorities);
}

static nct_status preview_grant(struct world *w, const char *by, const char *ncid, int32_t role, uint64_t rights,
                                nct_preview **preview) {
    return terms_preview(w->portal, by, NPI_CLINIC, &(struct terms){.ncid = ncid, .role = role, .rights = rights},
                         preview);
}

static nct_status preview_revoke(struct world *w, const char *by, const char *ncid, nct_preview **preview) {
    return nct_access_preview_revoke(w->portal, by, strlen(by), NPI_CLINIC, 10, ncid, strlen(ncid), preview);
}

static void many_answers_agree_with_single_checks(void **state) {
    struct world *w = *state;
    const char *const people[] = {OLIVIA.ncid,   UMA.ncid, FRANK.ncid, PETRA.ncid, OSCAR.ncid,
                                  "nobody.here", "x",      "",         NULL};
    const char *const providers[] = {NPI_CLINIC, "1234567890", "", NULL};
    const char *ncids[1000], *npis[1000];
    int32_t rights[1000];
    nct_status answers[1000];
    size_t count = 0;
    for (size_t p = 0; p < 9; p++)
        for (size_t n = 0; n < 4; n++)
            for (int32_t right = -1; right < 72; right += right == 13 ? 49 : 1, count++) {
                ncids[count] = people[p];
                npis[count] = providers[n];
                rights[count] = right;
            }
    assert_true(count > 800 && count <= 1000);
    expect_status(nct_access_check_many(w->portal, count, npis, ncids, rights, answers), NCT_OK);
    size_t allowed = 0;
    for (size_t i = 0; i < count; i++) {
        allowed += answers[i] == NCT_OK;
        if (ncids[i] == NULL || npis[i] == NULL)
            expect_status(answers[i], NCT_E_ARGUMENT);
        else
            expect_status(answers[i], world_check(w, ncids[i], npis[i], rights[i]));
    }
    assert_int_equal(allowed, 12 + 6 + 3 + 2 + 1 + 2); /* Olivia's rights and authorities, Uma's, Frank's, Petra's */
}

static void many_answers_read_a_grant_once_and_allocate_nothing(void **state) {
    struct world *w = *state;
    const char *ncids[64], *npis[64];
    int32_t rights[64];
    nct_status answers[64];
    for (int32_t i = 0; i < 64; i++) {
        ncids[i] = FRANK.ncid;
        npis[i] = NPI_CLINIC;
        rights[i] = i % 12;
    }
    size_t gets = w->store.gets, allocations = w->memory.calls;
    expect_status(nct_access_check_many(w->portal, 64, npis, ncids, rights, answers), NCT_OK);
    assert_int_equal(w->store.gets - gets, 9);
    assert_int_equal(w->memory.calls, allocations);
}

/* An engine of the peers skipped a denial when an earlier question failed. */
static void a_failing_store_allows_nothing_afterwards(void **state) {
    struct world *w = *state;
    const char *ncids[] = {FRANK.ncid, OLIVIA.ncid, OLIVIA.ncid};
    const char *npis[] = {NPI_CLINIC, NPI_CLINIC, NPI_CLINIC};
    const int32_t rights[] = {NCT_RIGHT_ELIGIBILITY_INQUIRY, NCT_RIGHT_CLAIM_SUBMIT, NCT_RIGHT_TRAINING};
    nct_status answers[3] = {1, 1, 1};
    world_fault(w, FAULT_ERROR, WORLD_GET, 12, 1);
    expect_status(nct_access_check_many(w->portal, 3, npis, ncids, rights, answers), NCT_E_STORE);
    world_no_fault(w);
    expect_status(answers[0], NCT_OK);
    expect_status(answers[1], NCT_E_STORE);
    expect_status(answers[2], NCT_E_STORE);
}

static void no_questions_and_no_room_are_told_apart(void **state) {
    struct world *w = *state;
    const char *one[] = {FRANK.ncid};
    const int32_t right[] = {NCT_RIGHT_TRAINING};
    nct_status answer[1];
    expect_status(nct_access_check_many(w->portal, 0, NULL, NULL, NULL, NULL), NCT_OK);
    expect_status(nct_access_check_many(w->portal, 1, one, NULL, right, answer), NCT_E_ARGUMENT);
    expect_status(nct_access_check_many(w->portal, 1, NULL, one, right, answer), NCT_E_ARGUMENT);
    expect_status(nct_access_check_many(w->portal, 1, one, one, NULL, answer), NCT_E_ARGUMENT);
    expect_status(nct_access_check_many(w->portal, 1, one, one, right, NULL), NCT_E_ARGUMENT);
    expect_status(nct_access_check_many(NULL, 1, one, one, right, answer), NCT_E_ARGUMENT);
}

static void all_rights_agree_with_single_checks(void **state) {
    struct world *w = *state;
    const char *const people[] = {OLIVIA.ncid, UMA.ncid, FRANK.ncid, PETRA.ncid, OSCAR.ncid, "nobody.here"};
    for (size_t p = 0; p < 6; p++) {
        uint64_t rights = 1, authorities = 1;
        expect_status(rights_of(w, people[p], NPI_CLINIC, &rights, &authorities), NCT_OK);
        for (int32_t i = 0; i < NCT_RIGHT_COUNT; i++) {
            assert_int_equal(rights >> i & 1, world_check(w, people[p], NPI_CLINIC, i) == NCT_OK);
            assert_int_equal(authorities >> i & 1, world_check(w, people[p], NPI_CLINIC, 64 + i) == NCT_OK);
        }
    }
}

static void rights_outside_their_validity_are_none(void **state) {
    struct world *w = *state;
    uint64_t rights = 1, authorities = 1;
    expect_status(terms_grant(w->portal, OLIVIA.ncid, NPI_CLINIC,
                              &(struct terms){.ncid = FRANK.ncid,
                                              .role = NCT_ROLE_USER,
                                              .rights = FRANKS,
                                              .from = w->now + 10,
                                              .until = w->now + 20}),
                  NCT_OK);
    expect_status(rights_of(w, FRANK.ncid, NPI_CLINIC, &rights, &authorities), NCT_OK);
    assert_true(rights == 0 && authorities == 0);
    world_advance(w, 10);
    expect_status(rights_of(w, FRANK.ncid, NPI_CLINIC, &rights, &authorities), NCT_OK);
    assert_true(rights == FRANKS && authorities == 0);
    world_advance(w, 10);
    expect_status(rights_of(w, FRANK.ncid, NPI_CLINIC, &rights, &authorities), NCT_OK);
    assert_true(rights == 0 && authorities == 0);
}

static void malformed_questions_leave_nothing_set(void **state) {
    struct world *w = *state;
    uint64_t rights = 1, authorities = 1;
    assert_int_equal(nct_status_category(rights_of(w, "x", NPI_CLINIC, &rights, &authorities)), NCT_CATEGORY_VALUE);
    assert_true(rights == 0 && authorities == 0);
    rights = authorities = 1;
    expect_status(rights_of(w, FRANK.ncid, "", &rights, &authorities), NCT_E_EMPTY);
    assert_true(rights == 0 && authorities == 0);
    expect_status(rights_of(w, FRANK.ncid, NPI_CLINIC, NULL, &authorities), NCT_E_ARGUMENT);
    expect_status(rights_of(w, FRANK.ncid, NPI_CLINIC, &rights, NULL), NCT_E_ARGUMENT);
}

/* Walks all pages and returns how many grants were listed; the NCIDs joined in out. */
static size_t who(struct world *w, int32_t right, size_t limit, char *out) {
    char cursor[64] = "";
    size_t total = 0;
    int32_t more = 1;
    out[0] = '\0';
    while (more) {
        nct_grant_list *page = NULL;
        expect_status(nct_access_who_can(w->portal, NPI_CLINIC, 10, right, cursor, strlen(cursor), limit, &page),
                      NCT_OK);
        for (size_t i = 0; i < nct_grant_list_count(page); i++, total++) {
            strcat(out, nct_grant_list_ncid(page, i));
            strcat(out, " ");
        }
        more = nct_grant_list_more(page);
        strcpy(cursor, nct_grant_list_cursor(page));
        nct_grant_list_free(page);
    }
    return total;
}

static void who_can_names_exactly_those_a_check_allows(void **state) {
    struct world *w = *state;
    const char *const people[] = {OLIVIA.ncid, UMA.ncid, FRANK.ncid, PETRA.ncid, OSCAR.ncid};
    char names[512];
    for (int32_t right = 0; right < 70; right = right == 11 ? 64 : right + 1)
        for (size_t limit = 1; limit <= 5; limit += 2) {
            size_t total = who(w, right, limit, names), allowed = 0;
            for (size_t p = 0; p < 5; p++) {
                int can = world_check(w, people[p], NPI_CLINIC, right) == NCT_OK;
                assert_int_equal(strstr(names, people[p]) != NULL, can);
                allowed += (size_t)can;
            }
            assert_int_equal(total, allowed);
        }
}

static void where_can_lists_the_providers_and_follows_a_revocation(void **state) {
    struct world *w = *state;
    nct_grant_list *page = NULL;
    world_register(w, world_npi(1), &OSCAR, &FRANK, "claim.submit");
    expect_status(
        nct_access_where_can(w->portal, FRANK.ncid, strlen(FRANK.ncid), NCT_RIGHT_CLAIM_SUBMIT, NULL, 0, 10, &page),
        NCT_OK);
    assert_int_equal(nct_grant_list_count(page), 1);
    assert_string_equal(nct_grant_list_provider(page, 0), world_npi(1));
    nct_grant_list_free(page);
    expect_status(world_revoke(w, OSCAR.ncid, world_npi(1), FRANK.ncid), NCT_OK);
    expect_status(
        nct_access_where_can(w->portal, FRANK.ncid, strlen(FRANK.ncid), NCT_RIGHT_CLAIM_SUBMIT, NULL, 0, 10, &page),
        NCT_OK);
    assert_int_equal(nct_grant_list_count(page), 0);
    nct_grant_list_free(page);
}

static void a_list_for_a_nameless_right_is_refused(void **state) {
    struct world *w = *state;
    nct_grant_list *page = (nct_grant_list *)w;
    static const int32_t nameless[] = {-1, 12, 63, 70, INT32_MAX, INT32_MIN};
    for (size_t i = 0; i < sizeof nameless / sizeof nameless[0]; i++) {
        expect_status(nct_access_who_can(w->portal, NPI_CLINIC, 10, nameless[i], NULL, 0, 10, &page), NCT_E_ARGUMENT);
        assert_null(page);
        expect_status(nct_access_where_can(w->portal, FRANK.ncid, 11, nameless[i], NULL, 0, 10, &page), NCT_E_ARGUMENT);
    }
    expect_status(nct_access_who_can(w->portal, NPI_CLINIC, 10, NCT_RIGHT_TRAINING, NULL, 0, 0, &page), NCT_E_ARGUMENT);
    expect_status(nct_access_who_can(NULL, NPI_CLINIC, 10, NCT_RIGHT_TRAINING, NULL, 0, 5, &page), NCT_E_ARGUMENT);
}

static void a_preview_tells_what_a_grant_does_and_does_nothing(void **state) {
    struct world *w = *state;
    nct_preview *preview = NULL;
    size_t commits = w->store.commits, mails = w->mailer.count, entries = world_entries(w, "provider:" NPI_CLINIC);
    expect_status(
        preview_grant(w, OLIVIA.ncid, FRANK.ncid, NCT_ROLE_USER_ADMINISTRATOR, BIT(NCT_RIGHT_PA_SUBMIT), &preview),
        NCT_OK);
    expect_status(nct_preview_reason(preview), NCT_OK);
    assert_int_equal(nct_preview_role_before(preview), NCT_ROLE_USER);
    assert_int_equal(nct_preview_role_after(preview), NCT_ROLE_USER_ADMINISTRATOR);
    assert_true(nct_preview_rights_gained(preview) == BIT(NCT_RIGHT_PA_SUBMIT));
    assert_true(nct_preview_rights_lost(preview) == FRANKS);
    assert_true(nct_preview_authorities_gained(preview) ==
                (AUTHORITY(NCT_AUTHORITY_USER_ADMINISTRATION) | AUTHORITY(NCT_AUTHORITY_PIN_RESET)));
    assert_true(nct_preview_authorities_lost(preview) == 0);
    assert_int_equal(nct_preview_pin_suspended(preview), 0);
    nct_preview_free(preview);
    assert_int_equal(w->store.commits, commits);
    assert_int_equal(w->mailer.count, mails);
    assert_int_equal(world_entries(w, "provider:" NPI_CLINIC), entries);
    expect_status(world_check(w, FRANK.ncid, NPI_CLINIC, NCT_RIGHT_ELIGIBILITY_INQUIRY), NCT_OK);
    expect_status(world_check(w, FRANK.ncid, NPI_CLINIC, NCT_RIGHT_PA_SUBMIT), NCT_E_RIGHT_MISSING);
}

static void a_preview_of_a_revocation_tells_of_the_last_access(void **state) {
    struct world *w = *state;
    nct_preview *preview = NULL;
    expect_status(preview_revoke(w, OLIVIA.ncid, FRANK.ncid, &preview), NCT_OK);
    expect_status(nct_preview_reason(preview), NCT_OK);
    assert_int_equal(nct_preview_role_after(preview), NCT_ROLE_NONE);
    assert_true(nct_preview_rights_lost(preview) == FRANKS);
    assert_int_equal(nct_preview_pin_suspended(preview), 1);
    nct_preview_free(preview);
    world_register(w, world_npi(1), &OSCAR, &FRANK, "claim.submit");
    expect_status(preview_revoke(w, OLIVIA.ncid, FRANK.ncid, &preview), NCT_OK);
    assert_int_equal(nct_preview_pin_suspended(preview), 0);
    nct_preview_free(preview);
    expect_status(world_check(w, FRANK.ncid, NPI_CLINIC, NCT_RIGHT_ELIGIBILITY_INQUIRY), NCT_OK);
}

static void a_preview_names_each_refusal_and_leaves_no_entry(void **state) {
    struct world *w = *state;
    size_t entries = world_entries(w, "provider:" NPI_CLINIC);
    static const struct {
        const struct cast *by, *whom;
        int32_t role;
        uint64_t rights;
        nct_status wanted;
    } cases[] = {
        {&OLIVIA, &OLIVIA, NCT_ROLE_USER, 1, NCT_E_SELF_GRANT},
        {&UMA, &FRANK, NCT_ROLE_USER, BIT(NCT_RIGHT_FL2_SUBMIT), NCT_E_EXCEEDS_OWN},
        {&UMA, &FRANK, NCT_ROLE_USER_ADMINISTRATOR, 1, NCT_E_NOT_MANAGED},
        {&FRANK, &PETRA, NCT_ROLE_USER, 1, NCT_E_NO_AUTHORITY},
        {&OSCAR, &FRANK, NCT_ROLE_USER, 1, NCT_E_NOT_PROVISIONED},
        {&OLIVIA, &SILAS, NCT_ROLE_USER, 1, NCT_E_UNKNOWN_PERSON},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        nct_preview *preview = NULL;
        expect_status(
            preview_grant(w, cases[i].by->ncid, cases[i].whom->ncid, cases[i].role, cases[i].rights, &preview), NCT_OK);
        expect_status(nct_preview_reason(preview), cases[i].wanted);
        assert_int_equal(nct_preview_role_after(preview), nct_preview_role_before(preview));
        assert_true(nct_preview_rights_gained(preview) == 0 && nct_preview_rights_lost(preview) == 0);
        nct_preview_free(preview);
        expect_status(
            world_grant(w, cases[i].by->ncid, NPI_CLINIC, cases[i].whom->ncid, cases[i].role, cases[i].rights),
            cases[i].wanted);
    }
    assert_int_equal(world_entries(w, "provider:" NPI_CLINIC) - entries, 6); /* of the real tries */
    nct_preview *preview = NULL;
    expect_status(preview_revoke(w, OLIVIA.ncid, OSCAR.ncid, &preview), NCT_OK);
    expect_status(nct_preview_reason(preview), NCT_E_NOT_FOUND);
    nct_preview_free(preview);
    expect_status(preview_grant(w, OLIVIA.ncid, FRANK.ncid, NCT_ROLE_NONE, 1, &preview), NCT_E_UNKNOWN_VALUE);
    assert_null(preview);
}

/* Somebody's question, with who granted it and by which rule the answer came. */
static void expect_basis(struct world *w, const struct cast *who, int32_t right, nct_status reason, const char *by,
                         const char *rule) {
    nct_explanation *explanation = NULL;
    char value[512];
    expect_status(nct_access_explain(w->portal, NPI_CLINIC, 10, who->ncid, strlen(who->ncid), right, &explanation),
                  NCT_OK);
    expect_status(nct_explanation_reason(explanation), reason);
    assert_string_equal(nct_explanation_granted_by(explanation), by);
    assert_string_equal(nct_explanation_rule(explanation), rule);
    assert_string_equal(nct_explanation_profile(explanation), nct_policy_profile(nct_portal_policy(w->portal)));
    assert_int_equal(nct_explanation_granted_at(explanation) != 0, by[0] != '\0');
    if (rule[0] != '\0') /* a rule the profile has */
        expect_status(nct_rule_get(nct_portal_policy(w->portal), rule, value, sizeof value, NULL), NCT_OK);
    nct_explanation_free(explanation);
}

static void an_explanation_names_the_grant_and_the_rule(void **state) {
    struct world *w = *state;
    expect_basis(w, &OLIVIA, NCT_RIGHT_TRAINING, NCT_OK, OLIVIA.ncid, "role.office_administrator.every_right");
    expect_basis(w, &OLIVIA, NCT_AUTHORITY_EFT_CHANGE, NCT_OK, OLIVIA.ncid, "role.office_administrator.authorities");
    expect_basis(w, &UMA, NCT_AUTHORITY_PIN_RESET, NCT_OK, OLIVIA.ncid, "role.user_administrator.authorities");
    expect_basis(w, &UMA, NCT_AUTHORITY_EFT_CHANGE, NCT_E_NO_AUTHORITY, OLIVIA.ncid,
                 "role.user_administrator.authorities");
    expect_status(world_grant(w, UMA.ncid, NPI_CLINIC, FRANK.ncid, NCT_ROLE_USER, FRANKS), NCT_OK);
    expect_basis(w, &FRANK, NCT_RIGHT_ELIGIBILITY_INQUIRY, NCT_OK, UMA.ncid, "");
    expect_basis(w, &FRANK, NCT_RIGHT_CLAIM_SUBMIT, NCT_E_RIGHT_MISSING, UMA.ncid, "");
    expect_basis(w, &OSCAR, NCT_RIGHT_CLAIM_SUBMIT, NCT_E_NOT_PROVISIONED, "", "");
}

static void an_explanation_names_the_standing_that_lacks(void **state) {
    struct world *w = *state;
    world_use_profile(w, "2025");
    expect_status(world_unlist_principal(w, NPI_CLINIC, OLIVIA.ncid), NCT_OK);
    expect_basis(w, &OLIVIA, NCT_AUTHORITY_ENROLLMENT_SUBMIT, NCT_E_NOT_ON_RECORD, OLIVIA.ncid, "signer.standing");
    expect_basis(w, &OLIVIA, NCT_AUTHORITY_EFT_CHANGE, NCT_OK, OLIVIA.ncid, "role.office_administrator.authorities");
    expect_status(world_list_principal(w, NPI_CLINIC, &UMA, "managing_relationship", 0, 0), NCT_OK);
    expect_status(world_grant(w, OLIVIA.ncid, NPI_CLINIC, UMA.ncid, NCT_ROLE_MANAGING_RELATIONSHIP, 0), NCT_OK);
    expect_status(world_unlist_principal(w, NPI_CLINIC, UMA.ncid), NCT_OK);
    expect_basis(w, &UMA, NCT_AUTHORITY_USER_ADMINISTRATION, NCT_E_NOT_ON_RECORD, OLIVIA.ncid,
                 "role.managing_relationship.standing");
}

/* Runs a question with each allocation, then each store call failing, until it succeeds. */
static void questions_fail_cleanly(void **state) {
    struct world *w = *state;
    nct_status status = NCT_E_NO_MEMORY;
    for (size_t i = 1; status != NCT_OK && i < 100; i++) {
        nct_preview *preview = NULL;
        w->memory.fail_at = w->memory.calls + i;
        status = preview_grant(w, OLIVIA.ncid, FRANK.ncid, NCT_ROLE_USER, 1, &preview);
        w->memory.fail_at = 0;
        assert_true(status == NCT_OK ? preview != NULL : status == NCT_E_NO_MEMORY && preview == NULL);
        nct_preview_free(preview);
    }
    expect_status(status, NCT_OK);
    status = NCT_E_STORE;
    for (size_t i = 1; status != NCT_OK && i < 100; i++) {
        nct_preview *preview = NULL;
        world_fault(w, FAULT_ERROR, WORLD_ANY, i, 1);
        status = preview_revoke(w, OLIVIA.ncid, FRANK.ncid, &preview);
        world_no_fault(w);
        assert_true(status == NCT_OK ? preview != NULL : status == NCT_E_STORE && preview == NULL);
        nct_preview_free(preview);
    }
    expect_status(status, NCT_OK);
    status = NCT_E_STORE;
    for (size_t i = 1; status != NCT_OK && i < 100; i++) {
        nct_grant_list *page = NULL;
        world_fault(w, FAULT_ERROR, WORLD_ANY, i, 1);
        status = nct_access_who_can(w->portal, NPI_CLINIC, 10, NCT_RIGHT_PA_SUBMIT, NULL, 0, 10, &page);
        world_no_fault(w);
        assert_true(status == NCT_OK ? page != NULL : status == NCT_E_STORE && page == NULL);
        nct_grant_list_free(page);
    }
    expect_status(status, NCT_OK);
}

/* An array of zeros says NCT_OK everywhere: a call that decided nothing leaves none of it. */
static void a_call_that_decides_nothing_leaves_no_permission(void **state) {
    struct world *w = *state;
    const char *const ncids[] = {FRANK.ncid, OSCAR.ncid};
    const char *const npis[] = {NPI_CLINIC, NPI_CLINIC};
    const int32_t rights[] = {NCT_RIGHT_PA_SUBMIT, NCT_RIGHT_PA_SUBMIT};
    for (int way = 0; way < 6; way++) {
        nct_status answers[2] = {NCT_OK, NCT_OK};
        nct_status status = NCT_OK;
        if (way == 0)
            status = nct_access_check_many(NULL, 2, npis, ncids, rights, answers);
        else if (way == 1)
            status = nct_access_check_many(w->portal, 2, npis, NULL, rights, answers);
        else if (way == 2)
            status = nct_access_check_many(w->portal, 2, npis, ncids, NULL, answers);
        else if (way == 3)
            status = nct_access_certify(w->portal, OLIVIA.ncid, 12, NPI_CLINIC, 10, 2, NULL, answers);
        else if (way == 4)
            status = nct_access_revoke_many(NULL, OLIVIA.ncid, 12, NPI_CLINIC, 10, 2, ncids, answers);
        else
            status = nct_access_check_many(w->portal, 2, NULL, ncids, rights, answers);
        expect_status(status, NCT_E_ARGUMENT);
        expect_status(answers[0], NCT_E_ARGUMENT);
        expect_status(answers[1], NCT_E_ARGUMENT);
    }
    uint64_t held = 99, authorities = 99;
    expect_status(nct_access_rights(NULL, NPI_CLINIC, 10, OLIVIA.ncid, 12, &held, &authorities), NCT_E_ARGUMENT);
    assert_true(held == 0 && authorities == 0);
    held = 99;
    expect_status(nct_access_rights(w->portal, NPI_CLINIC, 10, OLIVIA.ncid, 12, &held, NULL), NCT_E_ARGUMENT);
    assert_true(held == 0);
}

#define CASE(f) cmocka_unit_test_setup_teardown(f, world_setup_clinic, world_teardown)

int main(void) {
    const struct CMUnitTest tests[] = {
        CASE(many_answers_agree_with_single_checks),
        CASE(many_answers_read_a_grant_once_and_allocate_nothing),
        CASE(a_failing_store_allows_nothing_afterwards),
        CASE(no_questions_and_no_room_are_told_apart),
        CASE(all_rights_agree_with_single_checks),
        CASE(rights_outside_their_validity_are_none),
        CASE(malformed_questions_leave_nothing_set),
        CASE(who_can_names_exactly_those_a_check_allows),
        CASE(where_can_lists_the_providers_and_follows_a_revocation),
        CASE(a_list_for_a_nameless_right_is_refused),
        CASE(a_preview_tells_what_a_grant_does_and_does_nothing),
        CASE(a_preview_of_a_revocation_tells_of_the_last_access),
        CASE(a_preview_names_each_refusal_and_leaves_no_entry),
        CASE(an_explanation_names_the_grant_and_the_rule),
        CASE(an_explanation_names_the_standing_that_lacks),
        CASE(a_call_that_decides_nothing_leaves_no_permission),
        CASE(questions_fail_cleanly),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
