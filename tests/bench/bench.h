/* What every benchmark needs: a clock, a median, one line of JSON for each result. */
#ifndef NCT_TESTS_BENCH_H
#define NCT_TESTS_BENCH_H

#include <stddef.h>
#include <stdint.h>

/* Nanoseconds of a clock that only goes forward. */
uint64_t bench_now_ns(void);

/* The median of the values, which are put in order; count is at least 1. */
double bench_median(double *values, size_t count);

/*
 * Prints {"name":..,"ns":..,"floor_name":..,"floor_ns":..,"ratio":..} and a line end on standard output: what an
 * operation costs, beside the least that could do the job, measured in the same run.
 */
void bench_report(const char *name, double ns, const char *floor_name, double floor_ns);

#endif
