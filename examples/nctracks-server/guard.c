#include "guard.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include <sodium.h>

#include "answer.h"
#include "rates.h"
#include "routes.h"
#include "session.h"

bool guard_is_safe(const char *method) {
    return strcmp(method, "GET") == 0 || strcmp(method, "HEAD") == 0;
}

/* ---- Before the body ---- */

static bool check_rate(struct request *request, enum pace pace, long limit) {
    bool within = rates_allow(request->server->rates, request->address, (int)pace, limit, request->began);
    if (!within) {
        answer_http(request, MHD_HTTP_TOO_MANY_REQUESTS, "HTTP_TOO_MANY_REQUESTS",
                    "Too many requests; try again later.");
        answer_header(request, MHD_HTTP_HEADER_RETRY_AFTER, "60");
    }
    return within;
}

static bool check_route(struct request *request) {
    char allowed[80];
    switch (routes_find(request)) {
    case MATCH_FOUND:
        return true;
    case MATCH_METHOD:
        routes_allowed(request, allowed, sizeof allowed);
        answer_http(request, MHD_HTTP_METHOD_NOT_ALLOWED, "HTTP_METHOD_NOT_ALLOWED", "This cannot be done with it.");
        answer_header(request, MHD_HTTP_HEADER_ALLOW, allowed);
        return false;
    case MATCH_NONE:
        break;
    }
    answer_http(request, MHD_HTTP_NOT_FOUND, "HTTP_NOT_FOUND", "There is nothing of this path.");
    return false;
}

/* What another name is made to point here for is not served: pages under that name could read what is here. */
bool guard_host(struct request *request) {
    const struct settings *s = &request->server->settings;
    const char *host = request_header(request, MHD_HTTP_HEADER_HOST);
    const char *own = strstr(s->origin, "://");
    char address[80];
    char name[80];
    snprintf(address, sizeof address, "127.0.0.1:%ld", s->port);
    snprintf(name, sizeof name, "localhost:%ld", s->port);
    bool known = host == NULL || (own != NULL && strcasecmp(host, own + 3) == 0) || strcmp(host, address) == 0 ||
                 strcasecmp(host, name) == 0;
    if (!known) {
        answer_http(request, MHD_HTTP_MISDIRECTED_REQUEST, "HTTP_MISDIRECTED_REQUEST",
                    "This server is not called by that name.");
    }
    return known;
}

static bool is_own_origin(const struct request *request, const char *origin) {
    const struct settings *s = &request->server->settings;
    char local[80];
    if (s->origin[0] != '\0') {
        return strcmp(origin, s->origin) == 0;
    }
    snprintf(local, sizeof local, "http://127.0.0.1:%ld", s->port);
    if (strcmp(origin, local) == 0) {
        return true;
    }
    snprintf(local, sizeof local, "http://localhost:%ld", s->port);
    return strcmp(origin, local) == 0;
}

/* Another site's page can neither send the header, nor hide where it is from. */
static bool check_same_site(struct request *request) {
    const char *mark = request_header(request, "X-NCTracks");
    const char *site = request_header(request, "Sec-Fetch-Site");
    const char *origin = request_header(request, "Origin");
    bool own = mark != NULL && strcmp(mark, "1") == 0 && (site == NULL || strcmp(site, "same-origin") == 0) &&
               (origin == NULL || is_own_origin(request, origin));
    if (!own) {
        answer_http(request, MHD_HTTP_FORBIDDEN, "HTTP_CROSS_SITE",
                    "What changes something is asked by the site's own pages, with the header X-NCTracks: 1.");
    }
    return own;
}

static bool check_length(struct request *request, const char *length) {
    char *end = NULL;
    errno = 0;
    unsigned long long bytes = strtoull(length, &end, 10);
    bool fits = errno == 0 && *end == '\0' && bytes <= (unsigned long long)request->server->settings.body_max;
    if (!fits) {
        answer_http(request, MHD_HTTP_CONTENT_TOO_LARGE, "HTTP_CONTENT_TOO_LARGE", "The body is too long.");
    }
    return fits;
}

static bool check_type(struct request *request) {
    const char *type = request_header(request, MHD_HTTP_HEADER_CONTENT_TYPE);
    size_t len = type != NULL ? strcspn(type, "; ") : 0;
    bool json = len == strlen("application/json") && strncasecmp(type, "application/json", len) == 0;
    if (!json) {
        answer_http(request, MHD_HTTP_UNSUPPORTED_MEDIA_TYPE, "HTTP_UNSUPPORTED_MEDIA_TYPE",
                    "The body has to be application/json.");
    }
    return json;
}

/* A request has a body where a length or an encoding is given for it (RFC 9112, 6). */
static bool check_body(struct request *request) {
    const char *length = request_header(request, MHD_HTTP_HEADER_CONTENT_LENGTH);
    bool chunked = request_header(request, MHD_HTTP_HEADER_TRANSFER_ENCODING) != NULL;
    if (length != NULL && !check_length(request, length)) {
        return false;
    }
    bool any = chunked || (length != NULL && strcmp(length, "0") != 0);
    return !any || check_type(request);
}

bool guard_head(struct request *request) {
    const struct settings *s = &request->server->settings;
    return check_rate(request, USUAL, s->requests_per_minute) && check_route(request) &&
           (request->route->pace != TRY || check_rate(request, TRY, s->tries_per_minute)) &&
           (guard_is_safe(request->method) || (check_same_site(request) && check_body(request)));
}

/* ---- With the body ---- */

static bool read_json(struct request *request) {
    json_error_t error;
    if (request->body_len == 0 || guard_is_safe(request->method)) {
        request->json = json_object();
        return true;
    }
    request->json = json_loadb(request->body, request->body_len, JSON_REJECT_DUPLICATES, &error);
    if (!json_is_object(request->json)) {
        /* The JSON library's own message quotes from the body, where a password may stand. */
        answer_http(request, MHD_HTTP_BAD_REQUEST, "HTTP_BAD_REQUEST", "The body is not a JSON object.");
        return false;
    }
    return true;
}

static bool is_service(const struct request *request) {
    static const char scheme[] = "Bearer ";
    const char *given = request_header(request, MHD_HTTP_HEADER_AUTHORIZATION);
    const char *token = request->server->service_token;
    if (given == NULL || token[0] == '\0' || strncasecmp(given, scheme, strlen(scheme)) != 0) {
        return false;
    }
    given += strlen(scheme);
    return strlen(given) == strlen(token) && sodium_memcmp(given, token, strlen(token)) == 0;
}

static bool refuse_stranger(struct request *request) {
    const char *code = request->session.waits_for_code ? "HTTP_CODE_REQUIRED" : "HTTP_UNAUTHORIZED";
    answer_http(request, MHD_HTTP_UNAUTHORIZED, code,
                request->session.waits_for_code ? "Give the code that was mailed first." : "Sign in first.");
    answer_header(request, MHD_HTTP_HEADER_WWW_AUTHENTICATE, "Session realm=\"nctracks\"");
    return false;
}

static bool check_who(struct request *request) {
    const struct session *session = &request->session;
    switch (request->route->who) {
    case ANYBODY:
        return true;
    case WAITING:
        return session->present || session->waits_for_code || refuse_stranger(request);
    case ASKER:
        request->by_service = is_service(request);
        return request->by_service || session->present || refuse_stranger(request);
    case PERSON:
        return session->present || refuse_stranger(request);
    case OPERATOR:
        break;
    }
    if (session->present && !session->is_operator) {
        answer_http(request, MHD_HTTP_FORBIDDEN, "HTTP_FORBIDDEN", "This is for the agency's staff.");
        return false;
    }
    return session->present || refuse_stranger(request);
}

bool guard_body(struct request *request) {
    return session_load(request) && read_json(request) && check_who(request);
}
