#include "files/place.h"

#include <stdio.h>
#include <stdlib.h>

#include "files.h"
#include "terminal/failure.h"

static bool copy_path(const char *path, char out[CLI_PATH_MAX]) {
    return (size_t)snprintf(out, CLI_PATH_MAX, "%s", path) < CLI_PATH_MAX;
}

bool place_beside(const struct cli *cli, const char *name, char out[CLI_PATH_MAX]) {
    return portal_store_is_server(cli->store_name) ? copy_path(name, out)
                                                   : file_beside(cli->database, name, out, CLI_PATH_MAX);
}

/* What an option names, else the file beside the database. */
static bool choose(const struct cli *cli, const char *option, const char *name, char out[CLI_PATH_MAX]) {
    const char *given = args_value(&cli->args, option);
    return given != NULL ? copy_path(given, out) : place_beside(cli, name, out);
}

/* What an option or a variable of the environment says; NULL: neither does. */
static const char *given_or_set(const struct cli *cli, const char *option, const char *variable) {
    const char *given = args_value(&cli->args, option);
    if (given == NULL) {
        given = getenv(variable);
    }
    return given == NULL || given[0] == '\0' ? NULL : given;
}

int place_named(struct cli *cli, const char *name) {
    portal_store_place(name, cli->database, sizeof cli->database);
    bool done = portal_store_is_server(name) || copy_path(name, cli->database);
    cli->store_name = portal_store_is_server(name) ? name : cli->database;
    done = done && choose(cli, "key", "nctracks.key", cli->key_file) &&
           choose(cli, "config", "nctracks.conf", cli->config_file) &&
           place_beside(cli, "nctracks.profile", cli->profile_file);
    return done ? CLI_DONE : fail_usage(cli, "a path is too long");
}

int place_find(struct cli *cli) {
    const char *file = given_or_set(cli, "db", "NCTRACKS_DB");
    bool by_file = args_has(&cli->args, "db");
    const char *server = by_file ? args_value(&cli->args, "store") : given_or_set(cli, "store", "NCTRACKS_STORE");
    if (by_file && server != NULL) {
        return fail_usage(cli, "--db and --store exclude each other");
    }
    if (server != NULL && !portal_store_is_server(server)) {
        return fail_usage(cli, "--store needs postgresql://user@host/database; for a file of SQLite, use --db");
    }
    if (server != NULL) {
        return place_named(cli, server);
    }
    return place_named(cli, file != NULL ? file : "nctracks.db");
}
