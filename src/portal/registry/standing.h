/* The part of somebody's access that decides: their grant, the rights of its groups, the state of the provider. */
#ifndef NCT_PORTAL_REGISTRY_STANDING_H
#define NCT_PORTAL_REGISTRY_STANDING_H

#include "portal/registry/grant.h"

/* The standing of a grant, in the unit that read it. */
nct_status nct_standing_get(struct nct_unit *unit, const char *provider, const struct nct_grant_record *grant,
                            struct nct_standing *standing);

/* The standing of whoever uses an NCID, with their grant. Nobody has none. */
nct_status nct_standing_find(struct nct_unit *unit, const char *provider, const char *ncid,
                             struct nct_grant_record *grant, struct nct_standing *standing);

/* The same outside a unit of work, as it was at one moment. */
nct_status nct_standing_read(struct nct_portal *portal, const char *provider, const char *ncid,
                             struct nct_standing *standing);

/* nct_policy_decide() at the present time; the clock is read only where a validity asks for it. */
nct_status nct_standing_decide(const struct nct_portal *portal, const struct nct_standing *standing, int32_t right);

#endif
