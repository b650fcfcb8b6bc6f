/*
 * The unit of work: every operation is a function that reads with revisions, decides, stages writes, and may
 * be run again.
 *
 * One conditional commit applies all that was staged, provided that nothing that was read has changed. So an
 * operation is serializable, and nothing is half done at any crash or failure. Slow work and outside effects
 * (key derivation, sending mail) stay outside.
 */
#ifndef NCT_ENGINE_UNIT_UNIT_H
#define NCT_ENGINE_UNIT_UNIT_H

#include "engine/handle/portal.h"
#include "engine/records/types.h"

#include <nctracks/store.h>

struct nct_unit_row;

struct nct_unit {
    struct nct_portal *portal;
    int64_t now;                     /* one time for the whole unit */
    const struct nct_memory *memory; /* of the rows */
    struct nct_unit_row *rows;
    size_t count;
    size_t capacity;
    uint64_t commits;     /* of the portal's own store, when it began */
    int any_time;         /* its time is not judged, see engine/unit/clock.h */
    size_t acts;          /* how many have begun, see nct_unit_act() */
    nct_status outcome;   /* what the caller is told when the commit succeeded */
    struct nct_buf mails; /* ids of the mails staged, NCT_MAIL_ID bytes each */
};

/* NCT_OK commits what was staged; anything else drops it. */
typedef nct_status nct_unit_function(struct nct_unit *unit, void *argument);

/*
 * Runs a function until it is committed, refused, or NCT_OPTION_COMMIT_TRIES conflicts made it NCT_E_BUSY. When mails
 * is not NULL it receives the ids of the committed mails; the caller initialises and frees it.
 */
nct_status nct_unit_run(struct nct_portal *portal, nct_unit_function *function, void *argument, struct nct_buf *mails);

/* Runs a function that only reads. What it read was there at one moment. */
nct_status nct_unit_read(struct nct_portal *portal, nct_unit_function *function, void *argument);

/* Runs a function that stages, at the present time, and commits nothing: what would happen. */
nct_status nct_unit_rehearse(struct nct_portal *portal, nct_unit_function *function, void *argument);

/* Commits what is staged, but tells the caller of a refusal: for attempts that leave a ledger entry. */
nct_status nct_unit_refuse(struct nct_unit *unit, nct_status status);

/*
 * Runs a function as one of several acts of a unit, which are committed together. What it staged stays when it answers
 * NCT_OK or was refused with nct_unit_refuse(); when a rule or a value refuses it, or something is not found, the unit
 * is as before. The answer is its own, and later acts see what earlier ones staged. NCT_OK when there is an answer, or
 * the failure, of which the unit is to fail. Acts have no acts of their own.
 */
nct_status nct_unit_act(struct nct_unit *unit, nct_unit_function *function, void *argument, nct_code *answer);

/*
 * Reads a record, as this unit last left it. NCT_OK; NCT_E_NOT_FOUND with a record of zeros, and it must still be
 * missing at the commit; or a failure. A pinned row that is not the one its stream pins, or gone, is NCT_E_INTEGRITY.
 */
nct_status nct_unit_get(struct nct_unit *unit, const struct nct_record_type *type, const void *key, size_t key_len,
                        void *record);

/* Stages a write. A row this unit has not read must not exist at the commit. */
nct_status nct_unit_put(struct nct_unit *unit, const struct nct_record_type *type, const void *key, size_t key_len,
                        const void *record);

/*
 * Stages a row as it is, so that it is written under the current key; a pinned row with its pin. NCT_OK;
 * NCT_E_NOT_FOUND; or a failure, after which the row is only read.
 */
nct_status nct_unit_reseal(struct nct_unit *unit, const struct nct_record_type *type, const void *key, size_t key_len);

/*
 * Takes a row whatever it holds, and whether it opens or is there, to be written anew or removed: what is lost with it
 * is found elsewhere. The digest of its relation stays as it is, for nobody knows what was counted: a row that only
 * comes back fits it, else it is counted anew, see recount.h. NCT_OK or a failure; the row is read then, with its
 * revision.
 */
nct_status nct_unit_overwrite(struct nct_unit *unit, const struct nct_record_type *type, const void *key,
                              size_t key_len);

/* Stages the removal of a row this unit has read and found. */
nct_status nct_unit_delete(struct nct_unit *unit, const struct nct_record_type *type, const void *key, size_t key_len);

/*
 * Something does not fit a row this unit has read. If the row is still at the revision read, nobody committed in
 * between, so the store was altered behind the library's back: NCT_E_INTEGRITY. Else somebody was quicker:
 * NCT_E_CONFLICT.
 */
nct_status nct_unit_explain_mismatch(struct nct_unit *unit, const struct nct_record_type *type, const void *key,
                                     size_t key_len);

/* The revision a row will have after the commit; 0 for one that is missing or was not read. */
uint64_t nct_unit_revision(const struct nct_unit *unit, const struct nct_record_type *type, const void *key,
                           size_t key_len);

#endif
