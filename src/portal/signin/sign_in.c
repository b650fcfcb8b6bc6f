#include "base/bytes.h"
#include "engine/handle/arguments.h"
#include "engine/unit/ledger_append.h"
#include "portal/credentials/authenticate.h"
#include "portal/mail/outbox.h"
#include "portal/registry/allowance.h"
#include "portal/signin/code.h"

#include <sodium.h>
#include <stdio.h>
#include <string.h>

/* As RFC 8176 names methods. */
#define BY_PASSWORD "pwd"
#define BY_PASSWORD_AND_CODE "pwd otp"

/* What the units of work below share. */
struct signing_in {
    struct nct_proof *proof; /* NULL: the host authenticated them */
    const char *ncid;
    struct nct_session_key key; /* of a session that waits */
    const char *code;           /* what was given for it */
    size_t code_len;
    struct nct_session_record session; /* label and methods */
    struct nct_session *out;
};

static nct_status note(struct nct_unit *unit, const struct nct_sign_in_file *file, enum nct_event event,
                       nct_status outcome, const char *detail) {
    struct nct_stream stream = nct_stream_of_person(file->person);
    struct nct_note entry = {.event = event, .outcome = outcome, .detail = detail};
    entry.actor = entry.subject = file->record.ncid[0] != '\0' ? file->record.ncid : NULL;
    return nct_ledger_append(unit, &stream, &entry);
}

static nct_status refuse(struct nct_unit *unit, const struct nct_sign_in_file *file, nct_status outcome,
                         const char *detail) {
    nct_status status = note(unit, file, NCT_EVENT_SIGN_IN_REFUSED, outcome, detail);
    return status == NCT_OK ? nct_unit_refuse(unit, outcome) : status;
}

/* Draws a code and mails it: nothing secret goes to an address that may be another's. */
static nct_status send_code(struct nct_unit *unit, struct nct_sign_in_file *file) {
    const struct nct_policy *policy = &unit->portal->policy;
    char code[NCT_SIGN_IN_CODE_LENGTH + 1];
    nct_status status = file->record.contested_at != 0 ? NCT_E_CONTESTED : NCT_OK;
    if (status == NCT_OK)
        status = nct_allowance_use(policy, NCT_OPTION_REQUESTS_CODE, &file->row.steps, unit->now);
    if (status == NCT_OK)
        status = nct_seams_digits(&unit->portal->seams, code, NCT_SIGN_IN_CODE_LENGTH);
    if (status == NCT_OK)
        status = nct_mailed_code_send(unit, file, NCT_CODE_STEP, code, 0);
    sodium_memzero(code, sizeof code);
    return status;
}

/* Stages a session and what the host is told of it. */
static nct_status begin(struct nct_unit *unit, struct signing_in *signing_in, struct nct_sign_in_file *file,
                        int waits) {
    struct nct_session *out = signing_in->out;
    struct nct_session_record *session = &signing_in->session;
    char detail[NCT_DETAIL_ROOM];
    nct_status status = nct_session_place(unit, file, waits, session, out->token);
    if (status == NCT_OK)
        status = nct_sign_in_put(unit, file);
    nct_session_fill(&unit->portal->policy, file, session, out);
    out->awaits_code = waits;
    snprintf(detail, sizeof detail, "session %s, %s%s%s", out->id, session->amr, session->acr[0] != '\0' ? ", " : "",
             session->acr);
    if (status != NCT_OK)
        return status;
    return note(unit, file, waits ? NCT_EVENT_CODE_SENT : NCT_EVENT_SIGNED_IN, NCT_OK, detail);
}

static nct_status begin_proven(struct nct_unit *unit, struct signing_in *signing_in, struct nct_sign_in_file *file) {
    int second_step = unit->portal->policy.profile.second_step != 0;
    struct nct_session_record *session = &signing_in->session;
    session->began_at = session->authenticated_at = unit->now;
    memcpy(session->amr, BY_PASSWORD, sizeof BY_PASSWORD);
    nct_status status = nct_sign_in_open(unit, file);
    if (status == NCT_OK && second_step)
        status = send_code(unit, file);
    if (nct_status_category(status) == NCT_CATEGORY_RULE)
        return refuse(unit, file, status, NULL);
    return status == NCT_OK ? begin(unit, signing_in, file, second_step) : status;
}

static nct_status finish(struct nct_unit *unit, void *argument) {
    struct signing_in *signing_in = argument;
    struct nct_proof *proof = signing_in->proof;
    struct nct_sign_in_file file;
    const char *reason = NULL;
    nct_status status = nct_proof_settle(unit, proof, &file.record, &reason);
    memcpy(file.person, proof->subject.person, NCT_PERSON_ID);
    if (status != NCT_OK)
        return status;
    if (!proof->subject.known) {
        file.record.ncid[0] = '\0'; /* whose it might have been is not kept */
        reason = "unknown NCID";
    }
    return reason != NULL ? refuse(unit, &file, NCT_E_DENIED, reason) : begin_proven(unit, signing_in, &file);
}

/* Hands over what a unit of work made of a session, or frees it. */
static nct_status hand_out(nct_status status, struct nct_session *session, nct_session **out) {
    if (status == NCT_OK)
        *out = session;
    else
        nct_session_free(session);
    return status;
}

nct_status nct_sign_in(nct_portal *portal, const char *ncid, size_t ncid_len, const char *password, size_t password_len,
                       const char *label, size_t label_len, nct_session **out) {
    char id[NCT_NCID_ROOM];
    struct signing_in signing_in = {.ncid = id};
    if (out != NULL)
        *out = NULL;
    if (NCT_MISSING(portal) || NCT_MISSING(out))
        return NCT_E_ARGUMENT;
    nct_status status = nct_take_ncid(ncid, ncid_len, id);
    if (status == NCT_OK)
        status = nct_check_password(password, password_len);
    if (status == NCT_OK)
        status = nct_take_label(label, label_len, signing_in.session.label, sizeof signing_in.session.label);
    if (status != NCT_OK)
        return status;
    struct nct_proof proof = {.portal = portal, .ncid = id, .password_bytes = {password, password_len}, .newcomer = 1};
    signing_in.proof = &proof;
    signing_in.out = nct_session_room(portal);
    if (signing_in.out == NULL)
        return NCT_E_NO_MEMORY;
    status = nct_proof_run(&proof);
    if (status == NCT_OK)
        status = nct_operate(portal, finish, &signing_in);
    return hand_out(nct_proof_end(&proof, status), signing_in.out, out);
}

/* Finds the session that waits for its code. */
static nct_status find_waiting(struct nct_unit *unit, const struct signing_in *signing_in,
                               struct nct_sign_in_file *file) {
    struct nct_session_record *session = NULL;
    nct_status status = nct_session_find(unit, &signing_in->key, file, &session);
    return status == NCT_OK && !nct_session_waits(file, session) ? NCT_E_STATE : status;
}

static nct_status confirm(struct nct_unit *unit, void *argument) {
    struct signing_in *signing_in = argument;
    struct nct_sign_in_file file;
    unsigned char hash[NCT_HASH];
    nct_status status = find_waiting(unit, signing_in, &file);
    if (status != NCT_OK)
        return status;
    nct_mailed_code_hash(unit->portal, NCT_CODE_STEP, &file, signing_in->code, signing_in->code_len, hash);
    if (!nct_mailed_code_try(unit, &file, NCT_CODE_STEP, hash)) {
        status = nct_sign_in_put(unit, &file);
        return status == NCT_OK ? refuse(unit, &file, NCT_E_DENIED, "wrong code") : status;
    }
    signing_in->session = file.row.waiting;
    nct_session_clear(&file.row.waiting);
    memcpy(signing_in->session.amr, BY_PASSWORD_AND_CODE, sizeof BY_PASSWORD_AND_CODE);
    return begin(unit, signing_in, &file, 0);
}

nct_status nct_sign_in_confirm(nct_portal *portal, const char *token, size_t token_len, const char *code,
                               size_t code_len, nct_session **out) {
    struct signing_in signing_in = {.code = code, .code_len = code_len};
    if (out != NULL)
        *out = NULL;
    if (NCT_MISSING(portal) || NCT_MISSING(out) || NCT_MISSING(token) || NCT_MISSING(code))
        return NCT_E_ARGUMENT;
    if (!nct_session_key_read(portal, token, token_len, &signing_in.key))
        return NCT_E_NO_SESSION;
    signing_in.out = nct_session_room(portal);
    if (signing_in.out == NULL)
        return NCT_E_NO_MEMORY;
    return hand_out(nct_unit_run(portal, confirm, &signing_in, NULL), signing_in.out, out);
}

static nct_status send_another(struct nct_unit *unit, void *argument) {
    struct nct_sign_in_file file;
    nct_status status = find_waiting(unit, argument, &file);
    if (status != NCT_OK)
        return status;
    status = send_code(unit, &file);
    if (nct_status_category(status) == NCT_CATEGORY_RULE)
        return refuse(unit, &file, status, "another code");
    if (status == NCT_OK)
        status = nct_sign_in_put(unit, &file);
    return status == NCT_OK ? note(unit, &file, NCT_EVENT_CODE_SENT, NCT_OK, "another") : status;
}

nct_status nct_sign_in_send_code(nct_portal *portal, const char *token, size_t token_len) {
    struct signing_in signing_in = {.code = NULL};
    if (NCT_MISSING(portal) || NCT_MISSING(token))
        return NCT_E_ARGUMENT;
    if (!nct_session_key_read(portal, token, token_len, &signing_in.key))
        return NCT_E_NO_SESSION;
    return nct_operate(portal, send_another, &signing_in);
}

static nct_status begin_stated(struct nct_unit *unit, void *argument) {
    struct signing_in *signing_in = argument;
    struct nct_session_record *session = &signing_in->session;
    struct nct_sign_in_file file;
    nct_status status = nct_sign_in_open_for(unit, signing_in->ncid, &file);
    if (status == NCT_OK && session->authenticated_at > unit->now)
        status = nct_about_argument(NCT_E_DATE, "authenticated_at");
    if (status != NCT_OK)
        return status;
    session->began_at = unit->now;
    if (session->authenticated_at == 0)
        session->authenticated_at = unit->now;
    return begin(unit, signing_in, &file, 0);
}

nct_status nct_session_begin(nct_portal *portal, const char *ncid, size_t ncid_len, const char *acr, size_t acr_len,
                             const char *amr, size_t amr_len, int64_t authenticated_at, const char *label,
                             size_t label_len, nct_session **out) {
    char id[NCT_NCID_ROOM];
    struct signing_in signing_in = {.ncid = id, .session = {.authenticated_at = authenticated_at}};
    struct nct_session_record *session = &signing_in.session;
    if (out != NULL)
        *out = NULL;
    if (NCT_MISSING(portal) || NCT_MISSING(out))
        return NCT_E_ARGUMENT;
    if (authenticated_at < 0)
        return nct_about_argument(NCT_E_DATE, "authenticated_at");
    nct_status status = nct_take_ncid(ncid, ncid_len, id);
    if (status == NCT_OK)
        status = nct_take_label(acr, acr_len, session->acr, sizeof session->acr);
    if (status == NCT_OK)
        status = nct_take_label(amr, amr_len, session->amr, sizeof session->amr);
    if (status == NCT_OK)
        status = nct_take_label(label, label_len, session->label, sizeof session->label);
    if (status != NCT_OK)
        return status;
    signing_in.out = nct_session_room(portal);
    if (signing_in.out == NULL)
        return NCT_E_NO_MEMORY;
    return hand_out(nct_unit_run(portal, begin_stated, &signing_in, NULL), signing_in.out, out);
}
