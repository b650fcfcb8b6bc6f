/* Keys announced and declared compromised. */
#include "base/bytes.h"
#include "codec/cose.h"
#include "engine/handle/arguments.h"
#include "engine/keys/key_list.h"
#include "engine/keys/key_store.h"
#include "engine/records/evidence_types.h"

#include <sodium.h>
#include <stdio.h>
#include <string.h>

const struct nct_evidence_kind nct_announcement_kind = {
    .content_type = "application/nctracks-key+cbor",
    .claims = &nct_announcement_type,
    .time = offsetof(struct nct_announcement_claims, announced_at),
    .vouches = 1,
};

nct_status nct_take_key(const char *key, size_t key_len, unsigned char kid[NCT_SIGNING_ID]) {
    if (NCT_MISSING(key))
        return NCT_E_ARGUMENT;
    return nct_unhex(kid, NCT_SIGNING_ID, key, key_len) ? NCT_OK : nct_about_argument(NCT_E_FORMAT, "key");
}

/* One key follows another. */
struct rotation {
    const char *actor;
    const struct nct_keys *next;
    const struct nct_keys *before; /* the store's current key, as it is held */
    struct nct_key_record next_record;
    struct nct_key_record before_record;
};

/* Finds the store's current key, and whether another may follow it here. */
static nct_status find_before(struct nct_unit *unit, struct rotation *rotation) {
    struct nct_key_rows rows;
    nct_status status = nct_key_rows_read(unit, &rows);
    if (status == NCT_OK) {
        const struct nct_key_row *last = &rows.at[rows.count - 1];
        rotation->before = nct_keyring_find(&unit->portal->keyring, last->record.id);
        rotation->before_record = last->record;
        if (rotation->before == NULL)
            status = NCT_E_KEY;
        else if (rows.count == NCT_KEYS_MAX)
            status = NCT_E_LIMIT;
    }
    nct_key_rows_free(&rows);
    return status;
}

/* What the key before signs about the next. */
static nct_status announce(struct nct_unit *unit, struct rotation *rotation) {
    struct nct_key_record *next = &rotation->next_record;
    struct nct_signature_record signed_claims;
    struct nct_announcement_claims claims = {
        .version = NCT_ANNOUNCEMENT_VERSION, .number = next->number, .announced_at = next->announced_at};
    memcpy(claims.kid, rotation->next->signing_id, NCT_SIGNING_ID);
    memcpy(claims.verifying, rotation->next->verifying, NCT_KEY);
    memcpy(claims.before, rotation->before->signing_id, NCT_SIGNING_ID);
    nct_status status = nct_evidence_sign(unit, rotation->before, &nct_announcement_kind, &claims, &signed_claims);
    if (status == NCT_OK && signed_claims.receipt.len > sizeof next->announcement.bytes)
        status = NCT_E_LIMIT;
    if (status != NCT_OK)
        return status;
    next->announcement.len = signed_claims.receipt.len;
    memcpy(next->announcement.bytes, signed_claims.receipt.bytes, signed_claims.receipt.len);
    return NCT_OK;
}

/* Both rows, with an entry in the stream of each that names the other. */
static nct_status put_both(struct nct_unit *unit, const struct rotation *rotation) {
    const struct nct_key_record *next = &rotation->next_record;
    unsigned char digest[NCT_HASH];
    char after[2 * NCT_SIGNING_ID + 32];
    char before[2 * NCT_SIGNING_ID + 32];
    char id[2 * NCT_SIGNING_ID + 1];
    crypto_generichash(digest, sizeof digest, next->announcement.bytes, next->announcement.len, NULL, 0);
    nct_hex(id, rotation->before->signing_id, NCT_SIGNING_ID);
    snprintf(after, sizeof after, "follows %s", id);
    nct_hex(id, rotation->next->signing_id, NCT_SIGNING_ID);
    snprintf(before, sizeof before, "followed by %s", id);
    struct nct_note announced = {
        .event = NCT_EVENT_KEY_ANNOUNCED, .actor = rotation->actor, .detail = after, .digest = digest};
    struct nct_note retired = {
        .event = NCT_EVENT_KEY_RETIRED, .actor = rotation->actor, .detail = before, .digest = digest};
    nct_status status = nct_key_row_put(unit, rotation->next->signing_id, next, &announced);
    if (status != NCT_OK)
        return status;
    return nct_key_row_put(unit, rotation->before->signing_id, &rotation->before_record, &retired);
}

static nct_status rotate(struct nct_unit *unit, void *argument) {
    struct rotation *rotation = argument;
    rotation->next = nct_keyring_current(&unit->portal->keyring);
    nct_status status = nct_key_row_get(unit, rotation->next->signing_id, &rotation->next_record);
    if (status == NCT_OK)
        return NCT_E_STATE;
    if (status == NCT_E_NOT_FOUND)
        status = find_before(unit, rotation);
    if (status != NCT_OK)
        return status;
    nct_key_row_begin(rotation->next, rotation->before_record.number + 1, unit->now, &rotation->next_record);
    rotation->before_record.state = NCT_KEY_STATE_RETIRED;
    rotation->before_record.retired_at = unit->now;
    status = announce(unit, rotation);
    return status == NCT_OK ? put_both(unit, rotation) : status;
}

nct_status nct_key_rotate(nct_portal *portal, const char *operator_name, size_t operator_name_len) {
    char actor[NCT_ACTOR_ROOM];
    struct rotation rotation = {.actor = actor};
    if (NCT_MISSING(portal))
        return NCT_E_ARGUMENT;
    nct_status status = nct_take_operator(operator_name, operator_name_len, actor);
    if (status == NCT_OK)
        status = nct_unit_run(portal, rotate, &rotation, NULL);
    sodium_memzero(&rotation, sizeof rotation);
    return status;
}

struct revocation {
    const char *actor;
    const char *reason;
    unsigned char kid[NCT_SIGNING_ID];
    int64_t from;
};

static nct_status put_revocation(struct nct_unit *unit, const struct revocation *revocation,
                                 struct nct_key_record *record) {
    char detail[NCT_DETAIL_ROOM];
    snprintf(detail, sizeof detail, "from %lld: %s", (long long)revocation->from, revocation->reason);
    struct nct_note note = {.event = NCT_EVENT_KEY_COMPROMISED, .actor = revocation->actor, .detail = detail};
    record->state = NCT_KEY_STATE_COMPROMISED;
    record->compromised_from = revocation->from;
    return nct_key_row_put(unit, revocation->kid, record, &note);
}

static nct_status revoke(struct nct_unit *unit, void *argument) {
    const struct revocation *revocation = argument;
    struct nct_key_record record;
    nct_status status = nct_key_row_get(unit, revocation->kid, &record);
    int declared = record.compromised_from != 0 && record.compromised_from <= revocation->from;
    if (status == NCT_OK && revocation->from > unit->now)
        status = NCT_E_RANGE;
    if (status == NCT_OK && (record.state == NCT_KEY_STATE_CURRENT || declared))
        status = NCT_E_STATE;
    if (status == NCT_OK)
        status = put_revocation(unit, revocation, &record);
    sodium_memzero(&record, sizeof record);
    return status;
}

nct_status nct_key_revoke(nct_portal *portal, const char *operator_name, size_t operator_name_len, const char *key,
                          size_t key_len, int64_t from, const char *reason, size_t reason_len) {
    char actor[NCT_ACTOR_ROOM];
    char why[NCT_NAME_ROOM];
    struct revocation revocation = {.actor = actor, .reason = why, .from = from};
    if (NCT_MISSING(portal))
        return NCT_E_ARGUMENT;
    nct_status status = nct_take_operator(operator_name, operator_name_len, actor);
    if (status == NCT_OK)
        status = nct_take_key(key, key_len, revocation.kid);
    if (status == NCT_OK)
        status = nct_take_reason(reason, reason_len, why);
    if (status == NCT_OK && from <= 0)
        status = NCT_E_RANGE;
    return status == NCT_OK ? nct_unit_run(portal, revoke, &revocation, NULL) : status;
}

/* The key that signs must be the one the claims name: else a key could be said to follow another than it does. */
static int names_signer(const void *announcement, size_t len, const struct nct_announcement_claims *claims) {
    struct nct_cose cose;
    return nct_cose_parse(announcement, len, nct_announcement_kind.content_type, &cose) == NCT_OK &&
           memcmp(cose.key_id, claims->before, NCT_SIGNING_ID) == 0;
}

nct_status nct_announcement_verify(const void *announcement, size_t announcement_len, const void *key_set,
                                   size_t key_set_len, char *key, void *public_key) {
    struct nct_announcement_claims claims;
    if (NCT_MISSING(announcement) || NCT_MISSING(key_set))
        return NCT_E_ARGUMENT;
    if (sodium_init() < 0)
        return NCT_E_CRYPTO;
    nct_status status =
        nct_evidence_open(announcement, announcement_len, &nct_announcement_kind, key_set, key_set_len, &claims);
    if (status != NCT_OK)
        return status;
    if (claims.version != NCT_ANNOUNCEMENT_VERSION || !nct_claims_complete(&nct_announcement_type, &claims) ||
        !names_signer(announcement, announcement_len, &claims))
        return NCT_E_UNSUPPORTED;
    if (key != NULL)
        nct_hex(key, claims.kid, NCT_SIGNING_ID);
    if (public_key != NULL)
        memcpy(public_key, claims.verifying, NCT_KEY);
    return NCT_OK;
}
