#include "portal/mail/notice.h"

#include "base/bytes.h"
#include "portal/mail/message.h"
#include "portal/mail/outbox.h"
#include "portal/registry/past_address.h"
#include "portal/registry/person.h"
#include "portal/registry/principals.h"
#include "portal/registry/provider.h"

#include <sodium.h>
#include <string.h>

/* Owners and managing employees on the record. */
#define OFFICERS (NCT_BIT(NCT_RELATIONSHIP_OWNER) | NCT_BIT(NCT_RELATIONSHIP_MANAGING_EMPLOYEE))

void nct_audience_init(struct nct_audience *audience, const struct nct_memory *memory) {
    *audience = (struct nct_audience){.memory = memory};
}

void nct_audience_free(struct nct_audience *audience) {
    nct_memory_give(audience->memory, audience->list);
    audience->list = NULL;
    audience->count = 0;
}

static nct_status grow(struct nct_audience *audience) {
    if (audience->count < audience->capacity)
        return NCT_OK;
    size_t capacity = audience->capacity > 0 ? 2 * audience->capacity : 8;
    struct nct_addressee *list = nct_memory_take_array(audience->memory, capacity, sizeof *list);
    if (list == NULL)
        return NCT_E_NO_MEMORY;
    if (audience->count > 0)
        memcpy(list, audience->list, audience->count * sizeof *list);
    nct_memory_give(audience->memory, audience->list);
    audience->list = list;
    audience->capacity = capacity;
    return NCT_OK;
}

/* The one of an address, or NULL. */
static struct nct_addressee *find(const struct nct_audience *audience, const char *address) {
    for (size_t i = 0; i < audience->count; i++)
        if (strcmp(audience->list[i].address, address) == 0)
            return &audience->list[i];
    return NULL;
}

static void set_language(struct nct_addressee *addressee, const char *language) {
    if (addressee->language[0] == '\0')
        nct_copy_text(addressee->language, sizeof addressee->language, language, strlen(language));
}

nct_status nct_audience_add(struct nct_audience *audience, const char *name, const char *address,
                            const char *language) {
    if (address[0] == '\0')
        return NCT_OK;
    struct nct_addressee *known = find(audience, address);
    if (known != NULL) { /* who else reads there may have a language */
        set_language(known, language);
        return NCT_OK;
    }
    nct_status status = grow(audience);
    if (status != NCT_OK)
        return status;
    struct nct_addressee *addressee = &audience->list[audience->count++];
    *addressee = (struct nct_addressee){.name = ""};
    nct_copy_text(addressee->name, sizeof addressee->name, name, strlen(name));
    nct_copy_text(addressee->address, sizeof addressee->address, address, strlen(address));
    set_language(addressee, language);
    return NCT_OK;
}

static int reads(const struct nct_audience *audience, const char *ncid) {
    for (size_t i = 0; i < audience->count; i++)
        if (strcmp(audience->list[i].ncid, ncid) == 0)
            return 1;
    return 0;
}

/* Who reads at an address on file. */
static nct_status add_reader(struct nct_audience *audience, const struct nct_person_record *record) {
    struct nct_addressee *addressee = find(audience, record->email);
    if (addressee == NULL || reads(audience, record->ncid))
        return NCT_OK;
    if (addressee->ncid[0] != '\0') {
        nct_status status = grow(audience);
        if (status != NCT_OK)
            return status;
        addressee = &audience->list[audience->count++];
        *addressee = (struct nct_addressee){.name = ""};
        set_language(addressee, record->language);
    }
    memcpy(addressee->ncid, record->ncid, sizeof addressee->ncid);
    return NCT_OK;
}

int nct_is_recent(const struct nct_unit *unit, int64_t time) {
    int64_t window = unit->portal->policy.profile.terms[NCT_TERM_EFT_CONFIRM_DAYS] * INT64_C(86400000);
    return time != 0 && unit->now - time < window;
}

nct_status nct_audience_add_person(struct nct_unit *unit, const struct nct_person_record *record,
                                   enum nct_addresses which, struct nct_audience *audience) {
    char name[NCT_PRINTED_NAME_ROOM];
    nct_status status = NCT_OK;
    nct_person_name(record, name);
    if (which == NCT_ADDRESSES_ALL)
        status = nct_audience_add(audience, name, record->email, record->language);
    if (status == NCT_OK && which == NCT_ADDRESSES_ALL)
        status = add_reader(audience, record);
    for (size_t i = 0; i < NCT_PAST_ADDRESSES && status == NCT_OK; i++)
        if (nct_past_address_counts(&unit->portal->policy, &record->past[i], unit->now))
            status = nct_audience_add(audience, name, record->past[i].email, record->language);
    return status;
}

static nct_status add_administrator(struct nct_unit *unit, const unsigned char person[NCT_PERSON_ID],
                                    struct nct_audience *audience) {
    struct nct_person_record record;
    nct_status status = nct_person_get(unit, person, &record);
    if (status != NCT_OK || (audience->financial && record.contested_at != 0))
        return status;
    return nct_audience_add_person(unit, &record, NCT_ADDRESSES_ALL, audience);
}

static nct_status add_officer(struct nct_unit *unit, const struct nct_person_record *person,
                              const struct nct_principal_record *principal, void *argument) {
    if (nct_person_is_name_only(person))
        return nct_audience_add(argument, principal->name, principal->email, "");
    return nct_audience_add_person(unit, person, NCT_ADDRESSES_ALL, argument);
}

static nct_status gather_pay_to(struct nct_unit *unit, const char *provider, const char *name,
                                struct nct_audience *audience) {
    struct nct_provider_private private;
    nct_status status = nct_unit_get(unit, &nct_type_provider_private, provider, strlen(provider), &private);
    if (status == NCT_OK)
        status = nct_audience_add(audience, name, private.eft.contact, "");
    sodium_memzero(&private, sizeof private);
    return status == NCT_E_NOT_FOUND ? NCT_E_INTEGRITY : status;
}

nct_status nct_audience_gather(struct nct_unit *unit, const char *provider, uint32_t parties,
                               struct nct_audience *audience) {
    struct nct_provider_record record;
    if (parties == 0)
        return NCT_OK;
    nct_status status = nct_unit_get(unit, &nct_type_provider, provider, strlen(provider), &record);
    if (status == NCT_OK && (parties & NCT_PARTY_OFFICE_ADMINISTRATOR) != 0 && nct_place_is_taken(record.oa))
        status = add_administrator(unit, record.oa, audience);
    if (status == NCT_OK && (parties & NCT_PARTY_BACKUP) != 0 && nct_place_is_taken(record.backup))
        status = add_administrator(unit, record.backup, audience);
    if (status == NCT_OK && (parties & NCT_PARTY_OFFICERS) != 0)
        status = nct_principals_visit(unit, provider, OFFICERS, add_officer, audience);
    if (status == NCT_OK && (parties & NCT_PARTY_PROVIDER) != 0)
        status = nct_audience_add(audience, record.name, record.email, "");
    if (status == NCT_OK && (parties & NCT_PARTY_PAY_TO) != 0)
        status = gather_pay_to(unit, provider, record.name, audience);
    return status;
}

nct_status nct_notice_stage(struct nct_unit *unit, const struct nct_audience *audience,
                            const struct nct_mail_record *about) {
    nct_status status = NCT_OK;
    for (size_t i = 0; i < audience->count && status == NCT_OK; i++) {
        const struct nct_addressee *addressee = &audience->list[i];
        struct nct_mail_record mail = *about;
        unsigned char id[NCT_MAIL_ID];
        memcpy(mail.recipient_name, addressee->name, sizeof mail.recipient_name);
        memcpy(mail.recipient_address, addressee->address, sizeof mail.recipient_address);
        memcpy(mail.language, addressee->language, sizeof mail.language);
        memcpy(mail.reader, addressee->ncid, sizeof mail.reader);
        status = addressee->address[0] != '\0' ? nct_outbox_stage(unit, &mail, id) : nct_message_stage(unit, &mail);
    }
    return status;
}

nct_status nct_notice_person(struct nct_unit *unit, const struct nct_person_record *record, enum nct_addresses which,
                             const struct nct_mail_record *about) {
    struct nct_audience audience;
    struct nct_mail_record mail = *about;
    nct_audience_init(&audience, &unit->portal->seams.memory);
    nct_person_name(record, mail.name);
    memcpy(mail.ncid, record->ncid, sizeof record->ncid);
    nct_status status = nct_audience_add_person(unit, record, which, &audience);
    if (status == NCT_OK)
        status = nct_notice_stage(unit, &audience, &mail);
    nct_audience_free(&audience);
    return status;
}

nct_status nct_notice_message(struct nct_unit *unit, const struct nct_person_record *record,
                              const struct nct_mail_record *about) {
    struct nct_mail_record mail = *about;
    nct_person_name(record, mail.name);
    memcpy(mail.ncid, record->ncid, sizeof record->ncid);
    memcpy(mail.reader, record->ncid, sizeof record->ncid);
    memcpy(mail.language, record->language, sizeof record->language);
    return nct_message_stage(unit, &mail);
}
