/* Nanoseconds per check of valid identifiers, beside a bare loop over the same digits. */
#define _POSIX_C_SOURCE 200809L

#include <stdio.h>
#include <stdlib.h>

#include <nctracks/ident.h>

#include "bench.h"

enum {
    INPUTS = 4096,
    WIDTH = 16,
    ROUNDS = 64,
    SAMPLES = 9,
};

typedef int bare_loop(const char *digits);

struct subject {
    const char *name, *floor_name;
    int32_t kind;
    size_t len;
    bare_loop *floor;
};

/* Filled from the inputs, which are valid. */
static uint8_t ein_prefixes[100];

__attribute__((noinline)) static int bare_npi(const char *s) {
    static const uint8_t doubled[10] = {0, 2, 4, 6, 8, 1, 3, 5, 7, 9};
    unsigned sum = 24;
    for (size_t i = 0; i < 10; i++) {
        unsigned digit = (unsigned)(s[i] - '0');
        sum += i % 2 == 0 ? doubled[digit] : digit;
    }
    return sum % 10 == 0;
}

__attribute__((noinline)) static int bare_aba(const char *s) {
    static const uint8_t weights[9] = {3, 7, 1, 3, 7, 1, 3, 7, 1};
    unsigned sum = 0;
    for (size_t i = 0; i < 9; i++)
        sum += weights[i] * (unsigned)(s[i] - '0');
    return sum % 10 == 0;
}

/* An EIN has no check digit: all there is to do is look at each digit and look the prefix up. */
__attribute__((noinline)) static int bare_ein(const char *s) {
    for (size_t i = 0; i < 9; i++)
        if ((unsigned)(s[i] - '0') > 9)
            return 0;
    return ein_prefixes[(s[0] - '0') * 10 + (s[1] - '0')];
}

/* Counts numbers up, spread over the digits, until enough of them are valid. */
static void fill(const struct subject *subject, char inputs[INPUTS][WIDTH]) {
    uint64_t modulus = subject->len == 10 ? UINT64_C(10000000000) : UINT64_C(1000000000);
    uint64_t number = 1;
    for (size_t filled = 0; filled < INPUTS;) {
        number = (number * 6364136223846793005U + 1442695040888963407U);
        int written = snprintf(inputs[filled], WIDTH, "%0*llu", (int)subject->len,
                               (unsigned long long)((number >> 20) % modulus));
        if (written == (int)subject->len && nct_ident_check(subject->kind, inputs[filled], subject->len) == NCT_OK)
            filled++;
    }
    if (subject->kind == NCT_IDENT_EIN)
        for (size_t i = 0; i < INPUTS; i++)
            ein_prefixes[(inputs[i][0] - '0') * 10 + (inputs[i][1] - '0')] = 1;
}

static double per_call(uint64_t begin, size_t valid) {
    double ns = (double)(bench_now_ns() - begin) / ((double)ROUNDS * INPUTS);
    if (valid != (size_t)ROUNDS * INPUTS)
        abort(); /* the loops must have done the work that was timed */
    return ns;
}

static double time_check(const struct subject *subject, char inputs[INPUTS][WIDTH]) {
    size_t valid = 0;
    uint64_t begin = bench_now_ns();
    for (size_t round = 0; round < ROUNDS; round++)
        for (size_t i = 0; i < INPUTS; i++)
            valid += nct_ident_check(subject->kind, inputs[i], subject->len) == NCT_OK;
    return per_call(begin, valid);
}

static double time_floor(const struct subject *subject, char inputs[INPUTS][WIDTH]) {
    size_t valid = 0;
    uint64_t begin = bench_now_ns();
    for (size_t round = 0; round < ROUNDS; round++)
        for (size_t i = 0; i < INPUTS; i++)
            valid += subject->floor(inputs[i]) == 1;
    return per_call(begin, valid);
}

/* The two are timed by turns, so that a change of clock speed meets both. */
static void measure(const struct subject *subject) {
    static char inputs[INPUTS][WIDTH];
    double check[SAMPLES], floor[SAMPLES];
    fill(subject, inputs);
    (void)time_check(subject, inputs);
    (void)time_floor(subject, inputs);
    for (size_t i = 0; i < SAMPLES; i++) {
        check[i] = time_check(subject, inputs);
        floor[i] = time_floor(subject, inputs);
    }
    bench_report(subject->name, bench_median(check, SAMPLES), subject->floor_name, bench_median(floor, SAMPLES));
}

int main(void) {
    static const struct subject subjects[] = {
        {"ident.npi", "bare Luhn loop", NCT_IDENT_NPI, 10, bare_npi},
        {"ident.aba", "bare 3-7-1 loop", NCT_IDENT_ABA, 9, bare_aba},
        {"ident.ein", "bare digit loop and prefix", NCT_IDENT_EIN, 9, bare_ein},
    };
    for (size_t i = 0; i < sizeof subjects / sizeof subjects[0]; i++)
        measure(&subjects[i]);
    return 0;
}
