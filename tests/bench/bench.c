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

void bench_report(const char *name, double ns, const char *floor_name, double floor_ns) {
    printf("{\"name\":\"%s\",\"ns\":%.2f,\"floor_name\":\"%s\",\"floor_ns\":%.2f,\"ratio\":%.3f}\n", name, ns,
           floor_name, floor_ns, ns / floor_ns);
    fflush(stdout);
}
