#include "engine/records/keys.h"

#include <sodium.h>
#include <string.h>

#define CONTEXT "nctracks"

_Static_assert(sizeof CONTEXT - 1 == crypto_kdf_CONTEXTBYTES, "context of crypto_kdf");
_Static_assert(NCT_SIGNING_SECRET == crypto_sign_SECRETKEYBYTES, "secret key of crypto_sign");
_Static_assert(NCT_KEY == crypto_sign_PUBLICKEYBYTES, "public key of crypto_sign");
_Static_assert(NCT_MASTER_KEY_BYTES == crypto_kdf_KEYBYTES, "master key of crypto_kdf");

/* Purposes; never renumbered. */
enum {
    PURPOSE_ID = 1,
    PURPOSE_AUTHENTICATION,
    PURPOSE_SEALING,
    PURPOSE_PEPPER,
    PURPOSE_LOOKUP,
    PURPOSE_SIGNING,
    PURPOSE_SETS
};

static void derive_signing(const unsigned char *master, struct nct_keys *keys) {
    unsigned char seed[crypto_sign_SEEDBYTES];
    unsigned char fingerprint[16];
    crypto_kdf_derive_from_key(seed, sizeof seed, PURPOSE_SIGNING, CONTEXT, master);
    crypto_sign_seed_keypair(keys->verifying, keys->signing, seed);
    crypto_generichash(fingerprint, sizeof fingerprint, keys->verifying, NCT_KEY, NULL, 0);
    memcpy(keys->signing_id, fingerprint, NCT_SIGNING_ID);
    sodium_memzero(seed, sizeof seed);
}

struct nct_keys *nct_keys_derive(const unsigned char master[NCT_MASTER_KEY_BYTES]) {
    struct nct_keys *keys = sodium_malloc(sizeof *keys);
    if (keys == NULL)
        return NULL;
    unsigned char id[16];
    crypto_kdf_derive_from_key(id, sizeof id, PURPOSE_ID, CONTEXT, master);
    for (size_t i = 0; i < NCT_KEY_ID; i++)
        keys->id[i] = id[i];
    crypto_kdf_derive_from_key(keys->authentication, sizeof keys->authentication, PURPOSE_AUTHENTICATION, CONTEXT,
                               master);
    crypto_kdf_derive_from_key(keys->sets, sizeof keys->sets, PURPOSE_SETS, CONTEXT, master);
    crypto_kdf_derive_from_key(keys->sealing, sizeof keys->sealing, PURPOSE_SEALING, CONTEXT, master);
    crypto_kdf_derive_from_key(keys->pepper, sizeof keys->pepper, PURPOSE_PEPPER, CONTEXT, master);
    crypto_kdf_derive_from_key(keys->lookup, sizeof keys->lookup, PURPOSE_LOOKUP, CONTEXT, master);
    derive_signing(master, keys);
    sodium_mprotect_readonly(keys);
    return keys;
}

void nct_keys_free(struct nct_keys *keys) {
    sodium_free(keys);
}
