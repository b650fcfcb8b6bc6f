/* Receipts: verified, rendered. */
#include "base/about.h"
#include "base/bytes.h"
#include "engine/records/evidence_types.h"
#include "language/sentences.h"
#include "portal/signing/signature.h"

#include <nctracks/language.h>

#include <sodium.h>
#include <stdio.h>
#include <string.h>

const struct nct_evidence_kind nct_receipt_kind = {
    .content_type = NCT_RECEIPT_TYPE,
    .claims = &nct_claims_type,
    .time = offsetof(struct nct_claims, signed_at),
};

const void *nct_signature_receipt(const nct_signature *signature, size_t *receipt_len) {
    if (receipt_len != NULL)
        *receipt_len = signature != NULL ? signature->record.receipt.len : 0;
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
    if (NCT_MISSING(receipt) || NCT_MISSING(key_set) || (document_len > 0 && NCT_MISSING(document)))
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
    if (status == NCT_OK && document != NULL && !nct_signature_matches(signature, document, document_len))
        status = NCT_E_DOCUMENT;
    if (status == NCT_OK && out != NULL)
        *out = signature;
    else
        nct_signature_free(signature);
    return status;
}

#define STATED_ROOM (NCT_WORD_ROOM + NCT_NAME_ROOM + NCT_TIME_ROOM)

/* What the host stated of the signer's authentication, in any language; "-": nothing. */
static void write_stated(const struct nct_claims *claims, char out[STATED_ROOM]) {
    char when[NCT_TIME_ROOM] = "";
    const char *const parts[] = {claims->authentication_level, claims->authentication_methods, when};
    struct nct_writer writer = {out, STATED_ROOM, 0};
    if (claims->authenticated_at != 0)
        nct_time_text(when, claims->authenticated_at);
    for (size_t i = 0; i < 3; i++) {
        if (parts[i][0] != '\0' && writer.len > 0)
            nct_write(&writer, "; ");
        nct_write(&writer, parts[i]);
    }
    if (writer.len == 0)
        nct_write(&writer, "-");
    (void)nct_writer_end(&writer, NULL);
}

#define AGREEMENT_ROOM (NCT_NAME_ROOM + 2 + 2 * NCT_HASH + 1)

/* The signature agreement the signer had accepted, in any language; "-": none was asked. */
static void write_agreement(const struct nct_claims *claims, char out[AGREEMENT_ROOM]) {
    char digest[2 * NCT_HASH + 1];
    struct nct_writer writer = {out, AGREEMENT_ROOM, 0};
    nct_hex(digest, claims->agreement_digest, NCT_HASH);
    nct_write(&writer, claims->agreement_version[0] != '\0' ? claims->agreement_version : "-");
    if (claims->agreement_version[0] != '\0') {
        nct_write(&writer, "; ");
        nct_write(&writer, digest);
    }
    (void)nct_writer_end(&writer, NULL);
}

static void write_receipt(const nct_signature *signature, const struct nct_languages *languages, const char *language,
                          struct nct_writer *writer) {
    char when[NCT_TIME_ROOM];
    char document[2 * NCT_HASH + 1];
    char attestation[2 * NCT_HASH + 1];
    const struct nct_claims *claims = &signature->claims;
    char stated[STATED_ROOM];
    char agreement[AGREEMENT_ROOM];
    write_agreement(claims, agreement);
    nct_time_text(when, claims->signed_at);
    write_stated(claims, stated);
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
                                               {"authentication", stated},
                                               {"agreement", agreement},
                                               {NULL, NULL}};
    nct_sentence_write(languages, language, NCT_SENTENCE_RECEIPT, parameters, writer);
}

static nct_status render(const nct_signature *signature, const struct nct_languages *languages, const char *language,
                         char *out, size_t capacity, size_t *out_len) {
    if (NCT_MISSING(signature) || (capacity > 0 && NCT_MISSING(out)))
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
