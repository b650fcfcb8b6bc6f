#include "ground/bytes.h"
#include "operations/form.h"
#include "operations/prove.h"
#include "operations/signature.h"
#include "services/ledger.h"
#include "services/people.h"

#include <nctracks/provider.h>

#include <sodium.h>
#include <stdio.h>
#include <string.h>

nct_status nct_signing_new(nct_portal *portal, nct_signing **out) {
    struct nct_form *form = NULL;
    if (out == NULL)
        return NCT_E_ARGUMENT;
    nct_status status = nct_form_new(portal, NCT_FORM_SIGNING, &form);
    *out = (nct_signing *)form;
    return status;
}

void nct_signing_free(nct_signing *signing) {
    nct_form_free((struct nct_form *)signing);
}

nct_status nct_signing_set(nct_signing *signing, const char *path, const void *value, size_t len) {
    return nct_form_set((struct nct_form *)signing, path, value, len);
}

_Static_assert(NCT_SUBMISSION_ENROLLMENT == 1 && NCT_SUBMISSION_MEDICAL_PA == 5, "order of submission.kind's choices");

/* What the last unit of work needs. */
struct signing {
    const struct nct_proof *proof;
    struct nct_signature_record record; /* what the form says; the rest is filled in by the unit */
};

/* Reads what governs the submission at this moment (S14). */
static nct_status find_authority(struct nct_unit *unit, struct nct_signature_record *record) {
    struct nct_provider_record provider;
    struct nct_grant_record grant;
    nct_status status = nct_unit_get(unit, &nct_type_provider, record->provider, strlen(record->provider), &provider);
    if (status == NCT_E_NOT_FOUND || (status == NCT_OK && provider.state == NCT_PROVIDER_ENROLLED))
        return NCT_E_NOT_REGISTERED;
    if (status == NCT_OK && provider.state == NCT_PROVIDER_TERMINATED)
        return NCT_E_TERMINATED;
    if (status == NCT_OK)
        status = nct_grant_get(unit, record->provider, record->ncid, &grant);
    if (status != NCT_OK)
        return status;
    struct nct_standing standing = nct_grant_standing(&grant);
    record->role = grant.role;
    record->right = nct_policy_submission_needs(&unit->portal->policy, record->submission);
    return nct_policy_decide(&unit->portal->policy, &standing, record->right, unit->now);
}

static nct_status hash_record(const struct nct_unit *unit, const struct nct_signature_record *record,
                              unsigned char digest[NCT_HASH]) {
    struct nct_buf content;
    nct_buf_init(&content, &unit->portal->seams.memory);
    nct_record_encode(&nct_type_signature, record, &content);
    nct_status status = content.status;
    if (status == NCT_OK)
        crypto_generichash(digest, NCT_HASH, content.data, content.len, NULL, 0);
    nct_buf_free(&content);
    return status;
}

/* The entry of an attempt: in the person's stream, and, once the components were right, in the provider's. */
static nct_status log_attempt(struct nct_unit *unit, const struct signing *signing, nct_status outcome,
                              const char *detail, const unsigned char *digest) {
    const struct nct_proof *proof = signing->proof;
    const char *ncid = proof->known ? proof->ncid : NULL;
    struct nct_stream person = nct_stream_of_person(proof->person);
    struct nct_stream provider = nct_stream_of_provider(signing->record.provider);
    struct nct_note note = {.event = outcome == NCT_OK ? NCT_EVENT_SIGNATURE_MADE : NCT_EVENT_SIGNATURE_REFUSED,
                            .outcome = outcome,
                            .actor = ncid,
                            .subject = ncid,
                            .provider = signing->record.provider,
                            .detail = detail,
                            .digest = digest};
    nct_status status = nct_ledger_append(unit, &person, &note);
    int in_provider = outcome != NCT_E_DENIED && outcome != NCT_E_NOT_REGISTERED;
    return status == NCT_OK && in_provider ? nct_ledger_append(unit, &provider, &note) : status;
}

static nct_status refuse(struct nct_unit *unit, const struct signing *signing, nct_status outcome, const char *detail) {
    nct_status status = log_attempt(unit, signing, outcome, detail, NULL);
    return status == NCT_OK ? nct_unit_refuse(unit, outcome) : status;
}

static nct_status make_signature(struct nct_unit *unit, struct signing *signing,
                                 const struct nct_person_record *signer) {
    struct nct_signature_record *record = &signing->record;
    unsigned char key[NCT_SIGNATURE_KEY_MAX];
    unsigned char digest[NCT_HASH];
    char id[2 * NCT_SIGNATURE_ID + 1];
    char detail[128];
    memcpy(record->person, signing->proof->person, NCT_PERSON_ID);
    nct_person_name(signer, record->signer_name);
    record->signed_at = unit->now;
    nct_put_be64(record->nonce, (uint64_t)unit->now); /* ids sort by time */
    nct_status status = nct_seams_fill(&unit->portal->seams, record->nonce + 8, NCT_SIGNATURE_ID - 8);
    size_t key_len = nct_signature_key(record->provider, record->nonce, key);
    if (status == NCT_OK)
        status = nct_unit_put(unit, &nct_type_signature, key, key_len, record);
    if (status == NCT_OK)
        status = hash_record(unit, record, digest);
    if (status != NCT_OK)
        return status;
    nct_hex(id, record->nonce, NCT_SIGNATURE_ID);
    snprintf(detail, sizeof detail, "%s %s", nct_submission_name(record->submission), id);
    return log_attempt(unit, signing, NCT_OK, detail, digest);
}

static nct_status finish(struct nct_unit *unit, void *argument) {
    struct signing *signing = argument;
    struct nct_person_record signer;
    const char *reason = NULL;
    nct_status status = nct_proof_settle(unit, signing->proof, &signer, &reason);
    if (status != NCT_OK)
        return status;
    if (reason != NULL)
        return refuse(unit, signing, NCT_E_DENIED, reason);
    status = find_authority(unit, &signing->record);
    if (status == NCT_OK)
        return make_signature(unit, signing, &signer);
    if (nct_status_category(status) == NCT_CATEGORY_RULE)
        return refuse(unit, signing, status, nct_submission_name(signing->record.submission));
    return status;
}

static void read_digest(const struct nct_form *form, const char *path, unsigned char digest[NCT_HASH]) {
    size_t len = 0;
    const void *bytes = nct_form_raw(form, path, &len);
    memcpy(digest, bytes, NCT_HASH);
}

static void read_form(const struct nct_form *form, struct nct_signature_record *record) {
    const struct nct_policy *policy = nct_portal_policy(nct_form_portal(form));
    nct_form_text(form, "signer.ncid", record->ncid, sizeof record->ncid);
    nct_form_text(form, "provider.npi", record->provider, sizeof record->provider);
    record->submission = nct_form_choice(form, "submission.kind");
    nct_form_text(form, "document.id", record->document_id, sizeof record->document_id);
    nct_form_text(form, "document.version", record->document_version, sizeof record->document_version);
    read_digest(form, "document.content", record->document_digest);
    nct_form_text(form, "attestation.version", record->attestation_version, sizeof record->attestation_version);
    read_digest(form, "attestation.text", record->attestation_digest);
    snprintf(record->profile, sizeof record->profile, "%s", nct_policy_profile(policy));
    snprintf(record->meaning, sizeof record->meaning, "Signed and submitted: %s",
             nct_submission_description(record->submission));
}

static nct_status sign(const struct nct_form *form, nct_signature **out) {
    struct nct_proof proof = {.portal = nct_form_portal(form)};
    struct signing signing = {.proof = &proof};
    read_form(form, &signing.record);
    proof.ncid = signing.record.ncid;
    proof.provider = signing.record.provider;
    proof.password_bytes.bytes = nct_form_raw(form, "signer.password", &proof.password_bytes.len);
    proof.pin_bytes.bytes = nct_form_raw(form, "signer.pin", &proof.pin_bytes.len);
    nct_signature *signature = NULL;
    nct_status status = nct_signature_room(proof.portal, &signature);
    if (status == NCT_OK)
        status = nct_proof_run(&proof);
    if (status == NCT_OK)
        status = nct_unit_run(proof.portal, finish, &signing, NULL);
    if (status == NCT_OK)
        nct_signature_fill(signature, &signing.record);
    else
        nct_signature_free(signature);
    *out = status == NCT_OK ? signature : NULL;
    sodium_memzero(&proof, sizeof proof);
    return status;
}

nct_status nct_sign(nct_signing *signing, nct_problems **problems, nct_signature **out) {
    struct nct_form *form = (struct nct_form *)signing;
    if (problems != NULL)
        *problems = NULL;
    if (out != NULL)
        *out = NULL;
    if (signing == NULL || out == NULL)
        return NCT_E_ARGUMENT;
    nct_status status = nct_form_validate(form, NULL, problems);
    if (status == NCT_OK)
        status = sign(form, out);
    nct_form_forget(form, "signer.password");
    nct_form_forget(form, "signer.pin");
    return status;
}
