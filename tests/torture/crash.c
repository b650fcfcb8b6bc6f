#include "crash.h"

#include <signal.h>
#include <sqlite3.h>
#include <unistd.h>

#include "account.h"
#include <nctracks/sqlite_store.h>

#define DAY INT64_C(86400000)
#define POINTS_MAX 1000

/* Shared by the parent and the child that dies. */
static struct crash *crash;
static nct_sqlite_store *inner;

static void die(void) {
    (void)kill(getpid(), SIGKILL);
    for (;;)
        (void)pause();
}

static void point(void *unused) {
    (void)unused;
    int after_commit = crash->after_commit > 0 && crash->commits == crash->after_commit;
    if (++crash->points == crash->at || after_commit)
        die();
}

static nct_status get(int32_t space, const void *key, size_t key_len, nct_sink *sink, uint64_t *revision,
                      void *user_data) {
    point(user_data);
    return nct_sqlite_store_functions()->get(space, key, key_len, sink, revision, inner);
}

static nct_status scan(int32_t space, const void *prefix, size_t prefix_len, const void *after, size_t after_len,
                       size_t limit, nct_sink *sink, void *user_data) {
    point(user_data);
    return nct_sqlite_store_functions()->scan(space, prefix, prefix_len, after, after_len, limit, sink, inner);
}

static nct_status commit(const nct_batch *batch, void *user_data) {
    point(user_data);
    nct_status status = nct_sqlite_store_functions()->commit(batch, inner);
    crash->commits += status == NCT_OK;
    point(user_data);
    return status;
}

static const nct_store mortal_store = {.struct_size = sizeof(nct_store), .get = get, .scan = scan, .commit = commit};

/* A write of SQLite's that dies at a point has written the first half. */
static ssize_t torn_write(int file, const void *bytes, size_t len, off_t offset) {
    if (pwrite(file, bytes, len / 2, offset) < 0)
        return -1;
    point(NULL);
    return pwrite(file, bytes, len, offset);
}

static int tear_writes(void) {
    sqlite3_vfs *vfs = sqlite3_vfs_find(NULL);
    sqlite3_syscall_ptr write = (sqlite3_syscall_ptr)torn_write;
    int code = vfs->xSetSystemCall(vfs, "pwrite", write);
    return code == SQLITE_OK ? vfs->xSetSystemCall(vfs, "pwrite64", write) : code;
}

struct life {
    const struct clinic_file *clinic;
    nct_status (*run)(const struct clinic_file *clinic, nct_portal *portal);
    int64_t now;
};

/* The child. Opening the portal is not part of the operation. */
static int live(void *argument) {
    const struct life *life = argument;
    struct host host = {.now = life->now, .letters = &crash->letters, .at_mail = point};
    size_t at = crash->at;
    crash->at = 0;
    host.store = &mortal_store;
    nct_status status = nct_sqlite_store_open(life->clinic->copy, &inner);
    if (tear_writes() != SQLITE_OK)
        return 2;
    host.store_data = inner;
    host.policy = life->clinic->w->policy;
    host.key = life->clinic->w->key;
    if (status == NCT_OK)
        status = host_open(&host);
    crash->points = 0;
    crash->commits = 0;
    crash->at = at;
    if (status == NCT_OK)
        status = life->run(life->clinic, host.portal);
    clinic_file_close(&host, inner);
    return status == NCT_OK ? 0 : 1;
}

static int live_to(const struct clinic_file *clinic,
                   nct_status (*run)(const struct clinic_file *clinic, nct_portal *portal), size_t at, int64_t now) {
    struct life life = {clinic, run, now};
    crash->at = at;
    return process_wait(process_start(live, &life));
}

static void expect_all_mails_out(nct_portal *portal, const struct victim *victim) {
    size_t sent = 0, waiting = 0;
    expect_status(nct_mail_flush(portal, 1000, &sent, &waiting), NCT_OK);
    assert_int_equal(waiting, 0);
    if (victim->mails != ANY_MAILS)
        assert_int_equal(letters_different(&crash->letters), victim->mails);
    assert_true(letters_consistent(&crash->letters));
}

/* A day later: leases have ended and nothing waits. */
static void finish(const struct clinic_file *clinic, nct_portal *portal, const struct victim *victim) {
    int done = victim->done(clinic, portal);
    assert_true(done == 0 || done == 1);
    if (victim->after_crash != NULL)
        victim->after_crash(clinic, portal, crash, done);
    expect_status(victim->run(clinic, portal), done ? victim->again : NCT_OK);
    assert_int_equal(victim->done(clinic, portal), 1);
    expect_all_mails_out(portal, victim);
    if (victim->in_the_end != NULL)
        victim->in_the_end(clinic, portal, crash);
}

static void recover(const struct clinic_file *clinic, const struct victim *victim) {
    struct host host = {.now = WORLD_START + 2 * DAY, .letters = &crash->letters};
    nct_sqlite_store *store = NULL;
    expect_status(clinic_file_open(clinic, clinic->copy, &host, &store), NCT_OK);
    expect_whole_ledger(host.portal);
    finish(clinic, host.portal, victim);
    expect_whole_ledger(host.portal);
    clinic_file_close(&host, store);
}

void crash_everywhere(const struct clinic_file *clinic, const struct victim *victim) {
    int ended = -SIGKILL;
    size_t at = 0;
    while (ended == -SIGKILL) {
        assert_true(++at < POINTS_MAX);
        crash = shared_memory(sizeof *crash);
        assert_non_null(crash);
        clinic_file_copy(clinic);
        ended = live_to(clinic, victim->run, at, WORLD_START + DAY);
        if (ended != -SIGKILL && ended != 0)
            print_error("%s, point %zu: the child ended with %d\n", victim->name, at, ended);
        assert_true(ended == -SIGKILL || ended == 0);
        recover(clinic, victim);
        shared_free(crash, sizeof *crash);
    }
    print_message("           %s: %zu points\n", victim->name, at - 1);
    assert_true(at > 3);
}

int crash_after_commit(const struct clinic_file *clinic,
                       nct_status (*run)(const struct clinic_file *clinic, nct_portal *portal), size_t wanted,
                       int64_t now) {
    crash = shared_memory(sizeof *crash);
    assert_non_null(crash);
    crash->after_commit = wanted;
    int ended = live_to(clinic, run, 0, now);
    shared_free(crash, sizeof *crash);
    return ended;
}
