/**
 * @file signin.h
 * @brief Signing in: sessions, and the second step.
 * @defgroup signin Signing in
 * @{
 *
 * For hosts that let the library keep passwords (password.h), and for hosts that authenticate people elsewhere and want
 * sessions alone. Signing in is guarded as a password is. What a stranger may call costs the same reads, commits and
 * derivations for an NCID nobody knows.
 *
 * A session is a token of 256 random bits, of which the store keeps a keyed digest. It ends after
 * #NCT_OPTION_SESSION_IDLE without use, after #NCT_OPTION_SESSION_LONGEST, and with every change of the person's
 * password, PIN or NCID. It says who somebody is, and nothing of what they may do: see access.h.
 *
 * Where the profile's rule `sign_in.second_step` says so (2025 and later), a session waits for a code of six digits
 * that is mailed to the address on file, and is good for nothing else until it was given.
 *
 * All here is the library's own policy, after NIST SP 800-63B: a password and a mailed code are no two-factor
 * authentication in its sense, and are not called so.
 */
#ifndef NCTRACKS_SIGNIN_H
#define NCTRACKS_SIGNIN_H

#include <nctracks/portal.h>

#ifdef __cplusplus
extern "C" {
#endif

enum {
    NCT_SESSION_TOKEN_LENGTH = 64, /**< Characters of a session's token: letters, digits, `-` and `_`. */
    NCT_SESSION_ID_LENGTH = 16,    /**< Hexadecimal digits of a session's id, which is no secret. */
    NCT_SIGN_IN_CODE_LENGTH = 6,   /**< Digits of the code of the second step. */
    NCT_SESSIONS_MAX = 12          /**< Sessions of a person at most, see #NCT_OPTION_SESSION_MOST. */
};

/** Somebody's session, as it was when it was begun or checked. Immutable; any thread. */
typedef struct nct_session nct_session;

/** A page of somebody's sessions, without their tokens. Immutable; any thread. */
typedef struct nct_session_list nct_session_list;

/**
 * @brief Signs somebody in with NCID and password, and begins a session.
 *
 * Whoever the portal knows may sign in, with access to a provider or without: what they may do is another question.
 * With as many sessions as #NCT_OPTION_SESSION_MOST allows, the one unused for longest ends.
 *
 * @param portal the portal
 * @param ncid who
 * @param ncid_len its length
 * @param password theirs
 * @param password_len its length
 * @param label what the person is to know the session by, such as browser and address: one line of up to 100
 *     characters; may be NULL
 * @param label_len its length
 * @param[out] out receives the session, with its token; NULL on failure. Free with nct_session_free(). Look at
 *     nct_session_awaits_code(): of a session that does, a code was mailed.
 * @return #NCT_OK; #NCT_E_DENIED for an unknown NCID, a wrong password, none, too many wrong tries, one that has to
 *     wait, all alike; where the profile asks for a code, for the right
 *     password #NCT_E_CONTESTED (contact.h) and #NCT_E_TOO_OFTEN when #NCT_OPTION_REQUESTS_CODE were mailed in a day;
 *     #NCT_E_BUSY while another try is made for this NCID; a status of the value range for a malformed NCID, password
 *     or label; the common statuses; #NCT_E_IDENTITY or a host's code.
 * @par Threads Any. Costs one key derivation.
 */
NCT_API NCT_MUST_USE nct_status nct_sign_in(nct_portal *portal, const char *ncid, size_t ncid_len, const char *password,
                                            size_t password_len, const char *label, size_t label_len,
                                            nct_session **out);

/**
 * @brief The second step: gives the code that was mailed.
 *
 * The session goes on under a new token; the one before is of no use any more.
 *
 * @param portal the portal
 * @param token of the session that waits
 * @param token_len its length
 * @param code as mailed: #NCT_SIGN_IN_CODE_LENGTH digits
 * @param code_len its length
 * @param[out] out receives the session, with its new token; NULL on failure. Free with nct_session_free().
 * @return #NCT_OK; #NCT_E_DENIED for a wrong code, one that is older than #NCT_OPTION_CODE_TIME, or that was tried
 *     #NCT_OPTION_CODE_ATTEMPTS times; #NCT_E_NO_SESSION; #NCT_E_STATE for a session that waits for no code; the common
 *     statuses.
 * @par Threads Any.
 */
NCT_API NCT_MUST_USE nct_status nct_sign_in_confirm(nct_portal *portal, const char *token, size_t token_len,
                                                    const char *code, size_t code_len, nct_session **out);

/**
 * @brief Mails another code to somebody whose session waits for one; the code before is of no use any more.
 *
 * @param portal the portal
 * @param token of the session that waits
 * @param token_len its length
 * @return #NCT_OK; #NCT_E_NO_SESSION; #NCT_E_STATE for a session that waits for no code; #NCT_E_CONTESTED;
 *     #NCT_E_TOO_OFTEN; the common statuses.
 * @par Threads Any.
 */
NCT_API NCT_MUST_USE nct_status nct_sign_in_send_code(nct_portal *portal, const char *token, size_t token_len);

/**
 * @brief Begins a session of somebody whom the host has authenticated itself (OpenID Connect, a badge).
 *
 * No code is asked for. Call it for nobody else: it is as good as their password.
 *
 * @param portal the portal
 * @param ncid who
 * @param ncid_len its length
 * @param acr at which level, in the host's words, such as an `acr` value of OpenID Connect; one line of up to 100
 *     characters; may be NULL
 * @param acr_len its length
 * @param amr by which methods, such as "pwd otp" (RFC 8176); one line of up to 100 characters; may be NULL
 * @param amr_len its length
 * @param authenticated_at when, milliseconds UTC; 0: now
 * @param label as nct_sign_in()'s
 * @param label_len its length
 * @param[out] out receives the session, with its token; NULL on failure. Free with nct_session_free().
 * @return #NCT_OK; #NCT_E_UNKNOWN_PERSON; #NCT_E_DATE for a time to come; a status of the value range; the common
 * statuses.
 * @par Threads Any.
 */
NCT_API NCT_MUST_USE nct_status nct_session_begin(nct_portal *portal, const char *ncid, size_t ncid_len,
                                                  const char *acr, size_t acr_len, const char *amr, size_t amr_len,
                                                  int64_t authenticated_at, const char *label, size_t label_len,
                                                  nct_session **out);

/**
 * @brief Whose session a token stands for; notes its use, at most once a minute.
 *
 * Ask before each thing somebody does. Any answer but #NCT_OK is nobody.
 *
 * @param portal the portal
 * @param token as it came from the browser; anything may come
 * @param token_len its length
 * @param[out] out receives the session, without its token; NULL on failure. Free with nct_session_free().
 * @return #NCT_OK; #NCT_E_NO_SESSION for a token that stands for none, or one that has ended, whatever ended it;
 *     #NCT_E_CODE_REQUIRED for one that waits for its code; the common statuses.
 * @par Threads Any.
 */
NCT_API NCT_MUST_USE nct_status nct_session_check(nct_portal *portal, const char *token, size_t token_len,
                                                  nct_session **out);

/**
 * @brief Signs out: ends the session of a token.
 *
 * @param portal the portal
 * @param token of the session
 * @param token_len its length
 * @return #NCT_OK, also for one that waits for its code; #NCT_E_NO_SESSION when there is none any more; the common
 *     statuses.
 * @par Threads Any.
 */
NCT_API NCT_MUST_USE nct_status nct_session_end(nct_portal *portal, const char *token, size_t token_len);

/**
 * @brief Ends one of a person's sessions, from a list.
 *
 * @param portal the portal
 * @param ncid whose; the host has authenticated them
 * @param ncid_len its length
 * @param id of nct_session_id()
 * @param id_len its length
 * @return #NCT_OK; #NCT_E_UNKNOWN_PERSON; #NCT_E_NO_SESSION; a status of the value range; the common statuses.
 * @par Threads Any.
 */
NCT_API NCT_MUST_USE nct_status nct_session_end_one(nct_portal *portal, const char *ncid, size_t ncid_len,
                                                    const char *id, size_t id_len);

/**
 * @brief Signs somebody out everywhere: ends all their sessions.
 *
 * @param portal the portal
 * @param ncid whose; the host has authenticated them
 * @param ncid_len its length
 * @return #NCT_OK, also when there was none; #NCT_E_UNKNOWN_PERSON; a status of the value range; the common statuses.
 * @par Threads Any.
 */
NCT_API NCT_MUST_USE nct_status nct_session_end_all(nct_portal *portal, const char *ncid, size_t ncid_len);

/**
 * @brief The same by an operator, with a reason.
 *
 * @param portal the portal
 * @param operator_name who, for the ledger
 * @param operator_name_len its length
 * @param reason why, for the ledger
 * @param reason_len its length
 * @param ncid whose
 * @param ncid_len its length
 * @return as nct_session_end_all().
 * @par Threads Any.
 */
NCT_API NCT_MUST_USE nct_status nct_session_end_all_by_operator(nct_portal *portal, const char *operator_name,
                                                                size_t operator_name_len, const char *ncid,
                                                                size_t ncid_len, const char *reason, size_t reason_len);

/**
 * @brief Frees a session and wipes its token.
 *
 * @param session may be NULL
 */
NCT_API void nct_session_free(nct_session *session);

/**
 * @brief The token, for a cookie: of a session that was begun or confirmed by this call alone.
 *
 * @param session may be NULL
 * @return #NCT_SESSION_TOKEN_LENGTH characters, as long-lived as the session; empty for one that was checked.
 */
NCT_API const char *nct_session_token(const nct_session *session);

/**
 * @brief What the session goes by in lists and in the ledger; no secret.
 *
 * @param session may be NULL
 * @return #NCT_SESSION_ID_LENGTH digits, as long-lived as the session; NULL for NULL.
 */
NCT_API const char *nct_session_id(const nct_session *session);

/**
 * @brief Whose it is.
 *
 * @param session may be NULL
 * @return the NCID, as long-lived as the session; NULL for NULL.
 */
NCT_API const char *nct_session_ncid(const nct_session *session);

/**
 * @brief Whether it waits for its code, and is good for nothing else.
 *
 * @param session may be NULL
 * @return 1 or 0; 1 for NULL.
 */
NCT_API int32_t nct_session_awaits_code(const nct_session *session);

/**
 * @brief When it began.
 *
 * @param session may be NULL
 * @return ms UTC; 0 for NULL.
 */
NCT_API int64_t nct_session_began_at(const nct_session *session);

/**
 * @brief When the person was authenticated: when the session began, or when the host says.
 *
 * @param session may be NULL
 * @return ms UTC; 0 for NULL.
 */
NCT_API int64_t nct_session_authenticated_at(const nct_session *session);

/**
 * @brief When it ends if it is not used any more.
 *
 * @param session may be NULL
 * @return ms UTC; 0 for NULL.
 */
NCT_API int64_t nct_session_ends_at(const nct_session *session);

/**
 * @brief When it ends even if it is.
 *
 * @param session may be NULL
 * @return ms UTC; 0 for NULL.
 */
NCT_API int64_t nct_session_ends_at_last(const nct_session *session);

/**
 * @brief At which level, in the host's words.
 *
 * @param session may be NULL
 * @return a string as long-lived as the session, empty where the library authenticated the person; NULL for NULL.
 */
NCT_API const char *nct_session_acr(const nct_session *session);

/**
 * @brief By which methods: "pwd", "pwd email" after a second step, or what the host said.
 *
 * @param session may be NULL
 * @return a string as long-lived as the session; NULL for NULL.
 */
NCT_API const char *nct_session_amr(const nct_session *session);

/**
 * @brief The label it was given.
 *
 * @param session may be NULL
 * @return a string as long-lived as the session; may be empty; NULL for NULL.
 */
NCT_API const char *nct_session_label(const nct_session *session);

/**
 * @brief Lists somebody's sessions, the last begun first; those that have ended are left out.
 *
 * @param portal the portal
 * @param ncid whose
 * @param ncid_len its length
 * @param after what nct_session_list_cursor() of the page before says; NULL for the first page
 * @param after_len its length
 * @param limit how many, 1 to 1,000
 * @param[out] out receives the page; NULL on failure. Free with nct_session_list_free().
 * @return #NCT_OK; #NCT_E_UNKNOWN_PERSON; a status of the value range; the common statuses.
 * @par Threads Any.
 */
NCT_API NCT_MUST_USE nct_status nct_session_list_by_person(nct_portal *portal, const char *ncid, size_t ncid_len,
                                                           const char *after, size_t after_len, size_t limit,
                                                           nct_session_list **out);

/**
 * @brief Frees a page.
 *
 * @param list may be NULL
 */
NCT_API void nct_session_list_free(nct_session_list *list);

/**
 * @brief How many sessions a page has.
 *
 * @param list may be NULL
 * @return the count.
 */
NCT_API size_t nct_session_list_count(const nct_session_list *list);

/**
 * @brief Whether a further page follows.
 *
 * @param list may be NULL
 * @return 1 or 0.
 */
NCT_API int32_t nct_session_list_more(const nct_session_list *list);

/**
 * @brief What to pass as `after` for the next page.
 *
 * @param list the page
 * @return a string as long-lived as the page; empty if it has none.
 */
NCT_API const char *nct_session_list_cursor(const nct_session_list *list);

/**
 * @brief One session of a page, without its token.
 *
 * @param list the page
 * @param index below the count
 * @return the session, as long-lived as the page, not to be freed; NULL past the end.
 */
NCT_API const nct_session *nct_session_list_at(const nct_session_list *list, size_t index);

/**
 * @brief When it was used last, to the minute.
 *
 * @param session may be NULL
 * @return ms UTC; 0 for NULL.
 */
NCT_API int64_t nct_session_used_at(const nct_session *session);

#ifdef __cplusplus
}
#endif
/** @} */
#endif
