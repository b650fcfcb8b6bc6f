/* A clock that contradicts the store: nothing is dated by it, nobody is stopped by a quiet portal, an operator decides.
 */
#include "world.h"

#include <stdio.h>

#define HOUR INT64_C(3600000)
#define DAY (24 * HOUR)
#define YEAR_2001 INT64_C(978307200000)
#define YEAR_2100 INT64_C(4102444800000)
#define REASON "compared with the agency's time server"

/* The usual bounds, and a portal that has been at work. */
static int setup(void **state) {
    static const int32_t options[] = {NCT_OPTION_CLOCK_BEHIND, NCT_OPTION_CLOCK_QUIET};
    int failed = world_setup_clinic(state);
    struct world *w = *state;
    nct_policy *usual = NULL;
    expect_status(nct_policy_new("2013", &usual), NCT_OK);
    for (size_t i = 0; i < 2; i++) {
        int64_t value = 0;
        expect_status(nct_policy_get(usual, options[i], &value), NCT_OK);
        expect_status(nct_policy_set(w->policy, options[i], value), NCT_OK);
    }
    nct_policy_free(usual);
    world_reopen(w);
    return failed;
}

static nct_status sign(struct world *w) {
    return world_sign_pa(w, PETRA.ncid, WORLD_PASSWORD, world_pin_of(w, PETRA.ncid));
}

static nct_status confirm(struct world *w) {
    return nct_clock_confirm(w->portal, WORLD_OPERATOR, strlen(WORLD_OPERATOR), REASON, strlen(REASON));
}

static void nothing_is_dated_before_what_is_there(void **state) {
    struct world *w = *state;
    expect_status(sign(w), NCT_OK);
    const size_t entries = world_entries(w, "provider:" NPI_CLINIC);
    w->now = YEAR_2001;
    expect_status(sign(w), NCT_E_TIME);
    expect_status(nct_checkpoint_make(w->portal, NULL), NCT_E_TIME);
    expect_status(world_grant(w, OLIVIA.ncid, NPI_CLINIC, FRANK.ncid, NCT_ROLE_USER, 1), NCT_E_TIME);
    expect_status(nct_clock_check(w->portal, NULL, NULL), NCT_E_TIME);
    assert_int_equal(world_entries(w, "provider:" NPI_CLINIC), entries);
    world_reopen(w); /* what one portal has seen, another finds in the store */
    expect_status(sign(w), NCT_E_TIME);
    w->now = WORLD_START + HOUR;
    expect_status(sign(w), NCT_OK);
}

static void a_little_behind_is_no_wrong_clock(void **state) {
    struct world *w = *state;
    expect_status(sign(w), NCT_OK);
    world_advance(w, -300000);
    expect_status(sign(w), NCT_OK);
    world_advance(w, -1);
    world_reopen(w);
    expect_status(sign(w), NCT_E_TIME);
}

static void nothing_is_dated_far_beyond_what_is_there(void **state) {
    struct world *w = *state;
    size_t mails = w->mailer.count;
    int64_t now = 0;
    int64_t latest = 0;
    w->now = YEAR_2100;
    expect_status(sign(w), NCT_E_TIME);
    expect_status(nct_checkpoint_make(w->portal, NULL), NCT_E_TIME);
    expect_status(nct_clock_check(w->portal, &now, &latest), NCT_E_TIME);
    assert_true(now == YEAR_2100 && latest == WORLD_START);
    assert_int_equal(w->mailer.count, mails);
}

/* Due work in 2100: no notices, no suspension, no termination. */
static void nothing_falls_due_by_a_wrong_clock(void **state) {
    struct world *w = *state;
    size_t mails = w->mailer.count;
    nct_due *due = NULL;
    int32_t done = 0;
    w->now = YEAR_2100;
    expect_status(nct_due_list(w->portal, w->now, NULL, 0, 100, &due), NCT_OK);
    assert_true(nct_due_count(due) > 0);
    for (size_t i = 0; i < nct_due_count(due); i++) {
        const char *id = nct_due_id(due, i);
        expect_status(nct_due_settle(w->portal, WORLD_OPERATOR, strlen(WORLD_OPERATOR), id, strlen(id), &done),
                      NCT_E_TIME);
    }
    nct_due_free(due);
    assert_int_equal(w->mailer.count, mails);
}

static void a_quiet_portal_goes_on_by_itself(void **state) {
    struct world *w = *state;
    for (int i = 0; i < 4; i++) {
        world_advance(w, 399 * DAY);
        world_reopen(w);
        expect_status(nct_clock_check(w->portal, NULL, NULL), NCT_OK);
        expect_status(sign(w), NCT_OK);
    }
}

/* A provider may be left alone for longer: only the portal's own time counts. */
static void a_quiet_stream_is_no_reason_for_doubt(void **state) {
    struct world *w = *state;
    for (int i = 0; i < 5; i++) {
        world_advance(w, 365 * DAY);
        world_register(w, world_npi((unsigned)i + 1), &OSCAR, NULL, NULL);
    }
    expect_status(sign(w), NCT_OK);
}

static void an_operator_confirms_a_longer_quiet(void **state) {
    struct world *w = *state;
    world_advance(w, 401 * DAY);
    expect_status(sign(w), NCT_E_TIME);
    expect_status(confirm(w), NCT_OK);
    expect_status(sign(w), NCT_OK);
    assert_true(world_ledger_mentions(w, "clock.confirmed"));
    assert_true(world_ledger_mentions(w, "operator:" WORLD_OPERATOR));
    assert_int_equal(world_verdict(w, "portal", NULL), NCT_LEDGER_VALID_BUT_UNANCHORED);
}

static uint64_t untimely(struct world *w, const char *stream) {
    uint64_t sequence = 99;
    expect_status(nct_ledger_time_order(w->portal, stream, strlen(stream), &sequence), NCT_OK);
    return sequence;
}

/* Another portal half a year ahead is taken for one that comes after a quiet time. The next one that is right finds it,
 * and is believed when an operator says so; then the other is not. */
static void of_two_clocks_an_operator_says_which_is_right(void **state) {
    struct world *w = *state;
    const int64_t ahead = WORLD_START + 180 * DAY;
    expect_status(sign(w), NCT_OK);
    w->now = ahead;
    expect_status(sign(w), NCT_OK);
    const uint64_t wrong = world_entries(w, "provider:" NPI_CLINIC);
    w->now = WORLD_START + HOUR;
    assert_int_equal(untimely(w, "provider:" NPI_CLINIC), wrong);
    world_reopen(w);
    expect_status(sign(w), NCT_E_TIME);
    expect_status(confirm(w), NCT_OK);
    expect_status(sign(w), NCT_OK);
    world_reopen(w);
    expect_status(sign(w), NCT_OK);
    assert_int_equal(untimely(w, "provider:" NPI_CLINIC), wrong);
    w->now = ahead + HOUR;
    world_reopen(w);
    expect_status(sign(w), NCT_E_TIME);
    for (w->now = WORLD_START + HOUR; w->now < ahead + 2 * DAY; w->now += DAY)
        expect_status(sign(w), NCT_OK); /* as time goes by */
    w->now += 100 * DAY;
    expect_status(sign(w), NCT_OK); /* all doubt has passed */
}

static void a_clock_that_is_set_right_goes_on_in_the_same_portal(void **state) {
    struct world *w = *state;
    w->now = WORLD_START + 180 * DAY;
    expect_status(sign(w), NCT_OK);
    w->now = WORLD_START + DAY;
    expect_status(sign(w), NCT_E_TIME);
    expect_status(confirm(w), NCT_OK);
    expect_status(sign(w), NCT_OK);
    expect_status(sign(w), NCT_OK);
}

static void streams_in_order_are_said_to_be(void **state) {
    struct world *w = *state;
    expect_status(sign(w), NCT_OK);
    assert_int_equal(untimely(w, "provider:" NPI_CLINIC), 0);
    assert_int_equal(untimely(w, "portal"), 0);
    uint64_t sequence = 0;
    expect_status(nct_ledger_time_order(w->portal, "person:no.body", 14, &sequence), NCT_E_NOT_FOUND);
    expect_status(nct_ledger_time_order(w->portal, NULL, 0, &sequence), NCT_E_ARGUMENT);
}

static void a_confirmation_is_an_operators(void **state) {
    struct world *w = *state;
    expect_status(nct_clock_confirm(NULL, "op", 2, "r", 1), NCT_E_ARGUMENT);
    expect_status(nct_clock_confirm(w->portal, "", 0, "r", 1), NCT_E_EMPTY);
    expect_status(nct_clock_confirm(w->portal, "op", 2, "", 0), NCT_E_EMPTY);
    expect_status(nct_clock_check(NULL, NULL, NULL), NCT_E_ARGUMENT);
    expect_status(confirm(w), NCT_OK); /* where nothing contradicts it, too */
    expect_status(sign(w), NCT_OK);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, setup, world_teardown)

int main(void) {
    const struct CMUnitTest tests[] = {
        CASE(nothing_is_dated_before_what_is_there),
        CASE(a_little_behind_is_no_wrong_clock),
        CASE(nothing_is_dated_far_beyond_what_is_there),
        CASE(nothing_falls_due_by_a_wrong_clock),
        CASE(a_quiet_portal_goes_on_by_itself),
        CASE(a_quiet_stream_is_no_reason_for_doubt),
        CASE(an_operator_confirms_a_longer_quiet),
        CASE(of_two_clocks_an_operator_says_which_is_right),
        CASE(a_clock_that_is_set_right_goes_on_in_the_same_portal),
        CASE(streams_in_order_are_said_to_be),
        CASE(a_confirmation_is_an_operators),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
