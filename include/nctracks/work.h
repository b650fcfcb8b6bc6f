/**
 * @file work.h
 * @brief The agency's work list: what waits for it, who there has it.
 * @defgroup work Work list
 * @{
 *
 * What waits for the agency, over all providers, the oldest first: applications in process or in review, Prior
 * Approvals and FL2 that are new or pending, changes of the Office Administrator and of the account payments go to, and
 * contested e-mail addresses. It is decided by the operations there are (nct_application_decide(),
 * nct_oa_change_approve(), nct_eft_change_confirm(), nct_contact_confirm_by_operator() and their like), and then off
 * the list. What waits for the provider is not on it.
 *
 * An operator may have a piece of work, so that no two work on the same. This hinders nobody from deciding it: who may
 * is the host's to say. It lapses after #NCT_OPTION_WORK_ASSIGNED, and when the work leaves the agency. All of this is
 * our policy.
 *
 * Drafts, which wait for nobody at the agency, are listed the same way where they are asked for (#NCT_WORK_DRAFT), by
 * when they were last saved, also those of terminated providers. The agency discards one that is too old with
 * nct_application_decide() and #NCT_MOVE_DISCARD (C17).
 *
 * The list is an index: each item's own record says whether it waits. nct_due_restore() puts back what somebody with
 * access to the store took out of it. Its cost does not depend on how much was decided. Functions take the name of an
 * operator, whom the host has authenticated.
 */
#ifndef NCTRACKS_WORK_H
#define NCTRACKS_WORK_H

#include <nctracks/portal.h>
#include <nctracks/submission.h>

#ifdef __cplusplus
extern "C" {
#endif

enum {
    NCT_WORK_APPLICATION = 1,       /**< An application, an FL2 or a Prior Approval. */
    NCT_WORK_OA_CHANGE = 2,         /**< A request for another Office Administrator or Backup OA. */
    NCT_WORK_EFT_CHANGE = 3,        /**< A request to pay a provider elsewhere. */
    NCT_WORK_CONTESTED_ADDRESS = 4, /**< Two e-mail addresses of one person, see nct_contact_settle_contested(). */
    NCT_WORK_DRAFT = 16             /**< A draft, which waits for nobody at the agency: listed where it is asked for. */
};

enum {
    /** Longest id of an item, with the NUL. */
    NCT_WORK_ID_ROOM = 80
};

/** A page of items. Immutable; any thread. */
typedef struct nct_work_list nct_work_list;

/**
 * @brief Lists what waits: kind after kind, and of one kind the oldest first.
 *
 * @param portal the portal
 * @param kind one of the NCT_WORK constants, or 0 for all that waits for the agency
 * @param state of applications, one of the NCT_STATE constants; or 0 for any. Pages of one state may hold fewer items
 *     than the limit, or none, with more to follow.
 * @param until milliseconds UTC: what waits since this time or longer; 0 for all
 * @param after cursor of the page before; NULL for the first
 * @param after_len its length
 * @param limit 1 to 1,000
 * @param[out] out receives the page; NULL on failure. Free with nct_work_list_free().
 * @return In this order: #NCT_E_ARGUMENT, also for an unknown kind, and a state that is none or without
 *     #NCT_WORK_APPLICATION; #NCT_E_FORMAT for no cursor; #NCT_E_PARTIAL, with a page, where damaged rows
 *     were left out, or rows were taken away or put back, see nct_work_check(); #NCT_OK; or one of the common
 *     statuses.
 * @par Threads Any.
 */
NCT_API NCT_MUST_USE nct_status nct_work_list_page(nct_portal *portal, int32_t kind, int32_t state, int64_t until,
                                                   const char *after, size_t after_len, size_t limit,
                                                   nct_work_list **out);

/**
 * @brief Frees a page.
 *
 * @param list may be NULL
 */
NCT_API void nct_work_list_free(nct_work_list *list);

/**
 * @brief How many items the page holds.
 *
 * @param list may be NULL
 * @return the count.
 */
NCT_API size_t nct_work_list_count(const nct_work_list *list);

/**
 * @brief Whether a further page may follow.
 *
 * @param list the page
 * @return 1 or 0.
 */
NCT_API int32_t nct_work_list_more(const nct_work_list *list);

/**
 * @brief Where the next page begins.
 *
 * @param list the page
 * @return a string as long-lived as the page; empty for an empty page.
 */
NCT_API const char *nct_work_list_cursor(const nct_work_list *list);

/**
 * @brief What nct_work_assign() takes: the same for as long as it waits.
 *
 * @param list the page
 * @param index below the count
 * @return a string as long-lived as the page; NULL past the end.
 */
NCT_API const char *nct_work_list_id(const nct_work_list *list, size_t index);

/**
 * @brief One of the NCT_WORK constants.
 *
 * @param list the page
 * @param index below the count
 * @return the kind; 0 past the end.
 */
NCT_API int32_t nct_work_list_kind(const nct_work_list *list, size_t index);

/**
 * @brief Since when it waits: for an application, since it came to its state; for a draft, since it was saved.
 *
 * @param list the page
 * @param index below the count
 * @return milliseconds UTC; 0 past the end.
 */
NCT_API int64_t nct_work_list_since(const nct_work_list *list, size_t index);

/**
 * @brief NPI or Atypical ID.
 *
 * @param list the page
 * @param index below the count
 * @return a string as long-lived as the page, empty for a contested address; NULL past the end.
 */
NCT_API const char *nct_work_list_provider(const nct_work_list *list, size_t index);

/**
 * @brief Which of several: the id of an application.
 *
 * @param list the page
 * @param index below the count
 * @return a string as long-lived as the page, empty for other kinds; NULL past the end.
 */
NCT_API const char *nct_work_list_application(const nct_work_list *list, size_t index);

/**
 * @brief What an application is submitted as.
 *
 * @param list the page
 * @param index below the count
 * @return one of the NCT_SUBMISSION constants; 0 for other kinds and past the end.
 */
NCT_API int32_t nct_work_list_submission(const nct_work_list *list, size_t index);

/**
 * @brief The state of an application.
 *
 * @param list the page
 * @param index below the count
 * @return one of the NCT_STATE constants; 0 for other kinds and past the end.
 */
NCT_API int32_t nct_work_list_state(const nct_work_list *list, size_t index);

/**
 * @brief Whose address is contested; of a draft, who began it.
 *
 * @param list the page
 * @param index below the count
 * @return an NCID, as long-lived as the page, empty for other kinds; NULL past the end.
 */
NCT_API const char *nct_work_list_ncid(const nct_work_list *list, size_t index);

/**
 * @brief Who has it.
 *
 * @param list the page
 * @param index below the count
 * @return the name of an operator, as long-lived as the page, empty where nobody has it; NULL past the end.
 */
NCT_API const char *nct_work_list_assignee(const nct_work_list *list, size_t index);

/**
 * @brief Since when they have it.
 *
 * @param list the page
 * @param index below the count
 * @return milliseconds UTC; 0 where nobody has it, and past the end.
 */
NCT_API int64_t nct_work_list_assigned_at(const nct_work_list *list, size_t index);

/**
 * @brief Assigns a piece of work to an operator: themselves, or somebody else. In the ledger.
 *
 * Somebody who has it gets it anew, for the whole time.
 *
 * @param portal the portal
 * @param operator_name who assigns it, for the ledger
 * @param operator_name_len its length
 * @param id nct_work_list_id() of the item
 * @param id_len its length
 * @param assignee whose it is to be
 * @param assignee_len its length
 * @return In this order: #NCT_E_ARGUMENT; a status of the value range, #NCT_E_FORMAT for a malformed id and a draft's;
 *     #NCT_E_NOT_FOUND for what does not wait, or no longer; #NCT_E_ASSIGNED while somebody else has it; #NCT_OK; or
 *     one of the common statuses.
 * @par Threads Any. Of two at once, one gets it.
 */
NCT_API NCT_MUST_USE nct_status nct_work_assign(nct_portal *portal, const char *operator_name, size_t operator_name_len,
                                                const char *id, size_t id_len, const char *assignee,
                                                size_t assignee_len);

/**
 * @brief Gives a piece of work back to the list: one's own, or for somebody who is away theirs. In the ledger.
 *
 * @param portal the portal
 * @param operator_name who does it, for the ledger
 * @param operator_name_len its length
 * @param id nct_work_list_id() of the item
 * @param id_len its length
 * @return In this order: #NCT_E_ARGUMENT; a status of the value range, #NCT_E_FORMAT for a malformed id and a draft's;
 *     #NCT_E_NOT_FOUND for what does not wait, or no longer; #NCT_OK, also where nobody has it; or one of the common
 *     statuses.
 * @par Threads Any.
 */
NCT_API NCT_MUST_USE nct_status nct_work_release(nct_portal *portal, const char *operator_name,
                                                 size_t operator_name_len, const char *id, size_t id_len);

/**
 * @brief Checks that the index of the list has all its rows and no other.
 *
 * nct_work_list_page() does the same for the kinds it lists, where at most 1,000 items wait; of more, a page is as
 * complete as the store's answer. nct_repair() puts the index right.
 *
 * @param portal the portal
 * @return #NCT_OK; #NCT_E_INTEGRITY where rows were taken away, altered, doubled or put back; #NCT_E_BUSY where the
 * list keeps changing; #NCT_E_ARGUMENT; or one of the common statuses.
 * @par Threads Any.
 */
NCT_API NCT_MUST_USE nct_status nct_work_check(nct_portal *portal);

/**
 * @brief The name of a kind: "application", "oa_change", "eft_change", "contested_address", "draft".
 *
 * @param kind one of the NCT_WORK constants
 * @return a constant string; NULL for an unknown kind.
 */
NCT_API const char *nct_work_kind_name(int32_t kind);

/**
 * @brief The kind of a name.
 *
 * @param name the name, NUL-terminated
 * @param[out] kind receives it; 0 on failure
 * @return #NCT_OK; #NCT_E_NOT_FOUND; #NCT_E_ARGUMENT.
 */
NCT_API NCT_MUST_USE nct_status nct_work_kind_from_name(const char *name, int32_t *kind);

#ifdef __cplusplus
}
#endif
/** @} */
#endif
