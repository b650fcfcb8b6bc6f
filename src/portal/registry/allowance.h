/* What may be asked for so many times a day: each time tells somebody, and must not become a nuisance or a weapon. */
#ifndef NCT_PORTAL_REGISTRY_ALLOWANCE_H
#define NCT_PORTAL_REGISTRY_ALLOWANCE_H

#include "engine/records/types.h"

/* Counts one more of what an option bounds; the caller puts the record it is in. NCT_OK, or NCT_E_TOO_OFTEN with
 * nothing counted. A day begins with the first and lasts 24 hours; if the clock went back, it begins anew with what was
 * counted.
 */
nct_status nct_allowance_use(const struct nct_policy *policy, int32_t option, struct nct_allowance *allowance,
                             int64_t now);

/* The same for a request about a person: what they ask for and what administrators ask for is counted apart, so that
 * neither keeps the other from it. Operators are not counted. */
nct_status nct_person_ask(const struct nct_policy *policy, struct nct_person_record *record, enum nct_asked what,
                          int64_t now);

#endif
