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
    nct_memory_store *own_store; /* of a portal without a configured one */
    _Atomic int64_t seen;        /* when it last committed something; 0: not yet */
};

/* A status a callback answered: unchanged if its contract allows it, else NCT_E_CALLBACK. `usual` is the contract's
 * own failure code. The name of the callback is noted. */
nct_status nct_callback_failure(nct_status status, nct_status usual, const char *callback);

#endif
