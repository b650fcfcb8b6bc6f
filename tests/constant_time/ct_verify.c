/*
 * Verifying a password or a PIN takes a time that tells nothing of the secret, of the key, of the verifier, nor of
 * whether there was anything to verify. To be run under valgrind, which must find nothing.
 *
 * The one thing declassified on the way is what goes into Argon2id: the output of the keyed hash, which is why it is
 * there. credential.c is compiled with crypto_pwhash named ct_pwhash; nothing in the library knows of this.
 */
#include "ct.h"

#include "portal/credentials/verifier.h"

#include <nctracks.h>

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int derivations;
static unsigned char derived_from[NCT_KEY]; /* by the last derivation */

static void require(int condition, const char *what) {
    if (condition)
        return;
    (void)fprintf(stderr, "ct_verify: not so: %s\n", what);
    exit(3);
}

int ct_pwhash(unsigned char *out, unsigned long long out_len, const char *secret, unsigned long long len,
              const unsigned char *salt, unsigned long long passes, size_t memory, int algorithm);

int ct_pwhash(unsigned char *out, unsigned long long out_len, const char *secret, unsigned long long len,
              const unsigned char *salt, unsigned long long passes, size_t memory, int algorithm) {
    require(!RUNNING_ON_VALGRIND || derivations == 0 || ct_is_secret(secret), "what is derived from is secret");
    require(len == sizeof derived_from, "what is derived from is the output of the keyed hash");
    ct_declassify(secret, (size_t)len);
    memcpy(derived_from, secret, sizeof derived_from);
    int failed = crypto_pwhash(out, out_len, secret, len, salt, passes, memory, algorithm);
    derivations++;
    ct_poison(out, (size_t)out_len);
    return failed;
}

static nct_portal *open_portal(void) {
    unsigned char key[NCT_MASTER_KEY_BYTES];
    nct_config *config = NULL;
    nct_policy *policy = NULL;
    nct_portal *portal = NULL;
    memset(key, 0x5A, sizeof key);
    require(nct_policy_new("2013", &policy) == NCT_OK, "a policy");
    require(nct_policy_set(policy, NCT_OPTION_TESTING, 1) == NCT_OK, "a testing policy");
    require(nct_policy_set(policy, NCT_OPTION_KDF_MEMORY, 8) == NCT_OK, "a low cost");
    require(nct_policy_set(policy, NCT_OPTION_KDF_PASSES, 1) == NCT_OK, "a low cost");
    require(nct_config_new(&config) == NCT_OK, "a configuration");
    require(nct_config_set_policy(config, policy) == NCT_OK, "the policy taken");
    require(nct_config_set_master_key(config, key, sizeof key) == NCT_OK, "the key taken");
    require(nct_portal_open(config, &portal) == NCT_OK, "an open portal");
    nct_config_free(config);
    nct_policy_free(policy);
    return portal;
}

static const unsigned char person[NCT_PERSON_ID] = {1, 2, 3};

/* One try of a secret against the verifier of another, with all poisoned that nobody may learn from the time. */
static unsigned try_secret(nct_portal *portal, enum nct_secret kind, struct nct_factor *factor, const char *secret,
                           int eligible) {
    struct nct_try attempt;
    char bytes[64];
    size_t len = strlen(secret);
    memcpy(bytes, secret, len);
    nct_try_reserve(portal, kind, person, factor, eligible, 1000, &attempt);
    ct_poison(bytes, len);
    ct_poison(portal->keyring.kept->keys[0].pepper, NCT_KEY);
    ct_poison(attempt.verifier.hash, sizeof attempt.verifier.hash);
    ct_poison(&attempt.evaluate, sizeof attempt.evaluate);
    nct_status status = nct_try_evaluate(portal, bytes, len, &attempt);
    require(!RUNNING_ON_VALGRIND || ct_is_secret(&attempt.right), "the result is secret until it is told");
    require(status == NCT_OK, "the evaluation");
    ct_declassify(&attempt.right, sizeof attempt.right);
    ct_declassify(portal->keyring.kept->keys[0].pepper, NCT_KEY);
    return attempt.right;
}

static struct nct_factor make_factor(nct_portal *portal, enum nct_secret kind, const char *secret) {
    struct nct_verifier verifier;
    struct nct_factor factor = {0};
    derivations = 0;
    require(nct_verifier_make(portal, kind, person, secret, strlen(secret), &verifier) == NCT_OK, "a verifier");
    ct_declassify(verifier.hash, sizeof verifier.hash);
    nct_factor_renew(&factor, &verifier, 0);
    return factor;
}

/* Only what depends on all of the key may be declassified: it tells nothing of the secret. */
static void require_keyed(nct_portal *portal, struct nct_factor *factor) {
    unsigned char before[NCT_KEY];
    (void)try_secret(portal, NCT_SECRET_PIN, factor, "804915", 1);
    memcpy(before, derived_from, sizeof before);
    (void)try_secret(portal, NCT_SECRET_PIN, factor, "804915", 1);
    require(memcmp(before, derived_from, sizeof before) == 0, "the same is hashed to the same");
    (void)try_secret(portal, NCT_SECRET_PIN, factor, "804916", 1);
    require(memcmp(before, derived_from, sizeof before) != 0, "another secret is hashed to something else");
    (void)try_secret(portal, NCT_SECRET_PASSWORD, factor, "804915", 1);
    require(memcmp(before, derived_from, sizeof before) != 0, "so is another kind of secret");
    for (size_t i = 0; i < sizeof before; i++)
        require(memcmp(before + i, "804915", i + 6 <= sizeof before ? 6 : sizeof before - i) != 0, "no secret shows");
}

static void try_kind(nct_portal *portal, enum nct_secret kind, const char *right, const char *wrong) {
    struct nct_factor factor = make_factor(portal, kind, right);
    require(try_secret(portal, kind, &factor, right, 1) == 1, "the right secret is right");
    require(try_secret(portal, kind, &factor, wrong, 1) == 0, "a wrong one is wrong");
    require(try_secret(portal, kind, &factor, right, 0) == 0, "who is not eligible is never right");
    factor.state = NCT_PIN_NONE;
    require(try_secret(portal, kind, &factor, right, 1) == 0, "what does not exist is never right");
    require(derivations == 5, "each try derives");
}

int main(void) {
    nct_portal *portal = open_portal();
    try_kind(portal, NCT_SECRET_PIN, "804915", "804916");
    try_kind(portal, NCT_SECRET_PASSWORD, "correct horse battery", "correct horse batterz");
    struct nct_factor factor = make_factor(portal, NCT_SECRET_PIN, "804915");
    require_keyed(portal, &factor);
    nct_portal_close(portal);
    if (!RUNNING_ON_VALGRIND)
        (void)fprintf(stderr, "ct_verify: not under valgrind, so nothing was shown\n");
    return 0;
}
