/* Listing proposals that wait. */
#include "engine/handle/arguments.h"
#include "engine/records/request_types.h"
#include "portal/access/approval.h"
#include "portal/registry/person.h"

#include <nctracks/approval.h>

#include <string.h>

struct item {
    char ncid[NCT_NCID_ROOM];
    struct nct_proposal_record proposal;
};

struct nct_proposal_list {
    struct nct_memory memory;
    struct item *items;
    size_t count;
    int32_t more;
    char cursor[NCT_NCID_ROOM];
};

void nct_proposal_list_free(nct_proposal_list *list) {
    if (list == NULL)
        return;
    struct nct_memory memory = list->memory;
    nct_memory_give(&memory, list->items);
    nct_memory_give(&memory, list);
}

/* Each is read again with both its rows: the scanned row alone could have been put back. */
static nct_status add_page(struct nct_portal *portal, const char *provider, const struct nct_pair_page *page,
                           int64_t now, struct nct_proposal_list *list) {
    list->items = nct_memory_take_array(&list->memory, page->count, sizeof *list->items);
    nct_status status = list->items != NULL ? NCT_OK : NCT_E_NO_MEMORY;
    for (size_t i = 0; i < page->count && status == NCT_OK; i++) {
        struct item *item = &list->items[list->count];
        memcpy(list->cursor, page->names[i], sizeof list->cursor);
        memcpy(item->ncid, list->cursor, sizeof item->ncid);
        status = nct_pair_read(portal, &nct_proposal_pair, provider, item->ncid, &item->proposal);
        list->count += status == NCT_OK && nct_proposal_waits(&portal->policy, &item->proposal, now);
    }
    list->more = page->more;
    return status;
}

static nct_status fill_list(struct nct_portal *portal, const char *provider, const char *after, size_t limit,
                            struct nct_proposal_list *list) {
    struct nct_pair_page page;
    struct nct_pair_range range = {&nct_proposal_pair, 1, provider, after, limit};
    int64_t now = 0;
    nct_status status = nct_seams_now(&portal->seams, &now);
    if (status != NCT_OK)
        return status;
    status = nct_pair_scan(portal, &range, &page);
    if (status == NCT_OK)
        status = add_page(portal, provider, &page, now, list);
    nct_pair_page_free(&page);
    return status;
}

nct_status nct_proposal_list_by_provider(nct_portal *portal, const char *provider, size_t provider_len,
                                         const char *after, size_t after_len, size_t limit, nct_proposal_list **out) {
    char id[NCT_PROVIDER_ROOM];
    char cursor[NCT_NCID_ROOM] = "";
    if (out != NULL)
        *out = NULL;
    if (portal == NULL || out == NULL)
        return NCT_E_ARGUMENT;
    nct_status status = nct_take_provider(provider, provider_len, id);
    if (status == NCT_OK && after_len > 0)
        status = nct_take_ncid(after, after_len, cursor);
    if (status == NCT_OK)
        status = nct_take_limit(limit);
    if (status != NCT_OK)
        return status;
    struct nct_proposal_list *list = nct_memory_take(&portal->seams.memory, sizeof *list);
    if (list == NULL)
        return NCT_E_NO_MEMORY;
    list->memory = portal->seams.memory;
    status = fill_list(portal, id, cursor, limit, list);
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
    return at(list, index) != NULL ? at(list, index)->proposal.by : NULL;
}

int64_t nct_proposal_list_proposed_at(const nct_proposal_list *list, size_t index) {
    return at(list, index) != NULL ? at(list, index)->proposal.proposed_at : 0;
}

int32_t nct_proposal_list_role(const nct_proposal_list *list, size_t index) {
    return at(list, index) != NULL ? at(list, index)->proposal.role : NCT_E_ARGUMENT;
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
