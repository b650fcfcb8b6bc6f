/* Proposals of access that wait for a second person. */
#ifndef NCT_PORTAL_ACCESS_APPROVAL_H
#define NCT_PORTAL_ACCESS_APPROVAL_H

#include "engine/records/request_types.h"
#include "engine/records/types.h"

/* Whether a proposal waits: one of no role is settled, one past the profile's term has lapsed, and if the clock
 * went back, how long it waited cannot be told. */
int nct_proposal_waits(const struct nct_policy *policy, const struct nct_proposal_record *proposal, int64_t now);

#endif
