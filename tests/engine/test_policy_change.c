/* The policy of a store is part of it: another one is refused, and changing it is an operator's, with a reason. */
#include "world.h"

#include <nctracks/checkpoint.h>
#include <nctracks/portal.h>

#include <sodium.h>
#include <string.h>

#include "engine/records/types.h"

#define PORTAL_STREAM "portal"

static nct_config *config_of(struct world *w, const char *profile, int64_t attempts) {
    nct_config *config = NULL;
    nct_policy *policy = NULL;
    expect_status(nct_policy_new(profile, &policy), NCT_OK);
    expect_status(nct_policy_set(policy, NCT_OPTION_TESTING, 1), NCT_OK);
    expect_status(nct_policy_set(policy, NCT_OPTION_KDF_MEMORY, 8), NCT_OK);
    expect_status(nct_policy_set(policy, NCT_OPTION_KDF_PASSES, 1), NCT_OK);
    world_take_any_clock(policy);
    expect_status(nct_policy_set(policy, NCT_OPTION_PIN_ATTEMPTS, attempts), NCT_OK);
    expect_status(nct_config_new(&config), NCT_OK);
    expect_status(nct_config_set_policy(config, policy), NCT_OK);
    expect_status(nct_config_set_master_key(config, w->key, sizeof w->key), NCT_OK);
    expect_status(nct_config_set_store(config, nct_memory_store_functions(), w->store.inner), NCT_OK);
    nct_policy_free(policy);
    return config;
}

typedef nct_status operation(const nct_config *config, const char *operator_name, size_t operator_len,
                             const char *reason, size_t reason_len);

static nct_status run(operation *function, struct world *w, const char *profile, int64_t attempts) {
    nct_config *config = config_of(w, profile, attempts);
    nct_status status = function(config, WORLD_OPERATOR, strlen(WORLD_OPERATOR), "new rules", 9);
    nct_config_free(config);
    return status;
}

static nct_status try_open(struct world *w, const char *profile, int64_t attempts) {
    nct_config *config = config_of(w, profile, attempts);
    nct_portal *portal = NULL;
    nct_status status = nct_portal_open(config, &portal);
    assert_int_equal(status == NCT_OK, portal != NULL);
    nct_portal_close(portal);
    nct_config_free(config);
    return status;
}

/* What a plain user's file beside the database came to: EFT changes at once, and a hundred tries. */
static void a_store_opens_with_its_own_policy_alone(void **state) {
    struct world *w = *state;
    expect_status(try_open(w, "2013", 10), NCT_OK);
    expect_status(try_open(w, "2013", 100), NCT_E_OTHER_POLICY);
    expect_status(try_open(w, "2026", 10), NCT_E_OTHER_POLICY);
    assert_non_null(strstr(nct_status_message(NCT_E_OTHER_POLICY), "change its policy"));
    assert_int_equal(world_entries(w, PORTAL_STREAM), 1);
    assert_true(world_ledger_mentions(w, "policy.set"));
    assert_true(world_ledger_mentions(w, "2013+testing"));
}

static void every_rule_counts(void **state) {
    struct world *w = *state;
    unsigned char own[NCT_POLICY_DIGEST], other[NCT_POLICY_DIGEST];
    expect_status(nct_policy_digest(w->policy, own), NCT_OK);
    for (size_t i = 0; i < nct_rule_count(); i++) {
        int64_t least = 0, most = 0, value = 0;
        int32_t option = 0;
        nct_policy *policy = NULL;
        if (nct_option_from_name(nct_rule_path(i), &option) != NCT_OK)
            continue;
        expect_status(nct_policy_new("2013", &policy), NCT_OK);
        expect_status(nct_policy_digest(policy, other), NCT_OK);
        memcpy(own, other, sizeof own);
        expect_status(nct_policy_get(policy, option, &value), NCT_OK);
        expect_status(nct_option_bounds(option, &least, &most), NCT_OK);
        expect_status(nct_policy_set(policy, option, value == least ? most : least), NCT_OK);
        expect_status(nct_policy_digest(policy, other), NCT_OK);
        assert_memory_not_equal(own, other, sizeof own);
        nct_policy_free(policy);
    }
    expect_status(nct_policy_digest(NULL, own), NCT_E_ARGUMENT);
    expect_status(nct_policy_digest(w->policy, NULL), NCT_E_ARGUMENT);
}

static void changing_it_is_an_operators(void **state) {
    struct world *w = *state;
    expect_status(run(nct_portal_change_policy, w, "2013", 10), NCT_E_STATE);
    expect_status(run(nct_portal_change_policy, w, "2026", 5), NCT_OK);
    expect_status(run(nct_portal_change_policy, w, "2026", 5), NCT_E_STATE);
    expect_status(try_open(w, "2026", 5), NCT_OK);
    expect_status(try_open(w, "2013", 10), NCT_E_OTHER_POLICY);
    assert_int_equal(world_entries(w, PORTAL_STREAM), 2);
    assert_true(world_ledger_mentions(w, "policy.changed"));
    assert_true(world_ledger_mentions(w, "profile 2026+testing: new rules"));
    assert_true(world_ledger_mentions(w, "operator:" WORLD_OPERATOR));
    assert_int_equal(world_verdict(w, PORTAL_STREAM, NULL), NCT_LEDGER_VALID_BUT_UNANCHORED);
}

static void processes_change_over_one_by_one(void **state) {
    struct world *w = *state;
    unsigned char in_force[NCT_POLICY_DIGEST], announced[NCT_POLICY_DIGEST], own[NCT_POLICY_DIGEST];
    expect_status(run(nct_portal_announce_policy, w, "2013", 10), NCT_E_STATE);
    expect_status(run(nct_portal_announce_policy, w, "2026", 5), NCT_OK);
    expect_status(run(nct_portal_announce_policy, w, "2026", 5), NCT_E_STATE);
    expect_status(try_open(w, "2013", 10), NCT_OK);
    expect_status(try_open(w, "2026", 5), NCT_OK);
    expect_status(try_open(w, "2026", 6), NCT_E_OTHER_POLICY);
    expect_status(nct_portal_policy_digests(w->portal, in_force, announced), NCT_OK);
    expect_status(nct_policy_digest(w->policy, own), NCT_OK);
    assert_memory_equal(in_force, own, sizeof own);
    assert_int_equal(sodium_is_zero(announced, sizeof announced), 0);
    expect_status(run(nct_portal_change_policy, w, "2026", 5), NCT_OK);
    expect_status(try_open(w, "2013", 10), NCT_E_OTHER_POLICY);
    expect_status(try_open(w, "2026", 5), NCT_OK);
    expect_status(run(nct_portal_announce_policy, w, "2013", 10), NCT_OK);
    expect_status(run(nct_portal_change_policy, w, "2026", 5), NCT_OK); /* taken back */
    expect_status(try_open(w, "2013", 10), NCT_E_OTHER_POLICY);
    expect_status(nct_portal_policy_digests(w->portal, in_force, announced), NCT_OK);
    assert_int_equal(sodium_is_zero(announced, sizeof announced), 1);
    assert_int_equal(world_verdict(w, PORTAL_STREAM, NULL), NCT_LEDGER_VALID_BUT_UNANCHORED);
}

/* Each of the rows that hold it put back alone, in pairs, and taken out; only all of the stream together is not seen.
 */
static void a_policy_put_back_is_found(void **state) {
    struct world *w = *state;
    struct rows then = rows_take(w->store.inner);
    expect_status(run(nct_portal_change_policy, w, "2026", 5), NCT_OK);
    struct rows now = rows_take(w->store.inner);
    size_t found = 0;
    for (unsigned which = 1; which < 8; which++) {
        for (size_t i = 0; i < now.count; i++) {
            const struct row *row = &now.at[i];
            int place = row->space == NCT_SPACE_PORTAL                         ? 0
                        : row->space == NCT_SPACE_STREAM && row->key[0] == 'S' ? 1
                        : row->space == NCT_SPACE_ENTRY && row->key[0] == 'S'  ? 2
                                                                               : -1;
            const struct row *old = rows_find(&then, row);
            struct row gone = *row;
            gone.revision = 0;
            if (place >= 0 && (which >> place & 1) != 0)
                row_force(w->store.inner, old != NULL ? old : &gone);
        }
        nct_status status = try_open(w, "2013", 10);
        int tampered = world_verdict(w, PORTAL_STREAM, NULL) == NCT_LEDGER_TAMPERED;
        assert_true(status == NCT_E_INTEGRITY || status == NCT_E_OTHER_POLICY || tampered || which == 7);
        assert_true(which != 7 || (status == NCT_OK && !tampered)); /* a checkpoint held elsewhere shows it */
        found += which != 7;
        rows_restore(w->store.inner, &now);
    }
    assert_int_equal(found, 6);
    rows_free(&then);
    rows_free(&now);
}

static void a_reason_and_an_operator_are_needed(void **state) {
    struct world *w = *state;
    nct_config *config = config_of(w, "2026", 5);
    expect_status(nct_portal_change_policy(NULL, "x", 1, "x", 1), NCT_E_ARGUMENT);
    expect_status(nct_portal_change_policy(config, "", 0, "x", 1), NCT_E_EMPTY);
    expect_status(nct_portal_change_policy(config, "x", 1, "", 0), NCT_E_EMPTY);
    expect_status(nct_portal_change_policy(config, "x", 1, NULL, 0), NCT_E_ARGUMENT);
    expect_status(nct_portal_announce_policy(NULL, "x", 1, "x", 1), NCT_E_ARGUMENT);
    expect_status(nct_portal_announce_policy(config, "x", 1, "", 0), NCT_E_EMPTY);
    expect_status(nct_portal_policy_digests(NULL, config, config), NCT_E_ARGUMENT);
    nct_config_free(config);
    unsigned char key[NCT_MASTER_KEY_BYTES] = {9};
    config = config_of(w, "2026", 5);
    expect_status(nct_config_set_master_key(config, key, sizeof key), NCT_OK);
    expect_status(nct_portal_change_policy(config, "x", 1, "x", 1), NCT_E_KEY);
    nct_config_free(config);
    assert_int_equal(world_entries(w, PORTAL_STREAM), 1);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, world_setup_clinic, world_teardown)

int main(void) {
    const struct CMUnitTest tests[] = {
        CASE(a_store_opens_with_its_own_policy_alone),
        CASE(every_rule_counts),
        CASE(changing_it_is_an_operators),
        CASE(processes_change_over_one_by_one),
        CASE(a_policy_put_back_is_found),
        CASE(a_reason_and_an_operator_are_needed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
