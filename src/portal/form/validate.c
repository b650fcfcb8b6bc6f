/* What is wrong with a form: each field alone, then what its kind asks of them together. */
#include "base/about.h"
#include "portal/form/inside.h"
#include "portal/form/rules.h"
#include "portal/form/value.h"

#include <stdio.h>
#include <string.h>

#define PATH_ROOM 64

/* Whether any field of a group was given; of a repeated one, of this index. */
static int group_is_used(const nct_form *form, const char *group, size_t len, size_t index) {
    for (size_t i = 0; i < form->count; i++) {
        const struct nct_form_value *value = &form->values[i];
        const char *path = value->field->path;
        if (value->index == index && nct_form_is_set(value) && strncmp(path, group, len) == 0 && path[len] == '.')
            return 1;
    }
    return 0;
}

static int any_group_is_used(const nct_form *form, const char *groups, size_t index) {
    for (const char *at = groups; *at != '\0';) {
        size_t len = strcspn(at, " ");
        if (group_is_used(form, at, len, index))
            return 1;
        at += len + (at[len] == ' ');
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

/* Whether one of some fields, named by the ends of their paths, was given beside this one. */
static int any_is_beside(const nct_form *form, const struct nct_field_row *field, size_t index,
                         const char *const *names) {
    const char *dot = strrchr(field->path, '.');
    size_t len = dot != NULL ? (size_t)(dot + 1 - field->path) : 0;
    for (size_t i = 0; i < form->count; i++) {
        const struct nct_form_value *value = &form->values[i];
        const char *path = value->field->path;
        if (value->index != index || !nct_form_is_set(value) || strncmp(path, field->path, len) != 0)
            continue;
        for (const char *const *name = names; *name != NULL; name++)
            if (strcmp(path + len, *name) == 0)
                return 1;
    }
    return 0;
}

/* Whether it is said, beside this field, that the person has one name. */
static int has_one_name(const nct_form *form, const struct nct_field_row *field, size_t index) {
    static const char *const names[] = {"one_name", NULL};
    return any_is_beside(form, field, index, names);
}

/* A name is given whole or not at all; only of what is on file a part may change. */
static int completes_name(const nct_form *form, const struct nct_field_row *field, size_t index) {
    static const char *const names[] = {"first_name", "middle_name", "last_name", "suffix", "one_name", NULL};
    int is_needed = field->type == NCT_TYPE_GIVEN_NAME || field->type == NCT_TYPE_FAMILY_NAME;
    return is_needed && form->kind != NCT_FORM_CONTACT && any_is_beside(form, field, index, names);
}

static int is_required(const nct_form *form, const struct nct_field_row *field, size_t index,
                       const struct checking *checking) {
    if (checking->without_secrets && nct_type_is_secret(field->type))
        return 0;
    return strcmp(field->need, NCT_REQUIRED) == 0 || any_group_is_used(form, field->need, index) ||
           completes_name(form, field, index);
}

/* Somebody with one name has neither of these. */
static int is_of_several_names(const struct nct_field_row *field) {
    return field->type == NCT_TYPE_GIVEN_NAME || field->type == NCT_TYPE_MIDDLE_NAME;
}

static nct_status check_field(const nct_form *form, const struct nct_field_row *field, size_t index,
                              const struct checking *checking) {
    char path[PATH_ROOM];
    const struct nct_form_value *value = nct_form_find(form, field, index);
    int one_name = is_of_several_names(field) && has_one_name(form, field, index);
    nct_status code = NCT_OK;
    nct_about_nothing();
    if (nct_form_is_set(value) && one_name)
        code = NCT_E_ONE_NAME;
    else if (nct_form_is_set(value))
        code = value->too_long ? NCT_E_TOO_LONG : nct_value_check(form->portal, field, value->bytes, value->len);
    else if (!one_name && is_required(form, field, index, checking))
        code = NCT_E_REQUIRED;
    if (code == NCT_OK)
        return NCT_OK;
    write_path(field, index, path);
    return nct_problems_add(checking->problems, path, code);
}

static nct_status check_fields(const nct_form *form, const struct checking *checking) {
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

static nct_status validate(const nct_form *form, nct_form_rule *rule, int without_secrets, nct_problems **out) {
    struct nct_problems *problems = NULL;
    if (out != NULL)
        *out = NULL;
    if (NCT_MISSING(form))
        return NCT_E_ARGUMENT;
    nct_status status = nct_problems_new(form->portal, form->kind, &problems);
    struct checking checking = {without_secrets, problems};
    if (status == NCT_OK)
        status = check_fields(form, &checking);
    if (status == NCT_OK && rule != NULL)
        status = rule(form, problems);
    return nct_problems_finish(problems, status, out);
}

nct_status nct_form_validate(const nct_form *form, nct_problems **problems) {
    return validate(form, nct_form_rule_of(nct_form_kind(form)), 0, problems);
}

nct_status nct_form_validate_without_secrets(const nct_form *form, nct_problems **out) {
    return validate(form, NULL, 1, out);
}

nct_status nct_form_refuse(const nct_form *form, const char *path, nct_status code, struct nct_problems **out) {
    struct nct_problems *problems = NULL;
    nct_status status = nct_problems_new(form->portal, form->kind, &problems);
    if (status == NCT_OK)
        status = nct_problems_add(problems, path, code);
    return nct_problems_finish(problems, status, out);
}
