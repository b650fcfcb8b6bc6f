/* A growing byte buffer whose first failure sticks, so that a writer checks once, at the end. */
#ifndef NCT_BASE_BUF_H
#define NCT_BASE_BUF_H

#include "base/memory.h"

/* Old copies are wiped when the buffer grows or is freed: it may hold secrets. */
struct nct_buf {
    const struct nct_memory *memory;
    unsigned char *data;
    size_t len;
    size_t capacity;
    nct_status status; /* NCT_OK, NCT_E_NO_MEMORY or NCT_E_LIMIT; set once, later appends do nothing */
};

void nct_buf_init(struct nct_buf *buf, const struct nct_memory *memory);
void nct_buf_free(struct nct_buf *buf);

/* Forgets the content and the failure, keeps the room. */
void nct_buf_clear(struct nct_buf *buf);

void nct_buf_append(struct nct_buf *buf, const void *bytes, size_t len);
void nct_buf_append_byte(struct nct_buf *buf, unsigned char byte);

/* Appends len bytes for the caller to fill; NULL after a failure. */
unsigned char *nct_buf_extend(struct nct_buf *buf, size_t len);

#endif
