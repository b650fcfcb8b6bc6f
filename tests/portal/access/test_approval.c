/* Access given by two people: one proposes, another confirms. */
#include "terms.h"
#include "world.h"

#define BIT(right) (UINT64_C(1) << (right))
#define DAY INT64_C(86400000)

static int32_t UA = NCT_ROLE_USER_ADMINISTRATOR;

static void set_rule(struct world *w, const char *path, const char *value) {
    expect_status(nct_rule_set(w->policy, path, value, strlen(value), NULL), NCT_OK);
}

/* A profile in which administrative roles take two, and a UA may propose an Enrollment Specialist. */
static int setup(void **state) {
    int status = world_setup_clinic(state);
    struct world *w = *state;
    set_rule(w, "name", "by.two");
    set_rule(w, "by_two", "user_administrator enrollment_specialist");
    set_rule(w, "role.office_administrator.manages", "user_administrator user enrollment_specialist");
    set_rule(w, "role.user_administrator.manages", "user enrollment_specialist");
    world_reopen(w);
    return status;
}

static nct_status propose(struct world *w, const char *by, const char *ncid, int32_t role, uint64_t rights) {
    return terms_propose(w->portal, by, NPI_CLINIC, &(struct terms){.ncid = ncid, .role = role, .rights = rights});
}

static nct_status confirm(struct world *w, const char *by, const char *ncid) {
    return nct_access_confirm(w->portal, by, strlen(by), NPI_CLINIC, 10, ncid, strlen(ncid));
}

static nct_status confirm_by_operator(struct world *w, const char *ncid) {
    return nct_access_confirm_by_operator(w->portal, WORLD_OPERATOR, strlen(WORLD_OPERATOR), NPI_CLINIC, 10, ncid,
                                          strlen(ncid));
}

static nct_status reject(struct world *w, const char *by, const char *ncid) {
    return nct_access_reject(w->portal, by, strlen(by), NPI_CLINIC, 10, ncid, strlen(ncid));
}

static nct_status administers(struct world *w, const char *ncid) {
    return world_check(w, ncid, NPI_CLINIC, NCT_AUTHORITY_USER_ADMINISTRATION);
}

static size_t waiting(struct world *w) {
    nct_proposal_list *list = NULL;
    expect_status(nct_proposal_list_by_provider(w->portal, NPI_CLINIC, 10, NULL, 0, 100, &list), NCT_OK);
    size_t count = nct_proposal_list_count(list);
    nct_proposal_list_free(list);
    return count;
}

static void one_person_alone_gives_no_such_role(void **state) {
    struct world *w = *state;
    expect_status(world_grant(w, OLIVIA.ncid, NPI_CLINIC, FRANK.ncid, UA, BIT(NCT_RIGHT_PA_SUBMIT)),
                  NCT_E_SECOND_PERSON);
    expect_status(world_add_user(w, OLIVIA.ncid, NPI_CLINIC, &SILAS, "user_administrator", "pa.submit"),
                  NCT_E_SECOND_PERSON);
    expect_status(administers(w, FRANK.ncid), NCT_E_NO_AUTHORITY);
    expect_status(world_check(w, SILAS.ncid, NPI_CLINIC, NCT_RIGHT_PA_SUBMIT), NCT_E_NOT_PROVISIONED);
    expect_status(world_grant(w, OLIVIA.ncid, NPI_CLINIC, FRANK.ncid, NCT_ROLE_USER, 0), NCT_OK);
    /* a refusal for another reason comes first */
    expect_status(world_grant(w, UMA.ncid, NPI_CLINIC, FRANK.ncid, UA, 0), NCT_E_NOT_MANAGED);
    expect_status(world_grant(w, OLIVIA.ncid, NPI_CLINIC, "nobody.here", UA, 0), NCT_E_UNKNOWN_PERSON);
}

static void a_second_person_puts_it_in_force(void **state) {
    struct world *w = *state;
    nct_proposal_list *list = NULL;
    expect_status(propose(w, OLIVIA.ncid, FRANK.ncid, UA, BIT(NCT_RIGHT_PA_SUBMIT)), NCT_OK);
    expect_status(administers(w, FRANK.ncid), NCT_E_NO_AUTHORITY);
    expect_status(nct_proposal_list_by_provider(w->portal, NPI_CLINIC, 10, NULL, 0, 100, &list), NCT_OK);
    assert_int_equal(nct_proposal_list_count(list), 1);
    assert_string_equal(nct_proposal_list_ncid(list, 0), FRANK.ncid);
    assert_string_equal(nct_proposal_list_proposed_by(list, 0), OLIVIA.ncid);
    assert_int_equal(nct_proposal_list_role(list, 0), UA);
    assert_true(nct_proposal_list_rights(list, 0) == BIT(NCT_RIGHT_PA_SUBMIT));
    assert_true(nct_proposal_list_proposed_at(list, 0) == w->now);
    assert_int_equal(nct_proposal_list_role(list, 1), NCT_ROLE_NONE);
    nct_proposal_list_free(list);
    expect_status(confirm(w, UMA.ncid, FRANK.ncid), NCT_OK);
    expect_status(administers(w, FRANK.ncid), NCT_OK);
    expect_status(world_check(w, FRANK.ncid, NPI_CLINIC, NCT_RIGHT_PA_SUBMIT), NCT_OK);
    expect_status(world_check(w, FRANK.ncid, NPI_CLINIC, NCT_RIGHT_ELIGIBILITY_INQUIRY), NCT_E_RIGHT_MISSING);
    assert_int_equal(waiting(w), 0);
    assert_true(world_ledger_mentions(w, "access.proposed"));
    assert_true(world_ledger_mentions(w, "access.confirmed"));
    assert_int_equal(world_verdict(w, "provider:" NPI_CLINIC, NULL), NCT_LEDGER_VALID_BUT_UNANCHORED);
    expect_status(confirm(w, UMA.ncid, FRANK.ncid), NCT_E_NOT_FOUND);
}

static void nobody_confirms_their_own_proposal_or_access(void **state) {
    struct world *w = *state;
    expect_status(propose(w, OLIVIA.ncid, FRANK.ncid, UA, 0), NCT_OK);
    expect_status(confirm(w, OLIVIA.ncid, FRANK.ncid), NCT_E_SECOND_PERSON);
    expect_status(confirm(w, "OLIVIA.Owner", FRANK.ncid), NCT_E_SECOND_PERSON);
    expect_status(confirm(w, FRANK.ncid, FRANK.ncid), NCT_E_NO_AUTHORITY);
    expect_status(propose(w, OLIVIA.ncid, UMA.ncid, UA, BIT(NCT_RIGHT_CLAIM_SUBMIT)), NCT_OK);
    expect_status(confirm(w, UMA.ncid, UMA.ncid), NCT_E_SELF_GRANT);
    expect_status(world_check(w, UMA.ncid, NPI_CLINIC, NCT_RIGHT_CLAIM_SUBMIT), NCT_E_RIGHT_MISSING);
    expect_status(confirm(w, OSCAR.ncid, FRANK.ncid), NCT_E_NOT_PROVISIONED);
    expect_status(confirm(w, PETRA.ncid, FRANK.ncid), NCT_E_NO_AUTHORITY);
    expect_status(administers(w, FRANK.ncid), NCT_E_NO_AUTHORITY);
}

static void an_operator_confirms_where_there_is_no_second(void **state) {
    struct world *w = *state;
    expect_status(confirm_by_operator(w, FRANK.ncid), NCT_E_NOT_FOUND);
    expect_status(propose(w, OLIVIA.ncid, FRANK.ncid, UA, 0), NCT_OK);
    expect_status(confirm_by_operator(w, FRANK.ncid), NCT_OK);
    expect_status(administers(w, FRANK.ncid), NCT_OK);
    assert_true(world_ledger_mentions(w, "operator:" WORLD_OPERATOR));
    nct_status status =
        nct_access_confirm_by_operator(w->portal, "", 0, NPI_CLINIC, 10, FRANK.ncid, strlen(FRANK.ncid));
    assert_int_equal(nct_status_category(status), NCT_CATEGORY_VALUE);
}

static void proposals_obey_the_rules_of_grants(void **state) {
    struct world *w = *state;
    expect_status(propose(w, UMA.ncid, FRANK.ncid, UA, 0), NCT_E_NOT_MANAGED);
    expect_status(propose(w, OLIVIA.ncid, OLIVIA.ncid, UA, 0), NCT_E_SELF_GRANT);
    expect_status(propose(w, FRANK.ncid, PETRA.ncid, UA, 0), NCT_E_NO_AUTHORITY);
    expect_status(propose(w, OLIVIA.ncid, "nobody.here", UA, 0), NCT_E_UNKNOWN_PERSON);
    expect_status(propose(w, OLIVIA.ncid, FRANK.ncid, NCT_ROLE_USER, 0), NCT_E_STATE);
    expect_status(propose(w, OLIVIA.ncid, FRANK.ncid, NCT_ROLE_OFFICE_ADMINISTRATOR, 0), NCT_E_UNKNOWN_VALUE);
    expect_status(propose(w, OLIVIA.ncid, FRANK.ncid, UA, BIT(12)), NCT_E_UNKNOWN_VALUE);
    assert_int_equal(waiting(w), 0);
    expect_status(propose(w, OLIVIA.ncid, FRANK.ncid, UA, 0), NCT_OK);
    expect_status(propose(w, OLIVIA.ncid, FRANK.ncid, UA, 1), NCT_E_PENDING);
    assert_int_equal(waiting(w), 1);
}

static void who_proposed_it_must_still_be_allowed_to(void **state) {
    struct world *w = *state;
    int32_t specialist = NCT_ROLE_ENROLLMENT_SPECIALIST;
    expect_status(propose(w, UMA.ncid, FRANK.ncid, specialist, 0), NCT_OK);
    expect_status(world_revoke(w, OLIVIA.ncid, NPI_CLINIC, UMA.ncid), NCT_OK);
    expect_status(confirm(w, OLIVIA.ncid, FRANK.ncid), NCT_E_NOT_PROVISIONED);
    expect_status(confirm_by_operator(w, FRANK.ncid), NCT_E_NOT_PROVISIONED);
    expect_status(world_check(w, FRANK.ncid, NPI_CLINIC, NCT_AUTHORITY_ENROLLMENT_PREPARE), NCT_E_NO_AUTHORITY);
}

static void a_proposal_about_other_access_than_there_is_has_lapsed(void **state) {
    struct world *w = *state;
    expect_status(propose(w, OLIVIA.ncid, FRANK.ncid, UA, 0), NCT_OK);
    world_advance(w, 1);
    expect_status(world_grant(w, OLIVIA.ncid, NPI_CLINIC, FRANK.ncid, NCT_ROLE_USER, 1), NCT_OK);
    expect_status(confirm(w, UMA.ncid, FRANK.ncid), NCT_E_LAPSED);
    expect_status(confirm_by_operator(w, FRANK.ncid), NCT_E_LAPSED);
    expect_status(administers(w, FRANK.ncid), NCT_E_NO_AUTHORITY);
    expect_status(reject(w, UMA.ncid, FRANK.ncid), NCT_OK);
    expect_status(propose(w, OLIVIA.ncid, FRANK.ncid, UA, 0), NCT_OK);
    expect_status(confirm(w, UMA.ncid, FRANK.ncid), NCT_OK);
}

/* A change in the millisecond of the grant before, or under a clock that went back to it, counts like any other. */
static void a_change_in_the_same_millisecond_makes_a_proposal_lapse(void **state) {
    struct world *w = *state;
    expect_status(propose(w, OLIVIA.ncid, UMA.ncid, UA, BIT(NCT_RIGHT_CLAIM_SUBMIT)), NCT_OK);
    expect_status(confirm_by_operator(w, UMA.ncid), NCT_OK);
    expect_status(world_grant(w, OLIVIA.ncid, NPI_CLINIC, FRANK.ncid, NCT_ROLE_USER, 1), NCT_OK);
    expect_status(propose(w, OLIVIA.ncid, FRANK.ncid, UA, BIT(NCT_RIGHT_CLAIM_SUBMIT)), NCT_OK);
    expect_status(world_grant(w, OLIVIA.ncid, NPI_CLINIC, FRANK.ncid, NCT_ROLE_USER, 0), NCT_OK);
    expect_status(confirm(w, UMA.ncid, FRANK.ncid), NCT_E_LAPSED);
    expect_status(reject(w, UMA.ncid, FRANK.ncid), NCT_OK);
    expect_status(propose(w, OLIVIA.ncid, FRANK.ncid, UA, 0), NCT_OK);
    expect_status(world_revoke(w, OLIVIA.ncid, NPI_CLINIC, FRANK.ncid), NCT_OK);
    expect_status(world_grant(w, OLIVIA.ncid, NPI_CLINIC, FRANK.ncid, NCT_ROLE_USER, 0), NCT_OK);
    expect_status(confirm(w, UMA.ncid, FRANK.ncid), NCT_E_LAPSED);
    expect_status(administers(w, FRANK.ncid), NCT_E_NO_AUTHORITY);
}

static void a_proposal_lapses_at_the_millisecond(void **state) {
    struct world *w = *state;
    expect_status(propose(w, OLIVIA.ncid, FRANK.ncid, UA, 0), NCT_OK);
    world_advance(w, 30 * DAY - 1);
    assert_int_equal(waiting(w), 1);
    world_advance(w, 1);
    assert_int_equal(waiting(w), 0);
    expect_status(confirm(w, UMA.ncid, FRANK.ncid), NCT_E_LAPSED);
    expect_status(propose(w, OLIVIA.ncid, FRANK.ncid, UA, 0), NCT_OK); /* the lapsed one holds nothing up */
    world_advance(w, 30 * DAY - 1);
    expect_status(confirm(w, UMA.ncid, FRANK.ncid), NCT_OK);
}

/* One made under a clock that was ahead would wait for as long as that, and the term besides. */
static void a_proposal_from_the_future_has_lapsed(void **state) {
    struct world *w = *state;
    world_advance(w, 1000 * DAY);
    expect_status(propose(w, OLIVIA.ncid, FRANK.ncid, UA, 0), NCT_OK);
    world_advance(w, -1000 * DAY);
    assert_int_equal(waiting(w), 0);
    expect_status(confirm(w, UMA.ncid, FRANK.ncid), NCT_E_LAPSED);
    expect_status(administers(w, FRANK.ncid), NCT_E_NO_AUTHORITY);
    expect_status(propose(w, OLIVIA.ncid, FRANK.ncid, UA, 0), NCT_OK);
    expect_status(confirm(w, UMA.ncid, FRANK.ncid), NCT_OK);
}

static void a_rejected_proposal_is_gone(void **state) {
    struct world *w = *state;
    expect_status(reject(w, UMA.ncid, FRANK.ncid), NCT_E_NOT_FOUND);
    expect_status(propose(w, OLIVIA.ncid, FRANK.ncid, UA, 0), NCT_OK);
    expect_status(reject(w, PETRA.ncid, FRANK.ncid), NCT_E_NO_AUTHORITY);
    expect_status(reject(w, OLIVIA.ncid, FRANK.ncid), NCT_OK);
    expect_status(confirm(w, UMA.ncid, FRANK.ncid), NCT_E_NOT_FOUND);
    assert_true(world_ledger_mentions(w, "access.rejected"));
    expect_status(administers(w, FRANK.ncid), NCT_E_NO_AUTHORITY);
}

static void one_person_alone_takes_access_away(void **state) {
    struct world *w = *state;
    expect_status(world_revoke(w, OLIVIA.ncid, NPI_CLINIC, UMA.ncid), NCT_OK);
    expect_status(administers(w, UMA.ncid), NCT_E_NOT_PROVISIONED);
}

static void a_proposal_lapses_with_the_validity_it_asks_for(void **state) {
    struct world *w = *state;
    struct terms terms = {.ncid = FRANK.ncid, .role = UA, .until = w->now + 10};
    expect_status(terms_propose(w->portal, OLIVIA.ncid, NPI_CLINIC, &terms), NCT_OK);
    world_advance(w, 10);
    expect_status(confirm(w, UMA.ncid, FRANK.ncid), NCT_E_LAPSED);
    terms.until = w->now;
    expect_status(terms_propose(w->portal, OLIVIA.ncid, NPI_CLINIC, &terms), NCT_E_DATE);
    terms.until = 0; /* the one that lapsed is in nobody's way */
    expect_status(terms_propose(w->portal, OLIVIA.ncid, NPI_CLINIC, &terms), NCT_OK);
    expect_status(confirm(w, UMA.ncid, FRANK.ncid), NCT_OK);
}

static nct_status set_group(struct world *w, uint64_t rights) {
    return terms_group_set(w->portal, OLIVIA.ncid, NPI_CLINIC, "desk", rights);
}

static nct_status join(struct world *w, const char *ncid) {
    return nct_group_join(w->portal, OLIVIA.ncid, strlen(OLIVIA.ncid), NPI_CLINIC, 10, ncid, strlen(ncid), "desk", 4);
}

static nct_status leave(struct world *w, const char *ncid) {
    return nct_group_leave(w->portal, OLIVIA.ncid, strlen(OLIVIA.ncid), NPI_CLINIC, 10, ncid, strlen(ncid), "desk", 4);
}

/* Where general users are given access by two, a group is no way around it. */
static void groups_are_no_way_around_the_second_person(void **state) {
    struct world *w = *state;
    expect_status(set_group(w, BIT(NCT_RIGHT_CLAIM_SUBMIT)), NCT_OK);
    expect_status(join(w, PETRA.ncid), NCT_OK); /* before the rule */
    set_rule(w, "by_two", "user_administrator user");
    set_rule(w, "role.office_administrator.manages", "user_administrator user");
    set_rule(w, "role.enrollment_specialist.authorities", "");
    set_rule(w, "role.user_administrator.manages", "user");
    world_reopen(w);
    expect_status(world_grant(w, OLIVIA.ncid, NPI_CLINIC, FRANK.ncid, NCT_ROLE_USER, BIT(NCT_RIGHT_CLAIM_SUBMIT)),
                  NCT_E_SECOND_PERSON);
    expect_status(join(w, FRANK.ncid), NCT_E_SECOND_PERSON);
    expect_status(world_check(w, FRANK.ncid, NPI_CLINIC, NCT_RIGHT_CLAIM_SUBMIT), NCT_E_RIGHT_MISSING);
    expect_status(set_group(w, BIT(NCT_RIGHT_CLAIM_SUBMIT) | BIT(NCT_RIGHT_REFERRAL)), NCT_E_SECOND_PERSON);
    expect_status(world_last_outcome(w, "provider:" NPI_CLINIC), NCT_E_SECOND_PERSON);
    expect_status(world_check(w, PETRA.ncid, NPI_CLINIC, NCT_RIGHT_REFERRAL), NCT_E_RIGHT_MISSING);
    expect_status(terms_group_set(w->portal, OLIVIA.ncid, NPI_CLINIC, "new", 1), NCT_E_SECOND_PERSON);
    /* taking away needs one */
    expect_status(set_group(w, 0), NCT_OK);
    expect_status(world_check(w, PETRA.ncid, NPI_CLINIC, NCT_RIGHT_CLAIM_SUBMIT), NCT_E_RIGHT_MISSING);
    expect_status(leave(w, PETRA.ncid), NCT_OK);
}

static size_t put_back(struct world *w, const struct rows *before, const char *space) {
    size_t count = 0;
    for (size_t i = 0; i < before->count; i++)
        if (before->at[i].space == space_of(space)) {
            row_force(w->store.inner, &before->at[i]);
            count++;
        }
    return count;
}

/* Nobody's access changed: only the proposal itself tells that it was rejected. */
static void a_rejected_proposal_put_back_is_found(void **state) {
    static const char *const spaces[] = {"proposal", "proposal_by_person"};
    struct world *w = *state;
    for (size_t i = 0; i < 2; i++) {
        expect_status(propose(w, OLIVIA.ncid, FRANK.ncid, UA, 0), NCT_OK);
        struct rows before = rows_take(w->store.inner);
        expect_status(reject(w, UMA.ncid, FRANK.ncid), NCT_OK);
        struct rows after = rows_take(w->store.inner);
        assert_int_equal(put_back(w, &before, spaces[i]), 1);
        nct_proposal_list *list = NULL;
        expect_status(nct_proposal_list_by_provider(w->portal, NPI_CLINIC, 10, NULL, 0, 100, &list), NCT_E_INTEGRITY);
        assert_null(list);
        expect_status(confirm(w, UMA.ncid, FRANK.ncid), NCT_E_INTEGRITY);
        expect_status(confirm_by_operator(w, FRANK.ncid), NCT_E_INTEGRITY);
        expect_status(propose(w, OLIVIA.ncid, FRANK.ncid, UA, 0), NCT_E_INTEGRITY);
        expect_status(reject(w, UMA.ncid, FRANK.ncid), NCT_E_INTEGRITY);
        expect_status(administers(w, FRANK.ncid), NCT_E_NO_AUTHORITY);
        rows_restore(w->store.inner, &after);
        rows_free(&before);
        rows_free(&after);
    }
}

/* What was confirmed once, and put back by somebody with the database's password, is not confirmed again. */
static void a_proposal_put_back_gives_nothing(void **state) {
    struct world *w = *state;
    expect_status(propose(w, OLIVIA.ncid, FRANK.ncid, UA, 0), NCT_OK);
    struct rows before = rows_take(w->store.inner);
    world_advance(w, 1);
    expect_status(confirm(w, UMA.ncid, FRANK.ncid), NCT_OK);
    expect_status(world_revoke(w, OLIVIA.ncid, NPI_CLINIC, FRANK.ncid), NCT_OK);
    assert_int_equal(put_back(w, &before, "proposal"), 1);
    expect_status(confirm(w, UMA.ncid, FRANK.ncid), NCT_E_INTEGRITY);
    assert_int_equal(put_back(w, &before, "proposal_by_person"), 1);
    rows_free(&before);
    expect_status(confirm(w, UMA.ncid, FRANK.ncid), NCT_E_INTEGRITY);
    expect_status(administers(w, FRANK.ncid), NCT_E_NOT_PROVISIONED);
}

static void confirm_behind(void *argument) {
    expect_status(confirm(argument, UMA.ncid, FRANK.ncid), NCT_OK);
}

static void two_at_once_confirm_once(void **state) {
    struct world *w = *state;
    expect_status(propose(w, OLIVIA.ncid, FRANK.ncid, UA, 0), NCT_OK);
    w->store.before_commit = confirm_behind;
    w->store.argument = w;
    expect_status(confirm_by_operator(w, FRANK.ncid), NCT_E_NOT_FOUND);
    expect_status(administers(w, FRANK.ncid), NCT_OK);
}

/* A proposal, and then its confirmation, with each allocation, random draw and store call failing in turn. */
static nct_status swept(struct world *w, int confirms) {
    return confirms ? confirm(w, UMA.ncid, FRANK.ncid) : propose(w, OLIVIA.ncid, FRANK.ncid, UA, 0);
}

static void proposals_are_whole_or_not_done(void **state) {
    struct world *w = *state;
    for (int confirms = 0; confirms <= 1; confirms++)
        for (int kind = 0; kind < 2; kind++) {
            nct_status status = NCT_E_STORE;
            for (size_t i = 1; status != NCT_OK && i < 500; i++) {
                if (kind == 0)
                    w->memory.fail_at = w->memory.calls + i;
                else
                    world_fault(w, FAULT_ERROR, WORLD_ANY, i, 1);
                status = swept(w, confirms);
                w->memory.fail_at = 0;
                world_no_fault(w);
                int done = status == NCT_OK;
                assert_int_equal(waiting(w), done != confirms);
                expect_status(administers(w, FRANK.ncid), confirms && done ? NCT_OK : NCT_E_NO_AUTHORITY);
            }
            expect_status(status, NCT_OK);
            if (confirms) /* back to where both sweeps begin */
                expect_status(world_grant(w, OLIVIA.ncid, NPI_CLINIC, FRANK.ncid, NCT_ROLE_USER, 0), NCT_OK);
            else if (kind == 0)
                expect_status(reject(w, UMA.ncid, FRANK.ncid), NCT_OK);
            if (confirms && kind == 0)
                expect_status(propose(w, OLIVIA.ncid, FRANK.ncid, UA, 0), NCT_OK);
        }
}

#define CASE(f) cmocka_unit_test_setup_teardown(f, setup, world_teardown)

int main(void) {
    const struct CMUnitTest tests[] = {
        CASE(one_person_alone_gives_no_such_role),
        CASE(a_second_person_puts_it_in_force),
        CASE(nobody_confirms_their_own_proposal_or_access),
        CASE(an_operator_confirms_where_there_is_no_second),
        CASE(proposals_obey_the_rules_of_grants),
        CASE(who_proposed_it_must_still_be_allowed_to),
        CASE(a_proposal_about_other_access_than_there_is_has_lapsed),
        CASE(a_change_in_the_same_millisecond_makes_a_proposal_lapse),
        CASE(a_proposal_lapses_at_the_millisecond),
        CASE(a_proposal_from_the_future_has_lapsed),
        CASE(a_rejected_proposal_is_gone),
        CASE(one_person_alone_takes_access_away),
        CASE(a_proposal_lapses_with_the_validity_it_asks_for),
        CASE(groups_are_no_way_around_the_second_person),
        CASE(a_rejected_proposal_put_back_is_found),
        CASE(a_proposal_put_back_gives_nothing),
        CASE(two_at_once_confirm_once),
        CASE(proposals_are_whole_or_not_done),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
