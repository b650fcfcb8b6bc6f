#include "portal/form/form.h"
#include "base/about.h"

#include "engine/records/types.h"
#include "portal/form/inside.h"
#include "portal/form/value.h"

#include <nctracks/ident.h>

#include <sodium.h>
#include <stdio.h>
#include <string.h>

nct_status nct_form_new(nct_portal *portal, int32_t kind, nct_form **out) {
    if (out != NULL)
        *out = NULL;
    if (NCT_MISSING(portal) || NCT_MISSING(out) || nct_form_group(kind) == NULL)
        return NCT_E_ARGUMENT;
    *out = nct_memory_take(&portal->seams.memory, sizeof **out);
    if (*out == NULL)
        return NCT_E_NO_MEMORY;
    (*out)->portal = portal;
    (*out)->kind = kind;
    return NCT_OK;
}

static void clear_value(const nct_form *form, struct nct_form_value *value) {
    nct_memory_give_wiped(&form->portal->seams.memory, value->bytes, value->len);
    value->bytes = NULL;
    value->len = 0;
    value->too_long = 0;
}

void nct_form_free(nct_form *form) {
    if (form == NULL)
        return;
    const struct nct_memory memory = form->portal->seams.memory;
    for (size_t i = 0; i < form->count; i++)
        clear_value(form, &form->values[i]);
    nct_memory_give(&memory, form->values);
    nct_memory_give_wiped(&memory, form, sizeof *form);
}

int32_t nct_form_kind(const nct_form *form) {
    return form != NULL ? form->kind : 0;
}

int nct_form_is(const nct_form *form, int32_t kind) {
    return !NCT_MISSING(form) && (form->kind == kind || nct_about_argument(NCT_E_ARGUMENT, "form") == NCT_OK);
}

char *nct_form_code(nct_form *form) {
    return form->code;
}

struct nct_portal *nct_form_portal(const nct_form *form) {
    return form->portal;
}

struct nct_form_value *nct_form_find(const nct_form *form, const struct nct_field_row *field, size_t index) {
    for (size_t i = 0; i < form->count; i++)
        if (form->values[i].field == field && form->values[i].index == index)
            return &form->values[i];
    return NULL;
}

static struct nct_form_value *value_at(const nct_form *form, const char *path) {
    size_t index = NCT_FIELD_ALONE;
    const struct nct_field_row *field = nct_field_find(form->kind, path, &index);
    return field != NULL ? nct_form_find(form, field, index) : NULL;
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

/* Puts the bytes, or for a document their digest, into a value; identifiers and names as they look to whoever pasted
 * them. */
static nct_status store_bytes(const nct_form *form, struct nct_form_value *value, const void *bytes, size_t len) {
    unsigned char digest[NCT_HASH];
    int is_document = value->field->type == NCT_TYPE_BYTES || value->field->type == NCT_TYPE_SHOWN;
    if (is_document && len > NCT_DOCUMENT_BYTES_MAX)
        return NCT_E_LIMIT;
    if (is_document && len > 0) {
        crypto_generichash(digest, sizeof digest, bytes, len, NULL, 0);
        bytes = digest;
        len = sizeof digest;
    }
    int too_long = len > NCT_FIELD_MAX;
    char *copy = len > 0 && !too_long ? nct_memory_copy(&form->portal->seams.memory, bytes, len) : NULL;
    if (len > 0 && !too_long && copy == NULL)
        return NCT_E_NO_MEMORY;
    clear_value(form, value);
    value->bytes = copy;
    value->len = copy != NULL ? len : 0;
    if (nct_ident_kind_name(value->field->type) != NULL)
        value->len = nct_ident_plain(value->bytes, value->len);
    else if (value->field->type == NCT_TYPE_GIVEN_NAME || value->field->type == NCT_TYPE_MIDDLE_NAME ||
             value->field->type == NCT_TYPE_FAMILY_NAME)
        value->len = plain_name(value->bytes, value->len);
    value->too_long = too_long;
    return NCT_OK;
}

nct_status nct_form_set(nct_form *form, const char *path, const void *value, size_t value_len) {
    size_t index = NCT_FIELD_ALONE;
    if (NCT_MISSING(form) || NCT_MISSING(path) || (value_len > 0 && NCT_MISSING(value)))
        return NCT_E_ARGUMENT;
    const struct nct_field_row *field = nct_field_find(form->kind, path, &index);
    if (field == NULL)
        return NCT_E_UNKNOWN_FIELD;
    if (index != NCT_FIELD_ALONE && index >= NCT_USERS_MAX)
        return NCT_E_LIMIT;
    struct nct_form_value *place = nct_form_find(form, field, index);
    if (place == NULL)
        place = add_value(form, field, index);
    return place != NULL ? store_bytes(form, place, value, value_len) : NCT_E_NO_MEMORY;
}

void nct_form_forget(nct_form *form, const char *path) {
    struct nct_form_value *value = value_at(form, path);
    if (value != NULL)
        clear_value(form, value);
}

const void *nct_form_raw(const nct_form *form, const char *path, size_t *len) {
    const struct nct_form_value *value = value_at(form, path);
    *len = nct_form_is_set(value) ? value->len : 0;
    return nct_form_is_set(value) ? value->bytes : NULL;
}

static void canonical_language(const nct_form *form, const struct nct_form_value *value, char *out, size_t capacity) {
    const char *language = nct_languages_find(&form->portal->languages, value->bytes, value->len);
    snprintf(out, capacity, "%s", language != NULL ? language : "");
}

void nct_form_text(const nct_form *form, const char *path, char *out, size_t capacity) {
    const struct nct_form_value *value = value_at(form, path);
    out[0] = '\0';
    if (!nct_form_is_set(value) || value->too_long)
        return;
    if (value->field->type == NCT_TYPE_LANGUAGE)
        canonical_language(form, value, out, capacity);
    else if (value->field->type >= NCT_TYPE_TEXT && value->len < capacity)
        memcpy(out, value->bytes, value->len + 1);
    else if (value->field->type < NCT_TYPE_TEXT &&
             nct_ident_canonical(value->field->type, value->bytes, value->len, out, capacity, NULL) != NCT_OK)
        out[0] = '\0';
}

int32_t nct_form_choice(const nct_form *form, const char *path) {
    const struct nct_form_value *value = value_at(form, path);
    return nct_form_is_set(value) ? nct_value_choice(value->field->choices, value->bytes, value->len) : 0;
}

uint64_t nct_form_choices(const nct_form *form, const char *path) {
    const struct nct_form_value *value = value_at(form, path);
    uint64_t mask = 0;
    if (nct_form_is_set(value))
        (void)nct_value_choices(value->field->choices, value->bytes, value->len, &mask);
    return mask;
}

uint64_t nct_form_rights(const nct_form *form, const char *path) {
    const struct nct_form_value *value = value_at(form, path);
    uint64_t mask = 0;
    if (nct_form_is_set(value))
        (void)nct_value_rights(&form->portal->policy, value->bytes, value->len, &mask);
    return mask;
}

int64_t nct_form_time(const nct_form *form, const char *path, int is_end) {
    const struct nct_form_value *value = value_at(form, path);
    int64_t time = 0;
    if (nct_form_is_set(value))
        (void)nct_value_time(form->portal, value->bytes, value->len, is_end, &time);
    return time;
}

int nct_form_has(const nct_form *form, const char *prefix) {
    for (size_t i = 0; i < form->count; i++)
        if (nct_form_is_set(&form->values[i]) && strncmp(form->values[i].field->path, prefix, strlen(prefix)) == 0)
            return 1;
    return 0;
}

size_t nct_form_users(const nct_form *form) {
    size_t users = 0;
    for (size_t i = 0; i < form->count; i++)
        if (form->values[i].index != NCT_FIELD_ALONE && nct_form_is_set(&form->values[i]) &&
            form->values[i].index >= users)
            users = form->values[i].index + 1;
    return users;
}

int32_t nct_form_role(const nct_form *form, const char *prefix) {
    static const int32_t roles[] = {NCT_ROLE_USER,
                                    NCT_ROLE_USER,
                                    NCT_ROLE_USER_ADMINISTRATOR,
                                    NCT_ROLE_MANAGING_RELATIONSHIP,
                                    NCT_ROLE_ENROLLMENT_SPECIALIST,
                                    NCT_ROLE_BACKUP_OFFICE_ADMINISTRATOR};
    char path[64];
    snprintf(path, sizeof path, "%srole", prefix);
    return roles[nct_form_choice(form, path)];
}
