#include "portal/credentials/signing_period.h"

#include "base/bytes.h"

#include <sodium.h>
#include <string.h>

static void hash_token(const struct nct_portal *portal, const void *token, size_t len, unsigned char hash[NCT_HASH]) {
    static const char domain[] = "nctracks/period/1";
    crypto_generichash_state state;
    crypto_generichash_init(&state, portal->keyring.kept->lookup, NCT_KEY, NCT_HASH);
    crypto_generichash_update(&state, (const unsigned char *)domain, sizeof domain);
    crypto_generichash_update(&state, token, len);
    crypto_generichash_final(&state, hash, NCT_HASH);
    sodium_memzero(&state, sizeof state);
}

/* A clock that went back ends a period: how long it was unused cannot be told. */
static int is_in_time(const struct nct_policy *policy, const struct nct_period *period, int64_t now) {
    return now >= period->used_at && now - period->used_at < nct_policy_option(policy, NCT_OPTION_PERIOD_IDLE) &&
           now - period->began_at < nct_policy_option(policy, NCT_OPTION_PERIOD_LONGEST);
}

int nct_period_holds(const struct nct_portal *portal, const struct nct_person_record *record,
                     const struct nct_credential *credential, const void *token, size_t len, int64_t now) {
    unsigned char hash[NCT_HASH];
    const struct nct_period *period = &credential->period;
    hash_token(portal, token, len, hash);
    int same = sodium_memcmp(hash, period->token, NCT_HASH) == 0;
    int unchanged = period->password == credential->password.generation && period->pin == credential->pin.generation &&
                    period->changes == record->changes;
    int offered = nct_policy_option(&portal->policy, NCT_OPTION_PERIOD) != 0;
    return same & unchanged & offered & is_in_time(&portal->policy, period, now);
}

nct_status nct_period_begin(const struct nct_portal *portal, const struct nct_person_record *record,
                            struct nct_credential *credential, int64_t now, char token[NCT_PERIOD_TOKEN + 1]) {
    unsigned char bytes[NCT_PERIOD_TOKEN / 2];
    token[0] = '\0';
    if (nct_policy_option(&portal->policy, NCT_OPTION_PERIOD) == 0)
        return NCT_OK;
    nct_status status = nct_seams_fill(&portal->seams, bytes, sizeof bytes);
    if (status != NCT_OK)
        return status;
    nct_hex(token, bytes, sizeof bytes);
    sodium_memzero(bytes, sizeof bytes);
    credential->period = (struct nct_period){.began_at = now,
                                             .used_at = now,
                                             .password = credential->password.generation,
                                             .pin = credential->pin.generation,
                                             .changes = record->changes};
    hash_token(portal, token, NCT_PERIOD_TOKEN, credential->period.token);
    return NCT_OK;
}

void nct_period_use(struct nct_credential *credential, int64_t now) {
    credential->period.used_at = now;
}
