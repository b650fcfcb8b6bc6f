#include "portal/registry/groups.h"

#include "base/bytes.h"
#include "engine/unit/ledger_append.h"

#include <string.h>

/* The head of the stream pins the groups, and has not been put back together with them. */
nct_status nct_groups_get(struct nct_unit *unit, const char *provider, struct nct_groups_record *groups) {
    struct nct_stream stream = nct_stream_of_provider(provider);
    memset(groups, 0, sizeof *groups); /* none, after a failure too */
    nct_status status = nct_ledger_check_end(unit, &stream);
    if (status != NCT_OK)
        return status;
    status = nct_unit_get(unit, &nct_type_groups, provider, strlen(provider), groups);
    return status == NCT_E_NOT_FOUND ? NCT_OK : status;
}

nct_status nct_groups_put(struct nct_unit *unit, const char *provider, const struct nct_groups_record *groups) {
    return nct_unit_put(unit, &nct_type_groups, provider, strlen(provider), groups);
}

struct reading {
    const char *provider;
    struct nct_groups_record *groups;
};

static nct_status read(struct nct_unit *unit, void *argument) {
    const struct reading *reading = argument;
    return nct_groups_get(unit, reading->provider, reading->groups);
}

nct_status nct_groups_read(struct nct_portal *portal, const char *provider, struct nct_groups_record *groups) {
    struct reading reading = {provider, groups};
    return nct_unit_read(portal, read, &reading);
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
uint64_t nct_groups_rights(const struct nct_groups_record *groups, const struct nct_grant_record *grant) {
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
