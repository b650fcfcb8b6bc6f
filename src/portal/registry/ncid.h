/*
 * The rows that say whom an NCID was given to. Their keys begin with a shard, chosen by a keyed hash of the NCID; a
 * registry counts the rows of each shard, so that it can be proved that nobody ever had an NCID.
 */
#ifndef NCT_PORTAL_REGISTRY_NCID_H
#define NCT_PORTAL_REGISTRY_NCID_H

#include "engine/unit/unit.h"

#define NCT_NCID_KEY_MAX (NCT_SHARD + NCT_NCID_ROOM)

/* The key of the row of an NCID; answers its length. */
size_t nct_ncid_key(const struct nct_portal *portal, const char *ncid, unsigned char key[NCT_NCID_KEY_MAX]);

/* Reads the row of an NCID, see nct_unit_get(). */
nct_status nct_ncid_get(struct nct_unit *unit, const char *ncid, struct nct_ncid_record *record);

/* The same, proved by a look at the whole shard: a row taken away is NCT_E_INTEGRITY. */
nct_status nct_ncid_get_proved(struct nct_unit *unit, const char *ncid, struct nct_ncid_record *record);

/* Stages the row. NCT_OK or a failure. */
nct_status nct_ncid_put(struct nct_unit *unit, const char *ncid, const struct nct_ncid_record *record);

#endif
