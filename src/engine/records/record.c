#include "engine/records/record.h"

#include "codec/cbor.h"
#include "codec/cbor_head.h"

#include <string.h>

static uint32_t blob_len(const unsigned char *at) {
    uint32_t len;
    memcpy(&len, at, sizeof len);
    return len;
}

static int is_default(const struct nct_field *field, const unsigned char *at) {
    if (field->type == NCT_FIELD_TEXT)
        return at[0] == '\0';
    if (field->type == NCT_FIELD_BLOB)
        return blob_len(at) == 0;
    for (size_t i = 0; i < field->size; i++)
        if (at[i] != 0)
            return 0;
    return 1;
}

/* Fields are copied out by memcpy: the table knows an offset, not an aligned type. */
static int64_t load_i64(const struct nct_field *field, const unsigned char *at) {
    int32_t small;
    int64_t value;
    if (field->type == NCT_FIELD_I32) {
        memcpy(&small, at, sizeof small);
        return small;
    }
    memcpy(&value, at, sizeof value);
    return value;
}

static void put_field(const struct nct_field *field, const unsigned char *at, struct nct_buf *buf) {
    uint64_t value;
    nct_cbor_put_uint(buf, field->key);
    switch (field->type) {
    case NCT_FIELD_U64:
        memcpy(&value, at, sizeof value);
        nct_cbor_put_uint(buf, value);
        break;
    case NCT_FIELD_TEXT:
        nct_cbor_put_text(buf, (const char *)at, strlen((const char *)at));
        break;
    case NCT_FIELD_BYTES:
        nct_cbor_put_bytes(buf, at, field->size);
        break;
    case NCT_FIELD_BLOB:
        nct_cbor_put_bytes(buf, at + sizeof(uint32_t), blob_len(at));
        break;
    default:
        nct_cbor_put_int(buf, load_i64(field, at));
    }
}

void nct_record_encode(const struct nct_record_type *type, const void *record, struct nct_buf *buf) {
    const unsigned char *base = record;
    size_t present = 0;
    for (size_t i = 0; i < type->field_count; i++)
        present += !is_default(&type->fields[i], base + type->fields[i].offset);
    nct_cbor_put_map(buf, present);
    for (size_t i = 0; i < type->field_count; i++)
        if (!is_default(&type->fields[i], base + type->fields[i].offset))
            put_field(&type->fields[i], base + type->fields[i].offset, buf);
}

static nct_status take_integer(const struct nct_field *field, struct nct_cbor *reader, unsigned char *at) {
    int64_t value = nct_cbor_get_int(reader);
    int32_t small = (int32_t)value;
    if (field->type == NCT_FIELD_I64)
        memcpy(at, &value, sizeof value);
    else if (small == value)
        memcpy(at, &small, sizeof small);
    else
        return NCT_E_INTEGRITY;
    return NCT_OK;
}

static nct_status take_text(const struct nct_field *field, struct nct_cbor *reader, unsigned char *at) {
    size_t len = 0;
    const char *text = nct_cbor_get_text(reader, &len);
    if (text == NULL || len >= field->size || memchr(text, '\0', len) != NULL)
        return NCT_E_INTEGRITY;
    memcpy(at, text, len);
    return NCT_OK;
}

static nct_status take_bytes(const struct nct_field *field, struct nct_cbor *reader, unsigned char *at) {
    size_t len = 0;
    const unsigned char *bytes = nct_cbor_get_bytes(reader, &len);
    if (bytes == NULL || len != field->size)
        return NCT_E_INTEGRITY;
    memcpy(at, bytes, len);
    return NCT_OK;
}

static nct_status take_blob(const struct nct_field *field, struct nct_cbor *reader, unsigned char *at) {
    size_t len = 0;
    const unsigned char *bytes = nct_cbor_get_bytes(reader, &len);
    if (bytes == NULL || len > field->size - sizeof(uint32_t))
        return NCT_E_INTEGRITY;
    uint32_t small = (uint32_t)len;
    memcpy(at, &small, sizeof small);
    memcpy(at + sizeof small, bytes, len);
    return NCT_OK;
}

static nct_status take_field(const struct nct_field *field, struct nct_cbor *reader, unsigned char *at) {
    uint64_t value;
    nct_status status = NCT_OK;
    switch (field->type) {
    case NCT_FIELD_U64:
        value = nct_cbor_get_uint(reader);
        memcpy(at, &value, sizeof value);
        break;
    case NCT_FIELD_TEXT:
        status = take_text(field, reader, at);
        break;
    case NCT_FIELD_BYTES:
        status = take_bytes(field, reader, at);
        break;
    case NCT_FIELD_BLOB:
        status = take_blob(field, reader, at);
        break;
    default:
        status = take_integer(field, reader, at);
    }
    if (status == NCT_OK && (reader->status != NCT_OK || is_default(field, at)))
        status = NCT_E_INTEGRITY;
    return status;
}

static const struct nct_field *next_field(const struct nct_record_type *type, size_t *from, uint64_t key) {
    for (size_t i = *from; i < type->field_count; i++) {
        if (type->fields[i].key == key) {
            *from = i + 1;
            return &type->fields[i];
        }
    }
    return NULL;
}

nct_status nct_record_decode(const struct nct_record_type *type, const void *bytes, size_t len, void *record) {
    struct nct_cbor reader;
    memset(record, 0, type->size);
    nct_cbor_open(&reader, bytes, len);
    size_t pairs = nct_cbor_get_map(&reader);
    size_t from = 0;
    for (size_t i = 0; i < pairs && reader.status == NCT_OK; i++) {
        uint64_t key = nct_cbor_get_uint(&reader);
        if (reader.status != NCT_OK)
            break;
        const struct nct_field *field = next_field(type, &from, key);
        if (field == NULL)
            return NCT_E_UNSUPPORTED;
        nct_status status = take_field(field, &reader, (unsigned char *)record + field->offset);
        if (status != NCT_OK)
            return status;
    }
    return nct_cbor_close(&reader) == NCT_OK ? NCT_OK : NCT_E_INTEGRITY;
}

/* The argument of a head, and where it ends. */
static uint64_t argument_at(const unsigned char *at, const unsigned char **end) {
    unsigned info = *at++ & NCT_CBOR_INFO_MASK;
    size_t width = info < NCT_CBOR_INFO_1_BYTE ? 0 : (size_t)1 << (info - NCT_CBOR_INFO_1_BYTE);
    uint64_t argument = width == 0 ? info : 0;
    for (size_t i = 0; i < width; i++)
        argument = argument << 8 | at[i];
    *end = at + width;
    return argument;
}

/* The length of a string is in its head; nothing follows the head of a number. */
static const unsigned char *behind(const unsigned char *at) {
    const unsigned char *end = NULL;
    unsigned type = *at >> NCT_CBOR_TYPE_SHIFT;
    unsigned info = *at & NCT_CBOR_INFO_MASK;
    if (type == NCT_CBOR_BYTES || type == NCT_CBOR_TEXT) {
        uint64_t len = argument_at(at, &end);
        return end + len;
    }
    return at + 1 + (info < NCT_CBOR_INFO_1_BYTE ? 0 : (size_t)1 << (info - NCT_CBOR_INFO_1_BYTE));
}

/* The keys ascend, and those below 24 are one byte each. */
void nct_record_glimpse(const unsigned char *bytes, size_t len, size_t last, struct nct_glimpse *fields) {
    const unsigned char *at = len > 0 ? behind(bytes) : bytes;
    memset(fields, 0, sizeof *fields);
    while (at < bytes + len && *at <= last) {
        fields->at[*at] = at + 1;
        at = behind(at + 1);
    }
}

int64_t nct_glimpse_number(const struct nct_glimpse *fields, size_t key) {
    const unsigned char *at = fields->at[key];
    if (at == NULL)
        return 0;
    int64_t argument = (int64_t)argument_at(at, &at);
    return *fields->at[key] >> NCT_CBOR_TYPE_SHIFT == NCT_CBOR_NEGATIVE ? -1 - argument : argument;
}

const unsigned char *nct_glimpse_bytes(const struct nct_glimpse *fields, size_t key) {
    const unsigned char *bytes = NULL;
    (void)argument_at(fields->at[key], &bytes);
    return bytes;
}
