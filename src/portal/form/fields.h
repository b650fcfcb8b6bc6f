/* The tables of fields: what forms can hold. */
#ifndef NCT_PORTAL_FORM_FIELDS_H
#define NCT_PORTAL_FORM_FIELDS_H

#include "language/catalogue.h"

#include <nctracks/form.h>

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

/* What keys of its texts begin with, such as "field.user"; NULL for an unknown form. Kinds are below NCT_FORM_KINDS. */
const char *nct_form_group(int32_t kind);
#define NCT_FORM_KINDS 64

#define NCT_FIELD_ALONE SIZE_MAX /* the index of a field that is not repeated */

/* The field of a path, such as "users[2].email", and the index in it; NULL: there is none. */
const struct nct_field_row *nct_field_find(int32_t kind, const char *path, size_t *index);

/* The key of a field's text; part is "label" or "description". */
void nct_field_key(int32_t form, const char *path, const char *part, char key[NCT_TEXT_KEY_ROOM]);

#endif
