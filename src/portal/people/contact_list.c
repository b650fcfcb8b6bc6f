/* The changes of contact data that wait, for the agency: contested addresses among them. */
#include "base/bytes.h"
#include "engine/handle/arguments.h"
#include "engine/unit/fetch.h"
#include "portal/people/contact.h"

#include <string.h>

#define CURSOR_ROOM (2 * NCT_PERSON_ID + 1)

struct nct_contact_request_list {
    struct nct_memory memory;
    struct nct_contact_request *items;
    size_t count;
    int32_t more;
    char cursor[CURSOR_ROOM];
};

struct reading {
    const unsigned char *person;
    struct nct_contact_request *item;
};

static nct_status read_item(struct nct_unit *unit, void *argument) {
    const struct reading *reading = argument;
    struct nct_person_record record;
    nct_status status = nct_unit_get(unit, &nct_type_person, reading->person, NCT_PERSON_ID, &record);
    if (status != NCT_OK)
        return status == NCT_E_NOT_FOUND ? NCT_E_INTEGRITY : status;
    memcpy(reading->item->ncid, record.ncid, sizeof record.ncid);
    return nct_contact_request_read(unit, reading->item);
}

/* One that was settled since the page was read is left out. */
static nct_status add_page(struct nct_portal *portal, const struct nct_page *page,
                           struct nct_contact_request_list *list) {
    nct_status status = NCT_OK;
    for (size_t i = 0; i < page->count && status == NCT_OK; i++) {
        struct reading reading = {page->rows[i].key, &list->items[list->count]};
        if (page->rows[i].key_len != NCT_PERSON_ID)
            return NCT_E_INTEGRITY;
        nct_hex(list->cursor, page->rows[i].key, NCT_PERSON_ID);
        status = nct_unit_read(portal, read_item, &reading);
        list->count += status == NCT_OK;
        if (status == NCT_E_NOT_FOUND || status == NCT_E_UNKNOWN_PERSON)
            status = NCT_OK;
    }
    list->more = page->count == page->limit;
    return status;
}

static nct_status fill(struct nct_portal *portal, const unsigned char *after, size_t after_len, size_t limit,
                       struct nct_contact_request_list *list) {
    struct nct_page page;
    nct_status status = nct_fetch_page(portal, &nct_type_contact, NULL, 0, after, after_len, limit, &page);
    if (status == NCT_OK) {
        list->items = nct_memory_take_array(&list->memory, page.count, sizeof *list->items);
        status = list->items != NULL ? add_page(portal, &page, list) : NCT_E_NO_MEMORY;
    }
    nct_page_free(&page);
    return status;
}

nct_status nct_contact_request_list_page(nct_portal *portal, const char *after, size_t after_len, size_t limit,
                                         nct_contact_request_list **out) {
    unsigned char person[NCT_PERSON_ID];
    if (out != NULL)
        *out = NULL;
    if (NCT_MISSING(portal) || NCT_MISSING(out))
        return NCT_E_ARGUMENT;
    nct_status status = nct_take_limit(limit);
    if (status == NCT_OK && after_len > 0 && !nct_unhex(person, sizeof person, after, after_len))
        status = nct_about_argument(NCT_E_FORMAT, "after");
    if (status != NCT_OK)
        return status;
    struct nct_contact_request_list *list = nct_memory_take(&portal->seams.memory, sizeof *list);
    if (list == NULL)
        return NCT_E_NO_MEMORY;
    list->memory = portal->seams.memory;
    status = fill(portal, person, after_len > 0 ? sizeof person : 0, limit, list);
    if (status == NCT_OK)
        *out = list;
    else
        nct_contact_request_list_free(list);
    return status;
}

void nct_contact_request_list_free(nct_contact_request_list *list) {
    if (list == NULL)
        return;
    struct nct_memory memory = list->memory;
    nct_memory_give(&memory, list->items);
    nct_memory_give(&memory, list);
}

size_t nct_contact_request_list_count(const nct_contact_request_list *list) {
    return list != NULL ? list->count : 0;
}

const nct_contact_request *nct_contact_request_list_at(const nct_contact_request_list *list, size_t index) {
    return index < nct_contact_request_list_count(list) ? &list->items[index] : NULL;
}

int32_t nct_contact_request_list_more(const nct_contact_request_list *list) {
    return list != NULL ? list->more : 0;
}

const char *nct_contact_request_list_cursor(const nct_contact_request_list *list) {
    return list != NULL ? list->cursor : NULL;
}
