/**
 * @file due.h
 * @brief Due work: what the calendar asks for, listed by time and settled by the host.
 * @defgroup due Due work
 * @{
 *
 * The library starts no timer. A host asks now and then (once a day, say) what is due, and settles each item:
 *
 * - *Re-verification* (public): due five years after enrollment or after the last approved re-verification; the
 *   provider is told 70, 50, 20 and 5 days before; unless an application was submitted and paid in time, it is then
 *   suspended for 50 days; then terminated. The numbers are the profile's, days those of the portal's time zone.
 * - *Abandonment* (public): an application that waits for a reply longer than 30 days. Some days before (our policy:
 *   7, the profile's `abandon.notice_days`) it is told; then nct_due_settle() abandons nothing yet.
 *
 * How lateness is dealt with is our policy, see doc/guide-applications.md. The subject's own record says what is due;
 * the list is only an index of it. An item that no longer fits the record does nothing, and nct_due_restore() finds the
 * items that were taken out of the index.
 */
#ifndef NCTRACKS_DUE_H
#define NCTRACKS_DUE_H

#include <nctracks/portal.h>

#ifdef __cplusplus
extern "C" {
#endif

enum {
    NCT_DUE_REVERIFICATION = 1, /**< The next step of a provider's re-verification calendar. */
    NCT_DUE_ABANDONMENT = 2     /**< The next step of an application without a reply: it is told, then abandoned. */
};

enum {
    /** Longest id of an item, with the NUL. */
    NCT_DUE_ID_ROOM = 80
};

/** A page of items. Immutable; any thread. */
typedef struct nct_due nct_due;

/**
 * @brief Lists what is due, by time.
 *
 * @param portal the portal
 * @param until milliseconds UTC: items due at or before this
 * @param after nct_due_cursor() of the page before; NULL for the first page
 * @param after_len its length
 * @param limit 1 to 1,000
 * @param[out] out receives the page; nct_due_more() says whether it was the last; NULL on failure. Free with
 * nct_due_free().
 * @return #NCT_OK; #NCT_E_PARTIAL, with a page, where damaged rows were left out (damage.h); #NCT_E_FORMAT for a
 *     malformed @p after; the common statuses.
 */
NCT_API NCT_MUST_USE nct_status nct_due_list(nct_portal *portal, int64_t until, const char *after, size_t after_len,
                                             size_t limit, nct_due **out);

/**
 * @brief Frees a page.
 *
 * @param due may be NULL
 */
NCT_API void nct_due_free(nct_due *due);

/**
 * @brief How many items a page has.
 *
 * @param due may be NULL
 * @return the count.
 */
NCT_API size_t nct_due_count(const nct_due *due);

/**
 * @brief Whether items may follow on another page.
 *
 * @param due the page; NULL is one without any
 * @return 1 or 0.
 */
NCT_API int32_t nct_due_more(const nct_due *due);

/**
 * @brief Where the next page begins.
 *
 * @param due the page
 * @return a cursor as long-lived as the page; empty where nothing was looked at; NULL for NULL.
 */
NCT_API const char *nct_due_cursor(const nct_due *due);

/**
 * @brief What nct_due_settle() takes.
 *
 * @param due the page
 * @param index below the count
 * @return a string as long-lived as the page; NULL past the end.
 */
NCT_API const char *nct_due_id(const nct_due *due, size_t index);

/**
 * @brief When it is due.
 *
 * @param due the page
 * @param index below the count
 * @return milliseconds UTC; 0 past the end.
 */
NCT_API int64_t nct_due_time(const nct_due *due, size_t index);

/**
 * @brief One of the NCT_DUE kinds.
 *
 * @param due the page
 * @param index below the count
 * @return the kind; 0 past the end.
 */
NCT_API int32_t nct_due_kind(const nct_due *due, size_t index);

/**
 * @brief NPI or Atypical ID.
 *
 * @param due the page
 * @param index below the count
 * @return a string as long-lived as the page; NULL past the end.
 */
NCT_API const char *nct_due_provider(const nct_due *due, size_t index);

/**
 * @brief Which of several at the provider, such as the application's id.
 *
 * @param due the page
 * @param index below the count
 * @return a string as long-lived as the page, empty where there is one only; NULL past the end.
 */
NCT_API const char *nct_due_reference(const nct_due *due, size_t index);

/**
 * @brief The name of a kind: "reverification", "abandonment".
 *
 * @param kind one of the NCT_DUE kinds
 * @return a constant string; NULL for an unknown kind.
 */
NCT_API const char *nct_due_kind_name(int32_t kind);

/**
 * @brief Does what is due.
 *
 * One step for each call: after a notice the next one is another item. Settling again, or settling something that is no
 * longer due, does nothing; of two at once, one does it.
 *
 * @param portal the portal
 * @param operator_name who or which job asks for it, for the ledger
 * @param operator_name_len its length
 * @param id nct_due_id() of an item
 * @param id_len its length
 * @param[out] done 1 if this call did it, 0 if there was nothing to do; may be NULL
 * @return in this order: #NCT_E_ARGUMENT; a status of the value range; #NCT_E_FORMAT for a malformed id; #NCT_E_DATE
 *     before its time; the common statuses; #NCT_OK.
 * @par Threads Any.
 */
NCT_API NCT_MUST_USE nct_status nct_due_settle(nct_portal *portal, const char *operator_name, size_t operator_name_len,
                                               const char *id, size_t id_len, int32_t *done);

/**
 * @brief Puts back what is missing in the indices of a provider: its calendar's item, its applications', and what waits
 * for the agency (work.h).
 *
 * An index row can only be missing because somebody with access to the store took it away; each one put back is told in
 * the ledger. Run it over all providers (nct_provider_list_page()) as often as you would want to know.
 *
 * @param portal the portal
 * @param operator_name who or which job asks for it, for the ledger
 * @param operator_name_len its length
 * @param provider NPI or Atypical ID
 * @param provider_len its length
 * @param[out] restored how many were put back; may be NULL
 * @return #NCT_OK; #NCT_E_NOT_FOUND; a status of the value range; the common statuses.
 */
NCT_API NCT_MUST_USE nct_status nct_due_restore(nct_portal *portal, const char *operator_name, size_t operator_name_len,
                                                const char *provider, size_t provider_len, size_t *restored);

#ifdef __cplusplus
}
#endif
/** @} */
#endif
