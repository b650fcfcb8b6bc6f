#include "commands/commands.h"
#include "commands/pages.h"
#include "commands/with_form.h"

#include <stdio.h>
#include <string.h>

#include <nctracks/principal.h>
#include <nctracks/role.h>

#include "forms/person.h"
#include "forms/typed.h"
#include "portal/open.h"
#include "terminal/failure.h"
#include "terminal/output.h"

#define RELATIONSHIPS_ROOM 256

/* ---- Adding and removing ---- */

/* Names separated by spaces or commas, as the library wants them: by single spaces. */
static int set_relationships(struct cli *cli, nct_form *form) {
    static const char separators[] = " ,";
    char list[RELATIONSHIPS_ROOM] = "";
    size_t used = 0;
    const char *names = args_value(&cli->args, "relationships");
    for (names += strspn(names, separators); *names != '\0'; names += strspn(names, separators)) {
        size_t len = strcspn(names, separators);
        if (used + len + 2 > sizeof list) {
            return fail_input(cli, "--relationships is too long");
        }
        used += (size_t)snprintf(list + used, sizeof list - used, "%s%.*s", used > 0 ? " " : "", (int)len, names);
        names += len;
    }
    nct_status status = nct_form_set(form, "relationships", list, used);
    return status == NCT_OK ? CLI_DONE : fail_status(cli, status, NULL);
}

static int fill(struct cli *cli, nct_form *form) {
    const char *ncid = cli->args.operands[0];
    nct_status status = nct_form_set(form, "ncid", ncid, strlen(ncid));
    if (status == NCT_OK) {
        status = person_form_fill(cli, form);
    }
    return status == NCT_OK ? set_relationships(cli, form) : fail_status(cli, status, NULL);
}

static int add(struct cli *cli, nct_form *form) {
    const char *provider = args_value(&cli->args, "provider");
    const char *who = portal_operator(cli);
    nct_problems *problems = NULL;
    int64_t from = 0;
    int64_t until = 0;
    int code = fill(cli, form);
    if (code == CLI_DONE) {
        code = typed_time(cli, "from", &from);
    }
    if (code == CLI_DONE) {
        code = typed_time(cli, "until", &until);
    }
    if (code == CLI_DONE && until != 0 && until <= from) {
        code = fail_input(cli, "--until must be later than --from");
    }
    if (code != CLI_DONE) {
        return code;
    }
    nct_status status = nct_principal_put(form, who, strlen(who), provider, strlen(provider), from, until, &problems);
    if (status == NCT_OK) {
        out_say(cli, "%s stands on the record of %s.", cli->args.operands[0], provider);
    } else {
        code = fail_status(cli, status, problems);
    }
    nct_problems_free(problems);
    return code;
}

static int cmd_record_add(struct cli *cli) {
    return with_form(cli, NCT_FORM_PRINCIPAL, add);
}

static int cmd_record_remove(struct cli *cli) {
    const char *ncid = cli->args.operands[0];
    const char *provider = args_value(&cli->args, "provider");
    int code = portal_open(cli);
    if (code != CLI_DONE) {
        return code;
    }
    const char *who = portal_operator(cli);
    nct_status status =
        nct_principal_remove(cli->portal, who, strlen(who), provider, strlen(provider), ncid, strlen(ncid));
    if (status != NCT_OK) {
        return fail_status(cli, status, NULL);
    }
    out_say(cli, "%s no longer stands on the record of %s.", ncid, provider);
    return CLI_DONE;
}

/* ---- Listing ---- */

static const out_field list_fields[] = {
    {"ncid", "NCID"},       {"provider", "PROVIDER"}, {"name", "NAME"},    {"relationships", "RELATIONSHIPS"},
    {"valid_from", "FROM"}, {"valid_until", "UNTIL"}, {"email", "E-MAIL"}, {NULL, NULL}};

static json_t *relationships_of(uint64_t mask) {
    json_t *names = out_array();
    for (int32_t i = 1; nct_relationship_name(i) != NULL; i++) {
        if ((mask >> i & 1) != 0) {
            out_append(names, json_string(nct_relationship_name(i)));
        }
    }
    return names;
}

static json_t *describe(const nct_principal_list *page, size_t index) {
    json_t *row = out_object();
    out_put_string(row, "ncid", nct_principal_list_ncid(page, index));
    out_put_string(row, "provider", nct_principal_list_provider(page, index));
    out_put_string(row, "name", nct_principal_list_name(page, index));
    out_put_string(row, "email", nct_principal_list_email(page, index));
    out_put(row, "relationships", relationships_of(nct_principal_list_relationships(page, index)));
    out_put_time(row, "valid_from", nct_principal_list_valid_from(page, index));
    out_put_time(row, "valid_until", nct_principal_list_valid_until(page, index));
    out_put_time(row, "recorded_at", nct_principal_list_recorded_at(page, index));
    return row;
}

static nct_status read_page(const struct cli *cli, const void *context, struct page *page) {
    const char *provider = args_value(&cli->args, "provider");
    const char *ncid = args_value(&cli->args, "ncid");
    nct_principal_list *list = NULL;
    (void)context;
    nct_status status = provider != NULL
                            ? nct_principal_list_by_provider(cli->portal, provider, strlen(provider), page->after,
                                                             page->after_len, page->limit, &list)
                            : nct_principal_list_by_person(cli->portal, ncid, strlen(ncid), page->after,
                                                           page->after_len, page->limit, &list);
    for (size_t i = 0; i < nct_principal_list_count(list); i++) {
        out_append(page->rows, describe(list, i));
    }
    page_next(page, nct_principal_list_more(list), nct_principal_list_cursor(list));
    nct_principal_list_free(list);
    return status;
}

static int cmd_record_list(struct cli *cli) {
    static const pages_list list = {"principals", list_fields, read_page, "Nobody stands there.", NULL, NULL};
    if (args_has(&cli->args, "provider") == args_has(&cli->args, "ncid")) {
        return fail_usage(cli, "name either --provider or --ncid");
    }
    int code = portal_open(cli);
    return code == CLI_DONE ? pages_print(cli, &list, NULL) : code;
}

static const args_option record_list_options[] = {{"provider", "ID", "who stands on this provider's record", false},
                                                  {"ncid", "NCID", "on which records this person stands", false},
                                                  OPTION_PAGES,
                                                  OPTIONS_END};
static const args_option record_add_options[] = {
    OPTION_PROVIDER,
    {"relationships", "RELATIONSHIPS",
     "owner, managing_employee, provider, managing_relationship; several separated by spaces or commas", true},
    {"first-name", "NAME", "of somebody the portal does not know", false},
    OPTION_NAMES("their"),
    {"last-name", "NAME", "of somebody the portal does not know", false},
    {"email", "ADDRESS", "of somebody the portal does not know", false},
    {"from", "TIME", "when it begins, YYYY-MM-DD or YYYY-MM-DDThh:mm:ssZ; else at once", false},
    {"until", "TIME", "when it ends; else never", false},
    OPTION_OPERATOR,
    OPTIONS_END};
static const args_option record_remove_options[] = {OPTION_PROVIDER, OPTION_OPERATOR, OPTIONS_END};

const cli_command record_commands[] = {
    {"record", "list", "", "List people on records, by provider or by person.", "Name either --provider or --ncid.", 0,
     0, record_list_options, cmd_record_list},
    {"record", "add", "NCID", "Put a person on a provider's record.", "What it said of them before is replaced.", 1, 1,
     record_add_options, cmd_record_add},
    {"record", "remove", "NCID", "Take a person off a provider's record.",
     "A role or a signature that needs them there no longer serves.", 1, 1, record_remove_options, cmd_record_remove},
    COMMANDS_END};
