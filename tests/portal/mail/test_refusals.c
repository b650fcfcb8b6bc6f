/* Mails that are refused: when they are tried again, when they are given up, and what an operator does about them. */
#include "world.h"

#define MINUTE 60000
#define DAY (1440 * INT64_C(60000))
#define REASON "address is out of date", 22

static nct_status reset(struct world *w, const struct cast *who) {
    return nct_pin_reset_by_operator(w->portal, "x", 1, who->ncid, strlen(who->ncid), "forgot it", 9);
}

/* One mail about each of two people waits, and no mailer takes it. */
static int set_up(void **state) {
    if (world_setup_clinic(state) != 0)
        return -1;
    struct world *w = *state;
    w->no_mailer = 1;
    world_reopen(w);
    expect_status(reset(w, &PETRA), NCT_OK);
    world_advance(w, 1);
    expect_status(reset(w, &FRANK), NCT_OK);
    return 0;
}

static void with_mailer(struct world *w, nct_status answer) {
    w->no_mailer = 0;
    world_reopen(w);
    w->mailer.fail_from = 1;
    w->mailer.fail_to = SIZE_MAX;
    w->mailer.answer = answer;
}

/* Claims the oldest mail that can be claimed, about this person, and gives it back. */
static void refuse(struct world *w, const struct cast *about, int32_t outcome) {
    nct_mail *mail = NULL;
    expect_status(nct_mail_claim(w->portal, "", 0, &mail), NCT_OK);
    assert_string_equal(nct_mail_recipient_address(mail), about->email);
    expect_status(nct_mail_give_back(mail, outcome, "550 no such mailbox", 19), NCT_OK);
    nct_mail_free(mail);
}

static nct_mail_list *list(struct world *w) {
    nct_mail_list *page = NULL;
    expect_status(nct_mail_list_page(w->portal, NULL, 0, 1000, &page), NCT_OK);
    return page;
}

static void id_of(struct world *w, size_t index, char id[33]) {
    nct_mail_list *page = list(w);
    strcpy(id, nct_mail_list_id(page, index));
    nct_mail_list_free(page);
}

static void expect_listed(struct world *w, size_t index, int32_t state, int64_t next_try_at, int32_t tries) {
    nct_mail_list *page = list(w);
    assert_int_equal(nct_mail_list_state(page, index), state);
    assert_int_equal(nct_mail_list_next_try_at(page, index), next_try_at);
    assert_int_equal(nct_mail_list_tries(page, index), tries);
    nct_mail_list_free(page);
}

static int claimable(struct world *w) {
    nct_mail *mail = NULL;
    nct_status status = nct_mail_claim(w->portal, "", 0, &mail);
    nct_mail_free(mail);
    assert_true(status == NCT_OK || status == NCT_E_NOT_FOUND);
    return status == NCT_OK;
}

static nct_status retry(struct world *w, const char *id) {
    return nct_mail_retry(w->portal, "op", 2, id, strlen(id), REASON);
}

static nct_status discard(struct world *w, const char *id) {
    return nct_mail_discard(w->portal, "op", 2, id, strlen(id), REASON);
}

static void accept_all(struct world *w) {
    nct_mail *mail = NULL;
    while (nct_mail_claim(w->portal, "", 0, &mail) == NCT_OK) {
        expect_status(nct_mail_accept(mail), NCT_OK);
        nct_mail_free(mail);
    }
}

/* Leaves one mail alone, about PETRA. */
static void leave_one(struct world *w) {
    refuse(w, &PETRA, NCT_MAIL_DEFERRED);
    accept_all(w);
    char id[33];
    id_of(w, 0, id);
    expect_status(retry(w, id), NCT_OK);
}

static void each_refusal_doubles_the_wait_up_to_a_day(void **state) {
    struct world *w = *state;
    int64_t pause = MINUTE;
    leave_one(w);
    for (int32_t refusal = 1; refusal < 16; refusal++) {
        refuse(w, &PETRA, NCT_MAIL_DEFERRED);
        expect_listed(w, 0, NCT_MAIL_WAITING, w->now + pause, refusal + 1);
        world_advance(w, pause - 1);
        assert_false(claimable(w));
        world_advance(w, 1);
        pause = pause * 2 < DAY ? pause * 2 : DAY;
    }
    refuse(w, &PETRA, NCT_MAIL_DEFERRED);
    expect_listed(w, 0, NCT_MAIL_GIVEN_UP, 0, 17);
    world_advance(w, 10 * DAY);
    assert_false(claimable(w));
}

static void a_mail_refused_for_good_is_given_up_at_once(void **state) {
    struct world *w = *state;
    refuse(w, &PETRA, NCT_MAIL_REJECTED);
    expect_listed(w, 0, NCT_MAIL_GIVEN_UP, 0, 1);
    expect_listed(w, 1, NCT_MAIL_WAITING, 0, 0);
    refuse(w, &FRANK, NCT_MAIL_REJECTED); /* the others go on behind it */
    assert_false(claimable(w));
}

static void that_nobody_was_reached_is_not_held_against_a_mail(void **state) {
    struct world *w = *state;
    for (int32_t i = 1; i <= 40; i++) {
        refuse(w, &PETRA, NCT_MAIL_UNREACHED);
        expect_listed(w, 0, NCT_MAIL_WAITING, 0, i);
    }
}

static void a_wait_of_a_clock_that_went_back_does_not_hold(void **state) {
    struct world *w = *state;
    refuse(w, &PETRA, NCT_MAIL_DEFERRED);
    w->now -= DAY;
    refuse(w, &PETRA, NCT_MAIL_DEFERRED);
}

static void a_flush_ends_when_nobody_is_reached(void **state) {
    struct world *w = *state;
    size_t sent = 9, waiting = 9;
    with_mailer(w, NCT_E_BUSY);
    size_t before = w->mailer.count;
    expect_status(nct_mail_flush(w->portal, 1000, &sent, &waiting), NCT_OK);
    assert_int_equal(w->mailer.count, before + 1);
    assert_int_equal(sent, 0);
    assert_int_equal(waiting, 1);
    expect_listed(w, 0, NCT_MAIL_WAITING, 0, 1);
    w->mailer.fail_to = 0;
    expect_status(nct_mail_flush(w->portal, 1000, &sent, &waiting), NCT_OK);
    assert_int_equal(sent, 2);
}

static void a_mailer_refuses_for_good_too(void **state) {
    struct world *w = *state;
    with_mailer(w, NCT_E_DENIED);
    expect_status(nct_mail_flush(w->portal, 1000, NULL, NULL), NCT_OK);
    expect_listed(w, 0, NCT_MAIL_GIVEN_UP, 0, 1);
    expect_listed(w, 1, NCT_MAIL_GIVEN_UP, 0, 1);
}

/* What is not to be tried now takes nobody's place. */
static void a_limit_counts_what_was_tried(void **state) {
    struct world *w = *state;
    size_t sent = 0;
    refuse(w, &PETRA, NCT_MAIL_DEFERRED);
    with_mailer(w, NCT_OK);
    w->mailer.fail_to = 0;
    expect_status(nct_mail_flush(w->portal, 1, &sent, NULL), NCT_OK);
    assert_int_equal(sent, 1);
}

static void an_operator_has_a_mail_tried_again(void **state) {
    struct world *w = *state;
    char id[33];
    refuse(w, &PETRA, NCT_MAIL_REJECTED);
    id_of(w, 0, id);
    expect_status(retry(w, id), NCT_OK);
    expect_listed(w, 0, NCT_MAIL_WAITING, 0, 1);
    assert_true(world_ledger_mentions(w, "mail.retried"));
    refuse(w, &PETRA, NCT_MAIL_DEFERRED); /* it counts from one again */
    expect_listed(w, 0, NCT_MAIL_WAITING, w->now + MINUTE, 2);
}

static void an_operator_discards_a_mail_that_was_given_up(void **state) {
    struct world *w = *state;
    char id[33];
    id_of(w, 0, id);
    expect_status(discard(w, id), NCT_E_STATE);
    refuse(w, &PETRA, NCT_MAIL_DEFERRED);
    expect_status(discard(w, id), NCT_E_STATE);
    world_advance(w, MINUTE);
    refuse(w, &PETRA, NCT_MAIL_REJECTED);
    expect_status(discard(w, id), NCT_OK);
    assert_true(world_ledger_mentions(w, "mail.discarded"));
    expect_status(discard(w, id), NCT_E_NOT_FOUND);
    expect_status(retry(w, id), NCT_E_NOT_FOUND);
    nct_mail_list *page = list(w);
    assert_int_equal(nct_mail_list_count(page), 1);
    nct_mail_list_free(page);
}

static void a_claimed_mail_is_left_to_who_claimed_it(void **state) {
    struct world *w = *state;
    nct_mail *mail = NULL;
    expect_status(nct_mail_claim(w->portal, "", 0, &mail), NCT_OK);
    expect_status(retry(w, nct_mail_id(mail)), NCT_E_STATE);
    expect_status(discard(w, nct_mail_id(mail)), NCT_E_STATE);
    nct_mail_free(mail);
}

static void what_is_no_decision_is_refused(void **state) {
    struct world *w = *state;
    char id[33];
    nct_mail *mail = NULL;
    id_of(w, 0, id);
    expect_status(nct_mail_retry(NULL, "op", 2, id, 32, REASON), NCT_E_ARGUMENT);
    expect_status(nct_mail_retry(w->portal, "op", 2, NULL, 0, REASON), NCT_E_ARGUMENT);
    expect_status(nct_mail_retry(w->portal, "", 0, id, 32, REASON), NCT_E_EMPTY);
    expect_status(nct_mail_retry(w->portal, "op", 2, id, 31, REASON), NCT_E_FORMAT);
    expect_status(nct_mail_retry(w->portal, "op", 2, id, 32, "", 0), NCT_E_EMPTY);
    expect_status(nct_mail_discard(NULL, "op", 2, id, 32, REASON), NCT_E_ARGUMENT);
    expect_status(nct_mail_discard(w->portal, "op", 2, "ffffffffffffffffffffffffffffffff", 32, REASON),
                  NCT_E_NOT_FOUND);
    expect_status(nct_mail_claim(w->portal, "", 0, &mail), NCT_OK);
    expect_status(nct_mail_give_back(mail, 0, "why", 3), NCT_E_ARGUMENT);
    expect_status(nct_mail_give_back(mail, 4, "why", 3), NCT_E_ARGUMENT);
    nct_mail_free(mail);
    assert_int_equal(nct_mail_list_state(NULL, 0), 0);
    assert_int_equal(nct_mail_list_next_try_at(NULL, 0), 0);
    assert_string_equal(nct_mail_state_name(NCT_MAIL_GIVEN_UP), "given_up");
    assert_null(nct_mail_state_name(0));
    assert_null(nct_mail_state_name(3));
}

static void each_allocation_of_a_decision_fails(void **state) {
    struct world *w = *state;
    char id[33];
    refuse(w, &PETRA, NCT_MAIL_REJECTED);
    id_of(w, 0, id);
    nct_status status = NCT_E_NO_MEMORY;
    for (size_t at = 1; status == NCT_E_NO_MEMORY; at++) {
        w->memory.calls = 0;
        w->memory.fail_at = at;
        status = discard(w, id);
        w->memory.fail_at = 0;
        assert_int_equal(world_ledger_mentions(w, "mail.discarded"), status == NCT_OK);
    }
    expect_status(status, NCT_OK);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, set_up, world_teardown)

int main(void) {
    const struct CMUnitTest tests[] = {
        CASE(each_refusal_doubles_the_wait_up_to_a_day),
        CASE(a_mail_refused_for_good_is_given_up_at_once),
        CASE(that_nobody_was_reached_is_not_held_against_a_mail),
        CASE(a_wait_of_a_clock_that_went_back_does_not_hold),
        CASE(a_flush_ends_when_nobody_is_reached),
        CASE(a_mailer_refuses_for_good_too),
        CASE(a_limit_counts_what_was_tried),
        CASE(an_operator_has_a_mail_tried_again),
        CASE(an_operator_discards_a_mail_that_was_given_up),
        CASE(a_claimed_mail_is_left_to_who_claimed_it),
        CASE(what_is_no_decision_is_refused),
        CASE(each_allocation_of_a_decision_fails),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
