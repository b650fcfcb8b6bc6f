/*
 * What hangs on an NCID that is left follows to another, provider by provider: behind a new NCID of a person and a
 * duplicate that is merged. The first commit is the caller's: it leaves the NCID, and notes it as `moving_from` in the
 * record of the person who goes by the other. Any step may be run again, also by two at once.
 */
#ifndef NCT_PORTAL_OFFICE_PERSON_MOVE_H
#define NCT_PORTAL_OFFICE_PERSON_MOVE_H

#include "engine/handle/arguments.h"
#include "engine/unit/ledger_append.h"
#include "engine/unit/twin.h"

/* A move at work. */
struct nct_moving {
    char actor[NCT_ACTOR_ROOM];
    char reason[NCT_NAME_ROOM];
    char from[NCT_NCID_ROOM];
    char to[NCT_NCID_ROOM];
    const struct nct_pair_page *page; /* of the commit at work */
};

/* An operator's words and the two NCIDs as a host gives them. */
struct nct_move_words {
    const char *operator_name;
    size_t operator_len;
    const char *reason;
    size_t reason_len;
    const char *from;
    size_t from_len;
    const char *to;
    size_t to_len;
};

/* Takes them, in this order: NCT_OK, or a status of the value range. */
nct_status nct_move_take(const struct nct_move_words *words, struct nct_moving *moving);

/* Stages the NCID that is left: nobody goes by it, and nobody gets it anew. */
nct_status nct_move_leave(struct nct_unit *unit, const struct nct_moving *moving,
                          const unsigned char person[NCT_PERSON_ID]);

/* Stages the end of the password the library keeps; with the PIN, of that too, its mail and a period of signing. */
nct_status nct_move_end_secrets(struct nct_unit *unit, const unsigned char person[NCT_PERSON_ID], int with_pin);

/* Stages a mail about the NCID from now on, to the address on file, and the entry in the person's stream. */
nct_status nct_move_tell(struct nct_unit *unit, const struct nct_moving *moving, enum nct_template text,
                         const unsigned char person[NCT_PERSON_ID], const struct nct_person_record *record,
                         const struct nct_note *note);

/* Whether the move goes on: NCT_OK; NCT_E_STATE when the person no longer goes by the NCID it leads to; or a failure.
 */
nct_status nct_move_check(struct nct_unit *unit, const struct nct_moving *moving);

/* Moves grants, places and standings of every provider: NCT_OK; NCT_E_BUSY while one is being terminated or
 * reinstated; NCT_E_STATE; or a failure. */
nct_status nct_move_providers(struct nct_portal *portal, struct nct_moving *moving);

/* The last commit. */
nct_status nct_move_finish(struct nct_portal *portal, struct nct_moving *moving);

#endif
