#include "commands/commands.h"
#include "commands/pages.h"

#include <stdio.h>
#include <string.h>

#include <nctracks/person.h>
#include <nctracks/pin.h>
#include <nctracks/role.h>

#include "portal/open.h"
#include "terminal/failure.h"
#include "terminal/output.h"

static const out_field person_fields[] = {{"ncid", "NCID"},
                                          {"name", "Name"},
                                          {"email", "E-mail address"},
                                          {"phone", "Phone"},
                                          {"phone_extension", "Extension"},
                                          {"line1", "Street address"},
                                          {"line2", "Suite or building"},
                                          {"city", "City"},
                                          {"state", "State"},
                                          {"zip", "ZIP code"},
                                          {"language", "Language"},
                                          {"known_since", "Known since"},
                                          {"pin_state", "PIN"},
                                          {"pin_issued_at", "PIN issued at"},
                                          {"contested_at", "Contested since"},
                                          {"seen_as", "Seen as"},
                                          {NULL, NULL}};

static json_t *describe(const nct_person *person) {
    json_t *record = out_object();
    out_put_string(record, "ncid", nct_person_ncid(person));
    out_put_string(record, "name", nct_person_display_name(person));
    out_put_string(record, "first_name", nct_person_first_name(person));
    out_put_string(record, "middle_name", nct_person_middle_name(person));
    out_put_string(record, "last_name", nct_person_last_name(person));
    out_put_string(record, "suffix", nct_person_suffix(person));
    out_put_string(record, "email", nct_person_email(person));
    out_put_string(record, "phone", nct_person_phone(person));
    out_put_string(record, "phone_extension", nct_person_phone_extension(person));
    out_put_string(record, "line1", nct_person_address_line1(person));
    out_put_string(record, "line2", nct_person_address_line2(person));
    out_put_string(record, "city", nct_person_address_city(person));
    out_put_string(record, "state", nct_person_address_state(person));
    out_put_string(record, "zip", nct_person_address_zip(person));
    out_put_string(record, "language", nct_person_language_tag(person));
    out_put_time(record, "known_since", nct_person_known_since(person));
    out_put_string(record, "pin_state", nct_pin_state_name(nct_person_pin_state(person)));
    out_put_time(record, "pin_issued_at", nct_person_pin_issued_at(person));
    out_put_time(record, "contested_at", nct_person_contested_at(person));
    out_put_string(record, "seen_as", nct_view_name(nct_person_view(person)));
    return record;
}

static int cmd_person_show(struct cli *cli) {
    const char *ncid = cli->args.operands[0];
    const char *by = args_value(&cli->args, "by");
    const char *provider = args_value(&cli->args, "provider");
    nct_person *person = NULL;
    int code = portal_open(cli);
    if (code != CLI_DONE) {
        return code;
    }
    nct_status status = by == NULL
                            ? nct_person_read_for_operator(cli->portal, ncid, strlen(ncid), &person)
                            : nct_person_read(cli->portal, by, strlen(by), provider,
                                              provider != NULL ? strlen(provider) : 0, ncid, strlen(ncid), &person);
    if (status != NCT_OK) {
        return fail_status(cli, status, NULL);
    }
    out_record(cli, describe(person), person_fields);
    nct_person_free(person);
    return CLI_DONE;
}

static const out_field list_fields[] = {
    {"ncid", "NCID"},   {"name", "NAME"},     {"role", "ROLE"}, {"email", "E-MAIL ADDRESS"},
    {"phone", "PHONE"}, {"pin_state", "PIN"}, {NULL, NULL}};

static nct_status read_people(const struct cli *cli, const struct page *page, nct_grant_list **out) {
    const char *by = args_value(&cli->args, "by");
    const char *provider = args_value(&cli->args, "provider");
    if (by == NULL) {
        return nct_person_list_page_for_operator(cli->portal, provider, strlen(provider), page->after, page->after_len,
                                                 page->limit, out);
    }
    return nct_person_list_page(cli->portal, by, strlen(by), provider, strlen(provider), page->after, page->after_len,
                                page->limit, out);
}

static nct_status read_page(const struct cli *cli, const void *context, struct page *page) {
    nct_grant_list *list = NULL;
    (void)context;
    nct_status status = read_people(cli, page, &list);
    for (size_t i = 0; i < nct_grant_list_count(list); i++) {
        json_t *row = describe(nct_grant_list_person(list, i));
        out_put_string(row, "role", nct_role_name(nct_grant_list_role(list, i)));
        out_append(page->rows, row);
    }
    page_next(page, nct_grant_list_more(list), nct_grant_list_cursor(list));
    nct_grant_list_free(list);
    return status;
}

static int cmd_person_list(struct cli *cli) {
    static const pages_list list = {"people", list_fields, read_page, "Nobody has access.", NULL, NULL};
    int code = portal_open(cli);
    return code == CLI_DONE ? pages_print(cli, &list, NULL) : code;
}

/* ---- Finding ---- */

static const out_field find_fields[] = {{"ncid", "NCID"},   {"name", "NAME"},     {"email", "E-MAIL ADDRESS"},
                                        {"phone", "PHONE"}, {"pin_state", "PIN"}, {NULL, NULL}};

static int32_t way_of(const char *name) {
    int32_t by = NCT_SEARCH_NCID;
    while (nct_search_name(by) != NULL && strcmp(nct_search_name(by), name) != 0) {
        by++;
    }
    return nct_search_name(by) != NULL ? by : 0;
}

static nct_status find_page(const struct cli *cli, const void *context, struct page *page) {
    const char *text = cli->args.operands[0];
    nct_person_list *list = NULL;
    nct_status status = nct_person_search(cli->portal, *(const int32_t *)context, text, strlen(text), page->after,
                                          page->after_len, page->limit, &list);
    for (size_t i = 0; i < nct_person_list_count(list); i++) {
        out_append(page->rows, describe(nct_person_list_at(list, i)));
    }
    page_next(page, nct_person_list_more(list), nct_person_list_cursor(list));
    nct_person_list_free(list);
    return status;
}

static int cmd_person_find(struct cli *cli) {
    static const pages_list list = {"people", find_fields, find_page, "Nobody was found.", NULL, NULL};
    int32_t by = way_of(args_value(&cli->args, "in"));
    if (by == 0) {
        return fail_usage(cli, "--in is ncid, name, email or phone");
    }
    int code = portal_open(cli);
    return code == CLI_DONE ? pages_print(cli, &list, &by) : code;
}

static const args_option person_find_options[] = {
    {"in", "WHAT", "ncid, name (last, first), email or phone", true}, OPTION_PAGES, OPTIONS_END};
static const args_option person_show_options[] = {
    {"by", "NCID", "look as this person: at themselves, or as an administrator; else as an operator", false},
    {"provider", "ID", "look as an administrator: at which provider", false},
    OPTIONS_END};
static const args_option person_list_options[] = {
    OPTION_PROVIDER,
    {"by", "NCID", "look as this administrator; else as an operator", false},
    OPTION_PAGES,
    OPTIONS_END};

const cli_command person_commands[] = {
    {"person", "show", "NCID", "Show a person: name, contact data, state of the PIN.",
     "Masked as the profile says for who looks; a person sees all of their own.", 1, 1, person_show_options,
     cmd_person_show},
    {"person", "find", "TEXT", "Find people by how NCID, name, e-mail address or phone begins.",
     "Case, marks on letters and punctuation do not count.", 1, 1, person_find_options, cmd_person_find},
    {"person", "list", "", "List the people who have access to a provider, with their names.", "", 0, 0,
     person_list_options, cmd_person_list},
    COMMANDS_END};
