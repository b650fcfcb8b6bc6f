/* Asking for another Office Administrator. */
#include "portal/office/oa_change.h"
#include "base/about.h"

#include "base/bytes.h"
#include "engine/records/request_types.h"
#include "portal/credentials/authenticate.h"
#include "portal/mail/outbox.h"
#include "portal/provider/authorization_code.h"
#include "portal/registry/provider.h"
#include "portal/registry/work_index.h"

#include <nctracks/provider.h>
#include <nctracks/work.h>

#include <sodium.h>
#include <string.h>

#define DAY INT64_C(86400000)

/* What the last unit of work needs. */
struct asking {
    struct nct_drafts drafts;
    struct nct_proof *proof;
    char provider[NCT_PROVIDER_ROOM];
    struct nct_oa_request_record request; /* as the form says */
    const char *problem;                  /* the field that only the store could find wrong */
    nct_status problem_code;
    int32_t state;              /* of the request afterwards */
    struct nct_entrant entrant; /* what the notes of the answer need */
};

/* An attempt that is refused leaves an entry in the person's stream, and, once all was right, in the provider's. */
static nct_status refuse(struct nct_unit *unit, const struct asking *asking, nct_status why, const char *detail) {
    const char *ncid = asking->proof->subject.known ? asking->proof->ncid : NULL;
    struct nct_stream person = nct_stream_of_person(asking->proof->subject.person);
    struct nct_stream provider = nct_stream_of_provider(asking->provider);
    struct nct_note note = {.event = NCT_EVENT_OA_CHANGE_REFUSED,
                            .outcome = why,
                            .actor = ncid,
                            .subject = ncid,
                            .provider = asking->provider,
                            .detail = detail};
    nct_status status = nct_ledger_append(unit, &person, &note);
    if (status == NCT_OK && why != NCT_E_DENIED)
        status = nct_ledger_append(unit, &provider, &note);
    return status == NCT_OK ? nct_unit_refuse(unit, why) : status;
}

static nct_status find_problem(struct asking *asking, const char *path, nct_status code) {
    asking->problem = path;
    asking->problem_code = code;
    return NCT_E_PROBLEMS;
}

/* Somebody nobody knew has to be described. A form with part of a name was refused. */
static nct_status check_described(struct asking *asking) {
    const struct nct_oa_candidate *candidate = &asking->request.candidate;
    const struct {
        const char *path;
        const char *value;
    } fields[] = {{"office_administrator.first_name", candidate->name.last},
                  {"office_administrator.email", candidate->email},
                  {"office_administrator.phone", candidate->phone}};
    for (size_t i = 0; i < sizeof fields / sizeof fields[0] && !asking->proof->subject.known; i++)
        if (fields[i].value[0] == '\0')
            return find_problem(asking, fields[i].path, NCT_E_REQUIRED);
    return NCT_OK;
}

/* Whether the person may have the place that is asked for. Nobody unknown has the id of a stand-in. */
static nct_status judge_place(struct nct_unit *unit, struct asking *asking, const struct nct_handover *handover) {
    const struct nct_provider_record *record = &handover->record;
    const unsigned char *person = asking->proof->subject.person;
    if (!nct_place_is_taken(record->oa))
        return NCT_E_NOT_REGISTERED;
    if (asking->request.role != NCT_ROLE_BACKUP_OFFICE_ADMINISTRATOR)
        return nct_place_is(record->oa, person) ? NCT_E_ALREADY_GRANTED : NCT_OK;
    if (!nct_policy_knows_role(&unit->portal->policy, asking->request.role))
        return find_problem(asking, "request.role", NCT_E_UNKNOWN_VALUE);
    if (nct_place_is(record->backup, person))
        return NCT_E_ALREADY_GRANTED;
    return nct_handover_check_backup(unit, asking->provider, person);
}

/* Identity and code are right: what else stands against it. */
static nct_status judge(struct nct_unit *unit, struct asking *asking, const struct nct_handover *handover) {
    const struct nct_provider_record *record = &handover->record;
    const struct nct_policy *policy = &unit->portal->policy;
    const int64_t now = unit->now;
    nct_status status = judge_place(unit, asking, handover);
    if (status != NCT_OK)
        return status;
    status = nct_policy_check_oa(policy, asking->provider, record->kind, asking->request.relationship);
    if (status != NCT_OK)
        return find_problem(asking, "office_administrator.relationship", status);
    status = check_described(asking);
    if (status == NCT_OK && handover->private.oa_pending != 0 &&
        nct_waits(now, handover->request.requested_at, handover->request.lapses_at))
        return NCT_E_PENDING;
    return status;
}

static nct_status put_request(struct nct_unit *unit, struct asking *asking, struct nct_handover *handover) {
    const char *provider = asking->provider;
    struct nct_stream stream = nct_stream_of_provider(provider);
    struct nct_note note = {.event = NCT_EVENT_OA_CHANGE_SUBMITTED,
                            .actor = asking->proof->ncid,
                            .subject = asking->proof->ncid,
                            .provider = provider};
    nct_status status = nct_handover_tell(unit, handover, NCT_MAIL_OA_CHANGE_SUBMITTED);
    if (status == NCT_OK)
        status = nct_unit_put(unit, &nct_type_oa_request, provider, strlen(provider), &handover->request);
    struct nct_due_item work = nct_work_of_provider(NCT_WORK_OA_CHANGE, provider);
    if (status == NCT_OK)
        status = nct_work_move(unit, &work, handover->request.requested_at);
    if (status == NCT_OK)
        status = nct_unit_put(unit, &nct_type_provider_private, provider, strlen(provider), &handover->private);
    return status == NCT_OK ? nct_ledger_append(unit, &stream, &note) : status;
}

/* Completes the request with what only the record says. */
static nct_status complete_request(struct nct_unit *unit, struct asking *asking, struct nct_handover *handover) {
    const struct nct_policy *policy = &unit->portal->policy;
    const char *ncid = asking->proof->ncid;
    unsigned char fresh[NCT_PERSON_ID];
    struct nct_oa_request_record before;
    nct_status status = nct_unit_get(unit, &nct_type_oa_request, asking->provider, strlen(asking->provider), &before);
    if (status == NCT_E_NOT_FOUND)
        status = NCT_OK;
    handover->request = asking->request;
    struct nct_oa_request_record *request = &handover->request;
    if (status == NCT_OK)
        status = nct_draft_person(&asking->drafts, ncid, fresh);
    if (status == NCT_OK)
        status = nct_person_name_new(unit, ncid, ncid, fresh, request->candidate.person);
    memcpy(request->previous, handover->record.oa, NCT_PERSON_ID);
    request->number = ++handover->private.requests;
    request->state = NCT_REQUEST_PENDING;
    memcpy(request->code, handover->private.code, NCT_HASH);
    request->requested_at = unit->now;
    request->lapses_at = unit->now + policy->profile.terms[NCT_TERM_APPROVAL_DAYS] * DAY;
    handover->private.oa_pending = request->number;
    return status;
}

/* One that lapsed makes room. */
static nct_status end_lapsed(struct nct_unit *unit, struct nct_handover *handover) {
    if (handover->private.oa_pending == 0)
        return NCT_OK;
    return nct_handover_settle(unit, handover, NCT_REQUEST_LAPSED, NCT_E_LAPSED, "lapsed");
}

static nct_status accept(struct nct_unit *unit, struct asking *asking, struct nct_handover *handover) {
    int primary = asking->request.role == NCT_ROLE_OFFICE_ADMINISTRATOR;
    int at_once = primary && unit->portal->policy.profile.oa_change_at_once;
    nct_status status = end_lapsed(unit, handover);
    if (status == NCT_OK)
        status = complete_request(unit, asking, handover);
    if (status == NCT_OK)
        status = at_once ? nct_handover_carry_out(unit, handover) : put_request(unit, asking, handover);
    asking->state = at_once ? NCT_REQUEST_EFFECTIVE : NCT_REQUEST_PENDING;
    return status;
}

/* Whoever is wrong about NCID, password, provider or code goes the same way, with the same calls of the store. */
static nct_status finish_read(struct nct_unit *unit, struct asking *asking, struct nct_handover *handover,
                              const char *reason) {
    nct_status status =
        nct_unit_get(unit, &nct_type_provider, asking->provider, strlen(asking->provider), &handover->record);
    if (status == NCT_OK || status == NCT_E_NOT_FOUND)
        status = nct_unit_get(unit, &nct_type_provider_private, asking->provider, strlen(asking->provider),
                              &handover->private);
    if (status != NCT_OK && status != NCT_E_NOT_FOUND)
        return status;
    int right_code = sodium_memcmp(asking->request.code, handover->private.code, NCT_HASH) == 0;
    if (reason != NULL || !right_code)
        return refuse(unit, asking, NCT_E_DENIED, reason != NULL ? reason : "wrong code or provider");
    status = nct_handover_read(unit, handover);
    if (status != NCT_OK)
        return status;
    status = judge(unit, asking, handover);
    return status == NCT_OK ? accept(unit, asking, handover) : refuse(unit, asking, status, asking->problem);
}

static nct_status finish(struct nct_unit *unit, void *argument) {
    struct asking *asking = argument;
    struct nct_person_record record;
    const char *reason = NULL;
    struct nct_handover handover = {
        .provider = asking->provider, .actor = asking->proof->ncid, .drafts = &asking->drafts};
    nct_status status = nct_proof_settle(unit, asking->proof, &record, &reason);
    const char *typed = asking->request.candidate.email;
    asking->entrant.known = asking->proof->subject.known;
    asking->entrant.contested = typed[0] != '\0' && strcmp(typed, record.email) != 0;
    if (status == NCT_OK)
        status = finish_read(unit, asking, &handover, reason);
    sodium_memzero(&handover, sizeof handover);
    return status;
}

static void read_form(const struct nct_form *form, struct asking *asking, char ncid[NCT_NCID_ROOM]) {
    struct nct_oa_candidate *candidate = &asking->request.candidate;
    struct nct_person_record entered;
    size_t len = 0;
    nct_form_text(form, "provider.npi", asking->provider, sizeof asking->provider);
    const void *code = nct_form_raw(form, "provider.authorization_code", &len);
    nct_code_hash(nct_form_portal(form), asking->provider, code, len, asking->request.code);
    nct_form_person(form, "office_administrator.", &entered);
    memcpy(ncid, entered.ncid, NCT_NCID_ROOM);
    candidate->name = entered.name;
    memcpy(candidate->email, entered.email, sizeof candidate->email);
    memcpy(candidate->phone, entered.phone, sizeof candidate->phone);
    memcpy(candidate->language, entered.language, sizeof candidate->language);
    asking->request.relationship = nct_form_choice(form, "office_administrator.relationship");
    asking->request.role = nct_form_choice(form, "request.role") == 2 ? NCT_ROLE_BACKUP_OFFICE_ADMINISTRATOR
                                                                      : NCT_ROLE_OFFICE_ADMINISTRATOR;
}

static nct_status submit(const struct nct_form *form, int32_t *state, nct_problems **problems) {
    struct nct_proof proof = {.portal = nct_form_portal(form), .newcomer = 1};
    struct asking asking = {.proof = &proof};
    char ncid[NCT_NCID_ROOM];
    read_form(form, &asking, ncid);
    proof.ncid = ncid;
    proof.provider = asking.provider;
    proof.password_bytes.bytes = nct_form_raw(form, "office_administrator.password", &proof.password_bytes.len);
    nct_status status = nct_drafts_init(&asking.drafts, proof.portal, 1);
    if (status == NCT_OK)
        status = nct_proof_run(&proof);
    if (status == NCT_OK)
        status = nct_operate_with_pins(&asking.drafts, finish, &asking);
    status = nct_proof_end(&proof, status);
    nct_drafts_free(&asking.drafts);
    if (status == NCT_E_PROBLEMS)
        status = nct_form_refuse(form, asking.problem, asking.problem_code, problems);
    if (status == NCT_OK)
        nct_entrant_notes(form, "office_administrator.", &asking.entrant, problems);
    if (status == NCT_OK && state != NULL)
        *state = asking.state;
    sodium_memzero(&asking, sizeof asking);
    return status;
}

nct_status nct_oa_change_submit(nct_form *form, int32_t *state, nct_problems **problems) {
    if (problems != NULL)
        *problems = NULL;
    if (!nct_form_is(form, NCT_FORM_OA_CHANGE))
        return NCT_E_ARGUMENT;
    nct_status status = nct_form_validate(form, problems);
    if (status == NCT_OK)
        status = submit(form, state, problems);
    nct_form_forget(form, "office_administrator.password");
    return status;
}
