/* Rights and authorities: one table each, and the rights a host names. */
#include "base/about.h"
#include "base/utf8.h"
#include "policy/policy.h"
#include "policy/words.h"

#include <string.h>

static const struct nct_word rights[] = {
    [NCT_RIGHT_ELIGIBILITY_INQUIRY] = {"eligibility.inquiry", "Ask whether a recipient is eligible.",
                                       "Eligibility inquiry"},
    [NCT_RIGHT_CLAIM_SUBMIT] = {"claim.submit", "Submit claims.", "Claim submission"},
    [NCT_RIGHT_CLAIM_INQUIRY] = {"claim.inquiry", "Ask for the status of claims.", "Claim inquiry"},
    [NCT_RIGHT_PA_SUBMIT] = {"pa.submit", "Submit Prior Approval requests.", "Prior Approval submission"},
    [NCT_RIGHT_PA_INQUIRY] = {"pa.inquiry", "Ask for the status of Prior Approvals.", "Prior Approval inquiry"},
    [NCT_RIGHT_FL2_SUBMIT] = {"fl2.submit", "Submit FL2 (long term care level of care) requests.", "FL2 submission"},
    [NCT_RIGHT_REMITTANCE_INQUIRY] = {"remittance.inquiry", "See the remittance advice (checkwrite).",
                                      "Remittance advice"},
    [NCT_RIGHT_MESSAGE_CENTER] = {"message.center", "Read the message center.", "Message center"},
    [NCT_RIGHT_PROVIDER_VIEW] = {"provider.view", "See the provider record.", "Provider record: view"},
    [NCT_RIGHT_PROVIDER_UPDATE] = {"provider.update", "Prepare changes of the provider record.",
                                   "Provider record: update"},
    [NCT_RIGHT_TRAINING] = {"training", "Use the training portal.", "Training"},
    [NCT_RIGHT_REFERRAL] = {"referral", "Handle referrals.", "Referrals"},
};
#define RIGHTS ((int32_t)(sizeof rights / sizeof rights[0]))

static const struct nct_word authorities[] = {
    {"user.administration", "Add users, grant and revoke their access.", "User Administration"},
    {"enrollment.submit", "Sign and submit enrollment-type applications.", "Enrollment applications"},
    {"eft.change", "Change where the provider is paid.", "EFT change"},
    {"pin.reset", "Have a new PIN sent to a user.", "PIN reset"},
    {"enrollment.prepare", "Draft enrollment-type applications.", "Enrollment drafts"},
    {"enrollment.initial", "Sign and submit an initial enrollment application.", "Initial enrollment"},
};
#define AUTHORITIES ((int32_t)(sizeof authorities / sizeof authorities[0]))

static const struct nct_host_right *host_right(const nct_policy *policy, int32_t right) {
    if (right < NCT_RIGHT_HOST_FIRST || right >= NCT_RIGHT_COUNT)
        return NULL;
    const struct nct_host_right *host = &policy->host_rights[right - NCT_RIGHT_HOST_FIRST];
    return host->name[0] != '\0' ? host : NULL;
}

static const struct nct_word *right_word(int32_t right) {
    return right >= NCT_RIGHT_COUNT ? nct_word_at(authorities, AUTHORITIES, right - NCT_RIGHT_COUNT)
                                    : nct_word_at(rights, RIGHTS, right);
}

const char *nct_right_name(const nct_policy *policy, int32_t right) {
    if (policy == NULL)
        return NULL;
    const struct nct_host_right *host = host_right(policy, right);
    if (host != NULL)
        return host->name;
    return right_word(right) != NULL ? right_word(right)->name : NULL;
}

const char *nct_right_description(const nct_policy *policy, int32_t right) {
    if (policy == NULL)
        return NULL;
    const struct nct_host_right *host = host_right(policy, right);
    if (host != NULL)
        return host->description;
    return right_word(right) != NULL ? right_word(right)->description : NULL;
}

nct_status nct_right_from_name(const nct_policy *policy, const char *name, int32_t *right) {
    if (NCT_MISSING(policy) || NCT_MISSING(name) || NCT_MISSING(right))
        return NCT_E_ARGUMENT;
    *right = -1;
    for (int32_t i = -1; nct_right_next(policy, i, &i) == NCT_OK;)
        if (strcmp(nct_right_name(policy, i), name) == 0)
            *right = i;
    return *right >= 0 ? NCT_OK : NCT_E_NOT_FOUND;
}

nct_status nct_right_next(const nct_policy *policy, int32_t after, int32_t *next) {
    if (next != NULL)
        *next = -1;
    if (NCT_MISSING(policy) || NCT_MISSING(next))
        return NCT_E_ARGUMENT;
    for (int32_t i = after < 0 ? 0 : after < INT32_MAX ? after + 1 : after; i < NCT_RIGHT_COUNT + AUTHORITIES; i++)
        if (nct_policy_knows(policy, i)) {
            *next = i;
            return NCT_OK;
        }
    return NCT_E_NOT_FOUND;
}

int nct_policy_knows(const struct nct_policy *policy, int32_t right) {
    if (right >= NCT_RIGHT_COUNT)
        return right < NCT_RIGHT_COUNT + AUTHORITIES;
    return right >= 0 && (policy->named_rights >> right & 1);
}

uint64_t nct_policy_rights(const nct_policy *policy) {
    return policy != NULL ? policy->named_rights : 0;
}

uint64_t nct_named_rights(void) {
    return (UINT64_C(1) << RIGHTS) - 1;
}

int32_t nct_authority_count(void) {
    return AUTHORITIES;
}

/* A host's right is called what the host says of it. */
const char *nct_right_title(const nct_policy *policy, int32_t right) {
    if (policy == NULL)
        return NULL;
    const struct nct_host_right *host = host_right(policy, right);
    if (host != NULL)
        return host->description;
    return right_word(right) != NULL ? right_word(right)->title : NULL;
}

static const struct nct_word *library_right(size_t index) {
    if (index < (size_t)RIGHTS)
        return &rights[index];
    return index - (size_t)RIGHTS < (size_t)AUTHORITIES ? &authorities[index - (size_t)RIGHTS] : NULL;
}

const char *nct_library_right_name(size_t index) {
    return library_right(index) != NULL ? library_right(index)->name : NULL;
}

const char *nct_library_right_description(size_t index) {
    return library_right(index) != NULL ? library_right(index)->description : NULL;
}

const char *nct_library_right_title(size_t index) {
    return library_right(index) != NULL ? library_right(index)->title : NULL;
}

const char *nct_authority_name(int32_t index) {
    return nct_word_name(authorities, AUTHORITIES, index);
}

nct_status nct_policy_name_right(nct_policy *policy, int32_t right, const char *name, const char *description) {
    if (NCT_MISSING(policy) || NCT_MISSING(name) || NCT_MISSING(description))
        return NCT_E_ARGUMENT;
    if (right < NCT_RIGHT_HOST_FIRST || right >= NCT_RIGHT_COUNT)
        return NCT_E_POLICY;
    nct_status status = nct_text_word(name, strlen(name), NCT_RIGHT_NAME_MAX);
    if (status == NCT_OK)
        status = nct_text_line(description, strlen(description), NCT_RIGHT_DESCRIPTION_MAX / 4);
    int32_t other = -1;
    if (status == NCT_OK && nct_right_from_name(policy, name, &other) == NCT_OK && other != right)
        status = NCT_E_DUPLICATE;
    if (status != NCT_OK)
        return status;
    struct nct_host_right *host = &policy->host_rights[right - NCT_RIGHT_HOST_FIRST];
    memcpy(host->name, name, strlen(name) + 1);
    memcpy(host->description, description, strlen(description) + 1);
    policy->named_rights |= UINT64_C(1) << right;
    return NCT_OK;
}

nct_status nct_policy_forget_right(struct nct_policy *policy, int32_t right) {
    for (int32_t kind = NCT_SUBMISSION_ENROLLMENT; kind < NCT_SUBMISSION_COUNT; kind++)
        if (policy->profile.submission_needs[kind] == right)
            return NCT_E_STATE;
    memset(&policy->host_rights[right - NCT_RIGHT_HOST_FIRST], 0, sizeof policy->host_rights[0]);
    policy->named_rights &= ~(UINT64_C(1) << right);
    return NCT_OK;
}
