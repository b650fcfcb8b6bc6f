/* What every benchmark needs: a clock, a median, chance, one line of JSON for each result. */
#ifndef NCT_TESTS_BENCH_H
#define NCT_TESTS_BENCH_H

#include <stddef.h>
#include <stdint.h>

#include <nctracks/status.h>

/* Nanoseconds of a clock that only goes forward. */
uint64_t bench_now_ns(void);

/* The median of the values, which are put in order; count is at least 1. */
double bench_median(double *values, size_t count);

/* The next number of a sequence that is the same in every run. */
uint64_t bench_random(uint64_t *state);

/* Ends the program with status 1 when something failed that a benchmark is built on. */
void bench_require(nct_status status, const char *what);

/* Ends the program with status 1 when answers were wrong: a fast wrong answer is no result. */
void bench_require_right(size_t wrong, const char *name);

/*
 * Prints {"name":..,"ns":..,"floor_name":..,"floor_ns":..,"ratio":..} and a line end on standard output: what an
 * operation costs, beside the least that could do the job, measured in the same run.
 */
void bench_report(const char *name, double ns, const char *floor_name, double floor_ns);

/*
 * The same from rounds in which both were timed one after the other. Where a machine is noisier than what the operation
 * adds, that is the median of the differences within the rounds, put on top of the floor's median. The values are lost.
 */
void bench_report_rounds(const char *name, double *ns, const char *floor_name, double *floor_ns, size_t count);

/* Prints {"name":..,"ns":..} for what has no floor. */
void bench_report_alone(const char *name, double ns);

#endif
