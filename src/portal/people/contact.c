#include "portal/people/contact.h"

#include "base/bytes.h"
#include "engine/handle/arguments.h"
#include "engine/records/request_types.h"
#include "portal/access/admit.h"
#include "portal/credentials/authenticate.h"
#include "portal/credentials/verifier.h"
#include "portal/form/form.h"
#include "portal/mail/outbox.h"

#include <nctracks/ident.h>

#include <sodium.h>
#include <string.h>

#define TOKEN_BYTES (NCT_CONTACT_TOKEN_LENGTH / 2)

/* The token is drawn and hashed before the unit, which may run more than once. */
static nct_status draw_token(const struct nct_portal *portal, struct nct_contacting *contacting) {
    unsigned char bytes[TOKEN_BYTES];
    nct_status status = nct_seams_fill(&portal->seams, bytes, sizeof bytes);
    nct_hex(contacting->token, bytes, sizeof bytes);
    sodium_memzero(bytes, sizeof bytes);
    nct_contact_hash(portal, contacting->ncid, contacting->token, contacting->token_hash);
    return status;
}

static nct_status submit(const struct nct_form *form, struct nct_contacting *contacting) {
    struct nct_portal *portal = nct_form_portal(form);
    struct nct_contact_record *wanted = &contacting->wanted;
    nct_form_name(form, "", &wanted->name);
    nct_form_postal(form, "", &wanted->postal);
    nct_form_text(form, "email", wanted->email, sizeof wanted->email);
    nct_form_text(form, "phone", wanted->phone, sizeof wanted->phone);
    nct_form_text(form, "phone_extension", wanted->phone_extension, sizeof wanted->phone_extension);
    nct_contact_drop(wanted, nct_form_choice(form, "one_name") != 0);
    nct_status status = draw_token(portal, contacting);
    if (status == NCT_OK)
        status = nct_operate(portal, nct_contact_ask, contacting);
    sodium_memzero(contacting, sizeof *contacting);
    return status;
}

nct_status nct_contact_change(nct_form *form, const char *by, size_t by_len, const char *provider, size_t provider_len,
                              const char *ncid, size_t ncid_len, nct_problems **problems) {
    char by_id[NCT_NCID_ROOM];
    char provider_id[NCT_PROVIDER_ROOM];
    char id[NCT_NCID_ROOM];
    if (problems != NULL)
        *problems = NULL;
    if (!nct_form_is(form, NCT_FORM_CONTACT))
        return NCT_E_ARGUMENT;
    nct_status status = nct_take_ncid(by, by_len, by_id);
    if (status == NCT_OK)
        status = nct_take_ncid(ncid, ncid_len, id);
    int own = status == NCT_OK && strcmp(by_id, id) == 0;
    if (status == NCT_OK && !own)
        status = nct_take_provider(provider, provider_len, provider_id);
    if (status == NCT_OK)
        status = nct_form_validate(form, problems);
    struct nct_contacting contacting = {.asker = own ? NCT_BY_PERSON : NCT_BY_ADMINISTRATOR,
                                        .actor = by_id,
                                        .provider = own ? NULL : provider_id,
                                        .ncid = id};
    return status == NCT_OK ? submit(form, &contacting) : status;
}

static nct_status take_operator(struct nct_operator_texts *texts, const char *operator_name, size_t operator_name_len,
                                const char *reason, size_t reason_len, const char *ncid, size_t ncid_len,
                                struct nct_contacting *contacting) {
    *contacting = (struct nct_contacting){
        .asker = NCT_BY_OPERATOR, .actor = texts->actor, .reason = texts->reason, .ncid = texts->ncid};
    return nct_take_operator_texts(texts, operator_name, operator_name_len, reason, reason_len, ncid, ncid_len);
}

nct_status nct_contact_change_by_operator(nct_form *form, const char *operator_name, size_t operator_name_len,
                                          const char *ncid, size_t ncid_len, const char *reason, size_t reason_len,
                                          nct_problems **problems) {
    struct nct_operator_texts texts;
    struct nct_contacting contacting;
    if (problems != NULL)
        *problems = NULL;
    if (!nct_form_is(form, NCT_FORM_CONTACT))
        return NCT_E_ARGUMENT;
    nct_status status =
        take_operator(&texts, operator_name, operator_name_len, reason, reason_len, ncid, ncid_len, &contacting);
    if (status == NCT_OK)
        status = nct_form_validate(form, problems);
    return status == NCT_OK ? submit(form, &contacting) : status;
}

/* As it was mailed; what cannot be a token becomes an empty one, and is refused with the others. */
static void take_token(const char *token, size_t len, char out[NCT_TOKEN_ROOM]) {
    size_t i = 0;
    for (; len == NCT_CONTACT_TOKEN_LENGTH && i < len; i++)
        out[i] = token[i] >= 'A' && token[i] <= 'F' ? (char)(token[i] - 'A' + 'a') : token[i];
    out[i] = '\0';
}

nct_status nct_contact_confirm(nct_portal *portal, const char *ncid, size_t ncid_len, const char *token,
                               size_t token_len) {
    char id[NCT_NCID_ROOM];
    if (NCT_MISSING(portal) || NCT_MISSING(token))
        return NCT_E_ARGUMENT;
    nct_status status = nct_take_ncid(ncid, ncid_len, id);
    if (status != NCT_OK)
        return status;
    struct nct_contacting contacting = {.asker = NCT_BY_PERSON, .actor = id, .ncid = id};
    take_token(token, token_len, contacting.token);
    nct_contact_hash(portal, id, contacting.token, contacting.token_hash);
    /* A token needs no slow hash. But what rows there are differs by name. */
    status = nct_derive_idly(portal, contacting.token, strlen(contacting.token));
    if (status == NCT_OK)
        status = nct_operate(portal, nct_contact_settle, &contacting);
    sodium_memzero(&contacting, sizeof contacting);
    return status;
}

nct_status nct_contact_confirm_by_operator(nct_portal *portal, const char *operator_name, size_t operator_name_len,
                                           const char *ncid, size_t ncid_len, const char *email, size_t email_len,
                                           const char *reason, size_t reason_len) {
    struct nct_operator_texts texts;
    struct nct_contacting contacting;
    if (NCT_MISSING(portal) || (email_len > 0 && NCT_MISSING(email)))
        return NCT_E_ARGUMENT;
    nct_status status =
        take_operator(&texts, operator_name, operator_name_len, reason, reason_len, ncid, ncid_len, &contacting);
    if (status == NCT_OK && email_len > 0)
        status = nct_take_email(email, email_len, contacting.wanted.email);
    return status == NCT_OK ? nct_operate(portal, nct_contact_settle_by_operator, &contacting) : status;
}

nct_status nct_contact_withdraw(nct_portal *portal, const char *operator_name, size_t operator_name_len,
                                const char *ncid, size_t ncid_len, const char *reason, size_t reason_len) {
    struct nct_operator_texts texts;
    struct nct_contacting contacting;
    if (NCT_MISSING(portal))
        return NCT_E_ARGUMENT;
    nct_status status =
        take_operator(&texts, operator_name, operator_name_len, reason, reason_len, ncid, ncid_len, &contacting);
    return status == NCT_OK ? nct_operate(portal, nct_contact_take_back, &contacting) : status;
}

nct_status nct_contact_settle_contested(nct_portal *portal, const char *ncid, size_t ncid_len, const char *password,
                                        size_t password_len, const char *email, size_t email_len) {
    char id[NCT_NCID_ROOM];
    struct nct_contacting contacting = {.asker = NCT_BY_PERSON, .actor = id, .ncid = id};
    if (NCT_MISSING(portal) || NCT_MISSING(email))
        return NCT_E_ARGUMENT;
    nct_status status = nct_take_ncid(ncid, ncid_len, id);
    if (status == NCT_OK)
        status = nct_check_password(password, password_len);
    if (status == NCT_OK)
        status = nct_take_email(email, email_len, contacting.wanted.email);
    if (status != NCT_OK)
        return status;
    struct nct_proof proof = {.portal = portal, .ncid = id, .password_bytes = {password, password_len}};
    contacting.proof = &proof;
    status = nct_proof_run(&proof);
    if (status == NCT_OK)
        status = nct_operate(portal, nct_contact_settle_contest, &contacting);
    return nct_proof_end(&proof, status);
}

nct_status nct_contact_request_read(struct nct_unit *unit, struct nct_contact_request *request) {
    nct_status status = nct_contact_waiting(unit, request->ncid, &request->waiting, &request->contested_at);
    nct_contact_drops_describe(&request->waiting, request->drops);
    if (request->contested_at == 0)
        request->lapses_at = request->waiting.requested_at + nct_contact_term(&unit->portal->policy);
    return status;
}

static nct_status read_request(struct nct_unit *unit, void *argument) {
    return nct_contact_request_read(unit, argument);
}

nct_status nct_contact_pending(nct_portal *portal, const char *ncid, size_t ncid_len, nct_contact_request **out) {
    char id[NCT_NCID_ROOM];
    if (out != NULL)
        *out = NULL;
    if (NCT_MISSING(portal) || NCT_MISSING(out))
        return NCT_E_ARGUMENT;
    nct_status status = nct_take_ncid(ncid, ncid_len, id);
    if (status != NCT_OK)
        return status;
    nct_contact_request *request = nct_memory_take(&portal->seams.memory, sizeof *request);
    if (request == NULL)
        return NCT_E_NO_MEMORY;
    request->memory = portal->seams.memory;
    memcpy(request->ncid, id, sizeof id);
    status = nct_unit_read(portal, read_request, request);
    if (status == NCT_OK)
        *out = request;
    else
        nct_contact_request_free(request);
    return status;
}

void nct_contact_request_free(nct_contact_request *request) {
    if (request == NULL)
        return;
    struct nct_memory memory = request->memory;
    nct_memory_give(&memory, request);
}

const char *nct_contact_request_ncid(const nct_contact_request *request) {
    return request != NULL ? request->ncid : NULL;
}

const char *nct_contact_request_first_name(const nct_contact_request *request) {
    return request != NULL ? request->waiting.name.first : NULL;
}

const char *nct_contact_request_middle_name(const nct_contact_request *request) {
    return request != NULL ? request->waiting.name.middle : NULL;
}

const char *nct_contact_request_last_name(const nct_contact_request *request) {
    return request != NULL ? request->waiting.name.last : NULL;
}

const char *nct_contact_request_email(const nct_contact_request *request) {
    return request != NULL ? request->waiting.email : NULL;
}

const char *nct_contact_request_phone(const nct_contact_request *request) {
    return request != NULL ? request->waiting.phone : NULL;
}

const char *nct_contact_request_suffix(const nct_contact_request *request) {
    return request != NULL ? request->waiting.name.suffix : NULL;
}

const char *nct_contact_request_phone_extension(const nct_contact_request *request) {
    return request != NULL ? request->waiting.phone_extension : NULL;
}

const char *nct_contact_request_address_line1(const nct_contact_request *request) {
    return request != NULL ? request->waiting.postal.line1 : NULL;
}

const char *nct_contact_request_address_line2(const nct_contact_request *request) {
    return request != NULL ? request->waiting.postal.line2 : NULL;
}

const char *nct_contact_request_address_city(const nct_contact_request *request) {
    return request != NULL ? request->waiting.postal.city : NULL;
}

const char *nct_contact_request_address_state(const nct_contact_request *request) {
    return request != NULL ? request->waiting.postal.state : NULL;
}

const char *nct_contact_request_address_zip(const nct_contact_request *request) {
    return request != NULL ? request->waiting.postal.zip : NULL;
}

const char *nct_contact_request_drops(const nct_contact_request *request) {
    return request != NULL ? request->drops : NULL;
}

const char *nct_contact_request_by(const nct_contact_request *request) {
    return request != NULL ? request->waiting.requested_by : NULL;
}

int64_t nct_contact_request_at(const nct_contact_request *request) {
    return request != NULL ? request->waiting.requested_at : 0;
}

int64_t nct_contact_request_lapses_at(const nct_contact_request *request) {
    return request != NULL ? request->lapses_at : 0;
}

int32_t nct_contact_request_contested(const nct_contact_request *request) {
    return request != NULL && request->contested_at != 0;
}

size_t nct_contact_token_length(void) {
    return NCT_CONTACT_TOKEN_LENGTH;
}
