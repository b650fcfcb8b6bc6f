/* Rows as they lie in one store, put into another: the same rows with the same revisions, or none at all. */
#include "postgresql_database.h"
#include "store_contract_cases.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define ROWS 700 /* more than a page, and than what is sent at once */

static int set_up(void **state) {
    *state = database_make();
    return *state != NULL ? 0 : -1;
}

static int tear_down(void **state) {
    database_remove(*state);
    return 0;
}

static void expect_empty(const struct database *database) {
    struct probe probe = {.functions = nct_postgresql_store_functions(), .user_data = database->store};
    struct probe_rows rows;
    probe_rows_init(&rows);
    assert_int_equal(probe_scan(&probe, 1, NULL, 0, NULL, 0, 10, &rows), NCT_OK);
    assert_int_equal(rows.count, 0);
    probe_rows_clear(&rows);
}

/* Row i of a made-up store: ascending, with keys of all lengths and revisions that no commit would give. */
static nct_status put_row(nct_postgresql_store *store, size_t i) {
    unsigned char key[NCT_KEY_MAX], value[1000];
    size_t key_len = 4 + i % (NCT_KEY_MAX - 3);
    memset(key, 0xff, sizeof key);
    memset(value, (int)(i & 0xff), sizeof value);
    key[0] = (unsigned char)(i / 256);
    key[1] = (unsigned char)i;
    return nct_postgresql_store_fill_put(store, (int32_t)(i / 300), key, key_len, i * i + 1, value, i % sizeof value);
}

struct reading {
    size_t count;
    size_t wrong;
    size_t stop_at; /* 0: never */
};

static nct_status look_at_row(int32_t space, const void *key, size_t key_len, uint64_t revision, const void *value,
                              size_t len, void *user_data) {
    struct reading *reading = user_data;
    const unsigned char *bytes = key;
    size_t i = reading->count++;
    int right = space == (int32_t)(i / 300) && key_len == 4 + i % (NCT_KEY_MAX - 3) && revision == i * i + 1 &&
                bytes[0] == i / 256 && bytes[1] == (unsigned char)i && len == i % 1000 &&
                (len == 0 || ((const unsigned char *)value)[len - 1] == (i & 0xff));
    reading->wrong += !right;
    return reading->count == reading->stop_at ? NCT_E_HOST : NCT_OK;
}

static void fill(nct_postgresql_store *store) {
    assert_int_equal(nct_postgresql_store_fill_begin(store), NCT_OK);
    for (size_t i = 0; i < ROWS; i++)
        assert_int_equal(put_row(store, i), NCT_OK);
}

static void test_what_is_put_is_read(void **state) {
    struct database *database = *state;
    struct reading reading = {0};
    assert_int_equal(database_open(database), NCT_OK);
    fill(database->store);
    assert_int_equal(nct_postgresql_store_fill_end(database->store, 1), NCT_OK);
    assert_int_equal(nct_postgresql_store_each(database->store, look_at_row, &reading), NCT_OK);
    assert_int_equal(reading.count, ROWS);
    assert_int_equal(reading.wrong, 0);
    reading = (struct reading){.stop_at = 250};
    assert_int_equal(nct_postgresql_store_each(database->store, look_at_row, &reading), NCT_E_HOST);
    assert_int_equal(reading.count, 250);
    assert_int_equal(nct_postgresql_store_fill_begin(database->store), NCT_E_STATE);
    database_expect_words("there are rows in it already");
}

static void test_what_is_not_kept_leaves_nothing(void **state) {
    struct database *database = *state;
    assert_int_equal(database_open(database), NCT_OK);
    fill(database->store);
    assert_int_equal(nct_postgresql_store_fill_end(database->store, 0), NCT_OK);
    expect_empty(database);
    fill(database->store); /* a row twice: nothing of all that is kept */
    assert_int_equal(put_row(database->store, 0), NCT_OK);
    assert_int_equal(nct_postgresql_store_fill_end(database->store, 1), NCT_E_STORE);
    expect_empty(database);
}

static void test_filling_checks_arguments(void **state) {
    struct database *database = *state;
    static unsigned char key[NCT_KEY_MAX + 1];
    struct reading reading = {0};
    assert_int_equal(database_open(database), NCT_OK);
    nct_postgresql_store *store = database->store;
    assert_int_equal(nct_postgresql_store_each(NULL, look_at_row, &reading), NCT_E_ARGUMENT);
    assert_int_equal(nct_postgresql_store_each(store, NULL, NULL), NCT_E_ARGUMENT);
    assert_int_equal(nct_postgresql_store_each(store, look_at_row, &reading), NCT_OK);
    assert_int_equal(reading.count, 0);
    assert_int_equal(nct_postgresql_store_fill_begin(NULL), NCT_E_ARGUMENT);
    assert_int_equal(nct_postgresql_store_fill_put(store, 1, "a", 1, 1, "x", 1), NCT_E_ARGUMENT);
    assert_int_equal(nct_postgresql_store_fill_end(store, 1), NCT_E_ARGUMENT);
    assert_int_equal(nct_postgresql_store_fill_begin(store), NCT_OK);
    assert_int_equal(nct_postgresql_store_fill_begin(store), NCT_E_ARGUMENT);
    assert_int_equal(nct_postgresql_store_fill_put(store, 1, key, sizeof key, 1, "x", 1), NCT_E_ARGUMENT);
    assert_int_equal(nct_postgresql_store_fill_end(store, 1), NCT_OK);
}

#define TEST(name) cmocka_unit_test_setup_teardown(test_##name, set_up, tear_down)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(what_is_put_is_read),
        TEST(what_is_not_kept_leaves_nothing),
        TEST(filling_checks_arguments),
    };
    (void)server_begin();
    int failures = cmocka_run_group_tests_name("copies of postgresql stores", tests, NULL, NULL);
    server_end();
    return failures;
}
