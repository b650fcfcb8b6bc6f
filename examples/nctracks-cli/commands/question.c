/* Questions about access: all somebody may do, who may, and where. */
#include "commands/commands.h"

#include <string.h>

#include <nctracks/ident.h>
#include <nctracks/question.h>

#include "commands/grants.h"
#include "portal/open.h"
#include "terminal/failure.h"
#include "terminal/output.h"

static const out_field rights_fields[] = {{"rights", "Rights"}, {"authorities", "Authorities"}, {NULL, NULL}};

int cmd_access_rights(struct cli *cli) {
    const char *ncid = cli->args.operands[0];
    const char *provider = cli->args.operands[1];
    uint64_t rights;
    uint64_t authorities;
    int code = commands_check_operand(cli, 0, NCT_IDENT_NCID, "NCID");
    if (code == CLI_DONE) {
        code = commands_check_operand(cli, 1, NCT_IDENT_PROVIDER_ID, "PROVIDER");
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
    out_put(record, "rights", commands_rights(nct_portal_policy(cli->portal), rights));
    out_put(record, "authorities", commands_authorities(nct_portal_policy(cli->portal), authorities));
    out_record(cli, record, rights_fields);
    return CLI_DONE;
}

static nct_status read_who(const struct cli *cli, const void *right, const char *after, size_t after_len,
                           nct_grant_list **out) {
    const char *provider = cli->args.operands[0];
    return nct_access_who_can(cli->portal, provider, strlen(provider), *(const int32_t *)right, after, after_len,
                              GRANTS_PAGE, out);
}

static nct_status read_where(const struct cli *cli, const void *right, const char *after, size_t after_len,
                             nct_grant_list **out) {
    const char *ncid = cli->args.operands[0];
    return nct_access_where_can(cli->portal, ncid, strlen(ncid), *(const int32_t *)right, after, after_len, GRANTS_PAGE,
                                out);
}

/* The first operand is of this kind, the second names a right. */
static int list(struct cli *cli, int32_t kind, const char *name, grants_read *read, const char *none) {
    int32_t right = 0;
    int code = commands_check_operand(cli, 0, kind, name);
    if (code == CLI_DONE) {
        code = portal_open(cli);
    }
    if (code == CLI_DONE) {
        code = commands_read_right(cli, 1, &right);
    }
    return code == CLI_DONE ? grants_list(cli, read, &right, none) : code;
}

int cmd_access_who_can(struct cli *cli) {
    return list(cli, NCT_IDENT_PROVIDER_ID, "PROVIDER", read_who, "Nobody.");
}

int cmd_access_where_can(struct cli *cli) {
    return list(cli, NCT_IDENT_NCID, "NCID", read_where, "Nowhere.");
}
