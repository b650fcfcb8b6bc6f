/* What the opaque batch and sink of store.h really are. */
#ifndef NCT_ENGINE_STORE_BATCH_H
#define NCT_ENGINE_STORE_BATCH_H

#include <nctracks/store.h>

struct nct_batch_op {
    int32_t kind;
    int32_t space;
    const unsigned char *key;
    size_t key_len;
    uint64_t revision; /* what must hold before; 0: the row must not exist */
    const unsigned char *value;
    size_t value_len;
};

struct nct_batch {
    const struct nct_batch_op *ops;
    size_t count;
};

/* Users make it the first member of a structure of their own. A NULL function answers NCT_E_ARGUMENT. */
struct nct_sink {
    nct_status (*value)(struct nct_sink *sink, const void *value, size_t len);
    nct_status (*row)(struct nct_sink *sink, const void *key, size_t key_len, uint64_t revision, const void *value,
                      size_t len);
};

#endif
