/* Drafts nobody goes on with (C17): listed by age over all providers, discarded by the agency, told to who began them.
 */
#include "applications.h"

#include <nctracks/message.h>
#include <nctracks/work.h>

#include <stdio.h>

#define KIND NCT_SUBMISSION_MANAGE_CHANGE

static char id[NCT_APPLICATION_ID_LENGTH + 1];

static nct_work_list *drafts(struct world *w, int64_t until) {
    nct_work_list *page = NULL;
    expect_status(nct_work_list_page(w->portal, NCT_WORK_DRAFT, 0, until, NULL, 0, 100, &page), NCT_OK);
    return page;
}

static size_t count(struct world *w, int64_t until) {
    nct_work_list *page = drafts(w, until);
    size_t found = nct_work_list_count(page);
    nct_work_list_free(page);
    return found;
}

static nct_status discard(struct world *w, const char *which) {
    return nct_application_decide(w->portal, "agnes", 5, NPI_CLINIC, 10, which, strlen(which), NCT_MOVE_DISCARD,
                                  "nobody went on with it", 22, NULL);
}

static void a_draft_is_listed_with_who_began_it(void **state) {
    struct world *w = *state;
    world_drafted(w, PETRA.ncid, NCT_SUBMISSION_PHARMACY_PA, id);
    nct_work_list *page = drafts(w, 0);
    assert_int_equal(nct_work_list_count(page), 1);
    assert_int_equal(nct_work_list_kind(page, 0), NCT_WORK_DRAFT);
    assert_string_equal(nct_work_list_provider(page, 0), NPI_CLINIC);
    assert_string_equal(nct_work_list_application(page, 0), id);
    assert_int_equal(nct_work_list_submission(page, 0), NCT_SUBMISSION_PHARMACY_PA);
    assert_int_equal(nct_work_list_state(page, 0), NCT_STATE_DRAFT);
    assert_string_equal(nct_work_list_ncid(page, 0), PETRA.ncid);
    assert_int_equal(nct_work_list_since(page, 0), w->now);
    assert_string_equal(nct_work_list_assignee(page, 0), "");
    nct_work_list_free(page);
    expect_status(nct_work_list_page(w->portal, 0, 0, 0, NULL, 0, 100, &page), NCT_OK);
    assert_int_equal(nct_work_list_count(page), 0); /* it waits for nobody at the agency */
    assert_int_equal(nct_work_list_more(page), 0);
    nct_work_list_free(page);
}

static int64_t saved_at(struct world *w) {
    nct_application *application = NULL;
    expect_status(nct_application_get(w->portal, NPI_CLINIC, 10, id, strlen(id), &application), NCT_OK);
    int64_t time = nct_application_saved_at(application);
    nct_application_free(application);
    return time;
}

static void revise(struct world *w) {
    nct_form *draft = world_draft(w, KIND);
    world_draft_set(draft, "document.version", "2");
    expect_status(nct_draft_revise(draft, OLIVIA.ncid, strlen(OLIVIA.ncid), id, strlen(id), NULL), NCT_OK);
    nct_form_free(draft);
}

/* Whoever goes on with a draft keeps it young, to the millisecond. */
static void a_draft_is_as_old_as_it_was_saved_last(void **state) {
    struct world *w = *state;
    int64_t began = w->now;
    world_drafted(w, OLIVIA.ncid, KIND, id);
    world_advance(w, 100 * WORLD_DAY);
    assert_int_equal(saved_at(w), began);
    assert_int_equal(count(w, began), 1);
    assert_int_equal(count(w, began - 1), 0);
    revise(w);
    assert_int_equal(saved_at(w), w->now);
    assert_int_equal(count(w, w->now - 1), 0);
    assert_int_equal(count(w, w->now), 1);
}

static void the_oldest_come_first_page_by_page(void **state) {
    struct world *w = *state;
    char ids[3][NCT_APPLICATION_ID_LENGTH + 1];
    char cursor[256] = "";
    for (size_t i = 0; i < 3; i++) {
        world_drafted(w, OLIVIA.ncid, KIND, ids[i]);
        world_advance(w, WORLD_DAY);
    }
    for (size_t i = 0; i < 3; i++) {
        nct_work_list *page = NULL;
        expect_status(nct_work_list_page(w->portal, NCT_WORK_DRAFT, 0, 0, cursor, strlen(cursor), 1, &page), NCT_OK);
        assert_int_equal(nct_work_list_count(page), 1);
        assert_string_equal(nct_work_list_application(page, 0), ids[i]);
        (void)snprintf(cursor, sizeof cursor, "%s", nct_work_list_cursor(page));
        nct_work_list_free(page);
    }
}

/* What a person was told, the last first. */
static void expect_message(struct world *w, const char *ncid, const char *subject) {
    nct_message_list *page = NULL;
    expect_status(nct_message_list_page(w->portal, ncid, strlen(ncid), NULL, 0, 1, &page), NCT_OK);
    assert_int_equal(nct_message_list_count(page), 1);
    assert_string_equal(nct_message_list_subject(page, 0), subject);
    nct_message_list_free(page);
}

static void the_agency_discards_and_whoever_began_it_is_told(void **state) {
    struct world *w = *state;
    world_drafted(w, PETRA.ncid, NCT_SUBMISSION_PHARMACY_PA, id);
    size_t mails = w->mailer.count;
    expect_status(discard(w, id), NCT_OK);
    assert_int_equal(world_state(w, id), NCT_STATE_VOID);
    assert_int_equal(count(w, 0), 0);
    assert_int_equal(w->mailer.count, mails + 1);
    const struct world_mail *mail = &w->mailer.mails[mails];
    assert_string_equal(mail->template_name, "draft.discarded");
    assert_string_equal(mail->address, PETRA.email);
    assert_non_null(strstr(mail->body, "pharmacy_pa"));
    expect_message(w, PETRA.ncid, mail->subject);
    assert_true(world_ledger_mentions(w, "discard draft void: nobody went on with it"));
    assert_true(world_ledger_mentions(w, "operator:agnes"));
    expect_status(discard(w, id), NCT_E_ILLEGAL_MOVE);
    assert_int_equal(world_verdict(w, "provider:" NPI_CLINIC, NULL), NCT_LEDGER_VALID_BUT_UNANCHORED);
}

static void who_discards_a_colleagues_draft_tells_them(void **state) {
    struct world *w = *state;
    world_drafted(w, PETRA.ncid, NCT_SUBMISSION_PHARMACY_PA, id);
    size_t mails = w->mailer.count;
    expect_status(world_act(w, OLIVIA.ncid, id, NCT_MOVE_DISCARD, NULL), NCT_OK);
    assert_int_equal(w->mailer.count, mails + 1);
    assert_string_equal(w->mailer.mails[mails].template_name, "draft.discarded");
    assert_string_equal(w->mailer.mails[mails].address, PETRA.email);
}

/* Who gives up a draft of their own needs no letter. */
static void who_discards_their_own_draft_tells_nobody(void **state) {
    struct world *w = *state;
    world_drafted(w, OLIVIA.ncid, KIND, id);
    size_t mails = w->mailer.count;
    expect_status(world_act(w, OLIVIA.ncid, id, NCT_MOVE_DISCARD, NULL), NCT_OK);
    assert_int_equal(w->mailer.count, mails);
    assert_int_equal(count(w, 0), 0);
}

static void drafts_of_terminated_providers_are_listed_and_discarded(void **state) {
    struct world *w = *state;
    world_drafted(w, OLIVIA.ncid, KIND, id);
    expect_status(nct_provider_terminate(w->portal, "agnes", 5, NPI_CLINIC, 10, "closed", 6), NCT_OK);
    assert_int_equal(count(w, 0), 1);
    expect_status(discard(w, id), NCT_OK);
    assert_int_equal(world_state(w, id), NCT_STATE_ABANDONED);
    assert_string_equal(world_mail_to(w, OLIVIA.ncid)->template_name, "draft.discarded");
}

/* Of drafts, in the index as the store has it. */
static size_t indexed(struct world *w) {
    struct rows rows = rows_take(w->store.inner);
    size_t found = 0;
    for (size_t i = 0; i < rows.count; i++)
        found += rows.at[i].space == space_of("work") && rows.at[i].key[0] == NCT_WORK_DRAFT;
    rows_free(&rows);
    return found;
}

static void a_submitted_draft_is_none_any_longer_and_is_not_discarded(void **state) {
    struct world *w = *state;
    world_drafted(w, OLIVIA.ncid, KIND, id);
    assert_int_equal(indexed(w), 1);
    expect_status(world_apply(w, OLIVIA.ncid, KIND, id, NULL), NCT_OK);
    assert_int_equal(count(w, 0), 0);
    assert_int_equal(indexed(w), 0);
    expect_status(discard(w, id), NCT_E_ILLEGAL_MOVE);
    world_lead(w, id, NCT_STATE_RETURNED);
    revise(w);
    assert_int_equal(count(w, 0), 0);
}

static void a_draft_is_nobodys_at_the_agency(void **state) {
    struct world *w = *state;
    world_drafted(w, OLIVIA.ncid, KIND, id);
    nct_work_list *page = drafts(w, 0);
    const char *item = nct_work_list_id(page, 0);
    expect_status(nct_work_assign(w->portal, "agnes", 5, item, strlen(item), "agnes", 5), NCT_E_FORMAT);
    expect_status(nct_work_release(w->portal, "agnes", 5, item, strlen(item)), NCT_E_FORMAT);
    nct_work_list_free(page);
}

/* In a day so many; the next day as many again. */
static void a_person_begins_so_many_drafts_in_a_day(void **state) {
    struct world *w = *state;
    char other[NCT_APPLICATION_ID_LENGTH + 1];
    expect_status(nct_policy_set(w->policy, NCT_OPTION_REQUESTS_DRAFT, 2), NCT_OK);
    world_reopen(w);
    expect_status(world_try_draft(w, PETRA.ncid, NCT_SUBMISSION_PHARMACY_PA, id), NCT_OK);
    expect_status(world_try_draft(w, PETRA.ncid, NCT_SUBMISSION_PHARMACY_PA, id), NCT_OK);
    expect_status(world_try_draft(w, PETRA.ncid, NCT_SUBMISSION_PHARMACY_PA, other), NCT_E_TOO_OFTEN);
    assert_string_equal(other, "");
    expect_status(world_try_draft(w, OLIVIA.ncid, KIND, other), NCT_OK); /* others are counted apart */
    assert_int_equal(count(w, 0), 3);
    world_advance(w, WORLD_DAY - 1);
    expect_status(world_try_draft(w, PETRA.ncid, NCT_SUBMISSION_PHARMACY_PA, other), NCT_E_TOO_OFTEN);
    world_advance(w, 1);
    expect_status(world_try_draft(w, PETRA.ncid, NCT_SUBMISSION_PHARMACY_PA, other), NCT_OK);
    assert_true(world_ledger_mentions(w, "application.refused"));
}

static void discard_first(void *argument) {
    expect_status(discard(argument, id), NCT_OK);
}

static void of_two_who_discard_at_once_one_does_and_one_letter_goes(void **state) {
    struct world *w = *state;
    world_drafted(w, PETRA.ncid, NCT_SUBMISSION_PHARMACY_PA, id);
    size_t mails = w->mailer.count;
    w->store.argument = w;
    w->store.before_commit = discard_first;
    expect_status(discard(w, id), NCT_E_ILLEGAL_MOVE);
    assert_int_equal(w->mailer.count, mails + 1);
}

/* Each call of the store fails once: the draft is there and nobody told, or it is gone and somebody is. */
static void whatever_fails_discards_nothing_by_half(void **state) {
    struct world *w = *state;
    for (int fault = FAULT_ERROR; fault < FAULT_APPLIED; fault++) {
        nct_status status = NCT_E_STORE;
        world_drafted(w, OLIVIA.ncid, KIND, id);
        for (size_t at = 1; status != NCT_OK; at++) {
            size_t told = world_mails_about(w, OLIVIA.ncid);
            world_fault(w, (enum world_fault)fault, WORLD_ANY, at, 1);
            status = discard(w, id);
            world_no_fault(w);
            world_advance(w, 3600000); /* past the lease of a mail that a fault held up */
            expect_status(nct_mail_flush(w->portal, 10, NULL, NULL), NCT_OK);
            assert_int_equal(count(w, 0), status != NCT_OK);
            assert_int_equal(world_mails_about(w, OLIVIA.ncid) - told, status == NCT_OK);
            assert_true(at < 200);
        }
    }
}

static void without_memory_nothing_is_drafted_or_discarded(void **state) {
    struct world *w = *state;
    nct_status status = NCT_E_NO_MEMORY;
    for (size_t at = 1; status != NCT_OK; at++) {
        nct_form *draft = world_draft(w, KIND);
        w->memory.fail_at = w->memory.calls + at;
        status = nct_draft_save(draft, OLIVIA.ncid, strlen(OLIVIA.ncid), id, sizeof id, NULL);
        w->memory.fail_at = 0;
        nct_form_free(draft);
        assert_int_equal(count(w, 0), status == NCT_OK);
    }
    status = NCT_E_NO_MEMORY;
    for (size_t at = 1; status != NCT_OK; at++) {
        w->memory.fail_at = w->memory.calls + at;
        status = discard(w, id);
        w->memory.fail_at = 0;
        assert_int_equal(count(w, 0), status != NCT_OK);
    }
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, world_setup_clinic, world_teardown)

int main(void) {
    const struct CMUnitTest tests[] = {
        CASE(a_draft_is_listed_with_who_began_it),
        CASE(a_draft_is_as_old_as_it_was_saved_last),
        CASE(the_oldest_come_first_page_by_page),
        CASE(the_agency_discards_and_whoever_began_it_is_told),
        CASE(who_discards_their_own_draft_tells_nobody),
        CASE(who_discards_a_colleagues_draft_tells_them),
        CASE(drafts_of_terminated_providers_are_listed_and_discarded),
        CASE(a_submitted_draft_is_none_any_longer_and_is_not_discarded),
        CASE(a_draft_is_nobodys_at_the_agency),
        CASE(a_person_begins_so_many_drafts_in_a_day),
        CASE(of_two_who_discard_at_once_one_does_and_one_letter_goes),
        CASE(whatever_fails_discards_nothing_by_half),
        CASE(without_memory_nothing_is_drafted_or_discarded),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
