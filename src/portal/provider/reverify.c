#include "portal/provider/reverify.h"

#include "base/bytes.h"
#include "engine/unit/ledger_append.h"
#include "policy/policy.h"
#include "portal/mail/notice.h"

#include <nctracks/due.h>
#include <nctracks/provider.h>

#include <stdio.h>
#include <string.h>

/* Steps: the notices in the order of the profile, then these. */
#define STEP_SUSPEND NCT_NOTICES
#define STEP_TERMINATE (NCT_NOTICES + 1)

/* Our policy: those who answer for the record. */
#define PARTIES (NCT_PARTY_PROVIDER | NCT_PARTY_OFFICE_ADMINISTRATOR | NCT_PARTY_BACKUP)

struct nct_due_item nct_reverify_item(const char *provider, const struct nct_provider_record *record) {
    struct nct_due_item item = {.time = record->reverify_next, .kind = NCT_DUE_REVERIFICATION};
    nct_copy_text(item.provider, sizeof item.provider, provider, strlen(provider));
    return item;
}

static int64_t days(const struct nct_unit *unit, enum nct_term term) {
    return unit->portal->policy.profile.terms[term] * NCT_DAY;
}

/* The last notice a profile gives, -1 for none; a profile with fewer has zeros behind. */
static int32_t last_notice(const struct nct_unit *unit) {
    const int32_t *notices = unit->portal->policy.profile.notices;
    int32_t last = -1;
    while (last + 1 < NCT_NOTICES && notices[last + 1] != 0)
        last++;
    return last;
}

/* When a notice, or else the suspension, is planned. */
static int64_t planned(const struct nct_unit *unit, const struct nct_provider_record *record, int32_t step) {
    return step < NCT_NOTICES ? record->reverify_at - unit->portal->policy.profile.notices[step] * NCT_DAY
                              : record->reverify_at;
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

static nct_status notify(struct nct_unit *unit, const char *provider, enum nct_template template, const char *date) {
    struct nct_mail_record mail = {.template_id = (int32_t) template};
    struct nct_audience audience;
    nct_copy_text(mail.provider, sizeof mail.provider, provider, strlen(provider));
    nct_copy_text(mail.date, sizeof mail.date, date, strlen(date));
    nct_audience_init(&audience, &unit->portal->seams.memory);
    nct_status status = nct_audience_gather(unit, provider, PARTIES, &audience);
    if (status == NCT_OK)
        status = nct_notice_stage(unit, &audience, &mail);
    nct_audience_free(&audience);
    return status;
}

nct_status nct_reverify_begin(struct nct_unit *unit, const char *provider, struct nct_provider_record *record,
                              const char *actor) {
    int32_t years = unit->portal->policy.profile.terms[NCT_TERM_REVERIFY_YEARS];
    char detail[64];
    char date[NCT_DATE_ROOM];
    if (record->state == NCT_PROVIDER_TERMINATED || years <= 0)
        return NCT_OK;
    record->suspended_at = 0;
    record->reverify_at = nct_add_years(unit->now, years);
    nct_date_write(record->reverify_at, date);
    snprintf(detail, sizeof detail, "due %s", date);
    int32_t step = last_notice(unit) >= 0 ? 0 : STEP_SUSPEND;
    int64_t first = planned(unit, record, step);
    nct_status status = plan(unit, provider, record, step, first > 0 ? first : 1);
    return status == NCT_OK ? tell(unit, provider, actor, NCT_EVENT_REVERIFICATION_BEGUN, detail) : status;
}

/*
 * Sends the notice that is latest by now, and passes over those missed: several at once would tell the same. When not
 * even the last came before the due date, the suspension waits the days that notice announces, so that nobody is
 * suspended untold.
 */
static nct_status give_notice(struct nct_unit *unit, const char *provider, struct nct_provider_record *record,
                              const char *actor) {
    const int32_t *notices = unit->portal->policy.profile.notices;
    const int32_t last = last_notice(unit);
    int32_t step = record->reverify_step;
    int32_t missed = 0;
    char date[NCT_DATE_ROOM];
    char detail[96];
    while (step < last && planned(unit, record, step + 1) <= unit->now) {
        step++;
        missed++;
    }
    int32_t next_step = step < last ? step + 1 : STEP_SUSPEND;
    int64_t next = planned(unit, record, next_step);
    if (next_step == STEP_SUSPEND && unit->now >= next)
        next = unit->now + notices[step] * NCT_DAY;
    nct_date_write(next_step == STEP_SUSPEND ? next : record->reverify_at, date);
    snprintf(detail, sizeof detail, "%d days, due %s, %d missed", (int)notices[step], date, (int)missed);
    nct_status status = plan(unit, provider, record, next_step, next);
    if (status == NCT_OK)
        status = notify(unit, provider, NCT_MAIL_REVERIFY_NOTICE, date);
    return status == NCT_OK ? tell(unit, provider, actor, NCT_EVENT_REVERIFICATION_NOTICE, detail) : status;
}

/* The suspension lasts its days from when it really began: a host that ran late takes nothing from them. */
static nct_status suspend(struct nct_unit *unit, const char *provider, struct nct_provider_record *record,
                          const char *actor) {
    char date[NCT_DATE_ROOM];
    char detail[64];
    int64_t end = unit->now + days(unit, NCT_TERM_SUSPENSION_DAYS);
    record->suspended_at = unit->now;
    nct_date_write(end, date);
    snprintf(detail, sizeof detail, "until %s", date);
    nct_status status = plan(unit, provider, record, STEP_TERMINATE, end);
    if (status == NCT_OK)
        status = notify(unit, provider, NCT_MAIL_REVERIFY_SUSPENDED, date);
    return status == NCT_OK ? tell(unit, provider, actor, NCT_EVENT_PROVIDER_SUSPENDED, detail) : status;
}

/* Its calendar ends with it. */
static nct_status terminate(struct nct_unit *unit, const char *provider, struct nct_provider_record *record,
                            const char *actor) {
    char date[NCT_DATE_ROOM];
    record->state = NCT_PROVIDER_TERMINATED;
    nct_date_write(unit->now, date);
    nct_status status = plan(unit, provider, record, 0, 0);
    if (status == NCT_OK)
        status = notify(unit, provider, NCT_MAIL_REVERIFY_TERMINATED, date);
    return status == NCT_OK ? tell(unit, provider, actor, NCT_EVENT_PROVIDER_LAPSED, "not re-verified in time")
                            : status;
}

nct_status nct_reverify_settle(struct nct_unit *unit, const struct nct_due_item *item, const char *actor,
                               int32_t *done) {
    const char *provider = item->provider;
    size_t key_len = strlen(provider);
    struct nct_provider_record record;
    nct_status status = nct_unit_get(unit, &nct_type_provider, provider, key_len, &record);
    if (status != NCT_OK || record.reverify_next != item->time)
        return status == NCT_E_NOT_FOUND ? NCT_OK : status;
    *done = record.state != NCT_PROVIDER_TERMINATED;
    if (!*done) /* its calendar ends */
        status = plan(unit, provider, &record, 0, 0);
    else if (record.reverify_step <= last_notice(unit))
        status = give_notice(unit, provider, &record, actor);
    else if (record.reverify_step <= STEP_SUSPEND && unit->now < record.reverify_at) /* a notice of another profile */
        status = plan(unit, provider, &record, STEP_SUSPEND, record.reverify_at);
    else if (record.reverify_step <= STEP_SUSPEND)
        status = suspend(unit, provider, &record, actor);
    else
        status = terminate(unit, provider, &record, actor);
    return status == NCT_OK ? nct_unit_put(unit, &nct_type_provider, provider, key_len, &record) : status;
}
