/* Who can come to have which role: closures over what roles manage and build on. */
#include "policy/check.h"

static int has(uint32_t roles, int32_t role) {
    return (roles & NCT_BIT(role)) != 0;
}

/* Whether somebody of a giving role can give a role, where certain roles are to be had. */
static int gives(const struct nct_policy *policy, int32_t giver, int32_t role, uint32_t had) {
    const struct nct_role_rule *giving = nct_policy_rule(policy, giver);
    uint32_t from = nct_policy_rule(policy, role)->from;
    if (!nct_policy_role_has(policy, giver, NCT_AUTHORITY_USER_ADMINISTRATION) || !has(giving->manages, role))
        return 0;
    return from == 0 || (from & giving->manages & had) != 0;
}

static uint32_t one_step(const struct nct_policy *policy, uint32_t had) {
    uint32_t next = had;
    for (int32_t giver = NCT_ROLE_OFFICE_ADMINISTRATOR; giver < NCT_ROLE_COUNT; giver++)
        for (int32_t role = NCT_ROLE_OFFICE_ADMINISTRATOR; role < NCT_ROLE_COUNT; role++)
            if (has(had, giver) && gives(policy, giver, role, had))
                next |= NCT_BIT(role);
    return next;
}

uint32_t nct_roles_obtainable(const struct nct_policy *policy) {
    uint32_t had = 0;
    uint32_t next = NCT_BIT(NCT_ROLE_OFFICE_ADMINISTRATOR); /* comes with the registration */
    while (next != had) {
        had = next;
        next = one_step(policy, had);
    }
    return had;
}

uint32_t nct_roles_below(const struct nct_policy *policy, int32_t role) {
    uint32_t below = 0;
    uint32_t next = nct_policy_rule(policy, role)->manages;
    while (next != below) {
        below = next;
        for (int32_t other = NCT_ROLE_OFFICE_ADMINISTRATOR; other < NCT_ROLE_COUNT; other++)
            if (has(below, other))
                next |= nct_policy_rule(policy, other)->manages;
    }
    return below;
}

static int says_something(const struct nct_role_rule *rule) {
    return rule->authorities != 0 || rule->manages != 0 || rule->from != 0 || rule->standing != 0 || rule->most != 0 ||
           rule->every_right != 0;
}

uint32_t nct_roles_used(const struct nct_policy *policy) {
    uint32_t used = NCT_BIT(NCT_ROLE_OFFICE_ADMINISTRATOR) | policy->profile.by_two;
    for (int32_t role = NCT_ROLE_OFFICE_ADMINISTRATOR; role < NCT_ROLE_COUNT; role++) {
        const struct nct_role_rule *rule = nct_policy_rule(policy, role);
        used |= rule->manages | rule->from | (says_something(rule) ? NCT_BIT(role) : 0);
    }
    return used;
}
