/* Questions about access: all somebody may do, who may, and where. */
#include "commands/commands.h"

#include <string.h>

#include <nctracks/ident.h>
#include <nctracks/question.h>

#include "commands/grants.h"
#include "commands/rights.h"
#include "forms/typed.h"
#include "portal/open.h"
#include "terminal/failure.h"
#include "terminal/output.h"

static const out_field rights_fields[] = {{"rights", "Rights"}, {"authorities", "Authorities"}, {NULL, NULL}};

static int cmd_access_rights(struct cli *cli) {
    const char *ncid = cli->args.operands[0];
    const char *provider = cli->args.operands[1];
    uint64_t rights;
    uint64_t authorities;
    int code = typed_ident(cli, 0, NCT_IDENT_NCID, "NCID");
    if (code == CLI_DONE) {
        code = typed_ident(cli, 1, NCT_IDENT_PROVIDER_ID, "PROVIDER");
    }
    if (code == CLI_DONE) {
        code = portal_open(cli);
    }
    if (code != CLI_DONE) {
        return code;
    }
    nct_status status =
        nct_access_rights(cli->portal, provider, strlen(provider), ncid, strlen(ncid), &rights, &authorities);
    if (status != NCT_OK) {
        return fail_status(cli, status, NULL);
    }
    json_t *record = out_object();
    out_put(record, "rights", rights_names(nct_portal_policy(cli->portal), rights));
    out_put(record, "authorities", rights_authorities(nct_portal_policy(cli->portal), authorities));
    out_record(cli, record, rights_fields);
    return CLI_DONE;
}

static nct_status read_who(const struct cli *cli, const void *right, const struct page *page, nct_grant_list **out) {
    const char *provider = cli->args.operands[0];
    return nct_access_who_can(cli->portal, provider, strlen(provider), *(const int32_t *)right, page->after,
                              page->after_len, page->limit, out);
}

static nct_status read_where(const struct cli *cli, const void *right, const struct page *page, nct_grant_list **out) {
    const char *ncid = cli->args.operands[0];
    return nct_access_where_can(cli->portal, ncid, strlen(ncid), *(const int32_t *)right, page->after, page->after_len,
                                page->limit, out);
}

/* The first operand is of this kind, the second names a right. */
static int list(struct cli *cli, int32_t kind, const char *name, grants_read *read, const char *none) {
    int32_t right = 0;
    int code = typed_ident(cli, 0, kind, name);
    if (code == CLI_DONE) {
        code = portal_open(cli);
    }
    if (code == CLI_DONE) {
        code = typed_right(cli, 1, &right);
    }
    return code == CLI_DONE ? grants_list(cli, read, &right, none) : code;
}

static int cmd_access_who_can(struct cli *cli) {
    return list(cli, NCT_IDENT_PROVIDER_ID, "PROVIDER", read_who, "Nobody.");
}

static int cmd_access_where_can(struct cli *cli) {
    return list(cli, NCT_IDENT_NCID, "NCID", read_where, "Nowhere.");
}

const cli_command question_commands[] = {
    {"access", "rights", "NCID PROVIDER", "All that a person may do for a provider, now.", "", 2, 2, no_options,
     cmd_access_rights},
    {"access", "who-can", "PROVIDER RIGHT", "Everybody who may do something for a provider, now.", "", 2, 2,
     list_options, cmd_access_who_can},
    {"access", "where-can", "NCID RIGHT", "The providers a person may do something for, now.", "", 2, 2, list_options,
     cmd_access_where_can},
    COMMANDS_END};
