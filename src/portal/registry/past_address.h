/* The addresses somebody had: for some days they are told what a thief of the present one would be after. */
#ifndef NCT_PORTAL_REGISTRY_PAST_ADDRESS_H
#define NCT_PORTAL_REGISTRY_PAST_ADDRESS_H

#include "engine/records/types.h"

/* So many may go by the person's own requests; the rest is room for an operator, who puts right what a thief did. */
#define NCT_PAST_ADDRESSES_OWN (NCT_PAST_ADDRESSES / 2)

/* Whether an address is still told, under the profile's term. One of a clock that went back is. */
int nct_past_address_counts(const struct nct_policy *policy, const struct nct_past_address *past, int64_t now);

/*
 * Puts another address in the place of the present one, which joins those before. NCT_OK; NCT_E_TOO_OFTEN, nothing
 * changed, when more than `most` would have to be told: none is forgotten before its time.
 */
nct_status nct_past_address_change(const struct nct_policy *policy, struct nct_person_record *record,
                                   const char *address, int64_t now, size_t most);

#endif
