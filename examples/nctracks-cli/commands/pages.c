#include "commands/pages.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "terminal/damage_report.h"
#include "terminal/failure.h"
#include "text.h"

#define PAGE_ROWS 1000
#define LIMIT_MAX 1000000000L

void page_next(struct page *page, int32_t more, const char *cursor) {
    snprintf(page->next, sizeof page->next, "%s", more ? cursor : "");
}

void page_next_number(struct page *page, int32_t more, uint64_t last) {
    char number[24];
    snprintf(number, sizeof number, "%" PRIu64, last);
    page_next(page, more, number);
}

uint64_t page_number(const struct page *page) {
    return page->after != NULL ? strtoull(page->after, NULL, 10) : 0;
}

static int take_limit(struct cli *cli, size_t *limit) {
    const char *given = args_value(&cli->args, "limit");
    long number = LIMIT_MAX;
    if (given != NULL && (!text_number(given, LIMIT_MAX, &number) || number == 0)) {
        return fail_usage(cli, "--limit needs a number from 1 to %ld", LIMIT_MAX);
    }
    *limit = (size_t)number;
    return CLI_DONE;
}

static int refuse(struct cli *cli, nct_status status, const char *hint) {
    int code = fail_status(cli, status, NULL);
    if (hint != NULL && (status == NCT_E_FORMAT || status == NCT_E_NOT_FOUND)) {
        fail_help(cli, "%s", hint);
    }
    return code;
}

static int print_page(out_list *out, const pages_list *list, const void *context, struct page *page) {
    page->rows = out_array();
    nct_status status = damage_pass(out->cli, list->read(out->cli, context, page));
    if (status != NCT_OK) {
        json_decref(page->rows);
        return refuse(out->cli, status, list->hint);
    }
    out_list_page(out, page->rows);
    return CLI_DONE;
}

static void tell_next(struct cli *cli, const char *cursor) {
    if (cli->json) {
        out_put_string(cli->result, "next", cursor);
    } else {
        fail_help(cli, "There are more: go on with --after %s", cursor);
    }
}

/* The pages up to `limit` rows. @param[out] next where the one behind them begins; "" past the end */
static int print_pages(out_list *out, const pages_list *list, const void *context, size_t limit,
                       char next[PAGES_CURSOR_ROOM]) {
    int code = CLI_DONE;
    do {
        struct page page = {.after = next[0] != '\0' ? next : NULL, .after_len = strlen(next)};
        page.limit = limit - out->rows < PAGE_ROWS ? limit - out->rows : PAGE_ROWS;
        code = print_page(out, list, context, &page);
        memcpy(next, page.next, PAGES_CURSOR_ROOM);
    } while (code == CLI_DONE && next[0] != '\0' && out->rows < limit);
    return code;
}

int pages_print(struct cli *cli, const pages_list *list, const void *context) {
    const char *after = args_value(&cli->args, "after");
    char next[PAGES_CURSOR_ROOM] = "";
    size_t limit = 0;
    int code = take_limit(cli, &limit);
    if (code != CLI_DONE) {
        return code;
    }
    if (after != NULL && (size_t)snprintf(next, sizeof next, "%s", after) >= sizeof next) {
        return fail_usage(cli, "--after: nothing said this as next");
    }
    out_list out = out_list_begin(cli, list->key, list->fields);
    code = print_pages(&out, list, context, limit, next);
    if (code != CLI_DONE) {
        return code;
    }
    out_list_end(&out, list->none);
    if (next[0] != '\0') {
        tell_next(cli, next);
    }
    return list->spaces != NULL ? damage_end(cli, list->spaces) : CLI_DONE;
}
