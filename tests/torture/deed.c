#define _DEFAULT_SOURCE /* mkdtemp */
#include "deed.h"

#include "account.h"
#include "clinic_file.h"
#include "public_state.h"
#include "seams.h"
#include <nctracks/sqlite_store.h>

#include <signal.h>
#include <sodium.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define POINTS_MAX 2000
#define MAILS_MAX 64
#define JUDGED_MAX 64
#define LEASE INT64_C(120000) /* after which nobody holds a mail any more */

char deed_code[NCT_AUTHORIZATION_CODE_LENGTH + 1];
char deed_note[128];

/* Shared with the child that dies. */
struct crash_point {
    size_t at;     /* the store call at which it dies, from 1; 0: none */
    size_t points; /* passed so far */
    size_t commits;
    size_t mail_count;
    char mails[MAILS_MAX][64];
};

static struct crash_point *crash;
static nct_sqlite_store *inner;
static struct world *w;
static int mortal; /* whether store calls count */
static size_t mails_before;
static char folder[64], made[96], prepared[96], copy[96];

static void keep_mails(void) {
    for (size_t i = mails_before; i < w->mailer.count && crash->mail_count < MAILS_MAX; i++)
        if (w->mailer.mails[i].accepted)
            (void)snprintf(crash->mails[crash->mail_count++], sizeof crash->mails[0], "%s", w->mailer.mails[i].id);
    mails_before = w->mailer.count;
}

static void point(void) {
    if (mortal && ++crash->points == crash->at) {
        keep_mails();
        (void)kill(getpid(), SIGKILL);
        for (;;)
            (void)pause();
    }
}

static nct_status get(int32_t space, const void *key, size_t key_len, nct_sink *sink, uint64_t *revision,
                      void *user_data) {
    (void)user_data;
    point();
    return nct_sqlite_store_functions()->get(space, key, key_len, sink, revision, inner);
}

static nct_status scan(int32_t space, const void *prefix, size_t prefix_len, const void *after, size_t after_len,
                       size_t limit, nct_sink *sink, void *user_data) {
    (void)user_data;
    point();
    return nct_sqlite_store_functions()->scan(space, prefix, prefix_len, after, after_len, limit, sink, inner);
}

static nct_status commit(const nct_batch *batch, void *user_data) {
    (void)user_data;
    point();
    nct_status status = nct_sqlite_store_functions()->commit(batch, inner);
    crash->commits += status == NCT_OK;
    point();
    return status;
}

static const nct_store mortal_store = {.struct_size = sizeof(nct_store), .get = get, .scan = scan, .commit = commit};

/* The world, on a file. */

static void use_file(nct_config *config) {
    expect_status(nct_config_set_store(config, &mortal_store, NULL), NCT_OK);
}

static void open_file(const char *path) {
    expect_status(nct_sqlite_store_open(path, &inner), NCT_OK);
    world_open(w);
}

static void close_file(void) {
    nct_portal_close(w->portal);
    w->portal = NULL;
    nct_sqlite_store_close(inner);
    inner = NULL;
}

static void remove_file(const char *path) {
    static const char *const ends[] = {"", "-wal", "-shm"};
    char name[128];
    for (size_t i = 0; i < 3; i++) {
        (void)snprintf(name, sizeof name, "%s%s", path, ends[i]);
        (void)unlink(name);
    }
}

static void copy_file(const char *source, const char *target) {
    char block[65536];
    size_t len = 0;
    remove_file(target);
    FILE *from = fopen(source, "rb"), *to = fopen(target, "wb");
    assert_non_null(from);
    assert_non_null(to);
    while ((len = fread(block, 1, sizeof block, from)) > 0)
        assert_int_equal(fwrite(block, 1, len, to), len);
    assert_int_equal(fclose(from), 0);
    assert_int_equal(fclose(to), 0);
}

/* The rows of the file as they are, in one hash. */
static void hash_rows(unsigned char hash[32]) {
    crypto_generichash_state state;
    sqlite3 *file = NULL;
    sqlite3_stmt *tables = NULL, *rows = NULL;
    crypto_generichash_init(&state, NULL, 0, 32);
    assert_int_equal(sqlite3_open_v2(copy, &file, SQLITE_OPEN_READWRITE, NULL), SQLITE_OK);
    assert_int_equal(
        sqlite3_prepare_v2(file, "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY 1", -1, &tables, NULL),
        SQLITE_OK);
    while (sqlite3_step(tables) == SQLITE_ROW) {
        char sql[256];
        (void)snprintf(sql, sizeof sql, "SELECT * FROM \"%s\" ORDER BY 1, 2", sqlite3_column_text(tables, 0));
        if (sqlite3_prepare_v2(file, sql, -1, &rows, NULL) != SQLITE_OK)
            continue; /* a table of one column */
        while (sqlite3_step(rows) == SQLITE_ROW)
            for (int i = 0; i < sqlite3_column_count(rows); i++) {
                const void *value = sqlite3_column_blob(rows, i);
                crypto_generichash_update(&state, value, (unsigned)sqlite3_column_bytes(rows, i));
            }
        (void)sqlite3_finalize(rows);
    }
    (void)sqlite3_finalize(tables);
    assert_int_equal(sqlite3_close(file), SQLITE_OK);
    crypto_generichash_final(&state, hash, 32);
}

/* A deed and what is known of it. */

struct moment {
    uint64_t random_state;
    int64_t now;
    size_t mails;
};

struct trial {
    const struct deed *deed;
    struct moment begin;
    char *before, *after;
    size_t mails_before, mails_after;
    size_t judged;
    unsigned char hashes[JUDGED_MAX][32];
    size_t delivered[JUDGED_MAX];
};

static void rewind_to(const struct moment *moment) {
    w->random_state = moment->random_state;
    w->now = moment->now;
    w->mailer.count = moment->mails;
    mails_before = moment->mails;
}

static int live(void *argument) {
    const struct trial *trial = argument;
    rewind_to(&trial->begin);
    if (nct_sqlite_store_open(copy, &inner) != NCT_OK)
        return 2;
    if (world_try_open(w) != NCT_OK)
        return 3;
    mortal = 1;
    nct_status status = trial->deed->run(w);
    mortal = 0;
    keep_mails();
    close_file();
    if (status != NCT_OK)
        print_error("%s answers %s\n", trial->deed->function, nct_status_name(status));
    return status == NCT_OK ? 0 : 1;
}

static int live_to(struct trial *trial, size_t at) {
    copy_file(prepared, copy);
    memset(crash, 0, sizeof *crash);
    crash->at = at;
    return process_wait(process_start(live, trial));
}

static size_t mails_in_all(void) {
    expect_status(nct_mail_flush(w->portal, 1000, NULL, NULL), NCT_OK);
    keep_mails();
    size_t different = 0;
    for (size_t i = 0; i < crash->mail_count; i++) {
        size_t first = 0;
        while (strcmp(crash->mails[first], crash->mails[i]) != 0)
            first++;
        different += first == i;
    }
    return different;
}

/* Opens the copy a while later, with other random bytes. */
static void look_in(const struct trial *trial) {
    rewind_to(&trial->begin);
    w->now += LEASE;
    w->random_state += 1000003u;
    open_file(copy);
    if (!trial->deed->mends)
        expect_whole_ledger(w->portal);
}

static int same(const char *state, const char *wanted, const struct trial *trial, int tell) {
    if (strcmp(state, wanted) == 0)
        return 1;
    size_t at = 0;
    while (state[at] == wanted[at])
        at++;
    while (at > 0 && state[at - 1] != '\n')
        at--;
    if (tell)
        print_error("%s, point %zu: found\n%.300s\nfor\n%.300s\n", trial->deed->function, crash->at, state + at,
                    wanted + at);
    return 0;
}

static void do_again(const struct trial *trial) {
    expect_status(trial->deed->run(w), NCT_OK);
    char *state = public_state(w);
    assert_true(same(state, trial->after, trial, 1));
    free(state);
    expect_whole_ledger(w->portal);
}

/* All or nothing, mails too; what is not done is done by doing it again. */
static void judge(struct trial *trial) {
    look_in(trial);
    char *state = public_state(w);
    size_t mails = mails_in_all();
    int nothing = same(state, trial->before, trial, 0) && mails == trial->mails_before;
    int all = same(state, trial->after, trial, 0) && mails == trial->mails_after;
    if (!nothing && !all && !trial->deed->steps) {
        print_error("%zu mails: not %zu or not %zu\n", mails, trial->mails_before, trial->mails_after);
        (void)same(state, trial->before, trial, 1);
        (void)same(state, trial->after, trial, 1);
        fail();
    }
    if (!all)
        do_again(trial);
    else
        expect_whole_ledger(w->portal);
    free(state);
    close_file();
}

static int is_judged(struct trial *trial) {
    unsigned char hash[32];
    hash_rows(hash);
    for (size_t i = 0; i < trial->judged; i++)
        if (memcmp(trial->hashes[i], hash, sizeof hash) == 0 && trial->delivered[i] == crash->mail_count)
            return 1;
    assert_true(trial->judged < JUDGED_MAX);
    memcpy(trial->hashes[trial->judged], hash, sizeof hash);
    trial->delivered[trial->judged++] = crash->mail_count;
    return 0;
}

static void learn(struct trial *trial) {
    copy_file(prepared, copy);
    memset(crash, 0, sizeof *crash);
    look_in(trial);
    trial->before = public_state(w);
    trial->mails_before = mails_in_all();
    close_file();
    assert_int_equal(live_to(trial, 0), 0);
    size_t points = crash->points, commits = crash->commits;
    look_in(trial);
    trial->after = public_state(w);
    trial->mails_after = mails_in_all();
    close_file();
    if (strcmp(trial->before, trial->after) == 0 && trial->mails_before == trial->mails_after)
        print_message("           %s shows in nothing that is read\n", trial->deed->function);
    print_message("           %s: %zu points, %zu commits\n", trial->deed->function, points, commits);
}

/* What a preparation may change of the world beside the file. */
static void give_keys_back(const struct world *before) {
    memcpy(w->key, before->key, sizeof w->key);
    w->more_key_count = before->more_key_count;
    w->no_mailer = before->no_mailer;
}

static void crash_deed(const struct deed *deed) {
    struct trial trial = {.deed = deed};
    struct world before = *w;
    copy_file(made, prepared);
    struct moment clinic = {w->random_state, w->now, w->mailer.count};
    open_file(prepared);
    if (deed->prepare != NULL)
        deed->prepare(w);
    close_file();
    trial.begin = (struct moment){w->random_state, w->now + 1000, w->mailer.count};
    learn(&trial);
    int ended = -SIGKILL;
    for (size_t at = 1; ended == -SIGKILL; at++) {
        assert_true(at < POINTS_MAX);
        ended = live_to(&trial, at);
        assert_true(ended == -SIGKILL || ended == 0);
        if (ended == -SIGKILL && !is_judged(&trial))
            judge(&trial);
    }
    rewind_to(&clinic);
    give_keys_back(&before);
    free(trial.before);
    free(trial.after);
}

/* Changes the rows of a space behind the library's back. */
static void change_rows(const char *statement, const char *space) {
    char sql[128];
    sqlite3 *file = NULL;
    close_file();
    (void)snprintf(sql, sizeof sql, "%s WHERE space = %d", statement, (int)space_of(space));
    assert_int_equal(sqlite3_open_v2(prepared, &file, SQLITE_OPEN_READWRITE, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_exec(file, sql, NULL, NULL, NULL), SQLITE_OK);
    assert_true(sqlite3_changes(file) > 0);
    assert_int_equal(sqlite3_close(file), SQLITE_OK);
    open_file(prepared);
}

void deed_lose_rows(const char *space) {
    change_rows("DELETE FROM rows", space);
}

/* Each loses its last byte, which is one of its tag's. */
void deed_damage_rows(const char *space) {
    change_rows("UPDATE rows SET value = substr(value, 1, length(value) - 1)", space);
}

/* The first opening of an empty file makes it a portal's. */

static int open_first(void *unused) {
    (void)unused;
    if (nct_sqlite_store_open(copy, &inner) != NCT_OK)
        return 2;
    mortal = 1;
    nct_status status = world_try_open(w);
    mortal = 0;
    close_file();
    return status == NCT_OK ? 0 : 1;
}

static void expect_new_portal(void) {
    nct_key_list *list = NULL;
    open_file(copy);
    expect_whole_ledger(w->portal);
    expect_status(nct_key_list_read(w->portal, &list), NCT_OK);
    assert_int_equal(nct_key_list_count(list), 1);
    nct_key_list_free(list);
    close_file();
}

static void crash_opening(void) {
    int ended = -SIGKILL;
    for (size_t at = 1; ended == -SIGKILL; at++) {
        assert_true(at < POINTS_MAX);
        remove_file(copy);
        memset(crash, 0, sizeof *crash);
        crash->at = at;
        ended = process_wait(process_start(open_first, NULL));
        assert_true(ended == -SIGKILL || ended == 0);
        expect_new_portal();
    }
    print_message("           nct_portal_open: %zu points\n", crash->points);
    assert_true(crash->points > 2);
}

static void set_rule(const char *path, const char *value) {
    expect_status(nct_rule_set(w->policy, path, value, strlen(value), NULL), NCT_OK);
}

static void set_policy(void) {
    set_rule("name", "crash");
    set_rule("by_two", "user_administrator enrollment_specialist");
    set_rule("role.office_administrator.manages", "user_administrator user enrollment_specialist");
    set_rule("role.user_administrator.manages", "user enrollment_specialist");
    set_rule("oa_change.at_once", "no");
    set_rule("sign_in.second_step", "yes");
    expect_status(nct_policy_set(w->policy, NCT_OPTION_PERIOD, 1), NCT_OK);
    expect_status(nct_policy_set(w->policy, NCT_OPTION_DELAY_FIRST, 0), NCT_OK);
}

static void make_clinic(void) {
    char code[NCT_AUTHORIZATION_CODE_LENGTH + 1];
    const struct cast *const people[] = {&OLIVIA, &FRANK, &PETRA, &UMA};
    world_enroll(w, NPI_CLINIC, "organization", code);
    nct_form *form = world_registration(w, NPI_CLINIC, code, &OLIVIA);
    world_set_user(form, 0, &FRANK, "user", "eligibility.inquiry");
    world_set_user(form, 1, &PETRA, "user", "pa.submit fl2.submit");
    world_set_user(form, 2, &UMA, "user", "claim.inquiry");
    expect_status(world_submit(form), NCT_OK);
    nct_form_free(form);
    for (size_t i = 0; i < sizeof people / sizeof people[0]; i++)
        world_set_password(w, people[i]->ncid, WORLD_PASSWORD);
    world_enroll(w, world_npi(2), "organization", deed_code);
}

static void make_world(void) {
    strcpy(folder, "/dev/shm/nct-deeds-XXXXXX");
    if (mkdtemp(folder) == NULL) {
        strcpy(folder, "/tmp/nct-deeds-XXXXXX");
        assert_non_null(mkdtemp(folder));
    }
    (void)snprintf(made, sizeof made, "%s/made.db", folder);
    (void)snprintf(prepared, sizeof prepared, "%s/prepared.db", folder);
    (void)snprintf(copy, sizeof copy, "%s/copy.db", folder);
    crash = shared_memory(sizeof *crash);
    assert_non_null(crash);
    w = world_new();
    w->configure = use_file;
    set_policy();
    open_file(made);
    make_clinic();
    close_file();
}

static void remove_world(void) {
    remove_file(made);
    remove_file(prepared);
    remove_file(copy);
    (void)rmdir(folder);
    shared_free(crash, sizeof *crash);
    assert_int_equal(world_free(w), 0);
}

void deeds_crash(const struct deed *deeds, size_t count) {
    make_world();
    for (size_t i = 0; i < count; i++)
        if (deeds[i].run != NULL)
            crash_deed(&deeds[i]);
        else
            crash_opening();
    remove_world();
}
