/* Receipts: verified, rendered. */
#include "ground/bytes.h"
#include "operations/signature.h"

#include <sodium.h>
#include <stdio.h>
#include <string.h>

const struct nct_evidence_kind nct_receipt_kind = {
    .content_type = NCT_RECEIPT_TYPE,
    .claims = &nct_claims_type,
    .time = offsetof(struct nct_claims, signed_at),
};

const void *nct_signature_receipt(const nct_signature *signature, size_t *len) {
    if (len != NULL)
        *len = signature != NULL ? signature->record.receipt.len : 0;
    return signature != NULL ? signature->record.receipt.bytes : NULL;
}

/* Fills a handle from a receipt that was verified. */
static nct_status keep_receipt(nct_signature *signature, const void *receipt, size_t len) {
    struct nct_signature_record record;
    if (len > sizeof record.receipt.bytes)
        return NCT_E_UNSUPPORTED;
    record.receipt.len = (uint32_t)len;
    memcpy(record.receipt.bytes, receipt, len);
    nct_status status = nct_signature_open(signature, &record);
    return status != NCT_OK || signature->claims.version != NCT_RECEIPT_VERSION ? NCT_E_UNSUPPORTED : NCT_OK;
}

nct_status nct_receipt_verify(const void *receipt, size_t receipt_len, const void *key_set, size_t key_set_len,
                              const void *document, size_t document_len, nct_signature **out) {
    struct nct_memory memory;
    struct nct_claims claims;
    nct_signature *signature = NULL;
    if (out != NULL)
        *out = NULL;
    if (receipt == NULL || key_set == NULL || (document == NULL && document_len > 0))
        return NCT_E_ARGUMENT;
    if (sodium_init() < 0)
        return NCT_E_CRYPTO;
    nct_memory_set(&memory, NULL, NULL);
    nct_status status = nct_evidence_open(receipt, receipt_len, &nct_receipt_kind, key_set, key_set_len, &claims);
    if (status == NCT_OK && !nct_claims_complete(&nct_claims_type, &claims))
        status = NCT_E_UNSUPPORTED;
    if (status == NCT_OK)
        status = nct_signature_room(&memory, &signature);
    if (status == NCT_OK)
        status = keep_receipt(signature, receipt, receipt_len);
    if (status == NCT_OK && document != NULL)
        status = nct_signature_matches(signature, document, document_len);
    if (status == NCT_OK && out != NULL)
        *out = signature;
    else
        nct_signature_free(signature);
    return status;
}

nct_status nct_signature_render(const nct_signature *signature, char *out, size_t capacity, size_t *out_len) {
    char when[NCT_TIME_ROOM];
    char document[2 * NCT_HASH + 1];
    char attestation[2 * NCT_HASH + 1];
    if (signature == NULL || (out == NULL && capacity > 0))
        return NCT_E_ARGUMENT;
    const struct nct_claims *claims = &signature->claims;
    nct_time_text(when, claims->signed_at);
    nct_hex(document, claims->document_digest, NCT_HASH);
    nct_hex(attestation, claims->attestation_digest, NCT_HASH);
    int len = snprintf(out, capacity,
                       "Electronic signature %s\n"
                       "Signed by:    %s (NCID %s)\n"
                       "Date, time:   %s\n"
                       "Meaning:      %s\n"
                       "Provider:     %s\n"
                       "Document:     %s, version %s\n"
                       "              BLAKE2b-256 %s\n"
                       "Attestation:  version %s\n"
                       "              BLAKE2b-256 %s\n"
                       "Authority:    %s as %s, under profile %s\n",
                       signature->id, claims->signer_name, claims->ncid, when, claims->meaning, claims->provider,
                       claims->document_id, claims->document_version, document, claims->attestation_version,
                       attestation, claims->right, claims->role, claims->profile);
    if (out_len != NULL)
        *out_len = (size_t)len;
    return (size_t)len < capacity ? NCT_OK : NCT_E_BUFFER;
}
