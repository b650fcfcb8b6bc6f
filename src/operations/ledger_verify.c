#include "operations/streams.h"

#include <nctracks/ledger.h>

#include <string.h>

/* Where a verification stands: entries up to `sequence` are right, the last one's hash is `hash`. */
struct walk {
    const struct nct_stream *stream;
    uint64_t sequence;
    unsigned char hash[NCT_HASH];
    int broken;
};

static void check_entry(struct walk *walk, const struct nct_page_row *row) {
    struct nct_entry_record entry;
    if (nct_stream_sequence(walk->stream, row) != walk->sequence + 1 ||
        nct_record_decode(&nct_type_entry, row->content, row->len, &entry) != NCT_OK ||
        memcmp(entry.previous, walk->hash, NCT_HASH) != 0) {
        walk->broken = 1;
        return;
    }
    nct_entry_hash(walk->stream, ++walk->sequence, row->content, row->len, walk->hash);
}

#define PAGE 200

/* Pages are opened row by row, so that a row that does not open is blamed by its place. */
static nct_status walk_entries(nct_portal *portal, struct walk *walk) {
    size_t found = PAGE;
    size_t limit = PAGE;
    nct_status status = NCT_OK;
    while (status == NCT_OK && found == limit && !walk->broken) {
        struct nct_page page;
        status = nct_stream_fetch(portal, walk->stream, walk->sequence, limit, &page);
        found = page.count;
        for (size_t i = 0; status == NCT_OK && i < page.count && !walk->broken; i++)
            check_entry(walk, &page.rows[i]);
        nct_page_free(&page);
        if (status == NCT_E_INTEGRITY && limit > 1) {
            limit = 1; /* some row of the page does not open: go on singly up to it */
            found = limit;
            status = NCT_OK;
        }
    }
    if (status == NCT_E_INTEGRITY) {
        walk->broken = 1;
        status = NCT_OK;
    }
    return status;
}

static nct_status read_head(struct nct_unit *unit, void *argument) {
    struct walk *walk = argument;
    struct nct_stream_head head;
    nct_status status = nct_unit_get(unit, &nct_type_stream, walk->stream->key, walk->stream->len, &head);
    walk->sequence = head.sequence;
    memcpy(walk->hash, head.hash, NCT_HASH);
    return status;
}

/* The head is read before and after: entries may be added meanwhile, but a chain that ends at neither is cut or grown.
 */
static nct_status verify(nct_portal *portal, const struct nct_stream *stream, int32_t *verdict, uint64_t *sequence) {
    struct walk head = {.stream = stream};
    struct walk walk = {.stream = stream};
    nct_status before = nct_unit_read(portal, read_head, &head);
    nct_status status = walk_entries(portal, &walk);
    if (status != NCT_OK)
        return status;
    if (before == NCT_E_NOT_FOUND && walk.sequence == 0 && !walk.broken)
        return NCT_E_NOT_FOUND;
    if (before == NCT_OK && !walk.broken && walk.sequence > head.sequence)
        before = nct_unit_read(portal, read_head, &head);
    if (before != NCT_OK && before != NCT_E_NOT_FOUND && before != NCT_E_INTEGRITY)
        return before;
    int ends = before == NCT_OK && walk.sequence == head.sequence && memcmp(walk.hash, head.hash, NCT_HASH) == 0;
    *verdict = !walk.broken && ends ? NCT_LEDGER_VALID_BUT_UNANCHORED : NCT_LEDGER_TAMPERED;
    if (sequence != NULL)
        *sequence = *verdict == NCT_LEDGER_TAMPERED ? walk.sequence + 1 : walk.sequence;
    return NCT_OK;
}

nct_status nct_ledger_verify(nct_portal *portal, const char *stream, size_t stream_len, int32_t *verdict,
                             uint64_t *sequence) {
    struct nct_stream found;
    if (portal == NULL || stream == NULL || verdict == NULL)
        return NCT_E_ARGUMENT;
    *verdict = NCT_LEDGER_TAMPERED;
    nct_status status = nct_stream_find(portal, stream, stream_len, &found);
    return status == NCT_OK ? verify(portal, &found, verdict, sequence) : status;
}
