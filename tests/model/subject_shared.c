/* Access that is shared out, given by two and looked through: groups, proposals, reviews. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "subject.h"

/* by NPI group rights */
static void group_set(struct subject *subject, const struct line *line, char *answer) {
    const char *const *a = line->arguments;
    tell(answer, terms_group_set(subject->portal, a[0], a[1], a[2], strtoull(a[3], NULL, 16)));
}

/* by NPI group */
static void group_remove(struct subject *subject, const struct line *line, char *answer) {
    const char *const *a = line->arguments;
    tell(answer, nct_group_remove(subject->portal, a[0], strlen(a[0]), a[1], strlen(a[1]), a[2], strlen(a[2])));
}

/* by NPI group NCID */
static void group_join(struct subject *subject, const struct line *line, char *answer) {
    const char *const *a = line->arguments;
    tell(answer, nct_group_join(subject->portal, a[0], strlen(a[0]), a[1], strlen(a[1]), a[3], strlen(a[3]), a[2],
                                strlen(a[2])));
}

/* by NPI group NCID */
static void group_leave(struct subject *subject, const struct line *line, char *answer) {
    const char *const *a = line->arguments;
    tell(answer, nct_group_leave(subject->portal, a[0], strlen(a[0]), a[1], strlen(a[1]), a[3], strlen(a[3]), a[2],
                                 strlen(a[2])));
}

static int compare_texts(const void *a, const void *b) {
    return strcmp(a, b);
}

/* NPI: in the order of their names */
static void groups(struct subject *subject, const struct line *line, char *answer) {
    nct_group_list *list = NULL;
    char texts[64][80];
    size_t len = 0;
    nct_status status =
        nct_group_list_by_provider(subject->portal, line->arguments[0], strlen(line->arguments[0]), &list);
    size_t count = nct_group_list_count(list);
    tell(answer, status == NCT_OK && count > 64 ? NCT_E_LIMIT : status);
    if (status != NCT_OK || count > 64)
        return;
    for (size_t i = 0; i < count; i++)
        (void)snprintf(texts[i], sizeof texts[i], "%s:%" PRIx64, nct_group_list_name(list, i),
                       nct_group_list_rights(list, i));
    nct_group_list_free(list);
    qsort(texts, count, sizeof texts[0], compare_texts);
    (void)snprintf(answer, ANSWER_BYTES, "-");
    for (size_t i = 0; i < count; i++)
        len += (size_t)snprintf(answer + len, ANSWER_BYTES - len, "%s%s", len > 0 ? "," : "", texts[i]);
}

/* NPI group */
static void members(struct subject *subject, const struct line *line, char *answer) {
    describe_all(subject, &(struct listing){.name = line->arguments[0], .right = MEMBERS, .group = line->arguments[1]},
                 answer);
}

/* by NPI NCID role rights begin end */
static void propose(struct subject *subject, const struct line *line, char *answer) {
    const char *const *a = line->arguments;
    struct terms terms = subject_terms(a);
    tell(answer, terms_propose(subject->portal, a[0], a[1], &terms));
}

/* by NPI NCID */
static void confirm(struct subject *subject, const struct line *line, char *answer) {
    const char *const *a = line->arguments;
    tell(answer, nct_access_confirm(subject->portal, a[0], strlen(a[0]), a[1], strlen(a[1]), a[2], strlen(a[2])));
}

/* operator NPI NCID */
static void confirm_by_operator(struct subject *subject, const struct line *line, char *answer) {
    const char *const *a = line->arguments;
    tell(answer,
         nct_access_confirm_by_operator(subject->portal, a[0], strlen(a[0]), a[1], strlen(a[1]), a[2], strlen(a[2])));
}

/* by NPI NCID */
static void reject(struct subject *subject, const struct line *line, char *answer) {
    const char *const *a = line->arguments;
    tell(answer, nct_access_reject(subject->portal, a[0], strlen(a[0]), a[1], strlen(a[1]), a[2], strlen(a[2])));
}

static size_t describe_proposals(const nct_proposal_list *list, char *answer, size_t len) {
    for (size_t i = 0; i < nct_proposal_list_count(list) && len + 256 < ANSWER_BYTES; i++)
        len += (size_t)snprintf(answer + len, ANSWER_BYTES - len, "%s%s:%s:%" PRId32 ":%" PRIx64 ":%" PRId64,
                                len > 0 ? "," : "", nct_proposal_list_ncid(list, i),
                                nct_proposal_list_proposed_by(list, i), nct_proposal_list_role(list, i),
                                nct_proposal_list_rights(list, i), nct_proposal_list_proposed_at(list, i));
    return len;
}

/* NPI */
static void proposals(struct subject *subject, const struct line *line, char *answer) {
    const char *npi = line->arguments[0];
    char cursor[64] = "";
    int32_t more = 1;
    size_t len = 0;
    (void)snprintf(answer, ANSWER_BYTES, "-");
    while (more) {
        nct_proposal_list *list = NULL;
        nct_status status = nct_proposal_list_by_provider(
            subject->portal, npi, strlen(npi), cursor[0] != '\0' ? cursor : NULL, strlen(cursor), PAGE, &list);
        if (status != NCT_OK) {
            tell(answer, status);
            return;
        }
        len = describe_proposals(list, answer, len);
        (void)snprintf(cursor, sizeof cursor, "%s", nct_proposal_list_cursor(list));
        more = nct_proposal_list_more(list);
        nct_proposal_list_free(list);
    }
    sort_answer(answer);
}

/* NCID NPI */
static void use(struct subject *subject, const struct line *line, char *answer) {
    const char *const *a = line->arguments;
    tell(answer, nct_access_note_use(subject->portal, a[1], strlen(a[1]), a[0], strlen(a[0])));
}

/* NPI since */
static void unused(struct subject *subject, const struct line *line, char *answer) {
    const char *const *a = line->arguments;
    describe_all(subject, &(struct listing){.name = a[0], .right = UNUSED, .since = strtoll(a[1], NULL, 10)}, answer);
}

/* NPI since */
static void uncertified(struct subject *subject, const struct line *line, char *answer) {
    const char *const *a = line->arguments;
    describe_all(subject, &(struct listing){.name = a[0], .right = UNCERTIFIED, .since = strtoll(a[1], NULL, 10)},
                 answer);
}

typedef nct_status (*bulk)(nct_portal *portal, const char *by, size_t by_len, const char *provider, size_t provider_len,
                           size_t count, const char *const *ncids, nct_status *answers);

/* by NPI NCIDs...: what becomes of each */
static void settle_many(struct subject *subject, const struct line *line, bulk function, char *answer) {
    const char *const *a = line->arguments;
    nct_status answers[ARGUMENTS];
    size_t count = line->count - 2, len = 0;
    nct_status status =
        function(subject->portal, a[0], strlen(a[0]), a[1], strlen(a[1]), count, line->arguments + 2, answers);
    tell(answer, status);
    if (status != NCT_OK)
        return;
    for (size_t i = 0; i < count; i++)
        len += (size_t)snprintf(answer + len, ANSWER_BYTES - len, "%s%s", i > 0 ? "," : "", subject_status(answers[i]));
}

static void certify(struct subject *subject, const struct line *line, char *answer) {
    settle_many(subject, line, nct_access_certify, answer);
}

static void revoke_many(struct subject *subject, const struct line *line, char *answer) {
    settle_many(subject, line, nct_access_revoke_many, answer);
}

static const struct operation some[] = {
    {"group_set", 4, group_set, 0, 1, -1, NULL, 0, NULL},
    {"group_remove", 3, group_remove, 0, 1, -1, NULL, 0, NULL},
    {"group_join", 4, group_join, 0, 1, 3, NULL, 0, NULL},
    {"group_leave", 4, group_leave, 0, 1, 3, NULL, 0, NULL},
    {"groups", 1, groups, -1, 0, -1, NULL, 0, NULL},
    {"members", 2, members, -1, 0, -1, NULL, 0, NULL},
    {"propose", 7, propose, 0, 1, 2, NULL, 0, NULL},
    {"confirm", 3, confirm, 0, 1, 2, NULL, 0, NULL},
    {"confirm_by_operator", 3, confirm_by_operator, -1, 1, 2, NULL, 0, NULL},
    {"reject", 3, reject, 0, 1, 2, NULL, 0, NULL},
    {"proposals", 1, proposals, -1, 0, -1, NULL, 0, NULL},
    {"use", 2, use, -1, 1, 0, NULL, 0, NULL},
    {"unused", 2, unused, -1, 0, -1, NULL, 0, NULL},
    {"uncertified", 2, uncertified, -1, 0, -1, NULL, 0, NULL},
    {"certify", 3, certify, 0, 1, -1, NULL, 0, NULL},
    {"revoke_many", 3, revoke_many, 0, 1, -1, NULL, 0, NULL},
};

const struct operations shared_operations = {some, sizeof some / sizeof some[0]};
