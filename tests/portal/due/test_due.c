/* Due work: the re-verification calendar and abandoned applications, as a host that comes early, late, twice or never
 * settles them. */
#include "applications.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

#define KIND NCT_SUBMISSION_RECREDENTIALING
#define DUE "2030-12-31" /* five years after WORLD_START, which is the evening before in North Carolina */

/* The days on which daylight saving begins and ends, by the Energy Policy Act of 2005. */
static const char *const saving[][2] = {
    {"2026-03-08", "2026-11-01"}, {"2027-03-14", "2027-11-07"}, {"2028-03-12", "2028-11-05"},
    {"2029-03-11", "2029-11-04"}, {"2030-03-10", "2030-11-03"}, {"2031-03-09", "2031-11-02"},
    {"2032-03-14", "2032-11-07"}, {"2033-03-13", "2033-11-06"}, {"2034-03-12", "2034-11-05"},
    {"2035-03-11", "2035-11-04"}, {"2036-03-09", "2036-11-02"}, {"2037-03-08", "2037-11-01"}};

/* An hour so many days after a date, as the clocks of Raleigh show it, as milliseconds UTC. */
static int64_t local(const char *date, int days, int hour) {
    int64_t shown = world_date(date) + days * WORLD_DAY + hour * INT64_C(3600000);
    int ahead = 5;
    for (size_t i = 0; i < sizeof saving / sizeof saving[0]; i++)
        if (shown >= world_date(saving[i][0]) + 2 * INT64_C(3600000) &&
            shown < world_date(saving[i][1]) + 2 * INT64_C(3600000))
            ahead = 4;
    return shown + ahead * INT64_C(3600000);
}

/* When the notice so many days before is given; until when an application is in time. */
static int64_t notice_at(int days) {
    return local(DUE, -days, 0);
}

static int64_t deadline(void) {
    return local(DUE, 0, 16);
}

static char id[NCT_APPLICATION_ID_LENGTH + 1];

static size_t mails(const struct world *w, const char *template_name, const char *address) {
    size_t count = 0;
    for (size_t i = 0; i < w->mailer.count; i++) {
        const struct world_mail *mail = &w->mailer.mails[i];
        count += mail->accepted && strcmp(mail->template_name, template_name) == 0 &&
                 (address == NULL || strcmp(mail->address, address) == 0);
    }
    return count;
}

static size_t notices(const struct world *w) {
    return mails(w, "reverification.notice", OLIVIA.email);
}

static int64_t suspended_at(struct world *w) {
    nct_provider *provider = NULL;
    expect_status(nct_provider_get(w->portal, NPI_CLINIC, 10, &provider), NCT_OK);
    int64_t at = nct_provider_suspended_at(provider);
    nct_provider_free(provider);
    return at;
}

static int is_terminated(struct world *w) {
    nct_provider *provider = NULL;
    expect_status(nct_provider_get(w->portal, NPI_CLINIC, 10, &provider), NCT_OK);
    int terminated = nct_provider_state(provider) == NCT_PROVIDER_TERMINATED;
    nct_provider_free(provider);
    return terminated;
}

static int64_t due_on(struct world *w) {
    nct_provider *provider = NULL;
    expect_status(nct_provider_get(w->portal, NPI_CLINIC, 10, &provider), NCT_OK);
    int64_t at = nct_provider_reverification_due(provider);
    nct_provider_free(provider);
    return at;
}

/* It says all the one before would have said. */
static void a_notice_due_this_very_millisecond_is_the_one_given(void **state) {
    struct world *w = *state;
    w->now = notice_at(70);
    assert_int_equal(world_settle(w), 1);
    w->now = notice_at(20);
    assert_int_equal(world_settle(w), 1);
    assert_int_equal(notices(w), 2);
    assert_true(world_ledger_mentions(w, "20 days, due 2030-12-31, 1 missed"));
}

static void tell_first(struct world *w) {
    w->now = notice_at(70);
    (void)world_settle(w);
}

static void a_suspension_is_noted(void **state) {
    struct world *w = *state;
    tell_first(w);
    w->now = deadline() + 1;
    (void)world_settle(w);
    assert_true(suspended_at(w) == w->now);
    assert_true(world_ledger_mentions(w, "provider.suspended"));
}

static void a_host_that_asks_every_day(void **state) {
    struct world *w = *state;
    static const int before[] = {70, 50, 20, 5};
    size_t given = 0;
    assert_true(due_on(w) == deadline());
    for (int day = 80; day > 0; day--) {
        int noticed = given < 4 && before[given] == day;
        w->now = notice_at(day) - 1;
        assert_int_equal(world_settle(w), 0);
        w->now = notice_at(day);
        size_t done = world_settle(w);
        assert_int_equal(done, noticed);
        given += (size_t)noticed;
        assert_int_equal(notices(w), given);
        assert_int_equal(mails(w, "reverification.notice", NULL), 2 * given); /* the provider's address and the OA's */
        assert_true(suspended_at(w) == 0);
    }
    w->now = deadline();
    assert_int_equal(world_settle(w), 0);
    for (int day = 0; day < 50; day++) {
        w->now = local(DUE, day, 16) + 1;
        assert_int_equal(world_settle(w), day == 0);
        assert_true(suspended_at(w) == deadline() + 1);
        assert_false(is_terminated(w));
    }
    assert_int_equal(mails(w, "reverification.suspended", NULL), 2);
    expect_status(world_check(w, OLIVIA.ncid, NPI_CLINIC, NCT_RIGHT_TRAINING), NCT_OK);
    w->now = local(DUE, 50, 16);
    assert_int_equal(world_settle(w), 0);
    world_advance(w, 1);
    assert_int_equal(world_settle(w), 1);
    assert_true(is_terminated(w));
    assert_int_equal(mails(w, "reverification.terminated", OLIVIA.email), 1);
    assert_int_equal(world_due(w, NPI_CLINIC, NCT_DUE_REVERIFICATION, NULL), 0);
    expect_status(world_try_draft(w, OLIVIA.ncid, KIND, id), NCT_E_TERMINATED);
    assert_int_equal(world_verdict(w, "provider:" NPI_CLINIC, NULL), NCT_LEDGER_VALID_BUT_UNANCHORED);
}

static void lead_to_termination(struct world *w) {
    tell_first(w);
    w->now = deadline() + 1;
    (void)world_settle(w);
    w->now = local(DUE, 50, 16) + 1;
}

static void expect_everybody(struct world *w, nct_status wanted) {
    expect_status(world_check(w, OLIVIA.ncid, NPI_CLINIC, NCT_RIGHT_TRAINING), wanted);
    expect_status(world_check(w, FRANK.ncid, NPI_CLINIC, NCT_RIGHT_ELIGIBILITY_INQUIRY), wanted);
    expect_status(world_check(w, PETRA.ncid, NPI_CLINIC, NCT_RIGHT_PA_SUBMIT), wanted);
}

static void termination_ends_all_access_and_reinstatement_begins_a_new_term(void **state) {
    struct world *w = *state;
    lead_to_termination(w);
    expect_everybody(w, NCT_OK);
    assert_int_equal(world_settle(w), 1);
    expect_everybody(w, NCT_E_TERMINATED);
    expect_status(nct_provider_reinstate(w->portal, "x", 1, NPI_CLINIC, 10, "appeal", 6), NCT_OK);
    expect_everybody(w, NCT_OK);
    assert_true(suspended_at(w) == 0);
    assert_true(due_on(w) == local("2036-02-19", 0, 16));
    assert_int_equal(world_verdict(w, "provider:" NPI_CLINIC, NULL), NCT_LEDGER_VALID_BUT_UNANCHORED);
}

/* By an operator, whatever the applications say. */
static void a_suspended_provider_is_reinstated(void **state) {
    struct world *w = *state;
    lead_to_termination(w);
    w->now = local(DUE, 10, 12);
    assert_true(suspended_at(w) != 0);
    expect_status(nct_provider_reinstate(w->portal, "x", 1, NPI_CLINIC, 10, "appeal", 6), NCT_OK);
    assert_true(suspended_at(w) == 0);
    assert_true(due_on(w) == local("2036-01-10", 0, 16));
    expect_everybody(w, NCT_OK);
    assert_int_equal(world_settle(w), 0);
    expect_status(nct_provider_reinstate(w->portal, "x", 1, NPI_CLINIC, 10, "again", 5), NCT_E_ILLEGAL_MOVE);
    assert_int_equal(world_verdict(w, "provider:" NPI_CLINIC, NULL), NCT_LEDGER_VALID_BUT_UNANCHORED);
}

/* The item stays until every grant is held back, so whoever settles next goes on. */
static void a_termination_that_broke_off_is_finished(void **state) {
    struct world *w = *state;
    char item[NCT_DUE_ID_ROOM];
    lead_to_termination(w);
    struct rows start = rows_take(w->store.inner);
    int reached = 1; /* a mail that is not delivered fails nothing, so OK is not the end */
    for (size_t at = 1; reached; at++) {
        assert_true(at < 300);
        rows_restore(w->store.inner, &start);
        w->mailer.count = 0;
        (void)world_due(w, NPI_CLINIC, NCT_DUE_REVERIFICATION, item);
        world_fault(w, FAULT_ERROR, WORLD_ANY, at, 1);
        nct_status status = world_settle_one(w, item, NULL);
        reached = w->store.faults > 0;
        world_no_fault(w);
        assert_true(reached || status == NCT_OK);
        if (status != NCT_OK && is_terminated(w) &&
            world_check(w, FRANK.ncid, NPI_CLINIC, NCT_RIGHT_ELIGIBILITY_INQUIRY) == NCT_OK)
            assert_true(world_due(w, NPI_CLINIC, NCT_DUE_REVERIFICATION, NULL) != 0);
        (void)world_settle(w);
        assert_true(mails(w, "reverification.terminated", OLIVIA.email) <= 1); /* going on tells nobody again */
        expect_everybody(w, NCT_E_TERMINATED);
        assert_int_equal(world_due(w, NPI_CLINIC, NCT_DUE_REVERIFICATION, NULL), 0);
    }
    rows_free(&start);
}

static void a_mail_says_whom_and_when(void **state) {
    struct world *w = *state;
    w->now = notice_at(70);
    assert_int_equal(world_settle(w), 1);
    const struct world_mail *mail = &w->mailer.mails[w->mailer.count - 1];
    assert_non_null(strstr(mail->subject, NPI_CLINIC));
    assert_non_null(strstr(mail->subject, DUE));
    assert_non_null(strstr(mail->body, DUE));
    assert_non_null(strstr(mail->body, "by 16:00 on that day"));
    assert_null(strchr(mail->body, '{'));
}

static void a_notice_is_in_the_language_of_who_reads_it(void **state) {
    struct world *w = *state;
    expect_status(nct_person_set_language(w->portal, OLIVIA.ncid, strlen(OLIVIA.ncid), "es"), NCT_OK);
    w->now = notice_at(70);
    assert_int_equal(world_settle(w), 1);
    for (size_t i = w->mailer.count - 2; i < w->mailer.count; i++) {
        const struct world_mail *mail = &w->mailer.mails[i];
        int own = strcmp(mail->address, OLIVIA.email) == 0;
        assert_string_equal(mail->language, own ? "es" : "en"); /* the provider's is the portal's */
        assert_true((strstr(mail->subject, "vence el " DUE) != NULL) == own);
    }
}

/* One mail an address: where the provider's is the OA's, the OA reads it. */
static void a_shared_address_reads_the_persons_language(void **state) {
    struct world *w = *state;
    static const char shared[] = "office@clinic.example.org";
    expect_status(nct_person_set_language(w->portal, OLIVIA.ncid, strlen(OLIVIA.ncid), "es"), NCT_OK);
    expect_status(world_change_contact(w, OLIVIA.ncid, NULL, OLIVIA.ncid, "email", shared), NCT_OK);
    const char *token = world_mail_to(w, OLIVIA.ncid)->token;
    expect_status(nct_contact_confirm(w->portal, OLIVIA.ncid, strlen(OLIVIA.ncid), token, strlen(token)), NCT_OK);
    w->now = notice_at(70);
    size_t before = w->mailer.count;
    assert_int_equal(world_settle(w), 1);
    assert_int_equal(w->mailer.count, before + 1);
    assert_string_equal(w->mailer.mails[before].address, shared);
    assert_string_equal(w->mailer.mails[before].language, "es");
}

static void a_late_host_sends_the_latest_notice_alone(void **state) {
    struct world *w = *state;
    tell_first(w);
    w->now = local(DUE, -15, 10); /* 50 and 20 have passed */
    assert_int_equal(world_settle(w), 1);
    assert_int_equal(notices(w), 2);
    assert_true(world_ledger_mentions(w, "20 days, due 2030-12-31, 1 missed"));
    w->now = notice_at(5);
    assert_int_equal(world_settle(w), 1);
    assert_int_equal(notices(w), 3);
    w->now = local(DUE, 10, 9); /* suspended now, for 50 days from now */
    assert_int_equal(world_settle(w), 1);
    assert_true(suspended_at(w) == w->now);
    assert_true(world_due(w, NPI_CLINIC, NCT_DUE_REVERIFICATION, NULL) == local(DUE, 60, 16) + 1);
}

/* The first notice named the date; a reminder after it would say what is no longer true. */
static void no_reminder_comes_after_the_due_date(void **state) {
    struct world *w = *state;
    tell_first(w);
    w->now = deadline() + 1;
    assert_int_equal(world_settle(w), 1);
    assert_int_equal(notices(w), 1);
    assert_true(suspended_at(w) == w->now);
}

/* C2: seventy calendar days from the first notice, whenever it comes. */
static void a_late_first_notice_moves_the_due_date(void **state) {
    struct world *w = *state;
    static const struct { int days, hour; } late[] = {{-69, 0}, {-66, 23}, {-20, 12}, {0, 15}, {0, 17}, {100, 8}};
    for (size_t i = 0; i < sizeof late / sizeof late[0]; i++) {
        struct rows start = rows_take(w->store.inner);
        w->mailer.count = 0;
        w->now = local(DUE, late[i].days, late[i].hour);
        int64_t due = local(DUE, late[i].days + 70, 16);
        assert_int_equal(world_settle(w), 1);
        assert_int_equal(notices(w), 1);
        assert_true(due_on(w) == due);
        assert_true(suspended_at(w) == 0);
        assert_true(world_due(w, NPI_CLINIC, NCT_DUE_REVERIFICATION, NULL) == local(DUE, late[i].days + 20, 0));
        w->now = due;
        (void)world_settle(w);
        assert_true(suspended_at(w) == 0);
        world_advance(w, 1);
        (void)world_settle(w);
        assert_true(suspended_at(w) == w->now);
        rows_restore(w->store.inner, &start);
        rows_free(&start);
    }
}

/* The evening of 9 March in Raleigh is 10 March UTC. */
static void the_term_is_of_the_portals_calendar(void **state) {
    struct world *w = *state;
    char code[NCT_AUTHORIZATION_CODE_LENGTH + 1];
    nct_provider *provider = NULL;
    w->now = local("2026-03-09", 0, 20) + 1800000;
    world_enroll(w, world_npi(3), "organization", code);
    expect_status(nct_provider_get(w->portal, world_npi(3), 10, &provider), NCT_OK);
    assert_string_equal(nct_provider_reverification_date(provider), "2031-03-09"); /* the day clocks are put forward */
    assert_true(nct_provider_reverification_due(provider) == local("2031-03-09", 0, 16));
    assert_int_equal(nct_provider_reverification_held(provider), 0);
    nct_provider_free(provider);
    assert_true(world_due(w, world_npi(3), NCT_DUE_REVERIFICATION, NULL) == local("2030-12-29", 0, 0));
}

/* Over both ends of daylight saving, to the millisecond. */
static void a_deadline_is_an_hour_of_the_portals_clocks(void **state) {
    struct world *w = *state;
    static const struct {
        const char *enrolled, *due;
        int ahead;
    } terms[] = {{"2026-03-07", "2031-03-07", 5}, {"2026-03-08", "2031-03-08", 5}, {"2026-03-09", "2031-03-09", 4},
                 {"2026-11-01", "2031-11-01", 4}, {"2026-11-02", "2031-11-02", 5}, {"2026-11-03", "2031-11-03", 5}};
    for (size_t i = 0; i < sizeof terms / sizeof terms[0]; i++) {
        struct rows start = rows_take(w->store.inner);
        w->now = local(terms[i].enrolled, 0, 12);
        world_drafted(w, OLIVIA.ncid, KIND, id);
        world_lead(w, id, NCT_STATE_APPROVED);
        int64_t due = world_date(terms[i].due) + (16 + terms[i].ahead) * INT64_C(3600000);
        assert_true(due_on(w) == due);
        w->now = local(terms[i].due, -70, 0) - 1;
        assert_int_equal(world_settle(w), 0);
        world_advance(w, 1);
        assert_int_equal(world_settle(w), 1);
        w->now = due;
        (void)world_settle(w);
        assert_true(suspended_at(w) == 0);
        world_advance(w, 1);
        assert_int_equal(world_settle(w), 1);
        assert_true(suspended_at(w) == due + 1);
        rows_restore(w->store.inner, &start);
        rows_free(&start);
    }
}

static void set_rule(struct world *w, const char *path, const char *value) {
    expect_status(nct_rule_set(w->policy, path, value, strlen(value), NULL), NCT_OK);
}

static void another_portal_has_another_time_zone(void **state) {
    struct world *w = *state;
    set_rule(w, "time_zone", "<+0530>-5:30");
    world_reopen(w);
    w->now = world_date("2026-05-01") - INT64_C(5400000); /* 4:00 there */
    world_drafted(w, OLIVIA.ncid, KIND, id);
    world_lead(w, id, NCT_STATE_APPROVED);
    assert_true(due_on(w) == world_date("2031-05-01") + INT64_C(10) * 3600000 + 1800000);
    set_rule(w, "time_zone", "EST5EDT,M3.2.0,M11.1.0");
    world_reopen(w);
}

static int is_held(struct world *w) {
    nct_provider *provider = NULL;
    expect_status(nct_provider_get(w->portal, NPI_CLINIC, 10, &provider), NCT_OK);
    int held = nct_provider_reverification_held(provider);
    nct_provider_free(provider);
    return held;
}

/* C2: what was submitted and its fees paid by the deadline keeps from suspension, whatever the agency does until it
 * decides; the host may come as late as it likes. */
static void what_was_submitted_in_time_keeps_from_suspension(void **state) {
    struct world *w = *state;
    static const int32_t states[] = {NCT_STATE_IN_PROCESS, NCT_STATE_IN_REVIEW, NCT_STATE_PENDING_ENDORSEMENT};
    static const int32_t later[] = {NCT_STATE_IN_PROCESS, NCT_STATE_IN_REVIEW, NCT_STATE_RETURNED,
                                    NCT_STATE_PENDING_PAYMENT};
    tell_first(w);
    for (size_t i = 0; i < 3; i++)
        for (size_t j = 0; j < 4; j++) {
            struct rows start = rows_take(w->store.inner);
            w->now = deadline();
            world_drafted(w, OLIVIA.ncid, KIND, id);
            world_lead(w, id, states[i]);
            world_advance(w, 1);
            if (states[i] == NCT_STATE_IN_PROCESS || later[j] != NCT_STATE_IN_PROCESS)
                world_lead(w, id, later[j]);
            w->now = local(DUE, 3, 9);
            assert_int_equal(world_settle(w), 1);
            assert_true(suspended_at(w) == 0);
            assert_true(is_held(w));
            assert_int_equal(world_due(w, NPI_CLINIC, NCT_DUE_REVERIFICATION, NULL), 0);
            w->now = local(DUE, 20, 9);
            assert_int_equal(world_settle(w), 0);
            world_lead(w, id, NCT_STATE_APPROVED);
            assert_false(is_held(w));
            assert_true(due_on(w) == local("2036-01-20", 0, 16));
            rows_restore(w->store.inner, &start);
            rows_free(&start);
        }
}

static void a_refusal_after_the_due_date_suspends(void **state) {
    struct world *w = *state;
    static const int32_t ends[] = {NCT_STATE_DENIED, NCT_STATE_WITHDRAWN, NCT_STATE_ABANDONED};
    tell_first(w);
    for (size_t i = 0; i < 3; i++) {
        struct rows start = rows_take(w->store.inner);
        w->now = local(DUE, -1, 9);
        world_drafted(w, OLIVIA.ncid, KIND, id);
        world_lead(w, id, NCT_STATE_IN_REVIEW);
        w->now = local(DUE, 1, 9);
        (void)world_settle(w);
        assert_true(is_held(w));
        world_advance(w, WORLD_DAY);
        world_lead(w, id, ends[i]);
        (void)world_settle(w);
        assert_false(is_held(w));
        assert_true(suspended_at(w) == w->now);
        assert_int_equal(world_verdict(w, "provider:" NPI_CLINIC, NULL), NCT_LEDGER_VALID_BUT_UNANCHORED);
        rows_restore(w->store.inner, &start);
        rows_free(&start);
    }
}

/* Late, unpaid, sent back and not answered, only drafted, of another kind, or given up: none of it is in time. */
static void what_was_not_in_time_keeps_from_nothing(void **state) {
    struct world *w = *state;
    static const struct {
        int32_t kind, state;
        int late;
        int32_t then;
    } cases[] = {{KIND, NCT_STATE_IN_PROCESS, 1, 0},
                 {KIND, NCT_STATE_DRAFT, 0, NCT_STATE_IN_PROCESS},
                 {KIND, NCT_STATE_PENDING_PAYMENT, 0, 0},
                 {KIND, NCT_STATE_PENDING_PAYMENT, 0, NCT_STATE_IN_REVIEW},
                 {KIND, NCT_STATE_RETURNED, 0, 0},
                 {KIND, NCT_STATE_RETURNED, 0, NCT_STATE_IN_PROCESS},
                 {KIND, NCT_STATE_WITHDRAWN, 0, 0},
                 {NCT_SUBMISSION_MANAGE_CHANGE, NCT_STATE_IN_REVIEW, 0, 0},
                 {NCT_SUBMISSION_MAINTAIN_ELIGIBILITY, NCT_STATE_IN_REVIEW, 0, 0},
                 {NCT_SUBMISSION_MEDICAL_PA, NCT_STATE_SUSPENDED, 0, 0}};
    tell_first(w);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct rows start = rows_take(w->store.inner);
        w->now = deadline() + cases[i].late;
        world_drafted(w, OLIVIA.ncid, cases[i].kind, id);
        if (cases[i].state != NCT_STATE_DRAFT)
            world_lead(w, id, cases[i].state);
        w->now = deadline() + 1;
        if (cases[i].then != 0)
            world_lead(w, id, cases[i].then);
        w->now = local(DUE, 2, 9);
        (void)world_settle(w);
        assert_false(is_held(w));
        assert_true(suspended_at(w) == w->now);
        rows_restore(w->store.inner, &start);
        rows_free(&start);
    }
}

static void paid_or_answered_by_the_deadline_is_in_time(void **state) {
    struct world *w = *state;
    static const int32_t states[] = {NCT_STATE_PENDING_PAYMENT, NCT_STATE_RETURNED};
    tell_first(w);
    for (size_t i = 0; i < 2; i++) {
        struct rows start = rows_take(w->store.inner);
        w->now = local(DUE, -2, 9);
        world_drafted(w, OLIVIA.ncid, KIND, id);
        world_lead(w, id, states[i]);
        w->now = deadline();
        world_lead(w, id, i == 0 ? NCT_STATE_IN_REVIEW : NCT_STATE_IN_PROCESS);
        w->now = deadline() + 1;
        (void)world_settle(w);
        assert_true(is_held(w));
        assert_true(suspended_at(w) == 0);
        rows_restore(w->store.inner, &start);
        rows_free(&start);
    }
}

/* Of several, one is enough; the last one to end lets go. */
static void any_one_in_time_keeps_from_suspension(void **state) {
    struct world *w = *state;
    char other[NCT_APPLICATION_ID_LENGTH + 1];
    tell_first(w);
    world_drafted(w, OLIVIA.ncid, KIND, id);
    world_lead(w, id, NCT_STATE_IN_REVIEW);
    world_drafted(w, OLIVIA.ncid, NCT_SUBMISSION_REENROLLMENT, other);
    world_lead(w, other, NCT_STATE_IN_REVIEW);
    w->now = deadline() + 1;
    (void)world_settle(w);
    world_lead(w, id, NCT_STATE_WITHDRAWN);
    (void)world_settle(w);
    assert_true(is_held(w));
    world_lead(w, other, NCT_STATE_WITHDRAWN);
    (void)world_settle(w);
    assert_true(suspended_at(w) == w->now);
}

static nct_status extend(struct world *w, const char *date) {
    return nct_reverification_extend(w->portal, "clerk", 5, NPI_CLINIC, 10, date, strlen(date), "flood", 5);
}

static void an_operator_puts_a_due_date_off(void **state) {
    struct world *w = *state;
    tell_first(w);
    expect_status(extend(w, "2030-12-32"), NCT_E_FORMAT);
    expect_status(extend(w, DUE), NCT_E_DATE);
    expect_status(extend(w, "2031-01-31"), NCT_E_DATE);
    w->now = notice_at(5);
    (void)world_settle(w);
    expect_status(extend(w, "2031-01-30"), NCT_OK);
    assert_true(due_on(w) == local("2031-01-30", 0, 16));
    assert_true(world_ledger_mentions(w, "due 2031-01-30: flood"));
    assert_non_null(strstr(w->mailer.mails[w->mailer.count - 1].subject, "2031-01-30"));
    assert_true(world_due(w, NPI_CLINIC, NCT_DUE_REVERIFICATION, NULL) == local("2031-01-30", -20, 0));
    w->now = local("2031-01-30", 0, 16);
    (void)world_settle(w);
    assert_true(suspended_at(w) == 0);
    world_advance(w, 1);
    (void)world_settle(w);
    assert_true(suspended_at(w) == w->now);
    expect_status(extend(w, "2031-02-20"), NCT_E_ILLEGAL_MOVE);
    w->now = local("2031-01-30", 50, 16) + 1;
    (void)world_settle(w);
    expect_status(extend(w, "2031-04-20"), NCT_E_TERMINATED);
    expect_status(nct_reverification_extend(w->portal, "x", 1, world_npi(7), 10, DUE, 10, "y", 1), NCT_E_NOT_FOUND);
    assert_int_equal(world_verdict(w, "provider:" NPI_CLINIC, NULL), NCT_LEDGER_VALID_BUT_UNANCHORED);
}

/* Before 2017: told 45 days before, and once suspended 30 days until termination. A change under review sets the due
 * date 30 days on. */
static void the_profile_of_2013_has_the_older_calendar(void **state) {
    struct world *w = *state;
    int64_t end = local(DUE, 1, 0); /* of the due date */
    assert_true(due_on(w) == end);
    w->now = local(DUE, -45, 0) - 1;
    assert_int_equal(world_settle(w), 0);
    world_advance(w, 1);
    assert_int_equal(world_settle(w), 1);
    assert_non_null(strstr(w->mailer.mails[w->mailer.count - 1].subject, DUE));
    world_drafted(w, OLIVIA.ncid, NCT_SUBMISSION_MANAGE_CHANGE, id);
    world_lead(w, id, NCT_STATE_IN_REVIEW);
    w->now = end + 1;
    assert_int_equal(world_settle(w), 1);
    assert_true(suspended_at(w) == 0);
    assert_true(due_on(w) == local("2031-01-31", 1, 0));
    world_lead(w, id, NCT_STATE_APPROVED);
    w->now = local("2031-01-31", 1, 0) + 1;
    (void)world_settle(w);
    assert_true(suspended_at(w) == w->now);
    w->now = local("2031-02-01", 31, 0);
    assert_int_equal(world_settle(w), 0);
    world_advance(w, 1);
    assert_int_equal(world_settle(w), 1);
    assert_true(is_terminated(w));
}

static void reverify(struct world *w) {
    world_drafted(w, OLIVIA.ncid, KIND, id);
    world_lead(w, id, NCT_STATE_APPROVED);
}

static void an_approved_reverification_begins_a_new_term(void **state) {
    struct world *w = *state;
    tell_first(w);
    w->now = local(DUE, 9, 9);
    (void)world_settle(w);
    assert_true(suspended_at(w) != 0);
    reverify(w); /* a suspended provider can */
    assert_true(suspended_at(w) == 0);
    assert_true(due_on(w) == local("2036-01-09", 0, 16));
    assert_true(world_due(w, NPI_CLINIC, NCT_DUE_REVERIFICATION, NULL) == local("2036-01-09", -70, 0));
    world_advance(w, 60 * WORLD_DAY);
    assert_int_equal(world_settle(w), 0);
    assert_false(is_terminated(w));
}

static void only_approval_and_only_of_verifying_kinds_counts(void **state) {
    struct world *w = *state;
    static const int32_t kinds[] = {NCT_SUBMISSION_MANAGE_CHANGE, NCT_SUBMISSION_MAINTAIN_ELIGIBILITY,
                                    NCT_SUBMISSION_MEDICAL_PA};
    world_advance(w, WORLD_DAY);
    for (size_t i = 0; i < 3; i++) {
        world_drafted(w, OLIVIA.ncid, kinds[i], id);
        world_lead(w, id, NCT_STATE_APPROVED);
        assert_true(due_on(w) == deadline());
    }
    world_drafted(w, OLIVIA.ncid, KIND, id);
    world_lead(w, id, NCT_STATE_DENIED);
    assert_true(due_on(w) == deadline());
    static const int32_t verifying[] = {NCT_SUBMISSION_ENROLLMENT, NCT_SUBMISSION_REENROLLMENT, KIND};
    for (size_t i = 0; i < 3; i++) {
        world_advance(w, WORLD_DAY);
        world_drafted(w, OLIVIA.ncid, verifying[i], id);
        world_lead(w, id, NCT_STATE_APPROVED);
        assert_true(due_on(w) == local(DUE, 2 + (int)i, 16));
    }
}

static void leap_days_and_new_year(void **state) {
    struct world *w = *state;
    static const char *const cases[][2] = {{"2028-02-29", "2033-02-28"},
                                           {"2027-02-28", "2032-02-28"},
                                           {"2027-03-01", "2032-03-01"},
                                           {"2027-12-31", "2032-12-31"},
                                           {"2029-01-01", "2034-01-01"}};
    for (size_t i = 0; i < 5; i++) {
        w->now = local(cases[i][0], 1, 0) - 1;
        reverify(w);
        assert_true(due_on(w) == local(cases[i][1], 0, 16));
    }
}

static void nothing_is_settled_before_its_time(void **state) {
    struct world *w = *state;
    char item[NCT_DUE_ID_ROOM];
    int32_t done = -1;
    int64_t time = world_due(w, NPI_CLINIC, NCT_DUE_REVERIFICATION, item);
    w->now = time - 1;
    expect_status(world_settle_one(w, item, &done), NCT_E_DATE);
    assert_int_equal(done, 0);
    assert_int_equal(notices(w), 0);
    w->now = time;
    expect_status(world_settle_one(w, item, &done), NCT_OK);
    assert_int_equal(done, 1);
    for (int again = 0; again < 3; again++) {
        expect_status(world_settle_one(w, item, &done), NCT_OK);
        assert_int_equal(done, 0);
    }
    assert_int_equal(notices(w), 1);
    w->now = time - 400 * WORLD_DAY; /* the clock goes back: nothing is told twice */
    assert_int_equal(world_settle(w), 0);
    w->now = time + WORLD_DAY;
    assert_int_equal(world_settle(w), 0);
    assert_int_equal(notices(w), 1);
}

struct rival {
    struct world *world;
    const char *item;
    int32_t done;
};

static void settle_too(void *argument) {
    struct rival *rival = argument;
    expect_status(world_settle_one(rival->world, rival->item, &rival->done), NCT_OK);
}

static void of_two_at_once_one_settles(void **state) {
    struct world *w = *state;
    for (int step = 0; step < 6; step++) { /* notices, suspension, termination */
        char item[NCT_DUE_ID_ROOM];
        int32_t done = -1;
        struct world *other = world_new();
        world_share(other, w);
        world_use_profile(other, "2025");
        w->now = world_due(w, NPI_CLINIC, NCT_DUE_REVERIFICATION, item);
        other->now = w->now;
        struct rival rival = {other, item, -1};
        w->store.before_commit = settle_too;
        w->store.argument = &rival;
        w->store.before_commit_skip = 0;
        expect_status(world_settle_one(w, item, &done), NCT_OK);
        w->store.before_commit = NULL;
        assert_int_equal(rival.done, 1);
        assert_int_equal(done, 0);
        assert_int_equal(world_free(other), 0);
    }
    assert_true(is_terminated(w));
    assert_true(w->now == local(DUE, 50, 16) + 1);
}

static void *settle_in_thread(void *argument) {
    struct rival *rival = argument;
    nct_status status = nct_due_settle(rival->world->portal, "job", 3, rival->item, strlen(rival->item), &rival->done);
    return status == NCT_OK ? NULL : argument;
}

static void of_many_threads_one_settles(void **state) {
    struct world *w = *state;
    char item[NCT_DUE_ID_ROOM];
    pthread_t threads[4];
    struct rival rivals[4];
    (void)world_due(w, NPI_CLINIC, NCT_DUE_REVERIFICATION, item);
    for (size_t i = 0; i < 4; i++) { /* a world each: their seams are not for threads */
        struct world *other = world_new();
        world_share(other, w);
        other->random_state += i * 7919;
        other->now = notice_at(60);
        other->no_mailer = 1;
        world_use_profile(other, "2025");
        rivals[i] = (struct rival){other, item, 0};
    }
    for (size_t i = 0; i < 4; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, settle_in_thread, &rivals[i]), 0);
    int32_t done = 0;
    for (size_t i = 0; i < 4; i++) {
        void *failed = NULL;
        assert_int_equal(pthread_join(threads[i], &failed), 0);
        assert_null(failed);
        done += rivals[i].done;
        assert_int_equal(world_free(rivals[i].world), 0);
    }
    assert_int_equal(done, 1);
}

/* Told a week before, to the millisecond, and once. */
static void is_told(struct world *w) {
    size_t before = mails(w, "application.reminder", OLIVIA.email);
    world_advance(w, 23 * WORLD_DAY - 1);
    assert_int_equal(world_settle(w), 0);
    world_advance(w, 1);
    assert_int_equal(mails(w, "application.reminder", OLIVIA.email), before);
    assert_int_equal(world_settle(w), 1);
    assert_int_equal(mails(w, "application.reminder", OLIVIA.email), before + 1);
    assert_true(world_ledger_mentions(w, "application.reminded"));
}

static void an_application_without_a_reply_is_abandoned(void **state) {
    struct world *w = *state;
    static const int32_t waits[] = {NCT_STATE_RETURNED, NCT_STATE_PENDING_PAYMENT, NCT_STATE_PENDING_ENDORSEMENT};
    for (size_t i = 0; i < 3; i++) {
        char item[NCT_DUE_ID_ROOM];
        int32_t done = -1;
        world_drafted(w, OLIVIA.ncid, KIND, id);
        world_lead(w, id, waits[i]);
        int64_t end = w->now + 30 * WORLD_DAY;
        assert_true(world_due(w, NPI_CLINIC, NCT_DUE_ABANDONMENT, item) == end - 7 * WORLD_DAY);
        is_told(w);
        assert_true(world_due(w, NPI_CLINIC, NCT_DUE_ABANDONMENT, item) == end);
        world_advance(w, 7 * WORLD_DAY - 1);
        assert_int_equal(world_settle(w), 0);
        assert_int_equal(world_state(w, id), waits[i]);
        world_advance(w, 1);
        expect_status(world_settle_one(w, item, &done), NCT_OK);
        assert_int_equal(done, 1);
        assert_int_equal(world_state(w, id), NCT_STATE_ABANDONED);
        expect_status(world_settle_one(w, item, &done), NCT_OK);
        assert_int_equal(done, 0);
        expect_status(world_apply(w, OLIVIA.ncid, KIND, id, NULL), NCT_E_ILLEGAL_MOVE);
    }
}

static void each_return_counts_anew_and_a_reply_in_time_ends_it(void **state) {
    struct world *w = *state;
    char first[NCT_DUE_ID_ROOM];
    int32_t done = -1;
    world_drafted(w, OLIVIA.ncid, KIND, id);
    world_lead(w, id, NCT_STATE_RETURNED);
    (void)world_due(w, NPI_CLINIC, NCT_DUE_ABANDONMENT, first);
    world_advance(w, 29 * WORLD_DAY);
    expect_status(world_apply(w, OLIVIA.ncid, KIND, id, NULL), NCT_OK);
    assert_int_equal(world_due(w, NPI_CLINIC, NCT_DUE_ABANDONMENT, NULL), 0);
    world_lead(w, id, NCT_STATE_RETURNED);
    world_advance(w, 29 * WORLD_DAY);
    expect_status(world_settle_one(w, first, &done), NCT_OK);
    assert_int_equal(done, 0);
    assert_int_equal(world_state(w, id), NCT_STATE_RETURNED);
    world_advance(w, WORLD_DAY);
    assert_int_equal(world_settle(w), 1);
    assert_int_equal(world_state(w, id), NCT_STATE_ABANDONED);
}

/* What somebody with access to the store may try: rows of the index taken away, put back, made up. */
static void an_index_row_taken_away_is_found_and_put_back(void **state) {
    struct world *w = *state;
    size_t restored = 99;
    world_drafted(w, OLIVIA.ncid, KIND, id);
    world_lead(w, id, NCT_STATE_RETURNED);
    expect_status(nct_due_restore(w->portal, "job", 3, NPI_CLINIC, 10, &restored), NCT_OK);
    assert_int_equal(restored, 0);
    struct rows rows = rows_take(w->store.inner);
    size_t removed = 0;
    for (size_t i = 0; i < rows.count; i++)
        if (rows.at[i].space == space_of("due")) {
            struct row gone = rows.at[i];
            gone.revision = 0;
            row_force(w->store.inner, &gone);
            removed++;
        }
    rows_free(&rows);
    assert_int_equal(removed, 2);
    w->now = deadline() + 1;
    assert_int_equal(world_settle(w), 0);
    expect_status(nct_due_restore(w->portal, "job", 3, NPI_CLINIC, 10, &restored), NCT_OK);
    assert_int_equal(restored, 2);
    assert_true(world_ledger_mentions(w, "due.restored"));
    assert_int_equal(world_settle(w), 2);
    assert_int_equal(world_state(w, id), NCT_STATE_ABANDONED);
    assert_int_equal(notices(w), 1);
    expect_status(nct_due_restore(w->portal, "job", 3, world_npi(7), 10, &restored), NCT_E_NOT_FOUND);
    assert_int_equal(restored, 0);
}

static void an_index_row_put_back_does_nothing(void **state) {
    struct world *w = *state;
    struct rows before = rows_take(w->store.inner);
    w->now = notice_at(70);
    assert_int_equal(world_settle(w), 1);
    for (size_t i = 0; i < before.count; i++)
        if (before.at[i].space == space_of("due"))
            row_force(w->store.inner, &before.at[i]);
    rows_free(&before);
    assert_int_equal(world_settle(w), 0); /* and the row is gone again */
    assert_int_equal(notices(w), 1);
    w->now = notice_at(5);
    assert_int_equal(world_settle(w), 1);
    assert_int_equal(notices(w), 2);
}

static void a_provider_record_put_back_suppresses_nothing_silently(void **state) {
    struct world *w = *state;
    struct rows before = rows_take(w->store.inner);
    tell_first(w);
    for (size_t i = 0; i < before.count; i++)
        if (before.at[i].space == space_of("provider"))
            row_force(w->store.inner, &before.at[i]);
    rows_free(&before);
    char item[NCT_DUE_ID_ROOM];
    w->now = deadline() + 1;
    (void)world_due(w, NPI_CLINIC, NCT_DUE_REVERIFICATION, item);
    expect_status(world_settle_one(w, item, NULL), NCT_E_INTEGRITY);
}

static void an_application_put_back_is_not_abandoned_silently(void **state) {
    struct world *w = *state;
    char item[NCT_DUE_ID_ROOM];
    world_drafted(w, OLIVIA.ncid, KIND, id);
    world_lead(w, id, NCT_STATE_RETURNED);
    (void)world_due(w, NPI_CLINIC, NCT_DUE_ABANDONMENT, item);
    struct rows before = rows_take(w->store.inner);
    expect_status(world_apply(w, OLIVIA.ncid, KIND, id, NULL), NCT_OK);
    for (size_t i = 0; i < before.count; i++)
        if (before.at[i].space == space_of("application") || before.at[i].space == space_of("due"))
            row_force(w->store.inner, &before.at[i]);
    rows_free(&before);
    world_advance(w, 30 * WORLD_DAY);
    expect_status(world_settle_one(w, item, NULL), NCT_E_INTEGRITY);
}

static void the_list_is_paged_by_time(void **state) {
    struct world *w = *state;
    char code[NCT_AUTHORIZATION_CODE_LENGTH + 1];
    for (unsigned i = 1; i <= 5; i++) {
        world_advance(w, -WORLD_DAY);
        world_enroll(w, world_npi(i), "organization", code);
    }
    for (size_t limit = 1; limit <= 7; limit++) {
        char cursor[NCT_DUE_ID_ROOM] = "";
        size_t seen = 0;
        int64_t last = 0;
        for (size_t count = 1; count > 0;) {
            nct_due *page = NULL;
            expect_status(
                nct_due_list(w->portal, INT64_MAX, cursor[0] != '\0' ? cursor : NULL, strlen(cursor), limit, &page),
                NCT_OK);
            count = nct_due_count(page);
            for (size_t i = 0; i < count; i++, seen++) {
                assert_true(nct_due_time(page, i) > last);
                last = nct_due_time(page, i);
                assert_int_equal(nct_due_kind(page, i), NCT_DUE_REVERIFICATION);
                assert_string_equal(nct_due_reference(page, i), "");
                (void)snprintf(cursor, sizeof cursor, "%s", nct_due_id(page, i));
            }
            assert_null(nct_due_id(page, count));
            assert_null(nct_due_provider(page, count));
            assert_null(nct_due_reference(page, count));
            assert_true(nct_due_time(page, count) == 0);
            assert_int_equal(nct_due_kind(page, count), 0);
            nct_due_free(page);
        }
        assert_int_equal(seen, 6);
    }
    nct_due *page = NULL;
    const int64_t first = notice_at(75);
    expect_status(nct_due_list(w->portal, first - 1, NULL, 0, 10, &page), NCT_OK);
    assert_int_equal(nct_due_count(page), 0);
    nct_due_free(page);
    expect_status(nct_due_list(w->portal, first, NULL, 0, 10, &page), NCT_OK);
    assert_int_equal(nct_due_count(page), 1);
    nct_due_free(page);
    static const char *const wrong[] = {"zz", "00", "0", "000001920b1eac0001",
                                        "ffffffffffffffff0131323334353637383900"};
    for (size_t i = 0; i < 5; i++) {
        expect_status(nct_due_list(w->portal, 0, wrong[i], strlen(wrong[i]), 10, &page), NCT_E_FORMAT);
        expect_status(nct_due_settle(w->portal, "job", 3, wrong[i], strlen(wrong[i]), NULL), NCT_E_FORMAT);
    }
    expect_status(nct_due_list(w->portal, 0, NULL, 0, 0, &page), NCT_E_ARGUMENT);
    expect_status(nct_due_settle(w->portal, "job", 3, NULL, 0, NULL), NCT_E_ARGUMENT);
    expect_status(nct_due_settle(w->portal, "", 0, "00", 2, NULL), NCT_E_EMPTY);
    assert_null(page);
    assert_null(nct_due_kind_name(0));
    assert_null(nct_due_kind_name(99));
    assert_string_equal(nct_due_kind_name(NCT_DUE_ABANDONMENT), "abandonment");
    int32_t done = -1; /* made up, well formed: of a provider nobody knows */
    expect_status(world_settle_one(w, "00000000000000010131323334353637383900", &done), NCT_OK);
    assert_int_equal(done, 0);
}

static int setup(void **state) {
    return world_setup_clinic_under(state, "2025");
}

static int setup_2026(void **state) {
    return world_setup_clinic_under(state, "2026");
}

static void the_office_administrator_and_the_provider_are_told_under_every_profile(void **state) {
    struct world *w = *state;
    w->now = notice_at(70);
    assert_int_equal(world_settle(w), 1);
    assert_int_equal(notices(w), 1);
    assert_int_equal(mails(w, "reverification.notice", NULL), 2);
    assert_int_equal(mails(w, "reverification.notice", PETRA.email), 0);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, setup, world_teardown)

int main(void) {
    const struct CMUnitTest tests[] = {
        CASE(a_notice_due_this_very_millisecond_is_the_one_given),
        CASE(a_suspension_is_noted),
        CASE(a_host_that_asks_every_day),
        CASE(termination_ends_all_access_and_reinstatement_begins_a_new_term),
        CASE(a_suspended_provider_is_reinstated),
        CASE(a_termination_that_broke_off_is_finished),
        CASE(a_mail_says_whom_and_when),
        CASE(a_notice_is_in_the_language_of_who_reads_it),
        CASE(a_shared_address_reads_the_persons_language),
        CASE(a_late_host_sends_the_latest_notice_alone),
        CASE(no_reminder_comes_after_the_due_date),
        CASE(a_late_first_notice_moves_the_due_date),
        CASE(the_term_is_of_the_portals_calendar),
        CASE(a_deadline_is_an_hour_of_the_portals_clocks),
        CASE(another_portal_has_another_time_zone),
        CASE(what_was_submitted_in_time_keeps_from_suspension),
        CASE(a_refusal_after_the_due_date_suspends),
        CASE(what_was_not_in_time_keeps_from_nothing),
        CASE(paid_or_answered_by_the_deadline_is_in_time),
        CASE(any_one_in_time_keeps_from_suspension),
        CASE(an_operator_puts_a_due_date_off),
        cmocka_unit_test_setup_teardown(the_profile_of_2013_has_the_older_calendar, world_setup_clinic, world_teardown),
        CASE(an_approved_reverification_begins_a_new_term),
        CASE(only_approval_and_only_of_verifying_kinds_counts),
        CASE(leap_days_and_new_year),
        CASE(nothing_is_settled_before_its_time),
        CASE(of_two_at_once_one_settles),
        CASE(of_many_threads_one_settles),
        CASE(an_application_without_a_reply_is_abandoned),
        CASE(each_return_counts_anew_and_a_reply_in_time_ends_it),
        CASE(an_index_row_taken_away_is_found_and_put_back),
        CASE(an_index_row_put_back_does_nothing),
        CASE(a_provider_record_put_back_suppresses_nothing_silently),
        CASE(an_application_put_back_is_not_abandoned_silently),
        CASE(the_list_is_paged_by_time),
        cmocka_unit_test_setup_teardown(the_office_administrator_and_the_provider_are_told_under_every_profile,
                                        setup_2026, world_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
