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
                                const struct nct_checkpoint_last *last) {
    memset(reader, 0, sizeof *reader);
    reader->unit = unit;
    reader->last = last;
    nct_cbor_open(&reader->cbor, "", 0);
    reader->record = nct_memory_take(&unit->portal->seams.memory, sizeof *reader->record);
    return reader->record != NULL ? NCT_OK : NCT_E_NO_MEMORY;
}

void nct_leaf_reader_close(struct nct_leaf_reader *reader) {
    nct_memory_give(&reader->unit->portal->seams.memory, reader->record);
}

/* Every page is authentic; it is one of this checkpoint only if the same making wrote it. */
static nct_status next_page(struct nct_leaf_reader *reader) {
    unsigned char key[LEAVES_KEY];
    leaves_key(reader->last->number, reader->page++, key);
    nct_status status = nct_unit_get(reader->unit, &nct_type_checkpoint_leaves, key, sizeof key, reader->record);
    if (status == NCT_E_NOT_FOUND)
        return nct_checkpoint_explain(reader->unit);
    if (status != NCT_OK)
        return status;
    if (memcmp(reader->record->making, reader->last->making, NCT_MAKING) != 0)
        return NCT_E_INTEGRITY;
    nct_cbor_open(&reader->cbor, reader->record->leaves.bytes, reader->record->leaves.len);
    return NCT_OK;
}

nct_status nct_leaf_next(struct nct_leaf_reader *reader, struct nct_leaf *leaf) {
    nct_status status = NCT_OK;
    while (status == NCT_OK && nct_cbor_peek(&reader->cbor) == NCT_CBOR_NOTHING)
        status = reader->page < reader->last->pages ? next_page(reader) : NCT_E_NOT_FOUND;
    if (status != NCT_OK)
        return status;
    nct_leaf_get(&reader->cbor, leaf);
    return reader->cbor.status == NCT_OK ? NCT_OK : NCT_E_INTEGRITY;
}

nct_status nct_leaf_reader_discard(struct nct_leaf_reader *reader) {
    unsigned char key[LEAVES_KEY];
    nct_status status = NCT_OK;
    for (uint64_t page = 0; page < reader->last->pages && status == NCT_OK; page++) {
        leaves_key(reader->last->number, page, key);
        status = nct_unit_delete(reader->unit, &nct_type_checkpoint_leaves, key, sizeof key);
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
    if (writer->record == NULL)
        return NCT_E_NO_MEMORY;
    return nct_seams_fill(&unit->portal->seams, writer->record->making, NCT_MAKING);
}

void nct_leaf_writer_close(struct nct_leaf_writer *writer) {
    nct_buf_free(&writer->leaf);
    nct_memory_give(&writer->unit->portal->seams.memory, writer->record);
}

static nct_status put_page(struct nct_leaf_writer *writer) {
    unsigned char key[LEAVES_KEY];
    leaves_key(writer->number, writer->pages++, key);
    nct_status status = nct_unit_put(writer->unit, &nct_type_checkpoint_leaves, key, sizeof key, writer->record);
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

nct_status nct_leaf_writer_finish(struct nct_leaf_writer *writer, unsigned char root[NCT_HASH],
                                  struct nct_checkpoint_last *last) {
    nct_status status = writer->record->leaves.len > 0 ? put_page(writer) : NCT_OK;
    last->pages = writer->pages;
    memcpy(last->making, writer->record->making, NCT_MAKING);
    nct_merkle_root(&writer->tree, root);
    return status;
}
