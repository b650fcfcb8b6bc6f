/* kill -9 at every store call of what people do: before or after, never between, and running again finishes the job. */
#include "crash.h"

#include "account.h"
#include "terms.h"

#include <stdio.h>

#define CLAIMS (UINT64_C(1) << NCT_RIGHT_CLAIM_SUBMIT)

static int allowed(nct_portal *portal, const char *ncid, const char *npi, int32_t right) {
    return nct_access_check(portal, npi, strlen(npi), ncid, strlen(ncid), right) == NCT_OK;
}

static int64_t pin_issued_at(nct_portal *portal, const char *ncid) {
    int32_t state = 0;
    int64_t issued_at = 0;
    nct_status status = nct_pin_status(portal, ncid, strlen(ncid), &state, &issued_at, NULL);
    return status == NCT_OK ? issued_at : status;
}

struct event_count {
    const char *event;
    size_t count;
};

static void count_event(const nct_entry_list *page, size_t index, void *argument) {
    struct event_count *search = argument;
    search->count += strcmp(nct_entry_list_event(page, index), search->event) == 0;
}

static size_t events(nct_portal *portal, const char *stream, const char *event) {
    struct event_count search = {event, 0};
    each_entry(portal, stream, count_event, &search);
    return search.count;
}

/* A registration with a new Office Administrator and a new user. */

static nct_status run_registration(const struct clinic_file *clinic, nct_portal *portal) {
    const char *const fields[][2] = {{"provider.npi", world_npi(2)},
                                     {"provider.authorization_code", clinic->code},
                                     {"office_administrator.ncid", OSCAR.ncid},
                                     {"office_administrator.first_name", OSCAR.first_name},
                                     {"office_administrator.last_name", OSCAR.last_name},
                                     {"office_administrator.email", OSCAR.email},
                                     {"office_administrator.phone", OSCAR.phone},
                                     {"office_administrator.relationship", "owner"},
                                     {"eft.routing_number", WORLD_ROUTING},
                                     {"eft.account_number", WORLD_ACCOUNT},
                                     {"eft.account_type", "savings"},
                                     {"eft.account_holder", "Made Up Practice"},
                                     {"users[0].ncid", SILAS.ncid},
                                     {"users[0].first_name", SILAS.first_name},
                                     {"users[0].last_name", SILAS.last_name},
                                     {"users[0].email", SILAS.email},
                                     {"users[0].phone", SILAS.phone},
                                     {"users[0].rights", "training"}};
    nct_form *form = NULL;
    nct_status status = nct_form_new(portal, NCT_FORM_REGISTRATION, &form);
    for (size_t i = 0; i < sizeof fields / sizeof fields[0] && status == NCT_OK; i++)
        status = nct_form_set(form, fields[i][0], fields[i][1], strlen(fields[i][1]));
    if (status == NCT_OK)
        status = nct_registration_submit(form, NULL);
    nct_form_free(form);
    return status;
}

static int is_registered(const struct clinic_file *clinic, nct_portal *portal) {
    (void)clinic;
    nct_provider *provider = NULL;
    if (nct_provider_get(portal, world_npi(2), 10, &provider) != NCT_OK)
        return -1;
    int parts = nct_provider_state(provider) != NCT_PROVIDER_ENROLLED;
    nct_provider_free(provider);
    parts += allowed(portal, OSCAR.ncid, world_npi(2), NCT_RIGHT_TRAINING);
    parts += allowed(portal, SILAS.ncid, world_npi(2), NCT_RIGHT_TRAINING);
    parts += pin_issued_at(portal, OSCAR.ncid) > 0;
    parts += pin_issued_at(portal, SILAS.ncid) > 0;
    return parts == 0 ? 0 : parts == 5 ? 1 : -1;
}

static void registered_once(const struct clinic_file *clinic, nct_portal *portal, const struct crash *crash) {
    char stream[32];
    (void)clinic;
    (void)snprintf(stream, sizeof stream, "provider:%s", world_npi(2));
    assert_int_equal(events(portal, stream, "provider.registered"), 1);
    assert_int_equal(events(portal, "person:silas.stranger", "pin.issued"), 1);
    for (size_t i = 0; i < crash->letters.count; i++)
        assert_true(crash->letters.at[i].pin[0] != '\0');
}

static void a_registration(void **state) {
    static const struct victim victim = {.name = "registration",
                                         .run = run_registration,
                                         .done = is_registered,
                                         .again = NCT_E_OA_EXISTS,
                                         .mails = 2,
                                         .in_the_end = registered_once};
    crash_everywhere(*state, &victim);
}

/* A grant. */

static nct_status run_grant(const struct clinic_file *clinic, nct_portal *portal) {
    (void)clinic;
    return terms_grant(portal, OLIVIA.ncid, NPI_CLINIC,
                       &(struct terms){.ncid = FRANK.ncid, .role = NCT_ROLE_USER, .rights = CLAIMS});
}

static int is_granted(const struct clinic_file *clinic, nct_portal *portal) {
    (void)clinic;
    size_t entries = events(portal, "provider:" NPI_CLINIC, "access.granted");
    int after = allowed(portal, FRANK.ncid, NPI_CLINIC, NCT_RIGHT_CLAIM_SUBMIT);
    int before = allowed(portal, FRANK.ncid, NPI_CLINIC, NCT_RIGHT_ELIGIBILITY_INQUIRY);
    return after == before ? -1 : after && entries == 0 ? -1 : after;
}

static void a_grant(void **state) {
    /* Given once more, it is told once more. */
    static const struct victim victim = {
        .name = "grant", .run = run_grant, .done = is_granted, .again = NCT_OK, .mails = ANY_MAILS};
    crash_everywhere(*state, &victim);
}

/* Taking the last access away suspends the PIN with it. */

static nct_status run_revoke(const struct clinic_file *clinic, nct_portal *portal) {
    (void)clinic;
    return nct_access_revoke(portal, OLIVIA.ncid, strlen(OLIVIA.ncid), NPI_CLINIC, 10, PETRA.ncid, strlen(PETRA.ncid));
}

static int is_revoked(const struct clinic_file *clinic, nct_portal *portal) {
    (void)clinic;
    int32_t pin = 0;
    if (nct_pin_status(portal, PETRA.ncid, strlen(PETRA.ncid), &pin, NULL, NULL) != NCT_OK)
        return -1;
    int access = allowed(portal, PETRA.ncid, NPI_CLINIC, NCT_RIGHT_PA_SUBMIT);
    size_t entries = events(portal, "provider:" NPI_CLINIC, "access.revoked");
    if (access && pin == NCT_PIN_ACTIVE && entries == 0)
        return 0;
    return !access && pin == NCT_PIN_SUSPENDED && entries == 1 ? 1 : -1;
}

static void a_revocation(void **state) {
    static const struct victim victim = {
        .name = "revocation", .run = run_revoke, .done = is_revoked, .again = NCT_E_NOT_FOUND, .mails = 1};
    crash_everywhere(*state, &victim);
}

/* A reset of one's own PIN. */

static nct_status run_reset(const struct clinic_file *clinic, nct_portal *portal) {
    (void)clinic;
    return nct_pin_reset_by_administrator(portal, OLIVIA.ncid, strlen(OLIVIA.ncid), NPI_CLINIC, 10, PETRA.ncid,
                                          strlen(PETRA.ncid));
}

static nct_status run_own_reset(const struct clinic_file *clinic, nct_portal *portal) {
    (void)clinic;
    return nct_pin_reset(portal, PETRA.ncid, strlen(PETRA.ncid), WORLD_PASSWORD, strlen(WORLD_PASSWORD));
}

static int is_reset(const struct clinic_file *clinic, nct_portal *portal) {
    (void)clinic;
    size_t entries = events(portal, "person:petra.pharm", "pin.reset");
    int renewed = pin_issued_at(portal, PETRA.ncid) > WORLD_START;
    return renewed == (entries > 0) ? renewed : -1;
}

/* The latest mail's PIN signs, the old one does not. */
static void latest_pin_signs(const struct clinic_file *clinic, nct_portal *portal, const struct crash *crash) {
    const char *pin = letters_pin(&crash->letters, PETRA.ncid);
    expect_status(host_sign(portal, NPI_CLINIC, PETRA.ncid, WORLD_PASSWORD, clinic->pin), NCT_E_DENIED);
    expect_status(host_sign(portal, NPI_CLINIC, PETRA.ncid, WORLD_PASSWORD, pin), NCT_OK);
}

static int done_before;

static void keep_done(const struct clinic_file *clinic, nct_portal *portal, const struct crash *crash, int done) {
    (void)clinic;
    (void)portal;
    (void)crash;
    done_before = done;
}

/* Run once more after it was done, a reset is a further reset, which takes a mail that waits back. */
static void latest_pin_signs_after_reset(const struct clinic_file *clinic, nct_portal *portal,
                                         const struct crash *crash) {
    assert_int_equal(events(portal, "person:petra.pharm", "pin.reset"), done_before ? 2 : 1);
    latest_pin_signs(clinic, portal, crash);
}

static void a_reset_by_an_administrator(void **state) {
    static const struct victim victim = {.name = "reset",
                                         .run = run_reset,
                                         .done = is_reset,
                                         .mails = ANY_MAILS,
                                         .after_crash = keep_done,
                                         .in_the_end = latest_pin_signs_after_reset};
    crash_everywhere(*state, &victim);
}

static void a_reset_by_the_person(void **state) {
    static const struct victim victim = {.name = "own reset",
                                         .run = run_own_reset,
                                         .done = is_reset,
                                         .mails = ANY_MAILS,
                                         .after_crash = keep_done,
                                         .in_the_end = latest_pin_signs_after_reset};
    crash_everywhere(*state, &victim);
}

/* A mail flush: three mails wait, because the portal that caused them had no mailer. */

static nct_status flush(const struct clinic_file *clinic, nct_portal *portal) {
    (void)clinic;
    return nct_mail_flush(portal, 1000, NULL, NULL);
}

static int is_flushed(const struct clinic_file *clinic, nct_portal *portal) {
    (void)clinic;
    nct_mail_list *page = NULL;
    if (nct_mail_list_page(portal, NULL, 0, 100, &page) != NCT_OK)
        return -1;
    size_t count = nct_mail_list_count(page);
    nct_mail_list_free(page);
    return count == 0;
}

/* What no longer waits was accepted. */
static void none_is_lost(const struct clinic_file *clinic, nct_portal *portal, const struct crash *crash, int done) {
    nct_mail_list *page = NULL;
    (void)clinic;
    (void)done;
    expect_status(nct_mail_list_page(portal, NULL, 0, 100, &page), NCT_OK);
    size_t both = 0;
    for (size_t i = 0; i < nct_mail_list_count(page); i++)
        for (size_t j = 0; j < crash->letters.count; j++)
            both += strcmp(nct_mail_list_id(page, i), crash->letters.at[j].id) == 0;
    assert_int_equal(nct_mail_list_count(page) + letters_different(&crash->letters) - both, 3);
    assert_true(both <= 1); /* the one that was being sent */
    nct_mail_list_free(page);
}

static void make_mails_wait(const struct clinic_file *clinic) {
    struct host host = {.now = WORLD_START};
    nct_sqlite_store *store = NULL;
    expect_status(clinic_file_open(clinic, clinic->path, &host, &store), NCT_OK);
    const struct cast *const whose[] = {&OLIVIA, &FRANK, &PETRA};
    for (size_t i = 0; i < 3; i++)
        expect_status(nct_pin_reset_by_operator(host.portal, WORLD_OPERATOR, strlen(WORLD_OPERATOR), whose[i]->ncid,
                                                strlen(whose[i]->ncid), "lost", 4),
                      NCT_OK);
    clinic_file_close(&host, store);
}

static void a_mail_flush(void **state) {
    static const struct victim victim = {.name = "mail flush",
                                         .run = flush,
                                         .done = is_flushed,
                                         .mails = 3,
                                         .after_crash = none_is_lost,
                                         .in_the_end = latest_pin_signs};
    make_mails_wait(*state);
    crash_everywhere(*state, &victim);
}

static struct clinic_file clinic;

static int setup(void **state) {
    clinic = clinic_file_make();
    *state = &clinic;
    return 0;
}

static int teardown(void **state) {
    clinic_file_remove(*state);
    return 0;
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void) {
    const struct CMUnitTest tests[] = {
        CASE(a_registration),        CASE(a_grant),      CASE(a_revocation), CASE(a_reset_by_an_administrator),
        CASE(a_reset_by_the_person), CASE(a_mail_flush),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
