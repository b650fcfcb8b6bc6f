/**
 * @file review.h
 * @brief Reviewing access: who has it, since when, by whom, last used; certify or revoke many at once.
 * @defgroup access_review Access review
 * @{
 *
 * Nobody tells a portal when staff leave. So access is looked through from time to time: unused access is listed, each
 * grant is certified by somebody who may manage it, or revoked. All of this is the library's own policy.
 */
#ifndef NCTRACKS_REVIEW_H
#define NCTRACKS_REVIEW_H

#include <nctracks/access.h>

#ifdef __cplusplus
extern "C" {
#endif

/**
 * @brief Notes that a person used their access to a provider today.
 *
 * The library notes it itself when somebody signs or changes access; a host notes it when somebody works with claims or
 * inquiries. Costs a write once a day at most.
 *
 * @param portal the portal
 * @param provider NPI or Atypical ID
 * @param provider_len its length
 * @param ncid who
 * @param ncid_len its length
 * @return #NCT_OK, also for somebody without access there, of whom nothing is noted; a status of the value range for a
 *     malformed identifier; the common statuses.
 * @par Threads Any.
 */
NCT_API NCT_MUST_USE nct_status nct_access_note_use(nct_portal *portal, const char *provider, size_t provider_len,
                                                    const char *ncid, size_t ncid_len);

/**
 * @brief Lists grants that were neither made nor used since a time.
 *
 * @param portal the portal
 * @param provider NPI or Atypical ID
 * @param provider_len its length
 * @param since ms UTC
 * @param after what nct_grant_list_cursor() of the page before says; NULL for the first page
 * @param after_len its length
 * @param limit how many grants to look at, 1 to 1,000
 * @param[out] out as nct_access_list_by_provider(); go on while nct_grant_list_more() is 1
 * @return as nct_access_list_by_provider().
 * @par Threads Any.
 */
NCT_API NCT_MUST_USE nct_status nct_access_list_unused(nct_portal *portal, const char *provider, size_t provider_len,
                                                       int64_t since, const char *after, size_t after_len, size_t limit,
                                                       nct_grant_list **out);

/**
 * @brief Lists grants that were neither made nor certified since a time: what a review has still to look at.
 *
 * @param portal the portal
 * @param provider NPI or Atypical ID
 * @param provider_len its length
 * @param since ms UTC
 * @param after what nct_grant_list_cursor() of the page before says; NULL for the first page
 * @param after_len its length
 * @param limit how many grants to look at, 1 to 1,000
 * @param[out] out as nct_access_list_by_provider(); go on while nct_grant_list_more() is 1
 * @return as nct_access_list_by_provider().
 * @par Threads Any.
 */
NCT_API NCT_MUST_USE nct_status nct_access_list_uncertified(nct_portal *portal, const char *provider,
                                                            size_t provider_len, int64_t since, const char *after,
                                                            size_t after_len, size_t limit, nct_grant_list **out);

/**
 * @brief Certifies that people still need the access they have, in one commit.
 *
 * @param portal the portal
 * @param by NCID of who certifies
 * @param by_len its length
 * @param provider NPI or Atypical ID
 * @param provider_len its length
 * @param count how many, 1 to #NCT_BULK_MAX
 * @param ncids whose access, NUL-terminated, @p count of them
 * @param[out] answers receives for each what nct_access_grant() of the same access, rights of groups too, would answer
 *     (but never #NCT_E_SECOND_PERSON), #NCT_E_NOT_FOUND where there is none, or why the NCID is malformed; @p count of
 *     them
 * @return #NCT_OK when each has its answer, refusals too; #NCT_E_LIMIT for another count; else every answer is this
 *     status: #NCT_E_ARGUMENT; a status of the value range for @p by or @p provider; the common statuses.
 * @par Threads Any.
 */
NCT_API NCT_MUST_USE nct_status nct_access_certify(nct_portal *portal, const char *by, size_t by_len,
                                                   const char *provider, size_t provider_len, size_t count,
                                                   const char *const *ncids, nct_code *answers);

/**
 * @brief Takes the access of many people away, in one commit.
 *
 * @param portal the portal
 * @param by NCID of who acts
 * @param by_len its length
 * @param provider NPI or Atypical ID
 * @param provider_len its length
 * @param count how many, 1 to #NCT_BULK_MAX
 * @param ncids whose access, NUL-terminated, @p count of them
 * @param[out] answers receives for each what nct_access_revoke() would answer; @p count of them
 * @return as nct_access_certify().
 * @par Threads Any.
 */
NCT_API NCT_MUST_USE nct_status nct_access_revoke_many(nct_portal *portal, const char *by, size_t by_len,
                                                       const char *provider, size_t provider_len, size_t count,
                                                       const char *const *ncids, nct_code *answers);

#ifdef __cplusplus
}
#endif
/** @} */
#endif
