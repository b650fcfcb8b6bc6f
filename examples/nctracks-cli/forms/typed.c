#include "forms/typed.h"

#include <string.h>

#include <nctracks/right.h>

#include "terminal/failure.h"
#include "text.h"

int typed_time(struct cli *cli, const char *option, int64_t *out) {
    const char *text = args_value(&cli->args, option);
    if (text != NULL && !text_parse_time(text, out)) {
        return fail_input(cli, "--%s needs a date YYYY-MM-DD or a time YYYY-MM-DDThh:mm:ssZ", option);
    }
    return CLI_DONE;
}

int typed_ident(struct cli *cli, size_t index, int32_t kind, const char *name) {
    const char *value = cli->args.operands[index];
    nct_status status = nct_ident_check(kind, value, strlen(value));
    return status == NCT_OK ? CLI_DONE : fail_named(cli, status, name);
}

int typed_right(struct cli *cli, size_t index, int32_t *right) {
    if (nct_right_from_name(nct_portal_policy(cli->portal), cli->args.operands[index], right) != NCT_OK) {
        return fail_input(cli, "RIGHT: there is no such right or authority; 'nctracks policy show' lists them");
    }
    return CLI_DONE;
}

int typed_who(struct cli *cli) {
    bool operator_named = args_has(&cli->args, "operator");
    if (operator_named != args_has(&cli->args, "reason")) {
        return fail_usage(cli, "--operator and --reason belong together");
    }
    if (args_has(&cli->args, "by") != args_has(&cli->args, "provider")) {
        return fail_usage(cli, "--by and --provider belong together");
    }
    if (operator_named && args_has(&cli->args, "by")) {
        return fail_usage(cli, "name either --by or --operator");
    }
    return CLI_DONE;
}

/* An id is an NPI or an Atypical ID, never both. */
void typed_provider(const char *id, size_t len, char out[NCT_IDENT_CANONICAL_MAX + 1]) {
    if (nct_ident_canonical(NCT_IDENT_NPI, id, len, out, NCT_IDENT_CANONICAL_MAX + 1, NULL) != NCT_OK &&
        nct_ident_canonical(NCT_IDENT_ATYPICAL_ID, id, len, out, NCT_IDENT_CANONICAL_MAX + 1, NULL) != NCT_OK) {
        out[0] = '\0';
    }
}
