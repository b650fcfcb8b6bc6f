#include "files.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* realloc() would leave a copy of the old bytes behind. */
static bool grow(file_content *content, size_t *capacity) {
    size_t larger = *capacity == 0 ? 65536 : *capacity * 2;
    char *bytes = malloc(larger + 1);
    if (bytes == NULL) {
        return false;
    }
    if (content->len > 0) {
        memcpy(bytes, content->bytes, content->len);
        explicit_bzero(content->bytes, content->len);
    }
    free(content->bytes);
    content->bytes = bytes;
    *capacity = larger;
    return true;
}

static bool read_all(int fd, size_t max, file_content *out) {
    size_t capacity = 0;
    for (;;) {
        if (out->len == capacity && !grow(out, &capacity)) {
            return false;
        }
        ssize_t got = read(fd, out->bytes + out->len, capacity - out->len);
        if (got == 0) {
            out->bytes[out->len] = '\0';
            return true;
        }
        if (got < 0 && errno != EINTR) {
            return false;
        }
        out->len += got > 0 ? (size_t)got : 0;
        if (out->len > max) {
            errno = EFBIG;
            return false;
        }
    }
}

bool file_read_as(enum trust kind, const char *path, size_t max, file_content *out) {
    *out = (file_content){NULL, 0};
    bool standard = strcmp(path, "-") == 0;
    int fd = standard ? STDIN_FILENO : trusted_open(AT_FDCWD, path, kind);
    if (fd < 0) {
        return false;
    }
    bool done = read_all(fd, max, out);
    int reason = errno;
    if (!standard) {
        close(fd);
    }
    if (!done) {
        file_release(out);
        errno = reason;
    }
    return done;
}

bool file_read(const char *path, size_t max, file_content *out) {
    return file_read_as(TRUST_INPUT, path, max, out);
}

void file_release(file_content *content) {
    if (content->bytes != NULL) {
        explicit_bzero(content->bytes, content->len);
        free(content->bytes);
    }
    *content = (file_content){NULL, 0};
}

bool file_beside(const char *path, const char *name, char *out, size_t capacity) {
    const char *slash = strrchr(path, '/');
    int folder = slash != NULL ? (int)(slash - path + 1) : 0;
    int len = snprintf(out, capacity, "%.*s%s", folder, path, name);
    if (len < 0 || (size_t)len >= capacity) {
        errno = ENAMETOOLONG;
        return false;
    }
    return true;
}

int file_create_private(const char *path) {
    return trusted_create(AT_FDCWD, path);
}

bool file_write_all(int fd, const void *bytes, size_t len) {
    const char *at = bytes;
    while (len > 0) {
        ssize_t put = write(fd, at, len);
        if (put < 0 && errno != EINTR) {
            return false;
        }
        at += put > 0 ? put : 0;
        len -= put > 0 ? (size_t)put : 0;
    }
    return true;
}

bool file_sync_folder(const char *path) {
    char folder[4096];
    if (!file_beside(path, ".", folder, sizeof folder)) {
        return false;
    }
    int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0) {
        return false;
    }
    bool done = fsync(fd) == 0;
    close(fd);
    return done;
}
