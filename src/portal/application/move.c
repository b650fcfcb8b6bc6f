/* Moves of applications: submission with a signature, the agency's, and the provider's own. */
#include "engine/handle/arguments.h"
#include "engine/records/evidence_types.h"
#include "engine/records/request_types.h"
#include "policy/machine.h"
#include "policy/policy.h"
#include "policy/submissions.h"
#include "portal/application/application.h"
#include "portal/mail/outbox.h"
#include "portal/registry/person.h"
#include "portal/registry/standing.h"

#include <string.h>

static void locate(struct nct_application_at *application, const char *provider,
                   const unsigned char id[NCT_APPLICATION_ID]) {
    memset(application, 0, sizeof *application);
    memcpy(application->provider, provider, strlen(provider) + 1);
    memcpy(application->id, id, NCT_APPLICATION_ID);
}

/* The document signed is the one drafted. */
static int is_of(const struct nct_application_record *record, const struct nct_claims *claims) {
    return strcmp(nct_submission_name(record->kind), claims->submission) == 0 &&
           strcmp(record->document_id, claims->document_id) == 0 &&
           strcmp(record->document_version, claims->document_version) == 0 &&
           memcmp(record->document_digest, claims->document_digest, NCT_HASH) == 0;
}

/* Calendar days of the portal's: the physician signed on the day of submission or at most so many days before. */
static nct_status check_date(const struct nct_policy *policy, const struct nct_application_record *record,
                             int64_t now) {
    int64_t day = 0;
    if (!nct_submission_is(record->kind, NCT_TRAIT_DATED))
        return NCT_OK;
    if (!nct_date_parse(record->physician_date, strlen(record->physician_date), &day))
        return NCT_E_INTEGRITY;
    int64_t age = nct_policy_day(policy, now) - day;
    int32_t most = policy->profile.terms[NCT_TERM_FL2_DAYS];
    return age >= 0 && age <= most ? NCT_OK : nct_about_word(NCT_E_DATE, NCT_ABOUT_RULE, "fl2.days", most);
}

/* The first submission, or another after it was sent back. */
static int32_t submission_of(const struct nct_application_record *record) {
    return record->state == nct_machine_state(record->kind, 0) ? NCT_MOVE_SUBMIT : NCT_MOVE_RESUBMIT;
}

nct_status nct_application_may_submit(struct nct_unit *unit, const struct nct_claims *claims,
                                      const unsigned char id[NCT_APPLICATION_ID],
                                      struct nct_application_at *application) {
    const struct nct_application_record *record = &application->record;
    locate(application, claims->provider, id);
    nct_status status = nct_application_read(unit, application);
    if (status != NCT_OK)
        return status;
    if (!is_of(record, claims))
        return NCT_E_DOCUMENT;
    if (nct_machine_target(record->kind, record->state, submission_of(record), NCT_MOVER_SIGNER) == 0)
        return nct_about(NCT_E_ILLEGAL_MOVE, NCT_ABOUT_STATE, record->state);
    return check_date(&unit->portal->policy, record, unit->now);
}

nct_status nct_application_submit(struct nct_unit *unit, const struct nct_claims *claims,
                                  struct nct_application_at *application) {
    struct nct_application_move move = {submission_of(&application->record), NCT_MOVER_SIGNER, claims->ncid, NULL};
    memcpy(application->record.signature, claims->id, NCT_SIGNATURE_ID);
    memcpy(application->record.signed_by, claims->person, NCT_PERSON_ID);
    application->record.submitted_at = unit->now;
    return nct_application_advance(unit, application, &move);
}

nct_status nct_application_was_submitted(struct nct_unit *unit, const struct nct_claims *claims,
                                         const unsigned char id[NCT_APPLICATION_ID]) {
    struct nct_application_at application;
    locate(&application, claims->provider, id);
    nct_status status = nct_application_read(unit, &application);
    if (status != NCT_OK)
        return status == NCT_E_NOT_FOUND ? NCT_E_REPEATED : status;
    return memcmp(application.record.signature, claims->id, NCT_SIGNATURE_ID) == 0 ? NCT_OK : NCT_E_REPEATED;
}

/* What the unit of work needs. */
struct moving {
    struct nct_application_at where; /* provider and id; the record is the unit's */
    char actor[NCT_ACTOR_ROOM];
    char note[NCT_NAME_ROOM];
    int by_person;
    int32_t move;
    int32_t state; /* present or next, for the caller */
};

/* What a person may be for a kind, as access stands; *prepare and *submit say why not. */
static nct_status find_movers(struct nct_unit *unit, const struct moving *moving, int32_t kind, int32_t *movers,
                              nct_status *prepare, nct_status *submit) {
    const struct nct_policy *policy = &unit->portal->policy;
    struct nct_grant_record grant;
    struct nct_standing standing;
    nct_status status = nct_standing_find(unit, moving->where.provider, moving->actor, &grant, &standing);
    if (status != NCT_OK)
        return status;
    /* What is noted last of a refusal is what it is about: who may do neither is told what preparing needs. */
    *submit = nct_policy_decide(policy, &standing, nct_policy_submit_needs(policy, kind), unit->now);
    *prepare = nct_policy_decide(policy, &standing, nct_policy_prepare_needs(policy, kind), unit->now);
    *movers = (*prepare == NCT_OK ? NCT_MOVER_PREPARER : 0) | (*submit == NCT_OK ? NCT_MOVER_SUBMITTER : 0);
    return NCT_OK;
}

/* The machine's word on what the person may; a move possible for others is refused by what the person lacks. */
static nct_status check_person(struct nct_unit *unit, const struct moving *moving,
                               const struct nct_application_record *record, int32_t *movers) {
    nct_status prepare = NCT_OK;
    nct_status submit = NCT_OK;
    nct_status status = find_movers(unit, moving, record->kind, movers, &prepare, &submit);
    if (status != NCT_OK)
        return status;
    if (*movers == 0)
        return nct_about_argument(prepare, "by");
    if (nct_machine_target(record->kind, record->state, moving->move, *movers) != 0)
        return NCT_OK;
    if (nct_machine_target(record->kind, record->state, moving->move, NCT_MOVER_PREPARER) != 0)
        return nct_about_argument(prepare, "by");
    if (nct_machine_target(record->kind, record->state, moving->move, NCT_MOVER_SUBMITTER) != 0)
        return nct_about_argument(submit, "by");
    return nct_about(NCT_E_ILLEGAL_MOVE, NCT_ABOUT_STATE, record->state);
}

static nct_status move_application(struct nct_unit *unit, struct moving *moving) {
    struct nct_application_at application = moving->where;
    struct nct_application_move move = {moving->move, NCT_MOVER_AGENCY, moving->actor, moving->note};
    nct_status status = nct_application_read(unit, &application);
    if (status == NCT_OK && moving->by_person)
        status = check_person(unit, moving, &application.record, &move.movers);
    if (status == NCT_OK || status == NCT_E_ILLEGAL_MOVE)
        moving->state = application.record.state;
    if (status == NCT_OK)
        status = nct_application_advance(unit, &application, &move);
    moving->where.record = application.record; /* for the entry of a refusal */
    if (status == NCT_OK)
        moving->state = application.record.state;
    return status;
}

static nct_status move_or_refuse(struct nct_unit *unit, void *argument) {
    struct moving *moving = argument;
    char what[128];
    moving->state = 0;
    memset(&moving->where.record, 0, sizeof moving->where.record);
    nct_status status = move_application(unit, moving);
    if (status == NCT_OK)
        return NCT_OK;
    const char *state = nct_state_name(moving->where.record.state);
    size_t len = strlen(nct_move_name(moving->move));
    memcpy(what, nct_move_name(moving->move), len + 1);
    if (state != NULL) {
        what[len] = ' ';
        memcpy(what + len + 1, state, strlen(state) + 1);
    }
    return nct_application_refuse(unit, &moving->where, moving->actor, what, status);
}

static nct_status take_place(struct moving *moving, const char *provider, size_t provider_len, const char *id,
                             size_t id_len) {
    nct_status status = nct_take_provider(provider, provider_len, moving->where.provider);
    return status == NCT_OK ? nct_take_application_id(id, id_len, moving->where.id) : status;
}

static nct_status run(nct_portal *portal, struct moving *moving, int32_t *state) {
    nct_status status = nct_operate(portal, move_or_refuse, moving);
    if (state != NULL && (status == NCT_OK || status == NCT_E_ILLEGAL_MOVE))
        *state = moving->state;
    return status;
}

nct_status nct_application_decide(nct_portal *portal, const char *operator_name, size_t operator_name_len,
                                  const char *provider, size_t provider_len, const char *id, size_t id_len,
                                  int32_t move, const char *reason, size_t reason_len, int32_t *state) {
    struct moving moving = {.move = move};
    if (state != NULL)
        *state = 0;
    if (NCT_MISSING(portal) || nct_move_name(move) == NULL)
        return NCT_E_ARGUMENT;
    nct_status status = nct_take_operator(operator_name, operator_name_len, moving.actor);
    if (status == NCT_OK)
        status = take_place(&moving, provider, provider_len, id, id_len);
    if (status == NCT_OK)
        status = nct_take_reason(reason, reason_len, moving.note);
    return status == NCT_OK ? run(portal, &moving, state) : status;
}

nct_status nct_application_act(nct_portal *portal, const char *by, size_t by_len, const char *provider,
                               size_t provider_len, const char *id, size_t id_len, int32_t move, int32_t *state) {
    struct moving moving = {.move = move, .by_person = 1};
    if (state != NULL)
        *state = 0;
    if (NCT_MISSING(portal) || nct_move_name(move) == NULL)
        return NCT_E_ARGUMENT;
    nct_status status = nct_take_ncid(by, by_len, moving.actor);
    if (status == NCT_OK)
        status = take_place(&moving, provider, provider_len, id, id_len);
    return status == NCT_OK ? run(portal, &moving, state) : status;
}
