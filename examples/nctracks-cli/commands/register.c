#include "commands/commands.h"

#include <stdio.h>
#include <string.h>

#include <nctracks/pin.h>
#include <nctracks/registration.h>

#include "forms/json.h"
#include "mail/deliver.h"
#include "portal/open.h"
#include "terminal/failure.h"
#include "terminal/output.h"
#include "terminal/secret.h"

static int submit(struct cli *cli, nct_form *registration) {
    nct_problems *problems = NULL;
    nct_status status = nct_registration_submit(registration, &problems);
    if (status == NCT_OK) {
        out_say(cli,
                "The provider is registered. A mail with a PIN goes to the registrant for each NCID that had none.");
        fail_notes(cli, problems);
        deliver_after(cli);
        nct_problems_free(problems);
        return CLI_DONE;
    }
    int code = fail_status(cli, status, problems);
    nct_problems_free(problems);
    if (status == NCT_E_OA_EXISTS) {
        fail_help(cli, "An Office Administrator can add users with 'nctracks user add'.");
    }
    return code;
}

int cmd_register(struct cli *cli) {
    nct_form *registration = NULL;
    int code = portal_open(cli);
    if (code != CLI_DONE) {
        return code;
    }
    nct_status status = nct_form_new(cli->portal, NCT_FORM_REGISTRATION, &registration);
    if (status != NCT_OK) {
        return fail_status(cli, status, NULL);
    }
    form_target target = form_json_target(registration);
    code = form_json_fill(cli, cli->args.operands[0], &target);
    if (code == CLI_DONE) {
        code = submit(cli, registration);
    }
    nct_form_free(registration);
    return code;
}

int cmd_password_set(struct cli *cli) {
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
