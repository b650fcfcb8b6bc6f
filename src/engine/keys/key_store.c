#include "engine/keys/key_store.h"

#include "engine/records/evidence_types.h"
#include "engine/unit/fetch.h"

#include <sodium.h>
#include <string.h>

nct_status nct_key_row_get(struct nct_unit *unit, const unsigned char kid[NCT_SIGNING_ID],
                           struct nct_key_record *record) {
    return nct_unit_get(unit, &nct_type_key, kid, NCT_SIGNING_ID, record);
}

nct_status nct_key_row_put(struct nct_unit *unit, const unsigned char kid[NCT_SIGNING_ID],
                           const struct nct_key_record *record, const struct nct_note *note) {
    struct nct_stream stream = nct_stream_of_key(kid);
    nct_status status = nct_unit_put(unit, &nct_type_key, kid, NCT_SIGNING_ID, record);
    return status == NCT_OK ? nct_ledger_append(unit, &stream, note) : status;
}

void nct_key_row_begin(const struct nct_keys *keys, uint64_t number, int64_t now, struct nct_key_record *record) {
    memset(record, 0, sizeof *record);
    record->number = number;
    record->state = NCT_KEY_STATE_CURRENT;
    record->announced_at = now;
    memcpy(record->id, keys->id, NCT_KEY_ID);
    memcpy(record->verifying, keys->verifying, NCT_KEY);
    memcpy(record->pepper, keys->pepper, NCT_KEY);
    memcpy(record->lookup, keys->lookup, NCT_KEY);
}

nct_status nct_key_may_sign(struct nct_unit *unit) {
    struct nct_key_record record;
    nct_status status = nct_key_row_get(unit, nct_keyring_current(&unit->portal->keyring)->signing_id, &record);
    int compromised = record.state == NCT_KEY_STATE_COMPROMISED;
    sodium_memzero(&record, sizeof record);
    if (status == NCT_E_NOT_FOUND)
        return NCT_E_NOT_ANNOUNCED;
    return status == NCT_OK && compromised ? NCT_E_KEY_COMPROMISED : status;
}

static nct_status scan(struct nct_unit *unit, struct nct_page *page) {
    nct_status status = nct_fetch_page(unit->portal, &nct_type_key, NULL, 0, NULL, 0, NCT_KEYS_MAX + 1, page);
    return status == NCT_OK && page->count > NCT_KEYS_MAX ? NCT_E_INTEGRITY : status;
}

/* Each row at the place its number says; a place taken twice leaves another empty. */
static nct_status read_rows(struct nct_unit *unit, const struct nct_page *page, struct nct_key_rows *rows) {
    struct nct_key_record record;
    nct_status status = NCT_OK;
    for (size_t i = 0; i < page->count && status == NCT_OK; i++) {
        const struct nct_page_row *found = &page->rows[i];
        if (found->key_len != NCT_SIGNING_ID)
            return NCT_E_INTEGRITY;
        status = nct_key_row_get(unit, found->key, &record);
        if (status == NCT_E_NOT_FOUND)
            status = NCT_E_CONFLICT; /* gone since the scan: look again */
        if (status == NCT_OK && (record.number == 0 || record.number > page->count))
            status = NCT_E_INTEGRITY;
        if (status != NCT_OK)
            break;
        struct nct_key_row *row = &rows->at[record.number - 1];
        memcpy(row->kid, found->key, NCT_SIGNING_ID);
        row->record = record;
    }
    sodium_memzero(&record, sizeof record);
    return status;
}

static int are_whole(const struct nct_key_rows *rows) {
    int whole = rows->count > 0;
    for (size_t i = 0; i < rows->count; i++) {
        const struct nct_key_record *record = &rows->at[i].record;
        whole &= record->number == i + 1 && (record->state == NCT_KEY_STATE_CURRENT) == (i + 1 == rows->count);
    }
    return whole;
}

/* Rows that do not fit together: a rotation came between the scan and the reads, or somebody was at the store. */
static nct_status explain(struct nct_unit *unit, size_t count) {
    struct nct_page again;
    nct_status status = scan(unit, &again);
    if (status == NCT_OK)
        status = again.count == count ? NCT_E_INTEGRITY : NCT_E_CONFLICT;
    nct_page_free(&again);
    return status;
}

nct_status nct_key_rows_read(struct nct_unit *unit, struct nct_key_rows *rows) {
    struct nct_page page;
    *rows = (struct nct_key_rows){.memory = unit->portal->seams.memory};
    nct_status status = scan(unit, &page);
    if (status == NCT_OK) {
        rows->at = nct_memory_take_array(&rows->memory, page.count, sizeof *rows->at);
        rows->count = page.count;
        status = rows->at != NULL ? read_rows(unit, &page, rows) : NCT_E_NO_MEMORY;
    }
    if (status == NCT_OK && !are_whole(rows))
        status = explain(unit, page.count);
    nct_page_free(&page);
    return status;
}

void nct_key_rows_free(struct nct_key_rows *rows) {
    nct_memory_give_wiped(&rows->memory, rows->at, rows->count * sizeof *rows->at);
    rows->at = NULL;
    rows->count = 0;
}

struct nct_kept_keys *nct_key_rows_keep(const struct nct_key_rows *rows) {
    static const unsigned char ncids[] = "nctracks/ncid/1";
    struct nct_kept_keys *kept = nct_kept_keys_new(rows->count);
    if (kept == NULL)
        return NULL;
    memcpy(kept->lookup, rows->at[0].record.lookup, NCT_KEY);
    crypto_generichash(kept->ncids, sizeof kept->ncids, ncids, sizeof ncids, kept->lookup, NCT_KEY);
    for (size_t i = 0; i < rows->count; i++) {
        memcpy(kept->keys[i].id, rows->at[i].record.id, NCT_KEY_ID);
        memcpy(kept->keys[i].pepper, rows->at[i].record.pepper, NCT_KEY);
    }
    sodium_mprotect_readonly(kept);
    return kept;
}

nct_status nct_rekey_get(struct nct_unit *unit, struct nct_rekey_record *record, uint64_t *revision) {
    nct_status status = nct_unit_get(unit, &nct_type_rekey, NCT_PORTAL_KEY, NCT_PORTAL_KEY_LEN, record);
    *revision = nct_unit_revision(unit, &nct_type_rekey, NCT_PORTAL_KEY, NCT_PORTAL_KEY_LEN);
    return status == NCT_E_NOT_FOUND ? NCT_OK : status;
}

nct_status nct_rekey_put(struct nct_unit *unit, const struct nct_rekey_record *record) {
    return nct_unit_put(unit, &nct_type_rekey, NCT_PORTAL_KEY, NCT_PORTAL_KEY_LEN, record);
}

nct_status nct_rekey_discard(struct nct_unit *unit, struct nct_rekey_record *record, uint64_t *revision) {
    memset(record, 0, sizeof *record);
    nct_status status = nct_unit_overwrite(unit, &nct_type_rekey, NCT_PORTAL_KEY, NCT_PORTAL_KEY_LEN);
    *revision = nct_unit_revision(unit, &nct_type_rekey, NCT_PORTAL_KEY, NCT_PORTAL_KEY_LEN);
    return status;
}

/* Whether the store has a key of an id, or any, that is not held: by what it keeps now, not when the portal was opened.
 */
struct asking {
    const unsigned char *id; /* NULL: any */
    int has;
};

static nct_status look_up(struct nct_unit *unit, void *argument) {
    struct asking *asking = argument;
    struct nct_key_rows rows;
    nct_status status = nct_key_rows_read(unit, &rows);
    asking->has = 0;
    for (size_t i = 0; status == NCT_OK && i < rows.count; i++) {
        const unsigned char *id = rows.at[i].record.id;
        int asked = asking->id == NULL || memcmp(id, asking->id, NCT_KEY_ID) == 0;
        asking->has |= asked && nct_keyring_find(&unit->portal->keyring, id) == NULL;
    }
    nct_key_rows_free(&rows);
    return status;
}

nct_status nct_key_judge(struct nct_portal *portal, nct_status status, const unsigned char *row, size_t len) {
    if (status == NCT_E_UNSUPPORTED)
        return NCT_E_INTEGRITY; /* the mark of the store says which version wrote it, and this one opened it */
    if (status != NCT_E_KEY)
        return status;
    struct asking asking = {.id = nct_row_key(row, len)};
    status = nct_unit_read(portal, look_up, &asking);
    if (status != NCT_OK)
        return status;
    return asking.has ? NCT_E_KEY : NCT_E_INTEGRITY;
}
