/* Access given by two people: one proposes, another confirms. */
#include "commands/commands.h"
#include "commands/pages.h"

#include <stdio.h>
#include <string.h>

#include <nctracks/approval.h>
#include <nctracks/role.h>

#include "commands/refusal.h"
#include "commands/rights.h"
#include "forms/wanted.h"
#include "mail/deliver.h"
#include "portal/open.h"
#include "terminal/failure.h"
#include "terminal/output.h"

static int cmd_access_propose(struct cli *cli) {
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
        code = refusal_of_access(cli, status, problems);
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

static int cmd_access_confirm(struct cli *cli) {
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
        return refusal_of_access(cli, status, NULL);
    }
    out_say(cli, "%s has the access that was proposed; what was granted there before is replaced.", ncid);
    deliver_after(cli);
    return CLI_DONE;
}

static int cmd_access_reject(struct cli *cli) {
    const char *ncid = cli->args.operands[0];
    const char *by = args_value(&cli->args, "by");
    const char *provider = args_value(&cli->args, "provider");
    int code = portal_open(cli);
    if (code != CLI_DONE) {
        return code;
    }
    nct_status status = nct_access_reject(cli->portal, by, strlen(by), provider, strlen(provider), ncid, strlen(ncid));
    if (status != NCT_OK) {
        return refusal_of_access(cli, status, NULL);
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
    out_put(row, "rights", rights_names(policy, nct_proposal_list_rights(page, index)));
    out_put_time(row, "valid_from", nct_proposal_list_valid_from(page, index));
    out_put_time(row, "valid_until", nct_proposal_list_valid_until(page, index));
    out_put_string(row, "proposed_by", nct_proposal_list_proposed_by(page, index));
    out_put_time(row, "proposed_at", nct_proposal_list_proposed_at(page, index));
    return row;
}

static nct_status read_page(const struct cli *cli, const void *context, struct page *page) {
    const char *provider = context;
    nct_proposal_list *list = NULL;
    nct_status status = nct_proposal_list_by_provider(cli->portal, provider, strlen(provider), page->after,
                                                      page->after_len, page->limit, &list);
    for (size_t i = 0; i < nct_proposal_list_count(list); i++) {
        out_append(page->rows, describe(nct_portal_policy(cli->portal), list, i));
    }
    page_next(page, nct_proposal_list_more(list), nct_proposal_list_cursor(list));
    nct_proposal_list_free(list);
    return status;
}

static int cmd_access_proposals(struct cli *cli) {
    static const pages_list list = {"proposals", fields, read_page, "Nothing waits for a second person.", NULL, NULL};
    int code = portal_open(cli);
    return code == CLI_DONE ? pages_print(cli, &list, args_value(&cli->args, "provider")) : code;
}

static const args_option propose_options[] = {OPTION_BY, OPTION_PROVIDER, OPTION_ACCESS, OPTIONS_END};
static const args_option confirm_options[] = {
    OPTION_PROVIDER,
    {"by", "NCID", "confirm as an administrator of the provider: who acts", false},
    {"operator", "NAME", "confirm for the agency, where the provider has one administrator only: who acts", false},
    OPTIONS_END};

const cli_command approval_commands[] = {
    {"access", "propose", "NCID", "Propose access that the rules have given by two people.",
     "Somebody else with user administration confirms it. See the rule by_two in 'nctracks policy show'.", 1, 1,
     propose_options, cmd_access_propose},
    {"access", "confirm", "NCID", "Confirm, as a second person, the access proposed for somebody.",
     "Name either --by or --operator.", 1, 1, confirm_options, cmd_access_confirm},
    {"access", "reject", "NCID", "Reject what was proposed for somebody, or withdraw it.", "", 1, 1, manage_options,
     cmd_access_reject},
    {"access", "proposals", "", "List what waits for a second person at a provider.", "", 0, 0, provider_list_options,
     cmd_access_proposals},
    COMMANDS_END};
