/* The keys of a store, listed and exported. */
#include "engine/keys/key_list.h"
#include "base/about.h"

#include "base/bytes.h"
#include "codec/cbor.h"
#include "codec/cose.h"
#include "engine/keys/key_store.h"
#include "engine/records/evidence_types.h"

#include <nctracks/receipt.h>

#include <sodium.h>
#include <string.h>

_Static_assert(NCT_KEY_NAME_LENGTH == 2 * NCT_SIGNING_ID, "length of a key id");

struct listed {
    char id[NCT_KEY_NAME_LENGTH + 1];
    uint64_t number;
    int32_t state;
    int64_t announced_at;
    int64_t retired_at;
    int64_t compromised_from;
    int32_t held;
    int32_t droppable;
    size_t announcement_len;
    unsigned char announcement[NCT_ANNOUNCEMENT_MAX];
};

struct nct_key_list {
    struct nct_memory memory;
    struct listed *items;
    size_t count;
};

static void fill(struct listed *item, const struct nct_key_row *row, const struct nct_portal *portal) {
    const struct nct_key_record *record = &row->record;
    *item = (struct listed){.number = record->number,
                            .state = record->state,
                            .announced_at = record->announced_at,
                            .retired_at = record->retired_at,
                            .compromised_from = record->compromised_from,
                            .held = nct_keyring_find(&portal->keyring, record->id) != NULL,
                            .announcement_len = record->announcement.len};
    nct_hex(item->id, row->kid, NCT_SIGNING_ID);
    memcpy(item->announcement, record->announcement.bytes, record->announcement.len);
}

/* Whether the last pass found every row under the last key. */
static nct_status is_all_under(struct nct_unit *unit, const struct nct_key_row *last, int32_t *all) {
    struct nct_rekey_record pass;
    uint64_t revision = 0;
    struct nct_stream stream = nct_stream_of_portal();
    nct_status status = nct_rekey_get(unit, &pass, &revision);
    if (status == NCT_OK)
        status = nct_ledger_check_end(unit, &stream);
    *all = pass.ended_at != 0 && pass.resealed == 0 && pass.left == 0 &&
           memcmp(pass.target, last->record.id, NCT_KEY_ID) == 0;
    return status;
}

static nct_status fill_list(struct nct_unit *unit, const struct nct_key_rows *rows, nct_key_list *list) {
    int32_t all = 0;
    nct_status status = is_all_under(unit, &rows->at[rows->count - 1], &all);
    nct_memory_give(&list->memory, list->items); /* of a run before */
    list->items = nct_memory_take_array(&list->memory, rows->count, sizeof *list->items);
    list->count = list->items != NULL ? rows->count : 0;
    for (size_t i = 0; i < list->count; i++) {
        fill(&list->items[i], &rows->at[i], unit->portal);
        list->items[i].droppable = all && i + 1 < rows->count;
    }
    return status == NCT_OK && list->items == NULL ? NCT_E_NO_MEMORY : status;
}

static nct_status read_list(struct nct_unit *unit, void *argument) {
    struct nct_key_rows rows;
    nct_status status = nct_key_rows_read(unit, &rows);
    if (status == NCT_OK)
        status = fill_list(unit, &rows, argument);
    nct_key_rows_free(&rows);
    return status;
}

nct_status nct_key_list_read(nct_portal *portal, nct_key_list **out) {
    if (out != NULL)
        *out = NULL;
    if (NCT_MISSING(portal) || NCT_MISSING(out))
        return NCT_E_ARGUMENT;
    nct_key_list *list = nct_memory_take(&portal->seams.memory, sizeof *list);
    if (list == NULL)
        return NCT_E_NO_MEMORY;
    list->memory = portal->seams.memory;
    nct_status status = nct_unit_read(portal, read_list, list);
    if (status == NCT_OK)
        *out = list;
    else
        nct_key_list_free(list);
    return status;
}

void nct_key_list_free(nct_key_list *list) {
    if (list == NULL)
        return;
    struct nct_memory memory = list->memory;
    nct_memory_give(&memory, list->items);
    nct_memory_give(&memory, list);
}

/* The newest first: it is the one most often asked for. */
static nct_status put_keys(struct nct_unit *unit, void *argument) {
    struct nct_buf *set = argument;
    struct nct_key_rows rows;
    nct_status status = nct_key_rows_read(unit, &rows);
    nct_buf_clear(set);
    nct_cbor_put_array(set, rows.count);
    for (size_t i = rows.count; status == NCT_OK && i > 0; i--) {
        const struct nct_key_row *row = &rows.at[i - 1];
        struct nct_cose_key key = {row->kid, row->record.verifying, row->record.compromised_from};
        nct_cose_put_key(set, &key);
    }
    nct_key_rows_free(&rows);
    return status == NCT_OK ? set->status : status;
}

nct_status nct_portal_key_set(nct_portal *portal, void *out, size_t capacity, size_t *out_len) {
    struct nct_buf set;
    if (NCT_MISSING(portal) || NCT_MISSING(out_len) || (capacity > 0 && NCT_MISSING(out)))
        return NCT_E_ARGUMENT;
    nct_buf_init(&set, &portal->seams.memory);
    nct_status status = nct_unit_read(portal, put_keys, &set);
    *out_len = status == NCT_OK ? set.len : 0;
    if (status == NCT_OK && set.len > capacity)
        status = NCT_E_BUFFER;
    if (status == NCT_OK)
        memcpy(out, set.data, set.len);
    nct_buf_free(&set);
    return status;
}

size_t nct_key_list_count(const nct_key_list *list) {
    return list != NULL ? list->count : 0;
}

static const struct listed *at(const nct_key_list *list, size_t index) {
    return index < nct_key_list_count(list) ? &list->items[index] : NULL;
}

const char *nct_key_list_id(const nct_key_list *list, size_t index) {
    return at(list, index) != NULL ? at(list, index)->id : NULL;
}

uint64_t nct_key_list_number(const nct_key_list *list, size_t index) {
    return at(list, index) != NULL ? at(list, index)->number : 0;
}

int32_t nct_key_list_state(const nct_key_list *list, size_t index) {
    return at(list, index) != NULL ? at(list, index)->state : 0;
}

int64_t nct_key_list_announced_at(const nct_key_list *list, size_t index) {
    return at(list, index) != NULL ? at(list, index)->announced_at : 0;
}

int64_t nct_key_list_retired_at(const nct_key_list *list, size_t index) {
    return at(list, index) != NULL ? at(list, index)->retired_at : 0;
}

int64_t nct_key_list_compromised_from(const nct_key_list *list, size_t index) {
    return at(list, index) != NULL ? at(list, index)->compromised_from : 0;
}

int32_t nct_key_list_held(const nct_key_list *list, size_t index) {
    return at(list, index) != NULL ? at(list, index)->held : 0;
}

int32_t nct_key_list_droppable(const nct_key_list *list, size_t index) {
    return at(list, index) != NULL ? at(list, index)->droppable : 0;
}

const void *nct_key_list_announcement(const nct_key_list *list, size_t index, size_t *announcement_len) {
    const struct listed *item = at(list, index);
    size_t length = item != NULL ? item->announcement_len : 0;
    if (announcement_len != NULL)
        *announcement_len = length;
    return length > 0 ? item->announcement : NULL;
}

const char *nct_key_state_name(int32_t state) {
    static const char *const names[] = {[NCT_KEY_STATE_CURRENT] = "current",
                                        [NCT_KEY_STATE_RETIRED] = "retired",
                                        [NCT_KEY_STATE_COMPROMISED] = "compromised"};
    return state > 0 && state <= NCT_KEY_STATE_COMPROMISED ? names[state] : NULL;
}
