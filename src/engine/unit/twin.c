#include "engine/unit/twin.h"

#include "base/bytes.h"
#include "engine/unit/fetch.h"

#include <string.h>

size_t nct_pair_key(const char *first, const char *second, unsigned char key[NCT_PAIR_KEY_MAX]) {
    size_t first_len = strlen(first);
    size_t second_len = strlen(second);
    memcpy(key, first, first_len + 1); /* its NUL separates: neither part can hold one */
    memcpy(key + first_len + 1, second, second_len);
    return first_len + 1 + second_len;
}

nct_status nct_pair_get(struct nct_unit *unit, const struct nct_pair *pair, const char *provider, const char *ncid,
                        void *record) {
    unsigned char key[NCT_PAIR_KEY_MAX];
    unsigned char mirror[NCT_PAIR_KEY_MAX];
    char nothing[1];
    size_t key_len = nct_pair_key(provider, ncid, key);
    size_t mirror_len = nct_pair_key(ncid, provider, mirror);
    nct_status status = nct_unit_get(unit, pair->by_provider, key, key_len, record);
    if (status == NCT_OK || status == NCT_E_NOT_FOUND)
        status = nct_unit_get(unit, pair->by_person, mirror, mirror_len, nothing);
    if (status != NCT_OK && status != NCT_E_NOT_FOUND)
        return status;
    uint64_t revision = nct_unit_revision(unit, pair->by_provider, key, key_len);
    if (revision == nct_unit_revision(unit, pair->by_person, mirror, mirror_len))
        return NCT_OK;
    return nct_unit_explain_mismatch(unit, pair->by_provider, key, key_len);
}

nct_status nct_pair_put(struct nct_unit *unit, const struct nct_pair *pair, const char *provider, const char *ncid,
                        const void *record) {
    unsigned char key[NCT_PAIR_KEY_MAX];
    nct_status status = nct_unit_put(unit, pair->by_provider, key, nct_pair_key(provider, ncid, key), record);
    if (status == NCT_OK)
        status = nct_unit_put(unit, pair->by_person, key, nct_pair_key(ncid, provider, key), "");
    return status;
}

/* The two names of a key. */
static int split(const unsigned char *key, size_t key_len, char first[NCT_PAIR_KEY_MAX],
                 char second[NCT_PAIR_KEY_MAX]) {
    const unsigned char *separator = memchr(key, '\0', key_len);
    if (separator == NULL || key_len > NCT_PAIR_KEY_MAX - 1)
        return 0;
    size_t second_len = key_len - (size_t)(separator - key) - 1;
    if (memchr(separator + 1, '\0', second_len) != NULL)
        return 0;
    memcpy(first, key, key_len - second_len);
    return nct_copy_text(second, NCT_PAIR_KEY_MAX, (const char *)separator + 1, second_len);
}

/* Proved before anything is staged: a sound row beside a spoiled one stays as it is. */
static nct_status prove(struct nct_unit *unit, const struct nct_pair *pair, const char *provider, const char *ncid) {
    const struct nct_memory *memory = &unit->portal->seams.memory;
    void *record = nct_memory_take(memory, pair->by_provider->size);
    if (record == NULL)
        return NCT_E_NO_MEMORY;
    nct_status status = nct_pair_get(unit, pair, provider, ncid, record);
    nct_memory_give_wiped(memory, record, pair->by_provider->size);
    return status;
}

nct_status nct_pair_reseal(struct nct_unit *unit, const struct nct_pair *pair, const unsigned char *key, size_t key_len,
                           int by_person) {
    char first[NCT_PAIR_KEY_MAX];
    char second[NCT_PAIR_KEY_MAX];
    unsigned char row[NCT_PAIR_KEY_MAX];
    if (!split(key, key_len, first, second))
        return NCT_E_INTEGRITY;
    const char *provider = by_person ? second : first;
    const char *ncid = by_person ? first : second;
    nct_status status = prove(unit, pair, provider, ncid);
    if (status == NCT_OK)
        status = nct_unit_reseal(unit, pair->by_provider, row, nct_pair_key(provider, ncid, row));
    if (status == NCT_OK)
        status = nct_unit_reseal(unit, pair->by_person, row, nct_pair_key(ncid, provider, row));
    return status;
}

/*
 * The same proof as nct_pair_get(): the two rows are at one revision. If they are not, and the first has not changed
 * meanwhile, no commit came between.
 */
nct_status nct_pair_read_at(struct nct_portal *portal, const struct nct_pair *pair, const char *provider,
                            const char *ncid, void *record, uint64_t *revision) {
    unsigned char key[NCT_PAIR_KEY_MAX];
    unsigned char mirror[NCT_PAIR_KEY_MAX];
    char nothing[1];
    size_t key_len = nct_pair_key(provider, ncid, key);
    size_t mirror_len = nct_pair_key(ncid, provider, mirror);
    uint64_t before = UINT64_MAX;
    int64_t tries = nct_policy_option(&portal->policy, NCT_OPTION_COMMIT_TRIES);
    for (int64_t i = 0; i < tries; i++) {
        uint64_t mirrored = 0;
        nct_status status = nct_fetch_record(portal, pair->by_provider, key, key_len, record, revision);
        if (status == NCT_OK && *revision == before)
            status = NCT_E_INTEGRITY;
        if (status == NCT_OK)
            status = nct_fetch_record(portal, pair->by_person, mirror, mirror_len, nothing, &mirrored);
        if (status != NCT_OK || *revision == mirrored)
            return status;
        before = *revision;
    }
    return NCT_E_BUSY;
}

nct_status nct_pair_read(struct nct_portal *portal, const struct nct_pair *pair, const char *provider, const char *ncid,
                         void *record) {
    uint64_t revision = 0;
    return nct_pair_read_at(portal, pair, provider, ncid, record, &revision);
}

/* The row without content tells: it moves with the other. */
nct_status nct_pair_unchanged(struct nct_portal *portal, const struct nct_pair *pair, const char *provider,
                              const char *ncid, uint64_t revision) {
    unsigned char mirror[NCT_PAIR_KEY_MAX];
    char nothing[1];
    uint64_t now = 0;
    size_t mirror_len = nct_pair_key(ncid, provider, mirror);
    nct_status status = nct_fetch_record(portal, pair->by_person, mirror, mirror_len, nothing, &now);
    return status == NCT_OK && now != revision ? NCT_E_CONFLICT : status;
}

static nct_status keep_names(const struct nct_page *rows, size_t prefix_len, struct nct_pair_page *page) {
    page->names = nct_memory_take_array(&page->memory, rows->count, sizeof *page->names);
    if (page->names == NULL)
        return NCT_E_NO_MEMORY;
    for (size_t i = 0; i < rows->count; i++, page->count++) {
        const struct nct_page_row *row = &rows->rows[i];
        const char *name = (const char *)row->key + prefix_len;
        if (!nct_copy_text(page->names[i], sizeof page->names[i], name, row->key_len - prefix_len))
            return NCT_E_INTEGRITY;
    }
    return NCT_OK;
}

nct_status nct_pair_scan(struct nct_portal *portal, const struct nct_pair_range *range, struct nct_pair_page *page) {
    struct nct_page rows;
    unsigned char prefix[NCT_PAIR_KEY_MAX];
    unsigned char after[NCT_PAIR_KEY_MAX];
    const struct nct_record_type *type = range->by_provider ? range->pair->by_provider : range->pair->by_person;
    size_t prefix_len = nct_pair_key(range->fixed, "", prefix);
    size_t after_len = range->after[0] != '\0' ? nct_pair_key(range->fixed, range->after, after) : 0;
    *page = (struct nct_pair_page){.memory = portal->seams.memory};
    nct_status status = nct_fetch_page(portal, type, prefix, prefix_len, after, after_len, range->limit, &rows);
    if (status == NCT_OK)
        status = keep_names(&rows, prefix_len, page);
    page->more = page->count == range->limit;
    nct_page_free(&rows);
    return status;
}

void nct_pair_page_free(struct nct_pair_page *page) {
    nct_memory_give(&page->memory, page->names);
    page->names = NULL;
    page->count = 0;
}
