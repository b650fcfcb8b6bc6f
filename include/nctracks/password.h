/**
 * @file password.h
 * @brief Passwords that the library keeps: choosing, changing and resetting them.
 * @defgroup password Passwords
 * @{
 *
 * For hosts that let the library keep passwords. With an identity callback it keeps none: somebody else chooses,
 * changes and resets them, and what would set one here is refused with #NCT_E_STATE.
 *
 * A password is tried under the guard that signing uses: a try is counted before it is made, and whoever is refused
 * hears #NCT_E_DENIED for every reason. What a stranger may call costs the same reads, commits and derivations for an
 * NCID nobody knows.
 *
 * All here is the library's own policy, after NIST SP 800-63B.
 */
#ifndef NCTRACKS_PASSWORD_H
#define NCTRACKS_PASSWORD_H

#include <nctracks/portal.h>

#ifdef __cplusplus
extern "C" {
#endif

enum {
    NCT_PASSWORD_MAX = 256,    /**< Longest password, in bytes. */
    NCT_RESET_CODE_LENGTH = 32 /**< Hexadecimal digits of the code that resets a password. */
};

enum {
    NCT_PASSWORD_NONE = 0,     /**< None was ever set: a code by mail lets the person choose one. */
    NCT_PASSWORD_ACTIVE = 1,   /**< May be tried now. */
    NCT_PASSWORD_WAITING = 2,  /**< After wrong tries the next has to wait. */
    NCT_PASSWORD_DISABLED = 3, /**< Too many wrong tries; a new one, or an operator, helps. */
    NCT_PASSWORD_ELSEWHERE = 4 /**< An identity callback checks passwords: nothing is kept here. */
};

/**
 * @brief Whether a password may be chosen: long enough under the rule `password.least`, and none that is guessed first.
 *
 * No mix of characters is asked for (NIST SP 800-63B). Passwords in use are never held against this: it is asked of a
 * new one alone, also by nct_password_set(), nct_password_change() and nct_password_reset(), which look at the name of
 * the person as well; here nothing is read, so that a page may ask while somebody types.
 *
 * @param portal the portal
 * @param ncid whose it is to be
 * @param ncid_len its length
 * @param password what they chose: UTF-8, counted in characters
 * @param password_len its length
 * @return #NCT_OK; #NCT_E_EMPTY, #NCT_E_TOO_SHORT, #NCT_E_TOO_LONG (#NCT_PASSWORD_MAX bytes), #NCT_E_NUL;
 *     #NCT_E_COMMON_PASSWORD for one of the commonest, one made of the NCID or the portal's name, or one that the
 * host's list has (nct_config_set_blocklist()); #NCT_E_CALLBACK or a host's code of that list; the common statuses.
 * @par Threads Any.
 */
NCT_API NCT_MUST_USE nct_status nct_password_check(nct_portal *portal, const char *ncid, size_t ncid_len,
                                                   const char *password, size_t password_len);

/**
 * @brief Changes a person's password, proved by the one they have.
 *
 * Ends all their sessions, and their period of signing; they are told by mail.
 *
 * @param portal the portal
 * @param ncid whose
 * @param ncid_len its length
 * @param password the one they have
 * @param password_len its length
 * @param new_password as nct_password_check() asks
 * @param new_password_len its length
 * @return #NCT_OK; #NCT_E_DENIED as nct_sign_in(); a refusal of nct_password_check(); #NCT_E_DUPLICATE for the one they
 *     have; #NCT_E_STATE with an identity callback; #NCT_E_BUSY; a status of the value range; the common statuses.
 * @par Threads Any. Costs two key derivations.
 */
NCT_API NCT_MUST_USE nct_status nct_password_change(nct_portal *portal, const char *ncid, size_t ncid_len,
                                                    const char *password, size_t password_len, const char *new_password,
                                                    size_t new_password_len);

/**
 * @brief "Forgot password": mails a code that resets the password to the address on file.
 *
 * The answer, and what it costs, is the same for an NCID nobody knows, somebody with a contested address
 * (contact.h), and after #NCT_OPTION_REQUESTS_PASSWORD in a day: in none of these cases a code is mailed. The
 * mail goes out with nct_mail_flush(), not with this call, which would take longer where there is one. It is also how a
 * new user gets a first password. The code before is of no use any more.
 *
 * @param portal the portal
 * @param ncid whose
 * @param ncid_len its length
 * @return #NCT_OK; #NCT_E_STATE with an identity callback; a status of the value range for a malformed NCID; the common
 *     statuses.
 * @par Threads Any. Costs one key derivation.
 */
NCT_API NCT_MUST_USE nct_status nct_password_forgotten(nct_portal *portal, const char *ncid, size_t ncid_len);

/**
 * @brief Puts a new password in force with the code that was mailed.
 *
 * Ends the tries counted against the old one, all sessions and the period of signing; the person is told by mail.
 *
 * @param portal the portal
 * @param ncid whose
 * @param ncid_len its length
 * @param code as mailed: #NCT_RESET_CODE_LENGTH digits
 * @param code_len its length
 * @param new_password as nct_password_check() asks
 * @param new_password_len its length
 * @return #NCT_OK; #NCT_E_DENIED for a wrong code, none, one that is older than #NCT_OPTION_RESET_TIME or was tried
 *     #NCT_OPTION_RESET_ATTEMPTS times, and an unknown NCID, all alike; a refusal of nct_password_check(), after which
 *     the code still holds; #NCT_E_CONTESTED (contact.h) for the right code; #NCT_E_STATE with an identity callback;
 * the common statuses.
 * @par Threads Any. Costs one key derivation.
 */
NCT_API NCT_MUST_USE nct_status nct_password_reset(nct_portal *portal, const char *ncid, size_t ncid_len,
                                                   const char *code, size_t code_len, const char *new_password,
                                                   size_t new_password_len);

/**
 * @brief Keeps a verifier for a person's password, where no identity callback checks passwords.
 *
 * Ends the tries counted against the old one.
 *
 * @param portal the portal
 * @param operator_name who sets it (a person the host has authenticated, or a service), for the ledger
 * @param operator_name_len its length
 * @param ncid whose
 * @param ncid_len its length
 * @param password 1 to #NCT_PASSWORD_MAX bytes, any but NUL; compared whole, not normalised
 * @param password_len its length
 * @return #NCT_OK; #NCT_E_UNKNOWN_PERSON; #NCT_E_STATE with an identity callback; #NCT_E_EMPTY, #NCT_E_TOO_LONG,
 *     #NCT_E_NUL for the password; the common statuses.
 * @par Threads Any. Costs one key derivation.
 */
NCT_API NCT_MUST_USE nct_status nct_password_set(nct_portal *portal, const char *operator_name,
                                                 size_t operator_name_len, const char *ncid, size_t ncid_len,
                                                 const char *password, size_t password_len);

/**
 * @brief Has a code mailed to somebody, by an operator whom the host has authenticated.
 *
 * @param portal the portal
 * @param operator_name who, for the ledger
 * @param operator_name_len its length
 * @param reason why, for the ledger
 * @param reason_len its length
 * @param ncid whose
 * @param ncid_len its length
 * @return #NCT_OK; #NCT_E_UNKNOWN_PERSON; #NCT_E_CONTESTED (contact.h): settle it first; #NCT_E_STATE with an identity
 * callback; a status of the value range; the common statuses.
 * @par Threads Any.
 */
NCT_API NCT_MUST_USE nct_status nct_password_send_code_by_operator(nct_portal *portal, const char *operator_name,
                                                                   size_t operator_name_len, const char *ncid,
                                                                   size_t ncid_len, const char *reason,
                                                                   size_t reason_len);

/**
 * @brief Lets a password be tried again at once, after wrong tries.
 *
 * @param portal the portal
 * @param operator_name who, for the ledger
 * @param operator_name_len its length
 * @param reason why, for the ledger
 * @param reason_len its length
 * @param ncid whose
 * @param ncid_len its length
 * @return #NCT_OK, also when it could be tried before; #NCT_E_UNKNOWN_PERSON; #NCT_E_NOT_FOUND when there is no
 *     password; #NCT_E_STATE with an identity callback; a status of the value range; the common statuses.
 * @par Threads Any.
 */
NCT_API NCT_MUST_USE nct_status nct_password_unlock_by_operator(nct_portal *portal, const char *operator_name,
                                                                size_t operator_name_len, const char *ncid,
                                                                size_t ncid_len, const char *reason, size_t reason_len);

/**
 * @brief The state of somebody's password, for administrators and the call centre; do not show it to a stranger.
 *
 * @param portal the portal
 * @param ncid whose
 * @param ncid_len its length
 * @param[out] state one of the NCT_PASSWORD constants
 * @param[out] changed_at when the present one was set, milliseconds UTC; 0 for none; may be NULL
 * @param[out] failures consecutive wrong tries; may be NULL
 * @param[out] waits_until when it may be tried again, milliseconds UTC; 0: now, or never while it is disabled; may be
 *     NULL
 * @return #NCT_OK; #NCT_E_UNKNOWN_PERSON; a status of the value range; the common statuses.
 * @par Threads Any.
 */
NCT_API NCT_MUST_USE nct_status nct_password_status(nct_portal *portal, const char *ncid, size_t ncid_len,
                                                    int32_t *state, int64_t *changed_at, int32_t *failures,
                                                    int64_t *waits_until);

/**
 * @brief The name of a state: "none", "active", "waiting", "disabled", "elsewhere".
 *
 * @param state one of the NCT_PASSWORD constants
 * @return a constant string; NULL for an unknown state.
 */
NCT_API const char *nct_password_state_name(int32_t state);

/**
 * @brief #NCT_PASSWORD_MAX as a function.
 *
 * @return bytes.
 */
NCT_API size_t nct_password_max(void);

#ifdef __cplusplus
}
#endif
/** @} */
#endif
