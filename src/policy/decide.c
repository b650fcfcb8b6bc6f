#include "base/about.h"
#include "policy/policy.h"

#include <nctracks/ident.h>

#include <string.h>

const struct nct_role_rule *nct_policy_rule(const struct nct_policy *policy, int32_t role) {
    return role > NCT_ROLE_NONE && role < NCT_ROLE_COUNT ? &policy->profile.roles[role] : NULL;
}

int nct_policy_knows_role(const struct nct_policy *policy, int32_t role) {
    uint32_t known = NCT_BIT(NCT_ROLE_OFFICE_ADMINISTRATOR);
    for (int32_t giver = NCT_ROLE_OFFICE_ADMINISTRATOR; giver < NCT_ROLE_COUNT; giver++)
        known |= policy->profile.roles[giver].manages;
    return role > NCT_ROLE_NONE && role < NCT_ROLE_COUNT && (known & NCT_BIT(role)) != 0;
}

/* The rules by which a role is judged: NULL for one the profile does not know. */
static const struct nct_role_rule *known_rule(const struct nct_policy *policy, int32_t role) {
    return nct_policy_knows_role(policy, role) ? nct_policy_rule(policy, role) : NULL;
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

int32_t nct_policy_submit_needs(const nct_policy *policy, int32_t submission) {
    if (submission < NCT_SUBMISSION_ENROLLMENT || submission >= NCT_SUBMISSION_COUNT)
        return NCT_NO_RIGHT;
    return policy->profile.submission_needs[submission];
}

static nct_status tell_right(int32_t needs, int32_t *right) {
    *right = needs;
    return needs != NCT_NO_RIGHT ? NCT_OK : nct_about_argument(NCT_E_ARGUMENT, "submission");
}

nct_status nct_policy_submission_needs(const nct_policy *policy, int32_t submission, int32_t *right) {
    if (NCT_MISSING(right))
        return NCT_E_ARGUMENT;
    *right = NCT_NO_RIGHT;
    if (NCT_MISSING(policy))
        return NCT_E_ARGUMENT;
    return tell_right(nct_policy_submit_needs(policy, submission), right);
}

int nct_policy_by_two(const struct nct_policy *policy, int32_t role) {
    return (policy->profile.by_two & NCT_BIT(role)) != 0;
}

int32_t nct_policy_prepare_needs(const nct_policy *policy, int32_t submission) {
    int32_t needs = nct_policy_submit_needs(policy, submission);
    return needs < NCT_RIGHT_COUNT ? needs : NCT_AUTHORITY_ENROLLMENT_PREPARE;
}

nct_status nct_policy_preparation_needs(const nct_policy *policy, int32_t submission, int32_t *right) {
    if (NCT_MISSING(right))
        return NCT_E_ARGUMENT;
    *right = NCT_NO_RIGHT;
    if (NCT_MISSING(policy))
        return NCT_E_ARGUMENT;
    return tell_right(nct_policy_prepare_needs(policy, submission), right);
}

/* An organization is nobody's person, whatever a profile says. */
nct_status nct_policy_check_oa(const struct nct_policy *policy, const char *provider, int32_t kind,
                               int32_t relationship) {
    int atypical = nct_ident_check(NCT_IDENT_NPI, provider, strlen(provider)) != NCT_OK;
    uint32_t allowed = policy->profile.oa_standing[atypical ? NCT_HOLDER_ATYPICAL : kind];
    if (kind == NCT_HOLDER_ORGANIZATION)
        allowed &= ~NCT_BIT(NCT_RELATIONSHIP_PROVIDER);
    int is_allowed = (allowed & NCT_BIT(relationship)) != 0;
    return is_allowed ? NCT_OK : nct_about(NCT_E_RELATIONSHIP, NCT_ABOUT_RELATIONSHIPS, allowed);
}

uint64_t nct_policy_held(const struct nct_policy *policy, const struct nct_standing *standing) {
    const struct nct_role_rule *rule = known_rule(policy, standing->role);
    if (rule == NULL)
        return 0;
    return rule->every_right ? policy->named_rights : standing->rights & policy->named_rights;
}

uint64_t nct_on_record_at(const struct nct_on_record *on_record, int64_t time) {
    int begun = time >= on_record->valid_from;
    int ended = on_record->valid_until != 0 && time >= on_record->valid_until;
    return begun && !ended ? on_record->relationships : 0;
}

int nct_standing_is_dated(const struct nct_standing *standing) {
    return (standing->valid_from | standing->valid_until | standing->on_record.valid_from |
            standing->on_record.valid_until) != 0;
}

/* Whether the record names the person in one of these relationships; where none is asked for, it need not. */
static int stands(const struct nct_standing *standing, uint32_t relationships, int64_t now) {
    return relationships == 0 || (nct_on_record_at(&standing->on_record, now) & relationships) != 0;
}

/* Whether an authority is the one some enrollment-type application is signed with. */
static int signs_enrollment(const struct nct_policy *policy, int32_t authority) {
    for (int32_t i = 1; i < NCT_SUBMISSION_COUNT; i++)
        if (nct_submission_is(i, NCT_TRAIT_ENROLLMENT_TYPE) && policy->profile.submission_needs[i] == authority)
            return 1;
    return 0;
}

static nct_status decide_authority(const struct nct_policy *policy, const struct nct_standing *standing,
                                   int32_t authority, int64_t now) {
    uint32_t signer = policy->profile.signer_standing;
    if (!nct_policy_role_has(policy, standing->role, authority))
        return nct_about(NCT_E_NO_AUTHORITY, NCT_ABOUT_RIGHT, authority);
    if (signer != 0 && signs_enrollment(policy, authority) && !stands(standing, signer, now))
        return nct_about(NCT_E_NOT_ON_RECORD, NCT_ABOUT_RELATIONSHIPS, signer);
    return NCT_OK;
}

nct_status nct_policy_decide(const struct nct_policy *policy, const struct nct_standing *standing, int32_t right,
                             int64_t now) {
    const struct nct_role_rule *rule = known_rule(policy, standing->role);
    if (!nct_policy_knows(policy, right))
        return nct_about_argument(NCT_E_ARGUMENT, "right");
    if (rule == NULL)
        return NCT_E_NOT_PROVISIONED;
    if (standing->terminated)
        return NCT_E_TERMINATED;
    if (now < standing->valid_from)
        return nct_about(NCT_E_NOT_YET_VALID, NCT_ABOUT_TIME, standing->valid_from);
    if (standing->valid_until != 0 && now >= standing->valid_until)
        return nct_about(NCT_E_EXPIRED, NCT_ABOUT_TIME, standing->valid_until);
    if (!stands(standing, rule->standing, now))
        return nct_about(NCT_E_NOT_ON_RECORD, NCT_ABOUT_RELATIONSHIPS, rule->standing);
    if (right < 0 || right >= NCT_RIGHT_COUNT)
        return decide_authority(policy, standing, right, now);
    int held = (int)(nct_policy_held(policy, standing) >> right & 1);
    return held ? NCT_OK : nct_about(NCT_E_RIGHT_MISSING, NCT_ABOUT_RIGHT, right);
}

nct_status nct_policy_decide_submission(const struct nct_policy *policy, const struct nct_standing *standing,
                                        int32_t submission, int64_t now) {
    nct_status status = nct_policy_decide(policy, standing, nct_policy_submit_needs(policy, submission), now);
    if (status == NCT_OK && nct_submission_is(submission, NCT_TRAIT_ENROLLMENT_TYPE) &&
        !stands(standing, policy->profile.signer_standing, now))
        status = nct_about(NCT_E_NOT_ON_RECORD, NCT_ABOUT_RELATIONSHIPS, policy->profile.signer_standing);
    return status;
}
