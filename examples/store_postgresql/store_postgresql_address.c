/* Connection strings: whether they are in order, and which database they mean. */
#include "store_postgresql_inside.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The value of a keyword, or NULL. */
static const char *value_of(const PQconninfoOption *options, const char *keyword) {
    for (; options != NULL && options->keyword != NULL; options++) {
        if (strcmp(options->keyword, keyword) == 0)
            return options->val;
    }
    return NULL;
}

static int has_only(const char *value, const char *characters) {
    return value == NULL || value[strspn(value, characters)] == '\0';
}

static int has_none(const char *value, const char *characters) {
    return value == NULL || value[strcspn(value, characters)] == '\0';
}

/* A host with an @ in it is the rest of a password, and libpq's words about it would show it. */
static int is_sound(const PQconninfoOption *options) {
    return options != NULL && has_none(value_of(options, "host"), "@") && has_none(value_of(options, "user"), "/:") &&
           has_none(value_of(options, "dbname"), "@/:") && has_only(value_of(options, "port"), "0123456789,") &&
           has_only(value_of(options, "connect_timeout"), "-0123456789");
}

nct_status postgresql_check_connection(const char *connection) {
    char *words = NULL;
    PQconninfoOption *options = PQconninfoParse(connection, &words);
    int sound = is_sound(options);
    if (words != NULL)
        explicit_bzero(words, strlen(words));
    PQfreemem(words);
    PQconninfoFree(options);
    if (sound)
        return NCT_OK;
    postgresql_say(
        "the connection string is not valid: it is postgresql://user@host:port/database?option=value&..., "
        "in which @ : / ? # %% of a user, a password or a value are written as %%40 %%3A %%2F %%3F %%23 %%25");
    return NCT_E_STORE;
}

int nct_postgresql_store_names(const char *text) {
    return text != NULL && (strncmp(text, "postgresql://", 13) == 0 || strncmp(text, "postgres://", 11) == 0);
}

static const char *or_nothing(const char *value) {
    return value != NULL ? value : "";
}

const char *nct_postgresql_store_place(const char *connection, char *text, size_t size) {
    PQconninfoOption *options = connection != NULL ? PQconninfoParse(connection, NULL) : NULL;
    if (text == NULL || size == 0) {
        PQconninfoFree(options);
        return text;
    }
    const char *none = is_sound(options) ? NULL : "";
    const char *user = none != NULL ? none : or_nothing(value_of(options, "user"));
    const char *host = none != NULL ? none : or_nothing(value_of(options, "host"));
    const char *port = none != NULL ? none : or_nothing(value_of(options, "port"));
    const char *database = none != NULL ? none : or_nothing(value_of(options, "dbname"));
    (void)snprintf(text, size, "postgresql://%s%s%s%s%s%s%s", user, user[0] != '\0' ? "@" : "", host,
                   port[0] != '\0' ? ":" : "", port, database[0] != '\0' ? "/" : "", database);
    PQconninfoFree(options);
    return text;
}
