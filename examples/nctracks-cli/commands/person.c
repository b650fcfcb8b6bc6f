#include "commands/commands.h"

#include <stdio.h>
#include <string.h>

#include <nctracks/person.h>
#include <nctracks/pin.h>
#include <nctracks/store.h>

#include "portal/open.h"
#include "terminal/failure.h"
#include "terminal/output.h"

#define PAGE 1000

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

int cmd_person_show(struct cli *cli) {
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

static nct_status read_page(struct cli *cli, const char *after, nct_grant_list **page) {
    const char *by = args_value(&cli->args, "by");
    const char *provider = args_value(&cli->args, "provider");
    if (by == NULL) {
        return nct_person_list_page_for_operator(cli->portal, provider, strlen(provider), after, strlen(after), PAGE,
                                                 page);
    }
    return nct_person_list_page(cli->portal, by, strlen(by), provider, strlen(provider), after, strlen(after), PAGE,
                                page);
}

static void print_page(out_list *list, const nct_grant_list *page) {
    json_t *rows = out_array();
    for (size_t i = 0; i < nct_grant_list_count(page); i++) {
        json_t *row = describe(nct_grant_list_person(page, i));
        out_put_string(row, "role", nct_role_name(nct_grant_list_role(page, i)));
        out_append(rows, row);
    }
    out_list_page(list, rows);
}

int cmd_person_list(struct cli *cli) {
    char after[NCT_KEY_MAX] = "";
    int32_t more = 1;
    int code = portal_open(cli);
    if (code != CLI_DONE) {
        return code;
    }
    out_list list = out_list_begin(cli, "people", list_fields);
    while (more) {
        nct_grant_list *page = NULL;
        nct_status status = read_page(cli, after, &page);
        if (status != NCT_OK) {
            return fail_status(cli, status, NULL);
        }
        print_page(&list, page);
        more = nct_grant_list_more(page);
        snprintf(after, sizeof after, "%s", nct_grant_list_cursor(page));
        nct_grant_list_free(page);
    }
    out_list_end(&list, "Nobody has access.");
    return CLI_DONE;
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

/* Prints one page; `after` becomes where the next begins, empty at the end. */
static nct_status find_page(out_list *list, int32_t by, char *after, size_t capacity) {
    const char *text = list->cli->args.operands[0];
    nct_person_list *page = NULL;
    nct_status status = nct_person_search(list->cli->portal, by, text, strlen(text), after, strlen(after), PAGE, &page);
    if (status != NCT_OK) {
        return status;
    }
    json_t *rows = out_array();
    for (size_t i = 0; i < nct_person_list_count(page); i++) {
        out_append(rows, describe(nct_person_list_at(page, i)));
    }
    out_list_page(list, rows);
    snprintf(after, capacity, "%s", nct_person_list_more(page) ? nct_person_list_cursor(page) : "");
    nct_person_list_free(page);
    return NCT_OK;
}

int cmd_person_find(struct cli *cli) {
    char after[2 * NCT_KEY_MAX + 1] = "";
    int32_t by = way_of(args_value(&cli->args, "in"));
    if (by == 0) {
        return fail_usage(cli, "--in is ncid, name, email or phone");
    }
    int code = portal_open(cli);
    if (code != CLI_DONE) {
        return code;
    }
    out_list list = out_list_begin(cli, "people", find_fields);
    do {
        nct_status status = find_page(&list, by, after, sizeof after);
        if (status != NCT_OK) {
            return fail_status(cli, status, NULL);
        }
    } while (after[0] != '\0');
    out_list_end(&list, "Nobody was found.");
    return CLI_DONE;
}
