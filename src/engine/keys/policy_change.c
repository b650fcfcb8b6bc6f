/* The policy a store is run under: changed by an operator, at once or with an announcement before. */
#include "engine/handle/arguments.h"
#include "engine/keys/portal_open.h"

#include <sodium.h>
#include <stdio.h>
#include <string.h>

struct change {
    const char *actor;
    const char *reason;
};

static nct_status put(struct nct_unit *unit, const struct nct_portal_mark *mark, enum nct_event event,
                      const struct change *change) {
    char detail[NCT_DETAIL_ROOM];
    struct nct_note note = {
        .event = event, .actor = change->actor, .detail = detail, .digest = unit->portal->policy_digest};
    snprintf(detail, sizeof detail, "profile %s: %s", unit->portal->policy.name, change->reason);
    return nct_mark_put(unit, mark, &note);
}

static int is_in_force(const struct nct_unit *unit, const struct nct_portal_mark *mark) {
    return memcmp(mark->policy, unit->portal->policy_digest, NCT_HASH) == 0;
}

static nct_status announce(struct nct_unit *unit, void *argument) {
    struct nct_portal_mark mark;
    nct_status status = nct_mark_get(unit, &mark);
    if (status != NCT_OK)
        return status;
    if (is_in_force(unit, &mark) || memcmp(mark.announced, unit->portal->policy_digest, NCT_HASH) == 0)
        return NCT_E_STATE;
    memcpy(mark.announced, unit->portal->policy_digest, NCT_HASH);
    return put(unit, &mark, NCT_EVENT_POLICY_ANNOUNCED, argument);
}

static nct_status change(struct nct_unit *unit, void *argument) {
    struct nct_portal_mark mark;
    nct_status status = nct_mark_get(unit, &mark);
    if (status != NCT_OK)
        return status;
    if (is_in_force(unit, &mark) && sodium_is_zero(mark.announced, NCT_HASH))
        return NCT_E_STATE;
    memcpy(mark.policy, unit->portal->policy_digest, NCT_HASH);
    memset(mark.announced, 0, NCT_HASH);
    return put(unit, &mark, NCT_EVENT_POLICY_CHANGED, argument);
}

static nct_status run(const nct_config *config, nct_unit_function *function, const char *operator_name,
                      size_t operator_name_len, const char *reason, size_t reason_len) {
    char actor[NCT_ACTOR_ROOM];
    char why[NCT_NAME_ROOM];
    struct change wanted = {actor, why};
    nct_portal *portal = NULL;
    if (NCT_MISSING(config))
        return NCT_E_ARGUMENT;
    nct_status status = nct_take_operator(operator_name, operator_name_len, actor);
    if (status == NCT_OK)
        status = nct_take_reason(reason, reason_len, why);
    if (status == NCT_OK)
        status = nct_portal_open_under(config, 1, &portal);
    if (status == NCT_OK)
        status = nct_unit_run(portal, function, &wanted, NULL);
    nct_portal_close(portal);
    return status;
}

nct_status nct_portal_announce_policy(const nct_config *config, const char *operator_name, size_t operator_name_len,
                                      const char *reason, size_t reason_len) {
    return run(config, announce, operator_name, operator_name_len, reason, reason_len);
}

nct_status nct_portal_change_policy(const nct_config *config, const char *operator_name, size_t operator_name_len,
                                    const char *reason, size_t reason_len) {
    return run(config, change, operator_name, operator_name_len, reason, reason_len);
}

static nct_status read_mark(struct nct_unit *unit, void *argument) {
    return nct_mark_get(unit, argument);
}

nct_status nct_portal_policy_digests(nct_portal *portal, void *in_force, void *announced) {
    struct nct_portal_mark mark;
    if (NCT_MISSING(portal) || NCT_MISSING(in_force) || NCT_MISSING(announced))
        return NCT_E_ARGUMENT;
    nct_status status = nct_unit_read(portal, read_mark, &mark);
    memcpy(in_force, mark.policy, NCT_HASH);
    memcpy(announced, mark.announced, NCT_HASH);
    return status;
}
