/**
 * @file invitation.h
 * @brief Access that is offered, and begins when the person accepts it.
 * @defgroup invitation Invitations
 * @{
 *
 * An administrator invites somebody the portal knows by NCID, or anybody by e-mail. The rules are those of a direct
 * grant, of whoever sent the invitation last: when it is sent, and again when it is accepted, as everything stands
 * then. Accepting takes the password of the NCID, under the same guard as signing in; who was invited by e-mail also
 * gives the code that was mailed, and may be new to the portal. Inviting by e-mail looks nobody up: it tells nobody
 * whether an address is known.
 *
 * An invitation is for somebody without access there. It ends when it is accepted, declined or taken back, and it is no
 * longer accepted #NCT_OPTION_INVITATION_TIME after it was sent last, once the person's access there was changed, or
 * when whoever sent it may no longer give it. How many a provider has, sends in a day, and how often one is sent, is
 * limited (#NCT_OPTION_INVITATION_MOST, #NCT_OPTION_REQUESTS_INVITATION, #NCT_OPTION_INVITATION_SENDS). Nothing of this
 * is in the seeds, whose direct adding stays: our policy, and #NCT_OPTION_INVITATION_REQUIRED makes it the only way.
 *
 * To give up access one has: nct_access_leave().
 */
#ifndef NCTRACKS_INVITATION_H
#define NCTRACKS_INVITATION_H

#include <nctracks/access.h>

#ifdef __cplusplus
extern "C" {
#endif

enum {
    NCT_INVITATION_ID_LENGTH = 32,  /**< Characters of an invitation's id, without the NUL. */
    NCT_INVITATION_CODE_LENGTH = 32 /**< Characters of a mailed code: hexadecimal digits, 128 random bits. */
};

/** A page of invitations. Immutable; any thread. */
typedef struct nct_invitation_list nct_invitation_list;

/**
 * @brief Invites somebody to a provider.
 *
 * Somebody known is notified (`invitation.offered`), also in their messages; to an e-mail address goes a code
 * (`invitation.code`). An invitation of the same person or address that lapsed makes room.
 *
 * @param form the form, of #NCT_FORM_INVITATION: "ncid" or "email", and what is offered as in nct_access_grant(); may
 *     be submitted again after a failure
 * @param by NCID of who invites
 * @param by_len its length
 * @param provider NPI or Atypical ID
 * @param provider_len its length
 * @param[out] id receives the invitation's id and a NUL; an empty string on failure, if it has room
 * @param capacity bytes at @p id, more than #NCT_INVITATION_ID_LENGTH
 * @param[out] problems as nct_access_grant(); #NCT_E_DUPLICATE at "email" where an NCID is given too. May be NULL. Free
 *     with nct_problems_free()
 * @return #NCT_OK; #NCT_E_BUFFER; the refusals of nct_access_grant(), but #NCT_E_INVITATION_REQUIRED;
 *     #NCT_E_ALREADY_GRANTED for somebody who has access there; #NCT_E_PENDING while an invitation of the same person
 *     or address waits; #NCT_E_LIMIT when the provider has as many as #NCT_OPTION_INVITATION_MOST: take some back;
 *     #NCT_E_TOO_OFTEN by #NCT_OPTION_REQUESTS_INVITATION; the common statuses.
 * @par Threads Any, one at a time for one form.
 */
NCT_API NCT_MUST_USE nct_status nct_invitation_send(nct_form *form, const char *by, size_t by_len, const char *provider,
                                                    size_t provider_len, char *id, size_t capacity,
                                                    nct_problems **problems);

/**
 * @brief Sends an invitation again, also one that lapsed; its time begins anew, and a code mailed before no longer
 * works.
 *
 * It is from then on the invitation of whoever sent it again.
 *
 * @param portal the portal
 * @param by NCID of who sends it
 * @param by_len its length
 * @param provider NPI or Atypical ID
 * @param provider_len its length
 * @param id of nct_invitation_send() or a list
 * @param id_len its length
 * @return #NCT_OK; #NCT_E_FORMAT for what is no id; #NCT_E_NOT_FOUND, also for one that was answered or taken back;
 *     the refusals of nct_invitation_send(), where #NCT_E_DATE is for a validity that is over by now, and
 *     #NCT_E_TOO_OFTEN also by #NCT_OPTION_INVITATION_SENDS; a status of the value range; the common statuses.
 * @par Threads Any.
 */
NCT_API NCT_MUST_USE nct_status nct_invitation_send_again(nct_portal *portal, const char *by, size_t by_len,
                                                          const char *provider, size_t provider_len, const char *id,
                                                          size_t id_len);

/**
 * @brief Takes an invitation back; a mail with its code that was not sent yet is not sent.
 *
 * @param portal the portal
 * @param by NCID of who acts: anybody with user administration at the provider
 * @param by_len its length
 * @param provider NPI or Atypical ID
 * @param provider_len its length
 * @param id of nct_invitation_send() or a list
 * @param id_len its length
 * @return #NCT_OK, also for one that lapsed; the refusals of the one who acts, see nct_access_grant(); #NCT_E_FORMAT;
 *     #NCT_E_NOT_FOUND; a status of the value range; the common statuses.
 * @par Threads Any.
 */
NCT_API NCT_MUST_USE nct_status nct_invitation_take_back(nct_portal *portal, const char *by, size_t by_len,
                                                         const char *provider, size_t provider_len, const char *id,
                                                         size_t id_len);

/**
 * @brief Accepts an invitation: the access is given in the same commit, with a PIN for somebody who has none (S8, S12).
 *
 * Somebody new to the portal gives a name and a phone number too, and has the address the code went to. Where the
 * library keeps passwords, only who is known has one: add them before, with nct_person_add() and nct_password_set().
 * Whoever invited them is notified (`invitation.accepted`).
 *
 * @param form the form, of #NCT_FORM_ACCEPTANCE; its password is wiped. May be submitted again after a failure
 * @param[out] problems as nct_form_validate(), and #NCT_E_REQUIRED where somebody new has to be described; after
 *     #NCT_OK notes, see nct_user_add(). May be NULL. Free with nct_problems_free()
 * @return #NCT_OK; #NCT_E_ARGUMENT, also for a form of another kind; #NCT_E_PROBLEMS; #NCT_E_BUSY while another try
 *     under this NCID is being made; #NCT_E_DENIED for a wrong NCID or password, whatever was wrong. Then, of a person
 *     who is who they say: #NCT_E_INVITATION when there is none, the code is wrong, it lapsed, or it no longer holds
 *     (the ledger has the reason); #NCT_E_SELF_GRANT for whoever sent it; #NCT_E_ALREADY_GRANTED; #NCT_E_NCID_TAKEN
 *     for an NCID its person no longer goes by; #NCT_E_TOO_OFTEN as nct_access_grant(); the common statuses.
 * @par Threads Any, one at a time for one form. Derives keys.
 */
NCT_API NCT_MUST_USE nct_status nct_invitation_accept(nct_form *form, nct_problems **problems);

/**
 * @brief Declines an invitation by NCID. Whoever sent it is notified (`invitation.declined`).
 *
 * @param portal the portal
 * @param by NCID of who declines, as the host authenticated them
 * @param by_len its length
 * @param provider NPI or Atypical ID
 * @param provider_len its length
 * @return #NCT_OK, also for one that lapsed; #NCT_E_UNKNOWN_PERSON; #NCT_E_NOT_FOUND without an invitation there; a
 *     status of the value range; the common statuses.
 * @par Threads Any.
 */
NCT_API NCT_MUST_USE nct_status nct_invitation_decline(nct_portal *portal, const char *by, size_t by_len,
                                                       const char *provider, size_t provider_len);

/**
 * @brief Declines an invitation by e-mail: the code alone is enough, whoever has it.
 *
 * @param portal the portal
 * @param provider NPI or Atypical ID
 * @param provider_len its length
 * @param code as it was mailed
 * @param code_len its length
 * @return as nct_invitation_decline(), without #NCT_E_UNKNOWN_PERSON; #NCT_E_NOT_FOUND also for a wrong code.
 * @par Threads Any.
 */
NCT_API NCT_MUST_USE nct_status nct_invitation_decline_by_code(nct_portal *portal, const char *provider,
                                                               size_t provider_len, const char *code, size_t code_len);

/**
 * @brief Lists a provider's invitations, those that lapsed too, in the order in which they were made.
 *
 * @param portal the portal
 * @param provider NPI or Atypical ID
 * @param provider_len its length
 * @param after what nct_invitation_list_cursor() of the page before says; NULL for the first page
 * @param after_len its length
 * @param limit 1 to 1,000
 * @param[out] out receives the page; NULL on failure. Free with nct_invitation_list_free().
 * @return #NCT_OK; #NCT_E_FORMAT for what is no cursor; a status of the value range; the common statuses.
 * @par Threads Any.
 */
NCT_API NCT_MUST_USE nct_status nct_invitation_list_by_provider(nct_portal *portal, const char *provider,
                                                                size_t provider_len, const char *after,
                                                                size_t after_len, size_t limit,
                                                                nct_invitation_list **out);

/**
 * @brief Lists what waits for a person to accept or decline: invitations by NCID that did not lapse.
 *
 * @param portal the portal
 * @param ncid who; nobody known has none
 * @param ncid_len its length
 * @param after what nct_invitation_list_cursor() of the page before says; NULL for the first page
 * @param after_len its length
 * @param limit how many to look at, 1 to 1,000
 * @param[out] out as nct_invitation_list_by_provider()
 * @return as nct_invitation_list_by_provider().
 * @par Threads Any.
 */
NCT_API NCT_MUST_USE nct_status nct_invitation_list_by_person(nct_portal *portal, const char *ncid, size_t ncid_len,
                                                              const char *after, size_t after_len, size_t limit,
                                                              nct_invitation_list **out);

/**
 * @brief Frees a page.
 *
 * @param list may be NULL
 */
NCT_API void nct_invitation_list_free(nct_invitation_list *list);

/**
 * @brief How many invitations a page has.
 *
 * @param list may be NULL
 * @return the count.
 */
NCT_API size_t nct_invitation_list_count(const nct_invitation_list *list);

/**
 * @brief Whether a further page may follow.
 *
 * @param list may be NULL
 * @return 1 or 0.
 */
NCT_API int32_t nct_invitation_list_more(const nct_invitation_list *list);

/**
 * @brief What to pass as `after` for the next page.
 *
 * @param list the page
 * @return a string as long-lived as the page; empty if nothing was seen.
 */
NCT_API const char *nct_invitation_list_cursor(const nct_invitation_list *list);

/**
 * @brief The id of an invitation, #NCT_INVITATION_ID_LENGTH characters.
 *
 * @param list the page
 * @param index below the count
 * @return a string as long-lived as the page; NULL past the end.
 */
NCT_API const char *nct_invitation_list_id(const nct_invitation_list *list, size_t index);

/**
 * @brief The provider it is to.
 *
 * @param list the page
 * @param index below the count
 * @return a string as long-lived as the page; NULL past the end.
 */
NCT_API const char *nct_invitation_list_provider(const nct_invitation_list *list, size_t index);

/**
 * @brief NCID of who is invited.
 *
 * @param list the page
 * @param index below the count
 * @return a string as long-lived as the page; empty for an invitation by e-mail; NULL past the end.
 */
NCT_API const char *nct_invitation_list_ncid(const nct_invitation_list *list, size_t index);

/**
 * @brief The e-mail address that is invited, as whoever invited typed it.
 *
 * @param list the page
 * @param index below the count
 * @return a string as long-lived as the page; empty for an invitation by NCID; NULL past the end.
 */
NCT_API const char *nct_invitation_list_email(const nct_invitation_list *list, size_t index);

/**
 * @brief NCID of who sent it last.
 *
 * @param list the page
 * @param index below the count
 * @return a string as long-lived as the page; NULL past the end.
 */
NCT_API const char *nct_invitation_list_invited_by(const nct_invitation_list *list, size_t index);

/**
 * @brief The role offered.
 *
 * @param list the page
 * @param index below the count
 * @return one of the NCT_ROLE constants; #NCT_ROLE_NONE past the end.
 */
NCT_API int32_t nct_invitation_list_role(const nct_invitation_list *list, size_t index);

/**
 * @brief The rights offered.
 *
 * @param list the page
 * @param index below the count
 * @return the bit mask; 0 past the end.
 */
NCT_API uint64_t nct_invitation_list_rights(const nct_invitation_list *list, size_t index);

/**
 * @brief First millisecond of the access's validity.
 *
 * @param list the page
 * @param index below the count
 * @return ms UTC; 0: at once.
 */
NCT_API int64_t nct_invitation_list_valid_from(const nct_invitation_list *list, size_t index);

/**
 * @brief First millisecond after the access's validity.
 *
 * @param list the page
 * @param index below the count
 * @return ms UTC; 0: without end.
 */
NCT_API int64_t nct_invitation_list_valid_until(const nct_invitation_list *list, size_t index);

/**
 * @brief When it was sent last.
 *
 * @param list the page
 * @param index below the count
 * @return ms UTC; 0 past the end.
 */
NCT_API int64_t nct_invitation_list_sent_at(const nct_invitation_list *list, size_t index);

/**
 * @brief How often it was sent.
 *
 * @param list the page
 * @param index below the count
 * @return the count, from 1; 0 past the end.
 */
NCT_API int32_t nct_invitation_list_sent(const nct_invitation_list *list, size_t index);

/**
 * @brief The first millisecond at which it is not accepted any more, if it is not sent again.
 *
 * @param list the page
 * @param index below the count
 * @return ms UTC; 0 past the end.
 */
NCT_API int64_t nct_invitation_list_lapses_at(const nct_invitation_list *list, size_t index);

#ifdef __cplusplus
}
#endif
/** @} */
#endif
