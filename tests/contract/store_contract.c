#include "store_contract_cases.h"

#include <stdlib.h>
#include <string.h>

static const struct store_fixture *fixture_in_use;

const struct probe *contract_probe(void **state) {
    const struct contract *contract = *state;
    return &contract->probe;
}

void contract_expect(const struct probe *probe, int32_t space, const void *key, size_t key_len, uint64_t revision,
                     const void *value, size_t len) {
    struct probe_value found;
    probe_value_init(&found);
    nct_status status = probe_get(probe, space, key, key_len, &found);
    assert_int_equal(status, revision > 0 ? NCT_OK : NCT_E_NOT_FOUND);
    assert_int_equal(found.calls, revision > 0 ? 1 : 0);
    if (revision > 0) {
        assert_int_equal(found.revision, revision);
        assert_int_equal(found.len, len);
        assert_memory_equal(found.bytes, value, len);
    }
    probe_value_clear(&found);
}

void contract_expect_text(const struct probe *probe, const char *key, uint64_t revision, const char *value) {
    contract_expect(probe, 1, key, strlen(key), revision, value, strlen(value));
}

struct nct_batch_op contract_put(const char *key, uint64_t revision, const char *value) {
    return probe_put(1, key, strlen(key), revision, value, strlen(value));
}

struct nct_batch_op contract_delete(const char *key, uint64_t revision) {
    return probe_delete(1, key, strlen(key), revision);
}

struct nct_batch_op contract_check(const char *key, uint64_t revision) {
    return probe_check(1, key, strlen(key), revision);
}

static int set_up(void **state) {
    struct contract *contract = calloc(1, sizeof *contract);
    if (contract == NULL)
        return -1;
    contract->fixture = fixture_in_use;
    nct_status status =
        fixture_in_use->open(&contract->fixture_state, &contract->probe.functions, &contract->probe.user_data);
    if (status != NCT_OK) {
        free(contract);
        return -1;
    }
    *state = contract;
    return 0;
}

static int tear_down(void **state) {
    struct contract *contract = *state;
    contract->fixture->close(&contract->fixture_state);
    free(contract);
    return 0;
}

#define CASE(name) cmocka_unit_test_setup_teardown(case_##name, set_up, tear_down)

int store_contract_run(const struct store_fixture *fixture) {
    const struct CMUnitTest cases[] = {
        CASE(put_counts_revisions),
        CASE(put_with_wrong_revision),
        CASE(delete),
        CASE(delete_with_wrong_revision),
        CASE(put_after_delete_starts_at_1),
        CASE(check),
        CASE(get_of_missing),
        CASE(get_passes_on_the_sinks_answer),
        CASE(empty_value),
        CASE(largest_value),
        CASE(any_key_bytes),
        CASE(spaces_do_not_mix),
        CASE(batch_applies_all_kinds),
        CASE(batch_fails_at_its_end),
        CASE(batch_fails_at_its_start),
        CASE(batch_fails_in_each_way),
        CASE(batch_of_500),
        CASE(batch_of_none),
        CASE(scan_order),
        CASE(scan_whole_rows),
        CASE(scan_prefix),
        CASE(scan_prefix_of_ff),
        CASE(scan_after),
        CASE(scan_limit),
        CASE(scan_pages),
        CASE(scan_of_nothing),
        CASE(scan_stops_at_the_sinks_answer),
        CASE(threads_count_exactly),
        CASE(threads_see_whole_batches),
        CASE(check_and_write_exclude_each_other),
        CASE(random_operations),
        CASE(reopen_keeps_all),
    };
    fixture_in_use = fixture;
    return cmocka_run_group_tests_name(fixture->name, cases, NULL, NULL);
}
