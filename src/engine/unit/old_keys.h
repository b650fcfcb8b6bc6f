/* Rows that stand under another key than the current one, found by their headers alone: nothing is opened. */
#ifndef NCT_ENGINE_UNIT_OLD_KEYS_H
#define NCT_ENGINE_UNIT_OLD_KEYS_H

#include "engine/handle/portal.h"
#include "engine/store/batch.h"

#define NCT_STRAYS_MAX 32 /* what one commit puts under the current key */

struct nct_stray {
    unsigned char key[NCT_KEY_MAX];
    size_t key_len;
};

struct nct_strays {
    struct nct_sink sink;
    const struct nct_keys *current;
    size_t limit;
    size_t given;            /* rows the store gave */
    struct nct_stray before; /* the last of them */
    int full;              /* there are more strays than room: the first of those, and all behind, are left to later */
    size_t seen;           /* rows gone through */
    struct nct_stray last; /* the last of them */
    size_t count;
    struct nct_stray rows[NCT_STRAYS_MAX];
    nct_status failure;
};

/* Goes through up to `limit` rows of a space after a key. NCT_OK or a failure. */
nct_status nct_strays_find(struct nct_portal *portal, int32_t space, const void *after, size_t after_len, size_t limit,
                           struct nct_strays *strays);

/* Whether that was the last of the space. */
int nct_strays_ended(const struct nct_strays *strays);

#endif
