#include "mailer_eml.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "mail_message.h"
#include "trusted_file.h"

#define ID_DIGITS 32
#define NAME_MAX_BYTES 80

struct mailer_eml {
    int folder;
    char from[256];
};

const char *mailer_eml_open(const char *folder, const char *from, mailer_eml **out) {
    *out = NULL;
    if (strlen(from) >= sizeof(*out)->from) {
        return "the sender's address is too long";
    }
    if (mkdir(folder, 0700) != 0 && errno != EEXIST) {
        return strerror(errno);
    }
    int opened = trusted_open(AT_FDCWD, folder, TRUST_FOLDER);
    if (opened < 0) {
        return trusted_reason();
    }
    if (faccessat(opened, ".", W_OK | X_OK, AT_EACCESS) != 0) {
        const char *reason = strerror(errno);
        close(opened);
        return reason;
    }
    mailer_eml *mailer = calloc(1, sizeof *mailer);
    if (mailer == NULL) {
        close(opened);
        return strerror(ENOMEM);
    }
    mailer->folder = opened;
    memcpy(mailer->from, from, strlen(from) + 1);
    *out = mailer;
    return NULL;
}

void mailer_eml_close(mailer_eml *mailer) {
    if (mailer == NULL) {
        return;
    }
    close(mailer->folder);
    free(mailer);
}

static int write_all(int fd, const char *bytes, size_t len) {
    while (len > 0) {
        ssize_t put = write(fd, bytes, len);
        if (put < 0 && errno != EINTR) {
            return -1;
        }
        bytes += put > 0 ? put : 0;
        len -= put > 0 ? (size_t)put : 0;
    }
    return fsync(fd);
}

/* Under a name of its own first, so that nobody ever reads half a mail; the same id again replaces the same file. */
static int deliver(int folder, const char *id, const mail_message *message) {
    char name[NAME_MAX_BYTES];
    char made[NAME_MAX_BYTES + 32];
    snprintf(name, sizeof name, "%s.eml", id);
    snprintf(made, sizeof made, ".%s.%ld.tmp", id, (long)getpid());
    unlinkat(folder, made, 0); /* what a crashed process of this number left */
    int fd = trusted_create(folder, made);
    if (fd < 0) {
        return -1;
    }
    int done = write_all(fd, message->bytes, message->len);
    if (close(fd) != 0 || done != 0 || renameat(folder, made, folder, name) != 0) {
        unlinkat(folder, made, 0);
        return -1;
    }
    return fsync(folder);
}

static nct_status send_mail(const nct_mail *mail, void *user_data) {
    const mailer_eml *mailer = user_data;
    const char *id = nct_mail_id(mail);
    if (strlen(id) != ID_DIGITS || strspn(id, "0123456789abcdef") != ID_DIGITS) {
        return NCT_E_MAILER; /* it becomes a file name */
    }
    mail_message message = {NULL, 0, 0};
    if (!mail_message_write(mail, mailer->from, &message)) {
        return NCT_E_NO_MEMORY;
    }
    int done = deliver(mailer->folder, id, &message);
    mail_message_release(&message);
    return done == 0 ? NCT_OK : NCT_E_MAILER;
}

int mailer_eml_functions(nct_mailer *out) {
    if (nct_mailer_init(out, sizeof *out) != NCT_OK) {
        return 0;
    }
    out->send = send_mail;
    return 1;
}
