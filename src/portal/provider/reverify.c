#include "portal/provider/reverify.h"

#include "base/bytes.h"
#include "engine/unit/ledger_append.h"
#include "policy/policy.h"
#include "portal/mail/notice.h"

#include <nctracks/due.h>
#include <nctracks/provider.h>

#include <stdio.h>
#include <string.h>

/* Steps: the notices in the order of the profile, then these. While an application holds the calendar, no step has a
 * time. */
#define STEP_SUSPEND NCT_NOTICES
#define STEP_TERMINATE (NCT_NOTICES + 1)

#define HOUR INT64_C(3600000) /* milliseconds */

/* Our policy: those who answer for the record. */
#define PARTIES (NCT_PARTY_PROVIDER | NCT_PARTY_OFFICE_ADMINISTRATOR | NCT_PARTY_BACKUP)

struct nct_due_item nct_reverify_item(const char *provider, const struct nct_provider_record *record) {
    struct nct_due_item item = {.time = record->reverify_next, .kind = NCT_DUE_REVERIFICATION};
    nct_copy_text(item.provider, sizeof item.provider, provider, strlen(provider));
    return item;
}

static const struct nct_profile *profile_of(const struct nct_unit *unit) {
    return &unit->portal->policy.profile;
}

/* An hour of a day of the portal's calendar. */
static int64_t moment(const struct nct_unit *unit, int64_t day, int32_t hour) {
    struct nct_zone zone;
    nct_policy_zone(&unit->portal->policy, &zone);
    return nct_zone_utc(&zone, day * NCT_DAY + hour * HOUR);
}

static int64_t today(const struct nct_unit *unit) {
    return nct_policy_day(&unit->portal->policy, unit->now);
}

/* The last moment that is in time, on a day. */
static int64_t deadline(const struct nct_unit *unit, int64_t day) {
    return moment(unit, day, profile_of(unit)->reverify_hour);
}

/* The day a deadline ends, also where it is the day's end. */
int64_t nct_reverify_day(const struct nct_policy *policy, int64_t at) {
    return nct_policy_day(policy, at - 1);
}

static int64_t due_day(const struct nct_unit *unit, const struct nct_provider_record *record) {
    return nct_reverify_day(&unit->portal->policy, record->reverify_at);
}

static void write_day(int64_t day, char date[NCT_DATE_ROOM]) {
    nct_date_write(day * NCT_DAY, date);
}

/* The last notice a profile gives, -1 for none; a profile with fewer has zeros behind. */
static int32_t last_notice(const struct nct_unit *unit) {
    int32_t last = -1;
    while (last + 1 < NCT_NOTICES && profile_of(unit)->notices[last + 1] != 0)
        last++;
    return last;
}

/* When a notice, as its day begins, or else the suspension, once the deadline has passed, is planned. */
static int64_t planned(const struct nct_unit *unit, const struct nct_provider_record *record, int32_t step) {
    int64_t time = step < NCT_NOTICES ? moment(unit, due_day(unit, record) - profile_of(unit)->notices[step], 0)
                                      : record->reverify_at + 1;
    return time > 0 ? time : 1;
}

/* Changes the record's next step and moves the index row with it. */
static nct_status plan(struct nct_unit *unit, const char *provider, struct nct_provider_record *record, int32_t step,
                       int64_t time) {
    struct nct_due_item item = nct_reverify_item(provider, record);
    record->reverify_step = step;
    record->reverify_next = time;
    return nct_due_move(unit, &item, time);
}

static nct_status tell(struct nct_unit *unit, const char *provider, const char *actor, enum nct_event event,
                       const char *detail) {
    struct nct_stream stream = nct_stream_of_provider(provider);
    struct nct_note note = {.event = event, .actor = actor, .provider = provider, .detail = detail};
    return nct_ledger_append(unit, &stream, &note);
}

static nct_status notify(struct nct_unit *unit, const char *provider, enum nct_template template, int64_t day) {
    struct nct_mail_record mail = {.template_id = (int32_t) template};
    struct nct_audience audience;
    nct_copy_text(mail.provider, sizeof mail.provider, provider, strlen(provider));
    write_day(day, mail.date);
    snprintf(mail.time, sizeof mail.time, "%02u:00", (unsigned)profile_of(unit)->reverify_hour % 100);
    nct_audience_init(&audience, &unit->portal->seams.memory);
    nct_status status = nct_audience_gather(unit, provider, PARTIES, &audience);
    if (status == NCT_OK)
        status = nct_notice_stage(unit, &audience, &mail);
    nct_audience_free(&audience);
    return status;
}

nct_status nct_reverify_begin(struct nct_unit *unit, const char *provider, struct nct_provider_record *record,
                              const char *actor) {
    int32_t years = profile_of(unit)->terms[NCT_TERM_REVERIFY_YEARS];
    char detail[64];
    char date[NCT_DATE_ROOM];
    if (record->state == NCT_PROVIDER_TERMINATED || years <= 0)
        return NCT_OK;
    int64_t day = nct_date_day(nct_add_years(today(unit) * NCT_DAY, years));
    record->suspended_at = 0;
    record->reverify_at = deadline(unit, day);
    write_day(day, date);
    snprintf(detail, sizeof detail, "due %s", date);
    int32_t step = last_notice(unit) >= 0 ? 0 : STEP_SUSPEND;
    nct_status status = plan(unit, provider, record, step, planned(unit, record, step));
    return status == NCT_OK ? tell(unit, provider, actor, NCT_EVENT_REVERIFICATION_BEGUN, detail) : status;
}

/*
 * The first notice names the due date: where it comes late, the date is as many days later as that notice announces. Of
 * the others the latest by now is sent, and those missed are passed over: several at once would tell the same.
 */
static nct_status give_notice(struct nct_unit *unit, const char *provider, struct nct_provider_record *record,
                              const char *actor) {
    const int32_t *notices = profile_of(unit)->notices;
    const int32_t last = last_notice(unit);
    int32_t step = record->reverify_step;
    int32_t missed = 0;
    char date[NCT_DATE_ROOM];
    char detail[96];
    if (step == 0 && today(unit) + notices[0] > due_day(unit, record))
        record->reverify_at = deadline(unit, today(unit) + notices[0]);
    while (step < last && planned(unit, record, step + 1) <= unit->now) {
        step++;
        missed++;
    }
    int32_t next = step < last ? step + 1 : STEP_SUSPEND;
    int64_t day = due_day(unit, record);
    write_day(day, date);
    snprintf(detail, sizeof detail, "%d days, due %s, %d missed", (int)notices[step], date, (int)missed);
    nct_status status = plan(unit, provider, record, next, planned(unit, record, next));
    if (status == NCT_OK)
        status = notify(unit, provider, NCT_MAIL_REVERIFY_NOTICE, day);
    return status == NCT_OK ? tell(unit, provider, actor, NCT_EVENT_REVERIFICATION_NOTICE, detail) : status;
}

nct_status nct_reverify_put_off(struct nct_unit *unit, const char *provider, struct nct_provider_record *record,
                                int64_t day, const char *actor, const char *why) {
    const int32_t last = last_notice(unit);
    int32_t step = record->reverify_step;
    char date[NCT_DATE_ROOM];
    char detail[NCT_DETAIL_ROOM];
    write_day(day, date);
    snprintf(detail, sizeof detail, "due %s: %s", date, why);
    record->reverify_at = deadline(unit, day);
    if (step > 0) /* who was told the date is told the new one, and reminded of it */
        for (step = 1; step <= last && planned(unit, record, step) <= unit->now; step++)
            continue;
    if (step > last)
        step = STEP_SUSPEND;
    nct_status status = plan(unit, provider, record, step, planned(unit, record, step));
    if (status == NCT_OK && step > 0)
        status = notify(unit, provider, NCT_MAIL_REVERIFY_NOTICE, day);
    return status == NCT_OK ? tell(unit, provider, actor, NCT_EVENT_REVERIFICATION_EXTENDED, detail) : status;
}

/* The suspension lasts its days from when it really began: a host that ran late takes nothing from them. */
static nct_status suspend(struct nct_unit *unit, const char *provider, struct nct_provider_record *record,
                          const char *actor) {
    char date[NCT_DATE_ROOM];
    char detail[64];
    int64_t day = today(unit) + profile_of(unit)->terms[NCT_TERM_SUSPENSION_DAYS];
    record->suspended_at = unit->now;
    write_day(day, date);
    snprintf(detail, sizeof detail, "until %s", date);
    nct_status status = plan(unit, provider, record, STEP_TERMINATE, deadline(unit, day) + 1);
    if (status == NCT_OK)
        status = notify(unit, provider, NCT_MAIL_REVERIFY_SUSPENDED, day);
    return status == NCT_OK ? tell(unit, provider, actor, NCT_EVENT_PROVIDER_SUSPENDED, detail) : status;
}

/* The deadline has passed. */
static nct_status end_term(struct nct_unit *unit, const char *provider, struct nct_provider_record *record,
                           const struct nct_reverify_review *review, const char *actor) {
    int32_t change_days = profile_of(unit)->change_days;
    if (review->in_time) {
        nct_status status = plan(unit, provider, record, STEP_SUSPEND, 0);
        return status == NCT_OK ? tell(unit, provider, actor, NCT_EVENT_REVERIFICATION_HELD, "under review") : status;
    }
    if (review->change && change_days != 0)
        return nct_reverify_put_off(unit, provider, record,
                                    (today(unit) > due_day(unit, record) ? today(unit) : due_day(unit, record)) +
                                        change_days,
                                    actor, "a change is under review");
    return suspend(unit, provider, record, actor);
}

/* Its calendar ends with it. */
static nct_status terminate(struct nct_unit *unit, const char *provider, struct nct_provider_record *record,
                            const char *actor) {
    record->state = NCT_PROVIDER_TERMINATED;
    nct_status status = plan(unit, provider, record, 0, 0);
    if (status == NCT_OK)
        status = notify(unit, provider, NCT_MAIL_REVERIFY_TERMINATED, today(unit));
    return status == NCT_OK ? tell(unit, provider, actor, NCT_EVENT_PROVIDER_LAPSED, "not re-verified in time")
                            : status;
}

int nct_reverify_is_held(const struct nct_provider_record *record) {
    return record->state != NCT_PROVIDER_TERMINATED && record->reverify_at != 0 && record->reverify_next == 0;
}

nct_status nct_reverify_release(struct nct_unit *unit, const char *provider, struct nct_provider_record *record) {
    return plan(unit, provider, record, STEP_SUSPEND, unit->now);
}

/* Reminders that were missed until the deadline passed are not sent after it: the first notice named it. */
static int notice_is_next(const struct nct_unit *unit, const struct nct_provider_record *record) {
    int32_t step = record->reverify_step;
    return step <= last_notice(unit) && (step == 0 || unit->now <= record->reverify_at);
}

int nct_reverify_asks(const struct nct_unit *unit, const struct nct_provider_record *record) {
    return record->state != NCT_PROVIDER_TERMINATED && record->reverify_step <= STEP_SUSPEND &&
           !notice_is_next(unit, record) && unit->now > record->reverify_at;
}

nct_status nct_reverify_step(struct nct_unit *unit, const char *provider, struct nct_provider_record *record,
                             const struct nct_reverify_review *review, const char *actor) {
    if (record->state == NCT_PROVIDER_TERMINATED) /* its calendar ends */
        return plan(unit, provider, record, 0, 0);
    if (record->reverify_step > STEP_SUSPEND)
        return terminate(unit, provider, record, actor);
    if (notice_is_next(unit, record))
        return give_notice(unit, provider, record, actor);
    if (unit->now <= record->reverify_at) /* a notice of another profile */
        return plan(unit, provider, record, STEP_SUSPEND, planned(unit, record, STEP_SUSPEND));
    return end_term(unit, provider, record, review, actor);
}
