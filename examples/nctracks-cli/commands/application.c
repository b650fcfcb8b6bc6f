#include "commands/commands.h"
#include "commands/pages.h"
#include "commands/with_form.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include <nctracks/application.h>
#include <nctracks/submission.h>

#include "commands/signatures.h"
#include "files.h"
#include "mail/deliver.h"
#include "portal/open.h"
#include "terminal/failure.h"
#include "terminal/output.h"
#include "text.h"

#define CURSOR_MAX 160

static const out_field record_fields[] = {{"id", "Application"},
                                          {"provider", "Provider"},
                                          {"kind", "Kind"},
                                          {"state", "State"},
                                          {"code", "Code"},
                                          {"document_id", "Document"},
                                          {"document_version", "Version"},
                                          {"document_digest", "BLAKE2b-256"},
                                          {"physician_date", "Physician signed"},
                                          {"drafted_by", "Drafted by"},
                                          {"drafted_at", "Drafted at"},
                                          {"signature", "Signature"},
                                          {"submitted_at", "Submitted at"},
                                          {"last_move", "Last move"},
                                          {"moved_by", "Moved by"},
                                          {"moved_at", "Moved at"},
                                          {"note", "Reason"},
                                          {"due_at", "Abandoned at"},
                                          {NULL, NULL}};

static const out_field list_fields[] = {{"id", "APPLICATION"},
                                        {"provider", "PROVIDER"},
                                        {"kind", "KIND"},
                                        {"state", "STATE"},
                                        {"code", "CODE"},
                                        {"document_id", "DOCUMENT"},
                                        {"document_version", "VERSION"},
                                        {"due_at", "ABANDONED AT"},
                                        {NULL, NULL}};

static const out_field entry_fields[] = {{"sequence", "NO"}, {"time", "TIME"},       {"event", "EVENT"},
                                         {"actor", "BY"},    {"outcome", "OUTCOME"}, {"detail", "DETAIL"},
                                         {NULL, NULL}};

static json_t *describe(const nct_application *application) {
    char digest[65];
    int32_t kind = nct_application_kind(application);
    int32_t state = nct_application_state(application);
    json_t *record = out_object();
    text_hex(nct_application_document_digest(application), 32, digest);
    out_put_string(record, "id", nct_application_id(application));
    out_put_string(record, "provider", nct_application_provider(application));
    out_put_string(record, "kind", nct_submission_name(kind));
    out_put_string(record, "state", nct_state_name(state));
    out_put_string(record, "code", nct_state_code(kind, state));
    out_put_string(record, "document_id", nct_application_document_id(application));
    out_put_string(record, "document_version", nct_application_document_version(application));
    out_put_string(record, "document_digest", digest);
    out_put_string(record, "physician_date", nct_application_physician_date(application));
    out_put_string(record, "drafted_by", nct_application_drafted_by(application));
    out_put_time(record, "drafted_at", nct_application_drafted_at(application));
    out_put_string(record, "signature", nct_application_signature(application));
    out_put_time(record, "submitted_at", nct_application_submitted_at(application));
    out_put_string(record, "last_move", nct_move_name(nct_application_last_move(application)));
    out_put_string(record, "moved_by", nct_application_moved_by(application));
    out_put_time(record, "moved_at", nct_application_moved_at(application));
    out_put_string(record, "note", nct_application_note(application));
    out_put_time(record, "due_at", nct_application_due_at(application));
    return record;
}

/* ---- draft ---- */

static int set_field(struct cli *cli, nct_form *draft, const char *path, const void *bytes, size_t len) {
    nct_status status = nct_form_set(draft, path, bytes, len);
    return status == NCT_OK ? CLI_DONE : fail_status(cli, status, NULL);
}

static int set_document(struct cli *cli, nct_form *draft) {
    const char *file = args_value(&cli->args, "document");
    file_content content;
    if (!file_read(file, DOCUMENT_MAX, &content)) {
        return errno == EFBIG ? fail_input(cli, "%s: a document has at most 16 MiB", file) : fail_file(cli, file);
    }
    int code = set_field(cli, draft, "document.content", content.bytes, content.len);
    file_release(&content);
    return code;
}

static int prepare(struct cli *cli, nct_form *draft) {
    static const char *const fields[][2] = {{"provider", "provider.npi"},
                                            {"kind", "submission.kind"},
                                            {"document-id", "document.id"},
                                            {"document-version", "document.version"},
                                            {"physician-date", "physician.date"}};
    for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++) {
        const char *value = args_value(&cli->args, fields[i][0]);
        int code = value != NULL ? set_field(cli, draft, fields[i][1], value, strlen(value)) : CLI_DONE;
        if (code != CLI_DONE) {
            return code;
        }
    }
    return set_document(cli, draft);
}

/* Saves a new draft, or revises the application that was named. */
static int save(struct cli *cli, nct_form *draft) {
    char id[NCT_APPLICATION_ID_LENGTH + 1];
    const char *by = args_value(&cli->args, "by");
    const char *revised = args_value(&cli->args, "application");
    nct_problems *problems = NULL;
    nct_status status = NCT_OK;
    if (revised != NULL) {
        status = nct_draft_revise(draft, by, strlen(by), revised, strlen(revised), &problems);
        snprintf(id, sizeof id, "%s", revised);
    } else {
        status = nct_draft_save(draft, by, strlen(by), id, sizeof id, &problems);
    }
    int code = CLI_DONE;
    if (status == NCT_OK) {
        out_put_string(cli->result, "application", id);
        out_say(cli, "Application %s is %s.", id, revised != NULL ? "revised" : "drafted");
    } else {
        code = fail_status(cli, status, problems);
    }
    nct_problems_free(problems);
    return code;
}

static int prepare_and_save(struct cli *cli, nct_form *draft) {
    int code = prepare(cli, draft);
    return code == CLI_DONE ? save(cli, draft) : code;
}

static int cmd_application_draft(struct cli *cli) {
    return with_form(cli, NCT_FORM_DRAFT, prepare_and_save);
}

/* ---- move, withdraw, discard ---- */

static void explain(struct cli *cli, int32_t move, int32_t state) {
    const char *provider = args_value(&cli->args, "provider");
    const char *id = cli->args.operands[0];
    char text[512];
    nct_application *application = NULL;
    if (nct_application_get(cli->portal, provider, strlen(provider), id, strlen(id), &application) == NCT_OK &&
        nct_machine_explain(nct_application_kind(application), state, move, text, sizeof text, NULL) == NCT_OK) {
        fail_help(cli, "%s", text);
    }
    nct_application_free(application);
}

static int report(struct cli *cli, nct_status status, int32_t move, int32_t state) {
    if (status == NCT_OK) {
        out_put_string(cli->result, "state", nct_state_name(state));
        out_say(cli, "Application %s is in the state %s now.", cli->args.operands[0], nct_state_title(state));
        return CLI_DONE;
    }
    int code = fail_status(cli, status, NULL);
    if (status == NCT_E_ILLEGAL_MOVE) {
        explain(cli, move, state);
    }
    return code;
}

static int cmd_application_move(struct cli *cli) {
    const char *id = cli->args.operands[0];
    const char *provider = args_value(&cli->args, "provider");
    const char *reason = args_value(&cli->args, "reason");
    const char *who = portal_operator(cli);
    int32_t move = 0;
    int32_t state = 0;
    int code = portal_open(cli);
    if (code != CLI_DONE) {
        return code;
    }
    if (nct_move_from_name(cli->args.operands[1], &move) != NCT_OK) {
        return fail_input(cli, "there is no such move; 'nctracks machine KIND' lists them");
    }
    nct_status status = nct_application_decide(cli->portal, who, strlen(who), provider, strlen(provider), id,
                                               strlen(id), move, reason, strlen(reason), &state);
    code = report(cli, status, move, state);
    deliver_after(cli);
    return code;
}

static int act(struct cli *cli, int32_t move) {
    const char *id = cli->args.operands[0];
    const char *provider = args_value(&cli->args, "provider");
    const char *by = args_value(&cli->args, "by");
    int32_t state = 0;
    int code = portal_open(cli);
    if (code != CLI_DONE) {
        return code;
    }
    nct_status status =
        nct_application_act(cli->portal, by, strlen(by), provider, strlen(provider), id, strlen(id), move, &state);
    code = report(cli, status, move, state);
    deliver_after(cli);
    return code;
}

static int cmd_application_withdraw(struct cli *cli) {
    return act(cli, NCT_MOVE_WITHDRAW);
}

static int cmd_application_discard(struct cli *cli) {
    return act(cli, NCT_MOVE_DISCARD);
}

/* ---- show, list ---- */

static nct_status read_history(const struct cli *cli, const void *context, struct page *page) {
    const char *id = cli->args.operands[0];
    const char *provider = context;
    nct_entry_list *list = NULL;
    nct_status status = nct_application_history(cli->portal, provider, strlen(provider), id, strlen(id),
                                                page_number(page), page->limit, &list);
    for (size_t i = 0; i < nct_entry_list_count(list); i++) {
        json_t *row = out_object();
        out_put_integer(row, "sequence", (int64_t)nct_entry_list_sequence(list, i));
        out_put_time(row, "time", nct_entry_list_time(list, i));
        out_put_string(row, "event", nct_entry_list_event(list, i));
        out_put_string(row, "actor", nct_entry_list_actor(list, i));
        out_put_string(row, "outcome", nct_status_name(nct_entry_list_outcome(list, i)));
        out_put_string(row, "detail", nct_entry_list_detail(list, i));
        out_append(page->rows, row);
    }
    page_next_number(page, nct_entry_list_more(list), nct_entry_list_last(list));
    nct_entry_list_free(list);
    return status;
}

static int cmd_application_show(struct cli *cli) {
    const char *id = cli->args.operands[0];
    const char *provider = args_value(&cli->args, "provider");
    nct_application *application = NULL;
    int code = portal_open(cli);
    if (code != CLI_DONE) {
        return code;
    }
    nct_status status = nct_application_get(cli->portal, provider, strlen(provider), id, strlen(id), &application);
    if (status != NCT_OK) {
        return fail_status(cli, status, NULL);
    }
    out_record(cli, describe(application), record_fields);
    nct_application_free(application);
    static const pages_list history = {"history", entry_fields, read_history, "Nothing happened.", NULL, NULL};
    return pages_print(cli, &history, provider);
}

static nct_status read_page(const struct cli *cli, const void *context, struct page *page) {
    const char *provider = args_value(&cli->args, "provider");
    const char *ncid = args_value(&cli->args, "ncid");
    const int32_t *state = context;
    nct_application_list *list = NULL;
    nct_status status = provider != NULL
                            ? nct_application_list_by_provider(cli->portal, provider, strlen(provider), *state,
                                                               page->after, page->after_len, page->limit, &list)
                            : nct_application_list_by_person(cli->portal, ncid, strlen(ncid), *state, page->after,
                                                             page->after_len, page->limit, &list);
    for (size_t i = 0; i < nct_application_list_count(list); i++) {
        out_append(page->rows, describe(nct_application_list_at(list, i)));
    }
    page_next(page, nct_application_list_more(list), nct_application_list_cursor(list));
    nct_application_list_free(list);
    return status;
}

static int cmd_application_list(struct cli *cli) {
    static const pages_list list = {"applications", list_fields, read_page, "There is no application.", NULL, NULL};
    const char *name = args_value(&cli->args, "state");
    int32_t state = 0;
    if (args_has(&cli->args, "provider") == args_has(&cli->args, "ncid")) {
        return fail_usage(cli, "name either --provider or --ncid");
    }
    if (name != NULL && nct_state_from_name(name, &state) != NCT_OK) {
        return fail_input(cli, "there is no such state; 'nctracks machine KIND' lists them");
    }
    int code = portal_open(cli);
    return code == CLI_DONE ? pages_print(cli, &list, &state) : code;
}

static const args_option application_draft_options[] = {
    {"by", "NCID", "who drafts or revises it", true},
    OPTION_PROVIDER,
    {"kind", "KIND", OPTION_KINDS, true},
    {"document", "FILE", "what is to be signed; any bytes, up to 16 MiB", true},
    {"document-id", "ID", "what the document is called", true},
    {"document-version", "VERSION", "its version", true},
    {"physician-date", "DATE", "of an FL2: when the physician signed, YYYY-MM-DD", false},
    {"application", "ID", "revise this application; else a new one is drafted", false},
    OPTIONS_END};
static const args_option application_move_options[] = {
    OPTION_PROVIDER, {"reason", "TEXT", "why, for the ledger", true}, OPTION_OPERATOR, OPTIONS_END};
static const args_option application_act_options[] = {
    {"by", "NCID", "who does this", true}, OPTION_PROVIDER, OPTIONS_END};
static const args_option application_list_options[] = {{"provider", "ID", "what is submitted for this provider", false},
                                                       {"ncid", "NCID", "what this person drafted", false},
                                                       {"state", "STATE", "only those in this state", false},
                                                       OPTION_PAGES,
                                                       OPTIONS_END};

const cli_command application_commands[] = {
    {"application", "draft", "", "Draft an application, or revise one.",
     "A draft can be revised, and so can what the agency sent back; nothing else after submission.", 0, 0,
     application_draft_options, cmd_application_draft},
    {"application", "move", "APPLICATION MOVE", "Move an application, as the agency.",
     "'nctracks machine KIND' lists the moves.", 2, 2, application_move_options, cmd_application_move},
    {"application", "withdraw", "APPLICATION", "Withdraw an application, which cannot be undone.", "", 1, 1,
     application_act_options, cmd_application_withdraw},
    {"application", "discard", "APPLICATION", "Give a draft up.", "", 1, 1, application_act_options,
     cmd_application_discard},
    {"application", "show", "APPLICATION", "Show an application and its history.", "", 1, 1, provider_options,
     cmd_application_show},
    {"application", "list", "", "List applications, by provider or by who drafted them.",
     "Name either --provider or --ncid.", 0, 0, application_list_options, cmd_application_list},
    COMMANDS_END};
