#include "commands/commands.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <nctracks/ledger.h>

#include "portal/open.h"
#include "terminal/failure.h"
#include "terminal/output.h"

#define PAGE 1000
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
    json_t *rights = commands_rights(nct_portal_policy(cli->portal), strtoull(digits, NULL, 16));
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

/* Prints one page; `after` becomes its last sequence, 0 past the end. */
static nct_status show_page(out_list *list, const char *stream, uint64_t *after) {
    nct_entry_list *page = NULL;
    nct_status status = nct_ledger_read(list->cli->portal, stream, strlen(stream), *after, PAGE, &page);
    if (status != NCT_OK) {
        return status;
    }
    size_t count = nct_entry_list_count(page);
    json_t *rows = out_array();
    for (size_t i = 0; i < count; i++) {
        out_append(rows, describe(list->cli, page, i));
    }
    out_list_page(list, rows);
    *after = count > 0 ? nct_entry_list_sequence(page, count - 1) : 0;
    nct_entry_list_free(page);
    return NCT_OK;
}

static int refuse_stream(struct cli *cli, nct_status status) {
    int code = fail_status(cli, status, NULL);
    if (status == NCT_E_FORMAT || status == NCT_E_NOT_FOUND) {
        fail_help(cli, "A stream is \"provider:\" and a provider's id, or \"person:\" and an NCID.");
    }
    return code;
}

int cmd_audit_show(struct cli *cli) {
    uint64_t after = 0;
    int code = portal_open(cli);
    if (code != CLI_DONE) {
        return code;
    }
    out_list list = out_list_begin(cli, "entries", entry_fields);
    do {
        nct_status status = show_page(&list, cli->args.operands[0], &after);
        if (status != NCT_OK) {
            return refuse_stream(cli, status);
        }
    } while (after != 0);
    out_list_end(&list, "The stream is empty.");
    return CLI_DONE;
}
