#include "base/environment.h"
#include "base/about.h"

#include <sodium.h>
#include <time.h>

#define YEAR_10000 INT64_C(253402300800000)

static nct_status system_now(int64_t *milliseconds, void *user_data) {
    (void)user_data;
    struct timespec time;
    if (clock_gettime(CLOCK_REALTIME, &time) != 0)
        return NCT_E_CLOCK;
    *milliseconds = (int64_t)time.tv_sec * 1000 + time.tv_nsec / 1000000;
    return NCT_OK;
}

static nct_status system_fill(void *bytes, size_t len, void *user_data) {
    (void)user_data;
    randombytes_buf(bytes, len);
    return NCT_OK;
}

void nct_seams_default(struct nct_seams *seams) {
    *seams = (struct nct_seams){.clock = {.struct_size = sizeof(nct_clock), .now = system_now},
                                .random = {.struct_size = sizeof(nct_random), .fill = system_fill}};
    nct_memory_set(&seams->memory, NULL, NULL);
}

nct_status nct_seams_now(const struct nct_seams *seams, int64_t *now) {
    *now = -1;
    if (seams->clock.now(now, seams->clock_data) != NCT_OK || *now < 0 || *now >= YEAR_10000)
        return nct_about_word(NCT_E_CLOCK, NCT_ABOUT_CALLBACK, "clock.now", *now);
    return NCT_OK;
}

nct_status nct_seams_fill(const struct nct_seams *seams, void *bytes, size_t len) {
    if (seams->random.fill(bytes, len, seams->random_data) == NCT_OK)
        return NCT_OK;
    sodium_memzero(bytes, len);
    return nct_about_word(NCT_E_RANDOM, NCT_ABOUT_CALLBACK, "random.fill", 0);
}

/* 250 is the greatest multiple of 10 in a byte: what lies above would favour the digits 0 to 5. */
#define UNBIASED 250

nct_status nct_seams_digits(const struct nct_seams *seams, char *digits, size_t count) {
    unsigned char pool[16];
    size_t left = 0;
    nct_status status = NCT_OK;
    for (size_t i = 0; i < count && status == NCT_OK;) {
        if (left == 0) {
            status = nct_seams_fill(seams, pool, sizeof pool);
            left = sizeof pool;
        }
        unsigned char byte = pool[--left];
        if (status == NCT_OK && byte < UNBIASED)
            digits[i++] = (char)('0' + byte % 10);
    }
    digits[status == NCT_OK ? count : 0] = '\0';
    sodium_memzero(pool, sizeof pool);
    return status;
}
