#include "commands/commands.h"

#include <string.h>

#include <nctracks/pin.h>
#include <nctracks/right.h>

#include "commands/refusal.h"
#include "forms/typed.h"
#include "mail/deliver.h"
#include "portal/open.h"
#include "terminal/failure.h"
#include "terminal/output.h"
#include "terminal/secret.h"

static const char *given(const struct cli *cli, const char *name) {
    return args_value(&cli->args, name);
}

/* An administrator who may not do it is told why, and whom to ask. */
static int refuse(struct cli *cli, nct_status status) {
    int code = fail_status(cli, status, NULL);
    if (given(cli, "by") != NULL &&
        (status == NCT_E_NO_AUTHORITY || status == NCT_E_NOT_PROVISIONED || status == NCT_E_NOT_ON_RECORD)) {
        refusal_explain(cli, given(cli, "by"), given(cli, "provider"), NCT_AUTHORITY_PIN_RESET);
    }
    return code;
}

/* ---- The three ways to have a PIN reset (S13) ---- */

static int reset_own(struct cli *cli, const char *ncid, nct_status *status) {
    struct secret password;
    int code = secret_read(cli, "password-fd", "Password: ", &password);
    if (code == CLI_DONE) {
        *status = nct_pin_reset(cli->portal, ncid, strlen(ncid), password.bytes, password.len);
    }
    secret_wipe(&password);
    return code;
}

static nct_status reset_by_administrator(const struct cli *cli, const char *ncid) {
    const char *by = given(cli, "by");
    const char *provider = given(cli, "provider");
    return nct_pin_reset_by_administrator(cli->portal, by, strlen(by), provider, strlen(provider), ncid, strlen(ncid));
}

static nct_status reset_by_operator(const struct cli *cli, const char *ncid) {
    const char *name = given(cli, "operator");
    const char *reason = given(cli, "reason");
    return nct_pin_reset_by_operator(cli->portal, name, strlen(name), ncid, strlen(ncid), reason, strlen(reason));
}

static int reset(struct cli *cli, const char *ncid) {
    nct_status status = NCT_OK;
    int code = CLI_DONE;
    if (args_has(&cli->args, "operator")) {
        status = reset_by_operator(cli, ncid);
    } else if (args_has(&cli->args, "by")) {
        status = reset_by_administrator(cli, ncid);
    } else {
        code = reset_own(cli, ncid, &status);
    }
    if (code != CLI_DONE) {
        return code;
    }
    if (status != NCT_OK) {
        return refuse(cli, status);
    }
    out_say(cli, "A new PIN for %s goes to the address on file; the old one is void.", ncid);
    deliver_after(cli);
    return CLI_DONE;
}

static int cmd_pin_reset(struct cli *cli) {
    int code = typed_who(cli);
    if (code == CLI_DONE) {
        code = portal_open(cli);
    }
    return code == CLI_DONE ? reset(cli, cli->args.operands[0]) : code;
}

/* ---- Lost ---- */

static nct_status report_lost(const struct cli *cli, const char *ncid) {
    const char *name = given(cli, "operator");
    if (name != NULL) {
        const char *reason = given(cli, "reason");
        return nct_pin_report_lost_by_operator(cli->portal, name, strlen(name), ncid, strlen(ncid), reason,
                                               strlen(reason));
    }
    const char *by = given(cli, "by") != NULL ? given(cli, "by") : ncid;
    const char *provider = given(cli, "provider");
    size_t provider_len = provider != NULL ? strlen(provider) : 0;
    return nct_pin_report_lost(cli->portal, by, strlen(by), provider, provider_len, ncid, strlen(ncid));
}

static int cmd_pin_report_lost(struct cli *cli) {
    const char *ncid = cli->args.operands[0];
    int code = typed_who(cli);
    if (code == CLI_DONE) {
        code = portal_open(cli);
    }
    if (code != CLI_DONE) {
        return code;
    }
    nct_status status = report_lost(cli, ncid);
    if (status != NCT_OK) {
        return refuse(cli, status);
    }
    out_say(cli, "The PIN of %s is void. 'nctracks pin reset' sends a new one.", ncid);
    deliver_after(cli);
    return CLI_DONE;
}

/* ---- Status ---- */

static const out_field status_fields[] = {
    {"ncid", "NCID"}, {"state", "PIN"}, {"issued_at", "Issued at"}, {"failures", "Wrong tries in a row"}, {NULL, NULL}};

static int cmd_pin_status(struct cli *cli) {
    const char *ncid = cli->args.operands[0];
    int32_t state;
    int32_t failures;
    int64_t issued_at;
    int code = portal_open(cli);
    if (code != CLI_DONE) {
        return code;
    }
    nct_status status = nct_pin_status(cli->portal, ncid, strlen(ncid), &state, &issued_at, &failures);
    if (status != NCT_OK) {
        return fail_status(cli, status, NULL);
    }
    json_t *record = out_object();
    out_put_string(record, "ncid", ncid);
    out_put_string(record, "state", nct_pin_state_name(state));
    out_put_time(record, "issued_at", issued_at);
    out_put_integer(record, "failures", failures);
    out_record(cli, record, status_fields);
    return CLI_DONE;
}

static const args_option pin_reset_options[] = {
    OPTION_PASSWORD_FD,
    {"by", "NCID", "reset as an administrator: who acts", false},
    {"provider", "ID", "reset as an administrator: at which provider", false},
    {"operator", "NAME", "reset as the call centre: who acts", false},
    {"reason", "TEXT", "reset as the call centre: why", false},
    OPTIONS_END};
static const args_option pin_lost_options[] = {
    {"by", "NCID", "report as an administrator: who acts; else the person reports", false},
    {"provider", "ID", "report as an administrator: at which provider", false},
    {"operator", "NAME", "report as the call centre: who acts", false},
    {"reason", "TEXT", "report as the call centre: why", false},
    OPTIONS_END};

const cli_command pin_commands[] = {
    {"pin", "reset", "NCID", "Have a new PIN sent.",
     "With the person's own password; or as an administrator (--by, --provider); or as the call centre (--operator, "
     "--reason). It goes to the address on file and is shown to nobody else.",
     1, 1, pin_reset_options, cmd_pin_reset},
    {"pin", "report-lost", "NCID", "End a PIN at once.", "No new one is sent; the person is told.", 1, 1,
     pin_lost_options, cmd_pin_report_lost},
    {"pin", "status", "NCID", "Show the state of a PIN.", "Never the PIN.", 1, 1, no_options, cmd_pin_status},
    COMMANDS_END};
