/* Rows that do not open. */
#ifndef NCT_PORTAL_UPKEEP_DAMAGE_H
#define NCT_PORTAL_UPKEEP_DAMAGE_H

#include "engine/unit/fetch.h"

/* Opens and decodes a row that was fetched raw. NCT_OK; what is wrong with it; or NCT_E_NO_MEMORY. */
nct_status nct_damage_judge(struct nct_portal *portal, const struct nct_record_type *type, struct nct_page_row *row);

#endif
