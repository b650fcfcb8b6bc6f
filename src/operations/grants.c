/* Listing grants, by provider and by person. */
#include "ground/bytes.h"
#include "operations/arguments.h"
#include "services/people.h"
#include "unit/unit.h"

#include <nctracks/access.h>
#include <nctracks/office.h>
#include <nctracks/question.h>

#include <string.h>

struct item {
    char ncid[NCT_NCID_ROOM];
    char provider[NCT_PROVIDER_ROOM];
    struct nct_grant_record grant;
};

struct nct_grant_list {
    struct nct_memory memory;
    const struct nct_policy *policy; /* the portal's, which lives longer */
    struct item *items;
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
    int32_t right; /* only grants that allow it now; or one of the following */
};

#define ANY_RIGHT (-1)
#define OF_FORMER_OA (-2) /* whatever they allow, only those that a former OA gave */

static nct_status allows(struct nct_portal *portal, const struct nct_grant_record *grant, int32_t right) {
    struct nct_standing standing = nct_grant_standing(grant);
    return right < 0 ? NCT_OK : nct_standing_decide(portal, &standing, right);
}

/* Whether a grant was given by somebody who was the OA then and is it no longer. */
struct descent {
    const char *provider;
    const struct nct_grant_record *grant;
    int of_former;
};

static nct_status find_descent(struct nct_unit *unit, void *argument) {
    struct descent *descent = argument;
    struct nct_provider_record record;
    struct nct_former_oa_record former;
    unsigned char key[NCT_PAIR_KEY_MAX];
    size_t key_len = nct_pair_key(descent->provider, descent->grant->granted_by, key);
    nct_status status = nct_unit_get(unit, &nct_type_provider, descent->provider, strlen(descent->provider), &record);
    if (status == NCT_OK)
        status = nct_unit_get(unit, &nct_type_former_oa, key, key_len, &former);
    descent->of_former = status == NCT_OK && descent->grant->granted_at <= former.ended_at &&
                         strcmp(record.oa_ncid, descent->grant->granted_by) != 0;
    return status == NCT_E_NOT_FOUND ? NCT_OK : status;
}

/* NCT_OK; NCT_E_NOT_FOUND for one that does not belong into the list; or a failure. */
static nct_status belongs(struct nct_portal *portal, const struct listing *listing, const char *provider,
                          const struct nct_grant_record *grant) {
    struct descent descent = {provider, grant, 1};
    nct_status status = allows(portal, grant, listing->right);
    if (status == NCT_OK && listing->right == OF_FORMER_OA)
        status = nct_unit_read(portal, find_descent, &descent);
    if (status == NCT_OK ? !descent.of_former : nct_status_category(status) == NCT_CATEGORY_RULE)
        return NCT_E_NOT_FOUND;
    return status;
}

static nct_status add_item(struct nct_portal *portal, const struct listing *listing, const char *name,
                           struct nct_grant_list *list) {
    struct item *item = &list->items[list->count];
    const struct nct_pair_range *range = &listing->range;
    const char *provider = range->by_provider ? range->fixed : name;
    const char *ncid = range->by_provider ? name : range->fixed;
    nct_status status = nct_grant_read(portal, provider, ncid, &item->grant);
    if (status != NCT_OK || item->grant.role == NCT_ROLE_NONE)
        return status;
    status = belongs(portal, listing, provider, &item->grant);
    if (status != NCT_OK)
        return status == NCT_E_NOT_FOUND ? NCT_OK : status;
    if (!nct_copy_text(item->provider, sizeof item->provider, provider, strlen(provider)) ||
        !nct_copy_text(item->ncid, sizeof item->ncid, ncid, strlen(ncid)))
        return NCT_E_INTEGRITY;
    list->count++;
    return NCT_OK;
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

static nct_status list_by_provider(nct_portal *portal, const char *provider, size_t provider_len, int32_t right,
                                   const char *after, size_t after_len, size_t limit, nct_grant_list **out) {
    char id[NCT_PROVIDER_ROOM];
    char cursor[NCT_NCID_ROOM] = "";
    if (out != NULL)
        *out = NULL;
    if (portal == NULL || out == NULL)
        return NCT_E_ARGUMENT;
    nct_status status = nct_take_provider(provider, provider_len, id);
    if (status == NCT_OK && after_len > 0)
        status = nct_take_ncid(after, after_len, cursor);
    struct listing listing = {{&nct_grant_pair, 1, id, cursor, limit}, right};
    return status == NCT_OK ? make_list(portal, &listing, out) : status;
}

static nct_status list_by_person(nct_portal *portal, const char *ncid, size_t ncid_len, int32_t right,
                                 const char *after, size_t after_len, size_t limit, nct_grant_list **out) {
    char id[NCT_NCID_ROOM];
    char cursor[NCT_PROVIDER_ROOM] = "";
    if (out != NULL)
        *out = NULL;
    if (portal == NULL || out == NULL)
        return NCT_E_ARGUMENT;
    nct_status status = nct_take_ncid(ncid, ncid_len, id);
    if (status == NCT_OK && after_len > 0)
        status = nct_take_provider(after, after_len, cursor);
    struct listing listing = {{&nct_grant_pair, 0, id, cursor, limit}, right};
    return status == NCT_OK ? make_list(portal, &listing, out) : status;
}

nct_status nct_oa_change_list_to_review(nct_portal *portal, const char *provider, size_t provider_len,
                                        const char *after, size_t after_len, size_t limit, nct_grant_list **out) {
    return list_by_provider(portal, provider, provider_len, OF_FORMER_OA, after, after_len, limit, out);
}

nct_status nct_access_list_by_provider(nct_portal *portal, const char *provider, size_t provider_len, const char *after,
                                       size_t after_len, size_t limit, nct_grant_list **out) {
    return list_by_provider(portal, provider, provider_len, ANY_RIGHT, after, after_len, limit, out);
}

nct_status nct_access_list_by_person(nct_portal *portal, const char *ncid, size_t ncid_len, const char *after,
                                     size_t after_len, size_t limit, nct_grant_list **out) {
    return list_by_person(portal, ncid, ncid_len, ANY_RIGHT, after, after_len, limit, out);
}

/* A right must be asked for: one without a name would list everybody. */
static nct_status take_right(const nct_portal *portal, int32_t right, nct_grant_list **out) {
    if (out != NULL)
        *out = NULL;
    return portal != NULL && nct_policy_knows(&portal->policy, right) ? NCT_OK : NCT_E_ARGUMENT;
}

nct_status nct_access_who_can(nct_portal *portal, const char *provider, size_t provider_len, int32_t right,
                              const char *after, size_t after_len, size_t limit, nct_grant_list **out) {
    nct_status status = take_right(portal, right, out);
    return status == NCT_OK ? list_by_provider(portal, provider, provider_len, right, after, after_len, limit, out)
                            : status;
}

nct_status nct_access_where_can(nct_portal *portal, const char *ncid, size_t ncid_len, int32_t right, const char *after,
                                size_t after_len, size_t limit, nct_grant_list **out) {
    nct_status status = take_right(portal, right, out);
    return status == NCT_OK ? list_by_person(portal, ncid, ncid_len, right, after, after_len, limit, out) : status;
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

static const struct item *at(const nct_grant_list *list, size_t index) {
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
    const struct item *item = at(list, index);
    if (item == NULL)
        return 0;
    struct nct_standing standing = nct_grant_standing(&item->grant);
    return nct_policy_held(list->policy, &standing);
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
