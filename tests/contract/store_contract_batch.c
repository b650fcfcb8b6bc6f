#include "store_contract_cases.h"

#include <stdio.h>
#include <string.h>

#define BATCH_SIZE 500

static void fill(const struct probe *probe) {
    const struct nct_batch_op ops[] = {contract_put("a", 0, "A"), contract_put("b", 0, "B"), contract_put("c", 0, "C")};
    assert_int_equal(probe_commit(probe, ops, 3), NCT_OK);
}

static void expect_as_filled(const struct probe *probe) {
    contract_expect_text(probe, "a", 1, "A");
    contract_expect_text(probe, "b", 1, "B");
    contract_expect_text(probe, "c", 1, "C");
    contract_expect_text(probe, "d", 0, "");
}

void case_batch_applies_all_kinds(void **state) {
    const struct probe *probe = contract_probe(state);
    fill(probe);
    const struct nct_batch_op ops[] = {contract_check("a", 1), contract_put("b", 1, "BB"), contract_delete("c", 1),
                                       contract_put("d", 0, "D"), contract_check("e", 0)};
    assert_int_equal(probe_commit(probe, ops, 5), NCT_OK);
    contract_expect_text(probe, "a", 1, "A");
    contract_expect_text(probe, "b", 2, "BB");
    contract_expect_text(probe, "c", 0, "");
    contract_expect_text(probe, "d", 1, "D");
    contract_expect_text(probe, "e", 0, "");
}

void case_batch_fails_at_its_end(void **state) {
    const struct probe *probe = contract_probe(state);
    fill(probe);
    const struct nct_batch_op ops[] = {contract_put("a", 1, "X"), contract_put("d", 0, "X"), contract_delete("b", 1),
                                       contract_put("c", 7, "X")};
    assert_int_equal(probe_commit(probe, ops, 4), NCT_E_CONFLICT);
    expect_as_filled(probe);
}

void case_batch_fails_at_its_start(void **state) {
    const struct probe *probe = contract_probe(state);
    fill(probe);
    const struct nct_batch_op ops[] = {contract_put("c", 7, "X"), contract_put("a", 1, "X"), contract_put("d", 0, "X"),
                                       contract_delete("b", 1)};
    assert_int_equal(probe_commit(probe, ops, 4), NCT_E_CONFLICT);
    expect_as_filled(probe);
}

void case_batch_fails_in_each_way(void **state) {
    const struct probe *probe = contract_probe(state);
    fill(probe);
    const struct nct_batch_op bad[] = {contract_put("c", 0, "X"), contract_put("e", 1, "X"), contract_delete("c", 2),
                                       contract_delete("e", 1),   contract_check("c", 2),    contract_check("c", 0),
                                       contract_check("e", 1)};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        const struct nct_batch_op ops[] = {contract_put("a", 1, "X"), bad[i], contract_put("d", 0, "X")};
        assert_int_equal(probe_commit(probe, ops, 3), NCT_E_CONFLICT);
        expect_as_filled(probe);
    }
}

static void commit_many(const struct probe *probe, char keys[BATCH_SIZE][16], int kind, uint64_t revision,
                        nct_status answer) {
    struct nct_batch_op ops[BATCH_SIZE];
    for (size_t i = 0; i < BATCH_SIZE; i++) {
        (void)snprintf(keys[i], 16, "key %zu", i * 7919 % BATCH_SIZE);
        ops[i] = contract_put(keys[i], revision, keys[i]);
        ops[i].kind = kind;
    }
    ops[BATCH_SIZE - 1].revision += answer == NCT_E_CONFLICT ? 1 : 0;
    assert_int_equal(probe_commit(probe, ops, BATCH_SIZE), answer);
}

static void expect_many(const struct probe *probe, char keys[BATCH_SIZE][16], uint64_t revision) {
    for (size_t i = 0; i < BATCH_SIZE; i++)
        contract_expect_text(probe, keys[i], revision, keys[i]);
}

void case_batch_of_500(void **state) {
    const struct probe *probe = contract_probe(state);
    char keys[BATCH_SIZE][16];
    commit_many(probe, keys, NCT_BATCH_PUT, 0, NCT_E_CONFLICT);
    expect_many(probe, keys, 0);
    commit_many(probe, keys, NCT_BATCH_PUT, 0, NCT_OK);
    expect_many(probe, keys, 1);
    commit_many(probe, keys, NCT_BATCH_PUT, 1, NCT_OK);
    expect_many(probe, keys, 2);
    commit_many(probe, keys, NCT_BATCH_DELETE, 2, NCT_E_CONFLICT);
    expect_many(probe, keys, 2);
    commit_many(probe, keys, NCT_BATCH_DELETE, 2, NCT_OK);
    expect_many(probe, keys, 0);
}

void case_batch_of_none(void **state) {
    const struct probe *probe = contract_probe(state);
    fill(probe);
    assert_int_equal(probe_commit(probe, NULL, 0), NCT_OK);
    expect_as_filled(probe);
}
