/* Reading and staging within a unit, with the pins of streams. */
#include "engine/unit/rows.h"

#include "engine/unit/fetch.h"
#include "engine/unit/relation.h"

#include <string.h>

/* The key of the stream that pins a row: its letter and the row's own key. */
static size_t stream_key(const struct nct_record_type *type, const void *key, size_t key_len, unsigned char *out) {
    out[0] = (unsigned char)type->stream;
    memcpy(out + 1, key, key_len);
    return key_len + 1;
}

static void keep_tag(const struct nct_unit *unit, const struct nct_row *fetched, struct nct_unit_row *row) {
    if (fetched->revision == 0 || nct_rows_are_own(unit->portal))
        return;
    row->keys = nct_keyring_find(&unit->portal->keyring, nct_row_key(fetched->bytes, fetched->len));
    memcpy(row->tag, nct_row_tag(fetched->bytes, fetched->len), NCT_ROW_TAG);
}

static nct_status load(struct nct_unit *unit, const struct nct_record_type *type, const void *key, size_t key_len,
                       struct nct_unit_row **out) {
    struct nct_row fetched;
    const unsigned char *content = NULL;
    size_t len = 0;
    nct_status status = nct_fetch(unit->portal, type, key, key_len, &fetched, &content, &len);
    if (status == NCT_OK || status == NCT_E_NOT_FOUND) {
        nct_status added = nct_unit_add(unit, type, key, key_len, out);
        if (added == NCT_OK) {
            (*out)->revision = fetched.revision;
            (*out)->state = NCT_BATCH_CHECK;
            keep_tag(unit, &fetched, *out);
            nct_buf_append(&(*out)->content, content, len);
            added = (*out)->content.status;
        }
        status = added;
    }
    nct_row_free(&fetched);
    return status;
}

nct_status nct_unit_explain_mismatch(struct nct_unit *unit, const struct nct_record_type *type, const void *key,
                                     size_t key_len) {
    struct nct_row fresh;
    const unsigned char *content = NULL;
    size_t len = 0;
    nct_status status = nct_fetch(unit->portal, type, key, key_len, &fresh, &content, &len);
    uint64_t revision = fresh.revision;
    nct_row_free(&fresh);
    if (status != NCT_OK && status != NCT_E_NOT_FOUND)
        return status;
    const struct nct_unit_row *seen = nct_unit_find(unit, type, key, key_len);
    return seen != NULL && seen->revision == revision ? NCT_E_INTEGRITY : NCT_E_CONFLICT;
}

/* The head comes first: the mismatch is judged by whether it has changed since. */
static nct_status load_pinned(struct nct_unit *unit, const struct nct_record_type *type, const void *key,
                              size_t key_len, struct nct_unit_row **out) {
    unsigned char stream[1 + NCT_KEY_MAX];
    struct nct_stream_head head;
    if (key_len >= NCT_KEY_MAX)
        return NCT_E_LIMIT;
    size_t stream_len = stream_key(type, key, key_len, stream);
    nct_status status = nct_unit_get(unit, &nct_type_stream, stream, stream_len, &head);
    if (status != NCT_OK && status != NCT_E_NOT_FOUND)
        return status;
    status = load(unit, type, key, key_len, out);
    if (status == NCT_OK && (*out)->revision != head.pins[type->pin - 1])
        status = nct_unit_explain_mismatch(unit, &nct_type_stream, stream, stream_len);
    return status;
}

/* The row as this unit last left it. NCT_OK, NCT_E_NOT_FOUND or a failure. */
static nct_status find_or_load(struct nct_unit *unit, const struct nct_record_type *type, const void *key,
                               size_t key_len, struct nct_unit_row **out) {
    nct_status status = NCT_OK;
    *out = nct_unit_find(unit, type, key, key_len);
    if (*out == NULL && type->pin != NCT_NOT_PINNED && !nct_rows_are_own(unit->portal))
        status = load_pinned(unit, type, key, key_len, out);
    else if (*out == NULL)
        status = load(unit, type, key, key_len, out);
    if (status != NCT_OK)
        return status;
    const struct nct_unit_row *row = *out;
    int missing = row->state == NCT_BATCH_DELETE || (row->state == NCT_BATCH_CHECK && row->revision == 0);
    return missing ? NCT_E_NOT_FOUND : NCT_OK;
}

nct_status nct_unit_touch(struct nct_unit *unit, const struct nct_record_type *type, const void *key, size_t key_len,
                          struct nct_unit_row **out) {
    nct_status status = find_or_load(unit, type, key, key_len, out);
    return status == NCT_E_NOT_FOUND ? NCT_OK : status;
}

nct_status nct_relation_head(struct nct_unit *unit, const struct nct_record_type *type, const void *key, size_t key_len,
                             struct nct_unit_row **head) {
    struct nct_head_place place;
    *head = NULL;
    nct_status status = nct_relation_place(type, key, key_len, &place);
    if (status != NCT_OK || place.type == NULL)
        return status;
    return nct_unit_touch(unit, place.type, place.key, place.len, head);
}

nct_status nct_unit_get(struct nct_unit *unit, const struct nct_record_type *type, const void *key, size_t key_len,
                        void *record) {
    struct nct_unit_row *row = NULL;
    nct_status status = find_or_load(unit, type, key, key_len, &row);
    if (status == NCT_OK)
        return nct_record_decode(type, row->content.data, row->content.len, record);
    memset(record, 0, type->size);
    return status;
}

static nct_status pin(struct nct_unit *unit, const struct nct_record_type *type, const void *key, size_t key_len) {
    unsigned char stream[1 + NCT_KEY_MAX];
    struct nct_stream_head head;
    size_t stream_len = stream_key(type, key, key_len, stream);
    nct_status status = nct_unit_get(unit, &nct_type_stream, stream, stream_len, &head);
    if (status != NCT_OK && status != NCT_E_NOT_FOUND)
        return status;
    head.pins[type->pin - 1] = nct_unit_revision(unit, type, key, key_len);
    return nct_unit_put(unit, &nct_type_stream, stream, stream_len, &head);
}

nct_status nct_unit_put(struct nct_unit *unit, const struct nct_record_type *type, const void *key, size_t key_len,
                        const void *record) {
    struct nct_unit_row *row = nct_unit_find(unit, type, key, key_len);
    nct_status status = NCT_OK;
    if (row == NULL)
        status = nct_unit_add(unit, type, key, key_len, &row);
    if (status == NCT_OK)
        status = nct_unit_keep(unit, row);
    if (status != NCT_OK)
        return status;
    row->state = NCT_BATCH_PUT;
    nct_buf_clear(&row->content);
    nct_record_encode(type, record, &row->content);
    status = row->content.status;
    if (status == NCT_OK && type->pin != NCT_NOT_PINNED)
        status = pin(unit, type, key, key_len);
    return status;
}

nct_status nct_unit_reseal(struct nct_unit *unit, const struct nct_record_type *type, const void *key, size_t key_len) {
    struct nct_unit_row *row = NULL;
    struct nct_unit_row *head = NULL;
    nct_status status = nct_relation_head(unit, type, key, key_len, &head);
    if (status == NCT_OK)
        status = find_or_load(unit, type, key, key_len, &row);
    if (status == NCT_OK)
        status = nct_unit_keep(unit, row);
    if (status != NCT_OK || row->state == NCT_BATCH_PUT)
        return status;
    row->state = NCT_BATCH_PUT;
    return type->pin != NCT_NOT_PINNED ? pin(unit, type, key, key_len) : NCT_OK;
}

nct_status nct_unit_overwrite(struct nct_unit *unit, const struct nct_record_type *type, const void *key,
                              size_t key_len) {
    struct nct_row fetched;
    struct nct_unit_row *row = nct_unit_find(unit, type, key, key_len);
    const unsigned char *content = NULL;
    size_t len = 0;
    if (row != NULL) {
        nct_status kept = nct_unit_keep(unit, row);
        row->uncounted = 1;
        return kept;
    }
    nct_status status = nct_fetch(unit->portal, type, key, key_len, &fetched, &content, &len);
    uint64_t revision = fetched.revision;
    nct_row_free(&fetched);
    if (revision == 0 && status != NCT_E_NOT_FOUND)
        return status;
    status = nct_unit_add(unit, type, key, key_len, &row);
    if (status == NCT_OK) {
        row->revision = revision;
        row->state = NCT_BATCH_CHECK;
        row->uncounted = 1;
    }
    return status;
}

nct_status nct_unit_delete(struct nct_unit *unit, const struct nct_record_type *type, const void *key, size_t key_len) {
    struct nct_unit_row *row = nct_unit_find(unit, type, key, key_len);
    if (row == NULL || row->revision == 0)
        return NCT_E_STATE;
    nct_status status = nct_unit_keep(unit, row);
    row->state = NCT_BATCH_DELETE;
    nct_buf_clear(&row->content);
    return status;
}

uint64_t nct_unit_revision(const struct nct_unit *unit, const struct nct_record_type *type, const void *key,
                           size_t key_len) {
    const struct nct_unit_row *row = nct_unit_find(unit, type, key, key_len);
    if (row == NULL || row->state == NCT_BATCH_DELETE)
        return 0;
    return row->state == NCT_BATCH_PUT ? row->revision + 1 : row->revision;
}
