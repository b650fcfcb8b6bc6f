/* nct_sign() on the memory store and on SQLite, beside the two derivations it cannot do without. */
#include "bench.h"
#include "fixture.h"
#include "kdf.h"
#include "scratch.h"

#include <nctracks/password.h>
#include <nctracks/sign.h>

#include <string.h>

enum { ROUNDS = 61 };

static void set(nct_form *signing, const char *path, const char *value) {
    bench_require(nct_form_set(signing, path, value, strlen(value)), path);
}

static nct_form *make_form(struct fixture *fixture, const char *npi) {
    nct_form *signing = NULL;
    bench_require(nct_form_new(fixture->portal, NCT_FORM_SIGNING, &signing), "nct_form_new");
    set(signing, "signer.ncid", FIXTURE_OA);
    set(signing, "provider.npi", npi);
    set(signing, "submission.kind", "pharmacy_pa");
    set(signing, "document.id", "PA-1");
    set(signing, "document.version", "1");
    set(signing, "document.content", "Made-up recipient, made-up drug, made-up reason.");
    set(signing, "attestation.version", "1");
    set(signing, "attestation.text", "The above is true.");
    return signing;
}

/* Password and PIN are wiped by each try, so they are set again, which is not timed. */
static double time_sign(struct fixture *fixture, nct_form *signing) {
    nct_signature *signature = NULL;
    set(signing, "signer.password", FIXTURE_PASSWORD);
    set(signing, "signer.pin", fixture->pin);
    uint64_t begin = bench_now_ns();
    bench_require(nct_sign(signing, NULL, &signature), "nct_sign");
    double took = (double)(bench_now_ns() - begin);
    nct_signature_free(signature);
    return took;
}

/* The two are timed by turns, and each goes first as often. */
static void measure(struct fixture *fixture, nct_form *signing, const char *name) {
    double floor[ROUNDS], sign[ROUNDS];
    (void)kdf_time(2);
    (void)time_sign(fixture, signing);
    for (size_t i = 0; i < ROUNDS; i++) {
        if (i % 2 == 0)
            floor[i] = kdf_time(2);
        sign[i] = time_sign(fixture, signing);
        if (i % 2 == 1)
            floor[i] = kdf_time(2);
    }
    bench_report_rounds(name, sign, KDF_FLOOR_NAME("2"), floor, ROUNDS);
}

static void run(const nct_store *functions, void *store, const char *name) {
    struct fixture fixture;
    char npi[11];
    fixture_open(&fixture, functions, store, FIXTURE_DEFAULT);
    fixture_npi(0, npi);
    fixture_register(fixture_registration(&fixture, npi, FIXTURE_OA));
    bench_require(nct_password_set(fixture.portal, "bench", 5, FIXTURE_OA, strlen(FIXTURE_OA), FIXTURE_PASSWORD,
                                   strlen(FIXTURE_PASSWORD)),
                  "nct_password_set");
    nct_form *signing = make_form(&fixture, npi);
    measure(&fixture, signing, name);
    nct_form_free(signing);
    fixture_close(&fixture);
}

int main(void) {
    struct scratch scratch;
    run(NULL, NULL, "sign.memory");
    scratch_open(&scratch);
    run(nct_sqlite_store_functions(), scratch.store, "sign.sqlite");
    scratch_close(&scratch);
    return 0;
}
