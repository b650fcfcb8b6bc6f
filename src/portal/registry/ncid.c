#include "portal/registry/ncid.h"

#include "engine/unit/look.h"

#include <sodium.h>
#include <string.h>

#define SHARDS 4096
#define KEY_MAX (NCT_SHARD + NCT_NCID_ROOM)

/* Keyed, so that nobody fills one shard by choosing NCIDs. */
static size_t make_key(const struct nct_portal *portal, const char *ncid, unsigned char key[KEY_MAX]) {
    static const char domain[] = "nctracks/ncid/1";
    unsigned char hash[crypto_generichash_BYTES_MIN];
    size_t len = strlen(ncid);
    crypto_generichash_state state;
    crypto_generichash_init(&state, portal->keyring.kept->lookup, NCT_KEY, sizeof hash);
    crypto_generichash_update(&state, (const unsigned char *)domain, sizeof domain);
    crypto_generichash_update(&state, (const unsigned char *)ncid, len);
    crypto_generichash_final(&state, hash, sizeof hash);
    unsigned shard = (hash[0] | (unsigned)hash[1] << 8) % SHARDS;
    key[0] = (unsigned char)(shard >> 8);
    key[1] = (unsigned char)shard;
    memcpy(key + NCT_SHARD, ncid, len);
    return NCT_SHARD + len;
}

nct_status nct_ncid_get(struct nct_unit *unit, const char *ncid, struct nct_ncid_record *record) {
    unsigned char key[KEY_MAX];
    size_t len = make_key(unit->portal, ncid, key);
    return nct_unit_get(unit, &nct_type_ncid, key, len, record);
}

nct_status nct_ncid_get_proved(struct nct_unit *unit, const char *ncid, struct nct_ncid_record *record) {
    unsigned char key[KEY_MAX];
    size_t len = make_key(unit->portal, ncid, key);
    return nct_look_get(unit, &nct_type_ncid, key, len, NCT_SHARD, record, NULL);
}

nct_status nct_ncid_put(struct nct_unit *unit, const char *ncid, const struct nct_ncid_record *record) {
    unsigned char key[KEY_MAX];
    size_t len = make_key(unit->portal, ncid, key);
    return nct_unit_put(unit, &nct_type_ncid, key, len, record);
}
