/*
 * Counting a registry anew: where rows only repeat what records say and were put right by them, the digest follows the
 * rows. Never for rows that say something themselves: theirs tells what is missing.
 */
#ifndef NCT_ENGINE_UNIT_RECOUNT_H
#define NCT_ENGINE_UNIT_RECOUNT_H

#include "engine/unit/relation.h"

/*
 * Makes the digest in a registry that of the rows of a type which belong to it now; `prefix` is how the keys of all of
 * them begin. *changed is set to 1 where it was another, or the registry did not open. Rows that do not open are not
 * counted. NCT_OK or a failure; a row that comes or goes meanwhile makes the commit a conflict.
 */
nct_status nct_recount(struct nct_unit *unit, const struct nct_head_place *registry, const struct nct_record_type *type,
                       const void *prefix, size_t prefix_len, int *changed);

#endif
