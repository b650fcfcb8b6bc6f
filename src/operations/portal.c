#include "portal/portal.h"

#include "unit/unit.h"

#include <sodium.h>

#define STORE_VERSION 1

static const char mark_key[] = "portal";

/* The mark is authenticated like any row, so another master key does not open it. */
static nct_status mark_store(struct nct_unit *unit, void *argument) {
    struct nct_portal_mark mark;
    (void)argument;
    nct_status status = nct_unit_get(unit, &nct_type_portal, mark_key, sizeof mark_key - 1, &mark);
    if (status == NCT_OK)
        return mark.version <= STORE_VERSION ? NCT_OK : NCT_E_UNSUPPORTED;
    if (status != NCT_E_NOT_FOUND)
        return status;
    mark = (struct nct_portal_mark){.version = STORE_VERSION, .created_at = unit->now};
    return nct_unit_put(unit, &nct_type_portal, mark_key, sizeof mark_key - 1, &mark);
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
    portal->keys = nct_keys_derive(config->master_key);
    if (portal->keys == NULL)
        return NCT_E_NO_MEMORY;
    nct_status status = nct_languages_copy(&portal->seams.memory, &config->languages, &portal->languages);
    if (status == NCT_OK && portal->callbacks.store.commit == NULL)
        status = use_own_store(portal);
    if (status == NCT_OK)
        status = nct_unit_run(portal, mark_store, NULL, NULL);
    return status;
}

nct_status nct_portal_open(const nct_config *config, nct_portal **out) {
    if (out != NULL)
        *out = NULL;
    if (config == NULL || out == NULL)
        return NCT_E_ARGUMENT;
    if (config->master_key == NULL)
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
    nct_keys_free(portal->keys);
    nct_languages_free(&memory, &portal->languages);
    nct_memory_store_free(portal->own_store);
    nct_memory_give_wiped(&memory, portal, sizeof *portal);
}

const nct_policy *nct_portal_policy(const nct_portal *portal) {
    return portal != NULL ? &portal->policy : NULL;
}
