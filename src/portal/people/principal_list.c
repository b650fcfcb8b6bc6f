/* Listing people on records, by provider and by person. */
#include "engine/handle/arguments.h"
#include "portal/registry/names.h"
#include "portal/registry/person.h"
#include "portal/registry/principals.h"

#include <nctracks/principal.h>

#include <string.h>

struct item {
    struct nct_pair_name place;
    char ncid[NCT_NCID_ROOM];
    struct nct_principal_record principal;
};

struct nct_principal_list {
    struct nct_memory memory;
    struct item *items;
    size_t count;
    int32_t more;
    char cursor[NCT_PERSON_CURSOR_ROOM]; /* the longer of the two kinds */
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
    struct nct_person_record record;
    nct_status status = nct_principal_get(unit, item->place.provider, item->place.person, &item->principal);
    if (status == NCT_OK)
        status = nct_person_get(unit, item->place.person, &record);
    nct_principal_address(&record, &item->principal);
    memcpy(item->ncid, record.ncid, sizeof item->ncid);
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
        struct item *item = &list->items[list->count];
        item->place = page.names[i];
        nct_pair_cursor(range, &item->place, list->cursor);
        status = nct_unit_read(portal, read_item, item);
        list->count += status == NCT_OK && item->principal.on_record.relationships != 0;
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
    struct nct_pair_name cursor;
    struct nct_pair_range range = {.pair = &nct_principal_pair, .provider = id, .limit = limit};
    if (out != NULL)
        *out = NULL;
    if (NCT_MISSING(portal) || NCT_MISSING(out))
        return NCT_E_ARGUMENT;
    nct_status status = nct_take_provider(provider, provider_len, id);
    if (status == NCT_OK)
        status = nct_take_cursor(&range, after, after_len, &cursor);
    return status == NCT_OK ? make_list(portal, &range, out) : status;
}

nct_status nct_principal_list_by_person(nct_portal *portal, const char *ncid, size_t ncid_len, const char *after,
                                        size_t after_len, size_t limit, nct_principal_list **out) {
    unsigned char person[NCT_PERSON_ID];
    struct nct_pair_name cursor;
    struct nct_pair_range range = {.pair = &nct_principal_pair, .person = person, .limit = limit};
    if (out != NULL)
        *out = NULL;
    if (NCT_MISSING(portal) || NCT_MISSING(out))
        return NCT_E_ARGUMENT;
    nct_status status = nct_take_person(portal, ncid, ncid_len, person);
    if (status == NCT_OK)
        status = nct_take_cursor(&range, after, after_len, &cursor);
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
    return at(list, index) != NULL ? at(list, index)->place.provider : NULL;
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
