#include "commands/commands.h"
#include "commands/pages.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include <nctracks/due.h>
#include <nctracks/provider.h>

#include "mail/deliver.h"
#include "portal/open.h"
#include "terminal/damage_report.h"
#include "terminal/failure.h"
#include "terminal/output.h"
#include "text.h"

#define PAGE 1000

static const out_field list_fields[] = {{"time", "DUE AT"},         {"kind", "KIND"}, {"provider", "PROVIDER"},
                                        {"reference", "REFERENCE"}, {"id", "ITEM"},   {NULL, NULL}};

static int64_t now(void) {
    struct timespec time;
    clock_gettime(CLOCK_REALTIME, &time);
    return (int64_t)time.tv_sec * 1000 + time.tv_nsec / 1000000;
}

static json_t *describe(const nct_due *due, size_t index) {
    json_t *row = out_object();
    out_put_time(row, "time", nct_due_time(due, index));
    out_put_string(row, "kind", nct_due_kind_name(nct_due_kind(due, index)));
    out_put_string(row, "provider", nct_due_provider(due, index));
    out_put_string(row, "reference", nct_due_reference(due, index));
    out_put_string(row, "id", nct_due_id(due, index));
    return row;
}

static nct_status read_page(const struct cli *cli, const void *context, struct page *page) {
    nct_due *list = NULL;
    nct_status status =
        nct_due_list(cli->portal, *(const int64_t *)context, page->after, page->after_len, page->limit, &list);
    for (size_t i = 0; i < nct_due_count(list); i++) {
        out_append(page->rows, describe(list, i));
    }
    page_next(page, nct_due_more(list), nct_due_cursor(list));
    nct_due_free(list);
    return status;
}

static int cmd_due_list(struct cli *cli) {
    static const char *const spaces[] = {"due", NULL};
    static const pages_list list = {"due", list_fields, read_page, "Nothing is due.", spaces, NULL};
    const char *text = args_value(&cli->args, "until");
    int64_t until = now();
    if (text != NULL && !text_parse_time(text, &until)) {
        return fail_usage(cli, "--until needs YYYY-MM-DD or YYYY-MM-DDThh:mm:ssZ");
    }
    int code = portal_open(cli);
    return code == CLI_DONE ? pages_print(cli, &list, &until) : code;
}

static bool is_damage(nct_status status) {
    return status == NCT_E_INTEGRITY || status == NCT_E_KEY || status == NCT_E_UNSUPPORTED;
}

/* What does not open is its own provider's trouble: the others' work goes on. */
static nct_status go_on(struct cli *cli, nct_status status, const char *provider) {
    if (!is_damage(status)) {
        return status;
    }
    cli->partial = true;
    fail_help(cli, "%s: %s", provider, fail_message(cli, status));
    return NCT_OK;
}

/* Settles what one page holds; the cursor becomes its last item, empty past the end. */
static nct_status settle_page(struct cli *cli, int64_t until, char cursor[NCT_DUE_ID_ROOM], int64_t *settled) {
    const char *who = portal_operator(cli);
    nct_due *due = NULL;
    nct_status status = nct_due_list(cli->portal, until, cursor[0] != '\0' ? cursor : NULL, strlen(cursor), PAGE, &due);
    status = damage_pass(cli, status);
    cursor[0] = '\0';
    for (size_t i = 0; i < nct_due_count(due) && status == NCT_OK; i++) {
        const char *id = nct_due_id(due, i);
        int32_t done = 0;
        status =
            go_on(cli, nct_due_settle(cli->portal, who, strlen(who), id, strlen(id), &done), nct_due_provider(due, i));
        snprintf(cursor, NCT_DUE_ID_ROOM, "%s", id);
        *settled += done;
    }
    nct_due_free(due);
    return status;
}

/* What is settled may make other work due that comes before the cursor: again from the start, until nothing is done. */
static nct_status settle_round(struct cli *cli, int64_t until, int64_t *settled) {
    char cursor[NCT_DUE_ID_ROOM] = "";
    nct_status status = NCT_OK;
    do {
        status = settle_page(cli, until, cursor, settled);
    } while (status == NCT_OK && cursor[0] != '\0');
    return status;
}

static const char *const spaces[] = {"due", "provider", "provider_private", "stream", "application", NULL};

static int cmd_due_run(struct cli *cli) {
    const int64_t until = now();
    int64_t settled = 0;
    int64_t before = -1;
    int code = portal_open(cli);
    if (code != CLI_DONE) {
        return code;
    }
    while (before != settled) {
        before = settled;
        nct_status status = settle_round(cli, until, &settled);
        if (status != NCT_OK) {
            return fail_status(cli, status, NULL);
        }
    }
    out_put_integer(cli->result, "settled", settled);
    out_say(cli, "%lld settled.", (long long)settled);
    deliver_after(cli);
    return damage_end(cli, spaces);
}

/* Restores one page of providers; the cursor becomes the last, empty past the end. */
static nct_status restore_page(struct cli *cli, char cursor[16], int64_t *restored) {
    const char *who = portal_operator(cli);
    nct_provider_list *page = NULL;
    nct_status status =
        nct_provider_list_page(cli->portal, cursor[0] != '\0' ? cursor : NULL, strlen(cursor), PAGE, &page);
    status = damage_pass(cli, status);
    cursor[0] = '\0';
    for (size_t i = 0; i < nct_provider_list_count(page) && status == NCT_OK; i++) {
        const char *id = nct_provider_id(nct_provider_list_at(page, i));
        size_t found = 0;
        snprintf(cursor, 16, "%s", id);
        status = go_on(cli, nct_due_restore(cli->portal, who, strlen(who), id, strlen(id), &found), id);
        *restored += (int64_t)found;
    }
    nct_provider_list_free(page);
    return status;
}

static int cmd_due_restore(struct cli *cli) {
    char cursor[16] = "";
    int64_t restored = 0;
    int code = portal_open(cli);
    if (code != CLI_DONE) {
        return code;
    }
    do {
        nct_status status = restore_page(cli, cursor, &restored);
        if (status != NCT_OK) {
            return fail_status(cli, status, NULL);
        }
    } while (cursor[0] != '\0');
    out_put_integer(cli->result, "restored", restored);
    out_say(cli, "%lld put back.", (long long)restored);
    return damage_end(cli, spaces);
}

static const args_option due_list_options[] = {
    {"until", "TIME", "what is due by then, YYYY-MM-DD or YYYY-MM-DDThh:mm:ssZ; else by now", false},
    OPTION_PAGES,
    OPTIONS_END};

const cli_command due_commands[] = {
    {"due", "list", "", "List what is due: notices, suspensions, terminations, abandoned applications.", "", 0, 0,
     due_list_options, cmd_due_list},
    {"due", "run", "", "Settle everything that is due.", "Run it daily, say.", 0, 0, operator_options, cmd_due_run},
    {"due", "restore", "", "Put back what somebody took out of the list of due work.", "Told in the ledger.", 0, 0,
     operator_options, cmd_due_restore},
    COMMANDS_END};
