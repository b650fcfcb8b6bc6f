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
    *out = (codes_file){"authorization-codes.csv", -1, 0, 0};
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

int codes_file_add(struct cli *cli, codes_file *codes, const char *provider, size_t provider_len, const char *code) {
    char id[NCT_IDENT_CANONICAL_MAX + 1];
    char line[NCT_IDENT_CANONICAL_MAX + 64];
    typed_provider(provider, provider_len, id);
    codes->before = lseek(codes->fd, 0, SEEK_END);
    int len = snprintf(line, sizeof line, "%s,%s\n", id, code);
    /* On the disk before the next row: a code that is lost cannot be read again from anywhere. */
    bool done = len > 0 && (size_t)len < sizeof line && file_write_all(codes->fd, line, (size_t)len) &&
                fdatasync(codes->fd) == 0;
    explicit_bzero(line, sizeof line);
    codes->count += done;
    if (done) {
        return CLI_DONE;
    }
    int result = fail_file(cli, codes->path);
    (void)truncate_to(codes, codes->before); /* half a line */
    return result;
}

void codes_file_take_back(codes_file *codes) {
    codes->count -= truncate_to(codes, codes->before);
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
