/*
 * The keys a portal works with: those derived from the master keys it was given, and what its store keeps of every
 * key there ever was, so that a master key can be dropped once no row is under it.
 */
#ifndef NCT_ENGINE_RECORDS_KEYRING_H
#define NCT_ENGINE_RECORDS_KEYRING_H

#include "engine/records/keys.h"

#include <string.h>

#define NCT_KEYS_HELD_MAX (1 + NCT_MASTER_KEYS_MAX)

/* What verifiers made under a key still need. */
struct nct_kept_key {
    unsigned char id[NCT_KEY_ID];
    unsigned char pepper[NCT_KEY];
};

/* Read from the store when the portal opens; in guarded memory. */
struct nct_kept_keys {
    unsigned char lookup[NCT_KEY]; /* of the store's first key, for good: what is hashed with it outlives every key */
    unsigned char ncids[16];       /* made of it, for a short hash: by which NCIDs are spread over shards */
    size_t count;
    struct nct_kept_key keys[]; /* by number: the store's first key first */
};

struct nct_keyring {
    struct nct_keys *held[NCT_KEYS_HELD_MAX]; /* new rows are made under the first */
    size_t count;
    struct nct_kept_keys *kept; /* NULL until the portal is open */
};

/* Derives the keys of a further master key; the first becomes the current one. NCT_OK; NCT_E_NO_MEMORY; NCT_E_KEY for
 * a key whose id is no id: one in four thousand million. */
nct_status nct_keyring_add(struct nct_keyring *ring, const unsigned char master[NCT_MASTER_KEY_BYTES]);

/* Room for what the store keeps of its keys. NULL without memory. Freed by nct_keyring_free() once it is in a ring. */
struct nct_kept_keys *nct_kept_keys_new(size_t count);

/* Wipes and frees what is in a ring. */
void nct_keyring_free(struct nct_keyring *ring);

static inline const struct nct_keys *nct_keyring_current(const struct nct_keyring *ring) {
    return ring->held[0];
}

/* One of the further keys by its id; NULL when it is not held. */
const struct nct_keys *nct_keyring_find_further(const struct nct_keyring *ring, const unsigned char id[NCT_KEY_ID]);

/* The held key of an id; NULL when it is not held. Nearly every row is under the current one. */
static inline const struct nct_keys *nct_keyring_find(const struct nct_keyring *ring,
                                                      const unsigned char id[NCT_KEY_ID]) {
    return memcmp(ring->held[0]->id, id, NCT_KEY_ID) == 0 ? ring->held[0] : nct_keyring_find_further(ring, id);
}

/* Verifiers name the key whose pepper made them; zeros are the store's first key, so that it needs no name. */
void nct_keyring_name_pepper(const struct nct_keyring *ring, unsigned char name[NCT_KEY_ID]);
const unsigned char *nct_keyring_pepper(const struct nct_keyring *ring, const unsigned char name[NCT_KEY_ID]);

#endif
