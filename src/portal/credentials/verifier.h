/*
 * Passwords and PINs: deriving verifiers, and counting tries before they are made.
 *
 * A try is reserved in one commit, evaluated outside, and settled in another. What is reserved counts towards the limit
 * until it is settled, so neither a crash nor any number of tries at once gets more evaluations. Tries of one person
 * take turns (turn.h), so that what is settled is always the last that was reserved. tests/model/attempts.pml proves
 * it.
 */
#ifndef NCT_PORTAL_CREDENTIALS_VERIFIER_H
#define NCT_PORTAL_CREDENTIALS_VERIFIER_H

#include "engine/handle/portal.h"
#include "engine/records/types.h"

#include <nctracks/pin.h>

/* Which secret: separates their derivations. */
enum nct_secret { NCT_SECRET_PASSWORD = 1, NCT_SECRET_PIN };

/* A verifier as it is derived for a new secret. */
struct nct_verifier {
    uint64_t memory;
    uint64_t passes;
    unsigned char salt[NCT_SALT];
    unsigned char hash[NCT_VERIFIER];
    unsigned char key[NCT_KEY_ID]; /* whose pepper */
};

/* Derives a verifier with a new salt, the policy's cost and the current key's pepper. NCT_OK, NCT_E_RANDOM or
 * NCT_E_NO_MEMORY. */
nct_status nct_verifier_make(const struct nct_portal *portal, enum nct_secret kind,
                             const unsigned char person[NCT_PERSON_ID], const void *secret, size_t len,
                             struct nct_verifier *verifier);

/* Puts a verifier of no secret where there is none, so that a row without one is as long as another. */
void nct_factor_fill(const struct nct_portal *portal, const unsigned char person[NCT_PERSON_ID],
                     struct nct_factor *factor);

/* Puts a new secret in force: a new generation, no tries. */
void nct_factor_renew(struct nct_factor *factor, const struct nct_verifier *verifier, int64_t now);

/* Whether a verifier is as nct_verifier_make() would make it now: of the present cost, under the current key. */
int nct_verifier_is_present(const struct nct_portal *portal, const struct nct_verifier *verifier);

/* Puts the same secret under a verifier of the present cost and key. */
void nct_factor_strengthen(struct nct_factor *factor, const struct nct_verifier *verifier);

/* Whether the policy still allows tries. */
int nct_factor_disabled(const struct nct_policy *policy, enum nct_secret kind, const struct nct_factor *factor);

/* Until when the next try has to wait; a time that is past: not. */
int64_t nct_factor_waits_until(const struct nct_policy *policy, const struct nct_factor *factor, int64_t now);

/* One of the NCT_PIN constants, of somebody who has access to a provider, or has none. */
int32_t nct_factor_pin_state(const struct nct_policy *policy, const struct nct_factor *pin, int any_access);

/* A reserved try. When `evaluate` is 0 the derivation runs on a dummy, at the same cost. */
struct nct_try {
    enum nct_secret kind;
    unsigned char person[NCT_PERSON_ID];
    unsigned evaluate;
    unsigned tried;     /* nct_try_evaluate() came to an answer */
    unsigned right;     /* which was this */
    nct_status blocked; /* why there is nothing to evaluate, for the ledger: NCT_OK or a status */
    uint64_t generation;
    struct nct_verifier verifier;
};

/* Counts a try against a factor, if one is allowed. `eligible` 0: evaluate a dummy in any case. */
void nct_try_reserve(const struct nct_portal *portal, enum nct_secret kind, const unsigned char person[NCT_PERSON_ID],
                     struct nct_factor *factor, int eligible, int64_t now, struct nct_try *attempt);

/* Derives and compares, in constant time for a given cost. NCT_OK with `right` set; NCT_E_NO_MEMORY;
 * NCT_E_KEY when the pepper is of a key this portal has not heard of. */
nct_status nct_try_evaluate(const struct nct_portal *portal, const void *secret, size_t len, struct nct_try *attempt);

/* A derivation for nothing: beside it, it does not show which rows there are. NCT_OK or NCT_E_NO_MEMORY. */
nct_status nct_derive_idly(const struct nct_portal *portal, const void *secret, size_t len);

/* How a try ended. */
enum nct_verdict { NCT_TRY_WRONG, NCT_TRY_RIGHT, NCT_TRY_NOT_MADE };

/* Settles a reserved try whose turn it still is, unless the secret was renewed since. */
void nct_try_settle(const struct nct_try *attempt, enum nct_verdict verdict, int64_t now, struct nct_factor *factor);

#endif
