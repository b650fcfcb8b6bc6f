#include "portal/registry/directory.h"
#include "base/about.h"

#include "base/bytes.h"
#include "engine/unit/look.h"

#include <sodium.h>
#include <string.h>

/* Texts that agree in so many bytes are kept together: an area code alone would keep half a state together. */
static size_t shared_bytes(int32_t by) {
    return by == NCT_SEARCH_PHONE ? 6 : 3;
}

/* A registry for each beginning there is; two may share one. */
static size_t make_key(int32_t by, const struct nct_directory_text *text, unsigned char key[NCT_DIRECTORY_KEY_MAX]) {
    unsigned char hash[crypto_generichash_BYTES_MIN];
    unsigned char head[1 + 6] = {(unsigned char)by};
    size_t shared = text->len < shared_bytes(by) ? text->len : shared_bytes(by);
    size_t len = text->len < NCT_DIRECTORY_TEXT ? text->len : NCT_DIRECTORY_TEXT;
    memcpy(head + 1, text->bytes, shared);
    crypto_generichash(hash, sizeof hash, head, 1 + shared, NULL, 0);
    memcpy(key, hash, NCT_SHARD);
    key[NCT_SHARD] = (unsigned char)by;
    memcpy(key + NCT_SHARD + 1, text->bytes, len);
    return NCT_SHARD + 1 + len;
}

static size_t make_row_key(int32_t by, const struct nct_directory_text *text, const struct nct_listed *subject,
                           unsigned char key[NCT_DIRECTORY_KEY_MAX]) {
    size_t len = make_key(by, text, key);
    key[len++] = '\0';
    memcpy(key + len, subject->id, subject->len);
    return len + subject->len;
}

static nct_status take_away(struct nct_unit *unit, const unsigned char *key, size_t len) {
    char nothing[1];
    nct_status status = nct_unit_get(unit, &nct_type_directory, key, len, nothing);
    if (status == NCT_OK)
        status = nct_unit_delete(unit, &nct_type_directory, key, len);
    return status == NCT_E_NOT_FOUND ? NCT_E_INTEGRITY : status;
}

static nct_status put(struct nct_unit *unit, const unsigned char *key, size_t len) {
    char nothing[1];
    nct_status status = nct_unit_get(unit, &nct_type_directory, key, len, nothing);
    return status == NCT_E_NOT_FOUND ? nct_unit_put(unit, &nct_type_directory, key, len, "") : status;
}

nct_status nct_directory_move(struct nct_unit *unit, int32_t by, const struct nct_listed *subject,
                              const struct nct_directory_text *before, const struct nct_directory_text *after) {
    unsigned char from[NCT_DIRECTORY_KEY_MAX], to[NCT_DIRECTORY_KEY_MAX];
    size_t from_len = before->len > 0 ? make_row_key(by, before, subject, from) : 0;
    size_t to_len = after->len > 0 ? make_row_key(by, after, subject, to) : 0;
    nct_status status = NCT_OK;
    if (from_len == to_len && memcmp(from, to, from_len) == 0)
        return NCT_OK;
    if (from_len > 0)
        status = take_away(unit, from, from_len);
    return status == NCT_OK && to_len > 0 ? put(unit, to, to_len) : status;
}

/* A cursor is the key of the last row; it lies in what is sought. */
static nct_status take_cursor(const char *after, size_t after_len, struct nct_directory_range *range) {
    size_t len = after_len / 2;
    if (NCT_MISSING(after))
        return NCT_E_ARGUMENT;
    if (len <= range->prefix_len || len > sizeof range->after || !nct_unhex(range->after, len, after, after_len) ||
        memcmp(range->after, range->prefix, range->prefix_len) != 0)
        return nct_about_argument(NCT_E_FORMAT, "after");
    range->after_len = len;
    return NCT_OK;
}

/* A name of two letters is sought with what follows every name. */
static void complete(int32_t by, struct nct_directory_text *text) {
    int is_name = by == NCT_SEARCH_NAME || by == NCT_DIRECTORY_PROVIDER;
    if (is_name && text->len > 0 && text->len < shared_bytes(by) && text->bytes[text->len - 1] != ' ')
        text->bytes[text->len++] = ' ';
}

/* What is sought, as the functions that search call it. */
static const char *argument_of(int32_t by) {
    return by == NCT_DIRECTORY_PROVIDER ? "name" : "text";
}

nct_status nct_directory_take(int32_t by, const char *text, size_t len, const char *after, size_t after_len,
                              size_t limit, struct nct_directory_range *range) {
    *range = (struct nct_directory_range){.by = by, .limit = limit};
    if (text == NULL)
        return nct_about_argument(NCT_E_ARGUMENT, argument_of(by));
    nct_directory_normalise(by, text, len, &range->text);
    complete(by, &range->text);
    if (range->text.len < shared_bytes(by))
        return nct_about_argument(NCT_E_TOO_SHORT, argument_of(by));
    range->prefix_len = make_key(by, &range->text, range->prefix);
    if (after_len > 0)
        return take_cursor(after, after_len, range);
    memcpy(range->after, range->prefix, range->prefix_len); /* no row has this key */
    range->after_len = range->prefix_len;
    return NCT_OK;
}

static int is_sought(const struct nct_directory_range *range, const struct nct_page_row *row) {
    return row->key_len > range->prefix_len && memcmp(row->key, range->prefix, range->prefix_len) == 0;
}

nct_status nct_directory_page(struct nct_portal *portal, const struct nct_directory_range *range, struct nct_page *page,
                              int32_t *more) {
    struct nct_look_range look = {&nct_type_directory, range->prefix,    NCT_SHARD,
                                  range->after,        range->after_len, range->limit};
    nct_status status = nct_look_page_once(portal, &look, page);
    size_t count = 0;
    while (status == NCT_OK && count < page->count && is_sought(range, &page->rows[count]))
        count++;
    *more = status == NCT_OK && count == range->limit;
    page->count = count;
    return status;
}

/* The text has no NUL. */
const unsigned char *nct_directory_subject(const struct nct_page_row *row, size_t *len) {
    const unsigned char *end = memchr(row->key + NCT_SHARD + 1, '\0', row->key_len - NCT_SHARD - 1);
    *len = end != NULL ? row->key_len - (size_t)(end + 1 - row->key) : 0;
    return *len > 0 ? end + 1 : NULL;
}

int nct_directory_fits(const struct nct_directory_range *range, const struct nct_directory_text *text) {
    return text->len >= range->text.len && memcmp(text->bytes, range->text.bytes, range->text.len) == 0;
}
