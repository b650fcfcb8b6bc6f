/* The agency's work list: what is on it, who there has it. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <nctracks/work.h>

#include "subject.h"

static const char *or_dash(const char *text) {
    return text[0] != '\0' ? text : "-";
}

/* Which was drafted as the number-th; 0: none of them, as of what is no application. */
static size_t application_number(const struct subject *subject, const char *id) {
    for (size_t i = 0; i < subject->application_count; i++)
        if (strcmp(subject->applications[i], id) == 0)
            return i + 1;
    return 0;
}

static uint32_t digest(const struct subject *subject, const nct_work_list *list, size_t i) {
    char text[512];
    const char *state = nct_state_name(nct_work_list_state(list, i));
    (void)snprintf(text, sizeof text, "%s:%s:%zu:%" PRId64 ":%s:%s:%s", nct_work_kind_name(nct_work_list_kind(list, i)),
                   nct_work_list_provider(list, i), application_number(subject, nct_work_list_application(list, i)),
                   nct_work_list_since(list, i), state != NULL ? state : "-", or_dash(nct_work_list_ncid(list, i)),
                   nct_work_list_assignee(list, i));
    return fnv(text);
}

/* What a page and those before it came to. */
struct sum {
    size_t count;
    uint32_t digest;
    int32_t kind; /* of the last item, and since when it waits */
    int64_t since;
};

/* Kind after kind, and the oldest first. */
static void add_page(const struct subject *subject, const nct_work_list *list, struct sum *sum) {
    for (size_t i = 0; i < nct_work_list_count(list); i++) {
        int32_t kind = nct_work_list_kind(list, i);
        int64_t since = nct_work_list_since(list, i);
        if (kind < sum->kind || (kind == sum->kind && since < sum->since))
            give_up("the work list is out of order");
        *sum = (struct sum){sum->count + 1, sum->digest + digest(subject, list, i), kind, since};
    }
}

/* kind until */
static void work(struct subject *subject, const struct line *line, char *answer) {
    const char *const *a = line->arguments;
    struct sum sum = {0};
    char cursor[256] = "";
    int32_t more = 1;
    nct_status status = NCT_OK;
    while (more && status == NCT_OK) {
        nct_work_list *list = NULL;
        status = nct_work_list_page(subject->portal, number(a[0]), 0, strtoll(a[1], NULL, 10), cursor, strlen(cursor),
                                    PAGE, &list);
        add_page(subject, list, &sum);
        more = nct_work_list_more(list);
        if (more)
            (void)snprintf(cursor, sizeof cursor, "%s", nct_work_list_cursor(list));
        nct_work_list_free(list);
    }
    tell(answer, status);
    if (status == NCT_OK)
        (void)snprintf(answer, ANSWER_BYTES, "%zu:%" PRIx32, sum.count, sum.digest);
}

/* kind NPI application: an item's id, also of what is not on the list. Hosts take it from there. */
static void item_id(const struct subject *subject, const char *const *a, char id[NCT_WORK_ID_ROOM]) {
    char npi[NAME_BYTES] = "";
    size_t len = (size_t)snprintf(id, NCT_WORK_ID_ROOM, "%02x", (unsigned)number(a[0]));
    if (nct_ident_canonical(NCT_IDENT_PROVIDER_ID, a[1], strlen(a[1]), npi, sizeof npi, NULL) != NCT_OK)
        (void)snprintf(npi, sizeof npi, "%s", a[1]);
    for (size_t i = 0; i <= strlen(npi); i++)
        len += (size_t)snprintf(id + len, NCT_WORK_ID_ROOM - len, "%02x", (unsigned)(unsigned char)npi[i]);
    if (number(a[2]) != 0)
        (void)snprintf(id + len, NCT_WORK_ID_ROOM - len, "%s", application_id(subject, a[2]));
}

/* name kind NPI application */
static void assign(struct subject *subject, const struct line *line, char *answer) {
    const char *const *a = line->arguments;
    char id[NCT_WORK_ID_ROOM];
    item_id(subject, a + 1, id);
    tell(answer, nct_work_assign(subject->portal, OPERATOR, strlen(OPERATOR), id, strlen(id), a[0], strlen(a[0])));
}

/* kind NPI application */
static void release(struct subject *subject, const struct line *line, char *answer) {
    char id[NCT_WORK_ID_ROOM];
    item_id(subject, line->arguments, id);
    tell(answer, nct_work_release(subject->portal, OPERATOR, strlen(OPERATOR), id, strlen(id)));
}

static void work_check(struct subject *subject, const struct line *line, char *answer) {
    (void)line;
    tell(answer, nct_work_check(subject->portal));
}

static const struct operation some[] = {
    {"work", 2, work, -1, -1, -1, NULL, 0, NULL},
    {"assign", 4, assign, -1, 2, -1, "work.assigned", 0, NULL},
    {"release", 3, release, -1, 1, -1, NULL, 0, NULL},
    {"work_check", 0, work_check, -1, -1, -1, NULL, 0, NULL},
};

const struct operations work_operations = {some, sizeof some / sizeof some[0]};
