/*
 * Whether refusals can be told apart by their time, as dudect does it (Reparaz, Balasch, Verbauwhede 2017): each reason
 * beside the first of its entry, in random order, each try in a world of its own; Welch's t. |t| above 4.5 is a
 * difference that is not chance. The derivation is as cheap as it can be, which shows more than a portal does in
 * production.
 *
 * Times are printed as the other programs print theirs, and t on standard error. An argument is the number of rounds.
 */
#include "bench.h"
#include "refusals.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#define OUTLIER 4.0 /* times the first measurement's mean of ten: an interruption, not the work */

/* Welford: mean and the sum of squared distances from it. */
struct times {
    double count, mean, squares;
};

static void add(struct times *times, double value) {
    double distance = value - times->mean;
    times->count += 1;
    times->mean += distance / times->count;
    times->squares += distance * (value - times->mean);
}

static double welch(const struct times *a, const struct times *b) {
    double variance = a->squares / (a->count - 1) / a->count + b->squares / (b->count - 1) / b->count;
    return variance > 0 ? (a->mean - b->mean) / sqrt(variance) : 0;
}

static double measure(enum refusal_entry entry, const struct refusal_reason *reason) {
    struct refusal_try attempt;
    struct world *w = refusal_world(entry, reason, 0, &attempt);
    uint64_t begin = bench_now_ns();
    nct_status status = refusal_run(w, entry, &attempt);
    double ns = (double)(bench_now_ns() - begin);
    bench_require_right(status != NCT_E_DENIED, reason->name);
    (void)world_free(w);
    return ns;
}

static void compare(enum refusal_entry entry, const struct refusal_reason *first, const struct refusal_reason *other,
                    size_t rounds) {
    char name[128];
    struct times times[2] = {{0, 0, 0}, {0, 0, 0}};
    uint64_t chance = 1;
    double usual = 0;
    for (int i = 0; i < 10; i++)
        usual += measure(entry, first) / 10;
    for (size_t i = 0; i < 2 * rounds; i++) {
        int which = (int)(bench_random(&chance) >> 63);
        double ns = measure(entry, which ? other : first);
        if (ns < OUTLIER * usual)
            add(&times[which], ns);
    }
    (void)snprintf(name, sizeof name, "refused.%s: %s", refusal_entry_name(entry), other->name);
    bench_report_alone(name, times[1].mean);
    (void)fprintf(stderr, "t %6.2f  %s\n", welch(&times[0], &times[1]), name);
}

int main(int argc, char **argv) {
    size_t rounds = argc > 1 ? strtoul(argv[1], NULL, 10) : 30;
    for (int i = 0; i < REFUSAL_ENTRIES; i++) {
        const struct refusal_reason *first = NULL;
        for (size_t j = 0; j < REFUSAL_REASON_COUNT; j++) {
            if ((REFUSAL_REASONS[j].where & 1u << i) == 0)
                continue;
            if (first != NULL)
                compare((enum refusal_entry)(1 << i), first, &REFUSAL_REASONS[j], rounds);
            else
                first = &REFUSAL_REASONS[j];
        }
    }
    return 0;
}
