#include "roster/codes_file.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <nctracks/ident.h>

#include "files.h"
#include "forms/typed.h"
#include "terminal/failure.h"

#define HEADER "npi,authorization_code\n"
#define FILES_MAX 9999

/* A name nobody chose is no reason to fail: the next one that is free. */
static int create_usual(codes_file *out) {
    out->fd = file_create_private(out->path);
    for (int number = 2; out->fd < 0 && errno == EEXIST && number <= FILES_MAX; number++) {
        snprintf(out->path, sizeof out->path, "authorization-codes-%d.csv", number);
        out->fd = file_create_private(out->path);
    }
    return out->fd;
}

int codes_file_open(struct cli *cli, codes_file *out) {
    const char *given = args_value(&cli->args, "codes");
    *out = (codes_file){.path = "authorization-codes.csv", .fd = -1};
    if (given != NULL && (size_t)snprintf(out->path, sizeof out->path, "%s", given) >= sizeof out->path) {
        return fail_usage(cli, "--codes: the path is too long");
    }
    out->fd = given != NULL ? file_create_private(out->path) : create_usual(out);
    if (out->fd < 0) {
        int code = fail_file(cli, out->path);
        fail_help(cli, "Authorization codes go to a new file; name another one with --codes.");
        return code;
    }
    if (!file_write_all(out->fd, HEADER, strlen(HEADER)) || !file_sync_folder(out->path)) {
        return fail_file(cli, out->path);
    }
    return CLI_DONE;
}

static bool truncate_to(const codes_file *codes, off_t size) {
    return size > 0 && ftruncate(codes->fd, size) == 0 && lseek(codes->fd, size, SEEK_SET) == size;
}

void codes_file_add(codes_file *codes, const char *provider, const char *code) {
    char id[NCT_IDENT_CANONICAL_MAX + 1];
    typed_provider(provider, strlen(provider), id);
    snprintf(codes->lines[codes->at_work++], CODES_LINE_MAX, "%s,%s\n", id, code);
}

/* Writes lines at an offset, so that they are on the disk. Where they end, or -1. */
static off_t put_lines(const codes_file *codes, off_t at, const bool *wanted) {
    if (at <= 0 || lseek(codes->fd, at, SEEK_SET) != at) {
        return -1;
    }
    for (size_t i = 0; i < codes->at_work; i++) {
        size_t len = strlen(codes->lines[i]);
        if (wanted != NULL && !wanted[i]) {
            continue;
        }
        if (!file_write_all(codes->fd, codes->lines[i], len)) {
            return -1;
        }
        at += (off_t)len;
    }
    return fdatasync(codes->fd) == 0 ? at : -1;
}

int codes_file_write(struct cli *cli, codes_file *codes) {
    codes->before = lseek(codes->fd, 0, SEEK_END);
    if (put_lines(codes, codes->before, NULL) >= 0) {
        codes->count += codes->at_work;
        return CLI_DONE;
    }
    int result = fail_file(cli, codes->path);
    (void)truncate_to(codes, codes->before); /* half a line */
    explicit_bzero(codes->lines, sizeof codes->lines);
    codes->at_work = 0;
    return result;
}

int codes_file_write_one(struct cli *cli, codes_file *codes, const char *provider, const char *code) {
    codes_file_add(codes, provider, code);
    return codes_file_write(cli, codes);
}

/* Those that stay are written behind all others before they take the place of these: each is in the file at any time,
 * twice for a moment. Where that fails, a code that opens nothing stays too. */
static bool keep_lines(const codes_file *codes, const bool *enrolled) {
    off_t end = lseek(codes->fd, 0, SEEK_END);
    if (put_lines(codes, end, enrolled) < 0) {
        (void)truncate_to(codes, end);
        return false;
    }
    return truncate_to(codes, put_lines(codes, codes->before, enrolled));
}

void codes_file_finish(codes_file *codes, const bool *enrolled) {
    size_t refused = 0;
    for (size_t i = 0; enrolled != NULL && i < codes->at_work; i++) {
        refused += !enrolled[i];
    }
    if (refused > 0 && keep_lines(codes, enrolled)) {
        codes->count -= refused;
    }
    explicit_bzero(codes->lines, sizeof codes->lines);
    codes->at_work = 0;
}

void codes_file_hold_signals(sigset_t *before) {
    sigset_t held;
    sigemptyset(&held);
    sigaddset(&held, SIGINT);
    sigaddset(&held, SIGTERM);
    sigaddset(&held, SIGHUP);
    sigprocmask(SIG_BLOCK, &held, before);
}

void codes_file_free_signals(const sigset_t *before) {
    sigprocmask(SIG_SETMASK, before, NULL);
}

void codes_file_close(codes_file *codes) {
    if (codes->fd < 0) {
        return;
    }
    close(codes->fd);
    codes->fd = -1;
    if (codes->count == 0) {
        unlink(codes->path);
    }
}
