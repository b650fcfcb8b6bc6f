/**
 * @file clock.h
 * @brief A clock that contradicts the store, and the way out.
 * @defgroup clock Clock
 * @{
 *
 * What is signed, ledgered and due is dated by the host's clock. A commit at a time before what the store already holds
 * (#NCT_OPTION_CLOCK_BEHIND, 5 minutes: clocks of several machines are never quite the same), or so long after it that
 * nothing would have been changed for #NCT_OPTION_CLOCK_QUIET (400 days), is refused with #NCT_E_TIME, and nothing is
 * changed. A portal that nobody used for months goes on by itself.
 *
 * Set the clock right. Where it is right, and what the store holds is not, an operator says so with
 * nct_clock_confirm(): the times after now that the store holds count for nothing from then on, and until they have
 * passed no leap of more than #NCT_OPTION_CLOCK_APART (a day) is taken. The entries of the wrong clock stay, and
 * nct_ledger_time_order() finds them. Our policy.
 */
#ifndef NCTRACKS_CLOCK_H
#define NCTRACKS_CLOCK_H

#include <nctracks/portal.h>

#ifdef __cplusplus
extern "C" {
#endif

/**
 * @brief Whether the clock fits what the store holds.
 *
 * @param portal the portal
 * @param[out] now receives the clock's time; may be NULL
 * @param[out] latest receives about the latest time of a change, to an hour; 0: none is known; may be NULL
 * @return #NCT_OK; #NCT_E_TIME: commits would be refused; the common statuses.
 */
NCT_API NCT_MUST_USE nct_status nct_clock_check(nct_portal *portal, int64_t *now, int64_t *latest);

/**
 * @brief Says that this portal's clock is right, whatever the store holds: by an operator, who has made sure.
 *
 * In the stream "portal", with what the store held before.
 *
 * @param portal the portal
 * @param operator_name who, for the ledger
 * @param operator_name_len its length
 * @param reason why, for the ledger
 * @param reason_len its length
 * @return #NCT_OK, also when nothing contradicted it; a status of the value range; the common statuses but #NCT_E_TIME.
 */
NCT_API NCT_MUST_USE nct_status nct_clock_confirm(nct_portal *portal, const char *operator_name,
                                                  size_t operator_name_len, const char *reason, size_t reason_len);

#ifdef __cplusplus
}
#endif
/** @} */
#endif
