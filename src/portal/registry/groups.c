#include "portal/registry/groups.h"

#include "base/bytes.h"
#include "engine/unit/fetch.h"
#include "engine/unit/ledger_append.h"

#include <string.h>

nct_status nct_groups_get(struct nct_unit *unit, const char *provider, struct nct_groups_record *groups) {
    nct_status status = nct_unit_get(unit, &nct_type_groups, provider, strlen(provider), groups);
    return status == NCT_E_NOT_FOUND ? NCT_OK : status;
}

nct_status nct_groups_put(struct nct_unit *unit, const char *provider, const struct nct_groups_record *groups) {
    return nct_unit_put(unit, &nct_type_groups, provider, strlen(provider), groups);
}

/* As the unit proves it: the row is the one its stream pins. If it is not, and the head has not changed meanwhile, no
 * commit came between. */
nct_status nct_groups_read(struct nct_portal *portal, const char *provider, struct nct_groups_record *groups) {
    struct nct_stream stream = nct_stream_of_provider(provider);
    struct nct_stream_head head;
    uint64_t before = UINT64_MAX;
    int64_t tries = nct_policy_option(&portal->policy, NCT_OPTION_COMMIT_TRIES);
    for (int64_t i = 0; i < tries; i++) {
        uint64_t pinning = 0;
        uint64_t revision = 0;
        nct_status status = nct_fetch_record(portal, &nct_type_stream, stream.key, stream.len, &head, &pinning);
        if (status == NCT_OK && pinning == before)
            status = NCT_E_INTEGRITY;
        if (status == NCT_OK)
            status = nct_fetch_record(portal, &nct_type_groups, provider, strlen(provider), groups, &revision);
        if (status != NCT_OK || revision == head.pins[NCT_PIN_GROUPS - 1])
            return status;
        before = pinning;
    }
    return NCT_E_BUSY;
}

struct nct_group *nct_group_find(struct nct_groups_record *groups, const char *name) {
    for (size_t i = 0; i < NCT_GROUPS_MAX; i++)
        if (groups->list[i].id != 0 && strcmp(groups->list[i].name, name) == 0)
            return &groups->list[i];
    return NULL;
}

static uint64_t group_at(const struct nct_grant_record *grant, size_t index) {
    return nct_get_be64(grant->groups + 8 * index);
}

/* A group that is gone adds none. */
static uint64_t rights_of(const struct nct_groups_record *groups, const struct nct_grant_record *grant) {
    uint64_t rights = 0;
    for (size_t i = 0; i < NCT_GROUPS_MAX; i++)
        if (groups->list[i].id != 0 && nct_grant_is_in(grant, groups->list[i].id))
            rights |= groups->list[i].rights;
    return rights;
}

int nct_grant_is_in(const struct nct_grant_record *grant, uint64_t id) {
    for (size_t i = 0; i < NCT_GRANT_GROUPS; i++)
        if (group_at(grant, i) == id)
            return 1;
    return 0;
}

int nct_grant_in_groups(const struct nct_grant_record *grant) {
    static const struct nct_grant_record none;
    return memcmp(grant->groups, none.groups, sizeof none.groups) != 0;
}

/* A free place holds the id 0, which no group has. */
static int replace(struct nct_grant_record *grant, uint64_t before, uint64_t after) {
    for (size_t i = 0; i < NCT_GRANT_GROUPS; i++) {
        if (group_at(grant, i) == before) {
            nct_put_be64(grant->groups + 8 * i, after);
            return 1;
        }
    }
    return 0;
}

nct_status nct_grant_join(struct nct_grant_record *grant, uint64_t id) {
    if (nct_grant_is_in(grant, id) || replace(grant, 0, id))
        return NCT_OK;
    return NCT_E_LIMIT;
}

void nct_grant_leave(struct nct_grant_record *grant, uint64_t id) {
    replace(grant, id, 0);
}

nct_status nct_standing_get(struct nct_unit *unit, const char *provider, const struct nct_grant_record *grant,
                            struct nct_standing *standing) {
    struct nct_groups_record groups;
    *standing = nct_grant_standing(grant);
    if (!nct_grant_in_groups(grant))
        return NCT_OK;
    nct_status status = nct_groups_get(unit, provider, &groups);
    standing->rights |= rights_of(&groups, grant);
    return status;
}

/* A grant that did not change while the groups were read is of the same moment as they are. */
nct_status nct_standing_read(struct nct_portal *portal, const char *provider, const char *ncid,
                             struct nct_grant_record *grant, struct nct_standing *standing) {
    struct nct_groups_record groups;
    int64_t tries = nct_policy_option(&portal->policy, NCT_OPTION_COMMIT_TRIES);
    for (int64_t i = 0; i < tries; i++) {
        uint64_t revision = 0;
        nct_status status = nct_pair_read_at(portal, &nct_grant_pair, provider, ncid, grant, &revision);
        *standing = nct_grant_standing(grant);
        if (status != NCT_OK || !nct_grant_in_groups(grant))
            return status;
        status = nct_groups_read(portal, provider, &groups);
        if (status == NCT_OK)
            status = nct_pair_unchanged(portal, &nct_grant_pair, provider, ncid, revision);
        if (status == NCT_OK)
            standing->rights |= rights_of(&groups, grant);
        if (status != NCT_E_CONFLICT)
            return status;
    }
    return NCT_E_BUSY;
}
