#include "commands/commands.h"
#include "commands/pages.h"
#include "commands/with_form.h"

#include <stdio.h>
#include <string.h>

#include <nctracks/provider.h>

#include "forms/json.h"
#include "forms/person.h"
#include "mail/deliver.h"
#include "portal/open.h"
#include "roster/codes_file.h"
#include "roster/import.h"
#include "terminal/failure.h"
#include "terminal/output.h"

static const out_field record_fields[] = {{"id", "Provider"},
                                          {"kind", "Kind"},
                                          {"name", "Name"},
                                          {"state", "State"},
                                          {"suspended_at", "Suspended since"},
                                          {"office_administrator", "Office Administrator"},
                                          {"backup_office_administrator", "Backup OA"},
                                          {"tax_id", "Tax number"},
                                          {"eft_account", "Payments to account"},
                                          {"email", "E-mail"},
                                          {"phone", "Phone"},
                                          {"enrolled_at", "Enrolled at"},
                                          {"reverification_date", "Re-verification due"},
                                          {"reverification_due", "In time until"},
                                          {"reverification_held", "Under review"},
                                          {NULL, NULL}};

static const out_field list_fields[] = {{"id", "PROVIDER"}, {"kind", "KIND"},
                                        {"state", "STATE"}, {"office_administrator", "OA"},
                                        {"name", "NAME"},   {NULL, NULL}};

static json_t *describe(const nct_provider *provider) {
    json_t *record = out_object();
    out_put_string(record, "id", nct_provider_id(provider));
    out_put_string(record, "kind", nct_provider_kind_name(nct_provider_kind(provider)));
    out_put_string(record, "name", nct_provider_display_name(provider));
    out_put_string(record, "state", nct_provider_state_name(nct_provider_state(provider)));
    out_put_string(record, "office_administrator", nct_provider_office_administrator(provider));
    out_put_string(record, "tax_id", nct_provider_tax_id_masked(provider));
    out_put_string(record, "eft_account", nct_provider_eft_masked(provider));
    out_put_string(record, "email", nct_provider_email(provider));
    out_put_string(record, "phone", nct_provider_phone(provider));
    out_put_string(record, "phone_extension", nct_provider_phone_extension(provider));
    out_put_string(record, "address_line1", nct_provider_address_line1(provider));
    out_put_string(record, "address_line2", nct_provider_address_line2(provider));
    out_put_string(record, "address_city", nct_provider_address_city(provider));
    out_put_string(record, "address_state", nct_provider_address_state(provider));
    out_put_string(record, "address_zip", nct_provider_address_zip(provider));
    out_put_time(record, "changed_at", nct_provider_changed_at(provider));
    out_put_time(record, "enrolled_at", nct_provider_enrolled_at(provider));
    out_put_time(record, "suspended_at", nct_provider_suspended_at(provider));
    out_put_string(record, "reverification_date", nct_provider_reverification_date(provider));
    out_put_time(record, "reverification_due", nct_provider_reverification_due(provider));
    out_put_string(record, "reverification_held", nct_provider_reverification_held(provider) ? "yes" : "");
    out_put_string(record, "backup_office_administrator", nct_provider_backup_office_administrator(provider));
    return record;
}

static int cmd_provider_show(struct cli *cli) {
    const char *id = cli->args.operands[0];
    nct_provider *provider = NULL;
    int code = portal_open(cli);
    if (code != CLI_DONE) {
        return code;
    }
    nct_status status = nct_provider_get(cli->portal, id, strlen(id), &provider);
    if (status != NCT_OK) {
        return fail_status(cli, status, NULL);
    }
    out_record(cli, describe(provider), record_fields);
    nct_provider_free(provider);
    return CLI_DONE;
}

static nct_status read_page(const struct cli *cli, const void *context, struct page *page) {
    const char *name = args_value(&cli->args, "name");
    nct_provider_list *list = NULL;
    nct_status status =
        nct_provider_search(cli->portal, name, name != NULL ? strlen(name) : 0, *(const int32_t *)context, page->after,
                            page->after_len, page->limit, &list);
    for (size_t i = 0; i < nct_provider_list_count(list); i++) {
        out_append(page->rows, describe(nct_provider_list_at(list, i)));
    }
    page_next(page, nct_provider_list_more(list), nct_provider_list_cursor(list));
    nct_provider_list_free(list);
    return status;
}

/* A state by its name; 0 for none that there is. */
static int32_t state_of(const char *name) {
    int32_t state = NCT_PROVIDER_ENROLLED;
    while (nct_provider_state_name(state) != NULL && strcmp(nct_provider_state_name(state), name) != 0) {
        state++;
    }
    return nct_provider_state_name(state) != NULL ? state : 0;
}

static int cmd_provider_list(struct cli *cli) {
    static const char *const spaces[] = {"provider", "provider_private", "stream", NULL};
    static const pages_list list = {"providers", list_fields, read_page, "There is no provider.", spaces, NULL};
    const char *wanted = args_value(&cli->args, "state");
    int32_t state = wanted != NULL ? state_of(wanted) : 0;
    if (wanted != NULL && state == 0) {
        return fail_usage(cli, "--state is enrolled, registered or terminated");
    }
    int code = portal_open(cli);
    return code == CLI_DONE ? pages_print(cli, &list, &state) : code;
}

/* ---- Changing ---- */

static nct_status submit_change(const struct cli *cli, nct_form *form, nct_problems **problems) {
    const char *id = cli->args.operands[0];
    const char *by = args_value(&cli->args, "by");
    const char *who = args_value(&cli->args, "operator");
    const char *reason = args_value(&cli->args, "reason");
    if (by != NULL) {
        return nct_provider_change(form, by, strlen(by), id, strlen(id), problems);
    }
    return nct_provider_change_by_operator(form, who, strlen(who), id, strlen(id), reason, strlen(reason), problems);
}

static int cmd_provider_change(struct cli *cli) {
    nct_form *form = NULL;
    nct_problems *problems = NULL;
    bool by_operator = args_has(&cli->args, "operator") && args_has(&cli->args, "reason");
    if (args_has(&cli->args, "by") == by_operator) {
        return fail_usage(cli, "name either --by, or --operator and --reason");
    }
    int code = portal_open(cli);
    if (code != CLI_DONE) {
        return code;
    }
    nct_status status = nct_form_new(cli->portal, NCT_FORM_PROVIDER, &form);
    if (status == NCT_OK) {
        status = person_form_fill(cli, form);
    }
    if (status == NCT_OK) {
        status = submit_change(cli, form, &problems);
    }
    code = status == NCT_OK ? CLI_DONE : fail_status(cli, status, problems);
    if (status == NCT_OK) {
        out_say(cli, "Done; the addresses before and after are told.");
        deliver_after(cli);
    }
    nct_problems_free(problems);
    nct_form_free(form);
    return code;
}

static int submit(struct cli *cli, nct_form *enrollment, codes_file *codes, char *code, size_t capacity) {
    nct_problems *problems = NULL;
    const char *who = portal_operator(cli);
    nct_status status = nct_enrollment_submit(enrollment, who, strlen(who), code, capacity, &problems);
    int result = status == NCT_OK ? CLI_DONE : fail_status(cli, status, problems);
    bool may_be_made = status == NCT_OK || result == CLI_ENVIRONMENT; /* where the answer was lost */
    codes_file_finish(codes, &may_be_made);
    nct_problems_free(problems);
    return result;
}

/* The code is written before the record is made: see codes_file_write(). */
static int enroll(struct cli *cli, nct_form *enrollment, codes_file *codes, const char *provider) {
    char code[NCT_AUTHORIZATION_CODE_LENGTH + 1] = "";
    nct_status status = nct_enrollment_code(enrollment, code, sizeof code);
    int result = status == NCT_OK ? codes_file_write_one(cli, codes, provider, code) : fail_status(cli, status, NULL);
    if (result == CLI_DONE) {
        result = submit(cli, enrollment, codes, code, sizeof code);
    }
    explicit_bzero(code, sizeof code);
    return result;
}

/** The form and, beside it, the provider id it names, which the codes file needs. */
typedef struct noting {
    nct_form *enrollment;
    char provider[16];
} noting;

static nct_status set_and_note(void *handle, const char *path, const void *value, size_t len) {
    noting *form = handle;
    if (strcmp(path, "provider.npi") == 0 && len < sizeof form->provider) {
        memcpy(form->provider, value, len);
        form->provider[len] = '\0';
    }
    return nct_form_set(form->enrollment, path, value, len);
}

static nct_status validate_noted(void *handle, nct_problems **problems) {
    return nct_form_validate(((noting *)handle)->enrollment, problems);
}

static int fill_and_enroll(struct cli *cli, nct_form *enrollment) {
    noting form = {enrollment, ""};
    form_target target = {NCT_FORM_ENROLLMENT, &form, set_and_note, validate_noted};
    codes_file codes;
    int code = form_json_fill(cli, cli->args.operands[0], &target);
    if (code != CLI_DONE) {
        return code;
    }
    code = codes_file_open(cli, &codes);
    if (code == CLI_DONE) {
        code = enroll(cli, enrollment, &codes, form.provider);
    }
    codes_file_close(&codes);
    if (code == CLI_DONE) {
        out_put_string(cli->result, "provider", form.provider);
        out_put_string(cli->result, "codes_file", codes.path);
        out_say(cli, "%s is enrolled; its authorization code is in %s.", form.provider, codes.path);
        deliver_after(cli);
    }
    return code;
}

static int cmd_provider_enroll(struct cli *cli) {
    return with_form(cli, NCT_FORM_ENROLLMENT, fill_and_enroll);
}

static int renew(struct cli *cli, const char *id, codes_file *codes) {
    char code[NCT_AUTHORIZATION_CODE_LENGTH + 1] = "";
    const char *who = portal_operator(cli);
    nct_status status = nct_provider_renew_code(cli->portal, who, strlen(who), id, strlen(id), code, sizeof code);
    int result = status == NCT_OK ? codes_file_write_one(cli, codes, id, code) : fail_status(cli, status, NULL);
    codes_file_finish(codes, NULL);
    explicit_bzero(code, sizeof code);
    if (status == NCT_OK && result != CLI_DONE) {
        fail_help(cli, "The code before no longer works, and the new one could not be written: run this again.");
    }
    return result;
}

/* A registered provider does not register again: what the code is still good for is said. */
static void tell_use(struct cli *cli, const char *id) {
    nct_provider *provider = NULL;
    if (nct_provider_get(cli->portal, id, strlen(id), &provider) == NCT_OK &&
        nct_provider_state(provider) == NCT_PROVIDER_REGISTERED) {
        out_note(cli,
                 "The provider is registered already: the code is needed only to change its Office Administrator.");
    }
    nct_provider_free(provider);
}

static int cmd_provider_renew_code(struct cli *cli) {
    codes_file codes;
    sigset_t before;
    int code = portal_open(cli);
    if (code == CLI_DONE) {
        code = codes_file_open(cli, &codes);
    }
    if (code != CLI_DONE) {
        return code;
    }
    codes_file_hold_signals(&before);
    code = renew(cli, cli->args.operands[0], &codes);
    codes_file_free_signals(&before);
    codes_file_close(&codes);
    if (code == CLI_DONE) {
        out_put_string(cli->result, "codes_file", codes.path);
        out_say(cli, "The new authorization code is in %s; the one before no longer works.", codes.path);
        tell_use(cli, cli->args.operands[0]);
    }
    return code;
}

#define OPTION_CODES                                                                                                   \
    { "codes", "FILE", "a new file for authorization codes; else authorization-codes.csv, or -2.csv and so on", false }
static const args_option codes_options[] = {OPTION_CODES, OPTION_OPERATOR, OPTIONS_END};
static const args_option import_options[] = {
    OPTION_CODES,
    OPTION_DRY_RUN,
    {"reissue", NULL, "make a new code for those that are enrolled and never used theirs", false},
    OPTION_OPERATOR,
    OPTIONS_END};
static const args_option search_options[] = {
    {"name", "TEXT", "only those whose name begins so", false},
    {"state", "STATE", "only those that are enrolled, registered or terminated", false},
    OPTION_PAGES,
    OPTIONS_END};
static const args_option provider_change_options[] = {
    {"name", "NAME", "the new name", false},
    {"email", "ADDRESS", "the new e-mail address", false},
    {"phone", "NUMBER", "the new phone number", false},
    OPTION_POSTAL,
    {"by", "NCID", "change as the Office Administrator: who acts", false},
    {"operator", "NAME", "change for the agency: who acts", false},
    {"reason", "TEXT", "change for the agency: why", false},
    OPTIONS_END};

const cli_command provider_commands[] = {
    {"provider", "import", "ROSTER.csv", "Enroll many providers from a roster.",
     "The first row names the columns npi,kind,name,tax_id,email,phone, in any order. Each line is a row. Good rows "
     "are kept; each refused one is told with its line in the file, field and reason. \"-\" reads standard input. "
     "Exit 1 or 2 when rows were refused, 128 and the signal's number when it was interrupted.",
     1, 1, import_options, roster_import},
    {"provider", "enroll", "FORM.json", "Enroll one provider, which may name its Office Administrator.",
     "With an Office Administrator the provider is registered at once, and the PIN goes to that person's own address. "
     "See 'nctracks fields enrollment'.",
     1, 1, codes_options, cmd_provider_enroll},
    {"provider", "renew-code", "ID", "Make a new authorization code for a provider whose letter was lost.",
     "The code before ends.", 1, 1, codes_options, cmd_provider_renew_code},
    {"provider", "show", "ID", "Show a provider record.", "Tax number and account are masked.", 1, 1, no_options,
     cmd_provider_show},
    {"provider", "list", "", "List the provider records, by name and state.", "", 0, 0, search_options,
     cmd_provider_list},
    {"provider", "change", "PROVIDER", "Change a provider's name, address or phone.",
     "As the Office Administrator (--by) or for the agency (--operator, --reason). Both addresses are told.", 1, 1,
     provider_change_options, cmd_provider_change},
    COMMANDS_END};
