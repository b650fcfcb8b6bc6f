#include "terminal/secret.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "terminal/failure.h"
#include "terminal/terminal.h"
#include "text.h"

/* Byte by byte: what follows the line may be another secret, for somebody else to read. */
static bool read_line(int fd, struct secret *out) {
    for (;;) {
        char byte;
        ssize_t got = read(fd, &byte, 1);
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got < 0) {
            return false;
        }
        if (got == 0 || byte == '\n') {
            break;
        }
        if (out->len == sizeof out->bytes) {
            errno = EOVERFLOW;
            return false;
        }
        out->bytes[out->len++] = byte;
    }
    if (out->len > 0 && out->bytes[out->len - 1] == '\r') {
        out->len--;
    }
    return true;
}

static int from_descriptor(struct cli *cli, const char *option, const char *number, struct secret *out) {
    long fd = 0;
    if (!text_number(number, 65535, &fd) || fcntl((int)fd, F_GETFD) < 0) {
        return fail_usage(cli, "--%s needs the number of an open file descriptor", option);
    }
    if (!read_line((int)fd, out)) {
        secret_wipe(out);
        return fail_input(cli, "--%s: %s", option, errno == EOVERFLOW ? "the line is too long" : strerror(errno));
    }
    return CLI_DONE;
}

static int from_terminal(struct cli *cli, const char *option, const char *prompt, struct secret *out) {
    if (terminal_ask(prompt, out->bytes, sizeof out->bytes, &out->len)) {
        return CLI_DONE;
    }
    int reason = errno;
    secret_wipe(out);
    if (reason == EOVERFLOW || reason == EINTR) {
        return fail_input(cli, "%s", reason == EINTR ? "interrupted" : "the line is too long");
    }
    return fail_usage(cli, "there is no terminal to ask on; use --%s", option);
}

int secret_read(struct cli *cli, const char *fd_option, const char *prompt, struct secret *out) {
    memset(out, 0, sizeof *out);
    const char *number = args_value(&cli->args, fd_option);
    return number != NULL ? from_descriptor(cli, fd_option, number, out) : from_terminal(cli, fd_option, prompt, out);
}

int secret_read_new(struct cli *cli, const char *fd_option, const char *prompt, struct secret *out) {
    int code = secret_read(cli, fd_option, prompt, out);
    if (code != CLI_DONE || args_has(&cli->args, fd_option)) {
        return code;
    }
    struct secret again;
    code = secret_read(cli, fd_option, "The same again: ", &again);
    if (code == CLI_DONE && (again.len != out->len || memcmp(again.bytes, out->bytes, out->len) != 0)) {
        code = fail_input(cli, "the two are not the same");
    }
    secret_wipe(&again);
    if (code != CLI_DONE) {
        secret_wipe(out);
    }
    return code;
}

void secret_wipe(struct secret *secret) {
    explicit_bzero(secret, sizeof *secret);
}
