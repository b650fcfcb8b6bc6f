#include "commands/commands.h"

#include <string.h>

#include <nctracks/damage.h>

#include "portal/open.h"
#include "terminal/failure.h"
#include "terminal/output.h"

static int cmd_repair(struct cli *cli) {
    const char *reason = args_value(&cli->args, "reason");
    const char *who = portal_operator(cli);
    size_t rebuilt = 0;
    size_t left = 0;
    int code = portal_open(cli);
    if (code != CLI_DONE) {
        return code;
    }
    nct_status status = nct_repair(cli->portal, who, strlen(who), reason, strlen(reason), &rebuilt, &left);
    if (status != NCT_OK && status != NCT_E_PARTIAL) {
        return fail_status(cli, status, NULL);
    }
    out_put_integer(cli->result, "rebuilt", (int64_t)rebuilt);
    out_put_integer(cli->result, "left", (int64_t)left);
    if (status == NCT_E_PARTIAL) {
        return fail_environment(cli, "%zu rebuilt, %zu left that only a backup has; 'nctracks doctor --all' names them",
                                rebuilt, left);
    }
    out_say(cli, "%zu rebuilt; no damaged row is left.", rebuilt);
    return CLI_DONE;
}

const cli_command repair_commands[] = {
    {"repair", NULL, "", "Rebuild the damaged rows that only repeat what others say.",
     "The indexes of due work and of the work list, and the latest time. Exit 3 when rows are left that only a backup "
     "has; 'nctracks doctor --all' names them.",
     0, 0, decision_options, cmd_repair},
    COMMANDS_END};
