#define _POSIX_C_SOURCE 200809L

#include "bench.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

uint64_t bench_now_ns(void) {
    struct timespec now;
    if (clock_gettime(CLOCK_MONOTONIC, &now) != 0)
        abort();
    return (uint64_t)now.tv_sec * 1000000000U + (uint64_t)now.tv_nsec;
}

static int by_value(const void *left, const void *right) {
    double a = *(const double *)left, b = *(const double *)right;
    return (a > b) - (a < b);
}

double bench_median(double *values, size_t count) {
    qsort(values, count, sizeof values[0], by_value);
    return count % 2 == 1 ? values[count / 2] : (values[count / 2 - 1] + values[count / 2]) / 2;
}

/* SplitMix64. */
uint64_t bench_random(uint64_t *state) {
    uint64_t mixed = *state += UINT64_C(0x9E3779B97F4A7C15);
    mixed = (mixed ^ mixed >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
    mixed = (mixed ^ mixed >> 27) * UINT64_C(0x94D049BB133111EB);
    return mixed ^ mixed >> 31;
}

void bench_require(nct_status status, const char *what) {
    if (status == NCT_OK)
        return;
    fprintf(stderr, "%s: %s\n", what, nct_status_name(status));
    exit(1);
}

void bench_require_right(size_t wrong, const char *name) {
    if (wrong == 0)
        return;
    fprintf(stderr, "%s: %zu wrong answers\n", name, wrong);
    exit(1);
}

void bench_report(const char *name, double ns, const char *floor_name, double floor_ns) {
    printf("{\"name\":\"%s\",\"ns\":%.2f,\"floor_name\":\"%s\",\"floor_ns\":%.2f,\"ratio\":%.3f}\n", name, ns,
           floor_name, floor_ns, ns / floor_ns);
    fflush(stdout);
}

void bench_report_rounds(const char *name, double *ns, const char *floor_name, double *floor_ns, size_t count) {
    for (size_t i = 0; i < count; i++)
        ns[i] -= floor_ns[i];
    double least = bench_median(floor_ns, count);
    bench_report(name, least + bench_median(ns, count), floor_name, least);
}

void bench_report_alone(const char *name, double ns) {
    printf("{\"name\":\"%s\",\"ns\":%.2f}\n", name, ns);
    fflush(stdout);
}
