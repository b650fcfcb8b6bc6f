#include "portal/form/rules.h"

#include "engine/handle/arguments.h"
#include "policy/submissions.h"

#include <stdio.h>
#include <string.h>

/* Why somebody listed may not be named as Backup OA; NCT_OK where nobody is. */
static nct_status judge_backup(const struct nct_form *form, const char *provider, int32_t kind) {
    const struct nct_policy *policy = &nct_form_portal(form)->policy;
    const struct nct_role_rule *rule = nct_policy_rule(policy, NCT_ROLE_BACKUP_OFFICE_ADMINISTRATOR);
    char backup[NCT_NCID_ROOM];
    char oa[NCT_NCID_ROOM];
    int32_t relationship = nct_form_choice(form, "backup_office_administrator.relationship");
    nct_form_text(form, "backup_office_administrator.ncid", backup, sizeof backup);
    nct_form_text(form, "office_administrator.ncid", oa, sizeof oa);
    if (backup[0] == '\0' || kind == 0 || relationship == 0)
        return NCT_OK;
    if (!nct_policy_knows_role(policy, NCT_ROLE_BACKUP_OFFICE_ADMINISTRATOR))
        return nct_about(NCT_E_NOT_MANAGED, NCT_ABOUT_ROLE, NCT_ROLE_BACKUP_OFFICE_ADMINISTRATOR);
    if (oa[0] == '\0')
        return nct_about(NCT_E_ROLE_BUILDS_ON, NCT_ABOUT_ROLES,
                         NCT_BIT(NCT_ROLE_OFFICE_ADMINISTRATOR)); /* who stands in for nobody */
    if (strcmp(backup, oa) == 0)
        return NCT_E_DUPLICATE;
    if (rule->standing != 0 && (rule->standing & NCT_BIT(relationship)) == 0)
        return nct_about(NCT_E_RELATIONSHIP, NCT_ABOUT_RELATIONSHIPS, rule->standing);
    return nct_policy_check_oa(policy, provider, kind, relationship);
}

static nct_status check_relationship(const struct nct_form *form, struct nct_problems *problems) {
    const struct nct_policy *policy = &nct_form_portal(form)->policy;
    char provider[NCT_PROVIDER_ROOM];
    int32_t kind = nct_form_choice(form, "provider.kind");
    int32_t relationship = nct_form_choice(form, "office_administrator.relationship");
    nct_form_text(form, "provider.npi", provider, sizeof provider);
    nct_status why = judge_backup(form, provider, kind);
    nct_status status = why == NCT_OK
                            ? NCT_OK
                            : nct_problems_add(problems,
                                               why == NCT_E_RELATIONSHIP ? "backup_office_administrator.relationship"
                                                                         : "backup_office_administrator.ncid",
                                               why);
    if (status != NCT_OK || kind == 0 || relationship == 0)
        return status;
    why = nct_policy_check_oa(policy, provider, kind, relationship);
    return why == NCT_OK ? why : nct_problems_add(problems, "office_administrator.relationship", why);
}

/* The NCID of the OA (index 0) or of user index - 1. */
static void ncid_of(const struct nct_form *form, size_t index, char path[64], char ncid[NCT_NCID_ROOM]) {
    if (index == 0)
        snprintf(path, 64, "office_administrator.ncid");
    else
        snprintf(path, 64, "users[%zu].ncid", index - 1);
    nct_form_text(form, path, ncid, NCT_NCID_ROOM);
}

/* Each NCID may be given access once. The registrant may well be one of them. */
static nct_status check_duplicates(const struct nct_form *form, struct nct_problems *problems) {
    char path[64];
    char other_path[64];
    char ncid[NCT_NCID_ROOM];
    char other[NCT_NCID_ROOM];
    nct_status status = NCT_OK;
    for (size_t i = 1; i <= nct_form_users(form) && status == NCT_OK; i++) {
        int duplicate = 0;
        ncid_of(form, i, path, ncid);
        for (size_t j = 0; j < i && ncid[0] != '\0'; j++) {
            ncid_of(form, j, other_path, other);
            duplicate |= strcmp(ncid, other) == 0;
        }
        if (duplicate)
            status = nct_problems_add(problems, path, NCT_E_DUPLICATE);
    }
    return status;
}

/* What the profile says of a role holds here too. Nobody had a role before; standing on the record counts at each use,
 * and the agency may list somebody later. */
static nct_status check_role(const struct nct_policy *policy, int32_t role, int32_t *count) {
    const struct nct_role_rule *rule = nct_policy_rule(policy, role);
    if (!nct_policy_role_manages(policy, NCT_ROLE_OFFICE_ADMINISTRATOR, role))
        return nct_about(NCT_E_NOT_MANAGED, NCT_ABOUT_ROLE, role);
    if (rule->from != 0)
        return nct_about(NCT_E_ROLE_BUILDS_ON, NCT_ABOUT_ROLES, rule->from);
    int taken = rule->most != 0 && ++*count > rule->most;
    return taken ? nct_about(NCT_E_ROLE_TAKEN, NCT_ABOUT_ROLE, role) : NCT_OK;
}

static nct_status check_roles(const struct nct_form *form, struct nct_problems *problems) {
    int32_t counts[NCT_ROLE_COUNT] = {0};
    nct_status status = NCT_OK;
    for (size_t i = 0; i < nct_form_users(form) && status == NCT_OK; i++) {
        char path[64];
        char ncid[NCT_NCID_ROOM];
        ncid_of(form, i + 1, path, ncid);
        if (ncid[0] == '\0') /* an index that was left out */
            continue;
        snprintf(path, sizeof path, "users[%zu].", i);
        int32_t role = nct_form_role(form, path);
        nct_status why = check_role(&nct_form_portal(form)->policy, role, &counts[role]);
        snprintf(path, sizeof path, "users[%zu].role", i);
        if (why != NCT_OK)
            status = nct_problems_add(problems, path, why);
    }
    return status;
}

static nct_status check_users(const struct nct_form *form, struct nct_problems *problems) {
    nct_status status = check_duplicates(form, problems);
    return status == NCT_OK ? check_roles(form, problems) : status;
}

/* The password, or the token of a period that stands for it; and an id of an application that could be one. */
static nct_status check_components(const struct nct_form *form, struct nct_problems *problems) {
    unsigned char id[NCT_APPLICATION_ID];
    size_t len = 0;
    int64_t time = 0;
    const char *text = nct_form_raw(form, "application.id", &len);
    if (text != NULL && nct_take_application_id(text, len, id) != NCT_OK) {
        nct_status status = nct_problems_add(problems, "application.id", NCT_E_FORMAT);
        if (status != NCT_OK)
            return status;
    }
    text = nct_form_raw(form, "authentication.time", &len);
    if (text != NULL && nct_take_time(text, len, &time) != NCT_OK) {
        nct_status status = nct_problems_add(problems, "authentication.time", NCT_E_FORMAT);
        if (status != NCT_OK)
            return status;
    }
    if (nct_form_has(form, "signer.password") || nct_form_has(form, "signer.period"))
        return NCT_OK;
    return nct_problems_add(problems, "signer.password", NCT_E_REQUIRED);
}

static nct_status check_anything(const struct nct_form *form, struct nct_problems *problems) {
    return nct_form_has(form, "") ? NCT_OK : nct_problems_add(problems, "email", NCT_E_REQUIRED);
}

/* A physician's date belongs to the kinds that need one. */
static nct_status check_date(const struct nct_form *form, struct nct_problems *problems) {
    int32_t kind = nct_form_choice(form, "submission.kind");
    int given = nct_form_has(form, "physician.date");
    if (nct_submission_name(kind) == NULL || nct_submission_is(kind, NCT_TRAIT_DATED) == given)
        return NCT_OK;
    return nct_problems_add(problems, "physician.date", given ? NCT_E_UNKNOWN_FIELD : NCT_E_REQUIRED);
}

static nct_status check_provider(const struct nct_form *form, struct nct_problems *problems) {
    return nct_form_has(form, "") ? NCT_OK : nct_problems_add(problems, "name", NCT_E_REQUIRED);
}

/* Access begins before it ends. */
static nct_status check_access(const struct nct_form *form, struct nct_problems *problems) {
    int64_t until = nct_form_time(form, "valid_until", 1);
    int is_period = until == 0 || nct_form_time(form, "valid_from", 0) < until;
    return is_period ? NCT_OK : nct_problems_add(problems, "valid_until", NCT_E_RANGE);
}

/* Somebody is invited by one of the two. */
static nct_status check_invitation(const struct nct_form *form, struct nct_problems *problems) {
    int by_ncid = nct_form_has(form, "ncid");
    nct_status status = NCT_OK;
    if (by_ncid == nct_form_has(form, "email"))
        status = nct_problems_add(problems, by_ncid ? "email" : "ncid", by_ncid ? NCT_E_DUPLICATE : NCT_E_REQUIRED);
    return status == NCT_OK ? check_access(form, problems) : status;
}

nct_form_rule *nct_form_rule_of(int32_t kind) {
    static nct_form_rule *const rules[] = {
        [NCT_FORM_ENROLLMENT] = check_relationship,
        [NCT_FORM_REGISTRATION] = check_users,
        [NCT_FORM_SIGNING] = check_components,
        [NCT_FORM_CONTACT] = check_anything,
        [NCT_FORM_DRAFT] = check_date,
        [NCT_FORM_PROVIDER] = check_provider,
        [NCT_FORM_ACCESS] = check_access,
        [NCT_FORM_INVITATION] = check_invitation,
    };
    return kind > 0 && kind < (int32_t)(sizeof rules / sizeof rules[0]) ? rules[kind] : NULL;
}
