/* Listing proposals that wait. */
#include "engine/handle/arguments.h"
#include "engine/records/request_types.h"
#include "portal/access/approval.h"
#include "portal/registry/grant.h"
#include "portal/registry/names.h"

#include <nctracks/approval.h>

#include <string.h>

struct item {
    struct nct_pair_name name;
    char ncid[NCT_NCID_ROOM];
    char by[NCT_NCID_ROOM];
    struct nct_proposal_record proposal;
};

struct nct_proposal_list {
    struct nct_memory memory;
    struct item *items;
    size_t count;
    int32_t more;
    char cursor[NCT_PERSON_CURSOR_ROOM];
};

void nct_proposal_list_free(nct_proposal_list *list) {
    if (list == NULL)
        return;
    struct nct_memory memory = list->memory;
    nct_memory_give(&memory, list->items);
    nct_memory_give(&memory, list);
}

/* Each is read with both its rows: the scanned row alone could have been put back. */
static nct_status read_item(struct nct_unit *unit, void *argument) {
    struct item *item = argument;
    const struct nct_pair_name *name = &item->name;
    nct_status status = nct_pair_get(unit, &nct_proposal_pair, name->provider, name->person, &item->proposal);
    if (status == NCT_OK)
        status = nct_ncid_of(unit, name->person, item->ncid);
    return status == NCT_OK ? nct_ncid_of(unit, item->proposal.by, item->by) : status;
}

static nct_status add_page(struct nct_portal *portal, const struct nct_pair_range *range,
                           const struct nct_pair_page *page, int64_t now, struct nct_proposal_list *list) {
    list->items = nct_memory_take_array(&list->memory, page->count, sizeof *list->items);
    nct_status status = list->items != NULL ? NCT_OK : NCT_E_NO_MEMORY;
    for (size_t i = 0; i < page->count && status == NCT_OK; i++) {
        struct item *item = &list->items[list->count];
        item->name = page->names[i];
        nct_pair_cursor(range, &item->name, list->cursor);
        status = nct_unit_read(portal, read_item, item);
        list->count += status == NCT_OK && nct_proposal_waits(&portal->policy, &item->proposal, now);
    }
    list->more = page->more;
    return status;
}

static nct_status fill_list(struct nct_portal *portal, const struct nct_pair_range *range,
                            struct nct_proposal_list *list) {
    struct nct_pair_page page;
    int64_t now = 0;
    nct_status status = nct_seams_now(&portal->seams, &now);
    if (status != NCT_OK)
        return status;
    status = nct_pair_scan(portal, range, &page);
    if (status == NCT_OK)
        status = add_page(portal, range, &page, now, list);
    nct_pair_page_free(&page);
    return status;
}

nct_status nct_proposal_list_by_provider(nct_portal *portal, const char *provider, size_t provider_len,
                                         const char *after, size_t after_len, size_t limit, nct_proposal_list **out) {
    char id[NCT_PROVIDER_ROOM];
    struct nct_pair_name cursor;
    struct nct_pair_range range = {.pair = &nct_proposal_pair, .provider = id, .limit = limit};
    if (out != NULL)
        *out = NULL;
    if (NCT_MISSING(portal) || NCT_MISSING(out))
        return NCT_E_ARGUMENT;
    nct_status status = nct_take_provider(provider, provider_len, id);
    if (status == NCT_OK)
        status = nct_take_cursor(&range, after, after_len, &cursor);
    if (status == NCT_OK)
        status = nct_take_limit(limit);
    if (status != NCT_OK)
        return status;
    struct nct_proposal_list *list = nct_memory_take(&portal->seams.memory, sizeof *list);
    if (list == NULL)
        return NCT_E_NO_MEMORY;
    list->memory = portal->seams.memory;
    status = fill_list(portal, &range, list);
    if (status == NCT_OK)
        *out = list;
    else
        nct_proposal_list_free(list);
    return status;
}

size_t nct_proposal_list_count(const nct_proposal_list *list) {
    return list != NULL ? list->count : 0;
}

int32_t nct_proposal_list_more(const nct_proposal_list *list) {
    return list != NULL ? list->more : 0;
}

const char *nct_proposal_list_cursor(const nct_proposal_list *list) {
    return list != NULL ? list->cursor : NULL;
}

static const struct item *at(const nct_proposal_list *list, size_t index) {
    return index < nct_proposal_list_count(list) ? &list->items[index] : NULL;
}

const char *nct_proposal_list_ncid(const nct_proposal_list *list, size_t index) {
    return at(list, index) != NULL ? at(list, index)->ncid : NULL;
}

const char *nct_proposal_list_proposed_by(const nct_proposal_list *list, size_t index) {
    return at(list, index) != NULL ? at(list, index)->by : NULL;
}

int64_t nct_proposal_list_proposed_at(const nct_proposal_list *list, size_t index) {
    return at(list, index) != NULL ? at(list, index)->proposal.proposed_at : 0;
}

int32_t nct_proposal_list_role(const nct_proposal_list *list, size_t index) {
    return at(list, index) != NULL ? at(list, index)->proposal.role : NCT_ROLE_NONE;
}

uint64_t nct_proposal_list_rights(const nct_proposal_list *list, size_t index) {
    return at(list, index) != NULL ? at(list, index)->proposal.rights : 0;
}

int64_t nct_proposal_list_valid_from(const nct_proposal_list *list, size_t index) {
    return at(list, index) != NULL ? at(list, index)->proposal.valid_from : 0;
}

int64_t nct_proposal_list_valid_until(const nct_proposal_list *list, size_t index) {
    return at(list, index) != NULL ? at(list, index)->proposal.valid_until : 0;
}
