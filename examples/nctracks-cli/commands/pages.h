/** Lists that the library gives page by page: printed as they come, so that one of any length takes no memory. */
#ifndef NCTRACKS_CLI_PAGES_H
#define NCTRACKS_CLI_PAGES_H

#include <nctracks/store.h>

#include "cli.h"
#include "terminal/output.h"

#define PAGES_CURSOR_ROOM (2 * NCT_KEY_MAX + 1)

/** One page. */
struct page {
    const char *after; /**< Where it begins; NULL: with the first row. */
    size_t after_len;
    size_t limit;                 /**< How many rows it may have. */
    json_t *rows;                 /**< Its rows are appended here. */
    char next[PAGES_CURSOR_ROOM]; /**< Where the next begins; "" past the end. */
};

/** Reads a page; `context` is what pages_print() was given. */
typedef nct_status pages_read(const struct cli *cli, const void *context, struct page *page);

/** A list: what it is called in JSON, its columns, what reads it, and what is said when it has no row. */
typedef struct pages_list {
    const char *key;
    const out_field *fields;
    pages_read *read;
    const char *none;
    const char *const *spaces; /**< Where damaged rows that are left out may lie, ending with NULL; NULL: nowhere. */
    const char *hint;          /**< Said where what was asked for is not there or has no such name; NULL: nothing. */
} pages_list;

/** Says where the next page begins. @param more whether there is one @param cursor not looked at where there is none */
void page_next(struct page *page, int32_t more, const char *cursor);

/** The same for a list whose cursor is the number of its last row; 0 before the first. */
void page_next_number(struct page *page, int32_t more, uint64_t last);
uint64_t page_number(const struct page *page);

/** Prints the list from --after on, up to --limit rows; the portal must be open. @return the exit code */
int pages_print(struct cli *cli, const pages_list *list, const void *context);

#endif
