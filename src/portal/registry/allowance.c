#include "portal/registry/allowance.h"
#include "base/about.h"

#define DAY INT64_C(86400000)

nct_status nct_allowance_use(const struct nct_policy *policy, int32_t option, struct nct_allowance *allowance,
                             int64_t now) {
    int64_t most = nct_policy_option(policy, option);
    int over = now - allowance->began_at >= DAY;
    uint64_t count = over ? 0 : allowance->count;
    if (count >= (uint64_t)most)
        return nct_about_word(NCT_E_TOO_OFTEN, NCT_ABOUT_RULE, nct_option_name(option), most);
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
    return nct_allowance_use(policy, options[what], &record->asked[what], now);
}
