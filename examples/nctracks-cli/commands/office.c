#include "commands/commands.h"

#include <string.h>

#include <nctracks/office.h>

#include "forms/json.h"
#include "mail/deliver.h"
#include "portal/open.h"
#include "terminal/failure.h"
#include "terminal/output.h"
#include "terminal/secret.h"

/* What an operator decides about a provider, for a reason. */
typedef nct_status decision(nct_portal *portal, const char *operator_name, size_t operator_name_len,
                            const char *provider, size_t provider_len, const char *reason, size_t reason_len);

static int decide(struct cli *cli, decision *function, const char *said) {
    const char *provider = cli->args.operands[0];
    const char *reason = args_value(&cli->args, "reason");
    const char *who = portal_operator(cli);
    int code = portal_open(cli);
    if (code != CLI_DONE) {
        return code;
    }
    nct_status status = function(cli->portal, who, strlen(who), provider, strlen(provider), reason, strlen(reason));
    if (status != NCT_OK) {
        return fail_status(cli, status, NULL);
    }
    out_say(cli, "%s %s.", provider, said);
    deliver_after(cli);
    return CLI_DONE;
}

int cmd_provider_terminate(struct cli *cli) {
    return decide(cli, nct_provider_terminate, "is terminated; nobody has access to it");
}

int cmd_provider_reinstate(struct cli *cli) {
    return decide(cli, nct_provider_reinstate, "is reinstated");
}

int cmd_provider_extend(struct cli *cli) {
    const char *provider = cli->args.operands[0];
    const char *date = cli->args.operands[1];
    const char *reason = args_value(&cli->args, "reason");
    const char *who = portal_operator(cli);
    int code = portal_open(cli);
    if (code != CLI_DONE) {
        return code;
    }
    nct_status status = nct_reverification_extend(cli->portal, who, strlen(who), provider, strlen(provider), date,
                                                  strlen(date), reason, strlen(reason));
    if (status != NCT_OK) {
        return fail_status(cli, status, NULL);
    }
    out_say(cli, "The re-verification of %s is due on %s.", provider, date);
    deliver_after(cli);
    return CLI_DONE;
}

int cmd_oa_approve(struct cli *cli) {
    return decide(cli, nct_oa_change_approve,
                  "has a new Office Administrator; its authorization code is spent, see 'provider renew-code'");
}

int cmd_oa_deny(struct cli *cli) {
    return decide(cli, nct_oa_change_deny, "keeps its Office Administrator; its authorization code still works");
}

typedef nct_status move_function(nct_portal *portal, const char *operator_name, size_t operator_name_len,
                                 const char *from, size_t from_len, const char *to, size_t to_len, const char *reason,
                                 size_t reason_len);

/* What hangs on one NCID goes to another. */
static int move(struct cli *cli, move_function *function, const char *outcome, const char *advice) {
    const char *from = cli->args.operands[0];
    const char *to = cli->args.operands[1];
    const char *reason = args_value(&cli->args, "reason");
    const char *who = portal_operator(cli);
    int code = portal_open(cli);
    if (code != CLI_DONE) {
        return code;
    }
    nct_status status =
        function(cli->portal, who, strlen(who), from, strlen(from), to, strlen(to), reason, strlen(reason));
    if (status != NCT_OK) {
        return fail_status(cli, status, NULL);
    }
    out_say(cli, "%s %s %s; %s.", from, outcome, to, advice);
    deliver_after(cli);
    return CLI_DONE;
}

int cmd_person_rekey(struct cli *cli) {
    return move(cli, nct_person_rekey, "now goes by", "set a password where the portal keeps them");
}

int cmd_person_merge(struct cli *cli) {
    return move(cli, nct_person_merge, "is merged into", "their own PIN and password stay");
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

static int fill_and_submit(struct cli *cli, nct_form *change, const struct secret *password) {
    form_target target = form_json_target(change);
    nct_status status = nct_form_set(change, "office_administrator.password", password->bytes, password->len);
    if (status != NCT_OK) {
        return fail_status(cli, status, NULL);
    }
    int code = form_json_fill(cli, cli->args.operands[0], &target);
    return code == CLI_DONE ? submit(cli, change) : code;
}

int cmd_oa_change(struct cli *cli) {
    nct_form *change = NULL;
    struct secret password;
    int code = portal_open(cli);
    if (code != CLI_DONE) {
        return code;
    }
    code = secret_read(cli, "password-fd", "Password of the new Office Administrator: ", &password);
    if (code == CLI_DONE) {
        nct_status status = nct_form_new(cli->portal, NCT_FORM_OA_CHANGE, &change);
        code = status == NCT_OK ? fill_and_submit(cli, change, &password) : fail_status(cli, status, NULL);
    }
    secret_wipe(&password);
    nct_form_free(change);
    return code;
}

static const out_field request_fields[] = {{"state", "State"},
                                           {"place", "Place"},
                                           {"new_ncid", "New Office Administrator"},
                                           {"previous_ncid", "Office Administrator before"},
                                           {"requested_at", "Submitted at"},
                                           {"lapses_at", "Lapses at"},
                                           {"settled_at", "Settled at"},
                                           {NULL, NULL}};

int cmd_oa_show(struct cli *cli) {
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
