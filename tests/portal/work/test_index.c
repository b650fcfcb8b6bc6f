/* Somebody with the store takes rows out of the work list's index, puts rows back, invents some: the list tells, and a
 * repair makes it what the records say. */
#include "applications.h"

#include <nctracks/damage.h>
#include <nctracks/work.h>

#define KIND NCT_SUBMISSION_MANAGE_CHANGE
#define AGNES "agnes", 5

static char id[NCT_APPLICATION_ID_LENGTH + 1];

static void submit_one(struct world *w) {
    world_drafted(w, OLIVIA.ncid, KIND, id);
    expect_status(world_apply(w, OLIVIA.ncid, KIND, id, NULL), NCT_OK);
}

/* How many applications a list has that is to answer so. */
static size_t listed(struct world *w, nct_status wanted) {
    nct_work_list *page = NULL;
    expect_status(nct_work_list_page(w->portal, 0, 0, 0, NULL, 0, 100, &page), wanted);
    size_t count = nct_work_list_count(page);
    nct_work_list_free(page);
    return count;
}

static int is_registry(const struct row *row, char letter) {
    return row->space == space_of("registry") && row->key[0] == letter;
}

static int is_index(const struct row *row) {
    return row->space == space_of("work");
}

/* Of the work list's index, and all that counts it. */
static int is_of_index(const struct row *row) {
    int root = row->key_len == 2 && is_registry(row, 'R') && row->key[1] == 'W';
    return is_index(row) || is_registry(row, 'W') || root;
}

static int is_counting(const struct row *row) {
    return is_of_index(row) && !is_index(row);
}

static int is_application(const struct row *row) {
    return row->space == space_of("application") || row->space == space_of("application_by_person");
}

typedef int row_question(const struct row *row);

static void take_away(struct world *w, row_question *which) {
    struct rows rows = rows_take(w->store.inner);
    for (size_t i = 0; i < rows.count; i++) {
        struct row gone = rows.at[i];
        gone.revision = 0;
        if (which(&rows.at[i]))
            row_force(w->store.inner, &gone);
    }
    rows_free(&rows);
}

static void put_back(struct world *w, const struct rows *before, row_question *which) {
    for (size_t i = 0; i < before->count; i++)
        if (which(&before->at[i]))
            row_force(w->store.inner, &before->at[i]);
}

/* Everything is as the records say, and counted; that it was repaired is told. */
static void expect_repaired(struct world *w, size_t waiting) {
    size_t rebuilt = 0;
    size_t left = 9;
    expect_status(nct_work_check(w->portal), NCT_E_INTEGRITY);
    expect_status(nct_repair(w->portal, AGNES, "rows were touched", 17, &rebuilt, &left), NCT_OK);
    assert_true(rebuilt > 0);
    assert_int_equal(left, 0);
    expect_status(nct_work_check(w->portal), NCT_OK);
    assert_int_equal(listed(w, NCT_OK), waiting);
    assert_true(world_ledger_mentions(w, "store.repaired") || world_ledger_mentions(w, "due.restored"));
    expect_status(nct_repair(w->portal, AGNES, "again", 5, &rebuilt, &left), NCT_OK);
    assert_int_equal(rebuilt, 0);
    submit_one(w);
    assert_int_equal(listed(w, NCT_OK), waiting + 1);
    expect_status(nct_work_check(w->portal), NCT_OK);
}

static void a_row_taken_away_is_missed_and_comes_back(void **state) {
    struct world *w = *state;
    submit_one(w);
    take_away(w, is_index);
    assert_int_equal(listed(w, NCT_E_PARTIAL), 0);
    expect_repaired(w, 1);
}

/* The decision does not rest on the index; what was hidden stays told until it is repaired. */
static void what_was_hidden_can_be_decided_and_is_still_told(void **state) {
    struct world *w = *state;
    submit_one(w);
    take_away(w, is_index);
    world_lead(w, id, NCT_STATE_DENIED);
    assert_int_equal(listed(w, NCT_E_PARTIAL), 0);
    expect_repaired(w, 0);
}

static void a_row_put_back_shows_nothing_and_is_found(void **state) {
    struct world *w = *state;
    submit_one(w);
    struct rows before = rows_take(w->store.inner);
    world_lead(w, id, NCT_STATE_DENIED);
    assert_int_equal(listed(w, NCT_OK), 0);
    put_back(w, &before, is_index);
    assert_int_equal(listed(w, NCT_E_PARTIAL), 0);
    expect_repaired(w, 0);
    rows_free(&before);
}

/* A row of another key does not open there: it is damage, which the list names too. */
static void a_row_invented_is_found_as_damage(void **state) {
    struct world *w = *state;
    nct_damage *damage = NULL;
    submit_one(w);
    struct rows rows = rows_take(w->store.inner);
    for (size_t i = 0; i < rows.count; i++)
        if (is_index(&rows.at[i]) && rows.at[i].key[0] == NCT_WORK_APPLICATION) {
            struct row made = rows.at[i];
            made.key[8]++; /* since a millisecond later, or one that was before */
            row_force(w->store.inner, &made);
        }
    rows_free(&rows);
    assert_int_equal(listed(w, NCT_E_PARTIAL), 1);
    expect_status(nct_damage_list(w->portal, space_of("work"), NULL, 0, 100, &damage), NCT_OK);
    assert_int_equal(nct_damage_count(damage), 1);
    assert_string_equal(nct_damage_provider(damage, 0), NPI_CLINIC);
    nct_damage_free(damage);
    expect_repaired(w, 1);
}

static void what_counts_the_rows_is_not_taken_away_unseen(void **state) {
    struct world *w = *state;
    submit_one(w);
    take_away(w, is_of_index);
    submit_one(w); /* which begins a registry anew */
    take_away(w, is_counting);
    assert_int_equal(listed(w, NCT_E_PARTIAL), 1);
    expect_repaired(w, 2);
}

static void flip(struct world *w, row_question *which) {
    struct rows rows = rows_take(w->store.inner);
    for (size_t i = 0; i < rows.count; i++)
        if (which(&rows.at[i])) {
            rows.at[i].value[rows.at[i].len - 1] ^= 1;
            row_force(w->store.inner, &rows.at[i]);
        }
    rows_free(&rows);
}

static void what_counts_the_rows_is_rebuilt_where_it_was_damaged(void **state) {
    struct world *w = *state;
    submit_one(w);
    flip(w, is_counting);
    assert_int_equal(listed(w, NCT_E_PARTIAL), 1);
    expect_repaired(w, 1);
}

/* Both rows of an application are gone, and the index still has it. */
static void a_record_taken_away_is_told_by_its_row(void **state) {
    struct world *w = *state;
    size_t rebuilt = 0;
    submit_one(w);
    take_away(w, is_application);
    assert_int_equal(listed(w, NCT_E_PARTIAL), 0);
    expect_status(nct_repair(w->portal, AGNES, "bad disk", 8, &rebuilt, NULL), NCT_OK);
    assert_int_equal(rebuilt, 0); /* nothing else says what was in it, and its row is not dropped */
    assert_int_equal(listed(w, NCT_E_PARTIAL), 0);
}

/* Drafts are counted apart: the agency's own list is whole without them. */
static void the_index_of_drafts_is_watched_as_well(void **state) {
    struct world *w = *state;
    nct_work_list *page = NULL;
    world_drafted(w, OLIVIA.ncid, KIND, id);
    take_away(w, is_index);
    assert_int_equal(listed(w, NCT_OK), 0);
    expect_status(nct_work_list_page(w->portal, NCT_WORK_DRAFT, 0, 0, NULL, 0, 10, &page), NCT_E_PARTIAL);
    assert_int_equal(nct_work_list_count(page), 0);
    nct_work_list_free(page);
    expect_repaired(w, 0);
    expect_status(nct_work_list_page(w->portal, NCT_WORK_DRAFT, 0, 0, NULL, 0, 10, &page), NCT_OK);
    assert_int_equal(nct_work_list_count(page), 1);
    nct_work_list_free(page);
}

/* A crash between the steps of a repair: doing it again does the rest. */
static void a_repair_broken_off_is_finished_by_the_next(void **state) {
    struct world *w = *state;
    size_t rebuilt = 0;
    for (size_t at = 1; at < 8; at++) {
        submit_one(w);
        take_away(w, is_index);
        world_fault(w, FAULT_ERROR, WORLD_COMMIT, at, SIZE_MAX);
        nct_status status = nct_repair(w->portal, AGNES, "bad disk", 8, &rebuilt, NULL);
        world_no_fault(w);
        assert_true(status == NCT_OK || status == NCT_E_STORE);
        expect_status(nct_repair(w->portal, AGNES, "bad disk", 8, NULL, NULL), NCT_OK);
        expect_status(nct_work_check(w->portal), NCT_OK);
        assert_int_equal(listed(w, NCT_OK), at);
    }
}

/* A row that comes while the list is read is no damage. */
static void submit_meanwhile(void *argument) {
    submit_one(argument);
}

static void what_comes_meanwhile_is_no_damage(void **state) {
    struct world *w = *state;
    submit_one(w);
    for (size_t skip = 0; skip < 12; skip++) {
        w->store.argument = w;
        w->store.before_get_skip = skip;
        w->store.before_get = submit_meanwhile;
        expect_status(nct_work_check(w->portal), NCT_OK);
    }
    w->store.before_get = NULL;
    expect_status(nct_work_check(w->portal), NCT_OK);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, world_setup_clinic, world_teardown)

int main(void) {
    const struct CMUnitTest tests[] = {
        CASE(a_row_taken_away_is_missed_and_comes_back),     CASE(what_was_hidden_can_be_decided_and_is_still_told),
        CASE(a_row_put_back_shows_nothing_and_is_found),     CASE(a_row_invented_is_found_as_damage),
        CASE(what_counts_the_rows_is_not_taken_away_unseen), CASE(what_counts_the_rows_is_rebuilt_where_it_was_damaged),
        CASE(a_record_taken_away_is_told_by_its_row),        CASE(the_index_of_drafts_is_watched_as_well),
        CASE(a_repair_broken_off_is_finished_by_the_next),   CASE(what_comes_meanwhile_is_no_damage),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
