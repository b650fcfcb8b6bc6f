#include "engine/keys/evidence.h"

#include "base/utf8.h"
#include "codec/cose.h"
#include "engine/keys/key_store.h"
#include "engine/records/evidence_types.h"

#include <sodium.h>
#include <string.h>

_Static_assert(NCT_COSE_KEY_ID == NCT_SIGNING_ID, "length of a key id");

nct_status nct_evidence_sign(struct nct_unit *unit, const struct nct_keys *keys, const struct nct_evidence_kind *kind,
                             const void *claims, struct nct_signature_record *record) {
    struct nct_buf payload;
    struct nct_buf receipt;
    struct nct_cose_signer signer = {keys->signing, keys->signing_id};
    nct_buf_init(&payload, &unit->portal->seams.memory);
    nct_buf_init(&receipt, &unit->portal->seams.memory);
    nct_record_encode(kind->claims, claims, &payload);
    nct_status status = payload.status;
    if (status == NCT_OK) {
        nct_cose_sign(&signer, kind->content_type, payload.data, payload.len, &receipt);
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

nct_status nct_evidence_make(struct nct_unit *unit, const struct nct_evidence_kind *kind, const void *claims,
                             struct nct_signature_record *record) {
    nct_status status = nct_key_may_sign(unit);
    if (status != NCT_OK)
        return status;
    return nct_evidence_sign(unit, nct_keyring_current(&unit->portal->keyring), kind, claims, record);
}

int nct_claims_complete(const struct nct_record_type *claims_type, const void *claims) {
    for (size_t i = 0; i < claims_type->field_count; i++) {
        const struct nct_field *field = &claims_type->fields[i];
        const char *text = (const char *)claims + field->offset;
        if (i + claims_type->optional >= claims_type->field_count && text[0] == '\0')
            continue;
        if (field->type == NCT_FIELD_TEXT && nct_text_line(text, strlen(text), SIZE_MAX) != NCT_OK)
            return 0;
        if (field->type == NCT_FIELD_BYTES && sodium_is_zero((const unsigned char *)text, field->size))
            return 0;
    }
    return 1;
}

static int is_compromised(const struct nct_cose_key *key, const struct nct_evidence_kind *kind, const void *claims) {
    int64_t time = 0;
    memcpy(&time, (const unsigned char *)claims + kind->time, sizeof time);
    return key->compromised_from != 0 && (kind->vouches || time >= key->compromised_from);
}

nct_status nct_evidence_open(const void *bytes, size_t len, const struct nct_evidence_kind *kind, const void *key_set,
                             size_t key_set_len, void *claims) {
    struct nct_memory memory;
    struct nct_cose cose;
    struct nct_cose_key key;
    nct_memory_set(&memory, NULL, NULL);
    nct_status status = nct_cose_parse(bytes, len, kind->content_type, &cose);
    if (status == NCT_OK)
        status = nct_cose_find_key(key_set, key_set_len, cose.key_id, &key);
    if (status == NCT_OK)
        status = nct_cose_verify(&cose, &memory, key.public_key);
    if (status != NCT_OK)
        return status;
    /* Claims that do not decode behind a right signature are of another version. */
    status = nct_record_decode(kind->claims, cose.payload, cose.payload_len, claims);
    if (status != NCT_OK)
        return NCT_E_UNSUPPORTED;
    return is_compromised(&key, kind, claims) ? NCT_E_KEY_COMPROMISED : NCT_OK;
}
