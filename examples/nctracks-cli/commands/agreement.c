/* The signature agreement: what is asked of somebody, and accepting it. */
#include "commands/commands.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include <nctracks/agreement.h>

#include "files.h"
#include "mail/deliver.h"
#include "portal/open.h"
#include "terminal/failure.h"
#include "terminal/output.h"
#include "terminal/secret.h"

#define AGREEMENT_MAX ((size_t)1024 * 1024)

static const out_field fields[] = {{"accepted", "Nothing to accept"},
                                   {"version", "Version asked"},
                                   {"digest", "Digest asked"},
                                   {"accepted_version", "Version accepted"},
                                   {"accepted_digest", "Digest accepted"},
                                   {"accepted_at", "Accepted at"},
                                   {NULL, NULL}};

static int cmd_agreement_show(struct cli *cli) {
    const char *ncid = cli->args.operands[0];
    nct_agreement *agreement = NULL;
    int code = portal_open(cli);
    if (code != CLI_DONE) {
        return code;
    }
    nct_status status = nct_agreement_get(cli->portal, ncid, strlen(ncid), &agreement);
    if (status != NCT_OK) {
        return fail_status(cli, status, NULL);
    }
    json_t *record = out_object();
    out_put(record, "accepted", json_boolean(nct_agreement_is_accepted(agreement)));
    out_put_string(record, "version", nct_agreement_version(agreement));
    out_put_string(record, "digest", nct_agreement_digest(agreement));
    out_put_string(record, "accepted_version", nct_agreement_accepted_version(agreement));
    out_put_string(record, "accepted_digest", nct_agreement_accepted_digest(agreement));
    out_put_time(record, "accepted_at", nct_agreement_accepted_at(agreement));
    out_record(cli, record, fields);
    nct_agreement_free(agreement);
    return CLI_DONE;
}

static int set(struct cli *cli, nct_form *form, const char *path, const void *bytes, size_t len) {
    nct_status status = nct_form_set(form, path, bytes, len);
    return status == NCT_OK ? CLI_DONE : fail_status(cli, status, NULL);
}

/* The exact bytes: their digest is compared with the policy's. */
static int set_text(struct cli *cli, nct_form *form) {
    const char *file = args_value(&cli->args, "text");
    file_content text;
    if (!file_read(file, AGREEMENT_MAX, &text)) {
        return errno == EFBIG ? fail_input(cli, "%s: the agreement is too long", file) : fail_file(cli, file);
    }
    int code = set(cli, form, "agreement.text", text.bytes, text.len);
    file_release(&text);
    return code;
}

static int set_secret(struct cli *cli, nct_form *form, const char *option, const char *prompt, const char *path) {
    struct secret secret = {.len = 0};
    int code = secret_read(cli, option, prompt, &secret);
    if (code == CLI_DONE) {
        code = set(cli, form, path, secret.bytes, secret.len);
    }
    secret_wipe(&secret);
    return code;
}

static int fill(struct cli *cli, nct_form *form) {
    const char *ncid = cli->args.operands[0];
    const char *version = args_value(&cli->args, "agreement-version");
    int code = set(cli, form, "signer.ncid", ncid, strlen(ncid));
    if (code == CLI_DONE) {
        code = set(cli, form, "agreement.version", version, strlen(version));
    }
    if (code == CLI_DONE) {
        code = set_text(cli, form);
    }
    if (code == CLI_DONE) {
        code = set_secret(cli, form, "password-fd", "Password: ", "signer.password");
    }
    return code == CLI_DONE ? set_secret(cli, form, "pin-fd", "PIN: ", "signer.pin") : code;
}

static int accept(struct cli *cli, nct_form *form) {
    nct_problems *problems = NULL;
    nct_status status = nct_agreement_accept(form, &problems);
    int code = status == NCT_OK ? CLI_DONE : fail_status(cli, status, problems);
    nct_problems_free(problems);
    if (status == NCT_E_STATE) {
        fail_help(cli, "The policy asks for no signature agreement: 'agreement.version' and 'agreement.digest'.");
        return CLI_REFUSED;
    }
    if (code == CLI_DONE) {
        out_say(cli, "%s has accepted the signature agreement.", cli->args.operands[0]);
        deliver_after(cli);
    }
    return code;
}

static int cmd_agreement_accept(struct cli *cli) {
    nct_form *form = NULL;
    int code = portal_open(cli);
    if (code != CLI_DONE) {
        return code;
    }
    nct_status status = nct_form_new(cli->portal, NCT_FORM_AGREEMENT, &form);
    code = status == NCT_OK ? fill(cli, form) : fail_status(cli, status, NULL);
    if (code == CLI_DONE) {
        code = accept(cli, form);
    }
    nct_form_free(form);
    return code;
}

static const args_option agreement_options[] = {
    {"text", "FILE", "the agreement that was shown, byte for byte", true},
    {"agreement-version", "VERSION", "its version", true},
    OPTION_PASSWORD_FD,
    {"pin-fd", "N", "read the PIN from descriptor N, not from the terminal", false},
    OPTIONS_END};

const cli_command agreement_commands[] = {
    {"agreement", "show", "NCID", "Show which signature agreement is asked of a person, and which they accepted.", "",
     1, 1, no_options, cmd_agreement_show},
    {"agreement", "accept", "NCID", "Accept the signature agreement, with NCID, password and PIN.",
     "The rules agreement.version and agreement.digest of the policy say which is asked; its digest is what "
     "'b2sum -l 256' prints of the file.",
     1, 1, agreement_options, cmd_agreement_accept},
    COMMANDS_END};
