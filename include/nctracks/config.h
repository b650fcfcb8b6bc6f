/**
 * @file config.h
 * @brief What a portal is opened with: callbacks, keys, policy.
 * @defgroup config Configuration
 * @{
 *
 * Every callback structure begins with its size and is prepared by its init function, so that a
 * structure can grow without breaking a program compiled earlier. The library copies the structure.
 * `user_data` is always the last argument. A structure with a destroy function hands it over with every call that takes
 * the structure: it is ended, once, when the configuration and every portal opened with it let it go; at once where the
 * call fails, but for #NCT_E_UNSUPPORTED. Without one it stays the host's, and must live until nct_portal_close() and
 * until everything made by the portal is freed.
 *
 * Callbacks run on the thread that called the library and never under a lock of the library. They must
 * not throw or longjmp through it.
 */
#ifndef NCTRACKS_CONFIG_H
#define NCTRACKS_CONFIG_H

#include <nctracks/status.h>

#ifdef __cplusplus
extern "C" {
#endif

enum {
    NCT_MASTER_KEY_BYTES = 32, /**< Length of a master key. */
    NCT_MASTER_KEYS_MAX = 8    /**< Further master keys beside the current one. */
};

/** Everything a portal needs to know before it opens. Not for several threads at once. */
typedef struct nct_config nct_config;

struct nct_store;
struct nct_mailer;
struct nct_policy;

/** Where memory comes from. */
typedef struct nct_allocator {
    uint32_t struct_size; /**< Set by nct_allocator_init(). */
    uint32_t reserved;    /**< Zero. */
    /** Returns `size` bytes (never 0) aligned as malloc does, or NULL. */
    void *(*allocate)(size_t size, void *user_data);
    /** Takes back what allocate() gave; never called with NULL. */
    void (*release)(void *memory, void *user_data);
    /** Ends `user_data`: called once, when nothing uses it any more. May be NULL. */
    void (*destroy)(void *user_data);
} nct_allocator;

/** The time. */
typedef struct nct_clock {
    uint32_t struct_size; /**< Set by nct_clock_init(). */
    uint32_t reserved;    /**< Zero. */
    /** Stores milliseconds since 1970-01-01 UTC and answers #NCT_OK; all else is #NCT_E_CLOCK. */
    nct_status (*now)(int64_t *milliseconds, void *user_data);
    /** Ends `user_data`: called once, when nothing uses it any more. May be NULL. */
    void (*destroy)(void *user_data);
} nct_clock;

/** Random bytes fit for keys. */
typedef struct nct_random {
    uint32_t struct_size; /**< Set by nct_random_init(). */
    uint32_t reserved;    /**< Zero. */
    /** Fills `len` bytes and answers #NCT_OK; all else is #NCT_E_RANDOM. */
    nct_status (*fill)(void *bytes, size_t len, void *user_data);
    /** Ends `user_data`: called once, when nothing uses it any more. May be NULL. */
    void (*destroy)(void *user_data);
} nct_random;

/**
 * Checks passwords elsewhere (LDAP, OIDC). Without it the library keeps password verifiers itself.
 * It is called for NCIDs nobody knows too, so that an outsider can't tell them apart. It counts wrong passwords itself;
 * the library then counts those of the PIN alone. A call that could not tell counts against nobody.
 */
typedef struct nct_identity {
    uint32_t struct_size; /**< Set by nct_identity_init(). */
    uint32_t reserved;    /**< Zero. */
    /**
     * Answers #NCT_OK (right), #NCT_E_DENIED (wrong, or nobody of that NCID), or a host's code when it
     * could not tell; all else is #NCT_E_IDENTITY. `ncid` is in canonical form. Neither string is
     * NUL-terminated.
     */
    nct_status (*verify_password)(const char *ncid, size_t ncid_len, const char *password, size_t password_len,
                                  void *user_data);
    /** Ends `user_data`: called once, when nothing uses it any more. May be NULL. */
    void (*destroy)(void *user_data);
} nct_identity;

/**
 * Knows passwords that nobody should choose: those of known breaches, for one. Asked of a password that is to be set,
 * see nct_password_check(); the library's own list is short.
 */
typedef struct nct_blocklist {
    uint32_t struct_size; /**< Set by nct_blocklist_init(). */
    uint32_t reserved;    /**< Zero. */
    /**
     * Answers #NCT_OK (may be chosen), #NCT_E_COMMON_PASSWORD (may not), or a host's code when it could not tell, and
     * nothing is set; all else is #NCT_E_CALLBACK. The password is not NUL-terminated, and is not to be kept.
     */
    nct_status (*check)(const char *password, size_t password_len, void *user_data);
    /** Ends `user_data`: called once, when nothing uses it any more. May be NULL. */
    void (*destroy)(void *user_data);
} nct_blocklist;

/**
 * @brief Prepares an allocator structure.
 *
 * @param allocator the caller's
 * @param size its sizeof
 * @return #NCT_OK; #NCT_E_ARGUMENT for NULL; #NCT_E_UNSUPPORTED for an unknown size.
 */
NCT_API NCT_MUST_USE nct_status nct_allocator_init(nct_allocator *allocator, size_t size);

/**
 * @brief Prepares a clock structure.
 *
 * @param clock the caller's
 * @param size its sizeof
 * @return as nct_allocator_init().
 */
NCT_API NCT_MUST_USE nct_status nct_clock_init(nct_clock *clock, size_t size);

/**
 * @brief Prepares a random structure.
 *
 * @param random the caller's
 * @param size its sizeof
 * @return as nct_allocator_init().
 */
NCT_API NCT_MUST_USE nct_status nct_random_init(nct_random *random, size_t size);

/**
 * @brief Prepares an identity structure.
 *
 * @param identity the caller's
 * @param size its sizeof
 * @return as nct_allocator_init().
 */
NCT_API NCT_MUST_USE nct_status nct_identity_init(nct_identity *identity, size_t size);

/**
 * @brief Prepares a blocklist structure.
 *
 * @param blocklist the caller's
 * @param size its sizeof
 * @return as nct_allocator_init().
 */
NCT_API NCT_MUST_USE nct_status nct_blocklist_init(nct_blocklist *blocklist, size_t size);

/**
 * @brief Makes an empty configuration: memory store, no mailer, system clock, libsodium's random bytes, malloc, policy
 * profile "2013".
 *
 * A master key must be set.
 *
 * @param[out] out receives it; NULL on failure. Free with nct_config_free().
 * @return #NCT_OK; #NCT_E_NO_MEMORY; #NCT_E_ARGUMENT; #NCT_E_CRYPTO.
 */
NCT_API NCT_MUST_USE nct_status nct_config_new(nct_config **out);

/**
 * @brief Wipes and frees a configuration.
 *
 * An open portal does not need it any more.
 *
 * @param config may be NULL
 */
NCT_API void nct_config_free(nct_config *config);

/**
 * @brief Sets the store.
 *
 * @param config the configuration
 * @param store its functions, all three set but for destroy(); copied. NULL: the built-in memory store, one a portal.
 * @param user_data the last argument of the functions
 * @return #NCT_OK; #NCT_E_ARGUMENT when a function is missing; #NCT_E_UNSUPPORTED when it was not initialised.
 */
NCT_API NCT_MUST_USE nct_status nct_config_set_store(nct_config *config, const struct nct_store *store,
                                                     void *user_data);

/**
 * @brief Sets the mailer.
 *
 * Without one, mails wait in the outbox until a portal with a mailer flushes it.
 *
 * @param config the configuration
 * @param mailer its function; copied. NULL: none.
 * @param user_data the last argument of the function
 * @return as nct_config_set_store().
 */
NCT_API NCT_MUST_USE nct_status nct_config_set_mailer(nct_config *config, const struct nct_mailer *mailer,
                                                      void *user_data);

/**
 * @brief Sets who checks passwords.
 *
 * @param config the configuration
 * @param identity copied; NULL: the library itself
 * @param user_data the last argument of the function
 * @return as nct_config_set_store().
 */
NCT_API NCT_MUST_USE nct_status nct_config_set_identity(nct_config *config, const nct_identity *identity,
                                                        void *user_data);

/**
 * @brief Sets who knows passwords that nobody should choose.
 *
 * @param config the configuration
 * @param blocklist copied; NULL: the library's own list alone
 * @param user_data the last argument of the function
 * @return as nct_config_set_store().
 */
NCT_API NCT_MUST_USE nct_status nct_config_set_blocklist(nct_config *config, const nct_blocklist *blocklist,
                                                         void *user_data);

/**
 * @brief Sets the clock.
 *
 * @param config the configuration
 * @param clock copied; NULL: the system's
 * @param user_data the last argument of the function
 * @return as nct_config_set_store().
 */
NCT_API NCT_MUST_USE nct_status nct_config_set_clock(nct_config *config, const nct_clock *clock, void *user_data);

/**
 * @brief Sets the random source.
 *
 * @param config the configuration
 * @param random copied; NULL: libsodium's
 * @param user_data the last argument of the function
 * @return as nct_config_set_store().
 */
NCT_API NCT_MUST_USE nct_status nct_config_set_random(nct_config *config, const nct_random *random, void *user_data);

/**
 * @brief Sets the allocator of the portal and all it hands out.
 *
 * @param config the configuration
 * @param allocator copied; NULL: malloc
 * @param user_data the last argument of the functions
 * @return as nct_config_set_store().
 */
NCT_API NCT_MUST_USE nct_status nct_config_set_allocator(nct_config *config, const nct_allocator *allocator,
                                                         void *user_data);

/**
 * @brief Sets the master key, from which every other key is derived; new rows are made under it.
 *
 * Keep it outside the store: whoever has both can read everything and guess PINs; whoever has the store alone can do
 * neither.
 *
 * @param config the configuration
 * @param key #NCT_MASTER_KEY_BYTES random bytes; copied into guarded memory
 * @param key_len must be #NCT_MASTER_KEY_BYTES
 * @return #NCT_OK; #NCT_E_ARGUMENT for NULL; #NCT_E_KEY for another length or all zeros; #NCT_E_DUPLICATE for one that
 *     was added as a further key; #NCT_E_NO_MEMORY.
 */
NCT_API NCT_MUST_USE nct_status nct_config_set_master_key(nct_config *config, const void *key, size_t key_len);

/**
 * @brief Adds a further master key, under which rows are read but none is made: one before the current, or the next;
 * see key.h.
 *
 * @param config the configuration
 * @param key #NCT_MASTER_KEY_BYTES bytes; copied into guarded memory
 * @param key_len must be #NCT_MASTER_KEY_BYTES
 * @return #NCT_OK; #NCT_E_DUPLICATE for one that was set or added before; #NCT_E_LIMIT after #NCT_MASTER_KEYS_MAX; else
 *     as nct_config_set_master_key().
 */
NCT_API NCT_MUST_USE nct_status nct_config_add_master_key(nct_config *config, const void *key, size_t key_len);

/**
 * @brief Sets the policy.
 *
 * @param config the configuration
 * @param policy copied; NULL: profile "2013"
 * @return #NCT_E_ARGUMENT; #NCT_E_PROFILE where its rules contradict each other, see nct_policy_check(); #NCT_OK.
 */
NCT_API NCT_MUST_USE nct_status nct_config_set_policy(nct_config *config, const struct nct_policy *policy);

/**
 * @brief #NCT_MASTER_KEY_BYTES as a function.
 *
 * @return bytes.
 */
NCT_API size_t nct_master_key_bytes(void);

#ifdef __cplusplus
}
#endif
/** @} */
#endif
