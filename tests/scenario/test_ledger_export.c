/* Streams exported for somebody without the portal. */
#include "world.h"

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

static void a_missing_swapped_or_doubled_entry_is_found(void **state) {
    static struct export export, changed;
    struct world *w = *state;
    size_t ends[8];
    uint64_t sequence = 0;
    for (uint64_t i = 0, last = 0; i < 5; i++) {
        size_t len = 0;
        expect_status(nct_ledger_export(w->portal, STREAM, strlen(STREAM), i, 1, changed.bytes, ROOM, &len, &last),
                      NCT_OK);
        ends[i] = (i > 0 ? ends[i - 1] : 0) + len;
    }
    export_stream(w, STREAM, 1000, &export);
    changed = export; /* entry 3 dropped */
    memmove(changed.bytes + ends[1], changed.bytes + ends[2], export.len - ends[2]);
    changed.len -= ends[2] - ends[1];
    assert_int_equal(verdict_of(&changed, &sequence), NCT_LEDGER_TAMPERED);
    assert_int_equal(sequence, 3);
    changed = export; /* entry 2 twice */
    memmove(changed.bytes + ends[1] + (ends[1] - ends[0]), changed.bytes + ends[1], export.len - ends[1]);
    memcpy(changed.bytes + ends[1], export.bytes + ends[0], ends[1] - ends[0]);
    changed.len += ends[1] - ends[0];
    assert_int_equal(verdict_of(&changed, &sequence), NCT_LEDGER_TAMPERED);
    assert_int_equal(sequence, 3);
    changed = export; /* cut in the middle of an entry */
    changed.len = ends[3] - 1;
    assert_int_equal(verdict_of(&changed, &sequence), NCT_LEDGER_TAMPERED);
    assert_int_equal(sequence, 4);
    changed.len = ends[3]; /* cut at an entry: exactly what only an anchor can show */
    assert_int_equal(verdict_of(&changed, &sequence), NCT_LEDGER_VALID_BUT_UNANCHORED);
    assert_int_equal(sequence, 4);
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
        TEST(an_export_verifies_without_the_portal), TEST(pages_make_the_same_file),
        TEST(every_bit_of_an_export_counts),         TEST(a_missing_swapped_or_doubled_entry_is_found),
        TEST(what_is_no_export_is_refused),
    };
    return cmocka_run_group_tests_name("ledger export", tests, NULL, NULL);
}
