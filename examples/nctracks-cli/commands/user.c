#include "commands/commands.h"
#include "commands/with_form.h"

#include <string.h>

#include <nctracks/access.h>
#include <nctracks/question.h>
#include <nctracks/role.h>

#include "commands/grants.h"
#include "commands/refusal.h"
#include "commands/rights.h"
#include "forms/wanted.h"
#include "mail/deliver.h"
#include "portal/open.h"
#include "terminal/failure.h"
#include "terminal/output.h"

/* ---- Adding ---- */

static int refuse(struct cli *cli, nct_status status, const nct_problems *problems) {
    int code = refusal_of_access(cli, status, problems);
    if (status == NCT_E_ALREADY_GRANTED) {
        fail_help(cli, "Change it with 'nctracks user grant'.");
    }
    if (status == NCT_E_SECOND_PERSON) {
        fail_help(cli, "Propose it with 'nctracks access propose'; somebody else confirms it.");
    }
    return code;
}

static int add(struct cli *cli, nct_form *user) {
    const char *by = args_value(&cli->args, "by");
    const char *provider = args_value(&cli->args, "provider");
    nct_problems *problems = NULL;
    int code = CLI_DONE;
    nct_status status = nct_user_add(user, by, strlen(by), provider, strlen(provider), &problems);
    if (status == NCT_OK) {
        out_say(cli, "The user has access to %s. If they had no PIN, one goes to their own address.", provider);
        fail_notes(cli, problems);
        deliver_after(cli);
    } else {
        code = refuse(cli, status, problems);
    }
    nct_problems_free(problems);
    return code;
}

static int cmd_user_add(struct cli *cli) {
    return with_json_form(cli, NCT_FORM_USER, add);
}

/* ---- Granting and revoking ---- */

static const out_field preview_fields[] = {{"role_before", "Role before"},
                                           {"role_after", "Role after"},
                                           {"rights_gained", "Rights gained"},
                                           {"rights_lost", "Rights lost"},
                                           {"authorities_gained", "Authorities gained"},
                                           {"authorities_lost", "Authorities lost"},
                                           {"pin_suspended", "PIN suspended"},
                                           {NULL, NULL}};

static json_t *describe_preview(const struct cli *cli, const nct_preview *preview) {
    const nct_policy *policy = nct_portal_policy(cli->portal);
    json_t *record = out_object();
    out_put_string(record, "role_before", nct_role_name(nct_preview_role_before(preview)));
    out_put_string(record, "role_after", nct_role_name(nct_preview_role_after(preview)));
    out_put(record, "rights_gained", rights_names(policy, nct_preview_rights_gained(preview)));
    out_put(record, "rights_lost", rights_names(policy, nct_preview_rights_lost(preview)));
    out_put(record, "authorities_gained", rights_authorities(policy, nct_preview_authorities_gained(preview)));
    out_put(record, "authorities_lost", rights_authorities(policy, nct_preview_authorities_lost(preview)));
    out_put(record, "pin_suspended", json_boolean(nct_preview_pin_suspended(preview) == 1));
    return record;
}

/* What would be done was asked; who may not do it is told so as if they had. */
static int tell_preview(struct cli *cli, nct_status status, const nct_problems *problems, nct_preview *preview) {
    nct_status reason = status == NCT_OK ? nct_preview_reason(preview) : status;
    if (reason == NCT_OK) {
        out_record(cli, describe_preview(cli, preview), preview_fields);
        out_note(cli, "Nothing was changed: --dry-run.");
    }
    nct_preview_free(preview);
    return reason == NCT_OK ? CLI_DONE : refuse(cli, reason, problems);
}

static int dry_grant(struct cli *cli, nct_form *access) {
    const char *by = args_value(&cli->args, "by");
    const char *provider = args_value(&cli->args, "provider");
    nct_problems *problems = NULL;
    nct_preview *preview = NULL;
    nct_status status =
        nct_access_preview_grant(access, by, strlen(by), provider, strlen(provider), &problems, &preview);
    int code = tell_preview(cli, status, problems, preview);
    nct_problems_free(problems);
    return code;
}

static int grant(struct cli *cli, nct_form *access) {
    const char *by = args_value(&cli->args, "by");
    const char *provider = args_value(&cli->args, "provider");
    nct_problems *problems = NULL;
    nct_status status = nct_access_grant(access, by, strlen(by), provider, strlen(provider), &problems);
    int code = status == NCT_OK ? CLI_DONE : refuse(cli, status, problems);
    nct_problems_free(problems);
    if (code == CLI_DONE) {
        out_say(cli, "%s has this access to %s now%s.", cli->args.operands[0], provider,
                args_has(&cli->args, "rights") ? "; what was granted there before is replaced" : "");
        deliver_after(cli);
    }
    return code;
}

static int cmd_user_grant(struct cli *cli) {
    nct_form *access = NULL;
    const char *ncid = cli->args.operands[0];
    bool change = args_has(&cli->args, "add") || args_has(&cli->args, "remove");
    if (change == args_has(&cli->args, "rights")) {
        return fail_usage(cli, "name either --rights, or --add and --remove");
    }
    int code = portal_open(cli);
    if (code == CLI_DONE) {
        code = change ? wanted_change(cli, ncid, &access) : wanted_form(cli, ncid, &access);
    }
    if (code == CLI_DONE) {
        code = args_has(&cli->args, "dry-run") ? dry_grant(cli, access) : grant(cli, access);
    }
    nct_form_free(access);
    return code;
}

static int dry_revoke(struct cli *cli, const char *ncid) {
    const char *by = args_value(&cli->args, "by");
    const char *provider = args_value(&cli->args, "provider");
    nct_preview *preview = NULL;
    nct_status status = nct_access_preview_revoke(cli->portal, by, strlen(by), provider, strlen(provider), ncid,
                                                  strlen(ncid), &preview);
    return tell_preview(cli, status, NULL, preview);
}

static int revoke(struct cli *cli, const char *ncid) {
    const char *by = args_value(&cli->args, "by");
    const char *provider = args_value(&cli->args, "provider");
    nct_status status = nct_access_revoke(cli->portal, by, strlen(by), provider, strlen(provider), ncid, strlen(ncid));
    if (status != NCT_OK) {
        return refuse(cli, status, NULL);
    }
    out_say(cli, "%s has no access to %s any more.", ncid, provider);
    deliver_after(cli);
    return CLI_DONE;
}

static int cmd_user_revoke(struct cli *cli) {
    const char *ncid = cli->args.operands[0];
    int code = portal_open(cli);
    if (code != CLI_DONE) {
        return code;
    }
    return args_has(&cli->args, "dry-run") ? dry_revoke(cli, ncid) : revoke(cli, ncid);
}

/* ---- Listing ---- */

static nct_status read_page(const struct cli *cli, const void *context, const struct page *page, nct_grant_list **out) {
    const char *provider = args_value(&cli->args, "provider");
    const char *ncid = args_value(&cli->args, "ncid");
    (void)context;
    if (provider != NULL) {
        return nct_access_list_by_provider(cli->portal, provider, strlen(provider), page->after, page->after_len,
                                           page->limit, out);
    }
    return nct_access_list_by_person(cli->portal, ncid, strlen(ncid), page->after, page->after_len, page->limit, out);
}

static int cmd_user_list(struct cli *cli) {
    if (args_has(&cli->args, "provider") == args_has(&cli->args, "ncid")) {
        return fail_usage(cli, "name either --provider or --ncid");
    }
    int code = portal_open(cli);
    return code == CLI_DONE ? grants_list(cli, read_page, NULL, "Nobody has access.") : code;
}

static const args_option grant_options[] = {
    OPTION_BY,
    OPTION_PROVIDER,
    {"role", "ROLE", "user, or what they have; 'nctracks policy show' lists them", false},
    {"rights", "RIGHTS", "names of rights, separated by spaces or commas; \"\" for none", false},
    {"add", "RIGHTS", "rights to give beside those they have", false},
    {"remove", "RIGHTS", "rights to take from those they have", false},
    {"from", "TIME", "when it begins, YYYY-MM-DD or YYYY-MM-DDThh:mm:ssZ; else at once", false},
    {"until", "TIME", "when it ends; else never, or as it is", false},
    OPTION_DRY_RUN,
    OPTIONS_END};
static const args_option revoke_options[] = {OPTION_BY, OPTION_PROVIDER, OPTION_DRY_RUN, OPTIONS_END};
static const args_option user_list_options[] = {{"provider", "ID", "who has access to this provider", false},
                                                {"ncid", "NCID", "what this person has access to", false},
                                                OPTION_PAGES,
                                                OPTIONS_END};

const cli_command user_commands[] = {
    {"user", "add", "FORM.json", "Add a user to a provider.",
     "The user gets a PIN at their own address if they have none. See 'nctracks fields user'.", 1, 1, manage_options,
     cmd_user_add},
    {"user", "grant", "NCID", "Give a known person access, or change it.",
     "With --rights what was granted there before is replaced; with --add and --remove the rest stays. 'nctracks "
     "policy show' lists the rights.",
     1, 1, grant_options, cmd_user_grant},
    {"user", "revoke", "NCID", "Take a person's access away.", "With the last access the PIN is suspended.", 1, 1,
     revoke_options, cmd_user_revoke},
    {"user", "list", "", "List access, by provider or by person.", "Name either --provider or --ncid.", 0, 0,
     user_list_options, cmd_user_list},
    COMMANDS_END};
