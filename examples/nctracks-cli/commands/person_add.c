#include "commands/commands.h"
#include "commands/with_form.h"

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

static int cmd_person_add(struct cli *cli) {
    return with_form(cli, NCT_FORM_PERSON, add);
}

static const args_option person_add_options[] = {
    {"first-name", "NAME", "their first name; not of people with one name", false},
    OPTION_NAMES("their"),
    {"last-name", "NAME", "their last name", true},
    {"email", "ADDRESS", "their e-mail address", true},
    {"phone", "NUMBER", "their phone number", true},
    OPTION_POSTAL,
    {"in-language", "TAG", "the language of mails to them; else the usual one", false},
    {"reason", "TEXT", "why, and how they were recognised, for the ledger", true},
    OPTION_OPERATOR,
    OPTIONS_END};

const cli_command person_add_commands[] = {
    {"person", "add", "NCID", "Make somebody known whom no form about a provider names.",
     "They have no access and no PIN by this, and are told by mail. Set a password then, and they can ask to become "
     "an Office Administrator. Somebody known keeps what is on file.",
     1, 1, person_add_options, cmd_person_add},
    COMMANDS_END};
