#include "base/bytes.h"
#include "portal/access/admit.h"
#include "portal/provider/authorization_code.h"
#include "portal/registry/stand_in.h"

#include <nctracks/registration.h>

#include <sodium.h>
#include <stdio.h>
#include <string.h>

nct_status nct_registration_new(nct_portal *portal, nct_registration **out) {
    struct nct_form *form = NULL;
    if (out == NULL)
        return NCT_E_ARGUMENT;
    nct_status status = nct_form_new(portal, NCT_FORM_REGISTRATION, &form);
    *out = (nct_registration *)form;
    return status;
}

void nct_registration_free(nct_registration *registration) {
    nct_form_free((struct nct_form *)registration);
}

nct_status nct_registration_set(nct_registration *registration, const char *path, const void *value, size_t len) {
    return nct_form_set((struct nct_form *)registration, path, value, len);
}

/* The NCID of the OA (index 0) or of user index - 1. */
static void ncid_of(const struct nct_form *form, size_t index, char path[64], char ncid[NCT_NCID_ROOM]) {
    if (index == 0)
        snprintf(path, 64, "office_administrator.ncid");
    else
        snprintf(path, 64, "users[%zu].ncid", index - 1);
    nct_form_text(form, path, ncid, NCT_NCID_ROOM);
}

/* Each NCID may be given access once. The registrant may well be one of them. */
static nct_status check_duplicates(const struct nct_form *form, struct nct_problems *problems) {
    char path[64];
    char other_path[64];
    char ncid[NCT_NCID_ROOM];
    char other[NCT_NCID_ROOM];
    nct_status status = NCT_OK;
    for (size_t i = 1; i <= nct_form_users(form) && status == NCT_OK; i++) {
        int duplicate = 0;
        ncid_of(form, i, path, ncid);
        for (size_t j = 0; j < i && ncid[0] != '\0'; j++) {
            ncid_of(form, j, other_path, other);
            duplicate |= strcmp(ncid, other) == 0;
        }
        if (duplicate)
            status = nct_problems_add(problems, path, NCT_E_DUPLICATE);
    }
    return status;
}

/* What the profile says of a role holds here too. Nobody had a role before; standing on the record counts at each use,
 * and the agency may list somebody later. */
static nct_status check_role(const struct nct_policy *policy, int32_t role, int32_t *count) {
    const struct nct_role_rule *rule = nct_policy_rule(policy, role);
    if (!nct_policy_role_manages(policy, NCT_ROLE_OFFICE_ADMINISTRATOR, role))
        return NCT_E_NOT_MANAGED;
    if (rule->from != 0)
        return NCT_E_ROLE_BUILDS_ON;
    return rule->most != 0 && ++*count > rule->most ? NCT_E_ROLE_TAKEN : NCT_OK;
}

static nct_status check_roles(const struct nct_form *form, struct nct_problems *problems) {
    int32_t counts[NCT_ROLE_COUNT] = {0};
    nct_status status = NCT_OK;
    for (size_t i = 0; i < nct_form_users(form) && status == NCT_OK; i++) {
        char path[64];
        char ncid[NCT_NCID_ROOM];
        ncid_of(form, i + 1, path, ncid);
        if (ncid[0] == '\0') /* an index that was left out */
            continue;
        snprintf(path, sizeof path, "users[%zu].", i);
        int32_t role = nct_form_role(form, path);
        nct_status why = check_role(nct_portal_policy(nct_form_portal(form)), role, &counts[role]);
        snprintf(path, sizeof path, "users[%zu].role", i);
        if (why != NCT_OK)
            status = nct_problems_add(problems, path, why);
    }
    return status;
}

static nct_status check_users(const struct nct_form *form, struct nct_problems *problems) {
    nct_status status = check_duplicates(form, problems);
    return status == NCT_OK ? check_roles(form, problems) : status;
}

nct_status nct_registration_validate(nct_registration *registration, nct_problems **problems) {
    return nct_form_validate((struct nct_form *)registration, check_users, problems);
}

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
    int fits = nct_policy_oa_may_be(policy, registering->provider, record->kind, registering->entrants[0].relationship);
    return fits ? NCT_OK : NCT_E_RELATIONSHIP;
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
    char name[2 * NCT_NAME_ROOM];
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

nct_status nct_registration_submit(nct_registration *registration, nct_problems **problems) {
    nct_status status = nct_registration_validate(registration, problems);
    if (status != NCT_OK)
        return status;
    const struct nct_form *form = (const struct nct_form *)registration;
    status = submit(form, problems);
    if (status == NCT_E_RELATIONSHIP)
        status = nct_form_refuse(form, "office_administrator.relationship", status, problems);
    return status;
}
