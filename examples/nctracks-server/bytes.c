#include "bytes.h"

#include <stdlib.h>
#include <string.h>

#include <nctracks/sign.h>
#include <sodium.h>

bool bytes_decode(const char *text, struct bytes *out) {
    *out = (struct bytes){NULL, 0};
    if (text == NULL) {
        return false;
    }
    size_t len = strlen(text);
    out->at = malloc(len / 4 * 3 + 3);
    if (out->at == NULL || sodium_base642bin(out->at, len / 4 * 3 + 3, text, len, NULL, &out->len, NULL,
                                             sodium_base64_VARIANT_ORIGINAL) != 0) {
        bytes_release(out);
        return false;
    }
    return true;
}

void bytes_release(struct bytes *bytes) {
    free(bytes->at);
    *bytes = (struct bytes){NULL, 0};
}

json_t *bytes_encoded(const void *bytes, size_t len) {
    size_t room = sodium_base64_encoded_len(len, sodium_base64_VARIANT_ORIGINAL);
    char *text = malloc(room);
    if (text == NULL) {
        return NULL;
    }
    sodium_bin2base64(text, room, bytes, len, sodium_base64_VARIANT_ORIGINAL);
    json_t *out = json_string(text);
    free(text);
    return out;
}

void bytes_digest_text(const void *digest, char out[BYTES_DIGEST_MAX]) {
    sodium_bin2hex(out, BYTES_DIGEST_MAX, digest, NCT_DIGEST_BYTES);
}

void bytes_digest(const struct bytes *bytes, char out[BYTES_DIGEST_MAX]) {
    unsigned char digest[NCT_DIGEST_BYTES];
    crypto_generichash(digest, sizeof digest, bytes->at, bytes->len, NULL, 0);
    bytes_digest_text(digest, out);
}
