#include "engine/handle/arguments.h"
#include "portal/access/admit.h"
#include "portal/provider/authorization_code.h"
#include "portal/provider/reverify.h"

#include <nctracks/provider.h>

#include <sodium.h>
#include <string.h>

_Static_assert(NCT_PROVIDER_INDIVIDUAL == 1 && NCT_PROVIDER_ORGANIZATION == 2, "order of the choices of provider.kind");

struct nct_enrollment {
    struct nct_form *form;
    char code[NCT_AUTHORIZATION_CODE_LENGTH + 1]; /* empty until it is drawn */
};

nct_status nct_enrollment_new(nct_portal *portal, nct_enrollment **out) {
    if (out != NULL)
        *out = NULL;
    if (portal == NULL || out == NULL)
        return NCT_E_ARGUMENT;
    nct_enrollment *enrollment = nct_memory_take(&portal->seams.memory, sizeof *enrollment);
    if (enrollment == NULL)
        return NCT_E_NO_MEMORY;
    nct_status status = nct_form_new(portal, NCT_FORM_ENROLLMENT, &enrollment->form);
    if (status == NCT_OK)
        *out = enrollment;
    else
        nct_memory_give(&portal->seams.memory, enrollment);
    return status;
}

void nct_enrollment_free(nct_enrollment *enrollment) {
    if (enrollment == NULL)
        return;
    const struct nct_memory memory = nct_form_portal(enrollment->form)->seams.memory;
    nct_form_free(enrollment->form);
    nct_memory_give_wiped(&memory, enrollment, sizeof *enrollment);
}

nct_status nct_enrollment_set(nct_enrollment *enrollment, const char *path, const void *value, size_t len) {
    return nct_form_set(enrollment != NULL ? enrollment->form : NULL, path, value, len);
}

nct_status nct_enrollment_code(nct_enrollment *enrollment, char *code, size_t capacity) {
    if (enrollment == NULL || code == NULL)
        return NCT_E_ARGUMENT;
    if (capacity > 0)
        code[0] = '\0';
    if (capacity <= NCT_AUTHORIZATION_CODE_LENGTH)
        return NCT_E_BUFFER;
    if (enrollment->code[0] == '\0') {
        nct_status status = nct_code_draw(nct_form_portal(enrollment->form), enrollment->code);
        if (status != NCT_OK) {
            sodium_memzero(enrollment->code, sizeof enrollment->code);
            return status;
        }
    }
    memcpy(code, enrollment->code, sizeof enrollment->code);
    return NCT_OK;
}

/* Why somebody listed may not be named as Backup OA; NCT_OK where nobody is. */
static nct_status judge_backup(const struct nct_form *form, const char *provider, int32_t kind) {
    const struct nct_policy *policy = &nct_form_portal(form)->policy;
    const struct nct_role_rule *rule = nct_policy_rule(policy, NCT_ROLE_BACKUP_OFFICE_ADMINISTRATOR);
    char backup[NCT_NCID_ROOM];
    char oa[NCT_NCID_ROOM];
    int32_t relationship = nct_form_choice(form, "backup_office_administrator.relationship");
    nct_form_text(form, "backup_office_administrator.ncid", backup, sizeof backup);
    nct_form_text(form, "office_administrator.ncid", oa, sizeof oa);
    if (backup[0] == '\0' || kind == 0 || relationship == 0)
        return NCT_OK;
    if (!nct_policy_knows_role(policy, NCT_ROLE_BACKUP_OFFICE_ADMINISTRATOR))
        return NCT_E_NOT_MANAGED;
    if (oa[0] == '\0')
        return NCT_E_ROLE_BUILDS_ON; /* who stands in for nobody */
    if (strcmp(backup, oa) == 0)
        return NCT_E_DUPLICATE;
    int stands = rule->standing == 0 || (rule->standing & NCT_BIT(relationship)) != 0;
    return stands && nct_policy_oa_may_be(policy, provider, kind, relationship) ? NCT_OK : NCT_E_RELATIONSHIP;
}

static nct_status check_relationship(const struct nct_form *form, struct nct_problems *problems) {
    const struct nct_policy *policy = &nct_form_portal(form)->policy;
    char provider[NCT_PROVIDER_ROOM];
    int32_t kind = nct_form_choice(form, "provider.kind");
    int32_t relationship = nct_form_choice(form, "office_administrator.relationship");
    nct_form_text(form, "provider.npi", provider, sizeof provider);
    nct_status why = judge_backup(form, provider, kind);
    nct_status status = why == NCT_OK
                            ? NCT_OK
                            : nct_problems_add(problems,
                                               why == NCT_E_RELATIONSHIP ? "backup_office_administrator.relationship"
                                                                         : "backup_office_administrator.ncid",
                                               why);
    if (status != NCT_OK || kind == 0 || relationship == 0 ||
        nct_policy_oa_may_be(policy, provider, kind, relationship))
        return status;
    return nct_problems_add(problems, "office_administrator.relationship", NCT_E_RELATIONSHIP);
}

nct_status nct_enrollment_validate(nct_enrollment *enrollment, nct_problems **problems) {
    if (problems != NULL)
        *problems = NULL;
    return nct_form_validate(enrollment != NULL ? enrollment->form : NULL, check_relationship, problems);
}

/* What the unit of work needs, read from the form once. */
struct enrolling {
    struct nct_drafts drafts;
    char provider[NCT_PROVIDER_ROOM];
    struct nct_provider_record record;
    struct nct_provider_private private;
    struct nct_entrant administrator; /* without an NCID: none is designated */
    struct nct_entrant backup;        /* likewise */
    const char *actor;
};

static nct_status enroll(struct nct_unit *unit, void *argument) {
    struct enrolling *enrolling = argument;
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
        status = nct_unit_put(unit, &nct_type_provider, provider, key_len, &record);
    if (status != NCT_OK || !designated)
        return status;
    struct nct_issue issue = {
        .occasion = NCT_ON_ENROLLMENT, .event = NCT_EVENT_PIN_ISSUED, .actor = enrolling->actor, .provider = provider};
    status = nct_entrant_admit(unit, &enrolling->drafts, provider, &enrolling->administrator, &issue, record.oa);
    if (status == NCT_OK && enrolling->backup.entered.ncid[0] != '\0')
        status = nct_entrant_admit(unit, &enrolling->drafts, provider, &enrolling->backup, &issue, record.backup);
    return status == NCT_OK ? nct_unit_put(unit, &nct_type_provider, provider, key_len, &record) : status;
}

static void read_form(const struct nct_form *form, struct enrolling *enrolling) {
    struct nct_provider_record *record = &enrolling->record;
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
}

/* What was typed of people the portal knew, and not taken. */
static void note_kept(const struct nct_form *form, const struct enrolling *enrolling, nct_problems **out) {
    struct nct_problems *notes = NULL;
    nct_status status = nct_problems_new(nct_form_portal(form), NCT_FORM_ENROLLMENT, &notes);
    if (status == NCT_OK)
        status = nct_entrant_note(form, "office_administrator.", &enrolling->administrator, notes);
    if (status == NCT_OK)
        status = nct_entrant_note(form, "backup_office_administrator.", &enrolling->backup, notes);
    nct_notes_finish(notes, status, out);
}

static nct_status submit(nct_enrollment *enrollment, const char *actor, char *code, nct_problems **problems) {
    struct nct_portal *portal = nct_form_portal(enrollment->form);
    struct enrolling enrolling = {.actor = actor};
    read_form(enrollment->form, &enrolling);
    nct_status status = nct_enrollment_code(enrollment, code, NCT_AUTHORIZATION_CODE_LENGTH + 1);
    if (status == NCT_OK)
        nct_code_hash(portal, enrolling.provider, code, strlen(code), enrolling.private.code);
    if (status == NCT_OK)
        status = nct_drafts_init(&enrolling.drafts, portal, 2);
    if (status == NCT_OK)
        status = nct_operate_with_pins(&enrolling.drafts, enroll, &enrolling);
    if (enrolling.drafts.portal != NULL)
        nct_drafts_free(&enrolling.drafts);
    if (status == NCT_OK) {
        note_kept(enrollment->form, &enrolling, problems);
        sodium_memzero(enrollment->code, sizeof enrollment->code);
    } else {
        sodium_memzero(code, NCT_AUTHORIZATION_CODE_LENGTH + 1);
    }
    sodium_memzero(&enrolling, sizeof enrolling);
    return status;
}

nct_status nct_enrollment_submit(nct_enrollment *enrollment, const char *operator_name, size_t operator_len, char *code,
                                 size_t capacity, nct_problems **problems) {
    char actor[NCT_ACTOR_ROOM];
    if (problems != NULL)
        *problems = NULL;
    if (enrollment == NULL || code == NULL)
        return NCT_E_ARGUMENT;
    if (capacity > 0)
        code[0] = '\0';
    if (capacity <= NCT_AUTHORIZATION_CODE_LENGTH)
        return NCT_E_BUFFER;
    nct_status status = nct_take_operator(operator_name, operator_len, actor);
    if (status == NCT_OK)
        status = nct_enrollment_validate(enrollment, problems);
    return status == NCT_OK ? submit(enrollment, actor, code, problems) : status;
}

size_t nct_authorization_code_length(void) {
    return NCT_AUTHORIZATION_CODE_LENGTH;
}
