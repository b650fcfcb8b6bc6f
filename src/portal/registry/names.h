/* Names as public functions are given them, and the cursors of lists of pairs. */
#ifndef NCT_PORTAL_REGISTRY_NAMES_H
#define NCT_PORTAL_REGISTRY_NAMES_H

#include "engine/unit/twin.h"

/* The person who uses an NCID, outside a unit of work; zeros for nobody. NCT_OK, a status of the value range, or a
 * failure. */
nct_status nct_take_person(struct nct_portal *portal, const char *ncid, size_t len,
                           unsigned char person[NCT_PERSON_ID]);

#define NCT_PERSON_CURSOR_ROOM (2 * NCT_PERSON_ID + 1)

/* The cursor behind a record: the provider id in a list by person, else the person id in hexadecimal. */
void nct_pair_cursor(const struct nct_pair_range *range, const struct nct_pair_name *name,
                     char cursor[NCT_PERSON_CURSOR_ROOM]);

/* Lets a range begin behind a cursor, kept in `name`; an empty one leaves it. NCT_OK, NCT_E_FORMAT or NCT_E_ARGUMENT.
 */
nct_status nct_take_cursor(struct nct_pair_range *range, const char *after, size_t after_len,
                           struct nct_pair_name *name);

#endif
