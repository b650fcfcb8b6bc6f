/**
 * @file approval.h
 * @brief Access given by two people: one proposes, another confirms (21 CFR 1311.125; optional in a profile).
 * @defgroup approval Approval by two
 * @{
 *
 * Under a profile whose rule `by_two` names a role, nct_access_grant() and nct_user_add() answer
 * #NCT_E_SECOND_PERSON for it; for general users, so do nct_group_set() and nct_group_join(). Somebody who may grant it
 * proposes; somebody else with user administration at the provider, or an operator, confirms. What is confirmed is what
 * was proposed, of access as it then was: a proposal whose subject's access changed meanwhile has lapsed, and so has
 * one nobody confirmed within the profile's term (30 days; our policy), or from before a clock went back. Taking access
 * away needs one person only. The CEP registration names its first people under the authorization code and needs no
 * second one.
 */
#ifndef NCTRACKS_APPROVAL_H
#define NCTRACKS_APPROVAL_H

#include <nctracks/access.h>

#ifdef __cplusplus
extern "C" {
#endif

/** A page of proposals. Immutable; any thread. */
typedef struct nct_proposal_list nct_proposal_list;

/**
 * @brief Proposes a change of access.
 *
 * @param form as nct_access_grant()
 * @param by NCID of who proposes; they must be allowed to grant it
 * @param by_len its length
 * @param provider NPI or Atypical ID
 * @param provider_len its length
 * @param[out] problems as nct_access_grant()
 * @return #NCT_OK; as nct_access_grant(), but never #NCT_E_SECOND_PERSON; #NCT_E_STATE when the role is given by one;
 *     #NCT_E_PENDING while another proposal about this person waits there.
 * @par Threads Any, one at a time for one form.
 */
NCT_API NCT_MUST_USE nct_status nct_access_propose(nct_form *form, const char *by, size_t by_len, const char *provider,
                                                   size_t provider_len, nct_problems **problems);

/**
 * @brief Confirms a proposal: the access is given in the same commit.
 *
 * @param portal the portal
 * @param by NCID of who confirms
 * @param by_len its length
 * @param provider NPI or Atypical ID
 * @param provider_len its length
 * @param ncid whose access
 * @param ncid_len its length
 * @return #NCT_OK; the refusals of the one who acts, see nct_access_grant(); #NCT_E_NOT_FOUND when nothing was
 *     proposed; #NCT_E_SELF_GRANT for the one it is about; #NCT_E_SECOND_PERSON for the one who proposed it, under
 *     whatever NCID; #NCT_E_LAPSED; the refusals of the one who proposed it, who must still be allowed to grant it; a
 *     status of the value range; the common statuses.
 * @par Threads Any.
 */
NCT_API NCT_MUST_USE nct_status nct_access_confirm(nct_portal *portal, const char *by, size_t by_len,
                                                   const char *provider, size_t provider_len, const char *ncid,
                                                   size_t ncid_len);

/**
 * @brief Confirms a proposal as an operator, where a provider has only one administrator.
 *
 * @param portal the portal
 * @param operator_name who, as named by the host: one line of up to 100 characters
 * @param operator_name_len its length
 * @param provider NPI or Atypical ID
 * @param provider_len its length
 * @param ncid whose access
 * @param ncid_len its length
 * @return as nct_access_confirm(), without the refusals of the one who acts.
 * @par Threads Any.
 */
NCT_API NCT_MUST_USE nct_status nct_access_confirm_by_operator(nct_portal *portal, const char *operator_name,
                                                               size_t operator_name_len, const char *provider,
                                                               size_t provider_len, const char *ncid, size_t ncid_len);

/**
 * @brief Rejects a proposal, or withdraws one's own.
 *
 * @param portal the portal
 * @param by NCID of who acts: anybody with user administration at the provider
 * @param by_len its length
 * @param provider NPI or Atypical ID
 * @param provider_len its length
 * @param ncid whose access
 * @param ncid_len its length
 * @return #NCT_OK, also for one that had lapsed; the refusals of the one who acts; #NCT_E_NOT_FOUND; a status of the
 *     value range; the common statuses.
 * @par Threads Any.
 */
NCT_API NCT_MUST_USE nct_status nct_access_reject(nct_portal *portal, const char *by, size_t by_len,
                                                  const char *provider, size_t provider_len, const char *ncid,
                                                  size_t ncid_len);

/**
 * @brief Lists what waits at a provider.
 *
 * Settled and lapsed proposals are left out.
 *
 * @param portal the portal
 * @param provider NPI or Atypical ID
 * @param provider_len its length
 * @param after what nct_proposal_list_cursor() of the page before says; NULL for the first page
 * @param after_len its length
 * @param limit how many to look at, 1 to 1,000
 * @param[out] out receives the page; NULL on failure. Free with nct_proposal_list_free().
 * @return #NCT_OK; a status of the value range for a malformed identifier; the common statuses.
 * @par Threads Any.
 */
NCT_API NCT_MUST_USE nct_status nct_proposal_list_by_provider(nct_portal *portal, const char *provider,
                                                              size_t provider_len, const char *after, size_t after_len,
                                                              size_t limit, nct_proposal_list **out);

/**
 * @brief Frees a page.
 *
 * @param list may be NULL
 */
NCT_API void nct_proposal_list_free(nct_proposal_list *list);

/**
 * @brief How many proposals a page has.
 *
 * @param list may be NULL
 * @return the count.
 */
NCT_API size_t nct_proposal_list_count(const nct_proposal_list *list);

/**
 * @brief Whether a further page may follow.
 *
 * @param list may be NULL
 * @return 1 or 0.
 */
NCT_API int32_t nct_proposal_list_more(const nct_proposal_list *list);

/**
 * @brief What to pass as `after` for the next page.
 *
 * @param list the page
 * @return a string as long-lived as the page; empty if nothing was seen.
 */
NCT_API const char *nct_proposal_list_cursor(const nct_proposal_list *list);

/**
 * @brief Whose access it is about.
 *
 * @param list the page
 * @param index below the count
 * @return a string as long-lived as the page; NULL past the end.
 */
NCT_API const char *nct_proposal_list_ncid(const nct_proposal_list *list, size_t index);

/**
 * @brief Who proposed it.
 *
 * @param list the page
 * @param index below the count
 * @return a string as long-lived as the page; NULL past the end.
 */
NCT_API const char *nct_proposal_list_proposed_by(const nct_proposal_list *list, size_t index);

/**
 * @brief When.
 *
 * @param list the page
 * @param index below the count
 * @return ms UTC; 0 past the end.
 */
NCT_API int64_t nct_proposal_list_proposed_at(const nct_proposal_list *list, size_t index);

/**
 * @brief The role proposed.
 *
 * @param list the page
 * @param index below the count
 * @return one of the NCT_ROLE constants; #NCT_ROLE_NONE past the end.
 */
NCT_API int32_t nct_proposal_list_role(const nct_proposal_list *list, size_t index);

/**
 * @brief The rights proposed.
 *
 * @param list the page
 * @param index below the count
 * @return the bit mask; 0 past the end.
 */
NCT_API uint64_t nct_proposal_list_rights(const nct_proposal_list *list, size_t index);

/**
 * @brief First millisecond of validity.
 *
 * @param list the page
 * @param index below the count
 * @return ms UTC; 0: at once.
 */
NCT_API int64_t nct_proposal_list_valid_from(const nct_proposal_list *list, size_t index);

/**
 * @brief First millisecond after validity.
 *
 * @param list the page
 * @param index below the count
 * @return ms UTC; 0: without end.
 */
NCT_API int64_t nct_proposal_list_valid_until(const nct_proposal_list *list, size_t index);

#ifdef __cplusplus
}
#endif
/** @} */
#endif
