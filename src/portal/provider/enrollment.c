#include "portal/provider/enrollment.h"

#include "engine/handle/arguments.h"
#include "portal/provider/authorization_code.h"
#include "portal/provider/reverify.h"
#include "portal/registry/provider.h"

#include <nctracks/provider.h>

#include <sodium.h>
#include <string.h>

_Static_assert(NCT_PROVIDER_INDIVIDUAL == 1 && NCT_PROVIDER_ORGANIZATION == 2, "order of the choices of provider.kind");

nct_status nct_enrollment_code(nct_form *form, char *code, size_t capacity) {
    if (!nct_form_is(form, NCT_FORM_ENROLLMENT) || NCT_MISSING(code))
        return NCT_E_ARGUMENT;
    if (capacity > 0)
        code[0] = '\0';
    if (capacity <= NCT_AUTHORIZATION_CODE_LENGTH)
        return NCT_E_BUFFER;
    char *kept = nct_form_code(form);
    if (kept[0] == '\0') {
        nct_status status = nct_code_draw(nct_form_portal(form), kept);
        if (status != NCT_OK) {
            sodium_memzero(kept, NCT_AUTHORIZATION_CODE_LENGTH + 1);
            return status;
        }
    }
    memcpy(code, kept, NCT_AUTHORIZATION_CODE_LENGTH + 1);
    return NCT_OK;
}

nct_status nct_enroll(struct nct_unit *unit, void *argument) {
    struct nct_enrolling *enrolling = argument;
    const char *provider = enrolling->provider;
    size_t key_len = strlen(provider);
    struct nct_provider_record existing;
    nct_status status = nct_unit_get(unit, &nct_type_provider, provider, key_len, &existing);
    if (status != NCT_E_NOT_FOUND)
        return status == NCT_OK ? NCT_E_ALREADY_ENROLLED : status;
    struct nct_provider_record record = enrolling->record;
    int designated = enrolling->administrator.entered.ncid[0] != '\0';
    record.state = designated ? NCT_PROVIDER_REGISTERED : NCT_PROVIDER_ENROLLED;
    record.enrolled_at = unit->now;
    record.registered_at = designated ? unit->now : 0;
    status = nct_unit_put(unit, &nct_type_provider_private, provider, key_len, &enrolling->private);
    struct nct_stream stream = nct_stream_of_provider(provider);
    struct nct_note note = {.event = NCT_EVENT_PROVIDER_ENROLLED, .actor = enrolling->actor, .provider = provider};
    if (status == NCT_OK)
        status = nct_ledger_append(unit, &stream, &note);
    if (status == NCT_OK)
        status = nct_reverify_begin(unit, provider, &record, enrolling->actor);
    if (status == NCT_OK)
        status = nct_provider_put(unit, provider, &record);
    if (status != NCT_OK || !designated)
        return status;
    struct nct_issue issue = {
        .occasion = NCT_ON_ENROLLMENT, .event = NCT_EVENT_PIN_ISSUED, .actor = enrolling->actor, .provider = provider};
    status = nct_entrant_admit(unit, enrolling->drafts, provider, &enrolling->administrator, &issue, record.oa);
    if (status == NCT_OK && enrolling->backup.entered.ncid[0] != '\0')
        status = nct_entrant_admit(unit, enrolling->drafts, provider, &enrolling->backup, &issue, record.backup);
    return status == NCT_OK ? nct_unit_put(unit, &nct_type_provider, provider, key_len, &record) : status;
}

void nct_enrolling_read(struct nct_form *form, struct nct_enrolling *enrolling) {
    struct nct_provider_record *record = &enrolling->record;
    const char *code = nct_form_code(form);
    nct_form_text(form, "provider.npi", enrolling->provider, sizeof enrolling->provider);
    nct_form_text(form, "provider.name", record->name, sizeof record->name);
    nct_form_text(form, "provider.email", record->email, sizeof record->email);
    nct_form_text(form, "provider.phone", record->phone, sizeof record->phone);
    record->kind = nct_form_choice(form, "provider.kind");
    nct_form_text(form, "provider.tax_id", enrolling->private.tax_id, sizeof enrolling->private.tax_id);
    nct_form_eft(form, &enrolling->private.eft);
    nct_form_person(form, "office_administrator.", &enrolling->administrator.entered);
    enrolling->administrator.grant.role = NCT_ROLE_OFFICE_ADMINISTRATOR;
    enrolling->administrator.relationship = nct_form_choice(form, "office_administrator.relationship");
    nct_form_person(form, "backup_office_administrator.", &enrolling->backup.entered);
    enrolling->backup.grant.role = NCT_ROLE_BACKUP_OFFICE_ADMINISTRATOR;
    enrolling->backup.relationship = nct_form_choice(form, "backup_office_administrator.relationship");
    nct_code_hash(nct_form_portal(form), enrolling->provider, code, strlen(code), enrolling->private.code);
}

static void note_kept(const struct nct_form *form, const struct nct_enrolling *enrolling, nct_problems **out) {
    struct nct_problems *notes = NULL;
    nct_status status = nct_problems_new(nct_form_portal(form), NCT_FORM_ENROLLMENT, &notes);
    if (status == NCT_OK)
        status = nct_entrant_note(form, "office_administrator.", &enrolling->administrator, notes);
    if (status == NCT_OK)
        status = nct_entrant_note(form, "backup_office_administrator.", &enrolling->backup, notes);
    nct_notes_finish(notes, status, out);
}

void nct_enrolling_finish(struct nct_form *form, const struct nct_enrolling *enrolling, nct_problems **notes) {
    note_kept(form, enrolling, notes);
    sodium_memzero(nct_form_code(form), NCT_AUTHORIZATION_CODE_LENGTH + 1);
}

static nct_status submit(nct_form *form, const char *actor, nct_problems **problems) {
    struct nct_drafts drafts;
    struct nct_enrolling enrolling = {.drafts = &drafts, .actor = actor};
    nct_enrolling_read(form, &enrolling);
    nct_status status = nct_drafts_init(&drafts, nct_form_portal(form), NCT_ENROLLMENT_PINS);
    if (status == NCT_OK)
        status = nct_operate_with_pins(&drafts, nct_enroll, &enrolling);
    if (status == NCT_OK)
        nct_enrolling_finish(form, &enrolling, problems);
    nct_drafts_free(&drafts);
    sodium_memzero(&enrolling, sizeof enrolling);
    return status;
}

nct_status nct_enrollment_submit(nct_form *form, const char *operator_name, size_t operator_name_len, char *code,
                                 size_t capacity, nct_problems **problems) {
    char actor[NCT_ACTOR_ROOM];
    if (problems != NULL)
        *problems = NULL;
    if (!nct_form_is(form, NCT_FORM_ENROLLMENT) || NCT_MISSING(code))
        return NCT_E_ARGUMENT;
    if (capacity > 0)
        code[0] = '\0';
    if (capacity <= NCT_AUTHORIZATION_CODE_LENGTH)
        return NCT_E_BUFFER;
    nct_status status = nct_take_operator(operator_name, operator_name_len, actor);
    if (status == NCT_OK)
        status = nct_form_validate(form, problems);
    if (status == NCT_OK)
        status = nct_enrollment_code(form, code, capacity);
    if (status == NCT_OK)
        status = submit(form, actor, problems);
    if (status != NCT_OK)
        sodium_memzero(code, NCT_AUTHORIZATION_CODE_LENGTH + 1);
    return status;
}

size_t nct_authorization_code_length(void) {
    return NCT_AUTHORIZATION_CODE_LENGTH;
}
