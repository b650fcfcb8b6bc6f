#include "users.h"

#include <string.h>

#include <nctracks/language.h>
#include <nctracks/pin.h>
#include <nctracks/question.h>
#include <nctracks/right.h>
#include <nctracks/role.h>

#include "access.h"
#include "answer.h"
#include "forms.h"
#include "handlers.h"
#include "people.h"

struct deed users_deed(const struct request *request) {
    return (struct deed){request->server->portal, request->session.ncid, request_part(request, "provider"),
                         request_part(request, "ncid")};
}

void users_answer(struct request *request, nct_status status, const nct_problems *problems, unsigned done,
                  int32_t authority) {
    if (status == NCT_OK) {
        answer_done(request, done, problems);
    } else {
        answer_refused(request, status, problems, request_part(request, "provider"), authority);
    }
}

/* ---- The table of people and rights ---- */

/* Whether whoever asks manages the role, so that the page offers a change. Nobody changes their own access. */
static bool manageable(const struct request *request, int32_t own, const nct_grant_list *list, size_t index) {
    return strcmp(nct_grant_list_ncid(list, index), request->session.ncid) != 0 &&
           nct_policy_role_manages(nct_portal_policy(request->server->portal), own, nct_grant_list_role(list, index)) ==
               1;
}

static void put_person(json_t *row, const nct_person *person) {
    json_object_set_new(row, "name", json_string(person != NULL ? nct_person_display_name(person) : ""));
    json_object_set_new(row, "email_masked", json_string(person != NULL ? nct_person_email(person) : ""));
    json_object_set_new(row, "phone_masked", json_string(person != NULL ? nct_person_phone(person) : ""));
    json_object_set_new(row, "pin",
                        person != NULL ? people_pin(nct_person_pin_state(person), nct_person_pin_issued_at(person))
                                       : people_pin(NCT_PIN_NONE, 0));
}

/* Of lists that bring no people with them, each is read by itself. */
static void find_person(const struct request *request, json_t *row, const nct_grant_list *list, size_t index) {
    struct deed deed = users_deed(request);
    const char *ncid = nct_grant_list_ncid(list, index);
    const nct_person *known = nct_grant_list_person(list, index);
    nct_person *person = NULL;
    if (known == NULL && nct_person_read(deed.portal, deed.by, strlen(deed.by), deed.provider, strlen(deed.provider),
                                         ncid, strlen(ncid), &person) != NCT_OK) {
        person = NULL;
    }
    put_person(row, known != NULL ? known : person);
    nct_person_free(person);
}

static json_t *user_row(const struct request *request, int32_t own, const nct_grant_list *list, size_t index) {
    json_t *row = access_grant(request, list, index);
    json_object_set_new(row, "ncid", json_string(nct_grant_list_ncid(list, index)));
    json_object_set_new(row, "granted_by", json_string(nct_grant_list_granted_by(list, index)));
    json_object_set_new(row, "granted_at", json_integer(nct_grant_list_granted_at(list, index)));
    json_object_set_new(row, "used_at", json_integer(nct_grant_list_used_at(list, index)));
    json_object_set_new(row, "certified_by", json_string(nct_grant_list_certified_by(list, index)));
    json_object_set_new(row, "certified_at", json_integer(nct_grant_list_certified_at(list, index)));
    json_object_set_new(row, "manageable", json_boolean(manageable(request, own, list, index)));
    find_person(request, row, list, index);
    return row;
}

static int32_t own_role(const struct request *request, const char *provider) {
    nct_explanation *explanation = NULL;
    const char *ncid = request->session.ncid;
    int32_t role = NCT_ROLE_NONE;
    if (nct_access_explain(request->server->portal, provider, strlen(provider), ncid, strlen(ncid),
                           NCT_AUTHORITY_USER_ADMINISTRATION, &explanation) == NCT_OK) {
        role = nct_explanation_role(explanation);
    }
    nct_explanation_free(explanation);
    return role;
}

void users_answer_page(struct request *request, nct_status status, nct_grant_list *list) {
    const char *provider = request_part(request, "provider");
    if (status != NCT_OK) {
        answer_refused(request, status, NULL, provider, NCT_AUTHORITY_USER_ADMINISTRATION);
        return;
    }
    json_t *rows = json_array();
    int32_t own = own_role(request, provider);
    for (size_t i = 0; i < nct_grant_list_count(list); i++) {
        json_array_append_new(rows, user_row(request, own, list, i));
    }
    answer_page(request, rows, nct_grant_list_more(list) ? nct_grant_list_cursor(list) : NULL);
    nct_grant_list_free(list);
}

void users_list(struct request *request) {
    struct deed deed = users_deed(request);
    const char *after = NULL;
    size_t limit = 0;
    nct_grant_list *list = NULL;
    if (!request_page(request, &after, &limit)) {
        return;
    }
    nct_status status =
        nct_person_list_page(deed.portal, deed.by, strlen(deed.by), deed.provider, strlen(deed.provider), after,
                             after != NULL ? strlen(after) : 0, limit, &list);
    users_answer_page(request, status, list);
}

/* ---- Changes ---- */

void users_add(struct request *request) {
    struct deed deed = users_deed(request);
    nct_form *form = forms_fill(request, NCT_FORM_USER);
    nct_problems *problems = NULL;
    if (form == NULL) {
        return;
    }
    nct_status status = nct_user_add(form, deed.by, strlen(deed.by), deed.provider, strlen(deed.provider), &problems);
    users_answer(request, status, problems, MHD_HTTP_CREATED, NCT_AUTHORITY_USER_ADMINISTRATION);
    nct_problems_free(problems);
    nct_form_free(form);
}

/* A time in milliseconds; one that is left out, or 0, sets no bound. */
static bool set_time(struct request *request, nct_form *form, const char *name) {
    const json_t *value = json_object_get(request->json, name);
    char digits[24];
    if (value != NULL && !json_is_integer(value)) {
        answer_field(request, name, NCT_E_FORMAT);
        return false;
    }
    snprintf(digits, sizeof digits, "%" JSON_INTEGER_FORMAT, json_integer_value(value));
    return json_integer_value(value) == 0 || forms_set(request, form, name, digits);
}

/* Sets all that a body of the shape Grant says. */
static bool set_grant(struct request *request, const char *ncid, nct_form *form) {
    static const char *const only[] = {"role", "rights", "valid_from", "valid_until", NULL};
    const char *role = request_text(request, "role");
    char rights[NCT_FIELD_MAX + 1];
    return role != NULL && request_has_only(request, only) && access_words(request, "rights", rights, sizeof rights) &&
           forms_set(request, form, "ncid", ncid) && forms_set(request, form, "role", role) &&
           (rights[0] == '\0' || forms_set(request, form, "rights", rights)) && set_time(request, form, "valid_from") &&
           set_time(request, form, "valid_until");
}

nct_form *users_grant_form(struct request *request, const struct deed *deed) {
    nct_form *form = NULL;
    nct_status status = nct_form_new(deed->portal, NCT_FORM_ACCESS, &form);
    if (status != NCT_OK) {
        answer_status(request, status, NULL);
    } else if (!set_grant(request, deed->ncid, form)) {
        nct_form_free(form);
        form = NULL;
    }
    return form;
}

void users_grant(struct request *request) {
    struct deed deed = users_deed(request);
    nct_problems *problems = NULL;
    nct_form *form = users_grant_form(request, &deed);
    if (form == NULL) {
        return;
    }
    nct_status status =
        nct_access_grant(form, deed.by, strlen(deed.by), deed.provider, strlen(deed.provider), &problems);
    users_answer(request, status, problems, MHD_HTTP_OK, NCT_AUTHORITY_USER_ADMINISTRATION);
    nct_problems_free(problems);
    nct_form_free(form);
}

void users_revoke(struct request *request) {
    struct deed deed = users_deed(request);
    nct_status status = nct_access_revoke(deed.portal, deed.by, strlen(deed.by), deed.provider, strlen(deed.provider),
                                          deed.ncid, strlen(deed.ncid));
    if (status == NCT_OK) {
        answer_nothing(request);
    } else {
        answer_refused(request, status, NULL, deed.provider, NCT_AUTHORITY_USER_ADMINISTRATION);
    }
}

/* ---- Preview and explanation ---- */

json_t *users_preview_json(const struct request *request, const nct_preview *preview) {
    nct_status reason = nct_preview_reason(preview);
    const char *message =
        reason == NCT_OK ? "" : nct_status_message_in(request->server->portal, reason, request_language(request));
    return json_pack("{s:b, s:s, s:s, s:s?, s:s?, s:o, s:o, s:o, s:o, s:b}", "allowed", reason == NCT_OK, "code",
                     nct_status_name(reason), "message", message, "role_before",
                     nct_role_name(nct_preview_role_before(preview)), "role_after",
                     nct_role_name(nct_preview_role_after(preview)), "rights_gained",
                     access_names(request, nct_preview_rights_gained(preview), 0), "rights_lost",
                     access_names(request, nct_preview_rights_lost(preview), 0), "authorities_gained",
                     access_names(request, nct_preview_authorities_gained(preview), NCT_RIGHT_COUNT),
                     "authorities_lost", access_names(request, nct_preview_authorities_lost(preview), NCT_RIGHT_COUNT),
                     "pin_suspended", nct_preview_pin_suspended(preview));
}

static void answer_preview(struct request *request, nct_status status, const nct_problems *problems,
                           nct_preview *preview) {
    if (status == NCT_OK) {
        answer_data(request, MHD_HTTP_OK, users_preview_json(request, preview));
    } else {
        answer_status(request, status, problems);
    }
    nct_preview_free(preview);
}

static void preview_grant(struct request *request, const struct deed *deed) {
    nct_problems *problems = NULL;
    nct_preview *preview = NULL;
    nct_form *form = users_grant_form(request, deed);
    if (form == NULL) {
        return;
    }
    nct_status status = nct_access_preview_grant(form, deed->by, strlen(deed->by), deed->provider,
                                                 strlen(deed->provider), &problems, &preview);
    answer_preview(request, status, problems, preview);
    nct_problems_free(problems);
    nct_form_free(form);
}

static void preview_revoke(struct request *request, const struct deed *deed) {
    static const char *const only[] = {"revoke", NULL};
    nct_preview *preview = NULL;
    if (!request_has_only(request, only)) {
        return;
    }
    nct_status status = nct_access_preview_revoke(deed->portal, deed->by, strlen(deed->by), deed->provider,
                                                  strlen(deed->provider), deed->ncid, strlen(deed->ncid), &preview);
    answer_preview(request, status, NULL, preview);
}

void users_preview(struct request *request) {
    struct deed deed = users_deed(request);
    if (!access_may(request, deed.provider, NCT_AUTHORITY_USER_ADMINISTRATION)) {
        return;
    }
    if (json_is_true(json_object_get(request->json, "revoke"))) {
        preview_revoke(request, &deed);
    } else {
        preview_grant(request, &deed);
    }
}

void users_explain(struct request *request) {
    struct deed deed = users_deed(request);
    const char *name = request_query(request, "right");
    int32_t right = 0;
    nct_explanation *explanation = NULL;
    if (name == NULL || nct_right_from_name(nct_portal_policy(deed.portal), name, &right) != NCT_OK) {
        answer_http(request, MHD_HTTP_BAD_REQUEST, "HTTP_BAD_REQUEST", "right has to name a right or authority");
        return;
    }
    bool own = strcmp(deed.ncid, deed.by) == 0;
    if (own ? !access_any(request, deed.provider)
            : !access_may(request, deed.provider, NCT_AUTHORITY_USER_ADMINISTRATION)) {
        return;
    }
    nct_status status = nct_access_explain(deed.portal, deed.provider, strlen(deed.provider), deed.ncid,
                                           strlen(deed.ncid), right, &explanation);
    if (status == NCT_OK) {
        answer_data(request, MHD_HTTP_OK, answer_explanation(request, explanation, right));
    } else {
        answer_status(request, status, NULL);
    }
    nct_explanation_free(explanation);
}

/* ---- PINs of users ---- */

void users_pin_reset(struct request *request) {
    struct deed deed = users_deed(request);
    users_answer(request,
                 nct_pin_reset_by_administrator(deed.portal, deed.by, strlen(deed.by), deed.provider,
                                                strlen(deed.provider), deed.ncid, strlen(deed.ncid)),
                 NULL, MHD_HTTP_OK, NCT_AUTHORITY_PIN_RESET);
}

void users_pin_lost(struct request *request) {
    struct deed deed = users_deed(request);
    users_answer(request,
                 nct_pin_report_lost(deed.portal, deed.by, strlen(deed.by), deed.provider, strlen(deed.provider),
                                     deed.ncid, strlen(deed.ncid)),
                 NULL, MHD_HTTP_OK, NCT_AUTHORITY_PIN_RESET);
}
