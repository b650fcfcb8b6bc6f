#include "engine/unit/roll.h"

#include "engine/unit/look.h"

#include <string.h>

static const struct {
    const struct nct_record_type *type;
    unsigned char letter;
    size_t size;
} rolls[] = {
    {&nct_type_stream, NCT_REGISTRY_STREAMS, NCT_STREAM_SHARDS},
    {&nct_type_work, NCT_REGISTRY_WORK, NCT_WORK_KINDS *NCT_WORK_SHARDS},
};

static size_t number_of(const unsigned char key[1 + NCT_SHARD]) {
    return (size_t)key[1] << 8 | key[2];
}

static nct_status note_registry(struct nct_unit *unit, const struct nct_page_row *row, void *argument) {
    struct nct_roll *roll = argument;
    if (row->key_len != 1 + NCT_SHARD || number_of(row->key) >= roll->size)
        return NCT_E_INTEGRITY;
    return nct_registry_digest(unit->portal, row, &roll->expected[number_of(row->key)]);
}

nct_status nct_roll_open(struct nct_unit *unit, const struct nct_record_type *type, struct nct_roll *roll) {
    const struct nct_memory *memory = &unit->portal->seams.memory;
    size_t i = type == rolls[0].type ? 0 : 1;
    *roll = (struct nct_roll){.type = type, .letter = rolls[i].letter, .size = rolls[i].size, .to = rolls[i].size};
    roll->expected = nct_memory_take_array(memory, roll->size, sizeof *roll->expected);
    roll->seen = nct_memory_take_array(memory, roll->size, sizeof *roll->seen);
    if (roll->expected == NULL || roll->seen == NULL)
        return NCT_E_NO_MEMORY;
    return nct_look(unit, &nct_type_registry, &roll->letter, 1, note_registry, roll);
}

uint64_t nct_roll_narrow(struct nct_roll *roll, size_t from, size_t to) {
    uint64_t count = 0;
    roll->from = from;
    roll->to = to;
    for (size_t i = from; i < to; i++)
        count += roll->expected[i].count;
    return count;
}

/* Streams of stand-ins are in none. */
void nct_roll_add(const struct nct_portal *portal, struct nct_roll *roll, const struct nct_page_row *row) {
    struct nct_head_place head;
    struct nct_place place = {roll->type->space, row->key, row->key_len, row->revision};
    const struct nct_keys *keys = nct_keyring_find(&portal->keyring, nct_row_key(row->bytes, row->bytes_len));
    if (nct_relation_place(roll->type, row->key, row->key_len, &head) != NCT_OK || head.type == NULL ||
        number_of(head.key) >= roll->size)
        return;
    nct_relation_add(&roll->seen[number_of(head.key)], keys, roll->type, &place, NULL);
}

/* One that has moved since says that a row came or went, or was put under another key. */
static nct_status explain(struct nct_unit *unit, size_t number, const struct nct_roll *roll) {
    unsigned char key[] = {roll->letter, (unsigned char)(number >> 8), (unsigned char)number};
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
    for (size_t i = roll->from; i < roll->to; i++)
        if (!nct_set_equal(&roll->seen[i], &roll->expected[i]))
            return explain(unit, i, roll);
    return NCT_OK;
}

void nct_roll_close(const struct nct_memory *memory, struct nct_roll *roll) {
    nct_memory_give(memory, roll->expected);
    nct_memory_give(memory, roll->seen);
}
