#include "store_contract_cases.h"

#include <stdio.h>
#include <string.h>

#define PAGED_ROWS 1000

static void put_key(const struct probe *probe, const char *key, size_t len) {
    assert_int_equal(probe_commit_one(probe, probe_put(1, key, len, 0, key, len)), NCT_OK);
}

/* In an order that is not theirs; also in the spaces beside, which no scan may show. */
static void fill(const struct probe *probe) {
    static const char *const keys[] = {"b", "ab", "abc", "a", "b\xff\xff", "ba", "abd", "B", "\xff", "c"};
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++) {
        put_key(probe, keys[i], strlen(keys[i]));
        assert_int_equal(probe_commit_one(probe, probe_put(0, keys[i], strlen(keys[i]), 0, "x", 1)), NCT_OK);
        assert_int_equal(probe_commit_one(probe, probe_put(2, keys[i], strlen(keys[i]), 0, "x", 1)), NCT_OK);
    }
}

/* Scans and insists on these keys, NULL-terminated. */
static void expect(const struct probe *probe, const char *prefix, const char *after, size_t limit,
                   const char *const *keys) {
    struct probe_rows rows;
    probe_rows_init(&rows);
    assert_int_equal(probe_scan(probe, 1, prefix, strlen(prefix), after, strlen(after), limit, &rows), NCT_OK);
    size_t count = 0;
    for (; keys[count] != NULL; count++) {
        assert_in_range(count + 1, 1, rows.count);
        assert_int_equal(rows.rows[count].key_len, strlen(keys[count]));
        assert_memory_equal(rows.rows[count].key, keys[count], strlen(keys[count]));
    }
    assert_int_equal(rows.count, count);
    probe_rows_clear(&rows);
}

#define KEYS(...) ((const char *const[]){__VA_ARGS__, NULL})
#define NO_KEYS ((const char *const[]){NULL})

void case_scan_order(void **state) {
    const struct probe *probe = contract_probe(state);
    fill(probe);
    expect(probe, "", "", 100, KEYS("B", "a", "ab", "abc", "abd", "b", "ba", "b\xff\xff", "c", "\xff"));
    assert_int_equal(probe_commit_one(probe, contract_delete("abc", 1)), NCT_OK);
    assert_int_equal(probe_commit_one(probe, contract_put("b", 1, "new")), NCT_OK);
    expect(probe, "", "", SIZE_MAX, KEYS("B", "a", "ab", "abd", "b", "ba", "b\xff\xff", "c", "\xff"));
    put_key(probe, "a\0z", 3);
    put_key(probe, "a\0", 2);
    struct probe_rows rows;
    probe_rows_init(&rows);
    assert_int_equal(probe_scan(probe, 1, "a", 1, NULL, 0, 3, &rows), NCT_OK);
    assert_int_equal(rows.count, 3);
    assert_int_equal(rows.rows[0].key_len, 1);
    assert_int_equal(rows.rows[1].key_len, 2);
    assert_memory_equal(rows.rows[2].key, "a\0z", 3);
    probe_rows_clear(&rows);
}

void case_scan_whole_rows(void **state) {
    const struct probe *probe = contract_probe(state);
    fill(probe);
    assert_int_equal(probe_commit_one(probe, contract_put("ba", 1, "second")), NCT_OK);
    assert_int_equal(probe_commit_one(probe, contract_put("bb", 0, "")), NCT_OK);
    struct probe_rows rows;
    probe_rows_init(&rows);
    assert_int_equal(probe_scan(probe, 1, "b", 1, NULL, 0, 3, &rows), NCT_OK);
    assert_int_equal(rows.count, 3);
    assert_int_equal(rows.rows[0].revision, 1);
    assert_int_equal(rows.rows[1].revision, 2);
    assert_int_equal(rows.rows[1].len, 6);
    assert_memory_equal(rows.rows[1].value, "second", 6);
    assert_int_equal(rows.rows[2].len, 0);
    probe_rows_clear(&rows);
}

void case_scan_prefix(void **state) {
    const struct probe *probe = contract_probe(state);
    fill(probe);
    expect(probe, "a", "", 100, KEYS("a", "ab", "abc", "abd"));
    expect(probe, "ab", "", 100, KEYS("ab", "abc", "abd"));
    expect(probe, "abc", "", 100, KEYS("abc"));
    expect(probe, "abcd", "", 100, NO_KEYS);
    expect(probe, "b", "", 100, KEYS("b", "ba", "b\xff\xff"));
    expect(probe, "A", "", 100, NO_KEYS);
}

/* Nothing comes after a prefix of 0xFF bytes, so an upper bound is not simply the prefix plus one. */
void case_scan_prefix_of_ff(void **state) {
    const struct probe *probe = contract_probe(state);
    char longest[NCT_KEY_MAX + 1];
    memset(longest, 0xff, NCT_KEY_MAX);
    longest[NCT_KEY_MAX] = '\0';
    fill(probe);
    put_key(probe, longest, NCT_KEY_MAX);
    put_key(probe, "\xff\xff", 2);
    put_key(probe, "\xff\xfe", 2);
    expect(probe, "\xff", "", 100, KEYS("\xff", "\xff\xfe", "\xff\xff", longest));
    expect(probe, "\xff\xff", "", 100, KEYS("\xff\xff", longest));
    expect(probe, "b\xff", "", 100, KEYS("b\xff\xff"));
    expect(probe, longest, "", 100, KEYS(longest));
    expect(probe, "", longest, 100, NO_KEYS);
}

void case_scan_after(void **state) {
    const struct probe *probe = contract_probe(state);
    fill(probe);
    expect(probe, "a", "a", 100, KEYS("ab", "abc", "abd"));
    expect(probe, "a", "abb", 100, KEYS("abc", "abd"));
    expect(probe, "a", "abd", 100, NO_KEYS);
    expect(probe, "a", "B", 100, KEYS("a", "ab", "abc", "abd"));
    expect(probe, "a", "b", 100, NO_KEYS);
    expect(probe, "ab", "a", 100, KEYS("ab", "abc", "abd"));
    expect(probe, "", "ba", 100, KEYS("b\xff\xff", "c", "\xff"));
    expect(probe, "", "\xff", 100, NO_KEYS);
}

void case_scan_limit(void **state) {
    const struct probe *probe = contract_probe(state);
    fill(probe);
    expect(probe, "a", "", 0, NO_KEYS);
    expect(probe, "a", "", 1, KEYS("a"));
    expect(probe, "a", "", 3, KEYS("a", "ab", "abc"));
    expect(probe, "a", "", 4, KEYS("a", "ab", "abc", "abd"));
    expect(probe, "a", "a", 2, KEYS("ab", "abc"));
}

static void fill_pages(const struct probe *probe) {
    for (size_t i = 0; i < PAGED_ROWS; i++) {
        char key[32];
        int len = snprintf(key, sizeof key, "p%06zu", i * 7919 % PAGED_ROWS);
        put_key(probe, key, (size_t)len);
    }
    put_key(probe, "o", 1);
    put_key(probe, "q", 1);
}

static void page_through(const struct probe *probe, size_t page) {
    struct probe_rows rows;
    probe_rows_init(&rows);
    for (size_t seen = 0; seen <= PAGED_ROWS; seen = rows.count) {
        const struct probe_row *last = seen > 0 ? &rows.rows[seen - 1] : NULL;
        unsigned char after[NCT_KEY_MAX] = {0};
        size_t after_len = last != NULL ? last->key_len : 0;
        if (last != NULL)
            memcpy(after, last->key, after_len);
        assert_int_equal(probe_scan(probe, 1, "p", 1, after, after_len, page, &rows), NCT_OK);
        size_t expected = PAGED_ROWS - seen < page ? PAGED_ROWS - seen : page;
        assert_int_equal(rows.count - seen, expected);
        if (expected == 0)
            break;
    }
    for (size_t i = 0; i < rows.count; i++) {
        char key[32];
        (void)snprintf(key, sizeof key, "p%06zu", i);
        assert_memory_equal(rows.rows[i].key, key, 7);
        assert_memory_equal(rows.rows[i].value, key, 7);
    }
    probe_rows_clear(&rows);
}

void case_scan_pages(void **state) {
    const struct probe *probe = contract_probe(state);
    fill_pages(probe);
    static const size_t pages[] = {1, 7, 63, 64, 65, 100, 256, 999, 1000, 1001, SIZE_MAX};
    for (size_t i = 0; i < sizeof pages / sizeof pages[0]; i++)
        page_through(probe, pages[i]);
}

void case_scan_of_nothing(void **state) {
    expect(contract_probe(state), "", "", 100, NO_KEYS);
}

void case_scan_stops_at_the_sinks_answer(void **state) {
    const struct probe *probe = contract_probe(state);
    fill(probe);
    static const nct_status answers[] = {NCT_E_NO_MEMORY, NCT_E_LIMIT, NCT_E_HOST - 7};
    for (size_t i = 0; i < sizeof answers / sizeof answers[0]; i++) {
        struct probe_rows rows;
        probe_rows_init(&rows);
        rows.refuse_at = i + 1;
        rows.answer = answers[i];
        assert_int_equal(probe_scan(probe, 1, "a", 1, NULL, 0, 100, &rows), answers[i]);
        assert_int_equal(rows.count, i + 1);
        probe_rows_clear(&rows);
    }
    expect(probe, "a", "", 2, KEYS("a", "ab"));
}
