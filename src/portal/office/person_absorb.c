#include "portal/office/person_absorb.h"

#include "engine/handle/arguments.h"
#include "engine/records/request_types.h"
#include "portal/access/admit.h"
#include "portal/access/invitation.h"
#include "portal/mail/outbox.h"
#include "portal/registry/person.h"
#include "portal/registry/principals.h"
#include "portal/registry/provider.h"

#include <sodium.h>
#include <string.h>

nct_status nct_renaming_take(struct nct_portal *portal, const char *operator_name, size_t operator_name_len,
                             const char *reason, size_t reason_len, const struct nct_named_ncid *from,
                             const struct nct_named_ncid *to, struct nct_renaming *renaming) {
    if (NCT_MISSING(portal))
        return NCT_E_ARGUMENT;
    nct_status status = nct_take_operator(operator_name, operator_name_len, renaming->actor);
    if (status == NCT_OK)
        status = nct_take_reason(reason, reason_len, renaming->reason);
    if (status == NCT_OK)
        status = nct_about_argument(nct_ncid_from(from->text, from->len, renaming->from), from->name);
    if (status == NCT_OK)
        status = nct_about_argument(nct_ncid_from(to->text, to->len, renaming->to), to->name);
    return status;
}

/* What is moved, and how much of it so far. */
struct absorbing {
    const char *actor;
    const unsigned char *to;
    size_t count;
};

/* The other may have access there as well: that stays, but for a place as OA, and as backup OA of who is less. */
static int goes_first(const struct nct_grant_record *grant, const struct nct_grant_record *own) {
    if (own->role == NCT_ROLE_NONE || grant->role == NCT_ROLE_OFFICE_ADMINISTRATOR)
        return 1;
    return grant->role == NCT_ROLE_BACKUP_OFFICE_ADMINISTRATOR && own->role != NCT_ROLE_OFFICE_ADMINISTRATOR;
}

static nct_status move_place(struct nct_unit *unit, const struct nct_pair_name *name,
                             const struct absorbing *absorbing) {
    struct nct_provider_record record;
    size_t len = strlen(name->provider);
    nct_status status = nct_unit_get(unit, &nct_type_provider, name->provider, len, &record);
    if (status != NCT_OK || !nct_place_is(record.oa, name->person))
        return status == NCT_E_NOT_FOUND ? NCT_E_INTEGRITY : status;
    memcpy(record.oa, absorbing->to, NCT_PERSON_ID);
    return nct_unit_put(unit, &nct_type_provider, name->provider, len, &record);
}

/* What somebody granted as OA is looked at as given by who they are. */
static nct_status move_former(struct nct_unit *unit, const struct nct_pair_name *name,
                              const struct absorbing *absorbing) {
    struct nct_former_oa_record former;
    struct nct_former_oa_record own;
    unsigned char key[NCT_PAIR_KEY_MAX];
    size_t len = nct_pair_key(name->provider, name->person, key);
    nct_status status = nct_unit_get(unit, &nct_type_former_oa, key, len, &former);
    if (status != NCT_OK)
        return status == NCT_E_NOT_FOUND ? NCT_OK : status;
    len = nct_pair_key(name->provider, absorbing->to, key);
    status = nct_unit_get(unit, &nct_type_former_oa, key, len, &own);
    if (status != NCT_OK && status != NCT_E_NOT_FOUND)
        return status;
    if (own.ended_at < former.ended_at)
        own = former;
    return nct_unit_put(unit, &nct_type_former_oa, key, len, &own);
}

static nct_status move_grant(struct nct_unit *unit, const struct nct_pair_name *name,
                             const struct absorbing *absorbing) {
    const struct nct_grant_record none = {.role = NCT_ROLE_NONE};
    struct nct_grant_record grant;
    struct nct_grant_record own;
    nct_status status = nct_grant_get(unit, name->provider, name->person, &grant);
    if (status == NCT_OK)
        status = nct_grant_get(unit, name->provider, absorbing->to, &own);
    if (status != NCT_OK || grant.role == NCT_ROLE_NONE)
        return status;
    status = nct_access_change(unit, name->provider, name->person, &none, absorbing->actor);
    if (status == NCT_OK && goes_first(&grant, &own))
        status = nct_access_change(unit, name->provider, absorbing->to, &grant, absorbing->actor);
    return status == NCT_OK ? move_place(unit, name, absorbing) : status;
}

/* Where both stand on the record it is for no longer than either did. */
static void intersect(struct nct_on_record *own, const struct nct_on_record *other) {
    if (other->valid_from > own->valid_from)
        own->valid_from = other->valid_from;
    if (own->valid_until == 0 || (other->valid_until != 0 && other->valid_until < own->valid_until))
        own->valid_until = other->valid_until;
}

/* What the record says of both, in `own`. What has ended does not come back. */
static void unite(struct nct_principal_record *own, const struct nct_principal_record *other, int64_t now) {
    uint64_t held = nct_on_record_at(&own->on_record, now);
    uint64_t added = nct_on_record_at(&other->on_record, now) & ~held;
    if (own->on_record.relationships == 0 || (held == 0 && added != 0)) {
        *own = *other;
    } else if (added != 0) {
        own->on_record.relationships |= added;
        intersect(&own->on_record, &other->on_record);
    }
}

/* The end comes first: where both go by one NCID from now on, the last entry is what holds. */
static nct_status move_standing(struct nct_unit *unit, const struct nct_pair_name *name,
                                const struct absorbing *absorbing) {
    const struct nct_principal_record nothing = {.recorded_at = 0};
    struct nct_principal_record before;
    struct nct_principal_record own;
    nct_status status = nct_principal_get(unit, name->provider, name->person, &before);
    if (status == NCT_OK)
        status = nct_principal_get(unit, name->provider, absorbing->to, &own);
    if (status != NCT_OK || before.on_record.relationships == 0)
        return status;
    unite(&own, &before, unit->now);
    status = nct_principal_stage(unit, name->provider, name->person, &nothing, absorbing->actor);
    return status == NCT_OK ? nct_principal_stage(unit, name->provider, absorbing->to, &own, absorbing->actor) : status;
}

static nct_status move_access(struct nct_unit *unit, const struct nct_pair_name *name, void *argument) {
    struct absorbing *absorbing = argument;
    if (++absorbing->count > NCT_ABSORB_MAX)
        return NCT_E_LIMIT;
    nct_status status = move_standing(unit, name, absorbing);
    if (status == NCT_OK)
        status = move_former(unit, name, absorbing);
    return status == NCT_OK ? move_grant(unit, name, absorbing) : status;
}

static nct_status move_record(struct nct_unit *unit, const struct nct_pair_name *name, void *argument) {
    struct absorbing *absorbing = argument;
    return ++absorbing->count > 2 * NCT_ABSORB_MAX ? NCT_E_LIMIT : move_standing(unit, name, absorbing);
}

/* A change proposed for them is about access that is no longer theirs. */
static nct_status drop_proposal(struct nct_unit *unit, const struct nct_pair_name *name, void *argument) {
    const struct absorbing *absorbing = argument;
    const struct nct_proposal_record settled = {0};
    struct nct_proposal_record proposal;
    char ncid[NCT_NCID_ROOM];
    nct_status status = nct_pair_get(unit, &nct_proposal_pair, name->provider, name->person, &proposal);
    if (status != NCT_OK || proposal.role == NCT_ROLE_NONE)
        return status;
    status = nct_ncid_of(unit, name->person, ncid);
    if (status == NCT_OK)
        status = nct_pair_put(unit, &nct_proposal_pair, name->provider, name->person, &settled);
    struct nct_stream stream = nct_stream_of_provider(name->provider);
    struct nct_note note = {
        .event = NCT_EVENT_ACCESS_REJECTED, .actor = absorbing->actor, .subject = ncid, .provider = name->provider};
    return status == NCT_OK ? nct_ledger_append(unit, &stream, &note) : status;
}

nct_status nct_person_absorb(struct nct_unit *unit, const char *actor, const unsigned char from[NCT_PERSON_ID],
                             const unsigned char to[NCT_PERSON_ID]) {
    struct absorbing absorbing = {actor, to, 0};
    nct_status status = nct_pair_each(unit, &nct_proposal_pair, NULL, from, drop_proposal, &absorbing);
    if (status == NCT_OK)
        status = nct_invitations_drop(unit, from, actor);
    if (status == NCT_OK)
        status = nct_pair_each(unit, &nct_grant_pair, NULL, from, move_access, &absorbing);
    return status == NCT_OK ? nct_pair_each(unit, &nct_principal_pair, NULL, from, move_record, &absorbing) : status;
}

nct_status nct_person_merge_into(struct nct_unit *unit, const unsigned char from[NCT_PERSON_ID],
                                 const unsigned char to[NCT_PERSON_ID]) {
    struct nct_person_record record;
    nct_status status = nct_unit_get(unit, &nct_type_person, from, NCT_PERSON_ID, &record);
    memcpy(record.merged_into, to, NCT_PERSON_ID);
    record.changes++; /* ends a period of signing */
    record.handovers++;
    if (status == NCT_OK)
        status = nct_person_put(unit, from, &record);
    if (status == NCT_OK)
        status = nct_ncid_point(unit, record.ncid, from, 1);
    return status == NCT_OK ? nct_secrets_end(unit, from, 1) : status;
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

nct_status nct_secrets_end(struct nct_unit *unit, const unsigned char person[NCT_PERSON_ID], int with_pin) {
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

nct_status nct_renaming_tell(struct nct_unit *unit, const struct nct_renaming *renaming, enum nct_template text,
                             const unsigned char person[NCT_PERSON_ID], const struct nct_note *note) {
    unsigned char id[NCT_MAIL_ID];
    struct nct_person_record record;
    struct nct_mail_record mail = {.template_id = (int32_t)text};
    struct nct_stream stream = nct_stream_of_person(person);
    nct_status status = nct_unit_get(unit, &nct_type_person, person, NCT_PERSON_ID, &record);
    nct_person_name(&record, mail.name);
    memcpy(mail.recipient_name, mail.name, sizeof mail.name);
    memcpy(mail.recipient_address, record.email, sizeof record.email);
    memcpy(mail.language, record.language, sizeof record.language);
    memcpy(mail.ncid, renaming->to, sizeof renaming->to);
    memcpy(mail.reader, renaming->to, sizeof renaming->to);
    if (status == NCT_OK && !nct_person_is_name_only(&record))
        status = nct_outbox_stage(unit, &mail, id);
    return status == NCT_OK ? nct_ledger_append(unit, &stream, note) : status;
}
