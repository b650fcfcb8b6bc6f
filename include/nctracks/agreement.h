/**
 * @file agreement.h
 * @brief The signature agreement: what everybody accepts before they sign for the first time (40 CFR 3.2000, CROMERR).
 * @defgroup agreement Signature agreement
 * @{
 *
 * The rules `agreement.version` and `agreement.digest` of the policy name the agreement that is asked; the text is the
 * host's, and the digest is BLAKE2b-256 of its bytes (`b2sum -l 256`). Both are empty in the dated profiles: the seeds
 * ask for none. Where they are set, nct_sign() refuses with #NCT_E_AGREEMENT until the signer has accepted that version
 * of that text, with NCID, password and PIN. Another version or another text asks everybody again. Every receipt names
 * the agreement its signer had accepted.
 *
 * It belongs to the person, for every provider, as the PIN does; it stays through a new NCID. Of two NCIDs that are
 * merged, that of the survivor holds.
 */
#ifndef NCTRACKS_AGREEMENT_H
#define NCTRACKS_AGREEMENT_H

#include <nctracks/form.h>
#include <nctracks/portal.h>

#ifdef __cplusplus
extern "C" {
#endif

/** What is asked of a person, and what they accepted. Immutable; any thread. */
typedef struct nct_agreement nct_agreement;

/**
 * @brief Accepts the signature agreement that is asked. Accepting it again changes nothing.
 *
 * The person is notified (`agreement.accepted`), in their messages too; the ledger keeps version and digest.
 *
 * @param form the form, of #NCT_FORM_AGREEMENT, with the version and the bytes that were shown; password and PIN are
 *     wiped. May be submitted again after a failure
 * @param[out] problems as nct_form_validate(), and #NCT_E_DOCUMENT at "agreement.version" or "agreement.text" for what
 *     is not the one asked; may be NULL. Free with nct_problems_free()
 * @return #NCT_OK; #NCT_E_ARGUMENT, also for a form of another kind; #NCT_E_PROBLEMS; #NCT_E_STATE when none is asked;
 *     #NCT_E_BUSY while another try under this NCID is being made; #NCT_E_DENIED for a wrong NCID, password or PIN,
 *     whatever was wrong; the common statuses.
 * @par Threads Any, one at a time for one form. Derives keys.
 */
NCT_API NCT_MUST_USE nct_status nct_agreement_accept(nct_form *form, nct_problems **problems);

/**
 * @brief Reads which agreement is asked, and what a person accepted.
 *
 * @param portal the portal
 * @param ncid who
 * @param ncid_len its length
 * @param[out] out receives it; NULL on failure. Free with nct_agreement_free().
 * @return #NCT_OK, also when none is asked; #NCT_E_UNKNOWN_PERSON; a status of the value range; the common statuses.
 * @par Threads Any.
 */
NCT_API NCT_MUST_USE nct_status nct_agreement_get(nct_portal *portal, const char *ncid, size_t ncid_len,
                                                  nct_agreement **out);

/**
 * @brief Frees it.
 *
 * @param agreement may be NULL
 */
NCT_API void nct_agreement_free(nct_agreement *agreement);

/**
 * @brief Whether no agreement keeps the person from signing: they accepted the one that is asked, or none is.
 *
 * @param agreement the agreement
 * @return 1 or 0; 0 for NULL.
 */
NCT_API int32_t nct_agreement_is_accepted(const nct_agreement *agreement);

/**
 * @brief The version the policy asks for.
 *
 * @param agreement the agreement
 * @return a string as long-lived as it; empty when none is asked.
 */
NCT_API const char *nct_agreement_version(const nct_agreement *agreement);

/**
 * @brief BLAKE2b-256 of the text the policy asks for, in hexadecimal.
 *
 * @param agreement the agreement
 * @return a string as long-lived as it; empty when none is asked.
 */
NCT_API const char *nct_agreement_digest(const nct_agreement *agreement);

/**
 * @brief The version the person accepted last, also one that is asked no more.
 *
 * @param agreement the agreement
 * @return a string as long-lived as it; empty if they accepted none.
 */
NCT_API const char *nct_agreement_accepted_version(const nct_agreement *agreement);

/**
 * @brief BLAKE2b-256 of the text the person accepted last, in hexadecimal.
 *
 * @param agreement the agreement
 * @return a string as long-lived as it; empty if they accepted none.
 */
NCT_API const char *nct_agreement_accepted_digest(const nct_agreement *agreement);

/**
 * @brief When they accepted it.
 *
 * @param agreement the agreement
 * @return ms UTC; 0 if they accepted none.
 */
NCT_API int64_t nct_agreement_accepted_at(const nct_agreement *agreement);

#ifdef __cplusplus
}
#endif
/** @} */
#endif
