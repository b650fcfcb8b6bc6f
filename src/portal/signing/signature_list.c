/* Listing signatures, by provider and by signer. */
#include "base/bytes.h"
#include "engine/handle/arguments.h"
#include "engine/records/evidence_types.h"
#include "engine/unit/look.h"
#include "portal/registry/person.h"
#include "portal/signing/signature.h"

#include <string.h>

struct nct_signature_list {
    struct nct_memory memory;
    nct_signature **items;
    size_t count;
    size_t damaged;
    int32_t more;
    char cursor[2 * NCT_SIGNATURE_ID + 1];
};

void nct_signature_list_free(nct_signature_list *list) {
    if (list == NULL)
        return;
    struct nct_memory memory = list->memory;
    for (size_t i = 0; i < list->count; i++)
        nct_signature_free(list->items[i]);
    nct_memory_give(&memory, list->items);
    nct_memory_give(&memory, list);
}

/* What a listing goes by: rows of receipts, or of an index that names where they are. */
struct listing {
    const struct nct_record_type *type;
    unsigned char prefix[NCT_PERSON_ID];
    size_t prefix_len;
    const unsigned char *after; /* a signature id; NULL for the first page */
};

static nct_status open_row(const struct nct_page_row *row, nct_signature *signature) {
    struct nct_signature_record record;
    nct_status status = nct_record_decode(&nct_type_signature, row->content, row->len, &record);
    return status == NCT_OK ? nct_signature_open(signature, &record) : status;
}

/* An index row leads to the receipt itself. */
static nct_status follow_row(struct nct_portal *portal, const struct nct_page_row *row, nct_signature **out) {
    struct nct_signature_index index;
    char id[2 * NCT_SIGNATURE_ID + 1];
    if (row->key_len != NCT_PERSON_ID + NCT_SIGNATURE_ID)
        return NCT_E_INTEGRITY;
    nct_status status = nct_record_decode(&nct_type_signature_by_person, row->content, row->len, &index);
    if (status != NCT_OK)
        return status;
    nct_hex(id, row->key + NCT_PERSON_ID, NCT_SIGNATURE_ID);
    status = nct_signature_get(portal, index.provider, strlen(index.provider), id, sizeof id - 1, out);
    return status == NCT_E_NOT_FOUND ? NCT_E_INTEGRITY : status;
}

static nct_status add_item(struct nct_portal *portal, const struct nct_page_row *row, const struct listing *listing,
                           nct_signature_list *list) {
    nct_signature **item = &list->items[list->count];
    if (listing->type == &nct_type_signature_by_person) {
        nct_status status = follow_row(portal, row, item);
        list->count += status == NCT_OK;
        return status;
    }
    nct_status status = nct_signature_room(&list->memory, item);
    if (status != NCT_OK)
        return status;
    status = open_row(row, *item);
    if (status == NCT_OK)
        list->count++;
    else
        nct_signature_free(*item);
    return status;
}

/* Damaged receipts keep the others of their owner from nobody; rows that are hidden or put back are another matter. */
static nct_status fetch_sound(nct_portal *portal, const struct nct_look_range *range, nct_status why,
                              struct nct_page *page) {
    nct_page_free(page);
    nct_status status = nct_fetch_sound(portal, range->type, range->prefix, range->prefix_len, range->after,
                                        range->after_len, range->limit, page);
    return status == NCT_OK && page->damaged == 0 ? why : status;
}

static nct_status fill_list(nct_portal *portal, const struct listing *listing, size_t limit, nct_signature_list *list) {
    struct nct_page page;
    unsigned char after[2 * NCT_PERSON_ID];
    size_t after_len = 0;
    if (listing->after != NULL) {
        memcpy(after, listing->prefix, listing->prefix_len);
        memcpy(after + listing->prefix_len, listing->after, NCT_SIGNATURE_ID);
        after_len = listing->prefix_len + NCT_SIGNATURE_ID;
    }
    struct nct_look_range range = {listing->type, listing->prefix, listing->prefix_len, after, after_len, limit};
    nct_status status = nct_look_page_once(portal, &range, &page);
    if (nct_is_damage(status))
        status = fetch_sound(portal, &range, status, &page);
    list->damaged = page.damaged;
    list->more = page.count == limit;
    if (status == NCT_OK) {
        list->items = nct_memory_take_array(&list->memory, page.count, sizeof(nct_signature *));
        status = list->items != NULL ? NCT_OK : NCT_E_NO_MEMORY;
    }
    for (size_t i = 0; i < page.count && status == NCT_OK; i++) {
        status = add_item(portal, &page.rows[i], listing, list);
        if (nct_is_damage(status)) { /* the receipt an index row leads to */
            list->damaged++;
            status = NCT_OK;
        }
        if (page.rows[i].key_len == listing->prefix_len + NCT_SIGNATURE_ID)
            nct_hex(list->cursor, page.rows[i].key + listing->prefix_len, NCT_SIGNATURE_ID);
    }
    nct_page_free(&page);
    return status;
}

static nct_status make_list(nct_portal *portal, struct listing *listing, const char *after, size_t after_len,
                            size_t limit, nct_signature_list **out) {
    unsigned char id[NCT_SIGNATURE_ID];
    nct_status status = nct_take_limit(limit);
    if (status == NCT_OK && after_len > 0)
        status = nct_about_argument(nct_take_signature_id(after, after_len, id), "after");
    if (status != NCT_OK)
        return status;
    listing->after = after_len > 0 ? id : NULL;
    nct_signature_list *list = nct_memory_take(&portal->seams.memory, sizeof *list);
    if (list == NULL)
        return NCT_E_NO_MEMORY;
    list->memory = portal->seams.memory;
    status = fill_list(portal, listing, limit, list);
    if (status == NCT_OK)
        *out = list;
    else
        nct_signature_list_free(list);
    return status == NCT_OK ? nct_partial(status, list->damaged) : status;
}

nct_status nct_signature_list_by_provider(nct_portal *portal, const char *provider, size_t provider_len,
                                          const char *after, size_t after_len, size_t limit, nct_signature_list **out) {
    char canonical[NCT_PROVIDER_ROOM];
    struct listing listing = {.type = &nct_type_signature};
    if (out != NULL)
        *out = NULL;
    if (NCT_MISSING(portal) || NCT_MISSING(out))
        return NCT_E_ARGUMENT;
    nct_status status = nct_take_provider(provider, provider_len, canonical);
    if (status != NCT_OK)
        return status;
    listing.prefix_len = strlen(canonical) + 1;
    memcpy(listing.prefix, canonical, listing.prefix_len);
    return make_list(portal, &listing, after, after_len, limit, out);
}

struct finding {
    char ncid[NCT_NCID_ROOM];
    unsigned char *person;
};

static nct_status find_person(struct nct_unit *unit, void *argument) {
    const struct finding *finding = argument;
    struct nct_person_record record;
    nct_status status = nct_person_behind(unit, finding->ncid, finding->person, &record);
    return status == NCT_OK ? nct_person_present(unit, finding->person) : status;
}

nct_status nct_signature_list_by_signer(nct_portal *portal, const char *ncid, size_t ncid_len, const char *after,
                                        size_t after_len, size_t limit, nct_signature_list **out) {
    struct listing listing = {.type = &nct_type_signature_by_person, .prefix_len = NCT_PERSON_ID};
    struct finding finding = {.person = listing.prefix};
    if (out != NULL)
        *out = NULL;
    if (NCT_MISSING(portal) || NCT_MISSING(out))
        return NCT_E_ARGUMENT;
    nct_status status = nct_take_ncid(ncid, ncid_len, finding.ncid);
    if (status == NCT_OK)
        status = nct_unit_read(portal, find_person, &finding);
    return status == NCT_OK ? make_list(portal, &listing, after, after_len, limit, out) : status;
}

size_t nct_signature_list_count(const nct_signature_list *list) {
    return list != NULL ? list->count : 0;
}

int32_t nct_signature_list_more(const nct_signature_list *list) {
    return list != NULL && list->more;
}

const char *nct_signature_list_cursor(const nct_signature_list *list) {
    return list != NULL ? list->cursor : NULL;
}

const nct_signature *nct_signature_list_at(const nct_signature_list *list, size_t index) {
    return index < nct_signature_list_count(list) ? list->items[index] : NULL;
}
