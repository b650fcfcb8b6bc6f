/* The states of a provider record: access follows from them. */
#include "engine/handle/arguments.h"
#include "engine/unit/ledger_append.h"
#include "portal/mail/outbox.h"
#include "portal/provider/reverify.h"
#include "portal/registry/provider.h"

#include <nctracks/office.h>
#include <nctracks/provider.h>

#include <string.h>

/* What an operator asks for a record. */
struct moving {
    char actor[NCT_ACTOR_ROOM];
    char reason[NCT_NAME_ROOM];
    char provider[NCT_PROVIDER_ROOM];
    int64_t day; /* a due date */
};

static nct_status put(struct nct_unit *unit, const struct moving *moving, const struct nct_provider_record *record,
                      enum nct_event event) {
    struct nct_stream stream = nct_stream_of_provider(moving->provider);
    struct nct_note note = {
        .event = event, .actor = moving->actor, .provider = moving->provider, .detail = moving->reason};
    nct_status status = nct_ledger_append(unit, &stream, &note);
    if (status != NCT_OK)
        return status;
    return nct_unit_put(unit, &nct_type_provider, moving->provider, strlen(moving->provider), record);
}

static nct_status terminate(struct nct_unit *unit, void *argument) {
    const struct moving *moving = argument;
    struct nct_provider_record record;
    nct_status status = nct_unit_get(unit, &nct_type_provider, moving->provider, strlen(moving->provider), &record);
    if (status == NCT_OK && record.state == NCT_PROVIDER_TERMINATED)
        status = NCT_E_TERMINATED;
    record.state = NCT_PROVIDER_TERMINATED;
    return status == NCT_OK ? put(unit, moving, &record, NCT_EVENT_PROVIDER_TERMINATED) : status;
}

/* Back in, its five years begin. A suspended record has its state: what it is restored to is its calendar. */
static nct_status reinstate(struct nct_unit *unit, void *argument) {
    const struct moving *moving = argument;
    struct nct_provider_record record;
    nct_status status = nct_unit_get(unit, &nct_type_provider, moving->provider, strlen(moving->provider), &record);
    if (status == NCT_OK && record.state != NCT_PROVIDER_TERMINATED && record.suspended_at == 0)
        status = NCT_E_ILLEGAL_MOVE;
    if (status != NCT_OK)
        return status;
    record.state = nct_place_is_taken(record.oa) ? NCT_PROVIDER_REGISTERED : NCT_PROVIDER_ENROLLED;
    status = put(unit, moving, &record, NCT_EVENT_PROVIDER_REINSTATED);
    if (status == NCT_OK)
        status = nct_reverify_begin(unit, moving->provider, &record, moving->actor);
    if (status != NCT_OK)
        return status;
    return nct_unit_put(unit, &nct_type_provider, moving->provider, strlen(moving->provider), &record);
}

static nct_status check_extension(const struct nct_unit *unit, const struct nct_provider_record *record, int64_t day) {
    const struct nct_policy *policy = &unit->portal->policy;
    if (record->state == NCT_PROVIDER_TERMINATED)
        return NCT_E_TERMINATED;
    if (record->suspended_at != 0 || record->reverify_at == 0)
        return NCT_E_ILLEGAL_MOVE;
    int64_t due = nct_reverify_day(policy, record->reverify_at);
    int later = day > due && day - due <= policy->profile.terms[NCT_TERM_EXTENSION_DAYS];
    return later && day >= nct_policy_day(policy, unit->now) ? NCT_OK : NCT_E_DATE;
}

static nct_status extend(struct nct_unit *unit, void *argument) {
    const struct moving *moving = argument;
    struct nct_provider_record record;
    size_t len = strlen(moving->provider);
    nct_status status = nct_unit_get(unit, &nct_type_provider, moving->provider, len, &record);
    if (status == NCT_OK)
        status = check_extension(unit, &record, moving->day);
    if (status == NCT_OK)
        status = nct_reverify_put_off(unit, moving->provider, &record, moving->day, moving->actor, moving->reason);
    return status == NCT_OK ? nct_unit_put(unit, &nct_type_provider, moving->provider, len, &record) : status;
}

static nct_status take(struct nct_portal *portal, const char *operator_name, size_t operator_name_len,
                       const char *reason, size_t reason_len, const char *id, size_t id_len, struct moving *moving) {
    if (NCT_MISSING(portal))
        return NCT_E_ARGUMENT;
    nct_status status = nct_take_operator(operator_name, operator_name_len, moving->actor);
    if (status == NCT_OK)
        status = nct_take_reason(reason, reason_len, moving->reason);
    return status == NCT_OK ? nct_take_provider(id, id_len, moving->provider) : status;
}

static nct_status move(struct nct_portal *portal, const char *operator_name, size_t operator_name_len,
                       const char *reason, size_t reason_len, const char *id, size_t id_len,
                       nct_unit_function *function) {
    struct moving moving = {.day = 0};
    nct_status status = take(portal, operator_name, operator_name_len, reason, reason_len, id, id_len, &moving);
    return status == NCT_OK ? nct_unit_run(portal, function, &moving, NULL) : status;
}

nct_status nct_reverification_extend(nct_portal *portal, const char *operator_name, size_t operator_name_len,
                                     const char *id, size_t id_len, const char *date, size_t date_len,
                                     const char *reason, size_t reason_len) {
    struct moving moving = {.day = 0};
    nct_status status = take(portal, operator_name, operator_name_len, reason, reason_len, id, id_len, &moving);
    if (status == NCT_OK && NCT_MISSING(date))
        status = NCT_E_ARGUMENT;
    if (status == NCT_OK && !nct_date_parse(date, date_len, &moving.day))
        status = nct_about_argument(NCT_E_FORMAT, "date");
    return status == NCT_OK ? nct_operate(portal, extend, &moving) : status;
}

nct_status nct_provider_terminate(nct_portal *portal, const char *operator_name, size_t operator_name_len,
                                  const char *id, size_t id_len, const char *reason, size_t reason_len) {
    return move(portal, operator_name, operator_name_len, reason, reason_len, id, id_len, terminate);
}

nct_status nct_provider_reinstate(nct_portal *portal, const char *operator_name, size_t operator_name_len,
                                  const char *id, size_t id_len, const char *reason, size_t reason_len) {
    return move(portal, operator_name, operator_name_len, reason, reason_len, id, id_len, reinstate);
}
