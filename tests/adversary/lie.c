#include "lie.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "subject.h"

static void add(struct lies *lies, const struct lie *lie) {
    lies->at = realloc(lies->at, (lies->count + 1) * sizeof *lies->at);
    if (lies->at == NULL)
        give_up("no memory");
    lies->at[lies->count++] = *lie;
}

/* Deleted, left out of scans, twice in scans, and as it was at each earlier time. */
static void add_each(struct lies *lies, const struct hostile *store, struct lie lie) {
    const struct slot *first = store->slots[lie.slots[0]];
    for (lie.kind = DELETED; lie.kind <= DOUBLED && first->now > 0; lie.kind++)
        add(lies, &lie);
    lie.kind = PUT_BACK;
    for (lie.version = 1; lie.version <= first->count; lie.version++)
        if (lie.version != first->now)
            add(lies, &lie);
}

/* Whether two rows were always written by the same commits, and are both there or both gone. */
static int always_together(const struct slot *a, const struct slot *b) {
    if (a->count != b->count || a->now != b->now)
        return 0;
    for (size_t i = 0; i < a->count; i++)
        if (a->versions[i].commit != b->versions[i].commit)
            return 0;
    return 1;
}

static void add_together(struct lies *lies, const struct hostile *store, size_t slot) {
    struct lie lie = {.slots = {slot}, .count = 1};
    for (size_t other = 0; other < store->count; other++) {
        if (other == slot || !always_together(store->slots[slot], store->slots[other]))
            continue;
        if (other < slot || lie.count == TOGETHER)
            return;
        lie.slots[lie.count++] = other;
    }
    if (lie.count > 1)
        add_each(lies, store, lie);
}

/* The last version that was there after a commit. */
static size_t version_after(const struct slot *slot, size_t commit) {
    size_t version = slot->count;
    while (version > 0 && slot->versions[version - 1].commit > commit)
        version--;
    size_t ended = version > 0 ? slot->versions[version - 1].ended : 0;
    return ended > 0 && ended <= commit ? 0 : version;
}

/* The older store is whole: nothing in it contradicts anything. */
static void add_rollback(struct lies *lies, const struct hostile *store, size_t commit) {
    struct lie lie = {.kind = ROLLED_BACK};
    for (size_t slot = 0; slot < store->count; slot++) {
        size_t version = version_after(store->slots[slot], commit);
        if (version == store->slots[slot]->now)
            continue;
        if (lie.count == TOGETHER)
            give_up("too many rows to roll back");
        lie.slots[lie.count] = slot;
        lie.to[lie.count++] = version;
    }
    if (lie.count > 0)
        add(lies, &lie);
}

struct lies lies_of(const struct hostile *store, size_t commit) {
    struct lies lies = {NULL, 0};
    add_rollback(&lies, store, commit);
    for (size_t slot = 0; slot < store->count; slot++) {
        add_each(&lies, store, (struct lie){.slots = {slot}, .count = 1});
        add_together(&lies, store, slot);
    }
    return lies;
}

void lie_apply(struct hostile *store, const struct lie *lie) {
    for (size_t i = 0; i < lie->count; i++) {
        struct slot *slot = store->slots[lie->slots[i]];
        slot->hidden |= lie->kind == HIDDEN;
        slot->doubled |= lie->kind == DOUBLED;
        if (lie->kind == DELETED)
            slot->now = 0;
        else if (lie->kind == PUT_BACK)
            slot->now = lie->version;
        else if (lie->kind == ROLLED_BACK)
            slot->now = lie->to[i];
    }
}

void lie_lift(struct hostile *store, const struct lie *lie, const struct moment *moment) {
    for (size_t i = 0; i < lie->count; i++) {
        struct slot *slot = store->slots[lie->slots[i]];
        slot->hidden = slot->doubled = 0;
        if (lie->kind != HIDDEN && lie->kind != DOUBLED)
            slot->now = moment->now[lie->slots[i]];
    }
}

int lie_touched(const struct touched *touched, const struct lie *lie) {
    for (size_t i = 0; i < lie->count; i++)
        if (touches(touched, lie->slots[i]))
            return 1;
    return 0;
}

int lies_meet(const struct lie *a, const struct lie *b) {
    for (size_t i = 0; i < a->count; i++)
        for (size_t j = 0; j < b->count; j++)
            if (a->slots[i] == b->slots[j])
                return 1;
    return 0;
}

void lie_name(const struct hostile *store, const struct lie *lie, char *out, size_t capacity) {
    static const char *const did[] = {"deleted", "not in scans", "twice in scans", "put back"};
    if (lie->kind == ROLLED_BACK) {
        (void)snprintf(out, capacity, "the whole store as before the last operation");
        return;
    }
    int len = snprintf(out, capacity, "%s", store->slots[lie->slots[0]]->label);
    if (lie->count > 1)
        len += snprintf(out + len, capacity - (size_t)len, " and %zu written with it", lie->count - 1);
    len += snprintf(out + len, capacity - (size_t)len, " %s", did[lie->kind]);
    if (lie->kind == PUT_BACK)
        (void)snprintf(out + len, capacity - (size_t)len, ": %zu of %zu", lie->version,
                       store->slots[lie->slots[0]]->count);
}
