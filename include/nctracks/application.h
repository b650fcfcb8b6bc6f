/**
 * @file application.h
 * @brief Submissions on their way: drafts, signing and submitting, the agency's moves, withdrawal, history.
 * @defgroup application Applications
 * @{
 *
 * An application is one submission of any kind (#NCT_SUBMISSION_ENROLLMENT and so on), from draft to decision. What may
 * follow what is in the tables of @ref machine.
 *
 * - Somebody who may prepare the kind (nct_policy_preparation_needs()) *drafts* it: which document, by id, version and
 *   digest. A draft can be revised and discarded.
 * - It is *submitted* by a signature (nct_sign()) whose form names it as `application.id`: the signature over exactly
 *   the drafted document and the application's move are one commit, so neither is there without the other.
 * - The *agency*, an operator the host names, moves it on with a reason. What was sent back can be revised and must be
 *   signed again.
 * - Who may submit the kind may *withdraw* it where the table says so; that cannot be undone.
 * - Time closes it when nobody replies (nct_due_settle()), and says so some days before.
 *
 * Every move is an entry in the provider's ledger stream, refusals too, and is told by mail and message to those whom
 * the profile names: the Office Administrator, who signed it last, who began it; the last two while they have access to
 * the provider. The letters hold no reason: it may tell of a patient, and is nct_application_note(). The `by` of these
 * functions is a person the host has authenticated, as in access.h.
 */
#ifndef NCTRACKS_APPLICATION_H
#define NCTRACKS_APPLICATION_H

#include <nctracks/form.h>
#include <nctracks/ledger.h>
#include <nctracks/machine.h>
#include <nctracks/portal.h>

#ifdef __cplusplus
extern "C" {
#endif

enum {
    NCT_APPLICATION_ID_LENGTH = 32 /**< An application's id: lower-case hexadecimal. */
};

/** One application as it was read. Immutable; any thread. */
typedef struct nct_application nct_application;

/** A page of applications. Immutable; any thread. */
typedef struct nct_application_list nct_application_list;

/**
 * @brief Saves a new draft: an application in the state #NCT_STATE_DRAFT.
 *
 * A person may begin #NCT_OPTION_REQUESTS_DRAFT of them in a day. The agency lists those nobody goes on with, see
 * work.h.
 *
 * @param form the form, of #NCT_FORM_DRAFT; may be saved again, as another application
 * @param by NCID of who drafts it
 * @param by_len its length
 * @param[out] id receives #NCT_APPLICATION_ID_LENGTH hexadecimal digits and a NUL
 * @param capacity bytes at @p id
 * @param[out] problems as nct_form_validate(); may be NULL
 * @return in this order: #NCT_E_ARGUMENT; #NCT_E_BUFFER; a status of the value range for @p by; #NCT_E_PROBLEMS;
 *     #NCT_E_NOT_REGISTERED, #NCT_E_TERMINATED; why @p by may not prepare this kind: #NCT_E_NOT_PROVISIONED,
 *     #NCT_E_NOT_YET_VALID, #NCT_E_EXPIRED, #NCT_E_NOT_ON_RECORD, #NCT_E_RIGHT_MISSING, #NCT_E_NO_AUTHORITY;
 *     #NCT_E_TOO_OFTEN; the common statuses; #NCT_OK.
 * @par Threads One at a time for one form.
 */
NCT_API NCT_MUST_USE nct_status nct_draft_save(nct_form *form, const char *by, size_t by_len, char *id, size_t capacity,
                                               nct_problems **problems);

/**
 * @brief Replaces document and physician's date of an application that has not been submitted, or that the agency sent
 * back or asked about (nct_machine_revisable()).
 *
 * "No correction after submission" is kept by the signature: what was submitted stays as it was signed, and a revision
 * reaches the agency only under a new one.
 *
 * @param form the form, of #NCT_FORM_DRAFT; provider and kind as the application's
 * @param by NCID of who revises it
 * @param by_len its length
 * @param id the application
 * @param id_len its length
 * @param[out] problems as nct_form_validate(), and #NCT_E_UNKNOWN_VALUE at `submission.kind` when the application is
 *     of another kind; may be NULL
 * @return in this order: #NCT_E_ARGUMENT; a status of the value range for @p by and @p id; #NCT_E_PROBLEMS;
 *     #NCT_E_NOT_REGISTERED, #NCT_E_TERMINATED; why @p by may not prepare this kind, as nct_draft_save();
 *     #NCT_E_NOT_FOUND; #NCT_E_PROBLEMS for the kind; #NCT_E_ILLEGAL_MOVE in any other state; the common statuses;
 *     #NCT_OK.
 */
NCT_API NCT_MUST_USE nct_status nct_draft_revise(nct_form *form, const char *by, size_t by_len, const char *id,
                                                 size_t id_len, nct_problems **problems);

/**
 * @brief A move of the agency's (#NCT_MOVER_AGENCY).
 *
 * Possible for terminated providers too. Approving a kind that verifies the provider begins a new term of
 * re-verification, see due.h. Where somebody else discards a draft, whoever began it is told (mail "draft.discarded").
 *
 * @param portal the portal
 * @param operator_name who at the agency does this, for the ledger
 * @param operator_name_len its length
 * @param provider NPI or Atypical ID
 * @param provider_len its length
 * @param id the application
 * @param id_len its length
 * @param move one of the NCT_MOVE constants
 * @param reason one line, up to 100 characters; kept with the application
 * @param reason_len its length
 * @param[out] state receives the state afterwards; with #NCT_E_ILLEGAL_MOVE the present one, for nct_machine_explain();
 *     else 0. May be NULL
 * @return in this order: #NCT_E_ARGUMENT, also for an unknown move; a status of the value range; #NCT_E_NOT_FOUND;
 *     #NCT_E_ILLEGAL_MOVE; the common statuses; #NCT_OK.
 * @par Threads Any. Of two moves at once the second is judged by where the first led.
 */
NCT_API NCT_MUST_USE nct_status nct_application_decide(nct_portal *portal, const char *operator_name,
                                                       size_t operator_name_len, const char *provider,
                                                       size_t provider_len, const char *id, size_t id_len, int32_t move,
                                                       const char *reason, size_t reason_len, int32_t *state);

/**
 * @brief A move of the provider's without a signature: discarding a draft (#NCT_MOVER_PREPARER), withdrawing
 * (#NCT_MOVER_SUBMITTER).
 *
 * Possible for terminated providers too, by somebody whose access still stands.
 *
 * @param portal the portal
 * @param by NCID of who moves
 * @param by_len its length
 * @param provider NPI or Atypical ID
 * @param provider_len its length
 * @param id the application
 * @param id_len its length
 * @param move one of the NCT_MOVE constants
 * @param[out] state as nct_application_decide(); may be NULL
 * @return in this order: #NCT_E_ARGUMENT, also for an unknown move; a status of the value range; #NCT_E_NOT_FOUND; when
 *     @p by may neither prepare nor submit the kind, why not prepare: #NCT_E_NOT_PROVISIONED, #NCT_E_NOT_YET_VALID,
 *     #NCT_E_EXPIRED, #NCT_E_NOT_ON_RECORD, #NCT_E_RIGHT_MISSING, #NCT_E_NO_AUTHORITY; when the move is possible, but
 *     not for what @p by may, why not: the same; #NCT_E_ILLEGAL_MOVE; the common statuses; #NCT_OK.
 * @par Threads Any. Of two moves at once the second is judged by where the first led.
 */
NCT_API NCT_MUST_USE nct_status nct_application_act(nct_portal *portal, const char *by, size_t by_len,
                                                    const char *provider, size_t provider_len, const char *id,
                                                    size_t id_len, int32_t move, int32_t *state);

/**
 * @brief Reads an application.
 *
 * @param portal the portal
 * @param provider NPI or Atypical ID
 * @param provider_len its length
 * @param id its id
 * @param id_len the id's length
 * @param[out] out receives it; NULL on failure. Free with nct_application_free().
 * @return #NCT_OK; #NCT_E_NOT_FOUND; a status of the value range; the common statuses.
 */
NCT_API NCT_MUST_USE nct_status nct_application_get(nct_portal *portal, const char *provider, size_t provider_len,
                                                    const char *id, size_t id_len, nct_application **out);

/**
 * @brief Frees an application.
 *
 * @param application may be NULL; not one of a list
 */
NCT_API void nct_application_free(nct_application *application);

/**
 * @brief Its id.
 *
 * @param application the application
 * @return a string as long-lived as it.
 */
NCT_API const char *nct_application_id(const nct_application *application);

/**
 * @brief NPI or Atypical ID.
 *
 * @param application the application
 * @return a string as long-lived as it.
 */
NCT_API const char *nct_application_provider(const nct_application *application);

/**
 * @brief One of the NCT_SUBMISSION constants.
 *
 * @param application the application
 * @return the kind.
 */
NCT_API int32_t nct_application_kind(const nct_application *application);

/**
 * @brief One of the NCT_STATE constants.
 *
 * @param application the application
 * @return the state.
 */
NCT_API int32_t nct_application_state(const nct_application *application);

/**
 * @brief Id of the document.
 *
 * @param application the application
 * @return a string as long-lived as it.
 */
NCT_API const char *nct_application_document_id(const nct_application *application);

/**
 * @brief Version of the document.
 *
 * @param application the application
 * @return a string as long-lived as it.
 */
NCT_API const char *nct_application_document_version(const nct_application *application);

/**
 * @brief Digest of the document, 32 bytes.
 *
 * @param application the application
 * @return as long-lived as it.
 */
NCT_API const void *nct_application_document_digest(const nct_application *application);

/**
 * @brief Date of the physician's signature, YYYY-MM-DD.
 *
 * @param application the application
 * @return a string as long-lived as it; empty for a kind without one.
 */
NCT_API const char *nct_application_physician_date(const nct_application *application);

/**
 * @brief NCID of who drafted it, as it was then.
 *
 * @param application the application
 * @return a string as long-lived as it.
 */
NCT_API const char *nct_application_drafted_by(const nct_application *application);

/**
 * @brief When it was drafted.
 *
 * @param application the application
 * @return milliseconds UTC.
 */
NCT_API int64_t nct_application_drafted_at(const nct_application *application);

/**
 * @brief When the draft, or the last revision of it, was saved.
 *
 * @param application the application
 * @return milliseconds UTC.
 */
NCT_API int64_t nct_application_saved_at(const nct_application *application);

/**
 * @brief Id of the last signature it was submitted with.
 *
 * @param application the application
 * @return a string as long-lived as it; empty before submission.
 */
NCT_API const char *nct_application_signature(const nct_application *application);

/**
 * @brief When it was last submitted.
 *
 * @param application the application
 * @return milliseconds UTC; 0 before.
 */
NCT_API int64_t nct_application_submitted_at(const nct_application *application);

/**
 * @brief How many moves it has made.
 *
 * @param application the application
 * @return the count.
 */
NCT_API uint64_t nct_application_moves(const nct_application *application);

/**
 * @brief Its last move.
 *
 * @param application the application
 * @return one of the NCT_MOVE constants; 0 before the first.
 */
NCT_API int32_t nct_application_last_move(const nct_application *application);

/**
 * @brief When it last moved.
 *
 * @param application the application
 * @return milliseconds UTC; 0 before the first move.
 */
NCT_API int64_t nct_application_moved_at(const nct_application *application);

/**
 * @brief Who last moved it: an NCID, or "operator:" and a name.
 *
 * @param application the application
 * @return a string as long-lived as it; empty before the first move.
 */
NCT_API const char *nct_application_moved_by(const nct_application *application);

/**
 * @brief The reason given with the last move.
 *
 * @param application the application
 * @return a string as long-lived as it; may be empty.
 */
NCT_API const char *nct_application_note(const nct_application *application);

/**
 * @brief When it is abandoned unless somebody replies.
 *
 * @param application the application
 * @return milliseconds UTC; 0 when it does not wait for a reply.
 */
NCT_API int64_t nct_application_due_at(const nct_application *application);

/**
 * @brief Lists a provider's applications, oldest first.
 *
 * @param portal the portal
 * @param provider NPI or Atypical ID
 * @param provider_len its length
 * @param state only those in this state, one of the NCT_STATE constants; 0: all
 * @param after nct_application_list_cursor() of the page before; NULL for the first page
 * @param after_len its length
 * @param limit 1 to 1,000: how many are looked at; a page may hold fewer
 * @param[out] out receives the page; NULL on failure. Free with nct_application_list_free().
 * @return #NCT_OK; a status of the value range; #NCT_E_ARGUMENT for an unknown state; the common statuses.
 */
NCT_API NCT_MUST_USE nct_status nct_application_list_by_provider(nct_portal *portal, const char *provider,
                                                                 size_t provider_len, int32_t state, const char *after,
                                                                 size_t after_len, size_t limit,
                                                                 nct_application_list **out);

/**
 * @brief Lists the applications a person drafted, by provider, oldest first.
 *
 * @param portal the portal
 * @param ncid who
 * @param ncid_len its length
 * @param state as nct_application_list_by_provider()
 * @param after nct_application_list_cursor() of the page before; NULL for the first page
 * @param after_len its length
 * @param limit as nct_application_list_by_provider()
 * @param[out] out as there
 * @return #NCT_OK; #NCT_E_UNKNOWN_PERSON; a status of the value range; #NCT_E_ARGUMENT; the common statuses.
 */
NCT_API NCT_MUST_USE nct_status nct_application_list_by_person(nct_portal *portal, const char *ncid, size_t ncid_len,
                                                               int32_t state, const char *after, size_t after_len,
                                                               size_t limit, nct_application_list **out);

/**
 * @brief Frees a page.
 *
 * @param list may be NULL
 */
NCT_API void nct_application_list_free(nct_application_list *list);

/**
 * @brief How many applications a page has.
 *
 * @param list may be NULL
 * @return the count.
 */
NCT_API size_t nct_application_list_count(const nct_application_list *list);

/**
 * @brief One application of a page.
 *
 * @param list the page
 * @param index below the count
 * @return owned by the list; NULL past the end.
 */
NCT_API const nct_application *nct_application_list_at(const nct_application_list *list, size_t index);

/**
 * @brief Whether there may be more.
 *
 * @param list may be NULL
 * @return 1 or 0.
 */
NCT_API int32_t nct_application_list_more(const nct_application_list *list);

/**
 * @brief What to pass as `after` for the next page.
 *
 * @param list the page
 * @return a string as long-lived as the page.
 */
NCT_API const char *nct_application_list_cursor(const nct_application_list *list);

/**
 * @brief An application's history: the entries of the provider's ledger stream about it, oldest first.
 *
 * @param portal the portal
 * @param provider NPI or Atypical ID
 * @param provider_len its length
 * @param id its id
 * @param id_len the id's length
 * @param after nct_entry_list_last() of the page before; 0 for the first page
 * @param limit 1 to 1,000: the most entries of the page
 * @param[out] out receives the page; nct_entry_list_more() says whether it was the last; NULL on failure. Free with
 *     nct_entry_list_free().
 * @return #NCT_OK; #NCT_E_NOT_FOUND; a status of the value range; the common statuses. Refusals are told up to the last
 *     change. Reads the provider's stream between the first and the last entry about the application.
 */
NCT_API NCT_MUST_USE nct_status nct_application_history(nct_portal *portal, const char *provider, size_t provider_len,
                                                        const char *id, size_t id_len, uint64_t after, size_t limit,
                                                        nct_entry_list **out);

/**
 * @brief #NCT_APPLICATION_ID_LENGTH as a function.
 *
 * @return bytes without the NUL.
 */
NCT_API size_t nct_application_id_length(void);

#ifdef __cplusplus
}
#endif
/** @} */
#endif
