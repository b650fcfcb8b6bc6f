#include "portal/registry/person.h"

#include "base/bytes.h"
#include "engine/records/request_types.h"

#include <nctracks/provider.h>

#include <sodium.h>
#include <stdio.h>
#include <string.h>

int nct_person_is_merged(const struct nct_person_record *record) {
    return !sodium_is_zero(record->merged_into, NCT_PERSON_ID);
}

static int has_left(const struct nct_person_record *record, const char *ncid) {
    return nct_person_is_merged(record) || strcmp(record->ncid, ncid) != 0;
}

nct_status nct_person_behind(struct nct_unit *unit, const char *ncid, unsigned char person[NCT_PERSON_ID],
                             struct nct_person_record *record) {
    struct nct_ncid_record index;
    nct_status status = nct_unit_get(unit, &nct_type_ncid, ncid, strlen(ncid), &index);
    if (status == NCT_E_NOT_FOUND)
        return NCT_E_UNKNOWN_PERSON;
    if (status != NCT_OK)
        return status;
    memcpy(person, index.person, NCT_PERSON_ID);
    status = nct_unit_get(unit, &nct_type_person, person, NCT_PERSON_ID, record);
    if (status == NCT_E_NOT_FOUND || (status == NCT_OK && has_left(record, ncid) != (index.left != 0)))
        return NCT_E_INTEGRITY;
    return status;
}

nct_status nct_person_find(struct nct_unit *unit, const char *ncid, unsigned char person[NCT_PERSON_ID],
                           struct nct_person_record *record) {
    nct_status status = nct_person_behind(unit, ncid, person, record);
    return status == NCT_OK && has_left(record, ncid) ? NCT_E_UNKNOWN_PERSON : status;
}

nct_status nct_person_present(struct nct_unit *unit, unsigned char person[NCT_PERSON_ID]) {
    struct nct_person_record record;
    struct nct_person_record next;
    nct_status status = nct_unit_get(unit, &nct_type_person, person, NCT_PERSON_ID, &record);
    while (status == NCT_OK && nct_person_is_merged(&record)) {
        status = nct_unit_get(unit, &nct_type_person, record.merged_into, NCT_PERSON_ID, &next);
        if (status == NCT_OK && strcmp(next.moving_from, record.ncid) == 0)
            break;
        memcpy(person, record.merged_into, NCT_PERSON_ID);
        record = next;
    }
    return status == NCT_E_NOT_FOUND ? NCT_E_INTEGRITY : status;
}

void nct_person_name(const struct nct_person_record *record, char name[2 * NCT_NAME_ROOM]) {
    size_t first = strlen(record->first_name);
    memcpy(name, record->first_name, first);
    name[first] = ' ';
    memcpy(name + first + 1, record->last_name, strlen(record->last_name) + 1);
}

nct_status nct_provider_open(struct nct_unit *unit, const char *provider, struct nct_provider_record *record) {
    nct_status status = nct_unit_get(unit, &nct_type_provider, provider, strlen(provider), record);
    if (status == NCT_E_NOT_FOUND || (status == NCT_OK && record->state == NCT_PROVIDER_ENROLLED))
        return NCT_E_NOT_REGISTERED;
    return status == NCT_OK && record->state == NCT_PROVIDER_TERMINATED ? NCT_E_TERMINATED : status;
}

const struct nct_pair nct_grant_pair = {&nct_type_grant, &nct_type_grant_by_person};
const struct nct_pair nct_proposal_pair = {&nct_type_proposal, &nct_type_proposal_by_person};

nct_status nct_grant_get(struct nct_unit *unit, const char *provider, const char *ncid,
                         struct nct_grant_record *grant) {
    return nct_pair_get(unit, &nct_grant_pair, provider, ncid, grant);
}

nct_status nct_grant_read(struct nct_portal *portal, const char *provider, const char *ncid,
                          struct nct_grant_record *grant) {
    return nct_pair_read(portal, &nct_grant_pair, provider, ncid, grant);
}

static nct_status count_access(struct nct_unit *unit, const char *ncid, int64_t change) {
    unsigned char person[NCT_PERSON_ID];
    struct nct_person_record record;
    nct_status status = nct_person_behind(unit, ncid, person, &record);
    if (status != NCT_OK)
        return status;
    record.access += change;
    record.changes++;
    return nct_unit_put(unit, &nct_type_person, person, NCT_PERSON_ID, &record);
}

/* A grant that a termination holds back is no access (S12). */
static int counts(const struct nct_grant_record *grant) {
    return grant->role != NCT_ROLE_NONE && grant->suspended_at == 0;
}

nct_status nct_grant_put(struct nct_unit *unit, const char *provider, const char *ncid,
                         const struct nct_grant_record *grant) {
    struct nct_grant_record before;
    nct_status status = nct_grant_get(unit, provider, ncid, &before);
    int64_t change = counts(grant) - counts(&before);
    if (status == NCT_OK)
        status = count_access(unit, ncid, change);
    return status == NCT_OK ? nct_pair_put(unit, &nct_grant_pair, provider, ncid, grant) : status;
}

struct nct_standing nct_grant_standing(const struct nct_grant_record *grant) {
    return (struct nct_standing){grant->role,       grant->suspended_at != 0, grant->rights,
                                 grant->valid_from, grant->valid_until,       grant->on_record};
}

nct_status nct_standing_decide(const struct nct_portal *portal, const struct nct_standing *standing, int32_t right) {
    int64_t now = 0;
    nct_status status = NCT_OK;
    if (nct_standing_is_dated(standing))
        status = nct_seams_now(&portal->seams, &now);
    return status == NCT_OK ? nct_policy_decide(&portal->policy, standing, right, now) : status;
}

static int describe_groups(const struct nct_grant_record *grant, char *out, size_t room) {
    int len = 0;
    for (size_t i = 0; i < NCT_GRANT_GROUPS; i++) {
        uint64_t id = nct_get_be64(grant->groups + 8 * i);
        if (id != 0)
            len +=
                snprintf(out + len, room - (size_t)len, "%s%llu", len == 0 ? ", groups " : " ", (unsigned long long)id);
    }
    return len;
}

void nct_grant_describe(const struct nct_grant_record *grant, char detail[NCT_GRANT_DETAIL_ROOM]) {
    const char *role = nct_role_name(grant->role);
    int len = snprintf(detail, NCT_GRANT_DETAIL_ROOM, "%s, rights %016llx", role != NULL ? role : "none",
                       (unsigned long long)grant->rights);
    len += describe_groups(grant, detail + len, NCT_GRANT_DETAIL_ROOM - (size_t)len);
    if (grant->valid_from != 0 || grant->valid_until != 0)
        snprintf(detail + len, NCT_GRANT_DETAIL_ROOM - (size_t)len, ", from %lld until %lld",
                 (long long)grant->valid_from, (long long)grant->valid_until);
}

/* Coarse, so that a use costs a write once a day at most. It is no change of access: no entry, no count. */
nct_status nct_grant_use(struct nct_unit *unit, const char *provider, const char *ncid) {
    struct nct_grant_record grant;
    nct_status status = nct_grant_get(unit, provider, ncid, &grant);
    if (status != NCT_OK || grant.role == NCT_ROLE_NONE || unit->now - grant.used_at < NCT_USE_GRAIN)
        return status;
    grant.used_at = unit->now;
    return nct_pair_put(unit, &nct_grant_pair, provider, ncid, &grant);
}
