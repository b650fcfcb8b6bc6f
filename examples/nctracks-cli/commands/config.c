#include "commands/commands.h"

#include <string.h>

#include "files/settings.h"
#include "terminal/failure.h"
#include "terminal/output.h"

static const out_field fields[] = {
    {"name", "SETTING"}, {"value", "VALUE"}, {"source", "FROM"}, {"help", "MEANING"}, {NULL, NULL}};

static const setting_row *find(struct cli *cli, const char *name) {
    for (const setting_row *row = settings(); row->name != NULL; row++) {
        if (strcmp(row->name, name) == 0) {
            return row;
        }
    }
    fail_usage(cli, "there is no setting %s", name);
    fail_help(cli, "See 'nctracks config list'.");
    return NULL;
}

static json_t *describe(const struct cli *cli, const setting_row *row) {
    json_t *object = out_object();
    out_put_string(object, "name", row->name);
    out_put_string(object, "value", setting(cli, row->name));
    out_put_string(object, "source", setting_source(cli, row->name));
    out_put_string(object, "help", row->help);
    return object;
}

static int cmd_config_list(struct cli *cli) {
    int code = settings_read(cli);
    if (code != CLI_DONE) {
        return code;
    }
    json_t *rows = out_array();
    out_list list = out_list_begin(cli, "settings", fields);
    for (const setting_row *row = settings(); row->name != NULL; row++) {
        out_append(rows, describe(cli, row));
    }
    out_list_page(&list, rows);
    out_put_string(cli->result, "file", cli->config_file);
    return CLI_DONE;
}

static int cmd_config_get(struct cli *cli) {
    const setting_row *row = find(cli, cli->args.operands[0]);
    int code = row != NULL ? settings_read(cli) : CLI_USAGE;
    if (code != CLI_DONE) {
        return code;
    }
    const char *value = setting(cli, row->name);
    if (value == NULL) {
        fail_named(cli, NCT_E_NOT_FOUND, row->name);
        return CLI_REFUSED;
    }
    out_put_string(cli->result, "name", row->name);
    out_put_string(cli->result, "value", value);
    out_say(cli, "%s", value);
    return CLI_DONE;
}

static int cmd_config_set(struct cli *cli) {
    const char *value = cli->args.operands[1];
    const setting_row *row = find(cli, cli->args.operands[0]);
    if (row == NULL) {
        return CLI_USAGE;
    }
    if (!row->fits(value)) {
        return fail_usage(cli, "%s has to be %s", row->name, row->wanted);
    }
    int code = settings_keep(cli, row->name, value);
    if (code == CLI_DONE) {
        out_say(cli, "%s is set in %s.", row->name, cli->config_file);
    }
    return code;
}

static int cmd_config_unset(struct cli *cli) {
    const setting_row *row = find(cli, cli->args.operands[0]);
    if (row == NULL) {
        return CLI_USAGE;
    }
    int code = settings_keep(cli, row->name, NULL);
    if (code == CLI_DONE) {
        out_say(cli, "%s is not set in %s any more.", row->name, cli->config_file);
    }
    return code;
}

const cli_command config_commands[] = {
    {"config", "list", "", "List the settings of the portal, and where each comes from.",
     "The environment, such as NCTRACKS_SMTP, goes before the file.", 0, 0, no_options, cmd_config_list},
    {"config", "get", "SETTING", "Print a setting.", "Exit 1 when it is not set.", 1, 1, no_options, cmd_config_get},
    {"config", "set", "SETTING VALUE", "Keep a setting in the portal's configuration.", "", 2, 2, no_options,
     cmd_config_set},
    {"config", "unset", "SETTING", "Take a setting out of it.", "", 1, 1, no_options, cmd_config_unset},
    COMMANDS_END};
