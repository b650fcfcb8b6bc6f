/* A person: another NCID, a duplicate merged, other contact data. */
#include <stdio.h>
#include <string.h>

#include "subject.h"

/* What was told under one name is known under another. */
static void rename_told(struct register_of_told *all, const char *before, const char *after) {
    struct told *one = told(all, NCT_IDENT_NCID, before), *other = told(all, NCT_IDENT_NCID, after);
    char name[NAME_BYTES];
    memcpy(name, one->name, sizeof name);
    memcpy(one->name, other->name, sizeof name);
    memcpy(other->name, name, sizeof name);
}

/* NCID, the new one */
static void rekey(struct subject *subject, const struct line *line, char *answer) {
    const char *const *a = line->arguments;
    nct_status status = nct_person_rekey(subject->portal, OPERATOR, strlen(OPERATOR), a[0], strlen(a[0]), a[1],
                                         strlen(a[1]), REASON, strlen(REASON));
    tell(answer, status);
    if (status != NCT_OK)
        return;
    rename_told(&subject->pins, a[0], a[1]);
    rename_told(&subject->tokens, a[0], a[1]);
    rename_told(&subject->reviews, a[0], a[1]);
    rename_told(&subject->periods, a[0], a[1]);
}

/* The duplicate's NCID, the survivor's */
static void merge(struct subject *subject, const struct line *line, char *answer) {
    const char *const *a = line->arguments;
    tell(answer, nct_person_merge(subject->portal, OPERATOR, strlen(OPERATOR), a[0], strlen(a[0]), a[1], strlen(a[1]),
                                  REASON, strlen(REASON)));
}

static nct_status set_contact(void *form, const char *path, const void *value, size_t len) {
    return nct_form_set(form, path, value, len);
}

static nct_form *make_contact(struct subject *subject, const char *address, const char *phone) {
    nct_form *form = NULL;
    must(nct_form_new(subject->portal, NCT_FORM_CONTACT, &form), "nct_form_new");
    if (given(address))
        fill(set_contact, form, "", "email", address);
    if (given(phone))
        fill(set_contact, form, "", "phone", phone);
    return form;
}

/* by NPI|- NCID address|- phone|- */
static void contact(struct subject *subject, const struct line *line, char *answer) {
    const char *const *a = line->arguments;
    const char *npi = given(a[1]) ? a[1] : NULL;
    nct_form *form = make_contact(subject, a[3], a[4]);
    tell(answer,
         nct_contact_change(form, a[0], strlen(a[0]), npi, npi != NULL ? strlen(npi) : 0, a[2], strlen(a[2]), NULL));
    nct_form_free(form);
}

/* NCID address|- phone|- */
static void contact_by_operator(struct subject *subject, const struct line *line, char *answer) {
    const char *const *a = line->arguments;
    nct_form *form = make_contact(subject, a[1], a[2]);
    tell(answer, nct_contact_change_by_operator(form, OPERATOR, strlen(OPERATOR), a[0], strlen(a[0]), REASON,
                                                strlen(REASON), NULL));
    nct_form_free(form);
}

/* NCID token: its number among those mailed about the NCID */
static void contact_confirm(struct subject *subject, const struct line *line, char *answer) {
    const char *const *a = line->arguments;
    char token[NCT_CONTACT_TOKEN_LENGTH + 1];
    recall(told(&subject->tokens, NCT_IDENT_NCID, a[0]), (size_t)number(a[1]), "00000000000000000000000000000000",
           token, sizeof token);
    tell(answer, nct_contact_confirm(subject->portal, a[0], strlen(a[0]), token, strlen(token)));
}

/* NCID address|- */
static void contact_confirm_by_operator(struct subject *subject, const struct line *line, char *answer) {
    const char *const *a = line->arguments;
    const char *address = given(a[1]) ? a[1] : "";
    tell(answer, nct_contact_confirm_by_operator(subject->portal, OPERATOR, strlen(OPERATOR), a[0], strlen(a[0]),
                                                 address, strlen(address), REASON, strlen(REASON)));
}

/* NCID */
static void contact_withdraw(struct subject *subject, const struct line *line, char *answer) {
    const char *ncid = line->arguments[0];
    tell(answer,
         nct_contact_withdraw(subject->portal, OPERATOR, strlen(OPERATOR), ncid, strlen(ncid), REASON, strlen(REASON)));
}

static const char *or_dash(const char *text) {
    return text[0] != '\0' ? text : "-";
}

/* NCID */
static void contact_pending(struct subject *subject, const struct line *line, char *answer) {
    nct_contact_request *request = NULL;
    nct_status status = nct_contact_pending(subject->portal, line->arguments[0], strlen(line->arguments[0]), &request);
    tell(answer, status);
    if (status == NCT_OK)
        (void)snprintf(answer, ANSWER_BYTES, "%s:%s:%s", or_dash(nct_contact_request_email(request)),
                       or_dash(nct_contact_request_phone(request)), nct_contact_request_by(request));
    nct_contact_request_free(request);
}

static const struct operation some[] = {
    {"rekey", 2, rekey, -1, -1, -1, NULL, 0, NULL},
    {"merge", 2, merge, -1, -1, -1, NULL, 0, NULL},
    {"contact", 5, contact, 0, -1, 2, NULL, 0, NULL},
    {"contact_by_operator", 3, contact_by_operator, -1, -1, 0, NULL, 0, NULL},
    {"contact_confirm", 2, contact_confirm, -1, -1, 0, NULL, 0, NULL},
    {"contact_confirm_by_operator", 2, contact_confirm_by_operator, -1, -1, 0, NULL, 0, NULL},
    {"contact_withdraw", 1, contact_withdraw, -1, -1, 0, NULL, 0, NULL},
    {"contact_pending", 1, contact_pending, -1, -1, 0, NULL, 0, NULL},
};

const struct operations person_operations = {some, sizeof some / sizeof some[0]};
