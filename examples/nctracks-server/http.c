#include "http.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <nctracks/refusal.h>
#include <sodium.h>

#include "answer.h"
#include "guard.h"
#include "log.h"
#include "metrics.h"
#include "rates.h"
#include "routes.h"
#include "slow.h"
#include "static_files.h"

#define CONNECTION_MEMORY ((size_t)32 * 1024) /* of a connection: what bounds its headers */
#define REQUEST_LONGEST UINT64_C(120000000)   /* microseconds a body may take to arrive */
#define ID_BYTES 16

#define PAGE_POLICY                                                                                                    \
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "                 \
    "connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; "           \
    "frame-src 'self' blob:"
#define DATA_POLICY "default-src 'none'; frame-ancestors 'none'"

static atomic_int under_way;

static uint64_t monotonic(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000000 + (uint64_t)now.tv_nsec / 1000;
}

/* ---- A request begins ---- */

/* An id that was handed in is kept, so that one request can be followed through several programs. */
static void set_id(struct request *request) {
    const char *given = request_header(request, "X-Request-Id");
    size_t len = given != NULL ? strlen(given) : 0;
    unsigned char bytes[ID_BYTES];
    if (len > 0 && len < REQUEST_ID_MAX &&
        strspn(given, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-") == len) {
        memcpy(request->id, given, len + 1);
        return;
    }
    randombytes_buf(bytes, sizeof bytes);
    sodium_bin2hex(request->id, sizeof request->id, bytes, sizeof bytes);
}

static void set_peer(struct request *request) {
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(request->connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
    const struct sockaddr_in *peer = info != NULL ? (const struct sockaddr_in *)(const void *)info->client_addr : NULL;
    if (peer == NULL || inet_ntop(AF_INET, &peer->sin_addr, request->address, sizeof request->address) == NULL) {
        snprintf(request->address, sizeof request->address, "unknown");
    }
}

/* Behind a proxy, the last address of the list is the one the proxy itself saw. */
static void set_address(struct request *request) {
    const char *list = request_header(request, "X-Forwarded-For");
    set_peer(request);
    if (!request->server->settings.behind_proxy || list == NULL) {
        return;
    }
    const char *last = strrchr(list, ',');
    last = last != NULL ? last + 1 : list;
    last += strspn(last, " ");
    size_t len = strspn(last, "0123456789abcdefABCDEF.:");
    if (len > 0 && len < sizeof request->address && last[len] == '\0') {
        memcpy(request->address, last, len + 1);
    }
}

static struct request *begin(struct server *server, struct MHD_Connection *connection, const char *path,
                             const char *method) {
    struct request *request = calloc(1, sizeof *request);
    char *copy = strdup(path);
    if (request == NULL || copy == NULL) {
        free(request);
        free(copy);
        return NULL;
    }
    request->server = server;
    request->connection = connection;
    request->path = copy;
    request->began = monotonic();
    snprintf(request->method, sizeof request->method, "%s", method);
    set_id(request);
    set_address(request);
    atomic_fetch_add(&under_way, 1);
    slow_arrived(connection);
    return request;
}

static void end(struct request *request) {
    uint64_t took = monotonic() - request->began;
    log_request(request, took);
    metrics_note(request->server->metrics, request->route, request->answer.status, request->answer.code, took);
    if (request->body != NULL) {
        explicit_bzero(request->body, request->body_capacity);
        free(request->body);
    }
    json_decref(request->json);
    answer_release(&request->answer);
    free(request->path);
    free(request);
    atomic_fetch_sub(&under_way, 1);
}

/* ---- The body ---- */

/* realloc() would leave a copy of a password behind. */
static bool grow(struct request *request, size_t needed) {
    size_t capacity = request->body_capacity == 0 ? 4096 : request->body_capacity;
    while (capacity < needed) {
        capacity *= 2;
    }
    char *bytes = malloc(capacity);
    if (bytes == NULL) {
        return false;
    }
    if (request->body != NULL) {
        memcpy(bytes, request->body, request->body_len);
        explicit_bzero(request->body, request->body_capacity);
        free(request->body);
    }
    request->body = bytes;
    request->body_capacity = capacity;
    return true;
}

/* A body whose length was not told in advance, and is too long or too slow, ends with the connection. */
static enum MHD_Result take(struct request *request, const char *data, size_t *len) {
    size_t needed = request->body_len + *len;
    if (needed > (size_t)request->server->settings.body_max || monotonic() - request->began > REQUEST_LONGEST ||
        (needed > request->body_capacity && !grow(request, needed))) {
        return MHD_NO;
    }
    memcpy(request->body + request->body_len, data, *len);
    request->body_len = needed;
    *len = 0;
    return MHD_YES;
}

/* ---- The answer ---- */

static void add_common(const struct request *request, struct MHD_Response *response, bool page) {
    MHD_add_response_header(response, "X-Request-Id", request->id);
    MHD_add_response_header(response, "X-Content-Type-Options", "nosniff");
    MHD_add_response_header(response, "Referrer-Policy", "no-referrer");
    MHD_add_response_header(response, "Cross-Origin-Opener-Policy", "same-origin");
    MHD_add_response_header(response, "Cross-Origin-Resource-Policy", "same-origin");
    MHD_add_response_header(response, "Permissions-Policy", "camera=(), geolocation=(), microphone=()");
    MHD_add_response_header(response, "Content-Security-Policy", page ? PAGE_POLICY : DATA_POLICY);
    if (!request->server->settings.plain_http) {
        MHD_add_response_header(response, "Strict-Transport-Security", "max-age=31536000; includeSubDomains");
    }
    if (!page) {
        MHD_add_response_header(response, MHD_HTTP_HEADER_CACHE_CONTROL, "no-store");
    }
}

enum MHD_Result http_queue(struct request *request, struct MHD_Response *response, bool page) {
    add_common(request, response, page);
    enum MHD_Result queued = MHD_queue_response(request->connection, request->answer.status, response);
    MHD_destroy_response(response);
    return queued;
}

enum MHD_Result http_send(struct request *request) {
    struct answer *answer = &request->answer;
    struct MHD_Response *response = MHD_create_response_from_buffer(answer->len, answer->bytes, MHD_RESPMEM_MUST_FREE);
    if (response == NULL) {
        return MHD_NO;
    }
    answer->bytes = NULL;
    if (answer->type != NULL) {
        MHD_add_response_header(response, MHD_HTTP_HEADER_CONTENT_TYPE, answer->type);
    }
    for (size_t i = 0; i < answer->headers; i++) {
        MHD_add_response_header(response, answer->header_names[i], answer->header_values[i]);
    }
    return http_queue(request, response, false);
}

static enum MHD_Result handle(struct request *request) {
    if (static_files_owns(request)) {
        return static_files_send(request);
    }
    if (guard_body(request)) {
        request->route->handle(request);
    }
    return http_send(request);
}

/* Pages are only read; a refusal that needs no body does not wait for it. */
static bool may_go_on(struct request *request) {
    if (!guard_host(request)) {
        return false;
    }
    if (static_files_owns(request)) {
        if (guard_is_safe(request->method)) {
            return true;
        }
        answer_http(request, MHD_HTTP_METHOD_NOT_ALLOWED, "HTTP_METHOD_NOT_ALLOWED", "Pages are only read.");
        answer_header(request, MHD_HTTP_HEADER_ALLOW, "GET, HEAD");
        return false;
    }
    return guard_head(request);
}

static enum MHD_Result on_request(void *server, struct MHD_Connection *connection, const char *path, const char *method,
                                  const char *version, const char *data, size_t *data_len, void **state) {
    struct request *request = *state;
    (void)version;
    nct_refusal_forget(); /* of whoever this thread served before */
    if (request == NULL) {
        request = begin(server, connection, path, method);
        if (request == NULL) {
            return MHD_NO;
        }
        *state = request;
        return may_go_on(request) ? MHD_YES : http_send(request);
    }
    return *data_len > 0 ? take(request, data, data_len) : handle(request);
}

static void on_end(void *server, struct MHD_Connection *connection, void **state, enum MHD_RequestTerminationCode why) {
    (void)server;
    (void)why;
    if (*state != NULL) {
        end(*state);
        *state = NULL;
    }
    slow_answered(connection);
}

/* ---- The daemon ---- */

struct MHD_Daemon *http_start(struct server *server) {
    const struct settings *s = &server->settings;
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((uint16_t)s->port)};
    if (inet_pton(AF_INET, s->listen_address, &address.sin_addr) != 1) {
        fprintf(stderr, "nctracks-server: %s: not an IPv4 address\n", s->listen_address);
        return NULL;
    }
    server->slow = slow_start((int)s->idle_seconds * 2);
    if (server->slow == NULL) {
        return NULL;
    }
    struct MHD_Daemon *daemon = MHD_start_daemon(
        MHD_USE_THREAD_PER_CONNECTION | MHD_USE_INTERNAL_POLLING_THREAD | MHD_USE_POLL | MHD_USE_ITC, (uint16_t)s->port,
        NULL, NULL, on_request, server, MHD_OPTION_SOCK_ADDR, &address, MHD_OPTION_NOTIFY_COMPLETED, on_end, NULL,
        MHD_OPTION_CONNECTION_LIMIT, (unsigned)s->connections, MHD_OPTION_PER_IP_CONNECTION_LIMIT,
        (unsigned)s->connections_per_address, MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)s->idle_seconds,
        MHD_OPTION_CONNECTION_MEMORY_LIMIT, CONNECTION_MEMORY, MHD_OPTION_STRICT_FOR_CLIENT, 1,
        MHD_OPTION_NOTIFY_CONNECTION, slow_notice, server->slow, MHD_OPTION_END);
    if (daemon == NULL) {
        fprintf(stderr, "nctracks-server: %s:%ld cannot be listened on\n", s->listen_address, s->port);
        slow_stop(server->slow);
    }
    return daemon;
}

void http_stop(struct server *server, struct MHD_Daemon *daemon, int seconds) {
    struct timespec tick = {0, 20000000};
    atomic_store(&server->stopping, true);
    MHD_socket listening = MHD_quiesce_daemon(daemon);
    for (int ticks = seconds * 50; atomic_load(&under_way) > 0 && ticks > 0; ticks--) {
        nanosleep(&tick, NULL);
    }
    MHD_stop_daemon(daemon);
    slow_stop(server->slow);
    if (listening != MHD_INVALID_SOCKET) {
        close(listening);
    }
}
