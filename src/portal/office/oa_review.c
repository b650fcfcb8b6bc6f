/* What a former OA granted, for whoever administers there to look at. */
#include "engine/records/request_types.h"
#include "engine/unit/look.h"
#include "portal/access/grant_list.h"
#include "portal/registry/provider.h"

#include <nctracks/office.h>

#include <string.h>

/* Whether a grant was given by somebody who was the OA then and is it no longer. */
static nct_status keeps(struct nct_unit *unit, const struct nct_grant_item *item, const void *argument) {
    const struct nct_grant_record *grant = &item->grant;
    const char *provider = item->name.provider;
    struct nct_provider_record record;
    struct nct_former_oa_record former;
    unsigned char giver[NCT_PERSON_ID];
    unsigned char key[NCT_PAIR_KEY_MAX];
    (void)argument;
    memcpy(giver, grant->granted_by, sizeof giver);
    nct_status status = nct_person_present(unit, giver);
    if (status == NCT_OK)
        status = nct_unit_get(unit, &nct_type_provider, provider, strlen(provider), &record);
    if (status == NCT_OK)
        status = nct_look_get(unit, &nct_type_former_oa, key, nct_pair_key(provider, giver, key), strlen(provider) + 1,
                              &former, NULL);
    if (status != NCT_OK)
        return status == NCT_E_NOT_FOUND ? NCT_E_NOT_PROVISIONED : status;
    int of_former = grant->granted_at <= former.ended_at && grant->certified_at <= former.ended_at &&
                    !nct_place_is(record.oa, giver);
    return of_former ? NCT_OK : NCT_E_NOT_PROVISIONED;
}

nct_status nct_oa_change_list_to_review(nct_portal *portal, const char *provider, size_t provider_len,
                                        const char *after, size_t after_len, size_t limit, nct_grant_list **out) {
    static const struct nct_grant_filter of_former_oa = {keeps, NULL};
    return nct_grants_by_provider(portal, provider, provider_len, after, after_len, limit, &of_former_oa, out);
}
