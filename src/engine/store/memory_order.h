/*
 * The ordered index of the memory store: a skip list through the rows themselves, so that linking one
 * needs no memory and cannot fail. Ordered by space, then key. The store's lock guards it.
 */
#ifndef NCT_ENGINE_STORE_MEMORY_ORDER_H
#define NCT_ENGINE_STORE_MEMORY_ORDER_H

#include "engine/store/memory_row.h"

/* The last row before the name that stands on a level, perhaps the head itself. O(log n). */
struct row *nct_order_before(struct row *head, const struct row_name *name, size_t level);

/* Links a row of a name that is not there. O(log n). */
void nct_order_add(struct row *head, struct row *row, const struct row_name *name);

/* Puts a row in the place of another of the same name. O(1). */
void nct_order_replace(struct row *old, struct row *row);

/* Takes a row out. O(1). */
void nct_order_remove(struct row *row);

#endif
