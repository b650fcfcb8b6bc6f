/* Streams of the ledger by name, and their entries by page. */
#ifndef NCT_PORTAL_AUDIT_STREAMS_H
#define NCT_PORTAL_AUDIT_STREAMS_H

#include "engine/unit/fetch.h"
#include "engine/unit/ledger_append.h"

/* The stream of a name: NCT_OK; NCT_E_NOT_FOUND for an unknown person; NCT_E_FORMAT; or a failure. */
nct_status nct_stream_find(struct nct_portal *portal, const char *name, size_t len, struct nct_stream *stream);

/* Names a stream for a person to read, whatever became of its rows: NCT_STREAM_NAME_MAX bytes and a NUL. */
void nct_stream_name(struct nct_portal *portal, const struct nct_stream *stream, char *name);

/* Reads the entries after a sequence, see nct_fetch_page(). */
nct_status nct_stream_fetch(struct nct_portal *portal, const struct nct_stream *stream, uint64_t after, size_t limit,
                            struct nct_page *page);

/* The sequence in a row's key; 0 for a key of another length. */
uint64_t nct_stream_sequence(const struct nct_stream *stream, const struct nct_page_row *row);

#endif
