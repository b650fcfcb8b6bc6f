/* What tells two policies apart. */
#include "base/about.h"
#include "policy/policy.h"

#include <sodium.h>
#include <stdlib.h>

_Static_assert(NCT_POLICY_DIGEST == crypto_generichash_BYTES, "length of a digest");

static void hash_text(const char *text, size_t len, void *out) {
    static const char domain[] = "nctracks/policy/1";
    crypto_generichash_state state;
    crypto_generichash_init(&state, NULL, 0, NCT_POLICY_DIGEST);
    crypto_generichash_update(&state, (const unsigned char *)domain, sizeof domain);
    crypto_generichash_update(&state, (const unsigned char *)text, len);
    crypto_generichash_final(&state, out, NCT_POLICY_DIGEST);
}

/* The text of a policy has every rule that says something, in one order. */
nct_status nct_policy_digest(const nct_policy *policy, void *out) {
    size_t len = 0;
    if (NCT_MISSING(policy) || NCT_MISSING(out))
        return NCT_E_ARGUMENT;
    if (sodium_init() < 0)
        return NCT_E_CRYPTO;
    char *text = malloc(NCT_POLICY_TEXT_MAX);
    if (text == NULL)
        return NCT_E_NO_MEMORY;
    nct_status status = nct_policy_save(policy, text, NCT_POLICY_TEXT_MAX, &len);
    if (status == NCT_OK)
        hash_text(text, len, out);
    free(text);
    return status;
}
