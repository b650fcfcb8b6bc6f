#include "trusted_file.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

struct rule {
    mode_t type;      /* 0: any that can be read */
    mode_t forbidden; /* permissions it must not give */
    bool others;      /* may belong to anybody, and be named by a link */
};

static const struct rule rules[] = {
    [TRUST_SECRET] = {S_IFREG, 077, false},
    [TRUST_KEPT] = {S_IFREG, 022, false},
    [TRUST_SECRET_FOLDER] = {S_IFDIR, 077, false},
    [TRUST_FOLDER] = {S_IFDIR, 022, false},
    [TRUST_INPUT] = {0, 002, true},
};

static _Thread_local const char *objection; /* goes with errno EPERM, which no call here sets for another reason */

const char *trusted_reason(void) {
    return errno == EPERM && objection != NULL ? objection : strerror(errno);
}

static bool refuse(int number, const char *why) {
    objection = why;
    errno = number;
    return false;
}

static bool refuse_type(const struct rule *rule, mode_t mode) {
    if (S_ISLNK(mode))
        return refuse(EPERM, "it must not be a symbolic link");
    if (rule->type == S_IFDIR)
        return refuse(ENOTDIR, NULL);
    return S_ISDIR(mode) ? refuse(EISDIR, NULL) : refuse(EPERM, "it is not a regular file");
}

static bool refuse_mode(const struct rule *rule, mode_t given) {
    bool written = (given & 022) != 0;
    if (rule->type == S_IFDIR)
        return refuse(EPERM, written ? "others may write into it; set its mode to 0700"
                                     : "it may be read by others; set its mode to 0700");
    return refuse(EPERM, written ? "it may be written by others; set its mode to 0600"
                                 : "it may be read by others; set its mode to 0600");
}

static bool right_type(const struct rule *rule, mode_t mode) {
    if (rule->type != 0)
        return (mode & S_IFMT) == rule->type;
    return S_ISREG(mode) || S_ISFIFO(mode) || S_ISCHR(mode) || S_ISSOCK(mode);
}

static bool fits(const struct stat *info, enum trust kind) {
    const struct rule *rule = &rules[kind];
    if (!right_type(rule, info->st_mode))
        return refuse_type(rule, info->st_mode);
    if (!rule->others && info->st_uid != geteuid() && info->st_uid != 0)
        return refuse(EPERM, "it belongs to somebody else");
    if (rule->type == 0 && !S_ISREG(info->st_mode))
        return true;
    mode_t given = info->st_mode & rule->forbidden;
    return given == 0 || refuse_mode(rule, given);
}

/* Without waiting: a pipe in the place of a file would hold the program up before it is refused. */
int trusted_open(int folder, const char *name, enum trust kind) {
    int flags = O_RDONLY | O_CLOEXEC | O_NOCTTY;
    struct stat info;
    objection = NULL;
    int file = openat(folder, name, rules[kind].others ? flags : flags | O_NOFOLLOW | O_NONBLOCK);
    if (file < 0 && errno == ELOOP)
        (void)refuse_type(&rules[kind], S_IFLNK);
    if (file < 0)
        return -1;
    if (fstat(file, &info) == 0 && fits(&info, kind))
        return file;
    int reason = errno;
    (void)close(file);
    errno = reason;
    return -1;
}

bool trusted_look(int folder, const char *name, enum trust kind) {
    struct stat info;
    objection = NULL;
    return fstatat(folder, name, &info, rules[kind].others ? 0 : AT_SYMLINK_NOFOLLOW) == 0 && fits(&info, kind);
}

int trusted_create(int folder, const char *name) {
    objection = NULL;
    int file = openat(folder, name, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (file < 0 || fchmod(file, 0600) == 0)
        return file;
    int reason = errno;
    (void)close(file);
    errno = reason;
    return -1;
}
