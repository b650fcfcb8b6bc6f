#include "portal/registry/ncid.h"

#include "engine/unit/look.h"

#include <sodium.h>
#include <string.h>

#define SHARDS 4096

/* Keyed, so that nobody fills one shard by choosing NCIDs. Where nothing is proved of rows, none are counted. */
size_t nct_ncid_key(const struct nct_portal *portal, const char *ncid, unsigned char key[NCT_NCID_KEY_MAX]) {
    unsigned char hash[crypto_shorthash_BYTES] = {0};
    size_t len = strlen(ncid);
    if (!nct_rows_are_own(portal))
        crypto_shorthash(hash, (const unsigned char *)ncid, len, portal->keyring.kept->ncids);
    unsigned shard = (hash[0] | (unsigned)hash[1] << 8) % SHARDS;
    key[0] = (unsigned char)(shard >> 8);
    key[1] = (unsigned char)shard;
    memcpy(key + NCT_SHARD, ncid, len);
    return NCT_SHARD + len;
}

nct_status nct_ncid_get(struct nct_unit *unit, const char *ncid, struct nct_ncid_record *record) {
    unsigned char key[NCT_NCID_KEY_MAX];
    size_t len = nct_ncid_key(unit->portal, ncid, key);
    return nct_unit_get(unit, &nct_type_ncid, key, len, record);
}

nct_status nct_ncid_get_proved(struct nct_unit *unit, const char *ncid, struct nct_ncid_record *record) {
    unsigned char key[NCT_NCID_KEY_MAX];
    size_t len = nct_ncid_key(unit->portal, ncid, key);
    return nct_look_get(unit, &nct_type_ncid, key, len, NCT_SHARD, record, NULL);
}

nct_status nct_ncid_put(struct nct_unit *unit, const char *ncid, const struct nct_ncid_record *record) {
    unsigned char key[NCT_NCID_KEY_MAX];
    size_t len = nct_ncid_key(unit->portal, ncid, key);
    return nct_unit_put(unit, &nct_type_ncid, key, len, record);
}
