#include "portal/application/under_review.h"

#include "engine/unit/look.h"
#include "policy/submissions.h"
#include "portal/application/state.h"

#include <string.h>

struct looking {
    const char *provider;
    int64_t deadline;
    struct nct_reverify_review *review;
};

/* Complete is what waits for nobody but the agency; see nct_application_advance(). */
static void judge(const struct nct_application_record *record, const struct looking *looking) {
    int open = record->complete_at != 0 && !nct_machine_final(record->kind, record->state);
    if (!open)
        return;
    if (nct_submission_is(record->kind, NCT_TRAIT_CHANGES))
        looking->review->change = 1;
    else if (nct_submission_is(record->kind, NCT_TRAIT_VERIFIES) && record->complete_at <= looking->deadline)
        looking->review->in_time = 1;
}

static nct_status visit(struct nct_unit *unit, const struct nct_page_row *row, void *argument) {
    const struct looking *looking = argument;
    struct nct_application_at application = {0};
    uint64_t revision = 0;
    size_t prefix = strlen(looking->provider) + 1;
    if (row->key_len != prefix + NCT_APPLICATION_ID)
        return NCT_E_INTEGRITY;
    memcpy(application.provider, looking->provider, prefix);
    memcpy(application.id, row->key + prefix, NCT_APPLICATION_ID);
    nct_status status = nct_application_read_at(unit, &application, &revision);
    if (status == NCT_OK)
        judge(&application.record, looking);
    return status == NCT_E_UNSUPPORTED ? NCT_OK : status; /* of a later version */
}

nct_status nct_application_under_review(struct nct_unit *unit, const char *provider, int64_t deadline,
                                        struct nct_reverify_review *review) {
    struct looking looking = {provider, deadline, review};
    memset(review, 0, sizeof *review);
    return nct_look(unit, &nct_type_application, provider, strlen(provider) + 1, visit, &looking);
}
