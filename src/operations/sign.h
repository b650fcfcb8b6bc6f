/* What a signing form says. */
#ifndef NCT_OPERATIONS_SIGN_H
#define NCT_OPERATIONS_SIGN_H

#include "operations/form.h"
#include "records/evidence_types.h"
#include "records/types.h"

/* Fills the claims a checked form makes; who signs under which authority and when is added by the unit of work. */
void nct_signing_read(const struct nct_form *form, struct nct_claims *claims);

#endif
