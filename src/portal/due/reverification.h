/* The step of a provider's re-verification calendar that is due. */
#ifndef NCT_PORTAL_DUE_REVERIFICATION_H
#define NCT_PORTAL_DUE_REVERIFICATION_H

#include "portal/registry/due_index.h"

/* See nct_due_settler in settle.c. */
nct_status nct_reverification_settle(struct nct_unit *unit, const struct nct_due_item *item, const char *actor,
                                     int32_t *done);

#endif
