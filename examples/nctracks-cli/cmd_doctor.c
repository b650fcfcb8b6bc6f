#include "commands.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include <nctracks/checkpoint.h>
#include <nctracks/mailer.h>
#include <nctracks/portal.h>
#include <nctracks/version.h>

#include "checkpoint_finding.h"
#include "failure.h"
#include "key_file.h"
#include "ledger_check.h"
#include "output.h"
#include "portal_open.h"
#include "text.h"

#define SAMPLE 1000
#define DETAIL_MAX 512

static const out_field check_fields[] = {
    {"check", "CHECK"}, {"in_order", "IN ORDER"}, {"detail", "DETAIL"}, {NULL, NULL}};

/** The examination so far. */
struct examination {
    json_t *rows;
    bool well;
};

static void note(struct examination *examination, const char *check, bool in_order, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

static void note(struct examination *examination, const char *check, bool in_order, const char *format, ...) {
    char detail[DETAIL_MAX];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(detail, sizeof detail, format, arguments);
    va_end(arguments);
    json_t *row = out_object();
    out_put_string(row, "check", check);
    out_put(row, "in_order", json_boolean(in_order));
    out_put_string(row, "detail", detail);
    out_append(examination->rows, row);
    examination->well &= in_order;
}

static void check_library(struct examination *examination) {
    nct_status status = nct_self_test();
    note(examination, "library", status == NCT_OK, "version %s, known answers: %s", nct_version(),
         status == NCT_OK ? "right" : nct_status_message(status));
}

static void check_key(struct examination *examination, const struct cli *cli) {
    const char *wrong = key_file_objection(cli->key_file, NULL);
    note(examination, "key file", wrong == NULL, "%s: %s", cli->key_file,
         wrong == NULL ? "mode and length are right" : wrong);
}

static void check_database_file(struct examination *examination, const struct cli *cli) {
    struct stat info;
    if (stat(cli->database, &info) != 0) {
        note(examination, "database file", false, "%s: %s", cli->database, strerror(errno));
        return;
    }
    bool private = (info.st_mode & 077) == 0;
    note(examination, "database file", private, "%s: %s", cli->database,
         private ? "nobody else may read it" : "others may read it; set its mode to 0600");
}

static void check_ledger(struct examination *examination, struct cli *cli) {
    ledger_found found;
    nct_status status =
        ledger_check_all(cli->portal, NULL, args_has(&cli->args, "all") ? 0 : SAMPLE, NULL, NULL, &found);
    if (status != NCT_OK) {
        note(examination, "ledger", false, "%s", fail_message(cli, status));
        return;
    }
    note(examination, "ledger", found.tampered == 0, "%zu streams verified%s, %zu of them broken", found.streams,
         found.more ? " (--all for the others)" : "", found.tampered);
}

static void check_checkpoint(struct examination *examination, struct cli *cli) {
    char stream[NCT_STREAM_NAME_MAX + 1];
    int32_t finding = NCT_CHECKPOINT_AGREES;
    nct_status status = nct_checkpoint_examine(cli->portal, &finding, stream, sizeof stream, NULL);
    if (status != NCT_OK) {
        note(examination, "checkpoint", false, "%s", fail_message(cli, status));
        return;
    }
    note(examination, "checkpoint", finding == NCT_CHECKPOINT_AGREES, "%s%s%s%s", checkpoint_finding(finding), stream,
         finding == NCT_CHECKPOINT_AGREES ? "" : " ", checkpoint_way_out(finding));
}

/** The rules the portal is run under: the same in the database and in the file, or it does not open. */
static void check_profile(struct examination *examination, struct cli *cli) {
    static const unsigned char none[NCT_POLICY_DIGEST];
    unsigned char in_force[NCT_POLICY_DIGEST];
    unsigned char announced[NCT_POLICY_DIGEST];
    char digest[2 * NCT_POLICY_DIGEST + 1];
    nct_status status = nct_portal_policy_digests(cli->portal, in_force, announced);
    bool changing = memcmp(announced, none, sizeof none) != 0;
    text_hex(in_force, sizeof in_force, digest);
    note(examination, "profile", status == NCT_OK, "%s, kept in %s; in force: %.16s%s",
         nct_policy_profile(nct_portal_policy(cli->portal)), cli->profile_file, digest,
         changing ? "; others are announced, until 'nctracks policy change'" : "");
}

static void check_mail(struct examination *examination, struct cli *cli) {
    nct_mail_list *list = NULL;
    nct_status status = nct_mail_list_page(cli->portal, NULL, 0, SAMPLE, &list);
    size_t count = nct_mail_list_count(list);
    nct_mail_list_free(list);
    if (cli->mail_trouble != 0) {
        note(examination, "mail folder", false, "%s: %s", cli->mail_folder, strerror(cli->mail_trouble));
    }
    note(examination, "mail", status == NCT_OK, "%zu%s waiting", count, count == SAMPLE ? " or more" : "");
}

static void check_portal(struct examination *examination, struct cli *cli) {
    int code = portal_open(cli);
    note(examination, "portal", code == CLI_DONE, "%s", code == CLI_DONE ? "opens with this key" : "does not open");
    if (code == CLI_DONE) {
        check_profile(examination, cli);
        check_ledger(examination, cli);
        check_checkpoint(examination, cli);
        check_mail(examination, cli);
    }
}

int cmd_doctor(struct cli *cli) {
    struct examination examination = {out_array(), true};
    out_list list = out_list_begin(cli, "checks", check_fields);
    check_library(&examination);
    check_key(&examination, cli);
    check_database_file(&examination, cli);
    check_portal(&examination, cli);
    out_list_page(&list, examination.rows);
    if (!examination.well) {
        return fail_environment(cli, "something is not in order");
    }
    out_say(cli, "Everything is in order.");
    return CLI_DONE;
}
