/* One person under two NCIDs. */
#include "commands/commands.h"

#include <string.h>

#include <nctracks/office.h>

#include "mail/deliver.h"
#include "portal/open.h"
#include "terminal/failure.h"
#include "terminal/output.h"

typedef nct_status move_function(nct_portal *portal, const char *operator_name, size_t operator_name_len,
                                 const char *from, size_t from_len, const char *to, size_t to_len, const char *reason,
                                 size_t reason_len);

/* What hangs on one NCID goes to another. */
static int move(struct cli *cli, move_function *function, const char *outcome, const char *advice) {
    const char *from = cli->args.operands[0];
    const char *to = cli->args.operands[1];
    const char *reason = args_value(&cli->args, "reason");
    const char *who = portal_operator(cli);
    int code = portal_open(cli);
    if (code != CLI_DONE) {
        return code;
    }
    nct_status status =
        function(cli->portal, who, strlen(who), from, strlen(from), to, strlen(to), reason, strlen(reason));
    if (status != NCT_OK) {
        return fail_status(cli, status, NULL);
    }
    out_say(cli, "%s %s %s; %s.", from, outcome, to, advice);
    deliver_after(cli);
    return CLI_DONE;
}

static int cmd_person_rekey(struct cli *cli) {
    return move(cli, nct_person_rekey, "now goes by", "set a password where the portal keeps them");
}

static int cmd_person_merge(struct cli *cli) {
    return move(cli, nct_person_merge, "is merged into", "their own PIN and password stay");
}

const cli_command person_move_commands[] = {
    {"person", "rekey", "NCID NEW-NCID", "Move a person to another NCID: the one before ends for good.",
     "PIN, history and access follow; the person is told. When it breaks off, run it again.", 2, 2, decision_options,
     cmd_person_rekey},
    {"person", "merge", "DUPLICATE NCID", "Merge a duplicate into the person it is: its NCID ends for good.",
     "Access and history follow; both are told. When it breaks off, run it again.", 2, 2, decision_options,
     cmd_person_merge},
    COMMANDS_END};
