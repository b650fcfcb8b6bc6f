#include "portal/registry/principals.h"

#include "engine/unit/ledger_append.h"
#include "portal/registry/grant.h"

#include <nctracks/role.h>

#include <stdio.h>
#include <string.h>

const struct nct_pair nct_principal_pair = {&nct_type_principal, &nct_type_principal_by_person};

nct_status nct_principal_get(struct nct_unit *unit, const char *provider, const unsigned char person[NCT_PERSON_ID],
                             struct nct_principal_record *principal) {
    return nct_pair_get(unit, &nct_principal_pair, provider, person, principal);
}

void nct_principal_address(const struct nct_person_record *record, struct nct_principal_record *principal) {
    if (nct_person_is_name_only(record))
        return;
    nct_person_name(record, principal->name);
    memcpy(principal->email, record->email, sizeof record->email);
}

void nct_on_record_describe(const struct nct_on_record *on_record, char detail[NCT_ON_RECORD_DETAIL_ROOM]) {
    int len = 0;
    detail[0] = '\0';
    for (int32_t i = 1; nct_relationship_name(i) != NULL; i++)
        if (on_record->relationships >> i & 1)
            len += snprintf(detail + len, NCT_ON_RECORD_DETAIL_ROOM - (size_t)len, "%s%s", len > 0 ? " " : "",
                            nct_relationship_name(i));
    if (on_record->valid_from != 0 || on_record->valid_until != 0)
        snprintf(detail + len, NCT_ON_RECORD_DETAIL_ROOM - (size_t)len, ", from %lld until %lld",
                 (long long)on_record->valid_from, (long long)on_record->valid_until);
}

/* In the provider's stream and in the person's. */
static nct_status append_entries(struct nct_unit *unit, const char *provider, const unsigned char person[NCT_PERSON_ID],
                                 const struct nct_principal_record *principal, const char *actor) {
    struct nct_person_record record;
    char detail[NCT_ON_RECORD_DETAIL_ROOM];
    int listed = principal->on_record.relationships != 0;
    nct_on_record_describe(&principal->on_record, detail);
    nct_status status = nct_person_get(unit, person, &record);
    struct nct_note note = {.event = listed ? NCT_EVENT_PRINCIPAL_LISTED : NCT_EVENT_PRINCIPAL_REMOVED,
                            .actor = actor,
                            .subject = record.ncid,
                            .provider = provider,
                            .detail = listed ? detail : NULL};
    return status == NCT_OK ? nct_ledger_append_both(unit, provider, person, &note) : status;
}

/* The copy in the person's grant follows, so that a check reads nothing more. A period of signing ends with it. */
static nct_status tell_grant(struct nct_unit *unit, const char *provider, const unsigned char person[NCT_PERSON_ID],
                             const struct nct_on_record *on_record) {
    struct nct_grant_record grant;
    nct_status status = nct_grant_get(unit, provider, person, &grant);
    if (status != NCT_OK || grant.role == NCT_ROLE_NONE)
        return status;
    grant.on_record = *on_record;
    return nct_grant_put(unit, provider, person, &grant);
}

nct_status nct_principal_stage(struct nct_unit *unit, const char *provider, const unsigned char person[NCT_PERSON_ID],
                               const struct nct_principal_record *principal, const char *actor) {
    struct nct_principal_record before;
    struct nct_principal_record dated = *principal;
    dated.recorded_at = unit->now;
    nct_status status = nct_principal_get(unit, provider, person, &before);
    if (status == NCT_OK)
        status = nct_pair_put(unit, &nct_principal_pair, provider, person, &dated);
    if (status == NCT_OK)
        status = tell_grant(unit, provider, person, &dated.on_record);
    return status == NCT_OK ? append_entries(unit, provider, person, &dated, actor) : status;
}

nct_status nct_principal_claim(struct nct_unit *unit, const char *provider, const unsigned char person[NCT_PERSON_ID],
                               int32_t relationship, const char *actor) {
    struct nct_principal_record principal;
    nct_status status = nct_principal_get(unit, provider, person, &principal);
    if (status != NCT_OK)
        return status;
    if (nct_on_record_at(&principal.on_record, unit->now) == 0)
        principal = (struct nct_principal_record){0};
    principal.on_record.relationships |= NCT_BIT(relationship);
    return nct_principal_stage(unit, provider, person, &principal, actor);
}

struct visiting {
    uint64_t relationships;
    nct_principal_visitor *visitor;
    void *argument;
};

static nct_status visit(struct nct_unit *unit, const struct nct_pair_name *name, void *argument) {
    const struct visiting *visiting = argument;
    struct nct_principal_record principal;
    struct nct_person_record record;
    nct_status status = nct_principal_get(unit, name->provider, name->person, &principal);
    if (status != NCT_OK || (nct_on_record_at(&principal.on_record, unit->now) & visiting->relationships) == 0)
        return status;
    status = nct_person_get(unit, name->person, &record);
    nct_principal_address(&record, &principal);
    return status == NCT_OK ? visiting->visitor(unit, &record, &principal, visiting->argument) : status;
}

nct_status nct_principals_visit(struct nct_unit *unit, const char *provider, uint64_t relationships,
                                nct_principal_visitor *visitor, void *argument) {
    struct visiting visiting = {relationships, visitor, argument};
    return nct_pair_each(unit, &nct_principal_pair, provider, NULL, visit, &visiting);
}
