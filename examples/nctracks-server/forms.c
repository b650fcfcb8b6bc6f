#include "forms.h"

#include <string.h>

#include <nctracks/language.h>

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

/* ---- Drawing ---- */

/* The catalogue's text of a name, whatever it is the name of; the name itself where there is none. */
static const char *described(const struct request *request, const char *name) {
    static const char *const groups[] = {"role", "relationship", "submission", "right"};
    const nct_portal *portal = request->server->portal;
    for (size_t i = 0; i < sizeof groups / sizeof groups[0]; i++) {
        char key[KEY_MAX];
        snprintf(key, sizeof key, "%s.%s", groups[i], name);
        const char *text = nct_portal_text(portal, request_language(request), key);
        if (text != NULL) {
            return text;
        }
    }
    return name;
}

static void append_choice(json_t *choices, const char *name, const char *description) {
    json_array_append_new(choices, json_pack("{s:s, s:s}", "name", name, "description", description));
}

static json_t *listed_choices(const struct request *request, const char *list) {
    json_t *choices = json_array();
    size_t len = 0;
    const char *word = NULL;
    for (size_t i = 0; (word = settings_word(list, i, &len)) != NULL; i++) {
        char name[KEY_MAX];
        snprintf(name, sizeof name, "%.*s", (int)len, word);
        append_choice(choices, name, described(request, name));
    }
    return choices;
}

static json_t *right_choices(const struct request *request) {
    const nct_policy *policy = nct_portal_policy(request->server->portal);
    json_t *choices = json_array();
    for (int32_t right = 0; right < NCT_RIGHT_COUNT; right++) {
        const char *name = nct_right_name(policy, right);
        if (name != NULL) {
            append_choice(choices, name, described(request, name));
        }
    }
    return choices;
}

static json_t *language_choices(const struct request *request) {
    const nct_portal *portal = request->server->portal;
    json_t *choices = json_array();
    for (size_t i = 0; i < nct_portal_language_count(portal); i++) {
        const char *tag = nct_portal_language_at(portal, i);
        const char *name = nct_portal_text(portal, tag, "language.name");
        append_choice(choices, tag, name != NULL ? name : tag);
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
    return listed_choices(request, nct_field_choices(form, index));
}

static json_t *drawn(const struct request *request, int32_t form, size_t index) {
    const nct_portal *portal = request->server->portal;
    const char *language = request_language(request);
    return json_pack("{s:s, s:s, s:b, s:s, s:s, s:o}", "path", nct_field_path(form, index), "type",
                     nct_field_type(form, index), "required", nct_field_required(form, index), "label",
                     nct_field_label_in(portal, form, index, language), "description",
                     nct_field_description_in(portal, form, index, language), "choices",
                     choices_of(request, form, index));
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
    answer_data(request, MHD_HTTP_OK,
                json_pack("{s:s, s:o, s:I, s:I}", "form", request_part(request, "form"), "fields", fields, "users_max",
                          (json_int_t)NCT_USERS_MAX, "field_max", (json_int_t)NCT_FIELD_MAX));
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
