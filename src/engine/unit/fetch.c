#include "engine/unit/fetch.h"
#include "base/about.h"

#include <sodium.h>
#include <string.h>

/* The memory of a page grows by room for some rows, each with its key. */
#define ROW_USUAL 256
#define ROWS_AT_ONCE 64

static nct_status take_value(struct nct_sink *sink, const void *value, size_t len) {
    struct nct_row *row = (struct nct_row *)(void *)sink;
    row->given++;
    if (row->given > 1)
        return row->failure = NCT_E_CALLBACK;
    if (len > NCT_VALUE_MAX)
        return row->failure = NCT_E_LIMIT;
    row->bytes = len <= sizeof row->small ? row->small : nct_memory_take(row->memory, len);
    if (row->bytes == NULL)
        return row->failure = NCT_E_NO_MEMORY;
    if (len > 0)
        memcpy(row->bytes, value, len);
    row->len = len;
    return NCT_OK;
}

/* Holds the store to its contract: OK with a value and a revision, NOT_FOUND without, nothing else but a failure. */
static nct_status judge(const struct nct_row *row, nct_status answer) {
    if (row->failure != NCT_OK)
        return nct_about_word(row->failure, NCT_ABOUT_CALLBACK, "store.get", answer);
    if (answer == NCT_OK && row->given == 1 && row->revision > 0)
        return answer;
    if (answer == NCT_E_NOT_FOUND && row->given == 0)
        return answer;
    return nct_callback_failure(answer, NCT_E_STORE, "store.get");
}

nct_status nct_fetch(struct nct_portal *portal, const struct nct_record_type *type, const void *key, size_t key_len,
                     struct nct_row *row, const unsigned char **content, size_t *len) {
    row->sink = (struct nct_sink){.value = take_value};
    row->memory = &portal->seams.memory;
    row->bytes = NULL;
    row->len = 0;
    row->revision = 0;
    row->failure = NCT_OK;
    row->given = 0;
    row->secret = type->protection == NCT_SEALED;
    const struct nct_callbacks *callbacks = &portal->callbacks;
    nct_status answer =
        callbacks->store.get(type->space, key, key_len, &row->sink, &row->revision, callbacks->store_data);
    nct_status status = judge(row, answer);
    if (status != NCT_OK) {
        row->revision = 0;
        return status;
    }
    struct nct_place place = {type->space, key, key_len, row->revision};
    status = nct_unprotect(&portal->keyring, type->protection, &place, row->bytes, row->len, content, len);
    return nct_about(status, NCT_ABOUT_SPACE, type->space);
}

void nct_row_free(struct nct_row *row) {
    if (row->secret && row->len > 0)
        sodium_memzero(row->bytes, row->len);
    if (row->bytes != row->small)
        nct_memory_give(row->memory, row->bytes);
    row->bytes = NULL;
    row->len = 0;
}

nct_status nct_fetch_record(struct nct_portal *portal, const struct nct_record_type *type, const void *key,
                            size_t key_len, void *record, uint64_t *revision) {
    struct nct_row row;
    const unsigned char *content = NULL;
    size_t len = 0;
    nct_status status = nct_fetch(portal, type, key, key_len, &row, &content, &len);
    if (status == NCT_OK)
        status = nct_record_decode(type, content, len, record);
    else
        memset(record, 0, type->size);
    *revision = row.revision;
    nct_row_free(&row);
    return status == NCT_E_NOT_FOUND ? NCT_OK : status;
}

/* Whether a key lies in the range and after the row before. */
static int in_order(const struct nct_page *page, const void *key, size_t key_len) {
    if (key_len == 0 || key_len > NCT_KEY_MAX || key_len < page->prefix_len || page->count >= page->limit)
        return 0;
    if (page->prefix_len > 0 && memcmp(key, page->prefix, page->prefix_len) != 0)
        return 0;
    if (page->count == 0)
        return 1;
    const struct nct_page_row *last = &page->rows[page->count - 1];
    size_t common = key_len < last->key_len ? key_len : last->key_len;
    int order = memcmp(last->key, key, common);
    return order < 0 || (order == 0 && last->key_len < key_len);
}

static nct_status take_row(struct nct_sink *sink, const void *key, size_t key_len, uint64_t revision, const void *value,
                           size_t len) {
    struct nct_page *page = (struct nct_page *)(void *)sink;
    if (page->failure != NCT_OK)
        return page->failure;
    if (!in_order(page, key, key_len) || revision == 0)
        return page->failure = NCT_E_CALLBACK;
    if (len > NCT_VALUE_MAX)
        return page->failure = NCT_E_LIMIT;
    struct nct_page_row *row = &page->rows[page->count++];
    row->key = nct_arena_take(&page->arena, key_len + len);
    if (row->key == NULL)
        return page->failure = NCT_E_NO_MEMORY;
    row->bytes = row->key + key_len;
    memcpy(row->key, key, key_len);
    if (len > 0)
        memcpy(row->bytes, value, len);
    row->key_len = key_len;
    row->bytes_len = len;
    row->revision = revision;
    return NCT_OK;
}

static nct_status open_rows(struct nct_portal *portal, const struct nct_record_type *type, struct nct_page *page) {
    nct_status status = NCT_OK;
    for (size_t i = 0; i < page->count && status == NCT_OK; i++) {
        struct nct_page_row *row = &page->rows[i];
        struct nct_place place = {type->space, row->key, row->key_len, row->revision};
        status = nct_unprotect(&portal->keyring, type->protection, &place, row->bytes, row->bytes_len, &row->content,
                               &row->len);
    }
    return nct_about(status, NCT_ABOUT_SPACE, type->space);
}

static nct_status begin_page(struct nct_portal *portal, const struct nct_record_type *type, const void *prefix,
                             size_t prefix_len, size_t limit, struct nct_page *page) {
    const struct nct_memory *memory = &portal->seams.memory;
    *page = (struct nct_page){.sink = {.row = take_row},
                              .prefix = prefix,
                              .prefix_len = prefix_len,
                              .limit = limit,
                              .secret = type->protection == NCT_SEALED};
    nct_arena_init(&page->arena, memory, ROW_USUAL * (limit < ROWS_AT_ONCE ? limit : ROWS_AT_ONCE));
    page->rows = nct_memory_take_array(memory, limit, sizeof *page->rows);
    return page->rows != NULL ? NCT_OK : NCT_E_NO_MEMORY;
}

/* Adds the rows behind a key as they are. */
static nct_status scan_rows(struct nct_portal *portal, const struct nct_record_type *type, const void *after,
                            size_t after_len, size_t limit, struct nct_page *page) {
    const struct nct_callbacks *callbacks = &portal->callbacks;
    nct_status answer = callbacks->store.scan(type->space, page->prefix, page->prefix_len, after, after_len, limit,
                                              &page->sink, callbacks->store_data);
    if (page->failure != NCT_OK)
        return nct_about_word(page->failure, NCT_ABOUT_CALLBACK, "store.scan", answer);
    return answer == NCT_OK ? NCT_OK : nct_callback_failure(answer, NCT_E_STORE, "store.scan");
}

nct_status nct_fetch_page(struct nct_portal *portal, const struct nct_record_type *type, const void *prefix,
                          size_t prefix_len, const void *after, size_t after_len, size_t limit, struct nct_page *page) {
    nct_status status = begin_page(portal, type, prefix, prefix_len, limit, page);
    if (status == NCT_OK)
        status = scan_rows(portal, type, after, after_len, limit, page);
    return status == NCT_OK ? open_rows(portal, type, page) : status;
}

nct_status nct_fetch_raw(struct nct_portal *portal, const struct nct_record_type *type, const void *after,
                         size_t after_len, size_t limit, struct nct_page *page) {
    nct_status status = begin_page(portal, type, NULL, 0, limit, page);
    return status == NCT_OK ? scan_rows(portal, type, after, after_len, limit, page) : status;
}

int nct_is_damage(nct_status status) {
    return status == NCT_E_INTEGRITY || status == NCT_E_KEY || status == NCT_E_UNSUPPORTED;
}

nct_status nct_partial(nct_status status, size_t damaged) {
    return status == NCT_OK && damaged > 0 ? NCT_E_PARTIAL : status;
}

/* Opens the rows from `first` on; those that do not open are left out. Their keys stay in the arena. */
static nct_status keep_sound(struct nct_portal *portal, const struct nct_record_type *type, struct nct_page *page,
                             size_t first) {
    size_t count = first;
    for (size_t i = first; i < page->count; i++) {
        struct nct_page_row *row = &page->rows[i];
        struct nct_place place = {type->space, row->key, row->key_len, row->revision};
        nct_status status = nct_unprotect(&portal->keyring, type->protection, &place, row->bytes, row->bytes_len,
                                          &row->content, &row->len);
        if (status != NCT_OK && !nct_is_damage(status))
            return status;
        if (status == NCT_OK)
            page->rows[count++] = *row;
    }
    page->damaged += page->count - count;
    page->count = count;
    return NCT_OK;
}

nct_status nct_fetch_sound(struct nct_portal *portal, const struct nct_record_type *type, const void *prefix,
                           size_t prefix_len, const void *after, size_t after_len, size_t limit,
                           struct nct_page *page) {
    unsigned char last[NCT_KEY_MAX];
    size_t found = limit;
    size_t wanted = limit;
    nct_status status = begin_page(portal, type, prefix, prefix_len, limit, page);
    while (status == NCT_OK && found == wanted && page->count < limit) {
        size_t first = page->count;
        wanted = limit - first;
        status = scan_rows(portal, type, after, after_len, wanted, page);
        found = page->count - first;
        if (status == NCT_OK && found > 0) {
            after_len = page->rows[page->count - 1].key_len;
            memcpy(last, page->rows[page->count - 1].key, after_len);
            after = last;
        }
        if (status == NCT_OK)
            status = keep_sound(portal, type, page, first);
    }
    return status;
}

void nct_page_free(struct nct_page *page) {
    nct_memory_give(page->arena.memory, page->rows);
    nct_arena_free(&page->arena, page->secret);
    page->rows = NULL;
    page->count = 0;
}
