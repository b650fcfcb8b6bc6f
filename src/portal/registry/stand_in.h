/*
 * Shadows: what stands in for people nobody knows. There is a fixed number of them, chosen by a keyed hash of the name
 * that was tried, so that tries are counted and logged without the store filling with invented names.
 */
#ifndef NCT_PORTAL_REGISTRY_STAND_IN_H
#define NCT_PORTAL_REGISTRY_STAND_IN_H

#include "engine/unit/unit.h"

#define NCT_SHADOWS 256

/* The person id that stands in for a name. */
void nct_shadow_of(const struct nct_portal *portal, const char *name, unsigned char person[NCT_PERSON_ID]);

/*
 * The person who goes by an NCID, or with *known 0 what stands in for them: the same reads for everybody. Whoever left
 * the NCID is as unknown as somebody who never was. NCT_OK; or a failure.
 */
nct_status nct_person_or_stand_in(struct nct_unit *unit, const char *ncid, unsigned char person[NCT_PERSON_ID],
                                  struct nct_person_record *record, int *known);

/* The person id of a shadow by number, and the number of a person id; -1 if it is no shadow. */
void nct_shadow_at(int number, unsigned char person[NCT_PERSON_ID]);
int nct_shadow_number(const unsigned char person[NCT_PERSON_ID]);

#endif
