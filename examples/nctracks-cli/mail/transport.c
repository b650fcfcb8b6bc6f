#include "mail/transport.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "files.h"
#include "files/place.h"
#include "files/settings.h"
#include "terminal/failure.h"
#include "terminal/terminal.h"

#define SENDER "nctracks@nctracks.invalid" /* a domain that exists nowhere (RFC 6761) */
#define PASSWORD_MAX 1024
#define CHECK_MILLISECONDS 10000

static const char *sender(const struct cli *cli) {
    const char *given = setting(cli, "smtp-from");
    return given != NULL ? given : SENDER;
}

static int check_values(struct cli *cli) {
    for (const setting_row *row = settings(); row->name != NULL; row++) {
        const char *value = setting(cli, row->name);
        if (value != NULL && !row->fits(value)) {
            return fail_usage(cli, "%s, of the %s, has to be %s", row->name, setting_source(cli, row->name),
                              row->wanted);
        }
    }
    return CLI_DONE;
}

int transport_prepare(struct cli *cli) {
    int code = check_values(cli);
    if (code != CLI_DONE) {
        return code;
    }
    const char *folder = setting(cli, "mail-dir");
    bool by_server = setting(cli, "smtp") != NULL;
    if (by_server && args_has(&cli->args, "mail-dir")) {
        return fail_usage(cli, "the mails of this portal go to %s, not into a folder", setting(cli, "smtp"));
    }
    if (folder != NULL ? (size_t)snprintf(cli->mail_folder, CLI_PATH_MAX, "%s", folder) >= CLI_PATH_MAX
                       : !place_beside(cli, "mail", cli->mail_folder)) {
        return fail_usage(cli, "a path is too long");
    }
    if (!by_server) {
        cli->mail_trouble = mailer_eml_open(cli->mail_folder, sender(cli), &cli->folder);
    }
    return CLI_DONE;
}

/* The first line of a file that nobody else may read. */
static const char *read_password_file(const char *path, char out[PASSWORD_MAX]) {
    file_content content;
    if (!file_read_as(TRUST_SECRET, path, PASSWORD_MAX - 1, &content)) {
        return trusted_reason();
    }
    size_t len = strcspn(content.bytes, "\r\n");
    memcpy(out, content.bytes, len);
    out[len] = '\0';
    file_release(&content);
    return len > 0 ? NULL : "its first line is empty";
}

static const char *read_password(struct cli *cli, bool ask, char out[PASSWORD_MAX]) {
    static char reason[CLI_PATH_MAX + 200];
    const char *path = setting(cli, "smtp-password-file");
    size_t len = 0;
    if (path != NULL) {
        const char *wrong = read_password_file(path, out);
        snprintf(reason, sizeof reason, "%s: %s", path, wrong != NULL ? wrong : "");
        return wrong != NULL ? reason : NULL;
    }
    if (!ask || !terminal_ask("Password of the mail account: ", out, PASSWORD_MAX - 1, &len)) {
        return "the password of the mail account is not known; set smtp-password-file";
    }
    return NULL;
}

static const char *open_server(struct cli *cli, bool ask) {
    char password[PASSWORD_MAX] = "";
    const char *user = setting(cli, "smtp-user");
    const char *wrong = user != NULL ? read_password(cli, ask, password) : NULL;
    mailer_smtp_options options = {setting(cli, "smtp"),
                                   sender(cli),
                                   user,
                                   password,
                                   setting(cli, "smtp-ca"),
                                   setting_is_yes(cli, "smtp-require-tls")};
    if (wrong == NULL) {
        cli->smtp = mailer_smtp_open(&options);
        wrong = cli->smtp != NULL ? NULL : "out of memory";
    }
    explicit_bzero(password, sizeof password);
    return wrong;
}

const char *transport_open(struct cli *cli, bool ask) {
    if (cli->mail_trouble == NULL && cli->folder == NULL && cli->smtp == NULL) {
        cli->mail_trouble = open_server(cli, ask);
    }
    return cli->mail_trouble;
}

static mailer_smtp_answer put_into_folder(struct cli *cli, const nct_mail *mail) {
    nct_mailer functions;
    mailer_smtp_answer answer = {0, false, ""};
    if (mailer_eml_functions(&functions) && functions.send(mail, cli->folder) == NCT_OK) {
        return answer;
    }
    answer = (mailer_smtp_answer){NCT_MAIL_UNREACHED, true, ""};
    snprintf(answer.text, sizeof answer.text, "a file could not be written: %s", strerror(errno));
    return answer;
}

mailer_smtp_answer transport_send(struct cli *cli, const nct_mail *mail, long milliseconds) {
    return cli->smtp != NULL ? mailer_smtp_send(cli->smtp, mail, milliseconds) : put_into_folder(cli, mail);
}

const char *transport_check(struct cli *cli) {
    static mailer_smtp_answer answer;
    const char *wrong = transport_open(cli, false);
    if (wrong != NULL || cli->smtp == NULL) {
        return wrong;
    }
    answer = mailer_smtp_probe(cli->smtp, CHECK_MILLISECONDS);
    return answer.outcome == 0 ? NULL : answer.text;
}

const char *transport_name(const struct cli *cli) {
    const char *server = setting(cli, "smtp");
    return server != NULL ? server : cli->mail_folder;
}

void transport_close(struct cli *cli) {
    mailer_eml_close(cli->folder);
    mailer_smtp_close(cli->smtp);
    cli->folder = NULL;
    cli->smtp = NULL;
}
