/*
 * Groups of users: a name for rights at one provider. A grant says which groups somebody is in; what they may do is
 * looked up when it is asked, so a changed group holds at once.
 */
#ifndef NCT_PORTAL_REGISTRY_GROUPS_H
#define NCT_PORTAL_REGISTRY_GROUPS_H

#include "engine/unit/unit.h"

/* A provider's groups; one without any has a record of zeros. NCT_OK or a failure. */
nct_status nct_groups_get(struct nct_unit *unit, const char *provider, struct nct_groups_record *groups);
nct_status nct_groups_put(struct nct_unit *unit, const char *provider, const struct nct_groups_record *groups);

/* The same outside a unit of work. */
nct_status nct_groups_read(struct nct_portal *portal, const char *provider, struct nct_groups_record *groups);

/* The group of a name, or NULL. */
struct nct_group *nct_group_find(struct nct_groups_record *groups, const char *name);

/* The rights a grant has by its groups. */
uint64_t nct_groups_rights(const struct nct_groups_record *groups, const struct nct_grant_record *grant);

/* Whether a grant is in a group of this id, in any at all; joins and leaves. NCT_E_LIMIT when it is in too many. */
int nct_grant_is_in(const struct nct_grant_record *grant, uint64_t id);
int nct_grant_in_groups(const struct nct_grant_record *grant);
nct_status nct_grant_join(struct nct_grant_record *grant, uint64_t id);
void nct_grant_leave(struct nct_grant_record *grant, uint64_t id);

#endif
