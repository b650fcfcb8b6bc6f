/* One human being turns out to be two in the store: what hangs on one becomes the other's. */
#ifndef NCT_PORTAL_OFFICE_PERSON_ABSORB_H
#define NCT_PORTAL_OFFICE_PERSON_ABSORB_H

#include "engine/unit/ledger_append.h"

/* An operator's change of a person's NCID. */
struct nct_renaming {
    char actor[NCT_NAME_ROOM + 9];
    char reason[NCT_NAME_ROOM];
    char from[NCT_NCID_ROOM];
    char to[NCT_NCID_ROOM];
};

/* An NCID as a caller gave it, and what the parameter is called there. */
struct nct_named_ncid {
    const char *name;
    const char *text;
    size_t len;
};

/* Takes the words of an operator. NCT_OK, NCT_E_ARGUMENT or a status of the value range. */
nct_status nct_renaming_take(struct nct_portal *portal, const char *operator_name, size_t operator_name_len,
                             const char *reason, size_t reason_len, const struct nct_named_ncid *from,
                             const struct nct_named_ncid *to, struct nct_renaming *renaming);

#define NCT_ABSORB_MAX 1000 /* providers that one commit changes */

/*
 * Stages that access, standings and places of `from` are those of `to`; where both have some, `to` keeps what it has
 * but for a place as OA or backup OA. NCT_OK; NCT_E_LIMIT for too many providers; or a failure.
 */
nct_status nct_person_absorb(struct nct_unit *unit, const char *actor, const unsigned char from[NCT_PERSON_ID],
                             const unsigned char to[NCT_PERSON_ID]);

/* Stages that `from` stands for `to` from now on; the caller has staged what else changes in them. */
nct_status nct_person_merge_into(struct nct_unit *unit, const unsigned char from[NCT_PERSON_ID],
                                 const unsigned char to[NCT_PERSON_ID]);

/* Stages the end of the password the library keeps; with the PIN, of that too, its mail and a period of signing. */
nct_status nct_secrets_end(struct nct_unit *unit, const unsigned char person[NCT_PERSON_ID], int with_pin);

/* Stages a mail about the NCID from now on, to the address on file, and the entry in the person's stream. */
nct_status nct_renaming_tell(struct nct_unit *unit, const struct nct_renaming *renaming, enum nct_template text,
                             const unsigned char person[NCT_PERSON_ID], const struct nct_note *note);

#endif
