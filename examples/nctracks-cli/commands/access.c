#include "commands/commands.h"

#include <string.h>

#include <nctracks/access.h>
#include <nctracks/ident.h>

#include "commands/refusal.h"
#include "forms/typed.h"
#include "mail/deliver.h"
#include "portal/open.h"
#include "terminal/failure.h"
#include "terminal/output.h"

/* Opens the portal and finds the right or authority the third operand names. */
static int begin(struct cli *cli, int32_t *right) {
    int code = typed_ident(cli, 0, NCT_IDENT_NCID, "NCID");
    if (code == CLI_DONE) {
        code = typed_ident(cli, 1, NCT_IDENT_PROVIDER_ID, "PROVIDER");
    }
    if (code == CLI_DONE) {
        code = portal_open(cli);
    }
    return code == CLI_DONE ? typed_right(cli, 2, right) : code;
}

/* The quick check does not tell an unregistered provider from missing access. */
static nct_status true_reason(struct cli *cli, const char *ncid, const char *provider, int32_t right,
                              nct_status status) {
    nct_explanation *explanation = NULL;
    if (status == NCT_E_NOT_PROVISIONED && nct_access_explain(cli->portal, provider, strlen(provider), ncid,
                                                              strlen(ncid), right, &explanation) == NCT_OK) {
        status = nct_explanation_reason(explanation);
    }
    nct_explanation_free(explanation);
    return status;
}

static int cmd_check(struct cli *cli) {
    const char *ncid = cli->args.operands[0];
    const char *provider = cli->args.operands[1];
    int32_t right;
    int code = begin(cli, &right);
    if (code != CLI_DONE) {
        return code;
    }
    nct_status status = nct_access_check(cli->portal, provider, strlen(provider), ncid, strlen(ncid), right);
    out_put(cli->result, "allowed", json_boolean(status == NCT_OK));
    if (status == NCT_OK) {
        out_say(cli, "Allowed: %s may use %s for %s.", ncid, cli->args.operands[2], provider);
        return CLI_DONE;
    }
    code = fail_status(cli, true_reason(cli, ncid, provider, right, status), NULL);
    if (code == CLI_REFUSED) {
        refusal_explain(cli, ncid, provider, right);
    }
    return code;
}

static const out_field explain_fields[] = {
    {"allowed", "Allowed"},          {"explanation", "Why"},        {"role", "Role"}, {"reason", "Status"},
    {"helper_name", "Who can help"}, {"helper_ncid", "Their NCID"}, {NULL, NULL}};

static int cmd_explain(struct cli *cli) {
    const char *ncid = cli->args.operands[0];
    const char *provider = cli->args.operands[1];
    nct_explanation *explanation = NULL;
    int32_t right;
    int code = begin(cli, &right);
    if (code != CLI_DONE) {
        return code;
    }
    nct_status status =
        nct_access_explain(cli->portal, provider, strlen(provider), ncid, strlen(ncid), right, &explanation);
    if (status != NCT_OK) {
        return fail_status(cli, status, NULL);
    }
    out_record(cli, refusal_describe(cli, explanation), explain_fields);
    nct_explanation_free(explanation);
    return CLI_DONE;
}

static int cmd_access_leave(struct cli *cli) {
    const char *ncid = cli->args.operands[0];
    const char *provider = cli->args.operands[1];
    int code = portal_open(cli);
    if (code != CLI_DONE) {
        return code;
    }
    nct_status status = nct_access_leave(cli->portal, ncid, strlen(ncid), provider, strlen(provider));
    if (status != NCT_OK) {
        return refusal_of_access(cli, status, NULL);
    }
    out_say(cli, "%s has no access to %s any longer.", ncid, provider);
    deliver_after(cli);
    return CLI_DONE;
}

const cli_command access_commands[] = {
    {"check", NULL, "NCID PROVIDER RIGHT", "Whether a person may do something for a provider.",
     "Exit 0: allowed; 1: refused, with the reason.", 3, 3, no_options, cmd_check},
    {"explain", NULL, "NCID PROVIDER RIGHT", "Why something is allowed or refused, and who can change it.", "", 3, 3,
     no_options, cmd_explain},
    {"access", "leave", "NCID PROVIDER", "Give up one's own access to a provider.",
     "Nobody has to agree; the person and the Office Administrator are told.", 2, 2, no_options, cmd_access_leave},
    COMMANDS_END};
