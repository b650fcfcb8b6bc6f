/*
 * Granting and revoking by the Office Administrator, to people who have a PIN, on the memory store and on SQLite:
 * beside a commit of the same rows on the same store; in memory also beside a change of one row at the fastest peer.
 * What a grant would do, beside reading the same rows.
 */
#include "bench.h"
#include "crowd.h"
#include "peer.h"
#include "replay.h"
#include "scratch.h"
#include "terms.h"

#include <nctracks/question.h>
#include <nctracks/right.h>
#include <nctracks/role.h>

#include <stdio.h>
#include <string.h>

enum {
    SAMPLES = 9,
    CHANGES = 128, /* a sample */
};

#define RIGHTS (UINT64_C(1) << NCT_RIGHT_CLAIM_INQUIRY)

struct pair {
    char ncid[CROWD_NCID_ROOM];
    char npi[11];
};

/* The samples of one operation, of its floor and of the peer. */
struct series {
    double change[SAMPLES], floor[SAMPLES], peer[SAMPLES];
};

struct stage {
    struct replay_tap tap;
    struct fixture fixture;
    struct crowd crowd;
    struct peer peer;
    struct pair pairs[CHANGES];
    struct series grants, revocations, previews;
};

typedef nct_status change(nct_portal *portal, const struct pair *pair);

static nct_status grant(nct_portal *portal, const struct pair *pair) {
    return terms_grant(portal, FIXTURE_OA, pair->npi,
                       &(struct terms){.ncid = pair->ncid, .role = NCT_ROLE_USER, .rights = RIGHTS});
}

static nct_status revoke(nct_portal *portal, const struct pair *pair) {
    return nct_access_revoke(portal, FIXTURE_OA, strlen(FIXTURE_OA), pair->npi, strlen(pair->npi), pair->ncid,
                             strlen(pair->ncid));
}

/* NCT_E_STATE when it says anything else than that the rights would be gained. */
static nct_status preview(nct_portal *portal, const struct pair *pair) {
    nct_preview *found = NULL;
    nct_status status =
        terms_preview(portal, FIXTURE_OA, pair->npi,
                      &(struct terms){.ncid = pair->ncid, .role = NCT_ROLE_USER, .rights = RIGHTS}, &found);
    if (status == NCT_OK && (nct_preview_reason(found) != NCT_OK || nct_preview_rights_gained(found) != RIGHTS))
        status = NCT_E_STATE;
    nct_preview_free(found);
    return status;
}

static nct_status ask(nct_portal *portal, const struct pair *pair) {
    return nct_access_check(portal, pair->npi, strlen(pair->npi), pair->ncid, strlen(pair->ncid),
                            NCT_RIGHT_CLAIM_INQUIRY);
}

/* People and providers that have nothing to do with each other yet; each person once in a sample. */
static void pick_pairs(struct stage *stage, uint64_t *random) {
    size_t first = bench_random(random) % stage->crowd.users;
    for (size_t i = 0; i < CHANGES; i++) {
        size_t user = (first + 7 * i) % stage->crowd.users;
        crowd_ncid(user, stage->pairs[i].ncid);
        fixture_npi(crowd_foreign_provider(&stage->crowd, user, random), stage->pairs[i].npi);
    }
}

static double time_all(struct stage *stage, change *function) {
    uint64_t begin = bench_now_ns();
    for (size_t i = 0; i < CHANGES; i++)
        bench_require(function(stage->fixture.portal, &stage->pairs[i]), "grant, revocation or preview");
    return (double)(bench_now_ns() - begin) / CHANGES;
}

static double time_peer(struct stage *stage, int put) {
    uint64_t begin = bench_now_ns();
    for (size_t i = 0; i < CHANGES; i++)
        if (put)
            peer_put(&stage->peer, stage->pairs[i].npi, stage->pairs[i].ncid, RIGHTS);
        else
            peer_remove(&stage->peer, stage->pairs[i].npi, stage->pairs[i].ncid);
    return (double)(bench_now_ns() - begin) / CHANGES;
}

static void measure(struct stage *stage, change *function, nct_status expected, struct series *series, size_t sample) {
    size_t wrong = 0;
    series->change[sample] = time_all(stage, function);
    for (size_t i = 0; i < CHANGES; i++)
        wrong += ask(stage->fixture.portal, &stage->pairs[i]) != expected;
    bench_require_right(wrong, "after a grant or revocation");
    struct replay *replay = replay_new(&stage->tap, CHANGES);
    series->floor[sample] = replay_time(replay) / CHANGES;
    replay_free(replay);
    series->peer[sample] = time_peer(stage, expected == NCT_OK);
}

/* Once for the time, once more for what is read. */
static void measure_preview(struct stage *stage, size_t sample) {
    struct replay_reads *reads = replay_reads_new();
    stage->previews.change[sample] = time_all(stage, preview);
    stage->tap.reads = reads;
    (void)time_all(stage, preview);
    stage->tap.reads = NULL;
    stage->previews.floor[sample] = replay_reads_time(reads, &stage->tap) / CHANGES;
    replay_reads_free(reads);
}

static void report(const char *operation, const char *size, double *ns, const char *floor_name, double *floor_ns) {
    char name[64];
    snprintf(name, sizeof name, "%s.%s", operation, size);
    bench_report(name, bench_median(ns, SAMPLES), floor_name, bench_median(floor_ns, SAMPLES));
}

static void run(size_t users, const char *size, const nct_store *functions, void *store, int with_peer) {
    static struct stage stage;
    uint64_t random = users;
    stage = (struct stage){.crowd = {users, CROWD_EACH}, .tap = {.functions = functions, .store = store}};
    fixture_open(&stage.fixture, replay_tap_functions(), &stage.tap, FIXTURE_CHEAP);
    (void)crowd_load(&stage.crowd, &stage.fixture);
    peer_open(&stage.peer, &stage.crowd);
    for (size_t sample = 0; sample < SAMPLES; sample++) {
        pick_pairs(&stage, &random);
        measure_preview(&stage, sample);
        measure(&stage, grant, NCT_OK, &stage.grants, sample);
        measure(&stage, revoke, NCT_E_NOT_PROVISIONED, &stage.revocations, sample);
    }
    report("grant", size, stage.grants.change, "commit of the same rows", stage.grants.floor);
    report("revoke", size, stage.revocations.change, "commit of the same rows", stage.revocations.floor);
    report("preview_grant", size, stage.previews.change, "reads of the same rows", stage.previews.floor);
    if (with_peer) {
        report("grant.peer", size, stage.grants.change, "one row, " PEER_NAME, stage.grants.peer);
        report("revoke.peer", size, stage.revocations.change, "one row, " PEER_NAME, stage.revocations.peer);
    }
    peer_close(&stage.peer);
    fixture_close(&stage.fixture);
}

static void run_in_memory(size_t users, const char *size) {
    nct_memory_store *store = NULL;
    bench_require(nct_memory_store_new(NULL, NULL, &store), "nct_memory_store_new");
    run(users, size, nct_memory_store_functions(), store, 1);
    nct_memory_store_free(store);
}

/* On a disk, where a commit is there to stay: no match for a peer that forgets. */
static void run_on_sqlite(size_t users, const char *size) {
    struct scratch scratch;
    scratch_open(&scratch);
    run(users, size, nct_sqlite_store_functions(), scratch.store, 0);
    scratch_close(&scratch);
}

int main(void) {
    run_in_memory(1000, "3k");
    run_in_memory(100000, "300k");
    run_on_sqlite(100000, "sqlite.300k");
    return 0;
}
