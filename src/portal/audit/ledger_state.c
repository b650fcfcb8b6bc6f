#include "portal/audit/ledger_state.h"

#include "engine/keys/key_store.h"
#include "engine/keys/portal_open.h"
#include "portal/audit/checkpoint.h"
#include "portal/audit/checkpoint_leaves.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

static void note_policy(struct nct_portal_mark *mark, const struct nct_entry_record *entry) {
    int announced = entry->event == NCT_EVENT_POLICY_ANNOUNCED;
    memcpy(announced ? mark->announced : mark->policy, entry->digest, NCT_HASH);
    if (!announced)
        memset(mark->announced, 0, NCT_HASH);
}

static void note_checkpoint(struct nct_checkpoint_last *last, const struct nct_entry_record *entry) {
    last->restarted = entry->event == NCT_EVENT_CHECKPOINT_RESTARTED;
    if (entry->event == NCT_EVENT_CHECKPOINT_MADE)
        last->number = strtoull(entry->detail, NULL, 10);
    memcpy(last->hash, entry->digest, NCT_HASH);
}

/* The detail of a declaration is "from", the point, a colon and the reason. */
static void note_declaration(struct nct_key_record *key, const struct nct_entry_record *entry) {
    static const char from[] = "from ";
    key->state = NCT_KEY_STATE_COMPROMISED;
    if (strncmp(entry->detail, from, sizeof from - 1) == 0)
        key->compromised_from = strtoll(entry->detail + sizeof from - 1, NULL, 10);
}

void nct_ledger_state_note(struct nct_ledger_state *state, uint64_t sequence, const struct nct_entry_record *entry) {
    switch (entry->event) {
    case NCT_EVENT_POLICY_SET:
    case NCT_EVENT_POLICY_ANNOUNCED:
    case NCT_EVENT_POLICY_CHANGED:
        note_policy(&state->mark, entry);
        break;
    case NCT_EVENT_CHECKPOINT_MADE:
    case NCT_EVENT_CHECKPOINT_RESTARTED:
        note_checkpoint(&state->last, entry);
        break;
    case NCT_EVENT_KEY_ANNOUNCED:
        state->key = (struct nct_key_record){.state = NCT_KEY_STATE_CURRENT, .announced_at = entry->time};
        memcpy(state->announcement, entry->digest, NCT_HASH);
        break;
    case NCT_EVENT_KEY_RETIRED:
        state->key.state = NCT_KEY_STATE_RETIRED;
        state->key.retired_at = entry->time;
        break;
    case NCT_EVENT_KEY_COMPROMISED:
        note_declaration(&state->key, entry);
        break;
    default:
        return;
    }
    state->sequence = sequence;
}

static nct_status compare_portal(struct nct_unit *unit, const struct nct_ledger_state *state) {
    struct nct_portal_mark mark;
    struct nct_checkpoint_last last;
    nct_status status = nct_mark_get(unit, &mark);
    if (status == NCT_OK)
        status = nct_checkpoint_get_last(unit, &last);
    if (status != NCT_OK && status != NCT_E_NOT_FOUND)
        return status;
    int same = memcmp(mark.policy, state->mark.policy, NCT_HASH) == 0 &&
               memcmp(mark.announced, state->mark.announced, NCT_HASH) == 0 && last.number == state->last.number &&
               memcmp(last.hash, state->last.hash, NCT_HASH) == 0 && last.restarted == state->last.restarted;
    return same ? NCT_OK : NCT_E_INTEGRITY;
}

/* What the next checkpoint will be compared with. */
static nct_status check_last(struct nct_unit *unit) {
    struct nct_checkpoint_last last;
    nct_checkpoint *checkpoint = NULL;
    nct_status status = nct_checkpoint_get_last(unit, &last);
    if (status != NCT_OK || last.restarted)
        return status == NCT_E_NOT_FOUND ? NCT_OK : status;
    status = nct_checkpoint_room(&unit->portal->seams.memory, &checkpoint);
    if (status == NCT_OK)
        status = nct_checkpoint_load_last(unit, &last, checkpoint);
    if (status == NCT_OK)
        status = nct_leaves_read(unit, &last, &checkpoint->claims);
    nct_checkpoint_free(checkpoint);
    return status;
}

static nct_status compare_key(struct nct_unit *unit, const struct nct_ledger_state *state) {
    struct nct_key_record key;
    unsigned char digest[NCT_HASH] = {0};
    nct_status status = nct_key_row_get(unit, state->stream->key + 1, &key);
    if (status != NCT_OK)
        return status == NCT_E_NOT_FOUND ? NCT_E_INTEGRITY : status;
    if (key.announcement.len > 0)
        crypto_generichash(digest, sizeof digest, key.announcement.bytes, key.announcement.len, NULL, 0);
    int same = key.state == state->key.state && key.announced_at == state->key.announced_at &&
               key.retired_at == state->key.retired_at && key.compromised_from == state->key.compromised_from &&
               memcmp(digest, state->announcement, NCT_HASH) == 0;
    sodium_memzero(&key, sizeof key);
    return same ? NCT_OK : NCT_E_INTEGRITY;
}

static nct_status compare(struct nct_unit *unit, void *argument) {
    const struct nct_ledger_state *state = argument;
    if (state->stream->key[0] == NCT_STREAM_KEY)
        return compare_key(unit, state);
    if (state->stream->key[0] != NCT_STREAM_PORTAL)
        return NCT_OK;
    nct_status status = compare_portal(unit, state);
    return status == NCT_OK ? check_last(unit) : status;
}

nct_status nct_ledger_state_compare(struct nct_portal *portal, struct nct_ledger_state *state) {
    return nct_unit_read(portal, compare, state);
}
