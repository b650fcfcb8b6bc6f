#include "probe.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static uint64_t fnv(uint64_t hash, const char *bytes, size_t len) {
    for (size_t i = 0; i < len; i++)
        hash = (hash ^ (unsigned char)bytes[i]) * UINT64_C(0x100000001B3);
    return hash;
}

static uint64_t hash_of(const char *ncid, size_t ncid_len, const char *provider, size_t provider_len) {
    uint64_t hash = fnv(UINT64_C(0xCBF29CE484222325), ncid, ncid_len);
    return fnv(fnv(hash, "|", 1), provider, provider_len);
}

static void put(struct probe *probe, size_t user, size_t provider, uint64_t rights) {
    char ncid[CROWD_NCID_ROOM], npi[11];
    crowd_ncid(user, ncid);
    fixture_npi(provider, npi);
    size_t i = hash_of(ncid, strlen(ncid), npi, strlen(npi)) & probe->mask;
    while (probe->slots[i].key[0] != '\0')
        i = (i + 1) & probe->mask;
    snprintf(probe->slots[i].key, sizeof probe->slots[i].key, "%s|%s", ncid, npi);
    probe->slots[i].rights = rights;
}

void probe_fill(struct probe *probe, const struct crowd *crowd) {
    size_t capacity = 64;
    while (capacity / 3 * 2 < crowd->users * CROWD_GRANTS_EACH)
        capacity *= 2;
    probe->mask = capacity - 1;
    probe->slots = calloc(capacity, sizeof *probe->slots);
    if (probe->slots == NULL)
        abort();
    for (size_t user = 0; user < crowd->users; user++)
        for (size_t which = 0; which < CROWD_GRANTS_EACH; which++)
            put(probe, user, crowd_provider(crowd, user, which), crowd_rights(user, which));
}

void probe_free(struct probe *probe) {
    free(probe->slots);
    probe->slots = NULL;
}

static int is_named(const struct probe_slot *slot, const struct crowd_query *query) {
    const char *provider = slot->key + query->ncid_len + 1;
    return memcmp(slot->key, query->ncid, query->ncid_len) == 0 && provider[-1] == '|' &&
           memcmp(provider, query->provider, query->provider_len) == 0 && provider[query->provider_len] == '\0';
}

nct_status probe_ask(const struct probe *probe, const struct crowd_query *query) {
    uint64_t hash = hash_of(query->ncid, query->ncid_len, query->provider, query->provider_len);
    for (size_t i = hash & probe->mask; probe->slots[i].key[0] != '\0'; i = (i + 1) & probe->mask)
        if (is_named(&probe->slots[i], query))
            return (probe->slots[i].rights >> query->right & 1) != 0 ? NCT_OK : NCT_E_RIGHT_MISSING;
    return NCT_E_NOT_PROVISIONED;
}
