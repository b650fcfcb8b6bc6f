/* A PostgreSQL server of a test program's own, and databases on it. */
#ifndef POSTGRESQL_DATABASE_H
#define POSTGRESQL_DATABASE_H

#include <libpq-fe.h>

#include <nctracks/postgresql_store.h>

struct server {
    char folder[64]; /* of sockets, certificates and the cluster */
    char port[8];
};

/* Makes and starts it. Ends the program with status 77 where no server is installed. */
const struct server *server_begin(void);
void server_end(void);
/* Runs "start", "stop" or "kill" of support/postgresql_server. Returns its exit status. No assertion: for any process.
 */
int server_do(const char *what);

/* A database that is empty at first. A program has one, and uses it again for each test. */
struct database {
    char name[8];
    char connection[320];
    nct_postgresql_store *store; /* closed by database_remove() */
};

/* NULL without memory. */
struct database *database_make(void);
/* Closes the store, empties the database of its schema and one named trap, frees. */
void database_remove(struct database *database);

/* The same by another way: user NULL: tester, which may do everything; host NULL: the folder of sockets. */
void database_connection(const struct database *database, const char *user, const char *host, const char *options,
                         char out[320]);

/* Opens the store on the database, and says on standard error why it could not. */
nct_status database_open(struct database *database);

/* What somebody else does to the database, over a connection of their own that stays open. */
PGconn *database_connect(const struct database *database);
/* Runs statements. Fails the test when they fail. */
void database_tell(PGconn *connection, const char *text);
/* The first value of the answer, of at most 255 bytes. Fails the test when there is none. */
const char *database_ask(PGconn *connection, const char *text, char out[256]);
/* The same on a connection for this alone. */
void database_sql(const struct database *database, const char *text);

/* Opening answers this, and says this text somewhere in its words. */
void database_expect_refused(struct database *database, nct_status answer, const char *words);
/* What the last failure of this thread said has this text, or has it not. */
void database_expect_words(const char *words);
void database_expect_not_said(const char *secret);

#endif
