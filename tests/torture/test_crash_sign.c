/* kill -9 at every store call of a signature: signed or not, and the try counted as soon as it can be evaluated. */
#include "crash.h"

#include "account.h"
#include "trials.h"

#define LIMIT 10

static nct_status sign(const struct clinic_file *clinic, nct_portal *portal) {
    return host_sign(portal, NPI_CLINIC, PETRA.ncid, WORLD_PASSWORD, clinic->pin);
}

static nct_status guess(const struct clinic_file *clinic, nct_portal *portal) {
    return host_sign(portal, NPI_CLINIC, PETRA.ncid, WORLD_PASSWORD, world_wrong_pin(clinic->pin));
}

static size_t signatures(nct_portal *portal) {
    nct_signature_list *page = NULL;
    nct_status status = nct_signature_list_by_provider(portal, NPI_CLINIC, 10, NULL, 0, 10, &page);
    size_t count = status == NCT_OK ? nct_signature_list_count(page) : 100;
    nct_signature_list_free(page);
    return count;
}

static int is_signed(const struct clinic_file *clinic, nct_portal *portal) {
    (void)clinic;
    size_t made = signatures(portal);
    return account_of(portal, PETRA.ncid).made == made && made <= 2 ? made > 0 : -1;
}

static int32_t failures(nct_portal *portal) {
    int32_t state = 0, count = -1;
    expect_status(nct_pin_status(portal, PETRA.ncid, strlen(PETRA.ncid), &state, NULL, &count), NCT_OK);
    return count;
}

/* Commits: the password's try; its end and the PIN's try; the signature; the claim of its mail, and its end. */
static void tries_are_counted(const struct clinic_file *clinic, nct_portal *portal, const struct crash *crash,
                              int done) {
    struct account account = account_of(portal, PETRA.ncid);
    (void)clinic;
    assert_true(crash->commits <= 5);
    assert_int_equal(account.tried, crash->commits >= 1);
    assert_int_equal(failures(portal), crash->commits == 2);
    assert_int_equal(done, crash->commits >= 3);
    assert_true(trials_count(NCT_SECRET_PIN) <= (crash->commits >= 2));
    trials_stop();
    assert_int_equal(trials_start(), 0);
}

static void the_right_pin_clears_the_count(const struct clinic_file *clinic, nct_portal *portal,
                                           const struct crash *crash) {
    (void)clinic;
    (void)crash;
    assert_int_equal(failures(portal), 0);
    trials_stop();
    assert_int_equal(trials_start(), 0);
}

static void a_signature(void **state) {
    static const struct victim victim = {.name = "signature",
                                         .run = sign,
                                         .done = is_signed,
                                         .after_crash = tries_are_counted,
                                         .mails = ANY_MAILS, /* of one signature, or of two */
                                         .in_the_end = the_right_pin_clears_the_count};
    crash_everywhere(*state, &victim);
}

/* Whoever pulls the plug before a guess is settled has guessed nevertheless. */
static void crashes_do_not_buy_guesses(void **state) {
    const struct clinic_file *clinic = *state;
    struct host host = {.now = WORLD_START};
    nct_sqlite_store *store = NULL;
    clinic_file_copy(clinic);
    for (int i = 0; i < 2 * LIMIT; i++) /* each when the turn of the one before is over */
        assert_true(crash_after_commit(clinic, guess, 2, WORLD_START + i * INT64_C(30000)) < 0);
    assert_int_equal(trials_count(NCT_SECRET_PIN), 0); /* they died before */
    expect_status(clinic_file_open(clinic, clinic->copy, &host, &store), NCT_OK);
    assert_int_equal(failures(host.portal), LIMIT);
    expect_status(sign(clinic, host.portal), NCT_E_DENIED);
    assert_int_equal(trials_count(NCT_SECRET_PIN), 0);
    clinic_file_close(&host, store);
}

static struct clinic_file clinic;

static int setup(void **state) {
    clinic = clinic_file_make();
    *state = &clinic;
    return trials_start();
}

static int teardown(void **state) {
    trials_stop();
    clinic_file_remove(*state);
    return 0;
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void) {
    const struct CMUnitTest tests[] = {
        CASE(a_signature),
        CASE(crashes_do_not_buy_guesses),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
