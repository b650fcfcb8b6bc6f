/* Mail without a mailer: claimed, read, accepted or given back by the host itself. */
#include "world.h"

#define LEASE 60000

static nct_status reset(struct world *w, const struct cast *who) {
    return nct_pin_reset_by_operator(w->portal, "x", 1, who->ncid, strlen(who->ncid), "forgot it", 9);
}

/* A world whose portal has no mailer, and where one mail about each of two people waits. */
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

static nct_mail *claim(struct world *w, const char *after) {
    nct_mail *mail = NULL;
    expect_status(nct_mail_claim(w->portal, after, strlen(after), &mail), NCT_OK);
    assert_non_null(mail);
    return mail;
}

static void expect_none(struct world *w, const char *after) {
    nct_mail *mail = (nct_mail *)w;
    expect_status(nct_mail_claim(w->portal, after, strlen(after), &mail), NCT_E_NOT_FOUND);
    assert_null(mail);
}

static size_t waiting(struct world *w) {
    nct_mail_list *page = NULL;
    expect_status(nct_mail_list_page(w->portal, NULL, 0, 1000, &page), NCT_OK);
    size_t count = nct_mail_list_count(page);
    nct_mail_list_free(page);
    return count;
}

static void a_claimed_mail_says_all_that_a_mailer_is_told(void **state) {
    struct world *w = *state;
    nct_mail *mail = claim(w, "");
    assert_string_equal(nct_mail_template(mail), "pin.reset");
    assert_string_equal(nct_mail_language(mail), "en");
    assert_string_equal(nct_mail_recipient_address(mail), PETRA.email);
    assert_string_equal(nct_mail_parameter(mail, "ncid"), PETRA.ncid);
    assert_int_equal(strlen(nct_mail_id(mail)), 32);
    assert_true(strlen(nct_mail_subject(mail)) > 0);
    assert_non_null(strstr(nct_mail_body(mail), nct_mail_parameter(mail, "pin")));
    assert_int_equal(nct_mail_claimed_until(mail), w->now + LEASE);
    expect_status(world_sign_pa(w, PETRA.ncid, WORLD_PASSWORD, nct_mail_parameter(mail, "pin")), NCT_OK);
    nct_mail_free(mail);
}

static void a_parameter_is_found_by_its_name(void **state) {
    nct_mail *mail = claim(*state, "");
    assert_true(nct_mail_parameter_count(mail) > 2);
    for (size_t i = 0; i < nct_mail_parameter_count(mail); i++) {
        const char *name = nct_mail_parameter_name(mail, i);
        assert_ptr_equal(nct_mail_parameter(mail, name), nct_mail_parameter_value(mail, i));
    }
    assert_null(nct_mail_parameter(mail, "account"));
    assert_null(nct_mail_parameter(mail, ""));
    assert_null(nct_mail_parameter(mail, NULL));
    assert_null(nct_mail_parameter(NULL, "pin"));
    nct_mail_free(mail);
}

static void a_round_goes_from_the_oldest_to_the_last(void **state) {
    struct world *w = *state;
    nct_mail *first = claim(w, "");
    nct_mail *second = claim(w, nct_mail_id(first));
    assert_string_equal(nct_mail_parameter(first, "ncid"), PETRA.ncid);
    assert_string_equal(nct_mail_parameter(second, "ncid"), FRANK.ncid);
    expect_none(w, nct_mail_id(second));
    expect_status(nct_mail_accept(first), NCT_OK);
    expect_status(nct_mail_accept(second), NCT_OK);
    assert_int_equal(waiting(w), 0);
    expect_none(w, "");
    nct_mail_free(first);
    nct_mail_free(second);
}

/* One round through the outbox, with a function that hands a mail to a server. */
static nct_status deliver(nct_portal *portal, nct_status (*post)(const nct_mail *mail)) {
    char after[33] = "";
    nct_mail *mail = NULL;
    nct_status status = NCT_OK;
    while ((status = nct_mail_claim(portal, after, strlen(after), &mail)) == NCT_OK) {
        strcpy(after, nct_mail_id(mail));
        nct_status settled = post(mail) == NCT_OK
                                 ? nct_mail_accept(mail)
                                 : nct_mail_give_back(mail, NCT_MAIL_DEFERRED, "the server refused it", 21);
        nct_mail_free(mail);
        if (settled != NCT_OK)
            return settled;
    }
    return status == NCT_E_NOT_FOUND ? NCT_OK : status;
}

/* A server that is not there for one of the two. */
static nct_status post(const nct_mail *mail) {
    return strcmp(nct_mail_recipient_address(mail), PETRA.email) == 0 ? NCT_E_MAILER : NCT_OK;
}

static void a_round_ends_though_mails_are_given_back(void **state) {
    struct world *w = *state;
    expect_status(deliver(w->portal, post), NCT_OK);
    assert_int_equal(waiting(w), 1);
}

static void a_mail_is_settled_once(void **state) {
    struct world *w = *state;
    nct_mail *mail = claim(w, "");
    expect_status(nct_mail_accept(mail), NCT_OK);
    expect_status(nct_mail_accept(mail), NCT_E_STATE);
    expect_status(nct_mail_give_back(mail, NCT_MAIL_DEFERRED, "late", 4), NCT_E_STATE);
    assert_string_equal(nct_mail_parameter(mail, "ncid"), PETRA.ncid); /* it is still readable */
    nct_mail_free(mail);
    mail = claim(w, "");
    expect_status(nct_mail_give_back(mail, NCT_MAIL_DEFERRED, "try later", 9), NCT_OK);
    expect_status(nct_mail_give_back(mail, NCT_MAIL_DEFERRED, "try later", 9), NCT_E_STATE);
    expect_status(nct_mail_accept(mail), NCT_E_STATE);
    nct_mail_free(mail);
    assert_int_equal(waiting(w), 1);
}

static void a_mail_given_back_waits_with_the_reason(void **state) {
    struct world *w = *state;
    nct_mail_list *page = NULL;
    nct_mail *mail = claim(w, "");
    char id[33];
    strcpy(id, nct_mail_id(mail));
    expect_status(nct_mail_give_back(mail, NCT_MAIL_DEFERRED, NULL, 0), NCT_E_ARGUMENT);
    expect_status(nct_mail_give_back(mail, NCT_MAIL_DEFERRED, "", 0), NCT_E_EMPTY);
    expect_status(nct_mail_give_back(mail, NCT_MAIL_DEFERRED, "two\nlines", 9), NCT_E_CHARACTER);
    expect_status(nct_mail_give_back(mail, NCT_MAIL_DEFERRED, "mailbox full", 12), NCT_OK);
    nct_mail_free(mail);
    expect_status(nct_mail_list_page(w->portal, NULL, 0, 10, &page), NCT_OK);
    assert_string_equal(nct_mail_list_refusal(page, 0), "mailbox full");
    assert_string_equal(nct_mail_list_refusal(page, 1), "");
    assert_null(nct_mail_list_refusal(page, 2));
    assert_int_equal(nct_mail_list_tries(page, 0), 1);
    nct_mail_list_free(page);
    mail = claim(w, id); /* not again in this round */
    assert_string_equal(nct_mail_parameter(mail, "ncid"), FRANK.ncid);
    nct_mail_free(mail);
    world_advance(w, LEASE);
    mail = claim(w, "");
    assert_string_equal(nct_mail_id(mail), id);
    nct_mail_free(mail);
}

static void two_claimers_never_hold_one_mail(void **state) {
    struct world *w = *state;
    struct world *other = world_new();
    world_share(other, w);
    other->no_mailer = 1;
    world_open(other);
    nct_mail *mine = claim(w, "");
    nct_mail *theirs = claim(other, "");
    assert_string_not_equal(nct_mail_id(mine), nct_mail_id(theirs));
    expect_none(w, "");
    expect_none(other, "");
    nct_mail_free(mine);
    nct_mail_free(theirs);
    assert_int_equal(world_free(other), 0);
}

/* Whoever claimed it crashed, which is as if it was freed. */
static void a_claim_that_is_never_settled_ends_with_its_lease(void **state) {
    struct world *w = *state;
    char id[33];
    nct_mail *mail = claim(w, "");
    strcpy(id, nct_mail_id(mail));
    nct_mail_free(mail);
    nct_mail_free(claim(w, ""));
    world_advance(w, LEASE - 1);
    expect_none(w, "");
    world_advance(w, 1);
    mail = claim(w, "");
    assert_string_equal(nct_mail_id(mail), id);
    nct_mail_free(mail);
}

static void who_was_too_slow_gives_back_nothing_of_another(void **state) {
    struct world *w = *state;
    nct_mail *slow = claim(w, "");
    world_advance(w, LEASE);
    nct_mail *next = claim(w, "");
    assert_string_equal(nct_mail_id(slow), nct_mail_id(next));
    expect_status(nct_mail_give_back(slow, NCT_MAIL_DEFERRED, "too slow", 8), NCT_E_STATE);
    nct_mail *other = claim(w, ""); /* the other's claim holds */
    assert_string_not_equal(nct_mail_id(other), nct_mail_id(next));
    nct_mail_free(other);
    nct_mail_free(slow);
    expect_status(nct_mail_accept(next), NCT_OK);
    nct_mail_free(next);
}

/* It went out, so it is not sent again. */
static void who_was_too_slow_and_sent_it_accepts_it(void **state) {
    struct world *w = *state;
    nct_mail *slow = claim(w, "");
    world_advance(w, LEASE);
    nct_mail *next = claim(w, "");
    expect_status(nct_mail_accept(slow), NCT_OK);
    expect_status(nct_mail_give_back(next, NCT_MAIL_DEFERRED, "refused", 7), NCT_E_NOT_FOUND);
    assert_int_equal(waiting(w), 1);
    nct_mail_free(slow);
    nct_mail_free(next);
}

static void a_mail_withdrawn_while_it_is_claimed_is_no_failure(void **state) {
    struct world *w = *state;
    nct_mail *mail = claim(w, "");
    expect_status(reset(w, &PETRA), NCT_OK); /* its PIN is out of date */
    expect_status(nct_mail_accept(mail), NCT_OK);
    nct_mail_free(mail);
    assert_int_equal(waiting(w), 2);
}

static void accepting_may_be_tried_again_after_a_failure(void **state) {
    struct world *w = *state;
    nct_mail *mail = claim(w, "");
    world_fault(w, FAULT_ERROR, WORLD_COMMIT, 1, 1);
    expect_status(nct_mail_accept(mail), NCT_E_STORE);
    world_no_fault(w);
    assert_int_equal(waiting(w), 2);
    expect_status(nct_mail_accept(mail), NCT_OK);
    assert_int_equal(waiting(w), 1);
    nct_mail_free(mail);
}

static void each_allocation_of_a_claim_fails(void **state) {
    struct world *w = *state;
    for (size_t at = 1;; at++) {
        nct_mail *mail = NULL;
        w->memory.calls = 0;
        w->memory.fail_at = at;
        nct_status status = nct_mail_claim(w->portal, "", 0, &mail);
        w->memory.fail_at = 0;
        if (status == NCT_OK) {
            nct_mail_free(mail);
            break;
        }
        expect_status(status, NCT_E_NO_MEMORY);
        assert_null(mail);
        world_advance(w, LEASE);
    }
}

static void what_is_no_claim_is_refused(void **state) {
    struct world *w = *state;
    nct_mail *mail = NULL;
    expect_status(nct_mail_claim(NULL, "", 0, &mail), NCT_E_ARGUMENT);
    expect_status(nct_mail_claim(w->portal, "", 0, NULL), NCT_E_ARGUMENT);
    expect_status(nct_mail_claim(w->portal, NULL, 1, &mail), NCT_E_ARGUMENT);
    expect_status(nct_mail_claim(w->portal, "not an id", 9, &mail), NCT_E_FORMAT);
    expect_status(nct_mail_accept(NULL), NCT_E_ARGUMENT);
    expect_status(nct_mail_give_back(NULL, NCT_MAIL_DEFERRED, "x", 1), NCT_E_ARGUMENT);
    assert_int_equal(nct_mail_claimed_until(NULL), 0);
    nct_mail_free(NULL);
    mail = claim(w, "");
    nct_portal_close(w->portal); /* a mail keeps its portal */
    w->portal = NULL;
    expect_status(nct_mail_accept(mail), NCT_OK);
    nct_mail_free(mail);
    world_open(w);
    assert_int_equal(waiting(w), 1);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, set_up, world_teardown)

int main(void) {
    const struct CMUnitTest tests[] = {
        CASE(a_claimed_mail_says_all_that_a_mailer_is_told),
        CASE(a_parameter_is_found_by_its_name),
        CASE(a_round_goes_from_the_oldest_to_the_last),
        CASE(a_round_ends_though_mails_are_given_back),
        CASE(a_mail_is_settled_once),
        CASE(a_mail_given_back_waits_with_the_reason),
        CASE(two_claimers_never_hold_one_mail),
        CASE(a_claim_that_is_never_settled_ends_with_its_lease),
        CASE(who_was_too_slow_gives_back_nothing_of_another),
        CASE(who_was_too_slow_and_sent_it_accepts_it),
        CASE(a_mail_withdrawn_while_it_is_claimed_is_no_failure),
        CASE(accepting_may_be_tried_again_after_a_failure),
        CASE(each_allocation_of_a_claim_fails),
        CASE(what_is_no_claim_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
