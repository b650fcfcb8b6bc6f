#include "engine/keys/portal_open.h"
#include "base/about.h"

#include "engine/keys/key_store.h"
#include "engine/records/evidence_types.h"
#include "engine/unit/clock.h"
#include "engine/unit/fetch.h"

#include <sodium.h>
#include <string.h>

_Static_assert(NCT_POLICY_DIGEST == NCT_HASH, "length of a policy's digest");

#define STORE_VERSION 3

nct_status nct_mark_get(struct nct_unit *unit, struct nct_portal_mark *mark) {
    return nct_unit_get(unit, &nct_type_portal, NCT_PORTAL_KEY, NCT_PORTAL_KEY_LEN, mark);
}

nct_status nct_mark_put(struct nct_unit *unit, const struct nct_portal_mark *mark, const struct nct_note *note) {
    struct nct_stream stream = nct_stream_of_portal();
    nct_status status = nct_unit_put(unit, &nct_type_portal, NCT_PORTAL_KEY, NCT_PORTAL_KEY_LEN, mark);
    return status == NCT_OK ? nct_ledger_append(unit, &stream, note) : status;
}

/* A store without a mark is a new one, or the mark was taken out of it. */
static nct_status check_new(struct nct_unit *unit) {
    struct nct_page page;
    nct_status status = nct_fetch_page(unit->portal, &nct_type_stream, NULL, 0, NULL, 0, 1, &page);
    if (status == NCT_OK && page.count > 0)
        status = nct_unit_explain_mismatch(unit, &nct_type_portal, NCT_PORTAL_KEY, NCT_PORTAL_KEY_LEN);
    nct_page_free(&page);
    return status;
}

static nct_status announce_first(struct nct_unit *unit) {
    const struct nct_keys *founder = nct_keyring_current(&unit->portal->keyring);
    struct nct_key_record record;
    struct nct_note note = {.event = NCT_EVENT_KEY_ANNOUNCED, .detail = "first key"};
    nct_key_row_begin(founder, 1, unit->now, &record);
    nct_status status = nct_key_row_put(unit, founder->signing_id, &record, &note);
    sodium_memzero(&record, sizeof record);
    return status;
}

static nct_status mark_new(struct nct_unit *unit) {
    struct nct_portal_mark mark = {.version = STORE_VERSION, .created_at = unit->now};
    struct nct_note note = {.event = NCT_EVENT_POLICY_SET, .detail = unit->portal->policy.name, .digest = mark.policy};
    memcpy(mark.policy, unit->portal->policy_digest, NCT_HASH);
    nct_status status = check_new(unit);
    if (status == NCT_OK)
        status = nct_mark_put(unit, &mark, &note);
    return status == NCT_OK ? announce_first(unit) : status;
}

static nct_status mark_store(struct nct_unit *unit, void *argument) {
    struct nct_portal_mark mark;
    (void)argument;
    nct_status status = nct_mark_get(unit, &mark);
    if (status == NCT_E_NOT_FOUND)
        return mark_new(unit);
    return status == NCT_OK && mark.version != STORE_VERSION ? NCT_E_UNSUPPORTED : status;
}

/* Put back with the head that pins it, the mark has entries behind it. */
static nct_status check_policy(struct nct_unit *unit, void *argument) {
    struct nct_portal_mark mark;
    struct nct_stream stream = nct_stream_of_portal();
    (void)argument;
    const unsigned char *own = unit->portal->policy_digest;
    nct_status status = nct_mark_get(unit, &mark);
    if (status == NCT_OK)
        status = nct_ledger_check_end(unit, &stream);
    int taken = memcmp(own, mark.policy, NCT_HASH) == 0 || memcmp(own, mark.announced, NCT_HASH) == 0;
    return status == NCT_OK && !taken ? NCT_E_OTHER_POLICY : status;
}

static nct_status keep_keys(struct nct_unit *unit, void *argument) {
    struct nct_keyring *ring = argument;
    struct nct_key_rows rows;
    nct_status status = nct_key_rows_read(unit, &rows);
    if (status == NCT_OK) {
        ring->kept = nct_key_rows_keep(&rows);
        status = ring->kept != NULL ? NCT_OK : NCT_E_NO_MEMORY;
    }
    nct_key_rows_free(&rows);
    return status;
}

/* So that the first commit asks no more of the store than the next one. */
static nct_status read_clock(struct nct_unit *unit, void *argument) {
    struct nct_clock_record record;
    (void)argument;
    nct_status status = nct_clock_get(unit, &record);
    if (status == NCT_OK)
        nct_clock_note(unit->portal, record.latest);
    return status;
}

static nct_status open_store(struct nct_portal *portal, int any_policy) {
    nct_status status = nct_policy_digest(&portal->policy, portal->policy_digest);
    if (status == NCT_OK)
        status = nct_unit_run(portal, mark_store, NULL, NULL);
    if (status == NCT_OK && !any_policy)
        status = nct_unit_read(portal, check_policy, NULL);
    if (status == NCT_OK)
        status = nct_unit_read(portal, keep_keys, &portal->keyring);
    return status == NCT_OK ? nct_unit_read(portal, read_clock, NULL) : status;
}

static nct_status use_own_store(struct nct_portal *portal) {
    nct_allocator allocator = {
        .struct_size = sizeof allocator, .allocate = portal->memory.allocate, .release = portal->memory.release};
    nct_status status = nct_memory_store_new(&allocator, portal->memory.user_data, &portal->own_store);
    if (status == NCT_OK) {
        portal->callbacks.store = *nct_memory_store_functions();
        portal->callbacks.store_data = portal->own_store;
    }
    return status;
}

static nct_status open_portal(const nct_config *config, struct nct_portal *portal, int any_policy) {
    portal->callbacks = config->callbacks;
    portal->policy = config->policy;
    nct_status status = nct_languages_copy(&portal->memory, &config->languages, &portal->languages);
    for (size_t i = 0; i <= config->more_keys && status == NCT_OK; i++)
        status = nct_keyring_add(&portal->keyring, config->master_keys[i]);
    if (status == NCT_OK && portal->callbacks.store.commit == NULL)
        status = use_own_store(portal);
    return status == NCT_OK ? open_store(portal, any_policy) : status;
}

/* Nothing made of the portal's memory is left, and nobody has it open. */
static void end_portal(struct nct_lifetime *lifetime) {
    struct nct_portal *portal = (struct nct_portal *)((char *)lifetime - offsetof(struct nct_portal, lifetime));
    struct nct_memory memory = portal->memory;
    struct nct_guests guests = portal->guests;
    nct_languages_free(&memory, &portal->languages);
    nct_keyring_free(&portal->keyring);
    nct_memory_store_free(portal->own_store);
    nct_memory_give_wiped(&memory, portal, sizeof *portal);
    nct_guests_leave(&guests);
}

nct_status nct_portal_open_under(const nct_config *config, int any_policy, nct_portal **out) {
    if (config->master_keys[0] == NULL)
        return NCT_E_KEY;
    if (sodium_init() < 0)
        return NCT_E_CRYPTO;
    struct nct_portal *portal = nct_memory_take(&config->seams.memory, sizeof *portal);
    if (portal == NULL)
        return NCT_E_NO_MEMORY;
    nct_lifetime_begin(&portal->lifetime, end_portal);
    portal->memory = config->seams.memory;
    portal->seams = config->seams;
    portal->seams.memory.lifetime = &portal->lifetime;
    portal->guests = nct_guests_share(&config->guests);
    nct_status status = open_portal(config, portal, any_policy);
    if (status == NCT_OK)
        *out = portal;
    else
        nct_portal_close(portal);
    return status;
}

nct_status nct_portal_open(const nct_config *config, nct_portal **out) {
    if (out != NULL)
        *out = NULL;
    if (NCT_MISSING(config) || NCT_MISSING(out))
        return NCT_E_ARGUMENT;
    return nct_portal_open_under(config, 0, out);
}

nct_status nct_portal_open_in_memory(nct_portal **out) {
    unsigned char key[NCT_MASTER_KEY_BYTES];
    nct_config *config = NULL;
    if (out != NULL)
        *out = NULL;
    if (NCT_MISSING(out))
        return NCT_E_ARGUMENT;
    nct_status status = nct_config_new(&config); /* which starts libsodium */
    if (status != NCT_OK)
        return status;
    randombytes_buf(key, sizeof key);
    status = nct_config_set_master_key(config, key, sizeof key);
    sodium_memzero(key, sizeof key);
    if (status == NCT_OK)
        status = nct_portal_open(config, out);
    nct_config_free(config);
    return status;
}

void nct_portal_close(nct_portal *portal) {
    if (portal != NULL)
        nct_lifetime_leave(&portal->lifetime);
}

const nct_policy *nct_portal_policy(const nct_portal *portal) {
    return portal != NULL ? &portal->policy : NULL;
}
