/* Groups of users: making and ending them, joining and leaving. */
#include "base/utf8.h"
#include "engine/handle/arguments.h"
#include "portal/access/grant_list.h"
#include "portal/access/granting.h"
#include "portal/form/value.h"
#include "portal/mail/outbox.h"
#include "portal/registry/groups.h"

#include <nctracks/group.h>

#include <stdio.h>
#include <string.h>

/* What the units of work need. The subject of the granting is empty where a group itself is changed. */
struct grouping {
    struct nct_granting granting;
    char name[NCT_WORD_ROOM];
    uint64_t rights;
};

static nct_status take_name(const char *name, size_t len, char out[NCT_WORD_ROOM]) {
    if (NCT_MISSING(name))
        return NCT_E_ARGUMENT;
    nct_status status = nct_text_word(name, len, NCT_WORD_ROOM - 1);
    if (status == NCT_OK) {
        memcpy(out, name, len);
        out[len] = '\0';
    }
    return nct_about_argument(status, "name");
}

/* Where general users are given access by two people, nobody adds to it through a group; taking away needs one. */
static nct_status check_alone(const struct nct_policy *policy) {
    int by_two = nct_policy_by_two(policy, NCT_ROLE_USER);
    return by_two ? nct_about(NCT_E_SECOND_PERSON, NCT_ABOUT_ROLE, NCT_ROLE_USER) : NCT_OK;
}

/* Whether the one who acts may change a group to these rights. */
static nct_status check_may_set(struct nct_unit *unit, const struct grouping *grouping, const struct nct_group *group) {
    const struct nct_policy *policy = &unit->portal->policy;
    const struct nct_access_wish *wish = &grouping->granting.wish;
    struct nct_acting own;
    nct_status status = nct_access_authority(unit, wish->by, wish->provider, NCT_AUTHORITY_USER_ADMINISTRATION, &own);
    if (status != NCT_OK)
        return status;
    if (!nct_policy_role_manages(policy, own.grant.role, NCT_ROLE_USER))
        return nct_about(NCT_E_NOT_MANAGED, NCT_ABOUT_ROLE, NCT_ROLE_USER);
    if (group != NULL && nct_grant_is_in(&own.grant, group->id))
        return NCT_E_SELF_GRANT;
    status = nct_access_exceeds(policy, &own.standing, grouping->rights);
    if (status != NCT_OK)
        return status;
    uint64_t present = group != NULL ? group->rights : 0;
    return (grouping->rights & ~present) != 0 ? check_alone(policy) : NCT_OK;
}

/* A free place, with an id that was never given. NULL: there is none. */
static struct nct_group *add_group(struct nct_groups_record *groups, const char *name) {
    for (size_t i = 0; i < NCT_GROUPS_MAX; i++) {
        struct nct_group *group = &groups->list[i];
        if (group->id != 0)
            continue;
        *group = (struct nct_group){.id = ++groups->last_id};
        memcpy(group->name, name, strlen(name));
        return group;
    }
    return NULL;
}

/* Entries of grants name groups by their id, so these tell whose it is. */
static nct_status log_change(struct nct_unit *unit, const struct grouping *grouping, uint64_t id,
                             enum nct_event event) {
    const struct nct_access_wish *wish = &grouping->granting.wish;
    char detail[NCT_WORD_ROOM + 64];
    int len = snprintf(detail, sizeof detail, "%s, group %llu", grouping->name, (unsigned long long)id);
    if (event == NCT_EVENT_GROUP_SET)
        snprintf(detail + len, sizeof detail - (size_t)len, ", rights %016llx", (unsigned long long)grouping->rights);
    struct nct_stream stream = nct_stream_of_provider(wish->provider);
    struct nct_note note = {.event = event, .actor = wish->by, .provider = wish->provider, .detail = detail};
    struct nct_person_record record;
    unsigned char person[NCT_PERSON_ID];
    nct_status status = nct_person_find(unit, wish->by, person, &record);
    if (status == NCT_OK)
        status = nct_grant_use(unit, wish->provider, person);
    return status == NCT_OK ? nct_ledger_append(unit, &stream, &note) : status;
}

static nct_status set_group(struct nct_unit *unit, const struct grouping *grouping) {
    const char *provider = grouping->granting.provider;
    struct nct_groups_record groups;
    nct_status status = nct_groups_get(unit, provider, &groups);
    struct nct_group *group = nct_group_find(&groups, grouping->name);
    if (status == NCT_OK)
        status = check_may_set(unit, grouping, group);
    if (status != NCT_OK)
        return status;
    if (group == NULL)
        group = add_group(&groups, grouping->name);
    if (group == NULL)
        return NCT_E_LIMIT;
    group->rights = grouping->rights;
    status = nct_groups_put(unit, provider, &groups);
    return status == NCT_OK ? log_change(unit, grouping, group->id, NCT_EVENT_GROUP_SET) : status;
}

static nct_status remove_group(struct nct_unit *unit, const struct grouping *grouping) {
    const char *provider = grouping->granting.provider;
    struct nct_groups_record groups;
    nct_status status = nct_groups_get(unit, provider, &groups);
    struct nct_group *group = nct_group_find(&groups, grouping->name);
    if (status == NCT_OK)
        status = check_may_set(unit, grouping, group);
    if (status == NCT_OK && group == NULL)
        status = nct_about_argument(NCT_E_NOT_FOUND, "name");
    if (status != NCT_OK)
        return status;
    uint64_t id = group->id;
    *group = (struct nct_group){0};
    status = nct_groups_put(unit, provider, &groups);
    return status == NCT_OK ? log_change(unit, grouping, id, NCT_EVENT_GROUP_REMOVED) : status;
}

/* Finds the group and the person's grant, and asks the rules for a change of access with these rights. */
static nct_status find_member(struct nct_unit *unit, struct grouping *grouping, int joins, struct nct_group *group,
                              unsigned char person[NCT_PERSON_ID], struct nct_grant_record *grant) {
    struct nct_access_wish *wish = &grouping->granting.wish;
    struct nct_groups_record groups;
    nct_status status = nct_groups_get(unit, wish->provider, &groups);
    if (status != NCT_OK)
        return status;
    const struct nct_group *found = nct_group_find(&groups, grouping->name);
    wish->role = joins ? NCT_ROLE_USER : NCT_ROLE_NONE; /* conditions are for being given something */
    wish->rights = joins && found != NULL ? found->rights : 0;
    status = nct_access_may_change(unit, wish, person, grant);
    if (status == NCT_OK && (found == NULL || grant->role == NCT_ROLE_NONE))
        status = nct_about_argument(NCT_E_NOT_FOUND, found == NULL ? "name" : "ncid");
    if (status == NCT_OK && grant->role != NCT_ROLE_USER)
        status = nct_about(NCT_E_STATE, NCT_ABOUT_ROLE, grant->role);
    if (status == NCT_OK)
        *group = *found;
    return status;
}

static nct_status join(struct nct_unit *unit, struct grouping *grouping) {
    const struct nct_access_wish *wish = &grouping->granting.wish;
    struct nct_group group;
    unsigned char person[NCT_PERSON_ID];
    struct nct_grant_record grant;
    nct_status status = find_member(unit, grouping, 1, &group, person, &grant);
    if (status == NCT_OK && nct_grant_is_in(&grant, group.id))
        return NCT_OK;
    if (status == NCT_OK)
        status = check_alone(&unit->portal->policy);
    if (status == NCT_OK)
        status = nct_grant_join(&grant, group.id);
    return status == NCT_OK ? nct_access_give(unit, wish->provider, person, &grant, wish->by) : status;
}

static nct_status leave(struct nct_unit *unit, struct grouping *grouping) {
    const struct nct_access_wish *wish = &grouping->granting.wish;
    struct nct_group group;
    unsigned char person[NCT_PERSON_ID];
    struct nct_grant_record grant;
    nct_status status = find_member(unit, grouping, 0, &group, person, &grant);
    if (status == NCT_OK && !nct_grant_is_in(&grant, group.id))
        status = nct_about_argument(NCT_E_NOT_FOUND, "name");
    if (status != NCT_OK)
        return status;
    nct_grant_leave(&grant, group.id);
    return nct_access_give(unit, wish->provider, person, &grant, wish->by);
}

static nct_status or_refuse(struct nct_unit *unit, const struct grouping *grouping, nct_status status) {
    const struct nct_access_wish *wish = &grouping->granting.wish;
    return status == NCT_OK ? status : nct_access_refuse(unit, NCT_EVENT_ACCESS_REFUSED, wish, status);
}

static nct_status set_or_refuse(struct nct_unit *unit, void *argument) {
    return or_refuse(unit, argument, set_group(unit, argument));
}

static nct_status remove_or_refuse(struct nct_unit *unit, void *argument) {
    return or_refuse(unit, argument, remove_group(unit, argument));
}

static nct_status join_or_refuse(struct nct_unit *unit, void *argument) {
    return or_refuse(unit, argument, join(unit, argument));
}

static nct_status leave_or_refuse(struct nct_unit *unit, void *argument) {
    return or_refuse(unit, argument, leave(unit, argument));
}

static nct_status take_rights(const nct_portal *portal, const char *rights, size_t rights_len, uint64_t *mask) {
    *mask = 0;
    if (rights_len == 0)
        return NCT_OK;
    nct_status status = rights != NULL ? nct_value_rights(&portal->policy, rights, rights_len, mask) : NCT_E_ARGUMENT;
    return nct_about_argument(status, "rights");
}

/* A group itself has no subject. */
static nct_status change_group(nct_portal *portal, const char *by, size_t by_len, const char *provider,
                               size_t provider_len, const char *name, size_t name_len, const char *rights,
                               size_t rights_len, nct_unit_function *function) {
    struct grouping grouping = {.rights = 0};
    nct_status status = nct_granting_names(portal, by, by_len, provider, provider_len, by, by_len, &grouping.granting);
    grouping.granting.wish.ncid = NULL;
    if (status == NCT_OK)
        status = take_name(name, name_len, grouping.name);
    if (status == NCT_OK)
        status = take_rights(portal, rights, rights_len, &grouping.rights);
    return status == NCT_OK ? nct_operate(portal, function, &grouping) : status;
}

nct_status nct_group_set(nct_portal *portal, const char *by, size_t by_len, const char *provider, size_t provider_len,
                         const char *name, size_t name_len, const char *rights, size_t rights_len) {
    return change_group(portal, by, by_len, provider, provider_len, name, name_len, rights, rights_len, set_or_refuse);
}

nct_status nct_group_remove(nct_portal *portal, const char *by, size_t by_len, const char *provider,
                            size_t provider_len, const char *name, size_t name_len) {
    return change_group(portal, by, by_len, provider, provider_len, name, name_len, NULL, 0, remove_or_refuse);
}

static nct_status change_member(nct_portal *portal, const char *by, size_t by_len, const char *provider,
                                size_t provider_len, const char *name, size_t name_len, const char *ncid,
                                size_t ncid_len, nct_unit_function *function) {
    struct grouping grouping = {.rights = 0};
    nct_status status =
        nct_granting_names(portal, by, by_len, provider, provider_len, ncid, ncid_len, &grouping.granting);
    if (status == NCT_OK)
        status = take_name(name, name_len, grouping.name);
    return status == NCT_OK ? nct_operate(portal, function, &grouping) : status;
}

nct_status nct_group_join(nct_portal *portal, const char *by, size_t by_len, const char *provider, size_t provider_len,
                          const char *ncid, size_t ncid_len, const char *name, size_t name_len) {
    return change_member(portal, by, by_len, provider, provider_len, name, name_len, ncid, ncid_len, join_or_refuse);
}

nct_status nct_group_leave(nct_portal *portal, const char *by, size_t by_len, const char *provider, size_t provider_len,
                           const char *ncid, size_t ncid_len, const char *name, size_t name_len) {
    return change_member(portal, by, by_len, provider, provider_len, name, name_len, ncid, ncid_len, leave_or_refuse);
}

static nct_status is_member(struct nct_unit *unit, const struct nct_grant_item *item, const void *argument) {
    const uint64_t *id = argument;
    (void)unit;
    return nct_grant_is_in(&item->grant, *id) ? NCT_OK : NCT_E_NOT_PROVISIONED;
}

nct_status nct_group_members(nct_portal *portal, const char *provider, size_t provider_len, const char *name,
                             size_t name_len, const char *after, size_t after_len, size_t limit, nct_grant_list **out) {
    char id[NCT_PROVIDER_ROOM];
    char word[NCT_WORD_ROOM];
    struct nct_groups_record groups;
    if (out != NULL)
        *out = NULL;
    if (NCT_MISSING(portal) || NCT_MISSING(out))
        return NCT_E_ARGUMENT;
    nct_status status = nct_take_provider(provider, provider_len, id);
    if (status == NCT_OK)
        status = take_name(name, name_len, word);
    if (status == NCT_OK)
        status = nct_groups_read(portal, id, &groups);
    if (status != NCT_OK)
        return status;
    const struct nct_group *group = nct_group_find(&groups, word);
    if (group == NULL)
        return NCT_E_NOT_FOUND;
    struct nct_grant_filter filter = {is_member, &group->id};
    return nct_grants_by_provider(portal, provider, provider_len, after, after_len, limit, &filter, out);
}

struct nct_group_list {
    struct nct_memory memory;
    size_t count;
    struct nct_group items[NCT_GROUPS_MAX];
};

nct_status nct_group_list_by_provider(nct_portal *portal, const char *provider, size_t provider_len,
                                      nct_group_list **out) {
    char id[NCT_PROVIDER_ROOM];
    struct nct_groups_record groups;
    if (out != NULL)
        *out = NULL;
    if (NCT_MISSING(portal) || NCT_MISSING(out))
        return NCT_E_ARGUMENT;
    nct_status status = nct_take_provider(provider, provider_len, id);
    if (status == NCT_OK)
        status = nct_groups_read(portal, id, &groups);
    if (status != NCT_OK)
        return status;
    struct nct_group_list *list = nct_memory_take(&portal->seams.memory, sizeof *list);
    if (list == NULL)
        return NCT_E_NO_MEMORY;
    list->memory = portal->seams.memory;
    for (size_t i = 0; i < NCT_GROUPS_MAX; i++)
        if (groups.list[i].id != 0)
            list->items[list->count++] = groups.list[i];
    *out = list;
    return NCT_OK;
}

void nct_group_list_free(nct_group_list *list) {
    if (list == NULL)
        return;
    struct nct_memory memory = list->memory;
    nct_memory_give(&memory, list);
}

size_t nct_group_list_count(const nct_group_list *list) {
    return list != NULL ? list->count : 0;
}

const char *nct_group_list_name(const nct_group_list *list, size_t index) {
    return index < nct_group_list_count(list) ? list->items[index].name : NULL;
}

uint64_t nct_group_list_rights(const nct_group_list *list, size_t index) {
    return index < nct_group_list_count(list) ? list->items[index].rights : 0;
}
