#include "commands/rights.h"

#include <nctracks/right.h>

#include "terminal/output.h"

/* Bit n of the mask is `first` + n. */
static json_t *names(const nct_policy *policy, int32_t first, uint64_t mask) {
    json_t *array = out_array();
    for (int32_t bit = 0; bit < NCT_RIGHT_COUNT; bit++) {
        const char *name = nct_right_name(policy, first + bit);
        if ((mask >> bit & 1) != 0 && name != NULL) {
            out_append(array, json_string(name));
        }
    }
    return array;
}

json_t *rights_names(const nct_policy *policy, uint64_t rights) {
    return names(policy, 0, rights);
}

json_t *rights_authorities(const nct_policy *policy, uint64_t authorities) {
    return names(policy, NCT_RIGHT_COUNT, authorities);
}
