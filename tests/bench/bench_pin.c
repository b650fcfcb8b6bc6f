/* A reset by the call centre draws a PIN, derives its verifier, commits and mails it; beside the one derivation. */
#include "bench.h"
#include "fixture.h"
#include "kdf.h"

#include <nctracks/pin.h>

#include <string.h>

enum { ROUNDS = 41 };

static double time_reset(struct fixture *fixture) {
    uint64_t begin = bench_now_ns();
    bench_require(nct_pin_reset_by_operator(fixture->portal, "bench", 5, FIXTURE_OA, strlen(FIXTURE_OA), "lost", 4),
                  "nct_pin_reset_by_operator");
    return (double)(bench_now_ns() - begin);
}

int main(void) {
    struct fixture fixture;
    char npi[11];
    double floor[ROUNDS], reset[ROUNDS];
    fixture_open(&fixture, NULL, NULL, FIXTURE_DEFAULT);
    fixture_npi(0, npi);
    fixture_register(fixture_registration(&fixture, npi, FIXTURE_OA));
    (void)kdf_time(1);
    for (size_t i = 0; i < ROUNDS; i++) {
        floor[i] = kdf_time(1);
        reset[i] = time_reset(&fixture);
    }
    bench_report_rounds("pin_reset", reset, KDF_FLOOR_NAME("1"), floor, ROUNDS);
    fixture_close(&fixture);
    return 0;
}
