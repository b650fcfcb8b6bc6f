#include "portal/access/role_conditions.h"

#include "portal/registry/principals.h"

#include <string.h>

#define PAGE 100

/* The role somebody has, in its time; one that has ended or not begun is none to build on. */
static int32_t role_now(const struct nct_grant_record *grant, int64_t now) {
    int ended = grant->valid_until != 0 && now >= grant->valid_until;
    return now < grant->valid_from || ended ? NCT_ROLE_NONE : grant->role;
}

static nct_status check_standing(struct nct_unit *unit, const struct nct_access_wish *wish, uint32_t relationships) {
    struct nct_principal_record principal;
    nct_status status = nct_principal_get(unit, wish->provider, wish->ncid, &principal);
    if (status != NCT_OK)
        return status;
    return nct_on_record_at(&principal.on_record, unit->now) & relationships ? NCT_OK : NCT_E_NOT_ON_RECORD;
}

static nct_status count_page(struct nct_unit *unit, const struct nct_access_wish *wish,
                             const struct nct_pair_page *page, int32_t *count) {
    nct_status status = NCT_OK;
    for (size_t i = 0; i < page->count && status == NCT_OK; i++) {
        struct nct_grant_record grant;
        status = nct_grant_get(unit, wish->provider, page->names[i], &grant);
        *count += status == NCT_OK && grant.role == wish->role && strcmp(page->names[i], wish->ncid) != 0;
    }
    return status;
}

/*
 * How many others have the role. Whatever changes a grant moves the provider's stream, whose head this unit has read:
 * a grant this count has not seen is a conflict.
 */
static nct_status count_others(struct nct_unit *unit, const struct nct_access_wish *wish, int32_t *count) {
    char after[NCT_NCID_ROOM] = "";
    int more = 1;
    nct_status status = NCT_OK;
    while (status == NCT_OK && more) {
        struct nct_pair_page page;
        struct nct_pair_range range = {&nct_grant_pair, 1, wish->provider, after, PAGE};
        status = nct_pair_scan(unit->portal, &range, &page);
        if (status == NCT_OK)
            status = count_page(unit, wish, &page, count);
        if (page.count > 0)
            memcpy(after, page.names[page.count - 1], sizeof after);
        more = page.more;
        nct_pair_page_free(&page);
    }
    return status;
}

/* A grant out of its time keeps the place until it is revoked: the clock may go back. The backup OA is named by the
 * provider's record, which is pinned; the others are counted. */
static nct_status check_place(struct nct_unit *unit, const struct nct_access_wish *wish, int32_t most) {
    struct nct_provider_record record;
    int32_t others = 0;
    nct_status status = nct_unit_get(unit, &nct_type_provider, wish->provider, strlen(wish->provider), &record);
    if (status != NCT_OK)
        return status;
    if (wish->role != NCT_ROLE_BACKUP_OFFICE_ADMINISTRATOR)
        status = count_others(unit, wish, &others);
    else
        others = record.backup_ncid[0] != '\0' && strcmp(record.backup_ncid, wish->ncid) != 0;
    return status == NCT_OK && others >= most ? NCT_E_ROLE_TAKEN : status;
}

nct_status nct_role_conditions(struct nct_unit *unit, const struct nct_access_wish *wish,
                               const struct nct_grant_record *present) {
    const struct nct_role_rule *rule = nct_policy_rule(&unit->portal->policy, wish->role);
    if (rule == NULL)
        return NCT_OK;
    if (rule->from != 0 && !(rule->from >> role_now(present, unit->now) & 1))
        return NCT_E_ROLE_BUILDS_ON;
    nct_status status = rule->standing != 0 ? check_standing(unit, wish, rule->standing) : NCT_OK;
    return status == NCT_OK && rule->most != 0 ? check_place(unit, wish, rule->most) : status;
}
