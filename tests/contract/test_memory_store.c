#include "store_contract_cases.h"
#include "store_model.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MANY_ROWS 200000
#define FAULT_STEPS 12
#define FAULT_LIMIT 5000

/* An allocator that counts what is out, refuses the n-th request and insists on wiped rows. */
struct tracker {
    size_t out;
    size_t requests;
    size_t refuse_at; /* counted from 1; 0: none */
    size_t unwiped;   /* blocks that came back with the mark of a secret in them */
};

#define SECRET "S3CRET-MARK"

union block {
    max_align_t alignment;
    size_t size;
};

static void *track_allocate(size_t size, void *user_data) {
    struct tracker *tracker = user_data;
    tracker->requests++;
    if (tracker->requests == tracker->refuse_at)
        return NULL;
    union block *block = malloc(sizeof *block + size);
    if (block == NULL)
        return NULL;
    block->size = size;
    tracker->out++;
    memset(block + 1, 0xa5, size);
    return block + 1;
}

static int has_secret(const unsigned char *bytes, size_t size) {
    for (size_t i = 0; i + sizeof SECRET - 1 <= size; i++) {
        if (memcmp(bytes + i, SECRET, sizeof SECRET - 1) == 0)
            return 1;
    }
    return 0;
}

static void track_release(void *memory, void *user_data) {
    struct tracker *tracker = user_data;
    union block *block = (union block *)memory - 1;
    tracker->out--;
    tracker->unwiped += has_secret(memory, block->size) ? 1 : 0;
    free(block);
}

static const nct_allocator tracking = {
    .struct_size = sizeof(nct_allocator), .allocate = track_allocate, .release = track_release};

static nct_status open_memory(void **state, const nct_store **functions, void **user_data) {
    nct_memory_store *store = NULL;
    nct_status status = nct_memory_store_new(NULL, NULL, &store);
    *state = store;
    *user_data = store;
    *functions = nct_memory_store_functions();
    return status;
}

static void close_memory(void **state) {
    nct_memory_store_free(*state);
}

static struct probe probe_of(nct_memory_store *store) {
    return (struct probe){.functions = nct_memory_store_functions(), .user_data = store};
}

static void test_new_checks_arguments(void **state) {
    (void)state;
    nct_memory_store *store = NULL;
    assert_int_equal(nct_memory_store_new(NULL, NULL, NULL), NCT_E_ARGUMENT);
    nct_allocator broken = tracking;
    broken.struct_size = 0;
    assert_int_equal(nct_memory_store_new(&broken, NULL, &store), NCT_E_ARGUMENT);
    broken = tracking;
    broken.release = NULL;
    assert_int_equal(nct_memory_store_new(&broken, NULL, &store), NCT_E_ARGUMENT);
    assert_null(store);
    nct_memory_store_free(NULL);
    assert_int_equal(nct_memory_store_rows(NULL), 0);
}

static void test_functions_check_arguments(void **state) {
    (void)state;
    nct_memory_store *store = NULL;
    assert_int_equal(nct_memory_store_new(NULL, NULL, &store), NCT_OK);
    struct probe probe = probe_of(store);
    struct probe_value value;
    probe_value_init(&value);
    static const char long_key[NCT_KEY_MAX + 1] = "k";
    assert_int_equal(probe_get(&probe, 0, NULL, 1, &value), NCT_E_ARGUMENT);
    assert_int_equal(probe_get(&probe, 0, "k", 0, &value), NCT_E_ARGUMENT);
    assert_int_equal(probe_get(&probe, 0, long_key, sizeof long_key, &value), NCT_E_ARGUMENT);
    assert_int_equal(probe_commit_one(&probe, probe_put(0, "k", 0, 0, "v", 1)), NCT_E_ARGUMENT);
    assert_int_equal(probe_commit_one(&probe, probe_put(0, "k", 1, 0, NULL, 1)), NCT_E_ARGUMENT);
    assert_int_equal(probe_commit_one(&probe, probe_put(0, "k", 1, 0, "v", NCT_VALUE_MAX + 1)), NCT_E_LIMIT);
    struct nct_batch_op unknown = probe_check(0, "k", 1, 0);
    unknown.kind = 9;
    assert_int_equal(probe_commit_one(&probe, unknown), NCT_E_ARGUMENT);
    assert_int_equal(probe.functions->commit(NULL, store), NCT_E_ARGUMENT);
    assert_int_equal(probe.functions->scan(0, NULL, 0, NULL, 0, 1, NULL, store), NCT_E_ARGUMENT);
    assert_int_equal(nct_memory_store_rows(store), 0);
    nct_memory_store_free(store);
}

static void test_batch_is_read_within_its_bounds(void **state) {
    (void)state;
    const struct nct_batch_op ops[] = {probe_put(3, "key", 3, 8, NULL, 0), probe_check(4, "k", 1, 9)};
    struct nct_batch batch = {.ops = ops, .count = 2};
    size_t len = 7;
    assert_int_equal(nct_batch_count(&batch), 2);
    assert_int_equal(nct_batch_count(NULL), 0);
    assert_int_equal(nct_batch_kind(&batch, 1), NCT_BATCH_CHECK);
    assert_int_equal(nct_batch_kind(&batch, 2), 0);
    assert_int_equal(nct_batch_space(&batch, 0), 3);
    assert_int_equal(nct_batch_space(NULL, 0), 0);
    assert_int_equal(nct_batch_revision(&batch, 1), 9);
    assert_int_equal(nct_batch_revision(&batch, 2), 0);
    assert_memory_equal(nct_batch_key(&batch, 0, &len), "key", 3);
    assert_int_equal(len, 3);
    assert_null(nct_batch_key(&batch, 2, &len));
    assert_int_equal(len, 0);
    assert_non_null(nct_batch_value(&batch, 0, &len));
    assert_null(nct_batch_value(&batch, 1, NULL));
    assert_int_equal(nct_key_max(), NCT_KEY_MAX);
    assert_int_equal(nct_value_max(), NCT_VALUE_MAX);
}

static void test_sink_checks_what_it_gets(void **state) {
    (void)state;
    struct probe_value value;
    struct probe_rows rows;
    probe_value_init(&value);
    probe_rows_init(&rows);
    static const char long_key[NCT_KEY_MAX + 1] = "k";
    assert_int_equal(nct_sink_value(NULL, "v", 1), NCT_E_ARGUMENT);
    assert_int_equal(nct_sink_value(&rows.sink, "v", 1), NCT_E_ARGUMENT);
    assert_int_equal(nct_sink_value(&value.sink, NULL, 1), NCT_E_ARGUMENT);
    assert_int_equal(nct_sink_value(&value.sink, "v", NCT_VALUE_MAX + 1), NCT_E_LIMIT);
    assert_int_equal(nct_sink_value(&value.sink, NULL, 0), NCT_OK);
    assert_int_equal(nct_sink_row(NULL, "k", 1, 1, "v", 1), NCT_E_ARGUMENT);
    assert_int_equal(nct_sink_row(&value.sink, "k", 1, 1, "v", 1), NCT_E_ARGUMENT);
    assert_int_equal(nct_sink_row(&rows.sink, NULL, 1, 1, "v", 1), NCT_E_ARGUMENT);
    assert_int_equal(nct_sink_row(&rows.sink, "k", 1, 1, NULL, 1), NCT_E_ARGUMENT);
    assert_int_equal(nct_sink_row(&rows.sink, "k", 0, 1, "v", 1), NCT_E_LIMIT);
    assert_int_equal(nct_sink_row(&rows.sink, long_key, sizeof long_key, 1, "v", 1), NCT_E_LIMIT);
    assert_int_equal(nct_sink_row(&rows.sink, "k", 1, 1, NULL, 0), NCT_OK);
    probe_value_clear(&value);
    probe_rows_clear(&rows);
}

static void test_rows_are_counted(void **state) {
    (void)state;
    nct_memory_store *store = NULL;
    assert_int_equal(nct_memory_store_new(NULL, NULL, &store), NCT_OK);
    struct probe probe = probe_of(store);
    const struct nct_batch_op ops[] = {contract_put("a", 0, "1"), contract_put("b", 0, "2")};
    assert_int_equal(probe_commit(&probe, ops, 2), NCT_OK);
    assert_int_equal(nct_memory_store_rows(store), 2);
    assert_int_equal(probe_commit_one(&probe, contract_put("a", 1, "3")), NCT_OK);
    assert_int_equal(nct_memory_store_rows(store), 2);
    assert_int_equal(probe_commit_one(&probe, contract_delete("a", 2)), NCT_OK);
    assert_int_equal(nct_memory_store_rows(store), 1);
    nct_memory_store_free(store);
}

static void test_memory_is_wiped_and_returned(void **state) {
    (void)state;
    struct tracker tracker = {0};
    nct_memory_store *store = NULL;
    assert_int_equal(nct_memory_store_new(&tracking, &tracker, &store), NCT_OK);
    struct probe probe = probe_of(store);
    assert_int_equal(probe_commit_one(&probe, contract_put("replaced", 0, SECRET)), NCT_OK);
    assert_int_equal(probe_commit_one(&probe, contract_put("replaced", 1, "x")), NCT_OK);
    assert_int_equal(probe_commit_one(&probe, contract_put("deleted", 0, SECRET)), NCT_OK);
    assert_int_equal(probe_commit_one(&probe, contract_delete("deleted", 1)), NCT_OK);
    assert_int_equal(probe_commit_one(&probe, contract_put("refused", 5, SECRET)), NCT_E_CONFLICT);
    assert_int_equal(probe_commit_one(&probe, contract_put(SECRET, 0, SECRET)), NCT_OK);
    nct_memory_store_free(store);
    assert_int_equal(tracker.out, 0);
    assert_int_equal(tracker.unwiped, 0);
}

/* Twenty rows of one prefix in one batch, so that the table grows in its midst. */
static nct_status commit_twenty(const struct probe *probe, size_t step, uint64_t revision, int kind) {
    struct nct_batch_op ops[20];
    char keys[20][16];
    for (size_t i = 0; i < 20; i++) {
        (void)snprintf(keys[i], sizeof keys[i], "%02zu-%02zu", step, i);
        ops[i] = contract_put(keys[i], revision, SECRET "-and-more");
        ops[i].kind = kind;
    }
    return probe_commit(probe, ops, 20);
}

static nct_status count_rows(const struct probe *probe, size_t *count) {
    struct probe_rows rows;
    probe_rows_init(&rows);
    nct_status status = probe_scan(probe, 1, NULL, 0, NULL, 0, SIZE_MAX / 16, &rows);
    *count = rows.count;
    probe_rows_clear(&rows);
    return status;
}

/* Repeats a commit until it is OK; a failure must have changed nothing. Says whether it failed at first. */
static int persist(const struct probe *probe, nct_memory_store *store, size_t step, uint64_t revision, int kind) {
    size_t before = nct_memory_store_rows(store);
    nct_status status = commit_twenty(probe, step, revision, kind);
    if (status == NCT_OK)
        return 0;
    assert_int_equal(status, NCT_E_NO_MEMORY);
    assert_int_equal(nct_memory_store_rows(store), before);
    assert_int_equal(commit_twenty(probe, step, revision, kind), NCT_OK);
    return 1;
}

static int work(const struct probe *probe, nct_memory_store *store, struct tracker *tracker) {
    int failed = 0;
    for (size_t step = 0; step < FAULT_STEPS; step++) {
        failed |= persist(probe, store, step, 0, NCT_BATCH_PUT);
        failed |= persist(probe, store, step, 1, NCT_BATCH_PUT);
        if (step % 3 == 0)
            failed |= persist(probe, store, step, 2, NCT_BATCH_DELETE);
    }
    size_t count = 0;
    tracker->refuse_at = failed ? 0 : tracker->refuse_at;
    nct_status status = count_rows(probe, &count);
    if (status != NCT_OK) {
        assert_int_equal(status, NCT_E_NO_MEMORY);
        assert_int_equal(count, 0);
        assert_int_equal(count_rows(probe, &count), NCT_OK);
        failed = 1;
    }
    assert_int_equal(count, FAULT_STEPS * 20 * 2 / 3);
    return failed;
}

static int run_with_fault(size_t refuse_at) {
    struct tracker tracker = {.refuse_at = refuse_at};
    nct_memory_store *store = NULL;
    nct_status status = nct_memory_store_new(&tracking, &tracker, &store);
    int failed = status != NCT_OK;
    if (failed) {
        assert_int_equal(status, NCT_E_NO_MEMORY);
        assert_null(store);
        assert_int_equal(tracker.out, 0);
        assert_int_equal(nct_memory_store_new(&tracking, &tracker, &store), NCT_OK);
    }
    struct probe probe = probe_of(store);
    failed |= work(&probe, store, &tracker);
    nct_memory_store_free(store);
    assert_int_equal(tracker.out, 0);
    assert_int_equal(tracker.unwiped, 0);
    return failed;
}

static void test_each_allocation_fails_once(void **state) {
    (void)state;
    size_t refuse_at = 1;
    while (refuse_at < FAULT_LIMIT && run_with_fault(refuse_at))
        refuse_at++;
    assert_in_range(refuse_at, 400, FAULT_LIMIT - 1);
    assert_int_equal(run_with_fault(0), 0);
}

/* Random commits compared with the model: those that fail for want of memory must leave no trace. */
static void test_random_allocations_fail(void **state) {
    (void)state;
    static struct model model;
    model_clear(&model);
    struct tracker tracker = {0};
    nct_memory_store *store = NULL;
    assert_int_equal(nct_memory_store_new(&tracking, &tracker, &store), NCT_OK);
    struct probe probe = probe_of(store);
    uint64_t seed = 77;
    for (size_t step = 0; step < 2000; step++) {
        char key[8];
        (void)snprintf(key, sizeof key, "%zu", probe_below(&seed, 9000));
        tracker.refuse_at = tracker.requests + 1 + probe_below(&seed, 2);
        const struct nct_batch_op ops[] = {probe_put(2, "new", 3, 0, "x", 1),
                                           probe_put(9, key, strlen(key), 0, "x", 1)};
        assert_int_equal(probe_commit(&probe, ops, 2), NCT_E_NO_MEMORY);
        tracker.refuse_at = 0;
        model_step(&model, &probe, &seed);
    }
    model_compare(&model, &probe);
    assert_int_equal(nct_memory_store_rows(store), model.count);
    nct_memory_store_free(store);
    assert_int_equal(tracker.out, 0);
}

static void fill_many(const struct probe *probe) {
    for (uint32_t i = 0; i < MANY_ROWS; i++) {
        uint32_t key = i * UINT32_C(2654435761);
        assert_int_equal(probe_commit_one(probe, probe_put(4, &key, sizeof key, 0, &i, sizeof i)), NCT_OK);
    }
}

static void delete_every_second(const struct probe *probe) {
    for (uint32_t i = 0; i < MANY_ROWS; i += 2) {
        uint32_t key = i * UINT32_C(2654435761);
        assert_int_equal(probe_commit_one(probe, probe_delete(4, &key, sizeof key, 1)), NCT_OK);
    }
}

static void expect_ascending(const struct probe *probe, size_t count) {
    struct probe_rows rows;
    probe_rows_init(&rows);
    assert_int_equal(probe_scan(probe, 4, NULL, 0, NULL, 0, SIZE_MAX / 16, &rows), NCT_OK);
    assert_int_equal(rows.count, count);
    for (size_t i = 1; i < rows.count; i++)
        assert_true(memcmp(rows.rows[i - 1].key, rows.rows[i].key, sizeof(uint32_t)) < 0);
    probe_rows_clear(&rows);
}

static void test_many_rows(void **state) {
    (void)state;
    nct_memory_store *store = NULL;
    assert_int_equal(nct_memory_store_new(NULL, NULL, &store), NCT_OK);
    struct probe probe = probe_of(store);
    fill_many(&probe);
    assert_int_equal(nct_memory_store_rows(store), MANY_ROWS);
    expect_ascending(&probe, MANY_ROWS);
    delete_every_second(&probe);
    assert_int_equal(nct_memory_store_rows(store), MANY_ROWS / 2);
    expect_ascending(&probe, MANY_ROWS / 2);
    for (uint32_t i = 0; i < MANY_ROWS; i++) {
        uint32_t key = i * UINT32_C(2654435761);
        contract_expect(&probe, 4, &key, sizeof key, i % 2, &i, sizeof i);
    }
    nct_memory_store_free(store);
}

/* Readers of a row that others replace, delete and make again; long values go by reference, short ones by copy. */
struct churn {
    pthread_t thread;
    const struct probe *probe;
    size_t len;
    int writes;
    nct_status status;
};

static nct_status churn_write(struct churn *churn, unsigned char *value, size_t round) {
    memset(value, (int)(round & 0xff), churn->len);
    nct_status status = probe_commit_one(churn->probe, probe_put(5, "row", 3, round % 4, value, churn->len));
    if (status == NCT_OK && round % 4 == 3)
        status = probe_commit_one(churn->probe, probe_delete(5, "row", 3, 4));
    return status;
}

static int is_uniform(const unsigned char *bytes, size_t len) {
    return len == 0 || memcmp(bytes, bytes + 1, len - 1) == 0;
}

static nct_status churn_read(struct churn *churn) {
    struct probe_value value;
    struct probe_rows rows;
    probe_value_init(&value);
    probe_rows_init(&rows);
    nct_status status = probe_get(churn->probe, 5, "row", 3, &value);
    if (status == NCT_OK && (value.len != churn->len || !is_uniform(value.bytes, value.len)))
        status = NCT_E_HOST;
    if (status == NCT_OK || status == NCT_E_NOT_FOUND)
        status = probe_scan(churn->probe, 5, NULL, 0, NULL, 0, 10, &rows);
    if (status == NCT_OK && rows.count == 1 && !is_uniform(rows.rows[0].value, rows.rows[0].len))
        status = NCT_E_HOST - 1;
    probe_value_clear(&value);
    probe_rows_clear(&rows);
    return status;
}

static void *churn_run(void *argument) {
    struct churn *churn = argument;
    unsigned char value[4096];
    churn->status = NCT_OK;
    for (size_t round = 0; churn->status == NCT_OK && round < 4000; round++)
        churn->status = churn->writes ? churn_write(churn, value, round) : churn_read(churn);
    return NULL;
}

static void churn_with_length(size_t len) {
    nct_memory_store *store = NULL;
    assert_int_equal(nct_memory_store_new(NULL, NULL, &store), NCT_OK);
    struct probe probe = probe_of(store);
    struct churn churns[5];
    for (size_t i = 0; i < 5; i++) {
        churns[i] = (struct churn){.probe = &probe, .len = len, .writes = i == 0};
        assert_int_equal(pthread_create(&churns[i].thread, NULL, churn_run, &churns[i]), 0);
    }
    for (size_t i = 0; i < 5; i++)
        assert_int_equal(pthread_join(churns[i].thread, NULL), 0);
    for (size_t i = 0; i < 5; i++)
        assert_int_equal(churns[i].status, NCT_OK);
    nct_memory_store_free(store);
}

static void test_rows_live_while_they_are_read(void **state) {
    (void)state;
    churn_with_length(100);
    churn_with_length(4096);
}

/* An allocator and a sink that use the store themselves: under a lock of the store they would wait for ever. */
struct visitor {
    nct_memory_store *store;
    int is_inside;
    size_t visits;
};

static void visit(struct visitor *visitor) {
    if (visitor->store == NULL || visitor->is_inside)
        return;
    visitor->is_inside = 1;
    visitor->visits++;
    struct probe probe = probe_of(visitor->store);
    assert_int_equal(probe_commit_one(&probe, contract_check("nobody", 0)), NCT_OK);
    visitor->is_inside = 0;
}

static void *visit_allocate(size_t size, void *user_data) {
    visit(user_data);
    return malloc(size);
}

static void visit_release(void *memory, void *user_data) {
    visit(user_data);
    free(memory);
}

struct visiting_sink {
    struct nct_sink sink;
    struct visitor *visitor;
};

static nct_status visit_value(struct nct_sink *sink, const void *value, size_t len) {
    (void)value;
    (void)len;
    visit(((struct visiting_sink *)(void *)sink)->visitor);
    return NCT_OK;
}

static nct_status visit_row(struct nct_sink *sink, const void *key, size_t key_len, uint64_t revision,
                            const void *value, size_t len) {
    (void)key;
    (void)key_len;
    (void)revision;
    return visit_value(sink, value, len);
}

static void test_nothing_of_the_host_runs_under_a_lock(void **state) {
    (void)state;
    nct_allocator allocator = {
        .struct_size = sizeof(nct_allocator), .allocate = visit_allocate, .release = visit_release};
    struct visitor visitor = {0};
    nct_memory_store *store = NULL;
    assert_int_equal(nct_memory_store_new(&allocator, &visitor, &store), NCT_OK);
    visitor.store = store;
    struct probe probe = probe_of(store);
    for (size_t step = 0; step < 20; step++) {
        assert_int_equal(commit_twenty(&probe, step, 0, NCT_BATCH_PUT), NCT_OK);
        assert_int_equal(commit_twenty(&probe, step, 1, NCT_BATCH_PUT), NCT_OK);
    }
    assert_int_equal(commit_twenty(&probe, 7, 2, NCT_BATCH_DELETE), NCT_OK);
    struct visiting_sink sink = {{visit_value, visit_row}, &visitor};
    uint64_t revision = 0;
    size_t before = visitor.visits;
    assert_int_equal(probe.functions->get(1, "01-01", 5, &sink.sink, &revision, store), NCT_OK);
    assert_int_equal(probe.functions->scan(1, NULL, 0, NULL, 0, SIZE_MAX, &sink.sink, store), NCT_OK);
    assert_true(visitor.visits > before + 380);
    visitor.store = NULL;
    nct_memory_store_free(store);
}

int main(void) {
    static const struct store_fixture fixture = {.name = "memory store", .open = open_memory, .close = close_memory};
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_new_checks_arguments),
        cmocka_unit_test(test_functions_check_arguments),
        cmocka_unit_test(test_batch_is_read_within_its_bounds),
        cmocka_unit_test(test_sink_checks_what_it_gets),
        cmocka_unit_test(test_rows_are_counted),
        cmocka_unit_test(test_memory_is_wiped_and_returned),
        cmocka_unit_test(test_each_allocation_fails_once),
        cmocka_unit_test(test_random_allocations_fail),
        cmocka_unit_test(test_many_rows),
        cmocka_unit_test(test_rows_live_while_they_are_read),
        cmocka_unit_test(test_nothing_of_the_host_runs_under_a_lock),
    };
    int failures = store_contract_run(&fixture);
    failures += cmocka_run_group_tests_name("memory store alone", tests, NULL, NULL);
    return failures == 0 ? 0 : 1;
}
