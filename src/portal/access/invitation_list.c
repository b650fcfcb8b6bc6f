/* Listing invitations: a provider's, and what waits for a person. */
#include "base/bytes.h"
#include "engine/handle/arguments.h"
#include "engine/unit/look.h"
#include "portal/access/invitation.h"
#include "portal/registry/grant.h"
#include "portal/registry/names.h"

#include <nctracks/invitation.h>

#include <string.h>

#define CURSOR_ROOM (2 * NCT_INVITATION_KEY_MAX + 1)

struct item {
    struct nct_invitation_at at;
    char id[NCT_INVITATION_ID_LENGTH + 1];
    char ncid[NCT_NCID_ROOM];
    char by[NCT_NCID_ROOM];
    int64_t lapses_at;
};

struct nct_invitation_list {
    struct nct_memory memory;
    struct item *items;
    size_t count;
    int32_t more;
    char cursor[CURSOR_ROOM]; /* what follows the prefix of the last row looked at, in hexadecimal */
};

void nct_invitation_list_free(nct_invitation_list *list) {
    if (list == NULL)
        return;
    struct nct_memory memory = list->memory;
    nct_memory_give(&memory, list->items);
    nct_memory_give(&memory, list);
}

/* What a listing goes by. */
struct listing {
    const struct nct_record_type *type;
    unsigned char prefix[NCT_PERSON_ID]; /* a provider's id and NUL, or a person's id */
    size_t prefix_len;
    unsigned char after[NCT_KEY_MAX]; /* a whole key */
    size_t after_len;
};

static int is_by_person(const struct listing *listing) {
    return listing->type == &nct_type_invitation_by_person;
}

/* Where a row leads to: a person's key has theirs behind their id. */
static int read_key(const struct listing *listing, const unsigned char *key, size_t len, struct nct_invitation_at *at) {
    unsigned char whole[NCT_KEY_MAX] = {0};
    if (is_by_person(listing))
        return nct_invitation_parse(key, len, at);
    if (len > sizeof whole - NCT_PERSON_ID)
        return 0;
    memcpy(whole + NCT_PERSON_ID, key, len);
    return nct_invitation_parse(whole, NCT_PERSON_ID + len, at);
}

static nct_status read_names(struct nct_unit *unit, void *argument) {
    struct item *item = argument;
    const struct nct_invitation_record *record = &item->at.record;
    nct_hex(item->id, item->at.id, NCT_INVITATION_ID);
    item->lapses_at = nct_invitation_lapses_at(&unit->portal->policy, record);
    nct_status status = nct_ncid_of(unit, record->person, item->ncid);
    return status == NCT_OK ? nct_ncid_of(unit, record->by, item->by) : status;
}

/* One that is gone meanwhile has no role. */
static nct_status read_item(struct nct_unit *unit, void *argument) {
    struct item *item = argument;
    nct_status status = nct_invitation_get(unit, &item->at);
    if (status != NCT_E_NOT_FOUND)
        return status == NCT_OK ? read_names(unit, item) : status;
    item->at.record.role = NCT_ROLE_NONE;
    return NCT_OK;
}

/* A provider's rows were all looked at with the page: they are what they say. */
static nct_status read_row(struct nct_portal *portal, const struct listing *listing, const struct nct_page_row *row,
                           struct item *item) {
    if (!read_key(listing, row->key, row->key_len, &item->at))
        return NCT_E_INTEGRITY;
    if (is_by_person(listing))
        return nct_unit_read(portal, read_item, item);
    nct_status status = nct_record_decode(&nct_type_invitation, row->content, row->len, &item->at.record);
    return status == NCT_OK ? nct_unit_read(portal, read_names, item) : status;
}

/* Somebody is shown what they can still answer. */
static int is_shown(const struct nct_portal *portal, const struct listing *listing, const struct item *item,
                    int64_t now) {
    if (!is_by_person(listing))
        return 1;
    return item->at.record.role != NCT_ROLE_NONE && nct_invitation_waits(&portal->policy, &item->at.record, now);
}

static nct_status add_page(struct nct_portal *portal, const struct listing *listing, const struct nct_page *page,
                           int64_t now, struct nct_invitation_list *list) {
    for (size_t i = 0; i < page->count; i++) {
        const struct nct_page_row *row = &page->rows[i];
        struct item *item = &list->items[list->count];
        nct_status status = read_row(portal, listing, row, item);
        if (status != NCT_OK)
            return status;
        nct_hex(list->cursor, row->key + listing->prefix_len, row->key_len - listing->prefix_len);
        list->count += (size_t)is_shown(portal, listing, item, now);
    }
    list->more = page->count == page->limit;
    return NCT_OK;
}

static nct_status fill_list(struct nct_portal *portal, const struct listing *listing, size_t limit,
                            struct nct_invitation_list *list) {
    struct nct_page page;
    int64_t now = 0;
    struct nct_look_range range = {listing->type,  listing->prefix,    listing->prefix_len,
                                   listing->after, listing->after_len, limit};
    nct_status status = nct_seams_now(&portal->seams, &now);
    if (status != NCT_OK)
        return status;
    status = nct_look_page_once(portal, &range, &page);
    if (status == NCT_OK) {
        list->items = nct_memory_take_array(&list->memory, page.count, sizeof *list->items);
        status = list->items != NULL ? add_page(portal, listing, &page, now, list) : NCT_E_NO_MEMORY;
    }
    nct_page_free(&page);
    return status;
}

static nct_status take_cursor(struct listing *listing, const char *after, size_t after_len) {
    struct nct_invitation_at at;
    size_t len = after_len / 2;
    if (after_len == 0)
        return NCT_OK;
    if (after == NULL)
        return NCT_E_ARGUMENT;
    if (after_len >= CURSOR_ROOM)
        return NCT_E_FORMAT;
    memcpy(listing->after, listing->prefix, listing->prefix_len);
    if (!nct_unhex(listing->after + listing->prefix_len, len, after, after_len))
        return NCT_E_FORMAT;
    listing->after_len = listing->prefix_len + len;
    return read_key(listing, listing->after, listing->after_len, &at) ? NCT_OK : NCT_E_FORMAT;
}

static nct_status make_list(struct nct_portal *portal, struct listing *listing, const char *after, size_t after_len,
                            size_t limit, nct_invitation_list **out) {
    nct_status status = nct_take_limit(limit);
    if (status == NCT_OK)
        status = nct_about_argument(take_cursor(listing, after, after_len), "after");
    if (status != NCT_OK)
        return status;
    struct nct_invitation_list *list = nct_memory_take(&portal->seams.memory, sizeof *list);
    if (list == NULL)
        return NCT_E_NO_MEMORY;
    list->memory = portal->seams.memory;
    status = fill_list(portal, listing, limit, list);
    if (status == NCT_OK)
        *out = list;
    else
        nct_invitation_list_free(list);
    return status;
}

nct_status nct_invitation_list_by_provider(nct_portal *portal, const char *provider, size_t provider_len,
                                           const char *after, size_t after_len, size_t limit,
                                           nct_invitation_list **out) {
    char id[NCT_PROVIDER_ROOM];
    struct listing listing = {.type = &nct_type_invitation};
    if (out != NULL)
        *out = NULL;
    if (NCT_MISSING(portal) || NCT_MISSING(out))
        return NCT_E_ARGUMENT;
    nct_status status = nct_take_provider(provider, provider_len, id);
    if (status != NCT_OK)
        return status;
    listing.prefix_len = strlen(id) + 1;
    memcpy(listing.prefix, id, listing.prefix_len);
    return make_list(portal, &listing, after, after_len, limit, out);
}

nct_status nct_invitation_list_by_person(nct_portal *portal, const char *ncid, size_t ncid_len, const char *after,
                                         size_t after_len, size_t limit, nct_invitation_list **out) {
    struct listing listing = {.type = &nct_type_invitation_by_person, .prefix_len = NCT_PERSON_ID};
    if (out != NULL)
        *out = NULL;
    if (NCT_MISSING(portal) || NCT_MISSING(out))
        return NCT_E_ARGUMENT;
    nct_status status = nct_take_person(portal, ncid, ncid_len, listing.prefix);
    return status == NCT_OK ? make_list(portal, &listing, after, after_len, limit, out) : status;
}

size_t nct_invitation_list_count(const nct_invitation_list *list) {
    return list != NULL ? list->count : 0;
}

int32_t nct_invitation_list_more(const nct_invitation_list *list) {
    return list != NULL ? list->more : 0;
}

const char *nct_invitation_list_cursor(const nct_invitation_list *list) {
    return list != NULL ? list->cursor : NULL;
}

static const struct item *at(const nct_invitation_list *list, size_t index) {
    return index < nct_invitation_list_count(list) ? &list->items[index] : NULL;
}

const char *nct_invitation_list_id(const nct_invitation_list *list, size_t index) {
    return at(list, index) != NULL ? at(list, index)->id : NULL;
}

const char *nct_invitation_list_provider(const nct_invitation_list *list, size_t index) {
    return at(list, index) != NULL ? at(list, index)->at.provider : NULL;
}

const char *nct_invitation_list_ncid(const nct_invitation_list *list, size_t index) {
    return at(list, index) != NULL ? at(list, index)->ncid : NULL;
}

const char *nct_invitation_list_email(const nct_invitation_list *list, size_t index) {
    return at(list, index) != NULL ? at(list, index)->at.record.email : NULL;
}

const char *nct_invitation_list_invited_by(const nct_invitation_list *list, size_t index) {
    return at(list, index) != NULL ? at(list, index)->by : NULL;
}

int32_t nct_invitation_list_role(const nct_invitation_list *list, size_t index) {
    return at(list, index) != NULL ? at(list, index)->at.record.role : NCT_ROLE_NONE;
}

uint64_t nct_invitation_list_rights(const nct_invitation_list *list, size_t index) {
    return at(list, index) != NULL ? at(list, index)->at.record.rights : 0;
}

int64_t nct_invitation_list_valid_from(const nct_invitation_list *list, size_t index) {
    return at(list, index) != NULL ? at(list, index)->at.record.valid_from : 0;
}

int64_t nct_invitation_list_valid_until(const nct_invitation_list *list, size_t index) {
    return at(list, index) != NULL ? at(list, index)->at.record.valid_until : 0;
}

int64_t nct_invitation_list_sent_at(const nct_invitation_list *list, size_t index) {
    return at(list, index) != NULL ? at(list, index)->at.record.sent_at : 0;
}

int32_t nct_invitation_list_sent(const nct_invitation_list *list, size_t index) {
    return at(list, index) != NULL ? (int32_t)at(list, index)->at.record.sent : 0;
}

int64_t nct_invitation_list_lapses_at(const nct_invitation_list *list, size_t index) {
    return at(list, index) != NULL ? at(list, index)->lapses_at : 0;
}
