#include "commands/commands.h"
#include "commands/pages.h"
#include "commands/with_form.h"

#include <stdio.h>
#include <string.h>

#include <nctracks/eft.h>
#include <nctracks/office.h>

#include "mail/deliver.h"
#include "portal/open.h"
#include "terminal/failure.h"
#include "terminal/output.h"

static int submit(struct cli *cli, nct_form *change) {
    nct_problems *problems = NULL;
    int32_t state = 0;
    nct_status status = nct_eft_change_submit(change, &state, &problems);
    int code = status == NCT_OK ? CLI_DONE : fail_status(cli, status, problems);
    nct_problems_free(problems);
    if (code == CLI_DONE) {
        out_put_string(cli->result, "state", nct_request_state_name(state));
        out_say(cli, state == NCT_REQUEST_PENDING
                         ? "The change is requested; payments go where they went until the agency has confirmed it."
                         : "Payments go to the new account.");
        deliver_after(cli);
    }
    return code;
}

static int cmd_eft_request(struct cli *cli) {
    return with_password_form(cli, NCT_FORM_EFT_CHANGE, "requester.password", "Password: ", submit);
}

static int end(struct cli *cli, nct_status status, const char *said) {
    if (status != NCT_OK) {
        return fail_status(cli, status, NULL);
    }
    out_say(cli, "%s", said);
    deliver_after(cli);
    return CLI_DONE;
}

static int cmd_eft_confirm(struct cli *cli) {
    const char *provider = cli->args.operands[0];
    const char *spoke_with = args_value(&cli->args, "spoke-with");
    const char *who = portal_operator(cli);
    int code = portal_open(cli);
    if (code != CLI_DONE) {
        return code;
    }
    return end(cli,
               nct_eft_change_confirm(cli->portal, who, strlen(who), provider, strlen(provider), spoke_with,
                                      strlen(spoke_with)),
               "Payments go to the new account.");
}

static int cmd_eft_refuse(struct cli *cli) {
    const char *provider = cli->args.operands[0];
    const char *reason = args_value(&cli->args, "reason");
    const char *who = portal_operator(cli);
    int code = portal_open(cli);
    if (code != CLI_DONE) {
        return code;
    }
    return end(cli,
               nct_eft_change_refuse(cli->portal, who, strlen(who), provider, strlen(provider), reason, strlen(reason)),
               "The request is refused; payments go where they went.");
}

static int cmd_eft_withdraw(struct cli *cli) {
    const char *provider = cli->args.operands[0];
    const char *by = args_value(&cli->args, "by");
    int code = portal_open(cli);
    if (code != CLI_DONE) {
        return code;
    }
    return end(cli, nct_eft_change_withdraw(cli->portal, by, strlen(by), provider, strlen(provider)),
               "The request is withdrawn; payments go where they went.");
}

static const out_field list_fields[] = {{"provider", "PROVIDER"}, {"state", "STATE"}, {"requester", "ASKED BY"},
                                        {"account", "ACCOUNT"},   {"call", "CALL"},   {"warnings", "WARNINGS"},
                                        {"requested_at", "AT"},   {NULL, NULL}};

static json_t *describe(const nct_eft_request *request) {
    static const struct {
        int32_t bit;
        const char *name;
    } warnings[] = {{NCT_EFT_RECENT_OA, "recent_oa"},
                    {NCT_EFT_RECENT_PASSWORD, "recent_password"},
                    {NCT_EFT_RECENT_ADDRESS, "recent_address"},
                    {NCT_EFT_RECENT_PROVIDER, "recent_provider"}};
    json_t *record = out_object();
    json_t *found = out_array();
    for (size_t i = 0; i < sizeof warnings / sizeof warnings[0]; i++) {
        if ((nct_eft_request_warnings(request) & warnings[i].bit) != 0) {
            out_append(found, json_string(warnings[i].name));
        }
    }
    out_put_string(record, "provider", nct_eft_request_provider(request));
    out_put_string(record, "state", nct_request_state_name(nct_eft_request_state(request)));
    out_put_string(record, "requester", nct_eft_request_ncid(request));
    out_put_string(record, "account", nct_eft_request_account_masked(request));
    out_put_string(record, "call", nct_eft_request_phone(request));
    out_put(record, "warnings", found);
    out_put_time(record, "requested_at", nct_eft_request_requested_at(request));
    return record;
}

static nct_status read_page(const struct cli *cli, const void *context, struct page *page) {
    (void)context;
    nct_eft_request_list *list = NULL;
    nct_status status = nct_eft_request_list_page(cli->portal, page->after, page->after_len, page->limit, &list);
    for (size_t i = 0; i < nct_eft_request_list_count(list); i++) {
        out_append(page->rows, describe(nct_eft_request_list_at(list, i)));
    }
    page_next(page, nct_eft_request_list_more(list), nct_eft_request_list_cursor(list));
    nct_eft_request_list_free(list);
    return status;
}

static int cmd_eft_list(struct cli *cli) {
    static const pages_list list = {"requests", list_fields, read_page, "No request waits.", NULL, NULL};
    int code = portal_open(cli);
    return code == CLI_DONE ? pages_print(cli, &list, NULL) : code;
}

static const out_field record_fields[] = {{"provider", "Provider"},
                                          {"state", "State"},
                                          {"requester", "Asked for by"},
                                          {"requested_at", "Asked for at"},
                                          {"account", "Account"},
                                          {"account_holder", "In the name of"},
                                          {"call", "Number to call"},
                                          {"warnings", "Warnings"},
                                          {"lapses_at", "Lapses at"},
                                          {"settled_at", "Settled at"},
                                          {NULL, NULL}};

static int cmd_eft_show(struct cli *cli) {
    const char *provider = cli->args.operands[0];
    nct_eft_request *request = NULL;
    int code = portal_open(cli);
    if (code != CLI_DONE) {
        return code;
    }
    nct_status status = nct_eft_request_get(cli->portal, provider, strlen(provider), &request);
    if (status != NCT_OK) {
        return fail_status(cli, status, NULL);
    }
    json_t *record = describe(request);
    out_put_string(record, "account_holder", nct_eft_request_account_holder(request));
    out_put_time(record, "lapses_at", nct_eft_request_lapses_at(request));
    out_put_time(record, "settled_at", nct_eft_request_settled_at(request));
    out_record(cli, record, record_fields);
    nct_eft_request_free(request);
    return CLI_DONE;
}

static const args_option eft_confirm_options[] = {
    {"spoke-with", "TEXT", "whom you spoke with, at the number 'eft list' names", true}, OPTION_OPERATOR, OPTIONS_END};
static const args_option by_options[] = {{"by", "NCID", "who asked for it, or an administrator there", true},
                                         OPTIONS_END};

const cli_command eft_commands[] = {
    {"eft", "request", "FORM.json", "Ask that a provider be paid to another account.",
     "The password is asked for. See 'nctracks fields eft_change'.", 1, 1, secret_options, cmd_eft_request},
    {"eft", "list", "", "List the requests that wait: whom to call about them.", "", 0, 0, list_options, cmd_eft_list},
    {"eft", "show", "PROVIDER", "Show the last request of a provider, settled or not.", "Its account is masked.", 1, 1,
     no_options, cmd_eft_show},
    {"eft", "confirm", "PROVIDER", "Confirm a request after a call, and pay to the new account.", "", 1, 1,
     eft_confirm_options, cmd_eft_confirm},
    {"eft", "refuse", "PROVIDER", "Refuse a request.", "", 1, 1, decision_options, cmd_eft_refuse},
    {"eft", "withdraw", "PROVIDER", "Take a request back.", "", 1, 1, by_options, cmd_eft_withdraw},
    COMMANDS_END};
