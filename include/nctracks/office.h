/**
 * @file office.h
 * @brief Ownership and identity changes: providers terminated and reinstated, a new Office Administrator, new NCIDs.
 * @defgroup office Office
 * @{
 *
 * What an agency's operators decide about a provider record as a whole. The host authenticates the operators; their
 * name and reason are in the ledger.
 */
#ifndef NCTRACKS_OFFICE_H
#define NCTRACKS_OFFICE_H

#include <nctracks/access.h>
#include <nctracks/form.h>
#include <nctracks/portal.h>

#ifdef __cplusplus
extern "C" {
#endif

/**
 * @brief Terminates a provider record: all access to it ends, until it is reinstated (our policy: who, and what of the
 * PINs).
 *
 * One commit: from then on every question about access there is answered #NCT_E_TERMINATED, and nobody signs, grants or
 * administers. Grants stay as they are, but do not count: with the last one a person's PIN is suspended (S12).
 *
 * @param portal the portal
 * @param operator_name who at the agency does this, for the ledger
 * @param operator_name_len its length
 * @param id NPI or Atypical ID
 * @param id_len its length
 * @param reason why, a line of up to 100 characters, for the ledger
 * @param reason_len its length
 * @return #NCT_OK. Statuses in the order they are checked: #NCT_E_ARGUMENT; a status of the value range for operator,
 *     reason, id; #NCT_E_NOT_FOUND; #NCT_E_TERMINATED when it is done already; the common statuses.
 * @par Threads Any.
 */
NCT_API NCT_MUST_USE nct_status nct_provider_terminate(nct_portal *portal, const char *operator_name,
                                                       size_t operator_name_len, const char *id, size_t id_len,
                                                       const char *reason, size_t reason_len);

/**
 * @brief Puts the due date of a provider's re-verification off.
 *
 * One commit, with an entry in the ledger. Whoever was told the date before is told the new one, and reminded of it.
 * How far at a time is the rule "term.extension_days" (our policy). A suspended record is not extended, but reinstated.
 *
 * @param portal the portal
 * @param operator_name who at the agency does this, for the ledger
 * @param operator_name_len its length
 * @param id NPI or Atypical ID
 * @param id_len its length
 * @param date the new date, YYYY-MM-DD, in the portal's time zone
 * @param date_len its length
 * @param reason why, a line of up to 100 characters, for the ledger
 * @param reason_len its length
 * @return #NCT_OK. Statuses in the order they are checked: #NCT_E_ARGUMENT; a status of the value range for operator,
 *     reason, id; #NCT_E_FORMAT for what is no date; #NCT_E_NOT_FOUND; #NCT_E_TERMINATED; #NCT_E_ILLEGAL_MOVE for a
 *     suspended record and one without a calendar; #NCT_E_DATE for a date that is not later than the present one, too
 * far from it, or past; the common statuses.
 * @par Threads Any.
 */
NCT_API NCT_MUST_USE nct_status nct_reverification_extend(nct_portal *portal, const char *operator_name,
                                                          size_t operator_name_len, const char *id, size_t id_len,
                                                          const char *date, size_t date_len, const char *reason,
                                                          size_t reason_len);

/**
 * @brief Reinstates a terminated or suspended provider record: all access to it is in force again.
 *
 * One commit. The record is then registered, or enrolled where it never had an Office Administrator, and a new term of
 * re-verification begins, see due.h (our policy). A suspended record has its access; its suspension ends.
 *
 * @param portal the portal
 * @param operator_name who at the agency does this, for the ledger
 * @param operator_name_len its length
 * @param id NPI or Atypical ID
 * @param id_len its length
 * @param reason why, a line of up to 100 characters, for the ledger
 * @param reason_len its length
 * @return #NCT_OK. Statuses in the order they are checked: #NCT_E_ARGUMENT; a status of the value range for operator,
 *     reason, id; #NCT_E_NOT_FOUND; #NCT_E_ILLEGAL_MOVE for a record that is neither terminated nor suspended; the
 *     common statuses.
 * @par Threads Any.
 */
NCT_API NCT_MUST_USE nct_status nct_provider_reinstate(nct_portal *portal, const char *operator_name,
                                                       size_t operator_name_len, const char *id, size_t id_len,
                                                       const char *reason, size_t reason_len);

/**
 * @brief Moves a person to another NCID, when the one before is lost or in the wrong hands: the same person, with their
 * PIN, their history and all that hung on it (our policy; the public rule is only that a lost account gets a *new*
 * NCID).
 *
 * One commit, whatever belongs to the person: access, places and standings are theirs and stay. The NCID before is
 * permanently disabled: nobody signs, acts or is added under it, and nobody gets it again. A password the library
 * keeps ends with it. The person is notified at the address on file. Receipts and the ledger stay as they are and are
 * found under both names. A new NCID that a provider's record names already is taken for this person's, and what it
 * says there is united with what it says of them, as nct_person_merge() does.
 *
 * @param portal the portal
 * @param operator_name who at the agency does this, for the ledger
 * @param operator_name_len its length
 * @param ncid the NCID before
 * @param ncid_len its length
 * @param new_ncid the NCID from now on
 * @param new_ncid_len its length
 * @param reason why, a line of up to 100 characters, for the ledger
 * @param reason_len its length
 * @return #NCT_OK. Statuses in the order they are checked: #NCT_E_ARGUMENT; a status of the value range for operator,
 *     reason, ncid, new_ncid; #NCT_E_UNKNOWN_PERSON; #NCT_E_NCID_TAKEN when the new one belongs or belonged to somebody
 *     else; #NCT_E_LIMIT when it stands on more than 1,000 records; the common statuses.
 * @par Threads Any.
 */
NCT_API NCT_MUST_USE nct_status nct_person_rekey(nct_portal *portal, const char *operator_name,
                                                 size_t operator_name_len, const char *ncid, size_t ncid_len,
                                                 const char *new_ncid, size_t new_ncid_len, const char *reason,
                                                 size_t reason_len);

/**
 * @brief Merges a duplicate into the person it turned out to be: one human being who got two NCIDs (our policy; the
 * public rule is only that an NCID is one person's).
 *
 * The first commit makes the duplicate's NCID unusable for good, as nct_person_rekey() does the one before: nobody
 * signs, acts or is added under it again, and nobody gets it anew. Its PIN, a password the library keeps and a request
 * for other contact data end. Both are notified at their addresses on file. The survivor keeps NCID, PIN, password,
 * name and contact data. In the same commit everything under the duplicate becomes the survivor's: where only one had
 * access it is the survivor's now; where both had it, the survivor's stays and the duplicate's ends, but a place as OA
 * always moves, and one as backup OA unless the survivor is the OA there. Standings on the record are united, never for
 * longer than either said. What the duplicate gave, drafted, asked for or proposed was the survivor's doing from then
 * on; a proposal about the duplicate ends. Receipts stay as they are, verify as before, and
 * nct_signature_list_by_signer() finds those of both under either NCID when the call has ended; the survivor may
 * repudiate them. The two streams of the ledger stay two, each with an entry that names the other NCID.
 *
 * @param portal the portal
 * @param operator_name who at the agency does this, for the ledger
 * @param operator_name_len its length
 * @param duplicate the NCID that ends
 * @param duplicate_len its length
 * @param survivor the NCID that stays
 * @param survivor_len its length
 * @param reason why, a line of up to 100 characters, for the ledger
 * @param reason_len its length
 * @return #NCT_OK. Statuses in the order they are checked: #NCT_E_ARGUMENT; a status of the value range for operator,
 *     reason, duplicate, survivor; #NCT_E_DUPLICATE for the same NCID twice; #NCT_E_UNKNOWN_PERSON for an NCID of
 *     nobody, or one that was left before; #NCT_E_LIMIT for a duplicate with access to more than 1,000 providers; the
 *     common statuses. When the list of receipts broke off, call again, it goes on; doing it twice changes nothing.
 * @par Threads Any.
 */
NCT_API NCT_MUST_USE nct_status nct_person_merge(nct_portal *portal, const char *operator_name,
                                                 size_t operator_name_len, const char *duplicate, size_t duplicate_len,
                                                 const char *survivor, size_t survivor_len, const char *reason,
                                                 size_t reason_len);

enum {
    NCT_REQUEST_PENDING = 1,   /**< It waits to be settled. */
    NCT_REQUEST_EFFECTIVE = 2, /**< It was carried out. */
    NCT_REQUEST_REFUSED = 3,   /**< The agency refused it. */
    NCT_REQUEST_WITHDRAWN = 4, /**< Whoever asked, or another administrator, took it back. */
    NCT_REQUEST_LAPSED = 5,    /**< Nobody settled it in time. */
    NCT_REQUEST_VOID = 6       /**< What it rested on is gone: the code was renewed, the OA changed. */
};

/**
 * @brief The name of a request's state: "pending", "effective", "refused", "withdrawn", "lapsed", "void".
 *
 * @param state one of the constants
 * @return a constant string; NULL for an unknown state.
 */
NCT_API const char *nct_request_state_name(int32_t state);

/** The last OA change that was asked for at a provider, as it was read. Immutable; any thread. */
typedef struct nct_oa_request nct_oa_request;

/**
 * @brief Asks for another Office Administrator of a registered, suspended or terminated provider, with the new OA's
 * NCID and password and the provider's authorization code.
 *
 * Under profile 2013 the change is effective at once; under the later ones it waits for nct_oa_change_approve(), and
 * existing OA, new OA, provider, officers and backup OA are notified at submission and at approval (public since 30
 * January 2022). What it does is said at nct_oa_change_approve().
 *
 * With the field "request.role" a Backup OA is asked for (2026): a Managing Relationship user on the record, one a
 * record, which the agency approves in every profile. The same statuses, and #NCT_E_ROLE_BUILDS_ON,
 * #NCT_E_NOT_ON_RECORD or #NCT_E_ROLE_TAKEN where the person does not meet the role's conditions.
 *
 * A person the portal knows keeps the name and address on file; somebody new, whom the identity service knows, has to
 * be described. Where the library keeps passwords, the new OA must be known and have one.
 *
 * @param form the form, of #NCT_FORM_OA_CHANGE; may be submitted again after a failure; forgets the password
 * @param[out] state #NCT_REQUEST_PENDING or #NCT_REQUEST_EFFECTIVE; untouched on failure; may be NULL
 * @param[out] problems as nct_form_validate(); after #NCT_OK notes as nct_registration_submit(); may be NULL
 * @return #NCT_OK. Statuses in the order they are checked: #NCT_E_ARGUMENT; #NCT_E_PROBLEMS of the fields;
 *     #NCT_E_DENIED for an unknown NCID, a wrong password, an unknown provider and a wrong code alike, with the same
 *     calls of the callbacks; #NCT_E_BUSY while the record is being terminated or reinstated; #NCT_E_NOT_REGISTERED
 *     when the record has no OA: complete the CEP registration instead; #NCT_E_ALREADY_GRANTED when the person is the
 *     OA; #NCT_E_PROBLEMS for a relationship the profile does not allow (S2) and for somebody new who is not described;
 *     #NCT_E_PENDING when another OA change waits; the common statuses. Refusals have their entry in the ledger.
 * @par Threads One at a time for one form.
 */
NCT_API NCT_MUST_USE nct_status nct_oa_change_submit(nct_form *form, int32_t *state, nct_problems **problems);

/**
 * @brief Approves the OA change that waits, and carries it out in one commit.
 *
 * The new OA has the role in place of whatever they had there, and a PIN if they had none (S16). The old OA loses all
 * access there. Reviews and periods of signing of both end, and so does an EFT change that waits. The authorization
 * code is spent: for the next OA change the agency makes a new one with nct_provider_renew_code(). What the old OA
 * granted stays, and is listed by nct_oa_change_list_to_review(). At a terminated provider the new OA's grant is held
 * back as all are. A backup OA stays who they are.
 *
 * Where the request is for a Backup OA, that person has this role in place of the one before, the OA stays, and the
 * code is spent; approving it, the agency says that there is no adverse finding. One who no longer meets the conditions
 * of the role (#NCT_E_ROLE_BUILDS_ON, #NCT_E_NOT_ON_RECORD, #NCT_E_ROLE_TAKEN) ends the request.
 *
 * @param portal the portal
 * @param operator_name who at the agency does this, for the ledger
 * @param operator_name_len its length
 * @param provider NPI or Atypical ID
 * @param provider_len its length
 * @param reason why, a line of up to 100 characters, for the ledger
 * @param reason_len its length
 * @return #NCT_OK. Statuses in the order they are checked: #NCT_E_ARGUMENT; a status of the value range for operator,
 *     reason, provider; #NCT_E_NOT_FOUND for an unknown provider and when nothing waits; #NCT_E_SECOND_PERSON when the
 *     operator uses the new OA's NCID; #NCT_E_LAPSED when nobody settled it in time (30 days in every profile); then
 *     #NCT_E_PROVIDER_OR_CODE when the code was renewed since; #NCT_E_LAPSED when the OA it was to follow is gone;
 *     #NCT_E_BUSY while the record is being terminated or reinstated; #NCT_E_NCID_TAKEN when the new OA no longer goes
 *     by the NCID of the request; the common statuses. With #NCT_E_LAPSED and #NCT_E_PROVIDER_OR_CODE the request has
 *     ended.
 * @par Threads Any.
 */
NCT_API NCT_MUST_USE nct_status nct_oa_change_approve(nct_portal *portal, const char *operator_name,
                                                      size_t operator_name_len, const char *provider,
                                                      size_t provider_len, const char *reason, size_t reason_len);

/**
 * @brief Denies the OA change that waits.
 *
 * The code is not spent: renew it if it may be in the wrong hands.
 *
 * @param portal the portal
 * @param operator_name who at the agency does this, for the ledger
 * @param operator_name_len its length
 * @param provider NPI or Atypical ID
 * @param provider_len its length
 * @param reason why, a line of up to 100 characters, for the ledger
 * @param reason_len its length
 * @return #NCT_OK, also for one that lapsed; #NCT_E_ARGUMENT; a status of the value range; #NCT_E_NOT_FOUND; the common
 *     statuses.
 * @par Threads Any.
 */
NCT_API NCT_MUST_USE nct_status nct_oa_change_deny(nct_portal *portal, const char *operator_name,
                                                   size_t operator_name_len, const char *provider, size_t provider_len,
                                                   const char *reason, size_t reason_len);

/**
 * @brief Reads the last OA change that was asked for at a provider.
 *
 * @param portal the portal
 * @param provider NPI or Atypical ID
 * @param provider_len its length
 * @param[out] out receives it; NULL on failure. Free with nct_oa_request_free().
 * @return #NCT_OK; #NCT_E_NOT_FOUND when there never was one; a status of the value range; the common statuses.
 * @par Threads Any.
 */
NCT_API NCT_MUST_USE nct_status nct_oa_request_get(nct_portal *portal, const char *provider, size_t provider_len,
                                                   nct_oa_request **out);

/**
 * @brief Frees it.
 *
 * @param request may be NULL
 */
NCT_API void nct_oa_request_free(nct_oa_request *request);

/**
 * @brief One of the NCT_REQUEST constants.
 *
 * @param request the request
 * @return its state at the time of reading.
 */
NCT_API int32_t nct_oa_request_state(const nct_oa_request *request);

/**
 * @brief Which place is asked for.
 *
 * @param request the request
 * @return #NCT_ROLE_OFFICE_ADMINISTRATOR or #NCT_ROLE_BACKUP_OFFICE_ADMINISTRATOR; #NCT_ROLE_NONE for NULL.
 */
NCT_API int32_t nct_oa_request_role(const nct_oa_request *request);

/**
 * @brief Who is to be, or became, the OA or the backup OA.
 *
 * @param request the request
 * @return a string as long-lived as it.
 */
NCT_API const char *nct_oa_request_ncid(const nct_oa_request *request);

/**
 * @brief Who was the OA when it was asked for.
 *
 * @param request the request
 * @return a string as long-lived as it.
 */
NCT_API const char *nct_oa_request_previous_ncid(const nct_oa_request *request);

/**
 * @brief When it was asked for.
 *
 * @param request the request
 * @return milliseconds UTC.
 */
NCT_API int64_t nct_oa_request_requested_at(const nct_oa_request *request);

/**
 * @brief From when on it cannot be approved any longer.
 *
 * @param request the request
 * @return milliseconds UTC.
 */
NCT_API int64_t nct_oa_request_lapses_at(const nct_oa_request *request);

/**
 * @brief When it was settled.
 *
 * @param request the request
 * @return milliseconds UTC; 0 while it waits.
 */
NCT_API int64_t nct_oa_request_settled_at(const nct_oa_request *request);

/**
 * @brief Lists the grants at a provider that a former OA gave and nobody has renewed since: whoever administers there
 * should look at them.
 *
 * A grant leaves the list when it is given again, certified or revoked; one they gave after that time is not on it, but
 * for the very millisecond in which it ended.
 *
 * @param portal the portal
 * @param provider NPI or Atypical ID
 * @param provider_len its length
 * @param after nct_grant_list_cursor() of the page before; NULL for the first page
 * @param after_len its length
 * @param limit 1 to 1,000
 * @param[out] out receives the page; NULL on failure. Free with nct_grant_list_free().
 * @return #NCT_OK; a status of the value range; the common statuses.
 * @par Threads Any.
 */
NCT_API NCT_MUST_USE nct_status nct_oa_change_list_to_review(nct_portal *portal, const char *provider,
                                                             size_t provider_len, const char *after, size_t after_len,
                                                             size_t limit, nct_grant_list **out);

#ifdef __cplusplus
}
#endif
/** @} */
#endif
