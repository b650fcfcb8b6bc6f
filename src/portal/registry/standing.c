#include "portal/registry/standing.h"

#include "engine/unit/glance.h"
#include "portal/registry/groups.h"
#include "portal/registry/ncid.h"

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

/* Numbers as the tables of types.c have them. */
enum { NCID_PERSON = 1, NCID_IDLE = 2, PROVIDER_STATE = 2 };
enum {
    GRANT_ROLE = 1,
    GRANT_RIGHTS = 2,
    GRANT_FROM = 3,
    GRANT_UNTIL = 4,
    GRANT_RECORD = 7,
    GRANT_RECORD_FROM = 8,
    GRANT_RECORD_UNTIL = 9,
    GRANT_GROUPS = 11
};

static void take_grant(const struct nct_glimpse *grant, struct nct_standing *standing) {
    *standing = (struct nct_standing){.role = (int32_t)nct_glimpse_number(grant, GRANT_ROLE),
                                      .rights = (uint64_t)nct_glimpse_number(grant, GRANT_RIGHTS),
                                      .valid_from = nct_glimpse_number(grant, GRANT_FROM),
                                      .valid_until = nct_glimpse_number(grant, GRANT_UNTIL),
                                      .on_record = {.relationships = (uint64_t)nct_glimpse_number(grant, GRANT_RECORD),
                                                    .valid_from = nct_glimpse_number(grant, GRANT_RECORD_FROM),
                                                    .valid_until = nct_glimpse_number(grant, GRANT_RECORD_UNTIL)}};
}

/* The usual case: an NCID in use or unknown, a grant or none, and no group. Answers whether it was that. */
static int find_usual(const struct nct_portal *portal, const char *provider, const char *ncid,
                      struct nct_standing *standing) {
    unsigned char key[NCT_NCID_KEY_MAX + NCT_PAIR_KEY_MAX];
    struct nct_glimpse row;
    size_t len = nct_ncid_key(portal, ncid, key);
    if (!nct_glance_row(portal, &nct_type_ncid, key, len, NCID_IDLE, &row))
        return 1;
    if (row.at[NCID_IDLE] != NULL)
        return 0;
    len = nct_pair_key(provider, nct_glimpse_bytes(&row, NCID_PERSON), key);
    if (!nct_glance_row(portal, &nct_type_grant, key, len, GRANT_GROUPS, &row))
        return 1;
    take_grant(&row, standing);
    if (standing->role == NCT_ROLE_NONE || row.at[GRANT_GROUPS] != NULL)
        return standing->role == NCT_ROLE_NONE;
    if (!nct_glance_row(portal, &nct_type_provider, provider, strlen(provider), PROVIDER_STATE, &row))
        return 0;
    standing->terminated = nct_glimpse_number(&row, PROVIDER_STATE) == NCT_PROVIDER_TERMINATED;
    return 1;
}

static int is_usual(const struct nct_portal *portal, const char *provider, const char *ncid,
                    struct nct_standing *standing) {
    if (!nct_glance_begin(portal))
        return 0;
    int found = find_usual(portal, provider, ncid, standing);
    nct_glance_end(portal);
    return found;
}

nct_status nct_standing_read(struct nct_portal *portal, const char *provider, const char *ncid,
                             struct nct_standing *standing) {
    struct reading reading = {provider, ncid, standing};
    *standing = (struct nct_standing){.role = NCT_ROLE_NONE};
    return is_usual(portal, provider, ncid, standing) ? NCT_OK : nct_unit_read(portal, read, &reading);
}

nct_status nct_standing_decide(const struct nct_portal *portal, const struct nct_standing *standing, int32_t right) {
    int64_t now = 0;
    nct_status status = NCT_OK;
    if (nct_standing_is_dated(standing))
        status = nct_seams_now(&portal->seams, &now);
    return status == NCT_OK ? nct_policy_decide(&portal->policy, standing, right, now) : status;
}
