#include "commands.h"

#include <stdio.h>
#include <string.h>

#include <nctracks/mailer.h>
#include <nctracks/store.h>

#include "damage_report.h"
#include "failure.h"
#include "output.h"
#include "portal_open.h"

#define PAGE 1000

static const out_field list_fields[] = {{"id", "MAIL"},   {"queued_at", "QUEUED AT"}, {"template", "TEMPLATE"},
                                        {"ncid", "NCID"}, {"tries", "TRIES"},         {"recipient", "RECIPIENT"},
                                        {NULL, NULL}};

static json_t *describe(const nct_mail_list *page, size_t index) {
    json_t *row = out_object();
    out_put_string(row, "id", nct_mail_list_id(page, index));
    out_put_time(row, "queued_at", nct_mail_list_queued_at(page, index));
    out_put_string(row, "template", nct_mail_list_template(page, index));
    out_put_string(row, "ncid", nct_mail_list_ncid(page, index));
    out_put_string(row, "recipient", nct_mail_list_recipient(page, index));
    out_put_integer(row, "tries", nct_mail_list_tries(page, index));
    return row;
}

static nct_status list_page(out_list *list, char *after, size_t capacity) {
    nct_mail_list *page = NULL;
    size_t after_len = strlen(after);
    nct_status status = nct_mail_list_page(list->cli->portal, after_len > 0 ? after : NULL, after_len, PAGE, &page);
    status = damage_pass(list->cli, status);
    if (status != NCT_OK) {
        return status;
    }
    size_t count = nct_mail_list_count(page);
    json_t *rows = out_array();
    for (size_t i = 0; i < count; i++) {
        out_append(rows, describe(page, i));
    }
    out_list_page(list, rows);
    snprintf(after, capacity, "%s", count > 0 ? nct_mail_list_id(page, count - 1) : "");
    nct_mail_list_free(page);
    return NCT_OK;
}

int cmd_mail_list(struct cli *cli) {
    char after[NCT_KEY_MAX] = "";
    int code = portal_open(cli);
    if (code != CLI_DONE) {
        return code;
    }
    out_list list = out_list_begin(cli, "mails", list_fields);
    do {
        nct_status status = list_page(&list, after, sizeof after);
        if (status != NCT_OK) {
            return fail_status(cli, status, NULL);
        }
    } while (after[0] != '\0');
    out_list_end(&list, "No mail waits.");
    static const char *const spaces[] = {"mail", NULL};
    return damage_end(cli, spaces);
}

int cmd_mail_flush(struct cli *cli) {
    size_t sent = 0;
    size_t waiting = 0;
    int code = portal_open(cli);
    if (code == CLI_DONE) {
        code = portal_check_mail(cli);
    }
    if (code != CLI_DONE) {
        return code;
    }
    static const char *const spaces[] = {"mail", "mail_of_person", "mail_of_provider", NULL};
    nct_status status = damage_pass(cli, nct_mail_flush(cli->portal, SIZE_MAX, &sent, &waiting));
    if (status != NCT_OK) {
        return fail_status(cli, status, NULL);
    }
    out_put_integer(cli->result, "sent", (int64_t)sent);
    out_put_integer(cli->result, "waiting", (int64_t)waiting);
    if (waiting > 0) {
        const char *reason = cli->smtp != NULL ? mailer_smtp_reason(cli->smtp) : "";
        return fail_environment(cli, "%zu sent, %zu not accepted%s%s", sent, waiting, reason[0] != '\0' ? ": " : "",
                                reason);
    }
    if (cli->partial) {
        out_say(cli, "%zu sent.", sent);
        return damage_end(cli, spaces);
    }
    out_say(cli, "%zu sent, none waits.", sent);
    return CLI_DONE;
}
