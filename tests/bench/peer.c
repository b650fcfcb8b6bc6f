#include "peer.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void require(const struct peer *peer, int code, int expected) {
    if (code == expected)
        return;
    fprintf(stderr, "peer: %s\n", sqlite3_errmsg(peer->connection));
    exit(1);
}

static void execute(const struct peer *peer, const char *text) {
    require(peer, sqlite3_exec(peer->connection, text, NULL, NULL, NULL), SQLITE_OK);
}

static sqlite3_stmt *prepare(const struct peer *peer, const char *text) {
    sqlite3_stmt *statement = NULL;
    require(peer, sqlite3_prepare_v2(peer->connection, text, -1, &statement, NULL), SQLITE_OK);
    return statement;
}

static void fill(struct peer *peer, const struct crowd *crowd) {
    char npi[11], ncid[CROWD_NCID_ROOM];
    execute(peer, "BEGIN");
    for (size_t user = 0; user < crowd->users; user++) {
        crowd_ncid(user, ncid);
        for (size_t which = 0; which < CROWD_GRANTS_EACH; which++) {
            fixture_npi(crowd_provider(crowd, user, which), npi);
            peer_put(peer, npi, ncid, crowd_rights(user, which));
        }
    }
    for (size_t provider = 0; provider < crowd_providers(crowd); provider++) {
        fixture_npi(provider, npi);
        peer_put(peer, npi, FIXTURE_OA, (1U << CROWD_RIGHTS) - 1);
    }
    execute(peer, "COMMIT");
}

void peer_open(struct peer *peer, const struct crowd *crowd) {
    require(peer, sqlite3_open(":memory:", &peer->connection), SQLITE_OK);
    execute(peer, "CREATE TABLE grants (npi TEXT, ncid TEXT, rights INTEGER, PRIMARY KEY (npi, ncid)) WITHOUT ROWID;"
                  "CREATE INDEX by_person ON grants (ncid, npi, rights)");
    peer->put = prepare(peer, "INSERT OR REPLACE INTO grants VALUES (?1, ?2, ?3)");
    peer->remove = prepare(peer, "DELETE FROM grants WHERE npi = ?1 AND ncid = ?2");
    peer->by_provider =
        prepare(peer, "SELECT ncid, rights FROM grants WHERE npi = ?1 AND rights & ?2 = ?2 ORDER BY ncid");
    peer->by_person = prepare(peer, "SELECT npi, rights FROM grants WHERE ncid = ?1 AND rights & ?2 = ?2 ORDER BY npi");
    fill(peer, crowd);
}

void peer_close(struct peer *peer) {
    sqlite3_finalize(peer->put);
    sqlite3_finalize(peer->remove);
    sqlite3_finalize(peer->by_provider);
    sqlite3_finalize(peer->by_person);
    sqlite3_close(peer->connection);
}

void peer_put(struct peer *peer, const char *npi, const char *ncid, uint64_t rights) {
    sqlite3_bind_text(peer->put, 1, npi, -1, SQLITE_STATIC);
    sqlite3_bind_text(peer->put, 2, ncid, -1, SQLITE_STATIC);
    sqlite3_bind_int64(peer->put, 3, (sqlite3_int64)rights);
    require(peer, sqlite3_step(peer->put), SQLITE_DONE);
    sqlite3_reset(peer->put);
}

void peer_remove(struct peer *peer, const char *npi, const char *ncid) {
    sqlite3_bind_text(peer->remove, 1, npi, -1, SQLITE_STATIC);
    sqlite3_bind_text(peer->remove, 2, ncid, -1, SQLITE_STATIC);
    require(peer, sqlite3_step(peer->remove), SQLITE_DONE);
    sqlite3_reset(peer->remove);
}

static size_t count_rows(struct peer *peer, sqlite3_stmt *statement, const char *name, uint64_t rights) {
    size_t count = 0;
    int code;
    sqlite3_bind_text(statement, 1, name, -1, SQLITE_STATIC);
    sqlite3_bind_int64(statement, 2, (sqlite3_int64)rights);
    while ((code = sqlite3_step(statement)) == SQLITE_ROW)
        count += sqlite3_column_text(statement, 0) != NULL && sqlite3_column_int64(statement, 1) != 0;
    require(peer, code, SQLITE_DONE);
    sqlite3_reset(statement);
    return count;
}

size_t peer_by_provider(struct peer *peer, const char *npi, uint64_t rights) {
    return count_rows(peer, peer->by_provider, npi, rights);
}

size_t peer_by_person(struct peer *peer, const char *ncid, uint64_t rights) {
    return count_rows(peer, peer->by_person, ncid, rights);
}
