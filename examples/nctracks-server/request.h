/** One request and the answer that is being made to it. */
#ifndef NCTRACKS_SERVER_REQUEST_H
#define NCTRACKS_SERVER_REQUEST_H

#include <stdbool.h>
#include <stdint.h>

#include <jansson.h>
#include <microhttpd.h>
#include <nctracks/access.h>
#include <nctracks/form.h>

#include "server.h"

#define REQUEST_ID_MAX 65
#define SEGMENTS_MAX 10
#define SEGMENT_MAX 300
#define HEADERS_MAX 8

struct route;

/** Who asks, once it is known. */
struct session {
    bool present;
    char ncid[24];
    char language[16];
    bool is_operator;
    bool waits_for_code;
    char acr[104]; /**< At which level they were authenticated, in the words of who did; empty: not said. */
    char amr[104]; /**< By which methods. */
    int64_t authenticated_at;
    int64_t idle_until;
    int64_t ends_at;
};

/** Whole before its first byte is sent. */
struct answer {
    unsigned status;
    const char *type;
    const char *code; /**< Of a refusal, for log and figures; NULL: none. */
    char *bytes;
    size_t len;
    const char *header_names[HEADERS_MAX];
    char *header_values[HEADERS_MAX];
    size_t headers;
    bool cacheable;
};

struct request {
    struct server *server;
    struct MHD_Connection *connection;
    const struct route *route;
    char id[REQUEST_ID_MAX];
    char address[64];
    char method[8];
    char *path;
    char segments[SEGMENTS_MAX][SEGMENT_MAX];
    size_t segment_count;
    char *body;
    size_t body_len;
    size_t body_capacity;
    json_t *json;
    struct session session;
    bool by_service; /**< Asked with the service's token. */
    struct answer answer;
    uint64_t began; /**< Monotonic microseconds. */
};

/** The text that stands for `{name}` in the route's template. */
const char *request_part(const struct request *request, const char *name);
/** A parameter of the query or a header; NULL where there is none. */
const char *request_query(const struct request *request, const char *name);
const char *request_header(const struct request *request, const char *name);

/** The language of the answer: of the query, the session, the browser, the portal. */
const char *request_language(const struct request *request);

/** A text of the body's object; answers and returns NULL where it is missing or something else. */
const char *request_text(struct request *request, const char *name);
/** The same, but NULL without an answer where it is missing. */
const char *request_optional(const struct request *request, const char *name);
/** Whether the body has no other members than these, a list ended by NULL; else answers. */
bool request_has_only(struct request *request, const char *const *names);

/** The page asked for: `after` (may be NULL) and `limit`; answers and returns false where they are not a page. */
bool request_page(struct request *request, const char **after, size_t *limit);

#endif
