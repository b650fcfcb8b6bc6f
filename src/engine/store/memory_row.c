#include "engine/store/memory_row.h"

#include <nctracks/store.h>

#include <sodium.h>
#include <string.h>

static size_t row_size(uint32_t height, size_t key_len, size_t value_len) {
    return sizeof(struct row) + height * sizeof(struct row_link) + key_len + value_len;
}

/* A quarter of the rows of one level stand on the next: two bits of the hash that the table does not use. */
static uint32_t height_of(uint64_t hash) {
    uint32_t height = 1;
    for (uint64_t bits = hash >> 32; height < ROW_HEIGHT_MAX && (bits & 3) == 0; bits >>= 2)
        height++;
    return height;
}

static struct row *row_take(const struct nct_memory *memory, uint32_t height, size_t key_len, size_t value_len) {
    struct row *row = nct_memory_take(memory, row_size(height, key_len, value_len));
    if (row == NULL)
        return NULL;
    atomic_init(&row->references, 1);
    row->height = height;
    row->key_len = (uint32_t)key_len;
    row->value_len = (uint32_t)value_len;
    return row;
}

struct row *nct_row_new(const struct nct_memory *memory, const struct row_name *name, const void *value,
                        size_t value_len) {
    struct row *row = row_take(memory, height_of(name->hash), name->key_len, value_len);
    if (row == NULL)
        return NULL;
    row->space = name->space;
    memcpy(nct_row_key(row), name->key, name->key_len);
    if (value_len > 0)
        memcpy(nct_row_key(row) + name->key_len, value, value_len);
    return row;
}

struct row *nct_row_new_head(const struct nct_memory *memory) {
    return row_take(memory, ROW_HEIGHT_MAX, 0, 0);
}

void nct_row_drop(const struct nct_memory *memory, struct row *row) {
    if (atomic_fetch_sub_explicit(&row->references, 1, memory_order_acq_rel) == 1)
        nct_memory_give_wiped(memory, row, row_size(row->height, row->key_len, row->value_len));
}

int nct_row_compare(struct row *row, const struct row_name *name) {
    if (row->space != name->space)
        return row->space < name->space ? -1 : 1;
    size_t shorter = row->key_len < name->key_len ? row->key_len : name->key_len;
    int order = shorter > 0 ? memcmp(nct_row_key(row), name->key, shorter) : 0;
    if (order != 0 || row->key_len == name->key_len)
        return order;
    return row->key_len < name->key_len ? -1 : 1;
}

struct row_name nct_row_name(const unsigned char *hash_key, int32_t space, const void *key, size_t key_len) {
    unsigned char bytes[sizeof space + NCT_KEY_MAX];
    struct row_name name = {.space = space, .key = key, .key_len = key_len};
    memcpy(bytes, &space, sizeof space);
    memcpy(bytes + sizeof space, key, key_len);
    unsigned char hash[crypto_shorthash_BYTES];
    (void)crypto_shorthash(hash, bytes, sizeof space + key_len, hash_key);
    memcpy(&name.hash, hash, sizeof name.hash);
    return name;
}
