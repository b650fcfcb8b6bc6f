#include "story.h"

#include <nctracks/message.h>

#include <stdio.h>

#define STREAMS 32
#define LINES 32
#define LINE 128

/* How far the story has looked: the mails, and each stream. */
static struct {
    size_t mails;
    size_t count;
    struct {
        char name[LINE];
        uint64_t last;
    } streams[STREAMS];
} looked;

struct lines {
    size_t count;
    char at[LINES][LINE];
};

static void add(struct lines *lines, const char *first, const char *second) {
    assert_true(lines->count < LINES);
    int len = snprintf(lines->at[lines->count++], LINE, "%s%s%s", first, second[0] != '\0' ? " " : "", second);
    assert_in_range(len, 0, LINE - 1);
}

static void complain(const struct lines *lines, const char *const *wanted) {
    for (size_t i = 0; i < lines->count; i++)
        print_error("  there is: %s\n", lines->at[i]);
    for (; *wanted != NULL; wanted++)
        print_error("  there should be: %s\n", *wanted);
    fail();
}

void story_begin(struct world *w) {
    looked.mails = w->mailer.count;
    looked.count = 0;
}

/* Each wanted line takes one away. */
void story_told(struct world *w, const char *const *wanted) {
    struct lines lines = {.count = 0};
    for (; looked.mails < w->mailer.count; looked.mails++)
        add(&lines, w->mailer.mails[looked.mails].template_name, w->mailer.mails[looked.mails].address);
    struct lines left = lines;
    for (size_t i = 0; wanted[i] != NULL; i++) {
        size_t at = 0;
        while (at < left.count && strcmp(left.at[at], wanted[i]) != 0)
            at++;
        if (at == left.count)
            complain(&lines, wanted);
        memmove(left.at[at], left.at[--left.count], LINE);
    }
    if (left.count > 0)
        complain(&lines, wanted);
}

static uint64_t *last_of(const char *stream) {
    for (size_t i = 0; i < looked.count; i++)
        if (strcmp(looked.streams[i].name, stream) == 0)
            return &looked.streams[i].last;
    assert_true(looked.count < STREAMS);
    (void)snprintf(looked.streams[looked.count].name, LINE, "%s", stream);
    looked.streams[looked.count].last = 0;
    return &looked.streams[looked.count++].last;
}

void story_written(struct world *w, const char *stream, const char *const *wanted) {
    struct lines lines = {.count = 0};
    uint64_t *last = last_of(stream);
    nct_entry_list *list = NULL;
    size_t i = 0;
    expect_status(nct_ledger_read(w->portal, stream, strlen(stream), *last, 1000, &list), NCT_OK);
    for (; i < nct_entry_list_count(list); i++)
        add(&lines, nct_entry_list_event(list, i), "");
    if (i > 0)
        *last = nct_entry_list_last(list);
    nct_entry_list_free(list);
    for (i = 0; i < lines.count && wanted[i] != NULL && strcmp(lines.at[i], wanted[i]) == 0;)
        i++;
    if (i < lines.count || wanted[i] != NULL)
        complain(&lines, wanted);
}

void story_message(struct world *w, const char *ncid, const char *template_name) {
    nct_message_list *list = NULL;
    expect_status(nct_message_list_page(w->portal, ncid, strlen(ncid), NULL, 0, 1, &list), NCT_OK);
    assert_int_equal(nct_message_list_count(list), 1);
    assert_string_equal(nct_message_list_template(list, 0), template_name);
    nct_message_list_free(list);
}
