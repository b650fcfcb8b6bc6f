/* Rows that do not open, whoever they belong to. */
#include "portal/upkeep/damage.h"

#include "base/bytes.h"
#include "engine/handle/arguments.h"
#include "portal/registry/person.h"
#include "portal/registry/work_index.h"

#include <nctracks/damage.h>

#include <string.h>

struct item {
    char key[2 * NCT_KEY_MAX + 1];
    nct_status status;
    char provider[NCT_PROVIDER_ROOM];
    char ncid[NCT_NCID_ROOM];
};

struct nct_damage {
    struct nct_memory memory;
    struct item *items;
    size_t count;
    size_t seen;
    char cursor[2 * NCT_KEY_MAX + 1];
};

nct_status nct_damage_judge(struct nct_portal *portal, const struct nct_record_type *type, struct nct_page_row *row) {
    struct nct_place place = {type->space, row->key, row->key_len, row->revision};
    nct_status status =
        nct_unprotect(&portal->keyring, type->protection, &place, row->bytes, row->bytes_len, &row->content, &row->len);
    if (status != NCT_OK)
        return status;
    void *record = nct_memory_take(&portal->seams.memory, type->size > 0 ? type->size : 1);
    status = record != NULL ? nct_record_decode(type, row->content, row->len, record) : NCT_E_NO_MEMORY;
    nct_memory_give_wiped(&portal->seams.memory, record, type->size);
    return status;
}

/* Whose a row is, as far as its key says. */
struct owner {
    char provider[NCT_PROVIDER_ROOM];
    unsigned char person[NCT_PERSON_ID];
    char ncid[NCT_NCID_ROOM];
};

static void take_provider(const unsigned char *key, size_t len, struct owner *owner) {
    const unsigned char *end = memchr(key, '\0', len);
    (void)nct_copy_text(owner->provider, sizeof owner->provider, (const char *)key,
                        end != NULL ? (size_t)(end - key) : len);
}

static void take_person(const unsigned char *key, size_t len, struct owner *owner) {
    if (len >= NCT_PERSON_ID)
        memcpy(owner->person, key, NCT_PERSON_ID);
}

/* Behind the letter of a stream; an entry has its number at the end. */
static void take_stream(int letter, const unsigned char *key, size_t len, struct owner *owner) {
    if (letter == NCT_STREAM_PROVIDER)
        take_provider(key, len, owner);
    else if (letter == NCT_STREAM_PERSON)
        take_person(key, len, owner);
}

static void find_owner(const struct nct_record_type *type, const struct nct_page_row *row, struct owner *owner) {
    struct nct_due_item due;
    size_t number = type == &nct_type_entry ? 8 : 0;
    *owner = (struct owner){.provider = ""};
    if ((type == &nct_type_due && nct_due_parse(row->key, row->key_len, &due)) ||
        (type == &nct_type_work && nct_work_parse(row->key, row->key_len, &due)))
        memcpy(owner->provider, due.provider, sizeof owner->provider);
    else if ((type == &nct_type_stream || type == &nct_type_entry) && row->key_len > 1 + number)
        take_stream(row->key[0], row->key + 1, row->key_len - 1 - number, owner);
    else if (type == &nct_type_ncid && row->key_len > NCT_SHARD)
        (void)nct_copy_text(owner->ncid, sizeof owner->ncid, (const char *)row->key + NCT_SHARD,
                            row->key_len - NCT_SHARD);
    else if (type->owner == NCT_OWNER_PROVIDER)
        take_provider(row->key, row->key_len, owner);
    else if (type->owner == NCT_OWNER_PERSON)
        take_person(row->key, row->key_len, owner);
    else
        take_stream(type->stream, row->key, row->key_len, owner);
}

static nct_status name_person(struct nct_unit *unit, void *argument) {
    struct owner *owner = argument;
    return nct_ncid_of(unit, owner->person, owner->ncid);
}

static void note(struct nct_portal *portal, const struct nct_record_type *type, const struct nct_page_row *row,
                 nct_status why, struct item *item) {
    struct owner owner;
    find_owner(type, row, &owner);
    if (owner.ncid[0] == '\0' && nct_unit_read(portal, name_person, &owner) != NCT_OK)
        owner.ncid[0] = '\0';
    nct_hex(item->key, row->key, row->key_len);
    item->status = why;
    memcpy(item->provider, owner.provider, sizeof item->provider);
    memcpy(item->ncid, owner.ncid, sizeof item->ncid);
}

static nct_status look_at(struct nct_portal *portal, const struct nct_record_type *type, struct nct_page *page,
                          nct_damage *damage) {
    for (size_t i = 0; i < page->count; i++) {
        nct_status status = nct_damage_judge(portal, type, &page->rows[i]);
        if (status == NCT_E_NO_MEMORY)
            return status;
        if (status != NCT_OK)
            note(portal, type, &page->rows[i], status, &damage->items[damage->count++]);
        damage->seen++;
    }
    return NCT_OK;
}

static nct_status fill(struct nct_portal *portal, const struct nct_record_type *type, const unsigned char *after,
                       size_t after_len, size_t limit, nct_damage *damage) {
    struct nct_page page;
    nct_status status = nct_fetch_raw(portal, type, after, after_len, limit, &page);
    if (status == NCT_OK) {
        damage->items = nct_memory_take_array(&damage->memory, page.count, sizeof *damage->items);
        status = damage->items != NULL ? look_at(portal, type, &page, damage) : NCT_E_NO_MEMORY;
    }
    if (status == NCT_OK && page.count == limit)
        nct_hex(damage->cursor, page.rows[limit - 1].key, page.rows[limit - 1].key_len);
    nct_page_free(&page);
    return status;
}

nct_status nct_damage_list(nct_portal *portal, int32_t space, const char *after, size_t after_len, size_t limit,
                           nct_damage **out) {
    unsigned char key[NCT_KEY_MAX];
    if (out != NULL)
        *out = NULL;
    if (NCT_MISSING(portal) || NCT_MISSING(out) || space < 0 || space >= NCT_SPACE_COUNT ||
        (after_len > 0 && NCT_MISSING(after)))
        return NCT_E_ARGUMENT;
    if (after_len > 0 && (after_len / 2 > sizeof key || !nct_unhex(key, after_len / 2, after, after_len)))
        return nct_about_argument(NCT_E_FORMAT, "after");
    nct_status status = nct_take_limit(limit);
    if (status != NCT_OK)
        return status;
    nct_damage *damage = nct_memory_take(&portal->seams.memory, sizeof *damage);
    if (damage == NULL)
        return NCT_E_NO_MEMORY;
    damage->memory = portal->seams.memory;
    status = fill(portal, nct_type_of_space(space), key, after_len / 2, limit, damage);
    if (status == NCT_OK)
        *out = damage;
    else
        nct_damage_free(damage);
    return status;
}

void nct_damage_free(nct_damage *damage) {
    if (damage == NULL)
        return;
    struct nct_memory memory = damage->memory;
    nct_memory_give(&memory, damage->items);
    nct_memory_give(&memory, damage);
}

size_t nct_damage_count(const nct_damage *damage) {
    return damage != NULL ? damage->count : 0;
}

size_t nct_damage_seen(const nct_damage *damage) {
    return damage != NULL ? damage->seen : 0;
}

int32_t nct_damage_more(const nct_damage *damage) {
    return damage != NULL && damage->cursor[0] != '\0';
}

const char *nct_damage_cursor(const nct_damage *damage) {
    return damage != NULL ? damage->cursor : NULL;
}

static const struct item *at(const nct_damage *damage, size_t index) {
    return index < nct_damage_count(damage) ? &damage->items[index] : NULL;
}

const char *nct_damage_key(const nct_damage *damage, size_t index) {
    return at(damage, index) != NULL ? at(damage, index)->key : NULL;
}

nct_code nct_damage_reason(const nct_damage *damage, size_t index) {
    return at(damage, index) != NULL ? at(damage, index)->status : NCT_E_ARGUMENT;
}

const char *nct_damage_provider(const nct_damage *damage, size_t index) {
    return at(damage, index) != NULL ? at(damage, index)->provider : NULL;
}

const char *nct_damage_ncid(const nct_damage *damage, size_t index) {
    return at(damage, index) != NULL ? at(damage, index)->ncid : NULL;
}
