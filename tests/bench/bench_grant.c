/*
 * Granting and revoking on the memory store, by the Office Administrator, to people who have a PIN; beside a commit of
 * the same rows.
 */
#include "bench.h"
#include "crowd.h"
#include "replay.h"

#include <nctracks/access.h>

#include <stdio.h>
#include <string.h>

enum {
    SAMPLES = 9,
    CHANGES = 128, /* a sample */
};

struct pair {
    char ncid[CROWD_NCID_ROOM];
    char npi[11];
};

/* The samples of one operation and of its floor. */
struct series {
    double change[SAMPLES], floor[SAMPLES];
};

struct stage {
    struct replay_tap tap;
    struct fixture fixture;
    struct crowd crowd;
    struct pair pairs[CHANGES];
};

typedef nct_status change(nct_portal *portal, const struct pair *pair);

static nct_status grant(nct_portal *portal, const struct pair *pair) {
    return nct_access_grant(portal, FIXTURE_OA, strlen(FIXTURE_OA), pair->npi, strlen(pair->npi), pair->ncid,
                            strlen(pair->ncid), NCT_ROLE_USER, 1U << NCT_RIGHT_CLAIM_INQUIRY, 0, 0);
}

static nct_status revoke(nct_portal *portal, const struct pair *pair) {
    return nct_access_revoke(portal, FIXTURE_OA, strlen(FIXTURE_OA), pair->npi, strlen(pair->npi), pair->ncid,
                             strlen(pair->ncid));
}

static nct_status ask(nct_portal *portal, const struct pair *pair) {
    return nct_access_check(portal, pair->ncid, strlen(pair->ncid), pair->npi, strlen(pair->npi),
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

static void measure(struct stage *stage, change *function, nct_status expected, struct series *series, size_t sample) {
    nct_portal *portal = stage->fixture.portal;
    size_t wrong = 0;
    uint64_t begin = bench_now_ns();
    for (size_t i = 0; i < CHANGES; i++)
        bench_require(function(portal, &stage->pairs[i]), "grant or revoke");
    series->change[sample] = (double)(bench_now_ns() - begin) / CHANGES;
    for (size_t i = 0; i < CHANGES; i++)
        wrong += ask(portal, &stage->pairs[i]) != expected;
    bench_require_right(wrong, "after a grant or revocation");
    struct replay *replay = replay_new(&stage->tap, CHANGES);
    series->floor[sample] = replay_time(replay) / CHANGES;
    replay_free(replay);
}

static void report(const char *operation, const char *size, struct series *series) {
    char name[64];
    snprintf(name, sizeof name, "%s.%s", operation, size);
    bench_report(name, bench_median(series->change, SAMPLES), "commit of the same rows",
                 bench_median(series->floor, SAMPLES));
}

static void run(size_t users, const char *size) {
    struct series grants, revocations;
    struct stage stage = {.crowd = {users}};
    uint64_t random = users;
    bench_require(nct_memory_store_new(NULL, NULL, &stage.tap.store), "nct_memory_store_new");
    fixture_open(&stage.fixture, replay_tap_functions(), &stage.tap, FIXTURE_CHEAP);
    (void)crowd_load(&stage.crowd, &stage.fixture);
    for (size_t sample = 0; sample < SAMPLES; sample++) {
        pick_pairs(&stage, &random);
        measure(&stage, grant, NCT_OK, &grants, sample);
        measure(&stage, revoke, NCT_E_NOT_PROVISIONED, &revocations, sample);
    }
    report("grant", size, &grants);
    report("revoke", size, &revocations);
    fixture_close(&stage.fixture);
    nct_memory_store_free(stage.tap.store);
}

int main(void) {
    run(1000, "3k");
    run(100000, "300k");
    return 0;
}
