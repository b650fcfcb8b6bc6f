/**
 * @file group.h
 * @brief Groups of users: a name for rights at one provider, given to many people at once.
 * @defgroup group Groups
 * @{
 *
 * A member has the rights of the group beside their own. What a group may do is looked up when it is asked, so a
 * changed group holds at once for all its members. Only general users (#NCT_ROLE_USER) are in groups; a new grant to a
 * member replaces all they had, groups too. Groups are this library's own policy; nothing is public on them.
 */
#ifndef NCTRACKS_GROUP_H
#define NCTRACKS_GROUP_H

#include <nctracks/access.h>

#ifdef __cplusplus
extern "C" {
#endif

/** The groups of a provider. Immutable; any thread. */
typedef struct nct_group_list nct_group_list;

/**
 * @brief Makes a group, or changes its rights for all members.
 *
 * @param portal the portal
 * @param by NCID of who acts
 * @param by_len its length
 * @param provider NPI or Atypical ID
 * @param provider_len its length
 * @param name lower-case letters, digits, `.` and `_`, 1 to 40 bytes
 * @param name_len its length
 * @param rights names of rights separated by single spaces, such as "pa.submit pa.inquiry"; may be empty
 * @param rights_len their length
 * @return #NCT_OK; #NCT_E_UNKNOWN_VALUE for a word that names no right; a status of the value range for an identifier
 * or the name; #NCT_E_NOT_REGISTERED, #NCT_E_TERMINATED, #NCT_E_NOT_PROVISIONED, #NCT_E_EXPIRED, #NCT_E_NOT_YET_VALID,
 *     #NCT_E_NOT_ON_RECORD or #NCT_E_NO_AUTHORITY of the one who acts; #NCT_E_NOT_MANAGED for one who does not manage
 *     general users; #NCT_E_SELF_GRANT for a member; #NCT_E_EXCEEDS_OWN; #NCT_E_SECOND_PERSON for a right the group did
 *     not have, where general users are given access by two (approval.h); #NCT_E_LIMIT for a 33rd group; the common
 *     statuses.
 * @par Threads Any.
 */
NCT_API NCT_MUST_USE nct_status nct_group_set(nct_portal *portal, const char *by, size_t by_len, const char *provider,
                                              size_t provider_len, const char *name, size_t name_len,
                                              const char *rights, size_t rights_len);

/**
 * @brief Ends a group: its members keep their own rights only.
 *
 * A group made later under the same name is another one.
 *
 * @param portal the portal
 * @param by NCID of who acts
 * @param by_len its length
 * @param provider NPI or Atypical ID
 * @param provider_len its length
 * @param name the group
 * @param name_len its length
 * @return as nct_group_set(); #NCT_E_NOT_FOUND when there is no such group.
 * @par Threads Any.
 */
NCT_API NCT_MUST_USE nct_status nct_group_remove(nct_portal *portal, const char *by, size_t by_len,
                                                 const char *provider, size_t provider_len, const char *name,
                                                 size_t name_len);

/**
 * @brief Puts a general user into a group.
 *
 * @param portal the portal
 * @param by NCID of who acts
 * @param by_len its length
 * @param provider NPI or Atypical ID
 * @param provider_len its length
 * @param ncid who joins
 * @param ncid_len its length
 * @param name the group
 * @param name_len its length
 * @return #NCT_OK, also for a member; #NCT_E_NOT_FOUND when there is no such group, or the person has no access there;
 *     the refusals of nct_access_grant(), #NCT_E_EXCEEDS_OWN for a group that holds what the one who acts does not;
 *     #NCT_E_STATE for somebody who is no general user; #NCT_E_SECOND_PERSON where general users are given access by
 *     two, whatever the group holds now; #NCT_E_LIMIT beyond 8 groups; a status of the value range; the common
 *     statuses.
 * @par Threads Any.
 */
NCT_API NCT_MUST_USE nct_status nct_group_join(nct_portal *portal, const char *by, size_t by_len, const char *provider,
                                               size_t provider_len, const char *ncid, size_t ncid_len, const char *name,
                                               size_t name_len);

/**
 * @brief Takes somebody out of a group.
 *
 * @param portal the portal
 * @param by NCID of who acts
 * @param by_len its length
 * @param provider NPI or Atypical ID
 * @param provider_len its length
 * @param ncid who leaves
 * @param ncid_len its length
 * @param name the group
 * @param name_len its length
 * @return as nct_group_join(), without what concerns being given a right: the conditions of the role,
 *     #NCT_E_EXCEEDS_OWN, #NCT_E_SECOND_PERSON, #NCT_E_LIMIT; #NCT_E_NOT_FOUND for somebody who is not in it.
 * @par Threads Any.
 */
NCT_API NCT_MUST_USE nct_status nct_group_leave(nct_portal *portal, const char *by, size_t by_len, const char *provider,
                                                size_t provider_len, const char *ncid, size_t ncid_len,
                                                const char *name, size_t name_len);

/**
 * @brief The groups of a provider, at most 32.
 *
 * @param portal the portal
 * @param provider NPI or Atypical ID
 * @param provider_len its length
 * @param[out] out receives the list; NULL on failure. Free with nct_group_list_free().
 * @return #NCT_OK; a status of the value range for a malformed identifier; the common statuses.
 * @par Threads Any.
 */
NCT_API NCT_MUST_USE nct_status nct_group_list_by_provider(nct_portal *portal, const char *provider,
                                                           size_t provider_len, nct_group_list **out);

/**
 * @brief Frees a list.
 *
 * @param list may be NULL
 */
NCT_API void nct_group_list_free(nct_group_list *list);

/**
 * @brief How many groups there are.
 *
 * @param list may be NULL
 * @return the count.
 */
NCT_API size_t nct_group_list_count(const nct_group_list *list);

/**
 * @brief The name of a group.
 *
 * @param list the list
 * @param index below the count
 * @return a string as long-lived as the list; NULL past the end.
 */
NCT_API const char *nct_group_list_name(const nct_group_list *list, size_t index);

/**
 * @brief The rights of a group.
 *
 * @param list the list
 * @param index below the count
 * @return the bit mask; 0 past the end.
 */
NCT_API uint64_t nct_group_list_rights(const nct_group_list *list, size_t index);

/**
 * @brief Lists the members of a group.
 *
 * @param portal the portal
 * @param provider NPI or Atypical ID
 * @param provider_len its length
 * @param name the group
 * @param name_len its length
 * @param after what nct_grant_list_cursor() of the page before says; NULL for the first page
 * @param after_len its length
 * @param limit how many grants to look at, 1 to 1,000; the page has the members among them
 * @param[out] out as nct_access_list_by_provider(); go on while nct_grant_list_more() is 1
 * @return #NCT_OK; #NCT_E_NOT_FOUND when there is no such group; as nct_access_list_by_provider().
 * @par Threads Any.
 */
NCT_API NCT_MUST_USE nct_status nct_group_members(nct_portal *portal, const char *provider, size_t provider_len,
                                                  const char *name, size_t name_len, const char *after,
                                                  size_t after_len, size_t limit, nct_grant_list **out);

#ifdef __cplusplus
}
#endif
/** @} */
#endif
