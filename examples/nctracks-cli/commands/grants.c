#include "commands/grants.h"

#include <stdio.h>

#include <nctracks/role.h>

#include "commands/rights.h"
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
    out_put(row, "rights", rights_names(policy, nct_grant_list_rights(page, index)));
    out_put_time(row, "valid_from", nct_grant_list_valid_from(page, index));
    out_put_time(row, "valid_until", nct_grant_list_valid_until(page, index));
    out_put_string(row, "granted_by", nct_grant_list_granted_by(page, index));
    out_put_time(row, "granted_at", nct_grant_list_granted_at(page, index));
    out_put_time(row, "used_at", nct_grant_list_used_at(page, index));
    out_put_time(row, "certified_at", nct_grant_list_certified_at(page, index));
    put_person(row, "certified_by", nct_grant_list_certified_by(page, index));
    return row;
}

/** What a list of grants is read by. */
struct source {
    grants_read *read;
    const void *context;
};

static nct_status read_page(const struct cli *cli, const void *context, struct page *page) {
    const struct source *source = context;
    nct_grant_list *list = NULL;
    nct_status status = source->read(cli, source->context, page, &list);
    for (size_t i = 0; i < nct_grant_list_count(list); i++) {
        out_append(page->rows, describe(nct_portal_policy(cli->portal), list, i));
    }
    page_next(page, nct_grant_list_more(list), nct_grant_list_cursor(list));
    nct_grant_list_free(list);
    return status;
}

int grants_list(struct cli *cli, grants_read *read, const void *context, const char *none) {
    const struct source source = {read, context};
    const pages_list list = {"grants", fields, read_page, none, NULL, NULL};
    return pages_print(cli, &list, &source);
}
