#include "portal/access/invitation.h"

#include "base/bytes.h"
#include "engine/unit/look.h"
#include "portal/mail/outbox.h"
#include "portal/registry/grant.h"

#include <sodium.h>
#include <stdio.h>
#include <string.h>

#define BY_PERSON_KEY_MAX (NCT_PERSON_ID + NCT_INVITATION_KEY_MAX)

/* The provider's id, NUL, the invitation's. */
static size_t make_key(const struct nct_invitation_at *invitation, unsigned char key[NCT_INVITATION_KEY_MAX]) {
    size_t len = strlen(invitation->provider) + 1;
    memcpy(key, invitation->provider, len);
    memcpy(key + len, invitation->id, NCT_INVITATION_ID);
    return len + NCT_INVITATION_ID;
}

/* The person's id before that. */
static size_t by_person_key(const struct nct_invitation_at *invitation, unsigned char key[BY_PERSON_KEY_MAX]) {
    memcpy(key, invitation->record.person, NCT_PERSON_ID);
    return NCT_PERSON_ID + make_key(invitation, key + NCT_PERSON_ID);
}

int nct_invitation_parse(const unsigned char *key, size_t len, struct nct_invitation_at *invitation) {
    if (len < NCT_PERSON_ID + 2 + NCT_INVITATION_ID)
        return 0;
    size_t provider = len - NCT_PERSON_ID - 1 - NCT_INVITATION_ID;
    memcpy(invitation->id, key + len - NCT_INVITATION_ID, NCT_INVITATION_ID);
    return key[NCT_PERSON_ID + provider] == '\0' && nct_copy_text(invitation->provider, sizeof invitation->provider,
                                                                  (const char *)key + NCT_PERSON_ID, provider);
}

int nct_invitation_is_by_email(const struct nct_invitation_record *record) {
    return sodium_is_zero(record->person, NCT_PERSON_ID);
}

int64_t nct_invitation_lapses_at(const struct nct_policy *policy, const struct nct_invitation_record *record) {
    return record->sent_at + nct_policy_option(policy, NCT_OPTION_INVITATION_TIME);
}

int nct_invitation_waits(const struct nct_policy *policy, const struct nct_invitation_record *record, int64_t now) {
    return nct_waits(now, record->sent_at, nct_invitation_lapses_at(policy, record));
}

void nct_invitation_hash(const struct nct_portal *portal, const char *provider, const void *code, size_t code_len,
                         unsigned char hash[NCT_HASH]) {
    static const char domain[] = "nctracks/invitation/1";
    crypto_generichash_state state;
    crypto_generichash_init(&state, portal->keyring.kept->lookup, NCT_KEY, NCT_HASH);
    crypto_generichash_update(&state, (const unsigned char *)domain, sizeof domain);
    crypto_generichash_update(&state, (const unsigned char *)provider, strlen(provider) + 1);
    crypto_generichash_update(&state, code, code_len);
    crypto_generichash_final(&state, hash, NCT_HASH);
    sodium_memzero(&state, sizeof state);
}

/* A look for one. */
struct seeking {
    const struct nct_invitation_sought *sought;
    struct nct_invitation_at *found;
    size_t count;
    int is_found;
};

/* All are compared, so that the time says nothing of where it is. */
static int is_sought(const struct nct_invitation_sought *sought, const struct nct_invitation_record *record) {
    if (sought->code != NULL)
        return nct_invitation_is_by_email(record) && sodium_memcmp(record->code, sought->code, NCT_HASH) == 0;
    if (sought->person != NULL)
        return memcmp(record->person, sought->person, NCT_PERSON_ID) == 0;
    return nct_invitation_is_by_email(record) && strcmp(record->email, sought->email) == 0;
}

static nct_status compare(struct nct_unit *unit, const struct nct_page_row *row, void *argument) {
    struct seeking *seeking = argument;
    struct nct_invitation_record record;
    (void)unit;
    nct_status status = nct_record_decode(&nct_type_invitation, row->content, row->len, &record);
    if (status != NCT_OK || row->key_len <= NCT_INVITATION_ID)
        return status != NCT_OK ? status : NCT_E_INTEGRITY;
    seeking->count++;
    if (is_sought(seeking->sought, &record)) {
        seeking->is_found = 1;
        memcpy(seeking->found->id, row->key + row->key_len - NCT_INVITATION_ID, NCT_INVITATION_ID);
    }
    sodium_memzero(&record, sizeof record);
    return NCT_OK;
}

/* Reads both rows, so that they can be written; one without the other was altered. */
static nct_status read_rows(struct nct_unit *unit, struct nct_invitation_at *invitation) {
    unsigned char key[BY_PERSON_KEY_MAX];
    char nothing[1];
    size_t len = make_key(invitation, key);
    nct_status status = nct_unit_get(unit, &nct_type_invitation, key, len, &invitation->record);
    if (status != NCT_OK || nct_invitation_is_by_email(&invitation->record))
        return status;
    status = nct_unit_get(unit, &nct_type_invitation_by_person, key, by_person_key(invitation, key), nothing);
    if (status != NCT_E_NOT_FOUND)
        return status;
    return nct_unit_explain_mismatch(unit, &nct_type_invitation, key, make_key(invitation, key));
}

nct_status nct_invitation_find(struct nct_unit *unit, const struct nct_invitation_sought *sought,
                               struct nct_invitation_at *invitation, size_t *count) {
    struct seeking seeking = {.sought = sought, .found = invitation};
    nct_status status =
        nct_look(unit, &nct_type_invitation, invitation->provider, strlen(invitation->provider) + 1, compare, &seeking);
    if (count != NULL)
        *count = seeking.count;
    if (status != NCT_OK || !seeking.is_found)
        return status == NCT_OK ? NCT_E_NOT_FOUND : status;
    return read_rows(unit, invitation);
}

nct_status nct_invitation_get(struct nct_unit *unit, struct nct_invitation_at *invitation) {
    unsigned char key[NCT_INVITATION_KEY_MAX];
    size_t len = make_key(invitation, key);
    nct_status status =
        nct_look_get(unit, &nct_type_invitation, key, len, len - NCT_INVITATION_ID, &invitation->record, NULL);
    return status == NCT_OK ? read_rows(unit, invitation) : status;
}

nct_status nct_invitation_put(struct nct_unit *unit, const struct nct_invitation_at *invitation) {
    unsigned char key[NCT_INVITATION_KEY_MAX];
    return nct_unit_put(unit, &nct_type_invitation, key, make_key(invitation, key), &invitation->record);
}

nct_status nct_invitation_create(struct nct_unit *unit, const struct nct_invitation_at *invitation) {
    unsigned char key[BY_PERSON_KEY_MAX];
    nct_status status = nct_invitation_put(unit, invitation);
    if (status != NCT_OK || nct_invitation_is_by_email(&invitation->record))
        return status;
    return nct_unit_put(unit, &nct_type_invitation_by_person, key, by_person_key(invitation, key), "");
}

nct_status nct_invitation_remove(struct nct_unit *unit, const struct nct_invitation_at *invitation) {
    unsigned char key[BY_PERSON_KEY_MAX];
    nct_status status = nct_outbox_withdraw(unit, invitation->record.mail);
    if (status == NCT_OK)
        status = nct_unit_delete(unit, &nct_type_invitation, key, make_key(invitation, key));
    if (status != NCT_OK || nct_invitation_is_by_email(&invitation->record))
        return status;
    return nct_unit_delete(unit, &nct_type_invitation_by_person, key, by_person_key(invitation, key));
}

/* "0f3a...: user, rights 0000000000000009": an address is not kept in the ledger. */
static void describe(const struct nct_invitation_at *invitation, const char *what, char detail[NCT_DETAIL_ROOM]) {
    char id[2 * NCT_INVITATION_ID + 1];
    char terms[NCT_GRANT_DETAIL_ROOM];
    const struct nct_invitation_record *record = &invitation->record;
    const struct nct_grant_record grant = {.role = record->role,
                                           .rights = record->rights,
                                           .valid_from = record->valid_from,
                                           .valid_until = record->valid_until};
    nct_hex(id, invitation->id, NCT_INVITATION_ID);
    nct_grant_describe(&grant, terms);
    snprintf(detail, NCT_DETAIL_ROOM, "%s%s: %s", id, what, terms);
}

nct_status nct_invitation_note(struct nct_unit *unit, const struct nct_invitation_at *invitation, enum nct_event event,
                               const char *actor, const char *what) {
    char detail[NCT_DETAIL_ROOM];
    char ncid[NCT_NCID_ROOM];
    const unsigned char *person = invitation->record.person;
    struct nct_stream stream = nct_stream_of_provider(invitation->provider);
    nct_status status = nct_ncid_of(unit, person, ncid);
    if (status != NCT_OK)
        return status;
    describe(invitation, what, detail);
    struct nct_note note = {
        .event = event, .actor = actor, .subject = ncid, .provider = invitation->provider, .detail = detail};
    if (nct_invitation_is_by_email(&invitation->record))
        return nct_ledger_append(unit, &stream, &note);
    return nct_ledger_append_both(unit, invitation->provider, person, &note);
}

static nct_status drop(struct nct_unit *unit, const struct nct_page_row *row, void *argument) {
    const char *const *actor = argument;
    struct nct_invitation_at invitation;
    if (!nct_invitation_parse(row->key, row->key_len, &invitation))
        return NCT_E_INTEGRITY;
    nct_status status = nct_invitation_get(unit, &invitation);
    if (status != NCT_OK) /* whoever took it away would have moved the person's head */
        return status == NCT_E_NOT_FOUND ? NCT_E_INTEGRITY : status;
    status = nct_invitation_remove(unit, &invitation);
    return status == NCT_OK ? nct_invitation_note(unit, &invitation, NCT_EVENT_INVITATION_TAKEN_BACK, *actor, "")
                            : status;
}

nct_status nct_invitations_drop(struct nct_unit *unit, const unsigned char person[NCT_PERSON_ID], const char *actor) {
    return nct_look(unit, &nct_type_invitation_by_person, person, NCT_PERSON_ID, drop, &actor);
}
