/* What a checkpoint held elsewhere says of streams. */
#ifndef NCT_PORTAL_AUDIT_ANCHORS_H
#define NCT_PORTAL_AUDIT_ANCHORS_H

#include "portal/audit/ledger_verify.h"

#include <nctracks/anchor.h>

/* What is said of a stream; 0: nothing. */
int nct_anchors_find(const nct_anchors *anchors, const struct nct_stream *stream, struct nct_anchor *anchor);

#endif
