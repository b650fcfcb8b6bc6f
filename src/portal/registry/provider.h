/* Provider records, within a unit of work. */
#ifndef NCT_PORTAL_REGISTRY_PROVIDER_H
#define NCT_PORTAL_REGISTRY_PROVIDER_H

#include "engine/unit/unit.h"

/* Reads a provider that is open to those who have access: NCT_OK; NCT_E_NOT_REGISTERED, also for one nobody knows;
 * NCT_E_TERMINATED; or a failure. */
nct_status nct_provider_open(struct nct_unit *unit, const char *provider, struct nct_provider_record *record);

/* Stages a record, and the name the provider is found by, see directory.h. The unit has read it, or it is new. */
nct_status nct_provider_put(struct nct_unit *unit, const char *provider, const struct nct_provider_record *record);

/* Whether there is an OA, or a backup OA, and whether it is this person. */
int nct_place_is_taken(const unsigned char place[NCT_PERSON_ID]);
int nct_place_is(const unsigned char place[NCT_PERSON_ID], const unsigned char person[NCT_PERSON_ID]);

#endif
