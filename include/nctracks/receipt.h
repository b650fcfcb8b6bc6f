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
 * @brief The portal's public keys, as a COSE_KeySet (RFC 9052, section 7). Publish it: it holds no secret.
 * @param portal the portal
 * @param[out] out receives the bytes
 * @param capacity bytes at @p out
 * @param[out] out_len receives the length, also with #NCT_E_BUFFER
 * @return #NCT_OK; #NCT_E_BUFFER; #NCT_E_NO_MEMORY; #NCT_E_ARGUMENT.
 * @par Threads Any.
 */
NCT_API nct_status nct_portal_key_set(nct_portal *portal, void *out, size_t capacity, size_t *out_len);

/** @brief The receipt of a signature. @param signature the signature @param[out] len its length
 *  @return the bytes, as long-lived as the signature; NULL for NULL. */
NCT_API const void *nct_signature_receipt(const nct_signature *signature, size_t *len);

/**
 * @brief Verifies a receipt offline.
 * @param receipt its bytes
 * @param receipt_len their number
 * @param key_set the portal's public keys, from a source you trust
 * @param key_set_len its length
 * @param document the document as it was signed; NULL: the receipt alone is verified
 * @param document_len its length
 * @param[out] out receives what the receipt says, only if it is right; NULL on failure; may be NULL. Free with
 * nct_signature_free().
 * @return #NCT_OK; #NCT_E_ENCODING: not a receipt, or not in the one encoding it can have; #NCT_E_UNSUPPORTED: another
 * algorithm, kind of evidence or version; #NCT_E_UNKNOWN_KEY; #NCT_E_SIGNATURE: forged, or changed since;
 * #NCT_E_DOCUMENT: the receipt is right, the document is another; #NCT_E_NO_MEMORY; #NCT_E_ARGUMENT; #NCT_E_CRYPTO.
 * @par Threads Any. Needs no portal.
 */
NCT_API nct_status nct_receipt_verify(const void *receipt, size_t receipt_len, const void *key_set, size_t key_set_len,
                                      const void *document, size_t document_len, nct_signature **out);

/**
 * @brief Renders a signature for a person (21 CFR 11.50): printed name, date, time, meaning, document; plain text,
 * lines ended by LF.
 * @param signature the signature
 * @param[out] out receives the text and a terminating NUL
 * @param capacity bytes at @p out
 * @param[out] out_len receives the length without the NUL, also with #NCT_E_BUFFER; may be NULL
 * @return #NCT_OK; #NCT_E_BUFFER; #NCT_E_ARGUMENT.
 */
NCT_API nct_status nct_signature_render(const nct_signature *signature, char *out, size_t capacity, size_t *out_len);

#ifdef __cplusplus
}
#endif
/** @} */
#endif
