#include "commands/commands.h"
#include "commands/pages.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <nctracks/ledger.h>

#include "commands/rights.h"
#include "portal/open.h"
#include "terminal/output.h"

#define RIGHTS_DIGITS 16
#define DETAIL_MAX 4096 /* more than a detail and 64 names of rights take, of 40 bytes each */

static const out_field entry_fields[] = {{"sequence", "NO"},     {"time", "TIME"},        {"event", "EVENT"},
                                         {"actor", "BY"},        {"subject", "CONCERNS"}, {"provider", "PROVIDER"},
                                         {"outcome", "OUTCOME"}, {"detail", "DETAIL"},    {NULL, NULL}};

/* The mask of rights that a grant is told with: 16 digits behind this label. NULL: there is none. */
static const char *find_rights(const char *detail) {
    static const char label[] = ", rights ";
    const char *at = strstr(detail, label);
    const char *digits = at != NULL ? at + strlen(label) : "";
    return strspn(digits, "0123456789abcdef") == RIGHTS_DIGITS ? digits : NULL;
}

/* "user, rights pa.submit pa.inquiry", and what stands behind. */
static void put_detail(const struct cli *cli, json_t *row, const char *detail) {
    char text[DETAIL_MAX];
    size_t index;
    json_t *name;
    const char *digits = find_rights(detail);
    if (digits == NULL) {
        out_put_string(row, "detail", detail);
        return;
    }
    json_t *rights = rights_names(nct_portal_policy(cli->portal), strtoull(digits, NULL, 16));
    size_t used = (size_t)snprintf(text, sizeof text, "%.*s%s", (int)(digits - detail), detail,
                                   json_array_size(rights) == 0 ? "none" : "");
    json_array_foreach(rights, index, name) {
        used +=
            (size_t)snprintf(text + used, sizeof text - used, "%s%s", index > 0 ? " " : "", json_string_value(name));
    }
    snprintf(text + used, sizeof text - used, "%s", digits + RIGHTS_DIGITS);
    out_put_string(row, "detail", text);
    out_put(row, "rights", rights);
}

static json_t *describe(const struct cli *cli, const nct_entry_list *page, size_t index) {
    json_t *row = out_object();
    out_put_integer(row, "sequence", (int64_t)nct_entry_list_sequence(page, index));
    out_put_time(row, "time", nct_entry_list_time(page, index));
    out_put_string(row, "event", nct_entry_list_event(page, index));
    out_put_string(row, "actor", nct_entry_list_actor(page, index));
    out_put_string(row, "subject", nct_entry_list_subject(page, index));
    out_put_string(row, "provider", nct_entry_list_provider(page, index));
    put_detail(cli, row, nct_entry_list_detail(page, index));
    out_put_string(row, "outcome", nct_status_name(nct_entry_list_outcome(page, index)));
    return row;
}

static nct_status read_page(const struct cli *cli, const void *context, struct page *page) {
    const char *stream = context;
    nct_entry_list *list = NULL;
    nct_status status = nct_ledger_read(cli->portal, stream, strlen(stream), page_number(page), page->limit, &list);
    for (size_t i = 0; i < nct_entry_list_count(list); i++) {
        out_append(page->rows, describe(cli, list, i));
    }
    page_next_number(page, nct_entry_list_more(list), nct_entry_list_last(list));
    nct_entry_list_free(list);
    return status;
}

static const char stream_hint[] = "A stream is \"provider:\" and a provider's id, or \"person:\" and an NCID.";

static int cmd_audit_show(struct cli *cli) {
    static const pages_list list = {"entries", entry_fields, read_page, "The stream is empty.", NULL, stream_hint};
    int code = portal_open(cli);
    return code == CLI_DONE ? pages_print(cli, &list, cli->args.operands[0]) : code;
}

const cli_command audit_commands[] = {{"audit", "show", "STREAM", "Show what happened to a provider or a person.",
                                       "A stream is \"provider:\" and a provider's id, or \"person:\" and an NCID.", 1,
                                       1, list_options, cmd_audit_show},
                                      COMMANDS_END};
