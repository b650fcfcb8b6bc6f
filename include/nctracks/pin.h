/**
 * @file pin.h
 * @brief Personal Identification Numbers: their state, and the three ways to reset one.
 * @defgroup pin PINs
 * @{
 *
 * The library draws a PIN for every user at random (S8) and mails it (S11, S16). It belongs to the person, not
 * to a provider (S12), is never shown to anybody but its recipient, and is to be protected like a signature
 * (S17). There is no function that tells or chooses a PIN.
 *
 * A PIN is disabled after too many consecutive wrong tries and comes back by a reset alone. There are three ways
 * to have it reset (S13); each sends a new one to the address on file and ends the old one.
 */
#ifndef NCTRACKS_PIN_H
#define NCTRACKS_PIN_H

#include <nctracks/portal.h>

#ifdef __cplusplus
extern "C" {
#endif

enum {
    NCT_PIN_NONE = 0,     /**< None was ever issued. */
    NCT_PIN_ACTIVE = 1,   /**< Can sign. */
    NCT_PIN_DISABLED = 2, /**< Too many wrong tries; a reset brings a new one. */
    NCT_PIN_LOST = 3,     /**< Reported lost; a reset brings a new one. */
    NCT_PIN_SUSPENDED = 4 /**< The person has no access at present; the same PIN returns with it (S12). */
};

/**
 * @brief Reset by the person (S13 a): a new PIN goes to the address on file.
 *
 * @param portal the portal
 * @param ncid whose
 * @param ncid_len its length
 * @param password theirs
 * @param password_len its length
 * @return #NCT_OK; #NCT_E_DENIED for an unknown NCID, a wrong password, too many wrong tries, somebody without access,
 *     all alike; for the right password #NCT_E_CONTESTED (contact.h), and #NCT_E_TOO_OFTEN when it was asked for
 * #NCT_OPTION_REQUESTS_PIN times in a day; a status of the value range for a malformed NCID or password; the common
 * statuses; #NCT_E_IDENTITY or a host's code.
 * @par Threads Any. Costs one key derivation.
 */
NCT_API NCT_MUST_USE nct_status nct_pin_reset(nct_portal *portal, const char *ncid, size_t ncid_len,
                                              const char *password, size_t password_len);

/**
 * @brief Reset by an administrator (S13 b): the OA, or who else has `pin.reset` there, for somebody they manage, has a
 * new PIN sent to that user.
 *
 * The administrator does not see it. A PIN belongs to the person: of somebody who also has access to another provider
 * no administrator has it reset or reports it lost.
 *
 * @param portal the portal
 * @param by NCID of who acts
 * @param by_len its length
 * @param provider the provider at which `by` administers and the user has access
 * @param provider_len its length
 * @param ncid whose
 * @param ncid_len its length
 * @return #NCT_OK; the refusals of nct_access_grant(); #NCT_E_NOT_FOUND when the user has no access there;
 *     #NCT_E_ELSEWHERE when they have some at another provider, in force or not; #NCT_E_CONTESTED (contact.h);
 * #NCT_E_TOO_OFTEN when administrators had it reset #NCT_OPTION_REQUESTS_PIN times in a day; the common statuses.
 */
NCT_API NCT_MUST_USE nct_status nct_pin_reset_by_administrator(nct_portal *portal, const char *by, size_t by_len,
                                                               const char *provider, size_t provider_len,
                                                               const char *ncid, size_t ncid_len);

/**
 * @brief Reset by the call centre (S13 c, S15): an operator whom the host has authenticated, with a reason.
 *
 * @param portal the portal
 * @param operator_name who, for the ledger
 * @param operator_name_len its length
 * @param ncid whose
 * @param ncid_len its length
 * @param reason why, for the ledger
 * @param reason_len its length
 * @return #NCT_OK; #NCT_E_UNKNOWN_PERSON; #NCT_E_NO_PIN for somebody without access; #NCT_E_CONTESTED (contact.h):
 * settle it first; a status of the value range; the common statuses.
 */
NCT_API NCT_MUST_USE nct_status nct_pin_reset_by_operator(nct_portal *portal, const char *operator_name,
                                                          size_t operator_name_len, const char *ncid, size_t ncid_len,
                                                          const char *reason, size_t reason_len);

/**
 * @brief Ends a PIN at once because it is lost or somebody else may know it (S15, S17).
 *
 * No new one is sent; the person is notified, with the call centre's number.
 *
 * @param portal the portal
 * @param by NCID of who reports: the person, or an administrator who could have the PIN reset
 * @param by_len its length
 * @param provider where `by` administers; may be NULL when the person reports
 * @param provider_len its length
 * @param ncid whose
 * @param ncid_len its length
 * @return #NCT_OK, also when it was reported before; #NCT_E_UNKNOWN_PERSON; #NCT_E_NO_PIN; for an administrator the
 *     refusals of nct_pin_reset_by_administrator() but #NCT_E_TOO_OFTEN; the common statuses.
 */
NCT_API NCT_MUST_USE nct_status nct_pin_report_lost(nct_portal *portal, const char *by, size_t by_len,
                                                    const char *provider, size_t provider_len, const char *ncid,
                                                    size_t ncid_len);

/**
 * @brief The same by an operator of the call centre (S15).
 *
 * @param portal the portal
 * @param operator_name who
 * @param operator_name_len its length
 * @param ncid whose
 * @param ncid_len its length
 * @param reason why
 * @param reason_len its length
 * @return as nct_pin_report_lost() and nct_pin_reset_by_operator().
 */
NCT_API NCT_MUST_USE nct_status nct_pin_report_lost_by_operator(nct_portal *portal, const char *operator_name,
                                                                size_t operator_name_len, const char *ncid,
                                                                size_t ncid_len, const char *reason, size_t reason_len);

/**
 * @brief The state of somebody's PIN: the first that is so of none, lost, suspended, disabled, active.
 *
 * For administrators and the call centre; do not show it to a stranger.
 *
 * @param portal the portal
 * @param ncid whose
 * @param ncid_len its length
 * @param[out] state one of the NCT_PIN constants
 * @param[out] issued_at when the present PIN was issued, milliseconds UTC; 0 for none; may be NULL
 * @param[out] failures consecutive wrong tries; may be NULL
 * @return #NCT_OK; #NCT_E_UNKNOWN_PERSON; a status of the value range; the common statuses.
 */
NCT_API NCT_MUST_USE nct_status nct_pin_status(nct_portal *portal, const char *ncid, size_t ncid_len, int32_t *state,
                                               int64_t *issued_at, int32_t *failures);

/**
 * @brief The name of a PIN state: "none", "active", "disabled", "lost", "suspended".
 *
 * @param state one of the constants
 * @return a constant string; NULL for an unknown state.
 */
NCT_API const char *nct_pin_state_name(int32_t state);

#ifdef __cplusplus
}
#endif
/** @} */
#endif
