/* What the next checkpoint rests on, altered in the store: found by name, told by every verifier, and a way out of it.
 */
#include "world.h"

#include <nctracks/checkpoint.h>
#include <nctracks/key.h>

#include <string.h>

#include "engine/records/types.h"

#define PORTAL_STREAM "portal"

static void make(struct world *w) {
    expect_status(nct_checkpoint_make(w->portal, NULL), NCT_OK);
}

static void live_on(struct world *w) {
    world_advance(w, 60000);
    expect_status(world_grant(w, OLIVIA.ncid, NPI_CLINIC, PETRA.ncid, NCT_ROLE_USER, 8), NCT_OK);
    expect_status(world_grant(w, OLIVIA.ncid, NPI_CLINIC, FRANK.ncid, NCT_ROLE_USER, 1), NCT_OK);
}

static int32_t examine_as(struct world *w, char *stream) {
    char name[NCT_STREAM_NAME_MAX + 1];
    int32_t finding = -1;
    expect_status(nct_checkpoint_examine(w->portal, &finding, name, sizeof name, NULL), NCT_OK);
    if (stream != NULL)
        strcpy(stream, name);
    return finding;
}

static int32_t examine(struct world *w) {
    return examine_as(w, NULL);
}

static nct_status rebuild(struct world *w, const void *leaves, size_t len) {
    return nct_checkpoint_rebuild(w->portal, WORLD_OPERATOR, strlen(WORLD_OPERATOR), leaves, len, "disk trouble", 12);
}

static nct_status restart(struct world *w) {
    return nct_checkpoint_restart(w->portal, WORLD_OPERATOR, strlen(WORLD_OPERATOR), "disk trouble", 12);
}

/* The first row of a space; of two it is the older. */
static struct row row_in(const struct rows *rows, int32_t space) {
    for (size_t i = rows->count; i > 0; i--)
        if (rows->at[i - 1].space == space)
            return rows->at[i - 1];
    fail_msg("no row of %s", nct_space_name(space));
    return (struct row){0};
}

static void alter(struct world *w, int32_t space, size_t byte) {
    struct rows rows = rows_take(w->store.inner);
    struct row row = row_in(&rows, space);
    row.value[byte < row.len ? byte : row.len / 2] ^= 1;
    row_force(w->store.inner, &row);
    rows_free(&rows);
}

static void take_out(struct world *w, int32_t space) {
    struct rows rows = rows_take(w->store.inner);
    struct row row = row_in(&rows, space);
    row.revision = 0;
    row_force(w->store.inner, &row);
    rows_free(&rows);
}

/* Every byte of a leaf page, its header too, and the page gone: said by whoever verifies, before a checkpoint is made.
 */
static void what_make_refuses_every_verifier_says(void **state) {
    struct world *w = *state;
    make(w);
    live_on(w);
    assert_int_equal(examine(w), NCT_CHECKPOINT_AGREES);
    assert_int_equal(world_verdict(w, PORTAL_STREAM, NULL), NCT_LEDGER_VALID_BUT_UNANCHORED);
    static const struct {
        int32_t space;
        int32_t finding;
    } kept[] = {{NCT_SPACE_CHECKPOINT, NCT_CHECKPOINT_LAST_ALTERED},
                {NCT_SPACE_CHECKPOINT_LAST, NCT_CHECKPOINT_LAST_ALTERED},
                {NCT_SPACE_CHECKPOINT_LEAVES, NCT_CHECKPOINT_LEAVES_ALTERED}};
    struct rows rows = rows_take(w->store.inner);
    for (size_t i = 0; i < sizeof kept / sizeof kept[0]; i++)
        for (size_t byte = 0; byte <= row_in(&rows, kept[i].space).len; byte += byte < 8 ? 1 : 13) {
            if (byte == row_in(&rows, kept[i].space).len)
                take_out(w, kept[i].space);
            else
                alter(w, kept[i].space, byte);
            assert_int_equal(examine(w), kept[i].finding);
            assert_int_equal(world_verdict(w, PORTAL_STREAM, NULL), NCT_LEDGER_TAMPERED);
            assert_int_not_equal(nct_checkpoint_make(w->portal, NULL), NCT_OK);
            rows_restore(w->store.inner, &rows);
        }
    rows_free(&rows);
    assert_int_equal(examine(w), NCT_CHECKPOINT_AGREES);
    make(w);
}

static void a_stream_that_does_not_agree_is_named(void **state) {
    struct world *w = *state;
    char stream[NCT_STREAM_NAME_MAX + 1];
    struct rows then = rows_take(w->store.inner);
    live_on(w);
    make(w);
    struct rows now = rows_take(w->store.inner);
    for (size_t i = 0; i < then.count; i++) /* the clinic's head, as it was */
        if (then.at[i].space == NCT_SPACE_STREAM && then.at[i].key[0] == 'P')
            row_force(w->store.inner, &then.at[i]);
    assert_int_equal(examine_as(w, stream), NCT_CHECKPOINT_STREAM_ALTERED);
    assert_string_equal(stream, "provider:" NPI_CLINIC);
    rows_restore(w->store.inner, &now);
    assert_int_equal(examine_as(w, stream), NCT_CHECKPOINT_AGREES);
    assert_string_equal(stream, "");
    rows_free(&then);
    rows_free(&now);
}

static void leaves_are_rebuilt_from_the_streams(void **state) {
    struct world *w = *state;
    live_on(w);
    make(w);
    expect_status(rebuild(w, NULL, 0), NCT_E_STATE);
    for (int gone = 0; gone < 2; gone++) {
        live_on(w);
        if (gone)
            take_out(w, NCT_SPACE_CHECKPOINT_LEAVES);
        else
            alter(w, NCT_SPACE_CHECKPOINT_LEAVES, 100);
        assert_int_equal(examine(w), NCT_CHECKPOINT_LEAVES_ALTERED);
        expect_status(rebuild(w, NULL, 0), NCT_OK);
        assert_int_equal(examine(w), NCT_CHECKPOINT_AGREES);
        assert_int_equal(world_verdict(w, PORTAL_STREAM, NULL), NCT_LEDGER_VALID_BUT_UNANCHORED);
    }
    assert_true(world_ledger_mentions(w, "checkpoint.rebuilt"));
    assert_true(world_ledger_mentions(w, "operator:" WORLD_OPERATOR));
    make(w);
}

/* Entries of the very millisecond: only a copy tells which of them the checkpoint covers. */
static void leaves_are_taken_from_a_copy(void **state) {
    struct world *w = *state;
    nct_checkpoint *copy = NULL, *older = NULL;
    size_t len = 0, older_len = 0;
    make(w);
    expect_status(nct_checkpoint_export_leaves(w->portal, &older), NCT_OK);
    live_on(w);
    make(w);
    expect_status(nct_checkpoint_export_leaves(w->portal, &copy), NCT_OK);
    expect_status(world_grant(w, OLIVIA.ncid, NPI_CLINIC, FRANK.ncid, NCT_ROLE_USER, 8), NCT_OK);
    const void *leaves = nct_checkpoint_leaves(copy, &len);
    const void *others = nct_checkpoint_leaves(older, &older_len);
    alter(w, NCT_SPACE_CHECKPOINT_LEAVES, 100);
    expect_status(rebuild(w, NULL, 0), NCT_E_NOT_FOUND);
    expect_status(rebuild(w, others, older_len), NCT_E_NOT_FOUND);
    expect_status(rebuild(w, leaves, len - 1), NCT_E_ENCODING);
    assert_int_equal(examine(w), NCT_CHECKPOINT_LEAVES_ALTERED);
    expect_status(rebuild(w, leaves, len), NCT_OK);
    assert_int_equal(examine(w), NCT_CHECKPOINT_AGREES);
    make(w);
    nct_checkpoint_free(copy);
    nct_checkpoint_free(older);
}

/* Whatever is in the way, an operator can begin anew; the chain of checkpoints goes on, and the ledger says so. */
static void an_operator_gives_the_comparison_up(void **state) {
    struct world *w = *state;
    static const int32_t spaces[] = {NCT_SPACE_CHECKPOINT, NCT_SPACE_CHECKPOINT_LAST, NCT_SPACE_CHECKPOINT_LEAVES};
    expect_status(restart(w), NCT_E_STATE);
    make(w);
    expect_status(restart(w), NCT_E_STATE);
    for (size_t i = 0; i < sizeof spaces / sizeof spaces[0]; i++)
        for (int gone = 0; gone < 2; gone++) {
            nct_checkpoint *before = NULL, *next = NULL;
            unsigned char keys[256];
            size_t keys_len = 0, len = 0, next_len = 0;
            expect_status(nct_checkpoint_get(w->portal, 0, &before), NCT_OK);
            live_on(w);
            if (gone)
                take_out(w, spaces[i]);
            else
                alter(w, spaces[i], 3);
            assert_int_not_equal(nct_checkpoint_make(w->portal, NULL), NCT_OK);
            expect_status(restart(w), NCT_OK);
            assert_int_equal(examine(w), NCT_CHECKPOINT_AGREES);
            assert_int_equal(world_verdict(w, PORTAL_STREAM, NULL), NCT_LEDGER_VALID_BUT_UNANCHORED);
            expect_status(restart(w), NCT_E_STATE);
            expect_status(rebuild(w, NULL, 0), NCT_E_STATE);
            expect_status(nct_checkpoint_export_leaves(w->portal, &next), NCT_E_NOT_FOUND);
            expect_status(nct_checkpoint_make(w->portal, &next), NCT_OK);
            expect_status(nct_portal_key_set(w->portal, keys, sizeof keys, &keys_len), NCT_OK);
            const void *bytes = nct_checkpoint_bytes(before, &len);
            const void *next_bytes = nct_checkpoint_bytes(next, &next_len);
            expect_status(nct_checkpoint_verify(next_bytes, next_len, keys, keys_len, bytes, len, NULL), NCT_OK);
            nct_checkpoint_free(before);
            nct_checkpoint_free(next);
        }
    assert_true(world_ledger_mentions(w, "checkpoint.restarted"));
}

/* A shorter past does not pass for a repair: the signed root decides. */
static void nothing_is_rebuilt_over_an_altered_stream(void **state) {
    struct world *w = *state;
    live_on(w);
    make(w);
    live_on(w);
    struct rows rows = rows_take(w->store.inner);
    alter(w, NCT_SPACE_CHECKPOINT_LEAVES, 100);
    for (size_t i = 0; i < rows.count; i++)
        if (rows.at[i].space == NCT_SPACE_ENTRY && rows.at[i].key[0] == 'P' && rows.at[i].key[18] == 4) {
            rows.at[i].value[40] ^= 1;
            row_force(w->store.inner, &rows.at[i]);
        }
    nct_status status = rebuild(w, NULL, 0);
    assert_true(status == NCT_E_INTEGRITY || status == NCT_E_NOT_FOUND || status == NCT_OK);
    if (status == NCT_OK) /* the altered entry is not one a leaf names: verification of the stream finds it */
        assert_int_equal(world_verdict(w, "provider:" NPI_CLINIC, NULL), NCT_LEDGER_TAMPERED);
    rows_free(&rows);
}

/* Rows put back one by one, with head or without, after everything that writes the portal's own rows. */
static size_t says_tampered(struct world *w, void *argument) {
    (void)argument;
    return world_verdict(w, PORTAL_STREAM, NULL) == NCT_LEDGER_TAMPERED;
}

static void what_is_put_back_of_a_making_is_found(void **state) {
    struct world *w = *state;
    make(w);
    live_on(w);
    struct rows then = rows_take(w->store.inner);
    make(w);
    struct rows now = rows_take(w->store.inner);
    static const int32_t spaces[] = {NCT_SPACE_CHECKPOINT_LAST, NCT_SPACE_STREAM};
    for (unsigned which = 1; which < 4; which++) { /* each, and both */
        for (size_t i = 0; i < then.count; i++)
            for (size_t j = 0; j < 2; j++)
                if (then.at[i].space == spaces[j] && (which >> j & 1) != 0 &&
                    (spaces[j] != NCT_SPACE_STREAM || then.at[i].key[0] == 'S'))
                    row_force(w->store.inner, &then.at[i]);
        assert_int_equal(says_tampered(w, NULL), 1);
        expect_status(nct_checkpoint_make(w->portal, NULL), NCT_E_INTEGRITY);
        rows_restore(w->store.inner, &now);
    }
    rows_free(&then);
    rows_free(&now);
    make(w);
}

/* One bit of the header of each row a stream rests on: which key and version it names is said by nobody else. */
static void an_altered_header_is_tampering_and_no_want_of_a_key(void **state) {
    struct world *w = *state;
    live_on(w);
    struct rows rows = rows_take(w->store.inner);
    static const struct {
        int32_t space;
        unsigned char letter; /* of the row's key, where it has one */
        const char *stream;
    } places[] = {{NCT_SPACE_STREAM, 'P', "provider:" NPI_CLINIC}, {NCT_SPACE_ENTRY, 'P', "provider:" NPI_CLINIC},
                  {NCT_SPACE_PROVIDER, 0, "provider:" NPI_CLINIC}, {NCT_SPACE_STREAM, 'S', PORTAL_STREAM},
                  {NCT_SPACE_ENTRY, 'S', PORTAL_STREAM},           {NCT_SPACE_PORTAL, 0, PORTAL_STREAM}};
    for (size_t i = 0; i < sizeof places / sizeof places[0]; i++)
        for (size_t j = 0; j < rows.count; j++) {
            struct row *row = &rows.at[j];
            if (row->space != places[i].space || (places[i].letter != 0 && row->key[0] != places[i].letter))
                continue;
            for (size_t bit = 0; bit < 48; bit++) {
                row->value[bit / 8] ^= (unsigned char)(1 << bit % 8);
                row_force(w->store.inner, row);
                assert_int_equal(world_verdict(w, places[i].stream, NULL), NCT_LEDGER_TAMPERED);
                row->value[bit / 8] ^= (unsigned char)(1 << bit % 8);
                row_force(w->store.inner, row);
            }
            break;
        }
    rows_free(&rows);
}

static void arguments_are_checked(void **state) {
    struct world *w = *state;
    char stream[NCT_STREAM_NAME_MAX + 1];
    int32_t finding = 0;
    expect_status(nct_checkpoint_examine(NULL, &finding, stream, sizeof stream, NULL), NCT_E_ARGUMENT);
    expect_status(nct_checkpoint_examine(w->portal, NULL, stream, sizeof stream, NULL), NCT_E_ARGUMENT);
    expect_status(nct_checkpoint_examine(w->portal, &finding, stream, sizeof stream - 1, NULL), NCT_E_BUFFER);
    expect_status(nct_checkpoint_rebuild(NULL, "x", 1, NULL, 0, "x", 1), NCT_E_ARGUMENT);
    expect_status(nct_checkpoint_rebuild(w->portal, "", 0, NULL, 0, "x", 1), NCT_E_EMPTY);
    expect_status(nct_checkpoint_rebuild(w->portal, "x", 1, NULL, 0, "", 0), NCT_E_EMPTY);
    expect_status(rebuild(w, NULL, 0), NCT_E_NOT_FOUND);
    expect_status(nct_checkpoint_restart(NULL, "x", 1, "x", 1), NCT_E_ARGUMENT);
    expect_status(nct_checkpoint_restart(w->portal, "x", 1, "", 0), NCT_E_EMPTY);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, world_setup_clinic, world_teardown)

int main(void) {
    const struct CMUnitTest tests[] = {
        CASE(what_make_refuses_every_verifier_says),
        CASE(a_stream_that_does_not_agree_is_named),
        CASE(leaves_are_rebuilt_from_the_streams),
        CASE(leaves_are_taken_from_a_copy),
        CASE(an_operator_gives_the_comparison_up),
        CASE(nothing_is_rebuilt_over_an_altered_stream),
        CASE(what_is_put_back_of_a_making_is_found),
        CASE(an_altered_header_is_tampering_and_no_want_of_a_key),
        CASE(arguments_are_checked),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
