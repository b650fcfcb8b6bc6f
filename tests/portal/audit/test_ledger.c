/* The ledger: an entry for each change and each try, chained, and every tampering found. */
#include "world.h"

#include <stdio.h>

#define CLINIC_STREAM "provider:" NPI_CLINIC
#define PETRA_STREAM "person:petra.pharm"

static size_t both(struct world *w) {
    return world_entries(w, CLINIC_STREAM) + world_entries(w, PETRA_STREAM);
}

static void every_change_is_an_entry(void **state) {
    struct world *w = *state;
    size_t before = both(w);
    assert_true(before >= 2);
#define EXPECT_ENTRY(operation)                                                                                        \
    do {                                                                                                               \
        expect_status((operation), NCT_OK);                                                                            \
        size_t after = both(w);                                                                                        \
        if (after <= before)                                                                                           \
            print_error("no entry for %s\n", #operation);                                                              \
        assert_true(after > before);                                                                                   \
        before = after;                                                                                                \
    } while (0)
    EXPECT_ENTRY(world_grant(w, OLIVIA.ncid, NPI_CLINIC, PETRA.ncid, NCT_ROLE_USER, 8));
    EXPECT_ENTRY(world_revoke(w, OLIVIA.ncid, NPI_CLINIC, PETRA.ncid));
    EXPECT_ENTRY(world_add_user(w, UMA.ncid, NPI_CLINIC, &PETRA, "user", "pa.submit"));
    EXPECT_ENTRY(nct_pin_reset(w->portal, PETRA.ncid, 11, WORLD_PASSWORD, strlen(WORLD_PASSWORD)));
    EXPECT_ENTRY(nct_pin_reset_by_administrator(w->portal, UMA.ncid, strlen(UMA.ncid), NPI_CLINIC, 10, PETRA.ncid, 11));
    EXPECT_ENTRY(nct_pin_reset_by_operator(w->portal, "x", 1, PETRA.ncid, 11, "forgot it", 9));
    EXPECT_ENTRY(world_sign_pa(w, PETRA.ncid, WORLD_PASSWORD, world_pin_of(w, PETRA.ncid)));
    EXPECT_ENTRY(world_report_lost(w, PETRA.ncid, NULL, PETRA.ncid));
    EXPECT_ENTRY(nct_password_set(w->portal, "x", 1, PETRA.ncid, 11, "another one", 11));
#undef EXPECT_ENTRY
    assert_int_equal(world_verdict(w, CLINIC_STREAM, NULL), NCT_LEDGER_VALID_BUT_UNANCHORED);
    assert_int_equal(world_verdict(w, PETRA_STREAM, NULL), NCT_LEDGER_VALID_BUT_UNANCHORED);
}

/* Event, outcome and detail of the last entry. */
static void last_entry(struct world *w, const char *stream, char *out, size_t capacity) {
    size_t count = world_entries(w, stream);
    assert_true(count > 0);
    nct_entry_list *page = NULL;
    expect_status(nct_ledger_read(w->portal, stream, strlen(stream), count - 1, 1, &page), NCT_OK);
    assert_int_equal(nct_entry_list_count(page), 1);
    (void)snprintf(out, capacity, "%s|%s|%s", nct_entry_list_event(page, 0),
                   nct_status_name(nct_entry_list_outcome(page, 0)), nct_entry_list_detail(page, 0));
    nct_entry_list_free(page);
}

static void every_try_is_an_entry_with_its_true_reason(void **state) {
    struct world *w = *state;
    const char *pin = world_pin_of(w, PETRA.ncid);
    char reasons[4][256];
    size_t before = world_entries(w, PETRA_STREAM);
    expect_status(world_sign_pa(w, PETRA.ncid, "wrong", pin), NCT_E_DENIED);
    assert_true(world_entries(w, PETRA_STREAM) > before);
    last_entry(w, PETRA_STREAM, reasons[0], sizeof reasons[0]);
    assert_true(world_last_outcome(w, PETRA_STREAM) != NCT_OK);
    before = world_entries(w, PETRA_STREAM);
    expect_status(world_sign_pa(w, PETRA.ncid, WORLD_PASSWORD, world_wrong_pin(pin)), NCT_E_DENIED);
    assert_true(world_entries(w, PETRA_STREAM) > before);
    last_entry(w, PETRA_STREAM, reasons[1], sizeof reasons[1]);
    assert_true(world_last_outcome(w, PETRA_STREAM) != NCT_OK);
    expect_status(world_sign(w, PETRA.ncid, WORLD_PASSWORD, pin, NPI_CLINIC, NCT_SUBMISSION_ENROLLMENT, NULL),
                  NCT_E_NO_AUTHORITY);
    last_entry(w, PETRA_STREAM, reasons[2], sizeof reasons[2]);
    expect_status(world_last_outcome(w, PETRA_STREAM), NCT_E_NO_AUTHORITY);
    expect_status(world_report_lost(w, PETRA.ncid, NULL, PETRA.ncid), NCT_OK);
    expect_status(world_sign_pa(w, PETRA.ncid, WORLD_PASSWORD, pin), NCT_E_DENIED);
    last_entry(w, PETRA_STREAM, reasons[3], sizeof reasons[3]);
    for (int i = 0; i < 4; i++)
        for (int j = 0; j < i; j++)
            assert_string_not_equal(reasons[i], reasons[j]);
}

static void entries_tell_who_and_whom(void **state) {
    struct world *w = *state;
    expect_status(world_grant(w, UMA.ncid, NPI_CLINIC, PETRA.ncid, NCT_ROLE_USER, 8), NCT_OK);
    nct_entry_list *page = NULL;
    expect_status(nct_ledger_read(w->portal, CLINIC_STREAM, strlen(CLINIC_STREAM), 0, 1000, &page), NCT_OK);
    size_t last = nct_entry_list_count(page) - 1;
    assert_string_equal(nct_entry_list_event(page, last), "access.granted");
    assert_string_equal(nct_entry_list_actor(page, last), UMA.ncid);
    assert_string_equal(nct_entry_list_subject(page, last), PETRA.ncid);
    assert_string_equal(nct_entry_list_provider(page, last), NPI_CLINIC);
    assert_non_null(strstr(nct_entry_list_detail(page, last), nct_role_name(NCT_ROLE_USER)));
    assert_true(nct_entry_list_time(page, last) == w->now);
    assert_true(nct_entry_list_sequence(page, last + 1) == 0);
    assert_null(nct_entry_list_event(page, last + 1));
    assert_null(nct_entry_list_actor(page, last + 1));
    assert_null(nct_entry_list_detail(page, last + 1));
    expect_status(nct_entry_list_outcome(page, last + 1), NCT_E_ARGUMENT);
    nct_entry_list_free(page);
}

static void a_refused_change_leaves_the_records_as_they_were(void **state) {
    struct world *w = *state;
    assert_true(world_grant(w, FRANK.ncid, NPI_CLINIC, PETRA.ncid, NCT_ROLE_USER, 1) != NCT_OK);
    expect_status(world_check(w, PETRA.ncid, NPI_CLINIC, NCT_RIGHT_PA_SUBMIT), NCT_OK);
    assert_int_equal(world_verdict(w, CLINIC_STREAM, NULL), NCT_LEDGER_VALID_BUT_UNANCHORED);
}

static void wrong_stream_names_are_refused(void **state) {
    struct world *w = *state;
    static const char *const malformed[] = {"",
                                            ":",
                                            "x",
                                            "provider",
                                            "provider:",
                                            "person:",
                                            "person:a b",
                                            "Person:abcdef",
                                            "unknown:zz",
                                            "unknown:100",
                                            "provider:1234567890123",
                                            "person:frank.front\n"};
    nct_entry_list *page = NULL;
    int32_t verdict = 0;
    for (size_t i = 0; i < sizeof malformed / sizeof malformed[0]; i++) {
        nct_status status = nct_ledger_read(w->portal, malformed[i], strlen(malformed[i]), 0, 10, &page);
        if (status != NCT_E_FORMAT)
            print_error("stream \"%s\"\n", malformed[i]);
        expect_status(status, NCT_E_FORMAT);
        expect_status(nct_ledger_verify(w->portal, malformed[i], strlen(malformed[i]), &verdict, NULL), NCT_E_FORMAT);
    }
    expect_status(nct_ledger_read(w->portal, "person:silas.stranger", 21, 0, 10, &page), NCT_E_NOT_FOUND);
    expect_status(nct_ledger_verify(w->portal, "person:silas.stranger", 21, &verdict, NULL), NCT_E_NOT_FOUND);
    assert_null(page);
}

static void streams_are_listed_in_pages(void **state) {
    struct world *w = *state;
    size_t seen = 0, clinic = 0, petra = 0;
    char cursor[64] = "";
    for (;;) {
        nct_stream_list *page = NULL;
        expect_status(nct_ledger_streams(w->portal, cursor[0] ? cursor : NULL, strlen(cursor), 1, &page), NCT_OK);
        size_t count = nct_stream_list_count(page);
        for (size_t i = 0; i < count; i++, seen++) {
            clinic += strcmp(nct_stream_list_name(page, i), CLINIC_STREAM) == 0;
            petra += strcmp(nct_stream_list_name(page, i), PETRA_STREAM) == 0;
        }
        (void)snprintf(cursor, sizeof cursor, "%s", nct_stream_list_cursor(page));
        assert_null(nct_stream_list_name(page, count));
        nct_stream_list_free(page);
        if (count == 0)
            break;
        assert_true(seen < 100);
    }
    assert_int_equal(clinic, 1);
    assert_int_equal(petra, 1);
}

/*
 * Spoils one row of the store after another in a way told, and asks for a verdict on the stream. Counts in `broken`
 * at which sequences the stream was found broken. Whatever is spoiled, the answer is a verdict.
 */
static void spoil_each_row(struct world *w, const char *stream, void (*spoil)(struct world *, const struct row *),
                           unsigned char *broken, size_t sequences) {
    struct rows rows = rows_take(w->store.inner);
    for (size_t i = 0; i < rows.count; i++) {
        spoil(w, &rows.at[i]);
        int32_t verdict = 0;
        uint64_t sequence = 0;
        nct_status status = nct_ledger_verify(w->portal, stream, strlen(stream), &verdict, &sequence);
        if (status == NCT_OK && verdict == NCT_LEDGER_TAMPERED && sequence < sequences)
            broken[sequence] = 1;
        if (status != NCT_OK && status != NCT_E_NOT_FOUND)
            print_error("spoiled %s\n", nct_space_name(rows.at[i].space));
        assert_true(status == NCT_OK || status == NCT_E_NOT_FOUND);
        row_force(w->store.inner, &rows.at[i]);
    }
    rows_free(&rows);
    assert_int_equal(world_verdict(w, stream, NULL), NCT_LEDGER_VALID_BUT_UNANCHORED);
}

static void flip(struct world *w, const struct row *row) {
    struct row spoiled = *row;
    unsigned char value[4096];
    assert_true(row->len > 0 && row->len <= sizeof value);
    memcpy(value, row->value, row->len);
    value[row->len * 2 / 3] ^= 1;
    spoiled.value = value;
    row_force(w->store.inner, &spoiled);
}

static void cut(struct world *w, const struct row *row) {
    struct row spoiled = *row;
    spoiled.len = row->len - 1;
    row_force(w->store.inner, &spoiled);
}

static void take_out(struct world *w, const struct row *row) {
    struct row gone = *row;
    gone.revision = 0;
    row_force(w->store.inner, &gone);
}

static void put_again(struct world *w, const struct row *row) {
    row_write(w->store.inner, row, row->value, row->len);
}

static void every_entry_spoiled_is_found_where_it_is(void **state) {
    struct world *w = *state;
    void (*const ways[])(struct world *, const struct row *) = {flip, cut, take_out, put_again};
    for (int i = 0; i < 3; i++)
        expect_status(world_grant(w, OLIVIA.ncid, NPI_CLINIC, PETRA.ncid, NCT_ROLE_USER, 8), NCT_OK);
    size_t count = world_entries(w, CLINIC_STREAM);
    assert_true(count >= 4 && count < 63);
    for (size_t way = 0; way < 4; way++) {
        unsigned char broken[64] = {0};
        spoil_each_row(w, CLINIC_STREAM, ways[way], broken, sizeof broken);
        for (size_t sequence = 1; sequence <= count; sequence++)
            if (!broken[sequence])
                print_error("way %zu: entry %zu spoiled and not found\n", way, sequence);
        for (size_t sequence = 1; sequence <= count; sequence++)
            assert_true(broken[sequence]);
    }
}

/* The sequence in the key of an entry of a provider's stream; 0 for any other row. */
static uint64_t sequence_of(const struct row *row) {
    uint64_t sequence = 0;
    if (row->space != space_of("entry") || row->key_len != 1 + 10 + 8 || memcmp(row->key, "P" NPI_CLINIC, 11) != 0)
        return 0;
    for (size_t i = 11; i < row->key_len; i++)
        sequence = sequence << 8 | row->key[i];
    return sequence;
}

#define ROW_HEADER 6 /* version, protection and key of a row: another one may be told as such */

static void expect_broken(struct world *w, uint64_t wanted, int in_header) {
    int32_t verdict = -1;
    uint64_t found = 0;
    nct_status status = nct_ledger_verify(w->portal, CLINIC_STREAM, strlen(CLINIC_STREAM), &verdict, &found);
    assert_int_equal(verdict, NCT_LEDGER_TAMPERED);
    if (status == NCT_OK)
        assert_true(found == wanted);
    else
        assert_true(in_header && (status == NCT_E_UNSUPPORTED || status == NCT_E_KEY));
}

static void every_bit_of_an_entry_counts(void **state) {
    struct world *w = *state;
    struct rows rows = rows_take(w->store.inner);
    size_t entries = 0;
    for (size_t i = 0; i < rows.count; i++) {
        uint64_t wanted = sequence_of(&rows.at[i]);
        struct row spoiled = rows.at[i];
        unsigned char value[4096];
        if (wanted == 0)
            continue;
        entries++;
        memcpy(value, rows.at[i].value, rows.at[i].len);
        spoiled.value = value;
        for (size_t bit = 0; bit < 8 * rows.at[i].len; bit++) {
            value[bit / 8] ^= (unsigned char)(1u << bit % 8);
            row_force(w->store.inner, &spoiled);
            expect_broken(w, wanted, bit / 8 < ROW_HEADER);
            value[bit / 8] ^= (unsigned char)(1u << bit % 8);
        }
        row_force(w->store.inner, &rows.at[i]);
    }
    rows_free(&rows);
    assert_int_equal(entries, world_entries(w, CLINIC_STREAM));
    assert_int_equal(world_verdict(w, CLINIC_STREAM, NULL), NCT_LEDGER_VALID_BUT_UNANCHORED);
}

/* The page that holds a spoiled entry is not shown as if nothing were. */
static void a_spoiled_entry_is_not_read(void **state) {
    struct world *w = *state;
    struct rows rows = rows_take(w->store.inner);
    size_t found = 0;
    for (size_t i = 0; i < rows.count; i++) {
        flip(w, &rows.at[i]);
        nct_entry_list *page = NULL;
        nct_status status = nct_ledger_read(w->portal, CLINIC_STREAM, strlen(CLINIC_STREAM), 0, 100, &page);
        found += status == NCT_E_INTEGRITY;
        assert_true(status == NCT_OK || status == NCT_E_INTEGRITY);
        nct_entry_list_free(page);
        row_force(w->store.inner, &rows.at[i]);
    }
    rows_free(&rows);
    assert_true(found >= world_entries(w, CLINIC_STREAM));
}

static void two_entries_swapped_are_found(void **state) {
    struct world *w = *state;
    expect_status(world_grant(w, OLIVIA.ncid, NPI_CLINIC, PETRA.ncid, NCT_ROLE_USER, 8), NCT_OK);
    expect_status(world_grant(w, OLIVIA.ncid, NPI_CLINIC, FRANK.ncid, NCT_ROLE_USER, 8), NCT_OK);
    struct rows rows = rows_take(w->store.inner);
    size_t broken = 0;
    for (size_t i = 0; i < rows.count; i++)
        for (size_t j = 0; j < i; j++) {
            struct row a = rows.at[i], b = rows.at[j];
            if (a.space != b.space || a.revision != b.revision)
                continue;
            a.value = rows.at[j].value, a.len = rows.at[j].len;
            b.value = rows.at[i].value, b.len = rows.at[i].len;
            row_force(w->store.inner, &a);
            row_force(w->store.inner, &b);
            int32_t verdict = 0;
            expect_status(nct_ledger_verify(w->portal, CLINIC_STREAM, strlen(CLINIC_STREAM), &verdict, NULL), NCT_OK);
            broken += verdict == NCT_LEDGER_TAMPERED;
            row_force(w->store.inner, &rows.at[i]);
            row_force(w->store.inner, &rows.at[j]);
        }
    rows_free(&rows);
    size_t entries = world_entries(w, CLINIC_STREAM);
    assert_true(broken >= entries * (entries - 1) / 2);
    assert_int_equal(world_verdict(w, CLINIC_STREAM, NULL), NCT_LEDGER_VALID_BUT_UNANCHORED);
}

static void a_whole_stream_tells_its_length(void **state) {
    struct world *w = *state;
    uint64_t sequence = 0;
    assert_int_equal(world_verdict(w, CLINIC_STREAM, &sequence), NCT_LEDGER_VALID_BUT_UNANCHORED);
    assert_int_equal(sequence, world_entries(w, CLINIC_STREAM));
    int32_t verdict = 0;
    expect_status(nct_ledger_verify(w->portal, CLINIC_STREAM, strlen(CLINIC_STREAM), &verdict, NULL), NCT_OK);
    expect_status(nct_ledger_verify(w->portal, CLINIC_STREAM, strlen(CLINIC_STREAM), NULL, NULL), NCT_E_ARGUMENT);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, world_setup_clinic, world_teardown)

int main(void) {
    const struct CMUnitTest tests[] = {
        CASE(every_change_is_an_entry),
        CASE(every_try_is_an_entry_with_its_true_reason),
        CASE(entries_tell_who_and_whom),
        CASE(a_refused_change_leaves_the_records_as_they_were),
        CASE(wrong_stream_names_are_refused),
        CASE(streams_are_listed_in_pages),
        CASE(every_entry_spoiled_is_found_where_it_is),
        CASE(every_bit_of_an_entry_counts),
        CASE(a_spoiled_entry_is_not_read),
        CASE(two_entries_swapped_are_found),
        CASE(a_whole_stream_tells_its_length),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
