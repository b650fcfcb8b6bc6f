#include "portal/office/provider_state.h"

#include "engine/handle/arguments.h"
#include "portal/access/admit.h"
#include "portal/provider/reverify.h"

#include <nctracks/office.h>
#include <nctracks/provider.h>

#include <string.h>

#define PAGE 50

enum grants { HELD_BACK, RESTORED };

/* Every move there is. Not public but that records are terminated and reinstated: ours. */
static const struct move {
    int32_t from;
    int32_t to;
    enum grants grants;
    enum nct_event event;
} moves[] = {
    {NCT_PROVIDER_ENROLLED, NCT_PROVIDER_TERMINATED, HELD_BACK, NCT_EVENT_PROVIDER_TERMINATED},
    {NCT_PROVIDER_REGISTERED, NCT_PROVIDER_TERMINATED, HELD_BACK, NCT_EVENT_PROVIDER_TERMINATED},
    {NCT_PROVIDER_TERMINATED, NCT_PROVIDER_REGISTERED, RESTORED, NCT_EVENT_PROVIDER_REINSTATED},
};

static const struct move *find_move(int32_t from, int32_t to) {
    for (size_t i = 0; i < sizeof moves / sizeof moves[0]; i++)
        if (moves[i].from == from && moves[i].to == to)
            return &moves[i];
    return NULL;
}

/* From a move that broke off one goes on, or back: to nothing that would leave grants halfway. */
static nct_status choose_move(const struct nct_provider_record *record, int32_t to, const struct move **move) {
    int32_t from = record->moving_to != 0 ? record->moving_to : record->state;
    *move = NULL;
    if (from == to && record->moving_to != 0)
        return NCT_OK;
    if (from == to && to == NCT_PROVIDER_TERMINATED)
        return NCT_E_TERMINATED;
    /* a suspended record has its grants: what it is restored to is its calendar */
    int suspended = record->suspended_at != 0 && to == NCT_PROVIDER_REGISTERED;
    *move = find_move(suspended ? NCT_PROVIDER_TERMINATED : from, to);
    return *move != NULL ? NCT_OK : NCT_E_ILLEGAL_MOVE;
}

/* The first commit of a move: the record's new state and its entry. A move that broke off stages nothing. */
static nct_status stage_move(struct nct_unit *unit, const char *provider, int32_t to, const char *actor,
                             const char *reason) {
    struct nct_provider_record record;
    const struct move *move = NULL;
    nct_status status = nct_unit_get(unit, &nct_type_provider, provider, strlen(provider), &record);
    if (status == NCT_OK)
        status = choose_move(&record, to, &move);
    if (status != NCT_OK || move == NULL)
        return status;
    if (move->grants != RESTORED) /* nobody may act before all of it is restored */
        record.state = to;
    record.moving_to = to;
    record.moves++;
    struct nct_stream stream = nct_stream_of_provider(provider);
    struct nct_note note = {.event = move->event, .actor = actor, .provider = provider, .detail = reason};
    status = nct_unit_put(unit, &nct_type_provider, provider, strlen(provider), &record);
    return status == NCT_OK ? nct_ledger_append(unit, &stream, &note) : status;
}

/* A move at work. */
struct moving {
    const char *provider;
    int32_t to;
    const char *actor;
    const char *reason;
    uint64_t moves; /* the count that is this move's */
    const struct nct_pair_page *page;
};

/* Also when it goes on with a move that broke off, which it may find finished by somebody else. */
static nct_status begin(struct nct_unit *unit, void *argument) {
    struct moving *moving = argument;
    struct nct_provider_record record;
    nct_status status = stage_move(unit, moving->provider, moving->to, moving->actor, moving->reason);
    if (status == NCT_OK)
        status = nct_unit_get(unit, &nct_type_provider, moving->provider, strlen(moving->provider), &record);
    if (status == NCT_OK)
        moving->moves = record.moves;
    return status;
}

/* The record, while it is still this move's. */
static nct_status read_moving(struct nct_unit *unit, const struct moving *moving, struct nct_provider_record *record) {
    nct_status status = nct_unit_get(unit, &nct_type_provider, moving->provider, strlen(moving->provider), record);
    return status == NCT_OK && record->moves != moving->moves ? NCT_E_STATE : status;
}

static nct_status move_page(struct nct_unit *unit, void *argument) {
    const struct moving *moving = argument;
    const struct nct_pair_page *page = moving->page;
    struct nct_provider_record record;
    int64_t at = moving->to == NCT_PROVIDER_TERMINATED ? unit->now : 0;
    nct_status status = read_moving(unit, moving, &record);
    if (status != NCT_OK || record.moving_to == 0) /* another process finished it */
        return status;
    for (size_t i = 0; i < page->count && status == NCT_OK; i++)
        status = nct_access_hold(unit, moving->provider, page->names[i], at, moving->actor);
    return status;
}

static nct_status finish(struct nct_unit *unit, void *argument) {
    const struct moving *moving = argument;
    struct nct_provider_record record;
    nct_status status = read_moving(unit, moving, &record);
    if (status != NCT_OK || record.moving_to == 0)
        return status;
    record.state = moving->to;
    if (record.oa_ncid[0] == '\0' && moving->to == NCT_PROVIDER_REGISTERED)
        record.state = NCT_PROVIDER_ENROLLED; /* it never was */
    record.moving_to = 0;
    if (record.state != NCT_PROVIDER_TERMINATED) /* back in: its five years begin */
        status = nct_reverify_begin(unit, moving->provider, &record, moving->actor);
    if (status != NCT_OK)
        return status;
    return nct_unit_put(unit, &nct_type_provider, moving->provider, strlen(moving->provider), &record);
}

static nct_status move_grants(struct nct_portal *portal, struct moving *moving) {
    char after[NCT_NCID_ROOM] = "";
    int more = 1;
    nct_status status = NCT_OK;
    while (status == NCT_OK && more) {
        struct nct_pair_page page;
        struct nct_pair_range range = {&nct_grant_pair, 1, moving->provider, after, PAGE};
        status = nct_pair_scan(portal, &range, &page);
        more = page.more;
        moving->page = &page;
        if (status == NCT_OK && page.count > 0) {
            memcpy(after, page.names[page.count - 1], sizeof after);
            status = nct_unit_run(portal, move_page, moving, NULL);
        }
        nct_pair_page_free(&page);
    }
    return status;
}

nct_status nct_provider_set_state(struct nct_portal *portal, const char *provider, int32_t to, const char *actor,
                                  const char *reason) {
    struct moving moving = {.provider = provider, .to = to, .actor = actor, .reason = reason};
    nct_status status = nct_unit_run(portal, begin, &moving, NULL);
    if (status == NCT_OK)
        status = move_grants(portal, &moving);
    return status == NCT_OK ? nct_unit_run(portal, finish, &moving, NULL) : status;
}

/* What the unit of work needs to find. */
struct finding {
    const char *provider;
    int32_t moving_to;
};

static nct_status find_moving(struct nct_unit *unit, void *argument) {
    struct finding *finding = argument;
    struct nct_provider_record record;
    nct_status status = nct_unit_get(unit, &nct_type_provider, finding->provider, strlen(finding->provider), &record);
    finding->moving_to = record.moving_to;
    return status;
}

nct_status nct_provider_go_on(struct nct_portal *portal, const char *provider, const char *actor, int *moved) {
    struct finding finding = {.provider = provider};
    nct_status status = nct_unit_read(portal, find_moving, &finding);
    *moved = status == NCT_OK && finding.moving_to != 0;
    return *moved ? nct_provider_set_state(portal, provider, finding.moving_to, actor, "") : status;
}

/* What an operator asks for a record. */
static nct_status set_by_operator(struct nct_portal *portal, const char *operator_name, size_t operator_len,
                                  const char *reason, size_t reason_len, const char *id, size_t id_len, int32_t to) {
    char actor[NCT_ACTOR_ROOM];
    char why[NCT_NAME_ROOM];
    char provider[NCT_PROVIDER_ROOM];
    if (portal == NULL)
        return NCT_E_ARGUMENT;
    nct_status status = nct_take_operator(operator_name, operator_len, actor);
    if (status == NCT_OK)
        status = nct_take_reason(reason, reason_len, why);
    if (status == NCT_OK)
        status = nct_take_provider(id, id_len, provider);
    return status == NCT_OK ? nct_provider_set_state(portal, provider, to, actor, why) : status;
}

nct_status nct_provider_terminate(nct_portal *portal, const char *operator_name, size_t operator_len,
                                  const char *reason, size_t reason_len, const char *id, size_t id_len) {
    return set_by_operator(portal, operator_name, operator_len, reason, reason_len, id, id_len,
                           NCT_PROVIDER_TERMINATED);
}

nct_status nct_provider_reinstate(nct_portal *portal, const char *operator_name, size_t operator_len,
                                  const char *reason, size_t reason_len, const char *id, size_t id_len) {
    return set_by_operator(portal, operator_name, operator_len, reason, reason_len, id, id_len,
                           NCT_PROVIDER_REGISTERED);
}
