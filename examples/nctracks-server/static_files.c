#include "static_files.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "answer.h"
#include "http.h"

#define NAME_MAX_BYTES 512
#define PLAIN "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-@"

struct type {
    const char *extension;
    const char *type;
};

static const struct type types[] = {
    {".html", "text/html; charset=utf-8"},
    {".css", "text/css; charset=utf-8"},
    {".js", "text/javascript; charset=utf-8"},
    {".json", "application/json"},
    {".svg", "image/svg+xml"},
    {".png", "image/png"},
    {".ico", "image/x-icon"},
    {".woff2", "font/woff2"},
    {".wasm", "application/wasm"},
    {".txt", "text/plain; charset=utf-8"},
    {".webmanifest", "application/manifest+json"},
};

/** A file that was found. */
struct found {
    char name[NAME_MAX_BYTES];
    int fd;
    struct stat info;
    bool compressed;
};

bool static_files_owns(const struct request *request) {
    static const char *const others[] = {"/api", "/access", "/health", "/metrics", "/demo/mail"};
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
        size_t len = strlen(others[i]);
        if (strncmp(request->path, others[i], len) == 0 && (request->path[len] == '/' || request->path[len] == '\0')) {
            return false;
        }
    }
    return request->server->pages >= 0;
}

static const char *type_of(const char *name) {
    const char *extension = strrchr(name, '.');
    for (size_t i = 0; extension != NULL && i < sizeof types / sizeof types[0]; i++) {
        if (strcmp(types[i].extension, extension) == 0) {
            return types[i].type;
        }
    }
    return NULL;
}

/* A path of plain names, none of which begins with a dot: nothing leads out of the folder. */
static bool is_plain(const char *path) {
    while (*path == '/') {
        size_t len = strspn(path + 1, PLAIN);
        if (len == 0 || path[1] == '.') {
            return false;
        }
        path += len + 1;
    }
    return *path == '\0';
}

static bool open_file(const struct request *request, struct found *found, const char *suffix) {
    char name[NAME_MAX_BYTES + 8];
    snprintf(name, sizeof name, "%s%s", found->name, suffix);
    found->fd = openat(request->server->pages, name, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    if (found->fd >= 0 && (fstat(found->fd, &found->info) != 0 || !S_ISREG(found->info.st_mode))) {
        close(found->fd);
        found->fd = -1;
    }
    return found->fd >= 0;
}

static bool accepts_gzip(const struct request *request) {
    const char *accepted = request_header(request, MHD_HTTP_HEADER_ACCEPT_ENCODING);
    return accepted != NULL && strstr(accepted, "gzip") != NULL && strstr(accepted, "gzip;q=0") == NULL;
}

/* A file is sent as the build compressed it, if it did. */
static bool find(const struct request *request, struct found *found) {
    const char *path = request->path;
    bool page = strcmp(path, "/") == 0 || (is_plain(path) && strchr(path, '.') == NULL);
    if (!page && (!is_plain(path) || strlen(path) >= NAME_MAX_BYTES)) {
        return false;
    }
    snprintf(found->name, sizeof found->name, "%s", page ? "index.html" : path + 1);
    if (type_of(found->name) == NULL) {
        return false;
    }
    found->compressed = accepts_gzip(request) && open_file(request, found, ".gz");
    return found->compressed || open_file(request, found, "");
}

static bool is_known(const struct request *request, const char *tag) {
    const char *known = request_header(request, MHD_HTTP_HEADER_IF_NONE_MATCH);
    return known != NULL && strstr(known, tag) != NULL;
}

/* What lies in /assets has its content's digest in its name, and never changes. */
static const char *cache_of(const struct found *found) {
    return strncmp(found->name, "assets/", 7) == 0 ? "public, max-age=31536000, immutable" : "no-cache";
}

static void describe(struct MHD_Response *response, const struct found *found, const char *tag) {
    MHD_add_response_header(response, MHD_HTTP_HEADER_ETAG, tag);
    MHD_add_response_header(response, MHD_HTTP_HEADER_CACHE_CONTROL, cache_of(found));
    MHD_add_response_header(response, MHD_HTTP_HEADER_VARY, MHD_HTTP_HEADER_ACCEPT_ENCODING);
    MHD_add_response_header(response, MHD_HTTP_HEADER_CONTENT_TYPE, type_of(found->name));
    if (found->compressed) {
        MHD_add_response_header(response, MHD_HTTP_HEADER_CONTENT_ENCODING, "gzip");
    }
}

enum MHD_Result static_files_send(struct request *request) {
    struct found found;
    char tag[80];
    if (!find(request, &found)) {
        answer_http(request, MHD_HTTP_NOT_FOUND, "HTTP_NOT_FOUND", "There is nothing of this path.");
        return http_send(request);
    }
    snprintf(tag, sizeof tag, "\"%llx-%llx-%llx%s\"", (unsigned long long)found.info.st_mtim.tv_sec,
             (unsigned long long)found.info.st_mtim.tv_nsec, (unsigned long long)found.info.st_size,
             found.compressed ? "-gz" : "");
    struct MHD_Response *response = NULL;
    request->answer.status = is_known(request, tag) ? MHD_HTTP_NOT_MODIFIED : MHD_HTTP_OK;
    if (request->answer.status == MHD_HTTP_OK) {
        response = MHD_create_response_from_fd64((uint64_t)found.info.st_size, found.fd);
    } else {
        close(found.fd);
        response = MHD_create_response_from_buffer(0, NULL, MHD_RESPMEM_PERSISTENT);
    }
    if (response == NULL) {
        return MHD_NO;
    }
    describe(response, &found, tag);
    return http_queue(request, response, true);
}
