/* What a signing form says. */
#ifndef NCT_PORTAL_SIGNING_READ_H
#define NCT_PORTAL_SIGNING_READ_H

#include "engine/records/evidence_types.h"
#include "engine/records/types.h"
#include "portal/form/form.h"

/* Fills the claims a checked form makes; who signs under which authority and when is added by the unit of work. */
void nct_signing_read(const struct nct_form *form, struct nct_claims *claims);

#endif
