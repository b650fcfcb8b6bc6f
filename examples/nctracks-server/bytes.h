/** Bytes as text and back. */
#ifndef NCTRACKS_SERVER_BYTES_H
#define NCTRACKS_SERVER_BYTES_H

#include "request.h"

#define BYTES_DIGEST_MAX 65 /* of a digest in hexadecimal, with its NUL */

/** Bytes that were decoded; released with bytes_release(). */
struct bytes {
    unsigned char *at;
    size_t len;
};

/**
 * Decodes a text of base64 (RFC 4648, section 4), strictly. False without memory or for anything else.
 * @param text NULL is nothing decoded
 */
bool bytes_decode(const char *text, struct bytes *out);
void bytes_release(struct bytes *bytes);
/** Bytes as base64, a JSON string. */
json_t *bytes_encoded(const void *bytes, size_t len);
/** 32 bytes in hexadecimal. */
void bytes_digest_text(const void *digest, char out[BYTES_DIGEST_MAX]);
/** The digest of a document, as it is signed: BLAKE2b-256. */
void bytes_digest(const struct bytes *bytes, char out[BYTES_DIGEST_MAX]);

#endif
