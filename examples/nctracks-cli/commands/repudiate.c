#include "commands/commands.h"

#include <stdlib.h>
#include <string.h>

#include <nctracks/receipt.h>

#include "evidence/kept.h"
#include "portal/open.h"
#include "terminal/failure.h"
#include "terminal/output.h"
#include "terminal/secret.h"

/* The declaration goes to the file that --output names, if it does. */
static int write_declaration(struct cli *cli) {
    const char *provider = cli->args.operands[0];
    const char *id = cli->args.operands[1];
    const char *path = args_value(&cli->args, "output");
    size_t len = 0;
    nct_status status =
        nct_signature_repudiation(cli->portal, provider, strlen(provider), id, strlen(id), NULL, 0, &len);
    unsigned char *bytes = status == NCT_E_BUFFER ? malloc(len) : NULL;
    if (status == NCT_E_BUFFER) {
        status = bytes != NULL ? nct_signature_repudiation(cli->portal, provider, strlen(provider), id, strlen(id),
                                                           bytes, len, &len)
                               : NCT_E_NO_MEMORY;
    }
    int code = status == NCT_OK ? kept_save(cli, path, bytes, len) : fail_status(cli, status, NULL);
    free(bytes);
    return code;
}

static int cmd_receipt_repudiation(struct cli *cli) {
    int code = portal_open(cli);
    if (code == CLI_DONE) {
        code = write_declaration(cli);
    }
    if (code == CLI_DONE) {
        out_say(cli, "The declaration is in %s; 'nctracks receipt verify --repudiation' verifies it.",
                args_value(&cli->args, "output"));
    }
    return code;
}

static nct_status repudiate(struct cli *cli, const struct secret *password) {
    const char *ncid = args_value(&cli->args, "ncid");
    const char *reason = args_value(&cli->args, "reason");
    const char *provider = cli->args.operands[0];
    const char *id = cli->args.operands[1];
    return nct_signature_repudiate(cli->portal, ncid, strlen(ncid), provider, strlen(provider), id, strlen(id),
                                   password->bytes, password->len, reason, strlen(reason));
}

static int cmd_receipt_repudiate(struct cli *cli) {
    static const char *const files[] = {"output", NULL};
    struct secret password = {{0}, 0};
    int code = kept_check_new(cli, files);
    if (code == CLI_DONE) {
        code = portal_open(cli);
    }
    if (code == CLI_DONE) {
        code = secret_read(cli, "password-fd", "Password: ", &password);
    }
    nct_status status = code == CLI_DONE ? repudiate(cli, &password) : NCT_OK;
    secret_wipe(&password);
    if (status != NCT_OK) {
        return fail_status(cli, status, NULL);
    }
    if (code == CLI_DONE && args_has(&cli->args, "output")) {
        code = write_declaration(cli);
    }
    if (code == CLI_DONE) {
        out_say(cli, "The signature is repudiated. Its receipt stays, with the declaration beside it.");
    }
    return code;
}

static const args_option repudiate_options[] = {
    {"ncid", "NCID", "the signer", true},
    {"reason", "TEXT", "why, one line", true},
    OPTION_PASSWORD_FD,
    {"output", "FILE", "write the declaration, a COSE_Sign1 object, to this new file; -o for short", false},
    OPTIONS_END};

const cli_command repudiate_commands[] = {
    {"receipt", "repudiate", "PROVIDER SIGNATURE", "Declare that a signature is not one's own, or no longer.",
     "Asks for the signer's password, not for the PIN, which may be what was lost. The receipt stays.", 2, 2,
     repudiate_options, cmd_receipt_repudiate},
    {"receipt", "repudiation", "PROVIDER SIGNATURE", "Write the declaration that repudiates a signature to a file.", "",
     2, 2, output_options, cmd_receipt_repudiation},
    COMMANDS_END};
