/* The mails of a demonstration, so that a stranger finds their PIN: files of the folder mailer_eml writes into. */
#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <sodium.h>

#include "answer.h"
#include "files.h"
#include "handlers.h"

#define MAILS_MAX 200
#define MAIL_MAX ((size_t)256 * 1024)
#define PATH_MAX_BYTES 1024
#define HEADER_MAX 1024
#define ID_DIGITS 32

/** A file of the folder. */
struct file {
    char id[ID_DIGITS + 1];
    long long at; /**< Milliseconds UTC. */
};

static bool is_mail(const char *name) {
    return strspn(name, "0123456789abcdef") == ID_DIGITS && strcmp(name + ID_DIGITS, ".eml") == 0;
}

static bool look(const char *folder, const char *name, struct file *out) {
    char path[PATH_MAX_BYTES];
    struct stat info;
    snprintf(path, sizeof path, "%s/%s", folder, name);
    if (!is_mail(name) || stat(path, &info) != 0) {
        return false;
    }
    memcpy(out->id, name, ID_DIGITS);
    out->id[ID_DIGITS] = '\0';
    out->at = (long long)info.st_mtim.tv_sec * 1000 + info.st_mtim.tv_nsec / 1000000;
    return true;
}

static int newest_first(const void *a, const void *b) {
    const struct file *one = a;
    const struct file *other = b;
    return one->at == other->at ? strcmp(one->id, other->id) : one->at < other->at ? 1 : -1;
}

/* Puts a file among those kept, in place of the oldest where there are enough. */
static size_t keep(struct file *files, size_t count, const struct file *file) {
    if (count < MAILS_MAX) {
        files[count] = *file;
        return count + 1;
    }
    size_t oldest = 0;
    for (size_t i = 1; i < count; i++) {
        oldest = files[i].at < files[oldest].at ? i : oldest;
    }
    if (files[oldest].at < file->at) {
        files[oldest] = *file;
    }
    return count;
}

static size_t list(const char *folder, struct file *files) {
    size_t count = 0;
    struct dirent *entry;
    DIR *open = opendir(folder);
    while (open != NULL && (entry = readdir(open)) != NULL) {
        struct file file;
        if (look(folder, entry->d_name, &file)) {
            count = keep(files, count, &file);
        }
    }
    if (open != NULL) {
        closedir(open);
    }
    qsort(files, count, sizeof *files, newest_first);
    return count;
}

/* ---- One mail, as mail_message_write() writes it ---- */

/* The value of a header, its lines joined by one space. */
static void header(const char *mail, const char *name, char out[HEADER_MAX]) {
    const char *at = strstr(mail, name);
    size_t len = 0;
    for (at = at != NULL ? at + strlen(name) : ""; *at != '\0' && len < HEADER_MAX - 1; at++) {
        if (at[0] == '\r' && at[1] == '\n') {
            if (at[2] != ' ') {
                break;
            }
            at++;
            continue;
        }
        out[len++] = *at;
    }
    out[len] = '\0';
}

/* Words such as =?UTF-8?B?...?= in place (RFC 2047); white space between two of them does not count. */
static void decode_words(char *text) {
    static const char begin[] = "=?UTF-8?B?";
    char *to = text;
    while (*text != '\0') {
        char *end = strncmp(text, begin, strlen(begin)) == 0 ? strstr(text + strlen(begin), "?=") : NULL;
        if (end == NULL) {
            *to++ = *text++;
            continue;
        }
        size_t len = 0;
        char *word = text + strlen(begin);
        sodium_base642bin((unsigned char *)to, (size_t)(end - word), word, (size_t)(end - word), NULL, &len, NULL,
                          sodium_base64_VARIANT_ORIGINAL);
        to += len;
        text = end + 2;
        text += strncmp(text, " =?", 3) == 0 ? 1 : 0;
    }
    *to = '\0';
}

static int digit(char c) {
    const char *digits = "0123456789ABCDEF";
    const char *at = c != '\0' ? strchr(digits, c) : NULL;
    return at != NULL ? (int)(at - digits) : -1;
}

/* Quoted-printable in place (RFC 2045, 6.7), and lines ended by LF. */
static void decode_body(char *text, bool quoted) {
    char *to = text;
    while (*text != '\0') {
        if (quoted && strncmp(text, "=\r\n", 3) == 0) {
            text += 3;
        } else if (quoted && text[0] == '=' && digit(text[1]) >= 0 && digit(text[2]) >= 0) {
            *to++ = (char)(digit(text[1]) * 16 + digit(text[2]));
            text += 3;
        } else if (*text == '\r') {
            text++;
        } else {
            *to++ = *text++;
        }
    }
    *to = '\0';
}

static json_t *parsed(const struct file *file, char *mail) {
    char to[HEADER_MAX];
    char subject[HEADER_MAX];
    char encoding[HEADER_MAX];
    char *body = strstr(mail, "\r\n\r\n");
    if (body == NULL) {
        return NULL;
    }
    header(mail, "\r\nTo: ", to);
    header(mail, "\r\nSubject: ", subject);
    header(mail, "\r\nContent-Transfer-Encoding: ", encoding);
    decode_words(to);
    decode_words(subject);
    decode_body(body + 4, strcmp(encoding, "quoted-printable") == 0);
    return json_pack("{s:s, s:s, s:s, s:s, s:I}", "id", file->id, "to", to, "subject", subject, "body", body + 4, "at",
                     (json_int_t)file->at);
}

static json_t *read_mail(const char *folder, const struct file *file) {
    char path[PATH_MAX_BYTES];
    file_content content;
    snprintf(path, sizeof path, "%s/%s.eml", folder, file->id);
    if (!file_read_as(TRUST_SECRET, path, MAIL_MAX, &content)) {
        return NULL;
    }
    json_t *mail = parsed(file, content.bytes);
    file_release(&content);
    return mail;
}

void demo_mail(struct request *request) {
    const char *folder = request->server->settings.mail_folder;
    struct file files[MAILS_MAX];
    json_t *rows = json_array();
    if (!request->server->settings.demo) {
        json_decref(rows);
        answer_http(request, MHD_HTTP_NOT_FOUND, "HTTP_NOT_FOUND", "There is nothing of this path.");
        return;
    }
    size_t count = list(folder, files);
    for (size_t i = 0; i < count; i++) {
        json_t *mail = read_mail(folder, &files[i]);
        if (mail != NULL) {
            json_array_append_new(rows, mail);
        }
    }
    answer_data(request, MHD_HTTP_OK, rows);
}
