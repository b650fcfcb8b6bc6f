#define _DEFAULT_SOURCE /* mkdtemp */
#define _GNU_SOURCE     /* memmem */
#include "postgresql_proxy.h"

#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#define CONNECTIONS 1024 /* in the life of a proxy */
#define MESSAGE_MAX 65536
#define PLAN_MAX 16

struct pair {
    pthread_t thread;
    struct proxy *proxy;
    int client, server; /* -1: closed */
};

struct proxy {
    pthread_mutex_t mutex;
    pthread_cond_t changed;
    pthread_t thread;
    char folder[64];
    char path[108];
    struct sockaddr_un behind;
    int listener;
    struct pair pairs[CONNECTIONS];
    size_t count;
    enum cut plan[PLAN_MAX];
    size_t plan_at, plan_count;
    unsigned share;
    uint64_t seed;
    size_t cuts;
    int refuse, stopping;
    int late, released, answered; /* of a request that is late */
};

/* ---- Messages ---- */

struct bytes {
    size_t len;
    unsigned char at[MESSAGE_MAX];
};

static int read_all(int socket, unsigned char *at, size_t len) {
    while (len > 0) {
        ssize_t got = read(socket, at, len);
        if (got <= 0)
            return 0;
        at += got;
        len -= (size_t)got;
    }
    return 1;
}

static int write_all(int socket, const unsigned char *at, size_t len) {
    while (len > 0) {
        ssize_t put = send(socket, at, len, MSG_NOSIGNAL);
        if (put <= 0)
            return 0;
        at += put;
        len -= (size_t)put;
    }
    return 1;
}

/* One more message at the end; `type` 0: the first one of a client, which has none. */
static int read_message(int socket, struct bytes *bytes, size_t type) {
    unsigned char *at = bytes->at + bytes->len;
    if (bytes->len + 5 > sizeof bytes->at || !read_all(socket, at, type + 4))
        return 0;
    const unsigned char *size = at + type;
    size_t len = (size_t)size[0] << 24 | (size_t)size[1] << 16 | (size_t)size[2] << 8 | size[3];
    if (len < 4 || bytes->len + type + len > sizeof bytes->at || !read_all(socket, at + type + 4, len - 4))
        return 0;
    bytes->len += type + len;
    return 1;
}

/* To a message of the last type, which is among them. */
static int read_until(int socket, struct bytes *bytes, char last) {
    size_t at = 0;
    bytes->len = 0;
    do {
        at = bytes->len;
        if (!read_message(socket, bytes, 1))
            return 0;
    } while (bytes->at[at] != (unsigned char)last);
    return 1;
}

/* ---- One connection ---- */

static enum cut next_cut(struct proxy *proxy) {
    enum cut cut = CUT_NOTHING;
    (void)pthread_mutex_lock(&proxy->mutex);
    proxy->seed = proxy->seed * UINT64_C(6364136223846793005) + 1442695040888963407;
    unsigned drawn = (unsigned)(proxy->seed >> 33);
    if (proxy->plan_at < proxy->plan_count)
        cut = proxy->plan[proxy->plan_at++];
    else if (proxy->share > 0 && drawn % proxy->share == 0)
        cut = (enum cut)(1 + drawn / proxy->share % CUT_HALF_ANSWER);
    proxy->cuts += cut != CUT_NOTHING;
    (void)pthread_mutex_unlock(&proxy->mutex);
    return cut;
}

static int names(const struct bytes *request, const char *name) {
    return memmem(request->at, request->len, name, strlen(name) + 1) != NULL;
}

static void hang_up(struct pair *pair) {
    (void)pthread_mutex_lock(&pair->proxy->mutex);
    if (pair->client >= 0)
        (void)close(pair->client);
    if (pair->server >= 0)
        (void)close(pair->server);
    pair->client = pair->server = -1;
    (void)pthread_mutex_unlock(&pair->proxy->mutex);
}

static void hang_up_on_client(struct pair *pair) {
    (void)pthread_mutex_lock(&pair->proxy->mutex);
    (void)close(pair->client);
    pair->client = -1;
    (void)pthread_mutex_unlock(&pair->proxy->mutex);
}

static void wait_for_release(struct proxy *proxy) {
    (void)pthread_mutex_lock(&proxy->mutex);
    proxy->late = 1;
    (void)pthread_cond_broadcast(&proxy->changed);
    while (!proxy->released && !proxy->stopping)
        (void)pthread_cond_wait(&proxy->changed, &proxy->mutex);
    (void)pthread_mutex_unlock(&proxy->mutex);
}

static void say_answered(struct proxy *proxy) {
    (void)pthread_mutex_lock(&proxy->mutex);
    proxy->answered = 1;
    (void)pthread_cond_broadcast(&proxy->changed);
    (void)pthread_mutex_unlock(&proxy->mutex);
}

static int pass_on(struct pair *pair, const struct bytes *request, struct bytes *answer) {
    return write_all(pair->server, request->at, request->len) && read_until(pair->server, answer, 'Z');
}

static void come_late(struct pair *pair, const struct bytes *request, struct bytes *answer) {
    hang_up_on_client(pair);
    wait_for_release(pair->proxy);
    (void)pass_on(pair, request, answer);
    say_answered(pair->proxy);
}

/* 0: that was all. */
static int handle(struct pair *pair, const struct bytes *request, struct bytes *answer) {
    int counts = names(request, "nct_apply") || names(request, "nct_settle");
    unsigned char byte = 0;
    switch (counts ? next_cut(pair->proxy) : CUT_NOTHING) {
    case CUT_REQUEST:
        return 0;
    case CUT_HALF_REQUEST:
        (void)write_all(pair->server, request->at, request->len / 2);
        return 0;
    case CUT_ANSWER:
        (void)pass_on(pair, request, answer);
        return 0;
    case CUT_HALF_ANSWER:
        if (pass_on(pair, request, answer))
            (void)write_all(pair->client, answer->at, answer->len / 2);
        return 0;
    case CUT_LATE:
        come_late(pair, request, answer);
        return 0;
    case CUT_SILENCE:
        (void)pass_on(pair, request, answer);
        (void)read_all(pair->client, &byte, 1); /* until the client gives up */
        return 0;
    default:
        return pass_on(pair, request, answer) && write_all(pair->client, answer->at, answer->len);
    }
}

static void *serve(void *argument) {
    struct pair *pair = argument;
    struct bytes *request = calloc(1, sizeof *request);
    struct bytes *answer = calloc(1, sizeof *answer);
    int going = request != NULL && answer != NULL && read_message(pair->client, request, 0) &&
                pass_on(pair, request, answer) && write_all(pair->client, answer->at, answer->len);
    while (going && read_until(pair->client, request, 'S'))
        going = handle(pair, request, answer);
    hang_up(pair);
    free(request);
    free(answer);
    return NULL;
}

/* ---- All of them ---- */

static int connect_behind(const struct proxy *proxy) {
    int server = socket(AF_UNIX, SOCK_STREAM, 0);
    if (server >= 0 && connect(server, (const struct sockaddr *)&proxy->behind, sizeof proxy->behind) == 0)
        return server;
    if (server >= 0)
        (void)close(server);
    return -1;
}

static void take_in(struct proxy *proxy, int client) {
    int server = -1;
    (void)pthread_mutex_lock(&proxy->mutex);
    if (!proxy->refuse && !proxy->stopping && proxy->count < CONNECTIONS)
        server = connect_behind(proxy);
    if (server < 0) {
        (void)close(client);
    } else {
        struct pair *pair = &proxy->pairs[proxy->count++];
        *pair = (struct pair){.proxy = proxy, .client = client, .server = server};
        if (pthread_create(&pair->thread, NULL, serve, pair) != 0)
            abort();
    }
    (void)pthread_mutex_unlock(&proxy->mutex);
}

static void *listen_on(void *argument) {
    struct proxy *proxy = argument;
    for (;;) {
        int client = accept(proxy->listener, NULL, NULL);
        if (client < 0)
            return NULL;
        take_in(proxy, client);
    }
}

static int open_listener(struct proxy *proxy) {
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    memcpy(address.sun_path, proxy->path, sizeof address.sun_path);
    proxy->listener = socket(AF_UNIX, SOCK_STREAM, 0);
    return proxy->listener >= 0 && bind(proxy->listener, (const struct sockaddr *)&address, sizeof address) == 0 &&
           listen(proxy->listener, 64) == 0;
}

struct proxy *proxy_start(const char *server_folder, const char *port) {
    struct proxy *proxy = calloc(1, sizeof *proxy);
    if (proxy == NULL)
        return NULL;
    strcpy(proxy->folder, "/tmp/nct-proxy-XXXXXX");
    proxy->seed = 20130415;
    proxy->behind.sun_family = AF_UNIX;
    (void)pthread_mutex_init(&proxy->mutex, NULL);
    (void)pthread_cond_init(&proxy->changed, NULL);
    int made = mkdtemp(proxy->folder) != NULL;
    (void)snprintf(proxy->path, sizeof proxy->path, "%s/.s.PGSQL.%s", proxy->folder, port);
    (void)snprintf(proxy->behind.sun_path, sizeof proxy->behind.sun_path, "%s/.s.PGSQL.%s", server_folder, port);
    if (made && open_listener(proxy) && pthread_create(&proxy->thread, NULL, listen_on, proxy) == 0)
        return proxy;
    free(proxy);
    return NULL;
}

static void shut_down_all(struct proxy *proxy) {
    (void)pthread_mutex_lock(&proxy->mutex);
    proxy->stopping = 1;
    for (size_t i = 0; i < proxy->count; i++) {
        (void)shutdown(proxy->pairs[i].client, SHUT_RDWR);
        (void)shutdown(proxy->pairs[i].server, SHUT_RDWR);
    }
    (void)pthread_cond_broadcast(&proxy->changed);
    (void)pthread_mutex_unlock(&proxy->mutex);
}

void proxy_stop(struct proxy *proxy) {
    (void)shutdown(proxy->listener, SHUT_RDWR);
    (void)pthread_join(proxy->thread, NULL);
    shut_down_all(proxy);
    for (size_t i = 0; i < proxy->count; i++)
        (void)pthread_join(proxy->pairs[i].thread, NULL);
    (void)close(proxy->listener);
    (void)unlink(proxy->path);
    (void)rmdir(proxy->folder);
    (void)pthread_mutex_destroy(&proxy->mutex);
    (void)pthread_cond_destroy(&proxy->changed);
    free(proxy);
}

const char *proxy_folder(const struct proxy *proxy) {
    return proxy->folder;
}

void proxy_plan(struct proxy *proxy, const enum cut *cuts, size_t count) {
    (void)pthread_mutex_lock(&proxy->mutex);
    memcpy(proxy->plan, cuts, count * sizeof *cuts);
    proxy->plan_at = 0;
    proxy->plan_count = count;
    (void)pthread_mutex_unlock(&proxy->mutex);
}

void proxy_storm(struct proxy *proxy, unsigned share) {
    (void)pthread_mutex_lock(&proxy->mutex);
    proxy->share = share;
    (void)pthread_mutex_unlock(&proxy->mutex);
}

size_t proxy_cuts(struct proxy *proxy) {
    (void)pthread_mutex_lock(&proxy->mutex);
    size_t cuts = proxy->cuts;
    (void)pthread_mutex_unlock(&proxy->mutex);
    return cuts;
}

void proxy_refuse(struct proxy *proxy, int refuse) {
    (void)pthread_mutex_lock(&proxy->mutex);
    proxy->refuse = refuse;
    (void)pthread_mutex_unlock(&proxy->mutex);
}

int proxy_release(struct proxy *proxy) {
    (void)pthread_mutex_lock(&proxy->mutex);
    int late = proxy->late;
    proxy->released = 1;
    (void)pthread_cond_broadcast(&proxy->changed);
    while (late && !proxy->answered)
        (void)pthread_cond_wait(&proxy->changed, &proxy->mutex);
    proxy->late = proxy->released = proxy->answered = 0;
    (void)pthread_mutex_unlock(&proxy->mutex);
    return late;
}
