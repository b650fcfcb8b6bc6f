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

/* What the agency has under review when the deadline has passed. */
struct nct_reverify_review {
    int in_time; /* an application that verifies, submitted and paid by the deadline */
    int change;  /* a manage change request */
};

/* Whether the next step depends on that. */
int nct_reverify_asks(const struct nct_unit *unit, const struct nct_provider_record *record);

/* Takes the record's next step, whose time has come; the caller stages the record. */
nct_status nct_reverify_step(struct nct_unit *unit, const char *provider, struct nct_provider_record *record,
                             const struct nct_reverify_review *review, const char *actor);

/* Whether the calendar waits for an application that was in time. */
int nct_reverify_is_held(const struct nct_provider_record *record);

/* An application that may have held it ended without an approval: a calendar that is held is looked at again, at once.
 * The caller stages the record. */
nct_status nct_reverify_release(struct nct_unit *unit, const char *provider, struct nct_provider_record *record);

/* Puts the due date off to a day, with notice; the caller stages the record. */
nct_status nct_reverify_put_off(struct nct_unit *unit, const char *provider, struct nct_provider_record *record,
                                int64_t day, const char *actor, const char *why);

/* The day in the portal's time zone on which a deadline ends. */
int64_t nct_reverify_day(const struct nct_policy *policy, int64_t at);

/* The item a record's calendar waits for; of time 0 if it runs no more. */
struct nct_due_item nct_reverify_item(const char *provider, const struct nct_provider_record *record);

#endif
