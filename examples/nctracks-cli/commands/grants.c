#include "commands/grants.h"

#include <stdio.h>
#include <string.h>

#include <nctracks/store.h>

#include "commands/commands.h"
#include "terminal/failure.h"
#include "terminal/output.h"

static const out_field fields[] = {{"ncid", "NCID"},
                                   {"provider", "PROVIDER"},
                                   {"role", "ROLE"},
                                   {"valid_from", "FROM"},
                                   {"valid_until", "UNTIL"},
                                   {"granted_by", "GRANTED BY"},
                                   {"used_at", "LAST USED"},
                                   {"certified_at", "CERTIFIED AT"},
                                   {"certified_by", "CERTIFIED BY"},
                                   {"rights", "RIGHTS"},
                                   {NULL, NULL}};

/* NULL where there is nobody. */
static void put_person(json_t *row, const char *key, const char *ncid) {
    out_put_string(row, key, ncid[0] != '\0' ? ncid : NULL);
}

static json_t *describe(const nct_policy *policy, const nct_grant_list *page, size_t index) {
    json_t *row = out_object();
    out_put_string(row, "ncid", nct_grant_list_ncid(page, index));
    out_put_string(row, "provider", nct_grant_list_provider(page, index));
    out_put_string(row, "role", nct_role_name(nct_grant_list_role(page, index)));
    out_put(row, "rights", commands_rights(policy, nct_grant_list_rights(page, index)));
    out_put_time(row, "valid_from", nct_grant_list_valid_from(page, index));
    out_put_time(row, "valid_until", nct_grant_list_valid_until(page, index));
    out_put_string(row, "granted_by", nct_grant_list_granted_by(page, index));
    out_put_time(row, "granted_at", nct_grant_list_granted_at(page, index));
    out_put_time(row, "used_at", nct_grant_list_used_at(page, index));
    out_put_time(row, "certified_at", nct_grant_list_certified_at(page, index));
    put_person(row, "certified_by", nct_grant_list_certified_by(page, index));
    return row;
}

static void print_page(out_list *list, const nct_grant_list *page) {
    json_t *rows = out_array();
    for (size_t i = 0; i < nct_grant_list_count(page); i++) {
        out_append(rows, describe(nct_portal_policy(list->cli->portal), page, i));
    }
    out_list_page(list, rows);
}

int grants_list(struct cli *cli, grants_read *read, const void *context, const char *none) {
    char after[NCT_KEY_MAX] = "";
    bool more = true;
    out_list list = out_list_begin(cli, "grants", fields);
    while (more) {
        nct_grant_list *page = NULL;
        size_t after_len = strlen(after);
        nct_status status = read(cli, context, after_len > 0 ? after : NULL, after_len, &page);
        if (status != NCT_OK) {
            return fail_status(cli, status, NULL);
        }
        print_page(&list, page);
        more = nct_grant_list_more(page) == 1;
        snprintf(after, sizeof after, "%s", nct_grant_list_cursor(page));
        nct_grant_list_free(page);
    }
    out_list_end(&list, none);
    return CLI_DONE;
}
