#include "commands.h"

#include <string.h>

#include "failure.h"
#include "ledger_check.h"
#include "output.h"
#include "portal_open.h"

#define PAGE 1000

/* ---- show ---- */

static const out_field entry_fields[] = {{"sequence", "NO"},     {"time", "TIME"},        {"event", "EVENT"},
                                         {"actor", "BY"},        {"subject", "CONCERNS"}, {"provider", "PROVIDER"},
                                         {"outcome", "OUTCOME"}, {"detail", "DETAIL"},    {NULL, NULL}};

static json_t *describe(const nct_entry_list *page, size_t index) {
    json_t *row = out_object();
    out_put_integer(row, "sequence", (int64_t)nct_entry_list_sequence(page, index));
    out_put_time(row, "time", nct_entry_list_time(page, index));
    out_put_string(row, "event", nct_entry_list_event(page, index));
    out_put_string(row, "actor", nct_entry_list_actor(page, index));
    out_put_string(row, "subject", nct_entry_list_subject(page, index));
    out_put_string(row, "provider", nct_entry_list_provider(page, index));
    out_put_string(row, "detail", nct_entry_list_detail(page, index));
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
        out_append(rows, describe(page, i));
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

/* ---- verify ---- */

static const out_field verdict_fields[] = {
    {"stream", "STREAM"}, {"verdict", "VERDICT"}, {"sequence", "ENTRIES OR PLACE"}, {NULL, NULL}};

/** The verdicts, gathered to whole pages so that their columns stand in line. */
struct verdicts {
    out_list list;
    json_t *rows;
};

static void print_verdicts(struct verdicts *verdicts) {
    out_list_page(&verdicts->list, verdicts->rows);
    verdicts->rows = out_array();
}

static void tell(const char *stream, int32_t verdict, uint64_t sequence, void *user_data) {
    struct verdicts *verdicts = user_data;
    json_t *row = out_object();
    out_put_string(row, "stream", stream);
    out_put_string(row, "verdict", verdict == NCT_LEDGER_TAMPERED ? "TAMPERED" : "VALID_BUT_UNANCHORED");
    out_put_integer(row, "sequence", (int64_t)sequence);
    out_append(verdicts->rows, row);
    if (json_array_size(verdicts->rows) == PAGE) {
        print_verdicts(verdicts);
    }
}

static nct_status verify_one(const struct cli *cli, struct verdicts *verdicts, const char *stream,
                             ledger_found *found) {
    int32_t verdict;
    uint64_t sequence;
    nct_status status = nct_ledger_verify(cli->portal, stream, strlen(stream), &verdict, &sequence);
    if (status == NCT_OK) {
        tell(stream, verdict, sequence, verdicts);
        *found = (ledger_found){1, verdict == NCT_LEDGER_TAMPERED, false};
    }
    return status;
}

int cmd_audit_verify(struct cli *cli) {
    bool all = args_has(&cli->args, "all") || cli->args.operand_count == 0;
    ledger_found found;
    if (args_has(&cli->args, "all") && cli->args.operand_count > 0) {
        return fail_usage(cli, "name either a stream or --all");
    }
    int code = portal_open(cli);
    if (code != CLI_DONE) {
        return code;
    }
    struct verdicts verdicts = {out_list_begin(cli, "streams", verdict_fields), out_array()};
    nct_status status = all ? ledger_check_all(cli->portal, 0, tell, &verdicts, &found)
                            : verify_one(cli, &verdicts, cli->args.operands[0], &found);
    print_verdicts(&verdicts);
    json_decref(verdicts.rows);
    if (status != NCT_OK) {
        return refuse_stream(cli, status);
    }
    out_list_end(&verdicts.list, "There is no stream.");
    return found.tampered == 0 ? CLI_DONE : fail_status(cli, NCT_E_INTEGRITY, NULL);
}
