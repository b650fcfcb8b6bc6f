/* Reading provider records. */
#include "base/bytes.h"
#include "engine/handle/arguments.h"
#include "engine/unit/fetch.h"
#include "portal/provider/reverify.h"
#include "portal/registry/directory.h"
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
    size_t damaged;
    int32_t more;
    char cursor[NCT_DIRECTORY_CURSOR_ROOM]; /* the longer of the two kinds */
};

static void mask(int32_t kind, const char *value, char *out, size_t capacity) {
    out[0] = '\0';
    if (value[0] != '\0' && nct_ident_mask(kind, value, strlen(value), out, capacity, NULL) != NCT_OK)
        out[0] = '\0';
}

static nct_status read_provider(struct nct_unit *unit, void *argument) {
    struct nct_provider *provider = argument;
    struct nct_provider_private private;
    size_t key_len = strlen(provider->id);
    nct_status status = nct_unit_get(unit, &nct_type_provider, provider->id, key_len, &provider->record);
    if (status == NCT_OK)
        status = nct_ncid_of(unit, provider->record.oa, provider->oa);
    if (status == NCT_OK)
        status = nct_ncid_of(unit, provider->record.backup, provider->backup);
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
    if (NCT_MISSING(portal) || NCT_MISSING(out))
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

const char *nct_provider_phone_extension(const nct_provider *provider) {
    return provider != NULL ? provider->record.phone_extension : NULL;
}

const char *nct_provider_address_line1(const nct_provider *provider) {
    return provider != NULL ? provider->record.postal.line1 : NULL;
}

const char *nct_provider_address_line2(const nct_provider *provider) {
    return provider != NULL ? provider->record.postal.line2 : NULL;
}

const char *nct_provider_address_city(const nct_provider *provider) {
    return provider != NULL ? provider->record.postal.city : NULL;
}

const char *nct_provider_address_state(const nct_provider *provider) {
    return provider != NULL ? provider->record.postal.state : NULL;
}

const char *nct_provider_address_zip(const nct_provider *provider) {
    return provider != NULL ? provider->record.postal.zip : NULL;
}

int64_t nct_provider_changed_at(const nct_provider *provider) {
    return provider != NULL ? provider->record.changed_at : 0;
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

/* What is listed: the records of a state, or of any, whose name begins as is sought, or all. */
struct listing {
    int32_t state;
    const struct nct_directory_range *range; /* NULL: all */
};

static int is_listed(const struct listing *listing, const struct nct_provider_record *record) {
    struct nct_directory_text name;
    if (listing->state != 0 && listing->state != record->state)
        return 0;
    if (listing->range == NULL)
        return 1;
    nct_directory_normalise(NCT_DIRECTORY_PROVIDER, record->name, strlen(record->name), &name);
    return nct_directory_fits(listing->range, &name);
}

/* Where the next page begins: behind the row in the index, or the id. */
static void set_cursor(struct nct_provider_list *list, const struct listing *listing, const struct nct_page_row *row) {
    if (listing->range != NULL)
        nct_hex(list->cursor, row->key, row->key_len);
    else
        nct_copy_text(list->cursor, sizeof list->cursor, (const char *)row->key, row->key_len);
}

static int take_id(const struct listing *listing, const struct nct_page_row *row, struct nct_provider *provider) {
    size_t len = row->key_len;
    const unsigned char *id = listing->range != NULL ? nct_directory_subject(row, &len) : row->key;
    return id != NULL && nct_copy_text(provider->id, sizeof provider->id, (const char *)id, len);
}

/* Each record is read again with its pin: the scanned row alone could have been put back. */
static nct_status add_page(struct nct_portal *portal, const struct listing *listing, const struct nct_page *page,
                           struct nct_provider_list *list) {
    list->items = nct_memory_take_array(&list->memory, page->count, sizeof *list->items);
    nct_status status = list->items != NULL ? NCT_OK : NCT_E_NO_MEMORY;
    for (size_t i = 0; i < page->count && status == NCT_OK; i++) {
        struct nct_provider *provider = &list->items[list->count];
        *provider = (struct nct_provider){.memory = list->memory};
        if (!take_id(listing, &page->rows[i], provider))
            return NCT_E_INTEGRITY;
        set_cursor(list, listing, &page->rows[i]);
        status = nct_unit_read(portal, read_provider, provider);
        list->count += status == NCT_OK && is_listed(listing, &provider->record);
        if (nct_is_damage(status)) {
            list->damaged++;
            status = NCT_OK;
        }
    }
    return status;
}

static nct_status fetch(struct nct_portal *portal, const struct listing *listing, const char *after, size_t limit,
                        struct nct_provider_list *list) {
    struct nct_page page;
    nct_status status = NCT_OK;
    if (listing->range != NULL) {
        status = nct_directory_page(portal, listing->range, &page, &list->more);
    } else {
        status = nct_fetch_sound(portal, &nct_type_provider, NULL, 0, after, strlen(after), limit, &page);
        list->more = page.count == limit;
    }
    list->damaged = page.damaged;
    if (status == NCT_OK)
        status = add_page(portal, listing, &page, list);
    nct_page_free(&page);
    return status;
}

static nct_status make_list(struct nct_portal *portal, const struct listing *listing, const char *after, size_t limit,
                            nct_provider_list **out) {
    struct nct_provider_list *list = nct_memory_take(&portal->seams.memory, sizeof *list);
    if (list == NULL)
        return NCT_E_NO_MEMORY;
    *list = (struct nct_provider_list){.memory = portal->seams.memory};
    nct_status status = fetch(portal, listing, after, limit, list);
    if (status == NCT_OK)
        *out = list;
    else
        nct_provider_list_free(list);
    return status == NCT_OK ? nct_partial(status, list->damaged) : status;
}

nct_status nct_provider_search(nct_portal *portal, const char *name, size_t name_len, int32_t state, const char *after,
                               size_t after_len, size_t limit, nct_provider_list **out) {
    char cursor[NCT_PROVIDER_ROOM] = "";
    struct nct_directory_range range;
    struct listing listing = {state, name_len > 0 ? &range : NULL};
    if (out != NULL)
        *out = NULL;
    if (NCT_MISSING(portal) || NCT_MISSING(out) || (state != 0 && nct_provider_state_name(state) == NULL))
        return NCT_E_ARGUMENT;
    nct_status status = nct_take_limit(limit);
    if (status == NCT_OK && name_len > 0)
        status = nct_directory_take(NCT_DIRECTORY_PROVIDER, name, name_len, after, after_len, limit, &range);
    else if (status == NCT_OK && after_len > 0)
        status = nct_take_provider(after, after_len, cursor);
    return status == NCT_OK ? make_list(portal, &listing, cursor, limit, out) : status;
}

nct_status nct_provider_list_page(nct_portal *portal, const char *after, size_t after_len, size_t limit,
                                  nct_provider_list **out) {
    return nct_provider_search(portal, NULL, 0, 0, after, after_len, limit, out);
}

int32_t nct_provider_list_more(const nct_provider_list *list) {
    return list != NULL ? list->more : 0;
}

const char *nct_provider_list_cursor(const nct_provider_list *list) {
    return list != NULL ? list->cursor : NULL;
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
