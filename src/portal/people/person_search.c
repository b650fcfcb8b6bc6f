/* Finding people, for operators. */
#include "base/bytes.h"
#include "engine/handle/arguments.h"
#include "portal/access/person_view.h"

#include <string.h>

struct nct_person_list {
    struct nct_memory memory;
    struct nct_person *items;
    size_t count;
    int32_t more;
    char cursor[NCT_DIRECTORY_CURSOR_ROOM];
};

void nct_person_list_free(nct_person_list *list) {
    if (list == NULL)
        return;
    struct nct_memory memory = list->memory;
    nct_memory_give(&memory, list->items);
    nct_memory_give(&memory, list);
}

struct reading {
    const struct nct_directory_range *range;
    const unsigned char *person;
    struct nct_person *item;
    int fits;
};

/* Their own record counts: who has changed the text since is left out. */
static nct_status read_item(struct nct_unit *unit, void *argument) {
    struct reading *reading = argument;
    struct nct_person_record record;
    struct nct_directory_text text;
    nct_status status = nct_unit_get(unit, &nct_type_person, reading->person, NCT_PERSON_ID, &record);
    if (status != NCT_OK)
        return status == NCT_E_NOT_FOUND ? NCT_E_INTEGRITY : status;
    nct_person_text(&record, reading->range->by, &text);
    reading->fits = nct_directory_fits(reading->range, &text);
    return reading->fits ? nct_person_look(unit, NCT_VIEW_OPERATOR, reading->person, 0, reading->item) : NCT_OK;
}

static nct_status add_page(struct nct_portal *portal, const struct nct_directory_range *range,
                           const struct nct_page *page, struct nct_person_list *list) {
    list->items = nct_memory_take_array(&list->memory, page->count, sizeof *list->items);
    nct_status status = list->items != NULL ? NCT_OK : NCT_E_NO_MEMORY;
    for (size_t i = 0; i < page->count && status == NCT_OK; i++) {
        size_t len = 0;
        struct reading reading = {range, nct_directory_subject(&page->rows[i], &len), &list->items[list->count], 0};
        if (reading.person == NULL || len != NCT_PERSON_ID)
            return NCT_E_INTEGRITY;
        nct_hex(list->cursor, page->rows[i].key, page->rows[i].key_len);
        status = nct_unit_read(portal, read_item, &reading);
        list->count += status == NCT_OK && reading.fits;
    }
    return status;
}

static nct_status make_list(struct nct_portal *portal, const struct nct_directory_range *range, nct_person_list **out) {
    struct nct_page page;
    struct nct_person_list *list = nct_memory_take(&portal->seams.memory, sizeof *list);
    if (list == NULL)
        return NCT_E_NO_MEMORY;
    *list = (struct nct_person_list){.memory = portal->seams.memory};
    nct_status status = nct_directory_page(portal, range, &page, &list->more);
    if (status == NCT_OK)
        status = add_page(portal, range, &page, list);
    nct_page_free(&page);
    if (status == NCT_OK)
        *out = list;
    else
        nct_person_list_free(list);
    return status;
}

nct_status nct_person_search(nct_portal *portal, int32_t by, const char *text, size_t text_len, const char *after,
                             size_t after_len, size_t limit, nct_person_list **out) {
    struct nct_directory_range range;
    if (out != NULL)
        *out = NULL;
    if (NCT_MISSING(portal) || NCT_MISSING(out) || nct_search_name(by) == NULL)
        return NCT_E_ARGUMENT;
    nct_status status = nct_take_limit(limit);
    if (status == NCT_OK)
        status = nct_directory_take(by, text, text_len, after, after_len, limit, &range);
    return status == NCT_OK ? make_list(portal, &range, out) : status;
}

size_t nct_person_list_count(const nct_person_list *list) {
    return list != NULL ? list->count : 0;
}

const nct_person *nct_person_list_at(const nct_person_list *list, size_t index) {
    return index < nct_person_list_count(list) ? &list->items[index] : NULL;
}

int32_t nct_person_list_more(const nct_person_list *list) {
    return list != NULL ? list->more : 0;
}

const char *nct_person_list_cursor(const nct_person_list *list) {
    return list != NULL ? list->cursor : NULL;
}

const char *nct_search_name(int32_t by) {
    static const char *const names[] = {NULL, "ncid", "name", "email", "phone"};
    return by >= 0 && by <= NCT_SEARCH_PHONE ? names[by] : NULL;
}
