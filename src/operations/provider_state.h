/* The states of a provider record, and what a move between them does to access. */
#ifndef NCT_OPERATIONS_PROVIDER_STATE_H
#define NCT_OPERATIONS_PROVIDER_STATE_H

#include "unit/unit.h"

/*
 * The first commit of a move: stages the record's new state and its entry. A state that leaves grants as they are
 * (NCT_PROVIDER_SUSPENDED, and from it NCT_PROVIDER_REGISTERED) is then reached. For the others grants follow, see
 * nct_provider_set_state(); a move that broke off stages nothing. NCT_OK; NCT_E_NOT_FOUND; NCT_E_TERMINATED for a
 * record that is terminated already; NCT_E_ILLEGAL_MOVE; or a failure.
 */
nct_status nct_provider_move(struct nct_unit *unit, const char *provider, int32_t to, const char *actor,
                             const char *reason);

/*
 * Moves a record: its state, then its grants page by page, one commit a page. NCT_OK only when all is done; after a
 * crash call it again. Statuses of nct_provider_move(); NCT_E_STATE when somebody began another move meanwhile.
 */
nct_status nct_provider_set_state(struct nct_portal *portal, const char *provider, int32_t to, const char *actor,
                                  const char *reason);

#endif
