/* The state of somebody's password. */
#include "engine/handle/arguments.h"
#include "portal/credentials/verifier.h"
#include "portal/registry/person.h"

#include <nctracks/password.h>

#include <sodium.h>

struct state {
    const char *ncid;
    int32_t state;
    int64_t changed_at;
    int32_t failures;
    int64_t waits_until;
};

static void judge(const struct nct_unit *unit, const struct nct_factor *factor, struct state *state) {
    const struct nct_policy *policy = &unit->portal->policy;
    int64_t until = nct_factor_waits_until(policy, factor, unit->now);
    state->changed_at = factor->state == NCT_PIN_ACTIVE ? factor->issued_at : 0;
    state->failures = factor->failures < INT32_MAX ? (int32_t)factor->failures : INT32_MAX;
    state->waits_until = 0;
    if (unit->portal->callbacks.identity.verify_password != NULL)
        *state = (struct state){.state = NCT_PASSWORD_ELSEWHERE};
    else if (factor->state != NCT_PIN_ACTIVE)
        state->state = NCT_PASSWORD_NONE;
    else if (nct_factor_disabled(policy, NCT_SECRET_PASSWORD, factor))
        state->state = NCT_PASSWORD_DISABLED;
    else if (until > unit->now) {
        state->state = NCT_PASSWORD_WAITING;
        state->waits_until = until;
    } else
        state->state = NCT_PASSWORD_ACTIVE;
}

static nct_status read_state(struct nct_unit *unit, void *argument) {
    struct state *state = argument;
    unsigned char person[NCT_PERSON_ID];
    struct nct_person_record record;
    struct nct_credential credential;
    nct_status status = nct_person_find(unit, state->ncid, person, &record);
    if (status == NCT_OK)
        status = nct_unit_get(unit, &nct_type_credential, person, NCT_PERSON_ID, &credential);
    else
        return status;
    if (status == NCT_E_NOT_FOUND)
        status = NCT_OK;
    if (status == NCT_OK)
        judge(unit, &credential.password, state);
    sodium_memzero(&credential, sizeof credential);
    return status;
}

nct_status nct_password_status(nct_portal *portal, const char *ncid, size_t ncid_len, int32_t *state,
                               int64_t *changed_at, int32_t *failures, int64_t *waits_until) {
    char id[NCT_NCID_ROOM];
    struct state found = {.ncid = id};
    if (NCT_MISSING(portal) || NCT_MISSING(state))
        return NCT_E_ARGUMENT;
    nct_status status = nct_take_ncid(ncid, ncid_len, id);
    if (status == NCT_OK)
        status = nct_unit_rehearse(portal, read_state, &found);
    if (status != NCT_OK)
        return status;
    *state = found.state;
    if (changed_at != NULL)
        *changed_at = found.changed_at;
    if (failures != NULL)
        *failures = found.failures;
    if (waits_until != NULL)
        *waits_until = found.waits_until;
    return NCT_OK;
}

const char *nct_password_state_name(int32_t state) {
    static const char *const names[] = {
        [NCT_PASSWORD_NONE] = "none",           [NCT_PASSWORD_ACTIVE] = "active",
        [NCT_PASSWORD_WAITING] = "waiting",     [NCT_PASSWORD_DISABLED] = "disabled",
        [NCT_PASSWORD_ELSEWHERE] = "elsewhere",
    };
    return state >= 0 && state < (int32_t)(sizeof names / sizeof names[0]) ? names[state] : NULL;
}
