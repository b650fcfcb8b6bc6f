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

/* Takes the three names: of who acts, the provider and the person. NCT_OK, NCT_E_ARGUMENT or a status of the value
 * range. */
nct_status nct_granting_names(struct nct_portal *portal, const char *by, size_t by_len, const char *provider,
                              size_t provider_len, const char *ncid, size_t ncid_len, struct nct_granting *granting);

/* The same with the person, and what is to be granted, from a form of a kind. Also NCT_E_PROBLEMS. */
nct_status nct_granting_form(const struct nct_form *form, int32_t kind, const char *by, size_t by_len,
                             const char *provider, size_t provider_len, struct nct_granting *granting,
                             nct_problems **problems);

/* The outcome for whoever filled the form in: what is about one of its fields is a problem of that field. */
nct_status nct_granting_answer(const struct nct_form *form, nct_status status, nct_problems **problems);

/* Whether a grant's validity has ended: none is given that has. */
int nct_grant_is_over(const struct nct_grant_record *grant, int64_t now);

/* Makes the grant, or ends it, if the rules allow it; a refusal is left to the caller. */
nct_status nct_grant_if_allowed(struct nct_unit *unit, struct nct_granting *granting);
nct_status nct_revoke_if_allowed(struct nct_unit *unit, struct nct_granting *granting);

/* Units of work over a struct nct_granting. */
nct_status nct_grant_or_refuse(struct nct_unit *unit, void *argument);
nct_status nct_revoke_or_refuse(struct nct_unit *unit, void *argument);

#endif
