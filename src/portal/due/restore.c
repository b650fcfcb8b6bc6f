/* Putting back what somebody took out of the indices of due work and of the agency's: the records say what belongs
 * there. */
#include "engine/handle/arguments.h"
#include "engine/records/request_types.h"
#include "engine/unit/fetch.h"
#include "portal/application/state.h"
#include "portal/provider/reverify.h"
#include "portal/work/work.h"

#include <nctracks/due.h>

#include <stdio.h>
#include <string.h>

#define APPLICATIONS_A_COMMIT 100

/* What one unit of work looks at: first the provider itself, then its applications page by page. */
struct restoring {
    char provider[NCT_PROVIDER_ROOM];
    char actor[NCT_ACTOR_ROOM];
    unsigned char after[NCT_APPLICATION_KEY_MAX]; /* the last application of the units before */
    size_t after_len;
    unsigned char last[NCT_APPLICATION_KEY_MAX]; /* ... of this one */
    size_t last_len;
    int more;
    size_t restored; /* by this unit */
};

static nct_status restore_row(struct nct_unit *unit, const struct nct_due_item *item, size_t *restored) {
    return item->time != 0 ? nct_due_restore_row(unit, item, restored) : NCT_OK;
}

static nct_status restore_calendar(struct nct_unit *unit, struct restoring *restoring) {
    struct nct_provider_record record;
    const char *provider = restoring->provider;
    nct_status status = nct_unit_get(unit, &nct_type_provider, provider, strlen(provider), &record);
    struct nct_due_item item = nct_reverify_item(provider, &record);
    return status == NCT_OK ? restore_row(unit, &item, &restoring->restored) : status;
}

/* Requests for another OA and another account; lapsed ones wait no longer. */
static nct_status restore_requests(struct nct_unit *unit, struct restoring *restoring) {
    static const int32_t kinds[] = {NCT_WORK_OA_CHANGE, NCT_WORK_EFT_CHANGE};
    nct_status status = NCT_OK;
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0] && status == NCT_OK; i++) {
        struct nct_work_item item = {.at = nct_work_of_provider(kinds[i], restoring->provider)};
        status = nct_work_read(unit, &item);
        if (status == NCT_OK)
            status = nct_work_restore_row(unit, &item.at, &restoring->restored);
    }
    return status;
}

static nct_status restore_application(struct nct_unit *unit, struct restoring *restoring,
                                      const struct nct_page_row *row) {
    struct nct_application_at application;
    size_t prefix = strlen(restoring->provider) + 1;
    if (row->key_len != prefix + NCT_APPLICATION_ID)
        return NCT_E_INTEGRITY;
    memcpy(application.provider, restoring->provider, sizeof application.provider);
    memcpy(application.id, row->key + prefix, NCT_APPLICATION_ID);
    memcpy(restoring->last, row->key, row->key_len);
    restoring->last_len = row->key_len;
    uint64_t revision = 0;
    nct_status status = nct_application_read_at(unit, &application, &revision);
    struct nct_due_item item = nct_application_item(&application);
    struct nct_due_item work = nct_application_work(&application);
    if (status == NCT_OK)
        status = restore_row(unit, &item, &restoring->restored);
    return status == NCT_OK ? nct_work_restore_row(unit, &work, &restoring->restored) : status;
}

static nct_status restore_applications(struct nct_unit *unit, struct restoring *restoring) {
    struct nct_page page;
    nct_status status =
        nct_fetch_page(unit->portal, &nct_type_application, restoring->provider, strlen(restoring->provider) + 1,
                       restoring->after, restoring->after_len, APPLICATIONS_A_COMMIT, &page);
    for (size_t i = 0; i < page.count && status == NCT_OK; i++)
        status = restore_application(unit, restoring, &page.rows[i]);
    restoring->more = page.count == APPLICATIONS_A_COMMIT;
    nct_page_free(&page);
    return status;
}

static nct_status tell(struct nct_unit *unit, const struct restoring *restoring) {
    char detail[32];
    snprintf(detail, sizeof detail, "%zu", restoring->restored);
    struct nct_stream stream = nct_stream_of_provider(restoring->provider);
    struct nct_note note = {
        .event = NCT_EVENT_DUE_RESTORED, .actor = restoring->actor, .provider = restoring->provider, .detail = detail};
    return nct_ledger_append(unit, &stream, &note);
}

static nct_status restore(struct nct_unit *unit, void *argument) {
    struct restoring *restoring = argument;
    restoring->restored = 0;
    nct_status status = restore_calendar(unit, restoring);
    if (status == NCT_OK)
        status = restore_requests(unit, restoring);
    if (status == NCT_OK)
        status = restore_applications(unit, restoring);
    return status == NCT_OK && restoring->restored > 0 ? tell(unit, restoring) : status;
}

nct_status nct_due_restore(nct_portal *portal, const char *operator_name, size_t operator_name_len,
                           const char *provider, size_t provider_len, size_t *restored) {
    struct restoring restoring = {.more = 1};
    size_t total = 0;
    if (restored != NULL)
        *restored = 0;
    if (NCT_MISSING(portal))
        return NCT_E_ARGUMENT;
    nct_status status = nct_take_operator(operator_name, operator_name_len, restoring.actor);
    if (status == NCT_OK)
        status = nct_take_provider(provider, provider_len, restoring.provider);
    while (status == NCT_OK && restoring.more) {
        status = nct_unit_run(portal, restore, &restoring, NULL);
        total += status == NCT_OK ? restoring.restored : 0;
        memcpy(restoring.after, restoring.last, sizeof restoring.after);
        restoring.after_len = restoring.last_len;
    }
    if (status == NCT_OK && restored != NULL)
        *restored = total;
    return status;
}
