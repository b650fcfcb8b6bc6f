#include "portal/open.h"

#include <errno.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <nctracks/store.h>

#include "files.h"
#include "key_file.h"
#include "mail/transport.h"
#include "portal/key.h"
#include "portal/profile_file.h"
#include "portal/settings.h"
#include "terminal/failure.h"
#include "terminal/output.h"

static bool copy_path(const char *path, char out[CLI_PATH_MAX]) {
    return (size_t)snprintf(out, CLI_PATH_MAX, "%s", path) < CLI_PATH_MAX;
}

bool portal_beside(const struct cli *cli, const char *name, char out[CLI_PATH_MAX]) {
    return portal_store_is_server(cli->store_name) ? copy_path(name, out)
                                                   : file_beside(cli->database, name, out, CLI_PATH_MAX);
}

/* What an option names, else the file beside the database. */
static bool choose(const struct cli *cli, const char *option, const char *name, char out[CLI_PATH_MAX]) {
    const char *given = args_value(&cli->args, option);
    return given != NULL ? copy_path(given, out) : portal_beside(cli, name, out);
}

/* What an option or a variable of the environment says; NULL: neither does. */
static const char *given_or_set(const struct cli *cli, const char *option, const char *variable) {
    const char *given = args_value(&cli->args, option);
    if (given == NULL) {
        given = getenv(variable);
    }
    return given == NULL || given[0] == '\0' ? NULL : given;
}

int portal_named(struct cli *cli, const char *name) {
    portal_store_place(name, cli->database, sizeof cli->database);
    bool done = portal_store_is_server(name) || copy_path(name, cli->database);
    cli->store_name = portal_store_is_server(name) ? name : cli->database;
    done = done && choose(cli, "key", "nctracks.key", cli->key_file) &&
           choose(cli, "config", "nctracks.conf", cli->config_file) &&
           portal_beside(cli, "nctracks.profile", cli->profile_file);
    return done ? CLI_DONE : fail_usage(cli, "a path is too long");
}

int portal_files(struct cli *cli) {
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
        return portal_named(cli, server);
    }
    return portal_named(cli, file != NULL ? file : "nctracks.db");
}

/* One of the settings of --set, such as "pin.length=8"; `text` is changed. */
static bool set_option(nct_policy *policy, char *text) {
    char *equals = strchr(text, '=');
    char *end = NULL;
    int32_t option = 0;
    if (equals == NULL) {
        return false;
    }
    *equals = '\0';
    errno = 0;
    long long value = strtoll(equals + 1, &end, 10);
    return errno == 0 && end != equals + 1 && *end == '\0' && nct_option_from_name(text, &option) == NCT_OK &&
           nct_policy_set(policy, option, value) == NCT_OK;
}

static int apply_settings(struct cli *cli, nct_policy *policy) {
    const char *given = args_value(&cli->args, "set");
    char text[256];
    char *rest = NULL;
    if (given == NULL) {
        return CLI_DONE;
    }
    if ((size_t)snprintf(text, sizeof text, "%s", given) >= sizeof text) {
        return fail_usage(cli, "--set is too long");
    }
    for (char *one = strtok_r(text, ",", &rest); one != NULL; one = strtok_r(NULL, ",", &rest)) {
        if (!set_option(policy, one)) {
            return fail_usage(cli, "--set needs OPTION=NUMBER within its bounds; see 'nctracks policy paths'");
        }
    }
    return CLI_DONE;
}

static int dated_policy(struct cli *cli, const char *profile, nct_policy **out) {
    nct_status status = nct_policy_new(profile, out);
    if (status == NCT_E_NOT_FOUND) {
        return fail_usage(cli, "there is no profile of this name; see 'nctracks policy list'");
    }
    return status == NCT_OK ? CLI_DONE : fail_status(cli, status, NULL);
}

/* The policy the options name; *out is NULL where they name none. */
static int given_policy(struct cli *cli, nct_policy **out) {
    const char *profile = args_value(&cli->args, "profile");
    const char *file = args_value(&cli->args, "profile-file");
    *out = NULL;
    if (profile != NULL && file != NULL) {
        return fail_usage(cli, "--profile and --profile-file exclude each other");
    }
    if (file != NULL) {
        return profile_file_read(cli, file, out);
    }
    return profile != NULL ? dated_policy(cli, profile, out) : CLI_DONE;
}

static int with_settings(struct cli *cli, int code, nct_policy **policy) {
    if (code == CLI_DONE) {
        code = apply_settings(cli, *policy);
    }
    if (code != CLI_DONE) {
        nct_policy_free(*policy);
        *policy = NULL;
    }
    return code;
}

int portal_policy(struct cli *cli, nct_policy **out) {
    int code = given_policy(cli, out);
    if (code == CLI_DONE && *out == NULL) {
        code = profile_file_kept(cli, out);
    }
    if (code == CLI_DONE && *out == NULL) {
        code = dated_policy(cli, "2013", out);
    }
    return with_settings(cli, code, out);
}

/* A dated profile is known by its name; a file has to say all that is kept. */
static bool is_the_kept(const struct cli *cli, const nct_policy *given, const nct_policy *kept) {
    char *one = profile_text(given);
    char *other = profile_text(kept);
    size_t name = strcspn(one, "\n") + 1; /* of the first line, "name = ..." */
    bool same = args_has(&cli->args, "profile") ? strncmp(one, other, name) == 0 : strcmp(one, other) == 0;
    free(one);
    free(other);
    return same;
}

/* One database is run under one profile: what --profile says may confirm it, not replace it. */
static int policy_of_database(struct cli *cli, nct_policy **out) {
    nct_policy *given = NULL;
    int code = profile_file_kept(cli, out);
    if (code == CLI_DONE) {
        code = given_policy(cli, &given);
    }
    if (code == CLI_DONE && *out != NULL && given != NULL && !is_the_kept(cli, given, *out)) {
        code = fail_usage(cli, "this portal keeps other rules, profile %s, in %s", nct_policy_profile(*out),
                          cli->profile_file);
        fail_help(cli,
                  "To run it under other rules from now on, see 'nctracks policy change'; leave the option out else.");
    }
    if (code == CLI_DONE && *out == NULL && given == NULL) {
        code = profile_file_missing(cli);
    }
    if (*out == NULL) {
        *out = given;
        given = NULL;
    }
    nct_policy_free(given);
    return with_settings(cli, code, out);
}

static nct_status set_key(struct cli *cli, nct_config *config, int *code) {
    unsigned char key[NCT_MASTER_KEY_BYTES] = {0};
    *code = portal_key_read(cli, key);
    nct_status status = *code == CLI_DONE ? nct_config_set_master_key(config, key, sizeof key) : NCT_OK;
    explicit_bzero(key, sizeof key);
    return status;
}

static nct_status add_key(struct cli *cli, nct_config *config, const char *path, int *code) {
    unsigned char key[NCT_MASTER_KEY_BYTES] = {0};
    const char *wrong = key_file_objection(path, key);
    nct_status status = wrong == NULL ? nct_config_add_master_key(config, key, sizeof key) : NCT_OK;
    explicit_bzero(key, sizeof key);
    if (wrong != NULL) {
        *code = fail_environment(cli, "%s: %s", path, wrong);
    } else if (status == NCT_E_DUPLICATE || status == NCT_E_LIMIT) {
        *code = fail_usage(cli, "%s: %s", path, status == NCT_E_LIMIT ? "too many keys" : "this key is given twice");
        status = NCT_OK;
    }
    return status;
}

/* The keys of --further-keys, and the one a command found out itself. */
static nct_status add_keys(struct cli *cli, nct_config *config, int *code) {
    const char *given = args_value(&cli->args, "further-keys");
    char text[CLI_PATH_MAX];
    char *rest = NULL;
    nct_status status = NCT_OK;
    if ((size_t)snprintf(text, sizeof text, "%s", given != NULL ? given : "") >= sizeof text) {
        *code = fail_usage(cli, "--further-keys is too long");
        return NCT_OK;
    }
    for (char *one = strtok_r(text, ",", &rest); one != NULL && status == NCT_OK && *code == CLI_DONE;
         one = strtok_r(NULL, ",", &rest)) {
        status = add_key(cli, config, one, code);
    }
    if (cli->further_key != NULL && status == NCT_OK && *code == CLI_DONE) {
        status = add_key(cli, config, cli->further_key, code);
    }
    return status;
}

static int fail_store(struct cli *cli) {
    char reason[600];
    return fail_environment(cli, "%s: the database could not be opened: %s", cli->database,
                            portal_store_error(cli->store_name, reason, sizeof reason));
}

/* Sets everything but the policy. A status other than NCT_OK is still to be reported, a code is not. */
static nct_status configure(struct cli *cli, nct_config *config, int *code) {
    nct_status status = set_key(cli, config, code);
    if (status == NCT_OK && *code == CLI_DONE) {
        status = add_keys(cli, config, code);
    }
    if (status != NCT_OK || *code != CLI_DONE) {
        return status;
    }
    *code = transport_prepare(cli);
    if (*code != CLI_DONE) {
        return NCT_OK;
    }
    status = portal_store_open(cli->store_name, &cli->store);
    if (status == NCT_OK) {
        status = portal_store_use(&cli->store, config);
    }
    if (status != NCT_OK) {
        *code = fail_store(cli);
        return NCT_OK;
    }
    return status;
}

/* The language of mails to those of whom none is known. */
static int set_mail_language(struct cli *cli, nct_config *config) {
    const char *language = setting(cli, "mail-language");
    if (language == NULL || nct_config_set_language(config, language) == NCT_OK) {
        return CLI_DONE;
    }
    return fail_input(cli, "there are no texts in the language of --mail-language");
}

static int open_with(struct cli *cli, nct_config *config) {
    nct_policy *policy = NULL;
    int code = settings_read(cli);
    if (code == CLI_DONE) {
        code = set_mail_language(cli, config);
    }
    if (code == CLI_DONE) {
        code = policy_of_database(cli, &policy);
    }
    if (code != CLI_DONE) {
        return code;
    }
    nct_status status = configure(cli, config, &code);
    if (status == NCT_OK && code == CLI_DONE) {
        status = nct_config_set_policy(config, policy);
    }
    nct_policy_free(policy);
    if (status == NCT_OK && code == CLI_DONE) {
        status = nct_portal_open(config, &cli->portal);
    }
    if (code != CLI_DONE || status == NCT_OK) {
        return code;
    }
    code = fail_status(cli, status, NULL);
    if (status == NCT_E_OTHER_POLICY) {
        fail_help(
            cli,
            "The rules in %s, with what --set says, are not those this portal is run under. Put them back from a copy, "
            "or make them its own with 'nctracks policy change'.",
            cli->profile_file);
    }
    if (status == NCT_E_KEY) {
        fail_help(cli, "The key in %s is not the one %s was made with, or one it needs is missing: see --further-keys.",
                  cli->key_file, cli->database);
    }
    return code;
}

int portal_is_there(struct cli *cli, bool *there) {
    nct_status status = portal_store_look(cli->store_name);
    *there = status == NCT_OK;
    return status == NCT_OK || status == NCT_E_NOT_FOUND ? CLI_DONE : fail_store(cli);
}

static int fail_absent(struct cli *cli) {
    return portal_store_is_server(cli->store_name) ? fail_environment(cli, "%s: there is no portal", cli->database)
                                                   : fail_file(cli, cli->database);
}

int portal_configured(struct cli *cli, const nct_policy *policy, portal_step *step) {
    nct_config *config = NULL;
    int code = CLI_DONE;
    bool there = false;
    code = portal_is_there(cli, &there);
    if (code != CLI_DONE || !there) {
        return code != CLI_DONE ? code : fail_absent(cli);
    }
    nct_status status = nct_config_new(&config);
    if (status == NCT_OK) {
        status = configure(cli, config, &code);
    }
    if (status == NCT_OK && code == CLI_DONE) {
        status = nct_config_set_policy(config, policy);
    }
    if (status == NCT_OK && code == CLI_DONE) {
        code = step(cli, config, policy);
    }
    nct_config_free(config);
    return status == NCT_OK ? code : fail_status(cli, status, NULL);
}

int portal_create(struct cli *cli) {
    nct_config *config = NULL;
    nct_status status = nct_config_new(&config);
    if (status != NCT_OK) {
        return fail_status(cli, status, NULL);
    }
    int code = open_with(cli, config);
    nct_config_free(config);
    return code;
}

int portal_refuse_empty(struct cli *cli) {
    struct stat info;
    if (portal_store_is_server(cli->store_name) || stat(cli->database, &info) != 0 || !S_ISREG(info.st_mode) ||
        info.st_size != 0) {
        return CLI_DONE;
    }
    int code = fail_environment(cli, "%s is empty: it is no portal's database", cli->database);
    fail_help(cli,
              "Put the database back from a backup. If there never was one, remove the file and run 'nctracks init'.");
    return code;
}

int portal_open(struct cli *cli) {
    int code = portal_refuse_empty(cli);
    if (code != CLI_DONE) {
        return code;
    }
    bool there = false;
    code = portal_is_there(cli, &there);
    if (code != CLI_DONE) {
        return code;
    }
    if (!there) {
        code = fail_absent(cli);
        fail_help(cli, "Name the database with --db or --store, or make a new portal with 'nctracks init'.");
        return code;
    }
    return portal_create(cli);
}

void portal_close(struct cli *cli) {
    nct_portal_close(cli->portal);
    portal_store_close(&cli->store);
    transport_close(cli);
    json_decref(cli->config);
    cli->portal = NULL;
    cli->config = NULL;
}

int portal_check_mail(struct cli *cli) {
    return cli->mail_trouble == NULL ? CLI_DONE : fail_environment(cli, "%s: %s", cli->mail_folder, cli->mail_trouble);
}

const char *portal_operator(const struct cli *cli) {
    const char *given = args_value(&cli->args, "operator");
    if (given != NULL) {
        return given;
    }
    const struct passwd *account = getpwuid(geteuid());
    return account != NULL ? account->pw_name : "unknown account";
}
