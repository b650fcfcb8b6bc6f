/* Reading signatures. */
#include "operations/signature.h"

#include "ground/bytes.h"
#include "operations/arguments.h"
#include "unit/fetch.h"
#include "unit/unit.h"

#include <sodium.h>
#include <string.h>

struct nct_signature {
    struct nct_memory memory;
    char id[2 * NCT_SIGNATURE_ID + 1];
    struct nct_signature_record record;
};

struct nct_signature_list {
    struct nct_memory memory;
    struct nct_signature *items;
    size_t count;
};

_Static_assert(NCT_SIGNATURE_ID_LENGTH == 2 * NCT_SIGNATURE_ID, "length of an id");
_Static_assert(NCT_DIGEST_BYTES == NCT_HASH, "length of a digest");

size_t nct_signature_key(const char *provider, const unsigned char id[NCT_SIGNATURE_ID],
                         unsigned char key[NCT_SIGNATURE_KEY_MAX]) {
    size_t len = strlen(provider) + 1;
    memcpy(key, provider, len);
    memcpy(key + len, id, NCT_SIGNATURE_ID);
    return len + NCT_SIGNATURE_ID;
}

nct_status nct_signature_room(struct nct_portal *portal, nct_signature **out) {
    *out = nct_memory_take(&portal->seams.memory, sizeof **out);
    if (*out == NULL)
        return NCT_E_NO_MEMORY;
    (*out)->memory = portal->seams.memory;
    return NCT_OK;
}

void nct_signature_fill(nct_signature *signature, const struct nct_signature_record *record) {
    signature->record = *record;
    nct_hex(signature->id, record->nonce, NCT_SIGNATURE_ID);
}

void nct_signature_free(nct_signature *signature) {
    if (signature == NULL)
        return;
    struct nct_memory memory = signature->memory;
    nct_memory_give(&memory, signature);
}

struct reading {
    const unsigned char *key;
    size_t key_len;
    struct nct_signature_record record;
};

static nct_status read_signature(struct nct_unit *unit, void *argument) {
    struct reading *reading = argument;
    return nct_unit_get(unit, &nct_type_signature, reading->key, reading->key_len, &reading->record);
}

static nct_status take_id(const char *id, size_t id_len, unsigned char bytes[NCT_SIGNATURE_ID]) {
    if (id == NULL)
        return NCT_E_ARGUMENT;
    return nct_unhex(bytes, NCT_SIGNATURE_ID, id, id_len) ? NCT_OK : NCT_E_FORMAT;
}

nct_status nct_signature_get(nct_portal *portal, const char *provider, size_t provider_len, const char *id,
                             size_t id_len, nct_signature **out) {
    char canonical[NCT_PROVIDER_ROOM];
    unsigned char bytes[NCT_SIGNATURE_ID];
    unsigned char key[NCT_SIGNATURE_KEY_MAX];
    if (out != NULL)
        *out = NULL;
    if (portal == NULL || out == NULL)
        return NCT_E_ARGUMENT;
    nct_status status = nct_take_provider(provider, provider_len, canonical);
    if (status == NCT_OK)
        status = take_id(id, id_len, bytes);
    if (status == NCT_OK)
        status = nct_signature_room(portal, out);
    if (status != NCT_OK)
        return status;
    struct reading reading = {.key = key, .key_len = nct_signature_key(canonical, bytes, key)};
    status = nct_unit_read(portal, read_signature, &reading);
    if (status == NCT_OK) {
        nct_signature_fill(*out, &reading.record);
    } else {
        nct_signature_free(*out);
        *out = NULL;
    }
    return status;
}

nct_status nct_signature_matches(const nct_signature *signature, const void *document, size_t len) {
    unsigned char digest[NCT_HASH];
    if (signature == NULL || (document == NULL && len > 0))
        return NCT_E_ARGUMENT;
    crypto_generichash(digest, sizeof digest, document, len, NULL, 0);
    return memcmp(digest, signature->record.document_digest, NCT_HASH) == 0 ? NCT_OK : NCT_E_INTEGRITY;
}

const char *nct_signature_id(const nct_signature *signature) {
    return signature != NULL ? signature->id : NULL;
}

const char *nct_signature_provider(const nct_signature *signature) {
    return signature != NULL ? signature->record.provider : NULL;
}

const char *nct_signature_ncid(const nct_signature *signature) {
    return signature != NULL ? signature->record.ncid : NULL;
}

const char *nct_signature_signer_name(const nct_signature *signature) {
    return signature != NULL ? signature->record.signer_name : NULL;
}

int32_t nct_signature_role(const nct_signature *signature) {
    return signature != NULL ? signature->record.role : NCT_E_ARGUMENT;
}

int32_t nct_signature_right(const nct_signature *signature) {
    return signature != NULL ? signature->record.right : NCT_E_ARGUMENT;
}

int32_t nct_signature_submission(const nct_signature *signature) {
    return signature != NULL ? signature->record.submission : NCT_E_ARGUMENT;
}

const char *nct_signature_meaning(const nct_signature *signature) {
    return signature != NULL ? signature->record.meaning : NULL;
}

const char *nct_signature_document_id(const nct_signature *signature) {
    return signature != NULL ? signature->record.document_id : NULL;
}

const char *nct_signature_document_version(const nct_signature *signature) {
    return signature != NULL ? signature->record.document_version : NULL;
}

const void *nct_signature_document_digest(const nct_signature *signature) {
    return signature != NULL ? signature->record.document_digest : NULL;
}

const char *nct_signature_attestation_version(const nct_signature *signature) {
    return signature != NULL ? signature->record.attestation_version : NULL;
}

const char *nct_signature_profile(const nct_signature *signature) {
    return signature != NULL ? signature->record.profile : NULL;
}

int64_t nct_signature_signed_at(const nct_signature *signature) {
    return signature != NULL ? signature->record.signed_at : 0;
}

void nct_signature_list_free(nct_signature_list *list) {
    if (list == NULL)
        return;
    struct nct_memory memory = list->memory;
    nct_memory_give(&memory, list->items);
    nct_memory_give(&memory, list);
}

static nct_status add_page(const struct nct_page *page, nct_signature_list *list) {
    list->items = nct_memory_take_array(&list->memory, page->count, sizeof *list->items);
    nct_status status = list->items != NULL ? NCT_OK : NCT_E_NO_MEMORY;
    for (size_t i = 0; i < page->count && status == NCT_OK; i++) {
        struct nct_signature_record record;
        status = nct_record_decode(&nct_type_signature, page->rows[i].content, page->rows[i].len, &record);
        list->items[i].memory = list->memory;
        nct_signature_fill(&list->items[i], &record);
        list->count = i + 1;
    }
    return status;
}

static nct_status fill_list(nct_portal *portal, const char *provider, const unsigned char *after, size_t limit,
                            nct_signature_list *list) {
    struct nct_page page;
    unsigned char prefix[NCT_PROVIDER_ROOM];
    unsigned char after_key[NCT_SIGNATURE_KEY_MAX];
    size_t prefix_len = strlen(provider) + 1;
    memcpy(prefix, provider, prefix_len);
    size_t after_len = after != NULL ? nct_signature_key(provider, after, after_key) : 0;
    nct_status status =
        nct_fetch_page(portal, &nct_type_signature, prefix, prefix_len, after_key, after_len, limit, &page);
    if (status == NCT_OK)
        status = add_page(&page, list);
    nct_page_free(&page);
    return status;
}

nct_status nct_signature_list_by_provider(nct_portal *portal, const char *provider, size_t provider_len,
                                          const char *after, size_t after_len, size_t limit, nct_signature_list **out) {
    char canonical[NCT_PROVIDER_ROOM];
    unsigned char id[NCT_SIGNATURE_ID];
    if (out != NULL)
        *out = NULL;
    if (portal == NULL || out == NULL)
        return NCT_E_ARGUMENT;
    nct_status status = nct_take_provider(provider, provider_len, canonical);
    if (status == NCT_OK && after_len > 0)
        status = take_id(after, after_len, id);
    if (status == NCT_OK)
        status = nct_take_limit(limit);
    if (status != NCT_OK)
        return status;
    nct_signature_list *list = nct_memory_take(&portal->seams.memory, sizeof *list);
    if (list == NULL)
        return NCT_E_NO_MEMORY;
    list->memory = portal->seams.memory;
    status = fill_list(portal, canonical, after_len > 0 ? id : NULL, limit, list);
    if (status == NCT_OK)
        *out = list;
    else
        nct_signature_list_free(list);
    return status;
}

size_t nct_signature_list_count(const nct_signature_list *list) {
    return list != NULL ? list->count : 0;
}

const nct_signature *nct_signature_list_at(const nct_signature_list *list, size_t index) {
    return index < nct_signature_list_count(list) ? &list->items[index] : NULL;
}

size_t nct_signature_id_length(void) {
    return NCT_SIGNATURE_ID_LENGTH;
}

size_t nct_digest_bytes(void) {
    return NCT_DIGEST_BYTES;
}
