#include "commands/commands.h"

#include <stdio.h>
#include <string.h>

#include <nctracks/machine.h>
#include <nctracks/work.h>

#include "portal/open.h"
#include "terminal/damage_report.h"
#include "terminal/failure.h"
#include "terminal/output.h"
#include "text.h"

#define PAGE 1000
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

/* Prints one page; the cursor becomes empty past the end. */
static nct_status list_page(out_list *list, const struct asked *asked, char cursor[CURSOR_ROOM]) {
    nct_work_list *page = NULL;
    nct_status status = nct_work_list_page(list->cli->portal, asked->kind, asked->state, asked->until, cursor,
                                           strlen(cursor), PAGE, &page);
    status = damage_pass(list->cli, status);
    if (status != NCT_OK) {
        return status;
    }
    json_t *rows = out_array();
    for (size_t i = 0; i < nct_work_list_count(page); i++) {
        out_append(rows, describe(page, i));
    }
    out_list_page(list, rows);
    snprintf(cursor, CURSOR_ROOM, "%s", nct_work_list_more(page) ? nct_work_list_cursor(page) : "");
    nct_work_list_free(page);
    return NCT_OK;
}

int cmd_work_list(struct cli *cli) {
    struct asked asked = {.kind = 0};
    char cursor[CURSOR_ROOM] = "";
    int code = take_asked(cli, &asked);
    if (code == CLI_DONE) {
        code = portal_open(cli);
    }
    if (code != CLI_DONE) {
        return code;
    }
    out_list list = out_list_begin(cli, "work", list_fields);
    do {
        nct_status status = list_page(&list, &asked, cursor);
        if (status != NCT_OK) {
            return fail_status(cli, status, NULL);
        }
    } while (cursor[0] != '\0');
    out_list_end(&list, asked.kind == NCT_WORK_DRAFT ? "No such drafts." : "Nothing waits for the agency.");
    static const char *const spaces[] = {"work", "application", "oa_request", "eft_request", "contact", NULL};
    return damage_end(cli, spaces);
}

int cmd_work_assign(struct cli *cli) {
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

int cmd_work_release(struct cli *cli) {
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
