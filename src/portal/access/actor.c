/* One person's grants in memory: many questions from one reading. */
#include "base/bytes.h"
#include "engine/handle/arguments.h"
#include "portal/registry/names.h"
#include "portal/registry/standing.h"

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

static nct_status reserve(struct nct_actor *actor) {
    const struct nct_memory *memory = &actor->portal->seams.memory;
    if (actor->count < actor->capacity)
        return NCT_OK;
    size_t capacity = actor->capacity > 0 ? 2 * actor->capacity : 8;
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

static nct_status add_provider(struct nct_unit *unit, const struct nct_pair_name *name, void *argument) {
    struct nct_actor *actor = argument;
    nct_status status = reserve(actor);
    (void)unit;
    if (status == NCT_OK)
        memcpy(actor->providers[actor->count++], name->provider, sizeof name->provider);
    return status;
}

struct loading {
    struct nct_actor *actor;
    unsigned char person[NCT_PERSON_ID];
    const char *provider; /* of the grant at work */
    struct nct_standing standing;
};

static nct_status list_providers(struct nct_unit *unit, void *argument) {
    struct loading *loading = argument;
    loading->actor->count = 0;
    return nct_pair_each(unit, &nct_grant_pair, NULL, loading->person, add_provider, loading->actor);
}

static nct_status make_slots(struct nct_actor *actor) {
    size_t size = 4;
    while (size < 2 * actor->count)
        size *= 2;
    actor->slots = nct_memory_take_array(&actor->portal->seams.memory, size, sizeof *actor->slots);
    actor->mask = size - 1;
    return actor->slots != NULL ? NCT_OK : NCT_E_NO_MEMORY;
}

static nct_status read_standing(struct nct_unit *unit, void *argument) {
    struct loading *loading = argument;
    struct nct_grant_record grant;
    nct_status status = nct_grant_get(unit, loading->provider, loading->person, &grant);
    return status == NCT_OK ? nct_standing_get(unit, loading->provider, &grant, &loading->standing) : status;
}

/* Reads the grants themselves, and drops the revoked ones from the list. */
static nct_status read_grants(struct nct_portal *portal, struct loading *loading) {
    struct nct_actor *actor = loading->actor;
    size_t kept = 0;
    for (size_t i = 0; i < actor->count; i++) {
        loading->provider = actor->providers[i];
        nct_status status = nct_unit_read(portal, read_standing, loading);
        if (status != NCT_OK)
            return status;
        if (loading->standing.role == NCT_ROLE_NONE)
            continue;
        struct packed packed = pack(loading->provider, strlen(loading->provider));
        *find_slot(actor, packed) = (struct slot){packed, loading->standing};
        memmove(actor->providers[kept++], loading->provider, NCT_PROVIDER_ROOM);
    }
    actor->count = kept;
    return NCT_OK;
}

nct_status nct_actor_load(nct_portal *portal, const char *ncid, size_t ncid_len, nct_actor **out) {
    struct loading loading;
    if (out != NULL)
        *out = NULL;
    if (NCT_MISSING(portal) || NCT_MISSING(out))
        return NCT_E_ARGUMENT;
    nct_status status = nct_take_person(portal, ncid, ncid_len, loading.person);
    if (status != NCT_OK)
        return status;
    struct nct_actor *actor = nct_memory_take(&portal->seams.memory, sizeof *actor);
    if (actor == NULL)
        return NCT_E_NO_MEMORY;
    actor->portal = portal;
    loading.actor = actor;
    status = nct_unit_read(portal, list_providers, &loading);
    if (status == NCT_OK)
        status = make_slots(actor);
    if (status == NCT_OK)
        status = read_grants(portal, &loading);
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

nct_status nct_actor_check(const nct_actor *actor, const char *provider, size_t provider_len, int32_t right) {
    if (NCT_MISSING(actor) || NCT_MISSING(provider))
        return NCT_E_ARGUMENT;
    if (provider_len == 0 || provider_len >= NCT_PROVIDER_ROOM)
        return provider_len == 0 ? NCT_E_EMPTY : NCT_E_TOO_LONG;
    const struct slot *slot = find_slot(actor, pack(provider, provider_len));
    return nct_about_argument(nct_standing_decide(actor->portal, &slot->standing, right), "actor");
}

int32_t nct_actor_can(const nct_actor *actor, const char *provider, size_t provider_len, int32_t right) {
    return nct_actor_check(actor, provider, provider_len, right) == NCT_OK;
}

size_t nct_actor_provider_count(const nct_actor *actor) {
    return actor != NULL ? actor->count : 0;
}

const char *nct_actor_provider(const nct_actor *actor, size_t index) {
    return index < nct_actor_provider_count(actor) ? actor->providers[index] : NULL;
}
