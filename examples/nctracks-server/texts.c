/* What pages are drawn from: the texts of a language, and the tables of names with what they mean. */
#include <stdio.h>
#include <string.h>

#include <nctracks/language.h>
#include <nctracks/machine.h>
#include <nctracks/right.h>
#include <nctracks/role.h>
#include <nctracks/submission.h>

#include "access.h"
#include "answer.h"
#include "handlers.h"

#define KEY_MAX 256

static json_t *languages(const nct_portal *portal) {
    json_t *rows = json_array();
    for (size_t i = 0; i < nct_portal_language_count(portal); i++) {
        const char *tag = nct_portal_language_at(portal, i);
        json_array_append_new(
            rows, json_pack("{s:s, s:s?}", "tag", tag, "name", nct_portal_text(portal, tag, "language.name")));
    }
    return rows;
}

/* Mails are not for pages. */
static json_t *all_texts(const nct_portal *portal, const char *language) {
    json_t *texts = json_object();
    for (size_t i = 0; i < nct_text_count(); i++) {
        char key[KEY_MAX] = "";
        if (nct_text_key(i, key, sizeof key, NULL) == NCT_OK && strncmp(key, "mail.", 5) != 0) {
            json_object_set_new(texts, key, json_string(nct_portal_text(portal, language, key)));
        }
    }
    return texts;
}

void texts_get(struct request *request) {
    const nct_portal *portal = request->server->portal;
    const char *language = request_language(request);
    answer_data(request, MHD_HTTP_OK,
                json_pack("{s:s, s:o}", "language", language, "texts", all_texts(portal, language)));
}

/* What every page needs to know; the texts are fifty times as long. */
void site_get(struct request *request) {
    const nct_portal *portal = request->server->portal;
    const nct_policy *policy = nct_portal_policy(portal);
    const struct settings *settings = &request->server->settings;
    answer_data(request, MHD_HTTP_OK,
                json_pack("{s:s, s:o, s:{s:s, s:s}, s:b, s:b, s:s}", "language", request_language(request), "languages",
                          languages(portal), "call_center", "phone", nct_call_center_phone(policy), "email",
                          nct_call_center_email(policy), "demo", settings->demo, "keeps_passwords",
                          settings->ldap_url[0] == '\0', "proxy_sign_in",
                          request->server->proxy_secret[0] != '\0' ? settings->proxy_sign_in : ""));
}

/* ---- Tables ---- */

static const char *text_of(const struct request *request, const char *group, const char *name, const char *part) {
    char key[KEY_MAX];
    snprintf(key, sizeof key, "%s.%s%s", group, name, part);
    return nct_portal_text(request->server->portal, request_language(request), key);
}

static json_t *named(const struct request *request, const char *group, const char *name) {
    const char *description = text_of(request, group, name, "");
    return json_pack("{s:s, s:s*, s:s}", "name", name, "title", text_of(request, group, name, ".title"), "description",
                     description != NULL ? description : name);
}

static json_t *role_row(const struct request *request, int32_t role) {
    const nct_policy *policy = nct_portal_policy(request->server->portal);
    json_t *row = named(request, "role", nct_role_name(role));
    json_t *manages = json_array();
    for (int32_t other = 1; nct_role_name(other) != NULL; other++) {
        if (nct_policy_role_manages(policy, role, other) == 1) {
            json_array_append_new(manages, json_string(nct_role_name(other)));
        }
    }
    json_object_set_new(row, "manages", manages);
    json_object_set_new(row, "authorities", access_authorities(request, role));
    return row;
}

static json_t *role_rows(const struct request *request) {
    json_t *rows = json_array();
    for (int32_t role = 1; nct_role_name(role) != NULL; role++) {
        json_array_append_new(rows, role_row(request, role));
    }
    return rows;
}

static json_t *right_rows(const struct request *request, int32_t first, int32_t end) {
    const nct_policy *policy = nct_portal_policy(request->server->portal);
    json_t *rows = json_array();
    for (int32_t right = first; right < end; right++) {
        const char *name = nct_right_name(policy, right);
        if (name == NULL) {
            continue;
        }
        const char *text = text_of(request, "right", name, "");
        const char *title = text_of(request, "right", name, ".title");
        json_array_append_new(rows, json_pack("{s:s, s:s?, s:s?}", "name", name, "title",
                                              title != NULL ? title : nct_right_title(policy, right), "description",
                                              text != NULL ? text : nct_right_description(policy, right)));
    }
    return rows;
}

static json_t *submission_rows(const struct request *request) {
    const nct_policy *policy = nct_portal_policy(request->server->portal);
    json_t *rows = json_array();
    for (int32_t kind = 1; nct_submission_name(kind) != NULL; kind++) {
        json_t *row = named(request, "submission", nct_submission_name(kind));
        int32_t needs = 0;
        bool told = nct_policy_submission_needs(policy, kind, &needs) == NCT_OK;
        json_object_set_new(row, "needs", json_string(told ? nct_right_name(policy, needs) : ""));
        json_array_append_new(rows, row);
    }
    return rows;
}

static json_t *rows_of(const struct request *request, const char *group, const char *(*name)(int32_t)) {
    json_t *rows = json_array();
    for (int32_t value = 1; name(value) != NULL; value++) {
        json_array_append_new(rows, named(request, group, name(value)));
    }
    return rows;
}

void tables_get(struct request *request) {
    answer_data(request, MHD_HTTP_OK,
                json_pack("{s:s, s:o, s:o, s:o, s:o, s:o, s:o, s:o}", "profile",
                          nct_policy_profile(nct_portal_policy(request->server->portal)), "roles", role_rows(request),
                          "rights", right_rows(request, 0, NCT_RIGHT_COUNT), "authorities",
                          right_rows(request, NCT_RIGHT_COUNT, 2 * NCT_RIGHT_COUNT), "submissions",
                          submission_rows(request), "relationships",
                          rows_of(request, "relationship", nct_relationship_name), "states",
                          rows_of(request, "state", nct_state_name), "moves", rows_of(request, "move", nct_move_name)));
}
