#include "engine/records/set_digest.h"

#include <nctracks/store.h>

#include <sodium.h>
#include <string.h>

_Static_assert(NCT_SET_SUM == crypto_shorthash_siphashx24_BYTES, "a sum of hashes");

static size_t put_le64(unsigned char *out, uint64_t value) {
    for (size_t i = 0; i < 8; i++)
        out[i] = (unsigned char)(value >> (8 * i));
    return 8;
}

/* Space, length of the key, revision, key: what follows is of one length for rows and of another for masks, and they
 * have keys of their own. */
static size_t put_place(unsigned char *out, const struct nct_place *place) {
    out[0] = (unsigned char)place->space;
    out[1] = (unsigned char)place->key_len;
    size_t len = 2 + put_le64(out + 2, place->revision);
    memcpy(out + len, place->key, place->key_len);
    return len + place->key_len;
}

#define PLACE_MAX (2 + 8 + NCT_KEY_MAX)

static void hash_member(unsigned char term[NCT_SET_SUM], const struct nct_keys *keys,
                        const struct nct_set_member *row) {
    unsigned char bytes[PLACE_MAX + NCT_ROW_TAG];
    size_t len = put_place(bytes, &row->place);
    size_t tag_len = row->tag != NULL ? NCT_ROW_TAG : 0;
    if (tag_len > 0)
        memcpy(bytes + len, row->tag, tag_len);
    crypto_shorthash_siphashx24(term, bytes, len + tag_len, keys->sets);
}

void nct_set_add(struct nct_set_digest *set, const struct nct_keys *keys, const struct nct_set_member *row) {
    unsigned char term[NCT_SET_SUM];
    hash_member(term, keys, row);
    sodium_add(set->sum, term, NCT_SET_SUM);
    set->count++;
}

void nct_set_take(struct nct_set_digest *set, const struct nct_keys *keys, const struct nct_set_member *row) {
    unsigned char term[NCT_SET_SUM];
    hash_member(term, keys, row);
    sodium_sub(set->sum, term, NCT_SET_SUM);
    set->count--;
}

/* One without rows is not masked, so that heads need no room for relations that are not used. */
static int is_empty(const struct nct_set_digest *set) {
    return set->count == 0 && sodium_is_zero(set->sum, NCT_SET_SUM);
}

static void hash_place(unsigned char mask[NCT_SET_SUM], const struct nct_keys *keys,
                       const struct nct_set_place *place) {
    unsigned char bytes[PLACE_MAX + 8 + 1];
    size_t len = put_place(bytes, &place->row);
    len += put_le64(bytes + len, (uint64_t)place->since);
    bytes[len++] = place->slot;
    crypto_shorthash_siphashx24(mask, bytes, len, keys->sets + 16);
}

void nct_set_mask(struct nct_set_digest *set, const struct nct_keys *keys, const struct nct_set_place *place) {
    unsigned char mask[NCT_SET_SUM];
    if (is_empty(set))
        return;
    hash_place(mask, keys, place);
    sodium_add(set->sum, mask, NCT_SET_SUM);
}

void nct_set_unmask(struct nct_set_digest *set, const struct nct_keys *keys, const struct nct_set_place *place) {
    unsigned char mask[NCT_SET_SUM];
    if (is_empty(set))
        return;
    hash_place(mask, keys, place);
    sodium_sub(set->sum, mask, NCT_SET_SUM);
}

int nct_set_equal(const struct nct_set_digest *one, const struct nct_set_digest *other) {
    return one->count == other->count && sodium_memcmp(one->sum, other->sum, NCT_SET_SUM) == 0;
}
