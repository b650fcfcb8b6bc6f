/* What a form is made of, for this room alone. */
#ifndef NCT_PORTAL_FORM_INSIDE_H
#define NCT_PORTAL_FORM_INSIDE_H

#include "portal/form/form.h"

#include <nctracks/provider.h>

struct nct_form_value {
    const struct nct_field_row *field;
    size_t index; /* of a repeated group; NCT_FIELD_ALONE elsewhere */
    char *bytes;
    size_t len;
    int too_long; /* nothing was kept */
};

struct nct_form {
    struct nct_portal *portal;
    int32_t kind;
    struct nct_form_value *values;
    size_t count;
    size_t capacity;
    char code[NCT_AUTHORIZATION_CODE_LENGTH + 1]; /* see nct_form_code() */
};

/* The value of a field; NULL if none was ever set. */
struct nct_form_value *nct_form_find(const nct_form *form, const struct nct_field_row *field, size_t index);

/* Wipes and forgets what a field was set to. */
void nct_form_clear_value(const nct_form *form, struct nct_form_value *value);

/* Whether there is a value; NULL is none. */
static inline int nct_form_is_set(const struct nct_form_value *value) {
    return value != NULL && (value->len > 0 || value->too_long);
}

#endif
