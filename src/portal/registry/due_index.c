#include "portal/registry/due_index.h"

#include "engine/unit/fetch.h"

#include "base/bytes.h"

#include <string.h>

size_t nct_due_key(const struct nct_due_item *item, unsigned char key[NCT_DUE_KEY_MAX]) {
    size_t provider = strlen(item->provider) + 1;
    nct_put_be64(key, (uint64_t)item->time);
    key[8] = (unsigned char)item->kind;
    memcpy(key + 9, item->provider, provider);
    memcpy(key + 9 + provider, item->reference, item->reference_len);
    return 9 + provider + item->reference_len;
}

int nct_due_parse(const unsigned char *key, size_t len, struct nct_due_item *item) {
    memset(item, 0, sizeof *item);
    if (len < 9)
        return 0;
    const unsigned char *end = memchr(key + 9, '\0', len - 9);
    if (end == NULL || end == key + 9 ||
        !nct_copy_text(item->provider, sizeof item->provider, (const char *)key + 9, (size_t)(end - key) - 9))
        return 0;
    item->time = (int64_t)nct_get_be64(key);
    item->kind = key[8];
    item->reference_len = len - (size_t)(end - key) - 1;
    if (item->time <= 0 || (item->reference_len != 0 && item->reference_len != NCT_DUE_REFERENCE))
        return 0;
    memcpy(item->reference, end + 1, item->reference_len);
    return 1;
}

static nct_status remove_row(struct nct_unit *unit, const struct nct_due_item *item) {
    unsigned char key[NCT_DUE_KEY_MAX];
    char nothing[1];
    size_t len = nct_due_key(item, key);
    nct_status status = nct_unit_get(unit, &nct_type_due, key, len, nothing);
    if (status == NCT_E_NOT_FOUND)
        return NCT_OK;
    return status == NCT_OK ? nct_unit_delete(unit, &nct_type_due, key, len) : status;
}

/* A row already there is as good as one put; what a damaged one said, the records say. */
nct_status nct_due_restore_row(struct nct_unit *unit, const struct nct_due_item *item, size_t *restored) {
    unsigned char key[NCT_DUE_KEY_MAX];
    char nothing[1];
    size_t len = nct_due_key(item, key);
    nct_status status = nct_unit_get(unit, &nct_type_due, key, len, nothing);
    if (nct_is_damage(status))
        status = nct_unit_overwrite(unit, &nct_type_due, key, len);
    else if (status != NCT_E_NOT_FOUND)
        return status;
    *restored += 1;
    return status == NCT_OK || status == NCT_E_NOT_FOUND ? nct_unit_put(unit, &nct_type_due, key, len, "") : status;
}

nct_status nct_due_move(struct nct_unit *unit, struct nct_due_item *item, int64_t time) {
    size_t restored = 0;
    nct_status status = item->time != 0 && item->time != time ? remove_row(unit, item) : NCT_OK;
    item->time = time;
    return status == NCT_OK && time != 0 ? nct_due_restore_row(unit, item, &restored) : status;
}
