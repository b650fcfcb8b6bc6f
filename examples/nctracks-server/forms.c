#include "forms.h"

#include <string.h>

#include <nctracks/language.h>
#include <nctracks/right.h>

#include "answer.h"
#include "handlers.h"

#define KEY_MAX 128

struct kind {
    const char *name;
    int32_t form;
};

static const struct kind kinds[] = {
    {"enrollment", NCT_FORM_ENROLLMENT}, {"registration", NCT_FORM_REGISTRATION}, {"user", NCT_FORM_USER},
    {"signing", NCT_FORM_SIGNING},       {"principal", NCT_FORM_PRINCIPAL},       {"contact", NCT_FORM_CONTACT},
    {"draft", NCT_FORM_DRAFT},           {"oa_change", NCT_FORM_OA_CHANGE},       {"eft_change", NCT_FORM_EFT_CHANGE},
    {"person", NCT_FORM_PERSON},         {"provider", NCT_FORM_PROVIDER},         {"access", NCT_FORM_ACCESS},
    {"invitation", NCT_FORM_INVITATION}, {"acceptance", NCT_FORM_ACCEPTANCE},
};

/* The form of the path; answers where there is none. */
static int32_t named(struct request *request) {
    const char *name = request_part(request, "form");
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        if (strcmp(kinds[i].name, name) == 0) {
            return kinds[i].form;
        }
    }
    answer_http(request, MHD_HTTP_NOT_FOUND, "HTTP_NOT_FOUND", "There is no such form.");
    return 0;
}

/* ---- Drawing: all of it is said by the library's table, in the reader's language ---- */

static void append_choice(json_t *choices, const char *name, const char *title) {
    json_array_append_new(choices, json_pack("{s:s, s:s}", "name", name, "title", title != NULL ? title : name));
}

static json_t *words(const char *list) {
    json_t *names = json_array();
    size_t len = 0;
    const char *word = NULL;
    for (size_t i = 0; (word = settings_word(list, i, &len)) != NULL; i++) {
        json_array_append_new(names, json_stringn(word, len));
    }
    return names;
}

static json_t *listed_choices(const struct request *request, int32_t form, size_t index) {
    json_t *choices = json_array();
    json_t *names = words(nct_field_choices(form, index));
    size_t i;
    json_t *one;
    json_array_foreach(names, i, one) {
        const char *name = json_string_value(one);
        append_choice(choices, name,
                      nct_field_choice_label_in(request->server->portal, form, index, name, request_language(request)));
    }
    json_decref(names);
    return choices;
}

static json_t *right_choices(const struct request *request) {
    const nct_policy *policy = nct_portal_policy(request->server->portal);
    json_t *choices = json_array();
    for (int32_t right = 0; right < NCT_RIGHT_COUNT; right++) {
        const char *name = nct_right_name(policy, right);
        char key[KEY_MAX];
        if (name != NULL) {
            snprintf(key, sizeof key, "right.%s.title", name);
            const char *title = nct_portal_text(request->server->portal, request_language(request), key);
            append_choice(choices, name, title != NULL ? title : nct_right_title(policy, right));
        }
    }
    return choices;
}

static json_t *language_choices(const struct request *request) {
    const nct_portal *portal = request->server->portal;
    json_t *choices = json_array();
    for (size_t i = 0; i < nct_portal_language_count(portal); i++) {
        const char *tag = nct_portal_language_at(portal, i);
        append_choice(choices, tag, nct_portal_text(portal, tag, "language.name"));
    }
    return choices;
}

static json_t *choices_of(const struct request *request, int32_t form, size_t index) {
    const char *type = nct_field_type(form, index);
    if (strcmp(type, "rights") == 0) {
        return right_choices(request);
    }
    if (strcmp(type, "language") == 0) {
        return language_choices(request);
    }
    return listed_choices(request, form, index);
}

/* What it is called, and what there is to choose. */
static void put_words(const struct request *request, json_t *field, int32_t form, size_t index) {
    const nct_portal *portal = request->server->portal;
    const char *language = request_language(request);
    json_object_set_new(field, "label", json_string(nct_field_label_in(portal, form, index, language)));
    json_object_set_new(field, "description", json_string(nct_field_description_in(portal, form, index, language)));
    json_object_set_new(field, "choices", choices_of(request, form, index));
}

/* How the control looks and behaves, in the words of HTML. */
static void put_control(json_t *field, int32_t form, size_t index) {
    json_object_set_new(field, "input", json_string(nct_field_input(form, index)));
    json_object_set_new(field, "inputmode", json_string(nct_field_inputmode(form, index)));
    json_object_set_new(field, "autocomplete", json_string(nct_field_autocomplete(form, index)));
    json_object_set_new(field, "max_length", json_integer((json_int_t)nct_field_max_characters(form, index)));
    json_object_set_new(field, "secret", json_boolean(nct_field_secret(form, index)));
}

static void put_group(const struct request *request, json_t *field, int32_t form, size_t index) {
    const char *label = nct_field_group_label_in(request->server->portal, form, index, request_language(request));
    json_object_set_new(field, "group", json_string(nct_field_group(form, index)));
    json_object_set_new(field, "group_label", json_string(label));
    json_object_set_new(field, "group_required", json_boolean(nct_field_group_required(form, index)));
    json_object_set_new(field, "group_max", json_integer((json_int_t)nct_field_group_max(form, index)));
}

static json_t *drawn(const struct request *request, int32_t form, size_t index) {
    json_t *field = json_pack("{s:s, s:s, s:b, s:o}", "path", nct_field_path(form, index), "type",
                              nct_field_type(form, index), "required", nct_field_required(form, index), "required_with",
                              words(nct_field_required_with(form, index)));
    put_words(request, field, form, index);
    put_control(field, form, index);
    put_group(request, field, form, index);
    return field;
}

void form_get(struct request *request) {
    int32_t form = named(request);
    if (form == 0) {
        return;
    }
    json_t *fields = json_array();
    for (size_t i = 0; i < nct_field_count(form); i++) {
        json_array_append_new(fields, drawn(request, form, i));
    }
    answer_data(request, MHD_HTTP_OK, json_pack("{s:s, s:o}", "form", request_part(request, "form"), "fields", fields));
}

/* ---- Filling ---- */

/* What cannot even be set is a problem of its field. */
static bool set_all(struct request *request, nct_form *form, json_t *fields) {
    const char *path;
    json_t *value;
    json_object_foreach(fields, path, value) {
        nct_status status = json_is_string(value)
                                ? nct_form_set(form, path, json_string_value(value), json_string_length(value))
                                : NCT_E_FORMAT;
        if (status != NCT_OK) {
            answer_path(request, path, status);
            return false;
        }
    }
    return true;
}

nct_form *forms_fill(struct request *request, int32_t kind) {
    static const char *const only[] = {"fields", NULL};
    return forms_fill_beside(request, kind, only);
}

nct_form *forms_fill_beside(struct request *request, int32_t kind, const char *const *only) {
    nct_form *form = NULL;
    json_t *fields = json_object_get(request->json, "fields");
    if (!request_has_only(request, only)) {
        return NULL;
    }
    if (!json_is_object(fields)) {
        answer_field(request, "fields", fields == NULL ? NCT_E_REQUIRED : NCT_E_FORMAT);
        return NULL;
    }
    nct_status status = nct_form_new(request->server->portal, kind, &form);
    if (status != NCT_OK) {
        answer_status(request, status, NULL);
        return NULL;
    }
    if (!set_all(request, form, fields)) {
        nct_form_free(form);
        return NULL;
    }
    return form;
}

bool forms_set(struct request *request, nct_form *form, const char *path, const char *value) {
    nct_status status = nct_form_set(form, path, value, strlen(value));
    if (status != NCT_OK) {
        answer_path(request, path, status);
    }
    return status == NCT_OK;
}

void form_validate(struct request *request) {
    int32_t kind = named(request);
    nct_form *form = kind != 0 ? forms_fill(request, kind) : NULL;
    nct_problems *problems = NULL;
    if (form == NULL) {
        return;
    }
    nct_status status = nct_form_validate(form, &problems);
    if (status == NCT_OK || status == NCT_E_PROBLEMS) {
        answer_data(request, MHD_HTTP_OK, json_pack("{s:o}", "problems", answer_problems(request, problems)));
    } else {
        answer_status(request, status, NULL);
    }
    nct_problems_free(problems);
    nct_form_free(form);
}
