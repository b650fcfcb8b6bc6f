/* Sessions: who is signed in where, and ending them. */
#include "commands/commands.h"

#include <stdio.h>
#include <string.h>

#include <nctracks/signin.h>

#include "portal/open.h"
#include "terminal/failure.h"
#include "terminal/output.h"

#define PAGE 100

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

/** One page is enough: a person has #NCT_SESSIONS_MAX sessions at most, and one that waits. */
int cmd_session_list(struct cli *cli) {
    const char *ncid = cli->args.operands[0];
    nct_session_list *page = NULL;
    int code = portal_open(cli);
    if (code != CLI_DONE) {
        return code;
    }
    nct_status status = nct_session_list_by_person(cli->portal, ncid, strlen(ncid), NULL, 0, PAGE, &page);
    if (status != NCT_OK) {
        return fail_status(cli, status, NULL);
    }
    out_list list = out_list_begin(cli, "sessions", fields);
    json_t *rows = out_array();
    for (size_t i = 0; i < nct_session_list_count(page); i++) {
        out_append(rows, describe(nct_session_list_at(page, i)));
    }
    out_list_page(&list, rows);
    nct_session_list_free(page);
    out_list_end(&list, "Nobody is signed in under this NCID.");
    return CLI_DONE;
}

int cmd_session_end(struct cli *cli) {
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
