/*
 * The floor of an access check: a bare open-addressing hash table, FNV-1a over "ncid|provider", strings compared, the
 * rights beside them. Nothing is checked, copied, locked or authenticated.
 */
#ifndef NCT_TESTS_BENCH_PROBE_H
#define NCT_TESTS_BENCH_PROBE_H

#include "crowd.h"

struct probe_slot {
    char key[32]; /* "ncid|provider"; empty: free */
    uint64_t rights;
};

struct probe {
    struct probe_slot *slots;
    size_t mask;
};

/* A table of all grants of a crowd, at most two thirds full. */
void probe_fill(struct probe *probe, const struct crowd *crowd);
void probe_free(struct probe *probe);

/* The answer to a question, in the library's terms. */
nct_status probe_ask(const struct probe *probe, const struct crowd_query *query);

#endif
