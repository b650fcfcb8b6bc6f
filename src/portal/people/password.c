#include "engine/handle/arguments.h"
#include "engine/unit/ledger_append.h"
#include "portal/credentials/verifier.h"
#include "portal/registry/person.h"

#include <sodium.h>
#include <string.h>

/* A verifier is derived for a person id, so the id is read first, and must still be theirs when it is put in force. */
struct password_setting {
    const char *actor;
    const char *ncid;
    unsigned char person[NCT_PERSON_ID];
    struct nct_verifier verifier;
};

static nct_status find_person(struct nct_unit *unit, void *argument) {
    struct password_setting *setting = argument;
    struct nct_person_record record;
    return nct_person_find(unit, setting->ncid, setting->person, &record);
}

static nct_status set_password(struct nct_unit *unit, void *argument) {
    const struct password_setting *setting = argument;
    unsigned char person[NCT_PERSON_ID];
    struct nct_person_record record;
    struct nct_credential credential;
    nct_status status = nct_person_find(unit, setting->ncid, person, &record);
    if (status == NCT_OK && memcmp(person, setting->person, NCT_PERSON_ID) != 0)
        status = NCT_E_BUSY;
    if (status == NCT_OK)
        status = nct_unit_get(unit, &nct_type_credential, person, NCT_PERSON_ID, &credential);
    if (status != NCT_OK && status != NCT_E_NOT_FOUND)
        return status;
    nct_factor_renew(&credential.password, &setting->verifier, unit->now);
    status = nct_unit_put(unit, &nct_type_credential, person, NCT_PERSON_ID, &credential);
    sodium_memzero(&credential, sizeof credential);
    struct nct_stream stream = nct_stream_of_person(person);
    struct nct_note note = {.event = NCT_EVENT_PASSWORD_SET, .actor = setting->actor, .subject = setting->ncid};
    return status == NCT_OK ? nct_ledger_append(unit, &stream, &note) : status;
}

nct_status nct_password_set(nct_portal *portal, const char *operator_name, size_t operator_name_len, const char *ncid,
                            size_t ncid_len, const char *password, size_t password_len) {
    char actor[NCT_ACTOR_ROOM];
    char id[NCT_NCID_ROOM];
    if (portal == NULL)
        return NCT_E_ARGUMENT;
    if (portal->callbacks.identity.verify_password != NULL)
        return NCT_E_STATE;
    nct_status status = nct_take_operator(operator_name, operator_name_len, actor);
    if (status == NCT_OK)
        status = nct_take_ncid(ncid, ncid_len, id);
    if (status == NCT_OK)
        status = nct_check_password(password, password_len);
    struct password_setting setting = {.actor = actor, .ncid = id};
    if (status == NCT_OK)
        status = nct_unit_read(portal, find_person, &setting);
    if (status == NCT_OK)
        status =
            nct_verifier_make(portal, NCT_SECRET_PASSWORD, setting.person, password, password_len, &setting.verifier);
    if (status == NCT_OK)
        status = nct_unit_run(portal, set_password, &setting, NULL);
    sodium_memzero(&setting, sizeof setting);
    return status;
}

size_t nct_password_max(void) {
    return NCT_PASSWORD_MAX;
}
