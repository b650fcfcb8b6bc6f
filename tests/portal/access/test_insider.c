/* What somebody who administers a provider can do to people who are not theirs alone: nothing that lasts. */
#include "terms.h"
#include "world.h"

#define DAY INT64_C(86400000)
#define ELSEWHERE world_npi(1)

static nct_status reset(struct world *w, const char *by, const char *npi, const char *ncid) {
    return nct_pin_reset_by_administrator(w->portal, by, strlen(by), npi, strlen(npi), ncid, strlen(ncid));
}

static nct_status leave(struct world *w, const char *ncid, const char *npi) {
    return nct_access_leave(w->portal, ncid, strlen(ncid), npi, strlen(npi));
}

static size_t mails_of(struct world *w, const char *template_name, const char *address) {
    size_t count = 0;
    for (size_t i = 0; i < w->mailer.count; i++)
        count += strcmp(w->mailer.mails[i].template_name, template_name) == 0 &&
                 strcmp(w->mailer.mails[i].address, address) == 0;
    return count;
}

/* Oscar administers another provider, and adds Petra of the clinic, whose NCID is all he knows. */
static void add_elsewhere(struct world *w) {
    world_register(w, ELSEWHERE, &OSCAR, NULL, NULL);
    w->mailer.count = 0;
    expect_status(world_add_user(w, OSCAR.ncid, ELSEWHERE, &PETRA, "user", "pa.submit"), NCT_OK);
}

static void no_administrator_disables_who_has_access_elsewhere(void **state) {
    struct world *w = *state;
    add_elsewhere(w);
    expect_status(world_report_lost(w, OSCAR.ncid, ELSEWHERE, PETRA.ncid), NCT_E_ELSEWHERE);
    expect_status(reset(w, OSCAR.ncid, ELSEWHERE, PETRA.ncid), NCT_E_ELSEWHERE);
    expect_status(world_change_contact(w, OSCAR.ncid, ELSEWHERE, PETRA.ncid, "phone", "9195550199"), NCT_E_ELSEWHERE);
    expect_status(world_last_outcome(w, "provider:1555000011"), NCT_E_ELSEWHERE);
    assert_int_equal(world_pin_state(w, PETRA.ncid), NCT_PIN_ACTIVE);
    assert_int_equal(w->mailer.count, 1); /* that she was added */
    /* nor does the one who was there first */
    expect_status(reset(w, OLIVIA.ncid, NPI_CLINIC, PETRA.ncid), NCT_E_ELSEWHERE);
    /* the person and the call centre do */
    expect_status(nct_pin_reset(w->portal, PETRA.ncid, strlen(PETRA.ncid), WORLD_PASSWORD, strlen(WORLD_PASSWORD)),
                  NCT_OK);
    expect_status(nct_pin_reset_by_operator(w->portal, "casey", 5, PETRA.ncid, strlen(PETRA.ncid), "called", 6),
                  NCT_OK);
    expect_status(world_report_lost(w, PETRA.ncid, NULL, PETRA.ncid), NCT_OK);
    expect_status(leave(w, PETRA.ncid, ELSEWHERE), NCT_OK);
    expect_status(reset(w, OLIVIA.ncid, NPI_CLINIC, PETRA.ncid), NCT_OK);
}

/* Access that is held back or has run out may come back: it counts. */
static void access_out_of_force_elsewhere_counts(void **state) {
    struct world *w = *state;
    world_register(w, ELSEWHERE, &OSCAR, NULL, NULL);
    expect_status(
        terms_grant(w->portal, OSCAR.ncid, ELSEWHERE,
                    &(struct terms){.ncid = PETRA.ncid, .role = NCT_ROLE_USER, .rights = 1, .until = w->now + 1}),
        NCT_OK);
    world_advance(w, DAY);
    expect_status(reset(w, OLIVIA.ncid, NPI_CLINIC, PETRA.ncid), NCT_E_ELSEWHERE);
    expect_status(nct_provider_terminate(w->portal, "op", 2, ELSEWHERE, 10, "r", 1), NCT_OK);
    expect_status(reset(w, OLIVIA.ncid, NPI_CLINIC, PETRA.ncid), NCT_E_ELSEWHERE);
}

static void who_is_added_is_told_and_can_leave(void **state) {
    struct world *w = *state;
    add_elsewhere(w);
    assert_int_equal(mails_of(w, "access.given", PETRA.email), 1);
    assert_string_equal(w->mailer.mails[0].provider, ELSEWHERE);
    expect_status(leave(w, PETRA.ncid, ELSEWHERE), NCT_OK);
    expect_status(world_check(w, PETRA.ncid, ELSEWHERE, NCT_RIGHT_PA_SUBMIT), NCT_E_NOT_PROVISIONED);
    expect_status(world_check(w, PETRA.ncid, NPI_CLINIC, NCT_RIGHT_PA_SUBMIT), NCT_OK);
    assert_int_equal(mails_of(w, "access.left", PETRA.email), 1);
    assert_int_equal(mails_of(w, "access.left", OSCAR.email), 1);
    expect_status(leave(w, PETRA.ncid, ELSEWHERE), NCT_E_NOT_FOUND);
    expect_status(leave(w, "nobody.here", ELSEWHERE), NCT_E_UNKNOWN_PERSON);
    expect_status(leave(w, OSCAR.ncid, ELSEWHERE), NCT_E_OFFICE_ADMINISTRATOR);
    expect_status(leave(w, "x", ELSEWHERE), NCT_E_TOO_SHORT);
    expect_status(nct_access_leave(NULL, "abcdef", 6, ELSEWHERE, 10), NCT_E_ARGUMENT);
    expect_status(leave(w, PETRA.ncid, NPI_CLINIC), NCT_OK);
    assert_int_equal(world_pin_state(w, PETRA.ncid), NCT_PIN_SUSPENDED);
    assert_int_equal(world_verdict(w, "provider:1555000011", NULL), NCT_LEDGER_VALID_BUT_UNANCHORED);
    assert_int_equal(world_verdict(w, "person:petra.pharm", NULL), NCT_LEDGER_VALID_BUT_UNANCHORED);
}

/* Thirty requests, thirty mails: not any more. The person's own are counted apart. */
static void administrators_ask_so_often_a_day(void **state) {
    struct world *w = *state;
    char phone[16] = "9195550110";
    for (int i = 0; i < 5; i++) {
        phone[9] = (char)('1' + i);
        expect_status(world_change_contact(w, UMA.ncid, NPI_CLINIC, PETRA.ncid, "phone", phone), NCT_OK);
        expect_status(reset(w, UMA.ncid, NPI_CLINIC, PETRA.ncid), NCT_OK);
    }
    w->mailer.count = 0;
    for (int i = 0; i < 30; i++) {
        const char *by = i % 2 == 0 ? UMA.ncid : OLIVIA.ncid;
        expect_status(world_change_contact(w, by, NPI_CLINIC, PETRA.ncid, "phone", "9195550199"), NCT_E_TOO_OFTEN);
        expect_status(reset(w, by, NPI_CLINIC, PETRA.ncid), NCT_E_TOO_OFTEN);
    }
    assert_int_equal(w->mailer.count, 0);
    expect_status(world_last_outcome(w, "provider:" NPI_CLINIC), NCT_E_TOO_OFTEN);
    expect_status(world_change_contact(w, PETRA.ncid, NULL, PETRA.ncid, "phone", "9195550198"), NCT_OK);
    expect_status(reset(w, UMA.ncid, NPI_CLINIC, FRANK.ncid), NCT_OK);
    world_advance(w, DAY - 1);
    expect_status(reset(w, UMA.ncid, NPI_CLINIC, PETRA.ncid), NCT_E_TOO_OFTEN);
    world_advance(w, 1);
    expect_status(reset(w, UMA.ncid, NPI_CLINIC, PETRA.ncid), NCT_OK);
    expect_status(world_change_contact(w, UMA.ncid, NPI_CLINIC, PETRA.ncid, "phone", "9195550197"), NCT_OK);
}

static nct_status reset_own(struct world *w) {
    return nct_pin_reset(w->portal, PETRA.ncid, strlen(PETRA.ncid), WORLD_PASSWORD, strlen(WORLD_PASSWORD));
}

/* Whoever knows a password does not get new tries at the PIN without end. An operator helps meanwhile. */
static void a_person_asks_so_often_a_day(void **state) {
    struct world *w = *state;
    for (int i = 0; i < 5; i++)
        expect_status(reset_own(w), NCT_OK);
    expect_status(reset_own(w), NCT_E_TOO_OFTEN);
    expect_status(world_last_outcome(w, "person:petra.pharm"), NCT_E_TOO_OFTEN);
    expect_status(nct_pin_reset(w->portal, PETRA.ncid, strlen(PETRA.ncid), "wrong password", 14), NCT_E_DENIED);
    expect_status(nct_pin_reset_by_operator(w->portal, "casey", 5, PETRA.ncid, strlen(PETRA.ncid), "called", 6),
                  NCT_OK);
    world_advance(w, -DAY); /* a clock that goes back brings no new ones */
    expect_status(reset_own(w), NCT_E_TOO_OFTEN);
    world_advance(w, 2 * DAY);
    expect_status(reset_own(w), NCT_OK);
    char address[] = "petra0@far.example.org";
    for (int i = 0; i < 5; i++) {
        address[5] = (char)('0' + i);
        expect_status(world_change_contact(w, PETRA.ncid, NULL, PETRA.ncid, "email", address), NCT_OK);
    }
    w->mailer.count = 0;
    expect_status(world_change_contact(w, PETRA.ncid, NULL, PETRA.ncid, "email", "more@far.example.org"),
                  NCT_E_TOO_OFTEN);
    assert_int_equal(w->mailer.count, 0);
    expect_status(world_change_contact(w, PETRA.ncid, NULL, PETRA.ncid, "email", PETRA.email), NCT_OK); /* takes back */
    assert_int_equal(mails_of(w, "contact.withdrawn", PETRA.email), 1);
}

static void nobody_is_added_again_and_again(void **state) {
    struct world *w = *state;
    add_elsewhere(w);
    for (int i = 1; i < 10; i++) {
        expect_status(world_revoke(w, OSCAR.ncid, ELSEWHERE, PETRA.ncid), NCT_OK);
        expect_status(world_grant(w, OSCAR.ncid, ELSEWHERE, PETRA.ncid, NCT_ROLE_USER, 1), NCT_OK);
        expect_status(world_grant(w, OSCAR.ncid, ELSEWHERE, PETRA.ncid, NCT_ROLE_USER, 3), NCT_OK); /* no beginning */
    }
    assert_int_equal(mails_of(w, "access.given", PETRA.email), 10);
    expect_status(leave(w, PETRA.ncid, ELSEWHERE), NCT_OK);
    expect_status(world_grant(w, OSCAR.ncid, ELSEWHERE, PETRA.ncid, NCT_ROLE_USER, 1), NCT_E_TOO_OFTEN);
    expect_status(world_add_user(w, OSCAR.ncid, ELSEWHERE, &PETRA, "user", "pa.submit"), NCT_E_TOO_OFTEN);
    assert_int_equal(mails_of(w, "access.given", PETRA.email), 10);
    expect_status(world_check(w, PETRA.ncid, ELSEWHERE, NCT_RIGHT_PA_SUBMIT), NCT_E_NOT_PROVISIONED);
    world_advance(w, DAY);
    expect_status(world_grant(w, OSCAR.ncid, ELSEWHERE, PETRA.ncid, NCT_ROLE_USER, 1), NCT_OK);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, world_setup_clinic, world_teardown)

int main(void) {
    const struct CMUnitTest tests[] = {
        CASE(no_administrator_disables_who_has_access_elsewhere),
        CASE(access_out_of_force_elsewhere_counts),
        CASE(who_is_added_is_told_and_can_leave),
        CASE(administrators_ask_so_often_a_day),
        CASE(a_person_asks_so_often_a_day),
        CASE(nobody_is_added_again_and_again),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
