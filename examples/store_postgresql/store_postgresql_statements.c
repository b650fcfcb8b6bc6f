/* What is prepared on each connection. */
#include "store_postgresql_inside.h"

#define TEXT_OF(number) #number
#define NUMBER(macro) TEXT_OF(macro)

const char *const postgresql_statement_names[STATEMENTS] = {
    [STATEMENT_LOCK] = "nct_lock",   [STATEMENT_REGISTER] = "nct_register", [STATEMENT_APPLY] = "nct_apply",
    [STATEMENT_GET] = "nct_get",     [STATEMENT_SCAN] = "nct_scan",         [STATEMENT_SETTLE] = "nct_settle",
    [STATEMENT_LEAVE] = "nct_leave", [STATEMENT_EACH] = "nct_each",         [STATEMENT_FILL] = "nct_fill",
};

const char *const postgresql_statement_texts[STATEMENTS] = {
    [STATEMENT_LOCK] =
        "SELECT CASE WHEN l.shared THEN pg_advisory_xact_lock_shared(l.key) ELSE pg_advisory_xact_lock(l.key) END"
        " FROM unnest($1::int8[], $2::bool[]) AS l (key, shared)",
    [STATEMENT_REGISTER] = "INSERT INTO nctracks.sessions (id, number, at) VALUES ($1::bytea, 0, now())",
    /* `verdict` comes before any change. The division ends the transaction when other rows were changed than meant: one
     * for each operation that writes, and the session's. */
    [STATEMENT_APPLY] =
        "WITH ops AS MATERIALIZED (SELECT * FROM unnest($1::int4[], $2::bytea[], $3::int8[], $4::int4[], $5::bytea[])"
        " AS o (space, key, revision, kind, value)),"
        " verdict AS MATERIALIZED (SELECT CASE"
        " WHEN (SELECT max(version) FROM nctracks.store) IS DISTINCT FROM " NUMBER(
            POSTGRESQL_SCHEMA) " THEN 'v'"
                               " WHEN EXISTS (SELECT FROM pg_class c WHERE c.oid = 'nctracks.rows'::regclass AND "
                               "(c.relrowsecurity"
                               " OR c.relpersistence <> 'p' OR c.relkind <> 'r'"
                               " OR c.relhastriggers AND EXISTS (SELECT FROM pg_trigger t WHERE t.tgrelid = c.oid)"
                               " OR c.relhasrules AND EXISTS (SELECT FROM pg_rewrite w WHERE w.ev_class = c.oid)"
                               " OR c.relhassubclass AND EXISTS (SELECT FROM pg_inherits i WHERE i.inhparent = "
                               "c.oid))) THEN 'f'"
                               " WHEN (SELECT s.number FROM nctracks.sessions s WHERE s.id = $6::bytea) IS DISTINCT "
                               "FROM $7::int8 - 1 THEN 's'"
                               " WHEN EXISTS (SELECT FROM ops o WHERE o.revision <> coalesce((SELECT r.revision FROM "
                               "ONLY nctracks.rows r"
                               " WHERE r.space = o.space AND r.key = o.key), 0)) THEN 'c' ELSE 'd' END AS word),"
                               " inserted AS (INSERT INTO nctracks.rows (space, key, revision, value) SELECT o.space, "
                               "o.key, 1, o.value"
                               " FROM verdict v, ops o WHERE v.word = 'd' AND o.kind = 1 AND o.revision = 0 RETURNING "
                               "1),"
                               " updated AS (UPDATE ONLY nctracks.rows r SET revision = r.revision + 1, value = "
                               "o.value FROM verdict v, ops o"
                               " WHERE v.word = 'd' AND o.kind = 1 AND o.revision > 0 AND r.space = o.space AND r.key "
                               "= o.key"
                               " AND r.revision = o.revision RETURNING 1),"
                               " removed AS (DELETE FROM ONLY nctracks.rows r USING verdict v, ops o WHERE v.word = "
                               "'d' AND o.kind = 2"
                               " AND o.revision > 0 AND r.space = o.space AND r.key = o.key AND r.revision = "
                               "o.revision RETURNING 1),"
                               " marked AS (UPDATE nctracks.sessions s SET number = $7::int8, at = now() FROM verdict v"
                               " WHERE v.word = 'd' AND s.id = $6::bytea AND s.number = $7::int8 - 1 RETURNING 1)"
                               " SELECT v.word, 1 / (v.word <> 'd' OR (SELECT count(*) FROM inserted) + (SELECT "
                               "count(*) FROM updated)"
                               " + (SELECT count(*) FROM removed) + (SELECT count(*) FROM marked) ="
                               " 1 + (SELECT count(*) FROM ops o WHERE o.kind = 1 OR o.kind = 2 AND o.revision > "
                               "0))::int FROM verdict v",
    [STATEMENT_GET] = "SELECT revision, value FROM ONLY nctracks.rows WHERE space = $1::int4 AND key = $2::bytea",
    [STATEMENT_SCAN] = "SELECT key, revision, value FROM ONLY nctracks.rows WHERE space = $1::int4 AND key >= $2::bytea"
                       " AND key < $3::bytea ORDER BY key LIMIT $4::int8",
    /* Writes in any case, see settle(). It waits for a transaction that has the session's row in hand. */
    [STATEMENT_SETTLE] =
        "INSERT INTO nctracks.sessions AS s (id, number, at) VALUES ($1::bytea, -1, now()) ON CONFLICT (id) DO UPDATE"
        " SET number = CASE WHEN s.number = $2::int8 THEN s.number ELSE -1 END, at = now() RETURNING number",
    [STATEMENT_EACH] = "SELECT space, key, revision, value FROM ONLY nctracks.rows WHERE (space, key) > ($1::int4,"
                       " $2::bytea) ORDER BY space, key LIMIT 200",
    [STATEMENT_FILL] = "INSERT INTO nctracks.rows (space, key, revision, value) VALUES ($1::int4, $2::bytea, $3::int8,"
                       " $4::bytea)",
    [STATEMENT_LEAVE] = "DELETE FROM nctracks.sessions WHERE id = $1::bytea",
};

nct_status postgresql_link_prepare(struct postgresql_link *link, int64_t deadline) {
    struct postgresql_step steps[STATEMENTS] = {{0}};
    PGresult *results[STATEMENTS] = {NULL};
    for (size_t i = 0; i < STATEMENTS; i++)
        steps[i] = (struct postgresql_step){.kind = STEP_PREPARE, .statement = (enum postgresql_statement)i};
    int there = postgresql_link_exchange(link, steps, STATEMENTS, results, deadline);
    nct_status status = there ? NCT_OK : NCT_E_STORE;
    for (size_t i = 0; i < STATEMENTS; i++) {
        if (status == NCT_OK)
            status = postgresql_result_status(results[i]);
        PQclear(results[i]);
    }
    return status;
}
