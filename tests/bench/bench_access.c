/* nct_actor_check() and nct_access_check() on the memory store, beside a bare hash probe of the same questions. */
#include "bench.h"
#include "crowd.h"
#include "probe.h"

#include <nctracks/access.h>
#include <nctracks/question.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    QUERIES = 1 << 17,
    SAMPLES = 9,
    HOT_USERS = 64,
};

struct stage {
    struct fixture fixture;
    struct crowd crowd;
    struct probe probe;
    nct_actor **actors; /* one a user */
    const struct crowd_query *queries;
    size_t wrong;
};

typedef size_t ask_all(const struct stage *stage);

static size_t ask_probe(const struct stage *stage) {
    size_t wrong = 0;
    for (const struct crowd_query *query = stage->queries; query < stage->queries + QUERIES; query++)
        wrong += probe_ask(&stage->probe, query) != query->expected;
    return wrong;
}

static size_t ask_check(const struct stage *stage) {
    size_t wrong = 0;
    for (const struct crowd_query *query = stage->queries; query < stage->queries + QUERIES; query++)
        wrong += nct_access_check(stage->fixture.portal, query->provider, query->provider_len, query->ncid,
                                  query->ncid_len, query->right) != query->expected;
    return wrong;
}

static size_t ask_actor(const struct stage *stage) {
    size_t wrong = 0;
    for (const struct crowd_query *query = stage->queries; query < stage->queries + QUERIES; query++)
        wrong += nct_actor_check(stage->actors[query->user], query->provider, query->provider_len, query->right) !=
                 query->expected;
    return wrong;
}

static double time_of(struct stage *stage, ask_all *ask) {
    uint64_t begin = bench_now_ns();
    stage->wrong += ask(stage);
    return (double)(bench_now_ns() - begin) / QUERIES;
}

/* The two are timed by turns, so that a change of clock speed meets both. */
static void measure(struct stage *stage, const char *name, ask_all *ask) {
    double subject[SAMPLES], floor[SAMPLES];
    (void)time_of(stage, ask);
    (void)time_of(stage, ask_probe);
    for (size_t i = 0; i < SAMPLES; i++) {
        subject[i] = time_of(stage, ask);
        floor[i] = time_of(stage, ask_probe);
    }
    bench_require_right(stage->wrong, name);
    bench_report(name, bench_median(subject, SAMPLES), "FNV-1a hash probe", bench_median(floor, SAMPLES));
}

static void measure_both(struct stage *stage, size_t users, const char *size, const char *variant) {
    char name[64];
    struct crowd_query *queries = crowd_queries(&stage->crowd, users, QUERIES);
    stage->queries = queries;
    snprintf(name, sizeof name, "actor_can.%s%s", size, variant);
    measure(stage, name, ask_actor);
    snprintf(name, sizeof name, "access_check.memory.%s%s", size, variant);
    measure(stage, name, ask_check);
    free(queries);
}

static void load_actors(struct stage *stage, const char *size) {
    char name[64], ncid[CROWD_NCID_ROOM];
    uint64_t begin = bench_now_ns();
    for (size_t user = 0; user < stage->crowd.users; user++) {
        crowd_ncid(user, ncid);
        bench_require(nct_actor_load(stage->fixture.portal, ncid, strlen(ncid), &stage->actors[user]),
                      "nct_actor_load");
    }
    snprintf(name, sizeof name, "actor_load.%s", size);
    bench_report_alone(name, (double)(bench_now_ns() - begin) / (double)stage->crowd.users);
}

static void run(size_t users, const char *size) {
    char name[64];
    struct stage stage = {.crowd = {users, CROWD_EACH}};
    stage.actors = calloc(users, sizeof *stage.actors);
    if (stage.actors == NULL)
        abort();
    fixture_open(&stage.fixture, NULL, NULL, FIXTURE_CHEAP);
    snprintf(name, sizeof name, "load.memory.%s", size);
    bench_report_alone(name, (double)crowd_load(&stage.crowd, &stage.fixture));
    probe_fill(&stage.probe, &stage.crowd);
    load_actors(&stage, size);
    measure_both(&stage, users, size, "");
    measure_both(&stage, HOT_USERS, size, ".hot");
    for (size_t user = 0; user < users; user++)
        nct_actor_free(stage.actors[user]);
    free(stage.actors);
    probe_free(&stage.probe);
    fixture_close(&stage.fixture);
}

int main(void) {
    run(1000, "3k");
    run(100000, "300k");
    return 0;
}
