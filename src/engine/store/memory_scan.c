#include "engine/store/memory_order.h"
#include "engine/store/memory_store.h"

#include <string.h>

#define SCAN_FIRST 512 /* as many rows need no memory */

struct range {
    struct row_name from;
    int without_from; /* the row of that very name is not meant */
    const unsigned char *prefix;
    size_t prefix_len;
    size_t limit;
};

/* References to the rows found, taken at one moment. */
struct finding {
    struct row **rows;
    size_t count;
    size_t room;
};

/* Below zero, zero, above zero; a shorter string before a longer one that it starts. */
static int compare(const unsigned char *a, size_t a_len, const unsigned char *b, size_t b_len) {
    size_t shorter = a_len < b_len ? a_len : b_len;
    int order = shorter > 0 ? memcmp(a, b, shorter) : 0;
    if (order != 0 || a_len == b_len)
        return order;
    return a_len < b_len ? -1 : 1;
}

/* The later of the two bounds is where the scan starts. */
static struct range range_of(int32_t space, const unsigned char *prefix, size_t prefix_len, const unsigned char *after,
                             size_t after_len, size_t limit) {
    int by_after = after_len > 0 && compare(after, after_len, prefix, prefix_len) >= 0;
    struct range range = {.without_from = by_after, .prefix = prefix, .prefix_len = prefix_len, .limit = limit};
    range.from.space = space;
    range.from.key = by_after ? after : prefix;
    range.from.key_len = by_after ? after_len : prefix_len;
    return range;
}

static int is_within(struct row *row, const struct range *range) {
    return row->space == range->from.space && row->key_len >= range->prefix_len &&
           (range->prefix_len == 0 || memcmp(nct_stored_key(row), range->prefix, range->prefix_len) == 0);
}

/* Some 16 rows stand between those of this level. */
#define TALL 2
#define WALKS 32

/* The row before the range that stands on the level, and those within. */
static size_t tall_rows(nct_memory_store *store, const struct range *range, struct row *rows[WALKS]) {
    size_t count = 0;
    struct row *row = nct_order_before(store->head, &range->from, TALL);
    do {
        rows[count++] = row;
        row = row->tower[TALL].next;
    } while (row != NULL && count < WALKS && is_within(row, range));
    return count;
}

/*
 * One walk along the rows waits for memory at each of them. Walks from several tall rows, each up to the next, wait
 * together, and leave the rows in the processor's cache.
 */
static void fetch_ahead(nct_memory_store *store, const struct range *range) {
    struct row *walks[WALKS];
    size_t count = tall_rows(store, range, walks);
    for (size_t walking = count; walking > 0;) {
        walking = 0;
        for (size_t i = 0; i < count; i++) {
            struct row *next = walks[i] != NULL ? walks[i]->tower[0].next : NULL;
            walks[i] = next != NULL && next->height <= TALL ? next : NULL;
            if (next != NULL)
                nct_row_fetch_ahead(next);
            walking += walks[i] != NULL;
        }
    }
}

static void collect(nct_memory_store *store, const struct range *range, struct finding *finding) {
    nct_memory_lock_read(&store->lock);
    fetch_ahead(store, range);
    struct row *row = nct_order_before(store->head, &range->from, 0)->tower[0].next;
    if (row != NULL && range->without_from && nct_row_compare(row, &range->from) == 0)
        row = row->tower[0].next;
    for (; row != NULL && finding->count < finding->room && is_within(row, range); row = row->tower[0].next) {
        nct_row_hold(row);
        finding->rows[finding->count++] = row;
    }
    nct_memory_unlock_read(&store->lock);
}

static void drop_all(nct_memory_store *store, struct finding *finding) {
    for (size_t i = 0; i < finding->count; i++)
        nct_row_drop(&store->memory, finding->rows[i]);
    finding->count = 0;
}

static nct_status hand_over(const struct finding *finding, nct_sink *sink) {
    nct_status status = NCT_OK;
    for (size_t i = 0; status == NCT_OK && i < finding->count; i++) {
        struct row *row = finding->rows[i];
        status =
            nct_sink_row(sink, nct_stored_key(row), row->key_len, row->revision, nct_stored_value(row), row->value_len);
    }
    return status;
}

static size_t larger_room(size_t room, size_t limit) {
    return limit / 4 > room ? room * 4 : limit;
}

/* Looks again from the start with more room when it was too little, so that all rows are of one moment. */
static nct_status scan_range(nct_memory_store *store, const struct range *range, nct_sink *sink) {
    struct row *first[SCAN_FIRST];
    struct row **more = NULL;
    struct finding finding = {.rows = first, .room = range->limit < SCAN_FIRST ? range->limit : SCAN_FIRST};
    collect(store, range, &finding);
    while (finding.count == finding.room && finding.room < range->limit) {
        drop_all(store, &finding);
        nct_memory_give(&store->memory, more);
        finding.room = larger_room(finding.room, range->limit);
        more = nct_memory_take_array(&store->memory, finding.room, sizeof *more);
        if (more == NULL)
            return NCT_E_NO_MEMORY;
        finding.rows = more;
        collect(store, range, &finding);
    }
    nct_status status = hand_over(&finding, sink);
    drop_all(store, &finding);
    nct_memory_give(&store->memory, more);
    return status;
}

nct_status nct_memory_scan(int32_t space, const void *prefix, size_t prefix_len, const void *after, size_t after_len,
                           size_t limit, nct_sink *sink, void *user_data) {
    nct_memory_store *store = user_data;
    if (store == NULL || sink == NULL || (prefix == NULL && prefix_len > 0) || (after == NULL && after_len > 0))
        return NCT_E_ARGUMENT;
    struct range range = range_of(space, prefix, prefix_len, after, after_len, limit);
    return scan_range(store, &range, sink);
}
