#include "base/about.h"
#include "base/bytes.h"
#include "portal/access/admit.h"
#include "portal/provider/authorization_code.h"
#include "portal/registry/stand_in.h"

#include <nctracks/registration.h>

#include <sodium.h>
#include <stdio.h>
#include <string.h>

/* What the unit of work needs, read from the form once. Entrant 0 is the OA. */
struct registering {
    struct nct_drafts drafts;
    char provider[NCT_PROVIDER_ROOM];
    unsigned char code[NCT_HASH];
    struct nct_eft eft;
    struct nct_person_record registrant;
    struct nct_entrant *entrants;
    size_t count;
};

/* An attempt that is refused leaves an entry; for an unknown provider in a shared stream. */
static nct_status refuse(struct nct_unit *unit, const struct registering *registering, int known, nct_status why) {
    unsigned char shadow[NCT_PERSON_ID];
    nct_shadow_of(unit->portal, registering->provider, shadow);
    struct nct_stream stream = known ? nct_stream_of_provider(registering->provider) : nct_stream_of_person(shadow);
    struct nct_note note = {.event = NCT_EVENT_REGISTRATION_REFUSED,
                            .outcome = why,
                            .actor = registering->registrant.ncid,
                            .provider = registering->provider};
    nct_status status = nct_ledger_append(unit, &stream, &note);
    return status == NCT_OK ? nct_unit_refuse(unit, why) : status;
}

/* Whether the code is the record's, and if so, what else stands against the registration. An unknown provider goes the
 * same way with a hash of zeros, which no code has. */
static nct_status judge(const struct registering *registering, const struct nct_provider_record *record,
                        const struct nct_provider_private *private) {
    if (sodium_memcmp(registering->code, private->code, NCT_HASH) != 0)
        return NCT_E_PROVIDER_OR_CODE;
    if (record->state == NCT_PROVIDER_TERMINATED)
        return NCT_E_TERMINATED;
    if (record->state != NCT_PROVIDER_ENROLLED)
        return NCT_E_OA_EXISTS;
    const struct nct_policy *policy = &registering->drafts.portal->policy;
    return nct_policy_check_oa(policy, registering->provider, record->kind, registering->entrants[0].relationship);
}

/* Who registers gives the access, whether or not they get some. The OA comes first, and is often the one. */
static nct_status name_registrant(struct nct_unit *unit, struct registering *registering) {
    unsigned char fresh[NCT_PERSON_ID];
    unsigned char person[NCT_PERSON_ID];
    const char *ncid = registering->registrant.ncid;
    if (strcmp(ncid, registering->entrants[0].entered.ncid) == 0)
        return NCT_OK;
    nct_status status = nct_draft_person(&registering->drafts, ncid, fresh);
    return status == NCT_OK ? nct_person_name_new(unit, ncid, ncid, fresh, person) : status;
}

static nct_status admit_all(struct nct_unit *unit, struct registering *registering, unsigned char oa[NCT_PERSON_ID]) {
    struct nct_person_record on_file;
    unsigned char person[NCT_PERSON_ID];
    char name[NCT_PRINTED_NAME_ROOM];
    nct_status status = nct_person_find(unit, registering->registrant.ncid, person, &on_file);
    const struct nct_person_record *registrant = status == NCT_OK ? &on_file : &registering->registrant;
    if (status == NCT_E_UNKNOWN_PERSON)
        status = name_registrant(unit, registering);
    nct_person_name(registrant, name);
    struct nct_issue issue = {
        .occasion = NCT_ON_REGISTRATION,
        .event = NCT_EVENT_PIN_ISSUED,
        .actor = registering->registrant.ncid,
        .provider = registering->provider,
        .registrant = {registering->registrant.ncid, name, registrant->email, registrant->language}};
    for (size_t i = 0; i < registering->count && status == NCT_OK; i++) {
        struct nct_entrant *entrant = &registering->entrants[i];
        if (entrant->entered.ncid[0] == '\0') /* an index that was left out */
            continue;
        status = nct_entrant_admit(unit, &registering->drafts, registering->provider, entrant, &issue, person);
        if (i == 0)
            memcpy(oa, person, NCT_PERSON_ID);
    }
    return status;
}

static nct_status put_provider(struct nct_unit *unit, const struct registering *registering,
                               struct nct_provider_record *record, struct nct_provider_private *private) {
    size_t key_len = strlen(registering->provider);
    private->eft = registering->eft;
    record->state = NCT_PROVIDER_REGISTERED;
    record->registered_at = unit->now;
    nct_status status = nct_unit_put(unit, &nct_type_provider, registering->provider, key_len, record);
    if (status == NCT_OK)
        status = nct_unit_put(unit, &nct_type_provider_private, registering->provider, key_len, private);
    struct nct_stream stream = nct_stream_of_provider(registering->provider);
    struct nct_note note = {.event = NCT_EVENT_PROVIDER_REGISTERED,
                            .actor = registering->registrant.ncid,
                            .subject = registering->entrants[0].entered.ncid,
                            .provider = registering->provider};
    return status == NCT_OK ? nct_ledger_append(unit, &stream, &note) : status;
}

static nct_status register_provider(struct nct_unit *unit, void *argument) {
    struct registering *registering = argument;
    struct nct_provider_record record;
    struct nct_provider_private private;
    size_t key_len = strlen(registering->provider);
    nct_status status = nct_unit_get(unit, &nct_type_provider, registering->provider, key_len, &record);
    int known = status == NCT_OK;
    if (known || status == NCT_E_NOT_FOUND)
        status = nct_unit_get(unit, &nct_type_provider_private, registering->provider, key_len, &private);
    if (status == NCT_OK || status == NCT_E_NOT_FOUND) {
        nct_status verdict = judge(registering, &record, &private);
        if (verdict != NCT_OK)
            status = refuse(unit, registering, known, verdict);
        else
            status = put_provider(unit, registering, &record, &private);
        if (status == NCT_OK && verdict == NCT_OK)
            status = admit_all(unit, registering, record.oa);
        if (status == NCT_OK && verdict == NCT_OK)
            status = nct_unit_put(unit, &nct_type_provider, registering->provider, key_len, &record);
    }
    sodium_memzero(&private, sizeof private);
    return status;
}

static void prefix_of(size_t index, char prefix[32]) {
    if (index == 0)
        snprintf(prefix, 32, "office_administrator.");
    else
        snprintf(prefix, 32, "users[%zu].", index - 1);
}

static void read_form(const struct nct_form *form, struct registering *registering) {
    size_t len = 0;
    nct_form_text(form, "provider.npi", registering->provider, sizeof registering->provider);
    const void *code = nct_form_raw(form, "provider.authorization_code", &len);
    nct_code_hash(nct_form_portal(form), registering->provider, code, len, registering->code);
    nct_form_eft(form, &registering->eft);
    for (size_t i = 0; i < registering->count; i++) {
        char prefix[32];
        prefix_of(i, prefix);
        nct_form_entrant(form, prefix, &registering->entrants[i]);
    }
    registering->entrants[0].grant = (struct nct_grant_record){.role = NCT_ROLE_OFFICE_ADMINISTRATOR};
    registering->entrants[0].relationship = nct_form_choice(form, "office_administrator.relationship");
    registering->registrant = registering->entrants[0].entered;
    if (nct_form_has(form, "registrant."))
        nct_form_person(form, "registrant.", &registering->registrant);
}

/* What was typed of people the portal knew, and not taken. */
static void note_kept(const struct nct_form *form, const struct registering *registering, nct_problems **out) {
    struct nct_problems *notes = NULL;
    nct_status status = nct_problems_new(nct_form_portal(form), NCT_FORM_REGISTRATION, &notes);
    for (size_t i = 0; i < registering->count && status == NCT_OK; i++) {
        char prefix[32];
        prefix_of(i, prefix);
        status = nct_entrant_note(form, prefix, &registering->entrants[i], notes);
    }
    nct_notes_finish(notes, status, out);
}

static nct_status submit(const struct nct_form *form, nct_problems **problems) {
    struct nct_portal *portal = nct_form_portal(form);
    const struct nct_memory *memory = &portal->seams.memory;
    struct registering registering = {.count = 1 + nct_form_users(form)};
    registering.entrants = nct_memory_take_array(memory, registering.count, sizeof *registering.entrants);
    nct_status status = nct_drafts_init(&registering.drafts, portal, registering.count + 1); /* the registrant */
    if (status == NCT_OK && registering.entrants == NULL)
        status = NCT_E_NO_MEMORY;
    if (status == NCT_OK) {
        read_form(form, &registering);
        status = nct_operate_with_pins(&registering.drafts, register_provider, &registering);
    }
    if (status == NCT_OK)
        note_kept(form, &registering, problems);
    nct_drafts_free(&registering.drafts);
    nct_memory_give(memory, registering.entrants);
    sodium_memzero(&registering, sizeof registering);
    return status;
}

nct_status nct_registration_submit(nct_form *form, nct_problems **problems) {
    if (problems != NULL)
        *problems = NULL;
    if (!nct_form_is(form, NCT_FORM_REGISTRATION))
        return NCT_E_ARGUMENT;
    nct_status status = nct_form_validate(form, problems);
    if (status == NCT_OK)
        status = submit(form, problems);
    if (status == NCT_E_RELATIONSHIP)
        status = nct_form_refuse(form, "office_administrator.relationship", status, problems);
    return status;
}
