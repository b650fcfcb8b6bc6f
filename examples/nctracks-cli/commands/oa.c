#include "commands/commands.h"
#include "commands/with_form.h"

#include <string.h>

#include <nctracks/office.h>
#include <nctracks/role.h>

#include "commands/decide.h"
#include "mail/deliver.h"
#include "portal/open.h"
#include "terminal/failure.h"
#include "terminal/output.h"

static int cmd_oa_approve(struct cli *cli) {
    return decide_provider(
        cli, nct_oa_change_approve,
        "has a new Office Administrator; its authorization code is spent, see 'provider renew-code'");
}

static int cmd_oa_deny(struct cli *cli) {
    return decide_provider(cli, nct_oa_change_deny,
                           "keeps its Office Administrator; its authorization code still works");
}

static int submit(struct cli *cli, nct_form *change) {
    nct_problems *problems = NULL;
    int32_t state = 0;
    nct_status status = nct_oa_change_submit(change, &state, &problems);
    int code = status == NCT_OK ? CLI_DONE : fail_status(cli, status, problems);
    if (status == NCT_OK) {
        fail_notes(cli, problems);
    }
    nct_problems_free(problems);
    if (status == NCT_E_NOT_REGISTERED) {
        fail_help(cli, "Complete the registration with 'nctracks register' instead.");
    }
    if (code == CLI_DONE) {
        out_put_string(cli->result, "state", nct_request_state_name(state));
        out_say(cli, state == NCT_REQUEST_PENDING ? "The change is submitted; the agency has to approve it."
                                                  : "The provider has a new Office Administrator.");
        deliver_after(cli);
    }
    return code;
}

static int cmd_oa_change(struct cli *cli) {
    return with_password_form(cli, NCT_FORM_OA_CHANGE, "office_administrator.password",
                              "Password of the new Office Administrator: ", submit);
}

static const out_field request_fields[] = {{"state", "State"},
                                           {"place", "Place"},
                                           {"new_ncid", "New Office Administrator"},
                                           {"previous_ncid", "Office Administrator before"},
                                           {"requested_at", "Submitted at"},
                                           {"lapses_at", "Lapses at"},
                                           {"settled_at", "Settled at"},
                                           {NULL, NULL}};

static int cmd_oa_show(struct cli *cli) {
    const char *provider = cli->args.operands[0];
    nct_oa_request *request = NULL;
    int code = portal_open(cli);
    if (code != CLI_DONE) {
        return code;
    }
    nct_status status = nct_oa_request_get(cli->portal, provider, strlen(provider), &request);
    if (status != NCT_OK) {
        return fail_status(cli, status, NULL);
    }
    json_t *record = out_object();
    out_put_string(record, "state", nct_request_state_name(nct_oa_request_state(request)));
    out_put_string(record, "place", nct_role_name(nct_oa_request_role(request)));
    out_put_string(record, "new_ncid", nct_oa_request_ncid(request));
    out_put_string(record, "previous_ncid", nct_oa_request_previous_ncid(request));
    out_put_time(record, "requested_at", nct_oa_request_requested_at(request));
    out_put_time(record, "lapses_at", nct_oa_request_lapses_at(request));
    out_put_time(record, "settled_at", nct_oa_request_settled_at(request));
    out_record(cli, record, request_fields);
    nct_oa_request_free(request);
    return CLI_DONE;
}

const cli_command oa_commands[] = {
    {"oa", "change", "FORM.json", "Ask for another Office Administrator of a provider.",
     "The new one's password is asked for. See 'nctracks fields oa_change'.", 1, 1, secret_options, cmd_oa_change},
    {"oa", "show", "PROVIDER", "Show the last such change that was asked for.", "", 1, 1, no_options, cmd_oa_show},
    {"oa", "approve", "PROVIDER", "Approve the change that waits, and carry it out.",
     "The Office Administrator before loses all access there; the authorization code is spent.", 1, 1, decision_options,
     cmd_oa_approve},
    {"oa", "deny", "PROVIDER", "Deny the change that waits.", "", 1, 1, decision_options, cmd_oa_deny},
    COMMANDS_END};
