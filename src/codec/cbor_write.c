#include "codec/cbor.h"
#include "codec/cbor_head.h"

/* How many times the argument's width doubles from one byte; 0 also for an argument that fits the first byte. */
static unsigned doublings(uint64_t argument) {
    if (argument <= UINT8_MAX)
        return 0;
    if (argument <= UINT16_MAX)
        return 1;
    return argument <= UINT32_MAX ? 2 : 3;
}

/* Writes the shortest head there is. */
static void put_head(struct nct_buf *buf, int type, uint64_t argument) {
    unsigned char head[9];
    unsigned first = (unsigned)type << NCT_CBOR_TYPE_SHIFT;
    if (argument < NCT_CBOR_INFO_1_BYTE) {
        nct_buf_append_byte(buf, (unsigned char)(first | argument));
        return;
    }
    unsigned doubled = doublings(argument);
    size_t width = (size_t)1 << doubled;
    head[0] = (unsigned char)(first | (NCT_CBOR_INFO_1_BYTE + doubled));
    for (size_t i = width; i > 0; i--) {
        head[i] = (unsigned char)(argument & UINT8_MAX);
        argument >>= 8;
    }
    nct_buf_append(buf, head, 1 + width);
}

void nct_cbor_put_uint(struct nct_buf *buf, uint64_t value) {
    put_head(buf, NCT_CBOR_UINT, value);
}

void nct_cbor_put_int(struct nct_buf *buf, int64_t value) {
    if (value >= 0)
        put_head(buf, NCT_CBOR_UINT, (uint64_t)value);
    else
        put_head(buf, NCT_CBOR_NEGATIVE, (uint64_t)(-1 - value));
}

void nct_cbor_put_bytes(struct nct_buf *buf, const void *bytes, size_t len) {
    put_head(buf, NCT_CBOR_BYTES, len);
    nct_buf_append(buf, bytes, len);
}

void nct_cbor_put_text(struct nct_buf *buf, const char *text, size_t len) {
    put_head(buf, NCT_CBOR_TEXT, len);
    nct_buf_append(buf, text, len);
}

void nct_cbor_put_array(struct nct_buf *buf, size_t count) {
    put_head(buf, NCT_CBOR_ARRAY, count);
}

void nct_cbor_put_map(struct nct_buf *buf, size_t pairs) {
    put_head(buf, NCT_CBOR_MAP, pairs);
}

void nct_cbor_put_tag(struct nct_buf *buf, uint64_t tag) {
    put_head(buf, NCT_CBOR_TAG, tag);
}

void nct_cbor_put_bool(struct nct_buf *buf, int value) {
    put_head(buf, NCT_CBOR_SIMPLE, value ? NCT_CBOR_TRUE : NCT_CBOR_FALSE);
}

void nct_cbor_put_null(struct nct_buf *buf) {
    put_head(buf, NCT_CBOR_SIMPLE, NCT_CBOR_NULL);
}
