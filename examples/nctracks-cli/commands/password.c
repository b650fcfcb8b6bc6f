#include "commands/commands.h"

#include <string.h>

#include <nctracks/password.h>

#include "mail/deliver.h"
#include "portal/open.h"
#include "terminal/failure.h"
#include "terminal/output.h"
#include "terminal/secret.h"

static const char *given(const struct cli *cli, const char *name) {
    return args_value(&cli->args, name);
}

/** Ends a command: tells of a refusal, or says what was done. */
static int finish(struct cli *cli, nct_status status, const char *done) {
    if (status != NCT_OK) {
        return fail_status(cli, status, NULL);
    }
    out_say(cli, "%s: %s", cli->args.operands[0], done);
    deliver_after(cli);
    return CLI_DONE;
}

/** Reads what proves it and the password that is chosen. */
static int read_both(struct cli *cli, const char *proof_option, const char *prompt, struct secret *proof,
                     struct secret *chosen) {
    chosen->len = 0;
    int code = secret_read(cli, proof_option, prompt, proof);
    return code == CLI_DONE ? secret_read_new(cli, "new-password-fd", "New password: ", chosen) : code;
}

static int cmd_password_change(struct cli *cli) {
    const char *ncid = cli->args.operands[0];
    struct secret before;
    struct secret after;
    nct_status status = NCT_OK;
    int code = portal_open(cli);
    if (code != CLI_DONE) {
        return code;
    }
    code = read_both(cli, "password-fd", "Password: ", &before, &after);
    if (code == CLI_DONE) {
        status = nct_password_change(cli->portal, ncid, strlen(ncid), before.bytes, before.len, after.bytes, after.len);
    }
    secret_wipe(&before);
    secret_wipe(&after);
    return code == CLI_DONE ? finish(cli, status, "the password is changed; all sessions have ended.") : code;
}

static int cmd_password_forgotten(struct cli *cli) {
    const char *ncid = cli->args.operands[0];
    int code = portal_open(cli);
    if (code != CLI_DONE) {
        return code;
    }
    nct_status status = nct_password_forgotten(cli->portal, ncid, strlen(ncid));
    return finish(cli, status,
                  "if the portal knows this NCID, a code for a new password is mailed to the address on file.");
}

static int cmd_password_reset(struct cli *cli) {
    const char *ncid = cli->args.operands[0];
    struct secret mailed;
    struct secret chosen;
    nct_status status = NCT_OK;
    int code = portal_open(cli);
    if (code != CLI_DONE) {
        return code;
    }
    code = read_both(cli, "code-fd", "Code from the mail: ", &mailed, &chosen);
    if (code == CLI_DONE) {
        status =
            nct_password_reset(cli->portal, ncid, strlen(ncid), mailed.bytes, mailed.len, chosen.bytes, chosen.len);
    }
    secret_wipe(&mailed);
    secret_wipe(&chosen);
    return code == CLI_DONE ? finish(cli, status, "the password is set; all sessions have ended.") : code;
}

/* ---- The call centre ---- */

typedef nct_status operator_function(nct_portal *portal, const char *operator_name, size_t operator_name_len,
                                     const char *ncid, size_t ncid_len, const char *reason, size_t reason_len);

static int by_operator(struct cli *cli, operator_function *function, const char *done) {
    const char *ncid = cli->args.operands[0];
    const char *name = portal_operator(cli);
    const char *reason = given(cli, "reason");
    int code = portal_open(cli);
    if (code != CLI_DONE) {
        return code;
    }
    return finish(cli, function(cli->portal, name, strlen(name), ncid, strlen(ncid), reason, strlen(reason)), done);
}

static int cmd_password_send_code(struct cli *cli) {
    return by_operator(cli, nct_password_send_code_by_operator,
                       "a code for a new password is mailed to the address on file.");
}

static int cmd_password_unlock(struct cli *cli) {
    return by_operator(cli, nct_password_unlock_by_operator, "the password may be tried again.");
}

/* ---- Status ---- */

static const out_field status_fields[] = {{"ncid", "NCID"},
                                          {"state", "Password"},
                                          {"changed_at", "Set at"},
                                          {"failures", "Wrong tries in a row"},
                                          {"waits_until", "Waits until"},
                                          {NULL, NULL}};

static int cmd_password_status(struct cli *cli) {
    const char *ncid = cli->args.operands[0];
    int32_t state;
    int32_t failures;
    int64_t changed_at;
    int64_t waits_until;
    int code = portal_open(cli);
    if (code != CLI_DONE) {
        return code;
    }
    nct_status status =
        nct_password_status(cli->portal, ncid, strlen(ncid), &state, &changed_at, &failures, &waits_until);
    if (status != NCT_OK) {
        return fail_status(cli, status, NULL);
    }
    json_t *record = out_object();
    out_put_string(record, "ncid", ncid);
    out_put_string(record, "state", nct_password_state_name(state));
    out_put_time(record, "changed_at", changed_at);
    out_put_integer(record, "failures", failures);
    out_put_time(record, "waits_until", waits_until);
    out_record(cli, record, status_fields);
    return CLI_DONE;
}

static int cmd_password_set(struct cli *cli) {
    const char *ncid = cli->args.operands[0];
    const char *who = portal_operator(cli);
    struct secret password;
    int code = portal_open(cli);
    if (code != CLI_DONE) {
        return code;
    }
    code = secret_read_new(cli, "password-fd", "New password: ", &password);
    if (code != CLI_DONE) {
        return code;
    }
    nct_status status =
        nct_password_set(cli->portal, who, strlen(who), ncid, strlen(ncid), password.bytes, password.len);
    secret_wipe(&password);
    if (status != NCT_OK) {
        return fail_status(cli, status, NULL);
    }
    out_say(cli, "The password of %s is set.", ncid);
    return CLI_DONE;
}

#define OPTION_NEW_PASSWORD_FD                                                                                         \
    { "new-password-fd", "N", "read the new password from descriptor N, not from the terminal", false }
static const args_option password_options[] = {OPTION_PASSWORD_FD, OPTION_OPERATOR, OPTIONS_END};
static const args_option password_change_options[] = {OPTION_PASSWORD_FD, OPTION_NEW_PASSWORD_FD, OPTIONS_END};
static const args_option password_reset_options[] = {
    {"code-fd", "N", "read the code from descriptor N, not from the terminal", false},
    OPTION_NEW_PASSWORD_FD,
    OPTIONS_END};

const cli_command password_commands[] = {
    {"password", "set", "NCID", "Set the password of a person.", "", 1, 1, password_options, cmd_password_set},
    {"password", "change", "NCID", "Change a password, as its owner.",
     "The password before is asked for, then the new one. All sessions of the person end.", 1, 1,
     password_change_options, cmd_password_change},
    {"password", "forgotten", "NCID", "Have a code mailed that sets a new password.",
     "It is said whether the NCID is known or not. The code goes out with 'nctracks mail flush'.", 1, 1, no_options,
     cmd_password_forgotten},
    {"password", "reset", "NCID", "Set a new password with the code from the mail.", "", 1, 1, password_reset_options,
     cmd_password_reset},
    {"password", "send-code", "NCID", "Have such a code mailed, as the call centre.", "", 1, 1, decision_options,
     cmd_password_send_code},
    {"password", "unlock", "NCID", "Let a password be tried again after wrong tries.", "", 1, 1, decision_options,
     cmd_password_unlock},
    {"password", "status", "NCID", "Show the state of a password.", "Never the password.", 1, 1, no_options,
     cmd_password_status},
    COMMANDS_END};
