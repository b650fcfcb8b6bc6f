/* Sessions: who is signed in where, and ending them. */
#include "commands/commands.h"
#include "commands/pages.h"

#include <stdio.h>
#include <string.h>

#include <nctracks/signin.h>

#include "portal/open.h"
#include "terminal/failure.h"
#include "terminal/output.h"

static const out_field fields[] = {{"id", "ID"},
                                   {"label", "LABEL"},
                                   {"methods", "BY"},
                                   {"began_at", "SINCE"},
                                   {"used_at", "LAST USED"},
                                   {"ends_at", "ENDS UNUSED"},
                                   {"waits", "WAITS FOR CODE"},
                                   {NULL, NULL}};

static json_t *describe(const nct_session *session) {
    json_t *row = out_object();
    out_put_string(row, "id", nct_session_id(session));
    out_put_string(row, "label", nct_session_label(session));
    out_put_string(row, "methods", nct_session_amr(session));
    out_put_time(row, "began_at", nct_session_began_at(session));
    out_put_time(row, "used_at", nct_session_used_at(session));
    out_put_time(row, "ends_at", nct_session_ends_at(session));
    out_put(row, "waits", json_boolean(nct_session_awaits_code(session)));
    return row;
}

static nct_status read_page(const struct cli *cli, const void *context, struct page *page) {
    const char *ncid = context;
    nct_session_list *list = NULL;
    nct_status status =
        nct_session_list_by_person(cli->portal, ncid, strlen(ncid), page->after, page->after_len, page->limit, &list);
    for (size_t i = 0; i < nct_session_list_count(list); i++) {
        out_append(page->rows, describe(nct_session_list_at(list, i)));
    }
    page_next(page, nct_session_list_more(list), nct_session_list_cursor(list));
    nct_session_list_free(list);
    return status;
}

static int cmd_session_list(struct cli *cli) {
    static const pages_list list = {"sessions", fields, read_page, "Nobody is signed in under this NCID.", NULL, NULL};
    int code = portal_open(cli);
    return code == CLI_DONE ? pages_print(cli, &list, cli->args.operands[0]) : code;
}

static int cmd_session_end(struct cli *cli) {
    const char *ncid = cli->args.operands[0];
    const char *name = portal_operator(cli);
    const char *reason = args_value(&cli->args, "reason");
    int code = portal_open(cli);
    if (code != CLI_DONE) {
        return code;
    }
    nct_status status =
        nct_session_end_all_by_operator(cli->portal, name, strlen(name), ncid, strlen(ncid), reason, strlen(reason));
    if (status != NCT_OK) {
        return fail_status(cli, status, NULL);
    }
    out_say(cli, "All sessions of %s have ended.", ncid);
    return CLI_DONE;
}

const cli_command session_commands[] = {
    {"session", "list", "NCID", "List where somebody is signed in.", "", 1, 1, list_options, cmd_session_list},
    {"session", "end", "NCID", "Sign somebody out everywhere.", "", 1, 1, decision_options, cmd_session_end},
    COMMANDS_END};
