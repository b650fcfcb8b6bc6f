#include "request.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include <nctracks/language.h>

#include "answer.h"
#include "routes.h"
#include "text.h"

#define PAGE_USUAL 100
#define PAGE_MOST 1000

const char *request_part(const struct request *request, const char *name) {
    size_t len = strlen(name);
    const char *at = request->route->template;
    for (size_t i = 0; *at == '/' && i < request->segment_count; i++) {
        size_t width = strcspn(at + 1, "/");
        if (width == len + 2 && at[1] == '{' && strncmp(at + 2, name, len) == 0) {
            return request->segments[i];
        }
        at += width + 1;
    }
    return "";
}

const char *request_query(const struct request *request, const char *name) {
    return MHD_lookup_connection_value(request->connection, MHD_GET_ARGUMENT_KIND, name);
}

const char *request_header(const struct request *request, const char *name) {
    return MHD_lookup_connection_value(request->connection, MHD_HEADER_KIND, name);
}

static const char *known_language(const struct request *request, const char *tag, size_t len) {
    const nct_portal *portal = request->server->portal;
    for (size_t i = 0; i < nct_portal_language_count(portal); i++) {
        const char *known = nct_portal_language_at(portal, i);
        if (strlen(known) == len && strncasecmp(known, tag, len) == 0) {
            return known;
        }
    }
    return NULL;
}

/* The first of a list such as "es-MX, es;q=0.9, en;q=0.8" there are texts in; browsers put the best first. */
static const char *accepted_language(const struct request *request) {
    const char *at = request_header(request, "Accept-Language");
    while (at != NULL && *at != '\0') {
        at += strspn(at, " \t,");
        const char *known = known_language(request, at, strcspn(at, " \t,;"));
        if (known == NULL) {
            known = known_language(request, at, strcspn(at, " \t,;-"));
        }
        if (known != NULL) {
            return known;
        }
        at += strcspn(at, ",");
    }
    return NULL;
}

const char *request_language(const struct request *request) {
    const char *asked = request_query(request, "language");
    const char *known = asked != NULL ? known_language(request, asked, strlen(asked)) : NULL;
    if (known == NULL && request->session.present) {
        known = known_language(request, request->session.language, strlen(request->session.language));
    }
    if (known == NULL) {
        known = accepted_language(request);
    }
    return known != NULL ? known : nct_portal_language(request->server->portal);
}

const char *request_optional(const struct request *request, const char *name) {
    return json_string_value(json_object_get(request->json, name));
}

const char *request_text(struct request *request, const char *name) {
    const char *text = request_optional(request, name);
    if (text == NULL) {
        answer_field(request, name, NCT_E_REQUIRED);
    }
    return text;
}

bool request_has_only(struct request *request, const char *const *names) {
    const char *key;
    json_t *value;
    json_object_foreach(request->json, key, value) {
        size_t i = 0;
        while (names[i] != NULL && strcmp(names[i], key) != 0) {
            i++;
        }
        if (names[i] == NULL) {
            answer_field(request, key, NCT_E_UNKNOWN_FIELD);
            return false;
        }
    }
    return true;
}

bool request_page(struct request *request, const char **after, size_t *limit) {
    const char *asked = request_query(request, "limit");
    long number = PAGE_USUAL;
    *after = request_query(request, "after");
    if (asked != NULL && (!text_number(asked, PAGE_MOST, &number) || number < 1)) {
        answer_http(request, MHD_HTTP_BAD_REQUEST, "HTTP_BAD_REQUEST", "limit has to be a number from 1 to 1000");
        return false;
    }
    *limit = (size_t)number;
    return true;
}
