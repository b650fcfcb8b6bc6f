/* The schema the adapter works on: made in steps, and looked at on each connection before anything in it is trusted. */
#include "store_postgresql_inside.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* How the schema of each version becomes that of the next one. Those before the last are never changed: a database of
 * an older program has been through them. */
static const char *const step_1[] = {
    "CREATE TABLE nctracks.store (version integer PRIMARY KEY)",
    "CREATE TABLE nctracks.rows (space integer NOT NULL, key bytea NOT NULL, revision bigint NOT NULL,"
    " value bytea NOT NULL, PRIMARY KEY (space, key))",
    /* values are encrypted or nearly random: there is nothing to compress */
    "ALTER TABLE nctracks.rows ALTER COLUMN value SET STORAGE EXTERNAL",
    "INSERT INTO nctracks.store VALUES (1)",
    NULL,
};

/* For each connection that commits, the number of its last commit: the answer to "did it take place?". */
static const char *const step_2[] = {
    "CREATE TABLE nctracks.sessions (id bytea PRIMARY KEY, number bigint NOT NULL, at timestamptz NOT NULL)"
    " WITH (fillfactor = 50)",
    "UPDATE nctracks.store SET version = 2",
    NULL,
};

static const char *const *const steps[] = {step_1, step_2};

_Static_assert(sizeof steps / sizeof steps[0] == POSTGRESQL_SCHEMA, "a step for each version");

/* What each table is, as the query below describes it. */
static const struct {
    const char *name;
    const char *shape;
} tables[] = {
    {"rows", "table (space integer, key bytea, revision bigint, value bytea) PRIMARY KEY (space, key)"},
    {"sessions", "table (id bytea, number bigint, at timestamp with time zone) PRIMARY KEY (id)"},
    {"store", "table (version integer) PRIMARY KEY (version)"},
};

#define TABLES (sizeof tables / sizeof tables[0])

/* Whatever could undo, forge, hide or lose what is written has a word here: a table without a log (unlogged,
 * temporary), triggers, rules, policies, other tables that share its rows, other columns or constraints. */
static const char describe[] =
    "SELECT c.relname::text, concat_ws(' ',"
    " CASE c.relkind WHEN 'r' THEN 'table' WHEN 'v' THEN 'view' WHEN 'm' THEN 'materialized view' WHEN 'f' THEN"
    " 'foreign table' WHEN 'S' THEN 'sequence' WHEN 'p' THEN 'partitioned table' ELSE 'relation' END,"
    " CASE c.relpersistence WHEN 'p' THEN NULL WHEN 'u' THEN 'unlogged' ELSE 'temporary' END,"
    " CASE WHEN c.relrowsecurity THEN 'with policies' END, CASE WHEN c.relispartition THEN 'a partition' END,"
    " (SELECT 'with the trigger ' || min(t.tgname) FROM pg_trigger t WHERE t.tgrelid = c.oid HAVING count(*) > 0),"
    " (SELECT 'with the rule ' || min(w.rulename) FROM pg_rewrite w WHERE w.ev_class = c.oid HAVING count(*) > 0),"
    " (SELECT 'with inheritance' FROM pg_inherits i WHERE c.oid IN (i.inhrelid, i.inhparent) LIMIT 1),"
    " (SELECT '(' || string_agg(concat(a.attname, ' ', format_type(a.atttypid, a.atttypmod), CASE WHEN a.attnotnull"
    " THEN '' ELSE ' or null' END, CASE WHEN a.attgenerated <> '' THEN ' generated' END), ', ' ORDER BY a.attnum) || "
    "')'"
    " FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped),"
    " (SELECT string_agg(pg_get_constraintdef(k.oid), ' ' ORDER BY k.conname) FROM pg_constraint k"
    " WHERE k.conrelid = c.oid AND k.contype <> 'n'))"
    " FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
    " WHERE n.nspname = 'nctracks' AND c.relkind NOT IN ('i', 't', 'I') ORDER BY 1";

static nct_status refuse_table(const char *name, const char *shape) {
    for (size_t i = 0; i < TABLES; i++) {
        if (strcmp(name, tables[i].name) == 0) {
            postgresql_say("nctracks.%s is not the table of a store: it is a %.200s, not a %s", name, shape,
                           tables[i].shape);
            return NCT_E_UNSUPPORTED;
        }
    }
    postgresql_say("nctracks.%.60s, a %.100s, does not belong in the schema of a store", name, shape);
    return NCT_E_UNSUPPORTED;
}

/* Names come in order, those of a store's tables too. */
static nct_status compare(const PGresult *found) {
    size_t count = (size_t)PQntuples(found);
    for (size_t i = 0; i < count || i < TABLES; i++) {
        const char *name = i < count ? PQgetvalue(found, (int)i, 0) : "";
        const char *shape = i < count ? PQgetvalue(found, (int)i, 1) : "";
        if (i < TABLES && strcmp(name, tables[i].name) == 0 && strcmp(shape, tables[i].shape) == 0)
            continue;
        if (i < count && (i >= TABLES || strcmp(name, tables[i].name) <= 0))
            return refuse_table(name, shape);
        postgresql_say("the schema nctracks has no table %s", tables[i].name);
        return NCT_E_UNSUPPORTED;
    }
    return NCT_OK;
}

static nct_status look_at_tables(struct postgresql_link *link, int64_t deadline) {
    nct_status status = NCT_OK;
    PGresult *found = postgresql_link_ask(link, describe, deadline, &status);
    if (found != NULL)
        status = compare(found);
    PQclear(found);
    return status;
}

/* One number, of type bigint. */
static nct_status ask_number(struct postgresql_link *link, const char *text, int64_t deadline, int64_t *number) {
    nct_status status = NCT_OK;
    PGresult *found = postgresql_link_ask(link, text, deadline, &status);
    if (found == NULL)
        return status;
    int is_there = PQntuples(found) == 1 && PQgetlength(found, 0, 0) == 8;
    if (is_there)
        *number = (int64_t)postgresql_take_64(PQgetvalue(found, 0, 0));
    PQclear(found);
    if (is_there)
        return NCT_OK;
    postgresql_say("nctracks.store does not hold one version: the schema is damaged, or of something else");
    return NCT_E_UNSUPPORTED;
}

/* 0: nothing is in the schema yet; 1: something else is; 2: the table that has the version. One statement: others may
 * be making the schema. */
static const char look[] = "SELECT CASE WHEN to_regclass('nctracks.store') IS NOT NULL THEN 2::int8"
                           " WHEN EXISTS (SELECT FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
                           " WHERE n.nspname = 'nctracks') THEN 1::int8 ELSE 0::int8 END";

/* 0: there is no schema, or an empty one. */
static nct_status look_for_version(struct postgresql_link *link, int64_t deadline, int64_t *version) {
    int64_t found = 0;
    nct_status status = ask_number(link, look, deadline, &found);
    *version = 0;
    if (status == NCT_OK && found == 2)
        return ask_number(link, "SELECT version::int8 FROM nctracks.store", deadline, version);
    if (status != NCT_OK || found == 0)
        return status;
    postgresql_say("the schema nctracks holds something else than a store");
    return NCT_E_UNSUPPORTED;
}

static nct_status refuse_newer(int64_t version) {
    postgresql_say("the schema of the store has version %lld, and this program knows those to %d: a newer one made it",
                   (long long)version, POSTGRESQL_SCHEMA);
    return NCT_E_UNSUPPORTED;
}

/* ---- Making and upgrading ---- */

/* Somebody may have made it for a role that may not. */
static nct_status make_schema(struct postgresql_link *link, int64_t deadline) {
    int64_t is_there = 0;
    nct_status status =
        ask_number(link, "SELECT (to_regnamespace('nctracks') IS NOT NULL)::int::int8", deadline, &is_there);
    return status == NCT_OK && !is_there ? postgresql_link_tell(link, "CREATE SCHEMA nctracks", deadline) : status;
}

static nct_status upgrade_from(struct postgresql_link *link, int64_t version, int64_t deadline) {
    nct_status status = version == 0 ? make_schema(link, deadline) : NCT_OK;
    for (int64_t step = version; status == NCT_OK && step < POSTGRESQL_SCHEMA; step++) {
        for (const char *const *text = steps[step]; status == NCT_OK && *text != NULL; text++)
            status = postgresql_link_tell(link, *text, deadline);
    }
    return status == NCT_OK ? look_at_tables(link, deadline) : status;
}

/* Alone: commits that are under way end first, and those that come find the new version. */
static nct_status upgrade_inside(struct postgresql_link *link, int64_t deadline) {
    char lock[64];
    int64_t version = 0;
    (void)snprintf(lock, sizeof lock, "SELECT pg_advisory_xact_lock(%lld)", (long long)POSTGRESQL_GATE);
    nct_status status = postgresql_link_tell(link, lock, deadline);
    if (status == NCT_OK)
        status = look_for_version(link, deadline, &version);
    if (status == NCT_OK && version > POSTGRESQL_SCHEMA)
        return refuse_newer(version);
    return status == NCT_OK ? upgrade_from(link, version, deadline) : status;
}

/* The reason of a failure is kept over the ROLLBACK. */
static nct_status upgrade(struct postgresql_link *link, int64_t deadline) {
    char words[512];
    nct_status status = postgresql_link_tell(link, "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE", deadline);
    if (status == NCT_OK)
        status = upgrade_inside(link, deadline);
    if (status == NCT_OK)
        return postgresql_link_tell(link, "COMMIT", deadline);
    (void)nct_postgresql_store_error(words, sizeof words);
    (void)postgresql_link_tell(link, "ROLLBACK", deadline);
    postgresql_say("%s", words);
    return status;
}

/* An engine that speaks PostgreSQL's language and ignores these locks would let a check and a write pass each other. */
static nct_status check_locks(struct postgresql_link *link, int64_t deadline) {
    int64_t held = 0;
    char lock[160];
    (void)snprintf(lock, sizeof lock, "SELECT pg_advisory_lock_shared(%lld)", (long long)POSTGRESQL_GATE);
    nct_status status = postgresql_link_tell(link, lock, deadline);
    if (status == NCT_OK)
        status =
            ask_number(link, "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid()",
                       deadline, &held);
    if (status == NCT_OK)
        status = postgresql_link_tell(link, "SELECT pg_advisory_unlock_all()", deadline);
    if (status != NCT_OK || held > 0)
        return status;
    postgresql_say("the server has no advisory locks, which this store needs: it is not PostgreSQL");
    return NCT_E_UNSUPPORTED;
}

static nct_status use_or_make(struct postgresql_link *link, enum postgresql_purpose purpose, int64_t version,
                              int64_t deadline) {
    if (version > POSTGRESQL_SCHEMA)
        return refuse_newer(version);
    if (version == POSTGRESQL_SCHEMA)
        return look_at_tables(link, deadline);
    if (purpose == PURPOSE_MAKE)
        return upgrade(link, deadline);
    postgresql_say("the schema of the store is gone, or was put back to an older version, while it was in use");
    return NCT_E_UNSUPPORTED;
}

/* Rows that connections left which did not end in good order. No commit of theirs is in question any more. */
static nct_status sweep(struct postgresql_link *link, int64_t deadline) {
    return postgresql_link_tell(link, "DELETE FROM nctracks.sessions WHERE at < now() - interval '30 days'", deadline);
}

nct_status postgresql_schema_adopt(struct postgresql_link *link, enum postgresql_purpose purpose, int64_t deadline) {
    int64_t version = 0;
    nct_status status = look_for_version(link, deadline, &version);
    if (status == NCT_OK && purpose == PURPOSE_LOOK) {
        postgresql_say("%s", version == 0 ? "there is no store in this database" : "");
        return version == 0 ? NCT_E_NOT_FOUND : NCT_OK;
    }
    if (status == NCT_OK)
        status = use_or_make(link, purpose, version, deadline);
    if (status == NCT_OK && purpose == PURPOSE_MAKE)
        status = check_locks(link, deadline);
    return status == NCT_OK && purpose == PURPOSE_MAKE ? sweep(link, deadline) : status;
}
