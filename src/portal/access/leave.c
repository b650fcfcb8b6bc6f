/* Giving up one's own access: nobody has to stay where somebody else added them. */
#include "engine/handle/arguments.h"
#include "portal/access/admit.h"
#include "portal/mail/notice.h"
#include "portal/mail/outbox.h"

#include <nctracks/access.h>

#include <string.h>

struct leaving {
    char ncid[NCT_NCID_ROOM];
    char provider[NCT_PROVIDER_ROOM];
};

/* The person, and who administers there: a place may have to be filled. */
static nct_status tell(struct nct_unit *unit, const struct leaving *leaving, const struct nct_person_record *record) {
    struct nct_audience audience;
    struct nct_mail_record mail = {.template_id = NCT_MAIL_ACCESS_LEFT};
    nct_audience_init(&audience, &unit->portal->seams.memory);
    nct_person_name(record, mail.name);
    memcpy(mail.ncid, leaving->ncid, sizeof leaving->ncid);
    memcpy(mail.provider, leaving->provider, sizeof leaving->provider);
    nct_status status = nct_audience_add_person(unit, record, NCT_ADDRESSES_ALL, &audience);
    if (status == NCT_OK)
        status =
            nct_audience_gather(unit, leaving->provider, NCT_PARTY_OFFICE_ADMINISTRATOR | NCT_PARTY_BACKUP, &audience);
    if (status == NCT_OK)
        status = nct_notice_stage(unit, &audience, &mail);
    nct_audience_free(&audience);
    return status;
}

static nct_status leave(struct nct_unit *unit, void *argument) {
    const struct leaving *leaving = argument;
    const struct nct_access_wish wish = {leaving->ncid, leaving->provider, leaving->ncid, NCT_ROLE_NONE, 0};
    const struct nct_grant_record none = {.role = NCT_ROLE_NONE};
    unsigned char person[NCT_PERSON_ID];
    struct nct_person_record record;
    struct nct_grant_record grant;
    nct_status status = nct_person_find(unit, leaving->ncid, person, &record);
    if (status == NCT_OK)
        status = nct_grant_get(unit, leaving->provider, person, &grant);
    if (status != NCT_OK)
        return status;
    if (grant.role == NCT_ROLE_NONE)
        return NCT_E_NOT_FOUND;
    if (grant.role == NCT_ROLE_OFFICE_ADMINISTRATOR)
        return nct_access_refuse(unit, NCT_EVENT_ACCESS_REFUSED, &wish, NCT_E_OFFICE_ADMINISTRATOR);
    status = tell(unit, leaving, &record); /* as they were before, the one who leaves too */
    return status == NCT_OK ? nct_access_change(unit, leaving->provider, person, &none, leaving->ncid) : status;
}

nct_status nct_access_leave(nct_portal *portal, const char *by, size_t by_len, const char *provider,
                            size_t provider_len) {
    struct leaving leaving;
    if (NCT_MISSING(portal))
        return NCT_E_ARGUMENT;
    nct_status status = nct_take_ncid(by, by_len, leaving.ncid);
    if (status == NCT_OK)
        status = nct_take_provider(provider, provider_len, leaving.provider);
    return status == NCT_OK ? nct_operate(portal, leave, &leaving) : status;
}
