/* Opening a portal, and the mark of its store. */
#ifndef NCT_ENGINE_KEYS_PORTAL_OPEN_H
#define NCT_ENGINE_KEYS_PORTAL_OPEN_H

#include "engine/unit/ledger_append.h"

#include <nctracks/portal.h>

/* Opens a portal, if wanted under a policy that is not the store's. Statuses as nct_portal_open(). */
nct_status nct_portal_open_under(const nct_config *config, int any_policy, nct_portal **out);

/* Reads the mark of the store. NCT_OK, NCT_E_NOT_FOUND or a failure. */
nct_status nct_mark_get(struct nct_unit *unit, struct nct_portal_mark *mark);

/* Stages the mark and an entry in the portal's stream. */
nct_status nct_mark_put(struct nct_unit *unit, const struct nct_portal_mark *mark, const struct nct_note *note);

#endif
