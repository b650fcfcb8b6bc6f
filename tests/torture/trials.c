#include "trials.h"

#include "host.h"

#include <sched.h>
#include <stdlib.h>

#define TRIALS_MAX 32768

struct trial {
    enum nct_secret kind;
    unsigned right;
    uint64_t generation;
    size_t order;
};

struct trials {
    _Atomic size_t count;
    struct trial at[TRIALS_MAX];
};

static struct trials *trials;

static struct {
    enum nct_secret kind;
    nct_status (*what)(void *argument);
    void *argument;
} between;

void trials_between(enum nct_secret kind, nct_status (*what)(void *argument), void *argument) {
    between.kind = kind;
    between.what = what;
    between.argument = argument;
}

static nct_status run_between(enum nct_secret kind) {
    nct_status (*what)(void *argument) = between.what;
    if (what == NULL || between.kind != kind)
        return NCT_OK;
    between.what = NULL;
    return what(between.argument);
}

int trials_start(void) {
    trials = shared_memory(sizeof *trials);
    return trials != NULL ? 0 : -1;
}

void trials_stop(void) {
    shared_free(trials, sizeof *trials);
    trials = NULL;
}

nct_status __real_nct_try_evaluate(const struct nct_portal *portal, const void *secret, size_t len,
                                   struct nct_try *attempt);
nct_status __wrap_nct_try_evaluate(const struct nct_portal *portal, const void *secret, size_t len,
                                   struct nct_try *attempt);

nct_status __wrap_nct_try_evaluate(const struct nct_portal *portal, const void *secret, size_t len,
                                   struct nct_try *attempt) {
    (void)sched_yield(); /* others reserve meanwhile */
    nct_status status = run_between(attempt->kind);
    if (status == NCT_OK)
        status = __real_nct_try_evaluate(portal, secret, len, attempt);
    if (status != NCT_OK || trials == NULL || !attempt->evaluate)
        return status;
    size_t index = atomic_fetch_add(&trials->count, 1);
    if (index < TRIALS_MAX)
        trials->at[index] = (struct trial){attempt->kind, attempt->right, attempt->generation, index};
    return status;
}

size_t trials_count(enum nct_secret kind) {
    size_t count = 0;
    for (size_t i = 0; i < trials->count; i++)
        count += trials->at[i].kind == kind;
    return count;
}

size_t trials_right(enum nct_secret kind) {
    size_t count = 0;
    for (size_t i = 0; i < trials->count; i++)
        count += trials->at[i].kind == kind && trials->at[i].right;
    return count;
}

static int by_order(const void *left, const void *right) {
    const struct trial *a = left, *b = right;
    if (a->kind != b->kind)
        return a->kind > b->kind ? -1 : 1; /* PINs first */
    if (a->generation != b->generation)
        return a->generation < b->generation ? -1 : 1;
    return (a->order > b->order) - (a->order < b->order);
}

struct trials_runs trials_runs_of_pin(void) {
    struct trials_runs runs = {0};
    size_t run = 0;
    qsort(trials->at, trials->count, sizeof trials->at[0], by_order);
    for (size_t i = 0; i < trials->count && trials->at[i].kind == NCT_SECRET_PIN; i++) {
        const struct trial *trial = &trials->at[i];
        int new_pin = i == 0 || trial->generation != trial[-1].generation;
        runs.generations += (size_t)new_pin;
        if (new_pin)
            run = 0;
        if (trial->right && run > runs.before_success)
            runs.before_success = run;
        run = trial->right ? 0 : run + 1;
        if (run > runs.longest)
            runs.longest = run;
    }
    return runs;
}
