#include "engine/unit/old_keys.h"
#include "base/about.h"

#include "engine/records/protect.h"

#include <string.h>

static int in_order(const struct nct_strays *strays, const void *key, size_t key_len) {
    const struct nct_stray *last = &strays->before;
    if (key_len == 0 || key_len > NCT_KEY_MAX || strays->given == strays->limit)
        return 0;
    size_t common = key_len < last->key_len ? key_len : last->key_len;
    int order = memcmp(last->key, key, common);
    return order < 0 || (order == 0 && last->key_len < key_len);
}

static void keep(struct nct_stray *stray, const void *key, size_t key_len) {
    memcpy(stray->key, key, key_len);
    stray->key_len = key_len;
}

static nct_status take_row(struct nct_sink *sink, const void *key, size_t key_len, uint64_t revision, const void *value,
                           size_t len) {
    struct nct_strays *strays = (struct nct_strays *)(void *)sink;
    if (strays->failure != NCT_OK)
        return strays->failure;
    if (!in_order(strays, key, key_len) || revision == 0)
        return strays->failure = NCT_E_CALLBACK;
    strays->given++;
    keep(&strays->before, key, key_len);
    const unsigned char *id = nct_row_key(value, len);
    int stray = id == NULL || memcmp(id, strays->current->id, NCT_KEY_ID) != 0;
    strays->full |= stray && strays->count == NCT_STRAYS_MAX;
    if (strays->full)
        return NCT_OK;
    if (stray)
        keep(&strays->rows[strays->count++], key, key_len);
    keep(&strays->last, key, key_len);
    strays->seen++;
    return NCT_OK;
}

nct_status nct_strays_find(struct nct_portal *portal, int32_t space, const void *after, size_t after_len, size_t limit,
                           struct nct_strays *strays) {
    memset(strays, 0, sizeof *strays);
    strays->sink.row = take_row;
    strays->current = nct_keyring_current(&portal->keyring);
    strays->limit = limit;
    keep(&strays->before, after, after_len);
    keep(&strays->last, after, after_len);
    const struct nct_callbacks *callbacks = &portal->callbacks;
    nct_status answer =
        callbacks->store.scan(space, NULL, 0, after, after_len, limit, &strays->sink, callbacks->store_data);
    if (strays->failure != NCT_OK)
        return strays->failure;
    return answer == NCT_OK ? NCT_OK : nct_callback_failure(answer, NCT_E_STORE, "store.scan");
}

int nct_strays_ended(const struct nct_strays *strays) {
    return !strays->full && strays->given < strays->limit;
}
