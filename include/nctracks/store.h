/**
 * @file store.h
 * @brief Where the records live: three functions a host writes, or the built-in memory store.
 * @defgroup store Store
 * @{
 *
 * A store keeps rows. A row has a *space* (a small number, see nct_space_name()), a *key* (1 to
 * #NCT_KEY_MAX bytes, any values), a *revision* and a *value* (up to #NCT_VALUE_MAX bytes). The library
 * encodes, authenticates and where needed encrypts every value; an adapter moves bytes and knows nothing
 * of the domain.
 *
 * The contract, which `tests/contract` checks for any adapter:
 * - A row's revision is 1 after the PUT that creates it and grows by exactly 1 with each further PUT.
 *   A row that was deleted and is put again starts at 1.
 * - commit() applies all operations of a batch or none. It answers #NCT_OK only when the result is as
 *   durable as the store makes anything. It answers #NCT_E_CONFLICT, and applies nothing, when any
 *   expectation fails.
 * - get() and scan() see every commit that answered #NCT_OK before they began.
 * - Any function may be called from any thread at any time, also at once.
 * - Any function may answer #NCT_E_NO_MEMORY, #NCT_E_STORE, or a host's code (at or below #NCT_E_HOST),
 *   which the library passes to its caller. Every other answer is turned into #NCT_E_CALLBACK.
 * - No function calls back into the portal.
 */
#ifndef NCTRACKS_STORE_H
#define NCTRACKS_STORE_H

#include <nctracks/config.h>
#include <nctracks/status.h>

#ifdef __cplusplus
extern "C" {
#endif

enum {
    NCT_KEY_MAX = 128,      /**< Longest key, in bytes. */
    NCT_VALUE_MAX = 1048576 /**< Longest value, in bytes. */
};

enum {
    NCT_BATCH_PUT = 1,    /**< Write the value if the row's revision is as expected (0: must not exist). */
    NCT_BATCH_DELETE = 2, /**< Remove the row if its revision is as expected (never 0). */
    NCT_BATCH_CHECK = 3   /**< Change nothing, but insist on the revision (0: must not exist). */
};

/** Receives what a store found. Valid only during the call it was passed to. */
typedef struct nct_sink nct_sink;

/** The operations of one commit. Valid only during the call it was passed to. */
typedef struct nct_batch nct_batch;

/**
 * @brief Hands the value of the row that get() found to the library, which copies it.
 *
 * Called exactly once by a get() that answers #NCT_OK, and not at all by one that answers #NCT_E_NOT_FOUND.
 *
 * @param sink what get() was given
 * @param value the bytes; may be NULL when @p value_len is 0
 * @param value_len how many
 * @return #NCT_OK; #NCT_E_NO_MEMORY or #NCT_E_LIMIT: get() must return it; #NCT_E_ARGUMENT for a NULL pointer.
 * @par Threads The calling thread of get().
 */
NCT_API NCT_MUST_USE nct_status nct_sink_value(nct_sink *sink, const void *value, size_t value_len);

/**
 * @brief Hands one row of a scan() to the library, which copies it.
 *
 * Rows come in ascending order of key (bytes compared as unsigned, a shorter key before a longer one it starts).
 *
 * @param sink what scan() was given
 * @param key the whole key, with the prefix
 * @param key_len its length
 * @param revision the row's revision
 * @param value the bytes; may be NULL when @p value_len is 0
 * @param value_len how many
 * @return #NCT_OK; anything else: scan() must stop and return it.
 * @par Threads The calling thread of scan().
 */
NCT_API NCT_MUST_USE nct_status nct_sink_row(nct_sink *sink, const void *key, size_t key_len, uint64_t revision,
                                             const void *value, size_t value_len);

/**
 * @brief How many operations a batch has.
 *
 * @param batch the batch
 * @return the count, 0 for NULL.
 */
NCT_API size_t nct_batch_count(const nct_batch *batch);

/**
 * @brief What operation @p index does.
 *
 * @param batch the batch
 * @param index below nct_batch_count()
 * @return #NCT_BATCH_PUT, #NCT_BATCH_DELETE or #NCT_BATCH_CHECK; 0 past the end.
 */
NCT_API int32_t nct_batch_kind(const nct_batch *batch, size_t index);

/**
 * @brief The space of operation @p index.
 *
 * @param batch the batch
 * @param index which
 * @return the space; 0 past the end.
 */
NCT_API int32_t nct_batch_space(const nct_batch *batch, size_t index);

/**
 * @brief The key of operation @p index.
 *
 * No batch names a (space, key) twice.
 *
 * @param batch the batch
 * @param index which
 * @param[out] key_len its length
 * @return the bytes, owned by the batch; NULL past the end.
 */
NCT_API const void *nct_batch_key(const nct_batch *batch, size_t index, size_t *key_len);

/**
 * @brief The revision that must hold before operation @p index; 0: the row must not exist.
 *
 * @param batch the batch
 * @param index which
 * @return the revision.
 */
NCT_API uint64_t nct_batch_revision(const nct_batch *batch, size_t index);

/**
 * @brief The value a PUT writes.
 *
 * @param batch the batch
 * @param index which
 * @param[out] value_len its length
 * @return the bytes, owned by the batch; NULL for other operations and past the end.
 */
NCT_API const void *nct_batch_value(const nct_batch *batch, size_t index, size_t *value_len);

/**
 * @brief The functions of a store.
 *
 * Fill it with nct_store_init() first, then set the three functions.
 *
 * `user_data` is what was given to nct_config_set_store(); config.h says how long it must live.
 */
typedef struct nct_store {
    uint32_t struct_size; /**< Set by nct_store_init(). */
    uint32_t reserved;    /**< Zero. */

    /** Finds one row: calls nct_sink_value(), stores the revision, answers #NCT_OK; or #NCT_E_NOT_FOUND. */
    nct_status (*get)(int32_t space, const void *key, size_t key_len, nct_sink *sink, uint64_t *revision,
                      void *user_data);

    /**
     * Lists the rows whose key begins with `prefix` and is greater than `after` (no bound when
     * `after_len` is 0), ascending, at most `limit`, each by one nct_sink_row(). No row found is #NCT_OK.
     */
    nct_status (*scan)(int32_t space, const void *prefix, size_t prefix_len, const void *after, size_t after_len,
                       size_t limit, nct_sink *sink, void *user_data);

    /** Applies a batch, all or nothing. */
    nct_status (*commit)(const nct_batch *batch, void *user_data);

    /** Ends `user_data`: called once, when nothing uses it any more. May be NULL. */
    void (*destroy)(void *user_data);
} nct_store;

/**
 * @brief Prepares a store structure: size set, all else zero.
 *
 * @param store the caller's structure
 * @param size `sizeof(nct_store)` as the caller was compiled
 * @return #NCT_OK; #NCT_E_ARGUMENT for NULL; #NCT_E_UNSUPPORTED for a size this library does not know.
 */
NCT_API NCT_MUST_USE nct_status nct_store_init(nct_store *store, size_t size);

/**
 * @brief How many spaces there are; they are numbered from 0.
 *
 * @return the count.
 */
NCT_API int32_t nct_space_count(void);

/**
 * @brief The name of a space, such as "grant".
 *
 * @param space its number
 * @return a constant string; NULL for an unknown number.
 */
NCT_API const char *nct_space_name(int32_t space);

/**
 * @brief #NCT_KEY_MAX as a function.
 *
 * @return bytes.
 */
NCT_API size_t nct_key_max(void);

/**
 * @brief #NCT_VALUE_MAX as a function.
 *
 * @return bytes.
 */
NCT_API size_t nct_value_max(void);

/** A thread-safe store in memory: get in O(1), scan in O(log n + results). */
typedef struct nct_memory_store nct_memory_store;

/**
 * @brief Makes an empty memory store, which one portal or several may use.
 *
 * @param allocator where its memory comes from; NULL for malloc. Copied. Its destroy function is called when the store
 *     is freed, and at once where none is made.
 * @param user_data the last argument of the allocator's functions
 * @param[out] out receives the store; NULL on failure. Free with nct_memory_store_free().
 * @return #NCT_OK; #NCT_E_NO_MEMORY; #NCT_E_ARGUMENT; #NCT_E_CRYPTO.
 */
NCT_API NCT_MUST_USE nct_status nct_memory_store_new(const nct_allocator *allocator, void *user_data,
                                                     nct_memory_store **out);

/**
 * @brief Wipes and frees a memory store, after every portal on it was closed.
 *
 * @param store may be NULL
 */
NCT_API void nct_memory_store_free(nct_memory_store *store);

/**
 * @brief The functions of every memory store; pass the store itself as `user_data`.
 *
 * @return a constant structure, never NULL.
 */
NCT_API const nct_store *nct_memory_store_functions(void);

/**
 * @brief How many rows a memory store holds.
 *
 * @param store may be NULL
 * @return the count.
 */
NCT_API size_t nct_memory_store_rows(nct_memory_store *store);

#ifdef __cplusplus
}
#endif
/** @} */
#endif
