/* Access that is offered: inviting, listing, sending again, taking back, accepting, declining. */
#include "commands/commands.h"

#include <string.h>

#include <nctracks/invitation.h>
#include <nctracks/role.h>

#include "commands/pages.h"
#include "commands/refusal.h"
#include "commands/rights.h"
#include "commands/with_form.h"
#include "forms/wanted.h"
#include "mail/deliver.h"
#include "portal/open.h"
#include "terminal/failure.h"
#include "terminal/output.h"
#include "terminal/secret.h"

/* ---- Inviting ---- */

static int send(struct cli *cli, nct_form *invitation) {
    const char *by = args_value(&cli->args, "by");
    const char *provider = args_value(&cli->args, "provider");
    char id[NCT_INVITATION_ID_LENGTH + 1];
    nct_problems *problems = NULL;
    nct_status status =
        nct_invitation_send(invitation, by, strlen(by), provider, strlen(provider), id, sizeof id, &problems);
    int code = status == NCT_OK ? CLI_DONE : refusal_of_access(cli, status, problems);
    nct_problems_free(problems);
    if (status == NCT_E_UNKNOWN_PERSON) {
        fail_help(cli, "Or invite them by their e-mail address.");
    }
    if (code == CLI_DONE) {
        out_put_string(cli->result, "id", id);
        out_say(cli, "%s is invited to %s. Nothing is given before they accept. The invitation is %s.",
                cli->args.operands[0], provider, id);
        deliver_after(cli);
    }
    return code;
}

static int cmd_invitation_send(struct cli *cli) {
    nct_form *invitation = NULL;
    int code = portal_open(cli);
    if (code == CLI_DONE) {
        code = wanted_invitation(cli, cli->args.operands[0], &invitation);
    }
    if (code == CLI_DONE) {
        code = send(cli, invitation);
    }
    nct_form_free(invitation);
    return code;
}

/* What an administrator does with an invitation, by its id. */
typedef nct_status operation(nct_portal *portal, const char *by, size_t by_len, const char *provider,
                             size_t provider_len, const char *id, size_t id_len);

static int operate(struct cli *cli, operation *function, const char *said) {
    const char *id = cli->args.operands[0];
    const char *by = args_value(&cli->args, "by");
    const char *provider = args_value(&cli->args, "provider");
    int code = portal_open(cli);
    if (code != CLI_DONE) {
        return code;
    }
    nct_status status = function(cli->portal, by, strlen(by), provider, strlen(provider), id, strlen(id));
    if (status != NCT_OK) {
        return refusal_of_access(cli, status, NULL);
    }
    out_say(cli, "The invitation was %s.", said);
    deliver_after(cli);
    return CLI_DONE;
}

static int cmd_invitation_send_again(struct cli *cli) {
    return operate(cli, nct_invitation_send_again, "sent again; a code sent before no longer works");
}

static int cmd_invitation_take_back(struct cli *cli) {
    return operate(cli, nct_invitation_take_back, "taken back");
}

/* ---- Answering ---- */

static int accept(struct cli *cli, nct_form *acceptance) {
    nct_problems *problems = NULL;
    nct_status status = nct_invitation_accept(acceptance, &problems);
    int code = status == NCT_OK ? CLI_DONE : fail_status(cli, status, problems);
    if (status == NCT_OK) {
        fail_notes(cli, problems);
        out_say(cli, "The access that was offered is given. If there was no PIN, one goes to the address on file.");
        deliver_after(cli);
    }
    nct_problems_free(problems);
    return code;
}

static int cmd_invitation_accept(struct cli *cli) {
    return with_password_form(cli, NCT_FORM_ACCEPTANCE, "invited.password", "Password: ", accept);
}

/* By NCID, or by the code alone. */
static nct_status decline(const struct cli *cli, const struct secret *mailed) {
    const char *provider = args_value(&cli->args, "provider");
    const char *ncid = args_value(&cli->args, "by");
    if (ncid == NULL) {
        return nct_invitation_decline_by_code(cli->portal, provider, strlen(provider), mailed->bytes, mailed->len);
    }
    return nct_invitation_decline(cli->portal, ncid, strlen(ncid), provider, strlen(provider));
}

static int cmd_invitation_decline(struct cli *cli) {
    struct secret mailed = {.len = 0};
    int code = portal_open(cli);
    if (code == CLI_DONE && args_value(&cli->args, "by") == NULL) {
        code = secret_read(cli, "code-fd", "Code: ", &mailed);
    }
    if (code == CLI_DONE) {
        nct_status status = decline(cli, &mailed);
        code = status == NCT_OK ? CLI_DONE : fail_status(cli, status, NULL);
    }
    secret_wipe(&mailed);
    if (code == CLI_DONE) {
        out_say(cli, "The invitation was declined; whoever sent it is told.");
        deliver_after(cli);
    }
    return code;
}

/* ---- Listing ---- */

static const out_field fields[] = {{"id", "INVITATION"},       {"provider", "PROVIDER"},     {"whom", "WHOM"},
                                   {"role", "ROLE"},           {"invited_by", "INVITED BY"}, {"sent_at", "SENT AT"},
                                   {"lapses_at", "LAPSES AT"}, {"rights", "RIGHTS"},         {NULL, NULL}};

static json_t *describe(const nct_policy *policy, const nct_invitation_list *page, size_t index) {
    const char *ncid = nct_invitation_list_ncid(page, index);
    json_t *row = out_object();
    out_put_string(row, "id", nct_invitation_list_id(page, index));
    out_put_string(row, "provider", nct_invitation_list_provider(page, index));
    out_put_string(row, "whom", ncid[0] != '\0' ? ncid : nct_invitation_list_email(page, index));
    out_put_string(row, "role", nct_role_name(nct_invitation_list_role(page, index)));
    out_put(row, "rights", rights_names(policy, nct_invitation_list_rights(page, index)));
    out_put_time(row, "valid_from", nct_invitation_list_valid_from(page, index));
    out_put_time(row, "valid_until", nct_invitation_list_valid_until(page, index));
    out_put_string(row, "invited_by", nct_invitation_list_invited_by(page, index));
    out_put_time(row, "sent_at", nct_invitation_list_sent_at(page, index));
    out_put(row, "sent", json_integer(nct_invitation_list_sent(page, index)));
    out_put_time(row, "lapses_at", nct_invitation_list_lapses_at(page, index));
    return row;
}

static nct_status read_page(const struct cli *cli, const void *context, struct page *page) {
    const char *provider = args_value(&cli->args, "provider");
    const char *ncid = args_value(&cli->args, "ncid");
    nct_invitation_list *list = NULL;
    (void)context;
    nct_status status = provider != NULL
                            ? nct_invitation_list_by_provider(cli->portal, provider, strlen(provider), page->after,
                                                              page->after_len, page->limit, &list)
                            : nct_invitation_list_by_person(cli->portal, ncid, strlen(ncid), page->after,
                                                            page->after_len, page->limit, &list);
    for (size_t i = 0; i < nct_invitation_list_count(list); i++) {
        out_append(page->rows, describe(nct_portal_policy(cli->portal), list, i));
    }
    page_next(page, nct_invitation_list_more(list), nct_invitation_list_cursor(list));
    nct_invitation_list_free(list);
    return status;
}

static int cmd_invitation_list(struct cli *cli) {
    static const pages_list list = {"invitations", fields, read_page, "No invitation waits.", NULL, NULL};
    if (args_has(&cli->args, "provider") == args_has(&cli->args, "ncid")) {
        return fail_usage(cli, "name either --provider or --ncid");
    }
    int code = portal_open(cli);
    return code == CLI_DONE ? pages_print(cli, &list, NULL) : code;
}

static const args_option invitation_send_options[] = {
    OPTION_BY,
    OPTION_PROVIDER,
    OPTION_ACCESS,
    {"mail-language", "TAG", "of the mail to an address, such as es", false},
    OPTIONS_END};
static const args_option invitation_list_options[] = {
    {"provider", "ID", "those of this provider, also lapsed ones", false},
    {"ncid", "NCID", "what waits for this person to accept or decline", false},
    OPTION_PAGES,
    OPTIONS_END};
static const args_option invitation_decline_options[] = {
    OPTION_PROVIDER,
    {"by", "NCID", "who was invited; else whoever has the code that was mailed", false},
    {"code-fd", "FD", "read the code from this file descriptor", false},
    OPTIONS_END};

const cli_command invitation_commands[] = {
    {"invitation", "send", "WHOM", "Offer somebody access, by their NCID or to an e-mail address.",
     "Nothing is given before they accept. To an address goes a code, for whoever works there to accept with.", 1, 1,
     invitation_send_options, cmd_invitation_send},
    {"invitation", "list", "", "List invitations: a provider's, or what waits for a person.",
     "Name either --provider or --ncid.", 0, 0, invitation_list_options, cmd_invitation_list},
    {"invitation", "send-again", "INVITATION", "Send an invitation again; its time begins anew.",
     "A code that was mailed before no longer works.", 1, 1, manage_options, cmd_invitation_send_again},
    {"invitation", "take-back", "INVITATION", "Take an invitation back.", "", 1, 1, manage_options,
     cmd_invitation_take_back},
    {"invitation", "accept", "FORM.json", "Accept an invitation.",
     "The password of the NCID is asked for. See 'nctracks fields acceptance'. \"-\" reads standard input.", 1, 1,
     secret_options, cmd_invitation_accept},
    {"invitation", "decline", "", "Decline an invitation.",
     "With --by as the person who was invited; else the code that was mailed is asked for.", 0, 0,
     invitation_decline_options, cmd_invitation_decline},
    COMMANDS_END};
