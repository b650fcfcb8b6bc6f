/* Reading provider records. */
#include "base/bytes.h"
#include "engine/handle/arguments.h"
#include "engine/unit/fetch.h"
#include "portal/provider/reverify.h"
#include "portal/registry/person.h"

#include <nctracks/ident.h>
#include <nctracks/provider.h>

#include <sodium.h>
#include <string.h>

struct nct_provider {
    struct nct_memory memory;
    char id[NCT_PROVIDER_ROOM];
    struct nct_provider_record record;
    char oa[NCT_NCID_ROOM];
    char backup[NCT_NCID_ROOM];
    char tax_id_masked[10];
    char eft_masked[18];
    char pay_to[NCT_EMAIL_ROOM];
    char due_date[NCT_DATE_ROOM];
};

struct nct_provider_list {
    struct nct_memory memory;
    struct nct_provider *items;
    size_t count;
};

static void mask(int32_t kind, const char *value, char *out, size_t capacity) {
    out[0] = '\0';
    if (value[0] != '\0')
        (void)nct_ident_mask(kind, value, strlen(value), out, capacity, NULL);
}

static nct_status read_provider(struct nct_unit *unit, void *argument) {
    struct nct_provider *provider = argument;
    struct nct_provider_private private;
    size_t key_len = strlen(provider->id);
    nct_status status = nct_unit_get(unit, &nct_type_provider, provider->id, key_len, &provider->record);
    if (status == NCT_OK)
        status = nct_person_ncid(unit, provider->record.oa, provider->oa);
    if (status == NCT_OK)
        status = nct_person_ncid(unit, provider->record.backup, provider->backup);
    if (status == NCT_OK && provider->record.reverify_at != 0)
        nct_date_write(nct_reverify_day(&unit->portal->policy, provider->record.reverify_at) * NCT_DAY,
                       provider->due_date);
    if (status != NCT_OK)
        return status;
    status = nct_unit_get(unit, &nct_type_provider_private, provider->id, key_len, &private);
    if (status == NCT_OK) {
        mask(NCT_IDENT_TAX_ID, private.tax_id, provider->tax_id_masked, sizeof provider->tax_id_masked);
        mask(NCT_IDENT_BANK_ACCOUNT, private.eft.account_number, provider->eft_masked, sizeof provider->eft_masked);
        memcpy(provider->pay_to, private.eft.contact, sizeof provider->pay_to);
    }
    sodium_memzero(&private, sizeof private);
    return status == NCT_E_NOT_FOUND ? NCT_E_INTEGRITY : status;
}

nct_status nct_provider_get(nct_portal *portal, const char *id, size_t id_len, nct_provider **out) {
    char canonical[NCT_PROVIDER_ROOM];
    if (out != NULL)
        *out = NULL;
    if (portal == NULL || out == NULL)
        return NCT_E_ARGUMENT;
    nct_status status = nct_take_provider(id, id_len, canonical);
    if (status != NCT_OK)
        return status;
    struct nct_provider *provider = nct_memory_take(&portal->seams.memory, sizeof *provider);
    if (provider == NULL)
        return NCT_E_NO_MEMORY;
    provider->memory = portal->seams.memory;
    memcpy(provider->id, canonical, sizeof canonical);
    status = nct_unit_read(portal, read_provider, provider);
    if (status == NCT_OK)
        *out = provider;
    else
        nct_provider_free(provider);
    return status;
}

void nct_provider_free(nct_provider *provider) {
    if (provider == NULL)
        return;
    struct nct_memory memory = provider->memory;
    nct_memory_give(&memory, provider);
}

const char *nct_provider_id(const nct_provider *provider) {
    return provider != NULL ? provider->id : NULL;
}

int32_t nct_provider_kind(const nct_provider *provider) {
    return provider != NULL ? provider->record.kind : NCT_E_ARGUMENT;
}

const char *nct_provider_display_name(const nct_provider *provider) {
    return provider != NULL ? provider->record.name : NULL;
}

const char *nct_provider_tax_id_masked(const nct_provider *provider) {
    return provider != NULL ? provider->tax_id_masked : NULL;
}

const char *nct_provider_email(const nct_provider *provider) {
    return provider != NULL ? provider->record.email : NULL;
}

const char *nct_provider_phone(const nct_provider *provider) {
    return provider != NULL ? provider->record.phone : NULL;
}

int32_t nct_provider_state(const nct_provider *provider) {
    return provider != NULL ? provider->record.state : NCT_E_ARGUMENT;
}

const char *nct_provider_office_administrator(const nct_provider *provider) {
    return provider != NULL ? provider->oa : NULL;
}

const char *nct_provider_backup_office_administrator(const nct_provider *provider) {
    return provider != NULL ? provider->backup : NULL;
}

const char *nct_provider_eft_masked(const nct_provider *provider) {
    return provider != NULL ? provider->eft_masked : NULL;
}

const char *nct_provider_pay_to_email(const nct_provider *provider) {
    return provider != NULL ? provider->pay_to : NULL;
}

int64_t nct_provider_enrolled_at(const nct_provider *provider) {
    return provider != NULL ? provider->record.enrolled_at : 0;
}

int64_t nct_provider_reverification_due(const nct_provider *provider) {
    return provider != NULL ? provider->record.reverify_at : 0;
}

const char *nct_provider_reverification_date(const nct_provider *provider) {
    return provider != NULL ? provider->due_date : NULL;
}

int32_t nct_provider_reverification_held(const nct_provider *provider) {
    return provider != NULL && nct_reverify_is_held(&provider->record);
}

int64_t nct_provider_suspended_at(const nct_provider *provider) {
    return provider != NULL ? provider->record.suspended_at : 0;
}

void nct_provider_list_free(nct_provider_list *list) {
    if (list == NULL)
        return;
    struct nct_memory memory = list->memory;
    nct_memory_give(&memory, list->items);
    nct_memory_give(&memory, list);
}

/* Each record is read again with its pin: the scanned row alone could have been put back. */
static nct_status add_page(struct nct_portal *portal, const struct nct_page *page, struct nct_provider_list *list) {
    list->items = nct_memory_take_array(&list->memory, page->count, sizeof *list->items);
    nct_status status = list->items != NULL ? NCT_OK : NCT_E_NO_MEMORY;
    for (size_t i = 0; i < page->count && status == NCT_OK; i++) {
        struct nct_provider *provider = &list->items[list->count];
        provider->memory = list->memory;
        if (!nct_copy_text(provider->id, sizeof provider->id, (const char *)page->rows[i].key, page->rows[i].key_len))
            return NCT_E_INTEGRITY;
        status = nct_unit_read(portal, read_provider, provider);
        list->count += status == NCT_OK;
    }
    return status;
}

nct_status nct_provider_list_page(nct_portal *portal, const char *after, size_t after_len, size_t limit,
                                  nct_provider_list **out) {
    char cursor[NCT_PROVIDER_ROOM] = "";
    if (out != NULL)
        *out = NULL;
    if (portal == NULL || out == NULL)
        return NCT_E_ARGUMENT;
    nct_status status = nct_take_limit(limit);
    if (status == NCT_OK && after_len > 0)
        status = nct_take_provider(after, after_len, cursor);
    if (status != NCT_OK)
        return status;
    struct nct_provider_list *list = nct_memory_take(&portal->seams.memory, sizeof *list);
    if (list == NULL)
        return NCT_E_NO_MEMORY;
    list->memory = portal->seams.memory;
    struct nct_page page;
    status = nct_fetch_page(portal, &nct_type_provider, NULL, 0, cursor, strlen(cursor), limit, &page);
    if (status == NCT_OK)
        status = add_page(portal, &page, list);
    nct_page_free(&page);
    if (status == NCT_OK)
        *out = list;
    else
        nct_provider_list_free(list);
    return status;
}

size_t nct_provider_list_count(const nct_provider_list *list) {
    return list != NULL ? list->count : 0;
}

const nct_provider *nct_provider_list_at(const nct_provider_list *list, size_t index) {
    return index < nct_provider_list_count(list) ? &list->items[index] : NULL;
}

const char *nct_provider_kind_name(int32_t kind) {
    static const char *const names[] = {NULL, "individual", "organization"};
    return kind >= 0 && kind <= NCT_PROVIDER_ORGANIZATION ? names[kind] : NULL;
}

const char *nct_provider_state_name(int32_t state) {
    static const char *const names[] = {NULL, "enrolled", "registered", "terminated"};
    return state >= 0 && state <= NCT_PROVIDER_TERMINATED ? names[state] : NULL;
}
