#include "portal/application/state.h"

#include "base/bytes.h"
#include "engine/records/request_types.h"
#include "engine/unit/look.h"
#include "policy/machine.h"
#include "policy/policy.h"
#include "policy/submissions.h"
#include "portal/application/letters.h"
#include "portal/provider/reverify.h"
#include "portal/registry/person.h"

#include <nctracks/due.h>
#include <nctracks/work.h>

#include <sodium.h>
#include <stdio.h>
#include <string.h>

_Static_assert(NCT_DUE_REFERENCE == NCT_APPLICATION_ID, "an item refers to an application by its id");

size_t nct_application_key(const char *provider, const unsigned char id[NCT_APPLICATION_ID],
                           unsigned char key[NCT_APPLICATION_KEY_MAX]) {
    size_t len = strlen(provider) + 1;
    memcpy(key, provider, len);
    memcpy(key + len, id, NCT_APPLICATION_ID);
    return len + NCT_APPLICATION_ID;
}

static size_t by_person_key(const struct nct_application_at *application,
                            unsigned char key[NCT_APPLICATION_BY_PERSON_KEY_MAX]) {
    memcpy(key, application->record.drafted_by, NCT_PERSON_ID);
    return NCT_PERSON_ID + nct_application_key(application->provider, application->id, key + NCT_PERSON_ID);
}

nct_status nct_application_read_at(struct nct_unit *unit, struct nct_application_at *application, uint64_t *revision) {
    unsigned char key[NCT_APPLICATION_KEY_MAX];
    unsigned char mirror[NCT_APPLICATION_BY_PERSON_KEY_MAX];
    char nothing[1];
    size_t len = nct_application_key(application->provider, application->id, key);
    *revision = 0;
    nct_status status = nct_unit_get(unit, &nct_type_application, key, len, &application->record);
    if (status != NCT_OK)
        return status;
    if (nct_submission_machine(application->record.kind) == NULL)
        return NCT_E_UNSUPPORTED; /* of a later version */
    size_t mirror_len = by_person_key(application, mirror);
    status = nct_unit_get(unit, &nct_type_application_by_person, mirror, mirror_len, nothing);
    if (status != NCT_OK && status != NCT_E_NOT_FOUND)
        return status;
    *revision = nct_unit_revision(unit, &nct_type_application_by_person, mirror, mirror_len);
    if (*revision == nct_unit_revision(unit, &nct_type_application, key, len))
        return NCT_OK;
    return nct_unit_explain_mismatch(unit, &nct_type_application, key, len);
}

static nct_status prove_by_provider(struct nct_unit *unit, const struct nct_application_at *application) {
    struct nct_application_record record;
    unsigned char key[NCT_APPLICATION_KEY_MAX];
    size_t len = nct_application_key(application->provider, application->id, key);
    return nct_look_get(unit, &nct_type_application, key, len, len - NCT_APPLICATION_ID, &record, NULL);
}

nct_status nct_application_read(struct nct_unit *unit, struct nct_application_at *application) {
    unsigned char mirror[NCT_APPLICATION_BY_PERSON_KEY_MAX];
    char nothing[1];
    uint64_t revision = 0;
    int looked = 0;
    nct_status status = nct_application_read_at(unit, application, &revision);
    if (status == NCT_E_NOT_FOUND)
        return prove_by_provider(unit, application);
    if (status != NCT_OK)
        return status;
    size_t len = by_person_key(application, mirror);
    status = nct_look_get(unit, &nct_type_application_by_person, mirror, len, NCT_PERSON_ID, nothing, &looked);
    return status == NCT_OK && !looked ? prove_by_provider(unit, application) : status;
}

nct_status nct_application_reseal(struct nct_unit *unit, const unsigned char *key, size_t key_len, int by_person) {
    struct nct_application_at application;
    unsigned char mirror[NCT_APPLICATION_BY_PERSON_KEY_MAX];
    size_t skip = by_person ? NCT_PERSON_ID : 0; /* what follows is the same */
    if (key_len < skip + 1 + NCT_APPLICATION_ID)
        return NCT_E_INTEGRITY;
    size_t len = key_len - skip - 1 - NCT_APPLICATION_ID;
    const unsigned char *place = key + skip;
    if (place[len] != '\0' ||
        !nct_copy_text(application.provider, sizeof application.provider, (const char *)place, len))
        return NCT_E_INTEGRITY;
    memcpy(application.id, place + len + 1, NCT_APPLICATION_ID);
    uint64_t revision = 0;
    nct_status status = nct_application_read_at(unit, &application, &revision);
    if (status == NCT_OK)
        status = nct_unit_reseal(unit, &nct_type_application, place, key_len - skip);
    if (status != NCT_OK)
        return status;
    size_t mirror_len = by_person_key(&application, mirror);
    return nct_unit_reseal(unit, &nct_type_application_by_person, mirror, mirror_len);
}

static void describe(const struct nct_application_at *application, const char *what, char detail[NCT_DETAIL_ROOM]) {
    const char *kind = nct_submission_name(application->record.kind);
    char id[2 * NCT_APPLICATION_ID + 1];
    nct_hex(id, application->id, NCT_APPLICATION_ID);
    if (sodium_is_zero(application->id, NCT_APPLICATION_ID)) /* a draft that was not saved */
        snprintf(id, sizeof id, "-");
    snprintf(detail, NCT_DETAIL_ROOM, "%s %s%s%s", id, kind != NULL ? kind : "unknown", what[0] != '\0' ? " " : "",
             what);
}

static nct_status tell(struct nct_unit *unit, struct nct_application_at *application, enum nct_event event,
                       const char *actor, const char *what) {
    char detail[NCT_DETAIL_ROOM];
    struct nct_stream_head head;
    struct nct_application_record *record = &application->record;
    struct nct_stream stream = nct_stream_of_provider(application->provider);
    char drafter[NCT_NCID_ROOM];
    describe(application, what, detail);
    nct_status status = nct_ncid_of(unit, record->drafted_by, drafter);
    struct nct_note note = {.event = event,
                            .actor = actor,
                            .subject = drafter,
                            .provider = application->provider,
                            .detail = detail,
                            .digest = record->document_digest};
    if (status == NCT_OK)
        status = nct_ledger_append(unit, &stream, &note);
    if (status == NCT_OK)
        status = nct_unit_get(unit, &nct_type_stream, stream.key, stream.len, &head);
    if (status != NCT_OK)
        return status;
    if (record->first_entry == 0)
        record->first_entry = head.sequence;
    return NCT_OK;
}

nct_status nct_application_write(struct nct_unit *unit, struct nct_application_at *application, enum nct_event event,
                                 const char *actor, const char *what) {
    unsigned char key[NCT_APPLICATION_KEY_MAX];
    unsigned char mirror[NCT_APPLICATION_BY_PERSON_KEY_MAX];
    size_t len = nct_application_key(application->provider, application->id, key);
    size_t mirror_len = by_person_key(application, mirror);
    nct_status status = tell(unit, application, event, actor, what);
    if (status == NCT_OK)
        status = nct_unit_put(unit, &nct_type_application, key, len, &application->record);
    return status == NCT_OK ? nct_unit_put(unit, &nct_type_application_by_person, mirror, mirror_len, "") : status;
}

struct nct_due_item nct_application_item(const struct nct_application_at *application) {
    struct nct_due_item item = {
        .time = application->record.step_at, .kind = NCT_DUE_ABANDONMENT, .reference_len = NCT_APPLICATION_ID};
    memcpy(item.provider, application->provider, sizeof item.provider);
    memcpy(item.reference, application->id, NCT_APPLICATION_ID);
    return item;
}

struct nct_due_item nct_application_work(const struct nct_application_at *application) {
    struct nct_due_item item = nct_work_of_application(application->provider, application->id);
    if (nct_machine_with_agency(application->record.state))
        item.time = application->record.moved_at;
    if (application->record.state == NCT_STATE_DRAFT) {
        item.kind = NCT_WORK_DRAFT;
        item.time = application->record.saved_at;
    }
    return item;
}

/* Out of the agency's hands nobody there has it any longer. */
static nct_status set_work(struct nct_unit *unit, struct nct_application_at *application, struct nct_due_item *before) {
    struct nct_due_item after = nct_application_work(application);
    int64_t since = after.time;
    if (since == 0)
        application->record.assignment = (struct nct_assignment){.at = 0};
    if (before->kind == after.kind)
        return nct_work_move(unit, before, since);
    after.time = 0;
    nct_status status = nct_work_move(unit, before, 0);
    return status == NCT_OK ? nct_work_move(unit, &after, since) : status;
}

nct_status nct_application_note_saved(struct nct_unit *unit, struct nct_application_at *application) {
    struct nct_due_item before = nct_application_work(application);
    application->record.saved_at = unit->now;
    return set_work(unit, application, &before);
}

static nct_status set_step(struct nct_unit *unit, struct nct_application_at *application, int64_t time) {
    struct nct_due_item item = nct_application_item(application);
    application->record.step_at = time;
    return nct_due_move(unit, &item, time);
}

/* The days without reply count from each time the agency returned it or asked. */
static nct_status set_due(struct nct_unit *unit, struct nct_application_at *application) {
    struct nct_application_record *record = &application->record;
    const struct nct_profile *profile = &unit->portal->policy.profile;
    int waits = nct_machine_waits(record->kind, record->state);
    record->due_at = waits ? unit->now + profile->terms[NCT_TERM_ABANDON_DAYS] * NCT_DAY : 0;
    return set_step(unit, application, waits ? record->due_at - profile->abandon_notice_days * NCT_DAY : 0);
}

/*
 * C2: in time is what was submitted and paid by the deadline. What the agency asks for after it takes nothing from
 * that; what waits for the provider until then does.
 */
static nct_status note_complete(struct nct_unit *unit, struct nct_application_at *application) {
    struct nct_application_record *record = &application->record;
    struct nct_provider_record provider;
    int waits = record->state == NCT_STATE_RETURNED || record->state == NCT_STATE_PENDING_PAYMENT;
    if (!nct_submission_is(record->kind, NCT_TRAIT_VERIFIES) && !nct_submission_is(record->kind, NCT_TRAIT_CHANGES))
        return NCT_OK;
    if (!waits) {
        record->complete_at = record->complete_at == 0 ? unit->now : record->complete_at;
        return NCT_OK;
    }
    nct_status status =
        nct_unit_get(unit, &nct_type_provider, application->provider, strlen(application->provider), &provider);
    if (status == NCT_OK && unit->now <= provider.reverify_at)
        record->complete_at = 0;
    return status;
}

/* An approval that verifies the provider begins a new term; another end of what may have held the calendar lets go. */
static nct_status tell_calendar(struct nct_unit *unit, const struct nct_application_at *application,
                                const char *actor) {
    const struct nct_application_record *record = &application->record;
    struct nct_provider_record provider;
    size_t len = strlen(application->provider);
    if (!nct_submission_is(record->kind, NCT_TRAIT_VERIFIES) || !nct_machine_final(record->kind, record->state))
        return NCT_OK;
    nct_status status = nct_unit_get(unit, &nct_type_provider, application->provider, len, &provider);
    if (status != NCT_OK || (record->state != NCT_STATE_APPROVED && !nct_reverify_is_held(&provider)))
        return status;
    status = record->state == NCT_STATE_APPROVED ? nct_reverify_begin(unit, application->provider, &provider, actor)
                                                 : nct_reverify_release(unit, application->provider, &provider);
    return status == NCT_OK ? nct_unit_put(unit, &nct_type_provider, application->provider, len, &provider) : status;
}

nct_status nct_application_advance(struct nct_unit *unit, struct nct_application_at *application,
                                   const struct nct_application_move *move) {
    struct nct_application_record *record = &application->record;
    char what[NCT_DETAIL_ROOM];
    const char *note = move->note != NULL ? move->note : "";
    int32_t next = 0;
    struct nct_due_item work = nct_application_work(application);
    nct_status status = nct_machine_next(record->kind, record->state, move->move, move->movers, &next);
    if (status != NCT_OK)
        return status == NCT_E_ILLEGAL_MOVE ? status : NCT_E_INTEGRITY;
    snprintf(what, sizeof what, "%s %s %s%s%s", nct_move_name(move->move), nct_state_name(record->state),
             nct_state_name(next), note[0] != '\0' ? ": " : "", note);
    record->state = next;
    record->moves++;
    record->last_move = move->move;
    record->moved_at = unit->now;
    snprintf(record->moved_by, sizeof record->moved_by, "%s", move->actor);
    snprintf(record->note, sizeof record->note, "%s", note);
    status = set_due(unit, application);
    if (status == NCT_OK)
        status = set_work(unit, application, &work);
    if (status == NCT_OK)
        status = note_complete(unit, application);
    if (status == NCT_OK)
        status = nct_application_write(unit, application, NCT_EVENT_APPLICATION_MOVED, move->actor, what);
    if (status == NCT_OK)
        status = nct_application_tell(unit, application);
    return status == NCT_OK ? tell_calendar(unit, application, move->actor) : status;
}

nct_status nct_application_refuse(struct nct_unit *unit, const struct nct_application_at *application,
                                  const char *actor, const char *what, nct_status why) {
    char detail[NCT_DETAIL_ROOM];
    struct nct_provider_record provider;
    if (nct_status_category(why) != NCT_CATEGORY_RULE && why != NCT_E_NOT_FOUND)
        return why;
    nct_status status =
        nct_unit_get(unit, &nct_type_provider, application->provider, strlen(application->provider), &provider);
    if (status == NCT_E_NOT_FOUND)
        return why;
    describe(application, what, detail);
    struct nct_stream stream = nct_stream_of_provider(application->provider);
    struct nct_note note = {.event = NCT_EVENT_APPLICATION_REFUSED,
                            .outcome = why,
                            .actor = actor,
                            .provider = application->provider,
                            .detail = detail};
    if (status == NCT_OK)
        status = nct_ledger_append(unit, &stream, &note);
    return status == NCT_OK ? nct_unit_refuse(unit, why) : status;
}

/* Some days before its end; whoever asks only after that has missed it. */
static nct_status remind(struct nct_unit *unit, struct nct_application_at *application, const char *actor) {
    char date[NCT_DATE_ROOM];
    char what[32];
    nct_date_write(nct_policy_day(&unit->portal->policy, application->record.due_at) * NCT_DAY, date);
    snprintf(what, sizeof what, "due %s", date);
    nct_status status = set_step(unit, application, application->record.due_at);
    if (status == NCT_OK)
        status = nct_application_write(unit, application, NCT_EVENT_APPLICATION_REMINDED, actor, what);
    return status == NCT_OK ? nct_application_remind(unit, application) : status;
}

nct_status nct_application_settle(struct nct_unit *unit, const struct nct_due_item *item, const char *actor,
                                  int32_t *done) {
    struct nct_application_at application;
    struct nct_application_move move = {NCT_MOVE_ABANDON, NCT_MOVER_TIME, actor, "no reply in time"};
    if (item->reference_len != NCT_APPLICATION_ID)
        return NCT_OK;
    memcpy(application.provider, item->provider, sizeof application.provider);
    memcpy(application.id, item->reference, NCT_APPLICATION_ID);
    nct_status status = nct_application_read(unit, &application);
    if (status != NCT_OK || application.record.step_at != item->time)
        return status == NCT_E_NOT_FOUND ? NCT_OK : status;
    *done = 1;
    if (unit->now < application.record.due_at)
        return remind(unit, &application, actor);
    return nct_application_advance(unit, &application, &move);
}
