/**
 * @file receipt.h
 * @brief Evidence that stands without the portal: receipts anybody can verify.
 * @defgroup receipt Receipts
 * @{
 *
 * Every signature yields a receipt: a COSE_Sign1 object (RFC 9052, EdDSA with Ed25519) over claims in deterministic
 * CBOR (RFC 8949, 4.2), described in `doc/receipt.cddl`. Whoever has the receipt, the portal's public keys and the
 * document can verify it years later with this library or any COSE library, without the portal.
 */
#ifndef NCTRACKS_RECEIPT_H
#define NCTRACKS_RECEIPT_H

#include <nctracks/sign.h>

#ifdef __cplusplus
extern "C" {
#endif

/**
 * @brief The portal's public keys, as a COSE_KeySet (RFC 9052, section 7).
 *
 * Publish it: it holds no secret. It has every key the portal announced, retired ones too, the newest first, and says
 * of a compromised one from when on, see key.h.
 *
 * @param portal the portal
 * @param[out] out receives the bytes
 * @param capacity bytes at @p out
 * @param[out] out_len receives the length, also with #NCT_E_BUFFER
 * @return #NCT_OK; #NCT_E_BUFFER; the common statuses.
 * @par Threads Any.
 */
NCT_API NCT_MUST_USE nct_status nct_portal_key_set(nct_portal *portal, void *out, size_t capacity, size_t *out_len);

/**
 * @brief The receipt of a signature.
 *
 * @param signature the signature
 * @param[out] receipt_len its length
 * @return the bytes, as long-lived as the signature; NULL for NULL.
 */
NCT_API const void *nct_signature_receipt(const nct_signature *signature, size_t *receipt_len);

/**
 * @brief What the ledger holds of a receipt (key 8 of an entry, `doc/ledger.cddl`): the BLAKE2b-256 digest of its
 * bytes.
 *
 * @param signature the signature
 * @return #NCT_DIGEST_BYTES bytes, as long-lived as the signature; NULL for NULL.
 */
NCT_API const void *nct_signature_receipt_digest(const nct_signature *signature);

/**
 * @brief Verifies a receipt offline.
 *
 * @param receipt its bytes
 * @param receipt_len their number
 * @param key_set the portal's public keys, from a source you trust
 * @param key_set_len its length
 * @param document the document as it was signed; NULL: the receipt alone is verified
 * @param document_len its length
 * @param[out] out receives what the receipt says, only if it is right; NULL on failure; may be NULL. Free with
 *     nct_signature_free().
 * @return #NCT_OK; #NCT_E_ENCODING: not a receipt, or not in the one encoding it can have; #NCT_E_UNSUPPORTED: another
 *     algorithm, kind of evidence or version; #NCT_E_UNKNOWN_KEY; #NCT_E_SIGNATURE: forged, or changed since;
 *     #NCT_E_KEY_COMPROMISED: signed at or after the point from which the key is declared compromised; #NCT_E_DOCUMENT:
 *     the receipt is right, the document is another; #NCT_E_NO_MEMORY; #NCT_E_ARGUMENT; #NCT_E_CRYPTO.
 * @par Threads Any. Needs no portal.
 */
NCT_API NCT_MUST_USE nct_status nct_receipt_verify(const void *receipt, size_t receipt_len, const void *key_set,
                                                   size_t key_set_len, const void *document, size_t document_len,
                                                   nct_signature **out);

/**
 * @brief Renders a signature for a person (21 CFR 11.50): printed name, date, time, meaning, document; plain text,
 * lines ended by LF.
 *
 * @param signature the signature
 * @param[out] out receives the text and a terminating NUL
 * @param capacity bytes at @p out
 * @param[out] out_len receives the length without the NUL, also with #NCT_E_BUFFER; may be NULL
 * @return #NCT_OK; #NCT_E_BUFFER; #NCT_E_ARGUMENT.
 */
NCT_API NCT_MUST_USE nct_status nct_signature_render(const nct_signature *signature, char *out, size_t capacity,
                                                     size_t *out_len);

/**
 * @brief Declares that a signature is not, or no longer, one's own.
 *
 * The receipt stays, with the declaration beside it; both verify.
 *
 * @param portal the portal
 * @param by the signer
 * @param by_len its length
 * @param provider NPI or Atypical ID of the signature
 * @param provider_len its length
 * @param id #NCT_SIGNATURE_ID_LENGTH hexadecimal digits
 * @param id_len their number
 * @param password theirs; the PIN is not asked for, because it may be what was lost
 * @param password_len its length
 * @param reason why, one line of up to 100 characters
 * @param reason_len its length
 * @return #NCT_OK; #NCT_E_DENIED, see nct_pin_reset(); #NCT_E_NOT_FOUND, also for somebody else's signature;
 *     #NCT_E_REPUDIATED when it was already; #NCT_E_NOT_ANNOUNCED or #NCT_E_KEY_COMPROMISED when the portal's key signs
 *     nothing; a status of the value range; the common statuses.
 * @par Threads Any. Costs one key derivation.
 */
NCT_API NCT_MUST_USE nct_status nct_signature_repudiate(nct_portal *portal, const char *by, size_t by_len,
                                                        const char *provider, size_t provider_len, const char *id,
                                                        size_t id_len, const char *password, size_t password_len,
                                                        const char *reason, size_t reason_len);

/**
 * @brief Reads the declaration that repudiates a signature, a COSE_Sign1 object described in `doc/receipt.cddl`.
 *
 * @param portal the portal
 * @param provider NPI or Atypical ID of the signature
 * @param provider_len its length
 * @param id #NCT_SIGNATURE_ID_LENGTH hexadecimal digits
 * @param id_len their number
 * @param[out] out receives the bytes
 * @param capacity bytes at @p out
 * @param[out] out_len receives the length, also with #NCT_E_BUFFER
 * @return #NCT_OK; #NCT_E_NOT_FOUND when it was not repudiated; #NCT_E_BUFFER; a status of the value range; the common
 *     statuses.
 */
NCT_API NCT_MUST_USE nct_status nct_signature_repudiation(nct_portal *portal, const char *provider, size_t provider_len,
                                                          const char *id, size_t id_len, void *out, size_t capacity,
                                                          size_t *out_len);

/**
 * @brief Verifies offline that a declaration repudiates a receipt.
 *
 * @param declaration its bytes
 * @param declaration_len their number
 * @param receipt the receipt
 * @param receipt_len its length
 * @param key_set the portal's public keys, from a source you trust
 * @param key_set_len its length
 * @param[out] declared_at when it was declared, milliseconds UTC; may be NULL
 * @return #NCT_OK: it does; #NCT_E_DOCUMENT: it is a right declaration, of another receipt; else as
 *     nct_receipt_verify() of the declaration.
 * @par Threads Any. Needs no portal.
 */
NCT_API NCT_MUST_USE nct_status nct_repudiation_verify(const void *declaration, size_t declaration_len,
                                                       const void *receipt, size_t receipt_len, const void *key_set,
                                                       size_t key_set_len, int64_t *declared_at);

#ifdef __cplusplus
}
#endif
/** @} */
#endif
