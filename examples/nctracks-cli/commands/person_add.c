#include "commands/commands.h"

#include <string.h>

#include <nctracks/person.h>

#include "forms/person.h"
#include "mail/deliver.h"
#include "portal/open.h"
#include "terminal/failure.h"
#include "terminal/output.h"

static nct_status fill(const struct cli *cli, nct_form *form) {
    const char *ncid = cli->args.operands[0];
    nct_status status = nct_form_set(form, "ncid", ncid, strlen(ncid));
    return status == NCT_OK ? person_form_fill(cli, form) : status;
}

static int add(struct cli *cli, nct_form *form) {
    const char *who = portal_operator(cli);
    const char *reason = args_value(&cli->args, "reason");
    nct_problems *problems = NULL;
    nct_status status = fill(cli, form);
    if (status == NCT_OK) {
        status = nct_person_add(form, who, strlen(who), reason, strlen(reason), &problems);
    }
    int code = status == NCT_OK ? CLI_DONE : fail_status(cli, status, problems);
    if (status == NCT_OK) {
        out_say(cli, "The portal knows %s. They have no access and no PIN by this.", cli->args.operands[0]);
        fail_notes(cli, problems);
        deliver_after(cli);
    }
    nct_problems_free(problems);
    return code;
}

int cmd_person_add(struct cli *cli) {
    nct_form *form = NULL;
    int code = portal_open(cli);
    if (code != CLI_DONE) {
        return code;
    }
    nct_status status = nct_form_new(cli->portal, NCT_FORM_PERSON, &form);
    code = status == NCT_OK ? add(cli, form) : fail_status(cli, status, NULL);
    nct_form_free(form);
    return code;
}
