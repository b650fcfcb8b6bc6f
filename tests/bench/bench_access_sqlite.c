/* nct_access_check() on SQLite, beside one prepared select of the grant's row on a connection of its own. */
#include "bench.h"
#include "crowd.h"
#include "scratch.h"

#include <nctracks/access.h>

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    QUERIES = 1 << 14,
    SAMPLES = 9,
    HOT_USERS = 64,
};

struct stage {
    struct scratch scratch;
    struct fixture fixture;
    struct crowd crowd;
    sqlite3 *connection;
    sqlite3_stmt *select;
    int space; /* of grants */
    const struct crowd_query *queries;
};

static void require_sqlite(struct stage *stage, int code) {
    if (code == SQLITE_OK)
        return;
    fprintf(stderr, "%s\n", sqlite3_errmsg(stage->connection));
    exit(1);
}

static void open_floor(struct stage *stage) {
    require_sqlite(stage, sqlite3_open_v2(stage->scratch.path, &stage->connection, SQLITE_OPEN_READONLY, NULL));
    require_sqlite(stage, sqlite3_prepare_v2(stage->connection,
                                             "SELECT revision, value FROM rows WHERE space = ?1 AND key = ?2", -1,
                                             &stage->select, NULL));
    for (int32_t space = 0; space < nct_space_count(); space++)
        if (strcmp(nct_space_name(space), "grant") == 0)
            stage->space = space;
}

static int select_row(const struct stage *stage, const struct crowd_query *query) {
    char key[32];
    memcpy(key, query->provider, query->provider_len + 1U);
    memcpy(key + query->provider_len + 1, query->ncid, query->ncid_len);
    int len = query->provider_len + 1 + query->ncid_len;
    sqlite3_bind_int(stage->select, 1, stage->space);
    sqlite3_bind_blob(stage->select, 2, key, len, SQLITE_STATIC);
    int found = sqlite3_step(stage->select) == SQLITE_ROW && sqlite3_column_int64(stage->select, 0) > 0 &&
                sqlite3_column_blob(stage->select, 1) != NULL;
    sqlite3_reset(stage->select);
    return found;
}

static double time_floor(const struct stage *stage) {
    size_t wrong = 0;
    uint64_t begin = bench_now_ns();
    for (const struct crowd_query *query = stage->queries; query < stage->queries + QUERIES; query++)
        wrong += select_row(stage, query) != (query->expected != NCT_E_NOT_PROVISIONED);
    double took = (double)(bench_now_ns() - begin);
    bench_require_right(wrong, "prepared select");
    return took / QUERIES;
}

static double time_check(const struct stage *stage) {
    size_t wrong = 0;
    uint64_t begin = bench_now_ns();
    for (const struct crowd_query *query = stage->queries; query < stage->queries + QUERIES; query++)
        wrong += nct_access_check(stage->fixture.portal, query->provider, query->provider_len, query->ncid,
                                  query->ncid_len, query->right) != query->expected;
    double took = (double)(bench_now_ns() - begin);
    bench_require_right(wrong, "access_check.sqlite");
    return took / QUERIES;
}

static void measure(struct stage *stage, size_t users, const char *name) {
    double check[SAMPLES], floor[SAMPLES];
    struct crowd_query *queries = crowd_queries(&stage->crowd, users, QUERIES);
    stage->queries = queries;
    (void)time_check(stage);
    (void)time_floor(stage);
    for (size_t i = 0; i < SAMPLES; i++) {
        check[i] = time_check(stage);
        floor[i] = time_floor(stage);
    }
    bench_report(name, bench_median(check, SAMPLES), "prepared SQLite select", bench_median(floor, SAMPLES));
    free(queries);
}

static void run(size_t users, const char *size) {
    char name[64];
    struct stage stage = {.crowd = {users, CROWD_EACH}};
    scratch_open(&stage.scratch);
    fixture_open(&stage.fixture, nct_sqlite_store_functions(), stage.scratch.store, FIXTURE_CHEAP);
    snprintf(name, sizeof name, "load.sqlite.%s", size);
    bench_report_alone(name, (double)crowd_load(&stage.crowd, &stage.fixture));
    open_floor(&stage);
    snprintf(name, sizeof name, "access_check.sqlite.%s", size);
    measure(&stage, users, name);
    snprintf(name, sizeof name, "access_check.sqlite.%s.hot", size);
    measure(&stage, HOT_USERS, name);
    sqlite3_finalize(stage.select);
    sqlite3_close(stage.connection);
    fixture_close(&stage.fixture);
    scratch_close(&stage.scratch);
}

int main(void) {
    run(1000, "3k");
    run(100000, "300k");
    return 0;
}
