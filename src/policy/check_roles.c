/* Contradictions between roles. */
#include "policy/check.h"

#define OA NCT_ROLE_OFFICE_ADMINISTRATOR

static int has(uint32_t roles, int32_t role) {
    return (roles & NCT_BIT(role)) != 0;
}

/* S2, S3, S7: one Office Administrator a record, from whom all other access comes. */
static void check_office_administrator(struct nct_check *check) {
    const struct nct_role_rule *rule = nct_policy_rule(check->policy, OA);
    if (!nct_policy_role_has(check->policy, OA, NCT_AUTHORITY_USER_ADMINISTRATION))
        nct_contradict_role(check, OA, "authorities", "nobody could administer users: user.administration is missing");
    if (rule->manages == 0)
        nct_contradict_role(check, OA, "manages", "nobody could be given access");
    if (!rule->every_right)
        nct_contradict_role(check, OA, "every_right",
                            "no right could ever be granted: nobody grants what they do not hold, and nobody begins "
                            "with any");
    if (rule->most != 1)
        nct_contradict_role(check, OA, "most", "a record has exactly one Office Administrator");
    if (rule->from != 0)
        nct_contradict_role(check, OA, "from", "before the Office Administrator nobody has a role");
    if (rule->by_request)
        nct_contradict_role(check, OA, "by_request", "a registration gives it too");
    if (rule->standing != 0)
        nct_contradict_role(check, OA, "standing",
                            "the rules office_administrator.* say this for each kind of provider");
}

/* Exactly one a record, since 2026: the record names them. */
static void check_backup(struct nct_check *check) {
    int32_t backup = NCT_ROLE_BACKUP_OFFICE_ADMINISTRATOR;
    if (has(nct_roles_used(check->policy), backup) && nct_policy_rule(check->policy, backup)->most != 1)
        nct_contradict_role(check, backup, "most", "a record has at most one Backup Office Administrator");
}

/* What somebody of a role could bring about through others may not be more than the role itself holds. */
static void check_escalation(struct nct_check *check, int32_t role) {
    const struct nct_role_rule *own = nct_policy_rule(check->policy, role);
    uint32_t below = nct_roles_below(check->policy, role);
    if (has(below, role)) {
        nct_contradict_role(check, role, "manages", "the role could give itself%s",
                            has(own->manages, role) ? "" : ", through those it manages");
        return;
    }
    for (int32_t other = OA; other < NCT_ROLE_COUNT; other++) {
        const struct nct_role_rule *rule = nct_policy_rule(check->policy, other);
        uint64_t more = rule->authorities & ~own->authorities;
        int32_t authority = 0;
        while (more != 0 && (more >> authority & 1) == 0)
            authority++;
        if (has(below, other) && (more != 0 || rule->every_right > own->every_right))
            nct_contradict_role(check, role, "manages", "the role could hand out more than it holds: %s has %s",
                                nct_role_name(other), more != 0 ? nct_authority_name(authority) : "every right");
    }
}

static void check_giving(struct nct_check *check, int32_t role) {
    const struct nct_role_rule *rule = nct_policy_rule(check->policy, role);
    if (role != OA && has(rule->manages, OA))
        nct_contradict_role(check, role, "manages",
                            "the Office Administrator comes from the registration or an Office Administrator change "
                            "alone");
    if (role != OA && rule->manages != 0 &&
        !nct_policy_role_has(check->policy, role, NCT_AUTHORITY_USER_ADMINISTRATION))
        nct_contradict_role(check, role, "manages", "without user.administration the role gives nothing");
    check_escalation(check, role);
}

static int anybody_gives(const struct nct_policy *policy, uint32_t obtainable, int32_t role) {
    for (int32_t giver = OA; giver < NCT_ROLE_COUNT; giver++)
        if (has(obtainable, giver) && nct_policy_role_has(policy, giver, NCT_AUTHORITY_USER_ADMINISTRATION) &&
            nct_policy_role_manages(policy, giver, role))
            return 1;
    return 0;
}

static void check_obtainable(struct nct_check *check, uint32_t obtainable, int32_t role) {
    if (has(obtainable, role))
        return;
    if (anybody_gives(check->policy, obtainable, role))
        nct_contradict_role(check, role, "from",
                            "nobody can come to have the role: whoever gives it can give none of those it builds on");
    else
        nct_contradict_role(check, OA, "manages", "nobody gives the role %s", nct_role_name(role));
}

void nct_check_roles(struct nct_check *check) {
    uint32_t obtainable = nct_roles_obtainable(check->policy);
    uint32_t used = nct_roles_used(check->policy);
    check_office_administrator(check);
    check_backup(check);
    for (int32_t role = OA; role < NCT_ROLE_COUNT; role++) {
        check_giving(check, role);
        if (has(used, role))
            check_obtainable(check, obtainable, role);
        if (has(nct_policy_rule(check->policy, role)->from, OA))
            nct_contradict_role(check, role, "from", "nobody gives the Office Administrator another role");
    }
    if (has(check->policy->profile.by_two, OA))
        nct_contradict(check, "by_two", "the Office Administrator is not given by users");
}
