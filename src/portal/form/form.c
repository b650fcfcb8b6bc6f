#include "portal/form/form.h"
#include "base/about.h"

#include "engine/records/types.h"
#include "portal/form/inside.h"
#include "portal/form/value.h"

#include <nctracks/ident.h>

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

void nct_form_free(nct_form *form) {
    if (form == NULL)
        return;
    const struct nct_memory memory = form->portal->seams.memory;
    for (size_t i = 0; i < form->count; i++)
        nct_form_clear_value(form, &form->values[i]);
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

void nct_form_clear_value(const nct_form *form, struct nct_form_value *value) {
    nct_memory_give_wiped(&form->portal->seams.memory, value->bytes, value->len);
    value->bytes = NULL;
    value->len = 0;
    value->too_long = 0;
}

static struct nct_form_value *value_at(const nct_form *form, const char *path) {
    size_t index = NCT_FIELD_ALONE;
    const struct nct_field_row *field = nct_field_find(form->kind, path, &index);
    return field != NULL ? nct_form_find(form, field, index) : NULL;
}

void nct_form_forget(nct_form *form, const char *path) {
    struct nct_form_value *value = value_at(form, path);
    if (value != NULL)
        nct_form_clear_value(form, value);
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
