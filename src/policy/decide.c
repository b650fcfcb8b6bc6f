#include "policy/policy.h"

static const struct nct_role_rule *rule_of(const struct nct_policy *policy, int32_t role) {
    return role > NCT_ROLE_NONE && role < NCT_ROLE_COUNT ? &policy->profile->roles[role] : NULL;
}

int32_t nct_policy_role_has(const nct_policy *policy, int32_t role, int32_t authority) {
    const struct nct_role_rule *rule = policy != NULL ? rule_of(policy, role) : NULL;
    if (rule == NULL || authority < NCT_RIGHT_COUNT || authority >= NCT_RIGHT_COUNT + 64)
        return 0;
    return (int32_t)(rule->authorities >> (authority - NCT_RIGHT_COUNT) & 1);
}

int32_t nct_policy_role_manages(const nct_policy *policy, int32_t role, int32_t managed) {
    const struct nct_role_rule *rule = policy != NULL ? rule_of(policy, role) : NULL;
    if (rule == NULL || managed <= NCT_ROLE_NONE || managed >= NCT_ROLE_COUNT)
        return 0;
    return (int32_t)(rule->manages >> managed & 1);
}

int32_t nct_policy_submission_needs(const nct_policy *policy, int32_t submission) {
    if (policy == NULL || submission < NCT_SUBMISSION_ENROLLMENT || submission > NCT_SUBMISSION_MEDICAL_PA)
        return NCT_E_ARGUMENT;
    return policy->profile->submission_needs[submission];
}

uint64_t nct_policy_held(const struct nct_policy *policy, const struct nct_standing *standing) {
    const struct nct_role_rule *rule = rule_of(policy, standing->role);
    if (rule == NULL)
        return 0;
    return rule->every_right ? policy->named_rights : standing->rights & policy->named_rights;
}

int nct_policy_knows(const struct nct_policy *policy, int32_t right) {
    if (right >= NCT_RIGHT_COUNT)
        return right < NCT_RIGHT_COUNT + nct_authority_count();
    return right >= 0 && (policy->named_rights >> right & 1);
}

nct_status nct_policy_decide(const struct nct_policy *policy, const struct nct_standing *standing, int32_t right,
                             int64_t now) {
    if (!nct_policy_knows(policy, right))
        return NCT_E_ARGUMENT;
    if (rule_of(policy, standing->role) == NULL)
        return NCT_E_NOT_PROVISIONED;
    if (now < standing->valid_from)
        return NCT_E_NOT_YET_VALID;
    if (standing->valid_until != 0 && now >= standing->valid_until)
        return NCT_E_EXPIRED;
    if (right < NCT_RIGHT_COUNT)
        return nct_policy_held(policy, standing) >> right & 1 ? NCT_OK : NCT_E_RIGHT_MISSING;
    return nct_policy_role_has(policy, standing->role, right) ? NCT_OK : NCT_E_NO_AUTHORITY;
}
