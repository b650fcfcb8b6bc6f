#include "portal/access/grant_list.h"

#include "base/bytes.h"
#include "engine/handle/arguments.h"

#include <nctracks/group.h>
#include <nctracks/question.h>

#include <string.h>

struct nct_grant_list {
    struct nct_memory memory;
    const struct nct_policy *policy; /* the portal's, which lives longer */
    struct nct_grant_item *items;
    size_t count;
    int32_t more;
    char cursor[NCT_NCID_ROOM]; /* the longer of the two kinds of name */
};

void nct_grant_list_free(nct_grant_list *list) {
    if (list == NULL)
        return;
    struct nct_memory memory = list->memory;
    nct_memory_give(&memory, list->items);
    nct_memory_give(&memory, list);
}

/* What a listing goes by. */
struct listing {
    struct nct_pair_range range;
    const struct nct_grant_filter *filter;
};

static nct_status read_item(struct nct_portal *portal, const struct nct_pair_range *range, const char *name,
                            struct nct_grant_item *item) {
    const char *provider = range->by_provider ? range->fixed : name;
    const char *ncid = range->by_provider ? name : range->fixed;
    if (!nct_copy_text(item->provider, sizeof item->provider, provider, strlen(provider)) ||
        !nct_copy_text(item->ncid, sizeof item->ncid, ncid, strlen(ncid)))
        return NCT_E_INTEGRITY;
    return nct_standing_read(portal, provider, ncid, &item->grant, &item->standing);
}

static nct_status add_item(struct nct_portal *portal, const struct listing *listing, const char *name,
                           struct nct_grant_list *list) {
    struct nct_grant_item *item = &list->items[list->count];
    const struct nct_grant_filter *filter = listing->filter;
    nct_status status = read_item(portal, &listing->range, name, item);
    if (status != NCT_OK || item->grant.role == NCT_ROLE_NONE)
        return status;
    if (filter != NULL)
        status = filter->keeps(portal, item, filter->argument);
    list->count += status == NCT_OK;
    return nct_status_category(status) == NCT_CATEGORY_RULE ? NCT_OK : status;
}

/* Each grant is read again with both its rows: the scanned row alone could have been put back. */
static nct_status fill_list(struct nct_portal *portal, const struct listing *listing, struct nct_grant_list *list) {
    struct nct_pair_page page;
    nct_status status = nct_pair_scan(portal, &listing->range, &page);
    if (status == NCT_OK) {
        list->items = nct_memory_take_array(&list->memory, page.count, sizeof *list->items);
        status = list->items != NULL ? NCT_OK : NCT_E_NO_MEMORY;
    }
    for (size_t i = 0; i < page.count && status == NCT_OK; i++) {
        memcpy(list->cursor, page.names[i], sizeof list->cursor);
        status = add_item(portal, listing, list->cursor, list);
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
    char cursor[NCT_NCID_ROOM] = "";
    if (out != NULL)
        *out = NULL;
    if (portal == NULL || out == NULL)
        return NCT_E_ARGUMENT;
    nct_status status = nct_take_provider(provider, provider_len, id);
    if (status == NCT_OK && after_len > 0)
        status = nct_take_ncid(after, after_len, cursor);
    struct listing listing = {{&nct_grant_pair, 1, id, cursor, limit}, filter};
    return status == NCT_OK ? make_list(portal, &listing, out) : status;
}

nct_status nct_grants_by_person(nct_portal *portal, const char *ncid, size_t ncid_len, const char *after,
                                size_t after_len, size_t limit, const struct nct_grant_filter *filter,
                                nct_grant_list **out) {
    char id[NCT_NCID_ROOM];
    char cursor[NCT_PROVIDER_ROOM] = "";
    if (out != NULL)
        *out = NULL;
    if (portal == NULL || out == NULL)
        return NCT_E_ARGUMENT;
    nct_status status = nct_take_ncid(ncid, ncid_len, id);
    if (status == NCT_OK && after_len > 0)
        status = nct_take_provider(after, after_len, cursor);
    struct listing listing = {{&nct_grant_pair, 0, id, cursor, limit}, filter};
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

static nct_status allows(struct nct_portal *portal, const struct nct_grant_item *item, const void *argument) {
    const int32_t *right = argument;
    return nct_standing_decide(portal, &item->standing, *right);
}

/* A right must be asked for: one without a name would list everybody. */
static nct_status take_right(const nct_portal *portal, int32_t right, nct_grant_list **out) {
    if (out != NULL)
        *out = NULL;
    return portal != NULL && nct_policy_knows(&portal->policy, right) ? NCT_OK : NCT_E_ARGUMENT;
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
    return at(list, index) != NULL ? at(list, index)->provider : NULL;
}

int32_t nct_grant_list_role(const nct_grant_list *list, size_t index) {
    return at(list, index) != NULL ? at(list, index)->grant.role : NCT_E_ARGUMENT;
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
    return at(list, index) != NULL ? at(list, index)->grant.granted_by : NULL;
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
    return at(list, index) != NULL ? at(list, index)->grant.certified_by : NULL;
}
