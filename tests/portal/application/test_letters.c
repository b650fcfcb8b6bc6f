/* Letters about the moves of an application (C4): every move, to whom the profile names, once to each, without what is
 * nobody else's. */
#include "applications.h"

#include <nctracks/machine.h>
#include <nctracks/message.h>

#include <stdio.h>

#define KIND NCT_SUBMISSION_MANAGE_CHANGE
#define REQUEST NCT_SUBMISSION_PHARMACY_PA

static char id[NCT_APPLICATION_ID_LENGTH + 1];

static nct_message_list *messages(struct world *w, const char *ncid) {
    nct_message_list *list = NULL;
    expect_status(nct_message_list_page(w->portal, ncid, strlen(ncid), NULL, 0, 100, &list), NCT_OK);
    return list;
}

static size_t letters(struct world *w, const char *ncid, const char *name) {
    nct_message_list *list = messages(w, ncid);
    size_t found = 0;
    for (size_t i = 0; i < nct_message_list_count(list); i++)
        found += strcmp(nct_message_list_template(list, i), name) == 0;
    nct_message_list_free(list);
    return found;
}

/* The newest of a person's. */
static void expect_letter(struct world *w, const char *ncid, const char *name, const char *application) {
    nct_message_list *list = messages(w, ncid);
    assert_true(nct_message_list_count(list) > 0);
    assert_string_equal(nct_message_list_template(list, 0), name);
    assert_string_equal(nct_message_list_application(list, 0), application);
    assert_string_equal(nct_message_list_provider(list, 0), NPI_CLINIC);
    assert_non_null(strstr(nct_message_list_body(list, 0), application));
    nct_message_list_free(list);
}

static size_t mailed(const struct world *w, const char *name, const char *address) {
    size_t found = 0;
    for (size_t i = 0; i < w->mailer.count; i++)
        found += strcmp(w->mailer.mails[i].template_name, name) == 0 &&
                 (address == NULL || strcmp(w->mailer.mails[i].address, address) == 0);
    return found;
}

/* Written from the wish of those who do this work, not from the library. */
static const char *const expected[] = {
    [NCT_MOVE_SUBMIT] = "application.received",         [NCT_MOVE_RESUBMIT] = "application.received",
    [NCT_MOVE_REVIEW] = "application.in_review",        [NCT_MOVE_ENDORSE] = "application.in_review",
    [NCT_MOVE_PAY] = "application.in_review",           [NCT_MOVE_PEND] = "application.in_review",
    [NCT_MOVE_RETURN] = "application.returned",         [NCT_MOVE_REQUEST_INFORMATION] = "application.information",
    [NCT_MOVE_REQUEST_PAYMENT] = "application.payment", [NCT_MOVE_REQUEST_ENDORSEMENT] = "application.endorsement",
    [NCT_MOVE_APPROVE] = "application.approved",        [NCT_MOVE_MODIFY] = "application.modified",
    [NCT_MOVE_REDUCE] = "application.modified",         [NCT_MOVE_DENY] = "application.denied",
    [NCT_MOVE_WITHDRAW] = "application.withdrawn",      [NCT_MOVE_ABANDON] = "application.abandoned",
    [NCT_MOVE_TERMINATE] = "application.ended",         [NCT_MOVE_VOID] = "application.ended",
};

static void make_move(struct world *w, int32_t kind, size_t row) {
    int32_t movers = nct_machine_row_movers(kind, row);
    if ((movers & NCT_MOVER_SIGNER) != 0) {
        expect_status(world_apply(w, OLIVIA.ncid, kind, id, NULL), NCT_OK);
    } else if ((movers & NCT_MOVER_AGENCY) != 0) {
        expect_status(world_decide(w, id, nct_machine_row_move(kind, row), NULL), NCT_OK);
    } else {
        world_advance(w, 30 * WORLD_DAY);
        assert_true(world_settle(w) > 0); /* others wait too */
    }
}

static size_t mailed_about_it(const struct world *w, const char *name) {
    size_t found = 0;
    for (size_t i = 0; i < w->mailer.count; i++)
        found += strcmp(w->mailer.mails[i].template_name, name) == 0 && strstr(w->mailer.mails[i].body, id) != NULL;
    return found;
}

static size_t letters_about_it(struct world *w, const char *name) {
    nct_message_list *list = messages(w, OLIVIA.ncid);
    size_t found = 0;
    for (size_t i = 0; i < nct_message_list_count(list); i++)
        found += strcmp(nct_message_list_template(list, i), name) == 0 &&
                 strcmp(nct_message_list_application(list, i), id) == 0;
    nct_message_list_free(list);
    return found;
}

static void every_move_has_a_letter(void **state) {
    struct world *w = *state;
    static const int32_t kinds[] = {KIND, REQUEST};
    for (size_t k = 0; k < 2; k++)
        for (size_t row = 0; row < nct_machine_row_count(kinds[k]); row++) {
            const char *name = expected[nct_machine_row_move(kinds[k], row)];
            if (name == NULL) /* discarding: test_drafts.c */
                continue;
            world_drafted(w, OLIVIA.ncid, kinds[k], id);
            world_lead(w, id, nct_machine_row_from(kinds[k], row));
            size_t mails = mailed_about_it(w, name), list = letters_about_it(w, name);
            make_move(w, kinds[k], row);
            assert_int_equal(mailed_about_it(w, name), mails + 1); /* who is all three is told once */
            assert_int_equal(letters_about_it(w, name), list + 1);
            world_advance(w, 1000);
        }
}

static void who_signed_who_began_it_and_the_administrator_are_told(void **state) {
    struct world *w = *state;
    world_drafted(w, PETRA.ncid, REQUEST, id);
    expect_status(world_apply(w, UMA.ncid, REQUEST, id, NULL), NCT_OK);
    world_advance(w, 1000);
    size_t mails = w->mailer.count;
    expect_status(world_decide(w, id, NCT_MOVE_REQUEST_INFORMATION, NULL), NCT_OK);
    assert_int_equal(w->mailer.count, mails + 3);
    expect_letter(w, PETRA.ncid, "application.information", id);
    expect_letter(w, UMA.ncid, "application.information", id);
    expect_letter(w, OLIVIA.ncid, "application.information", id);
    assert_int_equal(letters(w, FRANK.ncid, "application.information"), 0);
    expect_status(world_apply(w, PETRA.ncid, REQUEST, id, NULL), NCT_OK); /* who signed last */
    expect_status(world_decide(w, id, NCT_MOVE_APPROVE, NULL), NCT_OK);
    assert_int_equal(mailed(w, "application.approved", UMA.email), 0);
    assert_int_equal(mailed(w, "application.approved", NULL), 2);
}

static void who_has_left_is_told_nothing(void **state) {
    struct world *w = *state;
    world_drafted(w, PETRA.ncid, REQUEST, id);
    expect_status(world_apply(w, PETRA.ncid, REQUEST, id, NULL), NCT_OK);
    expect_status(nct_access_leave(w->portal, PETRA.ncid, strlen(PETRA.ncid), NPI_CLINIC, 10), NCT_OK);
    expect_status(world_decide(w, id, NCT_MOVE_DENY, NULL), NCT_OK);
    assert_int_equal(mailed(w, "application.denied", NULL), 1);
    assert_int_equal(mailed(w, "application.denied", OLIVIA.email), 1);
    assert_int_equal(letters(w, PETRA.ncid, "application.denied"), 0);
}

/* To the millisecond. */
static void whose_access_has_run_out_is_told_nothing(void **state) {
    struct world *w = *state;
    char until[32];
    nct_form *form = NULL;
    expect_status(nct_form_new(w->portal, NCT_FORM_ACCESS, &form), NCT_OK);
    (void)snprintf(until, sizeof until, "%lld", (long long)(w->now + WORLD_DAY));
    world_set(form, "ncid", PETRA.ncid);
    world_set(form, "role", "user");
    world_set(form, "rights", "pa.submit");
    world_set(form, "valid_until", until);
    expect_status(nct_access_grant(form, OLIVIA.ncid, strlen(OLIVIA.ncid), NPI_CLINIC, 10, NULL), NCT_OK);
    nct_form_free(form);
    world_drafted(w, PETRA.ncid, REQUEST, id);
    expect_status(world_apply(w, PETRA.ncid, REQUEST, id, NULL), NCT_OK);
    world_advance(w, WORLD_DAY - 1);
    expect_status(world_decide(w, id, NCT_MOVE_PEND, NULL), NCT_OK);
    assert_int_equal(letters(w, PETRA.ncid, "application.in_review"), 1);
    world_advance(w, 1);
    expect_status(world_decide(w, id, NCT_MOVE_REVIEW, NULL), NCT_OK);
    assert_int_equal(letters(w, PETRA.ncid, "application.in_review"), 1);
    assert_int_equal(letters(w, OLIVIA.ncid, "application.in_review"), 2);
}

static void a_letter_holds_no_reason_and_says_until_when(void **state) {
    struct world *w = *state;
    world_drafted(w, OLIVIA.ncid, KIND, id);
    world_lead(w, id, NCT_STATE_IN_REVIEW);
    expect_status(world_decide(w, id, NCT_MOVE_RETURN, NULL), NCT_OK);
    const struct world_mail *mail = &w->mailer.mails[w->mailer.count - 1];
    assert_string_equal(mail->template_name, "application.returned");
    assert_null(strstr(mail->body, "as the rules say"));
    assert_non_null(strstr(mail->body, "before 2026-01-30"));
    assert_non_null(strstr(mail->body, "manage_change"));
}

static void it_is_written_in_the_readers_language(void **state) {
    struct world *w = *state;
    expect_status(nct_person_set_language(w->portal, OLIVIA.ncid, strlen(OLIVIA.ncid), "es"), NCT_OK);
    world_drafted(w, OLIVIA.ncid, KIND, id);
    expect_status(world_apply(w, OLIVIA.ncid, KIND, id, NULL), NCT_OK);
    const struct world_mail *mail = &w->mailer.mails[w->mailer.count - 1];
    assert_string_equal(mail->template_name, "application.received");
    assert_string_equal(mail->language, "es");
    assert_non_null(strstr(mail->subject, "La solicitud PA-0001 para el proveedor"));
}

/* A host that comes only after the end has nothing left to say. */
static void a_reminder_that_was_missed_is_not_sent(void **state) {
    struct world *w = *state;
    world_drafted(w, OLIVIA.ncid, KIND, id);
    world_lead(w, id, NCT_STATE_RETURNED);
    world_advance(w, 30 * WORLD_DAY);
    assert_int_equal(world_settle(w), 1);
    assert_int_equal(mailed(w, "application.reminder", NULL), 0);
    assert_int_equal(mailed(w, "application.abandoned", OLIVIA.email), 1);
}

static void rule(struct world *w, const char *path, const char *value) {
    expect_status(nct_rule_set(w->policy, path, value, strlen(value), NULL), NCT_OK);
}

static void the_profile_says_who_is_told(void **state) {
    struct world *w = *state;
    rule(w, "name", "own");
    rule(w, "notice.application", "preparer");
    rule(w, "notice.request", "");
    rule(w, "abandon.notice_days", "");
    world_reopen(w);
    world_drafted(w, UMA.ncid, REQUEST, id);
    expect_status(world_apply(w, UMA.ncid, REQUEST, id, NULL), NCT_OK);
    assert_int_equal(mailed(w, "application.received", NULL), 0);
    world_drafted(w, OLIVIA.ncid, KIND, id);
    world_lead(w, id, NCT_STATE_RETURNED);
    assert_int_equal(mailed(w, "application.received", OLIVIA.email), 1);
    assert_true(world_due(w, NPI_CLINIC, NCT_DUE_ABANDONMENT, NULL) == w->now + 30 * WORLD_DAY);
}

static void a_policy_tells_nobody_who_is_not_there(void **state) {
    struct world *w = *state;
    static const char *const wrong[][3] = {
        {"notice.oa_change", "signer", "signer"},
        {"notice.eft_change", "office_administrator preparer", "preparer"},
        {"notice.application", "pay_to", "pay_to"},
        {"notice.request", "new_office_administrator signer", "new_office_administrator"},
        {"abandon.notice_days", "30", "term.abandon_days"},
    };
    rule(w, "name", "own");
    for (size_t i = 0; i < 5; i++) {
        char before[256];
        nct_policy_problems *problems = NULL;
        expect_status(nct_rule_get(w->policy, wrong[i][0], before, sizeof before, NULL), NCT_OK);
        rule(w, wrong[i][0], wrong[i][1]);
        expect_status(nct_policy_check(w->policy, &problems), NCT_E_PROFILE);
        assert_int_equal(nct_policy_problems_count(problems), 1);
        assert_string_equal(nct_policy_problems_path(problems, 0), wrong[i][0]);
        assert_non_null(strstr(nct_policy_problems_message(problems, 0), wrong[i][2]));
        nct_policy_problems_free(problems);
        rule(w, wrong[i][0], before);
    }
    expect_status(nct_policy_check(w->policy, NULL), NCT_OK);
}

static void a_move_that_is_refused_tells_nobody(void **state) {
    struct world *w = *state;
    world_drafted(w, OLIVIA.ncid, KIND, id);
    size_t mails = w->mailer.count;
    expect_status(world_decide(w, id, NCT_MOVE_APPROVE, NULL), NCT_E_ILLEGAL_MOVE);
    assert_int_equal(w->mailer.count, mails);
}

/* Merged into another NCID, whoever signed is told under that one. */
static void who_was_merged_is_told_under_the_name_they_have(void **state) {
    struct world *w = *state;
    expect_status(world_add_user(w, OLIVIA.ncid, NPI_CLINIC, &SILAS, "user", "pa.submit"), NCT_OK);
    world_drafted(w, PETRA.ncid, REQUEST, id);
    expect_status(world_apply(w, PETRA.ncid, REQUEST, id, NULL), NCT_OK);
    expect_status(nct_person_merge(w->portal, WORLD_OPERATOR, strlen(WORLD_OPERATOR), PETRA.ncid, strlen(PETRA.ncid),
                                   SILAS.ncid, strlen(SILAS.ncid), "one and the same", 16),
                  NCT_OK);
    expect_status(world_decide(w, id, NCT_MOVE_APPROVE, NULL), NCT_OK);
    assert_int_equal(mailed(w, "application.approved", SILAS.email), 1);
    assert_int_equal(letters(w, SILAS.ncid, "application.approved"), 1);
}

#define CASE(test) cmocka_unit_test_setup_teardown(test, world_setup_clinic, world_teardown)

int main(void) {
    const struct CMUnitTest tests[] = {
        CASE(every_move_has_a_letter),
        CASE(who_signed_who_began_it_and_the_administrator_are_told),
        CASE(who_has_left_is_told_nothing),
        CASE(whose_access_has_run_out_is_told_nothing),
        CASE(a_letter_holds_no_reason_and_says_until_when),
        CASE(it_is_written_in_the_readers_language),
        CASE(a_reminder_that_was_missed_is_not_sent),
        CASE(the_profile_says_who_is_told),
        CASE(a_policy_tells_nobody_who_is_not_there),
        CASE(a_move_that_is_refused_tells_nobody),
        CASE(who_was_merged_is_told_under_the_name_they_have),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
