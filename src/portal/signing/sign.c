#include "base/bytes.h"
#include "base/date.h"
#include "engine/handle/arguments.h"
#include "engine/keys/key_store.h"
#include "engine/records/evidence_types.h"
#include "portal/application/application.h"
#include "portal/credentials/authenticate.h"
#include "portal/form/form.h"
#include "portal/mail/notice.h"
#include "portal/mail/outbox.h"
#include "portal/registry/provider.h"
#include "portal/registry/standing.h"
#include "portal/signing/agreement.h"
#include "portal/signing/read.h"
#include "portal/signing/review.h"
#include "portal/signing/signature.h"

#include <sodium.h>
#include <stdio.h>
#include <string.h>

/* What the last unit of work needs. */
struct signing {
    struct nct_proof *proof;
    int32_t submission;
    struct nct_claims claims; /* what the form says; the rest is filled in by the unit */
    char review_token[NCT_NAME_ROOM];
    char idempotency_key[NCT_NAME_ROOM];
    int32_t level; /* at which the host authenticated the signer; 0: it does not say */
    int submits;   /* an application */
    unsigned char application_id[NCT_APPLICATION_ID];
    struct nct_application_at application;
    struct nct_signature *signature;
};

/* Reads what governs the submission at this moment (S14). */
static nct_status find_authority(struct nct_unit *unit, struct signing *signing) {
    const struct nct_policy *policy = &unit->portal->policy;
    struct nct_claims *claims = &signing->claims;
    struct nct_provider_record provider;
    struct nct_grant_record grant;
    struct nct_standing standing;
    int32_t right = nct_policy_submit_needs(policy, signing->submission);
    nct_status status = nct_provider_open(unit, claims->provider, &provider);
    if (status == NCT_OK)
        status = nct_grant_get(unit, claims->provider, claims->person, &grant);
    if (status == NCT_OK)
        status = nct_standing_get(unit, claims->provider, &grant, &standing);
    if (status == NCT_OK)
        status = nct_about_argument(nct_policy_decide_submission(policy, &standing, signing->submission, unit->now),
                                    "signer.ncid");
    if (status == NCT_OK) {
        snprintf(claims->role, sizeof claims->role, "%s", nct_role_name(grant.role));
        snprintf(claims->right, sizeof claims->right, "%s", nct_right_name(policy, right));
    }
    return status;
}

/* The entry of an attempt: in the person's stream, and, once the components were right, in the provider's. */
static nct_status log_attempt(struct nct_unit *unit, const struct signing *signing, nct_status outcome,
                              const char *detail, const unsigned char *digest) {
    const struct nct_proof *proof = signing->proof;
    const char *ncid = proof->subject.known ? proof->ncid : NULL;
    struct nct_stream person = nct_stream_of_person(proof->subject.person);
    struct nct_stream provider = nct_stream_of_provider(signing->claims.provider);
    struct nct_note note = {.event = outcome == NCT_OK ? NCT_EVENT_SIGNATURE_MADE : NCT_EVENT_SIGNATURE_REFUSED,
                            .outcome = outcome,
                            .actor = ncid,
                            .subject = ncid,
                            .provider = signing->claims.provider,
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

/* The receipt under its provider and, as an index, under its signer. */
static nct_status put_receipt(struct nct_unit *unit, const struct signing *signing,
                              const struct nct_signature_record *record) {
    const struct nct_claims *claims = &signing->claims;
    struct nct_signature_index index;
    unsigned char key[NCT_SIGNATURE_KEY_MAX];
    size_t key_len = nct_signature_key(claims->provider, claims->id, key);
    nct_status status = nct_unit_put(unit, &nct_type_signature, key, key_len, record);
    memcpy(index.provider, claims->provider, sizeof index.provider);
    key_len = nct_signature_by_person_key(claims->person, claims->id, key);
    return status == NCT_OK ? nct_unit_put(unit, &nct_type_signature_by_person, key, key_len, &index) : status;
}

/* The signer is told with how to repudiate: an acknowledgment of each signature that does not wait in the portal alone
 * for whoever may have signed in their place (CROMERR). */
static nct_status acknowledge(struct nct_unit *unit, const struct nct_claims *claims,
                              const struct nct_person_record *signer, const char *id) {
    struct nct_mail_record mail = {.template_id = NCT_MAIL_SIGNATURE_MADE};
    nct_date_write(unit->now, mail.date);
    memcpy(mail.provider, claims->provider, sizeof mail.provider);
    snprintf(mail.document, sizeof mail.document, "%s", claims->document_id);
    snprintf(mail.submission, sizeof mail.submission, "%s", claims->submission);
    snprintf(mail.signature, sizeof mail.signature, "%s", id);
    int mailed = nct_policy_option(&unit->portal->policy, NCT_OPTION_SIGNATURE_MAILED) != 0;
    return mailed ? nct_notice_person(unit, signer, NCT_ADDRESSES_ALL, &mail) : nct_notice_message(unit, signer, &mail);
}

static nct_status make_signature(struct nct_unit *unit, struct signing *signing,
                                 const struct nct_person_record *signer) {
    struct nct_claims *claims = &signing->claims;
    struct nct_signature_record record;
    char id[2 * NCT_SIGNATURE_ID + 1];
    char detail[128];
    claims->version = NCT_RECEIPT_VERSION;
    nct_person_name(signer, claims->signer_name);
    claims->signed_at = unit->now;
    nct_put_be64(claims->id, (uint64_t)unit->now); /* ids sort by time */
    nct_status status = nct_seams_fill(&unit->portal->seams, claims->id + 8, NCT_SIGNATURE_ID - 8);
    if (status == NCT_OK)
        status = nct_evidence_make(unit, &nct_receipt_kind, claims, &record);
    if (status == NCT_OK)
        status = put_receipt(unit, signing, &record);
    if (status == NCT_OK)
        status = nct_grant_use(unit, claims->provider, claims->person);
    if (status == NCT_OK && signing->idempotency_key[0] != '\0')
        status = nct_idempotency_put(unit, claims, signing->idempotency_key);
    if (status == NCT_OK)
        status = nct_signature_open(signing->signature, &record);
    if (status != NCT_OK)
        return status;
    nct_hex(id, claims->id, NCT_SIGNATURE_ID);
    snprintf(detail, sizeof detail, "%s %s", claims->submission, id);
    status = log_attempt(unit, signing, NCT_OK, detail, signing->signature->digest);
    if (status == NCT_OK)
        status = acknowledge(unit, claims, signer, id);
    return status == NCT_OK && signing->submits ? nct_application_submit(unit, claims, &signing->application) : status;
}

/* The same key and content again: the signature there is. The answer to the first may have been lost. */
static nct_status repeat(struct nct_unit *unit, struct signing *signing, const struct nct_signature_record *record) {
    nct_status status = nct_signature_open(signing->signature, record);
    if (status == NCT_OK && signing->submits)
        status = nct_application_was_submitted(unit, &signing->signature->claims, signing->application_id);
    if (status == NCT_E_REPEATED)
        return refuse(unit, signing, status, signing->claims.submission);
    if (status != NCT_OK)
        return status;
    struct nct_stream person = nct_stream_of_person(signing->proof->subject.person);
    struct nct_note note = {.event = NCT_EVENT_SIGNATURE_REPEATED,
                            .actor = signing->proof->ncid,
                            .subject = signing->proof->ncid,
                            .provider = signing->claims.provider,
                            .detail = signing->signature->id};
    return nct_ledger_append(unit, &person, &note);
}

/* A token given is always checked; the policy may require one. */
static nct_status check_review(struct nct_unit *unit, const struct signing *signing) {
    if (signing->review_token[0] != '\0')
        return nct_review_spend(unit, &signing->claims, signing->review_token);
    return nct_policy_option(&unit->portal->policy, NCT_OPTION_REVIEW_REQUIRED) ? NCT_E_REVIEW : NCT_OK;
}

/* Some kinds of submission need that the host authenticated the signer well. */
static nct_status check_authentication(const struct nct_unit *unit, const struct signing *signing) {
    if (signing->claims.authenticated_at > unit->now)
        return nct_about_argument(NCT_E_DATE, "authentication.time");
    int32_t least = unit->portal->policy.profile.submission_level[signing->submission];
    return signing->level < least ? nct_about_word(NCT_E_AUTHENTICATION, NCT_ABOUT_RULE, "submission.*.level", least)
                                  : NCT_OK;
}

/* The components were right: what the signer may do now decides. */
static nct_status sign_proven(struct nct_unit *unit, struct signing *signing, const struct nct_person_record *signer) {
    struct nct_signature_record made;
    nct_status status = NCT_E_NOT_FOUND;
    memcpy(signing->claims.person, signing->proof->subject.person, NCT_PERSON_ID);
    if (signing->idempotency_key[0] != '\0')
        status = nct_idempotency_find(unit, &signing->claims, signing->idempotency_key, &made);
    if (status == NCT_OK)
        return repeat(unit, signing, &made);
    if (status == NCT_E_NOT_FOUND)
        status = find_authority(unit, signing);
    if (status == NCT_OK)
        status = check_authentication(unit, signing);
    if (status == NCT_OK)
        status = nct_agreement_claim(&unit->portal->policy, signer, &signing->claims);
    if (status == NCT_OK && signing->submits)
        status = nct_application_may_submit(unit, &signing->claims, signing->application_id, &signing->application);
    if (status == NCT_OK)
        status = nct_key_may_sign(unit);
    if (status == NCT_OK)
        status = check_review(unit, signing);
    if (status == NCT_OK)
        return make_signature(unit, signing, signer);
    if (nct_status_category(status) == NCT_CATEGORY_RULE || status == NCT_E_NOT_FOUND)
        return refuse(unit, signing, status, signing->claims.submission);
    return status;
}

static nct_status finish(struct nct_unit *unit, void *argument) {
    struct signing *signing = argument;
    struct nct_person_record signer;
    const char *reason = NULL;
    nct_status status = nct_proof_settle(unit, signing->proof, &signer, &reason);
    if (status != NCT_OK)
        return status;
    return reason != NULL ? refuse(unit, signing, NCT_E_DENIED, reason) : sign_proven(unit, signing, &signer);
}

static nct_status read_application(const struct nct_form *form, unsigned char id[NCT_APPLICATION_ID]) {
    size_t len = 0;
    const char *text = nct_form_raw(form, "application.id", &len);
    return nct_take_application_id(text, len, id);
}

static nct_status sign(const struct nct_form *form, nct_signature **out) {
    struct nct_proof proof = {.portal = nct_form_portal(form)};
    struct signing signing = {.proof = &proof};
    nct_signing_read(form, &signing.claims);
    signing.submission = nct_form_choice(form, "submission.kind");
    signing.level = nct_form_choice(form, "authentication.level");
    signing.submits = nct_form_has(form, "application.id") && read_application(form, signing.application_id) == NCT_OK;
    nct_form_text(form, "review.token", signing.review_token, sizeof signing.review_token);
    nct_form_text(form, "idempotency.key", signing.idempotency_key, sizeof signing.idempotency_key);
    proof.ncid = signing.claims.ncid;
    proof.provider = signing.claims.provider;
    proof.password_bytes.bytes = nct_form_raw(form, "signer.password", &proof.password_bytes.len);
    proof.pin_bytes.bytes = nct_form_raw(form, "signer.pin", &proof.pin_bytes.len);
    if (proof.password_bytes.bytes == NULL)
        proof.period_bytes.bytes = nct_form_raw(form, "signer.period", &proof.period_bytes.len);
    proof.begins_period = 1;
    nct_status status = nct_signature_room(&proof.portal->seams.memory, &signing.signature);
    if (status == NCT_OK)
        status = nct_proof_run(&proof);
    if (status == NCT_OK)
        status = nct_operate(proof.portal, finish, &signing);
    if (status == NCT_OK)
        memcpy(signing.signature->period, proof.period_token, sizeof signing.signature->period);
    else
        nct_signature_free(signing.signature);
    *out = status == NCT_OK ? signing.signature : NULL;
    return nct_proof_end(&proof, status);
}

nct_status nct_sign(nct_form *form, nct_problems **problems, nct_signature **out) {
    if (problems != NULL)
        *problems = NULL;
    if (out != NULL)
        *out = NULL;
    if (!nct_form_is(form, NCT_FORM_SIGNING) || NCT_MISSING(out))
        return NCT_E_ARGUMENT;
    nct_status status = nct_form_validate(form, problems);
    if (status == NCT_OK)
        status = sign(form, out);
    nct_form_forget(form, "signer.password");
    nct_form_forget(form, "signer.pin");
    nct_form_forget(form, "signer.period");
    return status;
}
