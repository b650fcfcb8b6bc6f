/**
 * @file damage.h
 * @brief Rows of the store that were damaged: finding them, and rebuilding what can be.
 * @defgroup damage Damage
 * @{
 *
 * A row that was altered does not open, and nothing is decided by it. It stops what is about it alone: lists, queues
 * and runs over many records go on past it and end with #NCT_E_PARTIAL, with all the rest done. nct_damage_list() names
 * such rows, whoever they belong to; nct_repair() rebuilds those that only repeat what others say. What is left comes
 * from a backup.
 */
#ifndef NCTRACKS_DAMAGE_H
#define NCTRACKS_DAMAGE_H

#include <nctracks/portal.h>

#ifdef __cplusplus
extern "C" {
#endif

/** The damaged rows among those looked at. Immutable; any thread. */
typedef struct nct_damage nct_damage;

/**
 * @brief Opens the rows of a space, a page at a time, and lists those that do not open.
 *
 * @param portal the portal
 * @param space below nct_space_count()
 * @param after nct_damage_cursor() of the page before; NULL for the first page
 * @param after_len its length
 * @param limit how many rows to look at: 1 to 1,000
 * @param[out] out receives the page; NULL on failure. Free with nct_damage_free().
 * @return #NCT_OK, whatever was found; #NCT_E_FORMAT for another cursor; the common statuses without #NCT_E_INTEGRITY.
 */
NCT_API NCT_MUST_USE nct_status nct_damage_list(nct_portal *portal, int32_t space, const char *after, size_t after_len,
                                                size_t limit, nct_damage **out);

/**
 * @brief Frees a page.
 *
 * @param damage may be NULL
 */
NCT_API void nct_damage_free(nct_damage *damage);

/**
 * @brief How many damaged rows a page has.
 *
 * @param damage the page
 * @return the count.
 */
NCT_API size_t nct_damage_count(const nct_damage *damage);

/**
 * @brief How many rows were looked at.
 *
 * @param damage the page
 * @return the count.
 */
NCT_API size_t nct_damage_seen(const nct_damage *damage);

/**
 * @brief Whether rows to look at may follow on another page.
 *
 * @param damage the page; NULL is one without any
 * @return 1 or 0.
 */
NCT_API int32_t nct_damage_more(const nct_damage *damage);

/**
 * @brief Where the next page begins.
 *
 * @param damage the page
 * @return a cursor as long-lived as the page; empty past the end of the space.
 */
NCT_API const char *nct_damage_cursor(const nct_damage *damage);

/**
 * @brief The key of a damaged row, in hexadecimal digits.
 *
 * @param damage the page
 * @param index below the count
 * @return NULL past the end.
 */
NCT_API const char *nct_damage_key(const nct_damage *damage, size_t index);

/**
 * @brief Why it does not open.
 *
 * @param damage the page
 * @param index below the count
 * @return #NCT_E_INTEGRITY; #NCT_E_KEY for one under a key that is not held, or whose header was damaged;
 *     #NCT_E_UNSUPPORTED; #NCT_E_ARGUMENT past the end.
 */
NCT_API nct_code nct_damage_reason(const nct_damage *damage, size_t index);

/**
 * @brief The provider it belongs to, by its key.
 *
 * @param damage the page
 * @param index below the count
 * @return empty where it is no provider's; NULL past the end.
 */
NCT_API const char *nct_damage_provider(const nct_damage *damage, size_t index);

/**
 * @brief The NCID of the person it belongs to, by its key.
 *
 * @param damage the page
 * @param index below the count
 * @return empty where it is no person's, or theirs cannot be read; NULL past the end.
 */
NCT_API const char *nct_damage_ncid(const nct_damage *damage, size_t index);

/**
 * @brief Rebuilds the damaged rows that only repeat what sound ones say: the index of due work, that of the work list,
 * the note of the latest time.
 *
 * The work list's index is put right as a whole where nct_work_check() finds it wrong: the rows that were taken away
 * come back from the records, those that fit none are dropped, and the registries count what is there then.
 *
 * Each is told in the commit that rebuilds it: in the stream "portal" with the reason, or, of due work and of a
 * provider's items of the work list, in the provider's stream. Nothing else is written, and what is authoritative is
 * never made up.
 *
 * @param portal the portal
 * @param operator_name who, for the ledger
 * @param operator_name_len its length
 * @param reason why, for the ledger
 * @param reason_len its length
 * @param[out] rebuilt how many rows; may be NULL
 * @param[out] left how many damaged ones are left, which nct_damage_list() names; may be NULL
 * @return #NCT_OK where none is left; #NCT_E_PARTIAL; a status of the value range; the common statuses.
 */
NCT_API NCT_MUST_USE nct_status nct_repair(nct_portal *portal, const char *operator_name, size_t operator_name_len,
                                           const char *reason, size_t reason_len, size_t *rebuilt, size_t *left);

#ifdef __cplusplus
}
#endif
/** @} */
#endif
