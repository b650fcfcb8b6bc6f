/* Who may have a role: the conditions a profile puts on it. */
#ifndef NCT_PORTAL_ACCESS_ROLE_CONDITIONS_H
#define NCT_PORTAL_ACCESS_ROLE_CONDITIONS_H

#include "portal/access/admit.h"

/*
 * Whether the subject of a wish, a person or zeros, meets the conditions of the role, with what they have at present.
 * NCT_OK; NCT_E_ROLE_BUILDS_ON, NCT_E_NOT_ON_RECORD, NCT_E_ROLE_TAKEN, in this order; or a failure. The unit has read
 * the provider's record before.
 */
nct_status nct_role_conditions(struct nct_unit *unit, const struct nct_access_wish *wish,
                               const unsigned char person[NCT_PERSON_ID], const struct nct_grant_record *present);

/* Whether a grant may not give the role; who has it already keeps it, on other terms. */
int nct_role_is_by_request(const struct nct_policy *policy, int32_t role, int32_t present);

#endif
