/* S8, S12, S13, S15 and S17: PINs are drawn, belong to a person, are reset three ways and end when lost. */
#include "world.h"

#define TRIES 240

static nct_status sign(struct world *w, const char *ncid, const char *pin) {
    return world_sign(w, ncid, WORLD_PASSWORD, pin, NPI_CLINIC, NCT_SUBMISSION_PHARMACY_PA, NULL);
}

static nct_status reset_self(struct world *w, const char *ncid, const char *password) {
    return nct_pin_reset(w->portal, ncid, strlen(ncid), password, strlen(password));
}

static nct_status reset_by(struct world *w, const char *by, const char *npi, const char *ncid) {
    return nct_pin_reset_by_administrator(w->portal, by, strlen(by), npi, strlen(npi), ncid, strlen(ncid));
}

static nct_status reset_operator(struct world *w, const char *reason, const char *ncid) {
    return nct_pin_reset_by_operator(w->portal, WORLD_OPERATOR, strlen(WORLD_OPERATOR), ncid, strlen(ncid), reason,
                                     strlen(reason));
}

static nct_status lost(struct world *w, const char *by, const char *npi, const char *ncid) {
    return world_report_lost(w, by, npi, ncid);
}

/* The PIN mailed last works and the one before does not. */
static void expect_new_pin(struct world *w, const char *ncid, const char *old, const char *address) {
    const char *fresh = world_pin_of(w, ncid);
    assert_string_equal(world_mail_to(w, ncid)->template_name, "pin.reset");
    assert_string_equal(world_mail_to(w, ncid)->address, address);
    if (strcmp(old, fresh) != 0)
        expect_status(sign(w, ncid, old), NCT_E_DENIED);
    expect_status(sign(w, ncid, fresh), NCT_OK);
}

static void s08_a_pin_is_six_digits(void **state) {
    struct world *w = *state;
    static const char *const people[] = {"olivia.owner", "uma.useradmin", "frank.front", "petra.pharm"};
    for (size_t i = 0; i < 4; i++) {
        const char *pin = world_pin_of(w, people[i]);
        assert_int_equal(strlen(pin), 6);
        assert_int_equal(strspn(pin, "0123456789"), 6);
    }
}

/* Chi-square over all digits of many PINs: 9 degrees of freedom, beyond 27.9 one time in 1,000. */
static void s08_pins_are_uniform_and_keep_leading_zeros(void **state) {
    struct world *w = *state;
    unsigned counts[10] = {0}, leading = 0;
    for (int i = 0; i < TRIES; i++) {
        expect_status(reset_operator(w, "test of the draw", PETRA.ncid), NCT_OK);
        const char *pin = world_pin_of(w, PETRA.ncid);
        assert_int_equal(strlen(pin), 6);
        leading += pin[0] == '0';
        for (size_t d = 0; d < 6; d++)
            counts[pin[d] - '0']++;
        if (pin[0] == '0' && leading == 1)
            expect_status(sign(w, PETRA.ncid, pin), NCT_OK);
    }
    double expected = TRIES * 6 / 10.0, sum = 0;
    for (int d = 0; d < 10; d++)
        sum += (counts[d] - expected) * (counts[d] - expected) / expected;
    assert_true(sum < 40.0);
    assert_true(leading > 0);
}

static void s08_the_length_is_settable_and_never_below_six(void **state) {
    struct world *w = *state;
    expect_status(nct_policy_set(w->policy, NCT_OPTION_PIN_LENGTH, 5), NCT_E_POLICY);
    expect_status(nct_policy_set(w->policy, NCT_OPTION_PIN_LENGTH, 13), NCT_E_POLICY);
    expect_status(nct_policy_set(w->policy, NCT_OPTION_PIN_LENGTH, 12), NCT_OK);
    char old[16];
    strcpy(old, world_pin_of(w, PETRA.ncid));
    world_reopen(w);
    expect_status(sign(w, PETRA.ncid, old), NCT_OK);
    expect_status(reset_self(w, PETRA.ncid, WORLD_PASSWORD), NCT_OK);
    assert_int_equal(strlen(world_pin_of(w, PETRA.ncid)), 12);
    expect_status(sign(w, PETRA.ncid, world_pin_of(w, PETRA.ncid)), NCT_OK);
}

static void s17_no_pin_is_shown_but_in_the_mail_to_its_owner(void **state) {
    struct world *w = *state;
    expect_status(reset_self(w, PETRA.ncid, WORLD_PASSWORD), NCT_OK);
    expect_status(lost(w, FRANK.ncid, NULL, FRANK.ncid), NCT_OK);
    static const char *const people[] = {"olivia.owner", "uma.useradmin", "frank.front", "petra.pharm"};
    for (size_t i = 0; i < 4; i++) {
        const char *pin = world_pin_of(w, people[i]);
        assert_false(world_ledger_mentions(w, pin));
        for (size_t m = 0; m < w->mailer.count; m++) {
            assert_null(strstr(w->mailer.mails[m].subject, pin));
            if (strcmp(w->mailer.mails[m].ncid, people[i]) != 0)
                assert_null(strstr(w->mailer.mails[m].body, pin));
        }
    }
    for (size_t i = 0; i < nct_status_count(); i++)
        assert_null(strpbrk(nct_status_message(nct_status_at(i)), "\n"));
}

/* Not in the store in the clear either, nor in memory given back. */
static void s17_no_pin_or_password_lies_about(void **state) {
    struct world *w = *state;
    static const char secret_password[] = "ceremonial-umbrella-97";
    world_keep_secret(w, secret_password);
    world_set_password(w, PETRA.ncid, secret_password);
    expect_status(reset_self(w, PETRA.ncid, secret_password), NCT_OK);
    const char *pin = world_pin_of(w, PETRA.ncid);
    expect_status(world_sign(w, PETRA.ncid, secret_password, pin, NPI_CLINIC, NCT_SUBMISSION_FL2, NULL), NCT_OK);
    expect_status(
        world_sign(w, PETRA.ncid, secret_password, world_wrong_pin(pin), NPI_CLINIC, NCT_SUBMISSION_FL2, NULL),
        NCT_E_DENIED);
    struct rows rows = rows_take(w->store.inner);
    for (size_t i = 0; i < rows.count; i++)
        for (size_t at = 0; at + 22 <= rows.at[i].len; at++)
            assert_memory_not_equal(rows.at[i].value + at, secret_password, 22);
    rows_free(&rows);
    assert_int_equal(w->memory.unwiped, 0);
}

/* The same world twice, with the same random bytes: the second knows what to look for. */
static void s17_no_pin_lies_in_memory_given_back(void **state) {
    struct world *w = *state;
    expect_status(reset_self(w, PETRA.ncid, WORLD_PASSWORD), NCT_OK);
    const char *pin = world_pin_of(w, PETRA.ncid);
    void *again = NULL;
    assert_int_equal(world_setup_clinic(&again), 0);
    struct world *second = again;
    world_keep_secret(second, pin);
    expect_status(reset_self(second, PETRA.ncid, WORLD_PASSWORD), NCT_OK);
    assert_string_equal(world_pin_of(second, PETRA.ncid), pin);
    expect_status(sign(second, PETRA.ncid, pin), NCT_OK);
    assert_int_equal(world_free(second), 0);
}

static void s13_the_person_resets_with_their_password(void **state) {
    struct world *w = *state;
    char old[16];
    strcpy(old, world_pin_of(w, PETRA.ncid));
    expect_status(reset_self(w, PETRA.ncid, "wrong"), NCT_E_DENIED);
    expect_status(reset_self(w, SILAS.ncid, WORLD_PASSWORD), NCT_E_DENIED);
    assert_string_equal(world_pin_of(w, PETRA.ncid), old);
    expect_status(reset_self(w, PETRA.ncid, WORLD_PASSWORD), NCT_OK);
    expect_new_pin(w, PETRA.ncid, old, PETRA.email);
}

static void s13_an_administrator_has_a_pin_reset(void **state) {
    struct world *w = *state;
    char old[16];
    strcpy(old, world_pin_of(w, PETRA.ncid));
    expect_status(reset_by(w, OLIVIA.ncid, NPI_CLINIC, PETRA.ncid), NCT_OK);
    expect_new_pin(w, PETRA.ncid, old, PETRA.email);
    strcpy(old, world_pin_of(w, PETRA.ncid));
    expect_status(reset_by(w, UMA.ncid, NPI_CLINIC, PETRA.ncid), NCT_OK);
    expect_new_pin(w, PETRA.ncid, old, PETRA.email);
}

static void s13_the_call_centre_has_a_pin_reset_for_a_reason(void **state) {
    struct world *w = *state;
    char old[16];
    strcpy(old, world_pin_of(w, PETRA.ncid));
    expect_status(reset_operator(w, "forgot it; caller identified by call back", PETRA.ncid), NCT_OK);
    expect_new_pin(w, PETRA.ncid, old, PETRA.email);
    assert_true(world_ledger_mentions(w, "caller identified by call back"));
    assert_true(world_ledger_mentions(w, "operator:" WORLD_OPERATOR));
    expect_status(nct_status_category(reset_operator(w, "", PETRA.ncid)), NCT_CATEGORY_VALUE);
    expect_status(nct_status_category(reset_operator(w, "line\nfeed", PETRA.ncid)), NCT_CATEGORY_VALUE);
    expect_status(reset_operator(w, "forgot it", SILAS.ncid), NCT_E_UNKNOWN_PERSON);
}

static void s13_nobody_else_has_a_pin_reset(void **state) {
    struct world *w = *state;
    world_register(w, world_npi(1), &OSCAR, NULL, NULL);
    size_t mails = w->mailer.count;
    expect_status(reset_by(w, UMA.ncid, NPI_CLINIC, OLIVIA.ncid), NCT_E_NOT_MANAGED);
    expect_status(reset_by(w, FRANK.ncid, NPI_CLINIC, PETRA.ncid), NCT_E_NO_AUTHORITY);
    expect_status(reset_by(w, OSCAR.ncid, NPI_CLINIC, PETRA.ncid), NCT_E_NOT_PROVISIONED);
    expect_status(reset_by(w, OSCAR.ncid, world_npi(1), PETRA.ncid), NCT_E_NOT_FOUND);
    expect_status(reset_by(w, SILAS.ncid, NPI_CLINIC, PETRA.ncid), NCT_E_NOT_PROVISIONED);
    assert_true(reset_by(w, FRANK.ncid, NPI_CLINIC, FRANK.ncid) != NCT_OK);
    assert_true(reset_by(w, OLIVIA.ncid, NPI_CLINIC, SILAS.ncid) != NCT_OK);
    assert_int_equal(w->mailer.count, mails);
    expect_status(sign(w, PETRA.ncid, world_pin_of(w, PETRA.ncid)), NCT_OK);
}

static void s15_a_lost_pin_ends_at_once_and_a_reset_brings_another(void **state) {
    struct world *w = *state;
    char old[16];
    strcpy(old, world_pin_of(w, PETRA.ncid));
    size_t mails = w->mailer.count;
    expect_status(lost(w, PETRA.ncid, NULL, PETRA.ncid), NCT_OK);
    assert_int_equal(world_pin_state(w, PETRA.ncid), NCT_PIN_LOST);
    expect_status(sign(w, PETRA.ncid, old), NCT_E_DENIED);
    assert_int_equal(w->mailer.count, mails + 1);
    const struct world_mail *mail = world_mail_to(w, PETRA.ncid);
    assert_string_equal(mail->template_name, "pin.lost");
    assert_string_equal(mail->pin, "");
    assert_non_null(strstr(mail->body, "1-800-688-6696"));
    assert_non_null(strstr(mail->body, "NCTracksprovider@nctracks.com"));
    expect_status(lost(w, PETRA.ncid, NULL, PETRA.ncid), NCT_OK);
    expect_status(reset_self(w, PETRA.ncid, WORLD_PASSWORD), NCT_OK);
    assert_int_equal(world_pin_state(w, PETRA.ncid), NCT_PIN_ACTIVE);
    expect_new_pin(w, PETRA.ncid, old, PETRA.email);
}

static void s15_who_may_report_a_pin_lost(void **state) {
    struct world *w = *state;
    world_register(w, world_npi(1), &OSCAR, NULL, NULL);
    expect_status(lost(w, FRANK.ncid, NPI_CLINIC, PETRA.ncid), NCT_E_NO_AUTHORITY);
    expect_status(lost(w, OSCAR.ncid, NPI_CLINIC, PETRA.ncid), NCT_E_NOT_PROVISIONED);
    expect_status(lost(w, OSCAR.ncid, world_npi(1), PETRA.ncid), NCT_E_NOT_FOUND);
    expect_status(lost(w, SILAS.ncid, NPI_CLINIC, PETRA.ncid), NCT_E_NOT_PROVISIONED);
    expect_status(lost(w, UMA.ncid, NPI_CLINIC, OLIVIA.ncid), NCT_E_NOT_MANAGED);
    assert_true(lost(w, OLIVIA.ncid, NULL, PETRA.ncid) != NCT_OK);
    assert_true(lost(w, OLIVIA.ncid, NPI_CLINIC, SILAS.ncid) != NCT_OK);
    expect_status(lost(w, SILAS.ncid, NULL, SILAS.ncid), NCT_E_UNKNOWN_PERSON);
    assert_int_equal(world_pin_state(w, PETRA.ncid), NCT_PIN_ACTIVE);
    assert_int_equal(world_pin_state(w, OLIVIA.ncid), NCT_PIN_ACTIVE);
    expect_status(lost(w, OLIVIA.ncid, NPI_CLINIC, PETRA.ncid), NCT_OK);
    expect_status(lost(w, UMA.ncid, NPI_CLINIC, FRANK.ncid), NCT_OK);
    expect_status(nct_pin_report_lost_by_operator(w->portal, WORLD_OPERATOR, strlen(WORLD_OPERATOR), UMA.ncid,
                                                  strlen(UMA.ncid), "stolen", 6),
                  NCT_OK);
    assert_int_equal(world_pin_state(w, PETRA.ncid), NCT_PIN_LOST);
    assert_int_equal(world_pin_state(w, FRANK.ncid), NCT_PIN_LOST);
    assert_int_equal(world_pin_state(w, UMA.ncid), NCT_PIN_LOST);
    expect_status(nct_status_category(nct_pin_report_lost_by_operator(w->portal, WORLD_OPERATOR, strlen(WORLD_OPERATOR),
                                                                      UMA.ncid, strlen(UMA.ncid), "", 0)),
                  NCT_CATEGORY_VALUE);
}

/* Access again must not bring a lost PIN back to life. */
static void s15_a_lost_pin_stays_lost_when_access_returns(void **state) {
    struct world *w = *state;
    expect_status(lost(w, PETRA.ncid, NULL, PETRA.ncid), NCT_OK);
    expect_status(world_revoke(w, OLIVIA.ncid, NPI_CLINIC, PETRA.ncid), NCT_OK);
    expect_status(world_grant(w, OLIVIA.ncid, NPI_CLINIC, PETRA.ncid, NCT_ROLE_USER, UINT64_C(1) << 3), NCT_OK);
    assert_int_equal(world_pin_state(w, PETRA.ncid), NCT_PIN_LOST);
    expect_status(sign(w, PETRA.ncid, world_pin_of(w, PETRA.ncid)), NCT_E_DENIED);
}

static void s12_losing_the_last_access_suspends_the_pin(void **state) {
    struct world *w = *state;
    world_register(w, world_npi(1), &OSCAR, &PETRA, "pa.submit");
    const char *pin = world_pin_of(w, PETRA.ncid);
    expect_status(world_revoke(w, OSCAR.ncid, world_npi(1), PETRA.ncid), NCT_OK);
    assert_int_equal(world_pin_state(w, PETRA.ncid), NCT_PIN_ACTIVE);
    expect_status(world_revoke(w, OLIVIA.ncid, NPI_CLINIC, PETRA.ncid), NCT_OK);
    assert_int_equal(world_pin_state(w, PETRA.ncid), NCT_PIN_SUSPENDED);
    expect_status(sign(w, PETRA.ncid, pin), NCT_E_DENIED);
    expect_status(reset_self(w, PETRA.ncid, WORLD_PASSWORD), NCT_E_DENIED);
    expect_status(reset_operator(w, "forgot it", PETRA.ncid), NCT_E_NO_PIN);
    expect_status(reset_by(w, OLIVIA.ncid, NPI_CLINIC, PETRA.ncid), NCT_E_NOT_FOUND);
    size_t mails = w->mailer.count;
    expect_status(world_grant(w, OLIVIA.ncid, NPI_CLINIC, PETRA.ncid, NCT_ROLE_USER, UINT64_C(1) << 3), NCT_OK);
    assert_int_equal(world_pin_state(w, PETRA.ncid), NCT_PIN_ACTIVE);
    assert_int_equal(w->mailer.count, mails + 1);
    assert_string_equal(world_mail_to(w, PETRA.ncid)->template_name, "access.given");
    expect_status(sign(w, PETRA.ncid, pin), NCT_OK);
}

static void s12_wrong_tries_are_not_forgotten_by_losing_access(void **state) {
    struct world *w = *state;
    char wrong[16];
    strcpy(wrong, world_wrong_pin(world_pin_of(w, PETRA.ncid)));
    expect_status(sign(w, PETRA.ncid, wrong), NCT_E_DENIED);
    expect_status(sign(w, PETRA.ncid, wrong), NCT_E_DENIED);
    assert_int_equal(world_pin_failures(w, PETRA.ncid), 2);
    expect_status(world_revoke(w, OLIVIA.ncid, NPI_CLINIC, PETRA.ncid), NCT_OK);
    expect_status(world_grant(w, OLIVIA.ncid, NPI_CLINIC, PETRA.ncid, NCT_ROLE_USER, UINT64_C(1) << 3), NCT_OK);
    assert_int_equal(world_pin_failures(w, PETRA.ncid), 2);
}

static void s08_a_status_is_told_of_known_people_only(void **state) {
    struct world *w = *state;
    int32_t state_now = -1, failures = -1;
    int64_t issued = -1;
    expect_status(nct_pin_status(w->portal, SILAS.ncid, strlen(SILAS.ncid), &state_now, &issued, &failures),
                  NCT_E_UNKNOWN_PERSON);
    expect_status(nct_pin_status(w->portal, PETRA.ncid, strlen(PETRA.ncid), &state_now, &issued, &failures), NCT_OK);
    assert_int_equal(state_now, NCT_PIN_ACTIVE);
    assert_true(issued == WORLD_START);
    assert_int_equal(failures, 0);
    expect_status(nct_pin_status(w->portal, PETRA.ncid, strlen(PETRA.ncid), &state_now, NULL, NULL), NCT_OK);
    expect_status(nct_pin_status(w->portal, PETRA.ncid, strlen(PETRA.ncid), NULL, NULL, NULL), NCT_E_ARGUMENT);
}

/* A random source that fails must not lead to a guessable PIN. */
static void s08_without_random_bytes_no_pin_is_issued(void **state) {
    struct world *w = *state;
    char old[16];
    strcpy(old, world_pin_of(w, PETRA.ncid));
    size_t mails = w->mailer.count;
    for (size_t at = 1; at <= 3; at++) {
        w->random_fail_at = w->random_calls + at;
        nct_status status = reset_operator(w, "forgot it", PETRA.ncid);
        int failed = w->random_calls >= w->random_fail_at;
        w->random_fail_at = 0;
        if (!failed)
            break;
        expect_status(status, NCT_E_RANDOM);
        assert_int_equal(w->mailer.count, mails);
    }
    if (w->mailer.count == mails)
        expect_status(sign(w, PETRA.ncid, old), NCT_OK);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, world_setup_clinic, world_teardown)

int main(void) {
    const struct CMUnitTest tests[] = {
        CASE(s08_a_pin_is_six_digits),
        CASE(s08_pins_are_uniform_and_keep_leading_zeros),
        CASE(s08_the_length_is_settable_and_never_below_six),
        CASE(s17_no_pin_is_shown_but_in_the_mail_to_its_owner),
        CASE(s17_no_pin_or_password_lies_about),
        CASE(s17_no_pin_lies_in_memory_given_back),
        CASE(s13_the_person_resets_with_their_password),
        CASE(s13_an_administrator_has_a_pin_reset),
        CASE(s13_the_call_centre_has_a_pin_reset_for_a_reason),
        CASE(s13_nobody_else_has_a_pin_reset),
        CASE(s15_a_lost_pin_ends_at_once_and_a_reset_brings_another),
        CASE(s15_who_may_report_a_pin_lost),
        CASE(s15_a_lost_pin_stays_lost_when_access_returns),
        CASE(s12_losing_the_last_access_suspends_the_pin),
        CASE(s12_wrong_tries_are_not_forgotten_by_losing_access),
        CASE(s08_a_status_is_told_of_known_people_only),
        CASE(s08_without_random_bytes_no_pin_is_issued),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
