#include "commands/commands.h"
#include "commands/pages.h"
#include "commands/with_form.h"

#include <stdio.h>
#include <string.h>

#include <nctracks/contact.h>
#include <nctracks/right.h>

#include "commands/refusal.h"
#include "forms/person.h"
#include "forms/typed.h"
#include "mail/deliver.h"
#include "portal/open.h"
#include "terminal/failure.h"
#include "terminal/output.h"
#include "terminal/secret.h"

static const char *given(const struct cli *cli, const char *name) {
    return args_value(&cli->args, name);
}

static size_t length(const char *text) {
    return text != NULL ? strlen(text) : 0;
}

/* ---- Changing ---- */

static nct_status submit(const struct cli *cli, nct_form *form, nct_problems **problems) {
    const char *ncid = cli->args.operands[0];
    const char *who = given(cli, "operator");
    const char *reason = given(cli, "reason");
    if (who != NULL) {
        return nct_contact_change_by_operator(form, who, strlen(who), ncid, strlen(ncid), reason, strlen(reason),
                                              problems);
    }
    const char *by = given(cli, "by") != NULL ? given(cli, "by") : ncid;
    const char *provider = given(cli, "provider");
    return nct_contact_change(form, by, strlen(by), provider, length(provider), ncid, strlen(ncid), problems);
}

static int change(struct cli *cli, nct_form *form) {
    nct_problems *problems = NULL;
    nct_status status = person_form_fill(cli, form);
    if (status == NCT_OK) {
        status = submit(cli, form, &problems);
    }
    int code = status == NCT_OK ? CLI_DONE : fail_status(cli, status, problems);
    if (status == NCT_OK) {
        out_say(cli, "Done; the address on file is told. 'nctracks contact show' tells what waits to be confirmed.");
        deliver_after(cli);
    } else if (given(cli, "by") != NULL && nct_status_category(status) == NCT_CATEGORY_RULE) {
        refusal_explain(cli, given(cli, "by"), given(cli, "provider"), NCT_AUTHORITY_USER_ADMINISTRATION);
    }
    nct_problems_free(problems);
    return code;
}

static int cmd_contact_change(struct cli *cli) {
    int code = typed_who(cli);
    return code == CLI_DONE ? with_form(cli, NCT_FORM_CONTACT, change) : code;
}

/* ---- Confirming and withdrawing ---- */

static int confirm_own(struct cli *cli, const char *ncid, nct_status *status) {
    struct secret token;
    int code = secret_read(cli, "token-fd", "Code: ", &token);
    if (code == CLI_DONE) {
        *status = nct_contact_confirm(cli->portal, ncid, strlen(ncid), token.bytes, token.len);
    }
    secret_wipe(&token);
    return code;
}

static int finish(struct cli *cli, nct_status status, const char *said) {
    if (status != NCT_OK) {
        return fail_status(cli, status, NULL);
    }
    out_say(cli, "%s", said);
    deliver_after(cli);
    return CLI_DONE;
}

static int cmd_contact_confirm(struct cli *cli) {
    const char *ncid = cli->args.operands[0];
    const char *who = given(cli, "operator");
    const char *reason = given(cli, "reason");
    const char *email = given(cli, "email");
    nct_status status = NCT_OK;
    int code = typed_who(cli);
    if (code == CLI_DONE && who == NULL && email != NULL) {
        return fail_usage(cli, "--email belongs to --operator");
    }
    if (code == CLI_DONE) {
        code = portal_open(cli);
    }
    if (code == CLI_DONE && who == NULL) {
        code = confirm_own(cli, ncid, &status);
    } else if (code == CLI_DONE) {
        status = nct_contact_confirm_by_operator(cli->portal, who, strlen(who), ncid, strlen(ncid), email,
                                                 length(email), reason, strlen(reason));
    }
    return code == CLI_DONE ? finish(cli, status, "The change is in effect.") : code;
}

static int cmd_contact_settle(struct cli *cli) {
    const char *ncid = cli->args.operands[0];
    const char *email = given(cli, "email");
    struct secret password;
    int code = portal_open(cli);
    if (code != CLI_DONE) {
        return code;
    }
    code = secret_read(cli, "password-fd", "Password: ", &password);
    if (code != CLI_DONE) {
        return code;
    }
    nct_status status = nct_contact_settle_contested(cli->portal, ncid, strlen(ncid), password.bytes, password.len,
                                                     email, strlen(email));
    secret_wipe(&password);
    return finish(cli, status, "Settled: mail goes to this address.");
}

static int cmd_contact_withdraw(struct cli *cli) {
    const char *ncid = cli->args.operands[0];
    const char *who = given(cli, "operator");
    const char *reason = given(cli, "reason");
    int code = portal_open(cli);
    if (code != CLI_DONE) {
        return code;
    }
    nct_status status = nct_contact_withdraw(cli->portal, who, strlen(who), ncid, strlen(ncid), reason, strlen(reason));
    return finish(cli, status, "Withdrawn; nothing was changed.");
}

/* ---- Showing ---- */

static const out_field request_fields[] = {{"ncid", "NCID"},
                                           {"first_name", "First name"},
                                           {"middle_name", "Middle name"},
                                           {"last_name", "Last name"},
                                           {"suffix", "Suffix"},
                                           {"email", "E-mail address"},
                                           {"phone", "Phone"},
                                           {"phone_extension", "Extension"},
                                           {"line1", "Street address"},
                                           {"line2", "Suite or building"},
                                           {"city", "City"},
                                           {"state", "State"},
                                           {"zip", "ZIP code"},
                                           {"dropped", "To be empty"},
                                           {"requested_by", "Asked for by"},
                                           {"requested_at", "Asked for at"},
                                           {"lapses_at", "Lapses at"},
                                           {"contested", "Contested"},
                                           {NULL, NULL}};

static json_t *describe(const nct_contact_request *request) {
    json_t *record = out_object();
    out_put_string(record, "ncid", nct_contact_request_ncid(request));
    out_put_string(record, "first_name", nct_contact_request_first_name(request));
    out_put_string(record, "middle_name", nct_contact_request_middle_name(request));
    out_put_string(record, "last_name", nct_contact_request_last_name(request));
    out_put_string(record, "suffix", nct_contact_request_suffix(request));
    out_put_string(record, "email", nct_contact_request_email(request));
    out_put_string(record, "phone", nct_contact_request_phone(request));
    out_put_string(record, "phone_extension", nct_contact_request_phone_extension(request));
    out_put_string(record, "line1", nct_contact_request_address_line1(request));
    out_put_string(record, "line2", nct_contact_request_address_line2(request));
    out_put_string(record, "city", nct_contact_request_address_city(request));
    out_put_string(record, "state", nct_contact_request_address_state(request));
    out_put_string(record, "zip", nct_contact_request_address_zip(request));
    out_put_string(record, "dropped", nct_contact_request_drops(request));
    out_put_string(record, "requested_by", nct_contact_request_by(request));
    out_put_time(record, "requested_at", nct_contact_request_at(request));
    out_put_time(record, "lapses_at", nct_contact_request_lapses_at(request));
    out_put(record, "contested", json_boolean(nct_contact_request_contested(request)));
    return record;
}

static int cmd_contact_show(struct cli *cli) {
    const char *ncid = cli->args.operands[0];
    nct_contact_request *request = NULL;
    int code = portal_open(cli);
    if (code != CLI_DONE) {
        return code;
    }
    nct_status status = nct_contact_pending(cli->portal, ncid, strlen(ncid), &request);
    if (status != NCT_OK) {
        return fail_status(cli, status, NULL);
    }
    json_t *record = describe(request);
    out_record(cli, record, request_fields);
    nct_contact_request_free(request);
    return CLI_DONE;
}

static const out_field list_fields[] = {{"ncid", "NCID"},
                                        {"email", "E-mail address"},
                                        {"requested_by", "Asked for by"},
                                        {"requested_at", "Asked for at"},
                                        {"contested", "Contested"},
                                        {NULL, NULL}};

static nct_status read_page(const struct cli *cli, const void *context, struct page *page) {
    (void)context;
    nct_contact_request_list *list = NULL;
    nct_status status = nct_contact_request_list_page(cli->portal, page->after, page->after_len, page->limit, &list);
    for (size_t i = 0; i < nct_contact_request_list_count(list); i++) {
        out_append(page->rows, describe(nct_contact_request_list_at(list, i)));
    }
    page_next(page, nct_contact_request_list_more(list), nct_contact_request_list_cursor(list));
    nct_contact_request_list_free(list);
    return status;
}

static int cmd_contact_list(struct cli *cli) {
    static const pages_list list = {"requests", list_fields, read_page, "No change waits.", NULL, NULL};
    int code = portal_open(cli);
    return code == CLI_DONE ? pages_print(cli, &list, NULL) : code;
}

static const args_option contact_change_options[] = {
    {"first-name", "NAME", "the new first name", false},
    OPTION_NAMES("the new"),
    {"last-name", "NAME", "the new last name", false},
    {"email", "ADDRESS", "the new e-mail address", false},
    {"phone", "NUMBER", "the new phone number", false},
    OPTION_POSTAL,
    {"by", "NCID", "ask as an administrator: who acts; else the person acts", false},
    {"provider", "ID", "ask as an administrator: at which provider", false},
    {"operator", "NAME", "change as the call centre: who acts", false},
    {"reason", "TEXT", "change as the call centre: why", false},
    OPTIONS_END};
static const args_option contact_confirm_options[] = {
    {"token-fd", "N", "read the code that was mailed from descriptor N, not from the terminal", false},
    {"operator", "NAME", "confirm as the call centre: who acts", false},
    {"reason", "TEXT", "confirm as the call centre: why", false},
    {"email", "ADDRESS", "confirm as the call centre: the new address; else a change without one", false},
    OPTIONS_END};
static const args_option contact_settle_options[] = {
    {"email", "ADDRESS", "which of the two is right", true},
    {"password-fd", "N", "read the password from descriptor N, not from the terminal", false},
    OPTIONS_END};
static const args_option contact_withdraw_options[] = {
    {"operator", "NAME", "who acts for the call centre", true}, {"reason", "TEXT", "why", true}, OPTIONS_END};

const cli_command contact_commands[] = {
    {"contact", "change", "NCID", "Change a person's name, address or phone, or ask for it.",
     "A new address waits until it is confirmed from the old one or by an operator; what an administrator asks for "
     "waits as a whole.",
     1, 1, contact_change_options, cmd_contact_change},
    {"contact", "confirm", "NCID", "Confirm a change that waits.",
     "With the code that was mailed to the old address; or as the call centre (--operator, --reason).", 1, 1,
     contact_confirm_options, cmd_contact_confirm},
    {"contact", "withdraw", "NCID", "Withdraw a change that waits.", "", 1, 1, contact_withdraw_options,
     cmd_contact_withdraw},
    {"contact", "settle", "NCID", "Settle, with one's password, which of two addresses is right.",
     "For an NCID entered as an Office Administrator with another address than is on file. The call centre settles it "
     "with 'contact confirm' or 'contact withdraw'.",
     1, 1, contact_settle_options, cmd_contact_settle},
    {"contact", "list", "", "List the changes that wait, contested addresses among them.", "", 0, 0, list_options,
     cmd_contact_list},
    {"contact", "show", "NCID", "Show the change that waits.", "Never its code.", 1, 1, no_options, cmd_contact_show},
    COMMANDS_END};
