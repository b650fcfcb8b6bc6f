/* The outbox: mails staged with the change that causes them, delivered after it. */
#ifndef NCT_PORTAL_MAIL_OUTBOX_H
#define NCT_PORTAL_MAIL_OUTBOX_H

#include "engine/unit/unit.h"

/* Stages a mail, queued now, and the message to its reader; id receives its key. NCT_OK or a failure. */
nct_status nct_outbox_stage(struct nct_unit *unit, struct nct_mail_record *mail, unsigned char id[NCT_MAIL_ID]);

/*
 * Stages a mail about its owner, a person, or with `decoy` one to nobody under a person or a stand-in, which is removed
 * in its turn and never sent. From outside the two look the same. Of an owner there is one decoy at most.
 */
nct_status nct_outbox_stage_or_decoy(struct nct_unit *unit, const unsigned char owner[NCT_PERSON_ID],
                                     struct nct_mail_record *mail, int decoy);

/* Stages the removal of a mail that is out of date; one already delivered is no failure. */
nct_status nct_outbox_withdraw(struct nct_unit *unit, const unsigned char id[NCT_MAIL_ID]);

/* A mail that was claimed with a lease. */
struct nct_claimed {
    unsigned char id[NCT_MAIL_ID];
    struct nct_mail_record mail; /* holds a PIN or a token: to be wiped */
    int32_t outcome;             /* enum nct_mail_outcome, why it is given back */
};

/* Whether a mail is claimed by somebody. */
int nct_outbox_is_claimed(const struct nct_unit *unit, const struct nct_mail_record *mail);

/*
 * Claims a mail. NCT_OK; NCT_E_NOT_FOUND: gone; NCT_E_STATE: claimed by somebody else, given up, or not to be tried
 * yet; NCT_E_INTEGRITY: it was delivered and put back; or a failure.
 */
nct_status nct_outbox_claim(struct nct_portal *portal, const unsigned char id[NCT_MAIL_ID],
                            struct nct_claimed *delivery);

/* Removes a mail that was accepted, whoever claims it now. NCT_OK, also when it is gone, or a failure. */
nct_status nct_outbox_accepted(struct nct_portal *portal, struct nct_claimed *delivery);

/* Ends a claim, with the outcome and the refusal in the record. NCT_OK; NCT_E_NOT_FOUND; NCT_E_STATE: another has
 * claimed it since. */
nct_status nct_outbox_return(struct nct_portal *portal, struct nct_claimed *delivery);

/*
 * Delivers one mail: claims it with a lease in one commit, sends it, removes it in another. NCT_OK: accepted by the
 * mailer; NCT_E_NOT_FOUND: gone, somebody else was quicker; NCT_E_STATE: as nct_outbox_claim(); NCT_E_MAILER or a
 * host's code: refused, it stays; NCT_E_DENIED: refused for good, it is given up; NCT_E_BUSY: the mailer reaches
 * nobody, it stays as it was; or a failure.
 */
nct_status nct_outbox_deliver(struct nct_portal *portal, const unsigned char id[NCT_MAIL_ID]);

/*
 * Runs an operation as nct_unit_run() does, then tries to deliver the mails it caused. A delivery that fails does not
 * change the answer: the operation is done, and the mail waits.
 */
nct_status nct_operate(struct nct_portal *portal, nct_unit_function *function, void *argument);

#endif
