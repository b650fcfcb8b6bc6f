/* Known answers, none of them made by libsodium: from the algorithms' own papers, drafts and other implementations. */
#include "base/bytes.h"

#include <nctracks/version.h>

#include <sodium.h>
#include <string.h>

static int equals(const unsigned char *bytes, size_t len, const char *hex) {
    unsigned char expected[64];
    return nct_unhex(expected, len, hex, strlen(hex)) && memcmp(bytes, expected, len) == 0;
}

static void fill(unsigned char *bytes, size_t len, unsigned char first) {
    for (size_t i = 0; i < len; i++)
        bytes[i] = (unsigned char)(first + i);
}

/* BLAKE2b-256 plain and keyed, and with salt and personalization, as Python's hashlib computes it. */
static int blake2b_is_right(void) {
    unsigned char key[32];
    unsigned char out[32];
    fill(key, sizeof key, 0);
    crypto_generichash(out, sizeof out, (const unsigned char *)"abc", 3, NULL, 0);
    int right = equals(out, sizeof out, "bddd813c634239723171ef3fee98579b94964e3bb1cb3e427262c8c068d52319");
    crypto_generichash(out, sizeof out, (const unsigned char *)"abc", 3, key, sizeof key);
    right &= equals(out, sizeof out, "d63a32d3e44738d7907f964316c241adaba0abfeabc32349677578a15a203f7f");
    crypto_kdf_derive_from_key(out, sizeof out, 1, "nctracks", key);
    return right & equals(out, sizeof out, "72e2da37809de5ea81cbfaa6af885318c127223f3e191cb8a709a72519e488a1");
}

/* First vector of the SipHash reference code, 128-bit output. */
static int siphash_is_right(void) {
    unsigned char key[16];
    unsigned char out[16];
    fill(key, sizeof key, 0);
    crypto_shorthash_siphashx24(out, (const unsigned char *)"", 0, key);
    return equals(out, sizeof out, "a3817f04ba25a8e66df67214c7550293");
}

/* draft-irtf-cfrg-xchacha, appendix A.3.1. */
static int sealing_is_right(void) {
    static const char text[] = "Ladies and Gentlemen of the class of '99: If I could offer you only one tip for the "
                               "future, sunscreen would be it.";
    static const unsigned char data[] = {0x50, 0x51, 0x52, 0x53, 0xc0, 0xc1, 0xc2, 0xc3, 0xc4, 0xc5, 0xc6, 0xc7};
    unsigned char key[32];
    unsigned char nonce[24];
    unsigned char out[sizeof text - 1 + 16];
    fill(key, sizeof key, 0x80);
    fill(nonce, sizeof nonce, 0x40);
    crypto_aead_xchacha20poly1305_ietf_encrypt(out, NULL, (const unsigned char *)text, sizeof text - 1, data,
                                               sizeof data, NULL, nonce, key);
    return equals(out + sizeof text - 1, 16, "c0875924c1c7987947deafd8780acf49");
}

/* Argon2id version 1.3, 2 passes, 256 KiB, 1 lane, as the reference implementation's program computes it. */
static nct_status derivation_is_right(int *right) {
    unsigned char out[32];
    int failed = crypto_pwhash(out, sizeof out, "password", 8, (const unsigned char *)"somesaltsomesalt", 2,
                               (size_t)256 * 1024, crypto_pwhash_ALG_ARGON2ID13);
    *right = !failed && equals(out, sizeof out, "cab746b4621993fdc91ec50787980b414a90a692f0bc68dfe19f9c25b3cba9ec");
    return failed ? NCT_E_NO_MEMORY : NCT_OK;
}

static int random_moves(void) {
    unsigned char one[32];
    unsigned char two[32];
    randombytes_buf(one, sizeof one);
    randombytes_buf(two, sizeof two);
    return memcmp(one, two, sizeof one) != 0;
}

nct_status nct_self_test(void) {
    int right = 0;
    if (sodium_init() < 0)
        return NCT_E_CRYPTO;
    nct_status status = derivation_is_right(&right);
    if (status != NCT_OK)
        return status;
    return right && blake2b_is_right() && siphash_is_right() && sealing_is_right() && random_moves() ? NCT_OK
                                                                                                     : NCT_E_CRYPTO;
}
