/* What the files of the adapter share. */
#ifndef STORE_POSTGRESQL_INSIDE_H
#define STORE_POSTGRESQL_INSIDE_H

#include <libpq-fe.h>
#include <nctracks/postgresql_store.h>
#include <pthread.h>

/* The oldest server that has what is used here, as PQserverVersion() counts. */
#define POSTGRESQL_OLDEST 140000

/* The version of the schema this program works on. */
#define POSTGRESQL_SCHEMA 2

/* Who writes takes this lock together: whoever changes the schema, or more rows than there are locks for, takes it
 * alone. A number of our own in the database's space of advisory locks. */
#define POSTGRESQL_GATE INT64_C(5639443870656973651)
#define POSTGRESQL_LOCK_ALL "SELECT pg_advisory_xact_lock(5639443870656973651)"

struct nct_postgresql_store {
    char *connection; /* the string; it may hold a password, and is wiped */
    int32_t patience; /* milliseconds */
    pthread_mutex_t mutex;
    pthread_cond_t returned; /* a connection was given back, or given up */
    struct postgresql_link *idle[NCT_POSTGRESQL_CONNECTIONS_MAX];
    size_t idle_count;
    size_t open_count; /* idle, in use, or being made */
    size_t most;
    struct postgresql_fill *fill; /* while the store is being filled */
};

/* ---- Words ---- */

/* The words nct_postgresql_store_error() gives. */
__attribute__((format(printf, 1, 2))) void postgresql_say(const char *format, ...);
nct_status postgresql_no_memory(void);

/* Takes every appearance of a secret out of the words. NULL and empty ones are fine. */
void postgresql_unsay(const char *secret);

/* What a failed result is, for an operator. */
void postgresql_say_result(const PGresult *result);

/* ---- Connection strings ---- */

/* Says what is wrong with a string, in words that do not repeat it: a password with a character that must be encoded
 * is easily taken for a host. */
nct_status postgresql_check_connection(const char *connection);

/* ---- One connection, which one thread uses at a time ---- */

enum postgresql_statement {
    STATEMENT_LOCK,
    STATEMENT_REGISTER,
    STATEMENT_APPLY,
    STATEMENT_GET,
    STATEMENT_SCAN,
    STATEMENT_SETTLE,
    STATEMENT_LEAVE,
    STATEMENT_EACH,
    STATEMENT_FILL,
    STATEMENTS
};

extern const char *const postgresql_statement_names[STATEMENTS];
extern const char *const postgresql_statement_texts[STATEMENTS];

enum postgresql_step_kind { STEP_PREPARED, STEP_TEXT, STEP_PREPARE };

#define POSTGRESQL_PARAMETERS 7

/* One part of an exchange: a prepared statement, a text, or preparing. All parameters and results are binary. */
struct postgresql_step {
    enum postgresql_step_kind kind;
    const char *text;
    enum postgresql_statement statement;
    int count;
    const char *values[POSTGRESQL_PARAMETERS];
    int lengths[POSTGRESQL_PARAMETERS];
};

#define POSTGRESQL_STEPS 5

/* What a connection is known by in nctracks.sessions, and how many commits it made. */
struct postgresql_session {
    unsigned char id[16]; /* drawn for each connection */
    int64_t number;
    unsigned char number_bytes[8]; /* the same as a parameter */
};

struct postgresql_link {
    PGconn *connection;
    struct postgresql_session session;
    int registered; /* the session has its row */
    int usable;     /* after what was done with it */
    int warned;     /* the server gave a warning during the last exchange */
};

/* Milliseconds of a clock that only goes forward. */
int64_t postgresql_now(void);

/* What there is to find out or to make of the schema on a new connection. */
enum postgresql_purpose { PURPOSE_LOOK, PURPOSE_USE, PURPOSE_MAKE };

/* Makes a connection, and what is prepared on it. NULL: *status and words say why. */
struct postgresql_link *postgresql_link_open(const struct nct_postgresql_store *store, enum postgresql_purpose purpose,
                                             nct_status *status);
void postgresql_link_close(struct postgresql_link *link);
/* Takes the session's row away, and closes. */
void postgresql_link_leave(struct postgresql_link *link);

/* Whether the server has not hung up meanwhile. */
int postgresql_link_lives(struct postgresql_link *link);

/*
 * Sends the steps and receives as many results, in one round trip. 1: all are there, failures among them; after a
 * failure the server skipped the steps that followed. 0: the connection was lost or the time is over, the words say so,
 * and what became of the steps is not known. Results are freed by the caller, who passes NULLs.
 */
int postgresql_link_exchange(struct postgresql_link *link, const struct postgresql_step *steps, size_t count,
                             PGresult **results, int64_t deadline);

/* NCT_OK for a result that is none of a failure; else the words say what failed. */
nct_status postgresql_result_status(const PGresult *result);

/* An exchange of one text. NULL: it failed, *status and the words say why. */
PGresult *postgresql_link_ask(struct postgresql_link *link, const char *text, int64_t deadline, nct_status *status);
nct_status postgresql_link_tell(struct postgresql_link *link, const char *text, int64_t deadline);

/* Prepares what commits and reads use. */
nct_status postgresql_link_prepare(struct postgresql_link *link, int64_t deadline);

/* ---- The schema ---- */

/* LOOK: NCT_E_NOT_FOUND where there is none. USE: it is there, and exactly the adapter's. MAKE: it is after this. */
nct_status postgresql_schema_adopt(struct postgresql_link *link, enum postgresql_purpose purpose, int64_t deadline);

/* ---- Connections that wait for work ---- */

/* A connection, when one is free or can be made before the deadline; else NULL, and words. */
struct postgresql_link *postgresql_pool_take(struct nct_postgresql_store *store, int64_t deadline);
/* Gives it back; one that is not usable any more is closed. */
void postgresql_pool_give(struct nct_postgresql_store *store, struct postgresql_link *link, int usable);

/* ---- The three functions ---- */

nct_status postgresql_get(int32_t space, const void *key, size_t key_len, nct_sink *sink, uint64_t *revision,
                          void *user_data);
nct_status postgresql_scan(int32_t space, const void *prefix, size_t prefix_len, const void *after, size_t after_len,
                           size_t limit, nct_sink *sink, void *user_data);
nct_status postgresql_commit(const nct_batch *batch, void *user_data);

/* Whether a failure passes when the same is done again: what it was told of was undone because of others. */
int postgresql_is_passing(const PGresult *result);

/* ---- Numbers and lists as the server wants them ---- */

void postgresql_put_32(unsigned char out[4], uint32_t number);
void postgresql_put_64(unsigned char out[8], uint64_t number);
uint64_t postgresql_take_64(const char *bytes);

/* What a batch asks for, as parameters of the statements: first the lists of those that lock, then of those that apply.
 */
#define POSTGRESQL_LOCK_LISTS 2
#define POSTGRESQL_OPERATION_LISTS 5

struct postgresql_request {
    unsigned char *bytes; /* all lists, one behind the other */
    size_t room;
    size_t used;
    size_t at[POSTGRESQL_LOCK_LISTS + POSTGRESQL_OPERATION_LISTS + 1]; /* where each begins, and the last ends */
    size_t lists;
};

/* NCT_E_NO_MEMORY; NCT_E_STORE: an operation of a kind that is not known, or more bytes than one statement takes. */
nct_status postgresql_request_make(const nct_batch *batch, struct postgresql_request *request);
void postgresql_request_clear(struct postgresql_request *request);
/* Sets the parameters from list `from` on, `count` of them, at the beginning of a step. */
void postgresql_request_bind(const struct postgresql_request *request, size_t from, size_t count,
                             struct postgresql_step *step);

/* The locks of a batch in the order everybody takes them in; room for count + 1. Returns how many. */
struct postgresql_lock {
    int64_t key;
    int shared;
};
#define POSTGRESQL_LOCKS 64 /* what the server has room for on each connection, as it is usually configured */
size_t postgresql_locks(const nct_batch *batch, struct postgresql_lock locks[POSTGRESQL_LOCKS]);

#endif
