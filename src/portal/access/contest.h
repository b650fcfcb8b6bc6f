/* An address typed for somebody known whose address on file is another: whose it is has to be settled first. */
#ifndef NCT_PORTAL_ACCESS_CONTEST_H
#define NCT_PORTAL_ACCESS_CONTEST_H

#include "engine/unit/ledger_append.h"

/*
 * Compares what was typed for an Office Administrator with what is on file. Where they differ the address is contested:
 * the one typed waits as a change of contact data that no token confirms, both addresses are told, and until it is
 * settled (people/contact.h) no PIN is sent and no account changed. *contested says whether it is. NCT_OK or a failure.
 */
nct_status nct_contest_address(struct nct_unit *unit, const unsigned char person[NCT_PERSON_ID], const char *typed,
                               const struct nct_note *occasion, int *contested);

#endif
