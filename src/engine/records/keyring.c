#include "engine/records/keyring.h"

#include <sodium.h>
#include <string.h>

nct_status nct_keyring_add(struct nct_keyring *ring, const unsigned char master[NCT_MASTER_KEY_BYTES]) {
    struct nct_keys *keys = nct_keys_derive(master);
    if (keys == NULL)
        return NCT_E_NO_MEMORY;
    ring->held[ring->count++] = keys;
    return sodium_is_zero(keys->id, NCT_KEY_ID) ? NCT_E_KEY : NCT_OK;
}

/* Guarded memory ends at its last byte, so that only a whole number of alignments begins aligned. */
struct nct_kept_keys *nct_kept_keys_new(size_t count) {
    size_t alignment = _Alignof(struct nct_kept_keys);
    size_t size = sizeof(struct nct_kept_keys) + count * sizeof(struct nct_kept_key);
    struct nct_kept_keys *kept = sodium_malloc((size + alignment - 1) / alignment * alignment);
    if (kept != NULL)
        kept->count = count;
    return kept;
}

void nct_keyring_free(struct nct_keyring *ring) {
    for (size_t i = 0; i < ring->count; i++)
        nct_keys_free(ring->held[i]);
    sodium_free(ring->kept);
    *ring = (struct nct_keyring){.count = 0};
}

const struct nct_keys *nct_keyring_find_further(const struct nct_keyring *ring, const unsigned char id[NCT_KEY_ID]) {
    for (size_t i = 1; i < ring->count; i++)
        if (memcmp(ring->held[i]->id, id, NCT_KEY_ID) == 0)
            return ring->held[i];
    return NULL;
}

void nct_keyring_name_pepper(const struct nct_keyring *ring, unsigned char name[NCT_KEY_ID]) {
    const unsigned char *id = nct_keyring_current(ring)->id;
    int first = memcmp(id, ring->kept->keys[0].id, NCT_KEY_ID) == 0;
    memset(name, 0, NCT_KEY_ID);
    if (!first)
        memcpy(name, id, NCT_KEY_ID);
}

/* What is not in the store yet may be held: a key that is still to be announced. */
const unsigned char *nct_keyring_pepper(const struct nct_keyring *ring, const unsigned char name[NCT_KEY_ID]) {
    const struct nct_kept_keys *kept = ring->kept;
    if (sodium_is_zero(name, NCT_KEY_ID))
        return kept->keys[0].pepper;
    for (size_t i = 0; i < kept->count; i++)
        if (memcmp(kept->keys[i].id, name, NCT_KEY_ID) == 0)
            return kept->keys[i].pepper;
    const struct nct_keys *held = nct_keyring_find(ring, name);
    return held != NULL ? held->pepper : NULL;
}
