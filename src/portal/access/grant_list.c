#include "portal/access/grant_list.h"

#include "base/bytes.h"
#include "engine/handle/arguments.h"
#include "portal/registry/names.h"

#include <nctracks/group.h>
#include <nctracks/person.h>
#include <nctracks/question.h>

#include <string.h>

struct nct_grant_list {
    struct nct_memory memory;
    const struct nct_policy *policy; /* the portal's, which lives longer */
    struct nct_grant_item *items;
    struct nct_person *people; /* one beside each item; NULL where they were not asked for */
    size_t count;
    int32_t more;
    char cursor[NCT_PERSON_CURSOR_ROOM]; /* the longer of the two kinds */
};

void nct_grant_list_free(nct_grant_list *list) {
    if (list == NULL)
        return;
    struct nct_memory memory = list->memory;
    nct_memory_give(&memory, list->items);
    nct_memory_give(&memory, list->people);
    nct_memory_give(&memory, list);
}

/* What a listing goes by. */
struct listing {
    struct nct_pair_range range;
    const struct nct_grant_filter *filter;
    int32_t view; /* of the people; 0: they are not asked for */
};

/* A grant at work. */
struct reading {
    const struct listing *listing;
    struct nct_grant_item *item;
    struct nct_person *person; /* NULL: not asked for */
    int kept;
};

static nct_status read_names(struct nct_unit *unit, struct nct_grant_item *item) {
    nct_status status = nct_ncid_of(unit, item->name.person, item->ncid);
    if (status == NCT_OK)
        status = nct_ncid_of(unit, item->grant.granted_by, item->granted_by);
    return status == NCT_OK ? nct_ncid_of(unit, item->grant.certified_by, item->certified_by) : status;
}

/* Both its rows: the scanned row alone could have been put back. */
static nct_status read_item(struct nct_unit *unit, void *argument) {
    struct reading *reading = argument;
    struct nct_grant_item *item = reading->item;
    const struct nct_grant_filter *filter = reading->listing->filter;
    reading->kept = 0;
    nct_status status = nct_grant_get(unit, item->name.provider, item->name.person, &item->grant);
    if (status != NCT_OK || item->grant.role == NCT_ROLE_NONE)
        return status;
    status = nct_standing_get(unit, item->name.provider, &item->grant, &item->standing);
    if (status == NCT_OK)
        status = read_names(unit, item);
    if (status == NCT_OK && reading->person != NULL)
        status = nct_person_look(unit, reading->listing->view, item->name.person, !item->standing.terminated,
                                 reading->person);
    if (status == NCT_OK && filter != NULL)
        status = filter->keeps(unit, item, filter->argument);
    reading->kept = status == NCT_OK;
    return nct_status_category(status) == NCT_CATEGORY_RULE ? NCT_OK : status;
}

static nct_status take_room(struct nct_grant_list *list, size_t count, int32_t view) {
    list->items = nct_memory_take_array(&list->memory, count, sizeof *list->items);
    if (view != 0)
        list->people = nct_memory_take_array(&list->memory, count, sizeof *list->people);
    return list->items != NULL && (view == 0 || list->people != NULL) ? NCT_OK : NCT_E_NO_MEMORY;
}

static nct_status fill_list(struct nct_portal *portal, const struct listing *listing, struct nct_grant_list *list) {
    struct nct_pair_page page;
    nct_status status = nct_pair_scan(portal, &listing->range, &page);
    if (status == NCT_OK)
        status = take_room(list, page.count, listing->view);
    for (size_t i = 0; i < page.count && status == NCT_OK; i++) {
        struct nct_person *person = list->people != NULL ? &list->people[list->count] : NULL;
        struct reading reading = {listing, &list->items[list->count], person, 0};
        reading.item->name = page.names[i];
        nct_pair_cursor(&listing->range, &page.names[i], list->cursor);
        status = nct_unit_read(portal, read_item, &reading);
        list->count += (size_t)reading.kept;
    }
    list->more = page.more;
    nct_pair_page_free(&page);
    return status;
}

static nct_status make_list(struct nct_portal *portal, const struct listing *listing, nct_grant_list **out) {
    nct_status status = nct_take_limit(listing->range.limit);
    if (status != NCT_OK)
        return status;
    struct nct_grant_list *list = nct_memory_take(&portal->seams.memory, sizeof *list);
    if (list == NULL)
        return NCT_E_NO_MEMORY;
    list->memory = portal->seams.memory;
    list->policy = &portal->policy;
    status = fill_list(portal, listing, list);
    if (status == NCT_OK)
        *out = list;
    else
        nct_grant_list_free(list);
    return status;
}

nct_status nct_grants_by_provider(nct_portal *portal, const char *provider, size_t provider_len, const char *after,
                                  size_t after_len, size_t limit, const struct nct_grant_filter *filter,
                                  nct_grant_list **out) {
    char id[NCT_PROVIDER_ROOM];
    struct nct_pair_name cursor;
    struct listing listing = {{.pair = &nct_grant_pair, .provider = id, .limit = limit}, filter, 0};
    if (out != NULL)
        *out = NULL;
    if (NCT_MISSING(portal) || NCT_MISSING(out))
        return NCT_E_ARGUMENT;
    nct_status status = nct_take_provider(provider, provider_len, id);
    if (status == NCT_OK)
        status = nct_take_cursor(&listing.range, after, after_len, &cursor);
    return status == NCT_OK ? make_list(portal, &listing, out) : status;
}

nct_status nct_grants_by_person(nct_portal *portal, const char *ncid, size_t ncid_len, const char *after,
                                size_t after_len, size_t limit, const struct nct_grant_filter *filter,
                                nct_grant_list **out) {
    unsigned char person[NCT_PERSON_ID];
    struct nct_pair_name cursor;
    struct listing listing = {{.pair = &nct_grant_pair, .person = person, .limit = limit}, filter, 0};
    if (out != NULL)
        *out = NULL;
    if (NCT_MISSING(portal) || NCT_MISSING(out))
        return NCT_E_ARGUMENT;
    nct_status status = nct_take_person(portal, ncid, ncid_len, person);
    if (status == NCT_OK)
        status = nct_take_cursor(&listing.range, after, after_len, &cursor);
    return status == NCT_OK ? make_list(portal, &listing, out) : status;
}

nct_status nct_grants_with_people(nct_portal *portal, int32_t view, const char *provider, const char *after,
                                  size_t after_len, size_t limit, nct_grant_list **out) {
    struct nct_pair_name cursor;
    struct listing listing = {{.pair = &nct_grant_pair, .provider = provider, .limit = limit}, NULL, view};
    nct_status status = nct_take_cursor(&listing.range, after, after_len, &cursor);
    return status == NCT_OK ? make_list(portal, &listing, out) : status;
}

nct_status nct_access_list_by_provider(nct_portal *portal, const char *provider, size_t provider_len, const char *after,
                                       size_t after_len, size_t limit, nct_grant_list **out) {
    return nct_grants_by_provider(portal, provider, provider_len, after, after_len, limit, NULL, out);
}

nct_status nct_access_list_by_person(nct_portal *portal, const char *ncid, size_t ncid_len, const char *after,
                                     size_t after_len, size_t limit, nct_grant_list **out) {
    return nct_grants_by_person(portal, ncid, ncid_len, after, after_len, limit, NULL, out);
}

static nct_status allows(struct nct_unit *unit, const struct nct_grant_item *item, const void *argument) {
    const int32_t *right = argument;
    return nct_standing_decide(unit->portal, &item->standing, *right);
}

/* A right must be asked for: one without a name would list everybody. */
static nct_status take_right(const nct_portal *portal, int32_t right, nct_grant_list **out) {
    if (out != NULL)
        *out = NULL;
    if (NCT_MISSING(portal))
        return NCT_E_ARGUMENT;
    return nct_policy_knows(&portal->policy, right) ? NCT_OK : nct_about_argument(NCT_E_ARGUMENT, "right");
}

nct_status nct_access_who_can(nct_portal *portal, const char *provider, size_t provider_len, int32_t right,
                              const char *after, size_t after_len, size_t limit, nct_grant_list **out) {
    struct nct_grant_filter filter = {allows, &right};
    nct_status status = take_right(portal, right, out);
    return status == NCT_OK
               ? nct_grants_by_provider(portal, provider, provider_len, after, after_len, limit, &filter, out)
               : status;
}

nct_status nct_access_where_can(nct_portal *portal, const char *ncid, size_t ncid_len, int32_t right, const char *after,
                                size_t after_len, size_t limit, nct_grant_list **out) {
    struct nct_grant_filter filter = {allows, &right};
    nct_status status = take_right(portal, right, out);
    return status == NCT_OK ? nct_grants_by_person(portal, ncid, ncid_len, after, after_len, limit, &filter, out)
                            : status;
}

size_t nct_grant_list_count(const nct_grant_list *list) {
    return list != NULL ? list->count : 0;
}

int32_t nct_grant_list_more(const nct_grant_list *list) {
    return list != NULL ? list->more : 0;
}

const char *nct_grant_list_cursor(const nct_grant_list *list) {
    return list != NULL ? list->cursor : NULL;
}

static const struct nct_grant_item *at(const nct_grant_list *list, size_t index) {
    return index < nct_grant_list_count(list) ? &list->items[index] : NULL;
}

const char *nct_grant_list_ncid(const nct_grant_list *list, size_t index) {
    return at(list, index) != NULL ? at(list, index)->ncid : NULL;
}

const char *nct_grant_list_provider(const nct_grant_list *list, size_t index) {
    return at(list, index) != NULL ? at(list, index)->name.provider : NULL;
}

int32_t nct_grant_list_role(const nct_grant_list *list, size_t index) {
    return at(list, index) != NULL ? at(list, index)->grant.role : NCT_ROLE_NONE;
}

uint64_t nct_grant_list_rights(const nct_grant_list *list, size_t index) {
    const struct nct_grant_item *item = at(list, index);
    return item != NULL ? nct_policy_held(list->policy, &item->standing) : 0;
}

int64_t nct_grant_list_valid_from(const nct_grant_list *list, size_t index) {
    return at(list, index) != NULL ? at(list, index)->grant.valid_from : 0;
}

int64_t nct_grant_list_valid_until(const nct_grant_list *list, size_t index) {
    return at(list, index) != NULL ? at(list, index)->grant.valid_until : 0;
}

const char *nct_grant_list_granted_by(const nct_grant_list *list, size_t index) {
    return at(list, index) != NULL ? at(list, index)->granted_by : NULL;
}

int64_t nct_grant_list_granted_at(const nct_grant_list *list, size_t index) {
    return at(list, index) != NULL ? at(list, index)->grant.granted_at : 0;
}

int64_t nct_grant_list_used_at(const nct_grant_list *list, size_t index) {
    return at(list, index) != NULL ? at(list, index)->grant.used_at : 0;
}

int64_t nct_grant_list_certified_at(const nct_grant_list *list, size_t index) {
    return at(list, index) != NULL ? at(list, index)->grant.certified_at : 0;
}

const char *nct_grant_list_certified_by(const nct_grant_list *list, size_t index) {
    return at(list, index) != NULL ? at(list, index)->certified_by : NULL;
}

const nct_person *nct_grant_list_person(const nct_grant_list *list, size_t index) {
    return at(list, index) != NULL && list->people != NULL ? &list->people[index] : NULL;
}
