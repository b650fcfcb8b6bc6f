/* S6 and S14: nothing is allowed that was not granted; every way to ask answers the same. */
#include "terms.h"
#include "world.h"

#define BIT(right) (UINT64_C(1) << (right))

static void s06_front_office_may_inquire_and_not_submit_claims(void **state) {
    struct world *w = *state;
    expect_status(world_check(w, FRANK.ncid, NPI_CLINIC, NCT_RIGHT_ELIGIBILITY_INQUIRY), NCT_OK);
    expect_status(world_check(w, FRANK.ncid, NPI_CLINIC, NCT_RIGHT_CLAIM_SUBMIT), NCT_E_RIGHT_MISSING);
}

static void s06_each_refusal_has_its_status(void **state) {
    struct world *w = *state;
    const int32_t right = NCT_RIGHT_ELIGIBILITY_INQUIRY;
    expect_status(world_check(w, SILAS.ncid, NPI_CLINIC, right), NCT_E_NOT_PROVISIONED);
    expect_status(world_check(w, FRANK.ncid, world_npi(9), right), NCT_E_NOT_PROVISIONED);
    expect_status(world_check(w, FRANK.ncid, NPI_CLINIC, NCT_AUTHORITY_EFT_CHANGE), NCT_E_NO_AUTHORITY);
    expect_status(world_check(w, UMA.ncid, NPI_CLINIC, NCT_AUTHORITY_ENROLLMENT_SUBMIT), NCT_E_NO_AUTHORITY);
    static const int32_t nameless[] = {-1, 12, 31, 32, 63, 70, 127, INT32_MAX, INT32_MIN};
    for (size_t i = 0; i < sizeof nameless / sizeof nameless[0]; i++)
        expect_status(world_check(w, OLIVIA.ncid, NPI_CLINIC, nameless[i]), NCT_E_ARGUMENT);
    expect_status(nct_status_category(world_check(w, "x", NPI_CLINIC, right)), NCT_CATEGORY_VALUE);
    expect_status(nct_status_category(world_check(w, "", NPI_CLINIC, right)), NCT_CATEGORY_VALUE);
    expect_status(nct_status_category(world_check(w, "frank front", NPI_CLINIC, right)), NCT_CATEGORY_VALUE);
    expect_status(nct_status_category(world_check(w, FRANK.ncid, "", right)), NCT_CATEGORY_VALUE);
    expect_status(nct_status_category(world_check(w, FRANK.ncid, "1234567893 ", right)), NCT_CATEGORY_VALUE);
    expect_status(nct_status_category(nct_access_check(w->portal, NPI_CLINIC, 10, "frank.front\0", 12, right)),
                  NCT_CATEGORY_VALUE);
}

static void s06_a_check_allocates_nothing_and_reads_nine_rows_and_one_persons_grants(void **state) {
    struct world *w = *state;
    size_t allocations = w->memory.calls, gets = w->store.gets, scans = w->store.scans, commits = w->store.commits;
    expect_status(world_check(w, FRANK.ncid, NPI_CLINIC, NCT_RIGHT_ELIGIBILITY_INQUIRY), NCT_OK);
    assert_int_equal(w->memory.calls, allocations);
    assert_int_equal(w->store.gets - gets, 9);   /* two heads are read again: the answer is of one moment */
    assert_int_equal(w->store.scans - scans, 1); /* of all the person's grants: a pair put back is found */
    assert_int_equal(w->store.commits, commits);
}

static void s03_the_administrator_has_every_right_and_authority(void **state) {
    struct world *w = *state;
    const nct_policy *policy = nct_portal_policy(w->portal);
    for (int32_t right = 0; right < 70; right++)
        if (nct_right_name(policy, right) != NULL)
            expect_status(world_check(w, OLIVIA.ncid, NPI_CLINIC, right), NCT_OK);
}

static void s03_an_administrator_is_nobody_at_another_provider(void **state) {
    struct world *w = *state;
    const nct_policy *policy = nct_portal_policy(w->portal);
    world_register(w, world_npi(1), &OSCAR, NULL, NULL);
    for (int32_t right = 0; right < 70; right++)
        if (nct_right_name(policy, right) != NULL)
            expect_status(world_check(w, OLIVIA.ncid, world_npi(1), right), NCT_E_NOT_PROVISIONED);
}

/* The reason explained is the verdict checked, but for providers that are not registered. */
static void compare(struct world *w, const char *ncid, const char *npi, int32_t right, const nct_actor *actor) {
    nct_status checked = world_check(w, ncid, npi, right);
    expect_status(nct_actor_check(actor, npi, strlen(npi), right), checked);
    nct_explanation *explanation = NULL;
    expect_status(nct_access_explain(w->portal, npi, strlen(npi), ncid, strlen(ncid), right, &explanation), NCT_OK);
    nct_status explained = nct_explanation_reason(explanation);
    if (explained == NCT_E_NOT_REGISTERED)
        expect_status(checked, NCT_E_NOT_PROVISIONED);
    else
        expect_status(explained, checked);
    assert_true(strlen(nct_explanation_text(explanation)) > 0);
    nct_explanation_free(explanation);
}

static void s06_check_explain_and_actor_agree_on_everything(void **state) {
    struct world *w = *state;
    char code[NCT_AUTHORIZATION_CODE_LENGTH + 1];
    world_register(w, world_npi(1), &OSCAR, &FRANK, "claim.submit referral");
    world_enroll(w, world_npi(2), "organization", code);
    expect_status(terms_grant(w->portal, OSCAR.ncid, world_npi(1),
                              &(struct terms){.ncid = PETRA.ncid,
                                              .role = NCT_ROLE_USER,
                                              .rights = BIT(NCT_RIGHT_PA_SUBMIT),
                                              .from = w->now + 1000}),
                  NCT_OK);
    expect_status(terms_grant(w->portal, OSCAR.ncid, world_npi(1),
                              &(struct terms){.ncid = UMA.ncid,
                                              .role = NCT_ROLE_USER_ADMINISTRATOR,
                                              .rights = BIT(NCT_RIGHT_PA_SUBMIT),
                                              .until = w->now + 1}),
                  NCT_OK);
    world_advance(w, 10);
    expect_status(world_check(w, UMA.ncid, world_npi(1), NCT_RIGHT_PA_SUBMIT), NCT_E_EXPIRED);
    expect_status(world_check(w, PETRA.ncid, world_npi(1), NCT_RIGHT_PA_SUBMIT), NCT_E_NOT_YET_VALID);
    const struct cast *const people[] = {&OLIVIA, &UMA, &FRANK, &PETRA, &OSCAR, &SILAS};
    const char *providers[] = {NPI_CLINIC, world_npi(1), world_npi(2), world_npi(3)};
    const nct_policy *policy = nct_portal_policy(w->portal);
    for (size_t p = 0; p < 6; p++) {
        nct_actor *actor = NULL;
        expect_status(nct_actor_load(w->portal, people[p]->ncid, strlen(people[p]->ncid), &actor), NCT_OK);
        for (size_t n = 0; n < 4; n++)
            for (int32_t right = 0; right < 68; right++)
                if (nct_right_name(policy, right) != NULL)
                    compare(w, people[p]->ncid, providers[n], right, actor);
        nct_actor_free(actor);
    }
}

static void s06_an_actor_keeps_what_it_loaded_and_a_check_does_not(void **state) {
    struct world *w = *state;
    nct_actor *actor = NULL;
    expect_status(nct_actor_load(w->portal, FRANK.ncid, strlen(FRANK.ncid), &actor), NCT_OK);
    expect_status(world_revoke(w, OLIVIA.ncid, NPI_CLINIC, FRANK.ncid), NCT_OK);
    expect_status(world_check(w, FRANK.ncid, NPI_CLINIC, NCT_RIGHT_ELIGIBILITY_INQUIRY), NCT_E_NOT_PROVISIONED);
    expect_status(nct_actor_check(actor, NPI_CLINIC, 10, NCT_RIGHT_ELIGIBILITY_INQUIRY), NCT_OK);
    nct_actor_free(actor);
    expect_status(nct_actor_load(w->portal, FRANK.ncid, strlen(FRANK.ncid), &actor), NCT_OK);
    expect_status(nct_actor_check(actor, NPI_CLINIC, 10, NCT_RIGHT_ELIGIBILITY_INQUIRY), NCT_E_NOT_PROVISIONED);
    nct_actor_free(actor);
}

static void s06_an_actor_needs_a_provider_named(void **state) {
    struct world *w = *state;
    nct_actor *actor = NULL;
    expect_status(nct_actor_load(w->portal, OLIVIA.ncid, strlen(OLIVIA.ncid), &actor), NCT_OK);
    assert_true(nct_actor_check(actor, "", 0, NCT_RIGHT_ELIGIBILITY_INQUIRY) != NCT_OK);
    assert_true(nct_actor_check(actor, NULL, 0, NCT_RIGHT_ELIGIBILITY_INQUIRY) != NCT_OK);
    assert_true(nct_actor_check(actor, "*", 1, NCT_RIGHT_ELIGIBILITY_INQUIRY) != NCT_OK);
    assert_true(nct_actor_check(actor, NPI_CLINIC, 9, NCT_RIGHT_ELIGIBILITY_INQUIRY) != NCT_OK);
    assert_true(nct_actor_check(NULL, NPI_CLINIC, 10, NCT_RIGHT_ELIGIBILITY_INQUIRY) != NCT_OK);
    assert_int_equal(nct_actor_provider_count(actor), 1);
    assert_string_equal(nct_actor_provider(actor, 0), NPI_CLINIC);
    assert_null(nct_actor_provider(actor, 1));
    nct_actor_free(actor);
    expect_status(nct_actor_load(w->portal, SILAS.ncid, strlen(SILAS.ncid), &actor), NCT_OK);
    assert_int_equal(nct_actor_provider_count(actor), 0);
    nct_actor_free(actor);
}

static nct_status grant_frank(struct world *w, int64_t from, int64_t until) {
    return terms_grant(w->portal, OLIVIA.ncid, NPI_CLINIC,
                       &(struct terms){.ncid = FRANK.ncid,
                                       .role = NCT_ROLE_USER,
                                       .rights = BIT(NCT_RIGHT_CLAIM_INQUIRY),
                                       .from = from,
                                       .until = until});
}

static void s06_validity_begins_and_ends_at_the_millisecond(void **state) {
    struct world *w = *state;
    const int64_t from = w->now + 5000, until = w->now + 9000;
    expect_status(grant_frank(w, from, until), NCT_OK);
    nct_actor *actor = NULL;
    expect_status(nct_actor_load(w->portal, FRANK.ncid, strlen(FRANK.ncid), &actor), NCT_OK);
    const struct {
        int64_t now;
        nct_status verdict;
    } moments[] = {{from - 1, NCT_E_NOT_YET_VALID}, {from, NCT_OK}, {until - 1, NCT_OK},
                   {until, NCT_E_EXPIRED},          {from, NCT_OK}, {INT64_C(1), NCT_E_NOT_YET_VALID},
                   {until + 1, NCT_E_EXPIRED}};
    for (size_t i = 0; i < sizeof moments / sizeof moments[0]; i++) {
        w->now = moments[i].now;
        expect_status(world_check(w, FRANK.ncid, NPI_CLINIC, NCT_RIGHT_CLAIM_INQUIRY), moments[i].verdict);
        expect_status(nct_actor_check(actor, NPI_CLINIC, 10, NCT_RIGHT_CLAIM_INQUIRY), moments[i].verdict);
    }
    nct_actor_free(actor);
}

/* Without a clock nobody can tell whether a limited grant is valid: not allowed. */
static void s06_a_failing_clock_allows_nothing_limited(void **state) {
    struct world *w = *state;
    expect_status(grant_frank(w, 0, w->now + 9000), NCT_OK);
    nct_actor *actor = NULL;
    expect_status(nct_actor_load(w->portal, FRANK.ncid, strlen(FRANK.ncid), &actor), NCT_OK);
    static const nct_status answers[] = {NCT_E_CLOCK, 1, WORLD_HOST_CODE};
    for (size_t i = 0; i < 3; i++) {
        w->clock_status = answers[i];
        expect_status(world_check(w, FRANK.ncid, NPI_CLINIC, NCT_RIGHT_CLAIM_INQUIRY), NCT_E_CLOCK);
        expect_status(nct_actor_check(actor, NPI_CLINIC, 10, NCT_RIGHT_CLAIM_INQUIRY), NCT_E_CLOCK);
    }
    w->clock_status = NCT_OK;
    static const int64_t times[] = {-1, INT64_MIN, INT64_MAX, INT64_C(253402300800000)};
    for (size_t i = 0; i < 4; i++) {
        w->now = times[i];
        expect_status(world_check(w, FRANK.ncid, NPI_CLINIC, NCT_RIGHT_CLAIM_INQUIRY), NCT_E_CLOCK);
    }
    nct_actor_free(actor);
}

static void s06_a_validity_that_ends_before_it_begins_is_refused(void **state) {
    struct world *w = *state;
    expect_status(grant_frank(w, w->now + 2, w->now + 1), NCT_E_RANGE);
    expect_status(world_check(w, FRANK.ncid, NPI_CLINIC, NCT_RIGHT_ELIGIBILITY_INQUIRY), NCT_OK);
}

static void explain(struct world *w, const char *ncid, const char *npi, int32_t right, nct_explanation **out) {
    expect_status(nct_access_explain(w->portal, npi, strlen(npi), ncid, strlen(ncid), right, out), NCT_OK);
}

static void s06_an_explanation_says_why_and_whom_to_ask(void **state) {
    struct world *w = *state;
    nct_explanation *e[5] = {0};
    char code[NCT_AUTHORIZATION_CODE_LENGTH + 1];
    world_enroll(w, world_npi(2), "organization", code);
    explain(w, SILAS.ncid, NPI_CLINIC, NCT_RIGHT_PA_SUBMIT, &e[0]);
    explain(w, FRANK.ncid, NPI_CLINIC, NCT_RIGHT_PA_SUBMIT, &e[1]);
    explain(w, FRANK.ncid, NPI_CLINIC, NCT_AUTHORITY_ENROLLMENT_SUBMIT, &e[2]);
    explain(w, FRANK.ncid, world_npi(2), NCT_RIGHT_PA_SUBMIT, &e[3]);
    explain(w, FRANK.ncid, NPI_CLINIC, NCT_RIGHT_ELIGIBILITY_INQUIRY, &e[4]);
    static const nct_status reasons[] = {NCT_E_NOT_PROVISIONED, NCT_E_RIGHT_MISSING, NCT_E_NO_AUTHORITY,
                                         NCT_E_NOT_REGISTERED, NCT_OK};
    for (size_t i = 0; i < 5; i++) {
        expect_status(nct_explanation_reason(e[i]), reasons[i]);
        for (size_t j = 0; j < i; j++)
            assert_string_not_equal(nct_explanation_text(e[i]), nct_explanation_text(e[j]));
    }
    for (size_t i = 0; i < 3; i++) {
        assert_non_null(strstr(nct_explanation_text(e[i]), "Olivia Owner"));
        assert_string_equal(nct_explanation_helper_ncid(e[i]), OLIVIA.ncid);
        assert_string_equal(nct_explanation_helper_name(e[i]), "Olivia Owner");
    }
    assert_string_equal(nct_explanation_helper_ncid(e[3]), "");
    assert_int_equal(nct_explanation_role(e[0]), NCT_ROLE_NONE);
    assert_int_equal(nct_explanation_role(e[1]), NCT_ROLE_USER);
    for (size_t i = 0; i < 5; i++)
        nct_explanation_free(e[i]);
}

static void s06_listing_by_provider_pages_each_once(void **state) {
    struct world *w = *state;
    static const char *const wanted[] = {"frank.front", "olivia.owner", "petra.pharm", "uma.useradmin"};
    for (size_t limit = 1; limit <= 5; limit++) {
        char after[64] = "";
        size_t seen[4] = {0};
        for (int32_t more = 1; more;) {
            nct_grant_list *page = NULL;
            expect_status(nct_access_list_by_provider(w->portal, NPI_CLINIC, 10, after[0] ? after : NULL, strlen(after),
                                                      limit, &page),
                          NCT_OK);
            for (size_t i = 0; i < nct_grant_list_count(page); i++)
                for (size_t k = 0; k < 4; k++)
                    seen[k] += strcmp(nct_grant_list_ncid(page, i), wanted[k]) == 0;
            more = nct_grant_list_more(page);
            strcpy(after, nct_grant_list_cursor(page));
            nct_grant_list_free(page);
        }
        for (size_t k = 0; k < 4; k++)
            assert_int_equal(seen[k], 1);
    }
}

static void s06_a_listed_grant_tells_what_was_granted(void **state) {
    struct world *w = *state;
    const int64_t now = w->now;
    expect_status(grant_frank(w, now + 1, now + 2), NCT_OK);
    nct_grant_list *page = NULL;
    expect_status(nct_access_list_by_provider(w->portal, NPI_CLINIC, 10, NULL, 0, 10, &page), NCT_OK);
    assert_int_equal(nct_grant_list_count(page), 4);
    size_t frank = 0, olivia = 0;
    for (size_t i = 0; i < 4; i++) {
        frank = strcmp(nct_grant_list_ncid(page, i), FRANK.ncid) == 0 ? i : frank;
        olivia = strcmp(nct_grant_list_ncid(page, i), OLIVIA.ncid) == 0 ? i : olivia;
    }
    assert_int_equal(nct_grant_list_role(page, frank), NCT_ROLE_USER);
    assert_true(nct_grant_list_rights(page, frank) == BIT(NCT_RIGHT_CLAIM_INQUIRY));
    assert_true(nct_grant_list_valid_from(page, frank) == now + 1 &&
                nct_grant_list_valid_until(page, frank) == now + 2);
    assert_string_equal(nct_grant_list_granted_by(page, frank), OLIVIA.ncid);
    assert_true(nct_grant_list_granted_at(page, frank) == now);
    assert_string_equal(nct_grant_list_provider(page, frank), NPI_CLINIC);
    assert_int_equal(nct_grant_list_role(page, olivia), NCT_ROLE_OFFICE_ADMINISTRATOR);
    assert_true(nct_grant_list_rights(page, olivia) == nct_policy_rights(nct_portal_policy(w->portal)));
    assert_string_equal(nct_grant_list_granted_by(page, olivia), OLIVIA.ncid);
    assert_null(nct_grant_list_ncid(page, 4));
    assert_int_equal(nct_grant_list_role(page, 4), NCT_ROLE_NONE);
    assert_true(nct_grant_list_rights(page, 4) == 0);
    nct_grant_list_free(page);
}

static void s06_listing_by_person_leaves_out_what_was_revoked(void **state) {
    struct world *w = *state;
    world_register(w, world_npi(1), &OSCAR, &FRANK, "claim.submit");
    world_register(w, world_npi(2), &OSCAR, &FRANK, "claim.submit");
    expect_status(world_revoke(w, OSCAR.ncid, world_npi(1), FRANK.ncid), NCT_OK);
    size_t seen = 0;
    char after[64] = "";
    for (int32_t more = 1; more;) {
        nct_grant_list *page = NULL;
        expect_status(nct_access_list_by_person(w->portal, FRANK.ncid, strlen(FRANK.ncid), after[0] ? after : NULL,
                                                strlen(after), 1, &page),
                      NCT_OK);
        for (size_t i = 0; i < nct_grant_list_count(page); i++, seen++)
            assert_string_equal(nct_grant_list_provider(page, i), seen == 0 ? NPI_CLINIC : world_npi(2));
        more = nct_grant_list_more(page);
        strcpy(after, nct_grant_list_cursor(page));
        nct_grant_list_free(page);
        assert_true(seen <= 2);
    }
    assert_int_equal(seen, 2);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, world_setup_clinic, world_teardown)

int main(void) {
    const struct CMUnitTest tests[] = {
        CASE(s06_front_office_may_inquire_and_not_submit_claims),
        CASE(s06_each_refusal_has_its_status),
        CASE(s06_a_check_allocates_nothing_and_reads_nine_rows_and_one_persons_grants),
        CASE(s03_the_administrator_has_every_right_and_authority),
        CASE(s03_an_administrator_is_nobody_at_another_provider),
        CASE(s06_check_explain_and_actor_agree_on_everything),
        CASE(s06_an_actor_keeps_what_it_loaded_and_a_check_does_not),
        CASE(s06_an_actor_needs_a_provider_named),
        CASE(s06_validity_begins_and_ends_at_the_millisecond),
        CASE(s06_a_failing_clock_allows_nothing_limited),
        CASE(s06_a_validity_that_ends_before_it_begins_is_refused),
        CASE(s06_an_explanation_says_why_and_whom_to_ask),
        CASE(s06_listing_by_provider_pages_each_once),
        CASE(s06_a_listed_grant_tells_what_was_granted),
        CASE(s06_listing_by_person_leaves_out_what_was_revoked),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
