/* Applications as the operations of this folder share them. */
#ifndef NCT_PORTAL_APPLICATION_APPLICATION_H
#define NCT_PORTAL_APPLICATION_APPLICATION_H

#include "engine/records/evidence_types.h"
#include "engine/records/types.h"
#include "portal/application/state.h"

#include <nctracks/application.h>

/*
 * Whether a signature with these claims may submit an application, before anything is staged. NCT_OK with the
 * application; NCT_E_NOT_FOUND; NCT_E_DOCUMENT when kind or document are not the application's; NCT_E_ILLEGAL_MOVE;
 * NCT_E_DATE; or a failure.
 */
nct_status nct_application_may_submit(struct nct_unit *unit, const struct nct_claims *claims,
                                      const unsigned char id[NCT_APPLICATION_ID],
                                      struct nct_application_at *application);

/* Submits it, in the unit that signs; the claims are complete. */
nct_status nct_application_submit(struct nct_unit *unit, const struct nct_claims *claims,
                                  struct nct_application_at *application);

/* Whether an application was last submitted with this signature. NCT_OK, NCT_E_REPEATED or a failure. */
nct_status nct_application_was_submitted(struct nct_unit *unit, const struct nct_claims *claims,
                                         const unsigned char id[NCT_APPLICATION_ID]);

#endif
