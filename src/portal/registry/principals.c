#include "portal/registry/principals.h"

#include "engine/unit/ledger_append.h"
#include "portal/registry/person.h"

#include <nctracks/policy.h>

#include <stdio.h>
#include <string.h>

#define PAGE 100

const struct nct_pair nct_principal_pair = {&nct_type_principal, &nct_type_principal_by_person};

nct_status nct_principal_get(struct nct_unit *unit, const char *provider, const char *ncid,
                             struct nct_principal_record *principal) {
    return nct_pair_get(unit, &nct_principal_pair, provider, ncid, principal);
}

nct_status nct_principal_address(struct nct_unit *unit, const char *ncid, struct nct_principal_record *principal) {
    unsigned char person[NCT_PERSON_ID];
    struct nct_person_record record;
    nct_status status = nct_person_find(unit, ncid, person, &record);
    if (status != NCT_OK)
        return status == NCT_E_UNKNOWN_PERSON ? NCT_OK : status;
    nct_person_name(&record, principal->name);
    memcpy(principal->email, record.email, sizeof record.email);
    return NCT_OK;
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

static nct_status append_entries(struct nct_unit *unit, const char *provider, const char *ncid,
                                 const struct nct_principal_record *principal, const char *actor) {
    unsigned char person[NCT_PERSON_ID];
    struct nct_person_record record;
    char detail[NCT_ON_RECORD_DETAIL_ROOM];
    int listed = principal->on_record.relationships != 0;
    nct_on_record_describe(&principal->on_record, detail);
    struct nct_note note = {.event = listed ? NCT_EVENT_PRINCIPAL_LISTED : NCT_EVENT_PRINCIPAL_REMOVED,
                            .actor = actor,
                            .subject = ncid,
                            .provider = provider,
                            .detail = listed ? detail : NULL};
    struct nct_stream stream = nct_stream_of_provider(provider);
    nct_status status = nct_ledger_append(unit, &stream, &note);
    if (status == NCT_OK)
        status = nct_person_behind(unit, ncid, person, &record);
    if (status != NCT_OK)
        return status == NCT_E_UNKNOWN_PERSON ? NCT_OK : status;
    stream = nct_stream_of_person(person);
    return nct_ledger_append(unit, &stream, &note);
}

/* The copy in the person's grant follows, so that a check reads nothing more. A period of signing ends with it. */
static nct_status tell_grant(struct nct_unit *unit, const char *provider, const char *ncid,
                             const struct nct_on_record *on_record) {
    struct nct_grant_record grant;
    nct_status status = nct_grant_get(unit, provider, ncid, &grant);
    if (status != NCT_OK || grant.role == NCT_ROLE_NONE)
        return status;
    grant.on_record = *on_record;
    return nct_grant_put(unit, provider, ncid, &grant);
}

nct_status nct_principal_stage(struct nct_unit *unit, const char *provider, const char *ncid,
                               const struct nct_principal_record *principal, const char *actor) {
    struct nct_principal_record before;
    struct nct_principal_record dated = *principal;
    dated.recorded_at = unit->now;
    nct_status status = nct_principal_get(unit, provider, ncid, &before);
    if (status == NCT_OK)
        status = nct_pair_put(unit, &nct_principal_pair, provider, ncid, &dated);
    if (status == NCT_OK)
        status = tell_grant(unit, provider, ncid, &dated.on_record);
    return status == NCT_OK ? append_entries(unit, provider, ncid, &dated, actor) : status;
}

nct_status nct_principal_claim(struct nct_unit *unit, const char *provider, const char *ncid, int32_t relationship,
                               const char *actor) {
    struct nct_principal_record principal;
    nct_status status = nct_principal_get(unit, provider, ncid, &principal);
    if (status != NCT_OK)
        return status;
    if (nct_on_record_at(&principal.on_record, unit->now) == 0)
        principal = (struct nct_principal_record){0};
    principal.on_record.relationships |= NCT_BIT(relationship);
    return nct_principal_stage(unit, provider, ncid, &principal, actor);
}

static nct_status visit_page(struct nct_unit *unit, const char *provider, uint64_t relationships,
                             const struct nct_pair_page *page, nct_principal_visitor *visitor, void *argument) {
    nct_status status = NCT_OK;
    for (size_t i = 0; i < page->count && status == NCT_OK; i++) {
        struct nct_principal_record principal;
        status = nct_principal_get(unit, provider, page->names[i], &principal);
        if (status != NCT_OK || (nct_on_record_at(&principal.on_record, unit->now) & relationships) == 0)
            continue;
        status = nct_principal_address(unit, page->names[i], &principal);
        if (status == NCT_OK)
            status = visitor(unit, page->names[i], &principal, argument);
    }
    return status;
}

nct_status nct_principals_visit(struct nct_unit *unit, const char *provider, uint64_t relationships,
                                nct_principal_visitor *visitor, void *argument) {
    char after[NCT_NCID_ROOM] = "";
    int more = 1;
    nct_status status = NCT_OK;
    while (status == NCT_OK && more) {
        struct nct_pair_page page;
        struct nct_pair_range range = {&nct_principal_pair, 1, provider, after, PAGE};
        status = nct_pair_scan(unit->portal, &range, &page);
        if (status == NCT_OK)
            status = visit_page(unit, provider, relationships, &page, visitor, argument);
        if (page.count > 0)
            memcpy(after, page.names[page.count - 1], sizeof after);
        more = page.more;
        nct_pair_page_free(&page);
    }
    return status;
}
