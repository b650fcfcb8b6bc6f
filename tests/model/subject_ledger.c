/* What the portal as a whole has: due work, mails, streams, keys, checkpoints. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "subject.h"

/* Milliseconds: what is due by then, each with its kind, provider and time */
static void due(struct subject *subject, const struct line *line, char *answer) {
    nct_due *list = NULL;
    size_t len = 0;
    nct_status status = nct_due_list(subject->portal, strtoll(line->arguments[0], NULL, 10), NULL, 0, 100, &list);
    tell(answer, status);
    if (status == NCT_OK)
        (void)snprintf(answer, ANSWER_BYTES, "-");
    for (size_t i = 0; status == NCT_OK && i < nct_due_count(list) && len + 256 < ANSWER_BYTES; i++)
        len += (size_t)snprintf(answer + len, ANSWER_BYTES - len, "%s%s:%s:%" PRId64, len > 0 ? "," : "",
                                nct_due_kind_name(nct_due_kind(list, i)), nct_due_provider(list, i),
                                nct_due_time(list, i));
    nct_due_free(list);
}

/* NPI: how many items were missing in the index */
static void due_restore(struct subject *subject, const struct line *line, char *answer) {
    const char *npi = line->arguments[0];
    size_t restored = 0;
    nct_status status = nct_due_restore(subject->portal, OPERATOR, strlen(OPERATOR), npi, strlen(npi), &restored);
    tell(answer, status);
    if (status == NCT_OK)
        (void)snprintf(answer, ANSWER_BYTES, "%zu", restored);
}

/* NPI: when the provider is due, since when it is suspended, whether an application holds it */
static void calendar(struct subject *subject, const struct line *line, char *answer) {
    nct_provider *provider = NULL;
    nct_status status = nct_provider_get(subject->portal, line->arguments[0], strlen(line->arguments[0]), &provider);
    tell(answer, status);
    if (status == NCT_OK)
        (void)snprintf(answer, ANSWER_BYTES, "%" PRId64 ":%" PRId64 ":%d", nct_provider_reverification_due(provider),
                       nct_provider_suspended_at(provider), (int)nct_provider_reverification_held(provider));
    nct_provider_free(provider);
}

/* NPI, date */
static void extend(struct subject *subject, const struct line *line, char *answer) {
    const char *npi = line->arguments[0], *date = line->arguments[1];
    tell(answer, nct_reverification_extend(subject->portal, OPERATOR, strlen(OPERATOR), npi, strlen(npi), date,
                                           strlen(date), "flood", 5));
}

/* "up" or "down" */
static void mailer(struct subject *subject, const struct line *line, char *answer) {
    subject->mail_is_down = strcmp(line->arguments[0], "down") == 0;
    tell(answer, NCT_OK);
}

static void flush(struct subject *subject, const struct line *line, char *answer) {
    size_t sent = 0, waiting = 0;
    (void)line;
    nct_status status = nct_mail_flush(subject->portal, 100, &sent, &waiting);
    tell(answer, status);
    if (status == NCT_OK)
        (void)snprintf(answer, ANSWER_BYTES, "%zu:%zu", sent, waiting);
}

/* The mails that wait */
static void outbox(struct subject *subject, const struct line *line, char *answer) {
    nct_mail_list *list = NULL;
    size_t len = 0;
    (void)line;
    nct_status status = nct_mail_list_page(subject->portal, NULL, 0, 100, &list);
    tell(answer, status);
    if (status == NCT_OK)
        (void)snprintf(answer, ANSWER_BYTES, "-");
    for (size_t i = 0; status == NCT_OK && i < nct_mail_list_count(list) && len + 256 < ANSWER_BYTES; i++)
        len += (size_t)snprintf(answer + len, ANSWER_BYTES - len, "%s%s:%s:%s", len > 0 ? "," : "",
                                nct_mail_list_template(list, i), nct_mail_list_ncid(list, i),
                                nct_mail_list_recipient(list, i));
    nct_mail_list_free(list);
}

static int compare_names(const void *a, const void *b) {
    return strcmp(a, b);
}

/* The names of all streams but those of keys, whose ids are random */
static void streams(struct subject *subject, const struct line *line, char *answer) {
    static char names[256][NCT_STREAM_NAME_MAX + 1];
    nct_stream_list *list = NULL;
    size_t len = 0, count = 0;
    (void)line;
    nct_status status = nct_ledger_streams(subject->portal, NULL, 0, 256, &list);
    tell(answer, status);
    for (size_t i = 0; status == NCT_OK && i < nct_stream_list_count(list); i++)
        (void)snprintf(names[count++], sizeof names[0], "%s", nct_stream_list_name(list, i));
    qsort(names, count, sizeof names[0], compare_names);
    for (size_t i = 0; i < count; i++)
        len += (size_t)snprintf(answer + len, ANSWER_BYTES - len, "%s%s", i > 0 ? "," : "", names[i]);
    nct_stream_list_free(list);
}

/* A stream's name: its events */
static void stream(struct subject *subject, const struct line *line, char *answer) {
    nct_entry_list *list = NULL;
    size_t len = 0;
    nct_status status =
        nct_ledger_read(subject->portal, line->arguments[0], strlen(line->arguments[0]), 0, 1000, &list);
    tell(answer, status);
    for (size_t i = 0; i < nct_entry_list_count(list) && len + 64 < ANSWER_BYTES; i++)
        len +=
            (size_t)snprintf(answer + len, ANSWER_BYTES - len, "%s%s", i > 0 ? "," : "", nct_entry_list_event(list, i));
    nct_entry_list_free(list);
}

/* A stream's name */
static void verify(struct subject *subject, const struct line *line, char *answer) {
    int32_t verdict = NCT_LEDGER_TAMPERED;
    nct_status status =
        nct_ledger_verify(subject->portal, line->arguments[0], strlen(line->arguments[0]), &verdict, NULL);
    tell(answer, status);
    if (status == NCT_OK)
        (void)snprintf(answer, ANSWER_BYTES, "%s", verdict == NCT_LEDGER_TAMPERED ? "tampered" : "valid");
}

static void checkpoint(struct subject *subject, const struct line *line, char *answer) {
    (void)line;
    tell(answer, nct_checkpoint_make(subject->portal, NULL));
}

/* Number; 0: the last */
static void checkpoint_get(struct subject *subject, const struct line *line, char *answer) {
    nct_checkpoint *read = NULL;
    nct_status status = nct_checkpoint_get(subject->portal, (uint64_t)number(line->arguments[0]), &read);
    tell(answer, status);
    if (status == NCT_OK)
        (void)snprintf(answer, ANSWER_BYTES, "%" PRIu64 ":%" PRIu64 ":%" PRIu64, nct_checkpoint_number(read),
                       nct_checkpoint_streams(read), nct_checkpoint_entries(read));
    nct_checkpoint_free(read);
}

/* The states of the keys */
static void keys(struct subject *subject, const struct line *line, char *answer) {
    nct_key_list *list = NULL;
    size_t len = 0;
    (void)line;
    nct_status status = nct_key_list_read(subject->portal, &list);
    tell(answer, status);
    for (size_t i = 0; i < nct_key_list_count(list); i++)
        len += (size_t)snprintf(answer + len, ANSWER_BYTES - len, "%s%s:%d", i > 0 ? "," : "",
                                nct_key_state_name(nct_key_list_state(list, i)), (int)nct_key_list_droppable(list, i));
    nct_key_list_free(list);
}

static const struct operation some[] = {
    {"due", 1, due, -1, -1, -1, NULL, 0, NULL},
    {"due_restore", 1, due_restore, -1, 0, -1, NULL, 0, NULL},
    {"calendar", 1, calendar, -1, 0, -1, NULL, 0, NULL},
    {"extend", 2, extend, -1, 0, -1, NULL, 0, NULL},
    {"mailer", 1, mailer, -1, -1, -1, NULL, 0, NULL},
    {"flush", 0, flush, -1, -1, -1, NULL, 0, NULL},
    {"outbox", 0, outbox, -1, -1, -1, NULL, 0, NULL},
    {"streams", 0, streams, -1, -1, -1, NULL, 0, NULL},
    {"stream", 1, stream, -1, -1, -1, NULL, 0, NULL},
    {"verify", 1, verify, -1, -1, -1, NULL, 0, NULL},
    {"checkpoint", 0, checkpoint, -1, -1, -1, NULL, 0, NULL},
    {"checkpoint_get", 1, checkpoint_get, -1, -1, -1, NULL, 0, NULL},
    {"keys", 0, keys, -1, -1, -1, NULL, 0, NULL},
};

const struct operations ledger_operations = {some, sizeof some / sizeof some[0]};
