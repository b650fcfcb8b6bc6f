/* Listing applications, by provider and by who drafted them. */
#include "base/bytes.h"
#include "engine/handle/arguments.h"
#include "engine/records/request_types.h"
#include "engine/unit/look.h"
#include "policy/submissions.h"
#include "portal/application/handle.h"
#include "portal/registry/person.h"

#include <string.h>

#define CURSOR_ROOM (2 * NCT_APPLICATION_BY_PERSON_KEY_MAX + 1)

struct nct_application_list {
    struct nct_memory memory;
    struct nct_application *items;
    size_t count;
    int32_t more;
    char cursor[CURSOR_ROOM]; /* what follows the prefix of the last row looked at, in hexadecimal */
};

void nct_application_list_free(nct_application_list *list) {
    if (list == NULL)
        return;
    struct nct_memory memory = list->memory;
    nct_memory_give(&memory, list->items);
    nct_memory_give(&memory, list);
}

/* What a listing goes by. */
struct listing {
    const struct nct_record_type *type;
    unsigned char prefix[NCT_PERSON_ID];
    size_t prefix_len;
    int32_t state;
    unsigned char after[NCT_KEY_MAX]; /* a whole key */
    size_t after_len;
};

/* Provider and id stand at the end of both kinds of key. */
static int read_key(const struct listing *listing, const unsigned char *key, size_t len,
                    struct nct_application_at *where) {
    size_t skip = listing->type == &nct_type_application ? 0 : NCT_PERSON_ID;
    if (len < skip + 2 + NCT_APPLICATION_ID)
        return 0;
    size_t provider = len - skip - 1 - NCT_APPLICATION_ID;
    if (key[skip + provider] != '\0' ||
        !nct_copy_text(where->provider, sizeof where->provider, (const char *)key + skip, provider))
        return 0;
    memcpy(where->id, key + len - NCT_APPLICATION_ID, NCT_APPLICATION_ID);
    return 1;
}

struct reading {
    struct nct_application *item;
    uint64_t revision; /* of the row that was found; an application has not become older since, and is never removed */
};

static nct_status read_found(struct nct_unit *unit, void *argument) {
    const struct reading *reading = argument;
    uint64_t revision = 0;
    nct_status status = nct_application_read_at(unit, &reading->item->at, &revision);
    int older = status == NCT_E_NOT_FOUND || (status == NCT_OK && revision < reading->revision);
    if (status != NCT_OK || older)
        return older ? NCT_E_INTEGRITY : status;
    return nct_application_fill(unit, reading->item);
}

/* Each application is read with both its rows. */
static nct_status add_page(struct nct_portal *portal, const struct listing *listing, const struct nct_page *page,
                           nct_application_list *list) {
    nct_status status = NCT_OK;
    for (size_t i = 0; i < page->count && status == NCT_OK; i++) {
        const struct nct_page_row *row = &page->rows[i];
        struct nct_application *item = &list->items[list->count];
        if (!read_key(listing, row->key, row->key_len, &item->at))
            return NCT_E_INTEGRITY;
        nct_hex(list->cursor, row->key + listing->prefix_len, row->key_len - listing->prefix_len);
        struct reading reading = {item, row->revision};
        status = nct_unit_read(portal, read_found, &reading);
        list->count += status == NCT_OK && (listing->state == 0 || item->at.record.state == listing->state);
    }
    list->more = page->count == page->limit;
    return status;
}

static nct_status fill_list(struct nct_portal *portal, const struct listing *listing, size_t limit,
                            nct_application_list *list) {
    struct nct_page page;
    struct nct_look_range range = {listing->type,  listing->prefix,    listing->prefix_len,
                                   listing->after, listing->after_len, limit};
    nct_status status = nct_look_page_once(portal, &range, &page);
    if (status == NCT_OK) {
        list->items = nct_memory_take_array(&list->memory, page.count, sizeof *list->items);
        status = list->items != NULL ? add_page(portal, listing, &page, list) : NCT_E_NO_MEMORY;
    }
    nct_page_free(&page);
    return status;
}

static nct_status take_cursor(struct listing *listing, const char *after, size_t after_len) {
    struct nct_application_at where;
    size_t len = after_len / 2;
    if (after_len == 0)
        return NCT_OK;
    if (NCT_MISSING(after))
        return NCT_E_ARGUMENT;
    if (listing->prefix_len + len > sizeof listing->after)
        return nct_about_argument(NCT_E_FORMAT, "after");
    memcpy(listing->after, listing->prefix, listing->prefix_len);
    if (!nct_unhex(listing->after + listing->prefix_len, len, after, after_len))
        return nct_about_argument(NCT_E_FORMAT, "after");
    listing->after_len = listing->prefix_len + len;
    return read_key(listing, listing->after, listing->after_len, &where) ? NCT_OK
                                                                         : nct_about_argument(NCT_E_FORMAT, "after");
}

static nct_status make_list(struct nct_portal *portal, struct listing *listing, const char *after, size_t after_len,
                            size_t limit, nct_application_list **out) {
    nct_status status = nct_take_limit(limit);
    if (status == NCT_OK && listing->state != 0 && nct_state_name(listing->state) == NULL)
        status = NCT_E_ARGUMENT;
    if (status == NCT_OK)
        status = take_cursor(listing, after, after_len);
    if (status != NCT_OK)
        return status;
    nct_application_list *list = nct_memory_take(&portal->seams.memory, sizeof *list);
    if (list == NULL)
        return NCT_E_NO_MEMORY;
    list->memory = portal->seams.memory;
    status = fill_list(portal, listing, limit, list);
    if (status == NCT_OK)
        *out = list;
    else
        nct_application_list_free(list);
    return status;
}

nct_status nct_application_list_by_provider(nct_portal *portal, const char *provider, size_t provider_len,
                                            int32_t state, const char *after, size_t after_len, size_t limit,
                                            nct_application_list **out) {
    char canonical[NCT_PROVIDER_ROOM];
    struct listing listing = {.type = &nct_type_application, .state = state};
    if (out != NULL)
        *out = NULL;
    if (NCT_MISSING(portal) || NCT_MISSING(out))
        return NCT_E_ARGUMENT;
    nct_status status = nct_take_provider(provider, provider_len, canonical);
    if (status != NCT_OK)
        return status;
    listing.prefix_len = strlen(canonical) + 1;
    memcpy(listing.prefix, canonical, listing.prefix_len);
    return make_list(portal, &listing, after, after_len, limit, out);
}

struct finding {
    char ncid[NCT_NCID_ROOM];
    unsigned char *person;
};

static nct_status find_person(struct nct_unit *unit, void *argument) {
    const struct finding *finding = argument;
    struct nct_person_record record;
    return nct_person_behind(unit, finding->ncid, finding->person, &record);
}

nct_status nct_application_list_by_person(nct_portal *portal, const char *ncid, size_t ncid_len, int32_t state,
                                          const char *after, size_t after_len, size_t limit,
                                          nct_application_list **out) {
    struct listing listing = {.type = &nct_type_application_by_person, .prefix_len = NCT_PERSON_ID, .state = state};
    struct finding finding = {.person = listing.prefix};
    if (out != NULL)
        *out = NULL;
    if (NCT_MISSING(portal) || NCT_MISSING(out))
        return NCT_E_ARGUMENT;
    nct_status status = nct_take_ncid(ncid, ncid_len, finding.ncid);
    if (status == NCT_OK)
        status = nct_unit_read(portal, find_person, &finding);
    return status == NCT_OK ? make_list(portal, &listing, after, after_len, limit, out) : status;
}

size_t nct_application_list_count(const nct_application_list *list) {
    return list != NULL ? list->count : 0;
}

const nct_application *nct_application_list_at(const nct_application_list *list, size_t index) {
    return index < nct_application_list_count(list) ? &list->items[index] : NULL;
}

int32_t nct_application_list_more(const nct_application_list *list) {
    return list != NULL ? list->more : 0;
}

const char *nct_application_list_cursor(const nct_application_list *list) {
    return list != NULL ? list->cursor : NULL;
}
