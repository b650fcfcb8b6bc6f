/* An SQLite file somebody else had in hand: whatever could undo or forge what the adapter writes is refused by name. */
#include "sqlite_place.h"
#include "store_contract_cases.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static int set_up(void **state) {
    *state = place_make();
    return *state != NULL ? 0 : -1;
}

static int tear_down(void **state) {
    place_remove(*state);
    return 0;
}

static void open_place(struct place *place) {
    assert_int_equal(nct_sqlite_store_open(place->path, &place->store), NCT_OK);
}

static void close_place(struct place *place) {
    nct_sqlite_store_close(place->store);
    place->store = NULL;
}

static void make_store(struct place *place) {
    open_place(place);
    close_place(place);
}

static struct probe probe_of(struct place *place) {
    return (struct probe){.functions = nct_sqlite_store_functions(), .user_data = place->store};
}

/* What is done to the file of a store, and what the refusal names. */
struct meddling {
    const char *sql;
    const char *words;
};

static const struct meddling meddlings[] = {
    {"CREATE TRIGGER undo AFTER UPDATE ON rows BEGIN UPDATE rows SET revision = 1; END", "the trigger undo"},
    {"CREATE TRIGGER swallow BEFORE INSERT ON rows BEGIN SELECT RAISE(IGNORE); END", "the trigger swallow"},
    {"CREATE VIEW seen AS SELECT * FROM rows", "the view seen"},
    {"CREATE INDEX further ON rows (revision)", "the index further"},
    {"CREATE TABLE other (x)", "the table other"},
    {"ANALYZE", "the table sqlite_stat1"},
    {"CREATE VIRTUAL TABLE words USING fts4(x)", "the table words"},
    {"DROP TABLE rows", "no table rows"},
    {"ALTER TABLE rows ADD COLUMN more BLOB", "the table rows is not the one of a store"},
    {"DROP TABLE rows; CREATE TABLE rows (space, key, revision, value, PRIMARY KEY (space, key) ON CONFLICT REPLACE)",
     "the table rows is not the one of a store"},
    {"ALTER TABLE rows RENAME TO old; CREATE VIEW rows AS SELECT * FROM old", "the table old"},
    {"PRAGMA application_id = 7", "its application_id is 7"},
    {"PRAGMA application_id = 0", "its application_id is 0"},
    {"PRAGMA user_version = 2", "its user_version is 2, that of a store is 1"},
};

static void test_whatever_is_foreign_is_named(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof meddlings / sizeof meddlings[0]; i++) {
        struct place *place = place_make();
        assert_non_null(place);
        make_store(place);
        place_sql(place, meddlings[i].sql);
        place_expect_refused(place, NCT_E_UNSUPPORTED, meddlings[i].words);
        place_remove(place);
    }
}

static void test_files_of_something_else_are_named(void **state) {
    struct place *place = *state;
    place_sql(place, "CREATE TABLE other (x); INSERT INTO other VALUES (1)");
    place_expect_refused(place, NCT_E_UNSUPPORTED, "the table other does not belong");
    place_sql(place, "DROP TABLE other; PRAGMA application_id = 7");
    place_expect_refused(place, NCT_E_UNSUPPORTED, "its application_id is 7");
}

/* A schema whose text says one thing and whose type another. */
static void test_a_disguised_schema_is_refused(void **state) {
    struct place *place = *state;
    make_store(place);
    place_sql(place, "CREATE TRIGGER undo AFTER UPDATE ON rows BEGIN UPDATE rows SET revision = 1; END;"
                     "PRAGMA writable_schema = ON;"
                     "UPDATE sqlite_schema SET name = 'rows', tbl_name = 'rows' WHERE type = 'trigger'");
    place_expect_refused(place, NCT_E_STORE, "damaged");
}

static void expect_commit_fails(struct place *place, const char *words) {
    struct probe probe = probe_of(place);
    char text[256];
    assert_int_equal(probe_commit_one(&probe, contract_put("a", 1, "two")), NCT_E_STORE);
    assert_non_null(strstr(nct_sqlite_store_error(text, sizeof text), words));
}

/* SQLite reads a changed schema again by itself, also in the middle of a portal's day. */
static void test_a_trigger_made_while_the_store_is_open_stops_commits(void **state) {
    struct place *place = *state;
    open_place(place);
    struct probe probe = probe_of(place);
    assert_int_equal(probe_commit_one(&probe, contract_put("a", 0, "one")), NCT_OK);
    place_sql(place, "CREATE TRIGGER undo AFTER UPDATE ON rows WHEN new.value <> old.value BEGIN"
                     " UPDATE rows SET value = old.value WHERE space = new.space AND key = new.key; END");
    expect_commit_fails(place, "the trigger undo");
    expect_commit_fails(place, "the trigger undo");
    contract_expect_text(&probe, "a", 1, "one");
    place_sql(place, "DROP TRIGGER undo");
    assert_int_equal(probe_commit_one(&probe, contract_put("a", 1, "two")), NCT_OK);
}

static void test_another_table_under_an_open_store_stops_commits(void **state) {
    struct place *place = *state;
    open_place(place);
    struct probe probe = probe_of(place);
    assert_int_equal(probe_commit_one(&probe, contract_put("a", 0, "one")), NCT_OK);
    place_sql(place, "ALTER TABLE rows RENAME TO old;"
                     "CREATE TABLE rows (space, key, revision, value); INSERT INTO rows SELECT * FROM old");
    expect_commit_fails(place, "does not belong");
}

static void test_a_vacuum_of_somebody_else_is_no_change(void **state) {
    struct place *place = *state;
    open_place(place);
    struct probe probe = probe_of(place);
    assert_int_equal(probe_commit_one(&probe, contract_put("a", 0, "one")), NCT_OK);
    place_sql(place, "VACUUM");
    assert_int_equal(probe_commit_one(&probe, contract_put("a", 1, "two")), NCT_OK);
    contract_expect_text(&probe, "a", 2, "two");
}

/* ---- Files ---- */

static void make_file(const char *path, mode_t mode) {
    int file = open(path, O_WRONLY | O_CREAT | O_EXCL, 0600);
    assert_true(file >= 0);
    assert_int_equal(fchmod(file, mode), 0);
    assert_int_equal(close(file), 0);
}

static mode_t mode_of(const char *path) {
    struct stat info;
    assert_int_equal(stat(path, &info), 0);
    return info.st_mode & 0777;
}

static const char *const companions[] = {"-wal", "-shm"};

/* A database that could only be read for a time: what was left of that does not keep it from being written. */
static void test_companions_that_could_only_be_read_can_be_written_again(void **state) {
    struct place *place = *state;
    char path[96];
    make_store(place);
    for (int i = 0; i < 2; i++)
        make_file(place_companion(place, companions[i], path), 0400);
    open_place(place);
    for (int i = 0; i < 2; i++)
        assert_int_equal(mode_of(place_companion(place, companions[i], path)), 0600);
}

static void test_no_mode_is_changed_through_a_link(void **state) {
    struct place *place = *state;
    char path[96];
    char other[96];
    make_store(place);
    make_file(place_companion(place, ".other", other), 0400);
    for (int i = 0; i < 2; i++) {
        assert_int_equal(symlink(other, place_companion(place, companions[i], path)), 0);
        place_expect_refused(place, NCT_E_STORE, "symbolic link");
        assert_int_equal(unlink(path), 0);
        assert_int_equal(link(other, path), 0);
        place_expect_refused(place, NCT_E_STORE, companions[i]);
        assert_int_equal(unlink(path), 0);
    }
    assert_int_equal(mode_of(other), 0400);
}

/* The database as a link to a file with a generous mode: that mode is given to nothing. */
static void test_a_database_that_is_a_link_is_refused(void **state) {
    struct place *place = *state;
    char path[96];
    char other[96];
    make_file(place_companion(place, ".other", other), 0666);
    assert_int_equal(chmod(other, 0666), 0);
    assert_int_equal(symlink(other, place->path), 0);
    make_file(place_companion(place, "-wal", path), 0400);
    place_expect_refused(place, NCT_E_STORE, "symbolic link");
    assert_int_equal(mode_of(path), 0400);
}

static void test_files_others_may_write_are_refused(void **state) {
    struct place *place = *state;
    char path[96];
    make_store(place);
    assert_int_equal(chmod(place->path, 0620), 0);
    place_expect_refused(place, NCT_E_STORE, "written by others");
    assert_int_equal(chmod(place->path, 0600), 0);
    for (int i = 0; i < 2; i++) {
        make_file(place_companion(place, companions[i], path), 0602);
        place_expect_refused(place, NCT_E_STORE, companions[i]);
        assert_int_equal(unlink(path), 0);
    }
    open_place(place);
}

static void test_files_of_somebody_else_are_refused(void **state) {
    struct place *place = *state;
    if (geteuid() != 0)
        skip();
    make_store(place);
    assert_int_equal(chown(place->path, 65534, 65534), 0);
    place_expect_refused(place, NCT_E_STORE, "belongs to somebody else");
}

static void test_a_pipe_in_the_place_of_the_database_is_refused_at_once(void **state) {
    struct place *place = *state;
    assert_int_equal(mkfifo(place->path, 0600), 0);
    place_expect_refused(place, NCT_E_STORE, "not a regular file");
}

#define TEST(name) cmocka_unit_test_setup_teardown(test_##name, set_up, tear_down)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(whatever_is_foreign_is_named),
        TEST(files_of_something_else_are_named),
        TEST(a_disguised_schema_is_refused),
        TEST(a_trigger_made_while_the_store_is_open_stops_commits),
        TEST(another_table_under_an_open_store_stops_commits),
        TEST(a_vacuum_of_somebody_else_is_no_change),
        TEST(companions_that_could_only_be_read_can_be_written_again),
        TEST(no_mode_is_changed_through_a_link),
        TEST(a_database_that_is_a_link_is_refused),
        TEST(files_others_may_write_are_refused),
        TEST(files_of_somebody_else_are_refused),
        TEST(a_pipe_in_the_place_of_the_database_is_refused_at_once),
    };
    return cmocka_run_group_tests_name("sqlite store in hostile hands", tests, NULL, NULL);
}
