#include "portal/registry/stand_in.h"

#include <sodium.h>
#include <string.h>

/* Person ids are random, so none begins like this. */
static const unsigned char prefix[NCT_PERSON_ID] = NCT_STAND_IN;

void nct_shadow_at(int number, unsigned char person[NCT_PERSON_ID]) {
    memcpy(person, prefix, NCT_PERSON_ID);
    person[NCT_PERSON_ID - 1] = (unsigned char)number;
}

int nct_shadow_number(const unsigned char person[NCT_PERSON_ID]) {
    return memcmp(person, prefix, NCT_PERSON_ID - 1) == 0 ? person[NCT_PERSON_ID - 1] : -1;
}

void nct_shadow_of(const struct nct_portal *portal, const char *name, unsigned char person[NCT_PERSON_ID]) {
    static const char domain[] = "nctracks/shadow/1";
    unsigned char hash[16];
    crypto_generichash_state state;
    crypto_generichash_init(&state, portal->keyring.kept->lookup, NCT_KEY, sizeof hash);
    crypto_generichash_update(&state, (const unsigned char *)domain, sizeof domain);
    crypto_generichash_update(&state, (const unsigned char *)name, strlen(name));
    crypto_generichash_final(&state, hash, sizeof hash);
    nct_shadow_at(hash[0], person);
}
