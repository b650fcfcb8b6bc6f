#include "engine/handle/arguments.h"
#include "portal/audit/entries.h"
#include "portal/audit/streams.h"

struct item {
    uint64_t sequence;
    struct nct_entry_record entry;
};

struct nct_entry_list {
    struct nct_memory memory;
    struct item *items;
    size_t count;
    int32_t more;
    uint64_t last; /* sequence of the last entry looked at */
};

void nct_entry_list_free(nct_entry_list *list) {
    if (list == NULL)
        return;
    struct nct_memory memory = list->memory;
    nct_memory_give(&memory, list->items);
    nct_memory_give(&memory, list);
}

/* Appends the entries of a page of rows that belong, as long as there is room. */
static nct_status add_rows(const struct nct_stream *stream, const struct nct_entry_range *range,
                           const struct nct_page *page, nct_entry_list *list, uint64_t *after) {
    nct_status status = NCT_OK;
    for (size_t i = 0; i < page->count && list->count < range->limit && status == NCT_OK; i++) {
        struct item *item = &list->items[list->count];
        item->sequence = nct_stream_sequence(stream, &page->rows[i]);
        status = nct_record_decode(&nct_type_entry, page->rows[i].content, page->rows[i].len, &item->entry);
        *after = item->sequence;
        list->count += status == NCT_OK && (range->filter == NULL || range->filter(&item->entry, range->argument));
    }
    return status;
}

static nct_status fill_list(nct_portal *portal, const struct nct_stream *stream, const struct nct_entry_range *range,
                            nct_entry_list *list) {
    uint64_t after = range->after;
    int more = 1;
    nct_status status = NCT_OK;
    while (more && status == NCT_OK) {
        struct nct_page page;
        status = nct_stream_fetch(portal, stream, after, range->limit, &page);
        if (status == NCT_OK && list->items == NULL) {
            size_t most = range->filter != NULL ? range->limit : page.count;
            list->items = nct_memory_take_array(&list->memory, most, sizeof *list->items);
            status = list->items != NULL ? NCT_OK : NCT_E_NO_MEMORY;
        }
        if (status == NCT_OK)
            status = add_rows(stream, range, &page, list, &after);
        list->more = page.count == range->limit || list->count == range->limit;
        more = range->filter != NULL && page.count == range->limit && list->count < range->limit;
        nct_page_free(&page);
    }
    list->last = after;
    return status;
}

nct_status nct_entries_page(struct nct_portal *portal, const struct nct_stream *stream,
                            const struct nct_entry_range *range, nct_entry_list **out) {
    nct_entry_list *list = nct_memory_take(&portal->seams.memory, sizeof *list);
    if (list == NULL)
        return NCT_E_NO_MEMORY;
    list->memory = portal->seams.memory;
    nct_status status = fill_list(portal, stream, range, list);
    if (status == NCT_OK)
        *out = list;
    else
        nct_entry_list_free(list);
    return status;
}

nct_status nct_ledger_read(nct_portal *portal, const char *stream, size_t stream_len, uint64_t after, size_t limit,
                           nct_entry_list **out) {
    struct nct_stream found;
    if (out != NULL)
        *out = NULL;
    if (NCT_MISSING(portal) || NCT_MISSING(stream) || NCT_MISSING(out))
        return NCT_E_ARGUMENT;
    nct_status status = nct_take_limit(limit);
    if (status == NCT_OK)
        status = nct_stream_find(portal, stream, stream_len, &found);
    if (status != NCT_OK)
        return status;
    struct nct_entry_range range = {.after = after, .limit = limit};
    status = nct_entries_page(portal, &found, &range, out);
    if (status == NCT_OK && after == 0 && nct_entry_list_count(*out) == 0) {
        nct_entry_list_free(*out);
        *out = NULL;
        status = NCT_E_NOT_FOUND;
    }
    return status;
}

size_t nct_entry_list_count(const nct_entry_list *list) {
    return list != NULL ? list->count : 0;
}

int32_t nct_entry_list_more(const nct_entry_list *list) {
    return list != NULL && list->more;
}

uint64_t nct_entry_list_last(const nct_entry_list *list) {
    return list != NULL ? list->last : 0;
}

static const struct item *at(const nct_entry_list *list, size_t index) {
    return index < nct_entry_list_count(list) ? &list->items[index] : NULL;
}

uint64_t nct_entry_list_sequence(const nct_entry_list *list, size_t index) {
    return at(list, index) != NULL ? at(list, index)->sequence : 0;
}

int64_t nct_entry_list_time(const nct_entry_list *list, size_t index) {
    return at(list, index) != NULL ? at(list, index)->entry.time : 0;
}

const char *nct_entry_list_event(const nct_entry_list *list, size_t index) {
    return at(list, index) != NULL ? nct_event_name(at(list, index)->entry.event) : NULL;
}

const char *nct_entry_list_actor(const nct_entry_list *list, size_t index) {
    return at(list, index) != NULL ? at(list, index)->entry.actor : NULL;
}

const char *nct_entry_list_subject(const nct_entry_list *list, size_t index) {
    return at(list, index) != NULL ? at(list, index)->entry.subject : NULL;
}

const char *nct_entry_list_provider(const nct_entry_list *list, size_t index) {
    return at(list, index) != NULL ? at(list, index)->entry.provider : NULL;
}

const char *nct_entry_list_detail(const nct_entry_list *list, size_t index) {
    return at(list, index) != NULL ? at(list, index)->entry.detail : NULL;
}

nct_code nct_entry_list_outcome(const nct_entry_list *list, size_t index) {
    return at(list, index) != NULL ? at(list, index)->entry.outcome : NCT_E_ARGUMENT;
}

const char *nct_ledger_verdict_name(int32_t verdict) {
    static const char *const names[] = {[NCT_LEDGER_VALID] = "valid",
                                        [NCT_LEDGER_VALID_BUT_UNANCHORED] = "valid but unanchored",
                                        [NCT_LEDGER_TAMPERED] = "tampered"};
    return verdict >= 0 && verdict <= NCT_LEDGER_TAMPERED ? names[verdict] : NULL;
}
