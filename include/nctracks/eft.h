/**
 * @file eft.h
 * @brief Where a provider is paid: asking for another account, confirming it out of band.
 * @defgroup eft EFT changes
 * @{
 *
 * Redirecting a provider's payments is what most frauds aim at. So a change is asked for with a password,
 * reported at once to the contacts held before, and not in force before an operator confirmed it by phone (public since
 * 30 January 2022; under 2013 our policy). A host may do without the confirmation, #NCT_OPTION_EFT_CONFIRMED: then each
 * change says so in the ledger. Account numbers leave the library masked.
 */
#ifndef NCTRACKS_EFT_H
#define NCTRACKS_EFT_H

#include <nctracks/form.h>
#include <nctracks/portal.h>

#ifdef __cplusplus
extern "C" {
#endif

enum {
    NCT_EFT_RECENT_OA = 1,       /**< The record got another OA within the days a request may wait. */
    NCT_EFT_RECENT_PASSWORD = 2, /**< Whoever asks got a new password, kept by the library, within these days. */
    NCT_EFT_RECENT_ADDRESS = 4,  /**< Whoever asks got another e-mail address within these days. */
    NCT_EFT_RECENT_PROVIDER = 8  /**< The provider's own address or phone was changed within these days. */
};

/** The last EFT change that was asked for at a provider, as it was read. Immutable; any thread. */
typedef struct nct_eft_request nct_eft_request;

/** A page of EFT changes that wait. Immutable; any thread. */
typedef struct nct_eft_request_list nct_eft_request_list;

/**
 * @brief Asks that a provider be paid to another account.
 *
 * Existing OA, provider, pay-to contact and backup OA are notified, as the profile says, at the addresses held before.
 *
 * Where #NCT_OPTION_EFT_CONFIRMED is 0 the account is in force at once; else the request waits, at most as
 * many days as the profile's `term.eft_confirm_days`. One waits at a time; a new one does not replace it.
 *
 * @param form the form, of #NCT_FORM_EFT_CHANGE; may be submitted again after a failure; forgets the password
 * @param[out] state #NCT_REQUEST_PENDING or #NCT_REQUEST_EFFECTIVE; untouched on failure; may be NULL
 * @param[out] problems as nct_form_validate(); may be NULL
 * @return #NCT_OK. Statuses in the order they are checked: #NCT_E_ARGUMENT; #NCT_E_PROBLEMS; #NCT_E_DENIED for an
 *     unknown NCID, a wrong password and a person without access alike; then the requester's standing for
 *     #NCT_AUTHORITY_EFT_CHANGE: #NCT_E_NOT_REGISTERED, #NCT_E_TERMINATED, #NCT_E_NOT_PROVISIONED,
 *     #NCT_E_NOT_YET_VALID, #NCT_E_EXPIRED, #NCT_E_NOT_ON_RECORD, #NCT_E_NO_AUTHORITY; #NCT_E_CONTESTED while the
 *     address of the OA or backup OA is (contact.h); #NCT_E_PENDING when another
 *     request waits; the common statuses.
 * @par Threads One at a time for one form.
 */
NCT_API NCT_MUST_USE nct_status nct_eft_change_submit(nct_form *form, int32_t *state, nct_problems **problems);

/**
 * @brief Confirms the request that waits, after a call to the number of nct_eft_request_phone(), and puts the account
 * in force.
 *
 * @param portal the portal
 * @param operator_name who at the agency does this, for the ledger
 * @param operator_name_len its length
 * @param provider NPI or Atypical ID
 * @param provider_len its length
 * @param spoke_with whom the operator spoke with, a line of up to 100 characters, for the ledger
 * @param spoke_with_len its length
 * @return #NCT_OK. Statuses in the order they are checked: #NCT_E_ARGUMENT; a status of the value range for operator,
 *     spoke_with, provider; #NCT_E_NOT_FOUND for an unknown provider and when nothing waits; #NCT_E_SECOND_PERSON when
 *     the operator uses the requester's NCID; #NCT_E_LAPSED; the requester's standing, as nct_eft_change_submit();
 *     the common statuses. With #NCT_E_LAPSED and for standing, but for #NCT_E_TERMINATED, the request has ended.
 * @par Threads Any.
 */
NCT_API NCT_MUST_USE nct_status nct_eft_change_confirm(nct_portal *portal, const char *operator_name,
                                                       size_t operator_name_len, const char *provider,
                                                       size_t provider_len, const char *spoke_with,
                                                       size_t spoke_with_len);

/**
 * @brief Refuses the request that waits, or one that lapsed.
 *
 * @param portal the portal
 * @param operator_name who at the agency does this, for the ledger
 * @param operator_name_len its length
 * @param provider NPI or Atypical ID
 * @param provider_len its length
 * @param reason why, a line of up to 100 characters, for the ledger
 * @param reason_len its length
 * @return #NCT_OK; #NCT_E_ARGUMENT; a status of the value range; #NCT_E_NOT_FOUND; the common statuses.
 * @par Threads Any.
 */
NCT_API NCT_MUST_USE nct_status nct_eft_change_refuse(nct_portal *portal, const char *operator_name,
                                                      size_t operator_name_len, const char *provider,
                                                      size_t provider_len, const char *reason, size_t reason_len);

/**
 * @brief Takes the request that waits back: whoever asked may, and anybody who administers users there.
 *
 * @param portal the portal
 * @param by NCID of who acts
 * @param by_len its length
 * @param provider NPI or Atypical ID
 * @param provider_len its length
 * @return #NCT_OK. Statuses in the order they are checked: #NCT_E_ARGUMENT; a status of the value range;
 *     #NCT_E_NOT_FOUND for an unknown provider and when nothing waits; for others than the requester their standing for
 *     #NCT_AUTHORITY_USER_ADMINISTRATION; the common statuses.
 * @par Threads Any.
 */
NCT_API NCT_MUST_USE nct_status nct_eft_change_withdraw(nct_portal *portal, const char *by, size_t by_len,
                                                        const char *provider, size_t provider_len);

/**
 * @brief Reads the last EFT change that was asked for at a provider.
 *
 * @param portal the portal
 * @param provider NPI or Atypical ID
 * @param provider_len its length
 * @param[out] out receives it; NULL on failure. Free with nct_eft_request_free().
 * @return #NCT_OK; #NCT_E_NOT_FOUND when there never was one; a status of the value range; the common statuses.
 * @par Threads Any.
 */
NCT_API NCT_MUST_USE nct_status nct_eft_request_get(nct_portal *portal, const char *provider, size_t provider_len,
                                                    nct_eft_request **out);

/**
 * @brief Frees it.
 *
 * @param request may be NULL; not one of a list
 */
NCT_API void nct_eft_request_free(nct_eft_request *request);

/**
 * @brief Which provider.
 *
 * @param request the request
 * @return a string as long-lived as it.
 */
NCT_API const char *nct_eft_request_provider(const nct_eft_request *request);

/**
 * @brief One of the NCT_REQUEST constants of office.h; #NCT_REQUEST_LAPSED also for one that is still to be settled as
 * such.
 *
 * @param request the request
 * @return its state at the time of reading.
 */
NCT_API int32_t nct_eft_request_state(const nct_eft_request *request);

/**
 * @brief NCID of who asked.
 *
 * @param request the request
 * @return a string as long-lived as it.
 */
NCT_API const char *nct_eft_request_ncid(const nct_eft_request *request);

/**
 * @brief The account asked for, masked.
 *
 * @param request the request
 * @return a string as long-lived as it.
 */
NCT_API const char *nct_eft_request_account_masked(const nct_eft_request *request);

/**
 * @brief In whose name the account asked for is; empty once settled.
 *
 * @param request the request
 * @return a string as long-lived as it.
 */
NCT_API const char *nct_eft_request_account_holder(const nct_eft_request *request);

/**
 * @brief The number to call: the provider's, as it was before the request.
 *
 * @param request the request
 * @return ten digits, as long-lived as it.
 */
NCT_API const char *nct_eft_request_phone(const nct_eft_request *request);

/**
 * @brief What should make an operator ask twice.
 *
 * @param request the request
 * @return NCT_EFT_RECENT bits.
 */
NCT_API int32_t nct_eft_request_warnings(const nct_eft_request *request);

/**
 * @brief When it was asked for.
 *
 * @param request the request
 * @return milliseconds UTC.
 */
NCT_API int64_t nct_eft_request_requested_at(const nct_eft_request *request);

/**
 * @brief From when on it cannot be confirmed.
 *
 * @param request the request
 * @return milliseconds UTC.
 */
NCT_API int64_t nct_eft_request_lapses_at(const nct_eft_request *request);

/**
 * @brief When it was settled.
 *
 * @param request the request
 * @return milliseconds UTC; 0 while it waits.
 */
NCT_API int64_t nct_eft_request_settled_at(const nct_eft_request *request);

/**
 * @brief Lists the requests that wait, by provider, those that lapsed unsettled too: an operator's work.
 *
 * @param portal the portal
 * @param after nct_eft_request_list_cursor() of the page before; NULL for the first page
 * @param after_len its length
 * @param limit 1 to 1,000 providers to look at; a page may be shorter, or empty
 * @param[out] out receives the page; NULL on failure. Free with nct_eft_request_list_free().
 * @return #NCT_OK; a status of the value range for the cursor; the common statuses.
 * @par Threads Any.
 */
NCT_API NCT_MUST_USE nct_status nct_eft_request_list_page(nct_portal *portal, const char *after, size_t after_len,
                                                          size_t limit, nct_eft_request_list **out);

/**
 * @brief Frees a page.
 *
 * @param list may be NULL
 */
NCT_API void nct_eft_request_list_free(nct_eft_request_list *list);

/**
 * @brief How many requests a page has.
 *
 * @param list may be NULL
 * @return the count.
 */
NCT_API size_t nct_eft_request_list_count(const nct_eft_request_list *list);

/**
 * @brief One of them.
 *
 * @param list the page
 * @param index below the count
 * @return owned by the list; NULL past the end.
 */
NCT_API const nct_eft_request *nct_eft_request_list_at(const nct_eft_request_list *list, size_t index);

/**
 * @brief Whether a further page may follow.
 *
 * @param list the page
 * @return 1 or 0.
 */
NCT_API int32_t nct_eft_request_list_more(const nct_eft_request_list *list);

/**
 * @brief Where the next page begins.
 *
 * @param list the page
 * @return a string as long-lived as it.
 */
NCT_API const char *nct_eft_request_list_cursor(const nct_eft_request_list *list);

#ifdef __cplusplus
}
#endif
/** @} */
#endif
