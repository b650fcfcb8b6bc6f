/**
 * @file question.h
 * @brief Questions about access: many at once, who may, where may they, and what would happen if.
 * @defgroup question Questions
 * @{
 *
 * All of them ask the same rules as nct_access_check(). They read through the store, so a revocation holds at once; but
 * an actor, which is loaded once and answers from memory.
 */
#ifndef NCTRACKS_QUESTION_H
#define NCTRACKS_QUESTION_H

#include <nctracks/access.h>

#ifdef __cplusplus
extern "C" {
#endif

/** What a change of access would do. Immutable; any thread. */
typedef struct nct_preview nct_preview;

/** One person's grants, loaded to answer many questions from memory. Immutable; any thread. */
typedef struct nct_actor nct_actor;

/**
 * @brief Answers many questions in one call.
 *
 * Consecutive questions about the same person and provider are read once.
 *
 * @param portal the portal
 * @param count how many
 * @param providers NPI or Atypical ID, NUL-terminated, @p count of them
 * @param ncids who, NUL-terminated, @p count of them
 * @param rights rights or authorities, @p count of them
 * @param[out] answers receives for each question what nct_access_check() would answer; @p count of them
 * @return #NCT_OK when every question has its answer, refusals and malformed identifiers among them; #NCT_E_ARGUMENT
 *     for NULL, also as every answer; else the first failure of the store, the clock or memory, which is then the
 *     answer of that question and of all after it: nothing is allowed that was not decided.
 * @par Threads Any. Allocates nothing.
 */
NCT_API NCT_MUST_USE nct_status nct_access_check_many(nct_portal *portal, size_t count, const char *const *providers,
                                                      const char *const *ncids, const int32_t *rights,
                                                      nct_code *answers);

/**
 * @brief All that a person may do for a provider, now.
 *
 * @param portal the portal
 * @param provider NPI or Atypical ID
 * @param provider_len its length
 * @param ncid who
 * @param ncid_len its length
 * @param[out] rights receives bit n for right n; 0 on failure
 * @param[out] authorities receives bit n for authority 64 + n; 0 on failure
 * @return #NCT_OK, with nothing set for somebody who may do nothing; a status of the value range for a malformed
 *     identifier; #NCT_E_ARGUMENT; the common statuses.
 * @par Threads Any. Allocates nothing; two reads of the store, five for a member of groups.
 */
NCT_API NCT_MUST_USE nct_status nct_access_rights(nct_portal *portal, const char *provider, size_t provider_len,
                                                  const char *ncid, size_t ncid_len, uint64_t *rights,
                                                  uint64_t *authorities);

/**
 * @brief Everybody who may do something for a provider, now.
 *
 * @param portal the portal
 * @param provider NPI or Atypical ID
 * @param provider_len its length
 * @param right a right or authority
 * @param after what nct_grant_list_cursor() of the page before says; NULL for the first page
 * @param after_len its length
 * @param limit how many grants to look at, 1 to 1,000; the page has those of them that allow it
 * @param[out] out as nct_access_list_by_provider(); go on while nct_grant_list_more() is 1
 * @return #NCT_OK; #NCT_E_ARGUMENT, also for a right without a name; a status of the value range for a malformed
 *     identifier; the common statuses.
 * @par Threads Any.
 */
NCT_API NCT_MUST_USE nct_status nct_access_who_can(nct_portal *portal, const char *provider, size_t provider_len,
                                                   int32_t right, const char *after, size_t after_len, size_t limit,
                                                   nct_grant_list **out);

/**
 * @brief The providers a person may do something for, now; by id.
 *
 * @param portal the portal
 * @param ncid who
 * @param ncid_len its length
 * @param right a right or authority
 * @param after what nct_grant_list_cursor() of the page before says; NULL for the first page
 * @param after_len its length
 * @param limit as nct_access_who_can()
 * @param[out] out as nct_access_who_can()
 * @return as nct_access_who_can().
 * @par Threads Any.
 */
NCT_API NCT_MUST_USE nct_status nct_access_where_can(nct_portal *portal, const char *ncid, size_t ncid_len,
                                                     int32_t right, const char *after, size_t after_len, size_t limit,
                                                     nct_grant_list **out);

/**
 * @brief Loads a person's access to every provider, to answer from memory; what is granted or revoked later is not in
 * it, so load one for each request or page.
 *
 * @param portal the portal
 * @param ncid who; somebody unknown has an actor that may do nothing
 * @param ncid_len its length
 * @param[out] out receives the actor; NULL on failure. Free with nct_actor_free().
 * @return #NCT_OK; a status of the value range for a malformed NCID; the common statuses.
 */
NCT_API NCT_MUST_USE nct_status nct_actor_load(nct_portal *portal, const char *ncid, size_t ncid_len, nct_actor **out);

/**
 * @brief Frees an actor.
 *
 * @param actor may be NULL
 */
NCT_API void nct_actor_free(nct_actor *actor);

/**
 * @brief Whether the person may do something for a provider, and if not, why: nct_access_check() from memory.
 *
 * A provider must be named: there is no "for any".
 *
 * @param actor the actor
 * @param provider NPI or Atypical ID, canonical form (upper case)
 * @param provider_len its length
 * @param right a right or authority
 * @return as nct_access_check(), without the statuses of the store. The clock is read only for a grant with a validity.
 * @par Threads Any. Allocates nothing.
 */
NCT_API NCT_MUST_USE nct_status nct_actor_check(const nct_actor *actor, const char *provider, size_t provider_len,
                                                int32_t right);

/**
 * @brief The same question, answered yes or no.
 *
 * @param actor the actor
 * @param provider NPI or Atypical ID, canonical form (upper case)
 * @param provider_len its length
 * @param right a right or authority
 * @return 1 where nct_actor_check() answers #NCT_OK; 0 for every refusal and every failure.
 * @par Threads Any. Allocates nothing.
 */
NCT_API int32_t nct_actor_can(const nct_actor *actor, const char *provider, size_t provider_len, int32_t right);

/**
 * @brief How many providers the person has access to.
 *
 * @param actor may be NULL
 * @return the count.
 */
NCT_API size_t nct_actor_provider_count(const nct_actor *actor);

/**
 * @brief One of these providers, in order of id.
 *
 * @param actor the actor
 * @param index below the count
 * @return a string as long-lived as the actor; NULL past the end.
 */
NCT_API const char *nct_actor_provider(const nct_actor *actor, size_t index);

/**
 * @brief What nct_access_grant() would do, without doing it: the same rules run, nothing is written and no mail is
 * sent.
 *
 * @param form as nct_access_grant()
 * @param by NCID of who would act
 * @param by_len its length
 * @param provider NPI or Atypical ID
 * @param provider_len its length
 * @param[out] problems as nct_form_validate(); may be NULL. Free with nct_problems_free()
 * @param[out] out receives the preview, of a refusal too; NULL on failure. Free with nct_preview_free().
 * @return #NCT_OK when there is a preview, whatever it says; #NCT_E_PROBLEMS; #NCT_E_ARGUMENT for a form of another
 *     kind; a status of the value range for @p by or @p provider; the common statuses.
 * @par Threads Any, one at a time for one form.
 */
NCT_API NCT_MUST_USE nct_status nct_access_preview_grant(nct_form *form, const char *by, size_t by_len,
                                                         const char *provider, size_t provider_len,
                                                         nct_problems **problems, nct_preview **out);

/**
 * @brief What nct_access_revoke() would do, without doing it.
 *
 * @param portal the portal
 * @param by NCID of who would act
 * @param by_len its length
 * @param provider NPI or Atypical ID
 * @param provider_len its length
 * @param ncid whose access
 * @param ncid_len its length
 * @param[out] out as nct_access_preview_grant()
 * @return as nct_access_preview_grant().
 * @par Threads Any.
 */
NCT_API NCT_MUST_USE nct_status nct_access_preview_revoke(nct_portal *portal, const char *by, size_t by_len,
                                                          const char *provider, size_t provider_len, const char *ncid,
                                                          size_t ncid_len, nct_preview **out);

/**
 * @brief Frees a preview.
 *
 * @param preview may be NULL
 */
NCT_API void nct_preview_free(nct_preview *preview);

/**
 * @brief What the operation would answer.
 *
 * @param preview the preview
 * @return #NCT_OK or the refusal.
 */
NCT_API nct_code nct_preview_reason(const nct_preview *preview);

/**
 * @brief The role the person has now.
 *
 * @param preview the preview
 * @return one of the NCT_ROLE constants.
 */
NCT_API int32_t nct_preview_role_before(const nct_preview *preview);

/**
 * @brief The role they would have.
 *
 * @param preview the preview
 * @return one of the NCT_ROLE constants.
 */
NCT_API int32_t nct_preview_role_after(const nct_preview *preview);

/**
 * @brief Rights they would gain.
 *
 * @param preview the preview
 * @return the bit mask.
 */
NCT_API uint64_t nct_preview_rights_gained(const nct_preview *preview);

/**
 * @brief Rights they would lose.
 *
 * @param preview the preview
 * @return the bit mask.
 */
NCT_API uint64_t nct_preview_rights_lost(const nct_preview *preview);

/**
 * @brief Authorities they would gain.
 *
 * @param preview the preview
 * @return bit n for authority 64 + n.
 */
NCT_API uint64_t nct_preview_authorities_gained(const nct_preview *preview);

/**
 * @brief Authorities they would lose.
 *
 * @param preview the preview
 * @return bit n for authority 64 + n.
 */
NCT_API uint64_t nct_preview_authorities_lost(const nct_preview *preview);

/**
 * @brief Whether it would be their last access, which suspends the PIN (S12).
 *
 * @param preview the preview
 * @return 1 or 0.
 */
NCT_API int32_t nct_preview_pin_suspended(const nct_preview *preview);

#ifdef __cplusplus
}
#endif
/** @} */
#endif
