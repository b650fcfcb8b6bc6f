#include "portal/audit/streams.h"

#include "base/bytes.h"
#include "engine/handle/arguments.h"
#include "portal/registry/person.h"
#include "portal/registry/stand_in.h"

#include <nctracks/ledger.h>

#include <stdio.h>
#include <string.h>

#define STREAM_NAME_ROOM 48

static const char provider_prefix[] = "provider:";
static const char person_prefix[] = "person:";
static const char unknown_prefix[] = "unknown:";
static const char key_prefix[] = "key:";
static const char portal_name[] = "portal";

/* The rest of a name after a prefix; NULL if it does not begin with it. */
static const char *after_prefix(const char *name, size_t len, const char *prefix, size_t *rest) {
    size_t prefix_len = strlen(prefix);
    if (len < prefix_len || memcmp(name, prefix, prefix_len) != 0)
        return NULL;
    *rest = len - prefix_len;
    return name + prefix_len;
}

struct finding {
    char ncid[NCT_NCID_ROOM];
    unsigned char person[NCT_PERSON_ID];
};

static nct_status find_person(struct nct_unit *unit, void *argument) {
    struct finding *finding = argument;
    nct_status status = nct_ncid_find(unit, finding->ncid, finding->person);
    return status == NCT_E_UNKNOWN_PERSON ? NCT_E_NOT_FOUND : status;
}

nct_status nct_stream_find(nct_portal *portal, const char *name, size_t len, struct nct_stream *stream) {
    char provider[NCT_PROVIDER_ROOM];
    unsigned char shadow[NCT_PERSON_ID];
    unsigned char kid[NCT_SIGNING_ID];
    unsigned char number;
    struct finding finding;
    size_t rest = 0;
    if (name != NULL && len == sizeof portal_name - 1 && memcmp(name, portal_name, len) == 0) {
        *stream = nct_stream_of_portal();
        return NCT_OK;
    }
    const char *id = after_prefix(name, len, provider_prefix, &rest);
    if (id != NULL && nct_take_provider(id, rest, provider) == NCT_OK) {
        *stream = nct_stream_of_provider(provider);
        return NCT_OK;
    }
    id = after_prefix(name, len, unknown_prefix, &rest);
    if (id != NULL && nct_unhex(&number, 1, id, rest)) {
        nct_shadow_at(number, shadow);
        *stream = nct_stream_of_person(shadow);
        return NCT_OK;
    }
    id = after_prefix(name, len, key_prefix, &rest);
    if (id != NULL && nct_unhex(kid, sizeof kid, id, rest)) {
        *stream = nct_stream_of_key(kid);
        return NCT_OK;
    }
    id = after_prefix(name, len, person_prefix, &rest);
    if (id == NULL || nct_take_ncid(id, rest, finding.ncid) != NCT_OK)
        return nct_about_argument(NCT_E_FORMAT, "stream");
    nct_status status = nct_unit_read(portal, find_person, &finding);
    if (status == NCT_OK)
        *stream = nct_stream_of_person(finding.person);
    return status;
}

/* Stream keys have no end of their own: one may begin like another. The first byte of a sequence is 0 up to 2^56
 * entries and no part of any provider id, so it ends the prefix. */
nct_status nct_stream_fetch(nct_portal *portal, const struct nct_stream *stream, uint64_t after, size_t limit,
                            struct nct_page *page) {
    unsigned char key[NCT_ENTRY_KEY_MAX], first[NCT_ENTRY_KEY_MAX];
    size_t key_len = nct_entry_key(stream, after, key);
    (void)nct_entry_key(stream, 0, first);
    return nct_fetch_page(portal, &nct_type_entry, first, stream->len + 1, key, key_len, limit, page);
}

uint64_t nct_stream_sequence(const struct nct_stream *stream, const struct nct_page_row *row) {
    return row->key_len == stream->len + 8 ? nct_get_be64(row->key + stream->len) : 0;
}

struct nct_stream_list {
    struct nct_memory memory;
    char (*names)[STREAM_NAME_ROOM];
    size_t count;
    char cursor[2 * NCT_STREAM_KEY_MAX + 1];
    int32_t more;
    size_t damaged;
};

void nct_stream_list_free(nct_stream_list *list) {
    if (list == NULL)
        return;
    struct nct_memory memory = list->memory;
    nct_memory_give(&memory, list->names);
    nct_memory_give(&memory, list);
}

struct naming {
    const unsigned char *person;
    char *name;
};

static nct_status name_person(struct nct_unit *unit, void *argument) {
    const struct naming *naming = argument;
    struct nct_person_record record;
    nct_status status = nct_unit_get(unit, &nct_type_person, naming->person, NCT_PERSON_ID, &record);
    if (status == NCT_OK)
        snprintf(naming->name, STREAM_NAME_ROOM, "%s%s", person_prefix, record.ncid);
    return status == NCT_E_NOT_FOUND ? NCT_E_INTEGRITY : status;
}

static nct_status name_stream(nct_portal *portal, const struct nct_stream *stream, char name[STREAM_NAME_ROOM]) {
    const struct nct_stream own = nct_stream_of_portal();
    if (stream->len > 1 && stream->len <= NCT_PROVIDER_ROOM && stream->key[0] == NCT_STREAM_PROVIDER) {
        snprintf(name, STREAM_NAME_ROOM, "%s%.*s", provider_prefix, (int)stream->len - 1,
                 (const char *)stream->key + 1);
        return NCT_OK;
    }
    if (stream->len == 1 + NCT_SIGNING_ID && stream->key[0] == NCT_STREAM_KEY) {
        char kid[2 * NCT_SIGNING_ID + 1];
        nct_hex(kid, stream->key + 1, NCT_SIGNING_ID);
        snprintf(name, STREAM_NAME_ROOM, "%s%s", key_prefix, kid);
        return NCT_OK;
    }
    if (stream->len == own.len && memcmp(stream->key, own.key, own.len) == 0) {
        snprintf(name, STREAM_NAME_ROOM, "%s", portal_name);
        return NCT_OK;
    }
    if (stream->len != 1 + NCT_PERSON_ID || stream->key[0] != NCT_STREAM_PERSON)
        return NCT_E_INTEGRITY;
    int number = nct_shadow_number(stream->key + 1);
    if (number >= 0) {
        snprintf(name, STREAM_NAME_ROOM, "%s%02x", unknown_prefix, (unsigned)number);
        return NCT_OK;
    }
    struct naming naming = {stream->key + 1, name};
    return nct_unit_read(portal, name_person, &naming);
}

void nct_stream_name(struct nct_portal *portal, const struct nct_stream *stream, char *name) {
    char hex[2 * NCT_STREAM_KEY_MAX + 1];
    if (name_stream(portal, stream, name) == NCT_OK)
        return;
    nct_hex(hex, stream->key + 1, stream->len - 1);
    snprintf(name, STREAM_NAME_ROOM, "%s%s", stream->key[0] == NCT_STREAM_PERSON ? person_prefix : "", hex);
}

static nct_status name_row(nct_portal *portal, const struct nct_page_row *row, char name[STREAM_NAME_ROOM]) {
    struct nct_stream stream = {.len = row->key_len};
    if (row->key_len > sizeof stream.key)
        return NCT_E_INTEGRITY;
    memcpy(stream.key, row->key, row->key_len);
    return name_stream(portal, &stream, name);
}

static nct_status fill_streams(nct_portal *portal, const unsigned char *after, size_t after_len, size_t limit,
                               nct_stream_list *list) {
    struct nct_page page;
    nct_status status = nct_fetch_sound(portal, &nct_type_stream, NULL, 0, after, after_len, limit, &page);
    list->damaged = page.damaged;
    list->more = page.count == limit;
    if (status == NCT_OK) {
        list->names = nct_memory_take_array(&list->memory, page.count, sizeof *list->names);
        status = list->names != NULL ? NCT_OK : NCT_E_NO_MEMORY;
    }
    for (size_t i = 0; i < page.count && status == NCT_OK; i++) {
        status = name_row(portal, &page.rows[i], list->names[list->count]);
        list->count += status == NCT_OK;
        if (nct_is_damage(status)) { /* whose it is cannot be read */
            list->damaged++;
            status = NCT_OK;
        }
        if (status == NCT_OK)
            nct_hex(list->cursor, page.rows[i].key, page.rows[i].key_len);
    }
    nct_page_free(&page);
    return status;
}

nct_status nct_ledger_streams(nct_portal *portal, const char *after, size_t after_len, size_t limit,
                              nct_stream_list **out) {
    unsigned char key[NCT_STREAM_KEY_MAX];
    if (out != NULL)
        *out = NULL;
    if (NCT_MISSING(portal) || NCT_MISSING(out) || (after_len > 0 && NCT_MISSING(after)))
        return NCT_E_ARGUMENT;
    if (after_len > 0 && (after_len / 2 > sizeof key || !nct_unhex(key, after_len / 2, after, after_len)))
        return nct_about_argument(NCT_E_FORMAT, "after");
    nct_status status = nct_take_limit(limit);
    if (status != NCT_OK)
        return status;
    nct_stream_list *list = nct_memory_take(&portal->seams.memory, sizeof *list);
    if (list == NULL)
        return NCT_E_NO_MEMORY;
    list->memory = portal->seams.memory;
    status = fill_streams(portal, key, after_len / 2, limit, list);
    if (status == NCT_OK)
        *out = list;
    else
        nct_stream_list_free(list);
    return status == NCT_OK ? nct_partial(status, list->damaged) : status;
}

size_t nct_stream_list_count(const nct_stream_list *list) {
    return list != NULL ? list->count : 0;
}

const char *nct_stream_list_name(const nct_stream_list *list, size_t index) {
    return index < nct_stream_list_count(list) ? list->names[index] : NULL;
}

int32_t nct_stream_list_more(const nct_stream_list *list) {
    return list != NULL && list->more;
}

const char *nct_stream_list_cursor(const nct_stream_list *list) {
    return list != NULL ? list->cursor : NULL;
}
