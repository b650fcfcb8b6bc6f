/* What a change of access would do: the operation itself, rehearsed. */
#include "base/about.h"
#include "portal/access/granting.h"
#include "portal/form/form.h"
#include "portal/registry/standing.h"

#include <nctracks/question.h>

struct nct_preview {
    struct nct_memory memory;
    nct_status reason;
    int32_t role[2]; /* before and after */
    uint64_t rights[2];
    uint64_t authorities[2];
    int access[2]; /* whether the person has any */
};

struct rehearsal {
    struct nct_granting *granting;
    nct_unit_function *function;
    struct nct_preview *preview;
};

/* Whether the person has access, here or elsewhere. A grant the unit has just staged is not found by a scan. */
static nct_status look_around(struct nct_unit *unit, const unsigned char person[NCT_PERSON_ID],
                              const struct nct_standing *standing, int *access) {
    *access = standing->role != NCT_ROLE_NONE && !standing->terminated;
    return *access ? NCT_OK : nct_access_any(unit, person, access);
}

/* The person's access as the unit leaves it. Somebody unknown has none. */
static nct_status look(struct nct_unit *unit, const struct rehearsal *rehearsal, int after) {
    const struct nct_granting *granting = rehearsal->granting;
    const struct nct_policy *policy = &unit->portal->policy;
    struct nct_preview *preview = rehearsal->preview;
    unsigned char person[NCT_PERSON_ID];
    struct nct_grant_record grant;
    struct nct_standing standing;
    nct_status status = nct_grant_find(unit, granting->provider, granting->ncid, person, &grant);
    if (status == NCT_OK)
        status = nct_standing_get(unit, granting->provider, &grant, &standing);
    if (status == NCT_OK)
        status = look_around(unit, person, &standing, &preview->access[after]);
    if (status != NCT_OK)
        return status;
    const struct nct_role_rule *rule = nct_policy_rule(policy, grant.role);
    preview->role[after] = grant.role;
    preview->rights[after] = nct_policy_held(policy, &standing);
    preview->authorities[after] = rule != NULL ? rule->authorities : 0;
    return NCT_OK;
}

static int is_verdict(nct_status status) {
    return status == NCT_OK || status == NCT_E_NOT_FOUND || nct_status_category(status) == NCT_CATEGORY_RULE;
}

static nct_status rehearse(struct nct_unit *unit, void *argument) {
    const struct rehearsal *rehearsal = argument;
    nct_status status = look(unit, rehearsal, 0);
    if (status != NCT_OK)
        return status;
    status = rehearsal->function(unit, rehearsal->granting);
    if (!is_verdict(status))
        return status;
    rehearsal->preview->reason = status == NCT_OK ? unit->outcome : status;
    unit->outcome = NCT_OK;
    return look(unit, rehearsal, 1);
}

static nct_status preview_change(struct nct_portal *portal, struct nct_granting *granting, nct_unit_function *function,
                                 nct_preview **out) {
    struct nct_preview *preview = nct_memory_take(&portal->seams.memory, sizeof *preview);
    if (preview == NULL)
        return NCT_E_NO_MEMORY;
    preview->memory = portal->seams.memory;
    struct rehearsal rehearsal = {granting, function, preview};
    nct_status status = nct_drafts_init(&granting->drafts, portal, 1);
    if (status == NCT_OK)
        status = nct_unit_rehearse(portal, rehearse, &rehearsal);
    nct_drafts_free(&granting->drafts);
    if (status == NCT_OK)
        *out = preview;
    else
        nct_preview_free(preview);
    return status;
}

nct_status nct_access_preview_grant(nct_form *form, const char *by, size_t by_len, const char *provider,
                                    size_t provider_len, nct_problems **problems, nct_preview **out) {
    struct nct_granting granting;
    if (problems != NULL)
        *problems = NULL;
    if (NCT_MISSING(out))
        return NCT_E_ARGUMENT;
    *out = NULL;
    nct_status status =
        nct_granting_form(form, NCT_FORM_ACCESS, by, by_len, provider, provider_len, &granting, problems);
    return status == NCT_OK ? preview_change(nct_form_portal(form), &granting, nct_grant_or_refuse, out) : status;
}

nct_status nct_access_preview_revoke(nct_portal *portal, const char *by, size_t by_len, const char *provider,
                                     size_t provider_len, const char *ncid, size_t ncid_len, nct_preview **out) {
    struct nct_granting granting;
    if (NCT_MISSING(out))
        return NCT_E_ARGUMENT;
    *out = NULL;
    nct_status status = nct_granting_names(portal, by, by_len, provider, provider_len, ncid, ncid_len, &granting);
    return status == NCT_OK ? preview_change(portal, &granting, nct_revoke_or_refuse, out) : status;
}

void nct_preview_free(nct_preview *preview) {
    if (preview == NULL)
        return;
    struct nct_memory memory = preview->memory;
    nct_memory_give(&memory, preview);
}

nct_code nct_preview_reason(const nct_preview *preview) {
    return preview != NULL ? preview->reason : NCT_E_ARGUMENT;
}

int32_t nct_preview_role_before(const nct_preview *preview) {
    return preview != NULL ? preview->role[0] : NCT_ROLE_NONE;
}

int32_t nct_preview_role_after(const nct_preview *preview) {
    return preview != NULL ? preview->role[1] : NCT_ROLE_NONE;
}

uint64_t nct_preview_rights_gained(const nct_preview *preview) {
    return preview != NULL ? preview->rights[1] & ~preview->rights[0] : 0;
}

uint64_t nct_preview_rights_lost(const nct_preview *preview) {
    return preview != NULL ? preview->rights[0] & ~preview->rights[1] : 0;
}

uint64_t nct_preview_authorities_gained(const nct_preview *preview) {
    return preview != NULL ? preview->authorities[1] & ~preview->authorities[0] : 0;
}

uint64_t nct_preview_authorities_lost(const nct_preview *preview) {
    return preview != NULL ? preview->authorities[0] & ~preview->authorities[1] : 0;
}

int32_t nct_preview_pin_suspended(const nct_preview *preview) {
    return preview != NULL && preview->access[0] && !preview->access[1];
}
