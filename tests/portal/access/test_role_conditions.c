/* Who may have a role: what it builds on, standing on the record, how many there may be. */
#include "terms.h"
#include "world.h"

#include <stdio.h>

#define EVERYTHING_UMA_HAS                                                                                             \
    (UINT64_C(1) << NCT_RIGHT_ELIGIBILITY_INQUIRY | UINT64_C(1) << NCT_RIGHT_CLAIM_INQUIRY |                           \
     UINT64_C(1) << NCT_RIGHT_PA_SUBMIT)

static int setup(void **state, const char *profile) {
    int status = world_setup_clinic(state);
    world_use_profile(*state, profile);
    return status;
}

static int setup_2022(void **state) {
    return setup(state, "2022");
}

static int setup_2025(void **state) {
    return setup(state, "2025");
}

/* Where the OA gives the role as others; how it comes by a request is told in test_oa_change.c. */
static int setup_2026(void **state) {
    int status = setup(state, "2026");
    struct world *w = *state;
    expect_status(nct_rule_set(w->policy, "name", "ours", 4, NULL), NCT_OK);
    expect_status(nct_rule_set(w->policy, "role.backup_office_administrator.by_request", "no", 2, NULL), NCT_OK);
    world_reopen(w);
    return status;
}

static nct_status give(struct world *w, const struct cast *who, int32_t role) {
    return world_grant(w, OLIVIA.ncid, NPI_CLINIC, who->ncid, role, EVERYTHING_UMA_HAS);
}

static nct_status list(struct world *w, const struct cast *who, const char *relationships) {
    return world_list_principal(w, NPI_CLINIC, who, relationships, 0, 0);
}

static nct_status check(struct world *w, const struct cast *who, int32_t right) {
    nct_actor *actor = NULL;
    nct_explanation *explanation = NULL;
    size_t len = strlen(who->ncid);
    nct_status status = world_check(w, who->ncid, NPI_CLINIC, right);
    expect_status(nct_actor_load(w->portal, who->ncid, len, &actor), NCT_OK);
    expect_status(nct_actor_check(actor, NPI_CLINIC, 10, right), status);
    nct_actor_free(actor);
    expect_status(nct_access_explain(w->portal, NPI_CLINIC, 10, who->ncid, len, right, &explanation), NCT_OK);
    expect_status(nct_explanation_reason(explanation), status);
    if (status == NCT_E_NOT_ON_RECORD) {
        assert_non_null(strstr(nct_explanation_text(explanation), "record"));
        assert_non_null(strstr(nct_explanation_help(explanation), "Olivia Owner (olivia.owner)"));
    }
    nct_explanation_free(explanation);
    return status;
}

static void make_managing(struct world *w, const struct cast *who) {
    expect_status(give(w, who, NCT_ROLE_USER_ADMINISTRATOR), NCT_OK);
    expect_status(list(w, who, "managing_relationship"), NCT_OK);
    expect_status(give(w, who, NCT_ROLE_MANAGING_RELATIONSHIP), NCT_OK);
}

static const char *backup_of(struct world *w, const char *npi) {
    static char ncid[32];
    nct_provider *provider = NULL;
    expect_status(nct_provider_get(w->portal, npi, 10, &provider), NCT_OK);
    (void)snprintf(ncid, sizeof ncid, "%s", nct_provider_backup_office_administrator(provider));
    nct_provider_free(provider);
    return ncid;
}

static void a_managing_relationship_user_is_a_user_administrator_first(void **state) {
    struct world *w = *state;
    expect_status(list(w, &PETRA, "managing_relationship"), NCT_OK);
    expect_status(give(w, &PETRA, NCT_ROLE_MANAGING_RELATIONSHIP), NCT_E_ROLE_BUILDS_ON);
    expect_status(world_last_outcome(w, "provider:" NPI_CLINIC), NCT_E_ROLE_BUILDS_ON);
    expect_status(give(w, &SILAS, NCT_ROLE_MANAGING_RELATIONSHIP), NCT_E_ROLE_BUILDS_ON);
    expect_status(give(w, &PETRA, NCT_ROLE_USER_ADMINISTRATOR), NCT_OK);
    expect_status(give(w, &PETRA, NCT_ROLE_MANAGING_RELATIONSHIP), NCT_OK);
    expect_status(give(w, &PETRA, NCT_ROLE_MANAGING_RELATIONSHIP), NCT_OK);
}

static void an_access_out_of_its_time_is_none_to_build_on(void **state) {
    struct world *w = *state;
    expect_status(list(w, &PETRA, "managing_relationship"), NCT_OK);
    expect_status(terms_grant(w->portal, OLIVIA.ncid, NPI_CLINIC,
                              &(struct terms){.ncid = PETRA.ncid,
                                              .role = NCT_ROLE_USER_ADMINISTRATOR,
                                              .from = w->now + 5,
                                              .until = w->now + 10}),
                  NCT_OK);
    expect_status(give(w, &PETRA, NCT_ROLE_MANAGING_RELATIONSHIP), NCT_E_ROLE_BUILDS_ON);
    world_advance(w, 10);
    expect_status(give(w, &PETRA, NCT_ROLE_MANAGING_RELATIONSHIP), NCT_E_ROLE_BUILDS_ON);
    world_advance(w, -1);
    expect_status(give(w, &PETRA, NCT_ROLE_MANAGING_RELATIONSHIP), NCT_OK);
}

static void a_managing_relationship_user_stands_on_the_record(void **state) {
    struct world *w = *state;
    static const char *const enough[] = {"managing_relationship", "owner", "managing_employee"};
    expect_status(give(w, &UMA, NCT_ROLE_MANAGING_RELATIONSHIP), NCT_E_NOT_ON_RECORD);
    expect_status(world_list_principal(w, NPI_CLINIC, &UMA, "owner", w->now + 1, 0), NCT_OK);
    expect_status(give(w, &UMA, NCT_ROLE_MANAGING_RELATIONSHIP), NCT_E_NOT_ON_RECORD);
    for (size_t i = 0; i < 3; i++) {
        expect_status(list(w, &UMA, enough[i]), NCT_OK);
        expect_status(give(w, &UMA, NCT_ROLE_MANAGING_RELATIONSHIP), NCT_OK);
        expect_status(give(w, &UMA, NCT_ROLE_USER_ADMINISTRATOR), NCT_OK);
    }
}

static void who_leaves_the_record_no_longer_acts(void **state) {
    struct world *w = *state;
    make_managing(w, &UMA);
    expect_status(check(w, &UMA, NCT_RIGHT_PA_SUBMIT), NCT_OK);
    expect_status(check(w, &UMA, NCT_AUTHORITY_ENROLLMENT_SUBMIT), NCT_OK);
    expect_status(world_unlist_principal(w, NPI_CLINIC, UMA.ncid), NCT_OK);
    expect_status(check(w, &UMA, NCT_RIGHT_PA_SUBMIT), NCT_E_NOT_ON_RECORD);
    expect_status(check(w, &UMA, NCT_RIGHT_CLAIM_SUBMIT), NCT_E_NOT_ON_RECORD);
    expect_status(check(w, &UMA, NCT_AUTHORITY_USER_ADMINISTRATION), NCT_E_NOT_ON_RECORD);
    expect_status(world_grant(w, UMA.ncid, NPI_CLINIC, FRANK.ncid, NCT_ROLE_USER, 0), NCT_E_NOT_ON_RECORD);
    expect_status(world_report_lost(w, UMA.ncid, NPI_CLINIC, FRANK.ncid), NCT_E_NOT_ON_RECORD);
    expect_status(world_sign(w, UMA.ncid, WORLD_PASSWORD, world_pin_of(w, UMA.ncid), NPI_CLINIC,
                             NCT_SUBMISSION_PHARMACY_PA, NULL),
                  NCT_E_NOT_ON_RECORD);
    assert_int_equal(world_verdict(w, "provider:" NPI_CLINIC, NULL), NCT_LEDGER_VALID_BUT_UNANCHORED);
    expect_status(list(w, &UMA, "owner"), NCT_OK);
    expect_status(check(w, &UMA, NCT_RIGHT_PA_SUBMIT), NCT_OK);
}

static void a_validity_on_the_record_counts_at_each_use(void **state) {
    struct world *w = *state;
    uint64_t rights = 99, authorities = 99;
    make_managing(w, &UMA);
    expect_status(world_list_principal(w, NPI_CLINIC, &UMA, "owner", w->now + 10, w->now + 20), NCT_OK);
    for (int i = 0; i < 30; i++, world_advance(w, 1)) {
        int stands = i >= 10 && i < 20;
        expect_status(check(w, &UMA, NCT_RIGHT_PA_SUBMIT), stands ? NCT_OK : NCT_E_NOT_ON_RECORD);
        expect_status(nct_access_rights(w->portal, NPI_CLINIC, 10, UMA.ncid, strlen(UMA.ncid), &rights, &authorities),
                      NCT_OK);
        assert_int_equal(rights, stands ? EVERYTHING_UMA_HAS : 0);
    }
    expect_status(give(w, &UMA, NCT_ROLE_USER), NCT_OK); /* a role that asks for no standing */
    expect_status(check(w, &UMA, NCT_RIGHT_PA_SUBMIT), NCT_OK);
}

/* What was granted under other rules is judged by those of today. */
static void a_grant_of_an_earlier_profile_meets_the_later_condition(void **state) {
    struct world *w = *state;
    expect_status(give(w, &PETRA, NCT_ROLE_MANAGING_RELATIONSHIP), NCT_OK);
    expect_status(check(w, &PETRA, NCT_RIGHT_PA_SUBMIT), NCT_OK);
    expect_status(check(w, &PETRA, NCT_AUTHORITY_ENROLLMENT_SUBMIT), NCT_E_NO_AUTHORITY);
    world_use_profile(w, "2025");
    expect_status(check(w, &PETRA, NCT_RIGHT_PA_SUBMIT), NCT_E_NOT_ON_RECORD);
    expect_status(check(w, &PETRA, NCT_AUTHORITY_ENROLLMENT_SUBMIT), NCT_E_NOT_ON_RECORD);
    expect_status(list(w, &PETRA, "managing_relationship"), NCT_OK);
    expect_status(check(w, &PETRA, NCT_AUTHORITY_ENROLLMENT_SUBMIT), NCT_OK);
}

/* A role that the profile does not know gives nothing, and is nobody's for good: the Office Administrator ends it. */
static void a_role_the_profile_does_not_know_gives_nothing(void **state) {
    struct world *w = *state;
    make_managing(w, &UMA);
    make_managing(w, &PETRA);
    expect_status(give(w, &PETRA, NCT_ROLE_BACKUP_OFFICE_ADMINISTRATOR), NCT_OK);
    expect_status(world_unlist_principal(w, NPI_CLINIC, UMA.ncid), NCT_OK);
    expect_status(check(w, &UMA, NCT_RIGHT_PA_SUBMIT), NCT_E_NOT_ON_RECORD);
    world_use_profile(w, "2013");
    const struct cast *const former[] = {&UMA, &PETRA};
    for (size_t i = 0; i < 2; i++) {
        uint64_t rights = 99, authorities = 99;
        const char *ncid = former[i]->ncid;
        expect_status(check(w, former[i], NCT_RIGHT_PA_SUBMIT), NCT_E_NOT_PROVISIONED);
        expect_status(check(w, former[i], NCT_AUTHORITY_USER_ADMINISTRATION), NCT_E_NOT_PROVISIONED);
        expect_status(nct_access_rights(w->portal, NPI_CLINIC, 10, ncid, strlen(ncid), &rights, &authorities), NCT_OK);
        assert_true(rights == 0 && authorities == 0);
        expect_status(
            world_sign(w, ncid, WORLD_PASSWORD, world_pin_of(w, ncid), NPI_CLINIC, NCT_SUBMISSION_PHARMACY_PA, NULL),
            NCT_E_NOT_PROVISIONED);
    }
    expect_status(give(w, &FRANK, NCT_ROLE_USER_ADMINISTRATOR), NCT_OK);
    expect_status(world_revoke(w, FRANK.ncid, NPI_CLINIC, UMA.ncid), NCT_E_NOT_MANAGED);
    expect_status(world_revoke(w, OLIVIA.ncid, NPI_CLINIC, UMA.ncid), NCT_OK);
    expect_status(give(w, &PETRA, NCT_ROLE_MANAGING_RELATIONSHIP), NCT_E_NOT_MANAGED);
    expect_status(give(w, &PETRA, NCT_ROLE_USER), NCT_OK);
    expect_status(check(w, &PETRA, NCT_RIGHT_PA_SUBMIT), NCT_OK);
    assert_string_equal(backup_of(w, NPI_CLINIC), "");
}

static void a_demoted_administrator_is_none_to_build_on(void **state) {
    struct world *w = *state;
    make_managing(w, &UMA);
    expect_status(give(w, &UMA, NCT_ROLE_USER), NCT_OK);
    expect_status(give(w, &UMA, NCT_ROLE_MANAGING_RELATIONSHIP), NCT_E_ROLE_BUILDS_ON);
    expect_status(give(w, &UMA, NCT_ROLE_USER_ADMINISTRATOR), NCT_OK);
    expect_status(give(w, &UMA, NCT_ROLE_MANAGING_RELATIONSHIP), NCT_OK);
    expect_status(world_revoke(w, OLIVIA.ncid, NPI_CLINIC, UMA.ncid), NCT_OK);
    expect_status(give(w, &UMA, NCT_ROLE_MANAGING_RELATIONSHIP), NCT_E_ROLE_BUILDS_ON);
}

static void a_record_has_one_backup_administrator(void **state) {
    struct world *w = *state;
    expect_status(give(w, &UMA, NCT_ROLE_BACKUP_OFFICE_ADMINISTRATOR), NCT_E_ROLE_BUILDS_ON);
    make_managing(w, &UMA);
    make_managing(w, &PETRA);
    assert_string_equal(backup_of(w, NPI_CLINIC), "");
    expect_status(give(w, &UMA, NCT_ROLE_BACKUP_OFFICE_ADMINISTRATOR), NCT_OK);
    assert_string_equal(backup_of(w, NPI_CLINIC), UMA.ncid);
    expect_status(give(w, &PETRA, NCT_ROLE_BACKUP_OFFICE_ADMINISTRATOR), NCT_E_ROLE_TAKEN);
    expect_status(world_last_outcome(w, "provider:" NPI_CLINIC), NCT_E_ROLE_TAKEN);
    expect_status(give(w, &UMA, NCT_ROLE_BACKUP_OFFICE_ADMINISTRATOR), NCT_OK);
    expect_status(check(w, &UMA, NCT_RIGHT_TRAINING), NCT_OK); /* every right */
    expect_status(check(w, &UMA, NCT_AUTHORITY_ENROLLMENT_SUBMIT), NCT_OK);
    expect_status(check(w, &UMA, NCT_AUTHORITY_INITIAL_ENROLLMENT), NCT_E_NO_AUTHORITY);
    expect_status(give(w, &UMA, NCT_ROLE_MANAGING_RELATIONSHIP), NCT_OK);
    assert_string_equal(backup_of(w, NPI_CLINIC), "");
    expect_status(give(w, &PETRA, NCT_ROLE_BACKUP_OFFICE_ADMINISTRATOR), NCT_OK);
    expect_status(world_revoke(w, OLIVIA.ncid, NPI_CLINIC, PETRA.ncid), NCT_OK);
    assert_string_equal(backup_of(w, NPI_CLINIC), "");
    expect_status(give(w, &UMA, NCT_ROLE_BACKUP_OFFICE_ADMINISTRATOR), NCT_OK);
    assert_int_equal(world_verdict(w, "provider:" NPI_CLINIC, NULL), NCT_LEDGER_VALID_BUT_UNANCHORED);
}

static void an_expired_backup_keeps_the_place_until_revoked(void **state) {
    struct world *w = *state;
    make_managing(w, &UMA);
    make_managing(w, &PETRA);
    expect_status(
        terms_grant(
            w->portal, OLIVIA.ncid, NPI_CLINIC,
            &(struct terms){.ncid = UMA.ncid, .role = NCT_ROLE_BACKUP_OFFICE_ADMINISTRATOR, .until = w->now + 10}),
        NCT_OK);
    world_advance(w, 10);
    expect_status(check(w, &UMA, NCT_RIGHT_TRAINING), NCT_E_EXPIRED);
    expect_status(give(w, &PETRA, NCT_ROLE_BACKUP_OFFICE_ADMINISTRATOR), NCT_E_ROLE_TAKEN);
    expect_status(world_revoke(w, OLIVIA.ncid, NPI_CLINIC, UMA.ncid), NCT_OK);
    expect_status(give(w, &PETRA, NCT_ROLE_BACKUP_OFFICE_ADMINISTRATOR), NCT_OK);
}

static void a_backup_serves_one_record(void **state) {
    struct world *w = *state;
    make_managing(w, &UMA);
    expect_status(give(w, &UMA, NCT_ROLE_BACKUP_OFFICE_ADMINISTRATOR), NCT_OK);
    world_register(w, world_npi(1), &OLIVIA, NULL, NULL);
    expect_status(world_check(w, UMA.ncid, world_npi(1), NCT_RIGHT_TRAINING), NCT_E_NOT_PROVISIONED);
    assert_string_equal(backup_of(w, world_npi(1)), "");
    expect_status(world_grant(w, OLIVIA.ncid, world_npi(1), UMA.ncid, NCT_ROLE_BACKUP_OFFICE_ADMINISTRATOR, 0),
                  NCT_E_ROLE_BUILDS_ON);
}

static void a_backup_manages_neither_the_administrator_nor_a_backup(void **state) {
    struct world *w = *state;
    make_managing(w, &UMA);
    make_managing(w, &PETRA);
    expect_status(give(w, &UMA, NCT_ROLE_BACKUP_OFFICE_ADMINISTRATOR), NCT_OK);
    expect_status(world_revoke(w, UMA.ncid, NPI_CLINIC, OLIVIA.ncid), NCT_E_NOT_MANAGED);
    expect_status(world_grant(w, UMA.ncid, NPI_CLINIC, PETRA.ncid, NCT_ROLE_BACKUP_OFFICE_ADMINISTRATOR, 0),
                  NCT_E_NOT_MANAGED);
    expect_status(world_grant(w, UMA.ncid, NPI_CLINIC, UMA.ncid, NCT_ROLE_USER, 0), NCT_E_SELF_GRANT);
    expect_status(world_grant(w, UMA.ncid, NPI_CLINIC, PETRA.ncid, NCT_ROLE_USER_ADMINISTRATOR, 0), NCT_OK);
}

static void limit_users(struct world *w, const char *most) {
    expect_status(nct_rule_set(w->policy, "name", "limited", 7, NULL), NCT_OK);
    expect_status(nct_rule_set(w->policy, "role.user.most", most, strlen(most), NULL), NCT_OK);
}

/* No dated profile limits another role; a host's may. */
static void any_role_may_have_a_limit(void **state) {
    struct world *w = *state;
    limit_users(w, "2");
    world_reopen(w);
    expect_status(give(w, &UMA, NCT_ROLE_USER), NCT_E_ROLE_TAKEN); /* Frank and Petra */
    expect_status(give(w, &PETRA, NCT_ROLE_USER), NCT_OK);
    expect_status(world_add_user(w, OLIVIA.ncid, NPI_CLINIC, &SILAS, "user", "training"), NCT_E_ROLE_TAKEN);
    expect_status(world_revoke(w, OLIVIA.ncid, NPI_CLINIC, PETRA.ncid), NCT_OK);
    expect_status(world_add_user(w, OLIVIA.ncid, NPI_CLINIC, &SILAS, "user", "training"), NCT_OK);
    expect_status(give(w, &UMA, NCT_ROLE_USER), NCT_E_ROLE_TAKEN);
}

static nct_form *registration_of_three(struct world *w, const char *code) {
    nct_form *form = world_registration(w, world_npi(7), code, &OSCAR);
    world_set_user(form, 0, &FRANK, "user", "training");
    world_set_user(form, 1, &PETRA, "user", "training");
    world_set_user(form, 2, &UMA, "user_administrator", "training");
    return form;
}

/* The registration gives access too: what the profile says of a role holds there. */
static void a_registration_is_no_way_around_the_conditions(void **state) {
    struct world *w = *state;
    char code[64];
    world_enroll(w, world_npi(7), "organization", code);
    limit_users(w, "1");
    expect_status(nct_rule_set(w->policy, "role.user_administrator.from", "user", 4, NULL), NCT_OK);
    world_reopen(w);
    nct_form *form = registration_of_three(w, code);
    expect_status(world_submit(form), NCT_E_PROBLEMS);
    expect_status(world_problem_at(form, "users[1].role"), NCT_E_ROLE_TAKEN);
    expect_status(world_problem_at(form, "users[2].role"), NCT_E_ROLE_BUILDS_ON);
    expect_status(world_problem_at(form, "users[0].role"), NCT_OK);
    nct_form_free(form);
    expect_status(nct_rule_set(w->policy, "role.user_administrator.from", "", 0, NULL), NCT_OK);
    expect_status(nct_rule_set(w->policy, "role.user.most", "2", 1, NULL), NCT_OK);
    world_reopen(w);
    form = registration_of_three(w, code);
    expect_status(world_submit(form), NCT_OK);
    nct_form_free(form);
    expect_status(world_check(w, PETRA.ncid, world_npi(7), NCT_RIGHT_TRAINING), NCT_OK);
}

static void add_silas_behind(void *argument) {
    expect_status(world_add_user(argument, OLIVIA.ncid, NPI_CLINIC, &SILAS, "user", "training"), NCT_OK);
}

static void two_at_once_do_not_exceed_a_limit(void **state) {
    struct world *w = *state;
    limit_users(w, "3");
    world_reopen(w);
    w->store.before_commit = add_silas_behind;
    w->store.argument = w;
    expect_status(give(w, &UMA, NCT_ROLE_USER), NCT_E_ROLE_TAKEN);
}

static void make_petra_backup(void *argument) {
    expect_status(give(argument, &PETRA, NCT_ROLE_BACKUP_OFFICE_ADMINISTRATOR), NCT_OK);
}

static void two_backups_at_once_are_one(void **state) {
    struct world *w = *state;
    make_managing(w, &UMA);
    make_managing(w, &PETRA);
    w->store.before_commit = make_petra_backup;
    w->store.argument = w;
    expect_status(give(w, &UMA, NCT_ROLE_BACKUP_OFFICE_ADMINISTRATOR), NCT_E_ROLE_TAKEN);
    assert_string_equal(backup_of(w, NPI_CLINIC), PETRA.ncid);
}

static void unlist_uma_behind(void *argument) {
    expect_status(world_unlist_principal(argument, NPI_CLINIC, UMA.ncid), NCT_OK);
}

static void leaving_the_record_beats_a_grant_at_the_same_time(void **state) {
    struct world *w = *state;
    expect_status(list(w, &UMA, "owner"), NCT_OK);
    w->store.before_commit = unlist_uma_behind;
    w->store.argument = w;
    expect_status(give(w, &UMA, NCT_ROLE_MANAGING_RELATIONSHIP), NCT_E_NOT_ON_RECORD);
    expect_status(check(w, &UMA, NCT_AUTHORITY_ENROLLMENT_SUBMIT), NCT_E_NO_AUTHORITY);
}

static void unlist_uma(struct world *w) {
    unlist_uma_behind(w);
}

static size_t uma_may_nothing(struct world *w, void *argument) {
    (void)argument;
    nct_status status = world_check(w, UMA.ncid, NPI_CLINIC, NCT_RIGHT_PA_SUBMIT);
    assert_true(status != NCT_OK);
    assert_true(world_check(w, UMA.ncid, NPI_CLINIC, NCT_AUTHORITY_ENROLLMENT_SUBMIT) != NCT_OK);
    return status == NCT_E_INTEGRITY;
}

static void a_row_put_back_restores_no_standing(void **state) {
    struct world *w = *state;
    make_managing(w, &UMA);
    struct world_judge judge = {uma_may_nothing, NULL};
    assert_true(world_put_back_each(w, unlist_uma, judge) >= 2);
}

static void demote_uma(struct world *w) {
    expect_status(give(w, &UMA, NCT_ROLE_USER), NCT_OK);
    expect_status(give(w, &PETRA, NCT_ROLE_BACKUP_OFFICE_ADMINISTRATOR), NCT_OK);
}

static size_t there_is_no_second_backup(struct world *w, void *argument) {
    (void)argument;
    nct_status status = give(w, &FRANK, NCT_ROLE_BACKUP_OFFICE_ADMINISTRATOR);
    assert_true(status != NCT_OK);
    assert_true(world_check(w, UMA.ncid, NPI_CLINIC, NCT_RIGHT_TRAINING) != NCT_OK);
    return status == NCT_E_INTEGRITY;
}

static void a_provider_row_put_back_makes_no_second_backup(void **state) {
    struct world *w = *state;
    make_managing(w, &UMA);
    make_managing(w, &PETRA);
    make_managing(w, &FRANK);
    expect_status(give(w, &UMA, NCT_ROLE_BACKUP_OFFICE_ADMINISTRATOR), NCT_OK);
    struct world_judge judge = {there_is_no_second_backup, NULL};
    assert_true(world_put_back_each(w, demote_uma, judge) >= 1);
}

/* Both rows put back together pass a check; the ledger finds them. */
static void rows_put_back_in_pairs_are_found_by_the_ledger(void **state) {
    struct world *w = *state;
    static const char *const pairs[][2] = {{"grant", "grant_by_person"}, {"principal", "principal_by_person"}};
    make_managing(w, &UMA);
    struct rows before = rows_take(w->store.inner);
    unlist_uma(w);
    struct rows after = rows_take(w->store.inner);
    for (size_t p = 0; p < 2; p++) {
        uint64_t sequence = 0;
        for (size_t i = 0; i < before.count; i++)
            if (before.at[i].space == space_of(pairs[p][0]) || before.at[i].space == space_of(pairs[p][1]))
                row_force(w->store.inner, &before.at[i]);
        assert_int_equal(world_verdict(w, "provider:" NPI_CLINIC, &sequence), NCT_LEDGER_TAMPERED);
        assert_true(sequence + 1 >= world_entries(w, "provider:" NPI_CLINIC));
        rows_restore(w->store.inner, &after);
    }
    assert_int_equal(world_verdict(w, "provider:" NPI_CLINIC, NULL), NCT_LEDGER_VALID_BUT_UNANCHORED);
    rows_free(&before);
    rows_free(&after);
}

#define CASE(name, year) cmocka_unit_test_setup_teardown(name, setup_##year, world_teardown)

int main(void) {
    const struct CMUnitTest tests[] = {
        CASE(a_managing_relationship_user_is_a_user_administrator_first, 2025),
        CASE(an_access_out_of_its_time_is_none_to_build_on, 2025),
        CASE(a_managing_relationship_user_stands_on_the_record, 2025),
        CASE(who_leaves_the_record_no_longer_acts, 2025),
        CASE(a_validity_on_the_record_counts_at_each_use, 2025),
        CASE(a_grant_of_an_earlier_profile_meets_the_later_condition, 2022),
        CASE(a_role_the_profile_does_not_know_gives_nothing, 2026),
        CASE(a_demoted_administrator_is_none_to_build_on, 2025),
        CASE(a_record_has_one_backup_administrator, 2026),
        CASE(an_expired_backup_keeps_the_place_until_revoked, 2026),
        CASE(a_backup_serves_one_record, 2026),
        CASE(a_backup_manages_neither_the_administrator_nor_a_backup, 2026),
        CASE(two_backups_at_once_are_one, 2026),
        CASE(any_role_may_have_a_limit, 2026),
        CASE(a_registration_is_no_way_around_the_conditions, 2022),
        CASE(two_at_once_do_not_exceed_a_limit, 2026),
        CASE(leaving_the_record_beats_a_grant_at_the_same_time, 2025),
        CASE(a_row_put_back_restores_no_standing, 2025),
        CASE(a_provider_row_put_back_makes_no_second_backup, 2026),
        CASE(rows_put_back_in_pairs_are_found_by_the_ledger, 2025),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
