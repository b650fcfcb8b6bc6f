/* Leaks that valgrind must find, or it would find none in ct_verify either. The argument says which. */
#include "ct.h"

#include <sodium.h>
#include <stdio.h>
#include <string.h>

#define BYTES 32

static int by_memcmp(const unsigned char *secret, const unsigned char *guess) {
    return memcmp(secret, guess, BYTES) == 0;
}

static int by_early_exit(const unsigned char *secret, const unsigned char *guess) {
    for (size_t i = 0; i < BYTES; i++)
        if (secret[i] != guess[i])
            return 0;
    return 1;
}

static int by_table(const unsigned char *secret, const unsigned char *guess) {
    static volatile unsigned char table[256];
    unsigned char sum = 0;
    for (size_t i = 0; i < BYTES; i++)
        sum = (unsigned char)(sum | table[secret[i]] | guess[i]);
    ct_declassify(&sum, sizeof sum);
    return sum == 0;
}

/* Without the keyed hash before it, Argon2id's pattern of memory access depends on the secret. */
static int by_argon2(const unsigned char *secret, const unsigned char *guess) {
    unsigned char hash[BYTES], salt[crypto_pwhash_SALTBYTES] = {0};
    int failed =
        crypto_pwhash(hash, sizeof hash, (const char *)secret, BYTES, salt, 1, 8192 * 4, crypto_pwhash_ALG_ARGON2ID13);
    ct_declassify(hash, sizeof hash);
    ct_declassify(&failed, sizeof failed);
    return failed == 0 && sodium_memcmp(hash, guess, sizeof hash) == 0;
}

static int clean(const unsigned char *secret, const unsigned char *guess) {
    int different = sodium_memcmp(secret, guess, BYTES);
    ct_declassify(&different, sizeof different);
    return different == 0;
}

int main(int argc, char **argv) {
    static const struct {
        const char *name;
        int (*compare)(const unsigned char *secret, const unsigned char *guess);
    } ways[] = {{"memcmp", by_memcmp},
                {"early-exit", by_early_exit},
                {"table", by_table},
                {"argon2", by_argon2},
                {"none", clean}};
    unsigned char secret[BYTES] = {1}, guess[BYTES] = {1};
    for (size_t i = 0; argc == 2 && i < sizeof ways / sizeof ways[0]; i++) {
        if (strcmp(argv[1], ways[i].name) != 0)
            continue;
        ct_poison(secret, sizeof secret);
        (void)printf("%s: %d\n", argv[1], ways[i].compare(secret, guess));
        return 0;
    }
    return 2;
}
