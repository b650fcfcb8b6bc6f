/* The normal form of what was filled in: what would be kept of it. */
#include "base/about.h"
#include "base/writer.h"
#include "portal/form/inside.h"
#include "portal/form/value.h"

/* Secrets are not read back, and of documents there is a digest alone. */
static int is_readable(const struct nct_field_row *field) {
    return !nct_type_is_secret(field->type) && field->type != NCT_TYPE_CODE && field->type != NCT_TYPE_BYTES &&
           field->type != NCT_TYPE_SHOWN;
}

static nct_status check(const nct_form *form, const struct nct_field_row *field, const struct nct_form_value *value) {
    if (!is_readable(field))
        return NCT_E_ARGUMENT;
    if (!nct_form_is_set(value))
        return NCT_E_NOT_FOUND;
    return value->too_long ? NCT_E_TOO_LONG : nct_value_check(form->portal, field, value->bytes, value->len);
}

nct_status nct_form_get(const nct_form *form, const char *path, char *out, size_t capacity, size_t *out_len) {
    char text[NCT_FIELD_MAX + 1] = "";
    size_t index = NCT_FIELD_ALONE;
    struct nct_writer writer = {out, capacity, 0};
    if (NCT_MISSING(form) || NCT_MISSING(path) || (capacity > 0 && NCT_MISSING(out)))
        return NCT_E_ARGUMENT;
    const struct nct_field_row *field = nct_field_find(form->kind, path, &index);
    if (field == NULL)
        return NCT_E_UNKNOWN_FIELD;
    nct_status status = check(form, field, nct_form_find(form, field, index));
    if (status == NCT_OK)
        nct_form_text(form, path, text, sizeof text);
    nct_write(&writer, text);
    nct_status written = nct_writer_end(&writer, out_len);
    return status == NCT_OK ? written : status;
}
