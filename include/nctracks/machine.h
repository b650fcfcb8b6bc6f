/**
 * @file machine.h
 * @brief Submissions as state machines: states, moves and who may make them, as tables.
 * @defgroup machine State machines
 * @{
 *
 * Every kind of submission (#NCT_SUBMISSION_ENROLLMENT and so on) has a machine. The enrollment-type kinds share one,
 * whose states are those NCTracks names in public; FL2 and both kinds of Prior Approval share another, whose states
 * have the code letters of NCTracks. That FL2 has the states of a Prior Approval, and between which states the agency
 * moves, is our policy, as no public source states it. Public: the states, their letters, that withdrawal is possible
 * exactly from In Process, In Review, Pending Endorsement, Returned and Pending Payment and cannot be undone, that
 * there is no correction after submission, and abandonment without reply.
 *
 * A front end can draw a machine from these tables; doc/guide-applications.md prints them. All functions: any thread,
 * no portal needed.
 */
#ifndef NCTRACKS_MACHINE_H
#define NCTRACKS_MACHINE_H

#include <nctracks/status.h>
#include <nctracks/submission.h>

#ifdef __cplusplus
extern "C" {
#endif

enum {
    NCT_STATE_DRAFT = 1,               /**< Being prepared; not submitted. */
    NCT_STATE_IN_PROCESS = 2,          /**< Submitted. */
    NCT_STATE_IN_REVIEW = 3,           /**< The agency reviews it. */
    NCT_STATE_PENDING_ENDORSEMENT = 4, /**< Waits for an endorsement. */
    NCT_STATE_RETURNED = 5,            /**< Sent back to the provider. */
    NCT_STATE_PENDING_PAYMENT = 6,     /**< Waits for a fee. */
    NCT_STATE_APPROVED = 7,            /**< Approved; of a Prior Approval, A. */
    NCT_STATE_DENIED = 8,              /**< Denied; of a Prior Approval, D. */
    NCT_STATE_WITHDRAWN = 9,           /**< Withdrawn; irrevocable. */
    NCT_STATE_ABANDONED = 10,          /**< No reply in time, or a draft given up. */
    NCT_STATE_PEND_AI = 11,            /**< I, Pend AI 1: additional information asked for. */
    NCT_STATE_PENDING = 12,            /**< P, Pending. */
    NCT_STATE_SUSPENDED = 13,          /**< S, Suspended: new, in clinical review. */
    NCT_STATE_MODIFIED = 14,           /**< M, Modified. */
    NCT_STATE_REDUCTION = 15,          /**< R, Reduction. */
    NCT_STATE_TERMINATED = 16,         /**< T, Terminated. */
    NCT_STATE_VOID = 17                /**< V, Void. */
};

enum {
    NCT_MOVE_SUBMIT = 1,               /**< Sign and submit a draft. */
    NCT_MOVE_DISCARD = 2,              /**< Give a draft up. */
    NCT_MOVE_REVIEW = 3,               /**< Take into review. */
    NCT_MOVE_REQUEST_ENDORSEMENT = 4,  /**< Ask for an endorsement. */
    NCT_MOVE_ENDORSE = 5,              /**< Record the endorsement. */
    NCT_MOVE_RETURN = 6,               /**< Send back to the provider. */
    NCT_MOVE_RESUBMIT = 7,             /**< Sign and submit what was sent back, or the information asked for. */
    NCT_MOVE_REQUEST_PAYMENT = 8,      /**< Ask for a fee. */
    NCT_MOVE_PAY = 9,                  /**< Record the payment. */
    NCT_MOVE_APPROVE = 10,             /**< Approve. */
    NCT_MOVE_DENY = 11,                /**< Deny. */
    NCT_MOVE_WITHDRAW = 12,            /**< Withdraw, for good. */
    NCT_MOVE_ABANDON = 13,             /**< Close for want of a reply. */
    NCT_MOVE_PEND = 14,                /**< Put off the decision. */
    NCT_MOVE_REQUEST_INFORMATION = 15, /**< Ask for additional information. */
    NCT_MOVE_MODIFY = 16,              /**< Approve with modifications. */
    NCT_MOVE_REDUCE = 17,              /**< Approve less than was asked for, or than was approved. */
    NCT_MOVE_TERMINATE = 18,           /**< End an approval. */
    NCT_MOVE_VOID = 19                 /**< Make void. */
};

enum {
    NCT_MOVER_PREPARER = 1,  /**< Somebody who may prepare this kind, see nct_policy_preparation_needs(). */
    NCT_MOVER_SUBMITTER = 2, /**< Somebody who may submit this kind, see nct_policy_submission_needs(). */
    NCT_MOVER_SIGNER = 4,    /**< The same, and only by an electronic signature (S9, S10). */
    NCT_MOVER_AGENCY = 8,    /**< The agency: an operator the host names, with a reason. */
    NCT_MOVER_TIME = 16      /**< Nobody: the term ran out, see nct_due_settle(). */
};

/**
 * @brief The name of a state, such as "in_process".
 *
 * @param state one of the NCT_STATE constants
 * @return a constant string; NULL for an unknown state.
 */
NCT_API const char *nct_state_name(int32_t state);

/**
 * @brief The name NCTracks shows, such as "In Process".
 *
 * @param state one of the NCT_STATE constants
 * @return a constant string; NULL for an unknown state.
 */
NCT_API const char *nct_state_title(int32_t state);

/**
 * @brief One line on a state.
 *
 * @param state one of the NCT_STATE constants
 * @return a constant string; NULL for an unknown state.
 */
NCT_API const char *nct_state_description(int32_t state);

/**
 * @brief The code letter a state has in a machine.
 *
 * @param kind one of the NCT_SUBMISSION constants
 * @param state one of the NCT_STATE constants
 * @return a constant string of one letter; empty for a state without one; NULL for an unknown kind or a state the kind
 *     does not have.
 */
NCT_API const char *nct_state_code(int32_t kind, int32_t state);

/**
 * @brief The state of a name.
 *
 * @param name such as "in_process", NUL-terminated
 * @param[out] state receives it
 * @return #NCT_OK; #NCT_E_NOT_FOUND; #NCT_E_ARGUMENT.
 */
NCT_API NCT_MUST_USE nct_status nct_state_from_name(const char *name, int32_t *state);

/**
 * @brief The name of a move, such as "request_payment".
 *
 * @param move one of the NCT_MOVE constants
 * @return a constant string; NULL for an unknown move.
 */
NCT_API const char *nct_move_name(int32_t move);

/**
 * @brief One line on a move.
 *
 * @param move one of the NCT_MOVE constants
 * @return a constant string; NULL for an unknown move.
 */
NCT_API const char *nct_move_description(int32_t move);

/**
 * @brief The move of a name.
 *
 * @param name such as "approve", NUL-terminated
 * @param[out] move receives it
 * @return #NCT_OK; #NCT_E_NOT_FOUND; #NCT_E_ARGUMENT.
 */
NCT_API NCT_MUST_USE nct_status nct_move_from_name(const char *name, int32_t *move);

/**
 * @brief The name of one who moves: "preparer", "submitter", "signer", "agency", "time".
 *
 * @param mover one of the NCT_MOVER constants, not several
 * @return a constant string; NULL for an unknown one.
 */
NCT_API const char *nct_mover_name(int32_t mover);

/**
 * @brief How many states a kind has.
 *
 * @param kind one of the NCT_SUBMISSION constants
 * @return the count; 0 for an unknown kind.
 */
NCT_API size_t nct_machine_state_count(int32_t kind);

/**
 * @brief One state of a kind; the first is where it begins.
 *
 * @param kind one of the NCT_SUBMISSION constants
 * @param index below nct_machine_state_count()
 * @return one of the NCT_STATE constants; 0 past the end.
 */
NCT_API int32_t nct_machine_state(int32_t kind, size_t index);

/**
 * @brief Whether nothing leads out of a state.
 *
 * @param kind one of the NCT_SUBMISSION constants
 * @param state one of its states
 * @return 1 or 0, also for an unknown kind or a state it does not have.
 */
NCT_API int32_t nct_machine_final(int32_t kind, int32_t state);

/**
 * @brief Whether the provider may put another version of the document in: exactly where a signature leads out, so that
 * nothing reaches the agency unsigned.
 *
 * That is before submission, and where the agency itself sent it back or asked (our reading of "no correction after
 * submission").
 *
 * @param kind one of the NCT_SUBMISSION constants
 * @param state one of its states
 * @return 1 or 0, also for an unknown kind or a state it does not have.
 */
NCT_API int32_t nct_machine_revisable(int32_t kind, int32_t state);

/**
 * @brief How many rows the table of moves of a kind has.
 *
 * @param kind one of the NCT_SUBMISSION constants
 * @return the count; 0 for an unknown kind.
 */
NCT_API size_t nct_machine_row_count(int32_t kind);

/**
 * @brief From which state a row leads.
 *
 * @param kind one of the NCT_SUBMISSION constants
 * @param index the row
 * @return one of the NCT_STATE constants; 0 past the end.
 */
NCT_API int32_t nct_machine_row_from(int32_t kind, size_t index);

/**
 * @brief By which move.
 *
 * @param kind one of the NCT_SUBMISSION constants
 * @param index the row
 * @return one of the NCT_MOVE constants; 0 past the end.
 */
NCT_API int32_t nct_machine_row_move(int32_t kind, size_t index);

/**
 * @brief To which state.
 *
 * @param kind one of the NCT_SUBMISSION constants
 * @param index the row
 * @return one of the NCT_STATE constants; 0 past the end.
 */
NCT_API int32_t nct_machine_row_to(int32_t kind, size_t index);

/**
 * @brief Who may make it.
 *
 * @param kind one of the NCT_SUBMISSION constants
 * @param index the row
 * @return the sum of NCT_MOVER constants; 0 past the end.
 */
NCT_API int32_t nct_machine_row_movers(int32_t kind, size_t index);

/**
 * @brief Where a move leads.
 *
 * @param kind one of the NCT_SUBMISSION constants
 * @param state one of its states
 * @param move one of the NCT_MOVE constants
 * @param movers who moves: a sum of NCT_MOVER constants, one of which must be allowed to
 * @param[out] next receives the state; 0 on failure
 * @return #NCT_OK; #NCT_E_ILLEGAL_MOVE; #NCT_E_ARGUMENT for an unknown kind or move, or a state the kind does not have.
 */
NCT_API NCT_MUST_USE nct_status nct_machine_next(int32_t kind, int32_t state, int32_t move, int32_t movers,
                                                 int32_t *next);

/**
 * @brief Says in an English sentence why a move is refused: names kind, state and move, and what is possible instead.
 *
 * @param kind one of the NCT_SUBMISSION constants
 * @param state one of its states
 * @param move one of the NCT_MOVE constants
 * @param[out] out receives the text and a NUL
 * @param capacity bytes at @p out; 512 always suffice
 * @param[out] needed receives the length without the NUL, also with #NCT_E_BUFFER; may be NULL
 * @return #NCT_OK; #NCT_E_BUFFER; #NCT_E_ARGUMENT.
 */
NCT_API NCT_MUST_USE nct_status nct_machine_explain(int32_t kind, int32_t state, int32_t move, char *out,
                                                    size_t capacity, size_t *needed);

#ifdef __cplusplus
}
#endif
/** @} */
#endif
