/**
 * @file sign.h
 * @brief Electronic signatures: NCID + password + PIN over a document.
 * @defgroup sign Signatures
 * @{
 *
 * A signature is the combination of NCID, password and PIN (S10). It is needed for enrollment and
 * recredentialing applications, FL2 and both kinds of Prior Approval (S9), and for the kinds that later rules added. A
 * PIN is not a permission: what may be submitted is governed by the signer's access at that moment (S14).
 *
 * All three components are checked in constant time before anything is said; an unknown NCID, a wrong password, a
 * wrong, disabled or suspended PIN are one refusal (#NCT_E_DENIED). Only somebody whose components are all right learns
 * that they lack authority.
 *
 * A signature covers the document's digest, kind, id and version, the provider, the signer (person, NCID, printed name,
 * role), the meaning, the attestation, the policy profile, the time and a nonce (21 CFR 11.50, 11.70).
 */
#ifndef NCTRACKS_SIGN_H
#define NCTRACKS_SIGN_H

#include <nctracks/form.h>
#include <nctracks/portal.h>

#ifdef __cplusplus
extern "C" {
#endif

enum {
    NCT_SIGNATURE_ID_LENGTH = 32, /**< A signature's id: lower-case hexadecimal. */
    NCT_REVIEW_TOKEN_LENGTH = 32, /**< A review token: lower-case hexadecimal. */
    NCT_DIGEST_BYTES = 32         /**< A document's digest: BLAKE2b-256. */
};

/** One signature as it was made or read. Immutable; any thread. */
typedef struct nct_signature nct_signature;

/** A page of signatures. Immutable; any thread. */
typedef struct nct_signature_list nct_signature_list;

/**
 * @brief Makes a token for what the signer was shown: exactly this document, kind, version, provider and attestation.
 *
 * Set every field but the secrets, show the signer the document and the attestation, call this, and set the token as
 * `review.token` when the signer has given password and PIN. A token signs once, for its signer alone, within
 * #NCT_OPTION_REVIEW_TIME; a newer review of the same document id and version replaces it.
 *
 * @param form the form, of #NCT_FORM_SIGNING
 * @param[out] token receives #NCT_REVIEW_TOKEN_LENGTH hexadecimal digits and a terminating NUL
 * @param capacity bytes at @p token
 * @param[out] problems the problems of the fields, NULL where there is none; may be NULL. Free with nct_problems_free()
 * @return #NCT_OK; #NCT_E_PROBLEMS; #NCT_E_UNKNOWN_PERSON; #NCT_E_BUFFER; the common statuses.
 */
NCT_API NCT_MUST_USE nct_status nct_signing_review(nct_form *form, char *token, size_t capacity,
                                                   nct_problems **problems);

/**
 * @brief Signs (S9, S10, S14).
 *
 * The password and the PIN are wiped from the signing, whatever the answer.
 *
 * A try is counted and committed before the key derivation it pays for: first the password's, then, behind a right
 * password only, the PIN's. So however many guesses run at once, no more derivations happen against one PIN than its
 * limit allows, and wrong passwords never use its tries up.
 *
 * @param form the form, of #NCT_FORM_SIGNING; set password and PIN again to sign again
 * @param[out] problems the problems of the fields, NULL where there is none; may be NULL. Free with nct_problems_free()
 * @param[out] out receives the signature; NULL on failure. Free with nct_signature_free().
 * @return #NCT_OK; #NCT_E_PROBLEMS; #NCT_E_DENIED; after the components were right, why the signer may not:
 *     #NCT_E_NOT_PROVISIONED, #NCT_E_NOT_REGISTERED, #NCT_E_RIGHT_MISSING, #NCT_E_NO_AUTHORITY, #NCT_E_EXPIRED,
 *     #NCT_E_NOT_YET_VALID, #NCT_E_TERMINATED, #NCT_E_NOT_ON_RECORD; with `application.id` #NCT_E_NOT_FOUND,
 *     #NCT_E_DOCUMENT when kind or document are not the application's, #NCT_E_ILLEGAL_MOVE when it is neither a draft
 *     nor sent back, #NCT_E_DATE when the physician's date of an FL2 is in the future or too long ago (30 calendar days
 *     before the day of submission, UTC); #NCT_E_REVIEW and #NCT_E_REPEATED, see `review.token` and `idempotency.key`;
 *     #NCT_E_NOT_ANNOUNCED or #NCT_E_KEY_COMPROMISED when the portal's key signs nothing, see key.h; the common
 *     statuses; #NCT_E_IDENTITY or a host's code. With an idempotency key that made a signature of the same content,
 *     #NCT_OK and that signature.
 * @par Threads One at a time for one signing; any number of signings at once. Costs two key derivations.
 */
NCT_API NCT_MUST_USE nct_status nct_sign(nct_form *form, nct_problems **problems, nct_signature **out);

/**
 * @brief The token of the period of signing that a signature began (21 CFR 11.200(a)(1)(i)).
 *
 * Where the policy offers periods (#NCT_OPTION_PERIOD), a signature with all components begins one: until it ends, the
 * same person may sign with this token as `signer.period` in place of the password; the PIN is always asked for. It
 * ends when it was unused for #NCT_OPTION_PERIOD_IDLE, after #NCT_OPTION_PERIOD_LONGEST, with the next one, and with
 * any change of the person's password, PIN or access. Keep the token as you keep a session.
 *
 * @param signature as nct_sign() returned it
 * @return a string as long-lived as the signature; empty when none was begun or the signature was read.
 */
NCT_API const char *nct_signature_period(const nct_signature *signature);

/**
 * @brief Reads a signature.
 *
 * @param portal the portal
 * @param provider NPI or Atypical ID
 * @param provider_len its length
 * @param id #NCT_SIGNATURE_ID_LENGTH hexadecimal digits
 * @param id_len their number
 * @param[out] out receives it; NULL on failure. Free with nct_signature_free().
 * @return #NCT_OK; #NCT_E_NOT_FOUND; a status of the value range; the common statuses.
 */
NCT_API NCT_MUST_USE nct_status nct_signature_get(nct_portal *portal, const char *provider, size_t provider_len,
                                                  const char *id, size_t id_len, nct_signature **out);

/**
 * @brief Whether a document is the one that was signed.
 *
 * @param signature the signature
 * @param document the bytes
 * @param document_len how many
 * @return 1; 0 when it is another or was changed, and for a NULL pointer.
 */
NCT_API int32_t nct_signature_matches(const nct_signature *signature, const void *document, size_t document_len);

/**
 * @brief Frees a signature.
 *
 * @param signature may be NULL; not one of a list
 */
NCT_API void nct_signature_free(nct_signature *signature);

/**
 * @brief Id of a signature.
 *
 * @param signature the signature
 * @return a string as long-lived as the signature.
 */
NCT_API const char *nct_signature_id(const nct_signature *signature);

/**
 * @brief Provider id.
 *
 * @param signature the signature
 * @return a string as long-lived as the signature.
 */
NCT_API const char *nct_signature_provider(const nct_signature *signature);

/**
 * @brief NCID of the signer.
 *
 * @param signature the signature
 * @return a string as long-lived as the signature.
 */
NCT_API const char *nct_signature_ncid(const nct_signature *signature);

/**
 * @brief Printed name of the signer (21 CFR 11.50).
 *
 * @param signature the signature
 * @return a string as long-lived as it.
 */
NCT_API const char *nct_signature_signer_name(const nct_signature *signature);

/**
 * @brief Role under which it was made, such as "user".
 *
 * @param signature the signature
 * @return a string as long-lived as the signature.
 */
NCT_API const char *nct_signature_role(const nct_signature *signature);

/**
 * @brief Right or authority under which it was made, such as "pa.submit".
 *
 * @param signature the signature
 * @return a string as long-lived as the signature.
 */
NCT_API const char *nct_signature_right(const nct_signature *signature);

/**
 * @brief Kind of submission, such as "pharmacy_pa".
 *
 * @param signature the signature
 * @return a string as long-lived as the signature.
 */
NCT_API const char *nct_signature_submission(const nct_signature *signature);

/**
 * @brief What the signature means, a sentence.
 *
 * @param signature the signature
 * @return a string as long-lived as it.
 */
NCT_API const char *nct_signature_meaning(const nct_signature *signature);

/**
 * @brief Id of the document.
 *
 * @param signature the signature
 * @return a string as long-lived as the signature.
 */
NCT_API const char *nct_signature_document_id(const nct_signature *signature);

/**
 * @brief Version of the document.
 *
 * @param signature the signature
 * @return a string as long-lived as the signature.
 */
NCT_API const char *nct_signature_document_version(const nct_signature *signature);

/**
 * @brief Digest of the document, #NCT_DIGEST_BYTES bytes.
 *
 * @param signature the signature
 * @return as long-lived as it.
 */
NCT_API const void *nct_signature_document_digest(const nct_signature *signature);

/**
 * @brief Version of the attestation agreed to.
 *
 * @param signature the signature
 * @return a string as long-lived as it.
 */
NCT_API const char *nct_signature_attestation_version(const nct_signature *signature);

/**
 * @brief Policy profile it was made under.
 *
 * @param signature the signature
 * @return a string as long-lived as it.
 */
NCT_API const char *nct_signature_profile(const nct_signature *signature);

/**
 * @brief At which level the host authenticated the signer, as it stated in `authentication.level`.
 *
 * @param signature the signature
 * @return "aal1", "aal2" or "aal3", as long-lived as it; empty if nothing was stated.
 */
NCT_API const char *nct_signature_authentication_level(const nct_signature *signature);

/**
 * @brief By which methods, as it stated in `authentication.methods`.
 *
 * @param signature the signature
 * @return a string as long-lived as it; may be empty.
 */
NCT_API const char *nct_signature_authentication_methods(const nct_signature *signature);

/**
 * @brief When, as it stated in `authentication.time`.
 *
 * @param signature the signature
 * @return milliseconds UTC; 0 if nothing was stated.
 */
NCT_API int64_t nct_signature_authenticated_at(const nct_signature *signature);

/**
 * @brief Version of the signature agreement the signer had accepted, see agreement.h.
 *
 * @param signature the signature
 * @return a string as long-lived as it; empty where none was asked.
 */
NCT_API const char *nct_signature_agreement_version(const nct_signature *signature);

/**
 * @brief BLAKE2b-256 of its text.
 *
 * @param signature the signature
 * @return #NCT_DIGEST_BYTES bytes as long-lived as it, zeros where none was asked; NULL for NULL.
 */
NCT_API const void *nct_signature_agreement_digest(const nct_signature *signature);

/**
 * @brief When it was made.
 *
 * @param signature the signature
 * @return milliseconds UTC.
 */
NCT_API int64_t nct_signature_signed_at(const nct_signature *signature);

/**
 * @brief Lists a provider's signatures, oldest first.
 *
 * @param portal the portal
 * @param provider NPI or Atypical ID
 * @param provider_len its length
 * @param after nct_signature_list_cursor() of the page before; NULL for the first page
 * @param after_len its length
 * @param limit 1 to 1,000
 * @param[out] out receives the page; nct_signature_list_more() says whether it was the last; NULL on failure. Free with
 * nct_signature_list_free().
 * @return #NCT_OK; #NCT_E_PARTIAL, with a page, where damaged rows were left out (damage.h); a status of the value
 *     range; the common statuses.
 */
NCT_API NCT_MUST_USE nct_status nct_signature_list_by_provider(nct_portal *portal, const char *provider,
                                                               size_t provider_len, const char *after, size_t after_len,
                                                               size_t limit, nct_signature_list **out);

/**
 * @brief Lists a person's signatures, oldest first.
 *
 * @param portal the portal
 * @param ncid who
 * @param ncid_len its length
 * @param after nct_signature_list_cursor() of the page before; NULL for the first page
 * @param after_len its length
 * @param limit 1 to 1,000
 * @param[out] out as nct_signature_list_by_provider()
 * @return #NCT_OK; #NCT_E_UNKNOWN_PERSON; a status of the value range; the common statuses.
 */
NCT_API NCT_MUST_USE nct_status nct_signature_list_by_signer(nct_portal *portal, const char *ncid, size_t ncid_len,
                                                             const char *after, size_t after_len, size_t limit,
                                                             nct_signature_list **out);

/**
 * @brief Frees a page.
 *
 * @param list may be NULL
 */
NCT_API void nct_signature_list_free(nct_signature_list *list);

/**
 * @brief How many signatures a page has.
 *
 * @param list may be NULL
 * @return the count.
 */
NCT_API size_t nct_signature_list_count(const nct_signature_list *list);

/**
 * @brief Whether signatures may follow on another page.
 *
 * @param list the page; NULL is one without any
 * @return 1 or 0.
 */
NCT_API int32_t nct_signature_list_more(const nct_signature_list *list);

/**
 * @brief Where the next page begins.
 *
 * @param list the page
 * @return a cursor as long-lived as the page; empty where nothing was looked at; NULL for NULL.
 */
NCT_API const char *nct_signature_list_cursor(const nct_signature_list *list);

/**
 * @brief One signature of a page.
 *
 * @param list the page
 * @param index below the count
 * @return owned by the list; NULL past the end.
 */
NCT_API const nct_signature *nct_signature_list_at(const nct_signature_list *list, size_t index);

/**
 * @brief #NCT_SIGNATURE_ID_LENGTH as a function.
 *
 * @return bytes without the NUL.
 */
NCT_API size_t nct_signature_id_length(void);

/**
 * @brief #NCT_DIGEST_BYTES as a function.
 *
 * @return bytes.
 */
NCT_API size_t nct_digest_bytes(void);

#ifdef __cplusplus
}
#endif
/** @} */
#endif
