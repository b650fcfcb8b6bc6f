/*
 * A glance at rows of the portal's own store, where they lie: for the question that is asked far more often than all
 * others. What it finds was there at one moment and stays until it ends. Nothing is copied, and while it lasts no
 * callback may be called: it holds the store's lock.
 */
#ifndef NCT_ENGINE_UNIT_GLANCE_H
#define NCT_ENGINE_UNIT_GLANCE_H

#include "engine/handle/portal.h"
#include "engine/records/record.h"

/* Begins one. Answers 0, and nothing has begun, where the rows are not the portal's own. */
int nct_glance_begin(const struct nct_portal *portal);

/* Finds the fields of a row, up to the last key wanted. Answers 0 for one that is missing. */
int nct_glance_row(const struct nct_portal *portal, const struct nct_record_type *type, const void *key, size_t key_len,
                   size_t last, struct nct_glimpse *fields);

void nct_glance_end(const struct nct_portal *portal);

/* Grows with every commit to the portal's own store: where it has not, all that was read in between was there at one
 * moment. 0 where the rows are not the portal's own. */
uint64_t nct_own_commits(const struct nct_portal *portal);

#endif
