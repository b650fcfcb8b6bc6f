/*
 * Every real evaluation of a secret, as it happens: the linker puts trials.c between the library and
 * nct_try_evaluate() (--wrap). What runs on a dummy is no evaluation.
 */
#ifndef NCT_TORTURE_TRIALS_H
#define NCT_TORTURE_TRIALS_H

#include <stddef.h>
#include <stdint.h>

#include "portal/credentials/verifier.h"

/* Begins to keep the evaluations, in memory shared with children. 0, or -1. */
int trials_start(void);
void trials_stop(void);

/* Calls a function, once, between the reservation of the next try of a kind and its evaluation; when it answers a
 * failure, that is what becomes of the evaluation. One thread at a time. */
void trials_between(enum nct_secret kind, nct_status (*what)(void *argument), void *argument);

/* How many evaluations of a kind of secret there were, and how many of them found it right. */
size_t trials_count(enum nct_secret kind);
size_t trials_right(enum nct_secret kind);

/* What guessing got, in the order in which the tries were made: that in which they were reserved, for they take turns.
 */
struct trials_runs {
    size_t before_success; /* most wrong evaluations of one PIN between two right ones */
    size_t longest;        /* the same, or after the last right one */
    size_t generations;    /* PINs that were evaluated */
};

struct trials_runs trials_runs_of_pin(void);

#endif
