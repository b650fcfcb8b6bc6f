/* Access that is offered: invitations, by NCID and by e-mail, and how they are answered. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "subject.h"

#define NOT_AN_ID "00000000000000000000000000000000"

static void remember(struct words *words, const char *word) {
    words->at = realloc(words->at, (words->count + 1) * sizeof *words->at);
    if (words->at == NULL)
        give_up("no memory");
    (void)snprintf(words->at[words->count++], sizeof *words->at, "%s", word);
}

void remember_code(struct subject *subject, const char *code) {
    remember(&subject->mailed_codes, code);
}

/* The number-th that was told; one that is nobody's for another number. */
static const char *word_of(const struct words *words, const char *argument) {
    size_t place = (size_t)number(argument);
    return place > 0 && place <= words->count ? words->at[place - 1] : NOT_AN_ID;
}

static nct_status set_form(void *form, const char *path, const void *value, size_t len) {
    return nct_form_set(form, path, value, len);
}

static void fill_time(nct_form *form, const char *path, const char *time) {
    if (strcmp(time, "0") != 0)
        fill(set_form, form, "", path, time);
}

/* by NPI NCID|- address|- role rights begin end */
static nct_form *offer(const struct subject *subject, const char *const *a) {
    char words[TERMS_RIGHTS_ROOM];
    const char *role = nct_role_name(number(a[4]));
    nct_form *form = NULL;
    must(nct_form_new(subject->portal, NCT_FORM_INVITATION, &form), "nct_form_new");
    if (given(a[2]))
        fill(set_form, form, "", "ncid", a[2]);
    if (given(a[3]))
        fill(set_form, form, "", "email", a[3]);
    fill(set_form, form, "", "role", role != NULL ? role : "no_role");
    terms_rights(subject->policy, strtoull(a[5], NULL, 16), words);
    if (words[0] != '\0')
        fill(set_form, form, "", "rights", words);
    fill_time(form, "valid_from", a[6]);
    fill_time(form, "valid_until", a[7]);
    return form;
}

/* A form with problems answers the code of the first. */
static void invite(struct subject *subject, const struct line *line, char *answer) {
    const char *const *a = line->arguments;
    char id[NCT_INVITATION_ID_LENGTH + 1];
    nct_problems *problems = NULL;
    nct_form *form = offer(subject, a);
    nct_status status = nct_invitation_send(form, a[0], strlen(a[0]), a[1], strlen(a[1]), id, sizeof id, &problems);
    tell(answer, status == NCT_E_PROBLEMS ? nct_problems_code(problems, 0) : status);
    if (status == NCT_OK)
        remember(&subject->invitations, id);
    nct_problems_free(problems);
    nct_form_free(form);
}

/* by NPI invitation */
static void invite_again(struct subject *subject, const struct line *line, char *answer) {
    const char *const *a = line->arguments;
    const char *id = word_of(&subject->invitations, a[2]);
    tell(answer, nct_invitation_send_again(subject->portal, a[0], strlen(a[0]), a[1], strlen(a[1]), id, strlen(id)));
}

/* by NPI invitation */
static void invite_back(struct subject *subject, const struct line *line, char *answer) {
    const char *const *a = line->arguments;
    const char *id = word_of(&subject->invitations, a[2]);
    tell(answer, nct_invitation_take_back(subject->portal, a[0], strlen(a[0]), a[1], strlen(a[1]), id, strlen(id)));
}

/* NPI NCID password code|- */
static void invite_accept(struct subject *subject, const struct line *line, char *answer) {
    const char *const *a = line->arguments;
    nct_form *form = NULL;
    must(nct_form_new(subject->portal, NCT_FORM_ACCEPTANCE, &form), "nct_form_new");
    fill(set_form, form, "provider.", "npi", a[0]);
    fill(set_form, form, "invited.", "ncid", a[1]);
    fill(set_form, form, "invited.", "password", a[2]);
    if (given(a[3]))
        fill(set_form, form, "invitation.", "code", word_of(&subject->mailed_codes, a[3]));
    tell(answer, nct_invitation_accept(form, NULL));
    nct_form_free(form);
}

/* NCID NPI */
static void invite_decline(struct subject *subject, const struct line *line, char *answer) {
    const char *const *a = line->arguments;
    tell(answer, nct_invitation_decline(subject->portal, a[0], strlen(a[0]), a[1], strlen(a[1])));
}

/* NPI code */
static void invite_decline_code(struct subject *subject, const struct line *line, char *answer) {
    const char *const *a = line->arguments;
    const char *code = word_of(&subject->mailed_codes, a[1]);
    tell(answer, nct_invitation_decline_by_code(subject->portal, a[0], strlen(a[0]), code, strlen(code)));
}

static size_t number_of(const struct subject *subject, const char *id) {
    for (size_t i = 0; i < subject->invitations.count; i++)
        if (strcmp(subject->invitations.at[i], id) == 0)
            return i + 1;
    return 0;
}

static size_t describe(const struct subject *subject, const nct_invitation_list *list, char *answer, size_t len) {
    for (size_t i = 0; i < nct_invitation_list_count(list) && len + 512 < ANSWER_BYTES; i++) {
        const char *ncid = nct_invitation_list_ncid(list, i), *email = nct_invitation_list_email(list, i);
        len +=
            (size_t)snprintf(answer + len, ANSWER_BYTES - len,
                             "%s%zu:%s:%s:%s:%s:%" PRId32 ":%" PRIx64 ":%" PRId64 ":%" PRId64 ":%" PRId64 ":%" PRId32,
                             len > 0 ? "," : "", number_of(subject, nct_invitation_list_id(list, i)),
                             nct_invitation_list_provider(list, i), ncid[0] != '\0' ? ncid : "-",
                             email[0] != '\0' ? email : "-", nct_invitation_list_invited_by(list, i),
                             nct_invitation_list_role(list, i), nct_invitation_list_rights(list, i),
                             nct_invitation_list_valid_from(list, i), nct_invitation_list_valid_until(list, i),
                             nct_invitation_list_sent_at(list, i), nct_invitation_list_sent(list, i));
    }
    return len;
}

typedef nct_status lister(nct_portal *portal, const char *whose, size_t whose_len, const char *after, size_t after_len,
                          size_t limit, nct_invitation_list **out);

static void list_all(struct subject *subject, lister *page, const char *whose, char *answer) {
    char cursor[128] = "";
    int32_t more = 1;
    size_t len = 0;
    (void)snprintf(answer, ANSWER_BYTES, "-");
    while (more) {
        nct_invitation_list *list = NULL;
        nct_status status =
            page(subject->portal, whose, strlen(whose), cursor[0] != '\0' ? cursor : NULL, strlen(cursor), PAGE, &list);
        if (status != NCT_OK) {
            tell(answer, status);
            return;
        }
        len = describe(subject, list, answer, len);
        more = nct_invitation_list_more(list);
        (void)snprintf(cursor, sizeof cursor, "%s", nct_invitation_list_cursor(list));
        nct_invitation_list_free(list);
    }
    sort_answer(answer);
}

/* NPI */
static void invitations(struct subject *subject, const struct line *line, char *answer) {
    list_all(subject, nct_invitation_list_by_provider, line->arguments[0], answer);
}

/* NCID */
static void invited(struct subject *subject, const struct line *line, char *answer) {
    list_all(subject, nct_invitation_list_by_person, line->arguments[0], answer);
}

static const struct operation some[] = {
    {"invite", 8, invite, 0, 1, 2, NULL, 0, NULL},
    {"invite_again", 3, invite_again, 0, 1, -1, NULL, 0, NULL},
    {"invite_back", 3, invite_back, 0, 1, -1, NULL, 0, NULL},
    {"invite_accept", 4, invite_accept, -1, 0, 1, NULL, 0, NULL},
    {"invite_decline", 2, invite_decline, -1, 1, 0, NULL, 0, NULL},
    {"invite_decline_code", 2, invite_decline_code, -1, 0, -1, NULL, 0, NULL},
    {"invitations", 1, invitations, -1, 0, -1, NULL, 0, NULL},
    {"invited", 1, invited, -1, -1, 0, NULL, 0, NULL},
};

const struct operations invitation_operations = {some, sizeof some / sizeof some[0]};
