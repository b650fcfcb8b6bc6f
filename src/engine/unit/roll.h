/*
 * The roll: rows of one space that are in numbered registries from their first commit on, streams and the work list's
 * index. Whoever goes through all of them calls the roll, and one that was hidden, taken away or put back is found.
 */
#ifndef NCT_ENGINE_UNIT_ROLL_H
#define NCT_ENGINE_UNIT_ROLL_H

#include "engine/unit/relation.h"

struct nct_roll {
    const struct nct_record_type *type; /* of the rows */
    unsigned char letter;               /* of their registries */
    size_t size;                        /* registries there may be */
    size_t from;                        /* those that are called: from this one ... */
    size_t to;                          /* ... up to this one */
    struct nct_set_digest *expected;    /* by number of the registry */
    struct nct_set_digest *seen;
};

/* Reads the registries, all of them, before the rows of a type are gone through. NCT_OK or a failure. nct_roll_close()
 * afterwards in any case. */
nct_status nct_roll_open(struct nct_unit *unit, const struct nct_record_type *type, struct nct_roll *roll);

/* Calls the rows of the registries from one number up to another alone. How many there should be. */
uint64_t nct_roll_narrow(struct nct_roll *roll, size_t from, size_t to);

/* One row that was found. */
void nct_roll_add(const struct nct_portal *portal, struct nct_roll *roll, const struct nct_page_row *row);

/* When there is no further one. NCT_OK; NCT_E_INTEGRITY; NCT_E_CONFLICT when a row came or went meanwhile; or a
 * failure. */
nct_status nct_roll_compare(struct nct_unit *unit, const struct nct_roll *roll);

void nct_roll_close(const struct nct_memory *memory, struct nct_roll *roll);

#endif
