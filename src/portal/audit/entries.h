/* Pages of ledger entries while they are made. */
#ifndef NCT_PORTAL_AUDIT_ENTRIES_H
#define NCT_PORTAL_AUDIT_ENTRIES_H

#include "engine/unit/ledger_append.h"

#include <nctracks/ledger.h>

/* Whether an entry belongs to a page. */
typedef int nct_entry_filter(const struct nct_entry_record *entry, const void *argument);

/* What a page of a stream is to hold. */
struct nct_entry_range {
    uint64_t after; /* sequence: entries behind it */
    size_t limit;
    nct_entry_filter *filter; /* NULL: all */
    const void *argument;
};

/* A page of a stream; it may be empty. NCT_OK or a failure. */
nct_status nct_entries_page(struct nct_portal *portal, const struct nct_stream *stream,
                            const struct nct_entry_range *range, nct_entry_list **out);

#endif
