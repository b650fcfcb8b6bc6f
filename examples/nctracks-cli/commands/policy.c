#include "commands/commands.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <nctracks/portal.h>
#include <nctracks/rule.h>

#include "files/profile.h"
#include "portal/open.h"
#include "portal/rules.h"
#include "terminal/failure.h"
#include "terminal/output.h"
#include "text.h"

#define PRINTED_MAX ((size_t)4 * NCT_POLICY_TEXT_MAX)

static const out_field list_fields[] = {{"name", "PROFILE"}, {NULL, NULL}};
static const out_field path_fields[] = {
    {"path", "PATH"}, {"type", "TYPE"}, {"value", "VALUE"}, {"description", "DESCRIPTION"}, {NULL, NULL}};

static int cmd_policy_list(struct cli *cli) {
    json_t *rows = out_array();
    for (size_t i = 0; i < nct_profile_count(); i++) {
        json_t *row = out_object();
        out_put_string(row, "name", nct_profile_name(i));
        out_append(rows, row);
    }
    out_list list = out_list_begin(cli, "profiles", list_fields);
    out_list_page(&list, rows);
    out_list_end(&list, "None.");
    return CLI_DONE;
}

/* The value of a rule; values are short. */
static void put_value(json_t *object, const char *key, const nct_policy *policy, const char *path) {
    char value[2048] = "";
    nct_status status = nct_rule_get(policy, path, value, sizeof value, NULL);
    out_put_string(object, key, status == NCT_OK ? value : "");
}

static json_t *words(size_t rule) {
    json_t *array = out_array();
    for (size_t i = 0; nct_rule_word(rule, i) != NULL; i++) {
        out_append(array, json_string(nct_rule_word(rule, i)));
    }
    return array;
}

static json_t *describe_rule(const nct_policy *policy, size_t rule) {
    int64_t least = 0;
    int64_t most = 0;
    json_t *row = out_object();
    if (nct_rule_bounds(rule, &least, &most) != NCT_OK) {
        least = most = 0;
    }
    out_put_string(row, "path", nct_rule_path(rule));
    out_put_string(row, "type", nct_rule_type(rule));
    put_value(row, "value", policy, nct_rule_path(rule));
    out_put(row, "words", words(rule));
    out_put_integer(row, "least", least);
    out_put_integer(row, "most", most);
    out_put_string(row, "description", nct_rule_description(rule));
    return row;
}

static int cmd_policy_paths(struct cli *cli) {
    nct_policy *policy = NULL;
    int code = rules_wanted(cli, &policy);
    if (code != CLI_DONE) {
        return code;
    }
    json_t *rows = out_array();
    for (size_t i = 0; i < nct_rule_count(); i++) {
        out_append(rows, describe_rule(policy, i));
    }
    out_list list = out_list_begin(cli, "rules", path_fields);
    out_list_page(&list, rows);
    out_list_end(&list, "None.");
    nct_policy_free(policy);
    return CLI_DONE;
}

static void put_rules(struct cli *cli, const nct_policy *policy) {
    json_t *rules = out_object();
    for (size_t i = 0; i < nct_rule_count(); i++) {
        put_value(rules, nct_rule_path(i), policy, nct_rule_path(i));
    }
    out_put_string(cli->result, "profile", nct_policy_profile(policy));
    out_put(cli->result, "rules", rules);
}

static int print_tables(struct cli *cli, const nct_policy *policy) {
    char *text = malloc(PRINTED_MAX);
    nct_status status = text != NULL ? nct_policy_print(policy, text, PRINTED_MAX, NULL) : NCT_E_NO_MEMORY;
    if (status == NCT_OK) {
        text_write_lines(stdout, text, strlen(text));
    }
    free(text);
    return status == NCT_OK ? CLI_DONE : fail_status(cli, status, NULL);
}

static int cmd_policy_show(struct cli *cli) {
    nct_policy *policy = NULL;
    int code = rules_wanted(cli, &policy);
    if (code != CLI_DONE) {
        return code;
    }
    if (cli->json) {
        put_rules(cli, policy);
    } else if (args_has(&cli->args, "text")) {
        char *text = profile_text(policy);
        text_write_lines(stdout, text, strlen(text));
        free(text);
    } else {
        code = print_tables(cli, policy);
    }
    nct_policy_free(policy);
    return code;
}

static int cmd_policy_check(struct cli *cli) {
    nct_policy *policy = NULL;
    const char *path = cli->args.operands[0];
    int code = profile_file_read(cli, path, &policy);
    if (code != CLI_DONE) {
        return code;
    }
    out_put_string(cli->result, "profile", nct_policy_profile(policy));
    out_say(cli, "%s: the rules of profile %s hold together.", path, nct_policy_profile(policy));
    nct_policy_free(policy);
    return CLI_DONE;
}

/* ---- announce, change ---- */

typedef nct_status policy_operation(const nct_config *config, const char *operator_name, size_t operator_len,
                                    const char *reason, size_t reason_len);

static nct_status operate(struct cli *cli, const nct_config *config, policy_operation *function) {
    const char *name = portal_operator(cli);
    const char *reason = args_value(&cli->args, "reason");
    return function(config, name, strlen(name), reason, strlen(reason));
}

static int announce(struct cli *cli, const nct_config *config, const nct_policy *policy) {
    nct_status status = operate(cli, config, nct_portal_announce_policy);
    if (status == NCT_E_STATE) {
        return fail_input(cli, "this portal is run under these rules already, or they are announced");
    }
    if (status != NCT_OK) {
        return fail_status(cli, status, NULL);
    }
    out_put_string(cli->result, "profile", nct_policy_profile(policy));
    out_say(
        cli,
        "The rules of profile %s are announced. Restart every process with them, then run 'nctracks policy change'.",
        nct_policy_profile(policy));
    return CLI_DONE;
}

/* Announced first, so that the portal opens whether or not a crash comes before the file is in place. */
static int change(struct cli *cli, const nct_config *config, const nct_policy *policy) {
    nct_status announced = operate(cli, config, nct_portal_announce_policy);
    if (announced != NCT_OK && announced != NCT_E_STATE) {
        return fail_status(cli, announced, NULL);
    }
    int code = profile_file_replace(cli, policy);
    if (code != CLI_DONE) {
        return code;
    }
    nct_status status = operate(cli, config, nct_portal_change_policy);
    if (status != NCT_OK && status != NCT_E_STATE) {
        return fail_status(cli, status, NULL);
    }
    out_put_string(cli->result, "profile", nct_policy_profile(policy));
    out_say(cli,
            status == NCT_OK ? "From now on this portal is run under profile %s alone; its rules are kept in %s."
                             : "This portal is run under profile %s already; its rules are kept in %s.",
            nct_policy_profile(policy), cli->profile_file);
    return CLI_DONE;
}

static bool names_rules(const struct cli *cli) {
    return args_has(&cli->args, "profile") || args_has(&cli->args, "profile-file");
}

static int with_policy(struct cli *cli, portal_step *step) {
    nct_policy *policy = NULL;
    if (!names_rules(cli) && access(cli->profile_file, F_OK) != 0) {
        return profile_file_missing(cli);
    }
    int code = rules_wanted(cli, &policy);
    if (code == CLI_DONE) {
        code = portal_configured(cli, policy, step);
    }
    nct_policy_free(policy);
    return code;
}

static int cmd_policy_announce(struct cli *cli) {
    return with_policy(cli, announce);
}

static int cmd_policy_change(struct cli *cli) {
    return with_policy(cli, change);
}

static const args_option policy_show_options[] = {{"text", NULL, "as a profile file instead", false}, OPTIONS_END};

const cli_command policy_commands[] = {
    {"policy", "list", "", "List the dated profiles.", "", 0, 0, no_options, cmd_policy_list},
    {"policy", "show", "", "Print the rules as tables: roles, submissions, terms, rights, options.",
     "Of --profile or --profile-file, else of the portal. With --text as a profile file, to be changed and checked.", 0,
     0, policy_show_options, cmd_policy_show},
    {"policy", "check", "FILE", "Check a profile file: whether it can be read, and whether its rules hold together.",
     "Exit 1 when they contradict each other, 2 when a line cannot be read; each problem is told.", 1, 1, no_options,
     cmd_policy_check},
    {"policy", "announce", "", "Take other rules as well, until 'nctracks policy change': for several processes.",
     "Of --profile or --profile-file, with --set. Restart every process with them, one by one.", 0, 0, decision_options,
     cmd_policy_announce},
    {"policy", "change", "", "Run the portal under other rules from now on, and keep them beside the database.",
     "Of --profile or --profile-file, with --set; else those that are kept. No other rules open the database then.", 0,
     0, decision_options, cmd_policy_change},
    {"policy", "paths", "", "List every rule: path, type, value, meaning.", "", 0, 0, no_options, cmd_policy_paths},
    COMMANDS_END};
