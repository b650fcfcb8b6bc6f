#include "public_state.h"

#include "account.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#define MANY 1000

static FILE *out;

static const char *or_none(const char *text) {
    return text != NULL ? text : "-";
}

/* Whether something is there, for a time. */
static char given(int64_t time) {
    return time != 0 ? '#' : '0';
}

static void tell_entry(const nct_entry_list *page, size_t index, void *argument) {
    (void)argument;
    const char *event = nct_entry_list_event(page, index);
    if (strcmp(event, "credentials.tried") != 0)
        fprintf(out, "  %s %d %s %s %s %s\n", event, (int)nct_entry_list_outcome(page, index),
                nct_entry_list_actor(page, index), nct_entry_list_subject(page, index),
                nct_entry_list_provider(page, index), nct_entry_list_detail(page, index));
}

static int by_text(const void *left, const void *right) {
    return strcmp(*(char *const *)left, *(char *const *)right);
}

/* Lists are in the order of ids; told, they are in the order of what they say. */
struct lines {
    char *at[MANY];
    size_t count;
};

static void keep_line(struct lines *lines, const char *text) {
    assert_true(lines->count < MANY);
    lines->at[lines->count] = strdup(text);
    assert_non_null(lines->at[lines->count++]);
}

static void sort_lines(struct lines *lines) {
    qsort(lines->at, lines->count, sizeof lines->at[0], by_text);
}

static void free_lines(struct lines *lines) {
    for (size_t i = 0; i < lines->count; i++)
        free(lines->at[i]);
    lines->count = 0;
}

/* What strangers try leaves entries of tries alone. */
static void tell_streams(struct world *w) {
    static struct lines names;
    nct_stream_list *page = NULL;
    expect_status(nct_ledger_streams(w->portal, NULL, 0, MANY, &page), NCT_OK);
    for (size_t i = 0; i < nct_stream_list_count(page); i++)
        if (strncmp(nct_stream_list_name(page, i), "unknown:", 8) != 0)
            keep_line(&names, nct_stream_list_name(page, i));
    nct_stream_list_free(page);
    sort_lines(&names);
    for (size_t i = 0; i < names.count; i++) {
        fprintf(out, "%s\n", names.at[i]);
        each_entry(w->portal, names.at[i], tell_entry, NULL);
    }
    free_lines(&names);
}

static void tell_grants(struct world *w, const char *npi) {
    nct_grant_list *page = NULL;
    expect_status(nct_access_list_by_provider(w->portal, npi, strlen(npi), NULL, 0, MANY, &page), NCT_OK);
    for (size_t i = 0; i < nct_grant_list_count(page); i++)
        fprintf(out, "  grant %s %d %" PRIx64 " certified %c by %s used %c\n", nct_grant_list_ncid(page, i),
                (int)nct_grant_list_role(page, i), nct_grant_list_rights(page, i),
                given(nct_grant_list_certified_at(page, i)), or_none(nct_grant_list_certified_by(page, i)),
                given(nct_grant_list_used_at(page, i)));
    nct_grant_list_free(page);
}

static void tell_members(struct world *w, const char *npi, const char *group) {
    nct_grant_list *page = NULL;
    expect_status(nct_group_members(w->portal, npi, strlen(npi), group, strlen(group), NULL, 0, MANY, &page), NCT_OK);
    for (size_t i = 0; i < nct_grant_list_count(page); i++)
        fprintf(out, "    member %s\n", nct_grant_list_ncid(page, i));
    nct_grant_list_free(page);
}

static void tell_groups(struct world *w, const char *npi) {
    nct_group_list *list = NULL;
    expect_status(nct_group_list_by_provider(w->portal, npi, strlen(npi), &list), NCT_OK);
    for (size_t i = 0; i < nct_group_list_count(list); i++) {
        fprintf(out, "  group %s %" PRIx64 "\n", nct_group_list_name(list, i), nct_group_list_rights(list, i));
        tell_members(w, npi, nct_group_list_name(list, i));
    }
    nct_group_list_free(list);
}

static void tell_proposals(struct world *w, const char *npi) {
    nct_proposal_list *page = NULL;
    expect_status(nct_proposal_list_by_provider(w->portal, npi, strlen(npi), NULL, 0, MANY, &page), NCT_OK);
    for (size_t i = 0; i < nct_proposal_list_count(page); i++)
        fprintf(out, "  proposal %s %d by %s\n", nct_proposal_list_ncid(page, i), (int)nct_proposal_list_role(page, i),
                nct_proposal_list_proposed_by(page, i));
    nct_proposal_list_free(page);
}

static void tell_principals(struct world *w, const char *npi) {
    nct_principal_list *page = NULL;
    expect_status(nct_principal_list_by_provider(w->portal, npi, strlen(npi), NULL, 0, MANY, &page), NCT_OK);
    for (size_t i = 0; i < nct_principal_list_count(page); i++)
        fprintf(out, "  principal %s %" PRIx64 "\n", nct_principal_list_ncid(page, i),
                nct_principal_list_relationships(page, i));
    nct_principal_list_free(page);
}

static void tell_applications(struct world *w, const char *npi) {
    nct_application_list *page = NULL;
    expect_status(nct_application_list_by_provider(w->portal, npi, strlen(npi), 0, NULL, 0, MANY, &page), NCT_OK);
    for (size_t i = 0; i < nct_application_list_count(page); i++) {
        const nct_application *application = nct_application_list_at(page, i);
        fprintf(out, "  application %d in %d version %s\n", (int)nct_application_kind(application),
                (int)nct_application_state(application), nct_application_document_version(application));
    }
    nct_application_list_free(page);
}

static void tell_signatures(struct world *w, const char *npi) {
    nct_signature_list *page = NULL;
    expect_status(nct_signature_list_by_provider(w->portal, npi, strlen(npi), NULL, 0, MANY, &page), NCT_OK);
    for (size_t i = 0; i < nct_signature_list_count(page); i++) {
        const nct_signature *signature = nct_signature_list_at(page, i);
        const char *id = nct_signature_id(signature);
        unsigned char declaration[4096];
        size_t len = 0;
        nct_status status = nct_signature_repudiation(w->portal, npi, strlen(npi), id, strlen(id), declaration,
                                                      sizeof declaration, &len);
        fprintf(out, "  signature %s repudiated %d\n", nct_signature_ncid(signature), (int)status);
    }
    nct_signature_list_free(page);
}

static void tell_requests(struct world *w, const char *npi) {
    nct_eft_request *eft = NULL;
    nct_oa_request *oa = NULL;
    nct_status found = nct_eft_request_get(w->portal, npi, strlen(npi), &eft);
    fprintf(out, "  eft request %d %d\n", (int)found, (int)(found == NCT_OK ? nct_eft_request_state(eft) : 0));
    found = nct_oa_request_get(w->portal, npi, strlen(npi), &oa);
    fprintf(out, "  oa request %d %d\n", (int)found, (int)(found == NCT_OK ? nct_oa_request_state(oa) : 0));
    nct_eft_request_free(eft);
    nct_oa_request_free(oa);
}

static void tell_provider(struct world *w, const nct_provider *provider) {
    const char *npi = nct_provider_id(provider);
    fprintf(out, "%s state %d oa %s backup %s eft %s suspended %c\n", npi, (int)nct_provider_state(provider),
            or_none(nct_provider_office_administrator(provider)),
            or_none(nct_provider_backup_office_administrator(provider)), or_none(nct_provider_eft_masked(provider)),
            given(nct_provider_suspended_at(provider)));
    tell_grants(w, npi);
    tell_groups(w, npi);
    tell_proposals(w, npi);
    tell_principals(w, npi);
    tell_applications(w, npi);
    tell_signatures(w, npi);
    tell_requests(w, npi);
}

static void tell_providers(struct world *w) {
    nct_provider_list *page = NULL;
    expect_status(nct_provider_list_page(w->portal, NULL, 0, MANY, &page), NCT_OK);
    for (size_t i = 0; i < nct_provider_list_count(page); i++)
        tell_provider(w, nct_provider_list_at(page, i));
    nct_provider_list_free(page);
}

static void tell_person(struct world *w, const char *ncid) {
    int32_t state = 0;
    int64_t issued_at = 0;
    const char *language = NULL;
    nct_contact_request *request = NULL;
    nct_grant_list *page = NULL;
    nct_status status = nct_pin_status(w->portal, ncid, strlen(ncid), &state, &issued_at, NULL);
    fprintf(out, "%s %d pin %d issued %s", ncid, (int)status, (int)state, issued_at > WORLD_START ? "later" : "first");
    status = nct_person_language(w->portal, ncid, strlen(ncid), &language);
    fprintf(out, " language %s", status == NCT_OK ? or_none(language) : "?");
    status = nct_contact_pending(w->portal, ncid, strlen(ncid), &request);
    fprintf(out, " contact %d %s\n", (int)status, status == NCT_OK ? nct_contact_request_email(request) : "");
    nct_contact_request_free(request);
    status = nct_access_list_by_person(w->portal, ncid, strlen(ncid), NULL, 0, MANY, &page);
    for (size_t i = 0; i < nct_grant_list_count(page); i++)
        fprintf(out, "  at %s %d\n", nct_grant_list_provider(page, i), (int)nct_grant_list_role(page, i));
    nct_grant_list_free(page);
}

static void tell_people(struct world *w) {
    const char *const ncids[] = {OLIVIA.ncid, UMA.ncid, FRANK.ncid, PETRA.ncid, OSCAR.ncid, SILAS.ncid, "petra.again"};
    for (size_t i = 0; i < sizeof ncids / sizeof ncids[0]; i++)
        tell_person(w, ncids[i]);
}

static void tell_keys(struct world *w) {
    nct_key_list *list = NULL;
    nct_checkpoint *checkpoint = NULL;
    expect_status(nct_key_list_read(w->portal, &list), NCT_OK);
    for (size_t i = 0; i < nct_key_list_count(list); i++)
        fprintf(out, "key %d state %d compromised %c\n", (int)nct_key_list_number(list, i),
                (int)nct_key_list_state(list, i), given(nct_key_list_compromised_from(list, i)));
    nct_key_list_free(list);
    nct_status status = nct_checkpoint_get(w->portal, 0, &checkpoint);
    fprintf(out, "checkpoint %d %d\n", (int)status, (int)nct_checkpoint_number(checkpoint));
    nct_checkpoint_free(checkpoint);
}

static void tell_due(struct world *w) {
    static struct lines items;
    nct_due *due = NULL;
    nct_status status = nct_due_list(w->portal, INT64_MAX, NULL, 0, MANY, &due);
    fprintf(out, "due work %d\n", (int)status);
    for (size_t i = 0; i < nct_due_count(due); i++) {
        char item[64];
        (void)snprintf(item, sizeof item, "due %d %s\n", (int)nct_due_kind(due, i), nct_due_provider(due, i));
        keep_line(&items, item);
    }
    nct_due_free(due);
    sort_lines(&items);
    for (size_t i = 0; i < items.count; i++)
        fputs(items.at[i], out);
    free_lines(&items);
}

#define ID_LEAST 12

/* Ids and times become `#`. */
static void hide_ids(char *text) {
    char *to = text;
    while (*text != '\0') {
        size_t run = strspn(text, "0123456789abcdef");
        if (run >= ID_LEAST) {
            *to++ = '#';
            text += run;
            continue;
        }
        run = run > 0 ? run : 1;
        memmove(to, text, run);
        to += run;
        text += run;
    }
    *to = '\0';
}

/* Whether a line is one of a list in the order of ids, and of the same list as another. */
static int same_list(const char *line, const char *other) {
    static const char *const lists[] = {"  grant ", "  principal ", "  proposal ", "    member ", "  at "};
    for (size_t i = 0; i < sizeof lists / sizeof lists[0]; i++)
        if (strncmp(line, lists[i], strlen(lists[i])) == 0)
            return strncmp(other, lists[i], strlen(lists[i])) == 0;
    return 0;
}

/* Puts the lines of each such list in the order of what they say. */
static char *sort_lists(char *text) {
    static struct lines lines;
    char *sorted = malloc(strlen(text) + 2), *to = sorted;
    assert_non_null(sorted);
    while (*text != '\0') {
        size_t len = strcspn(text, "\n");
        int ends = text[len] == '\0';
        text[len] = '\0';
        if (lines.count > 0 && !same_list(lines.at[0], text)) {
            sort_lines(&lines);
            for (size_t i = 0; i < lines.count; i++)
                to += sprintf(to, "%s\n", lines.at[i]);
            free_lines(&lines);
        }
        keep_line(&lines, text);
        text += len + !ends;
    }
    for (size_t i = 0; i < lines.count; i++)
        to += sprintf(to, "%s\n", lines.at[i]);
    free_lines(&lines);
    *to = '\0';
    return sorted;
}

char *public_state(struct world *w) {
    char *text = NULL;
    size_t size = 0;
    out = open_memstream(&text, &size);
    assert_non_null(out);
    tell_streams(w);
    tell_providers(w);
    tell_people(w);
    tell_keys(w);
    tell_due(w);
    assert_int_equal(fclose(out), 0);
    hide_ids(text);
    char *sorted = sort_lists(text);
    free(text);
    return sorted;
}
