/*
 * nct_rule_set() with an arbitrary path, a line end, and an arbitrary value. The first byte is the profile. What is
 * taken reads back as something that sets the same; what is refused tells why and changes nothing.
 */
#include <stdlib.h>
#include <string.h>

#include "sealed.h"

#include <nctracks/policy.h>
#include <nctracks/rule.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static char before[NCT_POLICY_TEXT_MAX], after[NCT_POLICY_TEXT_MAX];

static void save(const nct_policy *policy, char *text) {
    size_t len = 0;
    fuzz_require(nct_policy_save(policy, text, NCT_POLICY_TEXT_MAX, &len) == NCT_OK);
    text[len] = '\0';
}

static void check_taken(nct_policy *policy, const char *path) {
    char value[NCT_POLICY_TEXT_MAX];
    size_t len = 0;
    fuzz_require(nct_rule_get(policy, path, value, sizeof value, &len) == NCT_OK && len == strlen(value));
    save(policy, before);
    fuzz_require(nct_rule_set(policy, path, value, len, NULL) == NCT_OK);
    save(policy, after);
    fuzz_require(strcmp(before, after) == 0);
}

static void set(nct_policy *policy, const char *path, const char *value, size_t len) {
    nct_policy_problems *problems = NULL;
    save(policy, before);
    nct_status status = nct_rule_set(policy, path, value, len, &problems);
    fuzz_require((status == NCT_OK) == (nct_policy_problems_count(problems) == 0) || status != NCT_E_PROBLEMS);
    if (status == NCT_OK)
        check_taken(policy, path);
    else {
        save(policy, after);
        fuzz_require(strcmp(before, after) == 0);
    }
    for (size_t i = 0; i < nct_policy_problems_count(problems); i++)
        fuzz_require(strlen(nct_policy_problems_message(problems, i)) > 0);
    nct_policy_problems_free(problems);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    const uint8_t *end = size > 0 ? memchr(data, '\n', size) : NULL;
    nct_policy *policy = NULL;
    if (end == NULL || end == data)
        return 0;
    size_t path_len = (size_t)(end - data) - 1;
    char *path = calloc(path_len + 1, 1);
    fuzz_require(path != NULL);
    memcpy(path, data + 1, path_len);
    fuzz_require(nct_policy_new(nct_profile_name(data[0] % (size_t)nct_profile_count()), &policy) == NCT_OK);
    set(policy, path, (const char *)end + 1, size - path_len - 2);
    nct_policy_free(policy);
    free(path);
    return 0;
}
