/* Forms: values by path, checked against a table of fields. The public form types are all this. */
#ifndef NCT_PORTAL_FORM_FORM_H
#define NCT_PORTAL_FORM_FORM_H

#include "engine/handle/portal.h"
#include "portal/form/problems.h"

/* What a field holds; identifier kinds are used as they are. */
enum {
    NCT_TYPE_TEXT = 100, /* one line, up to 100 characters */
    NCT_TYPE_CHOICE,     /* one of the field's words */
    NCT_TYPE_RIGHTS,     /* names of rights, separated by spaces */
    NCT_TYPE_SECRET,     /* up to NCT_PASSWORD_MAX bytes without NUL */
    NCT_TYPE_CODE,       /* an authorization code: refused as wrong, not as malformed */
    NCT_TYPE_BYTES,      /* any bytes; their digest is the value */
    NCT_TYPE_CHOICES,    /* some of the field's words, separated by spaces */
    NCT_TYPE_DATE,       /* YYYY-MM-DD, a day there is */
    NCT_TYPE_LANGUAGE    /* a language the portal has texts of */
};

enum nct_need { NCT_OPTIONAL, NCT_REQUIRED, NCT_REQUIRED_IN_GROUP };

struct nct_field_row {
    const char *path; /* a repeated group has its index written as N */
    int32_t type;
    enum nct_need need;
    const char *choices;
    const char *label;
    const char *description;
};

/* The table of a form. */
const struct nct_field_row *nct_form_fields(int32_t kind, size_t *count);

/* What keys of its texts begin with, such as "field.user"; NULL for an unknown form. Kinds are below NCT_FORM_KINDS. */
const char *nct_form_group(int32_t kind);
#define NCT_FORM_KINDS 64

/* The field of a path, such as "users[2].email"; NULL: there is none. */
const struct nct_field_row *nct_form_find(int32_t kind, const char *path);

struct nct_form;

nct_status nct_form_new(struct nct_portal *portal, int32_t kind, struct nct_form **out);
void nct_form_free(struct nct_form *form);
struct nct_portal *nct_form_portal(const struct nct_form *form);
int32_t nct_form_kind(const struct nct_form *form);

/* See nct_registration_set(). */
nct_status nct_form_set(struct nct_form *form, const char *path, const void *value, size_t len);

/* Wipes and forgets a value. */
void nct_form_forget(struct nct_form *form, const char *path);

/* Checks beyond single fields; adds problems. */
typedef nct_status nct_form_rule(const struct nct_form *form, struct nct_problems *problems);

/* All problems of a form, with those of a rule (may be NULL). See nct_registration_validate(). */
nct_status nct_form_validate(const struct nct_form *form, nct_form_rule *rule, struct nct_problems **out);

/* The same, where secrets are not yet required. */
nct_status nct_form_validate_without_secrets(const struct nct_form *form, struct nct_problems **out);

/* A list with one problem that only the store could show: see nct_problems_finish(). */
nct_status nct_form_refuse(const struct nct_form *form, const char *path, nct_status code, struct nct_problems **out);

/* Adds what is to be said of a field, with its label. NCT_OK or NCT_E_NO_MEMORY. */
nct_status nct_form_note(const struct nct_form *form, const char *path, nct_status code, struct nct_problems *notes);

/* The raw value of a field; NULL if it was not set. */
const void *nct_form_raw(const struct nct_form *form, const char *path, size_t *len);

/* The canonical form of a value that was checked, with a NUL; empty if it was not set. */
void nct_form_text(const struct nct_form *form, const char *path, char *out, size_t capacity);

/* The index of a choice among its words, from 1; 0 if it was not set. */
int32_t nct_form_choice(const struct nct_form *form, const char *path);

/* The choices made, bit n for the n-th word; 0 if they were not set. */
uint64_t nct_form_choices(const struct nct_form *form, const char *path);

/* The bit mask of rights; 0 if they were not set. */
uint64_t nct_form_rights(const struct nct_form *form, const char *path);

/* Whether any field that begins with a prefix was set. */
int nct_form_has(const struct nct_form *form, const char *prefix);

/* One more than the greatest index of "users[N]" that was set. */
size_t nct_form_users(const struct nct_form *form);

/* The key of a field's text; part is "label" or "description". */
void nct_field_key(int32_t form, const char *path, const char *part, char key[NCT_TEXT_KEY_ROOM]);

#endif
