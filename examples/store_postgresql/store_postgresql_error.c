/* What failures of the server mean for somebody who has to mend them. Nothing here shows a password or a row. */
#include "store_postgresql_inside.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static _Thread_local char last_error[512];

void postgresql_say(const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    (void)vsnprintf(last_error, sizeof last_error, format, arguments);
    va_end(arguments);
    size_t len = strlen(last_error);
    while (len > 0 && last_error[len - 1] == '\n')
        last_error[--len] = '\0';
    for (char *at = last_error; (at = strchr(at, '\n')) != NULL;)
        *at = ' ';
}

void postgresql_unsay(const char *secret) {
    size_t len = secret != NULL ? strlen(secret) : 0;
    if (len == 0)
        return;
    for (char *at = last_error; (at = strstr(at, secret)) != NULL; at += len)
        memset(at, '*', len);
}

const char *nct_postgresql_store_error(char *text, size_t size) {
    if (text != NULL && size > 0)
        (void)snprintf(text, size, "%s", last_error);
    return text;
}

nct_status postgresql_no_memory(void) {
    postgresql_say("out of memory");
    return NCT_E_NO_MEMORY;
}

/* A code of the server (SQLSTATE), or the class it begins with. */
struct sentence {
    const char *code;
    const char *text;
};

static const struct sentence sentences[] = {
    {"55P03", "others have had the rows locked for too long; try again, or end what holds them"},
    {"57014", "the server took too long and was stopped; try again"},
    {"53100", "the disk of the server is full"},
    {"53200", "the server is out of memory or has no room for locks; see max_locks_per_transaction"},
    {"53300", "the server has no connection left; see max_connections"},
    {"25006", "the server can only be read: it is a standby, or was made read-only"},
    {"42501",
     "the role lacks a right in the schema nctracks: it needs USAGE there and SELECT, INSERT, UPDATE, DELETE on "
     "its tables, and CREATE in the database when it is to make them"},
    {"42P01", "a table of the schema nctracks is missing"},
    {"XX001", "the database is damaged; put it back from a backup"},
    {"XX002", "the database is damaged; put it back from a backup"},
};

static const char *sentence_for(const char *code) {
    for (size_t i = 0; i < sizeof sentences / sizeof sentences[0]; i++) {
        if (strcmp(sentences[i].code, code) == 0)
            return sentences[i].text;
    }
    return NULL;
}

/* The message alone: its details may show what is in a row. */
void postgresql_say_result(const PGresult *result) {
    const char *code = PQresultErrorField(result, PG_DIAG_SQLSTATE);
    const char *message = PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);
    const char *text = code != NULL ? sentence_for(code) : NULL;
    if (text != NULL)
        postgresql_say("%.200s (%s)", message != NULL ? message : code, text);
    else if (message != NULL)
        postgresql_say("%s", message);
    else
        postgresql_say("the server gave an answer that was not expected");
}

/* 40: undone because of others (serialization, deadlock). 22012 and 23505: somebody who takes no locks wrote between
 * the look and the change, see the statement that applies a batch. */
int postgresql_is_passing(const PGresult *result) {
    const char *code = PQresultErrorField(result, PG_DIAG_SQLSTATE);
    return code != NULL && (strncmp(code, "40", 2) == 0 || strcmp(code, "22012") == 0 || strcmp(code, "23505") == 0);
}
