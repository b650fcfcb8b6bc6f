#include "commands/commands.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include <nctracks/application.h>

#include "commands/signatures.h"
#include "files.h"
#include "mail/deliver.h"
#include "portal/open.h"
#include "terminal/failure.h"
#include "terminal/output.h"
#include "text.h"

#define PAGE 1000
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

int cmd_application_draft(struct cli *cli) {
    nct_form *draft = NULL;
    int code = portal_open(cli);
    if (code != CLI_DONE) {
        return code;
    }
    nct_status status = nct_form_new(cli->portal, NCT_FORM_DRAFT, &draft);
    if (status != NCT_OK) {
        return fail_status(cli, status, NULL);
    }
    code = prepare(cli, draft);
    if (code == CLI_DONE) {
        code = save(cli, draft);
    }
    nct_form_free(draft);
    return code;
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

int cmd_application_move(struct cli *cli) {
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
    return report(cli, status, move, state);
}

int cmd_application_withdraw(struct cli *cli) {
    return act(cli, NCT_MOVE_WITHDRAW);
}

int cmd_application_discard(struct cli *cli) {
    return act(cli, NCT_MOVE_DISCARD);
}

/* ---- show, list ---- */

/* Prints a page of the history; `after` becomes its last sequence, 0 past the end. */
static nct_status history_page(out_list *list, const char *provider, const char *id, uint64_t *after) {
    nct_entry_list *page = NULL;
    nct_status status =
        nct_application_history(list->cli->portal, provider, strlen(provider), id, strlen(id), *after, PAGE, &page);
    if (status != NCT_OK) {
        return status;
    }
    size_t count = nct_entry_list_count(page);
    json_t *rows = out_array();
    for (size_t i = 0; i < count; i++) {
        json_t *row = out_object();
        out_put_integer(row, "sequence", (int64_t)nct_entry_list_sequence(page, i));
        out_put_time(row, "time", nct_entry_list_time(page, i));
        out_put_string(row, "event", nct_entry_list_event(page, i));
        out_put_string(row, "actor", nct_entry_list_actor(page, i));
        out_put_string(row, "outcome", nct_status_name(nct_entry_list_outcome(page, i)));
        out_put_string(row, "detail", nct_entry_list_detail(page, i));
        out_append(rows, row);
    }
    out_list_page(list, rows);
    *after = count > 0 ? nct_entry_list_sequence(page, count - 1) : 0;
    nct_entry_list_free(page);
    return NCT_OK;
}

int cmd_application_show(struct cli *cli) {
    const char *id = cli->args.operands[0];
    const char *provider = args_value(&cli->args, "provider");
    nct_application *application = NULL;
    uint64_t after = 0;
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
    out_list list = out_list_begin(cli, "history", entry_fields);
    do {
        status = history_page(&list, provider, id, &after);
        if (status != NCT_OK) {
            return fail_status(cli, status, NULL);
        }
    } while (after != 0);
    out_list_end(&list, "Nothing happened.");
    return CLI_DONE;
}

static nct_status list_page(out_list *list, int32_t state, char cursor[CURSOR_MAX]) {
    const struct args *args = &list->cli->args;
    const char *provider = args_value(args, "provider");
    const char *ncid = args_value(args, "ncid");
    const char *after = cursor[0] != '\0' ? cursor : NULL;
    nct_portal *portal = list->cli->portal;
    nct_application_list *page = NULL;
    nct_status status = provider != NULL ? nct_application_list_by_provider(portal, provider, strlen(provider), state,
                                                                            after, strlen(cursor), PAGE, &page)
                                         : nct_application_list_by_person(portal, ncid, strlen(ncid), state, after,
                                                                          strlen(cursor), PAGE, &page);
    if (status != NCT_OK) {
        return status;
    }
    json_t *rows = out_array();
    for (size_t i = 0; i < nct_application_list_count(page); i++) {
        out_append(rows, describe(nct_application_list_at(page, i)));
    }
    out_list_page(list, rows);
    snprintf(cursor, CURSOR_MAX, "%s", nct_application_list_more(page) ? nct_application_list_cursor(page) : "");
    nct_application_list_free(page);
    return NCT_OK;
}

int cmd_application_list(struct cli *cli) {
    const char *name = args_value(&cli->args, "state");
    char cursor[CURSOR_MAX] = "";
    int32_t state = 0;
    if (args_has(&cli->args, "provider") == args_has(&cli->args, "ncid")) {
        return fail_usage(cli, "name either --provider or --ncid");
    }
    int code = portal_open(cli);
    if (code != CLI_DONE) {
        return code;
    }
    if (name != NULL && nct_state_from_name(name, &state) != NCT_OK) {
        return fail_input(cli, "there is no such state; 'nctracks machine KIND' lists them");
    }
    out_list list = out_list_begin(cli, "applications", list_fields);
    do {
        nct_status status = list_page(&list, state, cursor);
        if (status != NCT_OK) {
            return fail_status(cli, status, NULL);
        }
    } while (cursor[0] != '\0');
    out_list_end(&list, "There is no application.");
    return CLI_DONE;
}
