/* Another past put in the place of the true one, row by row: what verifies, exports and signs notices. */
#include "world.h"

#define CLINIC_STREAM "provider:" NPI_CLINIC

static struct rows taken(struct world *w) {
    return rows_take(w->store.inner);
}

static int is_clinics(const struct row *row, const char *space) {
    return row->space == space_of(space) && row->key_len >= 11 && memcmp(row->key, "P" NPI_CLINIC, 11) == 0;
}

/* Puts rows of the clinic's stream as they were taken; rows that are there now and were not stay. */
static void put_stream(struct world *w, const struct rows *from, const char *space) {
    size_t count = 0;
    for (size_t i = 0; i < from->count; i++)
        if (is_clinics(&from->at[i], space)) {
            row_force(w->store.inner, &from->at[i]);
            count++;
        }
    assert_true(count > 0);
}

static void put_checkpoints(struct world *w, const struct rows *from) {
    static const char *const spaces[] = {"checkpoint", "checkpoint_leaves", "checkpoint_last"};
    for (size_t i = 0; i < from->count; i++)
        for (size_t j = 0; j < 3; j++)
            if (from->at[i].space == space_of(spaces[j]))
                row_force(w->store.inner, &from->at[i]);
}

static void grant(struct world *w, uint64_t rights) {
    world_advance(w, 1000);
    expect_status(world_grant(w, OLIVIA.ncid, NPI_CLINIC, FRANK.ncid, NCT_ROLE_USER, rights), NCT_OK);
}

static nct_status make(struct world *w) {
    return nct_checkpoint_make(w->portal, NULL);
}

static void an_entry_behind_the_head_is_found(void **state) {
    struct world *w = *state;
    uint64_t sequence = 0;
    struct rows before = taken(w);
    size_t entries = world_entries(w, CLINIC_STREAM);
    grant(w, 1);
    struct rows after = taken(w);
    rows_restore(w->store.inner, &before);
    assert_int_equal(world_verdict(w, CLINIC_STREAM, NULL), NCT_LEDGER_VALID_BUT_UNANCHORED);
    put_stream(w, &after, "entry");
    assert_int_equal(world_verdict(w, CLINIC_STREAM, &sequence), NCT_LEDGER_TAMPERED);
    assert_int_equal(sequence, entries + 1);
    rows_free(&before);
    rows_free(&after);
}

static void an_entry_behind_the_head_is_not_written_over(void **state) {
    struct world *w = *state;
    struct rows before = taken(w);
    grant(w, 1);
    struct rows after = taken(w);
    rows_restore(w->store.inner, &before);
    put_stream(w, &after, "entry");
    expect_status(world_grant(w, OLIVIA.ncid, NPI_CLINIC, FRANK.ncid, NCT_ROLE_USER, 2), NCT_E_INTEGRITY);
    rows_free(&before);
    rows_free(&after);
}

/* The head says at which revision the rows of its person are; an older head would not know of a new password. */
static void a_head_put_back_alone_is_noticed_by_what_reads_the_rows_it_pins(void **state) {
    struct world *w = *state;
    struct rows before = taken(w);
    int32_t pin = 0;
    world_set_password(w, PETRA.ncid, "another password");
    struct rows after = taken(w);
    for (size_t i = 0; i < before.count; i++) {
        const struct row *now = rows_find(&after, &before.at[i]);
        if (before.at[i].space == space_of("stream") && now != NULL && !row_same(now, &before.at[i]))
            row_force(w->store.inner, &before.at[i]);
    }
    expect_status(nct_pin_status(w->portal, PETRA.ncid, strlen(PETRA.ncid), &pin, NULL, NULL), NCT_E_INTEGRITY);
    rows_free(&before);
    rows_free(&after);
}

static void the_head_of_another_history_is_found(void **state) {
    struct world *w = *state;
    struct rows before = taken(w);
    grant(w, 1);
    struct rows other = taken(w);
    rows_restore(w->store.inner, &before);
    grant(w, 2);
    assert_int_equal(world_verdict(w, CLINIC_STREAM, NULL), NCT_LEDGER_VALID_BUT_UNANCHORED);
    put_stream(w, &other, "stream");
    assert_int_equal(world_verdict(w, CLINIC_STREAM, NULL), NCT_LEDGER_TAMPERED);
    rows_free(&before);
    rows_free(&other);
}

static void a_stream_with_a_gap_is_not_exported(void **state) {
    static unsigned char out[65536];
    struct world *w = *state;
    size_t len = 0;
    uint64_t last = 0;
    struct rows rows = taken(w);
    size_t seen = 0;
    for (size_t i = 0; i < rows.count; i++)
        if (is_clinics(&rows.at[i], "entry") && ++seen == 2) {
            struct row gone = rows.at[i];
            gone.revision = 0;
            row_force(w->store.inner, &gone);
        }
    assert_true(seen > 2);
    expect_status(
        nct_ledger_export(w->portal, CLINIC_STREAM, strlen(CLINIC_STREAM), 0, 1000, out, sizeof out, &len, &last),
        NCT_E_INTEGRITY);
    rows_free(&rows);
}

static void a_stream_that_shrank_since_the_last_checkpoint_is_not_signed(void **state) {
    struct world *w = *state;
    struct rows before = taken(w);
    grant(w, 1);
    expect_status(make(w), NCT_OK);
    put_stream(w, &before, "stream");
    expect_status(make(w), NCT_E_INTEGRITY);
    rows_free(&before);
}

static void a_stream_of_another_history_than_the_last_checkpoints_is_not_signed(void **state) {
    struct world *w = *state;
    struct rows before = taken(w);
    grant(w, 1);
    expect_status(make(w), NCT_OK);
    struct rows kept = taken(w);
    for (uint64_t longer = 0; longer < 2; longer++) { /* one as long, one that is longer by now */
        rows_restore(w->store.inner, &before);
        grant(w, 2);
        if (longer)
            grant(w, 4);
        put_checkpoints(w, &kept);
        expect_status(make(w), NCT_E_INTEGRITY);
    }
    rows_free(&before);
    rows_free(&kept);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, world_setup_clinic, world_teardown)

int main(void) {
    const struct CMUnitTest tests[] = {
        CASE(an_entry_behind_the_head_is_found),
        CASE(an_entry_behind_the_head_is_not_written_over),
        CASE(a_head_put_back_alone_is_noticed_by_what_reads_the_rows_it_pins),
        CASE(the_head_of_another_history_is_found),
        CASE(a_stream_with_a_gap_is_not_exported),
        CASE(a_stream_that_shrank_since_the_last_checkpoint_is_not_signed),
        CASE(a_stream_of_another_history_than_the_last_checkpoints_is_not_signed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
