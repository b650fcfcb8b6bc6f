/*
 * The re-verification calendar of a provider: notices, the due date, suspension, termination. Its place is kept in the
 * provider's record, which its stream pins; the index of due work only tells the host when to ask.
 */
#ifndef NCT_PORTAL_PROVIDER_REVERIFY_H
#define NCT_PORTAL_PROVIDER_REVERIFY_H

#include "portal/registry/due_index.h"

/*
 * Begins a term now, after enrollment, approval of a re-verification, or reinstatement: changes the record, which the
 * caller stages, ends a suspension, and stages index row and ledger entry. A terminated provider has no calendar:
 * nothing is done.
 */
nct_status nct_reverify_begin(struct nct_unit *unit, const char *provider, struct nct_provider_record *record,
                              const char *actor);

/* Takes the step an item is about; see nct_due_settler. */
nct_status nct_reverify_settle(struct nct_unit *unit, const struct nct_due_item *item, const char *actor,
                               int32_t *done);

/* The item a record's calendar waits for; of time 0 if it runs no more. */
struct nct_due_item nct_reverify_item(const char *provider, const struct nct_provider_record *record);

#endif
