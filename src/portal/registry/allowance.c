#include "portal/registry/allowance.h"

#define DAY INT64_C(86400000)

nct_status nct_allowance_use(struct nct_allowance *allowance, int64_t most, int64_t now) {
    int over = now - allowance->began_at >= DAY;
    uint64_t count = over ? 0 : allowance->count;
    if (count >= (uint64_t)most)
        return NCT_E_TOO_OFTEN;
    if (over || now < allowance->began_at)
        allowance->began_at = now;
    allowance->count = count + 1;
    return NCT_OK;
}

nct_status nct_person_ask(const struct nct_policy *policy, struct nct_person_record *record, enum nct_asked what,
                          int64_t now) {
    static const int32_t options[NCT_ASKED_COUNT] = {[NCT_ASKED_CONTACT] = NCT_OPTION_REQUESTS_CONTACT,
                                                     [NCT_ASKED_CONTACT_FOR] = NCT_OPTION_REQUESTS_CONTACT,
                                                     [NCT_ASKED_PIN] = NCT_OPTION_REQUESTS_PIN,
                                                     [NCT_ASKED_PIN_FOR] = NCT_OPTION_REQUESTS_PIN,
                                                     [NCT_ASKED_DRAFT] = NCT_OPTION_REQUESTS_DRAFT};
    return nct_allowance_use(&record->asked[what], nct_policy_option(policy, options[what]), now);
}
