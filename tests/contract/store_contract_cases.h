/* The cases of the contract, one list a file, and what they share. */
#ifndef NCT_TESTS_STORE_CONTRACT_CASES_H
#define NCT_TESTS_STORE_CONTRACT_CASES_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "store_contract.h"
#include "store_probe.h"

/* What cmocka's state points to during a case. */
struct contract {
    struct probe probe;
    const struct store_fixture *fixture;
    void *fixture_state;
};

const struct probe *contract_probe(void **state);

/* Insists on a row's value and revision; revision 0: there is no such row and the sink was left alone. */
void contract_expect(const struct probe *probe, int32_t space, const void *key, size_t key_len, uint64_t revision,
                     const void *value, size_t len);

/* The same for keys and values that are strings. */
void contract_expect_text(const struct probe *probe, const char *key, uint64_t revision, const char *value);

/* In space 1, with strings. */
struct nct_batch_op contract_put(const char *key, uint64_t revision, const char *value);
struct nct_batch_op contract_delete(const char *key, uint64_t revision);
struct nct_batch_op contract_check(const char *key, uint64_t revision);

/* Rows */
void case_put_counts_revisions(void **state);
void case_put_with_wrong_revision(void **state);
void case_delete(void **state);
void case_delete_with_wrong_revision(void **state);
void case_put_after_delete_starts_at_1(void **state);
void case_check(void **state);
void case_get_of_missing(void **state);
void case_get_passes_on_the_sinks_answer(void **state);
void case_empty_value(void **state);
void case_largest_value(void **state);
void case_any_key_bytes(void **state);
void case_spaces_do_not_mix(void **state);

/* Batches */
void case_batch_applies_all_kinds(void **state);
void case_batch_fails_at_its_end(void **state);
void case_batch_fails_at_its_start(void **state);
void case_batch_fails_in_each_way(void **state);
void case_batch_of_500(void **state);
void case_batch_of_none(void **state);

/* Scans */
void case_scan_order(void **state);
void case_scan_whole_rows(void **state);
void case_scan_prefix(void **state);
void case_scan_prefix_of_ff(void **state);
void case_scan_after(void **state);
void case_scan_limit(void **state);
void case_scan_pages(void **state);
void case_scan_of_nothing(void **state);
void case_scan_stops_at_the_sinks_answer(void **state);

/* Load */
void case_threads_count_exactly(void **state);
void case_threads_see_whole_batches(void **state);
void case_check_and_write_exclude_each_other(void **state);
void case_random_operations(void **state);
void case_reopen_keeps_all(void **state);

#endif
