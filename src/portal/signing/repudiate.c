/* Repudiation: a signer's declaration beside a receipt, evidence like it. */
#include "base/bytes.h"
#include "engine/handle/arguments.h"
#include "engine/keys/key_store.h"
#include "engine/records/evidence_types.h"
#include "engine/unit/look.h"
#include "portal/credentials/authenticate.h"
#include "portal/registry/person.h"
#include "portal/signing/signature.h"

#include <sodium.h>
#include <string.h>

#define VERSION 1

static const struct nct_evidence_kind kind = {
    .content_type = "application/nctracks-repudiation+cbor",
    .claims = &nct_repudiation_type,
    .time = offsetof(struct nct_repudiation_claims, declared_at),
};

/* What the unit of work needs. */
struct repudiating {
    struct nct_proof *proof;
    struct nct_repudiation_claims claims;
};

static nct_status refuse(struct nct_unit *unit, const struct repudiating *repudiating, nct_status why,
                         const char *detail) {
    const char *ncid = repudiating->proof->subject.known ? repudiating->proof->ncid : NULL;
    struct nct_stream stream = nct_stream_of_person(repudiating->proof->subject.person);
    struct nct_note note = {.event = NCT_EVENT_SIGNATURE_REPUDIATED,
                            .outcome = why,
                            .actor = ncid,
                            .subject = ncid,
                            .provider = repudiating->claims.provider,
                            .detail = detail};
    nct_status status = nct_ledger_append(unit, &stream, &note);
    return status == NCT_OK ? nct_unit_refuse(unit, why) : status;
}

/* Whoever was merged into somebody signed as they. */
static nct_status check_own(struct nct_unit *unit, const struct nct_claims *claims,
                            const unsigned char signer[NCT_PERSON_ID]) {
    unsigned char person[NCT_PERSON_ID];
    memcpy(person, claims->person, NCT_PERSON_ID);
    nct_status status = nct_person_present(unit, person);
    return status == NCT_OK && memcmp(person, signer, NCT_PERSON_ID) != 0 ? NCT_E_NOT_FOUND : status;
}

/* Finds the signature; somebody else's is as good as none. */
static nct_status find_own(struct nct_unit *unit, const struct repudiating *repudiating, const unsigned char *key,
                           size_t key_len, struct nct_signature_record *record) {
    nct_signature *signature = NULL;
    nct_status status = nct_unit_get(unit, &nct_type_signature, key, key_len, record);
    if (status == NCT_OK)
        status = nct_signature_room(&unit->portal->seams.memory, &signature);
    if (status == NCT_OK)
        status = nct_signature_open(signature, record);
    if (status == NCT_OK)
        status = check_own(unit, &signature->claims, repudiating->proof->subject.person);
    nct_signature_free(signature);
    return status;
}

static nct_status declare(struct nct_unit *unit, struct repudiating *repudiating, const unsigned char *key,
                          size_t key_len, const struct nct_signature_record *receipt) {
    struct nct_repudiation_claims *claims = &repudiating->claims;
    struct nct_signature_record declaration;
    unsigned char digest[NCT_HASH];
    char id[2 * NCT_SIGNATURE_ID + 1];
    claims->version = VERSION;
    claims->declared_at = unit->now;
    memcpy(claims->person, repudiating->proof->subject.person, NCT_PERSON_ID);
    crypto_generichash(claims->receipt, NCT_HASH, receipt->receipt.bytes, receipt->receipt.len, NULL, 0);
    nct_status status = nct_evidence_make(unit, &kind, claims, &declaration);
    if (status == NCT_OK)
        status = nct_unit_put(unit, &nct_type_repudiation, key, key_len, &declaration);
    if (status != NCT_OK)
        return status;
    crypto_generichash(digest, sizeof digest, declaration.receipt.bytes, declaration.receipt.len, NULL, 0);
    nct_hex(id, claims->id, NCT_SIGNATURE_ID);
    struct nct_stream person = nct_stream_of_person(claims->person);
    struct nct_stream provider = nct_stream_of_provider(claims->provider);
    struct nct_note note = {.event = NCT_EVENT_SIGNATURE_REPUDIATED,
                            .actor = claims->ncid,
                            .subject = claims->ncid,
                            .provider = claims->provider,
                            .detail = id,
                            .digest = digest};
    status = nct_ledger_append(unit, &person, &note);
    return status == NCT_OK ? nct_ledger_append(unit, &provider, &note) : status;
}

static nct_status repudiate(struct nct_unit *unit, void *argument) {
    struct repudiating *repudiating = argument;
    struct nct_person_record person;
    struct nct_signature_record receipt;
    struct nct_signature_record before;
    unsigned char key[NCT_SIGNATURE_KEY_MAX];
    const char *reason = NULL;
    size_t key_len = nct_signature_key(repudiating->claims.provider, repudiating->claims.id, key);
    nct_status status = nct_proof_settle(unit, repudiating->proof, &person, &reason);
    if (status != NCT_OK)
        return status;
    if (reason != NULL)
        return refuse(unit, repudiating, NCT_E_DENIED, reason);
    status = find_own(unit, repudiating, key, key_len, &receipt);
    if (status == NCT_E_NOT_FOUND)
        return refuse(unit, repudiating, status, NULL);
    if (status == NCT_OK)
        status = nct_look_get(unit, &nct_type_repudiation, key, key_len, key_len - NCT_SIGNATURE_ID, &before, NULL);
    if (status == NCT_OK)
        return refuse(unit, repudiating, NCT_E_REPUDIATED, NULL);
    if (status == NCT_E_NOT_FOUND)
        status = nct_key_may_sign(unit);
    if (nct_status_category(status) == NCT_CATEGORY_RULE)
        return refuse(unit, repudiating, status, NULL);
    return status == NCT_OK ? declare(unit, repudiating, key, key_len, &receipt) : status;
}

static nct_status take_texts(struct repudiating *repudiating, const char *provider, size_t provider_len, const char *id,
                             size_t id_len, const char *reason, size_t reason_len) {
    struct nct_repudiation_claims *claims = &repudiating->claims;
    nct_status status = nct_take_provider(provider, provider_len, claims->provider);
    if (status == NCT_OK)
        status = nct_take_signature_id(id, id_len, claims->id);
    return status == NCT_OK ? nct_take_reason(reason, reason_len, claims->reason) : status;
}

nct_status nct_signature_repudiate(nct_portal *portal, const char *by, size_t by_len, const char *provider,
                                   size_t provider_len, const char *id, size_t id_len, const char *password,
                                   size_t password_len, const char *reason, size_t reason_len) {
    struct nct_proof proof = {.portal = portal, .password_bytes = {password, password_len}};
    struct repudiating repudiating = {.proof = &proof};
    if (NCT_MISSING(portal))
        return NCT_E_ARGUMENT;
    nct_status status = nct_take_ncid(by, by_len, repudiating.claims.ncid);
    if (status == NCT_OK)
        status = nct_check_password(password, password_len);
    if (status == NCT_OK)
        status = take_texts(&repudiating, provider, provider_len, id, id_len, reason, reason_len);
    if (status != NCT_OK)
        return status;
    proof.ncid = repudiating.claims.ncid;
    proof.provider = repudiating.claims.provider;
    status = nct_proof_run(&proof);
    if (status == NCT_OK)
        status = nct_unit_run(portal, repudiate, &repudiating, NULL);
    return nct_proof_end(&proof, status);
}

struct reading {
    const unsigned char *key;
    size_t key_len;
    struct nct_signature_record record;
};

static nct_status read_declaration(struct nct_unit *unit, void *argument) {
    struct reading *reading = argument;
    return nct_look_get(unit, &nct_type_repudiation, reading->key, reading->key_len,
                        reading->key_len - NCT_SIGNATURE_ID, &reading->record, NULL);
}

nct_status nct_signature_repudiation(nct_portal *portal, const char *provider, size_t provider_len, const char *id,
                                     size_t id_len, void *out, size_t capacity, size_t *out_len) {
    char canonical[NCT_PROVIDER_ROOM];
    unsigned char bytes[NCT_SIGNATURE_ID];
    unsigned char key[NCT_SIGNATURE_KEY_MAX];
    if (NCT_MISSING(portal) || NCT_MISSING(out_len) || (capacity > 0 && NCT_MISSING(out)))
        return NCT_E_ARGUMENT;
    *out_len = 0;
    nct_status status = nct_take_provider(provider, provider_len, canonical);
    if (status == NCT_OK)
        status = nct_take_signature_id(id, id_len, bytes);
    if (status != NCT_OK)
        return status;
    struct reading reading = {.key = key, .key_len = nct_signature_key(canonical, bytes, key)};
    status = nct_unit_read(portal, read_declaration, &reading);
    if (status != NCT_OK)
        return status;
    *out_len = reading.record.receipt.len;
    if (*out_len > capacity)
        return NCT_E_BUFFER;
    memcpy(out, reading.record.receipt.bytes, *out_len);
    return NCT_OK;
}

nct_status nct_repudiation_verify(const void *declaration, size_t declaration_len, const void *receipt,
                                  size_t receipt_len, const void *key_set, size_t key_set_len, int64_t *declared_at) {
    struct nct_repudiation_claims claims;
    unsigned char digest[NCT_HASH];
    if (NCT_MISSING(declaration) || NCT_MISSING(receipt) || NCT_MISSING(key_set))
        return NCT_E_ARGUMENT;
    if (sodium_init() < 0)
        return NCT_E_CRYPTO;
    nct_status status = nct_evidence_open(declaration, declaration_len, &kind, key_set, key_set_len, &claims);
    if (status != NCT_OK)
        return status;
    if (claims.version != VERSION || !nct_claims_complete(&nct_repudiation_type, &claims))
        return NCT_E_UNSUPPORTED;
    crypto_generichash(digest, sizeof digest, receipt, receipt_len, NULL, 0);
    if (declared_at != NULL)
        *declared_at = claims.declared_at;
    return memcmp(digest, claims.receipt, NCT_HASH) == 0 ? NCT_OK : NCT_E_DOCUMENT;
}
