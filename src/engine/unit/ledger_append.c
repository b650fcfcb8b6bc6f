#include "engine/unit/ledger_append.h"

#include "base/bytes.h"

#include <sodium.h>
#include <string.h>

static const char *const event_names[] = {
    [NCT_EVENT_PROVIDER_ENROLLED] = "provider.enrolled",
    [NCT_EVENT_PROVIDER_REGISTERED] = "provider.registered",
    [NCT_EVENT_REGISTRATION_REFUSED] = "registration.refused",
    [NCT_EVENT_PERSON_ADDED] = "person.added",
    [NCT_EVENT_ACCESS_GRANTED] = "access.granted",
    [NCT_EVENT_ACCESS_REVOKED] = "access.revoked",
    [NCT_EVENT_ACCESS_REFUSED] = "access.refused",
    [NCT_EVENT_PIN_ISSUED] = "pin.issued",
    [NCT_EVENT_PIN_RESET] = "pin.reset",
    [NCT_EVENT_PIN_RESET_REFUSED] = "pin.reset_refused",
    [NCT_EVENT_PIN_LOST] = "pin.lost",
    [NCT_EVENT_PASSWORD_SET] = "password.set",
    [NCT_EVENT_CREDENTIALS_TRIED] = "credentials.tried",
    [NCT_EVENT_SIGNATURE_MADE] = "signature.made",
    [NCT_EVENT_SIGNATURE_REFUSED] = "signature.refused",
    [NCT_EVENT_CODE_RENEWED] = "authorization_code.renewed",
    [NCT_EVENT_SIGNATURE_REPEATED] = "signature.repeated",
    [NCT_EVENT_SIGNATURE_REPUDIATED] = "signature.repudiated",
    [NCT_EVENT_REVIEWED] = "document.reviewed",
    [NCT_EVENT_PROVIDER_TERMINATED] = "provider.terminated",
    [NCT_EVENT_PROVIDER_REINSTATED] = "provider.reinstated",
    [NCT_EVENT_ACCESS_SUSPENDED] = "access.suspended",
    [NCT_EVENT_ACCESS_RESTORED] = "access.restored",
    [NCT_EVENT_OA_CHANGE_SUBMITTED] = "oa_change.submitted",
    [NCT_EVENT_OA_CHANGE_REFUSED] = "oa_change.refused",
    [NCT_EVENT_OA_CHANGED] = "oa.changed",
    [NCT_EVENT_OA_CHANGE_ENDED] = "oa_change.ended",
    [NCT_EVENT_EFT_CHANGE_REQUESTED] = "eft_change.requested",
    [NCT_EVENT_EFT_CHANGE_REFUSED] = "eft_change.refused",
    [NCT_EVENT_EFT_CHANGED] = "eft.changed",
    [NCT_EVENT_EFT_CHANGE_ENDED] = "eft_change.ended",
    [NCT_EVENT_PERSON_REKEYED] = "person.rekeyed",
    [NCT_EVENT_PERSON_MERGED] = "person.merged",
    [NCT_EVENT_CONTACT_CONTESTED] = "contact.contested",
    [NCT_EVENT_ENTRY_NOT_TAKEN] = "entry.not_taken",
    [NCT_EVENT_CLOCK_CONFIRMED] = "clock.confirmed",
    [NCT_EVENT_SIGNED_IN] = "sign_in.done",
    [NCT_EVENT_SIGN_IN_REFUSED] = "sign_in.refused",
    [NCT_EVENT_CODE_SENT] = "sign_in.code_sent",
    [NCT_EVENT_SESSION_ENDED] = "session.ended",
    [NCT_EVENT_SESSIONS_ENDED] = "sessions.ended",
    [NCT_EVENT_PASSWORD_CHANGED] = "password.changed",
    [NCT_EVENT_PASSWORD_REFUSED] = "password.refused",
    [NCT_EVENT_PASSWORD_CODE_ASKED] = "password.code_asked",
    [NCT_EVENT_PASSWORD_UNLOCKED] = "password.unlocked",
    [NCT_EVENT_PROVIDER_CHANGED] = "provider.changed",
    [NCT_EVENT_PROVIDER_CHANGE_REFUSED] = "provider.change_refused",
    [NCT_EVENT_STORE_REPAIRED] = "store.repaired",
    [NCT_EVENT_MAIL_RETRIED] = "mail.retried",
    [NCT_EVENT_MAIL_DISCARDED] = "mail.discarded",
    [NCT_EVENT_INVITATION_SENT] = "invitation.sent",
    [NCT_EVENT_INVITATION_TAKEN_BACK] = "invitation.taken_back",
    [NCT_EVENT_INVITATION_ACCEPTED] = "invitation.accepted",
    [NCT_EVENT_INVITATION_DECLINED] = "invitation.declined",
    [NCT_EVENT_INVITATION_REFUSED] = "invitation.refused",
    [NCT_EVENT_AGREEMENT_ACCEPTED] = "agreement.accepted",
    [NCT_EVENT_AGREEMENT_REFUSED] = "agreement.refused",
    [NCT_EVENT_ACCESS_PROPOSED] = "access.proposed",
    [NCT_EVENT_ACCESS_CONFIRMED] = "access.confirmed",
    [NCT_EVENT_ACCESS_REJECTED] = "access.rejected",
    [NCT_EVENT_GROUP_SET] = "group.set",
    [NCT_EVENT_GROUP_REMOVED] = "group.removed",
    [NCT_EVENT_ACCESS_CERTIFIED] = "access.certified",
    [NCT_EVENT_APPLICATION_DRAFTED] = "application.drafted",
    [NCT_EVENT_APPLICATION_REVISED] = "application.revised",
    [NCT_EVENT_APPLICATION_MOVED] = "application.moved",
    [NCT_EVENT_APPLICATION_REFUSED] = "application.refused",
    [NCT_EVENT_REVERIFICATION_BEGUN] = "reverification.begun",
    [NCT_EVENT_APPLICATION_REMINDED] = "application.reminded",
    [NCT_EVENT_REVERIFICATION_NOTICE] = "reverification.notice",
    [NCT_EVENT_REVERIFICATION_HELD] = "reverification.held",
    [NCT_EVENT_REVERIFICATION_EXTENDED] = "reverification.extended",
    [NCT_EVENT_PROVIDER_SUSPENDED] = "provider.suspended",
    [NCT_EVENT_PROVIDER_LAPSED] = "provider.lapsed",
    [NCT_EVENT_DUE_RESTORED] = "due.restored",
    [NCT_EVENT_WORK_ASSIGNED] = "work.assigned",
    [NCT_EVENT_WORK_RELEASED] = "work.released",
    [NCT_EVENT_PRINCIPAL_LISTED] = "principal.listed",
    [NCT_EVENT_PRINCIPAL_REMOVED] = "principal.removed",
    [NCT_EVENT_CONTACT_REQUESTED] = "contact.requested",
    [NCT_EVENT_CONTACT_CHANGED] = "contact.changed",
    [NCT_EVENT_CONTACT_WITHDRAWN] = "contact.withdrawn",
    [NCT_EVENT_CONTACT_REFUSED] = "contact.refused",
    [NCT_EVENT_KEY_ANNOUNCED] = "key.announced",
    [NCT_EVENT_KEY_RETIRED] = "key.retired",
    [NCT_EVENT_KEY_COMPROMISED] = "key.compromised",
    [NCT_EVENT_LANGUAGE_CHOSEN] = "language.chosen",
    [NCT_EVENT_POLICY_SET] = "policy.set",
    [NCT_EVENT_POLICY_ANNOUNCED] = "policy.announced",
    [NCT_EVENT_POLICY_CHANGED] = "policy.changed",
    [NCT_EVENT_RESEAL_ENDED] = "reseal.ended",
    [NCT_EVENT_RESEAL_RESTARTED] = "reseal.restarted",
    [NCT_EVENT_CHECKPOINT_MADE] = "checkpoint.made",
    [NCT_EVENT_CHECKPOINT_REBUILT] = "checkpoint.rebuilt",
    [NCT_EVENT_CHECKPOINT_RESTARTED] = "checkpoint.restarted",
};
#define EVENTS ((int32_t)(sizeof event_names / sizeof event_names[0]))

const char *nct_event_name(int32_t event) {
    return event > 0 && event < EVENTS ? event_names[event] : "unknown";
}

struct nct_stream nct_stream_of_provider(const char *provider) {
    struct nct_stream stream = {.key = {NCT_STREAM_PROVIDER}, .len = 1 + strlen(provider)};
    memcpy(stream.key + 1, provider, stream.len - 1);
    return stream;
}

struct nct_stream nct_stream_of_portal(void) {
    struct nct_stream stream = {.key = {NCT_STREAM_PORTAL}, .len = 1 + NCT_PORTAL_KEY_LEN};
    memcpy(stream.key + 1, NCT_PORTAL_KEY, NCT_PORTAL_KEY_LEN);
    return stream;
}

struct nct_stream nct_stream_of_person(const unsigned char person[NCT_PERSON_ID]) {
    struct nct_stream stream = {.key = {NCT_STREAM_PERSON}, .len = 1 + NCT_PERSON_ID};
    memcpy(stream.key + 1, person, NCT_PERSON_ID);
    return stream;
}

struct nct_stream nct_stream_of_key(const unsigned char kid[NCT_SIGNING_ID]) {
    struct nct_stream stream = {.key = {NCT_STREAM_KEY}, .len = 1 + NCT_SIGNING_ID};
    memcpy(stream.key + 1, kid, NCT_SIGNING_ID);
    return stream;
}

size_t nct_entry_key(const struct nct_stream *stream, uint64_t sequence, unsigned char key[NCT_ENTRY_KEY_MAX]) {
    memcpy(key, stream->key, stream->len);
    nct_put_be64(key + stream->len, sequence);
    return stream->len + 8;
}

void nct_entry_hash(const struct nct_stream *stream, uint64_t sequence, const void *content, size_t len,
                    unsigned char hash[NCT_HASH]) {
    static const char domain[] = "nctracks/ledger/1";
    unsigned char place[1 + NCT_ENTRY_KEY_MAX];
    size_t place_len = nct_entry_key(stream, sequence, place + 1);
    place[0] = (unsigned char)place_len;
    crypto_generichash_state state;
    crypto_generichash_init(&state, NULL, 0, NCT_HASH);
    crypto_generichash_update(&state, (const unsigned char *)domain, sizeof domain);
    crypto_generichash_update(&state, place, 1 + place_len);
    crypto_generichash_update(&state, content, len);
    crypto_generichash_final(&state, hash, NCT_HASH);
}

/* Cuts between characters, so that what is kept stays UTF-8. */
static void set_text(char *out, size_t capacity, const char *text) {
    if (text == NULL)
        return;
    size_t len = strlen(text);
    if (len >= capacity)
        len = capacity - 1;
    while (len > 0 && ((unsigned char)text[len] & 0xC0) == 0x80)
        len--;
    memcpy(out, text, len);
}

static void fill(struct nct_entry_record *entry, const struct nct_unit *unit, const struct nct_stream_head *head,
                 const struct nct_note *note) {
    memset(entry, 0, sizeof *entry);
    entry->time = unit->now;
    entry->event = (int32_t)note->event;
    entry->outcome = note->outcome;
    set_text(entry->actor, sizeof entry->actor, note->actor);
    set_text(entry->subject, sizeof entry->subject, note->subject);
    set_text(entry->provider, sizeof entry->provider, note->provider);
    set_text(entry->detail, sizeof entry->detail, note->detail);
    if (note->digest != NULL)
        memcpy(entry->digest, note->digest, NCT_HASH);
    memcpy(entry->previous, head->hash, NCT_HASH);
}

static nct_status hash_entry(struct nct_unit *unit, const struct nct_stream *stream, uint64_t sequence,
                             const struct nct_entry_record *entry, unsigned char hash[NCT_HASH]) {
    struct nct_buf content;
    nct_buf_init(&content, &unit->portal->seams.memory);
    nct_record_encode(&nct_type_entry, entry, &content);
    nct_status status = content.status;
    if (status == NCT_OK)
        nct_entry_hash(stream, sequence, content.data, content.len, hash);
    nct_buf_free(&content);
    return status;
}

/* Reads the head, and that nothing stands in the place of the next entry. */
static nct_status find_end(struct nct_unit *unit, const struct nct_stream *stream, struct nct_stream_head *head,
                           unsigned char key[NCT_ENTRY_KEY_MAX], size_t *key_len) {
    struct nct_entry_record entry;
    nct_status status = nct_unit_get(unit, &nct_type_stream, stream->key, stream->len, head);
    if (status != NCT_OK && status != NCT_E_NOT_FOUND)
        return status;
    *key_len = nct_entry_key(stream, ++head->sequence, key);
    status = nct_unit_get(unit, &nct_type_entry, key, *key_len, &entry);
    if (status == NCT_OK)
        return nct_unit_explain_mismatch(unit, &nct_type_stream, stream->key, stream->len);
    return status == NCT_E_NOT_FOUND ? NCT_OK : status;
}

nct_status nct_ledger_check_end(struct nct_unit *unit, const struct nct_stream *stream) {
    struct nct_stream_head head;
    unsigned char key[NCT_ENTRY_KEY_MAX];
    size_t key_len = 0;
    return find_end(unit, stream, &head, key, &key_len);
}

nct_status nct_ledger_append(struct nct_unit *unit, const struct nct_stream *stream, const struct nct_note *note) {
    struct nct_stream_head head;
    struct nct_entry_record entry;
    unsigned char key[NCT_ENTRY_KEY_MAX];
    size_t key_len = 0;
    nct_status status = find_end(unit, stream, &head, key, &key_len);
    if (status != NCT_OK)
        return status;
    fill(&entry, unit, &head, note);
    status = nct_unit_put(unit, &nct_type_entry, key, key_len, &entry);
    if (status == NCT_OK)
        status = hash_entry(unit, stream, head.sequence, &entry, head.hash);
    if (status == NCT_OK)
        status = nct_unit_put(unit, &nct_type_stream, stream->key, stream->len, &head);
    return status;
}

nct_status nct_ledger_append_both(struct nct_unit *unit, const char *provider,
                                  const unsigned char person[NCT_PERSON_ID], const struct nct_note *note) {
    struct nct_stream of_provider = nct_stream_of_provider(provider);
    struct nct_stream of_person = nct_stream_of_person(person);
    nct_status status = nct_ledger_append(unit, &of_provider, note);
    return status == NCT_OK ? nct_ledger_append(unit, &of_person, note) : status;
}
