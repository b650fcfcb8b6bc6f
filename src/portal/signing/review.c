#include "portal/signing/review.h"
#include "base/about.h"

#include "base/bytes.h"
#include "engine/records/evidence_types.h"
#include "engine/unit/ledger_append.h"
#include "engine/unit/look.h"
#include "portal/form/form.h"
#include "portal/registry/person.h"
#include "portal/signing/read.h"
#include "portal/signing/signature.h"

#include <sodium.h>
#include <string.h>

#define TOKEN_BYTES 16
#define TIDIED_AT_ONCE 16

_Static_assert(NCT_REVIEW_TOKEN_LENGTH == 2 * TOKEN_BYTES, "length of a token");

/* A text with its NUL, so that no two lists of texts hash alike. */
static void hash_text(crypto_generichash_state *state, const char *text) {
    crypto_generichash_update(state, (const unsigned char *)text, strlen(text) + 1);
}

void nct_review_content(const struct nct_claims *claims, unsigned char content[NCT_HASH]) {
    crypto_generichash_state state;
    crypto_generichash_init(&state, NULL, 0, NCT_HASH);
    hash_text(&state, "nctracks/content/1");
    hash_text(&state, claims->provider);
    hash_text(&state, claims->submission);
    hash_text(&state, claims->document_id);
    hash_text(&state, claims->document_version);
    hash_text(&state, claims->attestation_version);
    crypto_generichash_update(&state, claims->document_digest, NCT_HASH);
    crypto_generichash_update(&state, claims->attestation_digest, NCT_HASH);
    crypto_generichash_final(&state, content, NCT_HASH);
}

#define REVIEW_KEY (NCT_PERSON_ID + NCT_HASH)

/* One open review for each signer and document version, so that abandoned ones do not pile up. */
static void review_key(const struct nct_claims *claims, const unsigned char person[NCT_PERSON_ID],
                       unsigned char key[REVIEW_KEY]) {
    crypto_generichash_state state;
    memcpy(key, person, NCT_PERSON_ID);
    crypto_generichash_init(&state, NULL, 0, NCT_HASH);
    hash_text(&state, "nctracks/review/2");
    hash_text(&state, claims->provider);
    hash_text(&state, claims->submission);
    hash_text(&state, claims->document_id);
    hash_text(&state, claims->document_version);
    crypto_generichash_final(&state, key + NCT_PERSON_ID, NCT_HASH);
}

static void hash_token(const struct nct_portal *portal, const char *token, unsigned char hash[NCT_HASH]) {
    crypto_generichash_state state;
    crypto_generichash_init(&state, portal->keyring.kept->lookup, NCT_KEY, NCT_HASH);
    hash_text(&state, "nctracks/review-token/1");
    hash_text(&state, token);
    crypto_generichash_final(&state, hash, NCT_HASH);
}

/* What is kept for a time only, and whether its time is over. */
typedef int is_over_function(const struct nct_unit *unit, const struct nct_page_row *row);

struct tidying {
    const struct nct_record_type *type;
    is_over_function *is_over;
    size_t left;
};

static nct_status tidy_row(struct nct_unit *unit, const struct nct_page_row *row, void *argument) {
    struct tidying *tidying = argument;
    union {
        struct nct_review_record review;
        struct nct_idempotency_record made;
    } record;
    if (tidying->left == 0 || !tidying->is_over(unit, row))
        return NCT_OK;
    tidying->left--;
    nct_status status = nct_unit_get(unit, tidying->type, row->key, row->key_len, &record);
    return status == NCT_OK ? nct_unit_delete(unit, tidying->type, row->key, row->key_len) : status;
}

/* Stages the removal of a person's rows whose time is over, so that looks at the others stay short; some at a time. */
static nct_status tidy(struct nct_unit *unit, const struct nct_record_type *type,
                       const unsigned char person[NCT_PERSON_ID], is_over_function *is_over) {
    struct tidying tidying = {type, is_over, TIDIED_AT_ONCE};
    return nct_look(unit, type, person, NCT_PERSON_ID, tidy_row, &tidying);
}

static int review_is_over(const struct nct_unit *unit, const struct nct_page_row *row) {
    struct nct_review_record review;
    return nct_record_decode(&nct_type_review, row->content, row->len, &review) == NCT_OK &&
           review.expires_at <= unit->now;
}

struct reviewing {
    const struct nct_claims *claims;
    struct nct_review_record review;
};

static nct_status put_review(struct nct_unit *unit, void *argument) {
    struct reviewing *reviewing = argument;
    const struct nct_claims *claims = reviewing->claims;
    unsigned char key[REVIEW_KEY];
    unsigned char person[NCT_PERSON_ID];
    struct nct_person_record record;
    struct nct_review_record before;
    nct_status status = nct_person_find(unit, claims->ncid, person, &record);
    if (status == NCT_OK)
        status = tidy(unit, &nct_type_review, person, review_is_over);
    if (status != NCT_OK)
        return status;
    review_key(claims, person, key);
    status = nct_unit_get(unit, &nct_type_review, key, sizeof key, &before);
    if (status != NCT_OK && status != NCT_E_NOT_FOUND)
        return status;
    reviewing->review.handovers = record.handovers;
    reviewing->review.expires_at = unit->now + nct_policy_option(&unit->portal->policy, NCT_OPTION_REVIEW_TIME);
    status = nct_unit_put(unit, &nct_type_review, key, sizeof key, &reviewing->review);
    if (status != NCT_OK)
        return status;
    struct nct_stream stream = nct_stream_of_person(person);
    struct nct_note note = {.event = NCT_EVENT_REVIEWED,
                            .actor = claims->ncid,
                            .subject = claims->ncid,
                            .provider = claims->provider,
                            .detail = claims->document_id,
                            .digest = reviewing->review.content};
    return nct_ledger_append(unit, &stream, &note);
}

static nct_status make_review(struct nct_portal *portal, const struct nct_claims *claims, char *token) {
    struct reviewing reviewing = {.claims = claims};
    unsigned char bytes[TOKEN_BYTES];
    nct_status status = nct_seams_fill(&portal->seams, bytes, sizeof bytes);
    nct_hex(token, bytes, sizeof bytes);
    sodium_memzero(bytes, sizeof bytes);
    nct_review_content(claims, reviewing.review.content);
    hash_token(portal, token, reviewing.review.token);
    if (status == NCT_OK)
        status = nct_unit_run(portal, put_review, &reviewing, NULL);
    if (status != NCT_OK)
        sodium_memzero(token, NCT_REVIEW_TOKEN_LENGTH + 1);
    return status;
}

nct_status nct_signing_review(nct_form *form, char *token, size_t capacity, nct_problems **problems) {
    struct nct_claims claims = {0};
    if (problems != NULL)
        *problems = NULL;
    if (!nct_form_is(form, NCT_FORM_SIGNING) || NCT_MISSING(token))
        return NCT_E_ARGUMENT;
    if (capacity > 0)
        token[0] = '\0';
    if (capacity <= NCT_REVIEW_TOKEN_LENGTH)
        return NCT_E_BUFFER;
    nct_status status = nct_form_validate_without_secrets(form, problems);
    if (status != NCT_OK)
        return status;
    nct_signing_read(form, &claims);
    return make_review(nct_form_portal(form), &claims, token);
}

nct_status nct_review_spend(struct nct_unit *unit, const struct nct_claims *claims, const char *token) {
    unsigned char key[REVIEW_KEY];
    unsigned char content[NCT_HASH];
    unsigned char hash[NCT_HASH];
    unsigned char person[NCT_PERSON_ID];
    struct nct_review_record review;
    struct nct_person_record record;
    nct_status status = nct_person_find(unit, claims->ncid, person, &record);
    if (status != NCT_OK)
        return status;
    review_key(claims, person, key);
    status = nct_look_get(unit, &nct_type_review, key, sizeof key, NCT_PERSON_ID, &review, NULL);
    if (status != NCT_OK)
        return status == NCT_E_NOT_FOUND ? NCT_E_REVIEW : status;
    nct_review_content(claims, content);
    hash_token(unit->portal, token, hash);
    int64_t time = nct_policy_option(&unit->portal->policy, NCT_OPTION_REVIEW_TIME);
    int in_time =
        unit->now < review.expires_at && review.expires_at - unit->now <= time; /* also if the clock went back */
    if (sodium_memcmp(hash, review.token, NCT_HASH) != 0 || memcmp(content, review.content, NCT_HASH) != 0 ||
        review.handovers != record.handovers || !in_time)
        return NCT_E_REVIEW;
    return nct_unit_delete(unit, &nct_type_review, key, sizeof key);
}

static void idempotency_key(const struct nct_claims *claims, const char *text,
                            unsigned char key[NCT_PERSON_ID + NCT_HASH]) {
    memcpy(key, claims->person, NCT_PERSON_ID);
    crypto_generichash(key + NCT_PERSON_ID, NCT_HASH, (const unsigned char *)text, strlen(text), NULL, 0);
}

static int is_remembered(const struct nct_unit *unit, const struct nct_idempotency_record *made) {
    int64_t made_at = (int64_t)nct_get_be64(made->signature);
    return unit->now - made_at < nct_policy_option(&unit->portal->policy, NCT_OPTION_IDEMPOTENCY_TIME);
}

static int key_is_over(const struct nct_unit *unit, const struct nct_page_row *row) {
    struct nct_idempotency_record made;
    return nct_record_decode(&nct_type_idempotency, row->content, row->len, &made) == NCT_OK &&
           !is_remembered(unit, &made);
}

nct_status nct_idempotency_find(struct nct_unit *unit, const struct nct_claims *claims, const char *text,
                                struct nct_signature_record *record) {
    unsigned char key[NCT_PERSON_ID + NCT_HASH];
    unsigned char content[NCT_HASH];
    unsigned char place[NCT_SIGNATURE_KEY_MAX];
    struct nct_idempotency_record made;
    idempotency_key(claims, text, key);
    nct_status status = nct_look_get(unit, &nct_type_idempotency, key, sizeof key, NCT_PERSON_ID, &made, NULL);
    if (status == NCT_OK && !is_remembered(unit, &made))
        status = NCT_E_NOT_FOUND;
    if (status != NCT_OK)
        return status;
    nct_review_content(claims, content);
    if (memcmp(content, made.content, NCT_HASH) != 0)
        return NCT_E_REPEATED;
    size_t place_len = nct_signature_key(made.provider, made.signature, place);
    status = nct_unit_get(unit, &nct_type_signature, place, place_len, record);
    return status == NCT_E_NOT_FOUND ? NCT_E_INTEGRITY : status;
}

nct_status nct_idempotency_put(struct nct_unit *unit, const struct nct_claims *claims, const char *text) {
    unsigned char key[NCT_PERSON_ID + NCT_HASH];
    struct nct_idempotency_record made = {0};
    idempotency_key(claims, text, key);
    nct_review_content(claims, made.content);
    memcpy(made.provider, claims->provider, sizeof made.provider);
    memcpy(made.signature, claims->id, NCT_SIGNATURE_ID);
    nct_status status = tidy(unit, &nct_type_idempotency, claims->person, key_is_over);
    if (status != NCT_OK)
        return status;
    return nct_unit_put(unit, &nct_type_idempotency, key, sizeof key, &made);
}
