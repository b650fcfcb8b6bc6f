/* What the streams of the portal and of its keys say is in force, compared with the rows. */
#ifndef NCT_PORTAL_AUDIT_LEDGER_STATE_H
#define NCT_PORTAL_AUDIT_LEDGER_STATE_H

#include "engine/records/evidence_types.h"
#include "engine/unit/ledger_append.h"

/* In force by the entries seen so far. */
struct nct_ledger_state {
    const struct nct_stream *stream;
    uint64_t sequence; /* of the last entry that changed it */
    struct nct_portal_mark mark;
    struct nct_checkpoint_last last;
    struct nct_key_record key;
    unsigned char announcement[NCT_HASH]; /* digest */
};

/* Takes in the next entry. */
void nct_ledger_state_note(struct nct_ledger_state *state, uint64_t sequence, const struct nct_entry_record *entry);

/* NCT_OK; NCT_E_INTEGRITY when the rows say something else, or the checkpoint's rest on something else; or a failure.
 */
nct_status nct_ledger_state_compare(struct nct_portal *portal, struct nct_ledger_state *state);

#endif
