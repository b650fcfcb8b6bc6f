#include "session.h"

#include <stdio.h>
#include <string.h>

#include <nctracks/language.h>
#include <nctracks/signin.h>
#include <sodium.h>

#include "answer.h"
#include "handlers.h"
#include "log.h"
#include "people.h"

#define COOKIE_MAX 256
#define LABEL_MAX 96

/* Without TLS a browser refuses what is Secure, so a developer's cookie has another name. */
static const char *cookie_name(const struct request *request) {
    return request->server->settings.plain_http ? "nctracks-dev" : "__Host-nctracks";
}

static const char *token_of(const struct request *request) {
    const char *token = MHD_lookup_connection_value(request->connection, MHD_COOKIE_KIND, cookie_name(request));
    return token != NULL ? token : "";
}

static void set_cookie(struct request *request, const char *token) {
    char cookie[COOKIE_MAX];
    snprintf(cookie, sizeof cookie, "%s=%s; Path=/; HttpOnly; SameSite=Strict%s%s", cookie_name(request), token,
             request->server->settings.plain_http ? "" : "; Secure", token[0] == '\0' ? "; Max-Age=0" : "");
    answer_header(request, MHD_HTTP_HEADER_SET_COOKIE, cookie);
    explicit_bzero(cookie, sizeof cookie);
}

static void take(struct request *request, const nct_session *found) {
    struct session *session = &request->session;
    const char *language = NULL;
    const char *ncid = nct_session_ncid(found);
    snprintf(session->ncid, sizeof session->ncid, "%s", ncid);
    session->waits_for_code = nct_session_awaits_code(found) == 1;
    session->present = !session->waits_for_code;
    session->is_operator = server_is_operator(request->server, ncid);
    snprintf(session->acr, sizeof session->acr, "%s", nct_session_acr(found));
    snprintf(session->amr, sizeof session->amr, "%s", nct_session_amr(found));
    session->authenticated_at = nct_session_authenticated_at(found);
    session->idle_until = nct_session_ends_at(found);
    session->ends_at = nct_session_ends_at_last(found);
    if (nct_person_language(request->server->portal, ncid, strlen(ncid), &language) == NCT_OK) {
        snprintf(session->language, sizeof session->language, "%s", language);
    }
}

bool session_load(struct request *request) {
    nct_session *found = NULL;
    const char *token = token_of(request);
    if (token[0] == '\0') {
        return true;
    }
    nct_status status = nct_session_check(request->server->portal, token, strlen(token), &found);
    if (status == NCT_OK) {
        take(request, found);
    }
    nct_session_free(found);
    request->session.waits_for_code = status == NCT_E_CODE_REQUIRED;
    if (status != NCT_OK && status != NCT_E_NO_SESSION && status != NCT_E_CODE_REQUIRED) {
        answer_status(request, status, NULL);
        return false;
    }
    return true;
}

static void answer_session(struct request *request, unsigned status) {
    const struct session *session = &request->session;
    char name[PEOPLE_NAME_MAX] = "";
    if (session->present) {
        people_own_name(request->server, session->ncid, name);
    }
    answer_data(request, status,
                json_pack("{s:s, s:s, s:s, s:b, s:s, s:I, s:I}", "state", session->present ? "signed_in" : "code",
                          "ncid", session->ncid, "name", name, "operator", session->is_operator, "language",
                          request_language(request), "idle_until", (json_int_t)session->idle_until, "ends_at",
                          (json_int_t)session->ends_at));
}

void session_get(struct request *request) {
    if (request->session.present || request->session.waits_for_code) {
        answer_session(request, MHD_HTTP_OK);
    } else {
        answer_data(request, MHD_HTTP_OK, json_null());
    }
}

/* ---- Signing in and out ---- */

/* What a person knows a session by in the list of theirs; a text of the library has no space at its ends. */
static void make_label(const struct request *request, char *out) {
    const char *agent = request_header(request, MHD_HTTP_HEADER_USER_AGENT);
    size_t len = 0;
    agent = agent != NULL ? agent + strspn(agent, " ") : "";
    for (; agent[len] != '\0' && len < LABEL_MAX; len++) {
        out[len] = agent[len] >= ' ' && agent[len] <= '~' ? agent[len] : '?';
    }
    while (len > 0 && out[len - 1] == ' ') {
        len--;
    }
    out[len] = '\0';
}

/* A session under a new token; whatever the browser held before is of no use any more. */
static void begin(struct request *request, const nct_session *session) {
    const char *before = token_of(request);
    if (before[0] != '\0') {
        nct_status status = nct_session_end(request->server->portal, before, strlen(before));
        if (status != NCT_OK && status != NCT_E_NO_SESSION) {
            log_event("a session before was not ended", nct_status_name(status));
        }
    }
    memset(&request->session, 0, sizeof request->session);
    take(request, session);
    set_cookie(request, nct_session_token(session));
    answer_session(request, MHD_HTTP_OK);
}

void session_begin(struct request *request) {
    static const char *const only[] = {"ncid", "password", NULL};
    const char *ncid = request_text(request, "ncid");
    const char *password = ncid != NULL ? request_text(request, "password") : NULL;
    char label[LABEL_MAX + 1];
    nct_session *session = NULL;
    if (password == NULL || !request_has_only(request, only)) {
        return;
    }
    make_label(request, label);
    nct_status status = nct_sign_in(request->server->portal, ncid, strlen(ncid), password, strlen(password), label,
                                    strlen(label), &session);
    if (status == NCT_OK) {
        begin(request, session);
    } else {
        answer_status(request, status, NULL);
    }
    nct_session_free(session);
}

static bool is_proxy(const struct request *request) {
    const char *given = request_header(request, "X-NCTracks-Proxy");
    const char *secret = request->server->proxy_secret;
    return given != NULL && secret[0] != '\0' && strlen(given) == strlen(secret) &&
           sodium_memcmp(given, secret, strlen(secret)) == 0;
}

/* A header of the proxy; empty where it sent none. */
static const char *told(const struct request *request, const char *name) {
    const char *value = request_header(request, name);
    return value != NULL ? value : "";
}

/* Whom the proxy says it has signed in: its word is as good as their password, so it has to prove who it is. */
void session_by_proxy(struct request *request) {
    static const char *const only[] = {NULL};
    const char *ncid = told(request, "X-NCTracks-User");
    const char *acr = told(request, "X-NCTracks-Acr");
    const char *amr = told(request, "X-NCTracks-Amr");
    char label[LABEL_MAX + 1];
    nct_session *session = NULL;
    if (!request_has_only(request, only)) {
        return;
    }
    if (!is_proxy(request) || ncid[0] == '\0') {
        answer_http(request, MHD_HTTP_UNAUTHORIZED, "HTTP_UNAUTHORIZED", "Sign in at the identity provider first.");
        answer_header(request, MHD_HTTP_HEADER_WWW_AUTHENTICATE, "Session realm=\"nctracks\"");
        return;
    }
    make_label(request, label);
    nct_status status = nct_session_begin(request->server->portal, ncid, strlen(ncid), acr, strlen(acr), amr,
                                          strlen(amr), 0, label, strlen(label), &session);
    if (status == NCT_OK) {
        begin(request, session);
    } else {
        answer_status(request, status == NCT_E_UNKNOWN_PERSON ? NCT_E_DENIED : status, NULL);
    }
    nct_session_free(session);
}

void session_code(struct request *request) {
    static const char *const only[] = {"code", NULL};
    const char *token = token_of(request);
    const char *code = request_text(request, "code");
    nct_session *session = NULL;
    if (code == NULL || !request_has_only(request, only)) {
        return;
    }
    nct_status status =
        nct_sign_in_confirm(request->server->portal, token, strlen(token), code, strlen(code), &session);
    if (status == NCT_OK) {
        begin(request, session);
    } else {
        answer_status(request, status, NULL);
    }
    nct_session_free(session);
}

void session_code_again(struct request *request) {
    const char *token = token_of(request);
    answer_outcome(request, nct_sign_in_send_code(request->server->portal, token, strlen(token)), MHD_HTTP_OK, NULL);
}

void session_end(struct request *request) {
    const char *token = token_of(request);
    nct_status status = nct_session_end(request->server->portal, token, strlen(token));
    if (status != NCT_OK && status != NCT_E_NO_SESSION) {
        answer_status(request, status, NULL);
        return;
    }
    set_cookie(request, "");
    answer_nothing(request);
}
