#include "base/utf8.h"
#include "codec/cbor.h"
#include "codec/cbor_head.h"

#include <string.h>

/* How many arrays, maps and tags may enclose each other; bounds the recursion of skip_item(). */
#define DEPTH_MAX 16

void nct_cbor_open(struct nct_cbor *reader, const void *bytes, size_t len) {
    reader->at = bytes;
    reader->end = len > 0 ? reader->at + len : reader->at;
    reader->status = NCT_OK;
}

static uint64_t refuse(struct nct_cbor *reader) {
    if (reader->status == NCT_OK)
        reader->status = NCT_E_ENCODING;
    return 0;
}

static size_t left(const struct nct_cbor *reader) {
    return (size_t)(reader->end - reader->at);
}

int nct_cbor_peek(const struct nct_cbor *reader) {
    if (reader->status != NCT_OK || reader->at == reader->end)
        return NCT_CBOR_NOTHING;
    return *reader->at >> NCT_CBOR_TYPE_SHIFT;
}

/* The argument that follows the first byte of a head; one that would have fitted a shorter head is refused. */
static uint64_t take_long_argument(struct nct_cbor *reader, unsigned info) {
    static const uint64_t least[] = {NCT_CBOR_INFO_1_BYTE, UINT64_C(1) << 8, UINT64_C(1) << 16, UINT64_C(1) << 32};
    if (info > NCT_CBOR_INFO_8_BYTES)
        return refuse(reader);
    unsigned doubled = info - NCT_CBOR_INFO_1_BYTE;
    size_t width = (size_t)1 << doubled;
    if (left(reader) < width)
        return refuse(reader);
    uint64_t argument = 0;
    for (size_t i = 0; i < width; i++)
        argument = argument << 8 | reader->at[i];
    reader->at += width;
    return argument >= least[doubled] ? argument : refuse(reader);
}

/* Takes the head of an item of this type and answers its argument. */
static inline uint64_t take_head(struct nct_cbor *reader, int type) {
    if (nct_cbor_peek(reader) != type)
        return refuse(reader);
    unsigned info = *reader->at++ & NCT_CBOR_INFO_MASK;
    return info < NCT_CBOR_INFO_1_BYTE ? info : take_long_argument(reader, info);
}

/* The content of a string; NULL after a failure. */
static const unsigned char *take_string(struct nct_cbor *reader, int type, size_t *len) {
    uint64_t announced = take_head(reader, type);
    *len = 0;
    if (announced > left(reader))
        refuse(reader);
    if (reader->status != NCT_OK)
        return NULL;
    const unsigned char *content = reader->at;
    *len = (size_t)announced;
    reader->at += *len;
    return content;
}

uint64_t nct_cbor_get_uint(struct nct_cbor *reader) {
    return take_head(reader, NCT_CBOR_UINT);
}

int64_t nct_cbor_get_int(struct nct_cbor *reader) {
    int negative = nct_cbor_peek(reader) == NCT_CBOR_NEGATIVE;
    uint64_t argument = take_head(reader, negative ? NCT_CBOR_NEGATIVE : NCT_CBOR_UINT);
    if (argument > INT64_MAX)
        argument = refuse(reader);
    if (reader->status != NCT_OK)
        return 0;
    return negative ? -1 - (int64_t)argument : (int64_t)argument;
}

const unsigned char *nct_cbor_get_bytes(struct nct_cbor *reader, size_t *len) {
    return take_string(reader, NCT_CBOR_BYTES, len);
}

const char *nct_cbor_get_text(struct nct_cbor *reader, size_t *len) {
    const char *text = (const char *)take_string(reader, NCT_CBOR_TEXT, len);
    if (text == NULL || nct_text_utf8(text, *len) == NCT_OK)
        return text;
    refuse(reader);
    *len = 0;
    return NULL;
}

/* Every element takes at least one byte. */
size_t nct_cbor_get_array(struct nct_cbor *reader) {
    uint64_t count = take_head(reader, NCT_CBOR_ARRAY);
    return (size_t)(count <= left(reader) ? count : refuse(reader));
}

size_t nct_cbor_get_map(struct nct_cbor *reader) {
    uint64_t pairs = take_head(reader, NCT_CBOR_MAP);
    return (size_t)(pairs <= left(reader) / 2 ? pairs : refuse(reader));
}

uint64_t nct_cbor_get_tag(struct nct_cbor *reader) {
    return take_head(reader, NCT_CBOR_TAG);
}

int nct_cbor_get_bool(struct nct_cbor *reader) {
    uint64_t value = take_head(reader, NCT_CBOR_SIMPLE);
    if (value != NCT_CBOR_FALSE && value != NCT_CBOR_TRUE)
        refuse(reader);
    return value == NCT_CBOR_TRUE;
}

void nct_cbor_get_null(struct nct_cbor *reader) {
    if (take_head(reader, NCT_CBOR_SIMPLE) != NCT_CBOR_NULL)
        refuse(reader);
}

/* Floating point has the major type of simple values; its argument is none of the three. */
static void skip_simple(struct nct_cbor *reader) {
    uint64_t value = take_head(reader, NCT_CBOR_SIMPLE);
    if (value < NCT_CBOR_FALSE || value > NCT_CBOR_NULL)
        refuse(reader);
}

static void skip_item(struct nct_cbor *reader, int room);

static void skip_array(struct nct_cbor *reader, int room) {
    size_t count = nct_cbor_get_array(reader);
    for (size_t i = 0; i < count && reader->status == NCT_OK; i++)
        skip_item(reader, room);
}

/* Whether a key comes after the one before it; no encoding is the beginning of another. */
static int ascends(const unsigned char *before, size_t before_len, const unsigned char *key, size_t len) {
    return memcmp(before, key, before_len < len ? before_len : len) < 0;
}

static void skip_map(struct nct_cbor *reader, int room) {
    size_t pairs = nct_cbor_get_map(reader);
    const unsigned char *before = NULL;
    size_t before_len = 0;
    for (size_t i = 0; i < pairs && reader->status == NCT_OK; i++) {
        const unsigned char *key = reader->at;
        skip_item(reader, room);
        size_t len = (size_t)(reader->at - key);
        if (before != NULL && !ascends(before, before_len, key, len))
            refuse(reader);
        before = key;
        before_len = len;
        skip_item(reader, room);
    }
}

static void skip_tag(struct nct_cbor *reader, int room) {
    nct_cbor_get_tag(reader);
    skip_item(reader, room);
}

static void skip_string(struct nct_cbor *reader, int type) {
    size_t len;
    if (type == NCT_CBOR_TEXT)
        nct_cbor_get_text(reader, &len);
    else
        nct_cbor_get_bytes(reader, &len);
}

/* room: how many more levels of arrays, maps and tags there may be. */
static void skip_item(struct nct_cbor *reader, int room) {
    int type = nct_cbor_peek(reader);
    if (type == NCT_CBOR_UINT || type == NCT_CBOR_NEGATIVE)
        take_head(reader, type);
    else if (type == NCT_CBOR_BYTES || type == NCT_CBOR_TEXT)
        skip_string(reader, type);
    else if (type == NCT_CBOR_SIMPLE)
        skip_simple(reader);
    else if (type == NCT_CBOR_NOTHING || room == 0)
        refuse(reader);
    else if (type == NCT_CBOR_ARRAY)
        skip_array(reader, room - 1);
    else if (type == NCT_CBOR_MAP)
        skip_map(reader, room - 1);
    else
        skip_tag(reader, room - 1);
}

void nct_cbor_skip(struct nct_cbor *reader) {
    skip_item(reader, DEPTH_MAX);
}

nct_status nct_cbor_close(struct nct_cbor *reader) {
    return reader->status == NCT_OK && reader->at == reader->end ? NCT_OK : NCT_E_ENCODING;
}

nct_status nct_cbor_check(const void *bytes, size_t len) {
    struct nct_cbor reader;
    nct_cbor_open(&reader, bytes, len);
    nct_cbor_skip(&reader);
    return nct_cbor_close(&reader);
}
