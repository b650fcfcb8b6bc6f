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
    memcpy(nct_stored_key(row), name->key, name->key_len);
    if (value_len > 0)
        memcpy(nct_stored_key(row) + name->key_len, value, value_len);
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
    int order = shorter > 0 ? memcmp(nct_stored_key(row), name->key, shorter) : 0;
    if (order != 0 || row->key_len == name->key_len)
        return order;
    return row->key_len < name->key_len ? -1 : 1;
}

static uint64_t rotated(uint64_t word, unsigned bits) {
    return word << bits | word >> (64 - bits);
}

static void sip_round(uint64_t v[4]) {
    v[0] += v[1];
    v[2] += v[3];
    v[1] = rotated(v[1], 13) ^ v[0];
    v[3] = rotated(v[3], 16) ^ v[2];
    v[0] = rotated(v[0], 32) + v[3];
    v[2] += v[1];
    v[3] = rotated(v[3], 21) ^ v[0];
    v[1] = rotated(v[1], 17) ^ v[2];
    v[2] = rotated(v[2], 32);
}

static void sip_word(uint64_t v[4], uint64_t word) {
    v[3] ^= word;
    sip_round(v);
    v[0] ^= word;
}

/* SipHash-1-3 (Aumasson and Bernstein, 2012), as hash tables use it, over the space and the key. */
static uint64_t hash(const struct hash_key *key, int32_t space, const unsigned char *bytes, size_t len) {
    uint64_t v[4] = {key->words[0] ^ UINT64_C(0x736F6D6570736575), key->words[1] ^ UINT64_C(0x646F72616E646F6D),
                     key->words[0] ^ UINT64_C(0x6C7967656E657261), key->words[1] ^ UINT64_C(0x7465646279746573)};
    uint64_t word = 0;
    size_t whole = len - len % sizeof word;
    sip_word(v, (uint32_t)space);
    for (size_t i = 0; i < whole; i += sizeof word) {
        memcpy(&word, bytes + i, sizeof word);
        sip_word(v, word);
    }
    word = (uint64_t)len << 56;
    for (size_t i = whole; i < len; i++)
        word ^= (uint64_t)bytes[i] << (8 * (i - whole));
    sip_word(v, word);
    v[2] ^= 0xFF;
    sip_round(v);
    sip_round(v);
    sip_round(v);
    return v[0] ^ v[1] ^ v[2] ^ v[3];
}

struct row_name nct_row_name(const struct hash_key *hash_key, int32_t space, const void *key, size_t key_len) {
    return (struct row_name){
        .hash = hash(hash_key, space, key, key_len), .space = space, .key = key, .key_len = key_len};
}
