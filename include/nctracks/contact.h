/**
 * @file contact.h
 * @brief Changing a person's name, e-mail address, phone and postal address.
 * @defgroup contact Contact data
 * @{
 *
 * PINs and notices go to the address on file, so whoever could change it unseen could have somebody's next PIN. No
 * public source states how NCTracks guards it; this is our policy:
 *
 * - Every request is reported at once to the address on file, and to those on file in the last `term.address_days`
 * (30).
 * - A new e-mail address takes effect only when it is confirmed: with a token that was mailed to the *old* address, or
 * by an operator, who states a reason. Until then everything, a new PIN too, goes to the old address, and nothing at
 * all to the new one.
 * - A person changes their own name, phone and postal address at once. What an administrator asks for waits as a whole,
 * the name too. Of somebody who also has access to another provider no administrator asks: it is the person's, or an
 * operator's.
 * - What is not confirmed in the profile's term (30 days) lapses. A later request replaces an earlier one, and says so.
 * - Each request, and each change, ends the person's period of signing (nct_signature_period()).
 *
 * The host has authenticated `by`, the NCID of the person who acts; operators are named by the host.
 */
#ifndef NCTRACKS_CONTACT_H
#define NCTRACKS_CONTACT_H

#include <nctracks/form.h>
#include <nctracks/portal.h>

#ifdef __cplusplus
extern "C" {
#endif

enum {
    /** Length of the token that confirms a change, in hexadecimal digits. */
    NCT_CONTACT_TOKEN_LENGTH = 32
};

/** A change that waits to be confirmed, as it was read. Immutable; any thread. */
typedef struct nct_contact_request nct_contact_request;
/** A page of changes that wait. Immutable; any thread. */
typedef struct nct_contact_request_list nct_contact_request_list;

/**
 * @brief Changes a person's contact data, or asks for it: by the person, or by an administrator who manages them.
 *
 * By the person, name, phone and postal address take effect at once, and another e-mail address waits to be confirmed;
 * the address on file withdraws a request that waits. By an administrator, all that differs from what is on file waits.
 * A field that is not set stays as it is on file, but for what belongs to something that is given whole: with first and
 * last name a middle name and a suffix end that are not set, with "one_name" the first and the middle name, with a
 * phone its extension, with a street address its second line.
 *
 * @param form the form, of #NCT_FORM_CONTACT; may be submitted again
 * @param by NCID of who acts
 * @param by_len its length
 * @param provider the provider at which `by` administers; may be NULL for the person themself
 * @param provider_len its length
 * @param ncid whose contact data
 * @param ncid_len its length
 * @param[out] problems as nct_form_validate(); may be NULL
 * @return In this order: #NCT_E_ARGUMENT; a status of the value range for an identifier; #NCT_E_PROBLEMS; for an
 *     administrator the refusals of nct_access_grant() that concern who acts, #NCT_E_NOT_FOUND when the person has no
 *     access there, #NCT_E_NOT_MANAGED, #NCT_E_ELSEWHERE when they have some at another provider;
 *     #NCT_E_UNKNOWN_PERSON; #NCT_E_CONTESTED while the address is; #NCT_E_TOO_OFTEN when something differs and the
 * person, or administrators for them, asked #NCT_OPTION_REQUESTS_CONTACT times in a day; else #NCT_OK, also when
 * nothing differs, or one of the common statuses.
 * @par Threads One at a time for one form.
 */
NCT_API NCT_MUST_USE nct_status nct_contact_change(nct_form *form, const char *by, size_t by_len, const char *provider,
                                                   size_t provider_len, const char *ncid, size_t ncid_len,
                                                   nct_problems **problems);

/**
 * @brief Changes a person's contact data at once, the address too: for somebody who lost their mailbox.
 *
 * An operator has made sure who asks. The old address is notified; a request that waits, of another address, is
 * withdrawn.
 *
 * @param form the form, of #NCT_FORM_CONTACT; may be submitted again
 * @param operator_name who, for the ledger
 * @param operator_name_len its length
 * @param ncid whose contact data
 * @param ncid_len its length
 * @param reason why, and how the person was recognised, for the ledger
 * @param reason_len its length
 * @param[out] problems as nct_form_validate(); may be NULL
 * @return In this order: #NCT_E_ARGUMENT; a status of the value range; #NCT_E_PROBLEMS; #NCT_E_UNKNOWN_PERSON; else
 *     #NCT_OK, also when nothing differs, or one of the common statuses.
 * @par Threads One at a time for one form.
 */
NCT_API NCT_MUST_USE nct_status nct_contact_change_by_operator(nct_form *form, const char *operator_name,
                                                               size_t operator_name_len, const char *ncid,
                                                               size_t ncid_len, const char *reason, size_t reason_len,
                                                               nct_problems **problems);

/**
 * @brief Confirms a change with the token that was mailed to the old address.
 *
 * It takes effect at once, once.
 *
 * @param portal the portal
 * @param ncid whose contact data
 * @param ncid_len its length
 * @param token the token; upper and lower case digits are the same
 * @param token_len its length
 * @return In this order: #NCT_E_ARGUMENT; a status of the value range for the NCID; #NCT_E_DENIED for an unknown NCID,
 *     nothing that waits, a wrong, used or replaced token, all alike; #NCT_E_LAPSED for the right token too late,
 * #NCT_E_TOO_OFTEN for the right one where the address changed too often of late; else #NCT_OK or one of the common
 * statuses.
 * @par Threads Any.
 */
NCT_API NCT_MUST_USE nct_status nct_contact_confirm(nct_portal *portal, const char *ncid, size_t ncid_len,
                                                    const char *token, size_t token_len);

/**
 * @brief Confirms a change by an operator, who has made sure who asks.
 *
 * @param portal the portal
 * @param operator_name who, for the ledger
 * @param operator_name_len its length
 * @param ncid whose contact data
 * @param ncid_len its length
 * @param email the new address the operator means, so that no later request for another address is confirmed; a length
 *     of 0 for a request without an address. Name and phone are not compared: read nct_contact_pending() right before.
 * @param email_len its length
 * @param reason why, for the ledger
 * @param reason_len its length
 * @return In this order: #NCT_E_ARGUMENT; a status of the value range; #NCT_E_UNKNOWN_PERSON; #NCT_E_NOT_FOUND when
 *     nothing waits, or another address; #NCT_E_LAPSED; #NCT_E_TOO_OFTEN where the address changed too often of late;
 * else #NCT_OK or one of the common statuses.
 * @par Threads Any.
 */
NCT_API NCT_MUST_USE nct_status nct_contact_confirm_by_operator(nct_portal *portal, const char *operator_name,
                                                                size_t operator_name_len, const char *ncid,
                                                                size_t ncid_len, const char *email, size_t email_len,
                                                                const char *reason, size_t reason_len);

/**
 * @brief Settles a contested address by the person, with the password of their NCID.
 *
 * The address of somebody known is contested when they are entered as an Office Administrator (registration,
 * enrollment, OA change) with another one than is on file: one of the two may have been put there by somebody else.
 * Until it is settled no PIN is sent for the NCID, at providers they are OA or backup OA of no account is changed, and
 * the person and administrators ask for no other contact data (#NCT_E_CONTESTED). An operator settles it with
 * nct_contact_confirm_by_operator() for the address typed, nct_contact_withdraw() for the one on file, or
 * nct_contact_change_by_operator() for a third. Where the address typed is taken, the PIN ends, since it may have been
 * sent to the one before: the person has a new one sent.
 *
 * @param portal the portal
 * @param ncid whose
 * @param ncid_len its length
 * @param password theirs
 * @param password_len its length
 * @param email the right one of the two
 * @param email_len its length
 * @return In this order: #NCT_E_ARGUMENT; a status of the value range; #NCT_E_DENIED for an unknown NCID, a wrong
 *     password, too many wrong tries, somebody without access, all alike; #NCT_E_NOT_FOUND when nothing is contested,
 * or with neither of the two addresses; #NCT_E_TOO_OFTEN when the address changed too often of late; else #NCT_OK or
 *     one of the common statuses.
 * @par Threads Any. Costs one key derivation.
 */
NCT_API NCT_MUST_USE nct_status nct_contact_settle_contested(nct_portal *portal, const char *ncid, size_t ncid_len,
                                                             const char *password, size_t password_len,
                                                             const char *email, size_t email_len);

/**
 * @brief Withdraws a change that waits, by an operator: for somebody who was notified of one they did not ask for.
 *
 * @param portal the portal
 * @param operator_name who, for the ledger
 * @param operator_name_len its length
 * @param ncid whose contact data
 * @param ncid_len its length
 * @param reason why, for the ledger
 * @param reason_len its length
 * @return In this order: #NCT_E_ARGUMENT; a status of the value range; #NCT_E_UNKNOWN_PERSON; #NCT_E_NOT_FOUND when
 *     nothing waits; else #NCT_OK or one of the common statuses.
 * @par Threads Any.
 */
NCT_API NCT_MUST_USE nct_status nct_contact_withdraw(nct_portal *portal, const char *operator_name,
                                                     size_t operator_name_len, const char *ncid, size_t ncid_len,
                                                     const char *reason, size_t reason_len);

/**
 * @brief Reads the change that waits for a person's confirmation.
 *
 * For the person, administrators and operators; it does not hold the token.
 *
 * @param portal the portal
 * @param ncid whose
 * @param ncid_len its length
 * @param[out] out receives it; NULL on failure. Free with nct_contact_request_free().
 * @return #NCT_E_ARGUMENT; a status of the value range; #NCT_E_UNKNOWN_PERSON; #NCT_E_NOT_FOUND when nothing waits;
 *     #NCT_OK, also for one that has lapsed and was not replaced, or one of the common statuses.
 */
NCT_API NCT_MUST_USE nct_status nct_contact_pending(nct_portal *portal, const char *ncid, size_t ncid_len,
                                                    nct_contact_request **out);

/**
 * @brief Frees a request.
 *
 * @param request may be NULL
 */
NCT_API void nct_contact_request_free(nct_contact_request *request);

/**
 * @brief Lists the changes that wait, with those that lapsed and were not replaced, for operators: contested addresses
 * among them.
 *
 * @param portal the portal
 * @param after cursor of the page before; may be NULL for the first
 * @param after_len its length; 0: from the beginning
 * @param limit most requests in the page, 1 to 1000
 * @param[out] out receives the page; NULL on failure. Free with nct_contact_request_list_free().
 * @return #NCT_OK; #NCT_E_ARGUMENT; #NCT_E_LIMIT; #NCT_E_FORMAT for no cursor; the common statuses.
 */
NCT_API NCT_MUST_USE nct_status nct_contact_request_list_page(nct_portal *portal, const char *after, size_t after_len,
                                                              size_t limit, nct_contact_request_list **out);

/**
 * @brief Frees a page.
 *
 * @param list may be NULL
 */
NCT_API void nct_contact_request_list_free(nct_contact_request_list *list);

/**
 * @brief How many requests the page holds.
 *
 * @param list the page
 * @return the count.
 */
NCT_API size_t nct_contact_request_list_count(const nct_contact_request_list *list);

/**
 * @brief A request of the page.
 *
 * @param list the page
 * @param index below the count
 * @return the request, as long-lived as the page; NULL past the end.
 */
NCT_API const nct_contact_request *nct_contact_request_list_at(const nct_contact_request_list *list, size_t index);

/**
 * @brief Whether a further page may follow.
 *
 * @param list the page
 * @return 1 or 0.
 */
NCT_API int32_t nct_contact_request_list_more(const nct_contact_request_list *list);

/**
 * @brief Where the next page begins.
 *
 * @param list the page
 * @return a string as long-lived as the page.
 */
NCT_API const char *nct_contact_request_list_cursor(const nct_contact_request_list *list);

/**
 * @brief Whose contact data are to change.
 *
 * @param request the request
 * @return a string as long-lived as it.
 */
NCT_API const char *nct_contact_request_ncid(const nct_contact_request *request);

/**
 * @brief The new first name.
 *
 * @param request the request
 * @return a string as long-lived as it; empty: stays as it is.
 */
NCT_API const char *nct_contact_request_first_name(const nct_contact_request *request);

/**
 * @brief The new middle name.
 *
 * @param request the request
 * @return a string as long-lived as it; empty: stays as it is, unless it is dropped.
 */
NCT_API const char *nct_contact_request_middle_name(const nct_contact_request *request);

/**
 * @brief The new last name.
 *
 * @param request the request
 * @return a string as long-lived as it; empty: stays as it is.
 */
NCT_API const char *nct_contact_request_last_name(const nct_contact_request *request);

/**
 * @brief The new suffix, as the word of the form's field.
 *
 * @param request the request
 * @return a string as long-lived as it; empty: stays as it is, unless it is dropped.
 */
NCT_API const char *nct_contact_request_suffix(const nct_contact_request *request);

/**
 * @brief The new address.
 *
 * @param request the request
 * @return a string as long-lived as it; empty: stays as it is.
 */
NCT_API const char *nct_contact_request_email(const nct_contact_request *request);

/**
 * @brief The new phone.
 *
 * @param request the request
 * @return a string as long-lived as it; empty: stays as it is.
 */
NCT_API const char *nct_contact_request_phone(const nct_contact_request *request);

/**
 * @brief The new extension of the phone.
 *
 * @param request the request
 * @return a string as long-lived as it; empty: stays as it is, unless it is dropped.
 */
NCT_API const char *nct_contact_request_phone_extension(const nct_contact_request *request);

/**
 * @brief The new street address.
 *
 * @param request the request
 * @return a string as long-lived as it; empty: stays as it is, unless it is dropped.
 */
NCT_API const char *nct_contact_request_address_line1(const nct_contact_request *request);

/**
 * @brief Its new second line.
 *
 * @param request the request
 * @return a string as long-lived as it; empty: stays as it is, unless it is dropped.
 */
NCT_API const char *nct_contact_request_address_line2(const nct_contact_request *request);

/**
 * @brief The new city.
 *
 * @param request the request
 * @return a string as long-lived as it; empty: stays as it is, unless it is dropped.
 */
NCT_API const char *nct_contact_request_address_city(const nct_contact_request *request);

/**
 * @brief The new state.
 *
 * @param request the request
 * @return a string as long-lived as it; empty: stays as it is, unless it is dropped.
 */
NCT_API const char *nct_contact_request_address_state(const nct_contact_request *request);

/**
 * @brief The new ZIP code.
 *
 * @param request the request
 * @return a string as long-lived as it; empty: stays as it is, unless it is dropped.
 */
NCT_API const char *nct_contact_request_address_zip(const nct_contact_request *request);

/**
 * @brief What ends up empty: paths of the form's fields, separated by spaces, such as "middle_name suffix".
 *
 * @param request the request
 * @return a string as long-lived as it; empty: nothing.
 */
NCT_API const char *nct_contact_request_drops(const nct_contact_request *request);

/**
 * @brief NCID of who asked.
 *
 * @param request the request
 * @return a string as long-lived as the request.
 */
NCT_API const char *nct_contact_request_by(const nct_contact_request *request);

/**
 * @brief When it was asked for.
 *
 * @param request the request
 * @return ms UTC.
 */
NCT_API int64_t nct_contact_request_at(const nct_contact_request *request);

/**
 * @brief Whether it is a contested address, see nct_contact_settle_contested(): then it does not lapse.
 *
 * @param request the request
 * @return 1 or 0.
 */
NCT_API int32_t nct_contact_request_contested(const nct_contact_request *request);

/**
 * @brief When it lapses, or did.
 *
 * @param request the request
 * @return ms UTC; 0 for a contested address, which does not.
 */
NCT_API int64_t nct_contact_request_lapses_at(const nct_contact_request *request);

/**
 * @brief #NCT_CONTACT_TOKEN_LENGTH as a function.
 *
 * @return digits without the NUL.
 */
NCT_API size_t nct_contact_token_length(void);

#ifdef __cplusplus
}
#endif
/** @} */
#endif
