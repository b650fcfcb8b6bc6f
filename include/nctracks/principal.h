/**
 * @file principal.h
 * @brief People on a provider's record: owners, managing employees, the provider, managing relationships.
 * @defgroup principal People on the record
 * @{
 *
 * The agency keeps, on each provider record, the people who own or manage the provider (they are disclosed with each
 * application, 42 CFR 455.104). Standing there is not access: it gives nobody a role or a right. But some roles are
 * only for people who stand there, and where a profile asks for it, so does signing an enrollment-type application.
 *
 * A person has a set of relationships and one validity. The Office Administrator's relationship, stated at the CEP
 * registration or the enrollment (S2), is put on the record in the same commit; everything else is done by operators,
 * whom the host has authenticated. Providers in any state have such a record.
 */
#ifndef NCTRACKS_PRINCIPAL_H
#define NCTRACKS_PRINCIPAL_H

#include <nctracks/form.h>
#include <nctracks/portal.h>
#include <nctracks/role.h>

#ifdef __cplusplus
extern "C" {
#endif

/** A page of people on records. Immutable; any thread. */
typedef struct nct_principal_list nct_principal_list;

/**
 * @brief Puts a person on a provider's record, or replaces all that it said of them.
 *
 * Name and address as entered serve until the portal knows the person, whose own record then wins; what was entered
 * before stays where nothing is given.
 *
 * @param form the form, of #NCT_FORM_PRINCIPAL; may be submitted again
 * @param operator_name who at the agency does this, for the ledger
 * @param operator_name_len its length
 * @param provider NPI or Atypical ID
 * @param provider_len its length
 * @param valid_from first millisecond of validity, UTC; 0: at once
 * @param valid_until first millisecond after it; 0: without end
 * @param[out] problems receives the list of problems, NULL where there is none; may be NULL. Free with
 *     nct_problems_free().
 * @return In this order: #NCT_E_ARGUMENT, also for a validity that ends before it begins; a status of the value range
 *     for the operator's name or the provider's id; #NCT_E_PROBLEMS for the fields; #NCT_E_NOT_FOUND: no such provider
 *     record; #NCT_E_PROBLEMS with #NCT_E_UNKNOWN_VALUE at "relationships": an organization is nobody's person;
 *     #NCT_E_PROBLEMS with #NCT_E_REQUIRED at the name or address that is missing of somebody the portal does not know;
 *     else #NCT_OK or one of the common statuses.
 * @par Threads One at a time for one form.
 */
NCT_API NCT_MUST_USE nct_status nct_principal_put(nct_form *form, const char *operator_name, size_t operator_name_len,
                                                  const char *provider, size_t provider_len, int64_t valid_from,
                                                  int64_t valid_until, nct_problems **problems);

/**
 * @brief Takes a person off a provider's record, at once.
 *
 * A role that needs them there no longer serves, and they sign no enrollment-type application where the profile asks
 * for it; their grant as such stays.
 *
 * @param portal the portal
 * @param operator_name who at the agency does this, for the ledger
 * @param operator_name_len its length
 * @param provider NPI or Atypical ID
 * @param provider_len its length
 * @param ncid whom
 * @param ncid_len its length
 * @return In this order: #NCT_E_ARGUMENT; a status of the value range; #NCT_E_NOT_FOUND: no such provider record, or it
 *     does not name the person; else #NCT_OK or one of the common statuses.
 * @par Threads Any.
 */
NCT_API NCT_MUST_USE nct_status nct_principal_remove(nct_portal *portal, const char *operator_name,
                                                     size_t operator_name_len, const char *provider,
                                                     size_t provider_len, const char *ncid, size_t ncid_len);

/**
 * @brief In which relationships a person stands on a provider's record now.
 *
 * @param portal the portal
 * @param provider NPI or Atypical ID
 * @param provider_len its length
 * @param ncid who
 * @param ncid_len its length
 * @param[out] relationships receives them: bit n for relationship n; 0 on failure
 * @return In this order: #NCT_E_ARGUMENT; a status of the value range; #NCT_E_NOT_ON_RECORD for somebody who does not
 *     stand there now, also because the validity has ended or not begun, and for an unknown provider; else #NCT_OK or
 *     one of the common statuses.
 * @par Threads Any.
 */
NCT_API NCT_MUST_USE nct_status nct_principal_check(nct_portal *portal, const char *provider, size_t provider_len,
                                                    const char *ncid, size_t ncid_len, uint64_t *relationships);

/**
 * @brief Lists the people on a provider's record; also those whose validity has ended or not begun.
 *
 * @param portal the portal
 * @param provider NPI or Atypical ID
 * @param provider_len its length
 * @param after what nct_principal_list_cursor() of the page before says; NULL for the first page
 * @param after_len its length
 * @param limit 1 to 1,000
 * @param[out] out receives the page, empty past the end; NULL on failure. Free with nct_principal_list_free().
 * @return #NCT_E_ARGUMENT; a status of the value range for a malformed identifier; #NCT_OK or one of the common
 *     statuses.
 */
NCT_API NCT_MUST_USE nct_status nct_principal_list_by_provider(nct_portal *portal, const char *provider,
                                                               size_t provider_len, const char *after, size_t after_len,
                                                               size_t limit, nct_principal_list **out);

/**
 * @brief Lists the provider records a person stands on, by id.
 *
 * @param portal the portal
 * @param ncid who
 * @param ncid_len its length
 * @param after the last provider id of the page before; NULL for the first page
 * @param after_len its length
 * @param limit 1 to 1,000
 * @param[out] out as nct_principal_list_by_provider()
 * @return as nct_principal_list_by_provider().
 */
NCT_API NCT_MUST_USE nct_status nct_principal_list_by_person(nct_portal *portal, const char *ncid, size_t ncid_len,
                                                             const char *after, size_t after_len, size_t limit,
                                                             nct_principal_list **out);

/**
 * @brief Frees a page.
 *
 * @param list may be NULL
 */
NCT_API void nct_principal_list_free(nct_principal_list *list);

/**
 * @brief How many people or records a page has.
 *
 * Who was taken off a record is left out, so a page may be shorter than the limit; the listing ends where
 * nct_principal_list_more() is 0.
 *
 * @param list may be NULL
 * @return the count.
 */
NCT_API size_t nct_principal_list_count(const nct_principal_list *list);

/**
 * @brief Whether a further page may follow.
 *
 * @param list may be NULL
 * @return 1 or 0.
 */
NCT_API int32_t nct_principal_list_more(const nct_principal_list *list);

/**
 * @brief What to pass as `after` for the next page.
 *
 * @param list the page
 * @return a string as long-lived as the page; empty if nothing was seen.
 */
NCT_API const char *nct_principal_list_cursor(const nct_principal_list *list);

/**
 * @brief NCID of a person.
 *
 * @param list the page
 * @param index below the count
 * @return a string as long-lived as the page; NULL past the end.
 */
NCT_API const char *nct_principal_list_ncid(const nct_principal_list *list, size_t index);

/**
 * @brief Provider id of a record.
 *
 * @param list the page
 * @param index below the count
 * @return a string as long-lived as the page; NULL past the end.
 */
NCT_API const char *nct_principal_list_provider(const nct_principal_list *list, size_t index);

/**
 * @brief Relationships, valid or not.
 *
 * @param list the page
 * @param index below the count
 * @return bit n for relationship n; 0 past the end.
 */
NCT_API uint64_t nct_principal_list_relationships(const nct_principal_list *list, size_t index);

/**
 * @brief First millisecond of validity.
 *
 * @param list the page
 * @param index below the count
 * @return ms UTC; 0: at once.
 */
NCT_API int64_t nct_principal_list_valid_from(const nct_principal_list *list, size_t index);

/**
 * @brief First millisecond after validity.
 *
 * @param list the page
 * @param index below the count
 * @return ms UTC; 0: without end.
 */
NCT_API int64_t nct_principal_list_valid_until(const nct_principal_list *list, size_t index);

/**
 * @brief When the record last changed about the person.
 *
 * @param list the page
 * @param index below the count
 * @return ms UTC.
 */
NCT_API int64_t nct_principal_list_recorded_at(const nct_principal_list *list, size_t index);

/**
 * @brief Name: of the person's own record, else as entered.
 *
 * @param list the page
 * @param index below the count
 * @return a string as long-lived as the page; NULL past the end.
 */
NCT_API const char *nct_principal_list_name(const nct_principal_list *list, size_t index);

/**
 * @brief E-mail address: of the person's own record, else as entered.
 *
 * @param list the page
 * @param index below the count
 * @return a string as long-lived as the page; NULL past the end.
 */
NCT_API const char *nct_principal_list_email(const nct_principal_list *list, size_t index);

#ifdef __cplusplus
}
#endif
/** @} */
#endif
