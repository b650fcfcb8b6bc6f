/* Reading signatures. */
#include "portal/signing/signature.h"

#include "base/bytes.h"
#include "codec/cose.h"
#include "engine/handle/arguments.h"
#include "engine/records/evidence_types.h"
#include "engine/unit/look.h"

#include <sodium.h>
#include <string.h>

_Static_assert(NCT_SIGNATURE_ID_LENGTH == 2 * NCT_SIGNATURE_ID, "length of an id");
_Static_assert(NCT_DIGEST_BYTES == NCT_HASH, "length of a digest");

size_t nct_signature_key(const char *provider, const unsigned char id[NCT_SIGNATURE_ID],
                         unsigned char key[NCT_SIGNATURE_KEY_MAX]) {
    size_t len = strlen(provider) + 1;
    memcpy(key, provider, len);
    memcpy(key + len, id, NCT_SIGNATURE_ID);
    return len + NCT_SIGNATURE_ID;
}

size_t nct_signature_by_person_key(const unsigned char person[NCT_PERSON_ID], const unsigned char id[NCT_SIGNATURE_ID],
                                   unsigned char key[NCT_SIGNATURE_KEY_MAX]) {
    memcpy(key, person, NCT_PERSON_ID);
    memcpy(key + NCT_PERSON_ID, id, NCT_SIGNATURE_ID);
    return NCT_PERSON_ID + NCT_SIGNATURE_ID;
}

nct_status nct_signature_room(const struct nct_memory *memory, nct_signature **out) {
    *out = nct_memory_take(memory, sizeof **out);
    if (*out == NULL)
        return NCT_E_NO_MEMORY;
    (*out)->memory = *memory;
    return NCT_OK;
}

nct_status nct_signature_open(nct_signature *signature, const struct nct_signature_record *record) {
    struct nct_cose cose;
    signature->record = *record;
    if (nct_cose_parse(record->receipt.bytes, record->receipt.len, NCT_RECEIPT_TYPE, &cose) != NCT_OK ||
        nct_record_decode(&nct_claims_type, cose.payload, cose.payload_len, &signature->claims) != NCT_OK)
        return NCT_E_INTEGRITY;
    nct_hex(signature->id, signature->claims.id, NCT_SIGNATURE_ID);
    crypto_generichash(signature->digest, NCT_HASH, record->receipt.bytes, record->receipt.len, NULL, 0);
    return NCT_OK;
}

void nct_signature_free(nct_signature *signature) {
    if (signature == NULL)
        return;
    struct nct_memory memory = signature->memory;
    nct_memory_give_wiped(&memory, signature, sizeof *signature);
}

struct reading {
    const unsigned char *key;
    size_t key_len;
    struct nct_signature_record record;
};

static nct_status read_signature(struct nct_unit *unit, void *argument) {
    struct reading *reading = argument;
    nct_status status = nct_unit_get(unit, &nct_type_signature, reading->key, reading->key_len, &reading->record);
    if (status != NCT_E_NOT_FOUND) /* a receipt proves itself */
        return status;
    return nct_look_get(unit, &nct_type_signature, reading->key, reading->key_len, reading->key_len - NCT_SIGNATURE_ID,
                        &reading->record, NULL);
}

nct_status nct_take_signature_id(const char *id, size_t id_len, unsigned char bytes[NCT_SIGNATURE_ID]) {
    if (NCT_MISSING(id))
        return NCT_E_ARGUMENT;
    return nct_unhex(bytes, NCT_SIGNATURE_ID, id, id_len) ? NCT_OK : nct_about_argument(NCT_E_FORMAT, "id");
}

nct_status nct_signature_get(nct_portal *portal, const char *provider, size_t provider_len, const char *id,
                             size_t id_len, nct_signature **out) {
    char canonical[NCT_PROVIDER_ROOM];
    unsigned char bytes[NCT_SIGNATURE_ID];
    unsigned char key[NCT_SIGNATURE_KEY_MAX];
    if (out != NULL)
        *out = NULL;
    if (NCT_MISSING(portal) || NCT_MISSING(out))
        return NCT_E_ARGUMENT;
    nct_status status = nct_take_provider(provider, provider_len, canonical);
    if (status == NCT_OK)
        status = nct_take_signature_id(id, id_len, bytes);
    if (status == NCT_OK)
        status = nct_signature_room(&portal->seams.memory, out);
    if (status != NCT_OK)
        return status;
    struct reading reading = {.key = key, .key_len = nct_signature_key(canonical, bytes, key)};
    status = nct_unit_read(portal, read_signature, &reading);
    if (status == NCT_OK)
        status = nct_signature_open(*out, &reading.record);
    if (status != NCT_OK) {
        nct_signature_free(*out);
        *out = NULL;
    }
    return status;
}

int32_t nct_signature_matches(const nct_signature *signature, const void *document, size_t document_len) {
    unsigned char digest[NCT_HASH];
    if (signature == NULL || (document == NULL && document_len > 0))
        return 0;
    crypto_generichash(digest, sizeof digest, document, document_len, NULL, 0);
    return memcmp(digest, signature->claims.document_digest, NCT_HASH) == 0;
}

const void *nct_signature_receipt_digest(const nct_signature *signature) {
    return signature != NULL ? signature->digest : NULL;
}

const char *nct_signature_period(const nct_signature *signature) {
    return signature != NULL ? signature->period : NULL;
}

const char *nct_signature_id(const nct_signature *signature) {
    return signature != NULL ? signature->id : NULL;
}

const char *nct_signature_provider(const nct_signature *signature) {
    return signature != NULL ? signature->claims.provider : NULL;
}

const char *nct_signature_ncid(const nct_signature *signature) {
    return signature != NULL ? signature->claims.ncid : NULL;
}

const char *nct_signature_signer_name(const nct_signature *signature) {
    return signature != NULL ? signature->claims.signer_name : NULL;
}

const char *nct_signature_role(const nct_signature *signature) {
    return signature != NULL ? signature->claims.role : NULL;
}

const char *nct_signature_right(const nct_signature *signature) {
    return signature != NULL ? signature->claims.right : NULL;
}

const char *nct_signature_submission(const nct_signature *signature) {
    return signature != NULL ? signature->claims.submission : NULL;
}

const char *nct_signature_meaning(const nct_signature *signature) {
    return signature != NULL ? signature->claims.meaning : NULL;
}

const char *nct_signature_document_id(const nct_signature *signature) {
    return signature != NULL ? signature->claims.document_id : NULL;
}

const char *nct_signature_document_version(const nct_signature *signature) {
    return signature != NULL ? signature->claims.document_version : NULL;
}

const void *nct_signature_document_digest(const nct_signature *signature) {
    return signature != NULL ? signature->claims.document_digest : NULL;
}

const char *nct_signature_attestation_version(const nct_signature *signature) {
    return signature != NULL ? signature->claims.attestation_version : NULL;
}

const char *nct_signature_profile(const nct_signature *signature) {
    return signature != NULL ? signature->claims.profile : NULL;
}

const char *nct_signature_authentication_level(const nct_signature *signature) {
    return signature != NULL ? signature->claims.authentication_level : NULL;
}

const char *nct_signature_authentication_methods(const nct_signature *signature) {
    return signature != NULL ? signature->claims.authentication_methods : NULL;
}

int64_t nct_signature_authenticated_at(const nct_signature *signature) {
    return signature != NULL ? signature->claims.authenticated_at : 0;
}

const char *nct_signature_agreement_version(const nct_signature *signature) {
    return signature != NULL ? signature->claims.agreement_version : NULL;
}

const void *nct_signature_agreement_digest(const nct_signature *signature) {
    return signature != NULL ? signature->claims.agreement_digest : NULL;
}

int64_t nct_signature_signed_at(const nct_signature *signature) {
    return signature != NULL ? signature->claims.signed_at : 0;
}

size_t nct_signature_id_length(void) {
    return NCT_SIGNATURE_ID_LENGTH;
}

size_t nct_digest_bytes(void) {
    return NCT_DIGEST_BYTES;
}
