/* A clock that contradicts the store: asking, and an operator's word that it is right. */
#include "engine/unit/clock.h"

#include "engine/handle/arguments.h"
#include "engine/unit/ledger_append.h"

#include <nctracks/clock.h>

#include <inttypes.h>
#include <stdio.h>

struct checking {
    int64_t now;
    int64_t latest;
};

/* The stream of the portal is read for its head. */
static nct_status read_all(struct nct_unit *unit, struct nct_clock_record *record) {
    struct nct_stream stream = nct_stream_of_portal();
    struct nct_stream_head head;
    nct_status status = nct_unit_get(unit, &nct_type_stream, stream.key, stream.len, &head);
    return status == NCT_OK || status == NCT_E_NOT_FOUND ? nct_clock_get(unit, record) : status;
}

static nct_status check(struct nct_unit *unit, void *argument) {
    struct checking *checking = argument;
    struct nct_clock_record record;
    nct_status status = read_all(unit, &record);
    if (status != NCT_OK)
        return status;
    checking->now = unit->now;
    checking->latest = nct_clock_latest(unit, &record);
    return nct_clock_fits(unit, &record);
}

nct_status nct_clock_check(nct_portal *portal, int64_t *now, int64_t *latest) {
    struct checking checking = {0, 0};
    if (NCT_MISSING(portal))
        return NCT_E_ARGUMENT;
    nct_status status = nct_unit_rehearse(portal, check, &checking);
    if (now != NULL)
        *now = checking.now;
    if (latest != NULL)
        *latest = checking.latest;
    return status;
}

struct confirming {
    char actor[NCT_ACTOR_ROOM];
    char reason[NCT_NAME_ROOM];
};

/* What lies ahead came from a wrong clock: all that may have been written until the row was written again, too. */
static void declare(const struct nct_unit *unit, struct nct_clock_record *record) {
    int64_t latest = nct_clock_latest(unit, record);
    int64_t until = latest > record->wrong_until ? latest : record->wrong_until;
    int ahead = until > unit->now;
    record->latest = unit->now;
    record->wrong_from = ahead ? unit->now : 0;
    record->wrong_until = ahead ? until + NCT_CLOCK_STEP : 0;
}

static nct_status confirm(struct nct_unit *unit, void *argument) {
    const struct confirming *confirming = argument;
    struct nct_clock_record record;
    char detail[NCT_DETAIL_ROOM];
    struct nct_stream stream = nct_stream_of_portal();
    struct nct_note note = {.event = NCT_EVENT_CLOCK_CONFIRMED, .actor = confirming->actor, .detail = detail};
    unit->any_time = 1;
    nct_status status = read_all(unit, &record);
    if (status != NCT_OK)
        return status;
    snprintf(detail, sizeof detail, "%s; held before: %" PRId64, confirming->reason, nct_clock_latest(unit, &record));
    declare(unit, &record);
    status = nct_unit_put(unit, &nct_type_clock, NCT_PORTAL_KEY, NCT_PORTAL_KEY_LEN, &record);
    return status == NCT_OK ? nct_ledger_append(unit, &stream, &note) : status;
}

nct_status nct_clock_confirm(nct_portal *portal, const char *operator_name, size_t operator_name_len,
                             const char *reason, size_t reason_len) {
    struct confirming confirming;
    if (NCT_MISSING(portal))
        return NCT_E_ARGUMENT;
    nct_status status = nct_take_operator(operator_name, operator_name_len, confirming.actor);
    if (status == NCT_OK)
        status = nct_take_reason(reason, reason_len, confirming.reason);
    return status == NCT_OK ? nct_unit_run(portal, confirm, &confirming, NULL) : status;
}
