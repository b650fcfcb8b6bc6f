#include "engine/handle/arguments.h"
#include "portal/access/admit.h"
#include "portal/credentials/authenticate.h"
#include "portal/mail/notice.h"
#include "portal/mail/outbox.h"
#include "portal/registry/allowance.h"

#include <nctracks/pin.h>

#include <sodium.h>
#include <string.h>

/* Who asks for what, once it is clear that they may ask. */
struct request {
    struct nct_drafts drafts; /* of a reset */
    const char *actor;        /* an NCID or "operator:" and a name */
    const char *provider;     /* at which an administrator acts; may be NULL */
    const char *reason;       /* an operator's; may be NULL */
    const char *ncid;
    struct nct_proof *proof; /* of a reset by the person */
};

static nct_status issue_new(struct nct_unit *unit, struct request *request, const unsigned char person[NCT_PERSON_ID],
                            const struct nct_person_record *record) {
    struct nct_issue issue = {.occasion = NCT_ON_RESET,
                              .event = NCT_EVENT_PIN_RESET,
                              .actor = request->actor,
                              .detail = request->reason,
                              .provider = request->provider};
    const struct nct_mail_record about = {.template_id = NCT_MAIL_PIN_RESET_NOTICE};
    nct_status status = nct_pin_issue(unit, &request->drafts, person, record, &issue);
    return status == NCT_OK ? nct_notice_person(unit, record, NCT_ADDRESSES_PAST, &about) : status;
}

/* The same, where it is counted: not for operators. */
static nct_status issue_counted(struct nct_unit *unit, struct request *request,
                                const unsigned char person[NCT_PERSON_ID], struct nct_person_record *record,
                                enum nct_asked what) {
    nct_status status = record->contested_at != 0 ? NCT_E_CONTESTED : NCT_OK;
    if (status == NCT_OK)
        status = nct_person_ask(&unit->portal->policy, record, what, unit->now);
    if (status == NCT_OK)
        status = nct_unit_put(unit, &nct_type_person, person, NCT_PERSON_ID, record);
    return status == NCT_OK ? issue_new(unit, request, person, record) : status;
}

static nct_status run_reset(struct nct_portal *portal, struct request *request, nct_unit_function *function) {
    nct_status status = nct_drafts_init(&request->drafts, portal, 1);
    if (status == NCT_OK)
        status = nct_operate_with_pins(&request->drafts, function, request);
    nct_drafts_free(&request->drafts);
    return status;
}

static nct_status refuse_own(struct nct_unit *unit, const struct request *request, nct_status why, const char *detail) {
    struct nct_stream stream = nct_stream_of_person(request->proof->subject.person);
    struct nct_note note = {.event = NCT_EVENT_PIN_RESET_REFUSED, .outcome = why, .detail = detail};
    note.subject = note.actor = request->proof->subject.known ? request->ncid : NULL;
    nct_status status = nct_ledger_append(unit, &stream, &note);
    return status == NCT_OK ? nct_unit_refuse(unit, why) : status;
}

/* S13 a. */
static nct_status reset_own(struct nct_unit *unit, void *argument) {
    struct request *request = argument;
    struct nct_person_record record;
    const char *reason = NULL;
    nct_status status = nct_proof_settle(unit, request->proof, &record, &reason);
    if (status != NCT_OK)
        return status;
    if (reason != NULL)
        return refuse_own(unit, request, NCT_E_DENIED, reason);
    status = issue_counted(unit, request, request->proof->subject.person, &record, NCT_ASKED_PIN);
    return status == NCT_E_TOO_OFTEN || status == NCT_E_CONTESTED ? refuse_own(unit, request, status, NULL) : status;
}

nct_status nct_pin_reset(nct_portal *portal, const char *ncid, size_t ncid_len, const char *password,
                         size_t password_len) {
    char id[NCT_NCID_ROOM];
    if (NCT_MISSING(portal))
        return NCT_E_ARGUMENT;
    nct_status status = nct_take_ncid(ncid, ncid_len, id);
    if (status == NCT_OK)
        status = nct_check_password(password, password_len);
    if (status != NCT_OK)
        return status;
    struct nct_proof proof = {.portal = portal, .ncid = id, .password_bytes = {password, password_len}};
    struct request request = {.actor = id, .ncid = id, .proof = &proof};
    status = nct_proof_run(&proof);
    if (status == NCT_OK)
        status = run_reset(portal, &request, reset_own);
    return nct_proof_end(&proof, status);
}

/* S13 b. */
static nct_status reset_for_user(struct nct_unit *unit, void *argument) {
    struct request *request = argument;
    unsigned char person[NCT_PERSON_ID];
    struct nct_person_record record;
    const struct nct_access_wish wish = {request->actor, request->provider, request->ncid, NCT_ROLE_NONE, 0};
    nct_status status = nct_access_manages_alone(unit, &wish, NCT_AUTHORITY_PIN_RESET);
    if (status == NCT_OK)
        status = nct_person_find(unit, request->ncid, person, &record);
    if (status == NCT_OK)
        status = issue_counted(unit, request, person, &record, NCT_ASKED_PIN_FOR);
    if (status == NCT_OK)
        return status;
    return nct_access_refuse(unit, NCT_EVENT_PIN_RESET_REFUSED, &wish, status);
}

nct_status nct_pin_reset_by_administrator(nct_portal *portal, const char *by, size_t by_len, const char *provider,
                                          size_t provider_len, const char *ncid, size_t ncid_len) {
    char by_id[NCT_NCID_ROOM];
    char provider_id[NCT_PROVIDER_ROOM];
    char id[NCT_NCID_ROOM];
    if (NCT_MISSING(portal))
        return NCT_E_ARGUMENT;
    nct_status status = nct_take_ncid(by, by_len, by_id);
    if (status == NCT_OK)
        status = nct_take_provider(provider, provider_len, provider_id);
    if (status == NCT_OK)
        status = nct_take_ncid(ncid, ncid_len, id);
    struct request request = {.actor = by_id, .provider = provider_id, .ncid = id};
    return status == NCT_OK ? run_reset(portal, &request, reset_for_user) : status;
}

static nct_status find_with_access(struct nct_unit *unit, const char *ncid, unsigned char person[NCT_PERSON_ID],
                                   struct nct_person_record *record) {
    int any = 0;
    nct_status status = nct_person_find(unit, ncid, person, record);
    if (status == NCT_OK)
        status = nct_access_any(unit, person, &any);
    return status == NCT_OK && !any ? NCT_E_NO_PIN : status;
}

/* S13 c. */
static nct_status reset_by_operator(struct nct_unit *unit, void *argument) {
    struct request *request = argument;
    unsigned char person[NCT_PERSON_ID];
    struct nct_person_record record;
    nct_status status = find_with_access(unit, request->ncid, person, &record);
    return status == NCT_OK ? issue_new(unit, request, person, &record) : status;
}

nct_status nct_pin_reset_by_operator(nct_portal *portal, const char *operator_name, size_t operator_name_len,
                                     const char *ncid, size_t ncid_len, const char *reason, size_t reason_len) {
    struct nct_operator_texts texts;
    if (NCT_MISSING(portal))
        return NCT_E_ARGUMENT;
    nct_status status =
        nct_take_operator_texts(&texts, operator_name, operator_name_len, reason, reason_len, ncid, ncid_len);
    struct request request = {.actor = texts.actor, .reason = texts.reason, .ncid = texts.ncid};
    return status == NCT_OK ? run_reset(portal, &request, reset_by_operator) : status;
}

static nct_status tell_lost(struct nct_unit *unit, const struct nct_person_record *record) {
    const struct nct_mail_record about = {.template_id = NCT_MAIL_PIN_LOST};
    return nct_notice_person(unit, record, NCT_ADDRESSES_ALL, &about);
}

static nct_status mark_lost(struct nct_unit *unit, const struct request *request,
                            const unsigned char person[NCT_PERSON_ID], const struct nct_person_record *record) {
    int ended = 0;
    nct_status status = nct_pin_end(unit, person, &ended);
    struct nct_stream stream = nct_stream_of_person(person);
    struct nct_note note = {
        .event = NCT_EVENT_PIN_LOST, .actor = request->actor, .subject = request->ncid, .detail = request->reason};
    if (status == NCT_OK)
        status = nct_ledger_append(unit, &stream, &note);
    return status == NCT_OK && ended ? tell_lost(unit, record) : status;
}

static nct_status report_by_operator(struct nct_unit *unit, void *argument) {
    const struct request *request = argument;
    unsigned char person[NCT_PERSON_ID];
    struct nct_person_record record;
    nct_status status = nct_person_find(unit, request->ncid, person, &record);
    return status == NCT_OK ? mark_lost(unit, request, person, &record) : status;
}

nct_status nct_pin_report_lost_by_operator(nct_portal *portal, const char *operator_name, size_t operator_name_len,
                                           const char *ncid, size_t ncid_len, const char *reason, size_t reason_len) {
    struct nct_operator_texts texts;
    if (NCT_MISSING(portal))
        return NCT_E_ARGUMENT;
    nct_status status =
        nct_take_operator_texts(&texts, operator_name, operator_name_len, reason, reason_len, ncid, ncid_len);
    struct request request = {.actor = texts.actor, .reason = texts.reason, .ncid = texts.ncid};
    return status == NCT_OK ? nct_operate(portal, report_by_operator, &request) : status;
}

static nct_status report(struct nct_unit *unit, void *argument) {
    const struct request *request = argument;
    const struct nct_access_wish wish = {request->actor, request->provider, request->ncid, NCT_ROLE_NONE, 0};
    nct_status status = NCT_OK;
    if (strcmp(request->actor, request->ncid) != 0)
        status = nct_access_manages_alone(unit, &wish, NCT_AUTHORITY_PIN_RESET);
    if (status == NCT_OK)
        return report_by_operator(unit, argument);
    return nct_access_refuse(unit, NCT_EVENT_PIN_RESET_REFUSED, &wish, status);
}

nct_status nct_pin_report_lost(nct_portal *portal, const char *by, size_t by_len, const char *provider,
                               size_t provider_len, const char *ncid, size_t ncid_len) {
    char by_id[NCT_NCID_ROOM];
    char provider_id[NCT_PROVIDER_ROOM] = "";
    char id[NCT_NCID_ROOM];
    if (NCT_MISSING(portal))
        return NCT_E_ARGUMENT;
    nct_status status = nct_take_ncid(by, by_len, by_id);
    if (status == NCT_OK)
        status = nct_take_ncid(ncid, ncid_len, id);
    if (status == NCT_OK && strcmp(by_id, id) != 0)
        status = nct_take_provider(provider, provider_len, provider_id);
    struct request request = {.actor = by_id, .provider = provider_id, .ncid = id};
    return status == NCT_OK ? nct_operate(portal, report, &request) : status;
}

struct status_reading {
    const char *ncid;
    int32_t state;
    int64_t issued_at;
    int32_t failures;
};

static nct_status read_status(struct nct_unit *unit, void *argument) {
    struct status_reading *reading = argument;
    unsigned char person[NCT_PERSON_ID];
    struct nct_person_record record;
    struct nct_credential credential;
    int any = 0;
    nct_status status = nct_person_find(unit, reading->ncid, person, &record);
    if (status == NCT_OK)
        status = nct_access_any(unit, person, &any);
    if (status != NCT_OK)
        return status;
    status = nct_unit_get(unit, &nct_type_credential, person, NCT_PERSON_ID, &credential);
    const struct nct_factor *pin = &credential.pin;
    reading->state = nct_factor_pin_state(&unit->portal->policy, pin, any);
    reading->issued_at = pin->issued_at;
    uint64_t counted = pin->failures + pin->unsettled;
    reading->failures = counted < INT32_MAX ? (int32_t)counted : INT32_MAX;
    sodium_memzero(&credential, sizeof credential);
    return status == NCT_E_NOT_FOUND ? NCT_OK : status;
}

nct_status nct_pin_status(nct_portal *portal, const char *ncid, size_t ncid_len, int32_t *state, int64_t *issued_at,
                          int32_t *failures) {
    char id[NCT_NCID_ROOM];
    if (NCT_MISSING(portal) || NCT_MISSING(state))
        return NCT_E_ARGUMENT;
    nct_status status = nct_take_ncid(ncid, ncid_len, id);
    if (status != NCT_OK)
        return status;
    struct status_reading reading = {.ncid = id};
    status = nct_unit_read(portal, read_status, &reading);
    if (status != NCT_OK)
        return status;
    *state = reading.state;
    if (issued_at != NULL)
        *issued_at = reading.issued_at;
    if (failures != NULL)
        *failures = reading.failures;
    return NCT_OK;
}

const char *nct_pin_state_name(int32_t state) {
    static const char *const names[] = {"none", "active", "disabled", "lost", "suspended"};
    return state >= NCT_PIN_NONE && state <= NCT_PIN_SUSPENDED ? names[state] : NULL;
}
