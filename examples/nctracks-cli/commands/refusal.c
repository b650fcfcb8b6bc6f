#include "commands/refusal.h"

#include <string.h>

#include <nctracks/right.h>
#include <nctracks/role.h>

#include "terminal/failure.h"
#include "terminal/output.h"

#define EXPLANATION_MAX 4096

json_t *refusal_describe(const struct cli *cli, const nct_explanation *explanation) {
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

void refusal_explain(struct cli *cli, const char *ncid, const char *provider, int32_t right) {
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
        json_t *record = refusal_describe(cli, explanation);
        out_put(cli->result, "explanation", record);
    }
    nct_explanation_free(explanation);
}

/* Only these are about what the acting person may do; the others speak for themselves. */
static bool is_lack_of_access(nct_status status) {
    return status == NCT_E_NOT_PROVISIONED || status == NCT_E_NOT_REGISTERED || status == NCT_E_NO_AUTHORITY ||
           status == NCT_E_EXPIRED || status == NCT_E_NOT_YET_VALID || status == NCT_E_NOT_ON_RECORD;
}

int refusal_of_access(struct cli *cli, nct_status status, const nct_problems *problems) {
    const char *by = args_value(&cli->args, "by");
    int code = fail_status(cli, status, problems);
    if (by != NULL && is_lack_of_access(status)) {
        refusal_explain(cli, by, args_value(&cli->args, "provider"), NCT_AUTHORITY_USER_ADMINISTRATION);
    }
    if (status == NCT_E_UNKNOWN_PERSON) {
        fail_help(cli, "Add a new person with 'nctracks user add'.");
    }
    /* Of access, these two are rules: what a role is given by, and how much there may be. */
    return status == NCT_E_STATE || status == NCT_E_LIMIT ? CLI_REFUSED : code;
}
