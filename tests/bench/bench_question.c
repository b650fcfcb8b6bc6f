/*
 * Many questions in one call, beside the bare hash probe of each; and lists of who may and where, beside the same
 * lists from the fastest peer: 300,000 grants at 30,000 providers, on the memory store and on SQLite.
 */
#include "bench.h"
#include "crowd.h"
#include "peer.h"
#include "probe.h"
#include "scratch.h"

#include <nctracks/question.h>
#include <nctracks/right.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    USERS = 100000,
    QUESTIONS = 1 << 15,
    TOGETHER = 16, /* questions about one person and provider, as of a page that shows what somebody may do */
    LISTS = 1024,
    PAGE = 1000,
    SAMPLES = 9,
    RIGHT = NCT_RIGHT_CLAIM_INQUIRY
};

struct stage {
    const char *store; /* its name */
    struct fixture fixture;
    struct crowd crowd;
    struct probe probe;
    struct peer peer;
    struct crowd_query *queries;
    const char *ncids[QUESTIONS], *providers[QUESTIONS];
    int32_t rights[QUESTIONS];
    nct_status answers[QUESTIONS];
};

/* ---- Many questions ---- */

static double time_many(struct stage *stage) {
    size_t wrong = 0;
    uint64_t begin = bench_now_ns();
    bench_require(nct_access_check_many(stage->fixture.portal, QUESTIONS, stage->providers, stage->ncids, stage->rights,
                                        stage->answers),
                  "nct_access_check_many");
    double took = (double)(bench_now_ns() - begin);
    for (size_t i = 0; i < QUESTIONS; i++)
        wrong += stage->answers[i] != stage->queries[i].expected;
    bench_require_right(wrong, "nct_access_check_many");
    return took / QUESTIONS;
}

static double time_probe(struct stage *stage) {
    size_t wrong = 0;
    uint64_t begin = bench_now_ns();
    for (size_t i = 0; i < QUESTIONS; i++)
        wrong += probe_ask(&stage->probe, &stage->queries[i]) != stage->queries[i].expected;
    double took = (double)(bench_now_ns() - begin);
    bench_require_right(wrong, "hash probe");
    return took / QUESTIONS;
}

static void measure_many(struct stage *stage, const char *variant) {
    char name[64];
    double many[SAMPLES], floor[SAMPLES];
    for (size_t i = 0; i < QUESTIONS; i++) {
        stage->ncids[i] = stage->queries[i].ncid;
        stage->providers[i] = stage->queries[i].provider;
        stage->rights[i] = stage->queries[i].right;
    }
    (void)time_many(stage);
    (void)time_probe(stage);
    for (size_t i = 0; i < SAMPLES; i++) {
        many[i] = time_many(stage);
        floor[i] = time_probe(stage);
    }
    snprintf(name, sizeof name, "check_many.%s.%s", stage->store, variant);
    bench_report(name, bench_median(many, SAMPLES), "FNV-1a hash probe", bench_median(floor, SAMPLES));
}

/* Each question again with other rights, which the table of the floor knows. */
static void ask_together(struct stage *stage) {
    for (size_t i = 0; i < QUESTIONS; i++) {
        stage->queries[i] = stage->queries[i - i % TOGETHER];
        stage->queries[i].right = (int32_t)(i % CROWD_RIGHTS);
        stage->queries[i].expected = probe_ask(&stage->probe, &stage->queries[i]);
    }
}

/* ---- Lists ---- */

struct list {
    const char *name;
    nct_status (*read)(nct_portal *portal, const struct crowd_query *query, nct_grant_list **out);
    size_t (*floor)(struct peer *peer, const struct crowd_query *query);
};

static nct_status list_provider(nct_portal *portal, const struct crowd_query *query, nct_grant_list **out) {
    return nct_access_list_by_provider(portal, query->provider, query->provider_len, NULL, 0, PAGE, out);
}

static nct_status list_person(nct_portal *portal, const struct crowd_query *query, nct_grant_list **out) {
    return nct_access_list_by_person(portal, query->ncid, query->ncid_len, NULL, 0, PAGE, out);
}

static nct_status list_who(nct_portal *portal, const struct crowd_query *query, nct_grant_list **out) {
    return nct_access_who_can(portal, query->provider, query->provider_len, RIGHT, NULL, 0, PAGE, out);
}

static nct_status list_where(nct_portal *portal, const struct crowd_query *query, nct_grant_list **out) {
    return nct_access_where_can(portal, query->ncid, query->ncid_len, RIGHT, NULL, 0, PAGE, out);
}

static size_t peer_provider(struct peer *peer, const struct crowd_query *query) {
    return peer_by_provider(peer, query->provider, 0);
}

static size_t peer_person(struct peer *peer, const struct crowd_query *query) {
    return peer_by_person(peer, query->ncid, 0);
}

static size_t peer_who(struct peer *peer, const struct crowd_query *query) {
    return peer_by_provider(peer, query->provider, UINT64_C(1) << RIGHT);
}

static size_t peer_where(struct peer *peer, const struct crowd_query *query) {
    return peer_by_person(peer, query->ncid, UINT64_C(1) << RIGHT);
}

static double time_lists(struct stage *stage, const struct list *list, size_t counts[LISTS]) {
    uint64_t begin = bench_now_ns();
    for (size_t i = 0; i < LISTS; i++) {
        nct_grant_list *page = NULL;
        bench_require(list->read(stage->fixture.portal, &stage->queries[i], &page), list->name);
        counts[i] = nct_grant_list_count(page);
        nct_grant_list_free(page);
    }
    return (double)(bench_now_ns() - begin) / LISTS;
}

static double time_peer(struct stage *stage, const struct list *list, const size_t counts[LISTS]) {
    size_t wrong = 0;
    uint64_t begin = bench_now_ns();
    for (size_t i = 0; i < LISTS; i++)
        wrong += list->floor(&stage->peer, &stage->queries[i]) != counts[i];
    double took = (double)(bench_now_ns() - begin);
    bench_require_right(wrong, list->name);
    return took / LISTS;
}

static void measure_list(struct stage *stage, const struct list *list) {
    char name[64];
    size_t counts[LISTS];
    double lists[SAMPLES], floor[SAMPLES];
    (void)time_lists(stage, list, counts);
    (void)time_peer(stage, list, counts);
    for (size_t i = 0; i < SAMPLES; i++) {
        lists[i] = time_lists(stage, list, counts);
        floor[i] = time_peer(stage, list, counts);
    }
    snprintf(name, sizeof name, "list.%s.%s", stage->store, list->name);
    bench_report(name, bench_median(lists, SAMPLES), PEER_NAME, bench_median(floor, SAMPLES));
}

static void measure_all(struct stage *stage) {
    static const struct list lists[] = {{"by_provider", list_provider, peer_provider},
                                        {"by_person", list_person, peer_person},
                                        {"who_can", list_who, peer_who},
                                        {"where_can", list_where, peer_where}};
    stage->queries = crowd_queries(&stage->crowd, USERS, QUESTIONS);
    measure_many(stage, "mixed");
    for (size_t i = 0; i < sizeof lists / sizeof lists[0]; i++)
        measure_list(stage, &lists[i]);
    ask_together(stage);
    measure_many(stage, "together");
    free(stage->queries);
}

int main(void) {
    static struct stage stage = {.crowd = {USERS, CROWD_FEW}};
    struct scratch scratch;
    probe_fill(&stage.probe, &stage.crowd);
    peer_open(&stage.peer, &stage.crowd);
    stage.store = "memory";
    fixture_open(&stage.fixture, NULL, NULL, FIXTURE_CHEAP);
    (void)crowd_load(&stage.crowd, &stage.fixture);
    measure_all(&stage);
    fixture_close(&stage.fixture);
    stage.store = "sqlite";
    scratch_open(&scratch);
    fixture_open(&stage.fixture, nct_sqlite_store_functions(), scratch.store, FIXTURE_CHEAP);
    (void)crowd_load(&stage.crowd, &stage.fixture);
    measure_all(&stage);
    fixture_close(&stage.fixture);
    scratch_close(&scratch);
    peer_close(&stage.peer);
    probe_free(&stage.probe);
    return 0;
}
