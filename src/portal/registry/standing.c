#include "portal/registry/standing.h"

#include "portal/registry/groups.h"

#include <nctracks/provider.h>

#include <string.h>

nct_status nct_standing_get(struct nct_unit *unit, const char *provider, const struct nct_grant_record *grant,
                            struct nct_standing *standing) {
    struct nct_provider_record record;
    struct nct_groups_record groups;
    *standing = (struct nct_standing){.role = grant->role,
                                      .rights = grant->rights,
                                      .valid_from = grant->valid_from,
                                      .valid_until = grant->valid_until,
                                      .on_record = grant->on_record};
    if (grant->role == NCT_ROLE_NONE)
        return NCT_OK;
    nct_status status = nct_unit_get(unit, &nct_type_provider, provider, strlen(provider), &record);
    standing->terminated = record.state == NCT_PROVIDER_TERMINATED;
    if (status != NCT_OK || !nct_grant_in_groups(grant))
        return status == NCT_E_NOT_FOUND ? NCT_E_INTEGRITY : status;
    status = nct_groups_get(unit, provider, &groups);
    standing->rights |= nct_groups_rights(&groups, grant);
    return status;
}

nct_status nct_standing_find(struct nct_unit *unit, const char *provider, const char *ncid,
                             struct nct_grant_record *grant, struct nct_standing *standing) {
    unsigned char person[NCT_PERSON_ID];
    nct_status status = nct_grant_find(unit, provider, ncid, person, grant);
    return status == NCT_OK ? nct_standing_get(unit, provider, grant, standing) : status;
}

struct reading {
    const char *provider;
    const char *ncid;
    struct nct_standing *standing;
};

static nct_status read(struct nct_unit *unit, void *argument) {
    const struct reading *reading = argument;
    struct nct_grant_record grant;
    return nct_standing_find(unit, reading->provider, reading->ncid, &grant, reading->standing);
}

nct_status nct_standing_read(struct nct_portal *portal, const char *provider, const char *ncid,
                             struct nct_standing *standing) {
    struct reading reading = {provider, ncid, standing};
    *standing = (struct nct_standing){.role = NCT_ROLE_NONE};
    return nct_unit_read(portal, read, &reading);
}

nct_status nct_standing_decide(const struct nct_portal *portal, const struct nct_standing *standing, int32_t right) {
    int64_t now = 0;
    nct_status status = NCT_OK;
    if (nct_standing_is_dated(standing))
        status = nct_seams_now(&portal->seams, &now);
    return status == NCT_OK ? nct_policy_decide(&portal->policy, standing, right, now) : status;
}
