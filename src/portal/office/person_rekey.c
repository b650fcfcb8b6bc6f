/* A person goes by another NCID: all that hangs on the one before follows. */
#include "portal/access/admit.h"
#include "portal/mail/outbox.h"
#include "portal/office/person_move.h"

#include <nctracks/office.h>

#include <stdio.h>
#include <string.h>

/* Both names, from now on: the new one is the person's, the other nobody's. */
static nct_status put_names(struct nct_unit *unit, const struct nct_moving *moving,
                            const unsigned char person[NCT_PERSON_ID], struct nct_person_record *record) {
    struct nct_ncid_record index = {.left = 0};
    memcpy(index.person, person, NCT_PERSON_ID);
    nct_status status = nct_move_leave(unit, moving, person);
    if (status == NCT_OK)
        status = nct_unit_put(unit, &nct_type_ncid, moving->to, strlen(moving->to), &index);
    memcpy(record->ncid, moving->to, sizeof record->ncid);
    memcpy(record->moving_from, moving->from, sizeof record->moving_from);
    record->changes++; /* ends a period of signing */
    return status == NCT_OK ? nct_unit_put(unit, &nct_type_person, person, NCT_PERSON_ID, record) : status;
}

static nct_status tell(struct nct_unit *unit, const struct nct_moving *moving,
                       const unsigned char person[NCT_PERSON_ID], const struct nct_person_record *record) {
    char detail[NCT_DETAIL_ROOM];
    snprintf(detail, sizeof detail, "before: %s; %s", moving->from, moving->reason);
    struct nct_note note = {
        .event = NCT_EVENT_PERSON_REKEYED, .actor = moving->actor, .subject = moving->to, .detail = detail};
    return nct_move_tell(unit, moving, NCT_MAIL_NCID_CHANGED, person, record, &note);
}

static int is_this_move(const struct nct_moving *moving, const struct nct_person_record *record) {
    return strcmp(record->ncid, moving->to) == 0 && strcmp(record->moving_from, moving->from) == 0;
}

/* The first commit; nothing for a move that broke off. The password was that of the account before, the PIN is the
 * person's. */
static nct_status begin(struct nct_unit *unit, void *argument) {
    const struct nct_moving *moving = argument;
    unsigned char person[NCT_PERSON_ID];
    struct nct_person_record record;
    nct_status status = nct_person_behind(unit, moving->from, person, &record);
    if (status != NCT_OK || is_this_move(moving, &record))
        return status;
    status = nct_person_find(unit, moving->from, person, &record);
    if (status == NCT_OK && record.moving_from[0] != '\0')
        status = NCT_E_STATE;
    if (status == NCT_OK)
        status = nct_ncid_check_free(unit, moving->to);
    if (status == NCT_OK)
        status = put_names(unit, moving, person, &record);
    if (status == NCT_OK)
        status = nct_move_end_secrets(unit, person, 0);
    return status == NCT_OK ? tell(unit, moving, person, &record) : status;
}

nct_status nct_person_rekey(nct_portal *portal, const char *operator_name, size_t operator_len, const char *reason,
                            size_t reason_len, const char *ncid, size_t ncid_len, const char *new_ncid,
                            size_t new_ncid_len) {
    const struct nct_move_words words = {operator_name, operator_len, reason,   reason_len,
                                         ncid,          ncid_len,     new_ncid, new_ncid_len};
    struct nct_moving moving;
    if (portal == NULL)
        return NCT_E_ARGUMENT;
    nct_status status = nct_move_take(&words, &moving);
    if (status == NCT_OK)
        status = nct_operate(portal, begin, &moving);
    if (status == NCT_OK)
        status = nct_move_providers(portal, &moving);
    return status == NCT_OK ? nct_move_finish(portal, &moving) : status;
}
