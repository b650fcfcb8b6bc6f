#include "portal/signin/session.h"

#include "base/bytes.h"
#include "base/utf8.h"
#include "engine/handle/arguments.h"
#include "portal/registry/person.h"

#include <sodium.h>
#include <string.h>

_Static_assert(NCT_SESSIONS_MAX == NCT_SESSION_PLACES, "sessions of a row");
_Static_assert(NCT_SESSION_ID_LENGTH == 2 * NCT_SESSION_ID, "length of an id");
_Static_assert(NCT_SESSION_TOKEN_LENGTH * 3 / 4 == NCT_SESSION_TOKEN_BYTES, "length of a token");

#define LABEL_CHARACTERS 100

/* What follows from the random part of a token. */
struct derived {
    unsigned char digest[NCT_HASH];
    unsigned char mask[NCT_PERSON_ID];
    unsigned char id[NCT_SESSION_ID];
};

static void derive(const struct nct_portal *portal, const unsigned char random[NCT_HASH], struct derived *out) {
    static const char domain[] = "nctracks/session/1";
    unsigned char bytes[NCT_HASH + NCT_PERSON_ID + NCT_SESSION_ID];
    crypto_generichash_state state;
    crypto_generichash_init(&state, portal->keyring.kept->lookup, NCT_KEY, sizeof bytes);
    crypto_generichash_update(&state, (const unsigned char *)domain, sizeof domain);
    crypto_generichash_update(&state, random, NCT_HASH);
    crypto_generichash_final(&state, bytes, sizeof bytes);
    memcpy(out->digest, bytes, NCT_HASH);
    memcpy(out->mask, bytes + NCT_HASH, NCT_PERSON_ID);
    memcpy(out->id, bytes + NCT_HASH + NCT_PERSON_ID, NCT_SESSION_ID);
    sodium_memzero(bytes, sizeof bytes);
    sodium_memzero(&state, sizeof state);
}

static void mask(unsigned char out[NCT_PERSON_ID], const unsigned char in[NCT_PERSON_ID],
                 const struct derived *derived) {
    for (size_t i = 0; i < NCT_PERSON_ID; i++)
        out[i] = in[i] ^ derived->mask[i];
}

int nct_session_key_read(const struct nct_portal *portal, const char *token, size_t len, struct nct_session_key *key) {
    unsigned char bytes[NCT_SESSION_TOKEN_BYTES];
    struct derived derived;
    size_t bytes_len = 0;
    if (len != NCT_SESSION_TOKEN_LENGTH || sodium_base642bin(bytes, sizeof bytes, token, len, NULL, &bytes_len, NULL,
                                                             sodium_base64_VARIANT_URLSAFE_NO_PADDING) != 0)
        return 0;
    derive(portal, bytes, &derived);
    memcpy(key->digest, derived.digest, NCT_HASH);
    mask(key->person, bytes + NCT_HASH, &derived);
    sodium_memzero(bytes, sizeof bytes);
    sodium_memzero(&derived, sizeof derived);
    return bytes_len == NCT_SESSION_TOKEN_BYTES;
}

static nct_status make_token(const struct nct_portal *portal, const unsigned char person[NCT_PERSON_ID],
                             struct nct_session_record *session, char token[NCT_SESSION_TOKEN_ROOM]) {
    unsigned char bytes[NCT_SESSION_TOKEN_BYTES];
    struct derived derived;
    nct_status status = nct_seams_fill(&portal->seams, bytes, NCT_HASH);
    if (status == NCT_OK) {
        derive(portal, bytes, &derived);
        mask(bytes + NCT_HASH, person, &derived);
        memcpy(session->token, derived.digest, NCT_HASH);
        memcpy(session->id, derived.id, NCT_SESSION_ID);
        sodium_bin2base64(token, NCT_SESSION_TOKEN_ROOM, bytes, sizeof bytes, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    }
    sodium_memzero(bytes, sizeof bytes);
    sodium_memzero(&derived, sizeof derived);
    return status;
}

void nct_session_clear(struct nct_session_record *session) {
    memset(session, 0, sizeof *session);
}

/* A clock that went back ends a session: how long it was unused cannot be told. */
static int is_in_time(const struct nct_policy *policy, const struct nct_session_record *session, int64_t now) {
    return now >= session->used_at && now - session->used_at < nct_policy_option(policy, NCT_OPTION_SESSION_IDLE) &&
           now - session->began_at < nct_policy_option(policy, NCT_OPTION_SESSION_LONGEST);
}

static void take_out_over(const struct nct_unit *unit, struct nct_session_record *session) {
    if (!is_in_time(&unit->portal->policy, session, unit->now))
        nct_session_clear(session);
}

/* Sessions begun under another NCID or before another secret have ended. */
static void take_out_ended(const struct nct_unit *unit, struct nct_sign_in_file *file,
                           const struct nct_credential *credential) {
    struct nct_sign_in_record *row = &file->row;
    if (strcmp(row->ncid, file->record.ncid) != 0 || row->password != credential->password.generation ||
        row->pin != credential->pin.generation) {
        memset(row->sessions, 0, sizeof row->sessions);
        nct_session_clear(&row->waiting);
        memcpy(row->ncid, file->record.ncid, sizeof row->ncid);
        row->password = credential->password.generation;
        row->pin = credential->pin.generation;
    }
    for (size_t i = 0; i < NCT_SESSION_PLACES; i++)
        take_out_over(unit, &row->sessions[i]);
    take_out_over(unit, &row->waiting);
}

nct_status nct_sign_in_open(struct nct_unit *unit, struct nct_sign_in_file *file) {
    struct nct_credential credential;
    nct_status status = nct_unit_get(unit, &nct_type_sign_in, file->person, NCT_PERSON_ID, &file->row);
    if (status == NCT_OK || status == NCT_E_NOT_FOUND)
        status = nct_unit_get(unit, &nct_type_credential, file->person, NCT_PERSON_ID, &credential);
    if (status == NCT_E_NOT_FOUND)
        status = NCT_OK;
    if (status == NCT_OK)
        take_out_ended(unit, file, &credential);
    sodium_memzero(&credential, sizeof credential);
    return status;
}

nct_status nct_sign_in_open_for(struct nct_unit *unit, const char *ncid, struct nct_sign_in_file *file) {
    nct_status status = nct_person_find(unit, ncid, file->person, &file->record);
    return status == NCT_OK ? nct_sign_in_open(unit, file) : status;
}

nct_status nct_sign_in_put(struct nct_unit *unit, const struct nct_sign_in_file *file) {
    return nct_unit_put(unit, &nct_type_sign_in, file->person, NCT_PERSON_ID, &file->row);
}

/* A free place is compared too: its digest is zeros, which no token has. */
static struct nct_session_record *find_place(struct nct_sign_in_record *row, const unsigned char digest[NCT_HASH]) {
    struct nct_session_record *found = sodium_memcmp(row->waiting.token, digest, NCT_HASH) == 0 ? &row->waiting : NULL;
    for (size_t i = 0; i < NCT_SESSION_PLACES; i++)
        if (sodium_memcmp(row->sessions[i].token, digest, NCT_HASH) == 0)
            found = &row->sessions[i];
    return found;
}

nct_status nct_session_find(struct nct_unit *unit, const struct nct_session_key *key, struct nct_sign_in_file *file,
                            struct nct_session_record **session) {
    *session = NULL;
    memcpy(file->person, key->person, NCT_PERSON_ID);
    nct_status status = nct_unit_get(unit, &nct_type_person, file->person, NCT_PERSON_ID, &file->record);
    if (status == NCT_OK && !nct_person_is_merged(&file->record))
        status = nct_sign_in_open(unit, file);
    else if (status == NCT_OK)
        return NCT_E_NO_SESSION;
    if (status == NCT_OK)
        *session = find_place(&file->row, key->digest);
    return status == NCT_E_NOT_FOUND || (status == NCT_OK && *session == NULL) ? NCT_E_NO_SESSION : status;
}

int nct_session_waits(const struct nct_sign_in_file *file, const struct nct_session_record *session) {
    return session == &file->row.waiting;
}

static int is_free(const struct nct_session_record *session) {
    return sodium_is_zero(session->token, NCT_HASH);
}

/* A free place within the limit of the policy; else that of the session unused for longest. */
static struct nct_session_record *choose_place(const struct nct_policy *policy, struct nct_sign_in_record *row) {
    size_t most = (size_t)nct_policy_option(policy, NCT_OPTION_SESSION_MOST);
    size_t taken = 0;
    struct nct_session_record *oldest = NULL;
    struct nct_session_record *vacant = NULL;
    for (size_t i = 0; i < NCT_SESSION_PLACES; i++) {
        struct nct_session_record *place = &row->sessions[i];
        if (is_free(place))
            vacant = place;
        else if (oldest == NULL || place->used_at < oldest->used_at)
            oldest = place;
        taken += !is_free(place);
    }
    return taken < most ? vacant : oldest;
}

nct_status nct_session_place(struct nct_unit *unit, struct nct_sign_in_file *file, int waits,
                             struct nct_session_record *session, char token[NCT_SESSION_TOKEN_ROOM]) {
    session->used_at = unit->now;
    nct_status status = make_token(unit->portal, file->person, session, token);
    if (status == NCT_OK)
        *(waits ? &file->row.waiting : choose_place(&unit->portal->policy, &file->row)) = *session;
    return status;
}

void nct_session_fill(const struct nct_policy *policy, const struct nct_sign_in_file *file,
                      const struct nct_session_record *record, struct nct_session *session) {
    session->record = *record;
    sodium_memzero(session->record.token, NCT_HASH);
    memcpy(session->ncid, file->record.ncid, sizeof session->ncid);
    nct_hex(session->id, record->id, NCT_SESSION_ID);
    session->awaits_code = nct_session_waits(file, record);
    session->idle = nct_policy_option(policy, NCT_OPTION_SESSION_IDLE);
    session->longest = nct_policy_option(policy, NCT_OPTION_SESSION_LONGEST);
}

struct nct_session *nct_session_room(const struct nct_portal *portal) {
    struct nct_session *session = nct_memory_take(&portal->seams.memory, sizeof *session);
    if (session != NULL)
        session->memory = portal->seams.memory;
    return session;
}

nct_status nct_label_from(const char *text, size_t len, char *out, size_t room) {
    out[0] = '\0';
    if (len == 0)
        return NCT_OK;
    if (text == NULL)
        return NCT_E_ARGUMENT;
    nct_status status = nct_text_line(text, len, LABEL_CHARACTERS);
    if (status == NCT_OK && len >= room)
        status = NCT_E_TOO_LONG;
    if (status != NCT_OK)
        return status;
    memcpy(out, text, len);
    out[len] = '\0';
    return NCT_OK;
}
