#include "portal/access/role_conditions.h"
#include "base/about.h"

#include "portal/registry/principals.h"
#include "portal/registry/provider.h"

#include <string.h>

/* The role somebody has, in its time; one that has ended or not begun is none to build on. */
static int32_t role_now(const struct nct_grant_record *grant, int64_t now) {
    int ended = grant->valid_until != 0 && now >= grant->valid_until;
    return now < grant->valid_from || ended ? NCT_ROLE_NONE : grant->role;
}

static nct_status check_standing(struct nct_unit *unit, const char *provider, const unsigned char person[NCT_PERSON_ID],
                                 uint32_t relationships) {
    struct nct_principal_record principal;
    nct_status status = nct_principal_get(unit, provider, person, &principal);
    if (status != NCT_OK)
        return status;
    int stands = (nct_on_record_at(&principal.on_record, unit->now) & relationships) != 0;
    return nct_about_argument(stands ? NCT_OK : nct_about(NCT_E_NOT_ON_RECORD, NCT_ABOUT_RELATIONSHIPS, relationships),
                              "ncid");
}

struct counting {
    const unsigned char *person;
    int32_t role;
    int32_t others;
};

static nct_status count(struct nct_unit *unit, const struct nct_pair_name *name, void *argument) {
    struct counting *counting = argument;
    struct nct_grant_record grant;
    nct_status status = nct_grant_get(unit, name->provider, name->person, &grant);
    counting->others += grant.role == counting->role && memcmp(name->person, counting->person, NCT_PERSON_ID) != 0;
    return status;
}

/*
 * How many others have the role. A grant out of its time keeps the place until it is revoked: the clock may go back.
 * The backup OA is named by the provider's record, which is pinned; the others are counted. Whatever changes a grant
 * moves the provider's stream, whose head this unit has read: a grant this count has not seen is a conflict.
 */
static nct_status check_place(struct nct_unit *unit, const struct nct_access_wish *wish,
                              const unsigned char person[NCT_PERSON_ID], int32_t most) {
    struct nct_provider_record record;
    struct counting counting = {person, wish->role, 0};
    nct_status status = nct_unit_get(unit, &nct_type_provider, wish->provider, strlen(wish->provider), &record);
    if (status != NCT_OK)
        return status;
    if (wish->role != NCT_ROLE_BACKUP_OFFICE_ADMINISTRATOR)
        status = nct_pair_each(unit, &nct_grant_pair, wish->provider, NULL, count, &counting);
    else
        counting.others = nct_place_is_taken(record.backup) && !nct_place_is(record.backup, person);
    int taken = status == NCT_OK && counting.others >= most;
    return taken ? nct_about(NCT_E_ROLE_TAKEN, NCT_ABOUT_ROLE, wish->role) : status;
}

nct_status nct_role_conditions(struct nct_unit *unit, const struct nct_access_wish *wish,
                               const unsigned char person[NCT_PERSON_ID], const struct nct_grant_record *present) {
    const struct nct_role_rule *rule = nct_policy_rule(&unit->portal->policy, wish->role);
    if (rule == NULL)
        return NCT_OK;
    if (rule->from != 0 && !(rule->from >> role_now(present, unit->now) & 1))
        return nct_about(NCT_E_ROLE_BUILDS_ON, NCT_ABOUT_ROLES, rule->from);
    nct_status status = rule->standing != 0 ? check_standing(unit, wish->provider, person, rule->standing) : NCT_OK;
    return status == NCT_OK && rule->most != 0 ? check_place(unit, wish, person, rule->most) : status;
}

int nct_role_is_by_request(const struct nct_policy *policy, int32_t role, int32_t present) {
    const struct nct_role_rule *rule = nct_policy_rule(policy, role);
    return rule != NULL && rule->by_request && present != role;
}
