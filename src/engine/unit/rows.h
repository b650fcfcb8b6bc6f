/* The rows a unit has touched; shared by the files of this folder. */
#ifndef NCT_ENGINE_UNIT_ROWS_H
#define NCT_ENGINE_UNIT_ROWS_H

#include "engine/unit/unit.h"

struct nct_unit_row {
    const struct nct_record_type *type;
    unsigned char key[NCT_KEY_MAX];
    size_t key_len;
    uint64_t revision;              /* when it was read; 0: missing */
    const struct nct_keys *keys;    /* that it was under; NULL: missing, or of the portal's own store */
    unsigned char tag[NCT_ROW_TAG]; /* that it had, likewise */
    int32_t state;                  /* NCT_BATCH_CHECK: only read; NCT_BATCH_PUT; NCT_BATCH_DELETE */
    int uncounted;                  /* its relation's digest stays as it is; see nct_unit_overwrite() */
    struct nct_buf content;         /* the plain encoding, as read or as staged */
    size_t head;                    /* the place, from 1, of the head whose digest its commit changes; 0: none */
    size_t act;                     /* that added it, or kept what it was last */
    struct {
        int32_t state;
        int uncounted;
        struct nct_buf content;
    } before; /* that act */
};

struct nct_unit_row *nct_unit_find(const struct nct_unit *unit, const struct nct_record_type *type, const void *key,
                                   size_t key_len);

/* A row as this unit last left it, read if need be; one that is missing or staged to be removed too. NCT_OK or a
 * failure. */
nct_status nct_unit_touch(struct nct_unit *unit, const struct nct_record_type *type, const void *key, size_t key_len,
                          struct nct_unit_row **out);

/* A new row. It is valid until the next one is added. */
nct_status nct_unit_add(struct nct_unit *unit, const struct nct_record_type *type, const void *key, size_t key_len,
                        struct nct_unit_row **out);

/* Keeps what a row was before the act at work, if there is one, changes it. NCT_OK or NCT_E_NO_MEMORY. */
nct_status nct_unit_keep(const struct nct_unit *unit, struct nct_unit_row *row);

/* What a row holds is given back. */
void nct_unit_row_free(struct nct_unit_row *row);

#endif
