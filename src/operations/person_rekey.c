/* A person goes by another NCID: all that hangs on the one before follows. */
#include "operations/arguments.h"
#include "operations/people.h"
#include "services/outbox.h"
#include "services/principals.h"

#include <nctracks/office.h>

#include <sodium.h>
#include <stdio.h>
#include <string.h>

#define PAGE 20

/* A move at work. */
struct moving {
    char actor[NCT_ACTOR_ROOM];
    char reason[NCT_NAME_ROOM];
    char from[NCT_NCID_ROOM];
    char to[NCT_NCID_ROOM];
    const struct nct_pair_page *page;
};

/* The library's own password was that of the account before. The PIN is the person's. */
static nct_status end_password(struct nct_unit *unit, const unsigned char person[NCT_PERSON_ID]) {
    struct nct_credential credential;
    nct_status status = nct_unit_get(unit, &nct_type_credential, person, NCT_PERSON_ID, &credential);
    if (status == NCT_OK) {
        credential.password = (struct nct_factor){.generation = credential.password.generation + 1};
        status = nct_unit_put(unit, &nct_type_credential, person, NCT_PERSON_ID, &credential);
    }
    sodium_memzero(&credential, sizeof credential);
    return status == NCT_E_NOT_FOUND ? NCT_OK : status;
}

static nct_status tell(struct nct_unit *unit, const struct moving *moving, const struct nct_person_record *record,
                       const unsigned char person[NCT_PERSON_ID]) {
    char detail[NCT_DETAIL_ROOM];
    unsigned char id[NCT_MAIL_ID];
    struct nct_mail_record mail = {.template_id = NCT_MAIL_NCID_CHANGED};
    struct nct_stream stream = nct_stream_of_person(person);
    snprintf(detail, sizeof detail, "before: %s; %s", moving->from, moving->reason);
    struct nct_note note = {
        .event = NCT_EVENT_PERSON_REKEYED, .actor = moving->actor, .subject = moving->to, .detail = detail};
    nct_person_name(record, mail.name);
    memcpy(mail.recipient_name, mail.name, sizeof mail.name);
    memcpy(mail.recipient_address, record->email, sizeof record->email);
    memcpy(mail.ncid, moving->to, sizeof moving->to);
    memcpy(mail.language, record->language, sizeof record->language);
    nct_status status = nct_outbox_stage(unit, &mail, id);
    return status == NCT_OK ? nct_ledger_append(unit, &stream, &note) : status;
}

/* Both names, from now on: the new one is the person's, the other nobody's. */
static nct_status put_names(struct nct_unit *unit, const struct moving *moving,
                            const unsigned char person[NCT_PERSON_ID], struct nct_person_record *record) {
    struct nct_ncid_record index = {.left = 1};
    memcpy(index.person, person, NCT_PERSON_ID);
    nct_status status = nct_unit_put(unit, &nct_type_ncid, moving->from, strlen(moving->from), &index);
    index.left = 0;
    if (status == NCT_OK)
        status = nct_unit_put(unit, &nct_type_ncid, moving->to, strlen(moving->to), &index);
    memcpy(record->ncid, moving->to, sizeof record->ncid);
    memcpy(record->moving_from, moving->from, sizeof record->moving_from);
    record->changes++; /* ends a period of signing */
    return status == NCT_OK ? nct_unit_put(unit, &nct_type_person, person, NCT_PERSON_ID, record) : status;
}

static int is_this_move(const struct moving *moving, const struct nct_person_record *record) {
    return strcmp(record->ncid, moving->to) == 0 && strcmp(record->moving_from, moving->from) == 0;
}

/* The first commit; nothing for a move that broke off. */
static nct_status begin(struct nct_unit *unit, void *argument) {
    const struct moving *moving = argument;
    unsigned char person[NCT_PERSON_ID];
    struct nct_person_record record;
    nct_status status = nct_person_behind(unit, moving->from, person, &record);
    if (status != NCT_OK || is_this_move(moving, &record))
        return status;
    if (strcmp(record.ncid, moving->from) != 0)
        return NCT_E_UNKNOWN_PERSON;
    if (record.moving_from[0] != '\0')
        return NCT_E_STATE;
    status = nct_ncid_check_free(unit, moving->to);
    if (status == NCT_OK)
        status = put_names(unit, moving, person, &record);
    if (status == NCT_OK)
        status = end_password(unit, person);
    return status == NCT_OK ? tell(unit, moving, &record, person) : status;
}

/* The OA's place in the record goes with the grant; the backup's does by itself. */
static nct_status move_place(struct nct_unit *unit, const struct moving *moving, const char *provider) {
    struct nct_provider_record record;
    nct_status status = nct_unit_get(unit, &nct_type_provider, provider, strlen(provider), &record);
    if (status != NCT_OK || strcmp(record.oa_ncid, moving->from) != 0)
        return status;
    memcpy(record.oa_ncid, moving->to, sizeof record.oa_ncid);
    return nct_unit_put(unit, &nct_type_provider, provider, strlen(provider), &record);
}

/* Somebody may have granted the new name access there meanwhile: that stays, but for the OA's place. */
static nct_status move_grant(struct nct_unit *unit, const struct moving *moving, const char *provider) {
    const struct nct_grant_record none = {.role = NCT_ROLE_NONE};
    struct nct_grant_record grant;
    struct nct_grant_record newer;
    nct_status status = nct_grant_get(unit, provider, moving->from, &grant);
    if (status == NCT_OK)
        status = nct_grant_get(unit, provider, moving->to, &newer);
    if (status != NCT_OK || grant.role == NCT_ROLE_NONE)
        return status;
    int held_back = grant.suspended_at != 0;
    int moves = newer.role == NCT_ROLE_NONE || grant.role == NCT_ROLE_OFFICE_ADMINISTRATOR;
    grant.suspended_at = 0;
    status = nct_access_change(unit, provider, moving->from, &none, moving->actor);
    if (status == NCT_OK && moves)
        status = nct_access_change(unit, provider, moving->to, &grant, moving->actor);
    if (status == NCT_OK && moves && held_back)
        status = nct_access_hold(unit, provider, moving->to, unit->now, moving->actor);
    return status == NCT_OK ? move_place(unit, moving, provider) : status;
}

/* What the record said of either name, it says of the new one. */
static nct_status move_standing(struct nct_unit *unit, const struct moving *moving, const char *provider) {
    const struct nct_principal_record nothing = {.recorded_at = 0};
    struct nct_principal_record before;
    struct nct_principal_record after;
    nct_status status = nct_principal_get(unit, provider, moving->from, &before);
    if (status == NCT_OK)
        status = nct_principal_get(unit, provider, moving->to, &after);
    if (status != NCT_OK || before.on_record.relationships == 0)
        return status;
    before.on_record.relationships |= after.on_record.relationships;
    status = nct_principal_stage(unit, provider, moving->to, &before, moving->actor);
    return status == NCT_OK ? nct_principal_stage(unit, provider, moving->from, &nothing, moving->actor) : status;
}

static nct_status move_provider(struct nct_unit *unit, const struct moving *moving, const char *provider) {
    struct nct_provider_record record;
    nct_status status = nct_unit_get(unit, &nct_type_provider, provider, strlen(provider), &record);
    if (status == NCT_OK && record.moving_to != 0)
        status = NCT_E_BUSY;
    if (status == NCT_OK)
        status = move_standing(unit, moving, provider);
    return status == NCT_OK ? move_grant(unit, moving, provider) : status;
}

/* The person, while it is still this move's. */
static nct_status read_moving(struct nct_unit *unit, const struct moving *moving, unsigned char person[NCT_PERSON_ID],
                              struct nct_person_record *record) {
    nct_status status = nct_person_behind(unit, moving->from, person, record);
    return status == NCT_OK && strcmp(record->ncid, moving->to) != 0 ? NCT_E_STATE : status;
}

static nct_status move_page(struct nct_unit *unit, void *argument) {
    const struct moving *moving = argument;
    unsigned char person[NCT_PERSON_ID];
    struct nct_person_record record;
    nct_status status = read_moving(unit, moving, person, &record);
    for (size_t i = 0; i < moving->page->count && status == NCT_OK; i++)
        status = move_provider(unit, moving, moving->page->names[i]);
    return status;
}

static nct_status finish(struct nct_unit *unit, void *argument) {
    const struct moving *moving = argument;
    unsigned char person[NCT_PERSON_ID];
    struct nct_person_record record;
    nct_status status = read_moving(unit, moving, person, &record);
    memset(record.moving_from, 0, sizeof record.moving_from);
    return status == NCT_OK ? nct_unit_put(unit, &nct_type_person, person, NCT_PERSON_ID, &record) : status;
}

/* All providers the one name has a row of a kind with. */
static nct_status move_all(struct nct_portal *portal, struct moving *moving, const struct nct_pair *pair) {
    char after[NCT_NCID_ROOM] = "";
    int more = 1;
    nct_status status = NCT_OK;
    while (status == NCT_OK && more) {
        struct nct_pair_page page;
        struct nct_pair_range range = {pair, 0, moving->from, after, PAGE};
        status = nct_pair_scan(portal, &range, &page);
        more = page.more;
        moving->page = &page;
        if (status == NCT_OK && page.count > 0) {
            memcpy(after, page.names[page.count - 1], sizeof after);
            status = nct_unit_run(portal, move_page, moving, NULL);
        }
        nct_pair_page_free(&page);
    }
    return status;
}

nct_status nct_person_rekey(nct_portal *portal, const char *operator_name, size_t operator_len, const char *reason,
                            size_t reason_len, const char *ncid, size_t ncid_len, const char *new_ncid,
                            size_t new_ncid_len) {
    struct moving moving;
    if (portal == NULL)
        return NCT_E_ARGUMENT;
    nct_status status = nct_take_operator(operator_name, operator_len, moving.actor);
    if (status == NCT_OK)
        status = nct_take_reason(reason, reason_len, moving.reason);
    if (status == NCT_OK)
        status = nct_take_ncid(ncid, ncid_len, moving.from);
    if (status == NCT_OK)
        status = nct_take_ncid(new_ncid, new_ncid_len, moving.to);
    if (status == NCT_OK)
        status = nct_operate(portal, begin, &moving);
    if (status == NCT_OK)
        status = move_all(portal, &moving, &nct_grant_pair);
    if (status == NCT_OK)
        status = move_all(portal, &moving, &nct_principal_pair);
    return status == NCT_OK ? nct_unit_run(portal, finish, &moving, NULL) : status;
}
