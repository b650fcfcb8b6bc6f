#include "portal/credentials/verifier.h"

#include <sodium.h>
#include <string.h>

_Static_assert(NCT_SALT == crypto_pwhash_SALTBYTES, "salt of crypto_pwhash");

/* The keyed step makes a stolen store worthless without the key, and keeps Argon2id's pattern of memory access
 * independent of the secret. */
static void pepper(const unsigned char key[NCT_KEY], enum nct_secret kind, const unsigned char person[NCT_PERSON_ID],
                   const void *secret, size_t len, unsigned char out[NCT_KEY]) {
    static const char domain[] = "nctracks/secret/1";
    unsigned char kind_byte = (unsigned char)kind;
    crypto_generichash_state state;
    crypto_generichash_init(&state, key, NCT_KEY, NCT_KEY);
    crypto_generichash_update(&state, (const unsigned char *)domain, sizeof domain);
    crypto_generichash_update(&state, &kind_byte, 1);
    crypto_generichash_update(&state, person, NCT_PERSON_ID);
    crypto_generichash_update(&state, secret, len);
    crypto_generichash_final(&state, out, NCT_KEY);
    sodium_memzero(&state, sizeof state);
}

/* crypto_pwhash() fails for want of memory alone: the bounds of cost are the policy's. */
static nct_status derive(const struct nct_portal *portal, enum nct_secret kind,
                         const unsigned char person[NCT_PERSON_ID], const void *secret, size_t len,
                         const struct nct_verifier *verifier, unsigned char hash[NCT_VERIFIER]) {
    unsigned char peppered[NCT_KEY];
    const unsigned char *key = nct_keyring_pepper(&portal->keyring, verifier->key);
    if (key == NULL)
        return NCT_E_KEY;
    pepper(key, kind, person, secret, len, peppered);
    int failed = crypto_pwhash(hash, NCT_VERIFIER, (const char *)peppered, sizeof peppered, verifier->salt,
                               verifier->passes, (size_t)verifier->memory * 1024, crypto_pwhash_ALG_ARGON2ID13);
    sodium_memzero(peppered, sizeof peppered);
    return failed ? NCT_E_NO_MEMORY : NCT_OK;
}

static void set_making(const struct nct_portal *portal, struct nct_verifier *verifier) {
    nct_keyring_name_pepper(&portal->keyring, verifier->key);
    verifier->memory = (uint64_t)nct_policy_option(&portal->policy, NCT_OPTION_KDF_MEMORY);
    verifier->passes = (uint64_t)nct_policy_option(&portal->policy, NCT_OPTION_KDF_PASSES);
}

nct_status nct_verifier_make(const struct nct_portal *portal, enum nct_secret kind,
                             const unsigned char person[NCT_PERSON_ID], const void *secret, size_t len,
                             struct nct_verifier *verifier) {
    set_making(portal, verifier);
    nct_status status = nct_seams_fill(&portal->seams, verifier->salt, sizeof verifier->salt);
    if (status == NCT_OK)
        status = derive(portal, kind, person, secret, len, verifier, verifier->hash);
    return status;
}

int nct_verifier_is_present(const struct nct_portal *portal, const struct nct_verifier *verifier) {
    struct nct_verifier present;
    set_making(portal, &present);
    return verifier->memory == present.memory && verifier->passes == present.passes &&
           memcmp(verifier->key, present.key, NCT_KEY_ID) == 0;
}

void nct_factor_strengthen(struct nct_factor *factor, const struct nct_verifier *verifier) {
    factor->memory = verifier->memory;
    factor->passes = verifier->passes;
    memcpy(factor->salt, verifier->salt, sizeof factor->salt);
    memcpy(factor->verifier, verifier->hash, sizeof factor->verifier);
    memcpy(factor->key, verifier->key, sizeof factor->key);
}

void nct_factor_fill(const struct nct_portal *portal, const unsigned char person[NCT_PERSON_ID],
                     struct nct_factor *factor) {
    struct nct_verifier filler;
    set_making(portal, &filler);
    memcpy(filler.salt, person, sizeof filler.salt);
    crypto_generichash(filler.hash, NCT_VERIFIER, person, NCT_PERSON_ID, portal->keyring.kept->lookup, NCT_KEY);
    nct_factor_strengthen(factor, &filler);
}

void nct_factor_renew(struct nct_factor *factor, const struct nct_verifier *verifier, int64_t now) {
    nct_factor_strengthen(factor, verifier);
    factor->state = NCT_PIN_ACTIVE;
    factor->generation++;
    factor->issued_at = now;
    factor->failures = 0;
    factor->unsettled = 0;
    factor->failed_at = 0;
}

int nct_factor_disabled(const struct nct_policy *policy, enum nct_secret kind, const struct nct_factor *factor) {
    int32_t option = kind == NCT_SECRET_PIN ? NCT_OPTION_PIN_ATTEMPTS : NCT_OPTION_PASSWORD_ATTEMPTS;
    return factor->failures + factor->unsettled >= (uint64_t)nct_policy_option(policy, option);
}

int32_t nct_factor_pin_state(const struct nct_policy *policy, const struct nct_factor *pin, int any_access) {
    if (pin->state != NCT_PIN_ACTIVE)
        return pin->state;
    if (!any_access)
        return NCT_PIN_SUSPENDED;
    return nct_factor_disabled(policy, NCT_SECRET_PIN, pin) ? NCT_PIN_DISABLED : NCT_PIN_ACTIVE;
}

static int64_t delay_after(const struct nct_policy *policy, uint64_t failures) {
    uint64_t from = (uint64_t)nct_policy_option(policy, NCT_OPTION_DELAY_FROM);
    int64_t longest = nct_policy_option(policy, NCT_OPTION_DELAY_LONGEST);
    int64_t delay = failures >= from ? nct_policy_option(policy, NCT_OPTION_DELAY_FIRST) : 0;
    for (uint64_t i = from; i < failures && delay < longest; i++)
        delay *= 2;
    return delay < longest ? delay : longest;
}

/* A clock that went back starts the wait anew: the penalty stays bounded, and is not lifted either. */
static int must_wait(const struct nct_policy *policy, struct nct_factor *factor, int64_t now) {
    if (delay_after(policy, factor->failures) == 0)
        return 0;
    if (now < factor->failed_at)
        factor->failed_at = now;
    return now < nct_factor_waits_until(policy, factor, now);
}

int64_t nct_factor_waits_until(const struct nct_policy *policy, const struct nct_factor *factor, int64_t now) {
    return (now < factor->failed_at ? now : factor->failed_at) + delay_after(policy, factor->failures);
}

static nct_status why_blocked(const struct nct_portal *portal, enum nct_secret kind, struct nct_factor *factor,
                              int eligible, int64_t now) {
    if (!eligible)
        return NCT_E_NOT_PROVISIONED;
    if (factor->state != NCT_PIN_ACTIVE)
        return NCT_E_NO_PIN;
    if (nct_factor_disabled(&portal->policy, kind, factor))
        return NCT_E_LIMIT;
    return must_wait(&portal->policy, factor, now) ? NCT_E_BUSY : NCT_OK;
}

void nct_try_reserve(const struct nct_portal *portal, enum nct_secret kind, const unsigned char person[NCT_PERSON_ID],
                     struct nct_factor *factor, int eligible, int64_t now, struct nct_try *attempt) {
    *attempt = (struct nct_try){.kind = kind};
    memcpy(attempt->person, person, NCT_PERSON_ID);
    set_making(portal, &attempt->verifier);
    attempt->blocked = why_blocked(portal, kind, factor, eligible, now);
    attempt->generation = factor->generation;
    if (attempt->blocked != NCT_OK)
        return;
    attempt->evaluate = 1;
    factor->unsettled++;
    attempt->verifier.memory = factor->memory;
    attempt->verifier.passes = factor->passes;
    memcpy(attempt->verifier.salt, factor->salt, sizeof factor->salt);
    memcpy(attempt->verifier.hash, factor->verifier, sizeof factor->verifier);
    memcpy(attempt->verifier.key, factor->key, sizeof factor->key);
}

nct_status nct_try_evaluate(const struct nct_portal *portal, const void *secret, size_t len, struct nct_try *attempt) {
    unsigned char hash[NCT_VERIFIER];
    nct_status status = derive(portal, attempt->kind, attempt->person, secret, len, &attempt->verifier, hash);
    if (status == NCT_OK) {
        unsigned same = (unsigned)(sodium_memcmp(hash, attempt->verifier.hash, sizeof hash) + 1);
        attempt->right = same & attempt->evaluate;
        attempt->tried = 1;
    }
    sodium_memzero(hash, sizeof hash);
    return status;
}

nct_status nct_derive_idly(const struct nct_portal *portal, const void *secret, size_t len) {
    static const unsigned char nobody[NCT_PERSON_ID];
    struct nct_factor none = {0};
    struct nct_try idle;
    nct_try_reserve(portal, NCT_SECRET_PASSWORD, nobody, &none, 0, 0, &idle);
    return nct_try_evaluate(portal, secret, len, &idle);
}

void nct_try_settle(const struct nct_try *attempt, enum nct_verdict verdict, int64_t now, struct nct_factor *factor) {
    if (!attempt->evaluate || factor->generation != attempt->generation)
        return;
    if (factor->unsettled > 0)
        factor->unsettled--;
    if (verdict == NCT_TRY_WRONG) {
        factor->failures++;
        factor->failed_at = now;
    }
    if (verdict == NCT_TRY_RIGHT) {
        factor->failures = 0;
        factor->unsettled = 0; /* cut off before: they were not later ones, for tries take turns */
    }
}
