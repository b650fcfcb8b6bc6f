#include "commands.h"

#include <stdio.h>
#include <string.h>

#include <nctracks/ident.h>

#include "codes_file.h"
#include "failure.h"
#include "output.h"

/* For the shell to read: what is canonical has no character that means something to it. */
static void print_default(struct cli *cli, const char *option, const char *variable, const char *value) {
    out_put_string(cli->result, option, value);
    if (!cli->json) {
        printf("export %s='%s'\n", variable, value);
    }
}

static int use_person(struct cli *cli, const char *by) {
    char ncid[NCT_IDENT_CANONICAL_MAX + 1];
    nct_status status = nct_ident_canonical(NCT_IDENT_NCID, by, strlen(by), ncid, sizeof ncid, NULL);
    if (status != NCT_OK) {
        return fail_named(cli, status, "--by");
    }
    print_default(cli, "by", "NCTRACKS_BY", ncid);
    return CLI_DONE;
}

static int use_provider(struct cli *cli, const char *provider) {
    char id[NCT_IDENT_CANONICAL_MAX + 1];
    size_t len = strlen(provider);
    bool is_one = nct_ident_check(NCT_IDENT_NPI, provider, len) == NCT_OK ||
                  nct_ident_check(NCT_IDENT_ATYPICAL_ID, provider, len) == NCT_OK;
    codes_file_provider(provider, len, id);
    if (!is_one || id[0] == '\0') {
        return fail_input(cli, "--provider has to be an NPI or an Atypical ID");
    }
    print_default(cli, "provider", "NCTRACKS_PROVIDER", id);
    return CLI_DONE;
}

int cmd_use(struct cli *cli) {
    const char *by = args_value(&cli->args, "by");
    const char *provider = args_value(&cli->args, "provider");
    if (by == NULL && provider == NULL) {
        return fail_usage(cli, "name --by, --provider or both");
    }
    int code = by != NULL ? use_person(cli, by) : CLI_DONE;
    return code == CLI_DONE && provider != NULL ? use_provider(cli, provider) : code;
}
