/* Receipts: made, verified, rendered. */
#include "codec/cbor.h"
#include "codec/cose.h"
#include "ground/bytes.h"
#include "ground/text.h"
#include "operations/signature.h"
#include "operations/texts.h"

#include <nctracks/language.h>

#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

_Static_assert(NCT_COSE_KEY_ID == NCT_SIGNING_ID, "length of a key id");

nct_status nct_evidence_make(struct nct_portal *portal, const struct nct_record_type *claims_type,
                             const char *content_type, const void *claims, struct nct_signature_record *record) {
    struct nct_buf payload;
    struct nct_buf receipt;
    nct_buf_init(&payload, &portal->seams.memory);
    nct_buf_init(&receipt, &portal->seams.memory);
    nct_record_encode(claims_type, claims, &payload);
    nct_status status = payload.status;
    struct nct_cose_signer signer = {portal->keys->signing, portal->keys->signing_id};
    if (status == NCT_OK) {
        nct_cose_sign(&signer, content_type, payload.data, payload.len, &receipt);
        status = receipt.status;
    }
    if (status == NCT_OK && receipt.len > sizeof record->receipt.bytes)
        status = NCT_E_LIMIT;
    if (status == NCT_OK) {
        memcpy(record->receipt.bytes, receipt.data, receipt.len);
        record->receipt.len = (uint32_t)receipt.len;
    }
    nct_buf_free(&payload);
    nct_buf_free(&receipt);
    return status;
}

nct_status nct_portal_key_set(nct_portal *portal, void *out, size_t capacity, size_t *out_len) {
    struct nct_buf set;
    if (portal == NULL || out_len == NULL || (out == NULL && capacity > 0))
        return NCT_E_ARGUMENT;
    nct_buf_init(&set, &portal->seams.memory);
    nct_cbor_put_array(&set, 1);
    nct_cose_put_key(&set, portal->keys->signing_id, portal->keys->verifying);
    nct_status status = set.status;
    *out_len = set.len;
    if (status == NCT_OK && set.len > capacity)
        status = NCT_E_BUFFER;
    if (status == NCT_OK)
        memcpy(out, set.data, set.len);
    nct_buf_free(&set);
    return status;
}

const void *nct_signature_receipt(const nct_signature *signature, size_t *len) {
    if (len != NULL)
        *len = signature != NULL ? signature->record.receipt.len : 0;
    return signature != NULL ? signature->record.receipt.bytes : NULL;
}

int nct_claims_complete(const struct nct_record_type *claims_type, const void *claims) {
    for (size_t i = 0; i < claims_type->field_count; i++) {
        const struct nct_field *field = &claims_type->fields[i];
        const char *text = (const char *)claims + field->offset;
        if (field->type == NCT_FIELD_TEXT && nct_text_line(text, strlen(text), SIZE_MAX) != NCT_OK)
            return 0;
        if (field->type == NCT_FIELD_BYTES && sodium_is_zero((const unsigned char *)text, field->size))
            return 0;
    }
    return 1;
}

nct_status nct_evidence_open(const void *bytes, size_t len, const char *content_type, const void *key_set,
                             size_t key_set_len, const struct nct_record_type *claims_type, void *claims) {
    struct nct_memory memory;
    struct nct_cose cose;
    const unsigned char *public_key = NULL;
    nct_memory_set(&memory, NULL, NULL);
    nct_status status = nct_cose_parse(bytes, len, content_type, &cose);
    if (status == NCT_OK)
        status = nct_cose_find_key(key_set, key_set_len, cose.key_id, &public_key);
    if (status == NCT_OK)
        status = nct_cose_verify(&cose, &memory, public_key);
    if (status != NCT_OK)
        return status;
    /* Claims that do not decode behind a right signature are of another version. */
    status = nct_record_decode(claims_type, cose.payload, cose.payload_len, claims);
    return status == NCT_OK ? NCT_OK : NCT_E_UNSUPPORTED;
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
    nct_status status =
        nct_evidence_open(receipt, receipt_len, NCT_RECEIPT_TYPE, key_set, key_set_len, &nct_claims_type, &claims);
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

static void write_time(int64_t milliseconds, char out[32]) {
    struct tm parts;
    time_t seconds = (time_t)(milliseconds / 1000);
    char date[24] = "";
    if (gmtime_r(&seconds, &parts) != NULL)
        strftime(date, sizeof date, "%Y-%m-%d %H:%M:%S", &parts);
    snprintf(out, 32, "%s UTC", date);
}

static void write_receipt(const nct_signature *signature, const struct nct_languages *languages, const char *language,
                          struct nct_writer *writer) {
    char when[32];
    char document[2 * NCT_HASH + 1];
    char attestation[2 * NCT_HASH + 1];
    const struct nct_claims *claims = &signature->claims;
    write_time(claims->signed_at, when);
    nct_hex(document, claims->document_digest, NCT_HASH);
    nct_hex(attestation, claims->attestation_digest, NCT_HASH);
    const struct nct_parameter parameters[] = {{"id", signature->id},
                                               {"signer", claims->signer_name},
                                               {"ncid", claims->ncid},
                                               {"time", when},
                                               {"meaning", claims->meaning},
                                               {"provider", claims->provider},
                                               {"document", claims->document_id},
                                               {"document_version", claims->document_version},
                                               {"document_digest", document},
                                               {"attestation_version", claims->attestation_version},
                                               {"attestation_digest", attestation},
                                               {"right", claims->right},
                                               {"role", claims->role},
                                               {"profile", claims->profile},
                                               {NULL, NULL}};
    nct_sentence_write(languages, language, NCT_SENTENCE_RECEIPT, parameters, writer);
}

static nct_status render(const nct_signature *signature, const struct nct_languages *languages, const char *language,
                         char *out, size_t capacity, size_t *out_len) {
    if (signature == NULL || (out == NULL && capacity > 0))
        return NCT_E_ARGUMENT;
    struct nct_writer writer = {out, capacity, 0};
    write_receipt(signature, languages, language, &writer);
    return nct_writer_end(&writer, out_len);
}

nct_status nct_signature_render(const nct_signature *signature, char *out, size_t capacity, size_t *out_len) {
    return render(signature, NULL, NCT_ENGLISH, out, capacity, out_len);
}

nct_status nct_signature_render_in(const nct_signature *signature, const nct_portal *portal, const char *language,
                                   char *out, size_t capacity, size_t *out_len) {
    const struct nct_languages *languages = portal != NULL ? &portal->languages : NULL;
    const char *found = NULL;
    nct_status status = nct_language_take(languages, language, &found);
    return status == NCT_OK ? render(signature, languages, found, out, capacity, out_len) : status;
}
