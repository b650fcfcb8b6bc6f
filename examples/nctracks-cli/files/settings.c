#include "files/settings.h"

#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <nctracks/ident.h>

#include "files.h"
#include "terminal/failure.h"
#include "terminal/output.h"

#define FILE_MAX_BYTES ((size_t)64 * 1024)
#define NAME_MAX_BYTES 64

static bool is_line(const char *value) {
    for (const char *at = value; *at != '\0'; at++) {
        if ((unsigned char)*at < 0x20 || *at == 0x7F) {
            return false;
        }
    }
    return value[0] != '\0' && value[0] != ' ' && value[strlen(value) - 1] != ' ';
}

static bool is_address(const char *value) {
    return nct_ident_check(NCT_IDENT_EMAIL, value, strlen(value)) == NCT_OK;
}

static bool is_yes_or_no(const char *value) {
    return strcmp(value, "yes") == 0 || strcmp(value, "no") == 0;
}

static const setting_row table[] = {
    {"smtp", "URL", "the mail server; without it mails are put into a folder", mailer_smtp_is_url,
     "smtp://host:port or smtps://host:port, without a user"},
    {"smtp-from", "ADDRESS", "the sender of the mails", is_address, "an e-mail address"},
    {"smtp-user", "NAME", "the account at the mail server; TLS is then required but for this machine", is_line,
     "a line of text"},
    {"smtp-password-file", "FILE", "the file with the account's password, which nobody else may read", is_line,
     "the path of a file"},
    {"smtp-require-tls", "YES|NO", "yes: refuse a mail server without STARTTLS", is_yes_or_no, "yes or no"},
    {"smtp-ca", "FILE", "trust these certificates (PEM), not the system's", is_line, "the path of a file"},
    {"mail-dir", "DIR", "without a mail server: the folder for mails; else mail beside the database", is_line,
     "the path of a folder"},
    {"mail-language", "TAG", "the language of mails to those of whom none is known; else en", is_line,
     "a language tag, such as es"},
    {"languages", "DIR", "a folder of catalogues, each a file TAG.txt: further languages, or texts in place of others",
     is_line, "the path of a folder"},
    {NULL, NULL, NULL, NULL, NULL}};

const setting_row *settings(void) {
    return table;
}

static const setting_row *find(const char *name) {
    for (const setting_row *row = table; row->name != NULL; row++) {
        if (strcmp(row->name, name) == 0) {
            return row;
        }
    }
    return NULL;
}

/* One line of the file in place: cut into its name and value. @return false for one that is none; both are empty in a
 * line without a setting */
static bool cut(char *line, char **name, char **value) {
    char *start = line + strspn(line, " \t");
    char *end = start + strlen(start);
    while (end > start && isspace((unsigned char)end[-1])) {
        *--end = '\0';
    }
    *name = *value = end;
    if (start[0] == '\0' || start[0] == '#') {
        return true;
    }
    char *equals = strchr(start, '=');
    if (equals == NULL || equals == start) {
        return false;
    }
    *name = start;
    *value = equals + 1 + strspn(equals + 1, " \t");
    for (*equals = '\0'; equals > start && isspace((unsigned char)equals[-1]);) {
        *--equals = '\0';
    }
    return true;
}

static int wrong_line(struct cli *cli, size_t number, const char *what, const char *rest) {
    return fail_environment(cli, "%s, line %zu: %s%s", cli->config_file, number, what, rest);
}

static int take_line(struct cli *cli, char *line, size_t number) {
    char *name = NULL;
    char *value = NULL;
    if (!cut(line, &name, &value)) {
        return wrong_line(cli, number, "it has to be name = value", "");
    }
    if (name[0] == '\0') {
        return CLI_DONE;
    }
    const setting_row *row = find(name);
    if (row == NULL) {
        return wrong_line(cli, number, "there is no setting ", name);
    }
    if (!row->fits(value)) {
        char wanted[200];
        snprintf(wanted, sizeof wanted, "%s has to be %s", row->name, row->wanted);
        return wrong_line(cli, number, wanted, "");
    }
    if (json_object_get(cli->config, name) != NULL) {
        return wrong_line(cli, number, "given twice: ", name);
    }
    out_put_string(cli->config, name, value);
    return CLI_DONE;
}

static int read_content(struct cli *cli, file_content *content) {
    if (file_read_as(TRUST_KEPT, cli->config_file, FILE_MAX_BYTES, content)) {
        return CLI_DONE;
    }
    return errno == ENOENT ? CLI_DONE : fail_file(cli, cli->config_file);
}

int settings_read(struct cli *cli) {
    file_content content;
    char *rest = NULL;
    if (cli->config != NULL) {
        return CLI_DONE;
    }
    cli->config = out_object();
    int code = read_content(cli, &content);
    size_t number = 1;
    for (char *line = content.bytes; line != NULL && code == CLI_DONE; line = rest, number++) {
        rest = strchr(line, '\n');
        if (rest != NULL) {
            *rest++ = '\0';
        }
        code = take_line(cli, line, number);
    }
    file_release(&content);
    return code;
}

static const char *of_environment(const char *name) {
    char variable[NAME_MAX_BYTES];
    snprintf(variable, sizeof variable, "NCTRACKS_%s", name);
    for (char *at = variable; *at != '\0'; at++) {
        *at = *at == '-' ? '_' : (char)toupper((unsigned char)*at);
    }
    const char *value = getenv(variable);
    return value != NULL && value[0] != '\0' ? value : NULL;
}

const char *setting_source(const struct cli *cli, const char *name) {
    if (args_has(&cli->args, name)) {
        return "option";
    }
    if (of_environment(name) != NULL) {
        return "environment";
    }
    return json_object_get(cli->config, name) != NULL ? "file" : NULL;
}

const char *setting(const struct cli *cli, const char *name) {
    const char *value = args_value(&cli->args, name);
    if (value == NULL) {
        value = of_environment(name);
    }
    return value != NULL ? value : json_string_value(json_object_get(cli->config, name));
}

bool setting_is_yes(const struct cli *cli, const char *name) {
    const char *value = setting(cli, name);
    return value != NULL && strcmp(value, "yes") == 0;
}

static bool is_about(const char *line, size_t len, const char *name) {
    char copy[CLI_PATH_MAX];
    char *found = NULL;
    char *value = NULL;
    snprintf(copy, sizeof copy, "%.*s", (int)(len < sizeof copy ? len : sizeof copy - 1), line);
    return cut(copy, &found, &value) && strcmp(found, name) == 0;
}

/* Every line but those of this name, and the new one at the end. */
static bool write_lines(FILE *out, const char *text, const char *name, const char *value) {
    while (text != NULL && *text != '\0') {
        size_t len = strcspn(text, "\n");
        if (!is_about(text, len, name)) {
            fprintf(out, "%.*s\n", (int)len, text);
        }
        text += len + (text[len] == '\n');
    }
    if (value != NULL) {
        fprintf(out, "%s = %s\n", name, value);
    }
    return fflush(out) == 0 && fsync(fileno(out)) == 0;
}

/* Written elsewhere and then put in place: no crash leaves half of it. */
static bool replace(const char *path, const char *text, const char *name, const char *value) {
    char made[CLI_PATH_MAX];
    if ((size_t)snprintf(made, sizeof made, "%s.%ld", path, (long)getpid()) >= sizeof made) {
        errno = ENAMETOOLONG;
        return false;
    }
    int fd = file_create_private(made);
    FILE *out = fd >= 0 ? fdopen(fd, "w") : NULL;
    if (out == NULL) {
        return false;
    }
    bool done = write_lines(out, text, name, value) && rename(made, path) == 0;
    int reason = errno;
    fclose(out);
    unlink(made);
    errno = reason;
    return done && file_sync_folder(path);
}

int settings_keep(struct cli *cli, const char *name, const char *value) {
    file_content content;
    int code = read_content(cli, &content);
    if (code == CLI_DONE && !replace(cli->config_file, content.bytes, name, value)) {
        code = fail_environment(cli, "%s: %s", cli->config_file, strerror(errno));
    }
    file_release(&content);
    return code;
}
