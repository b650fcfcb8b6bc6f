#include "answer.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <nctracks/language.h>
#include <nctracks/refusal.h>
#include <nctracks/right.h>
#include <nctracks/role.h>

#include "http_status.h"

#define JSON_TYPE "application/json"
#define PROBLEM_TYPE "application/problem+json"
#define SENTENCE_MAX 1024

/* Memory that could not be had: the answer says so and nothing else. */
static void answer_without_memory(struct request *request) {
    free(request->answer.bytes);
    request->answer.bytes = NULL;
    request->answer.len = 0;
    request->answer.status = MHD_HTTP_INTERNAL_SERVER_ERROR;
    request->answer.code = "NCT_E_NO_MEMORY";
}

static void put_json(struct request *request, unsigned status, const char *type, json_t *body) {
    struct answer *answer = &request->answer;
    char *text = body != NULL ? json_dumps(body, JSON_COMPACT) : NULL;
    size_t len = text != NULL ? strlen(text) : 0;
    free(answer->bytes);
    answer->bytes = malloc(len + 1);
    json_decref(body);
    if (text == NULL || answer->bytes == NULL) {
        answer_without_memory(request);
    } else {
        memcpy(answer->bytes, text, len);
        answer->len = len;
        answer->status = status;
        answer->type = type;
    }
    if (text != NULL) {
        json_free_t release;
        json_get_alloc_funcs(NULL, &release);
        release(text);
    }
}

void answer_json(struct request *request, unsigned status, json_t *body) {
    put_json(request, status, JSON_TYPE, body);
}

void answer_data(struct request *request, unsigned status, json_t *data) {
    answer_json(request, status, json_pack("{s:o}", "data", data));
}

void answer_page(struct request *request, json_t *rows, const char *next) {
    answer_json(request, MHD_HTTP_OK, json_pack("{s:o, s:s?}", "data", rows, "next", next));
}

void answer_listed(struct request *request, nct_status status, json_t *rows, const char *next) {
    if (status != NCT_OK && status != NCT_E_PARTIAL) {
        json_decref(rows);
        answer_status(request, status, NULL);
        return;
    }
    json_t *page = json_pack("{s:o, s:s?}", "data", rows, "next", next);
    if (status == NCT_E_PARTIAL) {
        json_object_set_new(page, "partial", json_true());
    }
    answer_json(request, MHD_HTTP_OK, page);
}

void answer_done(struct request *request, unsigned status, const nct_problems *notes) {
    json_t *done = json_pack("{s:b}", "done", 1);
    if (nct_problems_count(notes) > 0) {
        json_object_set_new(done, "notes", answer_problems(request, notes));
    }
    answer_data(request, status, done);
}

void answer_outcome(struct request *request, nct_status status, unsigned done, const nct_problems *problems) {
    if (status == NCT_OK) {
        answer_done(request, done, problems);
    } else {
        answer_status(request, status, problems);
    }
}

void answer_nothing(struct request *request) {
    request->answer.status = MHD_HTTP_NO_CONTENT;
}

void answer_bytes(struct request *request, const char *type, const char *name, const void *bytes, size_t len) {
    char disposition[160];
    struct answer *answer = &request->answer;
    answer->bytes = malloc(len + 1);
    if (answer->bytes == NULL) {
        answer_without_memory(request);
        return;
    }
    memcpy(answer->bytes, bytes, len);
    answer->len = len;
    answer->status = MHD_HTTP_OK;
    answer->type = type;
    if (name != NULL) {
        snprintf(disposition, sizeof disposition, "attachment; filename=\"%s\"", name);
        answer_header(request, "Content-Disposition", disposition);
    }
}

void answer_header(struct request *request, const char *name, const char *value) {
    struct answer *answer = &request->answer;
    char *copy = strdup(value);
    if (copy == NULL || answer->headers == HEADERS_MAX) {
        free(copy);
        answer_without_memory(request);
        return;
    }
    answer->header_names[answer->headers] = name;
    answer->header_values[answer->headers++] = copy;
}

void answer_release(struct answer *answer) {
    free(answer->bytes);
    for (size_t i = 0; i < answer->headers; i++) {
        explicit_bzero(answer->header_values[i], strlen(answer->header_values[i]));
        free(answer->header_values[i]);
    }
    memset(answer, 0, sizeof *answer);
}

/* ---- Problems ---- */

/* A path of a form as a JSON pointer into the body (RFC 6901); no field has a `~` or `/`. */
static json_t *field_problem(const char *place, const char *path, nct_status code, const char *message) {
    char pointer[256];
    snprintf(pointer, sizeof pointer, "%s/%s", place, path);
    return json_pack("{s:s, s:s, s:s, s:s}", "path", path, "pointer", pointer, "code", nct_status_name(code), "detail",
                     message);
}

json_t *answer_problems(const struct request *request, const nct_problems *problems) {
    json_t *rows = json_array();
    for (size_t i = 0; i < nct_problems_count(problems); i++) {
        char message[SENTENCE_MAX];
        if (nct_problems_message_in(problems, i, request_language(request), message, sizeof message, NULL) != NCT_OK) {
            snprintf(message, sizeof message, "%s", nct_problems_message(problems, i));
        }
        json_array_append_new(
            rows, field_problem("/fields", nct_problems_path(problems, i), nct_problems_code(problems, i), message));
    }
    return rows;
}

static json_t *problem(struct request *request, unsigned status, const char *code, const char *title) {
    char type[96];
    request->answer.code = code;
    snprintf(type, sizeof type, "urn:nctracks:problem:%s", code);
    return json_pack("{s:s, s:s, s:i, s:s, s:s}", "type", type, "title", title, "status", (int)status, "code", code,
                     "request_id", request->id);
}

/* What the call on this thread was refused for, and of what; failures of the machine say no more than that. */
static json_t *problem_of_status(struct request *request, nct_status status, unsigned *http) {
    char title[SENTENCE_MAX];
    const nct_portal *portal = request->server->portal;
    const char *language = request_language(request);
    const char *argument = nct_refusal_argument(status);
    int is_failure = nct_status_category(status) == NCT_CATEGORY_FAILURE;
    *http = http_status(status);
    if (is_failure || nct_refusal_text_in(portal, status, language, title, sizeof title, NULL) != NCT_OK) {
        snprintf(title, sizeof title, "%s", nct_status_message_in(portal, status, language));
    }
    json_t *body = problem(request, *http, nct_status_name(status), title);
    if (!is_failure && argument[0] != '\0') {
        json_object_set_new(body, "argument", json_string(argument));
    }
    if (*http == MHD_HTTP_SERVICE_UNAVAILABLE || *http == MHD_HTTP_TOO_MANY_REQUESTS) {
        answer_header(request, MHD_HTTP_HEADER_RETRY_AFTER, "5");
    }
    if (http_status_is_for_the_call_center(status)) {
        const nct_policy *policy = nct_portal_policy(request->server->portal);
        json_object_set_new(
            body, "contact",
            json_pack("{s:s, s:s}", "phone", nct_call_center_phone(policy), "email", nct_call_center_email(policy)));
    }
    return body;
}

void answer_status(struct request *request, nct_status status, const nct_problems *problems) {
    unsigned http = 0;
    json_t *body = problem_of_status(request, status, &http);
    if (nct_problems_count(problems) > 0) {
        json_object_set_new(body, "errors", answer_problems(request, problems));
    }
    put_json(request, http, PROBLEM_TYPE, body);
}

static void answer_one(struct request *request, const char *place, const char *name, nct_status status) {
    unsigned http = 0;
    json_t *body = problem_of_status(request, NCT_E_PROBLEMS, &http);
    const char *message = nct_status_message_in(request->server->portal, status, request_language(request));
    json_object_set_new(body, "errors", json_pack("[o]", field_problem(place, name, status, message)));
    put_json(request, http, PROBLEM_TYPE, body);
}

void answer_field(struct request *request, const char *name, nct_status status) {
    answer_one(request, "", name, status);
}

void answer_path(struct request *request, const char *path, nct_status status) {
    answer_one(request, "/fields", path, status);
}

void answer_http(struct request *request, unsigned status, const char *code, const char *detail) {
    json_t *body = problem(request, status, code, detail);
    put_json(request, status, PROBLEM_TYPE, body);
}

/* ---- Why, and who can help ---- */

static json_t *helper(const nct_explanation *explanation) {
    const char *ncid = nct_explanation_helper_ncid(explanation);
    if (ncid[0] == '\0') {
        return json_null();
    }
    return json_pack("{s:s, s:s}", "ncid", ncid, "name", nct_explanation_helper_name(explanation));
}

json_t *answer_explanation(const struct request *request, const nct_explanation *explanation, int32_t right) {
    const nct_policy *policy = nct_portal_policy(request->server->portal);
    const char *language = request_language(request);
    char text[SENTENCE_MAX];
    char help[SENTENCE_MAX];
    if (nct_explanation_text_in(explanation, language, text, sizeof text, NULL) != NCT_OK ||
        nct_explanation_help_in(explanation, language, help, sizeof help, NULL) != NCT_OK) {
        return NULL;
    }
    nct_status reason = nct_explanation_reason(explanation);
    return json_pack("{s:b, s:s, s:s?, s:s, s:s, s:s, s:o, s:s, s:I, s:s, s:s}", "allowed", reason == NCT_OK, "right",
                     nct_right_name(policy, right), "role", nct_role_name(nct_explanation_role(explanation)), "reason",
                     nct_status_name(reason), "text", text, "help", help, "helper", helper(explanation), "granted_by",
                     nct_explanation_granted_by(explanation), "granted_at",
                     (json_int_t)nct_explanation_granted_at(explanation), "rule", nct_explanation_rule(explanation),
                     "profile", nct_explanation_profile(explanation));
}

/* Whoever has no access to a provider learns nothing about it, not even who could give them some. */
static json_t *explain_refusal(const struct request *request, const char *provider, int32_t right) {
    nct_explanation *explanation = NULL;
    json_t *out = NULL;
    const char *ncid = request->session.ncid;
    if (request->session.present &&
        nct_access_explain(request->server->portal, provider, strlen(provider), ncid, strlen(ncid), right,
                           &explanation) == NCT_OK &&
        nct_explanation_role(explanation) != NCT_ROLE_NONE && nct_explanation_reason(explanation) != NCT_OK) {
        out = answer_explanation(request, explanation, right);
    }
    nct_explanation_free(explanation);
    return out;
}

void answer_refused(struct request *request, nct_status status, const nct_problems *problems, const char *provider,
                    int32_t right) {
    unsigned http = 0;
    json_t *body = problem_of_status(request, status, &http);
    if (nct_problems_count(problems) > 0) {
        json_object_set_new(body, "errors", answer_problems(request, problems));
    }
    json_t *why = http == MHD_HTTP_FORBIDDEN ? explain_refusal(request, provider, right) : NULL;
    if (why != NULL) {
        json_object_set_new(body, "access", why);
    }
    put_json(request, http, PROBLEM_TYPE, body);
}
