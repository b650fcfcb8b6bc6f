/* Listing people on records, by provider and by person. */
#include "engine/handle/arguments.h"
#include "portal/registry/person.h"
#include "portal/registry/principals.h"

#include <nctracks/principal.h>

#include <string.h>

struct item {
    char ncid[NCT_NCID_ROOM];
    char provider[NCT_PROVIDER_ROOM];
    struct nct_principal_record principal;
};

struct nct_principal_list {
    struct nct_memory memory;
    struct item *items;
    size_t count;
    int32_t more;
    char cursor[NCT_NCID_ROOM]; /* the longer of the two kinds of name */
};

void nct_principal_list_free(nct_principal_list *list) {
    if (list == NULL)
        return;
    struct nct_memory memory = list->memory;
    nct_memory_give(&memory, list->items);
    nct_memory_give(&memory, list);
}

/* Reads one person, both rows and their own record, as they are at one moment. */
static nct_status read_item(struct nct_unit *unit, void *argument) {
    struct item *item = argument;
    nct_status status = nct_principal_get(unit, item->provider, item->ncid, &item->principal);
    return status == NCT_OK ? nct_principal_address(unit, item->ncid, &item->principal) : status;
}

static nct_status add_item(struct nct_portal *portal, const struct nct_pair_range *range, const char *name,
                           struct nct_principal_list *list) {
    struct item *item = &list->items[list->count];
    const char *provider = range->by_provider ? range->fixed : name;
    const char *ncid = range->by_provider ? name : range->fixed;
    if (strlen(provider) >= sizeof item->provider)
        return NCT_E_INTEGRITY;
    memcpy(item->provider, provider, strlen(provider) + 1);
    memcpy(item->ncid, ncid, strlen(ncid) + 1);
    nct_status status = nct_unit_read(portal, read_item, item);
    list->count += status == NCT_OK && item->principal.on_record.relationships != 0;
    return status;
}

static nct_status fill_list(struct nct_portal *portal, const struct nct_pair_range *range,
                            struct nct_principal_list *list) {
    struct nct_pair_page page;
    nct_status status = nct_pair_scan(portal, range, &page);
    if (status == NCT_OK) {
        list->items = nct_memory_take_array(&list->memory, page.count, sizeof *list->items);
        status = list->items != NULL ? NCT_OK : NCT_E_NO_MEMORY;
    }
    for (size_t i = 0; i < page.count && status == NCT_OK; i++) {
        memcpy(list->cursor, page.names[i], sizeof list->cursor);
        status = add_item(portal, range, list->cursor, list);
    }
    list->more = page.more;
    nct_pair_page_free(&page);
    return status;
}

static nct_status make_list(struct nct_portal *portal, const struct nct_pair_range *range, nct_principal_list **out) {
    nct_status status = nct_take_limit(range->limit);
    if (status != NCT_OK)
        return status;
    struct nct_principal_list *list = nct_memory_take(&portal->seams.memory, sizeof *list);
    if (list == NULL)
        return NCT_E_NO_MEMORY;
    list->memory = portal->seams.memory;
    status = fill_list(portal, range, list);
    if (status == NCT_OK)
        *out = list;
    else
        nct_principal_list_free(list);
    return status;
}

nct_status nct_principal_list_by_provider(nct_portal *portal, const char *provider, size_t provider_len,
                                          const char *after, size_t after_len, size_t limit, nct_principal_list **out) {
    char id[NCT_PROVIDER_ROOM];
    char cursor[NCT_NCID_ROOM] = "";
    if (out != NULL)
        *out = NULL;
    if (portal == NULL || out == NULL)
        return NCT_E_ARGUMENT;
    nct_status status = nct_take_provider(provider, provider_len, id);
    if (status == NCT_OK && after_len > 0)
        status = nct_take_ncid(after, after_len, cursor);
    struct nct_pair_range range = {&nct_principal_pair, 1, id, cursor, limit};
    return status == NCT_OK ? make_list(portal, &range, out) : status;
}

nct_status nct_principal_list_by_person(nct_portal *portal, const char *ncid, size_t ncid_len, const char *after,
                                        size_t after_len, size_t limit, nct_principal_list **out) {
    char id[NCT_NCID_ROOM];
    char cursor[NCT_PROVIDER_ROOM] = "";
    if (out != NULL)
        *out = NULL;
    if (portal == NULL || out == NULL)
        return NCT_E_ARGUMENT;
    nct_status status = nct_take_ncid(ncid, ncid_len, id);
    if (status == NCT_OK && after_len > 0)
        status = nct_take_provider(after, after_len, cursor);
    struct nct_pair_range range = {&nct_principal_pair, 0, id, cursor, limit};
    return status == NCT_OK ? make_list(portal, &range, out) : status;
}

size_t nct_principal_list_count(const nct_principal_list *list) {
    return list != NULL ? list->count : 0;
}

int32_t nct_principal_list_more(const nct_principal_list *list) {
    return list != NULL ? list->more : 0;
}

const char *nct_principal_list_cursor(const nct_principal_list *list) {
    return list != NULL ? list->cursor : NULL;
}

static const struct item *at(const nct_principal_list *list, size_t index) {
    return index < nct_principal_list_count(list) ? &list->items[index] : NULL;
}

const char *nct_principal_list_ncid(const nct_principal_list *list, size_t index) {
    return at(list, index) != NULL ? at(list, index)->ncid : NULL;
}

const char *nct_principal_list_provider(const nct_principal_list *list, size_t index) {
    return at(list, index) != NULL ? at(list, index)->provider : NULL;
}

uint64_t nct_principal_list_relationships(const nct_principal_list *list, size_t index) {
    return at(list, index) != NULL ? at(list, index)->principal.on_record.relationships : 0;
}

int64_t nct_principal_list_valid_from(const nct_principal_list *list, size_t index) {
    return at(list, index) != NULL ? at(list, index)->principal.on_record.valid_from : 0;
}

int64_t nct_principal_list_valid_until(const nct_principal_list *list, size_t index) {
    return at(list, index) != NULL ? at(list, index)->principal.on_record.valid_until : 0;
}

int64_t nct_principal_list_recorded_at(const nct_principal_list *list, size_t index) {
    return at(list, index) != NULL ? at(list, index)->principal.recorded_at : 0;
}

const char *nct_principal_list_name(const nct_principal_list *list, size_t index) {
    return at(list, index) != NULL ? at(list, index)->principal.name : NULL;
}

const char *nct_principal_list_email(const nct_principal_list *list, size_t index) {
    return at(list, index) != NULL ? at(list, index)->principal.email : NULL;
}
