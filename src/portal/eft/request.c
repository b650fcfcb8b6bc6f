/* Reading EFT changes: never the account itself. */
#include "base/bytes.h"
#include "engine/handle/arguments.h"
#include "engine/records/request_types.h"
#include "engine/unit/fetch.h"
#include "portal/eft/change.h"
#include "portal/registry/person.h"

#include <nctracks/office.h>

#include <sodium.h>
#include <string.h>

struct nct_eft_request {
    struct nct_memory memory;
    int64_t now;
    char provider[NCT_PROVIDER_ROOM];
    char requester[NCT_NCID_ROOM];
    char account_masked[18];
    char account_holder[NCT_NAME_ROOM];
    char phone[NCT_PHONE_ROOM];
    int32_t state;
    int32_t warnings;
    int64_t requested_at;
    int64_t lapses_at;
    int64_t settled_at;
};

struct nct_eft_request_list {
    struct nct_memory memory;
    struct nct_eft_request *items;
    size_t count;
    int32_t more;
    char cursor[NCT_PROVIDER_ROOM];
};

static void fill(struct nct_eft_request *out, const struct nct_eft_request_record *record) {
    memcpy(out->account_masked, record->account_masked, sizeof out->account_masked);
    memcpy(out->account_holder, record->eft.account_holder, sizeof out->account_holder);
    memcpy(out->phone, record->phone, sizeof out->phone);
    out->warnings = (int32_t)record->warnings;
    out->requested_at = record->requested_at;
    out->lapses_at = record->lapses_at;
    out->settled_at = record->settled_at;
    out->state = record->state;
    if (record->state == NCT_REQUEST_PENDING && !nct_waits(out->now, record->requested_at, record->lapses_at))
        out->state = NCT_REQUEST_LAPSED;
}

/* The last request; one that waits must be the one the private part names. */
static nct_status read_request(struct nct_unit *unit, void *argument) {
    struct nct_eft_request *out = argument;
    struct nct_eft_work work = {.provider = out->provider};
    size_t len = strlen(out->provider);
    nct_status status = nct_eft_read(unit, &work);
    int waits = status == NCT_OK && work.private.eft_pending != 0;
    if (status == NCT_OK)
        status = nct_unit_get(unit, &nct_type_eft_request, out->provider, len, &work.request);
    if (status == NCT_OK && !waits && work.request.state == NCT_REQUEST_PENDING)
        status = NCT_E_INTEGRITY;
    if (status == NCT_OK)
        status = nct_ncid_of(unit, work.request.requester, out->requester);
    if (status == NCT_OK)
        fill(out, &work.request);
    sodium_memzero(&work, sizeof work);
    return status;
}

nct_status nct_eft_request_get(nct_portal *portal, const char *provider, size_t provider_len, nct_eft_request **out) {
    char id[NCT_PROVIDER_ROOM];
    int64_t now = 0;
    if (out != NULL)
        *out = NULL;
    if (NCT_MISSING(portal) || NCT_MISSING(out))
        return NCT_E_ARGUMENT;
    nct_status status = nct_take_provider(provider, provider_len, id);
    if (status == NCT_OK)
        status = nct_seams_now(&portal->seams, &now);
    if (status != NCT_OK)
        return status;
    struct nct_eft_request *request = nct_memory_take(&portal->seams.memory, sizeof *request);
    if (request == NULL)
        return NCT_E_NO_MEMORY;
    request->memory = portal->seams.memory;
    request->now = now;
    memcpy(request->provider, id, sizeof id);
    status = nct_unit_read(portal, read_request, request);
    if (status == NCT_OK)
        *out = request;
    else
        nct_eft_request_free(request);
    return status;
}

void nct_eft_request_free(nct_eft_request *request) {
    if (request == NULL)
        return;
    struct nct_memory memory = request->memory;
    nct_memory_give(&memory, request);
}

/* Settled ones are left out. */
static nct_status add_page(struct nct_portal *portal, const struct nct_page *page, int64_t now,
                           struct nct_eft_request_list *list) {
    nct_status status = NCT_OK;
    for (size_t i = 0; i < page->count && status == NCT_OK; i++) {
        struct nct_eft_request *item = &list->items[list->count];
        *item = (struct nct_eft_request){.memory = list->memory, .now = now};
        if (!nct_copy_text(item->provider, sizeof item->provider, (const char *)page->rows[i].key,
                           page->rows[i].key_len))
            return NCT_E_INTEGRITY;
        memcpy(list->cursor, item->provider, sizeof list->cursor);
        status = nct_unit_read(portal, read_request, item);
        list->count += status == NCT_OK && item->settled_at == 0;
    }
    list->more = page->count == page->limit;
    return status;
}

static nct_status fill_list(struct nct_portal *portal, const char *after, size_t limit,
                            struct nct_eft_request_list *list) {
    struct nct_page page;
    int64_t now = 0;
    nct_status status = nct_seams_now(&portal->seams, &now);
    if (status != NCT_OK)
        return status;
    status = nct_fetch_page(portal, &nct_type_eft_request, NULL, 0, after, strlen(after), limit, &page);
    if (status == NCT_OK) {
        list->items = nct_memory_take_array(&list->memory, page.count, sizeof *list->items);
        status = list->items != NULL ? add_page(portal, &page, now, list) : NCT_E_NO_MEMORY;
    }
    nct_page_free(&page);
    return status;
}

nct_status nct_eft_request_list_page(nct_portal *portal, const char *after, size_t after_len, size_t limit,
                                     nct_eft_request_list **out) {
    char cursor[NCT_PROVIDER_ROOM] = "";
    if (out != NULL)
        *out = NULL;
    if (NCT_MISSING(portal) || NCT_MISSING(out))
        return NCT_E_ARGUMENT;
    nct_status status = nct_take_limit(limit);
    if (status == NCT_OK && after_len > 0)
        status = nct_take_provider(after, after_len, cursor);
    if (status != NCT_OK)
        return status;
    struct nct_eft_request_list *list = nct_memory_take(&portal->seams.memory, sizeof *list);
    if (list == NULL)
        return NCT_E_NO_MEMORY;
    list->memory = portal->seams.memory;
    status = fill_list(portal, cursor, limit, list);
    if (status == NCT_OK)
        *out = list;
    else
        nct_eft_request_list_free(list);
    return status;
}

void nct_eft_request_list_free(nct_eft_request_list *list) {
    if (list == NULL)
        return;
    struct nct_memory memory = list->memory;
    nct_memory_give(&memory, list->items);
    nct_memory_give(&memory, list);
}

size_t nct_eft_request_list_count(const nct_eft_request_list *list) {
    return list != NULL ? list->count : 0;
}

const nct_eft_request *nct_eft_request_list_at(const nct_eft_request_list *list, size_t index) {
    return index < nct_eft_request_list_count(list) ? &list->items[index] : NULL;
}

int32_t nct_eft_request_list_more(const nct_eft_request_list *list) {
    return list != NULL ? list->more : 0;
}

const char *nct_eft_request_list_cursor(const nct_eft_request_list *list) {
    return list != NULL ? list->cursor : NULL;
}

const char *nct_eft_request_provider(const nct_eft_request *request) {
    return request != NULL ? request->provider : NULL;
}

int32_t nct_eft_request_state(const nct_eft_request *request) {
    return request != NULL ? request->state : NCT_E_ARGUMENT;
}

const char *nct_eft_request_ncid(const nct_eft_request *request) {
    return request != NULL ? request->requester : NULL;
}

const char *nct_eft_request_account_masked(const nct_eft_request *request) {
    return request != NULL ? request->account_masked : NULL;
}

const char *nct_eft_request_account_holder(const nct_eft_request *request) {
    return request != NULL ? request->account_holder : NULL;
}

const char *nct_eft_request_phone(const nct_eft_request *request) {
    return request != NULL ? request->phone : NULL;
}

int32_t nct_eft_request_warnings(const nct_eft_request *request) {
    return request != NULL ? request->warnings : 0;
}

int64_t nct_eft_request_requested_at(const nct_eft_request *request) {
    return request != NULL ? request->requested_at : 0;
}

int64_t nct_eft_request_lapses_at(const nct_eft_request *request) {
    return request != NULL ? request->lapses_at : 0;
}

int64_t nct_eft_request_settled_at(const nct_eft_request *request) {
    return request != NULL ? request->settled_at : 0;
}
