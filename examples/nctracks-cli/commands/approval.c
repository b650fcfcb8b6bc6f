/* Access given by two people: one proposes, another confirms. */
#include "commands/commands.h"

#include <stdio.h>
#include <string.h>

#include <nctracks/approval.h>
#include <nctracks/store.h>

#include "forms/wanted.h"
#include "mail/deliver.h"
#include "portal/open.h"
#include "terminal/failure.h"
#include "terminal/output.h"

#define PAGE 1000

int cmd_access_propose(struct cli *cli) {
    const char *ncid = cli->args.operands[0];
    const char *by = args_value(&cli->args, "by");
    const char *provider = args_value(&cli->args, "provider");
    nct_form *access = NULL;
    nct_problems *problems = NULL;
    int code = portal_open(cli);
    if (code == CLI_DONE) {
        code = wanted_form(cli, ncid, &access);
    }
    if (code != CLI_DONE) {
        return code;
    }
    nct_status status = nct_access_propose(access, by, strlen(by), provider, strlen(provider), &problems);
    nct_form_free(access);
    if (status != NCT_OK) {
        code = commands_refuse(cli, status, problems);
        nct_problems_free(problems);
        if (status == NCT_E_STATE) {
            fail_help(cli, "The rules let one person give this role: 'nctracks user grant'.");
        }
        return code;
    }
    out_say(cli, "This waits until somebody else confirms it with 'nctracks access confirm'.");
    deliver_after(cli);
    return CLI_DONE;
}

static nct_status confirm(const struct cli *cli, const char *ncid) {
    const char *by = args_value(&cli->args, "by");
    const char *name = args_value(&cli->args, "operator");
    const char *provider = args_value(&cli->args, "provider");
    if (name != NULL) {
        return nct_access_confirm_by_operator(cli->portal, name, strlen(name), provider, strlen(provider), ncid,
                                              strlen(ncid));
    }
    return nct_access_confirm(cli->portal, by, strlen(by), provider, strlen(provider), ncid, strlen(ncid));
}

int cmd_access_confirm(struct cli *cli) {
    const char *ncid = cli->args.operands[0];
    if (args_has(&cli->args, "by") == args_has(&cli->args, "operator")) {
        return fail_usage(cli, "name either --by or --operator");
    }
    int code = portal_open(cli);
    if (code != CLI_DONE) {
        return code;
    }
    nct_status status = confirm(cli, ncid);
    if (status != NCT_OK) {
        return commands_refuse(cli, status, NULL);
    }
    out_say(cli, "%s has the access that was proposed; what was granted there before is replaced.", ncid);
    deliver_after(cli);
    return CLI_DONE;
}

int cmd_access_reject(struct cli *cli) {
    const char *ncid = cli->args.operands[0];
    const char *by = args_value(&cli->args, "by");
    const char *provider = args_value(&cli->args, "provider");
    int code = portal_open(cli);
    if (code != CLI_DONE) {
        return code;
    }
    nct_status status = nct_access_reject(cli->portal, by, strlen(by), provider, strlen(provider), ncid, strlen(ncid));
    if (status != NCT_OK) {
        return commands_refuse(cli, status, NULL);
    }
    out_say(cli, "What was proposed for %s will not be done.", ncid);
    return CLI_DONE;
}

static const out_field fields[] = {{"ncid", "NCID"},
                                   {"role", "ROLE"},
                                   {"valid_from", "FROM"},
                                   {"valid_until", "UNTIL"},
                                   {"proposed_by", "PROPOSED BY"},
                                   {"proposed_at", "PROPOSED AT"},
                                   {"rights", "RIGHTS"},
                                   {NULL, NULL}};

static json_t *describe(const nct_policy *policy, const nct_proposal_list *page, size_t index) {
    json_t *row = out_object();
    out_put_string(row, "ncid", nct_proposal_list_ncid(page, index));
    out_put_string(row, "role", nct_role_name(nct_proposal_list_role(page, index)));
    out_put(row, "rights", commands_rights(policy, nct_proposal_list_rights(page, index)));
    out_put_time(row, "valid_from", nct_proposal_list_valid_from(page, index));
    out_put_time(row, "valid_until", nct_proposal_list_valid_until(page, index));
    out_put_string(row, "proposed_by", nct_proposal_list_proposed_by(page, index));
    out_put_time(row, "proposed_at", nct_proposal_list_proposed_at(page, index));
    return row;
}

static nct_status list_page(out_list *list, char *after, size_t capacity, bool *more) {
    const struct cli *cli = list->cli;
    const char *provider = args_value(&cli->args, "provider");
    nct_proposal_list *page = NULL;
    size_t after_len = strlen(after);
    nct_status status = nct_proposal_list_by_provider(cli->portal, provider, strlen(provider),
                                                      after_len > 0 ? after : NULL, after_len, PAGE, &page);
    if (status != NCT_OK) {
        return status;
    }
    json_t *rows = out_array();
    for (size_t i = 0; i < nct_proposal_list_count(page); i++) {
        out_append(rows, describe(nct_portal_policy(cli->portal), page, i));
    }
    out_list_page(list, rows);
    *more = nct_proposal_list_more(page) == 1;
    snprintf(after, capacity, "%s", nct_proposal_list_cursor(page));
    nct_proposal_list_free(page);
    return NCT_OK;
}

int cmd_access_proposals(struct cli *cli) {
    char after[NCT_KEY_MAX] = "";
    bool more = true;
    int code = portal_open(cli);
    if (code != CLI_DONE) {
        return code;
    }
    out_list list = out_list_begin(cli, "proposals", fields);
    while (more) {
        nct_status status = list_page(&list, after, sizeof after, &more);
        if (status != NCT_OK) {
            return fail_status(cli, status, NULL);
        }
    }
    out_list_end(&list, "Nothing waits for a second person.");
    return CLI_DONE;
}
