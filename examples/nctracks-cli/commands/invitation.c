/* Access that is offered: inviting, listing, sending again, taking back, accepting, declining. */
#include "commands/commands.h"

#include <stdio.h>
#include <string.h>

#include <nctracks/invitation.h>
#include <nctracks/store.h>

#include "forms/json.h"
#include "forms/wanted.h"
#include "mail/deliver.h"
#include "portal/open.h"
#include "terminal/failure.h"
#include "terminal/output.h"
#include "terminal/secret.h"

#define PAGE 1000

/* ---- Inviting ---- */

static int send(struct cli *cli, nct_form *invitation) {
    const char *by = args_value(&cli->args, "by");
    const char *provider = args_value(&cli->args, "provider");
    char id[NCT_INVITATION_ID_LENGTH + 1];
    nct_problems *problems = NULL;
    nct_status status =
        nct_invitation_send(invitation, by, strlen(by), provider, strlen(provider), id, sizeof id, &problems);
    int code = status == NCT_OK ? CLI_DONE : commands_refuse(cli, status, problems);
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

int cmd_invitation_send(struct cli *cli) {
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
        return commands_refuse(cli, status, NULL);
    }
    out_say(cli, "The invitation was %s.", said);
    deliver_after(cli);
    return CLI_DONE;
}

int cmd_invitation_send_again(struct cli *cli) {
    return operate(cli, nct_invitation_send_again, "sent again; a code sent before no longer works");
}

int cmd_invitation_take_back(struct cli *cli) {
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

static int fill_and_accept(struct cli *cli, nct_form *acceptance, const struct secret *password) {
    form_target target = form_json_target(acceptance);
    nct_status status = nct_form_set(acceptance, "invited.password", password->bytes, password->len);
    if (status != NCT_OK) {
        return fail_status(cli, status, NULL);
    }
    int code = form_json_fill(cli, cli->args.operands[0], &target);
    return code == CLI_DONE ? accept(cli, acceptance) : code;
}

int cmd_invitation_accept(struct cli *cli) {
    struct secret password = {.len = 0};
    nct_form *acceptance = NULL;
    int code = portal_open(cli);
    if (code == CLI_DONE) {
        code = secret_read(cli, "password-fd", "Password: ", &password);
    }
    if (code == CLI_DONE) {
        nct_status status = nct_form_new(cli->portal, NCT_FORM_ACCEPTANCE, &acceptance);
        code = status == NCT_OK ? fill_and_accept(cli, acceptance, &password) : fail_status(cli, status, NULL);
    }
    nct_form_free(acceptance);
    secret_wipe(&password);
    return code;
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

int cmd_invitation_decline(struct cli *cli) {
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
    out_put(row, "rights", commands_rights(policy, nct_invitation_list_rights(page, index)));
    out_put_time(row, "valid_from", nct_invitation_list_valid_from(page, index));
    out_put_time(row, "valid_until", nct_invitation_list_valid_until(page, index));
    out_put_string(row, "invited_by", nct_invitation_list_invited_by(page, index));
    out_put_time(row, "sent_at", nct_invitation_list_sent_at(page, index));
    out_put(row, "sent", json_integer(nct_invitation_list_sent(page, index)));
    out_put_time(row, "lapses_at", nct_invitation_list_lapses_at(page, index));
    return row;
}

static nct_status read_page(const struct cli *cli, const char *after, nct_invitation_list **page) {
    const char *provider = args_value(&cli->args, "provider");
    const char *ncid = args_value(&cli->args, "ncid");
    if (provider != NULL) {
        return nct_invitation_list_by_provider(cli->portal, provider, strlen(provider), after, strlen(after), PAGE,
                                               page);
    }
    return nct_invitation_list_by_person(cli->portal, ncid, strlen(ncid), after, strlen(after), PAGE, page);
}

static nct_status list_page(out_list *list, char *after, size_t capacity, bool *more) {
    const struct cli *cli = list->cli;
    nct_invitation_list *page = NULL;
    nct_status status = read_page(cli, after, &page);
    if (status != NCT_OK) {
        return status;
    }
    json_t *rows = out_array();
    for (size_t i = 0; i < nct_invitation_list_count(page); i++) {
        out_append(rows, describe(nct_portal_policy(cli->portal), page, i));
    }
    out_list_page(list, rows);
    *more = nct_invitation_list_more(page) == 1;
    snprintf(after, capacity, "%s", nct_invitation_list_cursor(page));
    nct_invitation_list_free(page);
    return NCT_OK;
}

int cmd_invitation_list(struct cli *cli) {
    char after[2 * NCT_KEY_MAX] = "";
    bool more = true;
    if (args_has(&cli->args, "provider") == args_has(&cli->args, "ncid")) {
        return fail_usage(cli, "name either --provider or --ncid");
    }
    int code = portal_open(cli);
    if (code != CLI_DONE) {
        return code;
    }
    out_list list = out_list_begin(cli, "invitations", fields);
    while (more) {
        nct_status status = list_page(&list, after, sizeof after, &more);
        if (status != NCT_OK) {
            return fail_status(cli, status, NULL);
        }
    }
    out_list_end(&list, "No invitation waits.");
    return CLI_DONE;
}
