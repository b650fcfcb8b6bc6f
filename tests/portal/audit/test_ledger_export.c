/* Streams exported for somebody without the portal. */
#include "world.h"

#include "codec/cbor.h"
#include "engine/unit/ledger_append.h"

#include <nctracks/checkpoint.h>

#define STREAM "provider:" NPI_CLINIC
#define ROOM 65536

struct export {
    unsigned char bytes[ROOM];
    size_t len;
    uint64_t entries;
};

static void export_stream(struct world *w, const char *stream, size_t limit, struct export *out) {
    out->len = 0;
    out->entries = 0;
    for (uint64_t last = 0;; out->entries = last) {
        size_t len = 0;
        expect_status(nct_ledger_export(w->portal, stream, strlen(stream), out->entries, limit, out->bytes + out->len,
                                        ROOM - out->len, &len, &last),
                      NCT_OK);
        out->len += len;
        if (last == out->entries)
            return;
    }
}

static int32_t verdict_of(const struct export *export, uint64_t *sequence) {
    int32_t verdict = -1;
    expect_status(nct_ledger_verify_export(export->bytes, export->len, &verdict, sequence, NULL), NCT_OK);
    return verdict;
}

static void an_export_verifies_without_the_portal(void **state) {
    static struct export export;
    struct world *w = *state;
    uint64_t sequence = 0;
    export_stream(w, STREAM, 1000, &export);
    assert_int_equal(export.entries, world_entries(w, STREAM));
    assert_int_equal(verdict_of(&export, &sequence), NCT_LEDGER_VALID_BUT_UNANCHORED);
    assert_int_equal(sequence, export.entries);
}

static void pages_make_the_same_file(void **state) {
    static struct export whole, paged;
    struct world *w = *state;
    export_stream(w, STREAM, 1000, &whole);
    export_stream(w, STREAM, 1, &paged);
    assert_int_equal(whole.len, paged.len);
    assert_memory_equal(whole.bytes, paged.bytes, whole.len);
}

static void every_bit_of_an_export_counts(void **state) {
    static struct export export;
    struct world *w = *state;
    unsigned char head[32], changed[32];
    int32_t verdict = 0;
    export_stream(w, STREAM, 1000, &export);
    expect_status(nct_ledger_verify_export(export.bytes, export.len, &verdict, NULL, head), NCT_OK);
    for (size_t bit = 0; bit < 8 * export.len; bit++) {
        export.bytes[bit / 8] ^= (unsigned char)(1u << bit % 8);
        nct_status status = nct_ledger_verify_export(export.bytes, export.len, &verdict, NULL, changed);
        int noticed = status != NCT_OK || verdict == NCT_LEDGER_TAMPERED || memcmp(head, changed, 32) != 0;
        assert_true(noticed);
        export.bytes[bit / 8] ^= (unsigned char)(1u << bit % 8);
    }
}

/* ---- An export taken apart, changed, and put together again ---- */

#define MANY 32

struct piece {
    unsigned char bytes[1024];
    size_t len;
};

/* The header and the entries. */
struct pieces {
    struct piece header, entries[MANY];
    size_t count;
};

static size_t item_length(const unsigned char *at, const unsigned char *end) {
    struct nct_cbor reader;
    nct_cbor_open(&reader, at, (size_t)(end - at));
    nct_cbor_skip(&reader);
    assert_int_equal(reader.status, NCT_OK);
    return (size_t)(reader.at - at);
}

static const unsigned char *take_piece(const unsigned char *at, const unsigned char *end, struct piece *out) {
    out->len = item_length(at, end);
    assert_true(out->len <= sizeof out->bytes);
    memcpy(out->bytes, at, out->len);
    return at + out->len;
}

static void take_apart(const struct export *export, struct pieces *out) {
    const unsigned char *end = export->bytes + export->len;
    const unsigned char *at = take_piece(export->bytes, end, &out->header);
    for (out->count = 0; at < end; out->count++) {
        assert_true(out->count < MANY - 2);
        at = take_piece(at, end, &out->entries[out->count]);
    }
}

/* The hash of the entry before is the last field of an entry, and the first has none: added or left out as it must. */
static void rechain(struct pieces *pieces) {
    struct nct_stream stream;
    unsigned char hash[NCT_HASH] = {0};
    stream.len = pieces->header.len - 3;
    memcpy(stream.key, pieces->header.bytes + 3, stream.len);
    for (size_t i = 0; i < pieces->count; i++) {
        struct nct_entry_record entry;
        struct nct_buf content;
        struct nct_memory memory;
        nct_memory_set(&memory, NULL, NULL);
        nct_buf_init(&content, &memory);
        struct piece *piece = &pieces->entries[i];
        expect_status(nct_record_decode(&nct_type_entry, piece->bytes, piece->len, &entry), NCT_OK);
        memcpy(entry.previous, hash, NCT_HASH);
        nct_record_encode(&nct_type_entry, &entry, &content);
        assert_true(content.status == NCT_OK && content.len <= sizeof piece->bytes);
        memcpy(piece->bytes, content.data, content.len);
        piece->len = content.len;
        nct_buf_free(&content);
        nct_entry_hash(&stream, i + 1, piece->bytes, piece->len, hash);
    }
}

static void put_together(const struct pieces *pieces, struct export *out) {
    memcpy(out->bytes, pieces->header.bytes, pieces->header.len);
    out->len = pieces->header.len;
    for (size_t i = 0; i < pieces->count; i++) {
        memcpy(out->bytes + out->len, pieces->entries[i].bytes, pieces->entries[i].len);
        out->len += pieces->entries[i].len;
    }
}

static void drop(struct pieces *pieces, size_t at) {
    memmove(&pieces->entries[at], &pieces->entries[at + 1], (--pieces->count - at) * sizeof pieces->entries[0]);
}

static void swap(struct pieces *pieces, size_t at) {
    struct piece first = pieces->entries[at];
    pieces->entries[at] = pieces->entries[at + 1];
    pieces->entries[at + 1] = first;
}

static void duplicate(struct pieces *pieces, size_t at) {
    memmove(&pieces->entries[at + 1], &pieces->entries[at], (pieces->count++ - at) * sizeof pieces->entries[0]);
}

static void truncate_at(struct pieces *pieces, size_t at) {
    pieces->count = at;
}

static struct piece foreign; /* an entry of another stream */

static void splice(struct pieces *pieces, size_t at) {
    duplicate(pieces, at);
    pieces->entries[at] = foreign;
}

static void edit(struct pieces *pieces, size_t at) {
    pieces->entries[at].bytes[4] ^= 1; /* within its time */
}

static const struct {
    const char *name;
    void (*change)(struct pieces *pieces, size_t at);
} ways[] = {{"drop", drop},     {"swap", swap}, {"duplicate", duplicate}, {"truncate", truncate_at},
            {"splice", splice}, {"edit", edit}};
#define WAYS (sizeof ways / sizeof ways[0])

static nct_anchors *make_anchors(struct world *w) {
    unsigned char keys[256];
    size_t keys_len = 0, len = 0, leaves_len = 0;
    nct_checkpoint *checkpoint = NULL;
    nct_anchors *anchors = NULL;
    expect_status(nct_portal_key_set(w->portal, keys, sizeof keys, &keys_len), NCT_OK);
    expect_status(nct_checkpoint_make(w->portal, NULL), NCT_OK);
    expect_status(nct_checkpoint_export_leaves(w->portal, &checkpoint), NCT_OK);
    const void *bytes = nct_checkpoint_bytes(checkpoint, &len);
    const void *leaves = nct_checkpoint_leaves(checkpoint, &leaves_len);
    expect_status(nct_anchors_from_leaves(bytes, len, leaves, leaves_len, keys, keys_len, &anchors), NCT_OK);
    nct_checkpoint_free(checkpoint);
    return anchors;
}

struct verdict {
    int32_t verdict;
    uint64_t sequence, anchored;
};

static struct verdict alone(const struct export *export) {
    struct verdict verdict = {.verdict = verdict_of(export, &verdict.sequence)};
    return verdict;
}

static struct verdict against(const struct export *export, const nct_anchors *anchors) {
    struct verdict out = {.verdict = -1};
    expect_status(nct_ledger_verify_export_against(export->bytes, export->len, anchors, &out.verdict, &out.sequence,
                                                   &out.anchored),
                  NCT_OK);
    return out;
}

/* The number of entries both begin with, as they are. */
static size_t in_common(const struct pieces *a, const struct pieces *b) {
    size_t same = 0;
    while (same < a->count && same < b->count && a->entries[same].len == b->entries[same].len &&
           memcmp(a->entries[same].bytes, b->entries[same].bytes, a->entries[same].len) == 0)
        same++;
    return same;
}

/*
 * Found at once, at its place; but re-chained, or cut off at an entry, only by the anchor, and behind the anchor by
 * nothing: there, theory says, it cannot be found.
 */
static void judge(const struct pieces *changed, const struct pieces *whole, const nct_anchors *anchors, uint64_t anchor,
                  int rechained) {
    static struct export export;
    size_t same = in_common(changed, whole);
    int chained = rechained || same == changed->count;
    int behind = chained && same >= anchor;
    put_together(changed, &export);
    struct verdict by_itself = alone(&export), anchored = against(&export, anchors);
    int whole_alone = chained && changed->count > 0;
    assert_int_equal(by_itself.verdict, whole_alone ? NCT_LEDGER_VALID_BUT_UNANCHORED : NCT_LEDGER_TAMPERED);
    assert_true(by_itself.sequence == (whole_alone ? changed->count : same + 1) ||
                (by_itself.sequence == same + 2 && !chained)); /* an edit shows in the entry behind it */
    assert_true(anchored.anchored == anchor);
    if (!behind)
        assert_int_equal(anchored.verdict, NCT_LEDGER_TAMPERED);
    else
        assert_int_equal(anchored.verdict,
                         changed->count > anchor ? NCT_LEDGER_VALID_BUT_UNANCHORED : NCT_LEDGER_VALID);
    if (!chained)
        assert_true(anchored.sequence == by_itself.sequence || anchored.sequence == anchor);
    else if (!behind)
        assert_true(anchored.sequence == (changed->count < anchor ? changed->count + 1 : anchor));
}

static void every_way_to_change_an_export_is_found_up_to_the_anchor(void **state) {
    static struct export export;
    static struct pieces whole, changed;
    struct world *w = *state;
    export_stream(w, "person:petra.pharm", 1000, &export);
    take_apart(&export, &whole);
    foreign = whole.entries[0];
    nct_anchors *anchors = make_anchors(w);
    const uint64_t anchor = world_entries(w, STREAM);
    for (int i = 0; i < 4; i++) {
        world_advance(w, 1000);
        expect_status(world_grant(w, OLIVIA.ncid, NPI_CLINIC, PETRA.ncid, NCT_ROLE_USER, (uint64_t)i % 4), NCT_OK);
    }
    export_stream(w, STREAM, 1000, &export);
    take_apart(&export, &whole);
    assert_true(whole.count > anchor && anchor > 2);
    assert_int_equal(against(&export, anchors).verdict, NCT_LEDGER_VALID_BUT_UNANCHORED);
    for (size_t way = 0; way < WAYS; way++)
        for (size_t at = 0; at + 1 < whole.count; at++)
            for (int rechained = 0; rechained < 2; rechained++) {
                changed = whole;
                ways[way].change(&changed, at);
                if (rechained)
                    rechain(&changed);
                judge(&changed, &whole, anchors, anchor, rechained);
            }
    nct_anchors_free(anchors);
}

static void an_export_is_valid_as_far_as_the_checkpoint_vouches(void **state) {
    static struct export export;
    static struct pieces whole;
    struct world *w = *state;
    nct_anchors *anchors = make_anchors(w);
    export_stream(w, STREAM, 1000, &export);
    struct verdict all = against(&export, anchors);
    assert_int_equal(all.verdict, NCT_LEDGER_VALID);
    assert_true(all.sequence == export.entries && all.anchored == export.entries);
    take_apart(&export, &whole);
    whole.header.bytes[5] ^= 1; /* the same entries, said to be another provider's */
    rechain(&whole);
    put_together(&whole, &export);
    struct verdict other = against(&export, anchors);
    assert_int_equal(other.verdict, NCT_LEDGER_VALID_BUT_UNANCHORED);
    assert_int_equal(other.anchored, 0);
    int32_t verdict = 0;
    expect_status(nct_ledger_verify_export_against("hello", 5, anchors, &verdict, NULL, NULL), NCT_E_ENCODING);
    expect_status(nct_ledger_verify_export_against(NULL, 0, anchors, &verdict, NULL, NULL), NCT_E_ARGUMENT);
    expect_status(nct_ledger_verify_export_against("", 0, NULL, &verdict, NULL, NULL), NCT_E_ARGUMENT);
    expect_status(nct_ledger_verify_export_against("", 0, anchors, NULL, NULL, NULL), NCT_E_ARGUMENT);
    nct_anchors_free(anchors);
}

/* With an anchor no changed bit is forgiven: the stream's name included. */
static void every_bit_of_an_anchored_export_counts(void **state) {
    static struct export export;
    struct world *w = *state;
    nct_anchors *anchors = make_anchors(w);
    export_stream(w, STREAM, 1000, &export);
    for (size_t bit = 0; bit < 8 * export.len; bit++) {
        int32_t verdict = -1;
        uint64_t anchored = 0;
        export.bytes[bit / 8] ^= (unsigned char)(1u << bit % 8);
        nct_status status =
            nct_ledger_verify_export_against(export.bytes, export.len, anchors, &verdict, NULL, &anchored);
        if (status == NCT_OK)
            assert_true(verdict == NCT_LEDGER_TAMPERED || anchored == 0); /* another stream's name */
        else
            assert_true(status == NCT_E_ENCODING || status == NCT_E_UNSUPPORTED);
        export.bytes[bit / 8] ^= (unsigned char)(1u << bit % 8);
    }
    nct_anchors_free(anchors);
}

/* Cut anywhere but between entries it is broken, at the entry that was cut. */
static void every_truncation_of_an_export_is_found(void **state) {
    static struct export export;
    static struct pieces whole;
    struct world *w = *state;
    nct_anchors *anchors = make_anchors(w);
    export_stream(w, STREAM, 1000, &export);
    take_apart(&export, &whole);
    size_t full = export.len, entries = 0, end = whole.header.len;
    for (export.len = whole.header.len; export.len < full; export.len++) {
        if (export.len == end + whole.entries[entries].len)
            end += whole.entries[entries++].len;
        struct verdict by_itself = alone(&export), anchored = against(&export, anchors);
        int between = export.len == end && entries > 0;
        assert_int_equal(by_itself.verdict, between ? NCT_LEDGER_VALID_BUT_UNANCHORED : NCT_LEDGER_TAMPERED);
        assert_true(by_itself.sequence == (between ? entries : entries + 1));
        assert_int_equal(anchored.verdict, NCT_LEDGER_TAMPERED);
        assert_true(anchored.sequence == entries + 1);
    }
    nct_anchors_free(anchors);
}

static void what_is_no_export_is_refused(void **state) {
    struct world *w = *state;
    int32_t verdict = 0;
    size_t len = 0;
    uint64_t last = 0;
    static const unsigned char later[] = {0x82, 0x02, 0x42, 'P', '1'};
    expect_status(nct_ledger_verify_export("", 0, &verdict, NULL, NULL), NCT_E_ENCODING);
    expect_status(nct_ledger_verify_export("hello", 5, &verdict, NULL, NULL), NCT_E_ENCODING);
    expect_status(nct_ledger_verify_export(later, sizeof later, &verdict, NULL, NULL), NCT_E_UNSUPPORTED);
    expect_status(nct_ledger_verify_export(NULL, 0, &verdict, NULL, NULL), NCT_E_ARGUMENT);
    expect_status(nct_ledger_verify_export("", 0, NULL, NULL, NULL), NCT_E_ARGUMENT);
    expect_status(nct_ledger_export(w->portal, "nonsense", 8, 0, 10, NULL, 0, &len, &last), NCT_E_FORMAT);
    expect_status(nct_ledger_export(w->portal, "unknown:00", 10, 0, 10, NULL, 0, &len, &last), NCT_E_NOT_FOUND);
    expect_status(nct_ledger_export(w->portal, STREAM, strlen(STREAM), 0, 10, NULL, 0, &len, &last), NCT_E_BUFFER);
    assert_true(len > 0);
    expect_status(nct_ledger_export(w->portal, STREAM, strlen(STREAM), 0, 0, NULL, 0, &len, &last), NCT_E_ARGUMENT);
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, world_setup_clinic, world_teardown)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(an_export_verifies_without_the_portal),
        TEST(pages_make_the_same_file),
        TEST(every_bit_of_an_export_counts),
        TEST(every_way_to_change_an_export_is_found_up_to_the_anchor),
        TEST(an_export_is_valid_as_far_as_the_checkpoint_vouches),
        TEST(every_bit_of_an_anchored_export_counts),
        TEST(every_truncation_of_an_export_is_found),
        TEST(what_is_no_export_is_refused),
    };
    return cmocka_run_group_tests_name("ledger export", tests, NULL, NULL);
}
