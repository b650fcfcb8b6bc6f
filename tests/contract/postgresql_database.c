#define _DEFAULT_SOURCE /* mkdtemp */
#include "postgresql_database.h"

#include "store_contract_cases.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>

#define SCRIPT NCT_TESTS_DIR "/support/postgresql_server"
#define NO_SERVER 77

static struct server server;

static int run_script(const char *what, const char *folder, const char *owner) {
    int status = -1;
    (void)fflush(NULL);
    pid_t process = fork();
    if (process == 0) {
        (void)execl(SCRIPT, SCRIPT, what, folder, owner, (char *)NULL);
        _exit(127);
    }
    if (process < 0 || waitpid(process, &status, 0) != process)
        return -1;
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

int server_do(const char *what) {
    return run_script(what, server.folder, NULL);
}

static void read_port(void) {
    char path[128];
    (void)snprintf(path, sizeof path, "%s/port", server.folder);
    FILE *file = fopen(path, "r");
    if (file != NULL && fgets(server.port, sizeof server.port, file) != NULL)
        server.port[strcspn(server.port, "\n")] = '\0';
    if (file != NULL)
        (void)fclose(file);
}

#define ROOM (512UL * 1024 * 1024)

/* In memory where there is room: a server that is killed with the machine going on loses nothing. */
static const char *choose_folder(void) {
    struct statvfs shared;
    int roomy = statvfs("/dev/shm", &shared) == 0 && shared.f_bavail * shared.f_frsize > ROOM;
    return roomy ? "/dev/shm/nct-postgresql-XXXXXX" : "/tmp/nct-postgresql-XXXXXX";
}

/* The folder is open to pass through: the server may run under another account. */
const struct server *server_begin(void) {
    char owner[16];
    strcpy(server.folder, choose_folder());
    (void)snprintf(owner, sizeof owner, "%ld", (long)getpid());
    if (mkdtemp(server.folder) == NULL || chmod(server.folder, 0755) != 0)
        exit(1);
    int code = run_script("make", server.folder, owner);
    if (code != 0) {
        (void)rmdir(server.folder);
        exit(code == NO_SERVER ? NO_SERVER : 1);
    }
    read_port();
    return &server;
}

void server_end(void) {
    (void)server_do("remove");
}

void database_connection(const struct database *database, const char *user, const char *host, const char *options,
                         char out[320]) {
    (void)snprintf(out, 320, "postgresql://%s@/%s?host=%s&port=%s%s%s", user != NULL ? user : "tester", database->name,
                   host != NULL ? host : server.folder, server.port, options != NULL ? "&" : "",
                   options != NULL ? options : "");
}

PGconn *database_connect(const struct database *database) {
    const char *const keywords[] = {"host", "port", "user", "dbname", "options", NULL};
    const char *const values[] = {
        server.folder, server.port, "tester", database->name, "-c synchronous_commit=local" /* waits for no standby */,
        NULL};
    PGconn *connection = PQconnectdbParams(keywords, values, 0);
    assert_int_equal(PQstatus(connection), CONNECTION_OK);
    return connection;
}

struct database *database_make(void) {
    struct database *database = calloc(1, sizeof *database);
    if (database == NULL)
        return NULL;
    strcpy(database->name, "empty");
    database_connection(database, NULL, NULL, NULL, database->connection);
    return database;
}

/* Emptying it is ten times faster than making another one. */
void database_remove(struct database *database) {
    nct_postgresql_store_close(database->store);
    database_sql(database, "SET client_min_messages = warning; DROP SCHEMA IF EXISTS nctracks, trap CASCADE");
    free(database);
}

nct_status database_open(struct database *database) {
    char text[512];
    nct_status status = nct_postgresql_store_open(database->connection, 0, 0, &database->store);
    if (status != NCT_OK)
        (void)fprintf(stderr, "store_postgresql: %d %s\n", (int)status, nct_postgresql_store_error(text, sizeof text));
    return status;
}

void database_tell(PGconn *connection, const char *text) {
    PGresult *result = PQexec(connection, text);
    ExecStatusType status = PQresultStatus(result);
    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK)
        fail_msg("%s: %s", text, PQerrorMessage(connection));
    PQclear(result);
}

const char *database_ask(PGconn *connection, const char *text, char out[256]) {
    PGresult *result = PQexec(connection, text);
    if (PQresultStatus(result) != PGRES_TUPLES_OK || PQntuples(result) < 1)
        fail_msg("%s: %s", text, PQerrorMessage(connection));
    (void)snprintf(out, 256, "%s", PQgetvalue(result, 0, 0));
    PQclear(result);
    return out;
}

void database_sql(const struct database *database, const char *text) {
    PGconn *connection = database_connect(database);
    database_tell(connection, text);
    PQfinish(connection);
}

void database_expect_words(const char *words) {
    char text[512];
    if (strstr(nct_postgresql_store_error(text, sizeof text), words) == NULL)
        fail_msg("\"%s\" does not say \"%s\"", text, words);
}

void database_expect_not_said(const char *secret) {
    char text[512];
    if (strstr(nct_postgresql_store_error(text, sizeof text), secret) != NULL)
        fail_msg("\"%s\" says a secret", text);
}

void database_expect_refused(struct database *database, nct_status answer, const char *words) {
    nct_status status = nct_postgresql_store_open(database->connection, 0, 0, &database->store);
    if (status != answer)
        fail_msg("%d, not %d, where \"%s\" is to be said", (int)status, (int)answer, words);
    assert_null(database->store);
    database_expect_words(words);
}
