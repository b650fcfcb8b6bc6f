/*
 * Deterministic CBOR (RFC 8949, 4.2.1): the one encoding of everything the library stores, signs or hashes.
 *
 * The subset: unsigned and negative integers (64 bits), byte strings, text strings, arrays, maps, false,
 * true, null, and tags for COSE. No floating point, no indefinite lengths. The reader refuses whatever the
 * writer would not have written: a longer head than needed, map keys out of order or twice, bad UTF-8,
 * trailing bytes.
 */
#ifndef NCT_CODEC_CBOR_H
#define NCT_CODEC_CBOR_H

#include "base/buf.h"

/* Major types, as nct_cbor_peek() answers them. */
enum {
    NCT_CBOR_UINT,
    NCT_CBOR_NEGATIVE,
    NCT_CBOR_BYTES,
    NCT_CBOR_TEXT,
    NCT_CBOR_ARRAY,
    NCT_CBOR_MAP,
    NCT_CBOR_TAG,
    NCT_CBOR_SIMPLE,
    NCT_CBOR_NOTHING
};

/* Writers. A failure sticks in the buffer. Map keys must be written in deterministic order. */
void nct_cbor_put_uint(struct nct_buf *buf, uint64_t value);
void nct_cbor_put_int(struct nct_buf *buf, int64_t value);
void nct_cbor_put_bytes(struct nct_buf *buf, const void *bytes, size_t len);
void nct_cbor_put_text(struct nct_buf *buf, const char *text, size_t len);
void nct_cbor_put_array(struct nct_buf *buf, size_t count);
void nct_cbor_put_map(struct nct_buf *buf, size_t pairs);
void nct_cbor_put_tag(struct nct_buf *buf, uint64_t tag);
void nct_cbor_put_bool(struct nct_buf *buf, int value);
void nct_cbor_put_null(struct nct_buf *buf);

/* A reader over bytes it does not own. The first failure (NCT_E_ENCODING) sticks; later reads answer 0 or NULL. */
struct nct_cbor {
    const unsigned char *at;
    const unsigned char *end;
    nct_status status;
};

void nct_cbor_open(struct nct_cbor *reader, const void *bytes, size_t len);

/* The major type of the next item; NCT_CBOR_NOTHING at the end or after a failure. */
int nct_cbor_peek(const struct nct_cbor *reader);

uint64_t nct_cbor_get_uint(struct nct_cbor *reader);
int64_t nct_cbor_get_int(struct nct_cbor *reader); /* refuses values beyond int64_t */
const unsigned char *nct_cbor_get_bytes(struct nct_cbor *reader, size_t *len);
const char *nct_cbor_get_text(struct nct_cbor *reader, size_t *len); /* checked UTF-8 */
size_t nct_cbor_get_array(struct nct_cbor *reader); /* a count that cannot fit in the rest is refused */
size_t nct_cbor_get_map(struct nct_cbor *reader);
uint64_t nct_cbor_get_tag(struct nct_cbor *reader);
int nct_cbor_get_bool(struct nct_cbor *reader);
void nct_cbor_get_null(struct nct_cbor *reader);

/* Passes over one whole item, checking it. */
void nct_cbor_skip(struct nct_cbor *reader);

/* NCT_OK if nothing failed and nothing is left; else NCT_E_ENCODING. */
nct_status nct_cbor_close(struct nct_cbor *reader);

/* Whether the bytes are exactly one deterministically encoded item of the subset, nested at most 16 deep. */
nct_status nct_cbor_check(const void *bytes, size_t len);

#endif
