/* The tables of fields: what forms can hold. */
#ifndef NCT_PORTAL_FORM_FIELDS_H
#define NCT_PORTAL_FORM_FIELDS_H

#include "language/catalogue.h"

#include <nctracks/form.h>

/* What a field holds; identifier kinds are used as they are. How each is drawn: drawing.c. */
enum {
    NCT_TYPE_TEXT = 100,  /* one line, up to NCT_TEXT_CHARACTERS */
    NCT_TYPE_GIVEN_NAME,  /* the same */
    NCT_TYPE_FAMILY_NAME, /* the same */
    NCT_TYPE_TOKEN,       /* the same, from the host and not from a person */
    NCT_TYPE_CHOICE,      /* one of the field's words */
    NCT_TYPE_RIGHTS,      /* names of rights, separated by spaces */
    NCT_TYPE_PASSWORD,    /* a secret: up to NCT_PASSWORD_MAX bytes without NUL */
    NCT_TYPE_PIN,         /* the same */
    NCT_TYPE_PERIOD,      /* the same, from the host and not from a person */
    NCT_TYPE_CODE,        /* an authorization code: refused as wrong, not as malformed */
    NCT_TYPE_BYTES,       /* any bytes; their digest is the value */
    NCT_TYPE_SHOWN,       /* the same, from the host, which shows them to the person */
    NCT_TYPE_CHOICES,     /* some of the field's words, separated by spaces */
    NCT_TYPE_DATE,        /* YYYY-MM-DD, a day there is */
    NCT_TYPE_TIME,        /* such a day, where the portal is; or milliseconds since 1970, UTC */
    NCT_TYPE_LANGUAGE,    /* a language the portal has texts of */
    NCT_TYPE_MIDDLE_NAME, /* as NCT_TYPE_TEXT */
    NCT_TYPE_EXTENSION,   /* of a phone: up to NCT_EXTENSION_DIGITS digits */
    NCT_TYPE_END
};

#define NCT_TEXT_CHARACTERS 100
#define NCT_EXTENSION_DIGITS 8
#define NCT_DOCUMENT_BYTES_MAX ((size_t)16 * 1024 * 1024)

/* Whether a form can be checked without the field: what is typed only when it is sent off. */
static inline int nct_type_is_secret(int32_t type) {
    return type >= NCT_TYPE_PASSWORD && type <= NCT_TYPE_PERIOD;
}

/* When a field must be given: with any field of one of the groups named, separated by spaces. No group has one of these
 * two names. */
#define NCT_OPTIONAL ""
#define NCT_REQUIRED "*"

struct nct_field_row {
    const char *path; /* a repeated group has its index written as N */
    int32_t type;
    const char *need;
    const char *choices;
    const char *label;
    const char *description;
};

/* The table of a form. */
const struct nct_field_row *nct_form_fields(int32_t kind, size_t *count);

/*
 * The beginning of the paths whose fields are about the person who fills the form in; NULL: none are. It may be empty:
 * all are.
 */
const char *nct_form_self(int32_t kind);

/* What keys of its texts begin with, such as "field.user"; NULL for an unknown form. Kinds are below NCT_FORM_KINDS. */
const char *nct_form_group(int32_t kind);
#define NCT_FORM_KINDS 64

/* NULL past the end. */
const struct nct_field_row *nct_field_row_at(int32_t form, size_t index);

#define NCT_FIELD_ALONE SIZE_MAX /* the index of a field that is not repeated */

/* The field of a path, such as "users[2].email", and the index in it; NULL: there is none. */
const struct nct_field_row *nct_field_find(int32_t kind, const char *path, size_t *index);

/* The name and the label of a group of fields, and the word and the label of a choice; 0 past the last. */
int nct_field_group_at(size_t index, const char **name, const char **label);
int nct_choice_at(size_t index, const char **word, const char **label);

/* The label of a choice; NULL for none. */
const char *nct_choice_label(const char *word);

/* The key of a field's text; part is "label" or "description". */
void nct_field_key(int32_t form, const char *path, const char *part, char key[NCT_TEXT_KEY_ROOM]);

#endif
