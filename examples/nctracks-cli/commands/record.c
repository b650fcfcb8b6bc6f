#include "commands/commands.h"

#include <stdio.h>
#include <string.h>

#include <nctracks/principal.h>

#include "forms/person.h"
#include "portal/open.h"
#include "terminal/failure.h"
#include "terminal/output.h"

#define PAGE 1000
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
        code = commands_time(cli, "from", &from);
    }
    if (code == CLI_DONE) {
        code = commands_time(cli, "until", &until);
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

int cmd_record_add(struct cli *cli) {
    nct_form *form = NULL;
    int code = portal_open(cli);
    if (code != CLI_DONE) {
        return code;
    }
    nct_status status = nct_form_new(cli->portal, NCT_FORM_PRINCIPAL, &form);
    code = status == NCT_OK ? add(cli, form) : fail_status(cli, status, NULL);
    nct_form_free(form);
    return code;
}

int cmd_record_remove(struct cli *cli) {
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

static nct_status read_page(const struct cli *cli, const char *after, nct_principal_list **out) {
    const char *provider = args_value(&cli->args, "provider");
    const char *ncid = args_value(&cli->args, "ncid");
    size_t len = strlen(after);
    if (provider != NULL) {
        return nct_principal_list_by_provider(cli->portal, provider, strlen(provider), after, len, PAGE, out);
    }
    return nct_principal_list_by_person(cli->portal, ncid, strlen(ncid), after, len, PAGE, out);
}

static nct_status list_page(out_list *list, char *after, size_t capacity, bool *more) {
    nct_principal_list *page = NULL;
    nct_status status = read_page(list->cli, after, &page);
    if (status != NCT_OK) {
        return status;
    }
    json_t *rows = out_array();
    for (size_t i = 0; i < nct_principal_list_count(page); i++) {
        out_append(rows, describe(page, i));
    }
    out_list_page(list, rows);
    *more = nct_principal_list_more(page) == 1;
    snprintf(after, capacity, "%s", nct_principal_list_cursor(page));
    nct_principal_list_free(page);
    return NCT_OK;
}

int cmd_record_list(struct cli *cli) {
    char after[NCT_KEY_MAX] = "";
    bool more = true;
    if (args_has(&cli->args, "provider") == args_has(&cli->args, "ncid")) {
        return fail_usage(cli, "name either --provider or --ncid");
    }
    int code = portal_open(cli);
    if (code != CLI_DONE) {
        return code;
    }
    out_list list = out_list_begin(cli, "principals", list_fields);
    while (more) {
        nct_status status = list_page(&list, after, sizeof after, &more);
        if (status != NCT_OK) {
            return fail_status(cli, status, NULL);
        }
    }
    out_list_end(&list, "Nobody stands there.");
    return CLI_DONE;
}
