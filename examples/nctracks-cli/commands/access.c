#include "commands/commands.h"

#include <string.h>

#include <nctracks/access.h>
#include <nctracks/ident.h>

#include "mail/deliver.h"
#include "portal/open.h"
#include "terminal/failure.h"
#include "terminal/output.h"
#include "text.h"

#define EXPLANATION_MAX 4096

/* Bit n of the mask is `first` + n. */
static json_t *names(const nct_policy *policy, int32_t first, uint64_t mask) {
    json_t *array = out_array();
    for (int32_t bit = 0; bit < NCT_RIGHT_COUNT; bit++) {
        const char *name = nct_right_name(policy, first + bit);
        if ((mask >> bit & 1) != 0 && name != NULL) {
            out_append(array, json_string(name));
        }
    }
    return array;
}

json_t *commands_rights(const nct_policy *policy, uint64_t rights) {
    return names(policy, 0, rights);
}

json_t *commands_authorities(const nct_policy *policy, uint64_t authorities) {
    return names(policy, NCT_RIGHT_COUNT, authorities);
}

static json_t *describe(const struct cli *cli, const nct_explanation *explanation) {
    char text[EXPLANATION_MAX];
    json_t *record = out_object();
    nct_status reason = nct_explanation_reason(explanation);
    out_put(record, "allowed", json_boolean(reason == NCT_OK));
    out_put_string(record, "reason", nct_status_name(reason));
    out_put_string(record, "role", nct_role_name(nct_explanation_role(explanation)));
    if (nct_explanation_text_in(explanation, cli->language, text, sizeof text, NULL) != NCT_OK) {
        text[0] = '\0';
    }
    out_put_string(record, "explanation", text);
    out_put_string(record, "helper_ncid", nct_explanation_helper_ncid(explanation));
    out_put_string(record, "helper_name", nct_explanation_helper_name(explanation));
    return record;
}

void commands_explain_refusal(struct cli *cli, const char *ncid, const char *provider, int32_t right) {
    nct_explanation *explanation = NULL;
    if (nct_access_explain(cli->portal, provider, strlen(provider), ncid, strlen(ncid), right, &explanation) !=
            NCT_OK ||
        nct_explanation_reason(explanation) == NCT_OK) {
        nct_explanation_free(explanation);
        return;
    }
    char help[EXPLANATION_MAX];
    if (nct_explanation_help_in(explanation, cli->language, help, sizeof help, NULL) == NCT_OK) {
        fail_help(cli, "%s", help);
    }
    if (cli->json) {
        json_t *record = describe(cli, explanation);
        out_put(cli->result, "explanation", record);
    }
    nct_explanation_free(explanation);
}

int commands_time(struct cli *cli, const char *option, int64_t *out) {
    const char *text = args_value(&cli->args, option);
    if (text != NULL && !text_parse_time(text, out)) {
        return fail_input(cli, "--%s needs a date YYYY-MM-DD or a time YYYY-MM-DDThh:mm:ssZ", option);
    }
    return CLI_DONE;
}

/* Only these are about what the acting person may do; the others speak for themselves. */
static bool is_lack_of_access(nct_status status) {
    return status == NCT_E_NOT_PROVISIONED || status == NCT_E_NOT_REGISTERED || status == NCT_E_NO_AUTHORITY ||
           status == NCT_E_EXPIRED || status == NCT_E_NOT_YET_VALID || status == NCT_E_NOT_ON_RECORD;
}

int commands_refuse(struct cli *cli, nct_status status, const nct_problems *problems) {
    const char *by = args_value(&cli->args, "by");
    int code = fail_status(cli, status, problems);
    if (by != NULL && is_lack_of_access(status)) {
        commands_explain_refusal(cli, by, args_value(&cli->args, "provider"), NCT_AUTHORITY_USER_ADMINISTRATION);
    }
    if (status == NCT_E_UNKNOWN_PERSON) {
        fail_help(cli, "Add a new person with 'nctracks user add'.");
    }
    /* Of access, these two are rules: what a role is given by, and how much there may be. */
    return status == NCT_E_STATE || status == NCT_E_LIMIT ? CLI_REFUSED : code;
}

int commands_check_operand(struct cli *cli, size_t index, int32_t kind, const char *name) {
    const char *value = cli->args.operands[index];
    nct_status status = nct_ident_check(kind, value, strlen(value));
    return status == NCT_OK ? CLI_DONE : fail_named(cli, status, name);
}

int commands_read_right(struct cli *cli, size_t index, int32_t *right) {
    if (nct_right_from_name(nct_portal_policy(cli->portal), cli->args.operands[index], right) != NCT_OK) {
        return fail_input(cli, "RIGHT: there is no such right or authority; 'nctracks policy show' lists them");
    }
    return CLI_DONE;
}

/* Opens the portal and finds the right or authority the third operand names. */
static int begin(struct cli *cli, int32_t *right) {
    int code = commands_check_operand(cli, 0, NCT_IDENT_NCID, "NCID");
    if (code == CLI_DONE) {
        code = commands_check_operand(cli, 1, NCT_IDENT_PROVIDER_ID, "PROVIDER");
    }
    if (code == CLI_DONE) {
        code = portal_open(cli);
    }
    return code == CLI_DONE ? commands_read_right(cli, 2, right) : code;
}

/* The quick check does not tell an unregistered provider from missing access. */
static nct_status true_reason(struct cli *cli, const char *ncid, const char *provider, int32_t right,
                              nct_status status) {
    nct_explanation *explanation = NULL;
    if (status == NCT_E_NOT_PROVISIONED && nct_access_explain(cli->portal, provider, strlen(provider), ncid,
                                                              strlen(ncid), right, &explanation) == NCT_OK) {
        status = nct_explanation_reason(explanation);
    }
    nct_explanation_free(explanation);
    return status;
}

int cmd_check(struct cli *cli) {
    const char *ncid = cli->args.operands[0];
    const char *provider = cli->args.operands[1];
    int32_t right;
    int code = begin(cli, &right);
    if (code != CLI_DONE) {
        return code;
    }
    nct_status status = nct_access_check(cli->portal, provider, strlen(provider), ncid, strlen(ncid), right);
    out_put(cli->result, "allowed", json_boolean(status == NCT_OK));
    if (status == NCT_OK) {
        out_say(cli, "Allowed: %s may use %s for %s.", ncid, cli->args.operands[2], provider);
        return CLI_DONE;
    }
    code = fail_status(cli, true_reason(cli, ncid, provider, right, status), NULL);
    if (code == CLI_REFUSED) {
        commands_explain_refusal(cli, ncid, provider, right);
    }
    return code;
}

static const out_field explain_fields[] = {
    {"allowed", "Allowed"},          {"explanation", "Why"},        {"role", "Role"}, {"reason", "Status"},
    {"helper_name", "Who can help"}, {"helper_ncid", "Their NCID"}, {NULL, NULL}};

int cmd_explain(struct cli *cli) {
    const char *ncid = cli->args.operands[0];
    const char *provider = cli->args.operands[1];
    nct_explanation *explanation = NULL;
    int32_t right;
    int code = begin(cli, &right);
    if (code != CLI_DONE) {
        return code;
    }
    nct_status status =
        nct_access_explain(cli->portal, provider, strlen(provider), ncid, strlen(ncid), right, &explanation);
    if (status != NCT_OK) {
        return fail_status(cli, status, NULL);
    }
    out_record(cli, describe(cli, explanation), explain_fields);
    nct_explanation_free(explanation);
    return CLI_DONE;
}

int cmd_access_leave(struct cli *cli) {
    const char *ncid = cli->args.operands[0];
    const char *provider = cli->args.operands[1];
    int code = portal_open(cli);
    if (code != CLI_DONE) {
        return code;
    }
    nct_status status = nct_access_leave(cli->portal, ncid, strlen(ncid), provider, strlen(provider));
    if (status != NCT_OK) {
        return commands_refuse(cli, status, NULL);
    }
    out_say(cli, "%s has no access to %s any longer.", ncid, provider);
    deliver_after(cli);
    return CLI_DONE;
}
