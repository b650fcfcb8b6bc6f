#include "portal/registry/past_address.h"
#include "base/about.h"

#include <string.h>

int nct_past_address_counts(const struct nct_policy *policy, const struct nct_past_address *past, int64_t now) {
    int64_t window = policy->profile.terms[NCT_TERM_ADDRESS_DAYS] * INT64_C(86400000);
    return past->email[0] != '\0' && now - past->until < window;
}

/* What was left later than now was left by a clock that went back: its days begin anew. */
static struct nct_past_address dated(const struct nct_past_address *past, int64_t now) {
    struct nct_past_address address = *past;
    if (address.until > now)
        address.until = now;
    return address;
}

nct_status nct_past_address_change(const struct nct_policy *policy, struct nct_person_record *record,
                                   const char *address, int64_t now, size_t most) {
    struct nct_past_address kept[NCT_PAST_ADDRESSES] = {{.until = now}};
    size_t count = 1;
    memcpy(kept[0].email, record->email, sizeof kept[0].email);
    for (size_t i = 0; i < NCT_PAST_ADDRESSES; i++) {
        const struct nct_past_address *past = &record->past[i];
        if (!nct_past_address_counts(policy, past, now) || strcmp(past->email, record->email) == 0 ||
            strcmp(past->email, address) == 0)
            continue;
        if (count >= most)
            return nct_about_argument(NCT_E_TOO_OFTEN, "email");
        kept[count++] = dated(past, now);
    }
    memcpy(record->past, kept, sizeof kept);
    memset(record->email, 0, sizeof record->email);
    memcpy(record->email, address, strlen(address));
    return NCT_OK;
}
