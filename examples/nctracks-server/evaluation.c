/* Questions in the shape of OpenID AuthZEN 1.0, so that a gateway can ask. */
#include <string.h>
#include <strings.h>

#include <nctracks/language.h>
#include <nctracks/right.h>

#include "access.h"
#include "answer.h"
#include "handlers.h"

#define EVALUATIONS_MAX 1000

/** One question, borrowed from the body. */
struct question {
    const char *ncid;
    const char *provider;
    const char *action;
};

static const char *id_of(const json_t *entity, const char *type) {
    const char *given = json_string_value(json_object_get(entity, "type"));
    return given != NULL && strcmp(given, type) == 0 ? json_string_value(json_object_get(entity, "id")) : NULL;
}

/* What one question leaves out, the whole request says for all. */
static const json_t *member(const json_t *one, const json_t *all, const char *name) {
    const json_t *own = json_object_get(one, name);
    return own != NULL ? own : json_object_get(all, name);
}

static bool read_question(const json_t *one, const json_t *all, struct question *out) {
    out->ncid = id_of(member(one, all, "subject"), "person");
    out->provider = id_of(member(one, all, "resource"), "provider");
    out->action = json_string_value(json_object_get(member(one, all, "action"), "name"));
    return out->ncid != NULL && out->provider != NULL && out->action != NULL;
}

/* Only a service asks about others. */
static bool may_ask(const struct request *request, const struct question *question) {
    return request->by_service || strcasecmp(question->ncid, request->session.ncid) == 0;
}

static nct_status decide(const struct request *request, const struct question *question) {
    int32_t right = 0;
    if (nct_right_from_name(nct_portal_policy(request->server->portal), question->action, &right) != NCT_OK) {
        return NCT_E_UNKNOWN_VALUE;
    }
    return access_check(request->server, question->ncid, question->provider, right);
}

static bool is_verdict(nct_status status) {
    int32_t category = nct_status_category(status);
    return status == NCT_OK || category == NCT_CATEGORY_RULE || category == NCT_CATEGORY_VALUE;
}

static json_t *decision(const struct request *request, nct_status status) {
    const char *language = request_language(request);
    if (status == NCT_OK) {
        return json_pack("{s:b}", "decision", 1);
    }
    return json_pack("{s:b, s:{s:s, s:{s:s}}}", "decision", 0, "context", "code", nct_status_name(status),
                     "reason_user", language, nct_status_message_in(request->server->portal, status, language));
}

/* The decision on one question; answers and returns NULL where there is none. */
static json_t *evaluate(struct request *request, const json_t *one, const json_t *all) {
    struct question question;
    if (!read_question(one, all, &question)) {
        answer_http(request, MHD_HTTP_BAD_REQUEST, "HTTP_BAD_REQUEST",
                    "A question has a subject of type person, an action and a resource of type provider.");
        return NULL;
    }
    if (!may_ask(request, &question)) {
        answer_http(request, MHD_HTTP_FORBIDDEN, "HTTP_FORBIDDEN", "People ask about themselves alone.");
        return NULL;
    }
    nct_status status = decide(request, &question);
    if (!is_verdict(status)) {
        answer_status(request, status, NULL);
        return NULL;
    }
    return decision(request, status);
}

void evaluation_one(struct request *request) {
    json_t *answer = evaluate(request, request->json, NULL);
    if (answer != NULL) {
        answer_json(request, MHD_HTTP_OK, answer);
    }
}

void evaluation_many(struct request *request) {
    const json_t *questions = json_object_get(request->json, "evaluations");
    json_t *answers = json_array();
    size_t count = json_array_size(questions);
    if (!json_is_array(questions) || count > EVALUATIONS_MAX) {
        answer_field(request, "evaluations", json_is_array(questions) ? NCT_E_TOO_LONG : NCT_E_REQUIRED);
        json_decref(answers);
        return;
    }
    for (size_t i = 0; i < count; i++) {
        json_t *answer = evaluate(request, json_array_get(questions, i), request->json);
        if (answer == NULL) {
            json_decref(answers);
            return;
        }
        json_array_append_new(answers, answer);
    }
    answer_json(request, MHD_HTTP_OK, json_pack("{s:o}", "evaluations", answers));
}
