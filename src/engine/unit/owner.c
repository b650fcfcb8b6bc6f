/* Which head owns a row: from the type, and the key of the row. */
#include "engine/unit/relation.h"

#include <sodium.h>
#include <string.h>

static nct_status place_stream(char letter, const void *id, size_t len, struct nct_head_place *place) {
    place->type = &nct_type_stream;
    place->key[0] = (unsigned char)letter;
    memcpy(place->key + 1, id, len);
    place->len = 1 + len;
    return NCT_OK;
}

static nct_status place_registry(char letter, const unsigned char shard[NCT_SHARD], struct nct_head_place *place) {
    (void)place_stream(letter, shard, NCT_SHARD, place);
    place->type = &nct_type_registry;
    return NCT_OK;
}

static nct_status place_provider(const unsigned char *key, size_t key_len, struct nct_head_place *place) {
    const unsigned char *end = memchr(key, '\0', key_len);
    if (end == NULL || end == key || end - key >= NCT_PROVIDER_ROOM)
        return NCT_E_INTEGRITY;
    return place_stream(NCT_STREAM_PROVIDER, key, (size_t)(end - key), place);
}

static void shard_of_stream(const void *key, size_t key_len, unsigned char shard[NCT_SHARD]) {
    unsigned char hash[crypto_generichash_BYTES_MIN];
    crypto_generichash(hash, sizeof hash, key, key_len, NULL, 0);
    unsigned number = (hash[0] | (unsigned)hash[1] << 8) % NCT_STREAM_SHARDS;
    shard[0] = (unsigned char)(number >> 8);
    shard[1] = (unsigned char)number;
}

/* Stand-ins have none: the first try at a name nobody has would write more than the next. */
static nct_status place_registry_of_stream(const void *key, size_t key_len, struct nct_head_place *place) {
    static const char stand_in[] = NCT_STAND_IN;
    unsigned char shard[NCT_SHARD];
    if (key_len > sizeof stand_in && memcmp((const char *)key + 1, stand_in, sizeof stand_in) == 0)
        return NCT_OK;
    shard_of_stream(key, key_len, shard);
    return place_registry(NCT_REGISTRY_STREAMS, shard, place);
}

/* By what waits: a kind's oldest and newest items are in any of its registries, so two submissions seldom meet. */
static nct_status place_work(const unsigned char *key, size_t key_len, struct nct_head_place *place) {
    unsigned char hash[crypto_generichash_BYTES_MIN];
    if (key_len <= NCT_WORK_HEAD)
        return NCT_E_INTEGRITY;
    crypto_generichash(hash, sizeof hash, key + NCT_WORK_HEAD, key_len - NCT_WORK_HEAD, NULL, 0);
    unsigned number = (unsigned)key[0] * NCT_WORK_SHARDS + hash[0] % NCT_WORK_SHARDS;
    const unsigned char shard[NCT_SHARD] = {(unsigned char)(number >> 8), (unsigned char)number};
    return place_registry(NCT_REGISTRY_WORK, shard, place);
}

/* A root for each kind of registry; roots belong to nobody. */
static nct_status place_root(const unsigned char *key, size_t key_len, struct nct_head_place *place) {
    if (key_len == 0)
        return NCT_E_INTEGRITY;
    if (key[0] == NCT_REGISTRY_ROOT)
        return NCT_OK;
    (void)place_stream(NCT_REGISTRY_ROOT, key, 1, place);
    place->type = &nct_type_registry;
    return NCT_OK;
}

nct_status nct_relation_place(const struct nct_record_type *type, const void *key, size_t key_len,
                              struct nct_head_place *place) {
    place->type = NULL;
    switch (type->owner) {
    case NCT_OWNER_PROVIDER:
        return place_provider(key, key_len, place);
    case NCT_OWNER_PERSON:
        return key_len < NCT_PERSON_ID ? NCT_E_INTEGRITY : place_stream(NCT_STREAM_PERSON, key, NCT_PERSON_ID, place);
    case NCT_OWNER_SHARD:
        return key_len < NCT_SHARD ? NCT_E_INTEGRITY : place_registry(NCT_REGISTRY_NCIDS, key, place);
    case NCT_OWNER_DIRECTORY:
        return key_len < NCT_SHARD ? NCT_E_INTEGRITY : place_registry(NCT_REGISTRY_DIRECTORY, key, place);
    case NCT_OWNER_STREAMS:
        return place_registry_of_stream(key, key_len, place);
    case NCT_OWNER_WORK:
        return place_work(key, key_len, place);
    case NCT_OWNER_ROOT:
        return place_root(key, key_len, place);
    default:
        return NCT_OK;
    }
}
