/* One person's grants in memory: many questions from one reading. */
#include "base/bytes.h"
#include "engine/handle/arguments.h"
#include "portal/registry/names.h"
#include "portal/registry/standing.h"

#include <nctracks/question.h>

#include <string.h>

/* A provider id packed into two words compares in two steps. */
struct packed {
    uint64_t high;
    uint64_t low;
};

/*
 * A question about somebody not asked about lately waits for memory: so all lies in one piece, first what is searched.
 * Behind the slots are as many standings.
 */
struct nct_actor {
    const struct nct_portal *portal;
    char (*providers)[NCT_PROVIDER_ROOM]; /* in order of id */
    size_t count;
    size_t mask;
    struct packed slots[]; /* zero: empty; open addressing; a power of two, at most three quarters full */
};

_Static_assert(sizeof(struct packed) % _Alignof(struct nct_standing) == 0, "standings behind slots");

static const struct nct_standing *standings(const struct nct_actor *actor) {
    return (const struct nct_standing *)(const void *)(actor->slots + actor->mask + 1);
}

/* Asks for what follows before the first of it has come: an actor with few providers is that small. */
static void fetch_ahead(const struct nct_actor *actor) {
#if defined(__GNUC__) || defined(__clang__)
    for (uintptr_t ahead = 64; ahead <= 256; ahead += 64)
        __builtin_prefetch((const void *)((uintptr_t)actor + ahead));
#else
    (void)actor;
#endif
}

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

/* The slot of a provider, or the empty one where it would be. */
static size_t find_slot(const struct nct_actor *actor, struct packed provider) {
    for (size_t i = hash(provider) & actor->mask;; i = (i + 1) & actor->mask) {
        const struct packed *slot = &actor->slots[i];
        if ((slot->high == provider.high && slot->low == provider.low) || (slot->high == 0 && slot->low == 0))
            return i;
    }
}

struct loading {
    struct nct_portal *portal;
    unsigned char person[NCT_PERSON_ID];
    char (*providers)[NCT_PROVIDER_ROOM];
    size_t count;
    size_t capacity;
    const char *provider; /* of the grant at work */
    struct nct_standing standing;
};

static nct_status reserve(struct loading *loading) {
    const struct nct_memory *memory = &loading->portal->seams.memory;
    if (loading->count < loading->capacity)
        return NCT_OK;
    size_t capacity = loading->capacity > 0 ? 2 * loading->capacity : 8;
    char(*providers)[NCT_PROVIDER_ROOM] = nct_memory_take_array(memory, capacity, sizeof *providers);
    if (providers == NULL)
        return NCT_E_NO_MEMORY;
    if (loading->count > 0)
        memcpy(providers, loading->providers, loading->count * sizeof *providers);
    nct_memory_give(memory, loading->providers);
    loading->providers = providers;
    loading->capacity = capacity;
    return NCT_OK;
}

static nct_status add_provider(struct nct_unit *unit, const struct nct_pair_name *name, void *argument) {
    struct loading *loading = argument;
    nct_status status = reserve(loading);
    (void)unit;
    if (status == NCT_OK)
        memcpy(loading->providers[loading->count++], name->provider, sizeof name->provider);
    return status;
}

static nct_status list_providers(struct nct_unit *unit, void *argument) {
    struct loading *loading = argument;
    loading->count = 0;
    return nct_pair_each(unit, &nct_grant_pair, NULL, loading->person, add_provider, loading);
}

/* An actor with room for the grants of the providers listed; it takes the list over. */
static struct nct_actor *make_actor(struct loading *loading) {
    size_t size = 4;
    while (size / 4 * 3 < loading->count)
        size *= 2;
    size_t each = sizeof(struct packed) + sizeof(struct nct_standing);
    struct nct_actor *actor = nct_memory_take(&loading->portal->seams.memory, sizeof *actor + size * each);
    if (actor == NULL)
        return NULL;
    actor->portal = loading->portal;
    actor->mask = size - 1;
    actor->providers = loading->providers;
    loading->providers = NULL;
    return actor;
}

static nct_status read_standing(struct nct_unit *unit, void *argument) {
    struct loading *loading = argument;
    struct nct_grant_record grant;
    nct_status status = nct_grant_get(unit, loading->provider, loading->person, &grant);
    return status == NCT_OK ? nct_standing_get(unit, loading->provider, &grant, &loading->standing) : status;
}

/* Reads the grants themselves, and drops the revoked ones from the list. */
static nct_status read_grants(struct loading *loading, struct nct_actor *actor) {
    for (size_t i = 0; i < loading->count; i++) {
        loading->provider = actor->providers[i];
        nct_status status = nct_unit_read(loading->portal, read_standing, loading);
        if (status != NCT_OK)
            return status;
        if (loading->standing.role == NCT_ROLE_NONE)
            continue;
        struct packed packed = pack(loading->provider, strlen(loading->provider));
        size_t slot = find_slot(actor, packed);
        actor->slots[slot] = packed;
        memcpy((unsigned char *)(actor->slots + actor->mask + 1) + slot * sizeof loading->standing, &loading->standing,
               sizeof loading->standing);
        memmove(actor->providers[actor->count++], loading->provider, NCT_PROVIDER_ROOM);
    }
    return NCT_OK;
}

nct_status nct_actor_load(nct_portal *portal, const char *ncid, size_t ncid_len, nct_actor **out) {
    struct loading loading = {.portal = portal};
    struct nct_actor *actor = NULL;
    if (out != NULL)
        *out = NULL;
    if (NCT_MISSING(portal) || NCT_MISSING(out))
        return NCT_E_ARGUMENT;
    nct_status status = nct_take_person(portal, ncid, ncid_len, loading.person);
    if (status == NCT_OK)
        status = nct_unit_read(portal, list_providers, &loading);
    if (status == NCT_OK) {
        actor = make_actor(&loading);
        status = actor != NULL ? read_grants(&loading, actor) : NCT_E_NO_MEMORY;
    }
    nct_memory_give(&portal->seams.memory, loading.providers);
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
    nct_memory_give(memory, actor->providers);
    nct_memory_give(memory, actor);
}

nct_status nct_actor_check(const nct_actor *actor, const char *provider, size_t provider_len, int32_t right) {
    if (NCT_MISSING(actor) || NCT_MISSING(provider))
        return NCT_E_ARGUMENT;
    if (provider_len == 0 || provider_len >= NCT_PROVIDER_ROOM)
        return provider_len == 0 ? NCT_E_EMPTY : NCT_E_TOO_LONG;
    fetch_ahead(actor);
    size_t slot = find_slot(actor, pack(provider, provider_len));
    return nct_about_argument(nct_standing_decide(actor->portal, &standings(actor)[slot], right), "actor");
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
