#include "commands/commands.h"
#include "commands/pages.h"

#include <stdio.h>
#include <string.h>

#include <nctracks/message.h>

#include "portal/open.h"
#include "terminal/failure.h"
#include "terminal/output.h"

static const out_field fields[] = {{"id", "ID"},          {"sent_at", "SENT"},    {"read_at", "READ"},
                                   {"template", "ABOUT"}, {"subject", "SUBJECT"}, {NULL, NULL}};

static json_t *describe(const nct_message_list *page, size_t index) {
    json_t *row = out_object();
    out_put_string(row, "id", nct_message_list_id(page, index));
    out_put_string(row, "template", nct_message_list_template(page, index));
    out_put_string(row, "subject", nct_message_list_subject(page, index));
    out_put_string(row, "body", nct_message_list_body(page, index));
    out_put_string(row, "language", nct_message_list_language(page, index));
    out_put_string(row, "provider", nct_message_list_provider(page, index));
    out_put_string(row, "signature", nct_message_list_signature(page, index));
    out_put_string(row, "application", nct_message_list_application(page, index));
    out_put_time(row, "sent_at", nct_message_list_sent_at(page, index));
    out_put_time(row, "read_at", nct_message_list_read_at(page, index));
    return row;
}

static nct_status read_page(const struct cli *cli, const void *context, struct page *page) {
    const char *ncid = context;
    nct_message_list *list = NULL;
    nct_status status =
        nct_message_list_page(cli->portal, ncid, strlen(ncid), page->after, page->after_len, page->limit, &list);
    for (size_t i = 0; i < nct_message_list_count(list); i++) {
        out_append(page->rows, describe(list, i));
    }
    page_next(page, nct_message_list_more(list), nct_message_list_cursor(list));
    nct_message_list_free(list);
    return status;
}

static int cmd_message_list(struct cli *cli) {
    static const pages_list list = {"messages", fields, read_page, "There is no message.", NULL, NULL};
    int code = portal_open(cli);
    return code == CLI_DONE ? pages_print(cli, &list, cli->args.operands[0]) : code;
}

static int cmd_message_mark(struct cli *cli) {
    const char *ncid = cli->args.operands[0];
    const char *id = cli->args.operands[1];
    int32_t is_read = !args_has(&cli->args, "unread");
    int code = portal_open(cli);
    if (code != CLI_DONE) {
        return code;
    }
    nct_status status = nct_message_mark(cli->portal, ncid, strlen(ncid), id, strlen(id), is_read);
    if (status != NCT_OK) {
        return fail_status(cli, status, NULL);
    }
    out_say(cli, is_read ? "Marked as read." : "Marked as unread.");
    return CLI_DONE;
}

static const args_option message_mark_options[] = {{"unread", NULL, "mark it as unread again", false}, OPTIONS_END};

const cli_command message_commands[] = {
    {"message", "list", "NCID", "List what a person was told, the newest first.", "PINs and codes are asterisks.", 1, 1,
     list_options, cmd_message_list},
    {"message", "mark", "NCID ID", "Mark a message as read.", "", 2, 2, message_mark_options, cmd_message_mark},
    COMMANDS_END};
