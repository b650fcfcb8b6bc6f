#include "engine/unit/twin.h"

#include "base/bytes.h"
#include "engine/unit/ledger_append.h"
#include "engine/unit/look.h"

#include <string.h>

size_t nct_pair_key(const char *provider, const unsigned char person[NCT_PERSON_ID],
                    unsigned char key[NCT_PAIR_KEY_MAX]) {
    size_t len = strlen(provider) + 1; /* its NUL ends it: no provider id has one */
    memcpy(key, provider, len);
    memcpy(key + len, person, NCT_PERSON_ID);
    return len + NCT_PERSON_ID;
}

static size_t mirror_key(const char *provider, const unsigned char person[NCT_PERSON_ID],
                         unsigned char key[NCT_PAIR_KEY_MAX]) {
    memcpy(key, person, NCT_PERSON_ID);
    memcpy(key + NCT_PERSON_ID, provider, strlen(provider));
    return NCT_PERSON_ID + strlen(provider);
}

/* The record a key belongs to. */
static int parse(const unsigned char *key, size_t len, int by_person, struct nct_pair_name *name) {
    size_t end = by_person ? 0 : 1; /* the NUL */
    if (len <= NCT_PERSON_ID + end)
        return 0;
    size_t provider = len - NCT_PERSON_ID - end;
    memcpy(name->person, by_person ? key : key + provider + 1, NCT_PERSON_ID);
    const char *text = (const char *)key + (by_person ? NCT_PERSON_ID : 0);
    return (by_person || key[provider] == '\0') &&
           nct_copy_text(name->provider, sizeof name->provider, text, provider) && strlen(name->provider) == provider;
}

/* The head of the provider's stream comes first: what changes a record moves it. */
nct_status nct_pair_get_twins(struct nct_unit *unit, const struct nct_pair *pair, const char *provider,
                              const unsigned char person[NCT_PERSON_ID], void *record) {
    struct nct_stream stream = nct_stream_of_provider(provider);
    struct nct_stream_head head;
    unsigned char key[NCT_PAIR_KEY_MAX];
    unsigned char mirror[NCT_PAIR_KEY_MAX];
    char nothing[1];
    size_t key_len = nct_pair_key(provider, person, key);
    size_t mirror_len = mirror_key(provider, person, mirror);
    nct_status status = NCT_OK;
    if (nct_rows_are_own(unit->portal)) {
        status = nct_unit_get(unit, pair->by_provider, key, key_len, record);
        return status == NCT_E_NOT_FOUND ? NCT_OK : status;
    }
    status = nct_unit_get(unit, &nct_type_stream, stream.key, stream.len, &head);
    if (status == NCT_OK || status == NCT_E_NOT_FOUND)
        status = nct_unit_get(unit, pair->by_provider, key, key_len, record);
    if (status == NCT_OK || status == NCT_E_NOT_FOUND)
        status = nct_unit_get(unit, pair->by_person, mirror, mirror_len, nothing);
    if (status != NCT_OK && status != NCT_E_NOT_FOUND)
        return status;
    uint64_t revision = nct_unit_revision(unit, pair->by_provider, key, key_len);
    return revision == nct_unit_revision(unit, pair->by_person, mirror, mirror_len) ? NCT_OK : NCT_E_INTEGRITY;
}

nct_status nct_pair_get(struct nct_unit *unit, const struct nct_pair *pair, const char *provider,
                        const unsigned char person[NCT_PERSON_ID], void *record) {
    unsigned char mirror[NCT_PAIR_KEY_MAX];
    char nothing[1];
    nct_status status = nct_pair_get_twins(unit, pair, provider, person, record);
    if (status != NCT_OK || nct_rows_are_own(unit->portal))
        return status;
    size_t len = mirror_key(provider, person, mirror);
    status = nct_look_get(unit, pair->by_person, mirror, len, NCT_PERSON_ID, nothing, NULL);
    return status == NCT_E_NOT_FOUND ? NCT_OK : status;
}

nct_status nct_pair_put(struct nct_unit *unit, const struct nct_pair *pair, const char *provider,
                        const unsigned char person[NCT_PERSON_ID], const void *record) {
    unsigned char key[NCT_PAIR_KEY_MAX];
    char nothing[1];
    nct_status status = nct_unit_put(unit, pair->by_provider, key, nct_pair_key(provider, person, key), record);
    size_t len = mirror_key(provider, person, key);
    if (status == NCT_OK)
        status = nct_unit_get(unit, pair->by_person, key, len, nothing);
    if (status == NCT_OK || status == NCT_E_NOT_FOUND)
        status = nct_unit_put(unit, pair->by_person, key, len, "");
    return status;
}

/* Proved before anything is staged: a sound row beside a spoiled one stays as it is. */
static nct_status prove(struct nct_unit *unit, const struct nct_pair *pair, const struct nct_pair_name *name) {
    const struct nct_memory *memory = &unit->portal->seams.memory;
    void *record = nct_memory_take(memory, pair->by_provider->size);
    if (record == NULL)
        return NCT_E_NO_MEMORY;
    nct_status status = nct_pair_get(unit, pair, name->provider, name->person, record);
    nct_memory_give_wiped(memory, record, pair->by_provider->size);
    return status;
}

nct_status nct_pair_reseal(struct nct_unit *unit, const struct nct_pair *pair, const unsigned char *key, size_t key_len,
                           int by_person) {
    struct nct_pair_name name;
    unsigned char row[NCT_PAIR_KEY_MAX];
    if (!parse(key, key_len, by_person, &name))
        return NCT_E_INTEGRITY;
    nct_status status = prove(unit, pair, &name);
    if (status == NCT_OK)
        status = nct_unit_reseal(unit, pair->by_provider, row, nct_pair_key(name.provider, name.person, row));
    if (status == NCT_OK)
        status = nct_unit_reseal(unit, pair->by_person, row, mirror_key(name.provider, name.person, row));
    return status;
}

static nct_status keep_names(const struct nct_page *rows, int by_person, struct nct_pair_page *page) {
    page->names = nct_memory_take_array(&page->memory, rows->count, sizeof *page->names);
    if (page->names == NULL)
        return NCT_E_NO_MEMORY;
    for (size_t i = 0; i < rows->count; i++, page->count++)
        if (!parse(rows->rows[i].key, rows->rows[i].key_len, by_person, &page->names[i]))
            return NCT_E_INTEGRITY;
    return NCT_OK;
}

static size_t key_of(const struct nct_pair_name *name, int by_person, unsigned char key[NCT_PAIR_KEY_MAX]) {
    return by_person ? mirror_key(name->provider, name->person, key) : nct_pair_key(name->provider, name->person, key);
}

nct_status nct_pair_scan(struct nct_portal *portal, const struct nct_pair_range *range, struct nct_pair_page *page) {
    struct nct_page rows;
    unsigned char after[NCT_PAIR_KEY_MAX];
    int by_person = range->provider == NULL;
    const struct nct_record_type *type = by_person ? range->pair->by_person : range->pair->by_provider;
    const void *prefix = by_person ? (const void *)range->person : range->provider;
    size_t prefix_len = by_person ? (range->person != NULL ? NCT_PERSON_ID : 0) : strlen(range->provider) + 1;
    size_t after_len = range->after != NULL ? key_of(range->after, by_person, after) : 0;
    *page = (struct nct_pair_page){.memory = portal->seams.memory};
    struct nct_look_range looked = {type, prefix, prefix_len, after, after_len, range->limit};
    nct_status status = prefix_len > 0 ? nct_look_page_once(portal, &looked, &rows)
                                       : nct_fetch_page(portal, type, NULL, 0, after, after_len, range->limit, &rows);
    if (status == NCT_OK)
        status = keep_names(&rows, by_person, page);
    page->more = page->count == range->limit;
    nct_page_free(&rows);
    return status;
}

void nct_pair_page_free(struct nct_pair_page *page) {
    nct_memory_give(&page->memory, page->names);
    page->names = NULL;
    page->count = 0;
}

struct visiting {
    nct_pair_visitor *visitor;
    void *argument;
    int by_person;
    int enough;
};

/* The look goes on to its end, also for a visitor that has had enough. */
static nct_status visit(struct nct_unit *unit, const struct nct_page_row *row, void *argument) {
    struct visiting *visiting = argument;
    struct nct_pair_name name;
    if (!parse(row->key, row->key_len, visiting->by_person, &name))
        return NCT_E_INTEGRITY;
    nct_status status = visiting->enough ? NCT_OK : visiting->visitor(unit, &name, visiting->argument);
    visiting->enough |= status == NCT_PAIR_ENOUGH;
    return visiting->enough ? NCT_OK : status;
}

/* The first of all there are, whosesoever: nobody owns them all. */
static nct_status visit_page(struct nct_unit *unit, const struct nct_pair_range *range, nct_pair_visitor *visitor,
                             void *argument) {
    struct nct_pair_page page;
    nct_status status = nct_pair_scan(unit->portal, range, &page);
    for (size_t i = 0; i < page.count && status == NCT_OK; i++)
        status = visitor(unit, &page.names[i], argument);
    nct_pair_page_free(&page);
    return status == NCT_PAIR_ENOUGH ? NCT_OK : status;
}

nct_status nct_pair_each_of(struct nct_unit *unit, struct nct_pair_range range, nct_pair_visitor *visitor,
                            void *argument) {
    struct visiting visiting = {visitor, argument, range.provider == NULL, 0};
    const void *owner = range.provider != NULL ? range.provider : (const void *)range.person;
    size_t len = range.provider != NULL ? strlen(range.provider) + 1 : NCT_PERSON_ID;
    if (owner == NULL)
        return visit_page(unit, &range, visitor, argument);
    return nct_look(unit, visiting.by_person ? range.pair->by_person : range.pair->by_provider, owner, len, visit,
                    &visiting);
}

nct_status nct_pair_each(struct nct_unit *unit, const struct nct_pair *pair, const char *provider,
                         const unsigned char *person, nct_pair_visitor *visitor, void *argument) {
    const struct nct_pair_range range = {pair, provider, person, NULL, NCT_PAIR_PAGE};
    return nct_pair_each_of(unit, range, visitor, argument);
}
