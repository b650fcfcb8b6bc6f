#include "commands/commands.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <nctracks/checkpoint.h>
#include <nctracks/clock.h>
#include <nctracks/option.h>
#include <nctracks/portal.h>
#include <nctracks/store.h>
#include <nctracks/version.h>
#include <nctracks/work.h>

#include "evidence/checkpoint_finding.h"
#include "evidence/ledger_check.h"
#include "files.h"
#include "files/settings.h"
#include "key_file.h"
#include "mail/deliver.h"
#include "mail/transport.h"
#include "portal/open.h"
#include "terminal/damage_report.h"
#include "terminal/failure.h"
#include "terminal/output.h"
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

/* What is not there is told by opening the portal, where it is missed. */
static void check_file(struct examination *examination, const char *check, const char *path, enum trust kind) {
    if (trusted_look(AT_FDCWD, path, kind)) {
        note(examination, check, true, "%s: nobody else may %s it", path,
             kind == TRUST_KEPT || kind == TRUST_FOLDER ? "change" : "read");
    } else if (errno != ENOENT) {
        note(examination, check, false, "%s: %s", path, trusted_reason());
    }
}

static bool is_mail(const char *name) {
    size_t len = strlen(name);
    return len > 4 && strcmp(name + len - 4, ".eml") == 0;
}

/* Each mail may hold a PIN. */
static void check_mail_files(struct examination *examination, const struct cli *cli) {
    DIR *folder = opendir(cli->mail_folder);
    size_t count = 0;
    const struct dirent *entry = NULL;
    while (folder != NULL && (entry = readdir(folder)) != NULL) {
        if (is_mail(entry->d_name) && !trusted_look(dirfd(folder), entry->d_name, TRUST_SECRET) && count++ == 0) {
            note(examination, "mail file", false, "%s/%s: %s", cli->mail_folder, entry->d_name, trusted_reason());
        }
    }
    if (count > 1) {
        note(examination, "mail files", false, "%s: %zu of its mails are not as they should be", cli->mail_folder,
             count);
    }
    if (folder != NULL) {
        closedir(folder);
    }
}

static void check_database_files(struct examination *examination, const struct cli *cli) {
    char path[CLI_PATH_MAX + 8];
    snprintf(path, sizeof path, "%s-wal", cli->database);
    check_file(examination, "database file", cli->database, TRUST_SECRET);
    check_file(examination, "database log", path, TRUST_SECRET);
    snprintf(path, sizeof path, "%s-shm", cli->database);
    check_file(examination, "database log", path, TRUST_SECRET);
    if (file_beside(cli->database, ".", path, sizeof path)) {
        check_file(examination, "database folder", path, TRUST_FOLDER);
    }
}

static void check_files(struct examination *examination, const struct cli *cli) {
    if (!portal_store_is_server(cli->store_name)) {
        check_database_files(examination, cli);
    }
    check_file(examination, "profile file", cli->profile_file, TRUST_KEPT);
    check_file(examination, "configuration", cli->config_file, TRUST_KEPT);
}

/** A folder is looked at, and the files in it; a mail server is signed in to. */
static void check_transport(struct examination *examination, struct cli *cli) {
    if (setting(cli, "smtp") == NULL) {
        check_file(examination, "mail folder", cli->mail_folder, TRUST_SECRET_FOLDER);
        check_mail_files(examination, cli);
    }
    const char *wrong = transport_check(cli);
    note(examination, "mail goes to", wrong == NULL, "%s%s%s", transport_name(cli), wrong == NULL ? "" : ": ",
         wrong == NULL ? "" : wrong);
}

static void check_ledger(struct examination *examination, struct cli *cli) {
    ledger_found found;
    nct_status status =
        ledger_check_all(cli->portal, NULL, args_has(&cli->args, "all") ? 0 : SAMPLE, NULL, NULL, &found);
    if (status != NCT_OK) {
        note(examination, "ledger", false, "%s", fail_message(cli, status));
        return;
    }
    note(examination, "ledger", found.tampered == 0 && !found.partial, "%zu streams verified%s, %zu of them broken%s",
         found.streams, found.more ? " (--all for the others)" : "", found.tampered,
         found.partial ? ", and heads that do not open" : "");
    if (found.untimely > 0) {
        note(examination, "times", false, "%zu of these streams have an entry of a wrong clock; see 'audit verify'",
             found.untimely);
    }
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

static void check_clock(struct examination *examination, struct cli *cli) {
    nct_status status = nct_clock_check(cli->portal, NULL, NULL);
    note(examination, "clock", status == NCT_OK, "%s",
         status == NCT_OK ? "fits what the store holds" : fail_message(cli, status));
}

/** What a host may relax, and anybody who examines the portal should know of. */
static void check_relaxed(struct examination *examination, const struct cli *cli) {
    int64_t confirmed = 1;
    nct_status status = nct_policy_get(nct_portal_policy(cli->portal), NCT_OPTION_EFT_CONFIRMED, &confirmed);
    if (status == NCT_OK && confirmed == 0) {
        note(examination, "eft.confirmed", true, "0: a new account is paid to without an operator's confirmation");
    }
}

static void check_mail(struct examination *examination, struct cli *cli) {
    size_t waiting = 0;
    size_t given_up = 0;
    nct_status status = deliver_count(cli, &waiting, &given_up);
    bool whole = status == NCT_OK && !cli->partial;
    note(examination, "mail", whole, "%zu waiting, %zu of them given up%s%s", waiting, given_up, whole ? "" : "; ",
         whole ? "" : fail_message(cli, status == NCT_OK ? NCT_E_PARTIAL : status));
}

#define ROWS_TOLD 20

/** The rows of every space, opened. */
struct rows_found {
    struct examination *examination;
    size_t damaged;
};

static void note_damage(const nct_damage *page, int32_t space, void *user_data) {
    struct rows_found *found = user_data;
    for (size_t i = 0; i < nct_damage_count(page); i++) {
        char line[DETAIL_MAX];
        damage_describe(page, space, i, line, sizeof line);
        if (found->damaged++ < ROWS_TOLD) {
            note(found->examination, "damaged row", false, "%s", line);
        }
    }
}

static void check_rows(struct examination *examination, struct cli *cli) {
    struct rows_found found = {examination, 0};
    size_t seen = 0;
    nct_status status = NCT_OK;
    for (int32_t space = 0; space < nct_space_count() && status == NCT_OK; space++) {
        status = damage_each(cli, space, note_damage, &found, &seen);
    }
    if (status != NCT_OK) {
        note(examination, "rows", false, "%s", fail_message(cli, status));
        return;
    }
    note(examination, "rows", found.damaged == 0, "%zu opened, %zu of them damaged%s", seen, found.damaged,
         found.damaged == 0 ? "" : "; see 'nctracks repair'");
}

/** Whether anything was taken out of what the agency is shown, or put into it. */
static void check_work(struct examination *examination, struct cli *cli) {
    nct_status status = nct_work_check(cli->portal);
    const char *found = status == NCT_E_INTEGRITY ? "its index is not what it should be; see 'nctracks repair'"
                                                  : fail_message(cli, status);
    note(examination, "work list", status == NCT_OK, "%s", status == NCT_OK ? "whole" : found);
}

static void check_portal(struct examination *examination, struct cli *cli) {
    int code = portal_open(cli);
    note(examination, "portal", code == CLI_DONE, "%s", code == CLI_DONE ? "opens with this key" : "does not open");
    if (code == CLI_DONE) {
        check_profile(examination, cli);
        check_relaxed(examination, cli);
        check_clock(examination, cli);
        check_ledger(examination, cli);
        check_checkpoint(examination, cli);
        check_transport(examination, cli);
        check_mail(examination, cli);
        check_work(examination, cli);
        if (args_has(&cli->args, "all")) {
            check_rows(examination, cli);
        }
    }
}

static int cmd_doctor(struct cli *cli) {
    struct examination examination = {out_array(), true};
    out_list list = out_list_begin(cli, "checks", check_fields);
    check_library(&examination);
    check_key(&examination, cli);
    check_files(&examination, cli);
    check_portal(&examination, cli);
    out_list_page(&list, examination.rows);
    if (!examination.well) {
        return fail_environment(cli, "something is not in order");
    }
    out_say(cli, "Everything is in order.");
    return CLI_DONE;
}

static const args_option doctor_options[] = {
    {"all", NULL, "verify every stream, not the first 1,000, and open every row", false}, OPTIONS_END};

const cli_command doctor_commands[] = {{"doctor", NULL, "", "Check program, key file, database, ledger and mail.",
                                        "Exit 3 when something is not in order.", 0, 0, doctor_options, cmd_doctor},
                                       COMMANDS_END};
