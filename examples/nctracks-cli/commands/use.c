#include "commands/commands.h"

#include <stdio.h>
#include <string.h>

#include <nctracks/ident.h>

#include "terminal/failure.h"
#include "terminal/output.h"

/* For the shell to read: what is canonical has no character that means something to it. */
static int use_value(struct cli *cli, const char *option, int32_t kind, const char *variable) {
    char canonical[NCT_IDENT_CANONICAL_MAX + 1];
    const char *given = args_value(&cli->args, option);
    if (given == NULL) {
        return CLI_DONE;
    }
    nct_status status = nct_ident_canonical(kind, given, strlen(given), canonical, sizeof canonical, NULL);
    if (status != NCT_OK) {
        return fail_named(cli, status, option);
    }
    out_put_string(cli->result, option, canonical);
    if (!cli->json) {
        printf("export %s='%s'\n", variable, canonical);
    }
    return CLI_DONE;
}

static int cmd_use(struct cli *cli) {
    if (!args_has(&cli->args, "by") && !args_has(&cli->args, "provider")) {
        return fail_usage(cli, "name --by, --provider or both");
    }
    int code = use_value(cli, "by", NCT_IDENT_NCID, "NCTRACKS_BY");
    return code == CLI_DONE ? use_value(cli, "provider", NCT_IDENT_PROVIDER_ID, "NCTRACKS_PROVIDER") : code;
}

static const args_option use_options[] = {
    {"by", "NCID", "who acts", false}, {"provider", "ID", "NPI or Atypical ID", false}, OPTIONS_END};

const cli_command use_commands[] = {
    {"use", NULL, "", "Say once, for a shell, who acts and where: eval \"$(nctracks use --by NCID --provider ID)\".",
     "Commands that need --by or --provider and are given none then take $NCTRACKS_BY and $NCTRACKS_PROVIDER.", 0, 0,
     use_options, cmd_use},
    COMMANDS_END};
