/*
 * nct_policy_load() over arbitrary text. What loads can be checked and printed, and is the same when it was saved and
 * loaded again; what does not load tells why.
 */
#include <string.h>

#include "sealed.h"

#include <nctracks/policy.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static char saved[NCT_POLICY_TEXT_MAX], again[NCT_POLICY_TEXT_MAX], printed[2 * NCT_POLICY_TEXT_MAX];

static void check_loaded(const nct_policy *policy) {
    nct_policy_problems *problems = NULL;
    nct_policy *back = NULL;
    size_t len = 0, again_len = 0;
    fuzz_require((nct_policy_check(policy, &problems) == NCT_OK) == (problems == NULL));
    nct_policy_problems_free(problems);
    fuzz_require(nct_policy_print(policy, printed, sizeof printed, &len) == NCT_OK && len == strlen(printed));
    fuzz_require(nct_policy_save(policy, saved, sizeof saved, &len) == NCT_OK && len == strlen(saved));
    fuzz_require(nct_policy_load(saved, len, NULL, &back) == NCT_OK);
    fuzz_require(nct_policy_save(back, again, sizeof again, &again_len) == NCT_OK && again_len == len);
    fuzz_require(memcmp(saved, again, len) == 0);
    nct_policy_free(back);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    nct_policy_problems *problems = NULL;
    nct_policy *policy = NULL;
    nct_status status = nct_policy_load((const char *)data, size, &problems, &policy);
    fuzz_require((status == NCT_OK) == (policy != NULL));
    fuzz_require((status == NCT_E_PROBLEMS) == (nct_policy_problems_count(problems) > 0));
    for (size_t i = 0; i < nct_policy_problems_count(problems); i++)
        fuzz_require(strlen(nct_policy_problems_message(problems, i)) > 0 && nct_policy_problems_line(problems, i) > 0);
    if (policy != NULL)
        check_loaded(policy);
    nct_policy_problems_free(problems);
    nct_policy_free(policy);
    return 0;
}
