#include "terms.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

static nct_status set(nct_form *form, const char *path, const char *value) {
    return nct_form_set(form, path, value, strlen(value));
}

static nct_status set_role(nct_form *form, int32_t role) {
    const char *name = nct_role_name(role);
    return set(form, "role", name != NULL ? name : "no_role");
}

void terms_rights(const nct_policy *policy, uint64_t rights, char words[TERMS_RIGHTS_ROOM]) {
    words[0] = '\0';
    for (int32_t right = 0; right < 64; right++) {
        const char *name = right < NCT_RIGHT_COUNT ? nct_right_name(policy, right) : NULL;
        size_t len = strlen(words);
        if ((rights >> right & 1) != 0)
            (void)snprintf(words + len, TERMS_RIGHTS_ROOM - len, "%s%s", len > 0 ? " " : "",
                           name != NULL ? name : "no.right");
    }
}

nct_status terms_group_set(nct_portal *portal, const char *by, const char *npi, const char *name, uint64_t rights) {
    char words[TERMS_RIGHTS_ROOM];
    terms_rights(nct_portal_policy(portal), rights, words);
    return nct_group_set(portal, by, strlen(by), npi, strlen(npi), name, strlen(name), words, strlen(words));
}

static nct_status set_rights(nct_form *form, const nct_policy *policy, uint64_t rights) {
    char words[TERMS_RIGHTS_ROOM];
    terms_rights(policy, rights, words);
    return words[0] != '\0' ? set(form, "rights", words) : NCT_OK;
}

static nct_status set_time(nct_form *form, const char *path, int64_t time) {
    char digits[32];
    (void)snprintf(digits, sizeof digits, "%" PRId64, time);
    return time != 0 ? set(form, path, digits) : NCT_OK;
}

nct_status terms_form(nct_portal *portal, const struct terms *terms, nct_form **form) {
    nct_status status = nct_form_new(portal, NCT_FORM_ACCESS, form);
    if (status == NCT_OK)
        status = set(*form, "ncid", terms->ncid);
    if (status == NCT_OK)
        status = set_role(*form, terms->role);
    if (status == NCT_OK)
        status = set_rights(*form, nct_portal_policy(portal), terms->rights);
    if (status == NCT_OK)
        status = set_time(*form, "valid_from", terms->from);
    if (status == NCT_OK)
        status = set_time(*form, "valid_until", terms->until);
    if (status == NCT_OK)
        return NCT_OK;
    nct_form_free(*form);
    *form = NULL;
    return status;
}

/* The code of the first problem. */
static nct_status first(nct_status status, nct_problems *problems) {
    if (status == NCT_E_PROBLEMS && nct_problems_count(problems) > 0)
        status = nct_problems_code(problems, 0);
    nct_problems_free(problems);
    return status;
}

typedef nct_status operation(nct_form *form, const char *by, size_t by_len, const char *provider, size_t provider_len,
                             nct_problems **problems);

static nct_status operate(operation *call, nct_portal *portal, const char *by, const char *npi,
                          const struct terms *terms) {
    nct_form *form = NULL;
    nct_problems *problems = NULL;
    nct_status status = terms_form(portal, terms, &form);
    if (status == NCT_OK)
        status = call(form, by, strlen(by), npi, strlen(npi), &problems);
    nct_form_free(form);
    return first(status, problems);
}

nct_status terms_grant(nct_portal *portal, const char *by, const char *npi, const struct terms *terms) {
    return operate(nct_access_grant, portal, by, npi, terms);
}

nct_status terms_propose(nct_portal *portal, const char *by, const char *npi, const struct terms *terms) {
    return operate(nct_access_propose, portal, by, npi, terms);
}

nct_status terms_preview(nct_portal *portal, const char *by, const char *npi, const struct terms *terms,
                         nct_preview **out) {
    nct_form *form = NULL;
    nct_problems *problems = NULL;
    nct_status status = terms_form(portal, terms, &form);
    if (status == NCT_OK)
        status = nct_access_preview_grant(form, by, strlen(by), npi, strlen(npi), &problems, out);
    nct_form_free(form);
    return first(status, problems);
}
