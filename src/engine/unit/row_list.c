/* The rows a unit has touched, one after another: there are few. */
#include "engine/unit/rows.h"

#include <string.h>

struct nct_unit_row *nct_unit_find(const struct nct_unit *unit, const struct nct_record_type *type, const void *key,
                                   size_t key_len) {
    for (size_t i = 0; i < unit->count; i++) {
        struct nct_unit_row *row = &unit->rows[i];
        if (row->type == type && row->key_len == key_len && memcmp(row->key, key, key_len) == 0)
            return row;
    }
    return NULL;
}

static nct_status grow(struct nct_unit *unit) {
    if (unit->count < unit->capacity)
        return NCT_OK;
    const struct nct_memory *memory = unit->memory;
    size_t capacity = unit->capacity > 0 ? 2 * unit->capacity : 16;
    struct nct_unit_row *rows = nct_memory_take_array(memory, capacity, sizeof *rows);
    if (rows == NULL)
        return NCT_E_NO_MEMORY;
    if (unit->count > 0)
        memcpy(rows, unit->rows, unit->count * sizeof *rows);
    nct_memory_give(memory, unit->rows);
    unit->rows = rows;
    unit->capacity = capacity;
    return NCT_OK;
}

nct_status nct_unit_add(struct nct_unit *unit, const struct nct_record_type *type, const void *key, size_t key_len,
                        struct nct_unit_row **out) {
    if (key_len == 0 || key_len > NCT_KEY_MAX)
        return NCT_E_LIMIT;
    nct_status status = grow(unit);
    if (status != NCT_OK)
        return status;
    struct nct_unit_row *row = &unit->rows[unit->count++];
    *row = (struct nct_unit_row){.type = type, .key_len = key_len, .act = unit->acts};
    memcpy(row->key, key, key_len);
    nct_buf_init(&row->content, unit->memory);
    nct_buf_init(&row->before.content, unit->memory);
    *out = row;
    return NCT_OK;
}

void nct_unit_row_free(struct nct_unit_row *row) {
    nct_buf_free(&row->content);
    nct_buf_free(&row->before.content);
}
