/*
 * The index of due work: one row a piece of work, keyed by its time. The subject's own record says when its next step
 * is due, and only that counts: a row that does not fit it is dropped, a row that is missing can be put back from it.
 */
#ifndef NCT_PORTAL_REGISTRY_DUE_INDEX_H
#define NCT_PORTAL_REGISTRY_DUE_INDEX_H

#include "engine/unit/unit.h"

#define NCT_DUE_REFERENCE 16

/* A piece of work. */
struct nct_due_item {
    int64_t time;
    int32_t kind; /* one of the NCT_DUE constants */
    char provider[NCT_PROVIDER_ROOM];
    unsigned char reference[NCT_DUE_REFERENCE]; /* which of several at a provider */
    size_t reference_len;                       /* 0 or NCT_DUE_REFERENCE */
};

#define NCT_DUE_KEY_MAX (8 + 1 + NCT_PROVIDER_ROOM + NCT_DUE_REFERENCE)

size_t nct_due_key(const struct nct_due_item *item, unsigned char key[NCT_DUE_KEY_MAX]);

/* An item from a key; 0 if it is not one. */
int nct_due_parse(const unsigned char *key, size_t len, struct nct_due_item *item);

/*
 * Stages that the work of this item is due at another time: the row of item->time is taken away if there is one, and
 * that of `time` is put; 0 stands for none. NCT_OK with the item's time changed, or a failure.
 */
nct_status nct_due_move(struct nct_unit *unit, struct nct_due_item *item, int64_t time);

/* Stages the row of an item whose row is missing. *restored counts. */
nct_status nct_due_restore_row(struct nct_unit *unit, const struct nct_due_item *item, size_t *restored);

#endif
