/* The outside world as one portal sees it: memory, time, randomness. */
#ifndef NCT_BASE_ENVIRONMENT_H
#define NCT_BASE_ENVIRONMENT_H

#include "base/memory.h"

struct nct_seams {
    struct nct_memory memory;
    nct_clock clock;
    void *clock_data;
    nct_random random;
    void *random_data;
};

/* The system's clock, libsodium's random bytes, malloc. */
void nct_seams_default(struct nct_seams *seams);

/* Milliseconds since 1970 UTC. NCT_OK or NCT_E_CLOCK, also for a time outside 1970 to 9999. */
nct_status nct_seams_now(const struct nct_seams *seams, int64_t *now);

/* NCT_OK or NCT_E_RANDOM; on failure the bytes are wiped. */
nct_status nct_seams_fill(const struct nct_seams *seams, void *bytes, size_t len);

/* Decimal digits, each uniform (rejection sampling), and a terminating NUL. As nct_seams_fill(). */
nct_status nct_seams_digits(const struct nct_seams *seams, char *digits, size_t count);

#endif
