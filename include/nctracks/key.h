/**
 * @file key.h
 * @brief Keys over the years: a new master key while the portal runs, old ones dropped, stolen ones declared.
 * @defgroup key Keys
 * @{
 *
 * From each master key a portal derives what protects rows, what is mixed into verifiers of PINs and passwords, and a
 * key that signs receipts, checkpoints and declarations. Keys of a store are numbered from 1; a store announces its
 * first key itself when it is made. A signing key is named by its *key id*, #NCT_KEY_NAME_LENGTH hexadecimal digits:
 * what COSE calls the kid.
 *
 * A new master key is brought in without a stop (`doc/guide-keys.md`):
 * 1. Every process is restarted with the new key as a further one, see nct_config_add_master_key().
 * 2. A portal whose current key is the new one, and which holds the old one too, calls nct_key_rotate(): the old key
 *    signs that the new one follows it.
 * 3. Every process is restarted with the new key as current and the old one as a further one.
 * 4. nct_rekey() is called until it is done.
 * 5. The old key is taken out of every configuration.
 *
 * What is left of the old key is in the store, sealed under the new one: its public key, so that what it signed still
 * verifies; and what verifiers made under it need until their owner next gives the right secret. The keyed hashes of
 * authorization codes, review tokens and periods stay under the store's first key permanently: they are of random
 * values of 80 bits and more, so that knowing that key does not find them; it shows which of the shared streams of
 * unknown NCIDs a name falls in, which is no secret worth keeping.
 *
 * The design is ours; the announcement and the public keys are COSE (RFC 9052), described in `doc/key.cddl`.
 */
#ifndef NCTRACKS_KEY_H
#define NCTRACKS_KEY_H

#include <nctracks/portal.h>

#ifdef __cplusplus
extern "C" {
#endif

enum {
    NCT_KEY_NAME_LENGTH = 16, /**< Hexadecimal digits of a key id. */
    NCT_KEYS_MAX = 256        /**< Keys a store can have over its life. */
};

enum {
    NCT_KEY_STATE_CURRENT = 1,    /**< Signs. The last one. */
    NCT_KEY_STATE_RETIRED = 2,    /**< Another key follows it. All it signed stays valid. */
    NCT_KEY_STATE_COMPROMISED = 3 /**< Somebody else may have it: what it signed from a point on is not believed. */
};

/** The keys of a store. Immutable; any thread. */
typedef struct nct_key_list nct_key_list;

/** How far re-sealing has come. Immutable; any thread. */
typedef struct nct_rekey_progress nct_rekey_progress;

/**
 * @brief Announces the portal's current key as the store's next one, in one commit: an announcement signed by the key
 * before, an entry in the ledger streams of both keys; the key before is retired.
 *
 * A portal whose current key is not announced works but signs nothing (#NCT_E_NOT_ANNOUNCED). A portal that still runs
 * with the retired key as current goes on to sign with it, so that nothing stops before it is restarted.
 *
 * @param portal its current key is the new one; it holds the store's current key as a further one
 * @param operator_name who does this, for the ledger; a line of up to 100 characters
 * @param operator_name_len its length
 * @return #NCT_OK; #NCT_E_STATE: the portal's key is announced already, also if it is retired, because a key is never
 *     taken back; #NCT_E_KEY: the store's current key is not held; #NCT_E_LIMIT after #NCT_KEYS_MAX keys; a status of
 *     the value range; the common statuses.
 * @par Threads Any; of two rotations at once one is #NCT_E_STATE or #NCT_E_KEY.
 */
NCT_API NCT_MUST_USE nct_status nct_key_rotate(nct_portal *portal, const char *operator_name, size_t operator_name_len);

/**
 * @brief Declares that somebody else may have had a retired key from a point on.
 *
 * What it signed before stays valid; what it signed at that point or later is #NCT_E_KEY_COMPROMISED for everybody with
 * a key set made after this, and it signs nothing more for a portal that still runs with it.
 *
 * The time is the one the evidence itself claims, and a thief can claim any. That a piece of evidence was there before
 * shows in the ledger, whose streams hold its hash, and in a checkpoint made before, under another key or held by
 * somebody else: see `doc/guide-keys.md`. A thief who has the store too can read what was sealed and try PINs: have
 * them reset.
 *
 * @param portal the portal
 * @param operator_name who does this, for the ledger
 * @param operator_name_len its length
 * @param key #NCT_KEY_NAME_LENGTH hexadecimal digits
 * @param key_len their number
 * @param from milliseconds since 1970-01-01 UTC; not in the future
 * @param reason why, one line of up to 100 characters, for the ledger
 * @param reason_len its length
 * @return #NCT_OK; #NCT_E_STATE: it is the current key, which must be rotated away first; or it is declared from as
 *     early a point already, because a declaration is never taken back; #NCT_E_NOT_FOUND; #NCT_E_FORMAT for a malformed
 *     key id; #NCT_E_RANGE for a point that is not after 1970 or lies in the future; a status of the value range; the
 *     common statuses.
 * @par Threads Any.
 */
NCT_API NCT_MUST_USE nct_status nct_key_revoke(nct_portal *portal, const char *operator_name, size_t operator_name_len,
                                               const char *key, size_t key_len, int64_t from, const char *reason,
                                               size_t reason_len);

/**
 * @brief Puts rows that are under other keys under the portal's current one.
 *
 * Each call goes on where the last one stopped, in whatever process. Rows that operations change meanwhile are theirs;
 * a call that fails changed whole rows or none.
 *
 * Rows are gone through in passes; each finds those a process not yet restarted has written. It is done when a whole
 * pass found nothing to re-seal. A further call after that begins another pass.
 *
 * @param portal its current key is the store's
 * @param limit 1 to 1,000: how many rows are gone through at most
 * @param[out] out receives how far it has come; NULL on failure; may be NULL. Free with nct_rekey_progress_free().
 * @return #NCT_OK; #NCT_E_NOT_ANNOUNCED; #NCT_E_STATE when another key is the store's current one by now; the common
 *     statuses. Rows that do not open are counted, not reported here.
 * @par Threads Any. Several at once share the work.
 */
NCT_API NCT_MUST_USE nct_status nct_rekey(nct_portal *portal, size_t limit, nct_rekey_progress **out);

/**
 * @brief Frees it.
 *
 * @param progress may be NULL
 */
NCT_API void nct_rekey_progress_free(nct_rekey_progress *progress);

/**
 * @brief Which pass it is, from 1.
 *
 * @param progress may be NULL
 * @return 0 for NULL.
 */
NCT_API uint64_t nct_rekey_progress_pass(const nct_rekey_progress *progress);

/**
 * @brief Rows gone through in this pass.
 *
 * @param progress may be NULL
 * @return 0 for NULL.
 */
NCT_API uint64_t nct_rekey_progress_seen(const nct_rekey_progress *progress);

/**
 * @brief Rows re-sealed in this pass.
 *
 * @param progress may be NULL
 * @return 0 for NULL.
 */
NCT_API uint64_t nct_rekey_progress_resealed(const nct_rekey_progress *progress);

/**
 * @brief Rows of this pass that stay as they are because they do not open: altered, put back, or under a key this
 * portal does not hold. nct_ledger_verify() tells more of those that belong to a stream.
 *
 * @param progress may be NULL
 * @return 0 for NULL.
 */
NCT_API uint64_t nct_rekey_progress_left(const nct_rekey_progress *progress);

/**
 * @brief Whether a whole pass found nothing to re-seal.
 *
 * Keys before the current one can be dropped when it is done and nothing is left.
 *
 * @param progress may be NULL
 * @return 1 or 0.
 */
NCT_API int32_t nct_rekey_progress_done(const nct_rekey_progress *progress);

/**
 * @brief Reads the keys of the store, by number.
 *
 * @param portal the portal
 * @param[out] out receives them; NULL on failure. Free with nct_key_list_free().
 * @return #NCT_OK; the common statuses.
 * @par Threads Any.
 */
NCT_API NCT_MUST_USE nct_status nct_key_list_read(nct_portal *portal, nct_key_list **out);

/**
 * @brief Frees a list.
 *
 * @param list may be NULL
 */
NCT_API void nct_key_list_free(nct_key_list *list);

/**
 * @brief How many keys there are.
 *
 * @param list may be NULL
 * @return the count.
 */
NCT_API size_t nct_key_list_count(const nct_key_list *list);

/**
 * @brief The key id of the signing key.
 *
 * @param list the list
 * @param index below the count
 * @return #NCT_KEY_NAME_LENGTH hexadecimal digits, as long-lived as the list; NULL past the end.
 */
NCT_API const char *nct_key_list_id(const nct_key_list *list, size_t index);

/**
 * @brief The number of a key, from 1.
 *
 * @param list the list
 * @param index below the count
 * @return 0 past the end.
 */
NCT_API uint64_t nct_key_list_number(const nct_key_list *list, size_t index);

/**
 * @brief One of the NCT_KEY_STATE constants.
 *
 * @param list the list
 * @param index below the count
 * @return 0 past the end.
 */
NCT_API int32_t nct_key_list_state(const nct_key_list *list, size_t index);

/**
 * @brief When it was announced.
 *
 * @param list the list
 * @param index below the count
 * @return milliseconds UTC.
 */
NCT_API int64_t nct_key_list_announced_at(const nct_key_list *list, size_t index);

/**
 * @brief When another key followed.
 *
 * @param list the list
 * @param index below the count
 * @return milliseconds UTC; 0: none has.
 */
NCT_API int64_t nct_key_list_retired_at(const nct_key_list *list, size_t index);

/**
 * @brief From when on it is compromised.
 *
 * @param list the list
 * @param index below the count
 * @return milliseconds UTC; 0: it is not.
 */
NCT_API int64_t nct_key_list_compromised_from(const nct_key_list *list, size_t index);

/**
 * @brief Whether the portal that read the list holds the master key.
 *
 * @param list the list
 * @param index below the count
 * @return 1 or 0.
 */
NCT_API int32_t nct_key_list_held(const nct_key_list *list, size_t index);

/**
 * @brief Whether nct_rekey() was last called up to the end of a pass that found every row under the store's current
 * key, and this is another: its master key is no longer needed.
 *
 * @param list the list
 * @param index below the count
 * @return 1 or 0.
 */
NCT_API int32_t nct_key_list_droppable(const nct_key_list *list, size_t index);

/**
 * @brief What the key before signed about this one, see nct_announcement_verify().
 *
 * @param list the list
 * @param index below the count
 * @param[out] announcement_len its length, 0 for the first key
 * @return the bytes, as long-lived as the list; NULL for the first key and past the end.
 */
NCT_API const void *nct_key_list_announcement(const nct_key_list *list, size_t index, size_t *announcement_len);

/**
 * @brief The name of a state: "current", "retired", "compromised".
 *
 * @param state one of the NCT_KEY_STATE constants
 * @return a constant string; NULL for an unknown state.
 */
NCT_API const char *nct_key_state_name(int32_t state);

/**
 * @brief Verifies offline that one key of the portal announced the next, so that whoever trusts a key set of before can
 * trust the new key.
 *
 * @param announcement what nct_key_list_announcement() gave
 * @param announcement_len its length
 * @param key_set public keys you trust, which hold the key before
 * @param key_set_len its length
 * @param[out] key receives the id of the new key, #NCT_KEY_NAME_LENGTH digits and a NUL; may be NULL
 * @param[out] public_key receives its 32 bytes (Ed25519); may be NULL
 * @return #NCT_OK; #NCT_E_KEY_COMPROMISED: the key before was declared compromised, from whatever point on: a thief of
 * it announces a key of their own and writes any time; else as nct_receipt_verify().
 * @par Threads Any. Needs no portal.
 */
NCT_API NCT_MUST_USE nct_status nct_announcement_verify(const void *announcement, size_t announcement_len,
                                                        const void *key_set, size_t key_set_len, char *key,
                                                        void *public_key);

#ifdef __cplusplus
}
#endif
/** @} */
#endif
