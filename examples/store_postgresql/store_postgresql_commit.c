/*
 * The conditional commit.
 *
 * Each commit locks every row it names, there or not, before it looks at any: rows it only checks together with others,
 * rows it writes alone, all in one order, all until it ends (strict two-phase locking). So between its look and its end
 * nobody else writes what it looked at, and every outcome is one that commits one after the other would have had. The
 * locks are advisory ones, because a row that must not exist has nothing else that could be locked. One statement looks
 * and writes, on a snapshot that is taken when the locks are held. Who writes to the table without the locks, which no
 * adapter does, is found out: then other rows are changed than were looked at, and all is undone.
 *
 * BEGIN, locks, the statement and COMMIT go to the server in one round trip. When the connection is lost before the
 * answer is there, nobody knows yet whether the commit took place: settle() finds out.
 */
#include "store_postgresql_inside.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#define TRIES 50        /* of one commit, when others are in the way each time */
#define PAUSE_MOST 4096 /* tenths of milliseconds between two tries */

enum outcome {
    DONE,
    CONFLICT,
    AGAIN,   /* nothing was done, and may be tried again */
    UNKNOWN, /* the connection was lost before the answer */
    FAILED,  /* nothing was done; the words say why */
};

/* ---- One try ---- */

static struct postgresql_step text_step(const char *text) {
    return (struct postgresql_step){.kind = STEP_TEXT, .text = text};
}

static struct postgresql_step session_step(enum postgresql_statement statement, struct postgresql_session *session) {
    postgresql_put_64(session->number_bytes, (uint64_t)session->number);
    return (struct postgresql_step){.statement = statement,
                                    .count = statement == STATEMENT_SETTLE ? 2 : 1,
                                    .values = {(const char *)session->id, (const char *)session->number_bytes},
                                    .lengths = {sizeof session->id, sizeof session->number_bytes}};
}

static struct postgresql_step apply_step(const struct postgresql_request *request,
                                         const struct postgresql_session *session) {
    struct postgresql_step step = {.statement = STATEMENT_APPLY};
    postgresql_request_bind(request, POSTGRESQL_LOCK_LISTS, POSTGRESQL_OPERATION_LISTS, &step);
    step.values[step.count] = (const char *)session->id;
    step.lengths[step.count++] = sizeof session->id;
    step.values[step.count] = (const char *)session->number_bytes;
    step.lengths[step.count++] = sizeof session->number_bytes;
    return step;
}

/* What a commit consists of; where the statement that applies is, is the return value, and COMMIT comes after it. */
static size_t plan(const struct postgresql_request *request, struct postgresql_link *link,
                   struct postgresql_step steps[POSTGRESQL_STEPS]) {
    size_t count = 0;
    postgresql_put_64(link->session.number_bytes, (uint64_t)link->session.number);
    steps[count++] = text_step("BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE");
    steps[count] = (struct postgresql_step){.statement = STATEMENT_LOCK};
    postgresql_request_bind(request, 0, POSTGRESQL_LOCK_LISTS, &steps[count++]);
    if (!link->registered)
        steps[count++] = session_step(STATEMENT_REGISTER, &link->session);
    steps[count] = apply_step(request, &link->session);
    steps[count + 1] = text_step("COMMIT");
    return count;
}

static enum outcome outcome_of_verdict(struct postgresql_link *link, const PGresult *applied) {
    switch (PQntuples(applied) == 1 ? PQgetvalue(applied, 0, 0)[0] : '\0') {
    case 'd':
        return DONE;
    case 'c':
        return CONFLICT;
    case 's':
        link->usable = 0;
        postgresql_say("the connection's row in nctracks.sessions was changed by somebody else");
        return AGAIN;
    case 'f':
        postgresql_say("nctracks.rows was given a trigger, a rule, policies or heirs: take them away");
        return FAILED;
    default:
        postgresql_say("the schema of the store was changed to another version: this program must be replaced too");
        return FAILED;
    }
}

/* The server answered everything: which was the first that failed, if any? */
static enum outcome judge(struct postgresql_link *link, PGresult *const *results, size_t apply) {
    for (size_t i = 0; i <= apply + 1; i++) {
        if (postgresql_result_status(results[i]) == NCT_OK)
            continue;
        link->usable = link->registered || i != 2; /* a session that somebody registered is not ours */
        return postgresql_is_passing(results[i]) ? AGAIN : FAILED;
    }
    if (strcmp(PQcmdStatus(results[apply + 1]), "COMMIT") != 0) {
        postgresql_say("the server undid the commit without a reason");
        return FAILED;
    }
    link->registered = 1;
    return outcome_of_verdict(link, results[apply]);
}

/* A COMMIT with a warning may not have reached the standby that it should wait for: that is to be found out too. */
static enum outcome try_on(struct postgresql_link *link, const struct postgresql_request *request, int64_t deadline) {
    struct postgresql_step steps[POSTGRESQL_STEPS] = {{0}};
    PGresult *results[POSTGRESQL_STEPS] = {NULL};
    link->session.number++;
    size_t apply = plan(request, link, steps);
    int there = postgresql_link_exchange(link, steps, apply + 2, results, deadline);
    enum outcome outcome = there ? judge(link, results, apply) : UNKNOWN;
    for (size_t i = 0; i < POSTGRESQL_STEPS; i++)
        PQclear(results[i]);
    if (outcome == DONE && link->warned)
        return UNKNOWN;
    if (outcome != DONE && outcome != UNKNOWN)
        link->session.number--;
    return outcome;
}

/* Ends a transaction that failed, so that the connection can be used again. The words are kept. */
static void tidy(struct postgresql_link *link, int64_t deadline) {
    char words[512];
    if (!link->usable || PQtransactionStatus(link->connection) == PQTRANS_IDLE)
        return;
    (void)nct_postgresql_store_error(words, sizeof words);
    link->usable = postgresql_link_tell(link, "ROLLBACK", deadline) == NCT_OK;
    postgresql_say("%s", words);
}

/* ---- A commit whose answer was lost ---- */

/* 55P03, 57014: the lost transaction still has its row in hand. */
static int may_pass(const PGresult *result) {
    const char *code = PQresultErrorField(result, PG_DIAG_SQLSTATE);
    return postgresql_is_passing(result) ||
           (code != NULL && (strcmp(code, "55P03") == 0 || strcmp(code, "57014") == 0));
}

static enum outcome settled(struct postgresql_link *link, PGresult *const *results, int64_t number) {
    for (size_t i = 0; i < 3; i++) {
        if (postgresql_result_status(results[i]) != NCT_OK)
            return may_pass(results[i]) ? UNKNOWN : FAILED;
    }
    if (strcmp(PQcmdStatus(results[2]), "COMMIT") != 0 || link->warned || PQgetlength(results[1], 0, 0) != 8)
        return UNKNOWN;
    return (int64_t)postgresql_take_64(PQgetvalue(results[1], 0, 0)) == number ? DONE : AGAIN;
}

static enum outcome settle_on(struct postgresql_link *link, struct postgresql_session *lost, int64_t deadline) {
    const struct postgresql_step steps[3] = {text_step("BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE"),
                                             session_step(STATEMENT_SETTLE, lost), text_step("COMMIT")};
    PGresult *results[3] = {NULL};
    int there = postgresql_link_exchange(link, steps, 3, results, deadline);
    enum outcome outcome = there ? settled(link, results, lost->number) : UNKNOWN;
    link->usable = there;
    for (size_t i = 0; i < 3; i++)
        PQclear(results[i]);
    tidy(link, deadline);
    return outcome;
}

static enum outcome give_up(void) {
    char words[400];
    (void)nct_postgresql_store_error(words, sizeof words);
    postgresql_say("whether the commit took place is not known, doing it again is safe: %s", words);
    return FAILED;
}

/*
 * The row of the session has the number of its last commit that took place. If it is not the lost one's, the row is
 * marked, so that the lost one can take place no more, however late it reaches the server. If it is, the row is written
 * all the same: the answer to that says that all before it is as durable as itself.
 */
static enum outcome settle(struct nct_postgresql_store *store, struct postgresql_session *lost) {
    int64_t deadline = postgresql_now() + store->patience;
    enum outcome outcome = UNKNOWN;
    while (outcome == UNKNOWN && postgresql_now() < deadline) {
        struct postgresql_link *link = postgresql_pool_take(store, deadline);
        if (link == NULL)
            break;
        outcome = settle_on(link, lost, deadline);
        postgresql_pool_give(store, link, link->usable);
    }
    return outcome == DONE || outcome == AGAIN ? outcome : give_up();
}

/* ---- All tries ---- */

static enum outcome try_once(struct nct_postgresql_store *store, const struct postgresql_request *request,
                             int64_t deadline) {
    struct postgresql_link *link = postgresql_pool_take(store, deadline);
    if (link == NULL)
        return FAILED;
    link->usable = 1;
    enum outcome outcome = try_on(link, request, deadline);
    struct postgresql_session session = link->session;
    if (outcome == UNKNOWN)
        link->usable = 0;
    tidy(link, deadline);
    postgresql_pool_give(store, link, link->usable);
    return outcome == UNKNOWN ? settle(store, &session) : outcome;
}

/* Longer each time, and never the same for two who are in each other's way. */
static void pause_before(unsigned tries) {
    struct timespec now;
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    long most = tries < 12 ? 1L << tries : PAUSE_MOST;
    struct timespec time = {.tv_nsec = now.tv_nsec / 1000 % most * 100000};
    (void)nanosleep(&time, NULL);
}

static enum outcome try_until(struct nct_postgresql_store *store, const struct postgresql_request *request) {
    int64_t deadline = postgresql_now() + store->patience;
    enum outcome outcome = try_once(store, request, deadline);
    for (unsigned tries = 1; outcome == AGAIN && tries < TRIES && postgresql_now() < deadline; tries++) {
        pause_before(tries);
        outcome = try_once(store, request, deadline);
    }
    return outcome;
}

nct_status postgresql_commit(const nct_batch *batch, void *user_data) {
    struct postgresql_request request;
    if (nct_batch_count(batch) == 0)
        return NCT_OK;
    nct_status status = postgresql_request_make(batch, &request);
    if (status != NCT_OK)
        return status;
    enum outcome outcome = try_until(user_data, &request);
    postgresql_request_clear(&request);
    if (outcome == DONE)
        return NCT_OK;
    return outcome == CONFLICT ? NCT_E_CONFLICT : NCT_E_STORE;
}
