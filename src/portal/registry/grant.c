#include "portal/registry/grant.h"

#include "base/bytes.h"
#include "engine/records/request_types.h"
#include "engine/unit/ledger_append.h"
#include "portal/registry/provider.h"
#include "portal/registry/stand_in.h"

#include <nctracks/provider.h>

#include <stdio.h>
#include <string.h>

const struct nct_pair nct_grant_pair = {&nct_type_grant, &nct_type_grant_by_person};
const struct nct_pair nct_proposal_pair = {&nct_type_proposal, &nct_type_proposal_by_person};

nct_status nct_grant_get(struct nct_unit *unit, const char *provider, const unsigned char person[NCT_PERSON_ID],
                         struct nct_grant_record *grant) {
    return nct_pair_get(unit, &nct_grant_pair, provider, person, grant);
}

nct_status nct_grant_find(struct nct_unit *unit, const char *provider, const char *ncid,
                          unsigned char person[NCT_PERSON_ID], struct nct_grant_record *grant) {
    struct nct_person_record record;
    nct_status status = nct_person_named(unit, ncid, person, &record);
    if (status == NCT_OK)
        return nct_grant_get(unit, provider, person, grant);
    memset(person, 0, NCT_PERSON_ID);
    memset(grant, 0, sizeof *grant);
    return status == NCT_E_UNKNOWN_PERSON ? NCT_OK : status;
}

nct_status nct_grant_put(struct nct_unit *unit, const char *provider, const unsigned char person[NCT_PERSON_ID],
                         const struct nct_grant_record *grant) {
    struct nct_person_record record;
    nct_status status = nct_unit_get(unit, &nct_type_person, person, NCT_PERSON_ID, &record);
    if (status != NCT_OK)
        return status == NCT_E_NOT_FOUND ? NCT_E_INTEGRITY : status;
    record.changes++;
    status = nct_unit_put(unit, &nct_type_person, person, NCT_PERSON_ID, &record);
    return status == NCT_OK ? nct_pair_put(unit, &nct_grant_pair, provider, person, grant) : status;
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
nct_status nct_grant_use(struct nct_unit *unit, const char *provider, const unsigned char person[NCT_PERSON_ID]) {
    struct nct_grant_record grant;
    nct_status status = nct_grant_get(unit, provider, person, &grant);
    if (status != NCT_OK || grant.role == NCT_ROLE_NONE || unit->now - grant.used_at < NCT_USE_GRAIN)
        return status;
    grant.used_at = unit->now;
    return nct_pair_put(unit, &nct_grant_pair, provider, person, &grant);
}

struct looking {
    int stands_in; /* one is looked at, whatever it says */
    int rows;
    int found;
};

static nct_status look_at(struct nct_unit *unit, const struct nct_pair_name *name, void *argument) {
    struct looking *looking = argument;
    struct nct_grant_record grant;
    struct nct_provider_record provider;
    nct_status status = nct_pair_get_twins(unit, &nct_grant_pair, name->provider, name->person, &grant);
    if (status == NCT_OK)
        status = nct_unit_get(unit, &nct_type_provider, name->provider, strlen(name->provider), &provider);
    if (status == NCT_E_NOT_FOUND)
        status = grant.role != NCT_ROLE_NONE ? NCT_E_INTEGRITY : NCT_OK;
    if (status != NCT_OK)
        return status;
    looking->rows++;
    looking->found = grant.role != NCT_ROLE_NONE && provider.state != NCT_PROVIDER_TERMINATED;
    return looking->found || looking->stands_in ? NCT_PAIR_ENOUGH : NCT_OK;
}

/* What stands in for somebody unknown looks at the first grant there is: the reads, and the work, of somebody with one
 * grant. */
nct_status nct_access_any(struct nct_unit *unit, const unsigned char person[NCT_PERSON_ID], int *any) {
    struct looking looking = {.stands_in = nct_shadow_number(person) >= 0};
    struct nct_pair_range range = {&nct_grant_pair, NULL, looking.stands_in ? NULL : person, NULL, 1};
    struct nct_pair_name nowhere = {.provider = "-"}; /* no provider's id */
    struct nct_stream stream = nct_stream_of_person(person);
    struct nct_stream_head head; /* a look reads it */
    memcpy(nowhere.person, person, NCT_PERSON_ID);
    nct_status status = nct_unit_get(unit, &nct_type_stream, stream.key, stream.len, &head);
    if (status == NCT_OK || status == NCT_E_NOT_FOUND)
        status = nct_pair_each_of(unit, range, look_at, &looking);
    if (status == NCT_OK && looking.rows == 0)
        status = look_at(unit, &nowhere, &looking);
    *any = looking.found && !looking.stands_in;
    return status == NCT_PAIR_ENOUGH ? NCT_OK : status;
}

struct asking {
    const unsigned char *person;
    int *any;
};

static nct_status ask(struct nct_unit *unit, void *argument) {
    const struct asking *asking = argument;
    return nct_access_any(unit, asking->person, asking->any);
}

nct_status nct_access_any_read(struct nct_portal *portal, const unsigned char person[NCT_PERSON_ID], int *any) {
    struct asking asking = {person, any};
    return nct_unit_read(portal, ask, &asking);
}
