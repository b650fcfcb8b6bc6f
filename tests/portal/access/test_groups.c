/* Groups of users: rights under one name, for many people. */
#include "applications.h"
#include "terms.h"
#include "world.h"

#include <stdio.h>

#define BIT(right) (UINT64_C(1) << (right))

static nct_status set_group(struct world *w, const char *by, const char *name, uint64_t rights) {
    return terms_group_set(w->portal, by, NPI_CLINIC, name, rights);
}

static nct_status remove_group(struct world *w, const char *by, const char *name) {
    return nct_group_remove(w->portal, by, strlen(by), NPI_CLINIC, 10, name, strlen(name));
}

static nct_status join(struct world *w, const char *by, const char *name, const char *ncid) {
    return nct_group_join(w->portal, by, strlen(by), NPI_CLINIC, 10, ncid, strlen(ncid), name, strlen(name));
}

static nct_status leave(struct world *w, const char *by, const char *name, const char *ncid) {
    return nct_group_leave(w->portal, by, strlen(by), NPI_CLINIC, 10, ncid, strlen(ncid), name, strlen(name));
}

/* Frank may do it by every way of asking: a check, many checks, an actor, an explanation, his rights. */
static void expect_frank(struct world *w, int32_t right, nct_status wanted) {
    const char *ncid = FRANK.ncid, *npi = NPI_CLINIC;
    uint64_t rights = 0, authorities = 0;
    nct_status answer = 1;
    nct_actor *actor = NULL;
    nct_explanation *explanation = NULL;
    expect_status(world_check(w, ncid, npi, right), wanted);
    expect_status(nct_access_check_many(w->portal, 1, &npi, &ncid, &right, &answer), NCT_OK);
    expect_status(answer, wanted);
    expect_status(nct_actor_load(w->portal, ncid, strlen(ncid), &actor), NCT_OK);
    expect_status(nct_actor_check(actor, npi, 10, right), wanted);
    nct_actor_free(actor);
    expect_status(nct_access_explain(w->portal, npi, 10, ncid, strlen(ncid), right, &explanation), NCT_OK);
    expect_status(nct_explanation_reason(explanation), wanted);
    nct_explanation_free(explanation);
    expect_status(nct_access_rights(w->portal, npi, 10, ncid, strlen(ncid), &rights, &authorities), NCT_OK);
    assert_int_equal(rights >> right & 1, wanted == NCT_OK);
}

static void a_member_has_the_rights_of_the_group_beside_their_own(void **state) {
    struct world *w = *state;
    expect_status(set_group(w, OLIVIA.ncid, "billing", BIT(NCT_RIGHT_CLAIM_SUBMIT) | BIT(NCT_RIGHT_CLAIM_INQUIRY)),
                  NCT_OK);
    expect_frank(w, NCT_RIGHT_CLAIM_SUBMIT, NCT_E_RIGHT_MISSING);
    expect_status(join(w, OLIVIA.ncid, "billing", FRANK.ncid), NCT_OK);
    expect_frank(w, NCT_RIGHT_CLAIM_SUBMIT, NCT_OK);
    expect_frank(w, NCT_RIGHT_CLAIM_INQUIRY, NCT_OK);
    expect_frank(w, NCT_RIGHT_ELIGIBILITY_INQUIRY, NCT_OK);
    expect_frank(w, NCT_RIGHT_PA_SUBMIT, NCT_E_RIGHT_MISSING);
    expect_status(world_check(w, PETRA.ncid, NPI_CLINIC, NCT_RIGHT_CLAIM_SUBMIT), NCT_E_RIGHT_MISSING);
    expect_status(leave(w, OLIVIA.ncid, "billing", FRANK.ncid), NCT_OK);
    expect_frank(w, NCT_RIGHT_CLAIM_SUBMIT, NCT_E_RIGHT_MISSING);
    expect_frank(w, NCT_RIGHT_ELIGIBILITY_INQUIRY, NCT_OK);
}

static void a_changed_group_holds_at_once_for_all_members(void **state) {
    struct world *w = *state;
    expect_status(set_group(w, OLIVIA.ncid, "billing", BIT(NCT_RIGHT_CLAIM_SUBMIT)), NCT_OK);
    expect_status(join(w, OLIVIA.ncid, "billing", FRANK.ncid), NCT_OK);
    expect_status(join(w, OLIVIA.ncid, "billing", PETRA.ncid), NCT_OK);
    expect_status(set_group(w, OLIVIA.ncid, "billing", BIT(NCT_RIGHT_REFERRAL)), NCT_OK);
    expect_frank(w, NCT_RIGHT_CLAIM_SUBMIT, NCT_E_RIGHT_MISSING);
    expect_frank(w, NCT_RIGHT_REFERRAL, NCT_OK);
    expect_status(world_check(w, PETRA.ncid, NPI_CLINIC, NCT_RIGHT_REFERRAL), NCT_OK);
    expect_status(world_check(w, PETRA.ncid, NPI_CLINIC, NCT_RIGHT_CLAIM_SUBMIT), NCT_E_RIGHT_MISSING);
}

static void a_member_gives_up_what_the_group_lets_them_draft(void **state) {
    struct world *w = *state;
    char id[NCT_APPLICATION_ID_LENGTH + 1];
    int32_t found = 0;
    expect_status(set_group(w, OLIVIA.ncid, "prior", BIT(NCT_RIGHT_PA_SUBMIT)), NCT_OK);
    expect_status(join(w, OLIVIA.ncid, "prior", FRANK.ncid), NCT_OK);
    world_drafted(w, FRANK.ncid, NCT_SUBMISSION_MEDICAL_PA, id);
    expect_status(leave(w, OLIVIA.ncid, "prior", FRANK.ncid), NCT_OK);
    expect_status(world_act(w, FRANK.ncid, id, NCT_MOVE_DISCARD, &found), NCT_E_RIGHT_MISSING);
    expect_status(join(w, OLIVIA.ncid, "prior", FRANK.ncid), NCT_OK);
    expect_status(world_act(w, FRANK.ncid, id, NCT_MOVE_DISCARD, &found), NCT_OK);
    assert_int_equal(found, NCT_STATE_VOID);
}

/* The id of a group is never given twice. */
static void a_group_of_the_same_name_is_another_one(void **state) {
    struct world *w = *state;
    expect_status(set_group(w, OLIVIA.ncid, "billing", BIT(NCT_RIGHT_CLAIM_SUBMIT)), NCT_OK);
    expect_status(join(w, OLIVIA.ncid, "billing", FRANK.ncid), NCT_OK);
    expect_status(remove_group(w, OLIVIA.ncid, "billing"), NCT_OK);
    expect_frank(w, NCT_RIGHT_CLAIM_SUBMIT, NCT_E_RIGHT_MISSING);
    expect_status(set_group(w, OLIVIA.ncid, "billing", BIT(NCT_RIGHT_CLAIM_SUBMIT)), NCT_OK);
    expect_frank(w, NCT_RIGHT_CLAIM_SUBMIT, NCT_E_RIGHT_MISSING);
    expect_status(leave(w, OLIVIA.ncid, "billing", FRANK.ncid), NCT_E_NOT_FOUND);
}

static void a_signature_may_rest_on_a_group(void **state) {
    struct world *w = *state;
    const char *pin = world_pin_of(w, FRANK.ncid);
    expect_status(world_sign_pa(w, FRANK.ncid, WORLD_PASSWORD, pin), NCT_E_RIGHT_MISSING);
    expect_status(set_group(w, OLIVIA.ncid, "prior.approval", BIT(NCT_RIGHT_PA_SUBMIT)), NCT_OK);
    expect_status(join(w, OLIVIA.ncid, "prior.approval", FRANK.ncid), NCT_OK);
    expect_status(world_sign_pa(w, FRANK.ncid, WORLD_PASSWORD, pin), NCT_OK);
}

static void validity_bounds_the_rights_of_groups_too(void **state) {
    struct world *w = *state;
    expect_status(set_group(w, OLIVIA.ncid, "billing", BIT(NCT_RIGHT_CLAIM_SUBMIT)), NCT_OK);
    expect_status(terms_grant(w->portal, OLIVIA.ncid, NPI_CLINIC,
                              &(struct terms){.ncid = FRANK.ncid, .role = NCT_ROLE_USER, .until = w->now + 1000}),
                  NCT_OK);
    expect_status(join(w, OLIVIA.ncid, "billing", FRANK.ncid), NCT_OK);
    expect_frank(w, NCT_RIGHT_CLAIM_SUBMIT, NCT_OK);
    world_advance(w, 1000);
    expect_frank(w, NCT_RIGHT_CLAIM_SUBMIT, NCT_E_EXPIRED);
}

static void a_new_grant_and_a_revocation_end_all_memberships(void **state) {
    struct world *w = *state;
    expect_status(set_group(w, OLIVIA.ncid, "billing", BIT(NCT_RIGHT_CLAIM_SUBMIT)), NCT_OK);
    expect_status(join(w, OLIVIA.ncid, "billing", FRANK.ncid), NCT_OK);
    expect_status(world_grant(w, OLIVIA.ncid, NPI_CLINIC, FRANK.ncid, NCT_ROLE_USER, BIT(NCT_RIGHT_TRAINING)), NCT_OK);
    expect_frank(w, NCT_RIGHT_CLAIM_SUBMIT, NCT_E_RIGHT_MISSING);
    expect_status(join(w, OLIVIA.ncid, "billing", FRANK.ncid), NCT_OK);
    expect_status(world_revoke(w, OLIVIA.ncid, NPI_CLINIC, FRANK.ncid), NCT_OK);
    expect_frank(w, NCT_RIGHT_CLAIM_SUBMIT, NCT_E_NOT_PROVISIONED);
    expect_status(world_grant(w, OLIVIA.ncid, NPI_CLINIC, FRANK.ncid, NCT_ROLE_USER, 0), NCT_OK);
    expect_frank(w, NCT_RIGHT_CLAIM_SUBMIT, NCT_E_RIGHT_MISSING);
}

static void a_user_administrator_works_within_their_own_rights(void **state) {
    struct world *w = *state;
    expect_status(set_group(w, UMA.ncid, "desk", BIT(NCT_RIGHT_CLAIM_INQUIRY)), NCT_OK);
    expect_status(join(w, UMA.ncid, "desk", FRANK.ncid), NCT_OK);
    expect_status(set_group(w, UMA.ncid, "desk", BIT(NCT_RIGHT_CLAIM_SUBMIT)), NCT_E_EXCEEDS_OWN);
    expect_status(set_group(w, OLIVIA.ncid, "billing", BIT(NCT_RIGHT_CLAIM_SUBMIT)), NCT_OK);
    expect_status(join(w, UMA.ncid, "billing", FRANK.ncid), NCT_E_EXCEEDS_OWN);
    expect_frank(w, NCT_RIGHT_CLAIM_SUBMIT, NCT_E_RIGHT_MISSING);
    expect_status(join(w, OLIVIA.ncid, "billing", FRANK.ncid), NCT_OK);
    expect_status(leave(w, UMA.ncid, "billing", FRANK.ncid), NCT_OK); /* taking away needs no right */
    expect_frank(w, NCT_RIGHT_CLAIM_SUBMIT, NCT_E_RIGHT_MISSING);
}

/* Conditions are for being given something. */
static void who_no_longer_meets_the_conditions_can_still_be_taken_out(void **state) {
    struct world *w = *state;
    expect_status(set_group(w, OLIVIA.ncid, "billing", BIT(NCT_RIGHT_CLAIM_SUBMIT)), NCT_OK);
    expect_status(join(w, OLIVIA.ncid, "billing", FRANK.ncid), NCT_OK);
    expect_status(nct_rule_set(w->policy, "name", "listed", 6, NULL), NCT_OK);
    expect_status(nct_rule_set(w->policy, "role.user.standing", "managing_employee", 17, NULL), NCT_OK);
    world_reopen(w);
    expect_frank(w, NCT_RIGHT_CLAIM_SUBMIT, NCT_E_NOT_ON_RECORD);
    expect_status(join(w, OLIVIA.ncid, "billing", PETRA.ncid), NCT_E_NOT_ON_RECORD);
    expect_status(leave(w, OLIVIA.ncid, "billing", FRANK.ncid), NCT_OK);
    expect_status(world_list_principal(w, NPI_CLINIC, &FRANK, "managing_employee", 0, 0), NCT_OK);
    expect_frank(w, NCT_RIGHT_CLAIM_SUBMIT, NCT_E_RIGHT_MISSING);
    expect_frank(w, NCT_RIGHT_ELIGIBILITY_INQUIRY, NCT_OK);
}

static void each_refusal_has_its_status_and_leaves_an_entry(void **state) {
    struct world *w = *state;
    expect_status(set_group(w, OLIVIA.ncid, "desk", BIT(NCT_RIGHT_TRAINING)), NCT_OK);
    size_t entries = world_entries(w, "provider:" NPI_CLINIC);
    expect_status(set_group(w, FRANK.ncid, "desk", 0), NCT_E_NO_AUTHORITY);
    expect_status(set_group(w, OSCAR.ncid, "desk", 0), NCT_E_NOT_PROVISIONED);
    expect_status(join(w, FRANK.ncid, "desk", PETRA.ncid), NCT_E_NO_AUTHORITY);
    expect_status(join(w, OLIVIA.ncid, "desk", OLIVIA.ncid), NCT_E_SELF_GRANT);
    expect_status(join(w, UMA.ncid, "desk", OLIVIA.ncid), NCT_E_NOT_MANAGED);
    assert_int_equal(world_entries(w, "provider:" NPI_CLINIC) - entries, 5);
    expect_status(join(w, OLIVIA.ncid, "desk", UMA.ncid), NCT_E_STATE);
    expect_status(join(w, OLIVIA.ncid, "nowhere", FRANK.ncid), NCT_E_NOT_FOUND);
    expect_status(join(w, OLIVIA.ncid, "desk", OSCAR.ncid), NCT_E_NOT_FOUND);
    expect_status(remove_group(w, OLIVIA.ncid, "nowhere"), NCT_E_NOT_FOUND);
    expect_status(leave(w, OLIVIA.ncid, "desk", FRANK.ncid), NCT_E_NOT_FOUND);
    expect_status(terms_group_set(w->portal, OLIVIA.ncid, world_npi(5), "desk", 0), NCT_E_NOT_REGISTERED);
}

static void malformed_names_and_rights_are_told_apart(void **state) {
    struct world *w = *state;
    expect_status(set_group(w, OLIVIA.ncid, "", 0), NCT_E_EMPTY);
    expect_status(set_group(w, OLIVIA.ncid, "Billing", 0), NCT_E_CHARACTER);
    expect_status(set_group(w, OLIVIA.ncid, "two words", 0), NCT_E_CHARACTER);
    expect_status(set_group(w, OLIVIA.ncid, "12345678901234567890123456789012345678901", 0), NCT_E_TOO_LONG);
    expect_status(set_group(w, OLIVIA.ncid, "1234567890123456789012345678901234567890", 0), NCT_OK);
    expect_status(nct_group_set(w->portal, OLIVIA.ncid, strlen(OLIVIA.ncid), NPI_CLINIC, 10, "a\0b", 3, "", 0),
                  NCT_E_NUL);
    expect_status(nct_group_set(w->portal, OLIVIA.ncid, strlen(OLIVIA.ncid), NPI_CLINIC, 10, NULL, 3, "", 0),
                  NCT_E_ARGUMENT);
    expect_status(set_group(w, OLIVIA.ncid, "billing", BIT(12)), NCT_E_UNKNOWN_VALUE);
    expect_status(set_group(w, OLIVIA.ncid, "billing", UINT64_MAX), NCT_E_UNKNOWN_VALUE);
}

static void groups_and_memberships_are_bounded(void **state) {
    struct world *w = *state;
    char name[16];
    for (int i = 0; i < 32; i++) {
        snprintf(name, sizeof name, "group.%d", i);
        expect_status(set_group(w, OLIVIA.ncid, name, BIT(NCT_RIGHT_TRAINING)), NCT_OK);
        expect_status(join(w, OLIVIA.ncid, name, FRANK.ncid), i < 8 ? NCT_OK : NCT_E_LIMIT);
    }
    expect_status(set_group(w, OLIVIA.ncid, "group.32", 0), NCT_E_LIMIT);
    expect_status(set_group(w, OLIVIA.ncid, "group.31", 0), NCT_OK);
    expect_status(remove_group(w, OLIVIA.ncid, "group.5"), NCT_OK);
    expect_status(set_group(w, OLIVIA.ncid, "group.32", 0), NCT_OK);
    nct_group_list *list = NULL;
    expect_status(nct_group_list_by_provider(w->portal, NPI_CLINIC, 10, &list), NCT_OK);
    assert_int_equal(nct_group_list_count(list), 32);
    assert_null(nct_group_list_name(list, 32));
    nct_group_list_free(list);
}

static void members_are_listed_with_what_they_may_do(void **state) {
    struct world *w = *state;
    nct_grant_list *page = NULL;
    expect_status(set_group(w, OLIVIA.ncid, "billing", BIT(NCT_RIGHT_CLAIM_SUBMIT)), NCT_OK);
    expect_status(join(w, OLIVIA.ncid, "billing", FRANK.ncid), NCT_OK);
    expect_status(nct_group_members(w->portal, NPI_CLINIC, 10, "billing", 7, NULL, 0, 100, &page), NCT_OK);
    assert_int_equal(nct_grant_list_count(page), 1);
    assert_string_equal(nct_grant_list_ncid(page, 0), FRANK.ncid);
    assert_true(nct_grant_list_rights(page, 0) == (BIT(NCT_RIGHT_CLAIM_SUBMIT) | BIT(NCT_RIGHT_ELIGIBILITY_INQUIRY)));
    nct_grant_list_free(page);
    expect_status(nct_access_who_can(w->portal, NPI_CLINIC, 10, NCT_RIGHT_CLAIM_SUBMIT, NULL, 0, 100, &page), NCT_OK);
    assert_int_equal(nct_grant_list_count(page), 2); /* Frank and Olivia */
    nct_grant_list_free(page);
    expect_status(nct_group_members(w->portal, NPI_CLINIC, 10, "nowhere", 7, NULL, 0, 100, &page), NCT_E_NOT_FOUND);
    assert_null(page);
}

static void the_ledger_tells_of_groups(void **state) {
    struct world *w = *state;
    expect_status(set_group(w, OLIVIA.ncid, "billing", BIT(NCT_RIGHT_CLAIM_SUBMIT)), NCT_OK);
    expect_status(set_group(w, OLIVIA.ncid, "desk", BIT(NCT_RIGHT_TRAINING)), NCT_OK);
    expect_status(join(w, OLIVIA.ncid, "desk", FRANK.ncid), NCT_OK);
    expect_status(remove_group(w, OLIVIA.ncid, "billing"), NCT_OK);
    assert_true(world_ledger_mentions(w, "billing, group 1, rights 0000000000000002"));
    assert_true(world_ledger_mentions(w, "desk, group 2, rights "));
    assert_true(world_ledger_mentions(w, ", groups 2")); /* which one, of those at the provider */
    assert_true(world_ledger_mentions(w, "billing, group 1"));
    assert_true(world_ledger_mentions(w, "group.removed"));
    assert_int_equal(world_verdict(w, "provider:" NPI_CLINIC, NULL), NCT_LEDGER_VALID_BUT_UNANCHORED);
}

/* Puts every row of a space back as it was; answers how many. */
static size_t put_back(struct world *w, const struct rows *before, const char *space) {
    size_t count = 0;
    for (size_t i = 0; i < before->count; i++)
        if (before->at[i].space == space_of(space)) {
            row_force(w->store.inner, &before->at[i]);
            count++;
        }
    return count;
}

static void a_group_put_back_gives_nothing(void **state) {
    struct world *w = *state;
    expect_status(set_group(w, OLIVIA.ncid, "billing", BIT(NCT_RIGHT_CLAIM_SUBMIT)), NCT_OK);
    expect_status(join(w, OLIVIA.ncid, "billing", FRANK.ncid), NCT_OK);
    struct rows before = rows_take(w->store.inner);
    expect_status(set_group(w, OLIVIA.ncid, "billing", 0), NCT_OK);
    assert_int_equal(put_back(w, &before, "groups"), 1);
    expect_status(world_check(w, FRANK.ncid, NPI_CLINIC, NCT_RIGHT_CLAIM_SUBMIT), NCT_E_INTEGRITY);
    expect_status(join(w, OLIVIA.ncid, "billing", PETRA.ncid), NCT_E_INTEGRITY);
    rows_free(&before);
}

static void a_group_put_back_with_the_head_gives_nothing(void **state) {
    struct world *w = *state;
    expect_status(set_group(w, OLIVIA.ncid, "billing", BIT(NCT_RIGHT_CLAIM_SUBMIT)), NCT_OK);
    expect_status(join(w, OLIVIA.ncid, "billing", FRANK.ncid), NCT_OK);
    struct rows before = rows_take(w->store.inner);
    expect_status(set_group(w, OLIVIA.ncid, "billing", 0), NCT_OK);
    assert_int_equal(put_back(w, &before, "groups"), 1);
    for (size_t i = 0; i < before.count; i++)
        if (before.at[i].space == space_of("stream") && before.at[i].key[0] == 'P')
            row_force(w->store.inner, &before.at[i]);
    expect_status(world_check(w, FRANK.ncid, NPI_CLINIC, NCT_RIGHT_CLAIM_SUBMIT), NCT_E_INTEGRITY);
    rows_free(&before);
}

static void a_membership_put_back_is_found(void **state) {
    struct world *w = *state;
    expect_status(set_group(w, OLIVIA.ncid, "billing", BIT(NCT_RIGHT_CLAIM_SUBMIT)), NCT_OK);
    expect_status(join(w, OLIVIA.ncid, "billing", FRANK.ncid), NCT_OK);
    struct rows before = rows_take(w->store.inner);
    world_advance(w, 1);
    expect_status(leave(w, OLIVIA.ncid, "billing", FRANK.ncid), NCT_OK);
    assert_true(put_back(w, &before, "grant") > 0);
    expect_status(world_check(w, FRANK.ncid, NPI_CLINIC, NCT_RIGHT_CLAIM_SUBMIT), NCT_E_INTEGRITY);
    assert_true(put_back(w, &before, "grant_by_person") > 0);
    expect_status(world_check(w, FRANK.ncid, NPI_CLINIC, NCT_RIGHT_CLAIM_SUBMIT), NCT_E_INTEGRITY);
    assert_int_equal(world_verdict(w, "provider:" NPI_CLINIC, NULL), NCT_LEDGER_TAMPERED);
    rows_free(&before);
}

/* Every allocation and every store call fails once; afterwards all is as before, or as after. */
static void group_changes_are_whole_or_not_done(void **state) {
    struct world *w = *state;
    expect_status(set_group(w, OLIVIA.ncid, "billing", BIT(NCT_RIGHT_CLAIM_SUBMIT)), NCT_OK);
    nct_status status = NCT_E_NO_MEMORY;
    for (size_t i = 1; status != NCT_OK && i < 500; i++) {
        w->memory.fail_at = w->memory.calls + i;
        status = join(w, OLIVIA.ncid, "billing", FRANK.ncid);
        w->memory.fail_at = 0;
        expect_frank(w, NCT_RIGHT_CLAIM_SUBMIT, status == NCT_OK ? NCT_OK : NCT_E_RIGHT_MISSING);
    }
    expect_status(status, NCT_OK);
    status = NCT_E_STORE;
    for (size_t i = 1; status != NCT_OK && i < 500; i++) {
        world_fault(w, FAULT_ERROR, WORLD_ANY, i, 1);
        status = set_group(w, OLIVIA.ncid, "billing", BIT(NCT_RIGHT_REFERRAL));
        world_no_fault(w);
        expect_frank(w, NCT_RIGHT_CLAIM_SUBMIT, status == NCT_OK ? NCT_E_RIGHT_MISSING : NCT_OK);
        expect_frank(w, NCT_RIGHT_REFERRAL, status == NCT_OK ? NCT_OK : NCT_E_RIGHT_MISSING);
    }
    expect_status(status, NCT_OK);
    for (size_t i = 1; i <= 5; i++) { /* the five reads of a member's check */
        world_fault(w, FAULT_FLIPPED, WORLD_GET, i, 1);
        assert_true(world_check(w, FRANK.ncid, NPI_CLINIC, NCT_RIGHT_REFERRAL) != NCT_OK);
        world_no_fault(w);
    }
}

/* Frank leaves the group, and then it gets another right; or it loses a right, and then he joins it. */
static void leave_then_widen(void *argument) {
    expect_status(leave(argument, OLIVIA.ncid, "billing", FRANK.ncid), NCT_OK);
    expect_status(set_group(argument, OLIVIA.ncid, "billing", BIT(NCT_RIGHT_REFERRAL)), NCT_OK);
}

static void narrow_then_join(void *argument) {
    expect_status(set_group(argument, OLIVIA.ncid, "billing", BIT(NCT_RIGHT_CLAIM_SUBMIT)), NCT_OK);
    expect_status(join(argument, OLIVIA.ncid, "billing", FRANK.ncid), NCT_OK);
}

/* However the reads of a question and two commits fall, nobody is told yes of what they could do at no time. */
static nct_status ask(struct world *w, int way) {
    const char *ncid = FRANK.ncid, *npi = NPI_CLINIC;
    const int32_t right = NCT_RIGHT_REFERRAL;
    nct_status answer = NCT_E_BUSY;
    nct_actor *actor = NULL;
    nct_explanation *explanation = NULL;
    nct_grant_list *page = NULL;
    uint64_t rights = 0, authorities = 0;
    switch (way) {
    case 0:
        return world_check(w, ncid, npi, right);
    case 1:
        expect_status(nct_access_check_many(w->portal, 1, &npi, &ncid, &right, &answer), NCT_OK);
        return answer;
    case 2:
        expect_status(nct_actor_load(w->portal, ncid, strlen(ncid), &actor), NCT_OK);
        answer = nct_actor_check(actor, npi, 10, right);
        nct_actor_free(actor);
        return answer;
    case 3:
        expect_status(nct_access_explain(w->portal, npi, 10, ncid, strlen(ncid), right, &explanation), NCT_OK);
        answer = nct_explanation_reason(explanation);
        nct_explanation_free(explanation);
        return answer;
    case 4:
        expect_status(nct_access_rights(w->portal, npi, 10, ncid, strlen(ncid), &rights, &authorities), NCT_OK);
        return rights >> right & 1 ? NCT_OK : NCT_E_RIGHT_MISSING;
    default:
        expect_status(nct_access_who_can(w->portal, npi, 10, right, NULL, 0, 100, &page), NCT_OK);
        for (size_t i = 0; i < nct_grant_list_count(page); i++)
            answer = strcmp(nct_grant_list_ncid(page, i), ncid) == 0 ? NCT_OK : answer;
        nct_grant_list_free(page);
        return answer == NCT_OK ? NCT_OK : NCT_E_RIGHT_MISSING;
    }
}

static void an_answer_is_of_one_moment(void **state) {
    struct world *w = *state;
    for (int way = 0; way < 6; way++)
        for (size_t skip = 0; skip < 24; skip++)
            for (int widens = 0; widens < 2; widens++) {
                uint64_t before = widens ? BIT(NCT_RIGHT_CLAIM_SUBMIT) : BIT(NCT_RIGHT_REFERRAL);
                expect_status(set_group(w, OLIVIA.ncid, "billing", before), NCT_OK);
                nct_status ready = (widens ? join : leave)(w, OLIVIA.ncid, "billing", FRANK.ncid);
                assert_true(ready == NCT_OK || ready == NCT_E_NOT_FOUND);
                w->store.argument = w;
                w->store.before_get = widens ? leave_then_widen : narrow_then_join;
                w->store.before_get_skip = skip;
                expect_status(ask(w, way), NCT_E_RIGHT_MISSING);
                w->store.before_get = NULL;
            }
}

static void a_members_check_allocates_nothing_and_reads_eleven_rows(void **state) {
    struct world *w = *state;
    expect_status(set_group(w, OLIVIA.ncid, "billing", BIT(NCT_RIGHT_CLAIM_SUBMIT)), NCT_OK);
    expect_status(join(w, OLIVIA.ncid, "billing", FRANK.ncid), NCT_OK);
    size_t gets = w->store.gets, allocations = w->memory.calls;
    expect_status(world_check(w, FRANK.ncid, NPI_CLINIC, NCT_RIGHT_CLAIM_SUBMIT), NCT_OK);
    assert_int_equal(w->store.gets - gets, 11);
    assert_int_equal(w->memory.calls, allocations);
}

#define CASE(f) cmocka_unit_test_setup_teardown(f, world_setup_clinic, world_teardown)

int main(void) {
    const struct CMUnitTest tests[] = {
        CASE(a_member_has_the_rights_of_the_group_beside_their_own),
        CASE(a_changed_group_holds_at_once_for_all_members),
        CASE(a_member_gives_up_what_the_group_lets_them_draft),
        CASE(a_group_of_the_same_name_is_another_one),
        CASE(a_signature_may_rest_on_a_group),
        CASE(validity_bounds_the_rights_of_groups_too),
        CASE(a_new_grant_and_a_revocation_end_all_memberships),
        CASE(a_user_administrator_works_within_their_own_rights),
        CASE(who_no_longer_meets_the_conditions_can_still_be_taken_out),
        CASE(each_refusal_has_its_status_and_leaves_an_entry),
        CASE(malformed_names_and_rights_are_told_apart),
        CASE(groups_and_memberships_are_bounded),
        CASE(members_are_listed_with_what_they_may_do),
        CASE(the_ledger_tells_of_groups),
        CASE(a_group_put_back_gives_nothing),
        CASE(a_group_put_back_with_the_head_gives_nothing),
        CASE(a_membership_put_back_is_found),
        CASE(group_changes_are_whole_or_not_done),
        CASE(an_answer_is_of_one_moment),
        CASE(a_members_check_allocates_nothing_and_reads_eleven_rows),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
