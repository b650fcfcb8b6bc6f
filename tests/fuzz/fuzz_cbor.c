/* What nct_cbor_check() accepts, read item by item and written again, must be the same bytes. */
#include <stdlib.h>
#include <string.h>

#include "codec/cbor.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void copy_string(struct nct_cbor *reader, struct nct_buf *buf, int type) {
    size_t len;
    if (type == NCT_CBOR_TEXT) {
        const char *text = nct_cbor_get_text(reader, &len);
        nct_cbor_put_text(buf, text, len);
    } else {
        const unsigned char *bytes = nct_cbor_get_bytes(reader, &len);
        nct_cbor_put_bytes(buf, bytes, len);
    }
}

/* A negative number below the range of int64_t can be passed over, but neither read nor written. */
static void copy_negative(struct nct_cbor *reader, struct nct_buf *buf) {
    struct nct_cbor trial = *reader;
    int64_t value = nct_cbor_get_int(&trial);
    const unsigned char *before = reader->at;
    nct_cbor_skip(reader);
    if (trial.status == NCT_OK)
        nct_cbor_put_int(buf, value);
    else
        nct_buf_append(buf, before, (size_t)(reader->at - before));
}

static void copy_simple(struct nct_cbor *reader, struct nct_buf *buf) {
    struct nct_cbor trial = *reader;
    nct_cbor_get_null(&trial);
    if (trial.status == NCT_OK) {
        *reader = trial;
        nct_cbor_put_null(buf);
    } else
        nct_cbor_put_bool(buf, nct_cbor_get_bool(reader));
}

/* Copies the head of a container and answers how many items are in it. */
static size_t copy_container(struct nct_cbor *reader, struct nct_buf *buf, int type) {
    size_t count = 1;
    if (type == NCT_CBOR_TAG)
        nct_cbor_put_tag(buf, nct_cbor_get_tag(reader));
    else if (type == NCT_CBOR_ARRAY)
        nct_cbor_put_array(buf, count = nct_cbor_get_array(reader));
    else {
        count = nct_cbor_get_map(reader);
        nct_cbor_put_map(buf, count);
        count *= 2;
    }
    return count;
}

/* Copies one head or whole scalar and answers how many items belong to it. */
static size_t copy_one(struct nct_cbor *reader, struct nct_buf *buf) {
    int type = nct_cbor_peek(reader);
    if (type == NCT_CBOR_NOTHING)
        abort();
    if (type == NCT_CBOR_ARRAY || type == NCT_CBOR_MAP || type == NCT_CBOR_TAG)
        return copy_container(reader, buf, type);
    if (type == NCT_CBOR_UINT)
        nct_cbor_put_uint(buf, nct_cbor_get_uint(reader));
    else if (type == NCT_CBOR_NEGATIVE)
        copy_negative(reader, buf);
    else if (type == NCT_CBOR_SIMPLE)
        copy_simple(reader, buf);
    else
        copy_string(reader, buf, type);
    return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct nct_memory memory;
    struct nct_buf buf;
    struct nct_cbor reader;
    if (nct_cbor_check(data, size) != NCT_OK)
        return 0;
    nct_memory_set(&memory, NULL, NULL);
    nct_buf_init(&buf, &memory);
    nct_cbor_open(&reader, data, size);
    for (size_t pending = 1; pending > 0; pending--)
        pending += copy_one(&reader, &buf);
    if (nct_cbor_close(&reader) != NCT_OK || buf.status != NCT_OK)
        abort();
    if (buf.len != size || memcmp(buf.data, data, size) != 0)
        abort();
    nct_buf_free(&buf);
    return 0;
}
