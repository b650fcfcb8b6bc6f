#include "commands/commands.h"

#include <stdio.h>
#include <string.h>

#include <nctracks/message.h>

#include "portal/open.h"
#include "terminal/failure.h"
#include "terminal/output.h"

#define PAGE 100

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
    out_put_time(row, "sent_at", nct_message_list_sent_at(page, index));
    out_put_time(row, "read_at", nct_message_list_read_at(page, index));
    return row;
}

/* Prints one page; `after` becomes where the next begins, empty at the end. */
static nct_status list_page(out_list *list, char *after, size_t capacity) {
    const char *ncid = list->cli->args.operands[0];
    nct_message_list *page = NULL;
    nct_status status = nct_message_list_page(list->cli->portal, ncid, strlen(ncid), after, strlen(after), PAGE, &page);
    if (status != NCT_OK) {
        return status;
    }
    json_t *rows = out_array();
    for (size_t i = 0; i < nct_message_list_count(page); i++) {
        out_append(rows, describe(page, i));
    }
    out_list_page(list, rows);
    snprintf(after, capacity, "%s", nct_message_list_more(page) ? nct_message_list_cursor(page) : "");
    nct_message_list_free(page);
    return NCT_OK;
}

int cmd_message_list(struct cli *cli) {
    char after[NCT_MESSAGE_ID_LENGTH + 1] = "";
    int code = portal_open(cli);
    if (code != CLI_DONE) {
        return code;
    }
    out_list list = out_list_begin(cli, "messages", fields);
    do {
        nct_status status = list_page(&list, after, sizeof after);
        if (status != NCT_OK) {
            return fail_status(cli, status, NULL);
        }
    } while (after[0] != '\0');
    out_list_end(&list, "There is no message.");
    return CLI_DONE;
}

int cmd_message_mark(struct cli *cli) {
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
