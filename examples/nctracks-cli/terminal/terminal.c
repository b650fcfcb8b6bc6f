#include "terminal/terminal.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/select.h>
#include <termios.h>
#include <unistd.h>

#define SIGNALS 6

/* The only variable of the program that is not in a function: a signal handler has no other way to tell. */
static volatile sig_atomic_t caught;

static const int watched[SIGNALS] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGTSTP, SIGALRM};

static void remember(int number) {
    caught = number;
}

/* The signals are held back but while the program waits: none can slip in between looking and waiting. */
static void watch(struct sigaction before[SIGNALS], sigset_t *mask) {
    sigset_t held;
    sigemptyset(&held);
    for (size_t i = 0; i < SIGNALS; i++) {
        sigaddset(&held, watched[i]);
    }
    sigprocmask(SIG_BLOCK, &held, mask);
    struct sigaction action;
    memset(&action, 0, sizeof action);
    action.sa_handler = remember;
    sigemptyset(&action.sa_mask);
    caught = 0;
    for (size_t i = 0; i < SIGNALS; i++) {
        sigaction(watched[i], &action, &before[i]);
    }
}

static void unwatch(const struct sigaction before[SIGNALS], const sigset_t *mask) {
    for (size_t i = 0; i < SIGNALS; i++) {
        sigaction(watched[i], &before[i], NULL);
    }
    sigprocmask(SIG_SETMASK, mask, NULL);
}

static bool wait_for_line(int fd, const sigset_t *mask) {
    fd_set waiting;
    if (fd >= FD_SETSIZE) {
        errno = EMFILE;
        return false;
    }
    FD_ZERO(&waiting);
    FD_SET(fd, &waiting);
    return pselect(fd + 1, &waiting, NULL, NULL, NULL, mask) == 1;
}

/* A line without its newline. The end of the input ends it too. */
static bool read_line(int fd, char *out, size_t capacity, size_t *len) {
    *len = 0;
    for (;;) {
        char byte;
        ssize_t got = read(fd, &byte, 1);
        if (got < 0) {
            return false;
        }
        if (got == 0 || byte == '\n') {
            return true;
        }
        if (*len == capacity) {
            errno = EOVERFLOW;
            return false;
        }
        out[(*len)++] = byte;
    }
}

static void say(int fd, const char *text) {
    ssize_t ignored = write(fd, text, strlen(text));
    (void)ignored;
}

static bool ask_without_echo(int fd, const char *prompt, const sigset_t *mask, char *out, size_t capacity,
                             size_t *len) {
    struct termios shown;
    if (tcgetattr(fd, &shown) != 0) {
        return false;
    }
    struct termios hidden = shown;
    hidden.c_lflag &= ~(tcflag_t)(ECHO | ECHONL);
    if (tcsetattr(fd, TCSAFLUSH, &hidden) != 0) {
        return false;
    }
    say(fd, prompt);
    bool done = wait_for_line(fd, mask) && read_line(fd, out, capacity, len);
    int reason = errno;
    tcsetattr(fd, TCSAFLUSH, &shown);
    say(fd, "\n");
    errno = reason;
    return done;
}

bool terminal_ask(const char *prompt, char *out, size_t capacity, size_t *len) {
    int fd = open("/dev/tty", O_RDWR | O_NOCTTY | O_CLOEXEC);
    if (fd < 0) {
        return false;
    }
    struct sigaction before[SIGNALS];
    sigset_t mask;
    watch(before, &mask);
    bool done = ask_without_echo(fd, prompt, &mask, out, capacity, len);
    int reason = errno;
    unwatch(before, &mask);
    close(fd);
    if (caught != 0) {
        explicit_bzero(out, capacity);
        raise(caught);
        reason = EINTR;
        done = false;
    }
    errno = reason;
    return done;
}
