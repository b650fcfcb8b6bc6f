/* A registration that makes an Office Administrator and three users, beside the derivations of their four PINs. */
#include "bench.h"
#include "fixture.h"
#include "kdf.h"

#include <stdio.h>

enum { ROUNDS = 21, USERS = 3 };

/* Everybody is new, and so is the provider. */
static nct_form *make_form(struct fixture *fixture, size_t round) {
    char npi[11], ncid[32];
    fixture_npi(round, npi);
    snprintf(ncid, sizeof ncid, "owner.%zu", round);
    nct_form *form = fixture_registration(fixture, npi, ncid);
    for (size_t i = 0; i < USERS; i++) {
        snprintf(ncid, sizeof ncid, "user.%zu.%zu", round, i);
        fixture_add_user(form, i, ncid, "eligibility.inquiry claim.inquiry");
    }
    return form;
}

static double time_submit(nct_form *form) {
    uint64_t begin = bench_now_ns();
    bench_require(nct_registration_submit(form, NULL), "nct_registration_submit");
    double took = (double)(bench_now_ns() - begin);
    nct_form_free(form);
    return took;
}

int main(void) {
    struct fixture fixture;
    double floor[ROUNDS], submit[ROUNDS];
    fixture_open(&fixture, NULL, NULL, FIXTURE_DEFAULT);
    (void)kdf_time(1);
    for (size_t i = 0; i < ROUNDS; i++) {
        nct_form *form = make_form(&fixture, i);
        floor[i] = kdf_time(1 + USERS);
        submit[i] = time_submit(form);
    }
    bench_report_rounds("registration.3_users", submit, KDF_FLOOR_NAME("4"), floor, ROUNDS);
    fixture_close(&fixture);
    return 0;
}
