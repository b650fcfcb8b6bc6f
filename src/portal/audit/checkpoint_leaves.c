#include "portal/audit/checkpoint_leaves.h"

#include "base/bytes.h"
#include "engine/records/evidence_types.h"
#include "portal/audit/checkpoint.h"

#include <sodium.h>
#include <string.h>

void nct_leaf_put(const struct nct_leaf *leaf, struct nct_buf *buf) {
    nct_cbor_put_array(buf, 3);
    nct_cbor_put_bytes(buf, leaf->stream.key, leaf->stream.len);
    nct_cbor_put_uint(buf, leaf->sequence);
    nct_cbor_put_bytes(buf, leaf->hash, NCT_HASH);
}

int nct_leaf_head_fits(uint64_t sequence, const unsigned char hash[NCT_HASH]) {
    return (sequence == 0) == sodium_is_zero(hash, NCT_HASH);
}

void nct_leaf_get(struct nct_cbor *reader, struct nct_leaf *leaf) {
    size_t hash_len = 0;
    size_t count = nct_cbor_get_array(reader);
    const unsigned char *key = nct_cbor_get_bytes(reader, &leaf->stream.len);
    leaf->sequence = nct_cbor_get_uint(reader);
    const unsigned char *hash = nct_cbor_get_bytes(reader, &hash_len);
    int shaped = count == 3 && leaf->stream.len >= 2 && leaf->stream.len <= NCT_STREAM_KEY_MAX && hash_len == NCT_HASH;
    if (reader->status != NCT_OK || !shaped || !nct_leaf_head_fits(leaf->sequence, hash)) {
        reader->status = NCT_E_ENCODING;
        return;
    }
    memcpy(leaf->stream.key, key, leaf->stream.len);
    memcpy(leaf->hash, hash, NCT_HASH);
}

int nct_leaf_order(const struct nct_leaf *a, const struct nct_leaf *b) {
    size_t common = a->stream.len < b->stream.len ? a->stream.len : b->stream.len;
    int order = memcmp(a->stream.key, b->stream.key, common);
    return order != 0 ? order : (a->stream.len > b->stream.len) - (a->stream.len < b->stream.len);
}

nct_status nct_leaf_hash(const struct nct_leaf *leaf, struct nct_buf *scratch, unsigned char hash[NCT_HASH]) {
    nct_buf_clear(scratch);
    nct_leaf_put(leaf, scratch);
    if (scratch->status == NCT_OK)
        nct_merkle_leaf(scratch->data, scratch->len, hash);
    return scratch->status;
}

#define LEAVES_KEY 16

static void leaves_key(uint64_t number, uint64_t page, unsigned char key[LEAVES_KEY]) {
    nct_put_be64(key, number);
    nct_put_be64(key + 8, page);
}

nct_status nct_leaf_reader_open(struct nct_leaf_reader *reader, struct nct_unit *unit,
                                const struct nct_checkpoint_last *last, const struct nct_checkpoint_claims *claims) {
    const struct nct_memory *memory = &unit->portal->seams.memory;
    memset(reader, 0, sizeof *reader);
    reader->unit = unit;
    reader->last = last;
    reader->claims = claims;
    nct_buf_init(&reader->scratch, memory);
    nct_merkle_init(&reader->tree, NULL, 0);
    nct_cbor_open(&reader->cbor, "", 0);
    reader->record = nct_memory_take(memory, sizeof *reader->record);
    return reader->record != NULL ? NCT_OK : NCT_E_NO_MEMORY;
}

void nct_leaf_reader_close(struct nct_leaf_reader *reader) {
    nct_buf_free(&reader->scratch);
    nct_memory_give(&reader->unit->portal->seams.memory, reader->record);
}

static nct_status next_page(struct nct_leaf_reader *reader) {
    unsigned char key[LEAVES_KEY];
    leaves_key(reader->last->number, reader->page++, key);
    nct_status status = nct_unit_get(reader->unit, &nct_type_checkpoint_leaves, key, sizeof key, reader->record);
    if (status == NCT_E_NOT_FOUND)
        return nct_checkpoint_explain(reader->unit);
    nct_cbor_open(&reader->cbor, reader->record->leaves.bytes, reader->record->leaves.len);
    return status;
}

/* Behind the last leaf; there is none before the first checkpoint, and after one whose leaves were given up. */
static nct_status end(struct nct_leaf_reader *reader) {
    unsigned char root[NCT_HASH];
    if (reader->last->number == 0 || reader->last->restarted)
        return NCT_E_NOT_FOUND;
    nct_merkle_root(&reader->tree, root);
    int same = reader->tree.size == reader->claims->streams && memcmp(root, reader->claims->root, NCT_HASH) == 0;
    return same ? NCT_E_NOT_FOUND : nct_checkpoint_explain(reader->unit);
}

nct_status nct_leaf_next(struct nct_leaf_reader *reader, struct nct_leaf *leaf) {
    unsigned char hash[NCT_HASH];
    nct_status status = NCT_OK;
    while (status == NCT_OK && nct_cbor_peek(&reader->cbor) == NCT_CBOR_NOTHING)
        status = reader->page < reader->last->pages ? next_page(reader) : end(reader);
    if (status != NCT_OK)
        return status;
    nct_leaf_get(&reader->cbor, leaf);
    if (reader->cbor.status != NCT_OK)
        return NCT_E_INTEGRITY;
    status = nct_leaf_hash(leaf, &reader->scratch, hash);
    if (status == NCT_OK)
        nct_merkle_add(&reader->tree, hash);
    return status;
}

nct_status nct_leaves_read(struct nct_unit *unit, const struct nct_checkpoint_last *last,
                           const struct nct_checkpoint_claims *claims) {
    struct nct_leaf_reader reader;
    struct nct_leaf leaf;
    nct_status status = nct_leaf_reader_open(&reader, unit, last, claims);
    while (status == NCT_OK)
        status = nct_leaf_next(&reader, &leaf);
    nct_leaf_reader_close(&reader);
    return status == NCT_E_NOT_FOUND ? NCT_OK : status;
}

nct_status nct_leaf_pages_drop(struct nct_unit *unit, uint64_t number, uint64_t from) {
    unsigned char key[LEAVES_KEY];
    nct_status status = NCT_OK;
    for (uint64_t page = from; status == NCT_OK; page++) {
        leaves_key(number, page, key);
        status = nct_unit_overwrite(unit, &nct_type_checkpoint_leaves, key, sizeof key);
        if (status != NCT_OK || nct_unit_revision(unit, &nct_type_checkpoint_leaves, key, sizeof key) == 0)
            break;
        status = nct_unit_delete(unit, &nct_type_checkpoint_leaves, key, sizeof key);
    }
    return status;
}

nct_status nct_leaf_writer_open(struct nct_leaf_writer *writer, struct nct_unit *unit, uint64_t number) {
    const struct nct_memory *memory = &unit->portal->seams.memory;
    memset(writer, 0, sizeof *writer);
    writer->unit = unit;
    writer->number = number;
    nct_buf_init(&writer->leaf, memory);
    nct_merkle_init(&writer->tree, NULL, 0);
    writer->record = nct_memory_take(memory, sizeof *writer->record);
    return writer->record != NULL ? NCT_OK : NCT_E_NO_MEMORY;
}

void nct_leaf_writer_close(struct nct_leaf_writer *writer) {
    nct_buf_free(&writer->leaf);
    nct_memory_give(&writer->unit->portal->seams.memory, writer->record);
}

static nct_status put_page(struct nct_leaf_writer *writer) {
    unsigned char key[LEAVES_KEY];
    leaves_key(writer->number, writer->pages++, key);
    nct_status status = nct_unit_overwrite(writer->unit, &nct_type_checkpoint_leaves, key, sizeof key);
    if (status == NCT_OK)
        status = nct_unit_put(writer->unit, &nct_type_checkpoint_leaves, key, sizeof key, writer->record);
    writer->record->leaves.len = 0;
    return status;
}

nct_status nct_leaf_write(struct nct_leaf_writer *writer, const struct nct_leaf *leaf) {
    unsigned char hash[NCT_HASH];
    nct_status status = nct_leaf_hash(leaf, &writer->leaf, hash);
    if (status == NCT_OK && writer->record->leaves.len + writer->leaf.len > sizeof writer->record->leaves.bytes)
        status = put_page(writer);
    if (status != NCT_OK)
        return status;
    memcpy(writer->record->leaves.bytes + writer->record->leaves.len, writer->leaf.data, writer->leaf.len);
    writer->record->leaves.len += (uint32_t)writer->leaf.len;
    writer->entries += leaf->sequence;
    nct_merkle_add(&writer->tree, hash);
    return NCT_OK;
}

nct_status nct_leaf_writer_finish(struct nct_leaf_writer *writer, unsigned char root[NCT_HASH]) {
    nct_status status = writer->record->leaves.len > 0 ? put_page(writer) : NCT_OK;
    nct_merkle_root(&writer->tree, root);
    return status;
}
