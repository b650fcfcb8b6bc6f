/* One connection: making it, and talking over it without ever waiting past a deadline. */
#include "store_postgresql_inside.h"

#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <time.h>

#define LEAVE_MILLISECONDS 1000

int64_t postgresql_now(void) {
    struct timespec now;
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* ---- Waiting ---- */

/* Waits for the socket. 0: the deadline passed. */
static int wait_for_socket(PGconn *connection, int also_write, int64_t deadline) {
    struct pollfd socket = {.fd = PQsocket(connection), .events = also_write ? POLLIN | POLLOUT : POLLIN};
    for (;;) {
        int64_t left = deadline - postgresql_now();
        if (left <= 0)
            return 0;
        int ready = poll(&socket, 1, left < 1000 ? (int)left : 1000);
        if (ready > 0 || (ready < 0 && errno != EINTR))
            return 1;
    }
}

/* Until the next result is there, or the sending is over if that is all (`sent`). 0: the connection is lost, or late.
 */
static int wait_for_result(struct postgresql_link *link, int64_t deadline) {
    for (;;) {
        int unsent = PQflush(link->connection);
        if (unsent == 0 && !PQisBusy(link->connection))
            return 1;
        if (unsent < 0 && !PQisBusy(link->connection))
            return 1; /* what the server said before it hung up */
        if (!wait_for_socket(link->connection, unsent > 0, deadline)) {
            postgresql_say("the server did not answer in time");
            return 0;
        }
        if (!PQconsumeInput(link->connection))
            return 0;
    }
}

/* The words for a connection that is no more. */
static void say_lost(struct postgresql_link *link) {
    const char *words = PQerrorMessage(link->connection);
    postgresql_say("the connection to the server was lost: %s", words[0] != '\0' ? words : "no reason given");
}

/* ---- Exchanges ---- */

static int send_step(struct postgresql_link *link, const struct postgresql_step *step) {
    static const int binary[POSTGRESQL_PARAMETERS] = {1, 1, 1, 1, 1, 1, 1};
    const char *name = postgresql_statement_names[step->statement];
    switch (step->kind) {
    case STEP_TEXT:
        return PQsendQueryParams(link->connection, step->text, 0, NULL, NULL, NULL, NULL, 1);
    case STEP_PREPARE:
        return PQsendPrepare(link->connection, name, postgresql_statement_texts[step->statement], 0, NULL);
    default:
        return PQsendQueryPrepared(link->connection, name, step->count, step->values, step->lengths, binary, 1);
    }
}

static int send_all(struct postgresql_link *link, const struct postgresql_step *steps, size_t count) {
    int sent = PQpipelineStatus(link->connection) != PQ_PIPELINE_OFF || PQenterPipelineMode(link->connection);
    for (size_t i = 0; sent && i < count; i++)
        sent = send_step(link, &steps[i]);
    return sent && PQpipelineSync(link->connection);
}

/* The result of one statement, which a NULL ends; that of a sync stands alone. */
static PGresult *receive(struct postgresql_link *link, int64_t deadline) {
    if (!wait_for_result(link, deadline))
        return NULL;
    PGresult *result = PQgetResult(link->connection);
    if (result == NULL || PQresultStatus(result) == PGRES_PIPELINE_SYNC)
        return result;
    if (wait_for_result(link, deadline) && PQgetResult(link->connection) == NULL)
        return result;
    PQclear(result);
    return NULL;
}

/* A message that ends the connection is a result too, but then the sync never comes. */
static int receive_all(struct postgresql_link *link, PGresult **results, size_t count, int64_t deadline) {
    for (size_t i = 0; i < count; i++) {
        results[i] = receive(link, deadline);
        if (results[i] == NULL || PQresultStatus(results[i]) == PGRES_PIPELINE_SYNC)
            return 0;
    }
    PGresult *sync = receive(link, deadline);
    int synced = sync != NULL && PQresultStatus(sync) == PGRES_PIPELINE_SYNC;
    PQclear(sync);
    return synced;
}

int postgresql_link_exchange(struct postgresql_link *link, const struct postgresql_step *steps, size_t count,
                             PGresult **results, int64_t deadline) {
    link->warned = 0;
    postgresql_say("%s", "");
    if (send_all(link, steps, count) && receive_all(link, results, count, deadline))
        return 1;
    char words[2];
    if (nct_postgresql_store_error(words, sizeof words)[0] == '\0')
        say_lost(link);
    return 0;
}

nct_status postgresql_result_status(const PGresult *result) {
    ExecStatusType status = PQresultStatus(result);
    if (status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK)
        return NCT_OK;
    postgresql_say_result(result);
    return NCT_E_STORE;
}

PGresult *postgresql_link_ask(struct postgresql_link *link, const char *text, int64_t deadline, nct_status *status) {
    const struct postgresql_step step = {.kind = STEP_TEXT, .text = text};
    PGresult *result = NULL;
    *status =
        postgresql_link_exchange(link, &step, 1, &result, deadline) ? postgresql_result_status(result) : NCT_E_STORE;
    if (*status == NCT_OK)
        return result;
    PQclear(result);
    return NULL;
}

nct_status postgresql_link_tell(struct postgresql_link *link, const char *text, int64_t deadline) {
    nct_status status = NCT_OK;
    PQclear(postgresql_link_ask(link, text, deadline, &status));
    return status;
}

/* An idle connection has nothing to say: what is there is a farewell. */
int postgresql_link_lives(struct postgresql_link *link) {
    struct pollfd socket = {.fd = PQsocket(link->connection), .events = POLLIN};
    if (PQstatus(link->connection) != CONNECTION_OK)
        return 0;
    if (poll(&socket, 1, 0) <= 0)
        return 1;
    return PQconsumeInput(link->connection) && PQstatus(link->connection) == CONNECTION_OK && poll(&socket, 1, 0) <= 0;
}

/* ---- Making and ending it ---- */

/*
 * Who has rights in the database must not be able to put other functions or operators in the way (search_path), to have
 * rows left out (row_security), or to have commits answered before they are on disk (synchronous_commit). Rows are
 * found by the primary key, however few there are and whatever the statistics say. A client that is gone gives its
 * locks back soon.
 */
static const char settings[] =
    "SELECT set_config('search_path', 'pg_catalog', false), set_config('row_security', 'off', false),"
    " set_config('synchronous_commit', CASE WHEN current_setting('synchronous_commit') IN ('off', 'local') THEN 'on'"
    " ELSE current_setting('synchronous_commit') END, false),"
    " set_config('default_transaction_isolation', 'read committed', false),"
    " set_config('default_transaction_read_only', 'off', false),"
    " set_config('default_transaction_deferrable', 'off', false),"
    " set_config('enable_seqscan', 'off', false), set_config('enable_bitmapscan', 'off', false),"
    " set_config('enable_sort', 'off', false), set_config('enable_hashjoin', 'off', false),"
    " set_config('enable_mergejoin', 'off', false), set_config('jit', 'off', false),"
    " set_config('plan_cache_mode', 'force_generic_plan', false),"
    " set_config('standard_conforming_strings', 'on', false),"
    " set_config('client_connection_check_interval', '500', false),"
    " set_config('idle_in_transaction_session_timeout', '%d', false),"
    " set_config('lock_timeout', '%d', false), set_config('statement_timeout', '%d', false)";

static nct_status apply_settings(struct postgresql_link *link, int32_t patience, int64_t deadline) {
    char text[sizeof settings + 64];
    if (PQserverVersion(link->connection) < POSTGRESQL_OLDEST) {
        postgresql_say("the server is older than PostgreSQL 14, which this store needs");
        return NCT_E_UNSUPPORTED;
    }
    (void)snprintf(text, sizeof text, settings, patience / 4, patience / 2, patience / 4 * 3);
    return postgresql_link_tell(link, text, deadline);
}

static void keep_warning(void *argument, const PGresult *notice) {
    struct postgresql_link *link = argument;
    const char *severity = PQresultErrorField(notice, PG_DIAG_SEVERITY_NONLOCALIZED);
    link->warned |= severity != NULL && strcmp(severity, "WARNING") == 0;
}

/* Of several servers the one that can be written, unless the string says otherwise; a time limit for each, likewise. */
static PGconn *connect_to(const struct nct_postgresql_store *store) {
    static const char *const keywords[] = {"target_session_attrs",      "connect_timeout", "dbname",
                                           "fallback_application_name", "client_encoding", NULL};
    char seconds[16];
    int32_t quarter = store->patience / 4000;
    (void)snprintf(seconds, sizeof seconds, "%d", (int)(quarter > 2 ? quarter : 2));
    const char *const values[] = {"read-write", seconds, store->connection, "nctracks", "UTF8", NULL};
    return PQconnectdbParams(keywords, values, 1);
}

/* libpq marks what is a secret with an asterisk. */
static void say_refused(PGconn *connection) {
    const char *words = PQerrorMessage(connection);
    postgresql_say("%s", words[0] != '\0' ? words : "the server cannot be reached");
    PQconninfoOption *options = PQconninfo(connection);
    for (PQconninfoOption *option = options; option != NULL && option->keyword != NULL; option++) {
        if (option->dispchar[0] == '*')
            postgresql_unsay(option->val);
    }
    PQconninfoFree(options);
}

static nct_status draw_session(struct postgresql_link *link) {
    if (getrandom(link->session.id, sizeof link->session.id, 0) == (ssize_t)sizeof link->session.id)
        return NCT_OK;
    postgresql_say("the system gives no random bytes");
    return NCT_E_STORE;
}

static nct_status set_up(struct postgresql_link *link, const struct nct_postgresql_store *store,
                         enum postgresql_purpose purpose) {
    int64_t deadline = postgresql_now() + store->patience;
    if (PQstatus(link->connection) != CONNECTION_OK) {
        say_refused(link->connection);
        return NCT_E_STORE;
    }
    (void)PQsetNoticeReceiver(link->connection, keep_warning, link);
    if (PQsetnonblocking(link->connection, 1) != 0)
        return postgresql_no_memory();
    nct_status status = draw_session(link);
    if (status == NCT_OK)
        status = apply_settings(link, store->patience, deadline);
    if (status == NCT_OK)
        status = postgresql_schema_adopt(link, purpose, deadline);
    return status == NCT_OK && purpose != PURPOSE_LOOK ? postgresql_link_prepare(link, deadline) : status;
}

struct postgresql_link *postgresql_link_open(const struct nct_postgresql_store *store, enum postgresql_purpose purpose,
                                             nct_status *status) {
    struct postgresql_link *link = calloc(1, sizeof *link);
    if (link != NULL)
        link->connection = connect_to(store);
    if (link == NULL || link->connection == NULL) {
        free(link);
        *status = postgresql_no_memory();
        return NULL;
    }
    *status = set_up(link, store, purpose);
    if (*status == NCT_OK)
        return link;
    postgresql_link_close(link);
    return NULL;
}

void postgresql_link_close(struct postgresql_link *link) {
    PQfinish(link->connection);
    free(link);
}

/* A row that stays because this fails is taken away in 30 days: see the schema. Nobody has to wait for the disk. */
void postgresql_link_leave(struct postgresql_link *link) {
    const struct postgresql_step steps[] = {
        {.kind = STEP_TEXT, .text = "BEGIN"},
        {.kind = STEP_TEXT, .text = "SET LOCAL synchronous_commit = off"},
        {.statement = STATEMENT_LEAVE,
         .count = 1,
         .values = {(const char *)link->session.id},
         .lengths = {sizeof link->session.id}},
        {.kind = STEP_TEXT, .text = "COMMIT"},
    };
    PGresult *results[4] = {NULL};
    if (link->registered)
        (void)postgresql_link_exchange(link, steps, 4, results, postgresql_now() + LEAVE_MILLISECONDS);
    for (size_t i = 0; i < 4; i++)
        PQclear(results[i]);
    postgresql_link_close(link);
}
