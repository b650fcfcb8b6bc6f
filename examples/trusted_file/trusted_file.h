/*
 * Files that are looked at before they are used: whose they are, what others may do with them, whether a name is a
 * link. What is looked at is what was opened, never a path a second time. For the adapters and the command line; POSIX
 * alone.
 */
#ifndef TRUSTED_FILE_H
#define TRUSTED_FILE_H

#include <stdbool.h>
#include <sys/stat.h>

/* What a file has to be. The owner is the one who runs the program, or root. */
enum trust {
    TRUST_SECRET,        /* a file others may neither read nor write: a key, a mail with a PIN */
    TRUST_KEPT,          /* a file others may not write: a database, the rules of a portal */
    TRUST_SECRET_FOLDER, /* a folder others may not even list */
    TRUST_FOLDER,        /* a folder others may not put files into */
    TRUST_INPUT /* what somebody hands in, whoever owns it, also by a link or a pipe; not what anybody may write */
};

/* Opens a file or folder for reading and looks at it. A folder is a descriptor or AT_FDCWD. -1: see the reason. */
int trusted_open(int folder, const char *name, enum trust kind);

/* The same look without opening, for files whose locks a close would drop. */
bool trusted_look(int folder, const char *name, enum trust kind);

/* Makes a file with mode 0600, to be written, that was not there. -1 with errno. */
int trusted_create(int folder, const char *name);

/* Why the calling thread's last of these calls failed, or what errno says if it was not for what the file is. To be
 * called before errno is changed. */
const char *trusted_reason(void);

#endif
