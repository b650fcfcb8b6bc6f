/* Drafting and revising applications. */
#include "base/bytes.h"
#include "engine/handle/arguments.h"
#include "engine/records/request_types.h"
#include "policy/submissions.h"
#include "portal/access/admit.h"
#include "portal/application/application.h"
#include "portal/registry/allowance.h"

#include <string.h>

/* What the unit of work needs, read from the form once. */
struct drafting {
    char by[NCT_NCID_ROOM];
    struct nct_application_at drafted;
};

static void read_form(const struct nct_form *form, struct drafting *drafting) {
    struct nct_application_record *record = &drafting->drafted.record;
    size_t len = 0;
    memset(record, 0, sizeof *record);
    nct_form_text(form, "provider.npi", drafting->drafted.provider, sizeof drafting->drafted.provider);
    record->kind = nct_form_choice(form, "submission.kind");
    nct_form_text(form, "document.id", record->document_id, sizeof record->document_id);
    nct_form_text(form, "document.version", record->document_version, sizeof record->document_version);
    nct_form_text(form, "physician.date", record->physician_date, sizeof record->physician_date);
    memcpy(record->document_digest, nct_form_raw(form, "document.content", &len), NCT_HASH);
}

/* Whether the person may prepare this kind at a registered provider. */
static nct_status may_prepare(struct nct_unit *unit, const struct drafting *drafting) {
    struct nct_acting acting;
    int32_t needs = nct_policy_prepare_needs(&unit->portal->policy, drafting->drafted.record.kind);
    return nct_access_authority(unit, drafting->by, drafting->drafted.provider, needs, &acting);
}

static nct_status save(struct nct_unit *unit, const struct drafting *drafting, unsigned char id[NCT_APPLICATION_ID]) {
    struct nct_application_at application = drafting->drafted;
    struct nct_application_record *record = &application.record;
    struct nct_person_record person;
    nct_status status = may_prepare(unit, drafting);
    if (status == NCT_OK)
        status = nct_person_find(unit, drafting->by, record->drafted_by, &person);
    if (status == NCT_OK)
        status = nct_person_ask(&unit->portal->policy, &person, NCT_ASKED_DRAFT, unit->now);
    if (status == NCT_OK)
        status = nct_unit_put(unit, &nct_type_person, record->drafted_by, NCT_PERSON_ID, &person);
    nct_put_be64(application.id, (uint64_t)unit->now); /* ids sort by time */
    if (status == NCT_OK)
        status = nct_seams_fill(&unit->portal->seams, application.id + 8, NCT_APPLICATION_ID - 8);
    if (status != NCT_OK)
        return status;
    record->drafted_at = unit->now;
    record->state = nct_machine_state(record->kind, 0);
    memcpy(id, application.id, NCT_APPLICATION_ID);
    status = nct_application_note_saved(unit, &application);
    if (status != NCT_OK)
        return status;
    return nct_application_write(unit, &application, NCT_EVENT_APPLICATION_DRAFTED, drafting->by, "");
}

static nct_status save_or_refuse(struct nct_unit *unit, void *argument) {
    struct drafting *drafting = argument;
    nct_status status = save(unit, drafting, drafting->drafted.id);
    return status == NCT_OK ? status : nct_application_refuse(unit, &drafting->drafted, drafting->by, "draft", status);
}

nct_status nct_draft_save(nct_form *form, const char *by, size_t by_len, char *id, size_t capacity,
                          nct_problems **problems) {
    struct drafting drafting = {.by = ""};
    if (problems != NULL)
        *problems = NULL;
    if (!nct_form_is(form, NCT_FORM_DRAFT) || NCT_MISSING(id))
        return NCT_E_ARGUMENT;
    if (capacity > 0)
        id[0] = '\0';
    if (capacity <= NCT_APPLICATION_ID_LENGTH)
        return NCT_E_BUFFER;
    nct_status status = nct_take_ncid(by, by_len, drafting.by);
    if (status == NCT_OK)
        status = nct_form_validate(form, problems);
    if (status != NCT_OK)
        return status;
    read_form(form, &drafting);
    status = nct_unit_run(nct_form_portal(form), save_or_refuse, &drafting, NULL);
    if (status == NCT_OK)
        nct_hex(id, drafting.drafted.id, NCT_APPLICATION_ID);
    return status;
}

static nct_status revise(struct nct_unit *unit, const struct drafting *drafting) {
    const struct nct_application_record *drafted = &drafting->drafted.record;
    struct nct_application_at application = drafting->drafted;
    struct nct_application_record *record = &application.record;
    nct_status status = may_prepare(unit, drafting);
    if (status == NCT_OK)
        status = nct_application_read(unit, &application);
    if (status != NCT_OK)
        return status;
    if (record->kind != drafted->kind)
        return NCT_E_UNKNOWN_VALUE;
    if (nct_machine_revisable(record->kind, record->state) != 1)
        return nct_about(NCT_E_ILLEGAL_MOVE, NCT_ABOUT_STATE, record->state);
    memcpy(record->document_id, drafted->document_id, sizeof drafted->document_id);
    memcpy(record->document_version, drafted->document_version, sizeof drafted->document_version);
    memcpy(record->document_digest, drafted->document_digest, NCT_HASH);
    memcpy(record->physician_date, drafted->physician_date, sizeof drafted->physician_date);
    status = nct_application_note_saved(unit, &application);
    if (status != NCT_OK)
        return status;
    return nct_application_write(unit, &application, NCT_EVENT_APPLICATION_REVISED, drafting->by,
                                 nct_state_name(record->state));
}

static nct_status revise_or_refuse(struct nct_unit *unit, void *argument) {
    struct drafting *drafting = argument;
    nct_status status = revise(unit, drafting);
    return status == NCT_OK ? status : nct_application_refuse(unit, &drafting->drafted, drafting->by, "revise", status);
}

nct_status nct_draft_revise(nct_form *form, const char *by, size_t by_len, const char *id, size_t id_len,
                            nct_problems **problems) {
    struct drafting drafting = {.by = ""};
    if (problems != NULL)
        *problems = NULL;
    if (!nct_form_is(form, NCT_FORM_DRAFT))
        return NCT_E_ARGUMENT;
    nct_status status = nct_take_ncid(by, by_len, drafting.by);
    if (status == NCT_OK)
        status = nct_take_application_id(id, id_len, drafting.drafted.id);
    if (status == NCT_OK)
        status = nct_form_validate(form, problems);
    if (status != NCT_OK)
        return status;
    read_form(form, &drafting);
    status = nct_unit_run(nct_form_portal(form), revise_or_refuse, &drafting, NULL);
    return status == NCT_E_UNKNOWN_VALUE ? nct_form_refuse(form, "submission.kind", status, problems) : status;
}
