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

/* first middle last suffix one, each or "-" */
static nct_form *make_name(struct subject *subject, const char *const *a) {
    static const char *const fields[] = {"first_name", "middle_name", "last_name", "suffix", "one_name"};
    nct_form *form = NULL;
    must(nct_form_new(subject->portal, NCT_FORM_CONTACT, &form), "nct_form_new");
    for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++)
        if (given(a[i]))
            fill(set_contact, form, "", fields[i], a[i]);
    return form;
}

/* NCID and a name */
static void rename_self(struct subject *subject, const struct line *line, char *answer) {
    const char *const *a = line->arguments;
    nct_form *form = make_name(subject, a + 1);
    tell(answer, nct_contact_change(form, a[0], strlen(a[0]), NULL, 0, a[0], strlen(a[0]), NULL));
    nct_form_free(form);
}

/* NCID and a name */
static void rename_by_operator(struct subject *subject, const struct line *line, char *answer) {
    const char *const *a = line->arguments;
    nct_form *form = make_name(subject, a + 1);
    tell(answer, nct_contact_change_by_operator(form, OPERATOR, strlen(OPERATOR), a[0], strlen(a[0]), REASON,
                                                strlen(REASON), NULL));
    nct_form_free(form);
}

/* NCID line1 line2 city state ZIP, each or "-" */
static void move_house(struct subject *subject, const struct line *line, char *answer) {
    static const char *const fields[] = {"line1", "line2", "city", "state", "zip"};
    const char *const *a = line->arguments;
    nct_form *form = NULL;
    must(nct_form_new(subject->portal, NCT_FORM_CONTACT, &form), "nct_form_new");
    for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++)
        if (given(a[i + 1]))
            fill(set_contact, form, "address.", fields[i], a[i + 1]);
    tell(answer, nct_contact_change(form, a[0], strlen(a[0]), NULL, 0, a[0], strlen(a[0]), NULL));
    nct_form_free(form);
}

/* Lines have no spaces. */
static void without_spaces(char *text) {
    for (; *text != '\0'; text++)
        *text = (char)(*text == ' ' ? '_' : *text);
}

/* NCID: the name, as it is printed too, and the address */
static void who(struct subject *subject, const struct line *line, char *answer) {
    const char *ncid = line->arguments[0];
    nct_person *person = NULL;
    nct_status status = nct_person_read(subject->portal, ncid, strlen(ncid), NULL, 0, ncid, strlen(ncid), &person);
    tell(answer, status);
    if (status == NCT_OK)
        (void)snprintf(answer, ANSWER_BYTES, "%s:%s:%s:%s:%s:%s:%s:%s:%s:%s", nct_person_first_name(person),
                       nct_person_middle_name(person), nct_person_last_name(person), nct_person_suffix(person),
                       nct_person_display_name(person), nct_person_address_line1(person),
                       nct_person_address_line2(person), nct_person_address_city(person),
                       nct_person_address_state(person), nct_person_address_zip(person));
    without_spaces(answer);
    nct_person_free(person);
}

/* The beginning of a name, "_" for a space */
static void find_name(struct subject *subject, const struct line *line, char *answer) {
    char text[128];
    nct_person_list *list = NULL;
    size_t len = 0;
    (void)snprintf(text, sizeof text, "%s", line->arguments[0]);
    for (char *at = text; *at != '\0'; at++)
        *at = (char)(*at == '_' ? ' ' : *at);
    nct_status status = nct_person_search(subject->portal, NCT_SEARCH_NAME, text, strlen(text), NULL, 0, 1000, &list);
    tell(answer, status);
    if (status == NCT_OK)
        (void)snprintf(answer, ANSWER_BYTES, "-");
    for (size_t i = 0; i < nct_person_list_count(list); i++)
        len += (size_t)snprintf(answer + len, ANSWER_BYTES - len, "%s%s", i > 0 ? "," : "",
                                nct_person_ncid(nct_person_list_at(list, i)));
    nct_person_list_free(list);
    if (status == NCT_OK)
        sort_answer(answer);
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
    {"rename", 6, rename_self, -1, -1, 0, NULL, 0, NULL},
    {"rename_by_operator", 6, rename_by_operator, -1, -1, 0, NULL, 0, NULL},
    {"move_house", 6, move_house, -1, -1, 0, NULL, 0, NULL},
    {"who", 1, who, -1, -1, 0, NULL, 0, NULL},
    {"find_name", 1, find_name, -1, -1, -1, NULL, 0, NULL},
};

const struct operations person_operations = {some, sizeof some / sizeof some[0]};
