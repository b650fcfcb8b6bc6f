#include "engine/store/batch.h"

static const struct nct_batch_op *op_at(const nct_batch *batch, size_t index) {
    return batch != NULL && index < batch->count ? &batch->ops[index] : NULL;
}

static void store_len(size_t *len, size_t value) {
    if (len != NULL)
        *len = value;
}

size_t nct_batch_count(const nct_batch *batch) {
    return batch != NULL ? batch->count : 0;
}

int32_t nct_batch_kind(const nct_batch *batch, size_t index) {
    const struct nct_batch_op *op = op_at(batch, index);
    return op != NULL ? op->kind : 0;
}

int32_t nct_batch_space(const nct_batch *batch, size_t index) {
    const struct nct_batch_op *op = op_at(batch, index);
    return op != NULL ? op->space : 0;
}

const void *nct_batch_key(const nct_batch *batch, size_t index, size_t *key_len) {
    const struct nct_batch_op *op = op_at(batch, index);
    store_len(key_len, op != NULL ? op->key_len : 0);
    return op != NULL ? op->key : NULL;
}

uint64_t nct_batch_revision(const nct_batch *batch, size_t index) {
    const struct nct_batch_op *op = op_at(batch, index);
    return op != NULL ? op->revision : 0;
}

/* An empty value of a PUT is not NULL: NULL would say that there is no value. */
const void *nct_batch_value(const nct_batch *batch, size_t index, size_t *value_len) {
    static const unsigned char empty[1];
    const struct nct_batch_op *op = op_at(batch, index);
    if (op == NULL || op->kind != NCT_BATCH_PUT) {
        store_len(value_len, 0);
        return NULL;
    }
    store_len(value_len, op->value_len);
    return op->value_len > 0 ? op->value : empty;
}

nct_status nct_sink_value(nct_sink *sink, const void *value, size_t value_len) {
    if (sink == NULL || sink->value == NULL || (value == NULL && value_len > 0))
        return NCT_E_ARGUMENT;
    if (value_len > NCT_VALUE_MAX)
        return NCT_E_LIMIT;
    return sink->value(sink, value, value_len);
}

nct_status nct_sink_row(nct_sink *sink, const void *key, size_t key_len, uint64_t revision, const void *value,
                        size_t value_len) {
    if (sink == NULL || sink->row == NULL || key == NULL || (value == NULL && value_len > 0))
        return NCT_E_ARGUMENT;
    if (key_len == 0 || key_len > NCT_KEY_MAX || value_len > NCT_VALUE_MAX)
        return NCT_E_LIMIT;
    return sink->row(sink, key, key_len, revision, value, value_len);
}

size_t nct_key_max(void) {
    return NCT_KEY_MAX;
}

size_t nct_value_max(void) {
    return NCT_VALUE_MAX;
}
