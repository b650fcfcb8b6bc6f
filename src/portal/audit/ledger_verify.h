/* Verifying a stream, alone or against what a checkpoint says of it. */
#ifndef NCT_PORTAL_AUDIT_LEDGER_VERIFY_H
#define NCT_PORTAL_AUDIT_LEDGER_VERIFY_H

#include "engine/unit/ledger_append.h"

/* What a checkpoint held elsewhere says of a stream: up to this entry it was so. */
struct nct_anchor {
    uint64_t sequence;
    unsigned char hash[NCT_HASH];
};

/*
 * Verifies a stream, see nct_ledger_verify(). With an anchor a stream that fits is NCT_LEDGER_VALID up to the anchor,
 * and one without any entry is NCT_LEDGER_TAMPERED. NCT_OK; NCT_E_NOT_FOUND; or a failure.
 */
nct_status nct_stream_verify(struct nct_portal *portal, const struct nct_stream *stream,
                             const struct nct_anchor *anchor, int32_t *verdict, uint64_t *sequence);

#endif
