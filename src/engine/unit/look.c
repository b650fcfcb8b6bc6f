#include "engine/unit/look.h"
#include "base/about.h"

#include "engine/unit/relation.h"

#include <sodium.h>
#include <string.h>

#define PAGE 256

/* A look on its way: what the head said when it began, and what was seen. */
struct look {
    const struct nct_record_type *type;
    const void *prefix;
    size_t prefix_len;
    struct nct_head_place head;
    struct nct_set_digest expected;
    struct nct_set_digest seen;
    struct nct_unit_row sought; /* a row that is to be the one the unit read; key_len 0: none */
};

static nct_status begin(struct nct_unit *unit, const struct nct_record_type *type, const void *prefix,
                        size_t prefix_len, struct look *look) {
    struct nct_unit_row *head = NULL;
    *look = (struct look){.type = type, .prefix = prefix, .prefix_len = prefix_len};
    nct_status status = nct_relation_place(type, prefix, prefix_len, &look->head);
    if (status == NCT_OK)
        status = nct_relation_head(unit, type, prefix, prefix_len, &head);
    return status == NCT_OK ? nct_relation_digest(head, type->relation, &look->expected) : status;
}

/* What the scan gives of the row that is sought. */
static void note_sought(const struct nct_page_row *row, struct look *look) {
    if (row->key_len != look->sought.key_len || memcmp(row->key, look->sought.key, row->key_len) != 0)
        return;
    look->sought.revision = row->revision;
    memcpy(look->sought.tag, nct_row_tag(row->bytes, row->bytes_len), NCT_ROW_TAG);
}

static void add_rows(const struct nct_portal *portal, const struct nct_page *page, struct look *look) {
    for (size_t i = 0; i < page->count; i++) {
        const struct nct_page_row *row = &page->rows[i];
        note_sought(row, look);
        struct nct_place place = {look->type->space, row->key, row->key_len, row->revision};
        const struct nct_keys *keys = nct_keyring_find(&portal->keyring, nct_row_key(row->bytes, row->bytes_len));
        nct_relation_add(&look->seen, keys, look->type, &place, nct_row_tag(row->bytes, row->bytes_len));
    }
}

static nct_status compare(struct nct_unit *unit, const struct look *look) {
    if (nct_set_equal(&look->seen, &look->expected))
        return NCT_OK;
    return nct_unit_explain_mismatch(unit, look->head.type, look->head.key, look->head.len);
}

/* A row as this unit has it. */
static nct_status visit_row(struct nct_unit *unit, const struct look *look, const struct nct_page_row *found,
                            nct_look_visitor *visit, void *argument) {
    struct nct_page_row row = *found;
    const struct nct_unit_row *staged = nct_unit_find(unit, look->type, row.key, row.key_len);
    if (staged != NULL && staged->state == NCT_BATCH_DELETE)
        return NCT_OK;
    if (staged != NULL && staged->state == NCT_BATCH_PUT) {
        row.content = staged->content.data;
        row.len = staged->content.len;
    }
    return visit(unit, &row, argument);
}

/* One more than there should be is enough to find one too many, and small relations need little memory. */
static size_t page_size(const struct look *look) {
    return look->expected.count < PAGE ? (size_t)look->expected.count + 1 : PAGE;
}

static nct_status look_at_page(struct nct_unit *unit, struct look *look, struct nct_page *page, nct_look_visitor *visit,
                               void *argument) {
    nct_status status = NCT_OK;
    add_rows(unit->portal, page, look);
    for (size_t i = 0; visit != NULL && i < page->count && status == NCT_OK; i++)
        status = visit_row(unit, look, &page->rows[i], visit, argument);
    return status;
}

static nct_status go_through(struct nct_unit *unit, struct look *look, nct_look_visitor *visit, void *argument) {
    unsigned char after[NCT_KEY_MAX];
    size_t after_len = 0, limit = page_size(look), found = limit;
    nct_status status = NCT_OK;
    while (status == NCT_OK && found == limit && look->seen.count <= look->expected.count) {
        struct nct_page page;
        status =
            nct_fetch_page(unit->portal, look->type, look->prefix, look->prefix_len, after, after_len, limit, &page);
        if (status == NCT_OK)
            status = look_at_page(unit, look, &page, visit, argument);
        found = page.count;
        if (status == NCT_OK && found > 0) {
            after_len = page.rows[found - 1].key_len;
            memcpy(after, page.rows[found - 1].key, after_len);
        }
        nct_page_free(&page);
    }
    return status;
}

nct_status nct_look(struct nct_unit *unit, const struct nct_record_type *type, const void *prefix, size_t prefix_len,
                    nct_look_visitor *visit, void *argument) {
    struct look look;
    nct_status status = begin(unit, type, prefix, prefix_len, &look);
    if (status == NCT_OK)
        status = go_through(unit, &look, visit, argument);
    return status == NCT_OK ? compare(unit, &look) : status;
}

/* A store may give one row to a get and another to a scan. */
static nct_status compare_sought(struct nct_unit *unit, const struct look *look) {
    const struct nct_unit_row *read = nct_unit_find(unit, look->type, look->sought.key, look->sought.key_len);
    if (read->revision == look->sought.revision && memcmp(read->tag, look->sought.tag, NCT_ROW_TAG) == 0)
        return NCT_OK;
    return nct_unit_explain_mismatch(unit, look->head.type, look->head.key, look->head.len);
}

/* A scan that is only summed: nothing of a row is kept, and a small one needs no memory. */
struct summing {
    struct nct_sink sink;
    struct nct_portal *portal;
    struct look *look;
    unsigned char last[NCT_KEY_MAX]; /* the key before */
    size_t last_len;
    nct_status failure;
    unsigned char small[NCT_ROW_INLINE];
};

static int in_order(const struct summing *summing, const void *key, size_t key_len) {
    const struct look *look = summing->look;
    if (key_len > NCT_KEY_MAX || key_len <= look->prefix_len || memcmp(key, look->prefix, look->prefix_len) != 0)
        return 0;
    size_t common = key_len < summing->last_len ? key_len : summing->last_len;
    int order = memcmp(summing->last, key, common);
    return order < 0 || (order == 0 && summing->last_len < key_len);
}

/* Opened, added, forgotten. */
static nct_status sum_row(struct summing *summing, struct nct_page_row *row) {
    struct look *look = summing->look;
    struct nct_place place = {look->type->space, row->key, row->key_len, row->revision};
    nct_status status = nct_unprotect(&summing->portal->keyring, look->type->protection, &place, row->bytes,
                                      row->bytes_len, &row->content, &row->len);
    if (status != NCT_OK)
        return status;
    note_sought(row, look);
    const struct nct_keys *keys = nct_keyring_find(&summing->portal->keyring, nct_row_key(row->bytes, row->bytes_len));
    nct_relation_add(&look->seen, keys, look->type, &place, nct_row_tag(row->bytes, row->bytes_len));
    return NCT_OK;
}

static nct_status take_row(struct nct_sink *sink, const void *key, size_t key_len, uint64_t revision, const void *value,
                           size_t len) {
    struct summing *summing = (struct summing *)(void *)sink;
    const struct nct_memory *memory = &summing->portal->seams.memory;
    if (summing->failure != NCT_OK)
        return summing->failure;
    if (!in_order(summing, key, key_len) || revision == 0)
        return summing->failure = NCT_E_CALLBACK;
    if (len > NCT_VALUE_MAX)
        return summing->failure = NCT_E_LIMIT;
    unsigned char *bytes = len <= sizeof summing->small ? summing->small : nct_memory_take(memory, len);
    if (bytes == NULL)
        return summing->failure = NCT_E_NO_MEMORY;
    if (len > 0)
        memcpy(bytes, value, len);
    memcpy(summing->last, key, key_len);
    summing->last_len = key_len;
    struct nct_page_row row = {
        .key = summing->last, .key_len = key_len, .revision = revision, .bytes = bytes, .bytes_len = len};
    summing->failure = sum_row(summing, &row);
    if (bytes != summing->small)
        nct_memory_give_wiped(memory, bytes, len);
    return summing->failure;
}

/* One more than there should be is enough to find one too many. */
static nct_status sum_all(struct nct_unit *unit, struct look *look) {
    const struct nct_callbacks *callbacks = &unit->portal->callbacks;
    struct summing summing = {.sink = {.row = take_row}, .portal = unit->portal, .look = look};
    nct_status answer = callbacks->store.scan(look->type->space, look->prefix, look->prefix_len, NULL, 0,
                                              (size_t)look->expected.count + 1, &summing.sink, callbacks->store_data);
    if (look->type->protection == NCT_SEALED)
        sodium_memzero(summing.small, sizeof summing.small);
    if (summing.failure != NCT_OK)
        return nct_about_word(summing.failure, NCT_ABOUT_CALLBACK, "store.scan", answer);
    return answer == NCT_OK ? NCT_OK : nct_callback_failure(answer, NCT_E_STORE, "store.scan");
}

/* The row has been read. */
static nct_status prove(struct nct_unit *unit, const struct nct_record_type *type, const void *key, size_t key_len,
                        size_t prefix_len, int *looked) {
    struct look look;
    nct_status status = begin(unit, type, key, prefix_len, &look);
    size_t most = type->look_max != 0 ? type->look_max : NCT_LOOK_MAX;
    *looked = status == NCT_OK && look.expected.count <= most;
    if (!*looked)
        return status;
    look.sought.key_len = key_len;
    memcpy(look.sought.key, key, key_len);
    status = sum_all(unit, &look);
    if (status == NCT_OK)
        status = compare(unit, &look);
    return status == NCT_OK ? compare_sought(unit, &look) : status;
}

nct_status nct_look_get(struct nct_unit *unit, const struct nct_record_type *type, const void *key, size_t key_len,
                        size_t prefix_len, void *record, int *looked) {
    int unused = 0;
    nct_status status = nct_unit_get(unit, type, key, key_len, record);
    if (status != NCT_OK && status != NCT_E_NOT_FOUND)
        return status;
    nct_status proved = prove(unit, type, key, key_len, prefix_len, looked != NULL ? looked : &unused);
    return proved == NCT_OK ? status : proved;
}

/* Whether a row comes after the last of the page before. */
static int is_after(const struct nct_page_row *row, const struct nct_look_range *range) {
    size_t common = row->key_len < range->after_len ? row->key_len : range->after_len;
    int order = common > 0 ? memcmp(row->key, range->after, common) : 0;
    return order > 0 || (order == 0 && row->key_len > range->after_len);
}

static void keep_page(const struct nct_look_range *range, struct nct_page *page) {
    size_t kept = 0;
    for (size_t i = 0; i < page->count && kept < range->limit; i++)
        if (is_after(&page->rows[i], range))
            page->rows[kept++] = page->rows[i];
    page->count = kept;
    page->limit = range->limit;
}

nct_status nct_look_page(struct nct_unit *unit, const struct nct_look_range *range, struct nct_page *page) {
    struct look look;
    *page = (struct nct_page){.arena.memory = &unit->portal->seams.memory};
    nct_status status = begin(unit, range->type, range->prefix, range->prefix_len, &look);
    if (status != NCT_OK)
        return status;
    if (look.expected.count > NCT_LOOK_MAX)
        return nct_fetch_page(unit->portal, range->type, range->prefix, range->prefix_len, range->after,
                              range->after_len, range->limit, page);
    status = nct_fetch_page(unit->portal, range->type, range->prefix, range->prefix_len, NULL, 0,
                            (size_t)look.expected.count + 1, page);
    if (status != NCT_OK)
        return status;
    add_rows(unit->portal, page, &look);
    keep_page(range, page);
    return compare(unit, &look);
}

struct once {
    const struct nct_look_range *range;
    struct nct_page *page;
};

static nct_status look_again(struct nct_unit *unit, void *argument) {
    struct once *once = argument;
    nct_page_free(once->page);
    return nct_look_page(unit, once->range, once->page);
}

nct_status nct_look_page_once(struct nct_portal *portal, const struct nct_look_range *range, struct nct_page *page) {
    struct once once = {range, page};
    *page = (struct nct_page){.arena.memory = &portal->seams.memory};
    return nct_unit_read(portal, look_again, &once);
}
