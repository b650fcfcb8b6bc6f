#include "engine/unit/roll.h"

#include "engine/unit/look.h"

#include <string.h>

static const unsigned char registries[] = {NCT_REGISTRY_STREAMS};

static nct_status note_registry(struct nct_unit *unit, const struct nct_page_row *row, void *argument) {
    struct nct_roll *roll = argument;
    if (row->key_len != 1 + NCT_SHARD)
        return NCT_E_INTEGRITY;
    size_t number = (size_t)row->key[1] << 8 | row->key[2];
    return number < NCT_STREAM_SHARDS ? nct_registry_digest(unit->portal, row, &roll->expected[number])
                                      : NCT_E_INTEGRITY;
}

nct_status nct_roll_open(struct nct_unit *unit, struct nct_roll *roll) {
    const struct nct_memory *memory = &unit->portal->seams.memory;
    roll->expected = nct_memory_take_array(memory, NCT_STREAM_SHARDS, sizeof *roll->expected);
    roll->seen = nct_memory_take_array(memory, NCT_STREAM_SHARDS, sizeof *roll->seen);
    if (roll->expected == NULL || roll->seen == NULL)
        return NCT_E_NO_MEMORY;
    if (nct_rows_are_own(unit->portal))
        return NCT_OK; /* nobody hides a stream: none is seen, and none expected */
    return nct_look(unit, &nct_type_registry, registries, sizeof registries, note_registry, roll);
}

void nct_roll_add(const struct nct_portal *portal, struct nct_roll *roll, const struct nct_page_row *stream) {
    unsigned char shard[NCT_SHARD];
    struct nct_head_place head;
    struct nct_place place = {nct_type_stream.space, stream->key, stream->key_len, stream->revision};
    const struct nct_keys *keys = nct_keyring_find(&portal->keyring, nct_row_key(stream->bytes, stream->bytes_len));
    if (nct_rows_are_own(portal))
        return;
    if (nct_relation_place(&nct_type_stream, stream->key, stream->key_len, &head) != NCT_OK || head.type == NULL)
        return;
    unsigned number = nct_stream_shard(stream->key, stream->key_len, shard);
    nct_relation_add(&roll->seen[number], keys, &nct_type_stream, &place, NULL);
}

/* One that has moved since says that a stream came, or was put under another key. */
static nct_status explain(struct nct_unit *unit, size_t number, const struct nct_roll *roll) {
    unsigned char key[] = {NCT_REGISTRY_STREAMS, (unsigned char)(number >> 8), (unsigned char)number};
    struct nct_unit_row *head = NULL;
    struct nct_set_digest now;
    nct_status status = nct_unit_touch(unit, &nct_type_registry, key, sizeof key, &head);
    if (status == NCT_OK)
        status = nct_relation_digest(head, NCT_RELATION_MEMBERS, &now);
    if (status != NCT_OK)
        return status;
    return nct_set_equal(&now, &roll->expected[number]) ? NCT_E_INTEGRITY : NCT_E_CONFLICT;
}

nct_status nct_roll_compare(struct nct_unit *unit, const struct nct_roll *roll) {
    for (size_t i = 0; i < NCT_STREAM_SHARDS; i++)
        if (!nct_set_equal(&roll->seen[i], &roll->expected[i]))
            return explain(unit, i, roll);
    return NCT_OK;
}

void nct_roll_close(const struct nct_memory *memory, struct nct_roll *roll) {
    nct_memory_give(memory, roll->expected);
    nct_memory_give(memory, roll->seen);
}
