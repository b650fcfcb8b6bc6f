/* Digests of sets of rows: what they tell apart, and what not. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "engine/records/set_digest.h"

#include <sodium.h>
#include <string.h>

static struct nct_keys *keys;
static const unsigned char tags[2][NCT_ROW_TAG] = {"one content", "another content"};

static struct nct_set_member row(const char *key, uint64_t revision) {
    return (struct nct_set_member){{1, (const unsigned char *)key, strlen(key), revision}, tags[0]};
}

static struct nct_set_digest digest_of(const struct nct_set_member *rows, size_t count) {
    struct nct_set_digest set = {0};
    for (size_t i = 0; i < count; i++)
        nct_set_add(&set, keys, &rows[i]);
    return set;
}

static void expect_other(const struct nct_set_digest *one, const struct nct_set_member *rows, size_t count) {
    struct nct_set_digest other = digest_of(rows, count);
    assert_false(nct_set_equal(one, &other));
}

static void the_order_of_rows_does_not_matter(void **state) {
    (void)state;
    struct nct_set_member rows[] = {row("a", 1), row("b", 2), row("c", 3)};
    struct nct_set_member turned[] = {row("c", 3), row("a", 1), row("b", 2)};
    struct nct_set_digest one = digest_of(rows, 3), other = digest_of(turned, 3);
    assert_true(nct_set_equal(&one, &other));
}

static void a_row_omitted_doubled_exchanged_or_put_back_is_another_set(void **state) {
    (void)state;
    struct nct_set_member rows[] = {row("a", 1), row("b", 2), row("c", 3)};
    struct nct_set_digest set = digest_of(rows, 3);
    expect_other(&set, rows, 2);
    struct nct_set_member doubled[] = {rows[0], rows[1], rows[2], rows[2]};
    expect_other(&set, doubled, 4);
    struct nct_set_member exchanged[] = {rows[0], rows[1], rows[1]};
    expect_other(&set, exchanged, 3);
    struct nct_set_member put_back[] = {rows[0], rows[1], row("c", 2)};
    expect_other(&set, put_back, 3);
    struct nct_set_member other_key[] = {rows[0], rows[1], row("d", 3)};
    expect_other(&set, other_key, 3);
    struct nct_set_member other_content[] = {rows[0], rows[1], rows[2]};
    other_content[2].tag = tags[1];
    expect_other(&set, other_content, 3);
    struct nct_set_member other_space[] = {rows[0], rows[1], rows[2]};
    other_space[2].place.space = 2;
    expect_other(&set, other_space, 3);
}

static void what_comes_and_goes_leaves_the_set_as_it_was(void **state) {
    (void)state;
    struct nct_set_member rows[] = {row("a", 1), row("b", 2), row("c", 3)};
    struct nct_set_digest set = digest_of(rows, 2), two = set, none = {0};
    nct_set_add(&set, keys, &rows[2]);
    nct_set_take(&set, keys, &rows[2]);
    assert_true(nct_set_equal(&set, &two));
    nct_set_take(&set, keys, &rows[0]);
    nct_set_take(&set, keys, &rows[1]);
    assert_true(nct_set_equal(&set, &none));
}

static void another_key_gives_another_digest(void **state) {
    (void)state;
    unsigned char master[NCT_MASTER_KEY_BYTES] = {9};
    struct nct_keys *others = nct_keys_derive(master);
    struct nct_set_member one = row("a", 1);
    struct nct_set_digest under_one = {0}, under_other = {0};
    nct_set_add(&under_one, keys, &one);
    nct_set_add(&under_other, others, &one);
    assert_false(nct_set_equal(&under_one, &under_other));
    nct_keys_free(others);
}

static struct nct_set_place place_at(uint64_t revision, int64_t since, unsigned char slot) {
    return (struct nct_set_place){{8, (const unsigned char *)"head", 4, revision}, since, slot};
}

static void no_two_masks_are_alike_and_each_comes_off(void **state) {
    (void)state;
    struct nct_set_member rows[] = {row("a", 1), row("b", 2)};
    const struct nct_set_place places[] = {place_at(1, 5, 0), place_at(2, 5, 0), place_at(1, 6, 0), place_at(1, 5, 1)};
    struct nct_set_digest set = digest_of(rows, 2), masked[4];
    for (size_t i = 0; i < 4; i++) {
        masked[i] = set;
        nct_set_mask(&masked[i], keys, &places[i]);
        assert_false(nct_set_equal(&masked[i], &set));
        for (size_t j = 0; j < i; j++)
            assert_false(nct_set_equal(&masked[i], &masked[j]));
    }
    for (size_t i = 0; i < 4; i++) {
        nct_set_unmask(&masked[i], keys, &places[i]);
        assert_true(nct_set_equal(&masked[i], &set));
    }
}

static void one_without_rows_is_not_masked(void **state) {
    (void)state;
    struct nct_set_place place = place_at(1, 5, 0);
    struct nct_set_digest none = {0}, masked = {0};
    nct_set_mask(&masked, keys, &place);
    assert_true(nct_set_equal(&masked, &none));
    nct_set_unmask(&masked, keys, &place);
    assert_true(nct_set_equal(&masked, &none));
}

static int derive_keys(void **state) {
    (void)state;
    unsigned char master[NCT_MASTER_KEY_BYTES] = {1};
    if (sodium_init() < 0)
        return 1;
    keys = nct_keys_derive(master);
    return keys == NULL;
}

static int free_keys(void **state) {
    (void)state;
    nct_keys_free(keys);
    return 0;
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_order_of_rows_does_not_matter),
        cmocka_unit_test(a_row_omitted_doubled_exchanged_or_put_back_is_another_set),
        cmocka_unit_test(what_comes_and_goes_leaves_the_set_as_it_was),
        cmocka_unit_test(another_key_gives_another_digest),
        cmocka_unit_test(no_two_masks_are_alike_and_each_comes_off),
        cmocka_unit_test(one_without_rows_is_not_masked),
    };
    return cmocka_run_group_tests(tests, derive_keys, free_keys);
}
