/**
 * @file portal.h
 * @brief The handle everything else takes.
 * @defgroup portal Portal
 * @{
 *
 * A portal is immutable once open and may be used by any number of threads at once. It starts no thread,
 * opens no file, reads no environment and prints nothing.
 *
 * **Statuses common to every function that takes a portal** (written "the common statuses" in these pages):
 * #NCT_E_ARGUMENT, #NCT_E_NO_MEMORY, #NCT_E_STORE or a host's code from a callback, #NCT_E_CALLBACK,
 * #NCT_E_INTEGRITY, #NCT_E_LIMIT, #NCT_E_BUSY; #NCT_E_KEY or #NCT_E_UNSUPPORTED for a row of a master key that is not
 * held or a later version; and, where something is written, #NCT_E_CLOCK, #NCT_E_RANDOM.
 * After any of them nothing was changed, but that tries against a password or PIN may be counted and logged. One
 * exception: when a commit was applied but its answer was lost, which only the store can know. Doing it again is safe
 * then; a signature needs an idempotency key for that, or a second one is made.
 *
 * **Texts** are pointer and length, UTF-8. A text where people or records are named is refused with a status
 * of the value range if it is empty, too long, not UTF-8, or has a NUL or control character.
 */
#ifndef NCTRACKS_PORTAL_H
#define NCTRACKS_PORTAL_H

#include <nctracks/config.h>
#include <nctracks/policy.h>

#ifdef __cplusplus
extern "C" {
#endif

/** The domain of one provider portal. */
typedef struct nct_portal nct_portal;

/**
 * @brief Opens a portal on a store; the first time, marks the store and announces the current key as its first.
 *
 * A store made by a version without key rotation gets the same record of the key it was made with.
 *
 * @param config copied; needs a master key
 * @param[out] out receives the portal; NULL on failure. Close with nct_portal_close().
 * @return #NCT_OK; #NCT_E_KEY without a master key, or with none under which the store opens; #NCT_E_CRYPTO;
 *     #NCT_E_UNSUPPORTED for a store written by a later version; the common statuses.
 * @par Threads Any.
 */
NCT_API nct_status nct_portal_open(const nct_config *config, nct_portal **out);

/**
 * @brief Wipes the keys and frees a portal.
 *
 * All handles made from it must be freed before; no thread may be inside it.
 *
 * @param portal may be NULL
 */
NCT_API void nct_portal_close(nct_portal *portal);

/**
 * @brief The policy a portal runs under.
 *
 * @param portal may be NULL
 * @return as long-lived as the portal; NULL for NULL.
 */
NCT_API const nct_policy *nct_portal_policy(const nct_portal *portal);

#ifdef __cplusplus
}
#endif
/** @} */
#endif
