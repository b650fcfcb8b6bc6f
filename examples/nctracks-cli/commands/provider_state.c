/* What the agency decides about a provider. */
#include "commands/commands.h"

#include <string.h>

#include <nctracks/office.h>

#include "commands/decide.h"
#include "mail/deliver.h"
#include "portal/open.h"
#include "terminal/failure.h"
#include "terminal/output.h"

static int cmd_provider_terminate(struct cli *cli) {
    return decide_provider(cli, nct_provider_terminate, "is terminated; nobody has access to it");
}

static int cmd_provider_reinstate(struct cli *cli) {
    return decide_provider(cli, nct_provider_reinstate, "is reinstated");
}

static int cmd_provider_extend(struct cli *cli) {
    const char *provider = cli->args.operands[0];
    const char *date = cli->args.operands[1];
    const char *reason = args_value(&cli->args, "reason");
    const char *who = portal_operator(cli);
    int code = portal_open(cli);
    if (code != CLI_DONE) {
        return code;
    }
    nct_status status = nct_reverification_extend(cli->portal, who, strlen(who), provider, strlen(provider), date,
                                                  strlen(date), reason, strlen(reason));
    if (status != NCT_OK) {
        return fail_status(cli, status, NULL);
    }
    out_say(cli, "The re-verification of %s is due on %s.", provider, date);
    deliver_after(cli);
    return CLI_DONE;
}

const cli_command provider_state_commands[] = {
    {"provider", "terminate", "ID", "Terminate a provider: nobody has access to it any longer.",
     "When it breaks off, run it again.", 1, 1, decision_options, cmd_provider_terminate},
    {"provider", "extend", "ID DATE", "Put the due date of a provider's re-verification off.",
     "How far at a time is the rule term.extension_days. Those who were told the date are told the new one.", 2, 2,
     decision_options, cmd_provider_extend},
    {"provider", "reinstate", "ID", "Reinstate a provider that is terminated or suspended.",
     "All access that the termination held back is in force again.", 1, 1, decision_options, cmd_provider_reinstate},
    COMMANDS_END};
