/*
 * The fastest peer: one table of grants in SQLite, in memory, with an index for each direction and prepared statements.
 * It knows no actor, no rules, no ledger, no tags, and loses everything with the process.
 */
#ifndef NCT_TESTS_BENCH_PEER_H
#define NCT_TESTS_BENCH_PEER_H

#include "crowd.h"

#include <sqlite3.h>

#define PEER_NAME "SQLite in memory"

struct peer {
    sqlite3 *connection;
    sqlite3_stmt *put, *remove, *by_provider, *by_person;
};

/* All grants of a crowd, those of the Office Administrator too. */
void peer_open(struct peer *peer, const struct crowd *crowd);
void peer_close(struct peer *peer);

void peer_put(struct peer *peer, const char *npi, const char *ncid, uint64_t rights);
void peer_remove(struct peer *peer, const char *npi, const char *ncid);

/* Reads every grant there that holds all of these rights; answers how many. */
size_t peer_by_provider(struct peer *peer, const char *npi, uint64_t rights);
size_t peer_by_person(struct peer *peer, const char *ncid, uint64_t rights);

#endif
