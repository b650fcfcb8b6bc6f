/*
 * How many instructions each refusal takes, for callgrind to count: a part of its output for each, with the entry and
 * the reason for a name. See check-counts.
 */
#include "refusals.h"

#include <sodium.h>
#include <stdio.h>
#include <valgrind/callgrind.h>

static void count(enum refusal_entry entry, const struct refusal_reason *reason) {
    char name[128];
    struct refusal_try attempt;
    struct world *w = refusal_world(entry, reason, 0, &attempt);
    (void)snprintf(name, sizeof name, "%s: %s", refusal_entry_name(entry), reason->name);
    CALLGRIND_START_INSTRUMENTATION;
    CALLGRIND_ZERO_STATS;
    nct_status status = refusal_run(w, entry, &attempt);
    CALLGRIND_DUMP_STATS_AT(name);
    CALLGRIND_STOP_INSTRUMENTATION;
    expect_status(status, NCT_E_DENIED);
    assert_int_equal(world_free(w), 0);
}

static void count_all(void **state) {
    (void)state;
    for (int i = 0; i < REFUSAL_ENTRIES; i++)
        for (size_t j = 0; j < REFUSAL_REASON_COUNT; j++)
            if ((REFUSAL_REASONS[j].where & 1u << i) != 0)
                count((enum refusal_entry)(1 << i), &REFUSAL_REASONS[j]);
}

/* What to compare with: one derivation as the usual policy has it. */
static void count_a_derivation(void **state) {
    static const unsigned char salt[crypto_pwhash_SALTBYTES];
    unsigned char out[32];
    int64_t memory = 0, passes = 0;
    nct_policy *policy = NULL;
    (void)state;
    expect_status(nct_policy_new("2013", &policy), NCT_OK);
    expect_status(nct_policy_get(policy, NCT_OPTION_KDF_MEMORY, &memory), NCT_OK);
    expect_status(nct_policy_get(policy, NCT_OPTION_KDF_PASSES, &passes), NCT_OK);
    nct_policy_free(policy);
    CALLGRIND_START_INSTRUMENTATION;
    CALLGRIND_ZERO_STATS;
    int failed = crypto_pwhash(out, sizeof out, "secret", 6, salt, (unsigned long long)passes, (size_t)memory * 1024,
                               crypto_pwhash_ALG_ARGON2ID13);
    CALLGRIND_DUMP_STATS_AT("one derivation");
    CALLGRIND_STOP_INSTRUMENTATION;
    assert_int_equal(failed, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(count_a_derivation), cmocka_unit_test(count_all)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
