/*
 * A store on PostgreSQL (14 or later), a library of its own: link nctracks::postgresql_store, or what
 * `pkg-config --libs nctracks-postgresql-store` says.
 *
 *     nct_postgresql_store *store;
 *     if (nct_postgresql_store_open("postgresql://portal@db.example.org/portal?sslmode=verify-full", 0, 0, &store) ==
 *         NCT_OK)
 *         nct_config_set_store(config, nct_postgresql_store_functions(), store);
 *
 * Any number of threads may use one handle, and any number of processes on any number of machines one database. A
 * database holds one store, in the schema "nctracks".
 *
 * The connection string is libpq's, with its environment variables, password file and service file. Over a network,
 * say sslmode=verify-full and name the certificates in sslrootcert: with anything less, what is between may read and
 * change all that is sent. Keep the password in a password file, not in the string.
 *
 * A connection that is lost is made again, and what was under way is done again. Where the answer of a COMMIT was lost,
 * the server is asked whether it took place; only when it cannot be asked in time does the commit answer NCT_E_STORE.
 *
 * A store makes its connections when it needs them. A process that forks must open its own store in the child.
 */
#ifndef NCTRACKS_POSTGRESQL_STORE_H
#define NCTRACKS_POSTGRESQL_STORE_H

#include <nctracks/store.h>

#ifdef __cplusplus
extern "C" {
#endif

#define NCT_POSTGRESQL_CONNECTIONS 8      /* how many connections a store has at most, unless it is told */
#define NCT_POSTGRESQL_CONNECTIONS_MAX 64 /* the most it can be told */
#define NCT_POSTGRESQL_PATIENCE 20000     /* milliseconds an operation goes on trying, unless it is told */
#define NCT_POSTGRESQL_PATIENCE_MIN 1000
#define NCT_POSTGRESQL_PATIENCE_MAX 600000

/* An open database. */
typedef struct nct_postgresql_store nct_postgresql_store;

/*
 * Opens a database; makes the schema in one that has none, or brings an older one up to date, for which the role needs
 * the right to create. `connection` is copied.
 *
 * `connections` is how many connections the store has at most, to NCT_POSTGRESQL_CONNECTIONS_MAX; 0:
 * NCT_POSTGRESQL_CONNECTIONS. More threads than that wait for one another.
 *
 * `patience` is for how many milliseconds an operation goes on trying when the server is away, busy or silent, from
 * NCT_POSTGRESQL_PATIENCE_MIN to NCT_POSTGRESQL_PATIENCE_MAX; 0: NCT_POSTGRESQL_PATIENCE. A commit whose answer was
 * lost may take as long again to find out what became of it, and either ends only when a connection that is being made
 * then is made or refused (connect_timeout of the string, in seconds for each address; else a quarter of the patience,
 * 2 at least). Opening tries once.
 *
 * NCT_OK; NCT_E_ARGUMENT: a NULL pointer, an empty string, a number out of bounds; NCT_E_UNSUPPORTED: the server is
 * older than 14 or not PostgreSQL, or what is in the schema is not exactly a store's or of a newer version, and is left
 * as it is; NCT_E_STORE: the string is not valid, or the server cannot be reached, refuses, or failed; NCT_E_NO_MEMORY.
 * nct_postgresql_store_error() says what it is. *out is NULL on failure; close it with nct_postgresql_store_close().
 */
NCT_API nct_status nct_postgresql_store_open(const char *connection, size_t connections, int32_t patience,
                                             nct_postgresql_store **out);

/*
 * Looks whether a database has a store, and makes nothing. NCT_OK: there is one, of any version; NCT_E_NOT_FOUND: there
 * is none, nct_postgresql_store_open() would make it; else as nct_postgresql_store_open().
 */
NCT_API nct_status nct_postgresql_store_look(const char *connection);

/* Closes the connections and forgets the string, when no portal uses the store any more. NULL is fine. */
NCT_API void nct_postgresql_store_close(nct_postgresql_store *store);

/* The functions of every such store; pass the store itself as user_data. Any thread may call them at any time. */
NCT_API const nct_store *nct_postgresql_store_functions(void);

/* Copies what the calling thread's last failure was, and what can be done, cut to fit; empty when nothing failed. It
 * never has the password. Returns text. */
NCT_API const char *nct_postgresql_store_error(char *text, size_t size);

/* Writes which database a connection string means, as postgresql://user@host:port/database, for messages: without
 * password and options, cut to fit; "postgresql://" alone for a string that is not valid. Opens nothing. Returns text.
 */
NCT_API const char *nct_postgresql_store_place(const char *connection, char *text, size_t size);

/* 1 when a text is a connection string by its beginning, postgresql:// or postgres://, else 0. NULL is not. */
NCT_API int nct_postgresql_store_names(const char *text);

/*
 * Copying. A row of a copy keeps its revision, which commits cannot give it; so a store is copied by what follows, and
 * only as a whole. No portal may use the destination meanwhile, and none the handle.
 */

/* Receives a row; any answer but NCT_OK ends the reading, which then answers the same. The bytes are lent. */
typedef nct_status nct_postgresql_store_row(int32_t space, const void *key, size_t key_len, uint64_t revision,
                                            const void *value, size_t len, void *user_data);

/* Gives every row in the order of spaces and keys, all as of one moment. NCT_OK; NCT_E_ARGUMENT; NCT_E_STORE; what
 * `row` answered. */
NCT_API nct_status nct_postgresql_store_each(nct_postgresql_store *store, nct_postgresql_store_row *row,
                                             void *user_data);

/* Begins to fill an empty store. NCT_OK: end it with nct_postgresql_store_fill_end(); NCT_E_STATE: there are rows in
 * it; NCT_E_ARGUMENT: NULL, or begun before; NCT_E_STORE; NCT_E_NO_MEMORY. */
NCT_API nct_status nct_postgresql_store_fill_begin(nct_postgresql_store *store);

/* Adds a row, whose bytes are copied. NCT_OK; NCT_E_ARGUMENT; NCT_E_STORE, also for a row before this one. */
NCT_API nct_status nct_postgresql_store_fill_put(nct_postgresql_store *store, int32_t space, const void *key,
                                                 size_t key_len, uint64_t revision, const void *value, size_t len);

/* Ends it: with `keep` 1 all rows are there, durably, after NCT_OK; with 0, and after anything else, none is but for an
 * answer that was lost. NCT_OK; NCT_E_ARGUMENT; NCT_E_STORE. */
NCT_API nct_status nct_postgresql_store_fill_end(nct_postgresql_store *store, int keep);

#ifdef __cplusplus
}
#endif
#endif
