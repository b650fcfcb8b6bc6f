/* The states of a provider record, and what a move between them does to access. */
#ifndef NCT_PORTAL_OFFICE_PROVIDER_STATE_H
#define NCT_PORTAL_OFFICE_PROVIDER_STATE_H

#include "engine/unit/unit.h"

/*
 * Moves a record: its state, then its grants page by page, one commit a page. NCT_OK only when all is done; after a
 * crash call it again. NCT_E_NOT_FOUND; NCT_E_TERMINATED for a record that is terminated already; NCT_E_ILLEGAL_MOVE;
 * NCT_E_STATE when somebody began another move meanwhile; or a failure.
 */
nct_status nct_provider_set_state(struct nct_portal *portal, const char *provider, int32_t to, const char *actor,
                                  const char *reason);

/* Goes on with a move that a unit of work began or that broke off; *moved says whether there was one. */
nct_status nct_provider_go_on(struct nct_portal *portal, const char *provider, const char *actor, int *moved);

#endif
