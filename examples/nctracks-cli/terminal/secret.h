/** Passwords and PINs: from the terminal without echo, or from a file descriptor; never from the arguments. */
#ifndef NCTRACKS_CLI_SECRET_H
#define NCTRACKS_CLI_SECRET_H

#include "cli.h"

#define SECRET_MAX 1024

struct secret {
    char bytes[SECRET_MAX];
    size_t len;
};

/**
 * Reads a secret: one line of the descriptor the option `fd_option` names, else a line of the terminal. Two options
 * may name one descriptor; the lines are read in turn.
 * @return CLI_DONE, or the exit code of a failure that was reported
 */
int secret_read(struct cli *cli, const char *fd_option, const char *prompt, struct secret *out);

/** Like secret_read(), but on a terminal asks twice. */
int secret_read_new(struct cli *cli, const char *fd_option, const char *prompt, struct secret *out);

void secret_wipe(struct secret *secret);

#endif
