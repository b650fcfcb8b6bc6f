#include "engine/keys/key_store.h"
#include "engine/records/evidence_types.h"
#include "engine/unit/fetch.h"

#include <sodium.h>
#include <string.h>

#define STORE_VERSION 2 /* 1: without rows of keys */

static const char mark_key[] = "portal";

struct founding {
    const struct nct_keys *founder;
};

/*
 * The key a store was made with, if it has no rows of keys yet: the one its mark is under, because without them no key
 * can have followed. The mark is authenticated like any row, so a key that is not the store's does not open it.
 */
static nct_status find_founder(struct nct_portal *portal, struct founding *founding) {
    struct nct_row row;
    const unsigned char *content = NULL;
    size_t len = 0;
    founding->founder = nct_keyring_current(&portal->keyring);
    nct_status status = nct_fetch(portal, &nct_type_portal, mark_key, sizeof mark_key - 1, &row, &content, &len);
    if (status == NCT_OK)
        founding->founder = nct_keyring_find(&portal->keyring, nct_row_key(row.bytes, row.len));
    nct_row_free(&row);
    return status == NCT_E_NOT_FOUND ? NCT_OK : status;
}

/* A row of a key beside a mark that knows of none: the mark was put back. */
static nct_status announce_first(struct nct_unit *unit, const struct nct_keys *founder) {
    struct nct_key_record record;
    struct nct_note note = {.event = NCT_EVENT_KEY_ANNOUNCED, .detail = "first key"};
    nct_status status = nct_key_row_get(unit, founder->signing_id, &record);
    if (status == NCT_OK)
        status = NCT_E_INTEGRITY;
    if (status == NCT_E_NOT_FOUND) {
        nct_key_row_begin(founder, 1, unit->now, &record);
        status = nct_key_row_put(unit, founder->signing_id, &record, &note);
    }
    sodium_memzero(&record, sizeof record);
    return status;
}

static nct_status mark_store(struct nct_unit *unit, void *argument) {
    const struct founding *founding = argument;
    struct nct_portal_mark mark;
    nct_status status = nct_unit_get(unit, &nct_type_portal, mark_key, sizeof mark_key - 1, &mark);
    if (status != NCT_OK && status != NCT_E_NOT_FOUND)
        return status;
    if (mark.version >= STORE_VERSION)
        return mark.version == STORE_VERSION ? NCT_OK : NCT_E_UNSUPPORTED;
    if (status == NCT_E_NOT_FOUND)
        mark.created_at = unit->now;
    mark.version = STORE_VERSION;
    status = nct_unit_put(unit, &nct_type_portal, mark_key, sizeof mark_key - 1, &mark);
    return status == NCT_OK ? announce_first(unit, founding->founder) : status;
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

static nct_status open_store(struct nct_portal *portal) {
    struct founding founding;
    nct_status status = find_founder(portal, &founding);
    if (status == NCT_OK)
        status = nct_unit_run(portal, mark_store, &founding, NULL);
    return status == NCT_OK ? nct_unit_read(portal, keep_keys, &portal->keyring) : status;
}

static nct_status use_own_store(struct nct_portal *portal) {
    nct_allocator allocator = {.struct_size = sizeof allocator,
                               .allocate = portal->seams.memory.allocate,
                               .release = portal->seams.memory.release};
    nct_status status = nct_memory_store_new(&allocator, portal->seams.memory.user_data, &portal->own_store);
    if (status == NCT_OK) {
        portal->callbacks.store = *nct_memory_store_functions();
        portal->callbacks.store_data = portal->own_store;
    }
    return status;
}

static nct_status open_portal(const nct_config *config, struct nct_portal *portal) {
    portal->seams = config->seams;
    portal->callbacks = config->callbacks;
    portal->policy = config->policy;
    nct_status status = nct_languages_copy(&portal->seams.memory, &config->languages, &portal->languages);
    for (size_t i = 0; i <= config->more_keys && status == NCT_OK; i++)
        status = nct_keyring_add(&portal->keyring, config->master_keys[i]);
    if (status == NCT_OK && portal->callbacks.store.commit == NULL)
        status = use_own_store(portal);
    return status == NCT_OK ? open_store(portal) : status;
}

nct_status nct_portal_open(const nct_config *config, nct_portal **out) {
    if (out != NULL)
        *out = NULL;
    if (config == NULL || out == NULL)
        return NCT_E_ARGUMENT;
    if (config->master_keys[0] == NULL)
        return NCT_E_KEY;
    if (sodium_init() < 0)
        return NCT_E_CRYPTO;
    struct nct_portal *portal = nct_memory_take(&config->seams.memory, sizeof *portal);
    if (portal == NULL)
        return NCT_E_NO_MEMORY;
    portal->seams = config->seams;
    nct_status status = open_portal(config, portal);
    if (status == NCT_OK)
        *out = portal;
    else
        nct_portal_close(portal);
    return status;
}

void nct_portal_close(nct_portal *portal) {
    if (portal == NULL)
        return;
    struct nct_memory memory = portal->seams.memory;
    nct_languages_free(&memory, &portal->languages);
    nct_keyring_free(&portal->keyring);
    nct_memory_store_free(portal->own_store);
    nct_memory_give_wiped(&memory, portal, sizeof *portal);
}

const nct_policy *nct_portal_policy(const nct_portal *portal) {
    return portal != NULL ? &portal->policy : NULL;
}
