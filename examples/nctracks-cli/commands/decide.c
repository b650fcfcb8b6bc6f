#include "commands/decide.h"

#include <string.h>

#include "mail/deliver.h"
#include "portal/open.h"
#include "terminal/failure.h"
#include "terminal/output.h"

int decide_provider(struct cli *cli, decision *function, const char *said) {
    const char *provider = cli->args.operands[0];
    const char *reason = args_value(&cli->args, "reason");
    const char *who = portal_operator(cli);
    int code = portal_open(cli);
    if (code != CLI_DONE) {
        return code;
    }
    nct_status status = function(cli->portal, who, strlen(who), provider, strlen(provider), reason, strlen(reason));
    if (status != NCT_OK) {
        return fail_status(cli, status, NULL);
    }
    out_say(cli, "%s %s.", provider, said);
    deliver_after(cli);
    return CLI_DONE;
}
