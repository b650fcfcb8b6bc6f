#include "portal/office/person_move.h"

#include "portal/access/admit.h"
#include "portal/mail/outbox.h"
#include "portal/registry/principals.h"

#include <sodium.h>
#include <string.h>

#define PAGE 20

nct_status nct_move_take(const struct nct_move_words *words, struct nct_moving *moving) {
    nct_status status = nct_take_operator(words->operator_name, words->operator_len, moving->actor);
    if (status == NCT_OK)
        status = nct_take_reason(words->reason, words->reason_len, moving->reason);
    if (status == NCT_OK)
        status = nct_take_ncid(words->from, words->from_len, moving->from);
    return status == NCT_OK ? nct_take_ncid(words->to, words->to_len, moving->to) : status;
}

nct_status nct_move_leave(struct nct_unit *unit, const struct nct_moving *moving,
                          const unsigned char person[NCT_PERSON_ID]) {
    struct nct_ncid_record index = {.left = 1};
    memcpy(index.person, person, NCT_PERSON_ID);
    return nct_unit_put(unit, &nct_type_ncid, moving->from, strlen(moving->from), &index);
}

/* Nothing verifies against a factor without state; what was begun against the one before comes to nothing. */
static void end_factor(struct nct_factor *factor) {
    *factor = (struct nct_factor){.generation = factor->generation + 1};
}

static nct_status end_pin(struct nct_unit *unit, struct nct_credential *credential) {
    nct_status status = nct_outbox_withdraw(unit, credential->pin_mail);
    end_factor(&credential->pin);
    memset(credential->pin_mail, 0, sizeof credential->pin_mail);
    credential->period = (struct nct_period){0};
    return status;
}

nct_status nct_move_end_secrets(struct nct_unit *unit, const unsigned char person[NCT_PERSON_ID], int with_pin) {
    struct nct_credential credential;
    nct_status status = nct_unit_get(unit, &nct_type_credential, person, NCT_PERSON_ID, &credential);
    if (status == NCT_OK)
        end_factor(&credential.password);
    if (status == NCT_OK && with_pin)
        status = end_pin(unit, &credential);
    if (status == NCT_OK)
        status = nct_unit_put(unit, &nct_type_credential, person, NCT_PERSON_ID, &credential);
    sodium_memzero(&credential, sizeof credential);
    return status == NCT_E_NOT_FOUND ? NCT_OK : status;
}

nct_status nct_move_tell(struct nct_unit *unit, const struct nct_moving *moving, enum nct_template text,
                         const unsigned char person[NCT_PERSON_ID], const struct nct_person_record *record,
                         const struct nct_note *note) {
    unsigned char id[NCT_MAIL_ID];
    struct nct_mail_record mail = {.template_id = (int32_t)text};
    struct nct_stream stream = nct_stream_of_person(person);
    nct_person_name(record, mail.name);
    memcpy(mail.recipient_name, mail.name, sizeof mail.name);
    memcpy(mail.recipient_address, record->email, sizeof record->email);
    memcpy(mail.language, record->language, sizeof record->language);
    memcpy(mail.ncid, moving->to, sizeof moving->to);
    nct_status status = nct_outbox_stage(unit, &mail, id);
    return status == NCT_OK ? nct_ledger_append(unit, &stream, note) : status;
}

/* The person it leads to, while they go by that NCID. */
static nct_status read_moving(struct nct_unit *unit, const struct nct_moving *moving,
                              unsigned char person[NCT_PERSON_ID], struct nct_person_record *record) {
    nct_status status = nct_person_find(unit, moving->to, person, record);
    return status == NCT_E_UNKNOWN_PERSON ? NCT_E_STATE : status;
}

nct_status nct_move_check(struct nct_unit *unit, const struct nct_moving *moving) {
    unsigned char person[NCT_PERSON_ID];
    struct nct_person_record record;
    return read_moving(unit, moving, person, &record);
}

/* The OA's place in the record goes with the grant; the backup's does by itself. */
static nct_status move_place(struct nct_unit *unit, const struct nct_moving *moving, const char *provider) {
    struct nct_provider_record record;
    nct_status status = nct_unit_get(unit, &nct_type_provider, provider, strlen(provider), &record);
    if (status != NCT_OK || strcmp(record.oa_ncid, moving->from) != 0)
        return status;
    memcpy(record.oa_ncid, moving->to, sizeof record.oa_ncid);
    return nct_unit_put(unit, &nct_type_provider, provider, strlen(provider), &record);
}

/* The other NCID may have access there as well: that stays, but for a place as OA, and as backup OA of who is less. */
static int goes_first(const struct nct_grant_record *grant, const struct nct_grant_record *own) {
    if (own->role == NCT_ROLE_NONE || grant->role == NCT_ROLE_OFFICE_ADMINISTRATOR)
        return 1;
    return grant->role == NCT_ROLE_BACKUP_OFFICE_ADMINISTRATOR && own->role != NCT_ROLE_OFFICE_ADMINISTRATOR;
}

static nct_status move_grant(struct nct_unit *unit, const struct nct_moving *moving, const char *provider) {
    const struct nct_grant_record none = {.role = NCT_ROLE_NONE};
    struct nct_grant_record grant;
    struct nct_grant_record own;
    nct_status status = nct_grant_get(unit, provider, moving->from, &grant);
    if (status == NCT_OK)
        status = nct_grant_get(unit, provider, moving->to, &own);
    if (status != NCT_OK || grant.role == NCT_ROLE_NONE)
        return status;
    int held_back = grant.suspended_at != 0;
    int moves = goes_first(&grant, &own);
    grant.suspended_at = 0;
    status = nct_access_change(unit, provider, moving->from, &none, moving->actor);
    if (status == NCT_OK && moves)
        status = nct_access_change(unit, provider, moving->to, &grant, moving->actor);
    if (status == NCT_OK && moves && held_back)
        status = nct_access_hold(unit, provider, moving->to, unit->now, moving->actor);
    return status == NCT_OK ? move_place(unit, moving, provider) : status;
}

/* Where both stand on the record it is for no longer than either did. */
static void intersect(struct nct_on_record *own, const struct nct_on_record *other) {
    if (other->valid_from > own->valid_from)
        own->valid_from = other->valid_from;
    if (own->valid_until == 0 || (other->valid_until != 0 && other->valid_until < own->valid_until))
        own->valid_until = other->valid_until;
}

/* What the record says of both, in `own`; whether that is another than it was. What has ended does not come back. */
static int unite(struct nct_principal_record *own, const struct nct_principal_record *other, int64_t now) {
    uint64_t held = nct_on_record_at(&own->on_record, now);
    uint64_t added = nct_on_record_at(&other->on_record, now) & ~held;
    int only_other = own->on_record.relationships == 0 || (held == 0 && added != 0);
    if (only_other) {
        *own = *other;
    } else if (added != 0) {
        own->on_record.relationships |= added;
        intersect(&own->on_record, &other->on_record);
    }
    return only_other || added != 0;
}

static nct_status move_standing(struct nct_unit *unit, const struct nct_moving *moving, const char *provider) {
    const struct nct_principal_record nothing = {.recorded_at = 0};
    struct nct_principal_record before;
    struct nct_principal_record own;
    nct_status status = nct_principal_get(unit, provider, moving->from, &before);
    if (status == NCT_OK)
        status = nct_principal_get(unit, provider, moving->to, &own);
    if (status != NCT_OK || before.on_record.relationships == 0)
        return status;
    if (unite(&own, &before, unit->now))
        status = nct_principal_stage(unit, provider, moving->to, &own, moving->actor);
    return status == NCT_OK ? nct_principal_stage(unit, provider, moving->from, &nothing, moving->actor) : status;
}

static nct_status move_provider(struct nct_unit *unit, const struct nct_moving *moving, const char *provider) {
    struct nct_provider_record record;
    nct_status status = nct_unit_get(unit, &nct_type_provider, provider, strlen(provider), &record);
    if (status == NCT_OK && record.moving_to != 0)
        status = NCT_E_BUSY;
    if (status == NCT_OK)
        status = move_standing(unit, moving, provider);
    return status == NCT_OK ? move_grant(unit, moving, provider) : status;
}

static nct_status move_page(struct nct_unit *unit, void *argument) {
    const struct nct_moving *moving = argument;
    nct_status status = nct_move_check(unit, moving);
    for (size_t i = 0; i < moving->page->count && status == NCT_OK; i++)
        status = move_provider(unit, moving, moving->page->names[i]);
    return status;
}

/* All providers the one name has a row of a kind with. */
static nct_status move_all(struct nct_portal *portal, struct nct_moving *moving, const struct nct_pair *pair) {
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

nct_status nct_move_providers(struct nct_portal *portal, struct nct_moving *moving) {
    nct_status status = move_all(portal, moving, &nct_grant_pair);
    return status == NCT_OK ? move_all(portal, moving, &nct_principal_pair) : status;
}

/* Somebody else may have finished it, and another begun. */
static nct_status finish(struct nct_unit *unit, void *argument) {
    const struct nct_moving *moving = argument;
    unsigned char person[NCT_PERSON_ID];
    struct nct_person_record record;
    nct_status status = read_moving(unit, moving, person, &record);
    if (status != NCT_OK || strcmp(record.moving_from, moving->from) != 0)
        return status;
    memset(record.moving_from, 0, sizeof record.moving_from);
    return nct_unit_put(unit, &nct_type_person, person, NCT_PERSON_ID, &record);
}

nct_status nct_move_finish(struct nct_portal *portal, struct nct_moving *moving) {
    return nct_unit_run(portal, finish, moving, NULL);
}
