#include "commands/commands.h"

#include <stdio.h>
#include <string.h>

#include <nctracks/eft.h>
#include <nctracks/office.h>

#include "forms/json.h"
#include "mail/deliver.h"
#include "portal/open.h"
#include "terminal/failure.h"
#include "terminal/output.h"
#include "terminal/secret.h"

#define PAGE 1000

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

static int fill_and_submit(struct cli *cli, nct_form *change, const struct secret *password) {
    form_target target = form_json_target(change);
    nct_status status = nct_form_set(change, "requester.password", password->bytes, password->len);
    if (status != NCT_OK) {
        return fail_status(cli, status, NULL);
    }
    int code = form_json_fill(cli, cli->args.operands[0], &target);
    return code == CLI_DONE ? submit(cli, change) : code;
}

int cmd_eft_request(struct cli *cli) {
    nct_form *change = NULL;
    struct secret password;
    int code = portal_open(cli);
    if (code != CLI_DONE) {
        return code;
    }
    code = secret_read(cli, "password-fd", "Password: ", &password);
    if (code == CLI_DONE) {
        nct_status status = nct_form_new(cli->portal, NCT_FORM_EFT_CHANGE, &change);
        code = status == NCT_OK ? fill_and_submit(cli, change, &password) : fail_status(cli, status, NULL);
    }
    secret_wipe(&password);
    nct_form_free(change);
    return code;
}

static int end(struct cli *cli, nct_status status, const char *said) {
    if (status != NCT_OK) {
        return fail_status(cli, status, NULL);
    }
    out_say(cli, "%s", said);
    deliver_after(cli);
    return CLI_DONE;
}

int cmd_eft_confirm(struct cli *cli) {
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

int cmd_eft_refuse(struct cli *cli) {
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

int cmd_eft_withdraw(struct cli *cli) {
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

/* Prints one page; `after` becomes where the next begins, empty at the end. */
static nct_status list_page(out_list *list, char *after, size_t capacity) {
    nct_eft_request_list *page = NULL;
    size_t after_len = strlen(after);
    nct_status status =
        nct_eft_request_list_page(list->cli->portal, after_len > 0 ? after : NULL, after_len, PAGE, &page);
    if (status != NCT_OK) {
        return status;
    }
    json_t *rows = out_array();
    for (size_t i = 0; i < nct_eft_request_list_count(page); i++) {
        out_append(rows, describe(nct_eft_request_list_at(page, i)));
    }
    out_list_page(list, rows);
    snprintf(after, capacity, "%s", nct_eft_request_list_more(page) ? nct_eft_request_list_cursor(page) : "");
    nct_eft_request_list_free(page);
    return NCT_OK;
}

int cmd_eft_list(struct cli *cli) {
    char after[32] = "";
    int code = portal_open(cli);
    if (code != CLI_DONE) {
        return code;
    }
    out_list list = out_list_begin(cli, "requests", list_fields);
    do {
        nct_status status = list_page(&list, after, sizeof after);
        if (status != NCT_OK) {
            return fail_status(cli, status, NULL);
        }
    } while (after[0] != '\0');
    out_list_end(&list, "No request waits.");
    return CLI_DONE;
}
