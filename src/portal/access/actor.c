/* One person's grants in memory: many questions from one reading. */
#include "base/bytes.h"
#include "engine/handle/arguments.h"
#include "portal/registry/groups.h"

#include <nctracks/access.h>

#include <string.h>

/* A provider id packed into two words compares in two steps. */
struct packed {
    uint64_t high;
    uint64_t low;
};

struct slot {
    struct packed provider; /* zero: empty */
    struct nct_standing standing;
};

struct nct_actor {
    const struct nct_portal *portal;
    struct slot *slots; /* open addressing; a power of two, at most half full */
    size_t mask;
    char (*providers)[NCT_PROVIDER_ROOM]; /* in order of id */
    size_t count;
    size_t capacity;
};

#define PAGE 500

/* Without a call, because ids are short. The length goes in: an id with a NUL behind is another. */
static struct packed pack(const char *provider, size_t len) {
    struct packed packed = {0, 0};
    size_t from = len >= sizeof packed.high ? sizeof packed.high : 0;
    if (from > 0)
        memcpy(&packed.high, provider, sizeof packed.high);
    for (size_t i = from; i < len; i++)
        packed.low = packed.low << 8 | (unsigned char)provider[i];
    packed.low |= (uint64_t)len << 56; /* above the seven bytes there may be */
    return packed;
}

static size_t hash(struct packed packed) {
    uint64_t mixed = (packed.high ^ packed.low * UINT64_C(0x9E3779B97F4A7C15)) * UINT64_C(0xD6E8FEB86659FD93);
    return (size_t)(mixed ^ mixed >> 32);
}

static struct slot *find_slot(const struct nct_actor *actor, struct packed provider) {
    for (size_t i = hash(provider) & actor->mask;; i = (i + 1) & actor->mask) {
        struct slot *slot = &actor->slots[i];
        if ((slot->provider.high == provider.high && slot->provider.low == provider.low) ||
            (slot->provider.high == 0 && slot->provider.low == 0))
            return slot;
    }
}

static nct_status reserve(struct nct_actor *actor, size_t more) {
    const struct nct_memory *memory = &actor->portal->seams.memory;
    if (actor->capacity - actor->count >= more)
        return NCT_OK;
    size_t capacity = 2 * actor->capacity + more;
    char(*providers)[NCT_PROVIDER_ROOM] = nct_memory_take_array(memory, capacity, sizeof *providers);
    if (providers == NULL)
        return NCT_E_NO_MEMORY;
    if (actor->count > 0)
        memcpy(providers, actor->providers, actor->count * sizeof *providers);
    nct_memory_give(memory, actor->providers);
    actor->providers = providers;
    actor->capacity = capacity;
    return NCT_OK;
}

static nct_status add_page(struct nct_actor *actor, const struct nct_pair_page *page) {
    nct_status status = reserve(actor, page->count);
    for (size_t i = 0; i < page->count && status == NCT_OK; i++) {
        const char *name = page->names[i];
        if (!nct_copy_text(actor->providers[actor->count++], NCT_PROVIDER_ROOM, name, strlen(name)))
            return NCT_E_INTEGRITY;
    }
    return status;
}

static nct_status list_providers(struct nct_portal *portal, struct nct_actor *actor, const char *ncid) {
    char after[NCT_PROVIDER_ROOM] = "";
    int more = 1;
    nct_status status = NCT_OK;
    while (more && status == NCT_OK) {
        struct nct_pair_page page;
        struct nct_pair_range range = {&nct_grant_pair, 0, ncid, after, PAGE};
        status = nct_pair_scan(portal, &range, &page);
        if (status == NCT_OK)
            status = add_page(actor, &page);
        more = page.more;
        if (status == NCT_OK && page.count > 0)
            memcpy(after, actor->providers[actor->count - 1], sizeof after);
        nct_pair_page_free(&page);
    }
    return status;
}

static nct_status make_slots(struct nct_actor *actor) {
    size_t size = 4;
    while (size < 2 * actor->count)
        size *= 2;
    actor->slots = nct_memory_take_array(&actor->portal->seams.memory, size, sizeof *actor->slots);
    actor->mask = size - 1;
    return actor->slots != NULL ? NCT_OK : NCT_E_NO_MEMORY;
}

/* Reads the grants themselves, and drops the revoked ones from the list. */
static nct_status read_grants(struct nct_portal *portal, struct nct_actor *actor, const char *ncid) {
    size_t kept = 0;
    for (size_t i = 0; i < actor->count; i++) {
        struct nct_grant_record grant;
        char *provider = actor->providers[i];
        struct nct_standing standing;
        nct_status status = nct_standing_read(portal, provider, ncid, &grant, &standing);
        if (status != NCT_OK)
            return status;
        if (grant.role == NCT_ROLE_NONE)
            continue;
        struct packed packed = pack(provider, strlen(provider));
        struct slot *slot = find_slot(actor, packed);
        *slot = (struct slot){packed, standing};
        if (kept != i)
            memcpy(actor->providers[kept], provider, NCT_PROVIDER_ROOM);
        kept++;
    }
    actor->count = kept;
    return NCT_OK;
}

nct_status nct_actor_load(nct_portal *portal, const char *ncid, size_t ncid_len, nct_actor **out) {
    char id[NCT_NCID_ROOM];
    if (out != NULL)
        *out = NULL;
    if (portal == NULL || out == NULL)
        return NCT_E_ARGUMENT;
    nct_status status = nct_take_ncid(ncid, ncid_len, id);
    if (status != NCT_OK)
        return status;
    struct nct_actor *actor = nct_memory_take(&portal->seams.memory, sizeof *actor);
    if (actor == NULL)
        return NCT_E_NO_MEMORY;
    actor->portal = portal;
    status = list_providers(portal, actor, id);
    if (status == NCT_OK)
        status = make_slots(actor);
    if (status == NCT_OK)
        status = read_grants(portal, actor, id);
    if (status == NCT_OK)
        *out = actor;
    else
        nct_actor_free(actor);
    return status;
}

void nct_actor_free(nct_actor *actor) {
    if (actor == NULL)
        return;
    const struct nct_memory *memory = &actor->portal->seams.memory;
    nct_memory_give(memory, actor->slots);
    nct_memory_give(memory, actor->providers);
    nct_memory_give(memory, actor);
}

nct_status nct_actor_can(const nct_actor *actor, const char *provider, size_t provider_len, int32_t right) {
    if (actor == NULL || provider == NULL)
        return NCT_E_ARGUMENT;
    if (provider_len == 0 || provider_len >= NCT_PROVIDER_ROOM)
        return provider_len == 0 ? NCT_E_EMPTY : NCT_E_TOO_LONG;
    const struct slot *slot = find_slot(actor, pack(provider, provider_len));
    return nct_standing_decide(actor->portal, &slot->standing, right);
}

size_t nct_actor_provider_count(const nct_actor *actor) {
    return actor != NULL ? actor->count : 0;
}

const char *nct_actor_provider(const nct_actor *actor, size_t index) {
    return index < nct_actor_provider_count(actor) ? actor->providers[index] : NULL;
}
