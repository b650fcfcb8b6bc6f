#include "commands/commands.h"
#include "commands/with_form.h"

#include <stdio.h>

#include <nctracks/registration.h>

#include "mail/deliver.h"
#include "terminal/failure.h"
#include "terminal/output.h"

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

static int cmd_register(struct cli *cli) {
    return with_json_form(cli, NCT_FORM_REGISTRATION, submit);
}

const cli_command register_commands[] = {
    {"register", NULL, "FORM.json", "Complete the CEP registration of a provider.",
     "Every problem of the form is told at once. One mail for each NCID that has no PIN yet goes to the registrant. "
     "See 'nctracks fields registration'. \"-\" reads standard input.",
     1, 1, no_options, cmd_register},
    COMMANDS_END};
