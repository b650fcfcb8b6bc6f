#include "hostile.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "subject.h"

/* memcmp() takes no NULL, not even of no bytes. */
static int compare_bytes(const void *left, const void *right, size_t len) {
    return len > 0 ? memcmp(left, right, len) : 0;
}

static int compare(const struct slot *slot, int32_t space, const void *key, size_t key_len) {
    size_t least = slot->key_len < key_len ? slot->key_len : key_len;
    int order = slot->space != space ? (slot->space < space ? -1 : 1) : compare_bytes(slot->key, key, least);
    if (order != 0)
        return order;
    return slot->key_len < key_len ? -1 : slot->key_len > key_len;
}

/* The first place of the sorted ones that is not before a key. */
static size_t place_of(const struct hostile *store, int32_t space, const void *key, size_t key_len) {
    size_t low = 0, high = store->count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (compare(store->slots[store->sorted[middle]], space, key, key_len) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static size_t find(const struct hostile *store, int32_t space, const void *key, size_t key_len) {
    size_t place = place_of(store, space, key, key_len);
    if (place < store->count && compare(store->slots[store->sorted[place]], space, key, key_len) == 0)
        return store->sorted[place];
    return SLOTS;
}

static void touch(struct hostile *store, size_t slot) {
    store->touched.slots[slot / 8] |= (unsigned char)(1U << (slot % 8));
}

int touches(const struct touched *touched, size_t slot) {
    return touched->slots[slot / 8] >> (slot % 8) & 1;
}

static const struct version *in_force(const struct slot *slot) {
    return slot->now > 0 ? &slot->versions[slot->now - 1] : NULL;
}

static nct_status get(int32_t space, const void *key, size_t key_len, nct_sink *sink, uint64_t *revision,
                      void *user_data) {
    struct hostile *store = user_data;
    size_t slot = find(store, space, key, key_len);
    if (slot == SLOTS)
        return NCT_E_NOT_FOUND;
    touch(store, slot);
    const struct version *version = in_force(store->slots[slot]);
    if (version == NULL)
        return NCT_E_NOT_FOUND;
    *revision = version->revision;
    return nct_sink_value(sink, version->value, version->len);
}

static int begins(const struct slot *slot, int32_t space, const void *prefix, size_t len) {
    return slot->space == space && slot->key_len >= len && compare_bytes(slot->key, prefix, len) == 0;
}

static nct_status give(const struct slot *slot, nct_sink *sink, size_t *given) {
    const struct version *version = in_force(slot);
    nct_status status = NCT_OK;
    int times = version == NULL || slot->hidden ? 0 : slot->doubled ? 2 : 1;
    for (; times > 0 && status == NCT_OK; times--, ++*given)
        status = nct_sink_row(sink, slot->key, slot->key_len, version->revision, version->value, version->len);
    return status;
}

static nct_status scan(int32_t space, const void *prefix, size_t prefix_len, const void *after, size_t after_len,
                       size_t limit, nct_sink *sink, void *user_data) {
    struct hostile *store = user_data;
    int later = after_len > 0;
    size_t place = later ? place_of(store, space, after, after_len) : place_of(store, space, prefix, prefix_len);
    size_t given = 0;
    nct_status status = NCT_OK;
    for (; place < store->count && given < limit && status == NCT_OK; place++) {
        const struct slot *slot = store->slots[store->sorted[place]];
        if (later && compare(slot, space, after, after_len) == 0)
            continue;
        if (slot->space != space ||
            (!begins(slot, space, prefix, prefix_len) &&
             compare_bytes(slot->key, prefix, prefix_len < slot->key_len ? prefix_len : slot->key_len) >= 0))
            break;
        if (!begins(slot, space, prefix, prefix_len))
            continue;
        touch(store, store->sorted[place]);
        status = give(slot, sink, &given);
    }
    return status;
}

static size_t make(struct hostile *store, int32_t space, const void *key, size_t key_len) {
    size_t place = place_of(store, space, key, key_len), slot = store->count;
    struct slot *fresh = calloc(1, sizeof *fresh);
    if (fresh == NULL || slot == SLOTS)
        give_up("no room for a row");
    fresh->space = space;
    fresh->key_len = key_len;
    memcpy(fresh->key, key, key_len);
    memmove(&store->sorted[place + 1], &store->sorted[place], (store->count - place) * sizeof store->sorted[0]);
    store->sorted[place] = slot;
    store->slots[slot] = fresh;
    store->count++;
    return slot;
}

static void add_version(struct slot *slot, size_t commit, const void *value, size_t len) {
    const struct version *before = in_force(slot);
    uint64_t revision = before != NULL ? before->revision + 1 : 1;
    slot->versions = realloc(slot->versions, (slot->count + 1) * sizeof *slot->versions);
    unsigned char *copy = malloc(len + 1);
    if (slot->versions == NULL || copy == NULL)
        give_up("no memory");
    if (len > 0)
        memcpy(copy, value, len);
    slot->versions[slot->count++] = (struct version){revision, commit, 0, copy, len};
    slot->now = slot->count;
}

static void remove_row(struct slot *slot, size_t commit) {
    if (slot->now > 0)
        slot->versions[slot->now - 1].ended = commit;
    slot->now = 0;
}

static int as_expected(struct hostile *store, const nct_batch *batch, size_t i) {
    size_t key_len = 0;
    const void *key = nct_batch_key(batch, i, &key_len);
    size_t slot = find(store, nct_batch_space(batch, i), key, key_len);
    const struct version *version = NULL;
    if (slot != SLOTS) {
        touch(store, slot);
        version = in_force(store->slots[slot]);
    }
    return (version != NULL ? version->revision : 0) == nct_batch_revision(batch, i);
}

static void apply(struct hostile *store, const nct_batch *batch, size_t i) {
    size_t key_len = 0, len = 0;
    const void *key = nct_batch_key(batch, i, &key_len);
    int32_t space = nct_batch_space(batch, i), kind = nct_batch_kind(batch, i);
    if (kind == NCT_BATCH_CHECK)
        return;
    size_t slot = find(store, space, key, key_len);
    if (slot == SLOTS)
        slot = make(store, space, key, key_len);
    const void *value = nct_batch_value(batch, i, &len);
    if (kind == NCT_BATCH_DELETE)
        remove_row(store->slots[slot], store->commits);
    else
        add_version(store->slots[slot], store->commits, value, len);
}

static nct_status commit(const nct_batch *batch, void *user_data) {
    struct hostile *store = user_data;
    for (size_t i = 0; i < nct_batch_count(batch); i++)
        if (!as_expected(store, batch, i))
            return NCT_E_CONFLICT;
    store->commits++;
    for (size_t i = 0; i < nct_batch_count(batch); i++)
        apply(store, batch, i);
    return NCT_OK;
}

const nct_store hostile_functions = {.struct_size = sizeof(nct_store), .get = get, .scan = scan, .commit = commit};

static void cut(struct slot *slot, size_t versions) {
    while (slot->count > versions)
        free(slot->versions[--slot->count].value);
}

/* Which commits deleted versions is forgotten, too. */
static void revive(struct slot *slot, size_t commits) {
    for (size_t i = 0; i < slot->count; i++)
        if (slot->versions[i].ended > commits)
            slot->versions[i].ended = 0;
}

static void drop(struct hostile *store, size_t slot) {
    size_t place = 0;
    while (store->sorted[place] != slot)
        place++;
    memmove(&store->sorted[place], &store->sorted[place + 1], (store->count - place - 1) * sizeof store->sorted[0]);
    cut(store->slots[slot], 0);
    free(store->slots[slot]->versions);
    free(store->slots[slot]);
    store->count--;
}

void hostile_free(struct hostile *store) {
    while (store->count > 0)
        drop(store, store->count - 1);
}

void hostile_take(const struct hostile *store, struct moment *moment) {
    moment->count = store->count;
    moment->commits = store->commits;
    for (size_t i = 0; i < store->count; i++) {
        moment->now[i] = store->slots[i]->now;
        moment->versions[i] = store->slots[i]->count;
    }
}

void hostile_return(struct hostile *store, const struct moment *moment) {
    while (store->count > moment->count)
        drop(store, store->count - 1);
    for (size_t i = 0; i < store->count; i++) {
        cut(store->slots[i], moment->versions[i]);
        revive(store->slots[i], moment->commits);
        store->slots[i]->now = moment->now[i];
        store->slots[i]->hidden = store->slots[i]->doubled = 0;
    }
    store->commits = moment->commits;
}

/* Words of six letters and more. */
static void readable(const struct slot *slot, char *out, size_t capacity) {
    size_t len = 0, begin = 0;
    for (size_t i = 0; i <= slot->key_len; i++) {
        int letter = i < slot->key_len && (isalnum(slot->key[i]) || slot->key[i] == '.' || slot->key[i] == '_');
        if (letter)
            continue;
        if (i - begin >= 6 && len + (i - begin) + 2 < capacity)
            len += (size_t)snprintf(out + len, capacity - len, "%s%.*s", len > 0 ? " " : "", (int)(i - begin),
                                    (const char *)slot->key + begin);
        begin = i + 1;
    }
    out[len] = '\0';
}

void hostile_label(struct hostile *store) {
    for (size_t i = 0; i < store->count; i++) {
        struct slot *slot = store->slots[i];
        char words[64], label[LABEL_BYTES];
        size_t same = 1;
        readable(slot, words, sizeof words);
        (void)snprintf(label, sizeof label, words[0] != '\0' ? "%s(%s)" : "%s%s", nct_space_name(slot->space), words);
        for (size_t j = 0; j < i; j++)
            same += strncmp(store->slots[j]->label, label, strlen(label)) == 0 &&
                    (store->slots[j]->label[strlen(label)] == '#' || store->slots[j]->label[strlen(label)] == '\0');
        (void)snprintf(slot->label, sizeof slot->label, "%.80s#%zu", label, same);
    }
}
