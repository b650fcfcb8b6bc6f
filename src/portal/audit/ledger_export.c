/* Streams for somebody without the portal: a CBOR sequence of a header and the entries as they are hashed. */
#include "base/bytes.h"
#include "codec/cbor.h"
#include "engine/handle/arguments.h"
#include "portal/audit/anchors.h"
#include "portal/audit/streams.h"

#include <nctracks/anchor.h>
#include <nctracks/ledger.h>

#include <sodium.h>
#include <string.h>

#define EXPORT_VERSION 1

/* [version, key of the stream] */
static void put_header(struct nct_buf *buf, const struct nct_stream *stream) {
    nct_cbor_put_array(buf, 2);
    nct_cbor_put_uint(buf, EXPORT_VERSION);
    nct_cbor_put_bytes(buf, stream->key, stream->len);
}

static nct_status put_page(const struct nct_stream *stream, const struct nct_page *page, uint64_t after,
                           struct nct_buf *buf, uint64_t *last) {
    *last = after;
    if (page->count == 0 && after == 0)
        return NCT_E_NOT_FOUND;
    if (after == 0)
        put_header(buf, stream);
    for (size_t i = 0; i < page->count; i++) {
        if (nct_stream_sequence(stream, &page->rows[i]) != *last + 1)
            return NCT_E_INTEGRITY;
        nct_buf_append(buf, page->rows[i].content, page->rows[i].len);
        ++*last;
    }
    return buf->status;
}

static nct_status give(const struct nct_buf *buf, void *out, size_t capacity, size_t *out_len) {
    *out_len = buf->len;
    if (buf->len > capacity)
        return NCT_E_BUFFER;
    if (buf->len > 0)
        memcpy(out, buf->data, buf->len);
    return NCT_OK;
}

nct_status nct_ledger_export(nct_portal *portal, const char *stream, size_t stream_len, uint64_t after, size_t limit,
                             void *out, size_t capacity, size_t *out_len, uint64_t *last) {
    struct nct_stream found;
    struct nct_page page;
    struct nct_buf buf;
    if (NCT_MISSING(portal) || NCT_MISSING(stream) || NCT_MISSING(out_len) || NCT_MISSING(last) ||
        (capacity > 0 && NCT_MISSING(out)))
        return NCT_E_ARGUMENT;
    *out_len = 0;
    nct_status status = nct_take_limit(limit);
    if (status == NCT_OK)
        status = nct_stream_find(portal, stream, stream_len, &found);
    if (status != NCT_OK)
        return status;
    nct_buf_init(&buf, &portal->seams.memory);
    status = nct_stream_fetch(portal, &found, after, limit, &page);
    if (status == NCT_OK)
        status = put_page(&found, &page, after, &buf, last);
    if (status == NCT_OK)
        status = give(&buf, out, capacity, out_len);
    nct_page_free(&page);
    nct_buf_free(&buf);
    return status;
}

static nct_status read_header(struct nct_cbor *reader, struct nct_stream *stream) {
    size_t len = 0;
    int shaped = nct_cbor_get_array(reader) == 2;
    uint64_t version = nct_cbor_get_uint(reader);
    const unsigned char *key = nct_cbor_get_bytes(reader, &len);
    if (!shaped || reader->status != NCT_OK || len == 0 || len > sizeof stream->key)
        return NCT_E_ENCODING;
    if (version != EXPORT_VERSION)
        return NCT_E_UNSUPPORTED;
    memcpy(stream->key, key, len);
    stream->len = len;
    return NCT_OK;
}

/* One item of the sequence, as the entry after another. 0 if it is not. */
static int follow(struct nct_cbor *reader, const struct nct_stream *stream, uint64_t sequence,
                  unsigned char hash[NCT_HASH]) {
    struct nct_entry_record entry;
    const unsigned char *begin = reader->at;
    nct_cbor_skip(reader);
    if (reader->status != NCT_OK)
        return 0;
    size_t len = (size_t)(reader->at - begin);
    if (nct_record_decode(&nct_type_entry, begin, len, &entry) != NCT_OK || memcmp(entry.previous, hash, NCT_HASH) != 0)
        return 0;
    nct_entry_hash(stream, sequence, begin, len, hash);
    return 1;
}

/* An exported chain being followed: its first `count` entries are right, the last one's hash is `hash`. */
struct chain {
    struct nct_cbor reader;
    struct nct_stream stream;
    uint64_t count;
    unsigned char hash[NCT_HASH];
};

static nct_status open_chain(struct chain *chain, const void *bytes, size_t len) {
    *chain = (struct chain){0};
    if (sodium_init() < 0)
        return NCT_E_CRYPTO;
    nct_cbor_open(&chain->reader, bytes, len);
    return read_header(&chain->reader, &chain->stream);
}

/* Goes on up to an entry, or to the end. 0: it is broken behind `count`. */
static int walk(struct chain *chain, uint64_t end) {
    int follows = 1;
    while (follows && chain->count < end && chain->reader.at < chain->reader.end) {
        follows = follow(&chain->reader, &chain->stream, chain->count + 1, chain->hash);
        chain->count += (uint64_t)follows;
    }
    return follows;
}

nct_status nct_ledger_verify_export(const void *bytes, size_t bytes_len, int32_t *verdict, uint64_t *sequence,
                                    void *head) {
    struct chain chain;
    if (NCT_MISSING(bytes) || NCT_MISSING(verdict))
        return NCT_E_ARGUMENT;
    *verdict = NCT_LEDGER_TAMPERED;
    nct_status status = open_chain(&chain, bytes, bytes_len);
    if (status != NCT_OK)
        return status;
    int whole = walk(&chain, UINT64_MAX) && chain.count > 0;
    *verdict = whole ? NCT_LEDGER_VALID_BUT_UNANCHORED : NCT_LEDGER_TAMPERED;
    if (sequence != NULL)
        *sequence = whole ? chain.count : chain.count + 1;
    if (head != NULL)
        memcpy(head, chain.hash, NCT_HASH);
    return NCT_OK;
}

/* Which entry an export that was anchored is broken at; 0: none. A whole chain that is another is so at the anchor. */
static uint64_t find_break(struct chain *chain, const struct nct_anchor *anchor) {
    if (!walk(chain, anchor->sequence) || chain->count < anchor->sequence)
        return chain->count + 1;
    if (memcmp(chain->hash, anchor->hash, NCT_HASH) != 0)
        return anchor->sequence;
    return walk(chain, UINT64_MAX) && chain->count > 0 ? 0 : chain->count + 1;
}

nct_status nct_ledger_verify_export_against(const void *bytes, size_t bytes_len, const nct_anchors *anchors,
                                            int32_t *verdict, uint64_t *sequence, uint64_t *anchored) {
    struct chain chain;
    struct nct_anchor anchor = {0};
    if (NCT_MISSING(bytes) || NCT_MISSING(anchors) || NCT_MISSING(verdict))
        return NCT_E_ARGUMENT;
    *verdict = NCT_LEDGER_TAMPERED;
    nct_status status = open_chain(&chain, bytes, bytes_len);
    if (status != NCT_OK)
        return status;
    int has = nct_anchors_find(anchors, &chain.stream, &anchor);
    uint64_t broken = find_break(&chain, &anchor);
    if (broken == 0)
        *verdict = has && chain.count == anchor.sequence ? NCT_LEDGER_VALID : NCT_LEDGER_VALID_BUT_UNANCHORED;
    if (sequence != NULL)
        *sequence = broken != 0 ? broken : chain.count;
    if (anchored != NULL)
        *anchored = anchor.sequence;
    return NCT_OK;
}
