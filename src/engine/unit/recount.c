#include "engine/unit/recount.h"

#include <string.h>

static int is_of(const struct nct_record_type *type, const struct nct_page_row *row,
                 const struct nct_head_place *registry) {
    struct nct_head_place place;
    return nct_relation_place(type, row->key, row->key_len, &place) == NCT_OK && place.type == registry->type &&
           place.len == registry->len && memcmp(place.key, registry->key, place.len) == 0;
}

/* What is counted, and what it came to. */
struct counting {
    const struct nct_portal *portal;
    const struct nct_record_type *type;
    const struct nct_head_place *registry;
    struct nct_set_digest seen;
};

static nct_status count_row(const struct nct_page_row *row, void *argument) {
    struct counting *counting = argument;
    struct nct_place place = {counting->type->space, row->key, row->key_len, row->revision};
    const struct nct_keys *keys = nct_keyring_find(&counting->portal->keyring, nct_row_key(row->bytes, row->bytes_len));
    if (is_of(counting->type, row, counting->registry))
        nct_relation_add(&counting->seen, keys, counting->type, &place, nct_row_tag(row->bytes, row->bytes_len));
    return NCT_OK;
}

/* A registry keeps nothing else, so it is written anew; what counts the registries finds it where it was. */
static nct_status write_digest(struct nct_unit *unit, const struct nct_head_place *registry,
                               const struct nct_set_digest *digest) {
    struct nct_stream_head head = {.sequence = 0};
    head.sets[NCT_RELATION_MEMBERS - 1] = *digest;
    struct nct_unit_row *row = nct_unit_find(unit, registry->type, registry->key, registry->len);
    nct_status status = nct_unit_overwrite(unit, registry->type, registry->key, registry->len);
    if (row != NULL)
        row->keys = NULL; /* nothing of what it had is unmasked */
    return status == NCT_OK ? nct_unit_put(unit, registry->type, registry->key, registry->len, &head) : status;
}

nct_status nct_recount(struct nct_unit *unit, const struct nct_head_place *registry, const struct nct_record_type *type,
                       const void *prefix, size_t prefix_len, int *changed) {
    struct nct_unit_row *head = NULL;
    struct nct_set_digest expected = {.count = 0};
    struct counting counting = {.portal = unit->portal, .type = type, .registry = registry};
    *changed = 0;
    if (nct_rows_are_own(unit->portal))
        return NCT_OK; /* none is kept */
    nct_status status = nct_unit_touch(unit, registry->type, registry->key, registry->len, &head);
    if (status == NCT_OK)
        status = nct_relation_digest(head, NCT_RELATION_MEMBERS, &expected);
    int damaged = nct_is_damage(status);
    if (damaged)
        status = nct_unit_overwrite(unit, registry->type, registry->key, registry->len);
    if (status == NCT_OK)
        status = nct_fetch_each(unit->portal, type, prefix, prefix_len, count_row, &counting, NULL);
    *changed = damaged || !nct_set_equal(&counting.seen, &expected);
    return status == NCT_OK && *changed ? write_digest(unit, registry, &counting.seen) : status;
}
