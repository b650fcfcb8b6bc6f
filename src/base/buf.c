#include "base/buf.h"

#include <sodium.h>
#include <string.h>

/* Beyond every value the library handles; keeps capacity arithmetic far from overflow. */
#define BUF_MAX ((size_t)1 << 30)
#define BUF_FIRST 128

void nct_buf_init(struct nct_buf *buf, const struct nct_memory *memory) {
    *buf = (struct nct_buf){.memory = memory};
}

void nct_buf_free(struct nct_buf *buf) {
    nct_memory_give_wiped(buf->memory, buf->data, buf->capacity);
    nct_buf_init(buf, buf->memory);
}

void nct_buf_clear(struct nct_buf *buf) {
    if (buf->len > 0)
        sodium_memzero(buf->data, buf->len);
    buf->len = 0;
    buf->status = NCT_OK;
}

static nct_status grow(struct nct_buf *buf, size_t needed) {
    if (needed > BUF_MAX)
        return NCT_E_LIMIT;
    size_t capacity = buf->capacity > 0 ? buf->capacity : BUF_FIRST;
    while (capacity < needed)
        capacity *= 2;
    unsigned char *data = nct_memory_take(buf->memory, capacity);
    if (data == NULL)
        return NCT_E_NO_MEMORY;
    if (buf->data != NULL)
        memcpy(data, buf->data, buf->len);
    nct_memory_give_wiped(buf->memory, buf->data, buf->capacity);
    buf->data = data;
    buf->capacity = capacity;
    return NCT_OK;
}

unsigned char *nct_buf_extend(struct nct_buf *buf, size_t len) {
    if (buf->status != NCT_OK)
        return NULL;
    if (len > BUF_MAX)
        buf->status = NCT_E_LIMIT;
    else if (buf->data == NULL || len > buf->capacity - buf->len)
        buf->status = grow(buf, buf->len + len);
    if (buf->status != NCT_OK)
        return NULL;
    unsigned char *room = buf->data + buf->len;
    buf->len += len;
    return room;
}

void nct_buf_append(struct nct_buf *buf, const void *bytes, size_t len) {
    unsigned char *room = nct_buf_extend(buf, len);
    if (room != NULL && len > 0)
        memcpy(room, bytes, len);
}

void nct_buf_append_byte(struct nct_buf *buf, unsigned char byte) {
    nct_buf_append(buf, &byte, 1);
}
