/* What a store keeps of its keys: one sealed row each, pinned by a ledger stream of its own. */
#ifndef NCT_ENGINE_KEYS_KEY_STORE_H
#define NCT_ENGINE_KEYS_KEY_STORE_H

#include "engine/records/evidence_types.h"
#include "engine/unit/ledger_append.h"

#include <nctracks/key.h>

struct nct_key_row {
    unsigned char kid[NCT_SIGNING_ID];
    struct nct_key_record record;
};

/* Every key of a store, by number; wiped when it is freed. */
struct nct_key_rows {
    struct nct_memory memory;
    struct nct_key_row *at;
    size_t count;
};

/*
 * Reads every row, each with its pin; they must be numbered without a gap, and the last alone be current. NCT_OK;
 * NCT_E_INTEGRITY; or a failure. nct_key_rows_free() afterwards in any case.
 */
nct_status nct_key_rows_read(struct nct_unit *unit, struct nct_key_rows *rows);
void nct_key_rows_free(struct nct_key_rows *rows);

/* Reads the row of one key, see nct_unit_get(). */
nct_status nct_key_row_get(struct nct_unit *unit, const unsigned char kid[NCT_SIGNING_ID],
                           struct nct_key_record *record);

/* Stages the row of a key and an entry in its stream. */
nct_status nct_key_row_put(struct nct_unit *unit, const unsigned char kid[NCT_SIGNING_ID],
                           const struct nct_key_record *record, const struct nct_note *note);

/* Fills the row of a key that becomes the current one. */
void nct_key_row_begin(const struct nct_keys *keys, uint64_t number, int64_t now, struct nct_key_record *record);

/* Whether the portal's current key may sign; must still be so at the commit. NCT_OK; NCT_E_NOT_ANNOUNCED;
 * NCT_E_KEY_COMPROMISED; or a failure. */
nct_status nct_key_may_sign(struct nct_unit *unit);

/* What verifiers and keyed hashes need of the keys of a store; NULL without memory. */
struct nct_kept_keys *nct_key_rows_keep(const struct nct_key_rows *rows);

/* How far re-sealing has come: NCT_OK, with a record of zeros and revision 0 when it was never begun; or a failure. */
nct_status nct_rekey_get(struct nct_unit *unit, struct nct_rekey_record *record, uint64_t *revision);
nct_status nct_rekey_put(struct nct_unit *unit, const struct nct_rekey_record *record);

/* Takes the place of a record that is not the one that was written: it reads as zeros. NCT_OK or a failure. */
nct_status nct_rekey_discard(struct nct_unit *unit, struct nct_rekey_record *record, uint64_t *revision);

/*
 * What a row's not opening means: one that names a key the store never announced, or a version it never had, has an
 * altered header, NCT_E_INTEGRITY. NCT_E_KEY stays what it is for a key of the store that is not held; other statuses
 * stay. Without the row, NULL, any such key leaves the question open.
 */
nct_status nct_key_judge(struct nct_portal *portal, nct_status status, const unsigned char *row, size_t len);

#endif
