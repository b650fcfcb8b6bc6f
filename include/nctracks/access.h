/**
 * @file access.h
 * @brief Who may do what for which provider: adding users, granting, revoking, asking.
 * @defgroup access Access
 * @{
 *
 * A grant gives one person, at one provider, a role and rights (S6). Nothing is allowed that was not
 * granted. The Office Administrator grants; so does a User Administrator the OA appointed, for general users
 * only and within their own rights (S7). Which roles a role manages is the profile's, see role.h. Nobody
 * grants what they do not hold, nobody changes their own access, a UA never manages an OA or another UA.
 *
 * The host has authenticated `by`, the NCID of the person who acts; the library decides what they may do.
 */
#ifndef NCTRACKS_ACCESS_H
#define NCTRACKS_ACCESS_H

#include <nctracks/form.h>
#include <nctracks/portal.h>
#include <nctracks/right.h>
#include <nctracks/role.h>

#ifdef __cplusplus
extern "C" {
#endif

/** A page of grants. Immutable; any thread. */
typedef struct nct_grant_list nct_grant_list;

/** Why something is allowed or refused. Immutable; any thread. */
typedef struct nct_explanation nct_explanation;

/**
 * @brief Adds a user to a provider: person if new, grant, and a PIN to their own address if they have none (S7, S8,
 * S12, S16), in one commit.
 *
 * @param form the form, of #NCT_FORM_USER; may be submitted again after a failure
 * @param by NCID of who acts
 * @param by_len its length
 * @param provider NPI or Atypical ID
 * @param provider_len its length
 * @param[out] problems as nct_form_validate(); after #NCT_OK notes: what was typed of somebody the portal knew,
 *     and not taken, as #NCT_E_ON_FILE, right or not; NULL without any; may be NULL. Free with nct_problems_free()
 * @return #NCT_OK; #NCT_E_PROBLEMS; the refusals of nct_access_grant() but #NCT_E_UNKNOWN_PERSON;
 *     #NCT_E_ALREADY_GRANTED when the person already has access there; #NCT_E_NCID_TAKEN for an NCID its person no
 *     longer goes by (nct_person_rekey()); the common statuses.
 */
NCT_API NCT_MUST_USE nct_status nct_user_add(nct_form *form, const char *by, size_t by_len, const char *provider,
                                             size_t provider_len, nct_problems **problems);

/**
 * @brief Gives a person the portal knows access to a provider, or changes it; all that was granted before at that
 * provider is replaced, also what the one who acts could not have granted.
 *
 * @param form the form, of #NCT_FORM_ACCESS: whose access, "role" (one that the one who acts manages under the profile;
 *     the OA is not granted but registered), "rights" by name, "valid_from" and "valid_until": a day, by the portal's
 *     time zone, or milliseconds since 1970
 * @param by NCID of who acts
 * @param by_len its length
 * @param provider NPI or Atypical ID
 * @param provider_len its length
 * @param[out] problems as nct_form_validate(), and #NCT_E_DATE at "valid_until" for a validity that is over; may be
 *     NULL. Free with nct_problems_free()
 * @return #NCT_OK; #NCT_E_PROBLEMS; #NCT_E_NOT_REGISTERED, #NCT_E_TERMINATED, #NCT_E_NOT_PROVISIONED, #NCT_E_EXPIRED,
 *     #NCT_E_NOT_YET_VALID, #NCT_E_NOT_ON_RECORD or #NCT_E_NO_AUTHORITY of the one who acts; #NCT_E_SELF_GRANT;
 *     #NCT_E_NOT_MANAGED; #NCT_E_BY_REQUEST; #NCT_E_EXCEEDS_OWN; by the profile's conditions on the role
 *     #NCT_E_ROLE_BUILDS_ON, #NCT_E_NOT_ON_RECORD, #NCT_E_ROLE_TAKEN; #NCT_E_UNKNOWN_PERSON: add them with
 *     nct_user_add(); #NCT_E_TOO_OFTEN: they were given access they had not as often as #NCT_OPTION_REQUESTS_ACCESS in
 *     a day; #NCT_E_SECOND_PERSON for a role that the profile gives by two, see nct_access_propose(). Before all of
 *     these #NCT_E_ARGUMENT for a form of another kind, and a status of the value range for @p by or @p provider.
 *     #NCT_E_NOT_REGISTERED is for a provider nobody knows, too. The common statuses.
 * @par Threads Any, one at a time for one form.
 */
NCT_API NCT_MUST_USE nct_status nct_access_grant(nct_form *form, const char *by, size_t by_len, const char *provider,
                                                 size_t provider_len, nct_problems **problems);

/**
 * @brief Takes a person's access to a provider away, at once.
 *
 * With the last access the PIN is suspended, until there is access again (S12).
 *
 * @param portal the portal
 * @param by NCID of who acts
 * @param by_len its length
 * @param provider NPI or Atypical ID
 * @param provider_len its length
 * @param ncid whose access
 * @param ncid_len its length
 * @return as nct_access_grant(); #NCT_E_NOT_FOUND when there is nothing to revoke.
 * @par Threads Any.
 */
NCT_API NCT_MUST_USE nct_status nct_access_revoke(nct_portal *portal, const char *by, size_t by_len,
                                                  const char *provider, size_t provider_len, const char *ncid,
                                                  size_t ncid_len);

/**
 * @brief Gives up one's own access to a provider, at once; nobody has to agree.
 *
 * For whoever was added where they do not work, or works there no longer. The person, the Office Administrator and the
 * backup OA are told (`access.left`). Somebody who gives up their only access has their PIN suspended (S12).
 *
 * @param portal the portal
 * @param by NCID of who acts, as the host authenticated them
 * @param by_len its length
 * @param provider NPI or Atypical ID; terminated ones too
 * @param provider_len its length
 * @return In this order: #NCT_E_ARGUMENT; a status of the value range; #NCT_E_UNKNOWN_PERSON; #NCT_E_NOT_FOUND without
 *     access there; #NCT_E_OFFICE_ADMINISTRATOR for the OA, whom an OA change replaces; else #NCT_OK or one of the
 *     common statuses.
 * @par Threads Any.
 */
NCT_API NCT_MUST_USE nct_status nct_access_leave(nct_portal *portal, const char *by, size_t by_len,
                                                 const char *provider, size_t provider_len);

/**
 * @brief Whether a person may do something for a provider, now (S4, S6, S14).
 *
 * Reads through the store, so a revocation holds at once.
 *
 * @param portal the portal
 * @param provider NPI or Atypical ID
 * @param provider_len its length
 * @param ncid who
 * @param ncid_len its length
 * @param right a right or authority
 * @return #NCT_OK: allowed. Everything else: not allowed, namely #NCT_E_NOT_PROVISIONED (also for an unknown person or
 *     provider, and for one not registered: nct_access_explain() tells them apart), #NCT_E_TERMINATED,
 *     #NCT_E_RIGHT_MISSING, #NCT_E_NO_AUTHORITY, #NCT_E_EXPIRED, #NCT_E_NOT_YET_VALID; #NCT_E_NOT_ON_RECORD for a role,
 *     or an authority to sign, that needs the person on the provider's record (profile 2022 and later); #NCT_E_ARGUMENT
 *     for a right without a name; a status of the value range for a malformed identifier; the common statuses.
 * @par Threads Any. Allocates nothing; two reads of the store, five for a member of groups.
 */
NCT_API NCT_MUST_USE nct_status nct_access_check(nct_portal *portal, const char *provider, size_t provider_len,
                                                 const char *ncid, size_t ncid_len, int32_t right);

/**
 * @brief Like nct_access_check(), with the reason and who can change it.
 *
 * @param portal the portal
 * @param provider NPI or Atypical ID
 * @param provider_len its length
 * @param ncid who
 * @param ncid_len its length
 * @param right a right or authority
 * @param[out] out receives the explanation, of a permission too; NULL on failure. Free with nct_explanation_free().
 * @return #NCT_OK when there is an explanation, whatever it says; a status of the value range for a malformed
 *     identifier; the common statuses.
 */
NCT_API NCT_MUST_USE nct_status nct_access_explain(nct_portal *portal, const char *provider, size_t provider_len,
                                                   const char *ncid, size_t ncid_len, int32_t right,
                                                   nct_explanation **out);

/**
 * @brief Frees an explanation.
 *
 * @param explanation may be NULL
 */
NCT_API void nct_explanation_free(nct_explanation *explanation);

/**
 * @brief The verdict: what nct_access_check() answers, but #NCT_E_NOT_REGISTERED or #NCT_E_TERMINATED where that is the
 * cause, also of somebody without access.
 *
 * @param explanation the explanation
 * @return #NCT_OK or the refusal.
 */
NCT_API nct_code nct_explanation_reason(const nct_explanation *explanation);

/**
 * @brief The role the person has at the provider.
 *
 * @param explanation the explanation
 * @return one of the NCT_ROLE constants.
 */
NCT_API int32_t nct_explanation_role(const nct_explanation *explanation);

/**
 * @brief One or two sentences for a person: the reason, and whom to ask.
 *
 * @param explanation the explanation
 * @return a string as long-lived as the explanation.
 */
NCT_API const char *nct_explanation_text(const nct_explanation *explanation);

/**
 * @brief What to do about a refusal, a sentence of that text.
 *
 * @param explanation the explanation
 * @return a string as long-lived as the explanation; empty for a permission.
 */
NCT_API const char *nct_explanation_help(const nct_explanation *explanation);

/**
 * @brief NCID of who can change it (the Office Administrator).
 *
 * @param explanation the explanation
 * @return a string as long-lived as the explanation; empty where nobody at the provider can.
 */
NCT_API const char *nct_explanation_helper_ncid(const nct_explanation *explanation);

/**
 * @brief Name of who can change it.
 *
 * @param explanation the explanation
 * @return a string as long-lived as the explanation; empty as nct_explanation_helper_ncid().
 */
NCT_API const char *nct_explanation_helper_name(const nct_explanation *explanation);

/**
 * @brief NCID of who made the grant that is judged.
 *
 * @param explanation the explanation
 * @return a string as long-lived as the explanation; empty for an operator, and where there is no grant.
 */
NCT_API const char *nct_explanation_granted_by(const nct_explanation *explanation);

/**
 * @brief When that grant was made.
 *
 * @param explanation the explanation
 * @return ms UTC; 0 where there is none.
 */
NCT_API int64_t nct_explanation_granted_at(const nct_explanation *explanation);

/**
 * @brief The profile under which it was judged.
 *
 * @param explanation the explanation
 * @return a string as long-lived as the explanation.
 */
NCT_API const char *nct_explanation_profile(const nct_explanation *explanation);

/**
 * @brief The rule of that profile that decided, by the path nct_rule_get() takes, such as
 * "role.user_administrator.authorities".
 *
 * @param explanation the explanation
 * @return a string as long-lived as the explanation; empty where the grant itself decided: its rights, its groups, its
 *     validity.
 */
NCT_API const char *nct_explanation_rule(const nct_explanation *explanation);

/**
 * @brief Lists who has access to a provider.
 *
 * @param portal the portal
 * @param provider NPI or Atypical ID
 * @param provider_len its length
 * @param after what nct_grant_list_cursor() of the page before says; NULL for the first page
 * @param after_len its length
 * @param limit 1 to 1,000
 * @param[out] out receives the page, empty past the end; NULL on failure. Free with nct_grant_list_free().
 * @return #NCT_OK; a status of the value range for a malformed identifier; the common statuses.
 */
NCT_API NCT_MUST_USE nct_status nct_access_list_by_provider(nct_portal *portal, const char *provider,
                                                            size_t provider_len, const char *after, size_t after_len,
                                                            size_t limit, nct_grant_list **out);

/**
 * @brief Lists the providers a person has access to, by id.
 *
 * @param portal the portal
 * @param ncid who
 * @param ncid_len its length
 * @param after the last provider id of the page before; NULL for the first page
 * @param after_len its length
 * @param limit 1 to 1,000
 * @param[out] out as nct_access_list_by_provider()
 * @return as nct_access_list_by_provider().
 */
NCT_API NCT_MUST_USE nct_status nct_access_list_by_person(nct_portal *portal, const char *ncid, size_t ncid_len,
                                                          const char *after, size_t after_len, size_t limit,
                                                          nct_grant_list **out);

/**
 * @brief Frees a page.
 *
 * @param list may be NULL
 */
NCT_API void nct_grant_list_free(nct_grant_list *list);

/**
 * @brief How many grants a page has.
 *
 * Revoked ones are left out, so a page may be shorter than the limit; the listing ends where nct_grant_list_more() is
 * 0.
 *
 * @param list may be NULL
 * @return the count.
 */
NCT_API size_t nct_grant_list_count(const nct_grant_list *list);

/**
 * @brief Whether a further page may follow.
 *
 * @param list may be NULL
 * @return 1 or 0.
 */
NCT_API int32_t nct_grant_list_more(const nct_grant_list *list);

/**
 * @brief What to pass as `after` for the next page.
 *
 * @param list the page
 * @return a string as long-lived as the page; empty if nothing was seen.
 */
NCT_API const char *nct_grant_list_cursor(const nct_grant_list *list);

/**
 * @brief NCID of a grant.
 *
 * @param list the page
 * @param index below the count
 * @return a string as long-lived as the page; NULL past the end.
 */
NCT_API const char *nct_grant_list_ncid(const nct_grant_list *list, size_t index);

/**
 * @brief Provider id of a grant.
 *
 * @param list the page
 * @param index below the count
 * @return a string as long-lived as the page; NULL past the end.
 */
NCT_API const char *nct_grant_list_provider(const nct_grant_list *list, size_t index);

/**
 * @brief Role of a grant.
 *
 * @param list the page
 * @param index below the count
 * @return one of the NCT_ROLE constants; #NCT_ROLE_NONE past the end.
 */
NCT_API int32_t nct_grant_list_role(const nct_grant_list *list, size_t index);

/**
 * @brief Rights of a grant and of its groups; all that have a name for an OA.
 *
 * @param list the page
 * @param index below the count
 * @return the bit mask; 0 past the end.
 */
NCT_API uint64_t nct_grant_list_rights(const nct_grant_list *list, size_t index);

/**
 * @brief First millisecond of validity.
 *
 * @param list the page
 * @param index below the count
 * @return ms UTC; 0: at once.
 */
NCT_API int64_t nct_grant_list_valid_from(const nct_grant_list *list, size_t index);

/**
 * @brief First millisecond after validity.
 *
 * @param list the page
 * @param index below the count
 * @return ms UTC; 0: without end.
 */
NCT_API int64_t nct_grant_list_valid_until(const nct_grant_list *list, size_t index);

/**
 * @brief NCID of who granted it, the registrant for what a registration made; empty for an operator.
 *
 * @param list the page
 * @param index below the count
 * @return a string as long-lived as the page; NULL past the end.
 */
NCT_API const char *nct_grant_list_granted_by(const nct_grant_list *list, size_t index);

/**
 * @brief When it was granted.
 *
 * @param list the page
 * @param index below the count
 * @return ms UTC.
 */
NCT_API int64_t nct_grant_list_granted_at(const nct_grant_list *list, size_t index);

/**
 * @brief The last use noted, to the day, see nct_access_note_use().
 *
 * @param list the page
 * @param index below the count
 * @return ms UTC; 0: none was noted.
 */
NCT_API int64_t nct_grant_list_used_at(const nct_grant_list *list, size_t index);

/**
 * @brief When it was last certified, see nct_access_certify().
 *
 * @param list the page
 * @param index below the count
 * @return ms UTC; 0: never since it was granted.
 */
NCT_API int64_t nct_grant_list_certified_at(const nct_grant_list *list, size_t index);

/**
 * @brief NCID of who certified it.
 *
 * @param list the page
 * @param index below the count
 * @return a string as long-lived as the page; empty if nobody did; NULL past the end.
 */
NCT_API const char *nct_grant_list_certified_by(const nct_grant_list *list, size_t index);

#ifdef __cplusplus
}
#endif
/** @} */
#endif
