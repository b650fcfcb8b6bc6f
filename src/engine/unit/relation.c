#include "engine/unit/relation.h"

#include <sodium.h>
#include <string.h>

int nct_is_head(const struct nct_record_type *type) {
    return type == &nct_type_stream || type == &nct_type_registry;
}

static struct nct_set_place mask_place(const struct nct_unit_row *head, uint64_t revision, int64_t since, size_t slot) {
    return (struct nct_set_place){{head->type->space, head->key, head->key_len, revision}, since, (unsigned char)slot};
}

static void unmask(const struct nct_unit_row *row, struct nct_stream_head *head) {
    for (size_t i = 0; row->keys != NULL && i < NCT_RELATIONS; i++) {
        struct nct_set_place place = mask_place(row, row->revision, head->masked_at, i);
        nct_set_unmask(&head->sets[i], row->keys, &place);
    }
}

static void mask(struct nct_unit *unit, const struct nct_unit_row *row, struct nct_stream_head *head) {
    for (size_t i = 0; i < NCT_RELATIONS; i++) {
        struct nct_set_place place = mask_place(row, row->revision + 1, unit->now, i);
        nct_set_mask(&head->sets[i], nct_keyring_current(&unit->portal->keyring), &place);
    }
}

/* What was read, or staged since: until the commit nothing changes the digests in it. */
static nct_status decode(const struct nct_unit_row *row, struct nct_stream_head *head) {
    if (row->content.len > 0)
        return nct_record_decode(row->type, row->content.data, row->content.len, head);
    memset(head, 0, sizeof *head);
    return NCT_OK;
}

nct_status nct_relation_digest(const struct nct_unit_row *row, enum nct_relation relation,
                               struct nct_set_digest *digest) {
    struct nct_stream_head head;
    nct_status status = decode(row, &head);
    unmask(row, &head);
    *digest = head.sets[relation - 1];
    return status;
}

nct_status nct_registry_digest(const struct nct_portal *portal, const struct nct_page_row *found,
                               struct nct_set_digest *digest) {
    struct nct_unit_row row = {.type = &nct_type_registry, .key_len = found->key_len, .revision = found->revision};
    struct nct_stream_head head;
    memcpy(row.key, found->key, found->key_len);
    row.keys = nct_keyring_find(&portal->keyring, nct_row_key(found->bytes, found->bytes_len));
    nct_status status = nct_record_decode(row.type, found->content, found->len, &head);
    unmask(&row, &head);
    *digest = head.sets[NCT_RELATION_MEMBERS - 1];
    return status;
}

static struct nct_set_member member(const struct nct_record_type *type, const struct nct_place *place,
                                    const unsigned char *tag) {
    struct nct_set_member made = {*place, tag};
    if (type->timeless) {
        made.place.revision = 0;
        made.tag = NULL;
    }
    return made;
}

void nct_relation_add(struct nct_set_digest *digest, const struct nct_keys *keys, const struct nct_record_type *type,
                      const struct nct_place *place, const unsigned char *tag) {
    struct nct_set_member row = member(type, place, tag);
    nct_set_add(digest, keys, &row);
}

/* Registries are there to prove, and nothing is proved of the portal's own rows. */
static int is_owned_by_stream(const struct nct_record_type *type) {
    return type->owner == NCT_OWNER_PROVIDER || type->owner == NCT_OWNER_PERSON;
}

/* Whether the commit of this row changes the digest of its relation. */
static int changes_relation(const struct nct_unit *unit, const struct nct_unit_row *row) {
    if (row->type->relation == NCT_NO_RELATION || row->state == NCT_BATCH_CHECK || row->uncounted)
        return 0;
    if (nct_rows_are_own(unit->portal))
        return is_owned_by_stream(row->type);
    int renewed = row->state == NCT_BATCH_PUT && row->revision > 0;
    return !row->type->timeless || !renewed || row->keys != nct_keyring_current(&unit->portal->keyring);
}

static nct_status stage_head(struct nct_unit *unit, size_t index, struct nct_unit_row **head) {
    const struct nct_unit_row row = unit->rows[index];
    *head = NULL;
    if (!changes_relation(unit, &row))
        return NCT_OK;
    nct_status status = nct_relation_head(unit, row.type, row.key, row.key_len, head);
    if (status != NCT_OK || *head == NULL)
        return status;
    (*head)->state = NCT_BATCH_PUT;
    unit->rows[index].head = (size_t)(*head - unit->rows) + 1;
    return NCT_OK;
}

/* A head may belong to a relation itself: a stream to a registry, that to the root. */
nct_status nct_relations_stage(struct nct_unit *unit) {
    nct_status status = NCT_OK;
    struct nct_unit_row *head = NULL;
    size_t count = unit->count;
    for (size_t i = 0; i < count; i++) {
        status = stage_head(unit, i, &head);
        while (status == NCT_OK && head != NULL)
            status = stage_head(unit, (size_t)(head - unit->rows), &head);
        if (status != NCT_OK)
            return status;
    }
    return NCT_OK;
}

static void apply(struct nct_unit *unit, const struct nct_unit_row *row, const struct nct_buf *value,
                  struct nct_set_digest *digest) {
    struct nct_place place = {row->type->space, row->key, row->key_len, row->revision};
    if (row->revision > 0) {
        struct nct_set_member before = member(row->type, &place, row->tag);
        nct_set_take(digest, row->keys, &before);
    }
    if (row->state != NCT_BATCH_PUT)
        return;
    place.revision++;
    const unsigned char *tag = row->type->timeless ? NULL : nct_row_tag(value->data, value->len);
    nct_relation_add(digest, nct_keyring_current(&unit->portal->keyring), row->type, &place, tag);
}

static void renew_digests(struct nct_unit *unit, const struct nct_unit_row *row, const struct nct_buf *values,
                          struct nct_stream_head *head) {
    size_t place = (size_t)(row - unit->rows) + 1;
    unmask(row, head);
    for (size_t i = 0; i < unit->count; i++) {
        const struct nct_unit_row *other = &unit->rows[i];
        if (other->head == place)
            apply(unit, other, &values[i], &head->sets[other->type->relation - 1]);
    }
    mask(unit, row, head);
}

/* In the portal's own store a head says when its rows changed; nothing needs to be proved of them. */
static nct_status write_head(struct nct_unit *unit, struct nct_unit_row *row, const struct nct_buf *values) {
    struct nct_stream_head head;
    nct_status status = decode(row, &head);
    if (status == NCT_OK && !nct_rows_are_own(unit->portal))
        renew_digests(unit, row, values, &head);
    head.masked_at = unit->now;
    nct_buf_clear(&row->content);
    nct_record_encode(row->type, &head, &row->content);
    return status == NCT_OK ? row->content.status : status;
}

nct_status nct_relations_write(struct nct_unit *unit, const struct nct_buf *values) {
    nct_status status = NCT_OK;
    for (size_t i = 0; i < unit->count && status == NCT_OK; i++)
        if (nct_is_head(unit->rows[i].type) && unit->rows[i].state == NCT_BATCH_PUT)
            status = write_head(unit, &unit->rows[i], values);
    return status;
}
