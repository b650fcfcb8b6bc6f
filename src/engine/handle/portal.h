/*
 * The handle: everything a portal was opened with. Immutable once open, but for the count of its users and what it has
 * seen of time.
 */
#ifndef NCT_ENGINE_HANDLE_PORTAL_H
#define NCT_ENGINE_HANDLE_PORTAL_H

#include "base/environment.h"
#include "engine/handle/guest.h"
#include "engine/records/keyring.h"
#include "language/catalogue.h"
#include "policy/policy.h"

#include <nctracks/mailer.h>
#include <nctracks/store.h>

#include <stdatomic.h>

/* The callbacks of a configuration, as checked and copied. */
struct nct_callbacks {
    nct_store store; /* commit is NULL: the built-in store */
    void *store_data;
    nct_mailer mailer; /* send is NULL: none */
    void *mailer_data;
    nct_identity identity; /* verify_password is NULL: the library's own verifiers */
    void *identity_data;
    nct_blocklist blocklist; /* check is NULL: none */
    void *blocklist_data;
};

struct nct_config {
    struct nct_seams seams;
    struct nct_callbacks callbacks;
    struct nct_guests guests;
    struct nct_policy policy;
    struct nct_languages languages;                /* by malloc */
    unsigned char *master_keys[NCT_KEYS_HELD_MAX]; /* guarded memory; the first, the current one, is NULL until set */
    size_t more_keys;                              /* behind the first */
};

struct nct_portal {
    struct nct_lifetime lifetime; /* users: who opened it, and whatever is made of its memory */
    struct nct_seams seams;
    struct nct_memory memory; /* of the portal itself: the same, but keeps nothing */
    struct nct_callbacks callbacks;
    struct nct_guests guests;
    struct nct_policy policy;
    unsigned char policy_digest[NCT_POLICY_DIGEST];
    struct nct_languages languages;
    struct nct_keyring keyring;
    nct_memory_store *own_store; /* of a portal without a configured one; see nct_rows_are_own() */
    _Atomic int64_t seen;        /* when it last committed something; 0: not yet */
};

/*
 * Whether the rows lie in the portal's own store, which nobody else can reach: not a host, and not a test. They are as
 * safe there as the keys that would protect them, so they are kept as they are, and nothing is proved of them. A memory
 * store that a host made is a host's store.
 */
static inline int nct_rows_are_own(const struct nct_portal *portal) {
    return portal->own_store != NULL;
}

/* A status a callback answered: unchanged if its contract allows it, else NCT_E_CALLBACK. `usual` is the contract's
 * own failure code. The name of the callback is noted. */
nct_status nct_callback_failure(nct_status status, nct_status usual, const char *callback);

#endif
