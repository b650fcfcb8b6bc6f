/* A person uses another NCID: all that hangs on them hangs on their id, and stays. */
#include "base/about.h"
#include "portal/mail/outbox.h"
#include "portal/office/person_absorb.h"
#include "portal/registry/person.h"

#include <nctracks/office.h>

#include <stdio.h>
#include <string.h>

/* The NCID leads to the person from now on. Who was named by it before anybody knew them was this person. */
static nct_status take_name(struct nct_unit *unit, const struct nct_renaming *renaming,
                            const unsigned char person[NCT_PERSON_ID]) {
    unsigned char named[NCT_PERSON_ID];
    struct nct_person_record record;
    nct_status status = nct_person_named(unit, renaming->to, named, &record);
    if (status == NCT_E_UNKNOWN_PERSON)
        return nct_ncid_give(unit, renaming->to, person);
    if (status == NCT_OK && !nct_person_is_name_only(&record))
        return nct_about_argument(NCT_E_NCID_TAKEN, "new_ncid");
    if (status == NCT_OK)
        status = nct_person_absorb(unit, renaming->actor, named, person);
    if (status == NCT_OK)
        status = nct_person_merge_into(unit, named, person);
    return status == NCT_OK ? nct_ncid_point(unit, renaming->to, person, 0) : status;
}

static nct_status tell(struct nct_unit *unit, const struct nct_renaming *renaming,
                       const unsigned char person[NCT_PERSON_ID]) {
    char detail[NCT_DETAIL_ROOM];
    snprintf(detail, sizeof detail, "before: %s; %s", renaming->from, renaming->reason);
    struct nct_note note = {
        .event = NCT_EVENT_PERSON_REKEYED, .actor = renaming->actor, .subject = renaming->to, .detail = detail};
    return nct_renaming_tell(unit, renaming, NCT_MAIL_NCID_CHANGED, person, &note);
}

/* The password was that of the account before, the PIN is the person's. */
static nct_status rekey(struct nct_unit *unit, void *argument) {
    const struct nct_renaming *renaming = argument;
    unsigned char person[NCT_PERSON_ID];
    struct nct_person_record record;
    nct_status status = nct_person_find(unit, renaming->from, person, &record);
    if (status == NCT_OK)
        status = take_name(unit, renaming, person);
    if (status == NCT_OK)
        status = nct_person_find(unit, renaming->from, person, &record); /* with what it took over */
    if (status != NCT_OK)
        return status;
    memcpy(record.ncid, renaming->to, sizeof record.ncid);
    record.changes++; /* ends a period of signing */
    status = nct_person_put(unit, person, &record);
    if (status == NCT_OK)
        status = nct_ncid_point(unit, renaming->from, person, 1);
    if (status == NCT_OK)
        status = nct_secrets_end(unit, person, 0);
    return status == NCT_OK ? tell(unit, renaming, person) : status;
}

nct_status nct_person_rekey(nct_portal *portal, const char *operator_name, size_t operator_name_len, const char *ncid,
                            size_t ncid_len, const char *new_ncid, size_t new_ncid_len, const char *reason,
                            size_t reason_len) {
    struct nct_renaming renaming;
    const struct nct_named_ncid from = {"ncid", ncid, ncid_len};
    const struct nct_named_ncid to = {"new_ncid", new_ncid, new_ncid_len};
    nct_status status =
        nct_renaming_take(portal, operator_name, operator_name_len, reason, reason_len, &from, &to, &renaming);
    return status == NCT_OK ? nct_operate(portal, rekey, &renaming) : status;
}
