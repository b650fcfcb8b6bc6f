/* nct_sign_in() and the check of its session on the memory store, beside the derivation it cannot do without. */
#include "bench.h"
#include "fixture.h"
#include "kdf.h"

#include <nctracks/password.h>
#include <nctracks/signin.h>

#include <stdio.h>
#include <string.h>

enum { ROUNDS = 61, CHECKS = 1000 };

static double time_sign_in(struct fixture *fixture, char token[NCT_SESSION_TOKEN_LENGTH + 1]) {
    nct_session *session = NULL;
    uint64_t begin = bench_now_ns();
    bench_require(nct_sign_in(fixture->portal, FIXTURE_OA, strlen(FIXTURE_OA), FIXTURE_PASSWORD,
                              strlen(FIXTURE_PASSWORD), NULL, 0, &session),
                  "nct_sign_in");
    double took = (double)(bench_now_ns() - begin);
    (void)snprintf(token, NCT_SESSION_TOKEN_LENGTH + 1, "%s", nct_session_token(session));
    nct_session_free(session);
    return took;
}

/* The two are timed by turns, and each goes first as often. */
static void measure_sign_in(struct fixture *fixture, char token[NCT_SESSION_TOKEN_LENGTH + 1]) {
    double floor[ROUNDS], sign_in[ROUNDS];
    (void)kdf_time(1);
    (void)time_sign_in(fixture, token);
    for (size_t i = 0; i < ROUNDS; i++) {
        if (i % 2 == 0)
            floor[i] = kdf_time(1);
        sign_in[i] = time_sign_in(fixture, token);
        if (i % 2 == 1)
            floor[i] = kdf_time(1);
    }
    bench_report_rounds("sign_in.memory", sign_in, KDF_FLOOR_NAME("1"), floor, ROUNDS);
}

static void measure_check(struct fixture *fixture, const char *token) {
    double checks[ROUNDS];
    for (size_t i = 0; i < ROUNDS; i++) {
        uint64_t begin = bench_now_ns();
        for (size_t j = 0; j < CHECKS; j++) {
            nct_session *session = NULL;
            bench_require(nct_session_check(fixture->portal, token, strlen(token), &session), "nct_session_check");
            nct_session_free(session);
        }
        checks[i] = (double)(bench_now_ns() - begin) / CHECKS;
    }
    bench_report_alone("session_check.memory", bench_median(checks, ROUNDS));
}

int main(void) {
    struct fixture fixture;
    char npi[11];
    char token[NCT_SESSION_TOKEN_LENGTH + 1];
    fixture_open(&fixture, NULL, NULL, FIXTURE_DEFAULT);
    fixture_npi(0, npi);
    fixture_register(fixture_registration(&fixture, npi, FIXTURE_OA));
    bench_require(nct_password_set(fixture.portal, "bench", 5, FIXTURE_OA, strlen(FIXTURE_OA), FIXTURE_PASSWORD,
                                   strlen(FIXTURE_PASSWORD)),
                  "nct_password_set");
    measure_sign_in(&fixture, token);
    measure_check(&fixture, token);
    fixture_close(&fixture);
    return 0;
}
