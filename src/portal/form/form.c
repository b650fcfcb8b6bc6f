#include "portal/form/form.h"

#include "engine/records/types.h"
#include "portal/form/value.h"

#include <nctracks/ident.h>

#include <sodium.h>
#include <stdio.h>
#include <string.h>

#define PATH_ROOM 64

struct value {
    const struct nct_field_row *field;
    size_t index; /* of a repeated group; NCT_FIELD_ALONE elsewhere */
    char *bytes;
    size_t len;
    int too_long; /* nothing was kept */
};

struct nct_form {
    struct nct_portal *portal;
    int32_t kind;
    struct value *values;
    size_t count;
    size_t capacity;
};

nct_status nct_form_new(struct nct_portal *portal, int32_t kind, struct nct_form **out) {
    if (out != NULL)
        *out = NULL;
    if (portal == NULL || out == NULL)
        return NCT_E_ARGUMENT;
    *out = nct_memory_take(&portal->seams.memory, sizeof **out);
    if (*out == NULL)
        return NCT_E_NO_MEMORY;
    (*out)->portal = portal;
    (*out)->kind = kind;
    return NCT_OK;
}

static void clear_value(const struct nct_form *form, struct value *value) {
    nct_memory_give_wiped(&form->portal->seams.memory, value->bytes, value->len);
    value->bytes = NULL;
    value->len = 0;
    value->too_long = 0;
}

void nct_form_free(struct nct_form *form) {
    if (form == NULL)
        return;
    const struct nct_memory memory = form->portal->seams.memory;
    for (size_t i = 0; i < form->count; i++)
        clear_value(form, &form->values[i]);
    nct_memory_give(&memory, form->values);
    nct_memory_give(&memory, form);
}

int32_t nct_form_kind(const struct nct_form *form) {
    return form->kind;
}

struct nct_portal *nct_form_portal(const struct nct_form *form) {
    return form->portal;
}

static struct value *find_value(const struct nct_form *form, const struct nct_field_row *field, size_t index) {
    for (size_t i = 0; i < form->count; i++)
        if (form->values[i].field == field && form->values[i].index == index)
            return &form->values[i];
    return NULL;
}

static struct value *value_at(const struct nct_form *form, const char *path) {
    size_t index = NCT_FIELD_ALONE;
    const struct nct_field_row *field = nct_field_find(form->kind, path, &index);
    return field != NULL ? find_value(form, field, index) : NULL;
}

static struct value *add_value(struct nct_form *form, const struct nct_field_row *field, size_t index) {
    const struct nct_memory *memory = &form->portal->seams.memory;
    if (form->count == form->capacity) {
        size_t capacity = form->capacity > 0 ? 2 * form->capacity : 32;
        struct value *values = nct_memory_take_array(memory, capacity, sizeof *values);
        if (values == NULL)
            return NULL;
        if (form->count > 0)
            memcpy(values, form->values, form->count * sizeof *values);
        nct_memory_give(memory, form->values);
        form->values = values;
        form->capacity = capacity;
    }
    struct value *value = &form->values[form->count++];
    *value = (struct value){.field = field, .index = index};
    return value;
}

/* Puts the bytes, or for a document their digest, into a value; identifiers as they look to whoever pasted them. */
static nct_status store_bytes(const struct nct_form *form, struct value *value, const void *bytes, size_t len) {
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
    value->too_long = too_long;
    return NCT_OK;
}

nct_status nct_form_set(struct nct_form *form, const char *path, const void *value, size_t len) {
    size_t index = NCT_FIELD_ALONE;
    if (form == NULL || path == NULL || (value == NULL && len > 0))
        return NCT_E_ARGUMENT;
    const struct nct_field_row *field = nct_field_find(form->kind, path, &index);
    if (field == NULL)
        return NCT_E_UNKNOWN_FIELD;
    if (index != NCT_FIELD_ALONE && index >= NCT_USERS_MAX)
        return NCT_E_LIMIT;
    struct value *place = find_value(form, field, index);
    if (place == NULL)
        place = add_value(form, field, index);
    return place != NULL ? store_bytes(form, place, value, len) : NCT_E_NO_MEMORY;
}

void nct_form_forget(struct nct_form *form, const char *path) {
    struct value *value = value_at(form, path);
    if (value != NULL)
        clear_value(form, value);
}

static int is_set(const struct value *value) {
    return value != NULL && (value->len > 0 || value->too_long);
}

/* Length of the part of a path that names its group. */
static size_t group_len(const char *path) {
    const char *dot = strrchr(path, '.');
    return dot != NULL ? (size_t)(dot - path) + 1 : 0;
}

static int group_is_used(const struct nct_form *form, const struct nct_field_row *field, size_t index) {
    size_t len = group_len(field->path);
    for (size_t i = 0; i < form->count; i++) {
        const struct value *value = &form->values[i];
        if (value->index == index && is_set(value) && strncmp(value->field->path, field->path, len) == 0)
            return 1;
    }
    return 0;
}

static void write_path(const struct nct_field_row *field, size_t index, char path[PATH_ROOM]) {
    const char *open = strchr(field->path, '[');
    if (open == NULL)
        snprintf(path, PATH_ROOM, "%s", field->path);
    else
        snprintf(path, PATH_ROOM, "%.*s[%zu%s", (int)(open - field->path), field->path, index, open + 2);
}

/* How a form is checked. */
struct checking {
    int without_secrets;
    struct nct_problems *problems;
};

static int is_required(const struct nct_form *form, const struct nct_field_row *field, size_t index,
                       const struct checking *checking) {
    if (checking->without_secrets && nct_type_is_secret(field->type))
        return 0;
    return field->need == NCT_REQUIRED || (field->need == NCT_REQUIRED_IN_GROUP && group_is_used(form, field, index));
}

static nct_status check_field(const struct nct_form *form, const struct nct_field_row *field, size_t index,
                              const struct checking *checking) {
    char path[PATH_ROOM];
    const struct value *value = find_value(form, field, index);
    nct_status code = NCT_OK;
    if (is_set(value))
        code = value->too_long ? NCT_E_TOO_LONG : nct_value_check(form->portal, field, value->bytes, value->len);
    else if (is_required(form, field, index, checking))
        code = NCT_E_REQUIRED;
    if (code == NCT_OK)
        return NCT_OK;
    write_path(field, index, path);
    return nct_problems_add(checking->problems, path, code);
}

static nct_status check_fields(const struct nct_form *form, const struct checking *checking) {
    size_t count = 0;
    size_t users = nct_form_users(form);
    const struct nct_field_row *rows = nct_form_fields(form->kind, &count);
    nct_status status = NCT_OK;
    for (size_t i = 0; i < count && status == NCT_OK; i++)
        if (strchr(rows[i].path, '[') == NULL)
            status = check_field(form, &rows[i], NCT_FIELD_ALONE, checking);
    for (size_t user = 0; user < users; user++)
        for (size_t i = 0; i < count && status == NCT_OK; i++)
            if (strchr(rows[i].path, '[') != NULL)
                status = check_field(form, &rows[i], user, checking);
    return status;
}

static nct_status validate(const struct nct_form *form, nct_form_rule *rule, int without_secrets,
                           struct nct_problems **out) {
    struct nct_problems *problems = NULL;
    if (out != NULL)
        *out = NULL;
    if (form == NULL)
        return NCT_E_ARGUMENT;
    nct_status status = nct_problems_new(form->portal, form->kind, &problems);
    struct checking checking = {without_secrets, problems};
    if (status == NCT_OK)
        status = check_fields(form, &checking);
    if (status == NCT_OK && rule != NULL)
        status = rule(form, problems);
    return nct_problems_finish(problems, status, out);
}

nct_status nct_form_validate(const struct nct_form *form, nct_form_rule *rule, struct nct_problems **out) {
    return validate(form, rule, 0, out);
}

nct_status nct_form_validate_without_secrets(const struct nct_form *form, struct nct_problems **out) {
    return validate(form, NULL, 1, out);
}

nct_status nct_form_refuse(const struct nct_form *form, const char *path, nct_status code, struct nct_problems **out) {
    struct nct_problems *problems = NULL;
    nct_status status = nct_problems_new(form->portal, form->kind, &problems);
    if (status == NCT_OK)
        status = nct_problems_add(problems, path, code);
    return nct_problems_finish(problems, status, out);
}

const void *nct_form_raw(const struct nct_form *form, const char *path, size_t *len) {
    const struct value *value = value_at(form, path);
    *len = is_set(value) ? value->len : 0;
    return is_set(value) ? value->bytes : NULL;
}

static void canonical_language(const struct nct_form *form, const struct value *value, char *out, size_t capacity) {
    const char *language = nct_languages_find(&form->portal->languages, value->bytes, value->len);
    snprintf(out, capacity, "%s", language != NULL ? language : "");
}

void nct_form_text(const struct nct_form *form, const char *path, char *out, size_t capacity) {
    const struct value *value = value_at(form, path);
    out[0] = '\0';
    if (!is_set(value) || value->too_long)
        return;
    if (value->field->type == NCT_TYPE_LANGUAGE)
        canonical_language(form, value, out, capacity);
    else if (value->field->type < NCT_TYPE_TEXT)
        nct_ident_canonical(value->field->type, value->bytes, value->len, out, capacity, NULL);
    else if (value->len < capacity)
        memcpy(out, value->bytes, value->len + 1);
}

int32_t nct_form_choice(const struct nct_form *form, const char *path) {
    const struct value *value = value_at(form, path);
    return is_set(value) ? nct_value_choice(value->field->choices, value->bytes, value->len) : 0;
}

uint64_t nct_form_choices(const struct nct_form *form, const char *path) {
    const struct value *value = value_at(form, path);
    uint64_t mask = 0;
    if (is_set(value))
        (void)nct_value_choices(value->field->choices, value->bytes, value->len, &mask);
    return mask;
}

uint64_t nct_form_rights(const struct nct_form *form, const char *path) {
    const struct value *value = value_at(form, path);
    uint64_t mask = 0;
    if (is_set(value))
        (void)nct_value_rights(&form->portal->policy, value->bytes, value->len, &mask);
    return mask;
}

int nct_form_has(const struct nct_form *form, const char *prefix) {
    for (size_t i = 0; i < form->count; i++)
        if (is_set(&form->values[i]) && strncmp(form->values[i].field->path, prefix, strlen(prefix)) == 0)
            return 1;
    return 0;
}

size_t nct_form_users(const struct nct_form *form) {
    size_t users = 0;
    for (size_t i = 0; i < form->count; i++)
        if (form->values[i].index != NCT_FIELD_ALONE && is_set(&form->values[i]) && form->values[i].index >= users)
            users = form->values[i].index + 1;
    return users;
}
