/* A step of the re-verification calendar, with what the agency has under review. */
#include "portal/due/reverification.h"

#include "portal/application/under_review.h"

#include <nctracks/provider.h>

#include <string.h>

nct_status nct_reverification_settle(struct nct_unit *unit, const struct nct_due_item *item, const char *actor,
                                     int32_t *done) {
    const char *provider = item->provider;
    size_t key_len = strlen(provider);
    struct nct_provider_record record;
    struct nct_reverify_review review = {0};
    nct_status status = nct_unit_get(unit, &nct_type_provider, provider, key_len, &record);
    if (status != NCT_OK || record.reverify_next != item->time)
        return status == NCT_E_NOT_FOUND ? NCT_OK : status;
    *done = record.state != NCT_PROVIDER_TERMINATED;
    if (nct_reverify_asks(unit, &record))
        status = nct_application_under_review(unit, provider, record.reverify_at, &review);
    if (status == NCT_OK)
        status = nct_reverify_step(unit, provider, &record, &review, actor);
    return status == NCT_OK ? nct_unit_put(unit, &nct_type_provider, provider, key_len, &record) : status;
}
