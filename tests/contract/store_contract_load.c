#include "store_contract_cases.h"
#include "store_model.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>

#define THREADS 8
#define PAIR_KEYS 4

/* cmocka's assertions must stay on the main thread, so a worker keeps its status. */
struct worker {
    pthread_t thread;
    const struct probe *probe;
    size_t times;
    nct_status status;
    atomic_int *stop;
};

static void *count(void *argument) {
    struct worker *worker = argument;
    worker->status = probe_increment(worker->probe, 1, "counter", worker->times);
    return NULL;
}

static void run_all(struct worker *workers, size_t number, void *(*function)(void *)) {
    for (size_t i = 0; i < number; i++)
        assert_int_equal(pthread_create(&workers[i].thread, NULL, function, &workers[i]), 0);
    for (size_t i = 0; i < number; i++)
        assert_int_equal(pthread_join(workers[i].thread, NULL), 0);
    for (size_t i = 0; i < number; i++)
        assert_int_equal(workers[i].status, NCT_OK);
}

void case_threads_count_exactly(void **state) {
    const struct contract *contract = *state;
    size_t times = contract->fixture->increments > 0 ? contract->fixture->increments : 1000;
    struct worker workers[THREADS];
    for (size_t i = 0; i < THREADS; i++)
        workers[i] = (struct worker){.probe = &contract->probe, .times = times};
    run_all(workers, THREADS, count);
    assert_int_equal(probe_counter(&contract->probe, 1, "counter"), THREADS * times);
}

/* Writes the same number under all keys of the group: in one batch, so that they are always alike. */
static nct_status write_group(const struct probe *probe, uint64_t number) {
    static const char *const keys[PAIR_KEYS] = {"g1", "g2", "g3", "g4"};
    struct nct_batch_op ops[PAIR_KEYS];
    for (size_t i = 0; i < PAIR_KEYS; i++)
        ops[i] = probe_put(3, keys[i], 2, number, &number, sizeof number);
    return probe_commit(probe, ops, PAIR_KEYS);
}

static void *write_groups(struct worker *worker) {
    worker->status = NCT_OK;
    for (uint64_t number = 1; worker->status == NCT_OK && number <= worker->times; number++)
        worker->status = write_group(worker->probe, number);
    atomic_store(worker->stop, 1);
    return NULL;
}

/* A host's code when the rows of one scan are not of one batch, or older than the batch seen before. */
static nct_status read_group(const struct probe *probe, uint64_t *newest) {
    struct probe_rows rows;
    probe_rows_init(&rows);
    nct_status status = probe_scan(probe, 3, "g", 1, NULL, 0, 100, &rows);
    for (size_t i = 0; status == NCT_OK && i < rows.count; i++) {
        if (rows.count != PAIR_KEYS || rows.rows[i].revision != rows.rows[0].revision ||
            memcmp(rows.rows[i].value, rows.rows[0].value, rows.rows[0].len) != 0)
            status = NCT_E_HOST;
    }
    if (status == NCT_OK && rows.rows[0].revision < *newest)
        status = NCT_E_HOST - 1;
    if (status == NCT_OK)
        *newest = rows.rows[0].revision;
    probe_rows_clear(&rows);
    return status;
}

static void *read_groups(struct worker *worker) {
    uint64_t newest = 0;
    worker->status = NCT_OK;
    while (worker->status == NCT_OK && atomic_load(worker->stop) == 0)
        worker->status = read_group(worker->probe, &newest);
    return NULL;
}

static void *read_or_write(void *argument) {
    struct worker *worker = argument;
    return worker->times > 0 ? write_groups(worker) : read_groups(worker);
}

/* One writer among readers that never pause: it must get its turn, and nobody may see half a batch. */
void case_threads_see_whole_batches(void **state) {
    const struct contract *contract = *state;
    atomic_int stop = 0;
    struct worker workers[THREADS];
    for (size_t i = 0; i < THREADS; i++)
        workers[i] = (struct worker){.probe = &contract->probe, .stop = &stop};
    workers[THREADS - 1].times = contract->fixture->increments > 0 ? contract->fixture->increments : 1000;
    assert_int_equal(write_group(&contract->probe, 0), NCT_OK);
    run_all(workers, THREADS, read_or_write);
}

/* Two batches of which each writes what the other checks. */
struct rival {
    pthread_t thread;
    const struct probe *probe;
    pthread_barrier_t *barrier;
    const char *checked;
    const char *written;
    uint64_t checked_revision;
    uint64_t written_revision;
    nct_status status;
};

static void *contend(void *argument) {
    struct rival *rival = argument;
    const struct nct_batch_op ops[] = {contract_check(rival->checked, rival->checked_revision),
                                       contract_put(rival->written, rival->written_revision, "x")};
    (void)pthread_barrier_wait(rival->barrier);
    rival->status = probe_commit(rival->probe, ops, 2);
    return NULL;
}

static void contend_once(struct rival rivals[2]) {
    pthread_barrier_t barrier;
    assert_int_equal(pthread_barrier_init(&barrier, NULL, 2), 0);
    for (size_t i = 0; i < 2; i++) {
        rivals[i].barrier = &barrier;
        assert_int_equal(pthread_create(&rivals[i].thread, NULL, contend, &rivals[i]), 0);
    }
    for (size_t i = 0; i < 2; i++)
        assert_int_equal(pthread_join(rivals[i].thread, NULL), 0);
    (void)pthread_barrier_destroy(&barrier);
}

/* Exactly one wins, however close they are: a store with mere snapshots would let both through (write skew). */
void case_check_and_write_exclude_each_other(void **state) {
    const struct probe *probe = contract_probe(state);
    uint64_t a = 0;
    uint64_t b = 0;
    for (size_t round = 0; round < 300; round++) {
        struct rival rivals[2] = {
            {.probe = probe, .checked = "a", .written = "b", .checked_revision = a, .written_revision = b},
            {.probe = probe, .checked = "b", .written = "a", .checked_revision = b, .written_revision = a},
        };
        contend_once(rivals);
        assert_true((rivals[0].status == NCT_OK) != (rivals[1].status == NCT_OK));
        assert_int_equal(rivals[0].status + rivals[1].status, NCT_E_CONFLICT);
        b += rivals[0].status == NCT_OK ? 1 : 0;
        a += rivals[1].status == NCT_OK ? 1 : 0;
    }
    contract_expect_text(probe, "a", a, "x");
    contract_expect_text(probe, "b", b, "x");
}

void case_random_operations(void **state) {
    const struct contract *contract = *state;
    size_t steps = contract->fixture->random_steps > 0 ? contract->fixture->random_steps : 20000;
    static struct model model;
    model_clear(&model);
    uint64_t seed = UINT64_C(20130415);
    for (size_t step = 0; step < steps; step++)
        model_step(&model, &contract->probe, &seed);
    model_compare(&model, &contract->probe);
}

void case_reopen_keeps_all(void **state) {
    struct contract *contract = *state;
    if (contract->fixture->reopen == NULL)
        skip();
    static struct model model;
    model_clear(&model);
    uint64_t seed = UINT64_C(19991231);
    for (size_t round = 0; round < 3; round++) {
        for (size_t step = 0; step < 200; step++)
            model_step(&model, &contract->probe, &seed);
        assert_int_equal(
            contract->fixture->reopen(&contract->fixture_state, &contract->probe.functions, &contract->probe.user_data),
            NCT_OK);
        model_compare(&model, &contract->probe);
    }
}
