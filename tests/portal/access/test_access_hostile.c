/* What other access libraries answered wrongly (design/peers.md, A3): here each is refused. */
#include "world.h"

#include <stdio.h>

static struct cast named(const char *ncid) {
    struct cast who = SILAS;
    who.ncid = ncid;
    return who;
}

/* node-casbin and casbin-cpp: a cached permission survived the revocation of the role. */
static void a_permission_is_not_stale_after_revocation(void **state) {
    struct world *w = *state;
    for (int i = 0; i < 20; i++)
        expect_status(world_check(w, FRANK.ncid, NPI_CLINIC, NCT_RIGHT_ELIGIBILITY_INQUIRY), NCT_OK);
    expect_status(world_revoke(w, OLIVIA.ncid, NPI_CLINIC, FRANK.ncid), NCT_OK);
    expect_status(world_check(w, FRANK.ncid, NPI_CLINIC, NCT_RIGHT_ELIGIBILITY_INQUIRY), NCT_E_NOT_PROVISIONED);
}

static void a_permission_is_not_stale_in_another_portal_on_the_same_store(void **state) {
    struct world *w = *state;
    struct world *other = world_new();
    world_share(other, w);
    world_open(other);
    expect_status(world_check(other, FRANK.ncid, NPI_CLINIC, NCT_RIGHT_ELIGIBILITY_INQUIRY), NCT_OK);
    expect_status(world_revoke(w, OLIVIA.ncid, NPI_CLINIC, FRANK.ncid), NCT_OK);
    expect_status(world_check(other, FRANK.ncid, NPI_CLINIC, NCT_RIGHT_ELIGIBILITY_INQUIRY), NCT_E_NOT_PROVISIONED);
    assert_int_equal(world_free(other), 0);
}

/* casbin: a subject named like a role had the role's permissions, at any provider. */
static void a_person_named_like_a_role_has_no_role(void **state) {
    struct world *w = *state;
    static const char *const names[] = {"office_administrator",
                                        "user_administrator",
                                        "olivia.owner_",
                                        "eligibility.inquiry",
                                        "unknown",
                                        "operator",
                                        "provider"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        for (int32_t right = 0; right < 68; right++)
            if (nct_right_name(nct_portal_policy(w->portal), right) != NULL)
                expect_status(world_check(w, names[i], NPI_CLINIC, right), NCT_E_NOT_PROVISIONED);
    struct cast who = named("office_administrator");
    expect_status(world_add_user(w, OLIVIA.ncid, NPI_CLINIC, &who, "user", "training"), NCT_OK);
    expect_status(world_check(w, who.ncid, NPI_CLINIC, NCT_AUTHORITY_USER_ADMINISTRATION), NCT_E_NO_AUTHORITY);
    expect_status(world_check(w, who.ncid, NPI_CLINIC, NCT_RIGHT_PA_SUBMIT), NCT_E_RIGHT_MISSING);
    expect_status(world_grant(w, who.ncid, NPI_CLINIC, FRANK.ncid, NCT_ROLE_USER, 1), NCT_E_NO_AUTHORITY);
}

/* casbin: names joined with a separator, so that two different questions had one key. */
static void joined_names_do_not_collide(void **state) {
    struct world *w = *state;
    world_register(w, "2A", &OSCAR, NULL, NULL);
    world_register(w, "A", &OSCAR, NULL, NULL);
    struct cast long_name = named("frank12"), short_name = named("frank1");
    expect_status(world_add_user(w, OSCAR.ncid, "2A", &short_name, "user", "claim.submit"), NCT_OK);
    expect_status(world_check(w, "frank1", "2A", NCT_RIGHT_CLAIM_SUBMIT), NCT_OK);
    expect_status(world_check(w, "frank12", "A", NCT_RIGHT_CLAIM_SUBMIT), NCT_E_NOT_PROVISIONED);
    expect_status(world_check(w, "frank1", "A", NCT_RIGHT_CLAIM_SUBMIT), NCT_E_NOT_PROVISIONED);
    expect_status(world_check(w, "frank12", "2A", NCT_RIGHT_CLAIM_SUBMIT), NCT_E_NOT_PROVISIONED);
    expect_status(world_add_user(w, OSCAR.ncid, "A", &long_name, "user", "training"), NCT_OK);
    expect_status(world_revoke(w, OSCAR.ncid, "2A", "frank1"), NCT_OK);
    expect_status(world_check(w, "frank12", "A", NCT_RIGHT_TRAINING), NCT_OK);
}

/* NCIDs may have `.`, `_` and `-`: names that begin or join alike stay apart, in lists too. */
static void names_with_separators_stay_apart(void **state) {
    struct world *w = *state;
    static const char *const names[] = {"ann.lee",   "ann.lee-",  "ann.lee.", "ann.lee_",
                                        "ann.lee-b", "ann.lee.b", "ann-lee",  "ann_lee",
                                        "......",    "------",    "______",   "ann.lee1234567890123"};
    const size_t count = sizeof names / sizeof names[0];
    for (size_t i = 0; i < count; i++) {
        struct cast who = named(names[i]);
        expect_status(world_add_user(w, OLIVIA.ncid, NPI_CLINIC, &who, "user", i % 2 ? "training" : "referral"),
                      NCT_OK);
        assert_int_equal(world_mails_about(w, names[i]), 1);
    }
    for (size_t i = 0; i < count; i++) {
        expect_status(world_check(w, names[i], NPI_CLINIC, NCT_RIGHT_TRAINING), i % 2 ? NCT_OK : NCT_E_RIGHT_MISSING);
        nct_actor *actor = NULL;
        expect_status(nct_actor_load(w->portal, names[i], strlen(names[i]), &actor), NCT_OK);
        assert_int_equal(nct_actor_provider_count(actor), 1);
        nct_actor_free(actor);
        nct_grant_list *page = NULL;
        expect_status(nct_access_list_by_person(w->portal, names[i], strlen(names[i]), NULL, 0, 10, &page), NCT_OK);
        assert_int_equal(nct_grant_list_count(page), 1);
        nct_grant_list_free(page);
    }
    nct_grant_list *all = NULL;
    expect_status(nct_access_list_by_provider(w->portal, NPI_CLINIC, 10, NULL, 0, 1000, &all), NCT_OK);
    assert_int_equal(nct_grant_list_count(all), 4 + count);
    nct_grant_list_free(all);
    expect_status(world_revoke(w, OLIVIA.ncid, NPI_CLINIC, "ann.lee"), NCT_OK);
    expect_status(world_check(w, "ann.lee-", NPI_CLINIC, NCT_RIGHT_TRAINING), NCT_OK);
}

static void providers_that_begin_alike_stay_apart(void **state) {
    struct world *w = *state;
    world_register(w, "AB1", &OSCAR, NULL, NULL);
    world_register(w, "AB12", &OLIVIA, NULL, NULL);
    nct_grant_list *page = NULL;
    expect_status(nct_access_list_by_provider(w->portal, "AB1", 3, NULL, 0, 10, &page), NCT_OK);
    assert_int_equal(nct_grant_list_count(page), 1);
    assert_string_equal(nct_grant_list_ncid(page, 0), OSCAR.ncid);
    nct_grant_list_free(page);
    expect_status(world_check(w, OSCAR.ncid, "AB12", NCT_RIGHT_TRAINING), NCT_E_NOT_PROVISIONED);
    expect_status(world_check(w, OSCAR.ncid, "ab1", NCT_RIGHT_TRAINING), NCT_OK);
}

/* The stream of AB1 ended in the entries of AB12, and was told to be tampered with. */
static void ledger_streams_that_begin_alike_stay_apart(void **state) {
    struct world *w = *state;
    unsigned char bytes[65536];
    size_t len = 0;
    uint64_t last = 0, sequence = 0;
    nct_entry_list *entries = NULL;
    world_register(w, "AB12", &OLIVIA, NULL, NULL);
    expect_status(nct_ledger_read(w->portal, "provider:AB1", 12, 0, 100, &entries), NCT_E_NOT_FOUND);
    world_register(w, "AB1", &OSCAR, NULL, NULL);
    expect_status(nct_ledger_read(w->portal, "provider:AB1", 12, 0, 100, &entries), NCT_OK);
    assert_true(nct_entry_list_count(entries) > 0);
    for (size_t i = 0; i < nct_entry_list_count(entries); i++) {
        assert_string_equal(nct_entry_list_provider(entries, i), "AB1");
        assert_int_equal(nct_entry_list_sequence(entries, i), i + 1);
    }
    assert_int_equal(world_verdict(w, "provider:AB1", &sequence), NCT_LEDGER_VALID_BUT_UNANCHORED);
    assert_int_equal(world_verdict(w, "provider:AB12", &sequence), NCT_LEDGER_VALID_BUT_UNANCHORED);
    expect_status(nct_ledger_export(w->portal, "provider:AB1", 12, 0, 100, bytes, sizeof bytes, &len, &last), NCT_OK);
    assert_int_equal(last, nct_entry_list_count(entries));
    nct_entry_list_free(entries);
    expect_status(nct_ledger_read(w->portal, "provider:AB1", 12, UINT64_MAX, 100, &entries), NCT_OK);
    assert_int_equal(nct_entry_list_count(entries), 0);
    nct_entry_list_free(entries);
}

/* An actor must not take a padded, cut or differently written id for one it knows. */
static void an_actor_is_asked_by_whole_ids(void **state) {
    struct world *w = *state;
    world_register(w, "AB1", &OSCAR, NULL, NULL);
    nct_actor *actor = NULL;
    expect_status(nct_actor_load(w->portal, OSCAR.ncid, strlen(OSCAR.ncid), &actor), NCT_OK);
    expect_status(nct_actor_check(actor, "AB1", 3, NCT_RIGHT_TRAINING), NCT_OK);
    static const struct {
        const char *id;
        size_t len;
    } others[] = {{"AB1\0", 4},
                  {"AB1\0\0\0\0\0\0\0", 10},
                  {"AB1 ", 4},
                  {" AB1", 4},
                  {"AB", 2},
                  {"AB11", 4},
                  {"\0AB1", 4},
                  {"AB1\0CD", 6},
                  {"\0", 1},
                  {"\0\0\0\0\0\0\0\0", 8},
                  {"AB1AB1AB1AB1", 12},
                  {"AB1\n", 4},
                  {"AB1AB1AB1AB1AB1AB1AB1AB1", 24}};
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
        nct_status status = nct_actor_check(actor, others[i].id, others[i].len, NCT_RIGHT_TRAINING);
        if (status == NCT_OK)
            print_error("id %zu\n", i);
        assert_true(status < 0);
        assert_true(world_check(w, OSCAR.ncid, others[i].id, NCT_RIGHT_TRAINING) < 0 ||
                    strcmp(others[i].id, "AB1") == 0);
    }
    nct_actor_free(actor);
}

/* CASL: a question about nothing in particular was answered with yes. Rights without a name are no rights. */
static void a_right_without_a_name_is_allowed_to_nobody(void **state) {
    struct world *w = *state;
    static const int32_t nameless[] = {12, 31, 32, 40, 63, 70, 96, 127, 128, 1000, INT32_MAX, -1, INT32_MIN};
    nct_actor *actor = NULL;
    expect_status(nct_actor_load(w->portal, OLIVIA.ncid, strlen(OLIVIA.ncid), &actor), NCT_OK);
    for (size_t i = 0; i < sizeof nameless / sizeof nameless[0]; i++) {
        nct_explanation *explanation = NULL;
        expect_status(world_check(w, OLIVIA.ncid, NPI_CLINIC, nameless[i]), NCT_E_ARGUMENT);
        expect_status(
            nct_access_explain(w->portal, NPI_CLINIC, 10, OLIVIA.ncid, strlen(OLIVIA.ncid), nameless[i], &explanation),
            NCT_E_ARGUMENT);
        assert_null(explanation);
        expect_status(nct_actor_check(actor, NPI_CLINIC, 10, nameless[i]), NCT_E_ARGUMENT);
    }
    nct_actor_free(actor);
}

/* CASL: can('payments', 'Provider') on the type was true though the rule held for one provider alone. */
static void a_question_about_no_provider_in_particular_is_answered_no(void **state) {
    struct world *w = *state;
    static const char *const anywhere[] = {"", "*", "%", "provider", "Provider", "any", "1", "123456789", "0000000000"};
    const size_t ncid_len = strlen(OLIVIA.ncid);
    for (size_t i = 0; i < sizeof anywhere / sizeof anywhere[0]; i++)
        for (int32_t right = -1; nct_right_next(w->policy, right, &right) == NCT_OK;) {
            uint64_t rights = 1, authorities = 1;
            assert_true(world_check(w, OLIVIA.ncid, anywhere[i], right) < 0);
            nct_status status = nct_access_rights(w->portal, anywhere[i], strlen(anywhere[i]), OLIVIA.ncid, ncid_len,
                                                  &rights, &authorities);
            assert_true(status == NCT_OK || nct_status_category(status) == NCT_CATEGORY_VALUE);
            assert_int_equal(rights | authorities, 0);
        }
    expect_status(nct_access_check(w->portal, NULL, 0, OLIVIA.ncid, ncid_len, NCT_RIGHT_TRAINING), NCT_E_ARGUMENT);
    expect_status(nct_access_check(w->portal, NPI_CLINIC, 10, NULL, 0, NCT_RIGHT_TRAINING), NCT_E_ARGUMENT);
}

/* casbin-cpp: each question left 1.33 KB behind. */
static void many_questions_leave_no_memory_behind(void **state) {
    struct world *w = *state;
    const size_t live = w->memory.live;
    for (int32_t i = 0; i < 20000; i++) {
        const struct cast *who = i % 2 ? &FRANK : &SILAS;
        (void)world_check(w, who->ncid, NPI_CLINIC, i % 70);
    }
    for (int32_t i = 0; i < 500; i++) {
        nct_explanation *explanation = NULL;
        nct_actor *actor = NULL;
        expect_status(
            nct_access_explain(w->portal, NPI_CLINIC, 10, FRANK.ncid, strlen(FRANK.ncid), i % 12, &explanation),
            NCT_OK);
        expect_status(nct_actor_load(w->portal, FRANK.ncid, strlen(FRANK.ncid), &actor), NCT_OK);
        (void)nct_actor_can(actor, NPI_CLINIC, 10, i % 12);
        nct_explanation_free(explanation);
        nct_actor_free(actor);
    }
    assert_int_equal(w->memory.live, live);
}

/* Casbin: conflicting roles were accepted, and the stronger one won. */
static void nobody_has_two_roles_at_a_provider(void **state) {
    struct world *w = *state;
    expect_status(world_check(w, UMA.ncid, NPI_CLINIC, NCT_AUTHORITY_USER_ADMINISTRATION), NCT_OK);
    expect_status(world_grant(w, OLIVIA.ncid, NPI_CLINIC, UMA.ncid, NCT_ROLE_USER, 1), NCT_OK);
    expect_status(world_check(w, UMA.ncid, NPI_CLINIC, NCT_AUTHORITY_USER_ADMINISTRATION), NCT_E_NO_AUTHORITY);
    expect_status(world_check(w, UMA.ncid, NPI_CLINIC, NCT_RIGHT_PA_SUBMIT), NCT_E_RIGHT_MISSING);
    expect_status(world_grant(w, UMA.ncid, NPI_CLINIC, FRANK.ncid, NCT_ROLE_USER, 1), NCT_E_NO_AUTHORITY);
    nct_grant_list *page = NULL;
    expect_status(nct_access_list_by_person(w->portal, UMA.ncid, strlen(UMA.ncid), NULL, 0, 10, &page), NCT_OK);
    assert_int_equal(nct_grant_list_count(page), 1);
    assert_int_equal(nct_grant_list_role(page, 0), NCT_ROLE_USER);
    nct_grant_list_free(page);
}

/* DataJunction: any user could grant to themselves. */
static void nobody_grants_to_themselves_by_any_spelling(void **state) {
    struct world *w = *state;
    static const char *const spellings[] = {"uma.useradmin", "UMA.USERADMIN", "Uma.UserAdmin"};
    for (size_t i = 0; i < sizeof spellings / sizeof spellings[0]; i++) {
        expect_status(world_grant(w, UMA.ncid, NPI_CLINIC, spellings[i], NCT_ROLE_USER, 1), NCT_E_SELF_GRANT);
        expect_status(world_grant(w, spellings[i], NPI_CLINIC, UMA.ncid, NCT_ROLE_USER, 1), NCT_E_SELF_GRANT);
        expect_status(world_revoke(w, spellings[i], NPI_CLINIC, UMA.ncid), NCT_E_SELF_GRANT);
    }
}

/* Casbin: a user name with a newline was accepted. */
static void names_with_line_ends_are_refused(void **state) {
    struct world *w = *state;
    static const char *const bad[] = {
        "frank.front\n",      "\nfrank.front", "frank\r.front", "frank.front, olivia.owner",
        "fr\xC4\xB1nk.front", "frank.front$$", "frank::front"};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        expect_status(nct_status_category(world_check(w, bad[i], NPI_CLINIC, 0)), NCT_CATEGORY_VALUE);
        expect_status(nct_status_category(world_grant(w, bad[i], NPI_CLINIC, FRANK.ncid, NCT_ROLE_USER, 1)),
                      NCT_CATEGORY_VALUE);
        expect_status(nct_status_category(world_grant(w, OLIVIA.ncid, NPI_CLINIC, bad[i], NCT_ROLE_USER, 1)),
                      NCT_CATEGORY_VALUE);
    }
}

/* Cedar and accesscontrol: an error while deciding allowed what should have been denied. */
static void an_error_never_allows(void **state) {
    struct world *w = *state;
    expect_status(world_revoke(w, OLIVIA.ncid, NPI_CLINIC, PETRA.ncid), NCT_OK);
    static const struct {
        const char *ncid;
        int32_t right;
    } refused[] = {{"frank.front", NCT_RIGHT_CLAIM_SUBMIT},
                   {"frank.front", NCT_AUTHORITY_USER_ADMINISTRATION},
                   {"petra.pharm", NCT_RIGHT_PA_SUBMIT},
                   {"silas.stranger", NCT_RIGHT_ELIGIBILITY_INQUIRY}};
    for (size_t r = 0; r < 4; r++)
        for (int fault = FAULT_ERROR; fault < FAULT_COUNT; fault++)
            for (size_t at = 1; at <= 3; at++) {
                world_fault(w, (enum world_fault)fault, WORLD_ANY, at, 1);
                nct_status status = world_check(w, refused[r].ncid, NPI_CLINIC, refused[r].right);
                assert_true(status < 0);
            }
    world_no_fault(w);
}

static void expect_fault_status(nct_status status, int fault) {
    switch (fault) {
    case FAULT_ERROR:
        expect_status(status, NCT_E_STORE);
        break;
    case FAULT_NO_MEMORY:
        expect_status(status, NCT_E_NO_MEMORY);
        break;
    case FAULT_HOST:
        expect_status(status, WORLD_HOST_CODE);
        break;
    case FAULT_CONFLICT:
    case FAULT_POSITIVE:
    case FAULT_DENIED:
    case FAULT_SILENT:
    case FAULT_TWICE:
        expect_status(status, NCT_E_CALLBACK);
        break;
    case FAULT_TRUNCATED:
    case FAULT_FLIPPED:
        expect_status(status, NCT_E_INTEGRITY);
        break;
    default:
        expect_status(status, NCT_E_STORE);
        break;
    }
}

static void each_fault_of_a_read_has_its_status(void **state) {
    struct world *w = *state;
    for (int fault = FAULT_ERROR; fault < FAULT_APPLIED; fault++)
        for (size_t at = 1; at <= 2; at++) {
            world_fault(w, (enum world_fault)fault, WORLD_GET, at, 1);
            nct_status status = world_check(w, FRANK.ncid, NPI_CLINIC, NCT_RIGHT_ELIGIBILITY_INQUIRY);
            if (w->store.faults > 0) {
                if (status == NCT_OK)
                    print_error("fault %d at read %zu was not seen\n", fault, at);
                expect_fault_status(status, fault);
            }
        }
    world_no_fault(w);
    expect_status(world_check(w, FRANK.ncid, NPI_CLINIC, NCT_RIGHT_ELIGIBILITY_INQUIRY), NCT_OK);
}

static void an_actor_is_not_loaded_from_a_failing_store(void **state) {
    struct world *w = *state;
    for (int fault = FAULT_ERROR; fault < FAULT_APPLIED; fault++)
        for (size_t at = 1; at <= 4; at++) {
            world_fault(w, (enum world_fault)fault, WORLD_GET | WORLD_SCAN, at, 1);
            nct_actor *actor = NULL;
            nct_status status = nct_actor_load(w->portal, FRANK.ncid, strlen(FRANK.ncid), &actor);
            if (status == NCT_OK)
                assert_true(nct_actor_check(actor, NPI_CLINIC, 10, NCT_RIGHT_CLAIM_SUBMIT) < 0);
            else
                assert_null(actor);
            nct_actor_free(actor);
        }
}

static void a_failed_revocation_is_finished_by_doing_it_again(void **state) {
    struct world *w = *state;
    for (int fault = FAULT_ERROR; fault < FAULT_COUNT; fault++)
        for (size_t at = 1; at <= 12; at++) {
            world_advance(w, INT64_C(86400000)); /* nobody is given access so often in a day */
            world_fault(w, (enum world_fault)fault, WORLD_ANY, at, 1);
            nct_status status = world_revoke(w, OLIVIA.ncid, NPI_CLINIC, FRANK.ncid);
            int reached = w->store.faults > 0;
            world_no_fault(w);
            nct_status check = world_check(w, FRANK.ncid, NPI_CLINIC, NCT_RIGHT_ELIGIBILITY_INQUIRY);
            assert_true(check == NCT_OK || check == NCT_E_NOT_PROVISIONED);
            assert_true(status != NCT_OK || check == NCT_E_NOT_PROVISIONED);
            nct_status again = world_revoke(w, OLIVIA.ncid, NPI_CLINIC, FRANK.ncid);
            expect_status(again, check == NCT_OK ? NCT_OK : NCT_E_NOT_FOUND);
            expect_status(world_grant(w, OLIVIA.ncid, NPI_CLINIC, FRANK.ncid, NCT_ROLE_USER, 1), NCT_OK);
            if (!reached)
                break;
        }
    assert_int_equal(world_verdict(w, "provider:" NPI_CLINIC, NULL), NCT_LEDGER_VALID_BUT_UNANCHORED);
}

/* Conflicts without end are BUSY, not a wait for ever. */
static void endless_conflicts_are_busy(void **state) {
    struct world *w = *state;
    world_fault(w, FAULT_CONFLICT, WORLD_COMMIT, 1, SIZE_MAX);
    expect_status(world_revoke(w, OLIVIA.ncid, NPI_CLINIC, FRANK.ncid), NCT_E_BUSY);
    world_no_fault(w);
    expect_status(world_check(w, FRANK.ncid, NPI_CLINIC, NCT_RIGHT_ELIGIBILITY_INQUIRY), NCT_OK);
}

static void random_administration_keeps_the_invariants(void **state) {
    struct world *w = *state;
    const struct cast *const people[] = {&OLIVIA, &UMA, &FRANK, &PETRA};
    uint64_t dice = 12345;
    for (int step = 0; step < 400; step++) {
        dice = dice * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
        const char *by = people[dice >> 62]->ncid, *whom = people[dice >> 60 & 3]->ncid;
        int32_t role = dice >> 59 & 1 ? NCT_ROLE_USER : NCT_ROLE_USER_ADMINISTRATOR;
        uint64_t rights = dice >> 40 & 0x3F;
        uint64_t own = 0;
        for (int32_t right = 0; right < 12; right++)
            own |= world_check(w, by, NPI_CLINIC, right) == NCT_OK ? UINT64_C(1) << right : 0;
        int may = world_check(w, by, NPI_CLINIC, NCT_AUTHORITY_USER_ADMINISTRATION) == NCT_OK;
        nct_status status =
            dice >> 36 & 1 ? world_grant(w, by, NPI_CLINIC, whom, role, rights) : world_revoke(w, by, NPI_CLINIC, whom);
        if (status == NCT_OK) {
            assert_true(may);
            assert_string_not_equal(by, whom);
            assert_string_not_equal(whom, OLIVIA.ncid);
            assert_true((dice >> 36 & 1) == 0 || (rights & ~own) == 0);
            assert_true((dice >> 36 & 1) == 0 || by == OLIVIA.ncid || role == NCT_ROLE_USER);
        }
        expect_status(world_check(w, OLIVIA.ncid, NPI_CLINIC, NCT_AUTHORITY_USER_ADMINISTRATION), NCT_OK);
    }
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, world_setup_clinic, world_teardown)

int main(void) {
    const struct CMUnitTest tests[] = {
        CASE(a_permission_is_not_stale_after_revocation),
        CASE(a_permission_is_not_stale_in_another_portal_on_the_same_store),
        CASE(a_person_named_like_a_role_has_no_role),
        CASE(joined_names_do_not_collide),
        CASE(names_with_separators_stay_apart),
        CASE(providers_that_begin_alike_stay_apart),
        CASE(ledger_streams_that_begin_alike_stay_apart),
        CASE(an_actor_is_asked_by_whole_ids),
        CASE(a_right_without_a_name_is_allowed_to_nobody),
        CASE(a_question_about_no_provider_in_particular_is_answered_no),
        CASE(many_questions_leave_no_memory_behind),
        CASE(nobody_has_two_roles_at_a_provider),
        CASE(nobody_grants_to_themselves_by_any_spelling),
        CASE(names_with_line_ends_are_refused),
        CASE(an_error_never_allows),
        CASE(each_fault_of_a_read_has_its_status),
        CASE(an_actor_is_not_loaded_from_a_failing_store),
        CASE(a_failed_revocation_is_finished_by_doing_it_again),
        CASE(endless_conflicts_are_busy),
        CASE(random_administration_keeps_the_invariants),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
