/* Groups of users at a provider. */
#include "commands/commands.h"

#include <string.h>

#include <nctracks/group.h>

#include "commands/grants.h"
#include "commands/refusal.h"
#include "commands/rights.h"
#include "forms/wanted.h"
#include "mail/deliver.h"
#include "portal/open.h"
#include "terminal/failure.h"
#include "terminal/output.h"

static int settle(struct cli *cli, nct_status status, const char *done) {
    if (status != NCT_OK) {
        int code = refusal_of_access(cli, status, NULL);
        if (status == NCT_E_STATE) {
            fail_help(cli, "Only general users, of the role user, are in groups.");
        }
        return code;
    }
    out_say(cli, "%s", done);
    deliver_after(cli);
    return CLI_DONE;
}

static int cmd_group_set(struct cli *cli) {
    const char *by = args_value(&cli->args, "by");
    const char *provider = args_value(&cli->args, "provider");
    const char *name = cli->args.operands[0];
    char rights[WANTED_RIGHTS_MAX + 1];
    int code = portal_open(cli);
    if (code == CLI_DONE) {
        code = wanted_rights(cli, rights);
    }
    if (code != CLI_DONE) {
        return code;
    }
    nct_status status = nct_group_set(cli->portal, by, strlen(by), provider, strlen(provider), name, strlen(name),
                                      rights, strlen(rights));
    return settle(cli, status, "The group has these rights now, and so has everybody in it.");
}

static int cmd_group_remove(struct cli *cli) {
    const char *by = args_value(&cli->args, "by");
    const char *provider = args_value(&cli->args, "provider");
    const char *name = cli->args.operands[0];
    int code = portal_open(cli);
    if (code != CLI_DONE) {
        return code;
    }
    nct_status status = nct_group_remove(cli->portal, by, strlen(by), provider, strlen(provider), name, strlen(name));
    return settle(cli, status, "The group is no more; who was in it keeps their own rights.");
}

typedef nct_status membership(nct_portal *portal, const char *by, size_t by_len, const char *provider,
                              size_t provider_len, const char *ncid, size_t ncid_len, const char *name,
                              size_t name_len);

static int change_membership(struct cli *cli, membership *change, const char *done) {
    const char *by = args_value(&cli->args, "by");
    const char *provider = args_value(&cli->args, "provider");
    const char *name = cli->args.operands[0];
    const char *ncid = cli->args.operands[1];
    int code = portal_open(cli);
    if (code != CLI_DONE) {
        return code;
    }
    nct_status status =
        change(cli->portal, by, strlen(by), provider, strlen(provider), ncid, strlen(ncid), name, strlen(name));
    return settle(cli, status, done);
}

static int cmd_group_join(struct cli *cli) {
    return change_membership(cli, nct_group_join, "They have the rights of the group now, beside their own.");
}

static int cmd_group_leave(struct cli *cli) {
    return change_membership(cli, nct_group_leave, "They have their own rights only, and those of other groups.");
}

static const out_field group_fields[] = {{"name", "GROUP"}, {"rights", "RIGHTS"}, {NULL, NULL}};

static int cmd_group_list(struct cli *cli) {
    const char *provider = args_value(&cli->args, "provider");
    nct_group_list *groups = NULL;
    int code = portal_open(cli);
    if (code != CLI_DONE) {
        return code;
    }
    nct_status status = nct_group_list_by_provider(cli->portal, provider, strlen(provider), &groups);
    if (status != NCT_OK) {
        return fail_status(cli, status, NULL);
    }
    out_list list = out_list_begin(cli, "groups", group_fields);
    json_t *rows = out_array();
    for (size_t i = 0; i < nct_group_list_count(groups); i++) {
        json_t *row = out_object();
        out_put_string(row, "name", nct_group_list_name(groups, i));
        out_put(row, "rights", rights_names(nct_portal_policy(cli->portal), nct_group_list_rights(groups, i)));
        out_append(rows, row);
    }
    nct_group_list_free(groups);
    out_list_page(&list, rows);
    out_list_end(&list, "There is no group.");
    return CLI_DONE;
}

static nct_status read_members(const struct cli *cli, const void *name, const struct page *page, nct_grant_list **out) {
    const char *provider = args_value(&cli->args, "provider");
    return nct_group_members(cli->portal, provider, strlen(provider), name, strlen(name), page->after, page->after_len,
                             page->limit, out);
}

static int cmd_group_members(struct cli *cli) {
    int code = portal_open(cli);
    return code == CLI_DONE ? grants_list(cli, read_members, cli->args.operands[0], "Nobody is in it.") : code;
}

static const args_option group_set_options[] = {OPTION_BY, OPTION_PROVIDER, OPTION_RIGHTS, OPTIONS_END};

const cli_command group_commands[] = {
    {"group", "set", "GROUP", "Make a group at a provider, or change its rights for everybody in it.",
     "A name has lower-case letters, digits, '.' and '_'.", 1, 1, group_set_options, cmd_group_set},
    {"group", "remove", "GROUP", "End a group: who is in it keeps their own rights.", "", 1, 1, manage_options,
     cmd_group_remove},
    {"group", "join", "GROUP NCID", "Put a general user into a group.", "", 2, 2, manage_options, cmd_group_join},
    {"group", "leave", "GROUP NCID", "Take somebody out of a group.", "", 2, 2, manage_options, cmd_group_leave},
    {"group", "list", "", "List the groups of a provider.", "", 0, 0, provider_options, cmd_group_list},
    {"group", "members", "GROUP", "List who is in a group.", "", 1, 1, provider_list_options, cmd_group_members},
    COMMANDS_END};
