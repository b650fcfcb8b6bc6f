#include "kdf.h"

#include "bench.h"

#include <nctracks/option.h>
#include <nctracks/policy.h>

#include <sodium.h>
#include <stdlib.h>

struct cost {
    int64_t memory, passes;
};

static struct cost default_cost(void) {
    struct cost cost = {0, 0};
    nct_policy *policy = NULL;
    bench_require(nct_policy_new("2013", &policy), "nct_policy_new");
    bench_require(nct_policy_get(policy, NCT_OPTION_KDF_MEMORY, &cost.memory), "KDF memory");
    bench_require(nct_policy_get(policy, NCT_OPTION_KDF_PASSES, &cost.passes), "KDF passes");
    nct_policy_free(policy);
    return cost;
}

double kdf_time(size_t times) {
    static const char secret[32] = "as long as a peppered secret is";
    static const unsigned char salt[crypto_pwhash_SALTBYTES] = "sixteen of salt";
    unsigned char key[32];
    struct cost cost = default_cost();
    if (sodium_init() < 0)
        abort();
    uint64_t begin = bench_now_ns();
    for (size_t i = 0; i < times; i++)
        if (crypto_pwhash(key, sizeof key, secret, sizeof secret, salt, (unsigned long long)cost.passes,
                          (size_t)cost.memory * 1024, crypto_pwhash_ALG_ARGON2ID13) != 0)
            abort();
    return (double)(bench_now_ns() - begin);
}
