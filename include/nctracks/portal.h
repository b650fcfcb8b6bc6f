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

enum {
    NCT_BULK_MAX = 100 /**< The most of what one call takes many of, in one commit: people, or forms. */
};

/**
 * @brief #NCT_BULK_MAX, for bindings.
 *
 * @return the number.
 */
NCT_API size_t nct_bulk_max(void);

/** The domain of one provider portal. */
typedef struct nct_portal nct_portal;

/**
 * @brief Opens a portal on a store; the first time, marks the store with its policy and announces the current key as
 * its first.
 *
 * A store is opened with the policy it is run under, or with one that was announced: with another one nothing is
 * decided.
 *
 * @param config copied; needs a master key
 * @param[out] out receives the portal; NULL on failure. Close with nct_portal_close().
 * @return #NCT_OK; #NCT_E_KEY without a master key, or with none under which the store opens; #NCT_E_CRYPTO;
 *     #NCT_E_OTHER_POLICY: see nct_portal_change_policy(); #NCT_E_UNSUPPORTED for a store written by another version;
 * the common statuses.
 * @par Threads Any.
 */
NCT_API NCT_MUST_USE nct_status nct_portal_open(const nct_config *config, nct_portal **out);

/**
 * @brief Opens a portal that lives in memory alone: for first steps, tests and demonstrations.
 *
 * What an empty configuration says (nct_config_new()), under a master key drawn at random, which nobody learns. All is
 * gone with the portal. Its mails wait for nct_mail_claim().
 *
 * @param[out] out receives the portal; NULL on failure. Close with nct_portal_close().
 * @return #NCT_OK; #NCT_E_CRYPTO; the common statuses.
 * @par Threads Any.
 */
NCT_API NCT_MUST_USE nct_status nct_portal_open_in_memory(nct_portal **out);

/**
 * @brief Gives a portal back.
 *
 * What was made from it keeps it: forms, lists, records and whatever else a function of the portal handed out may be
 * used and freed afterwards, in any order and from any thread. With the last of them the keys are wiped and the portal
 * is freed; without any, at once.
 *
 * @param portal may be NULL; not to be used again
 * @par Threads Any; other threads may still be using what was made from it.
 */
NCT_API void nct_portal_close(nct_portal *portal);

/**
 * @brief The policy a portal runs under.
 *
 * @param portal may be NULL
 * @return as long-lived as the portal; NULL for NULL.
 */
NCT_API const nct_policy *nct_portal_policy(const nct_portal *portal);

/**
 * @brief Announces another policy: from now on a portal may be opened with it as well as with the one in force, so that
 * several processes change over one by one.
 *
 * One is announced at a time; a later one takes its place. nct_portal_change_policy() with the announced policy ends
 * the change; with the one in force it takes the announcement back.
 *
 * @param config as for nct_portal_open(), with the policy that is announced
 * @param operator_name who decided this, a line of up to 100 characters; kept in the ledger
 * @param operator_name_len its length
 * @param reason why, a line of up to 100 characters; kept in the ledger
 * @param reason_len its length
 * @return #NCT_OK; #NCT_E_STATE: it is in force or announced; as nct_portal_open(), but for #NCT_E_OTHER_POLICY; a
 * status of the value range.
 * @par Threads Any.
 */
NCT_API NCT_MUST_USE nct_status nct_portal_announce_policy(const nct_config *config, const char *operator_name,
                                                           size_t operator_name_len, const char *reason,
                                                           size_t reason_len);

/**
 * @brief Makes a policy the only one the store is run under.
 *
 * It need not have been announced, and the one before need not be known: this is also the way out when the rules are
 * lost. A portal that is open goes on under its policy until it is closed, so announce first and restart every process,
 * where there are several.
 *
 * @param config as for nct_portal_open(), with the policy that is to be in force
 * @param operator_name who decided this, a line of up to 100 characters; kept in the ledger
 * @param operator_name_len its length
 * @param reason why, a line of up to 100 characters; kept in the ledger
 * @param reason_len its length
 * @return #NCT_OK; #NCT_E_STATE: it is in force, and none is announced; as nct_portal_open(), but for
 *     #NCT_E_OTHER_POLICY; a status of the value range.
 * @par Threads Any.
 */
NCT_API NCT_MUST_USE nct_status nct_portal_change_policy(const nct_config *config, const char *operator_name,
                                                         size_t operator_name_len, const char *reason,
                                                         size_t reason_len);

/**
 * @brief Which policies the store may be opened with, by nct_policy_digest().
 *
 * @param portal the portal
 * @param[out] in_force receives #NCT_POLICY_DIGEST bytes
 * @param[out] announced receives #NCT_POLICY_DIGEST bytes, zeros where none is announced
 * @return #NCT_OK; the common statuses.
 * @par Threads Any.
 */
NCT_API NCT_MUST_USE nct_status nct_portal_policy_digests(nct_portal *portal, void *in_force, void *announced);

#ifdef __cplusplus
}
#endif
/** @} */
#endif
