#include "policy/policy.h"
#include "base/about.h"

#include <stdlib.h>
#include <string.h>

static const struct nct_profile *const profiles[] = {&nct_profile_2013, &nct_profile_2022, &nct_profile_2025,
                                                     &nct_profile_2026};
#define PROFILES (sizeof profiles / sizeof profiles[0])

size_t nct_profile_count(void) {
    return PROFILES;
}

const char *nct_profile_name(size_t index) {
    return index < PROFILES ? profiles[index]->name : NULL;
}

const char *nct_policy_profile(const nct_policy *policy) {
    return policy != NULL ? policy->name : NULL;
}

const struct nct_profile *nct_profile_find(const char *name) {
    for (size_t i = 0; i < PROFILES; i++)
        if (strcmp(profiles[i]->name, name) == 0)
            return profiles[i];
    return NULL;
}

nct_status nct_policy_new(const char *profile, nct_policy **out) {
    if (out != NULL)
        *out = NULL;
    if (NCT_MISSING(profile) || NCT_MISSING(out))
        return NCT_E_ARGUMENT;
    const struct nct_profile *found = nct_profile_find(profile);
    if (found == NULL)
        return NCT_E_NOT_FOUND;
    *out = malloc(sizeof **out);
    if (*out == NULL)
        return NCT_E_NO_MEMORY;
    nct_policy_set_defaults(*out, found);
    return NCT_OK;
}

void nct_policy_free(nct_policy *policy) {
    free(policy);
}
