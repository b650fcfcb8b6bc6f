#include "portal/access/contest.h"

#include "engine/records/request_types.h"
#include "portal/mail/notice.h"
#include "portal/mail/outbox.h"
#include "portal/registry/work_index.h"

#include <string.h>

static nct_status tell(struct nct_unit *unit, const struct nct_person_record *record, const char *typed,
                       const char *provider) {
    struct nct_mail_record about = {.template_id = NCT_MAIL_CONTACT_CONTESTED};
    struct nct_audience audience;
    nct_audience_init(&audience, &unit->portal->seams.memory);
    memcpy(about.ncid, record->ncid, sizeof record->ncid);
    memcpy(about.provider, provider, strlen(provider));
    nct_status status = nct_audience_add_person(unit, record, NCT_ADDRESSES_ALL, &audience);
    if (status == NCT_OK)
        status = nct_audience_add(&audience, "", typed, "");
    if (status == NCT_OK)
        status = nct_notice_stage(unit, &audience, &about);
    nct_audience_free(&audience);
    return status;
}

/* The one typed waits in the place of what waited; its token is zero, which no token hashes to. */
static nct_status put_waiting(struct nct_unit *unit, const unsigned char person[NCT_PERSON_ID],
                              struct nct_person_record *record, const char *typed, const char *actor) {
    struct nct_contact_record waiting;
    nct_status status = nct_unit_get(unit, &nct_type_contact, person, NCT_PERSON_ID, &waiting);
    if (status == NCT_OK && waiting.number != record->contact)
        return nct_unit_explain_mismatch(unit, &nct_type_person, person, NCT_PERSON_ID);
    if (status == NCT_OK)
        status = nct_outbox_withdraw(unit, waiting.mail);
    if (status != NCT_OK && status != NCT_E_NOT_FOUND)
        return status;
    waiting = (struct nct_contact_record){.number = ++record->contact, .requested_at = unit->now};
    memcpy(waiting.email, typed, strlen(typed));
    if (strchr(actor, ':') == NULL) /* an NCID; an operator is named by the ledger */
        memcpy(waiting.requested_by, actor, strlen(actor));
    struct nct_due_item work = nct_work_of_person(person);
    record->contested_at = unit->now;
    record->changes++; /* ends a period of signing */
    status = nct_unit_put(unit, &nct_type_contact, person, NCT_PERSON_ID, &waiting);
    if (status == NCT_OK)
        status = nct_work_move(unit, &work, unit->now);
    return status == NCT_OK ? nct_unit_put(unit, &nct_type_person, person, NCT_PERSON_ID, record) : status;
}

nct_status nct_contest_address(struct nct_unit *unit, const unsigned char person[NCT_PERSON_ID], const char *typed,
                               const struct nct_note *occasion, int *contested) {
    struct nct_person_record record;
    struct nct_stream own = nct_stream_of_person(person);
    struct nct_stream provider = nct_stream_of_provider(occasion->provider);
    nct_status status = nct_unit_get(unit, &nct_type_person, person, NCT_PERSON_ID, &record);
    *contested = status == NCT_OK && record.contested_at != 0;
    if (status != NCT_OK || typed[0] == '\0' || strcmp(typed, record.email) == 0)
        return status;
    if (!*contested) /* else the first one stays, until it is settled */
        status = put_waiting(unit, person, &record, typed, occasion->actor);
    if (status == NCT_OK && !*contested)
        status = tell(unit, &record, typed, occasion->provider);
    *contested = 1;
    if (status == NCT_OK)
        status = nct_ledger_append(unit, &own, occasion);
    return status == NCT_OK ? nct_ledger_append(unit, &provider, occasion) : status;
}
