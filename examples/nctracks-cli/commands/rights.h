/** Rights and authorities by their names. */
#ifndef NCTRACKS_CLI_RIGHTS_H
#define NCTRACKS_CLI_RIGHTS_H

#include <nctracks/access.h>

#include "cli.h"

/** Names of the rights in a mask, a new array. */
json_t *rights_names(const nct_policy *policy, uint64_t rights);
/** Names of the authorities in a mask, in which bit n is authority 64 + n; a new array. */
json_t *rights_authorities(const nct_policy *policy, uint64_t authorities);

#endif
