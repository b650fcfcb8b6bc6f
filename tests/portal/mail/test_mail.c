/* The outbox: no mail is lost, none is sent for what did not happen, none twice by two portals. */
#include "world.h"

static nct_status reset(struct world *w, const struct cast *who) {
    return nct_pin_reset_by_operator(w->portal, "x", 1, who->ncid, strlen(who->ncid), "forgot it", 9);
}

static size_t waiting_mails(struct world *w) {
    nct_mail_list *page = NULL;
    expect_status(nct_mail_list_page(w->portal, NULL, 0, 1000, &page), NCT_OK);
    size_t count = nct_mail_list_count(page);
    nct_mail_list_free(page);
    return count;
}

static void flush(struct world *w, size_t wanted_sent, size_t wanted_waiting) {
    size_t sent = 99, waiting = 99;
    expect_status(nct_mail_flush(w->portal, 1000, &sent, &waiting), NCT_OK);
    assert_int_equal(sent, wanted_sent);
    assert_int_equal(waiting, wanted_waiting);
}

static void mails_are_delivered_right_after_the_commit(void **state) {
    struct world *w = *state;
    assert_int_equal(w->mailer.count, 4);
    assert_int_equal(waiting_mails(w), 0);
    flush(w, 0, 0);
}

static void a_failing_mailer_keeps_the_mail_and_its_id(void **state) {
    struct world *w = *state;
    w->mailer.fail_from = w->mailer.count + 1;
    w->mailer.fail_to = w->mailer.count + 1;
    size_t before = w->mailer.count;
    expect_status(reset(w, &PETRA), NCT_OK);
    assert_int_equal(w->mailer.count, before + 1);
    assert_int_equal(waiting_mails(w), 1);
    world_advance(w, 3600000);
    flush(w, 1, 0);
    assert_int_equal(w->mailer.count, before + 2);
    const struct world_mail *first = &w->mailer.mails[before], *second = &w->mailer.mails[before + 1];
    assert_string_equal(first->id, second->id);
    assert_int_equal(strlen(first->id), 32);
    assert_int_equal(strspn(first->id, "0123456789abcdef"), 32);
    assert_string_equal(first->pin, second->pin);
    assert_string_equal(first->body, second->body);
    assert_int_equal(waiting_mails(w), 0);
    flush(w, 0, 0);
    expect_status(world_sign_pa(w, PETRA.ncid, WORLD_PASSWORD, world_pin_of(w, PETRA.ncid)), NCT_OK);
}

/* Each of the mails of a registration fails in turn; the others go out, that one waits. */
static void each_mail_of_a_registration_may_fail_alone(void **state) {
    struct world *w = *state;
    for (unsigned failing = 1; failing <= 2; failing++) {
        struct cast oa = OSCAR, user = SILAS;
        oa.ncid = failing == 1 ? "oscar.first" : "oscar.second";
        user.ncid = failing == 1 ? "silas.first" : "silas.second";
        w->mailer.fail_from = w->mailer.fail_to = w->mailer.count + failing;
        world_register(w, world_npi(failing), &oa, &user, "training");
        assert_int_equal(waiting_mails(w), 1);
        assert_int_equal(world_mails_about(w, oa.ncid) + world_mails_about(w, user.ncid), 1);
        world_advance(w, 3600000);
        flush(w, 1, 0);
        assert_int_equal(world_mails_about(w, oa.ncid), 1);
        assert_int_equal(world_mails_about(w, user.ncid), 1);
    }
}

static void a_mailer_that_always_fails_is_told(void **state) {
    struct world *w = *state;
    w->mailer.fail_from = 1;
    w->mailer.fail_to = SIZE_MAX;
    expect_status(reset(w, &PETRA), NCT_OK);
    expect_status(reset(w, &FRANK), NCT_OK);
    world_advance(w, 3600000);
    flush(w, 0, 2);
    nct_mail_list *page = NULL;
    expect_status(nct_mail_list_page(w->portal, NULL, 0, 10, &page), NCT_OK);
    assert_int_equal(nct_mail_list_count(page), 2);
    assert_true(nct_mail_list_tries(page, 0) >= 2);
    nct_mail_list_free(page);
}

static void waiting_mails_are_listed_without_their_content(void **state) {
    struct world *w = *state;
    w->mailer.fail_from = 1;
    w->mailer.fail_to = SIZE_MAX;
    const int64_t start = w->now;
    const struct cast *const people[] = {&PETRA, &FRANK, &UMA};
    for (size_t i = 0; i < 3; i++, world_advance(w, 1))
        expect_status(reset(w, people[i]), NCT_OK);
    for (size_t limit = 1; limit <= 4; limit++) {
        size_t seen = 0;
        char after[64] = "";
        for (;;) {
            nct_mail_list *page = NULL;
            expect_status(nct_mail_list_page(w->portal, after[0] ? after : NULL, strlen(after), limit, &page), NCT_OK);
            size_t count = nct_mail_list_count(page);
            for (size_t i = 0; i < count; i++, seen++) {
                assert_string_equal(nct_mail_list_ncid(page, i), people[seen]->ncid);
                assert_string_equal(nct_mail_list_recipient(page, i), people[seen]->email);
                assert_string_equal(nct_mail_list_template(page, i), "pin.reset");
                assert_true(nct_mail_list_queued_at(page, i) == start + (int64_t)seen);
                assert_true(nct_mail_list_tries(page, i) >= 1);
                strcpy(after, nct_mail_list_id(page, i));
            }
            assert_null(nct_mail_list_id(page, count));
            assert_null(nct_mail_list_ncid(page, count));
            nct_mail_list_free(page);
            if (count == 0)
                break;
        }
        assert_int_equal(seen, 3);
    }
}

static void oldest_mails_go_first_and_no_more_than_the_limit(void **state) {
    struct world *w = *state;
    w->mailer.fail_from = 1;
    w->mailer.fail_to = SIZE_MAX;
    const struct cast *const people[] = {&PETRA, &FRANK, &UMA};
    for (size_t i = 0; i < 3; i++, world_advance(w, 1))
        expect_status(reset(w, people[i]), NCT_OK);
    w->mailer.fail_from = w->mailer.fail_to = 0;
    world_advance(w, 3600000);
    for (size_t i = 0; i < 3; i++) {
        size_t sent = 0;
        expect_status(nct_mail_flush(w->portal, 1, &sent, NULL), NCT_OK);
        assert_int_equal(sent, 1);
        assert_string_equal(w->mailer.mails[w->mailer.count - 1].ncid, people[i]->ncid);
    }
}

static void without_a_mailer_mails_wait_for_a_portal_with_one(void **state) {
    struct world *w = *state;
    struct world *silent = world_new();
    world_share(silent, w);
    silent->no_mailer = 1;
    world_open(silent);
    size_t before = w->mailer.count;
    expect_status(reset(silent, &PETRA), NCT_OK);
    expect_status(nct_mail_flush(silent->portal, 10, NULL, NULL), NCT_E_STATE);
    assert_int_equal(waiting_mails(silent), 1);
    assert_int_equal(world_free(silent), 0);
    flush(w, 1, 0);
    assert_int_equal(w->mailer.count, before + 1);
}

static void of_two_new_pins_the_last_one_waits(void **state) {
    struct world *w = *state;
    w->no_mailer = 1;
    world_reopen(w);
    size_t before = w->mailer.count;
    expect_status(reset(w, &PETRA), NCT_OK);
    expect_status(reset(w, &PETRA), NCT_OK);
    assert_int_equal(waiting_mails(w), 1);
    w->no_mailer = 0;
    world_reopen(w);
    flush(w, 1, 0);
    assert_int_equal(w->mailer.count, before + 1);
    expect_status(world_sign_pa(w, PETRA.ncid, WORLD_PASSWORD, world_pin_of(w, PETRA.ncid)), NCT_OK);
}

/* The Office Administrator registered the clinic: their own PIN is sent to them as theirs, the others' to hand on. */
static void nobody_is_asked_to_hand_their_own_pin_on(void **state) {
    struct world *w = *state;
    for (size_t i = 0; i < w->mailer.count; i++) {
        const struct world_mail *mail = &w->mailer.mails[i];
        int own = strcmp(mail->ncid, OLIVIA.ncid) == 0;
        assert_string_equal(mail->address, OLIVIA.email);
        assert_string_equal(mail->template_name, own ? "pin.issued" : "pin.issued.registrant");
    }
}

static void a_mail_that_was_refused_is_tried_again_after_a_while(void **state) {
    struct world *w = *state;
    w->mailer.fail_from = w->mailer.count + 1;
    w->mailer.fail_to = w->mailer.count + 1;
    expect_status(reset(w, &PETRA), NCT_OK);
    assert_int_equal(waiting_mails(w), 1);
    flush(w, 0, 1);
    world_advance(w, 60000);
    flush(w, 1, 0);
}

/* Its mailer took the mail, but the row that says so could not be written: the claim stays. */
static void leave_claimed(struct world *w) {
    world_fault(w, FAULT_ERROR, WORLD_COMMIT, 2, 1);
    assert_true(nct_mail_flush(w->portal, 10, NULL, NULL) != NCT_OK);
    world_no_fault(w);
}

static void a_claim_of_a_clock_that_went_back_does_not_hold(void **state) {
    struct world *w = *state;
    w->no_mailer = 1;
    world_reopen(w);
    expect_status(reset(w, &PETRA), NCT_OK);
    w->no_mailer = 0;
    world_reopen(w);
    leave_claimed(w);
    flush(w, 0, 1);
    w->now -= 3600000;
    flush(w, 1, 0);
}

struct two_worlds {
    struct world *first, *second;
};

static void claim_by_another(void *argument) {
    struct two_worlds *claim = argument;
    claim->first->now += 61000;
    claim->second->now = claim->first->now;
    leave_claimed(claim->second);
}

/* Whoever was too slow and then fails does not give back what another has claimed since. */
static void a_claim_is_given_back_by_its_owner_alone(void **state) {
    struct world *w = *state;
    struct world *other = world_new();
    struct two_worlds claim = {w, other};
    world_share(other, w);
    world_open(other);
    w->mailer.fail_from = w->mailer.count + 1;
    w->mailer.fail_to = w->mailer.count + 1;
    w->mailer.during_send = claim_by_another;
    w->mailer.argument = &claim;
    expect_status(reset(w, &PETRA), NCT_OK);
    flush(w, 0, 1);
    w->now += 61000;
    flush(w, 1, 0);
    assert_int_equal(world_free(other), 0);
}

struct rival {
    struct world *world;
    size_t sent, waiting;
};

static void flush_rival(void *argument) {
    struct rival *rival = argument;
    expect_status(nct_mail_flush(rival->world->portal, 10, &rival->sent, &rival->waiting), NCT_OK);
}

/* While one portal hands a mail to its mailer, another flushes the same store. */
static void two_portals_do_not_send_one_mail_twice(void **state) {
    struct world *w = *state;
    struct world *other = world_new();
    world_share(other, w);
    world_open(other);
    struct rival rival = {other, 99, 99};
    w->mailer.during_send = flush_rival;
    w->mailer.argument = &rival;
    expect_status(reset(w, &PETRA), NCT_OK);
    assert_int_equal(rival.sent, 0);
    assert_int_equal(rival.waiting, 1);
    assert_int_equal(other->mailer.count, 0);
    assert_int_equal(waiting_mails(w), 0);
    assert_int_equal(world_free(other), 0);
}

/* A flusher that dies with a claimed mail holds it for the lease only; then it goes out under the same id. */
static void a_claim_ends_with_its_lease(void **state) {
    struct world *w = *state;
    struct world *other = world_new();
    world_share(other, w);
    world_open(other);
    size_t before = w->mailer.count, commits = w->store.commits;
    expect_status(reset(w, &FRANK), NCT_OK);
    commits = w->store.commits - commits; /* the last of these settles the mail */
    assert_true(commits >= 2);
    world_fault(w, FAULT_ERROR, WORLD_COMMIT, commits, SIZE_MAX);
    (void)reset(w, &PETRA);
    world_no_fault(w);
    assert_int_equal(w->mailer.count, before + 2);
    flush(other, 0, 1);
    other->now = w->now + 59999;
    flush(other, 0, 1);
    other->now = w->now + 60000;
    flush(other, 1, 0);
    assert_int_equal(other->mailer.count, 1);
    assert_string_equal(other->mailer.mails[0].id, w->mailer.mails[before + 1].id);
    assert_int_equal(waiting_mails(w), 0);
    assert_int_equal(world_free(other), 0);
}

static void no_mail_is_sent_for_what_was_not_committed(void **state) {
    struct world *w = *state;
    size_t before = w->mailer.count;
    world_fault(w, FAULT_ERROR, WORLD_COMMIT, 1, SIZE_MAX);
    expect_status(reset(w, &PETRA), NCT_E_STORE);
    world_no_fault(w);
    flush(w, 0, 0);
    assert_int_equal(w->mailer.count, before);
}

/* The store keeps neither a PIN nor a body, before and after delivery; it is wiped once accepted. */
static void a_mail_is_sealed_while_it_waits_and_gone_when_sent(void **state) {
    struct world *w = *state;
    size_t rows_before = nct_memory_store_rows(w->store.inner);
    w->mailer.fail_from = w->mailer.fail_to = w->mailer.count + 1;
    expect_status(reset(w, &PETRA), NCT_OK);
    const struct world_mail *mail = &w->mailer.mails[w->mailer.count - 1];
    struct rows rows = rows_take(w->store.inner);
    for (size_t i = 0; i < rows.count; i++)
        for (size_t at = 0; at + 6 <= rows.at[i].len; at++)
            assert_memory_not_equal(rows.at[i].value + at, mail->pin, 6);
    rows_free(&rows);
    size_t rows_waiting = nct_memory_store_rows(w->store.inner);
    world_advance(w, 3600000);
    flush(w, 1, 0);
    assert_true(nct_memory_store_rows(w->store.inner) < rows_waiting);
    assert_true(nct_memory_store_rows(w->store.inner) >= rows_before);
}

static void a_mail_has_one_line_subjects_and_plain_bodies(void **state) {
    struct world *w = *state;
    expect_status(world_report_lost(w, PETRA.ncid, NULL, PETRA.ncid), NCT_OK);
    expect_status(reset(w, &PETRA), NCT_OK);
    expect_status(world_add_user(w, OLIVIA.ncid, NPI_CLINIC, &SILAS, "user", "training"), NCT_OK);
    for (size_t i = 0; i < w->mailer.count; i++) {
        const struct world_mail *mail = &w->mailer.mails[i];
        assert_null(strpbrk(mail->subject, "\r\n\t"));
        assert_null(strpbrk(mail->name, "\r\n\t"));
        assert_null(strpbrk(mail->address, "\r\n\t <>,;"));
        assert_null(strchr(mail->body, '\r'));
        assert_true(strlen(mail->subject) > 0 && strlen(mail->body) > 0);
        assert_non_null(strstr(mail->body, "1-800-688-6696"));
    }
}

/* 11.6: a portal elsewhere has a call centre of its own; every text that names one has it, and none of them NCTracks'.
 */
static void texts_name_the_portals_own_call_center(void **state) {
    struct world *w = *state;
    nct_explanation *explanation = NULL;
    expect_status(nct_rule_set(w->policy, "call_center.phone", "919-555-0199", 12, NULL), NCT_OK);
    expect_status(nct_rule_set(w->policy, "call_center.email", "help@example.org", 16, NULL), NCT_OK);
    world_reopen(w);
    w->mailer.count = 0;
    expect_status(world_report_lost(w, PETRA.ncid, NULL, PETRA.ncid), NCT_OK);
    expect_status(reset(w, &PETRA), NCT_OK);
    assert_int_equal(w->mailer.count, 2);
    for (size_t i = 0; i < w->mailer.count; i++) {
        assert_non_null(strstr(w->mailer.mails[i].body, "919-555-0199 or help@example.org"));
        assert_null(strstr(w->mailer.mails[i].body, "1-800"));
        assert_null(strstr(w->mailer.mails[i].body, "nctracks.com"));
    }
    expect_status(nct_access_explain(w->portal, NPI_CLINIC, 10, PETRA.ncid, strlen(PETRA.ncid),
                                     NCT_AUTHORITY_ENROLLMENT_SUBMIT, &explanation),
                  NCT_OK);
    assert_null(strstr(nct_explanation_help(explanation), "1-800"));
    nct_explanation_free(explanation);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, world_setup_clinic, world_teardown)

int main(void) {
    const struct CMUnitTest tests[] = {
        CASE(mails_are_delivered_right_after_the_commit),
        CASE(a_failing_mailer_keeps_the_mail_and_its_id),
        CASE(each_mail_of_a_registration_may_fail_alone),
        CASE(a_mailer_that_always_fails_is_told),
        CASE(waiting_mails_are_listed_without_their_content),
        CASE(oldest_mails_go_first_and_no_more_than_the_limit),
        CASE(of_two_new_pins_the_last_one_waits),
        CASE(nobody_is_asked_to_hand_their_own_pin_on),
        CASE(a_mail_that_was_refused_is_tried_again_after_a_while),
        CASE(a_claim_of_a_clock_that_went_back_does_not_hold),
        CASE(a_claim_is_given_back_by_its_owner_alone),
        CASE(without_a_mailer_mails_wait_for_a_portal_with_one),
        CASE(two_portals_do_not_send_one_mail_twice),
        CASE(a_claim_ends_with_its_lease),
        CASE(no_mail_is_sent_for_what_was_not_committed),
        CASE(a_mail_is_sealed_while_it_waits_and_gone_when_sent),
        CASE(texts_name_the_portals_own_call_center),
        CASE(a_mail_has_one_line_subjects_and_plain_bodies),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
