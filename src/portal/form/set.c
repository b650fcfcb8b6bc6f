/* Setting fields of a form: one, or many at once, all of them or none. */
#include "base/about.h"
#include "engine/records/types.h"
#include "portal/form/form.h"
#include "portal/form/inside.h"

#include <nctracks/ident.h>

#include <sodium.h>
#include <string.h>

/* The field of a path, and its index in a repeated group. */
static nct_status find_field(const nct_form *form, const char *path, struct nct_form_value *value) {
    value->index = NCT_FIELD_ALONE;
    value->field = nct_field_find(form->kind, path, &value->index);
    if (value->field == NULL)
        return NCT_E_UNKNOWN_FIELD;
    return value->index != NCT_FIELD_ALONE && value->index >= NCT_USERS_MAX ? NCT_E_LIMIT : NCT_OK;
}

/* A name without the spaces that come along when it is pasted: none at its ends, one between two words. */
static size_t plain_name(char *name, size_t len) {
    size_t end = nct_ident_plain(name, len);
    size_t count = 0;
    for (size_t i = 0; i < end; i++)
        if (name[i] != ' ' || (count > 0 && name[count - 1] != ' '))
            name[count++] = name[i];
    count -= count > 0 && name[count - 1] == ' ';
    if (name != NULL)
        memset(name + count, 0, len - count);
    return count;
}

/* What is kept of the bytes: a copy, with identifiers and names as they look to whoever pasted them. */
static nct_status keep_bytes(const nct_form *form, struct nct_form_value *value, const void *bytes, size_t len) {
    int32_t type = value->field->type;
    value->too_long = len > NCT_FIELD_MAX;
    if (len == 0 || value->too_long)
        return NCT_OK;
    value->bytes = nct_memory_copy(&form->portal->seams.memory, bytes, len);
    if (value->bytes == NULL)
        return NCT_E_NO_MEMORY;
    value->len = len;
    if (nct_ident_kind_name(type) != NULL)
        value->len = nct_ident_plain(value->bytes, len);
    else if (type == NCT_TYPE_GIVEN_NAME || type == NCT_TYPE_MIDDLE_NAME || type == NCT_TYPE_FAMILY_NAME)
        value->len = plain_name(value->bytes, len);
    return NCT_OK;
}

/* The value a field is to have; of a document, its digest. Nothing is set yet. */
static nct_status make_value(const nct_form *form, const char *path, const void *bytes, size_t len,
                             struct nct_form_value *value) {
    unsigned char digest[NCT_HASH];
    *value = (struct nct_form_value){.field = NULL};
    nct_status status = find_field(form, path, value);
    if (status != NCT_OK)
        return status;
    if (value->field->type != NCT_TYPE_BYTES && value->field->type != NCT_TYPE_SHOWN)
        return keep_bytes(form, value, bytes, len);
    if (len > NCT_DOCUMENT_BYTES_MAX)
        return NCT_E_LIMIT;
    if (len > 0)
        crypto_generichash(digest, sizeof digest, bytes, len, NULL, 0);
    return keep_bytes(form, value, digest, len > 0 ? sizeof digest : 0);
}

static struct nct_form_value *add_value(nct_form *form, const struct nct_field_row *field, size_t index) {
    const struct nct_memory *memory = &form->portal->seams.memory;
    if (form->count == form->capacity) {
        size_t capacity = form->capacity > 0 ? 2 * form->capacity : 32;
        struct nct_form_value *values = nct_memory_take_array(memory, capacity, sizeof *values);
        if (values == NULL)
            return NULL;
        if (form->count > 0)
            memcpy(values, form->values, form->count * sizeof *values);
        nct_memory_give(memory, form->values);
        form->values = values;
        form->capacity = capacity;
    }
    struct nct_form_value *value = &form->values[form->count++];
    *value = (struct nct_form_value){.field = field, .index = index};
    return value;
}

/* Room for a value: that of the one there is, or an empty one. */
static struct nct_form_value *room_for(nct_form *form, const struct nct_form_value *value) {
    struct nct_form_value *place = nct_form_find(form, value->field, value->index);
    return place != NULL ? place : add_value(form, value->field, value->index);
}

/* Hands a value over to the form, which has room for it. */
static void put_value(nct_form *form, const struct nct_form_value *value) {
    struct nct_form_value *place = nct_form_find(form, value->field, value->index);
    nct_form_clear_value(form, place);
    *place = *value;
}

nct_status nct_form_set(nct_form *form, const char *path, const void *value, size_t value_len) {
    struct nct_form_value made;
    if (NCT_MISSING(form) || NCT_MISSING(path) || (value_len > 0 && NCT_MISSING(value)))
        return NCT_E_ARGUMENT;
    nct_status status = make_value(form, path, value, value_len, &made);
    if (status == NCT_OK && room_for(form, &made) == NULL)
        status = NCT_E_NO_MEMORY;
    if (status == NCT_OK)
        put_value(form, &made);
    else
        nct_form_clear_value(form, &made);
    return status;
}

/* Which of the fields is refused; memory is short for no field in particular. */
static nct_status about_place(nct_status status, size_t index) {
    if (status == NCT_E_NO_MEMORY)
        return status;
    return nct_about_argument(nct_about(status, NCT_ABOUT_PLACE, (int64_t)index + 1), "fields");
}

/* Makes every value and room for it, so that nothing can fail any more. */
static nct_status make_values(nct_form *form, size_t count, const nct_form_field *fields,
                              struct nct_form_value *values) {
    for (size_t i = 0; i < count; i++) {
        if (fields[i].path == NULL)
            return about_place(NCT_E_ARGUMENT, i);
        const char *value = fields[i].value != NULL ? fields[i].value : "";
        nct_status status = make_value(form, fields[i].path, value, strlen(value), &values[i]);
        if (status != NCT_OK)
            return about_place(status, i);
        if (room_for(form, &values[i]) == NULL)
            return NCT_E_NO_MEMORY;
    }
    return NCT_OK;
}

nct_status nct_form_fill(nct_form *form, size_t count, const nct_form_field *fields) {
    if (NCT_MISSING(form) || (count > 0 && NCT_MISSING(fields)))
        return NCT_E_ARGUMENT;
    if (count == 0)
        return NCT_OK;
    const struct nct_memory *memory = &form->portal->seams.memory;
    struct nct_form_value *values = nct_memory_take_array(memory, count, sizeof *values);
    if (values == NULL)
        return NCT_E_NO_MEMORY;
    nct_status status = make_values(form, count, fields, values);
    for (size_t i = 0; i < count; i++) {
        if (status == NCT_OK)
            put_value(form, &values[i]);
        else
            nct_form_clear_value(form, &values[i]);
    }
    nct_memory_give(memory, values);
    return status;
}
