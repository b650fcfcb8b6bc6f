/* The kinds of the agency's work: where the record of each lies, and who has it. */
#include "portal/work/work.h"
#include "base/about.h"

#include "policy/machine.h"
#include "portal/application/state.h"
#include "portal/eft/change.h"
#include "portal/office/oa_change.h"
#include "portal/people/contact.h"
#include "portal/registry/person.h"

#include <nctracks/office.h>

#include <sodium.h>
#include <stdio.h>
#include <string.h>

/* ---- applications ---- */

static void locate(const struct nct_work_item *item, struct nct_application_at *application) {
    memset(application, 0, sizeof *application);
    memcpy(application->provider, item->at.provider, sizeof application->provider);
    memcpy(application->id, item->at.reference, NCT_APPLICATION_ID);
}

static nct_status read_application(struct nct_unit *unit, struct nct_work_item *item) {
    struct nct_application_at application;
    uint64_t revision = 0;
    locate(item, &application);
    nct_status status = nct_application_read_at(unit, &application, &revision);
    if (status != NCT_OK)
        return status;
    struct nct_due_item work = nct_application_work(&application);
    item->at.time = work.kind == item->at.kind ? work.time : 0;
    item->state = application.record.state;
    item->submission = application.record.kind;
    item->assignment = application.record.assignment;
    return item->at.kind == NCT_WORK_DRAFT ? nct_ncid_of(unit, application.record.drafted_by, item->ncid) : NCT_OK;
}

static nct_status put_application(struct nct_unit *unit, const struct nct_work_item *item, enum nct_event event,
                                  const char *actor) {
    struct nct_application_at application;
    locate(item, &application);
    nct_status status = nct_application_read(unit, &application);
    application.record.assignment = item->assignment;
    return status == NCT_OK ? nct_application_write(unit, &application, event, actor, item->assignment.name) : status;
}

/* ---- requests of a provider ---- */

static nct_status tell(struct nct_unit *unit, const struct nct_work_item *item, enum nct_event event,
                       const char *actor) {
    char detail[NCT_DETAIL_ROOM];
    struct nct_stream stream = nct_stream_of_provider(item->at.provider);
    struct nct_note note = {.event = event, .actor = actor, .provider = item->at.provider, .detail = detail};
    snprintf(detail, sizeof detail, "%s%s%s", nct_work_kind_name(item->at.kind),
             item->assignment.name[0] != '\0' ? " " : "", item->assignment.name);
    return nct_ledger_append(unit, &stream, &note);
}

static nct_status read_oa_change(struct nct_unit *unit, struct nct_work_item *item) {
    struct nct_handover handover = {.provider = item->at.provider};
    nct_status status = nct_handover_read(unit, &handover);
    const struct nct_oa_request_record *request = &handover.request;
    int waits = status == NCT_OK && handover.private.oa_pending != 0 &&
                nct_waits(unit->now, request->requested_at, request->lapses_at);
    item->at.time = waits ? request->requested_at : 0;
    item->assignment = request->assignment;
    sodium_memzero(&handover, sizeof handover);
    return status;
}

static nct_status put_oa_change(struct nct_unit *unit, const struct nct_work_item *item, enum nct_event event,
                                const char *actor) {
    struct nct_handover handover = {.provider = item->at.provider};
    nct_status status = nct_handover_read(unit, &handover);
    handover.request.assignment = item->assignment;
    if (status == NCT_OK)
        status =
            nct_unit_put(unit, &nct_type_oa_request, handover.provider, strlen(handover.provider), &handover.request);
    sodium_memzero(&handover, sizeof handover);
    return status == NCT_OK ? tell(unit, item, event, actor) : status;
}

static nct_status read_eft_change(struct nct_unit *unit, struct nct_work_item *item) {
    struct nct_eft_work work = {.provider = item->at.provider};
    nct_status status = nct_eft_read(unit, &work);
    const struct nct_eft_request_record *request = &work.request;
    int waits = status == NCT_OK && work.private.eft_pending != 0 &&
                nct_waits(unit->now, request->requested_at, request->lapses_at);
    item->at.time = waits ? request->requested_at : 0;
    item->assignment = request->assignment;
    sodium_memzero(&work, sizeof work);
    return status;
}

static nct_status put_eft_change(struct nct_unit *unit, const struct nct_work_item *item, enum nct_event event,
                                 const char *actor) {
    struct nct_eft_work work = {.provider = item->at.provider};
    nct_status status = nct_eft_read(unit, &work);
    work.request.assignment = item->assignment;
    if (status == NCT_OK)
        status = nct_unit_put(unit, &nct_type_eft_request, work.provider, strlen(work.provider), &work.request);
    sodium_memzero(&work, sizeof work);
    return status == NCT_OK ? tell(unit, item, event, actor) : status;
}

/* ---- contested addresses ---- */

static nct_status read_contest(struct nct_unit *unit, struct nct_work_item *item) {
    struct nct_person_record record;
    struct nct_contact_record waiting;
    const unsigned char *person = item->at.reference;
    nct_status status = nct_unit_get(unit, &nct_type_person, person, NCT_PERSON_ID, &record);
    if (status != NCT_OK)
        return status;
    memcpy(item->ncid, record.ncid, sizeof item->ncid);
    item->at.time = record.contested_at;
    if (record.contested_at == 0)
        return NCT_OK;
    status = nct_contact_waiting(unit, record.ncid, &waiting, &item->at.time);
    item->assignment = waiting.assignment;
    return status == NCT_E_NOT_FOUND ? NCT_E_INTEGRITY : status;
}

static nct_status put_contest(struct nct_unit *unit, const struct nct_work_item *item, enum nct_event event,
                              const char *actor) {
    struct nct_contact_record waiting;
    const unsigned char *person = item->at.reference;
    struct nct_stream stream = nct_stream_of_person(person);
    struct nct_note note = {.event = event, .actor = actor, .subject = item->ncid, .detail = item->assignment.name};
    nct_status status = nct_unit_get(unit, &nct_type_contact, person, NCT_PERSON_ID, &waiting);
    waiting.assignment = item->assignment;
    if (status == NCT_OK)
        status = nct_unit_put(unit, &nct_type_contact, person, NCT_PERSON_ID, &waiting);
    return status == NCT_OK ? nct_ledger_append(unit, &stream, &note) : status;
}

/* ---- all of them ---- */

/* One row a kind of work. Whoever adds one keeps its index row with nct_work_move() in the commits of its record. */
static const struct {
    const char *name;
    nct_status (*read)(struct nct_unit *unit, struct nct_work_item *item);
    nct_status (*put)(struct nct_unit *unit, const struct nct_work_item *item, enum nct_event event, const char *actor);
} kinds[] = {
    [NCT_WORK_APPLICATION] = {"application", read_application, put_application},
    [NCT_WORK_OA_CHANGE] = {"oa_change", read_oa_change, put_oa_change},
    [NCT_WORK_EFT_CHANGE] = {"eft_change", read_eft_change, put_eft_change},
    [NCT_WORK_CONTESTED_ADDRESS] = {"contested_address", read_contest, put_contest},
    [NCT_WORK_DRAFT] = {"draft", read_application, NULL}, /* which is nobody's there */
};
#define KINDS ((int32_t)(sizeof kinds / sizeof kinds[0]))

const char *nct_work_kind_name(int32_t kind) {
    return kind > 0 && kind < KINDS ? kinds[kind].name : NULL;
}

nct_status nct_work_kind_from_name(const char *name, int32_t *kind) {
    if (NCT_MISSING(name) || NCT_MISSING(kind))
        return NCT_E_ARGUMENT;
    *kind = 0;
    for (int32_t i = 1; i < KINDS; i++)
        if (kinds[i].name != NULL && strcmp(kinds[i].name, name) == 0)
            *kind = i;
    return *kind != 0 ? NCT_OK : NCT_E_NOT_FOUND;
}

int nct_work_is_somebodys(int32_t kind) {
    return nct_work_kind_name(kind) != NULL && kinds[kind].put != NULL;
}

nct_status nct_work_read(struct nct_unit *unit, struct nct_work_item *item) {
    return kinds[item->at.kind].read(unit, item);
}

nct_status nct_work_put(struct nct_unit *unit, const struct nct_work_item *item, const char *actor) {
    int taken = item->assignment.name[0] != '\0';
    return kinds[item->at.kind].put(unit, item, taken ? NCT_EVENT_WORK_ASSIGNED : NCT_EVENT_WORK_RELEASED, actor);
}
