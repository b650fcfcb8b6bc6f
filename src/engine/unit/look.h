/*
 * Complete looks: going through all rows of a relation, where a decision or a list rests on "these are all" or "there
 * is none". A row that was hidden, taken away, doubled or put back is found at the end, by the digest in the head.
 */
#ifndef NCT_ENGINE_UNIT_LOOK_H
#define NCT_ENGINE_UNIT_LOOK_H

#include "engine/unit/fetch.h"
#include "engine/unit/unit.h"

/* Relations of at most so many rows are looked at as a whole, where a page or a single row of them is asked for. */
#define NCT_LOOK_MAX 1000

/* Called for each row, in order of key; it may use the unit. A failure ends the look. */
typedef nct_status nct_look_visitor(struct nct_unit *unit, const struct nct_page_row *row, void *argument);

/*
 * Visits all rows of one owner's relation that lie in the store, as this unit has staged them; those it staged anew are
 * not among them. What was visited is believed only when this answers NCT_OK. The owner's head must still be as it is
 * at the commit, so no row comes or goes unseen until then.
 *
 * `prefix` names the owner as the keys of the rows do. NCT_OK; NCT_E_INTEGRITY when the rows are not those of the
 * digest, and nobody committed meanwhile, else NCT_E_CONFLICT; a failure of the visitor; or a failure.
 */
nct_status nct_look(struct nct_unit *unit, const struct nct_record_type *type, const void *prefix, size_t prefix_len,
                    nct_look_visitor *visit, void *argument);

/*
 * Reads one row as nct_unit_get() does, and proves it or its absence by a look at the owner's relation, whose name is
 * the first bytes of the key. Of a relation of more rows than its type says *looked is 0, and nothing is proved; it may
 * be NULL. The statuses of both.
 */
nct_status nct_look_get(struct nct_unit *unit, const struct nct_record_type *type, const void *key, size_t key_len,
                        size_t prefix_len, void *record, int *looked);

/*
 * A page of a relation, as nct_fetch_page() reads it. Of at most NCT_LOOK_MAX rows all are looked at. NCT_OK,
 * NCT_E_INTEGRITY as above, or a failure. nct_page_free() afterwards in any case.
 */
struct nct_look_range {
    const struct nct_record_type *type;
    const void *prefix;
    size_t prefix_len;
    const void *after;
    size_t after_len;
    size_t limit;
};
nct_status nct_look_page(struct nct_unit *unit, const struct nct_look_range *range, struct nct_page *page);

/* The same outside a unit of work. NCT_E_BUSY if the relation keeps changing. */
nct_status nct_look_page_once(struct nct_portal *portal, const struct nct_look_range *range, struct nct_page *page);

#endif
