#include "services/notice.h"

#include "ground/bytes.h"
#include "services/outbox.h"
#include "services/people.h"
#include "unit/fetch.h"

#include <sodium.h>
#include <string.h>

#define PAGE 200

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

nct_status nct_audience_add(struct nct_audience *audience, const char *name, const char *address) {
    if (address[0] == '\0')
        return NCT_OK;
    for (size_t i = 0; i < audience->count; i++)
        if (strcmp(audience->list[i].address, address) == 0)
            return NCT_OK;
    nct_status status = grow(audience);
    if (status != NCT_OK)
        return status;
    struct nct_addressee *addressee = &audience->list[audience->count++];
    *addressee = (struct nct_addressee){.name = ""};
    nct_copy_text(addressee->name, sizeof addressee->name, name, strlen(name));
    nct_copy_text(addressee->address, sizeof addressee->address, address, strlen(address));
    return NCT_OK;
}

static nct_status add_person(struct nct_unit *unit, const char *ncid, struct nct_audience *audience) {
    unsigned char person[NCT_PERSON_ID];
    struct nct_person_record record;
    char name[2 * NCT_NAME_ROOM];
    nct_status status = nct_person_find(unit, ncid, person, &record);
    if (status != NCT_OK)
        return status == NCT_E_UNKNOWN_PERSON ? NCT_E_INTEGRITY : status;
    nct_person_name(&record, name);
    return nct_audience_add(audience, name, record.email);
}

/* Those of a role among a page of grants, which is read again with both rows. */
static nct_status add_of_role(struct nct_unit *unit, const struct nct_page *page, const char *provider, int32_t role,
                              struct nct_audience *audience) {
    nct_status status = NCT_OK;
    for (size_t i = 0; i < page->count && status == NCT_OK; i++) {
        const struct nct_page_row *row = &page->rows[i];
        struct nct_grant_record grant;
        char ncid[NCT_NCID_ROOM];
        status = nct_record_decode(&nct_type_grant, row->content, row->len, &grant);
        if (status != NCT_OK || grant.role != role)
            continue;
        if (!nct_copy_text(ncid, sizeof ncid, (const char *)row->key + page->prefix_len,
                           row->key_len - page->prefix_len))
            return NCT_E_INTEGRITY;
        status = nct_grant_get(unit, provider, ncid, &grant);
        if (status == NCT_OK && grant.role == role)
            status = add_person(unit, ncid, audience);
    }
    return status;
}

static nct_status gather_role(struct nct_unit *unit, const char *provider, int32_t role,
                              struct nct_audience *audience) {
    unsigned char prefix[NCT_GRANT_KEY_MAX];
    unsigned char after[NCT_KEY_MAX];
    size_t prefix_len = nct_grant_key(provider, "", prefix);
    size_t after_len = 0;
    size_t found = PAGE;
    nct_status status = NCT_OK;
    while (status == NCT_OK && found == PAGE) {
        struct nct_page page;
        status = nct_fetch_page(unit->portal, &nct_type_grant, prefix, prefix_len, after, after_len, PAGE, &page);
        found = status == NCT_OK ? page.count : 0;
        if (status == NCT_OK)
            status = add_of_role(unit, &page, provider, role, audience);
        if (found > 0) {
            after_len = page.rows[found - 1].key_len;
            memcpy(after, page.rows[found - 1].key, after_len);
        }
        nct_page_free(&page);
    }
    return status;
}

static nct_status gather_pay_to(struct nct_unit *unit, const char *provider, const char *name,
                                struct nct_audience *audience) {
    struct nct_provider_private private;
    nct_status status = nct_unit_get(unit, &nct_type_provider_private, provider, strlen(provider), &private);
    if (status == NCT_OK)
        status = nct_audience_add(audience, name, private.eft.contact);
    sodium_memzero(&private, sizeof private);
    return status == NCT_E_NOT_FOUND ? NCT_E_INTEGRITY : status;
}

nct_status nct_audience_gather(struct nct_unit *unit, const char *provider, uint32_t parties,
                               struct nct_audience *audience) {
    struct nct_provider_record record;
    if (parties == 0)
        return NCT_OK;
    nct_status status = nct_unit_get(unit, &nct_type_provider, provider, strlen(provider), &record);
    if (status == NCT_OK && (parties & NCT_PARTY_OFFICE_ADMINISTRATOR) != 0 && record.oa_ncid[0] != '\0')
        status = add_person(unit, record.oa_ncid, audience);
    if (status == NCT_OK && (parties & NCT_PARTY_BACKUP) != 0)
        status = gather_role(unit, provider, NCT_ROLE_BACKUP_OFFICE_ADMINISTRATOR, audience);
    if (status == NCT_OK && (parties & NCT_PARTY_PROVIDER) != 0)
        status = nct_audience_add(audience, record.name, record.email);
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
        status = nct_outbox_stage(unit, &mail, id);
    }
    return status;
}
