/* Changing access: what the operations of access.h and their rehearsal share. */
#ifndef NCT_PORTAL_ACCESS_GRANTING_H
#define NCT_PORTAL_ACCESS_GRANTING_H

#include "portal/access/admit.h"

/* A change as asked for; names canonical. The wish points into the names. */
struct nct_granting {
    char by[NCT_NCID_ROOM];
    char provider[NCT_PROVIDER_ROOM];
    char ncid[NCT_NCID_ROOM];
    struct nct_access_wish wish;
    struct nct_grant_record grant; /* of no role: a revocation */
    int seconded;                  /* a second person confirmed it */
    struct nct_drafts drafts;      /* of a grant; see nct_drafts_init() */
};

/* Takes the three names, and what is to be granted. NCT_OK, NCT_E_ARGUMENT or a status of the value range. */
nct_status nct_granting_names(struct nct_portal *portal, const char *by, size_t by_len, const char *provider,
                              size_t provider_len, const char *ncid, size_t ncid_len, struct nct_granting *granting);
nct_status nct_granting_terms(struct nct_portal *portal, int32_t role, uint64_t rights, int64_t valid_from,
                              int64_t valid_until, struct nct_granting *granting);

/* Makes the grant, or ends it, if the rules allow it; a refusal is left to the caller. */
nct_status nct_grant_if_allowed(struct nct_unit *unit, struct nct_granting *granting);
nct_status nct_revoke_if_allowed(struct nct_unit *unit, struct nct_granting *granting);

/* Units of work over a struct nct_granting. */
nct_status nct_grant_or_refuse(struct nct_unit *unit, void *argument);
nct_status nct_revoke_or_refuse(struct nct_unit *unit, void *argument);

#endif
