/* Whether the times of a stream are in order. */
#include "base/about.h"
#include "portal/audit/streams.h"

#include <nctracks/ledger.h>

#define PAGE 200

struct ordering {
    int64_t latest; /* of the entries so far */
    int64_t now;
    int64_t behind; /* how far before the latest one may lie */
    uint64_t after;
    uint64_t found; /* 0: none so far */
};

static nct_status look_at(const struct nct_stream *stream, const struct nct_page_row *row, struct ordering *order) {
    struct nct_entry_record entry;
    nct_status status = nct_record_decode(&nct_type_entry, row->content, row->len, &entry);
    if (status != NCT_OK)
        return status;
    order->after = nct_stream_sequence(stream, row);
    if (order->latest - entry.time > order->behind || entry.time - order->now > order->behind)
        order->found = order->after;
    if (entry.time > order->latest)
        order->latest = entry.time;
    return NCT_OK;
}

static nct_status walk(struct nct_portal *portal, const struct nct_stream *stream, struct ordering *order) {
    size_t count = PAGE;
    nct_status status = NCT_OK;
    while (status == NCT_OK && count == PAGE && order->found == 0) {
        struct nct_page page;
        status = nct_stream_fetch(portal, stream, order->after, PAGE, &page);
        count = page.count;
        for (size_t i = 0; i < page.count && status == NCT_OK && order->found == 0; i++)
            status = look_at(stream, &page.rows[i], order);
        nct_page_free(&page);
    }
    return status;
}

nct_status nct_ledger_time_order(nct_portal *portal, const char *stream, size_t stream_len, uint64_t *sequence) {
    struct nct_stream found;
    if (NCT_MISSING(portal) || NCT_MISSING(stream) || NCT_MISSING(sequence))
        return NCT_E_ARGUMENT;
    *sequence = 0;
    struct ordering order = {.behind = nct_policy_option(&portal->policy, NCT_OPTION_CLOCK_BEHIND)};
    nct_status status = nct_stream_find(portal, stream, stream_len, &found);
    if (status == NCT_OK)
        status = nct_seams_now(&portal->seams, &order.now);
    if (status == NCT_OK)
        status = walk(portal, &found, &order);
    *sequence = order.found;
    return status;
}
