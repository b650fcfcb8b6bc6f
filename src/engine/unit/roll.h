/*
 * The roll of streams: every stream is in one of the registries from its first commit on. Whoever goes through all
 * streams calls the roll, and a stream that was hidden or taken away is missed.
 */
#ifndef NCT_ENGINE_UNIT_ROLL_H
#define NCT_ENGINE_UNIT_ROLL_H

#include "engine/unit/relation.h"

struct nct_roll {
    struct nct_set_digest *expected; /* by number of the registry */
    struct nct_set_digest *seen;
};

/* Reads the registries, all of them, before the streams are gone through. NCT_OK or a failure. nct_roll_close()
 * afterwards in any case. */
nct_status nct_roll_open(struct nct_unit *unit, struct nct_roll *roll);

/* One stream that was found. */
void nct_roll_add(const struct nct_portal *portal, struct nct_roll *roll, const struct nct_page_row *stream);

/* When there is no further one. NCT_OK; NCT_E_INTEGRITY; NCT_E_CONFLICT when a stream came meanwhile; or a failure. */
nct_status nct_roll_compare(struct nct_unit *unit, const struct nct_roll *roll);

void nct_roll_close(const struct nct_memory *memory, struct nct_roll *roll);

#endif
