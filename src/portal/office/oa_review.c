/* What a former OA granted, for whoever administers there to look at. */
#include "engine/records/request_types.h"
#include "engine/unit/look.h"
#include "portal/access/grant_list.h"

#include <nctracks/office.h>

#include <string.h>

/* Whether a grant was given by somebody who was the OA then and is it no longer. */
struct descent {
    const struct nct_grant_item *item;
    int of_former;
};

static nct_status find_descent(struct nct_unit *unit, void *argument) {
    struct descent *descent = argument;
    const struct nct_grant_item *item = descent->item;
    const struct nct_grant_record *grant = &item->grant;
    struct nct_provider_record record;
    struct nct_former_oa_record former;
    unsigned char key[NCT_PAIR_KEY_MAX];
    size_t key_len = nct_pair_key(item->provider, grant->granted_by, key);
    nct_status status = nct_unit_get(unit, &nct_type_provider, item->provider, strlen(item->provider), &record);
    if (status == NCT_OK)
        status = nct_look_get(unit, &nct_type_former_oa, key, key_len, strlen(item->provider) + 1, &former, NULL);
    descent->of_former = status == NCT_OK && grant->granted_at <= former.ended_at &&
                         grant->certified_at <= former.ended_at && strcmp(record.oa_ncid, grant->granted_by) != 0;
    return status == NCT_E_NOT_FOUND ? NCT_OK : status;
}

static nct_status keeps(struct nct_portal *portal, const struct nct_grant_item *item, const void *argument) {
    struct descent descent = {item, 0};
    (void)argument;
    nct_status status = nct_unit_read(portal, find_descent, &descent);
    return status == NCT_OK && !descent.of_former ? NCT_E_NOT_PROVISIONED : status;
}

nct_status nct_oa_change_list_to_review(nct_portal *portal, const char *provider, size_t provider_len,
                                        const char *after, size_t after_len, size_t limit, nct_grant_list **out) {
    static const struct nct_grant_filter of_former_oa = {keeps, NULL};
    return nct_grants_by_provider(portal, provider, provider_len, after, after_len, limit, &of_former_oa, out);
}
