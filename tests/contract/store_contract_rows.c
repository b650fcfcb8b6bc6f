#include "store_contract_cases.h"

#include <stdlib.h>
#include <string.h>

#define HOST_CODE (NCT_E_HOST - 7)

static void must(const struct probe *probe, struct nct_batch_op op) {
    assert_int_equal(probe_commit_one(probe, op), NCT_OK);
}

static void must_conflict(const struct probe *probe, struct nct_batch_op op) {
    assert_int_equal(probe_commit_one(probe, op), NCT_E_CONFLICT);
}

void case_put_counts_revisions(void **state) {
    const struct probe *probe = contract_probe(state);
    must(probe, contract_put("a", 0, "one"));
    contract_expect_text(probe, "a", 1, "one");
    must(probe, contract_put("a", 1, "two, longer"));
    contract_expect_text(probe, "a", 2, "two, longer");
    for (uint64_t revision = 2; revision < 20; revision++)
        must(probe, contract_put("a", revision, "x"));
    contract_expect_text(probe, "a", 20, "x");
}

void case_put_with_wrong_revision(void **state) {
    const struct probe *probe = contract_probe(state);
    must_conflict(probe, contract_put("a", 1, "x"));
    contract_expect_text(probe, "a", 0, "");
    must(probe, contract_put("a", 0, "one"));
    must(probe, contract_put("a", 1, "two"));
    const uint64_t wrong[] = {0, 1, 3, UINT64_C(1) << 32};
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++)
        must_conflict(probe, contract_put("a", wrong[i], "x"));
    contract_expect_text(probe, "a", 2, "two");
}

void case_delete(void **state) {
    const struct probe *probe = contract_probe(state);
    must(probe, contract_put("a", 0, "one"));
    must(probe, contract_put("b", 0, "other"));
    must(probe, contract_delete("a", 1));
    contract_expect_text(probe, "a", 0, "");
    contract_expect_text(probe, "b", 1, "other");
}

void case_delete_with_wrong_revision(void **state) {
    const struct probe *probe = contract_probe(state);
    must_conflict(probe, contract_delete("a", 1));
    must(probe, contract_put("a", 0, "one"));
    must(probe, contract_put("a", 1, "two"));
    must_conflict(probe, contract_delete("a", 0));
    must_conflict(probe, contract_delete("a", 1));
    must_conflict(probe, contract_delete("a", 3));
    contract_expect_text(probe, "a", 2, "two");
}

void case_put_after_delete_starts_at_1(void **state) {
    const struct probe *probe = contract_probe(state);
    must(probe, contract_put("a", 0, "one"));
    must(probe, contract_put("a", 1, "two"));
    must(probe, contract_delete("a", 2));
    must_conflict(probe, contract_delete("a", 2));
    must_conflict(probe, contract_put("a", 2, "x"));
    must(probe, contract_put("a", 0, "again"));
    contract_expect_text(probe, "a", 1, "again");
}

void case_check(void **state) {
    const struct probe *probe = contract_probe(state);
    must(probe, contract_check("a", 0));
    must_conflict(probe, contract_check("a", 1));
    must(probe, contract_put("a", 0, "one"));
    must(probe, contract_check("a", 1));
    must_conflict(probe, contract_check("a", 0));
    must_conflict(probe, contract_check("a", 2));
    contract_expect_text(probe, "a", 1, "one");
}

void case_get_of_missing(void **state) {
    const struct probe *probe = contract_probe(state);
    contract_expect_text(probe, "a", 0, "");
    must(probe, contract_put("ab", 0, "x"));
    contract_expect_text(probe, "a", 0, "");
    contract_expect_text(probe, "abc", 0, "");
}

static void expect_passed_on(const struct probe *probe, const char *key, nct_status answer) {
    struct probe_value found;
    probe_value_init(&found);
    found.answer = answer;
    assert_int_equal(probe_get(probe, 1, key, strlen(key), &found), answer);
    assert_int_equal(found.calls, 1);
    probe_value_clear(&found);
}

void case_get_passes_on_the_sinks_answer(void **state) {
    static unsigned char large[100000];
    const struct probe *probe = contract_probe(state);
    must(probe, contract_put("a", 0, "one"));
    must(probe, probe_put(1, "b", 1, 0, large, sizeof large));
    const nct_status answers[] = {NCT_E_NO_MEMORY, NCT_E_LIMIT, HOST_CODE};
    for (size_t i = 0; i < sizeof answers / sizeof answers[0]; i++) {
        expect_passed_on(probe, "a", answers[i]);
        expect_passed_on(probe, "b", answers[i]);
    }
    contract_expect_text(probe, "a", 1, "one");
}

void case_empty_value(void **state) {
    const struct probe *probe = contract_probe(state);
    must(probe, probe_put(1, "a", 1, 0, NULL, 0));
    contract_expect_text(probe, "a", 1, "");
    must(probe, contract_put("a", 1, "x"));
    must(probe, contract_put("a", 2, ""));
    contract_expect_text(probe, "a", 3, "");
}

void case_largest_value(void **state) {
    const struct probe *probe = contract_probe(state);
    unsigned char *value = malloc(NCT_VALUE_MAX);
    assert_non_null(value);
    uint64_t seed = 11;
    for (size_t i = 0; i < NCT_VALUE_MAX; i++)
        value[i] = (unsigned char)probe_below(&seed, 256);
    must(probe, probe_put(1, "a", 1, 0, value, NCT_VALUE_MAX));
    contract_expect(probe, 1, "a", 1, 1, value, NCT_VALUE_MAX);
    value[NCT_VALUE_MAX - 1] ^= 1;
    must(probe, probe_put(1, "a", 1, 1, value, NCT_VALUE_MAX));
    contract_expect(probe, 1, "a", 1, 2, value, NCT_VALUE_MAX);
    for (size_t len = 500; len < 530; len++) {
        must(probe, probe_put(2, value, 100, len - 500, value, len));
        contract_expect(probe, 2, value, 100, len - 499, value, len);
    }
    free(value);
}

/* Every single byte, and keys of the greatest length that differ in one place. */
void case_any_key_bytes(void **state) {
    const struct probe *probe = contract_probe(state);
    unsigned char key[NCT_KEY_MAX];
    for (size_t i = 0; i < 256; i++) {
        unsigned char byte = (unsigned char)i;
        memset(key, (int)i, sizeof key);
        must(probe, probe_put(1, &byte, 1, 0, &byte, 1));
        must(probe, probe_put(1, key, sizeof key, 0, key, sizeof key));
        key[NCT_KEY_MAX - 1] ^= 1;
        must(probe, probe_put(1, key, sizeof key, 0, "x", 1));
    }
    for (size_t i = 0; i < 256; i++) {
        unsigned char byte = (unsigned char)i;
        memset(key, (int)i, sizeof key);
        contract_expect(probe, 1, &byte, 1, 1, &byte, 1);
        contract_expect(probe, 1, key, sizeof key, 1, key, sizeof key);
        contract_expect(probe, 1, key, sizeof key - 1, 0, NULL, 0);
    }
}

void case_spaces_do_not_mix(void **state) {
    const struct probe *probe = contract_probe(state);
    must(probe, probe_put(0, "a", 1, 0, "zero", 4));
    must(probe, probe_put(2, "a", 1, 0, "two", 3));
    must(probe, probe_put(2, "a", 1, 1, "Two", 3));
    contract_expect(probe, 0, "a", 1, 1, "zero", 4);
    contract_expect(probe, 1, "a", 1, 0, NULL, 0);
    contract_expect(probe, 2, "a", 1, 2, "Two", 3);
    must(probe, probe_delete(0, "a", 1, 1));
    contract_expect(probe, 2, "a", 1, 2, "Two", 3);
    struct probe_rows rows;
    probe_rows_init(&rows);
    assert_int_equal(probe_scan(probe, 1, NULL, 0, NULL, 0, 10, &rows), NCT_OK);
    assert_int_equal(rows.count, 0);
    assert_int_equal(probe_scan(probe, 2, NULL, 0, NULL, 0, 10, &rows), NCT_OK);
    assert_int_equal(rows.count, 1);
    probe_rows_clear(&rows);
}
