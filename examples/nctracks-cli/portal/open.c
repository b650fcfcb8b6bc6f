#include "portal/open.h"

#include <pwd.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "files/catalogues.h"
#include "files/key.h"
#include "files/settings.h"
#include "key_file.h"
#include "mail/transport.h"
#include "portal/rules.h"
#include "terminal/failure.h"

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
        code = catalogues_add(cli, config);
    }
    if (code == CLI_DONE) {
        code = set_mail_language(cli, config);
    }
    if (code == CLI_DONE) {
        code = rules_of_database(cli, &policy);
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
