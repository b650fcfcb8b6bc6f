#include "key_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/random.h>
#include <unistd.h>

#include "files.h"
#include "text.h"

#define KEY_PATH_MAX 4096
#define DIGITS ((size_t)2 * NCT_MASTER_KEY_BYTES)

static bool draw(char digits[DIGITS + 1]) {
    unsigned char key[NCT_MASTER_KEY_BYTES];
    ssize_t got = getrandom(key, sizeof key, 0);
    if (got == (ssize_t)sizeof key) {
        text_hex(key, sizeof key, digits);
    }
    explicit_bzero(key, sizeof key);
    return got == (ssize_t)sizeof key;
}

static bool write_key(int fd, char digits[DIGITS + 1]) {
    digits[DIGITS] = '\n';
    return file_write_all(fd, digits, DIGITS + 1) && fsync(fd) == 0;
}

/* A link(2) of a finished file: no crash leaves half a key, and a key that is there is never replaced. */
bool key_file_make(const char *path) {
    char made[KEY_PATH_MAX];
    char digits[DIGITS + 1];
    int len = snprintf(made, sizeof made, "%s.%ld", path, (long)getpid());
    if (len < 0 || (size_t)len >= sizeof made) {
        errno = ENAMETOOLONG;
        return false;
    }
    int fd = file_create_private(made);
    if (fd < 0) {
        return false;
    }
    bool done = draw(digits) && write_key(fd, digits) && link(made, path) == 0;
    int reason = errno;
    explicit_bzero(digits, sizeof digits);
    close(fd);
    unlink(made);
    errno = reason;
    return done && file_sync_folder(path);
}

static bool read_key(int fd, unsigned char *key) {
    char digits[DIGITS + 2];
    ssize_t got = read(fd, digits, sizeof digits);
    bool whole = got == (ssize_t)DIGITS || (got == (ssize_t)DIGITS + 1 && digits[DIGITS] == '\n');
    bool done = whole && text_unhex(digits, NCT_MASTER_KEY_BYTES, key);
    explicit_bzero(digits, sizeof digits);
    return done;
}

const char *key_file_objection(const char *path, unsigned char *key) {
    unsigned char own[NCT_MASTER_KEY_BYTES];
    int fd = trusted_open(AT_FDCWD, path, TRUST_SECRET);
    if (fd < 0) {
        return trusted_reason();
    }
    bool done = read_key(fd, key != NULL ? key : own);
    explicit_bzero(own, sizeof own);
    close(fd);
    return done ? NULL : "the key file must hold exactly 64 hexadecimal digits";
}
