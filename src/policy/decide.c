#include "policy/policy.h"

#include <nctracks/ident.h>

#include <string.h>

const struct nct_role_rule *nct_policy_rule(const struct nct_policy *policy, int32_t role) {
    return role > NCT_ROLE_NONE && role < NCT_ROLE_COUNT ? &policy->profile.roles[role] : NULL;
}

int32_t nct_policy_role_has(const nct_policy *policy, int32_t role, int32_t authority) {
    const struct nct_role_rule *rule = policy != NULL ? nct_policy_rule(policy, role) : NULL;
    if (rule == NULL || authority < NCT_RIGHT_COUNT || authority >= NCT_RIGHT_COUNT + 64)
        return 0;
    return (int32_t)(rule->authorities >> (authority - NCT_RIGHT_COUNT) & 1);
}

int32_t nct_policy_role_manages(const nct_policy *policy, int32_t role, int32_t managed) {
    const struct nct_role_rule *rule = policy != NULL ? nct_policy_rule(policy, role) : NULL;
    if (rule == NULL || managed <= NCT_ROLE_NONE || managed >= NCT_ROLE_COUNT)
        return 0;
    return (int32_t)(rule->manages >> managed & 1);
}

int32_t nct_policy_submission_needs(const nct_policy *policy, int32_t submission) {
    if (policy == NULL || submission < NCT_SUBMISSION_ENROLLMENT || submission >= NCT_SUBMISSION_COUNT)
        return NCT_E_ARGUMENT;
    return policy->profile.submission_needs[submission];
}

/* An organization is nobody's person, whatever a profile says. */
int nct_policy_oa_may_be(const struct nct_policy *policy, const char *provider, int32_t kind, int32_t relationship) {
    int atypical = nct_ident_check(NCT_IDENT_NPI, provider, strlen(provider)) != NCT_OK;
    uint32_t allowed = policy->profile.oa_standing[atypical ? NCT_HOLDER_ATYPICAL : kind];
    if (kind == NCT_HOLDER_ORGANIZATION)
        allowed &= ~NCT_BIT(NCT_RELATIONSHIP_PROVIDER);
    return (allowed & NCT_BIT(relationship)) != 0;
}

uint64_t nct_policy_held(const struct nct_policy *policy, const struct nct_standing *standing) {
    const struct nct_role_rule *rule = nct_policy_rule(policy, standing->role);
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
    if (nct_policy_rule(policy, standing->role) == NULL)
        return NCT_E_NOT_PROVISIONED;
    if (standing->suspended)
        return NCT_E_TERMINATED;
    if (now < standing->valid_from)
        return NCT_E_NOT_YET_VALID;
    if (standing->valid_until != 0 && now >= standing->valid_until)
        return NCT_E_EXPIRED;
    if (right < NCT_RIGHT_COUNT)
        return nct_policy_held(policy, standing) >> right & 1 ? NCT_OK : NCT_E_RIGHT_MISSING;
    return nct_policy_role_has(policy, standing->role, right) ? NCT_OK : NCT_E_NO_AUTHORITY;
}
