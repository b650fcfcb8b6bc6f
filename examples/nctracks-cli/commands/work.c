#include "commands/commands.h"
#include "commands/pages.h"

#include <stdio.h>
#include <string.h>

#include <nctracks/machine.h>
#include <nctracks/work.h>

#include "portal/open.h"
#include "terminal/failure.h"
#include "terminal/output.h"
#include "text.h"

#define CURSOR_ROOM 128

static const out_field list_fields[] = {
    {"since", "SINCE"}, {"kind", "KIND"}, {"provider", "PROVIDER"},    {"application", "APPLICATION"},
    {"state", "STATE"}, {"ncid", "NCID"}, {"assignee", "ASSIGNED TO"}, {"item", "ITEM"},
    {NULL, NULL}};

static json_t *describe(const nct_work_list *page, size_t index) {
    json_t *row = out_object();
    out_put_time(row, "since", nct_work_list_since(page, index));
    out_put_string(row, "kind", nct_work_kind_name(nct_work_list_kind(page, index)));
    out_put_string(row, "provider", nct_work_list_provider(page, index));
    out_put_string(row, "application", nct_work_list_application(page, index));
    const char *state = nct_state_name(nct_work_list_state(page, index));
    out_put_string(row, "state", state != NULL ? state : "");
    out_put_string(row, "ncid", nct_work_list_ncid(page, index));
    out_put_string(row, "assignee", nct_work_list_assignee(page, index));
    out_put_string(row, "item", nct_work_list_id(page, index));
    return row;
}

/* What is asked for. */
struct asked {
    int32_t kind;
    int32_t state;
    int64_t until;
};

static int take_asked(struct cli *cli, struct asked *asked) {
    const char *kind = args_value(&cli->args, "kind");
    const char *state = args_value(&cli->args, "state");
    const char *until = args_value(&cli->args, "until");
    if (kind != NULL && nct_work_kind_from_name(kind, &asked->kind) != NCT_OK) {
        return fail_usage(cli, "--kind needs application, oa_change, eft_change, contested_address or draft");
    }
    if (state != NULL && nct_state_from_name(state, &asked->state) != NCT_OK) {
        return fail_usage(cli, "--state needs in_process, in_review, pending or suspended");
    }
    if (state != NULL && asked->kind != NCT_WORK_APPLICATION) {
        return fail_usage(cli, "--state goes with --kind application");
    }
    if (until != NULL && !text_parse_time(until, &asked->until)) {
        return fail_usage(cli, "--until needs YYYY-MM-DD or YYYY-MM-DDThh:mm:ssZ");
    }
    return CLI_DONE;
}

static nct_status read_page(const struct cli *cli, const void *context, struct page *page) {
    const struct asked *asked = context;
    nct_work_list *list = NULL;
    nct_status status = nct_work_list_page(cli->portal, asked->kind, asked->state, asked->until, page->after,
                                           page->after_len, page->limit, &list);
    for (size_t i = 0; i < nct_work_list_count(list); i++) {
        out_append(page->rows, describe(list, i));
    }
    page_next(page, nct_work_list_more(list), nct_work_list_cursor(list));
    nct_work_list_free(list);
    return status;
}

static int cmd_work_list(struct cli *cli) {
    static const char *const spaces[] = {"work", "application", "oa_request", "eft_request", "contact", NULL};
    pages_list list = {"work", list_fields, read_page, "Nothing waits for the agency.", spaces, NULL};
    struct asked asked = {.kind = 0};
    int code = take_asked(cli, &asked);
    if (asked.kind == NCT_WORK_DRAFT) {
        list.none = "No such drafts.";
    }
    if (code == CLI_DONE) {
        code = portal_open(cli);
    }
    return code == CLI_DONE ? pages_print(cli, &list, &asked) : code;
}

static int cmd_work_assign(struct cli *cli) {
    const char *item = cli->args.operands[0];
    const char *who = portal_operator(cli);
    const char *to = args_value(&cli->args, "to");
    int code = portal_open(cli);
    if (code != CLI_DONE) {
        return code;
    }
    to = to != NULL ? to : who;
    nct_status status = nct_work_assign(cli->portal, who, strlen(who), item, strlen(item), to, strlen(to));
    if (status != NCT_OK) {
        return fail_status(cli, status, NULL);
    }
    out_say(cli, "%s has it now.", to);
    return CLI_DONE;
}

static int cmd_work_release(struct cli *cli) {
    const char *item = cli->args.operands[0];
    const char *who = portal_operator(cli);
    int code = portal_open(cli);
    if (code != CLI_DONE) {
        return code;
    }
    nct_status status = nct_work_release(cli->portal, who, strlen(who), item, strlen(item));
    if (status != NCT_OK) {
        return fail_status(cli, status, NULL);
    }
    out_say(cli, "Nobody has it now.");
    return CLI_DONE;
}

static const args_option work_list_options[] = {
    {"kind", "KIND", "only application, oa_change, eft_change or contested_address; or draft", false},
    {"state", "STATE", "of applications: only in_process, in_review, pending or suspended", false},
    {"until", "TIME", "only what waits since YYYY-MM-DD or YYYY-MM-DDThh:mm:ssZ, or longer", false},
    OPTION_PAGES,
    OPTIONS_END};
static const args_option work_assign_options[] = {
    {"to", "NAME", "whose it is to be; else yours", false}, OPTION_OPERATOR, OPTIONS_END};

const cli_command work_commands[] = {
    {"work", "list", "", "List what waits for the agency, the oldest first, and who there has it.",
     "With --kind draft the drafts nobody goes on with; 'application move ID discard' discards one.", 0, 0,
     work_list_options, cmd_work_list},
    {"work", "assign", "ITEM", "Take a piece of work, or give it to somebody.",
     "ITEM as 'work list' names it. It lapses after work.assigned, see 'nctracks policy show'.", 1, 1,
     work_assign_options, cmd_work_assign},
    {"work", "release", "ITEM", "Give a piece of work back to the list.", "", 1, 1, operator_options, cmd_work_release},
    COMMANDS_END};
