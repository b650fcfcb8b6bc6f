/*
 * People. A person is an id, drawn at random and never given twice; all that hangs on somebody hangs on it. An NCID is
 * a name: it leads to the one it was given to first, who may use another by now. NCIDs are canonical and
 * NUL-terminated.
 */
#ifndef NCT_PORTAL_REGISTRY_PERSON_H
#define NCT_PORTAL_REGISTRY_PERSON_H

#include "portal/registry/directory.h"

/* Finds the person who uses an NCID now. NCT_OK; NCT_E_UNKNOWN_PERSON, also for somebody known by name alone; or a
 * failure. */
nct_status nct_person_find(struct nct_unit *unit, const char *ncid, unsigned char person[NCT_PERSON_ID],
                           struct nct_person_record *record);

/* The same, also for somebody known by name alone. */
nct_status nct_person_named(struct nct_unit *unit, const char *ncid, unsigned char person[NCT_PERSON_ID],
                            struct nct_person_record *record);

/* Whom an NCID was given to. NCT_OK, NCT_E_UNKNOWN_PERSON or a failure. */
nct_status nct_ncid_find(struct nct_unit *unit, const char *ncid, unsigned char person[NCT_PERSON_ID]);

/* The same for what was done under it, whatever became of it since; nothing is done by a name alone. */
nct_status nct_person_behind(struct nct_unit *unit, const char *ncid, unsigned char person[NCT_PERSON_ID],
                             struct nct_person_record *record);

/* Finds the person who uses an NCID, or makes one known by name alone, with the id `fresh` and an entry by an actor. */
nct_status nct_person_name_new(struct nct_unit *unit, const char *ncid, const char *actor,
                               const unsigned char fresh[NCT_PERSON_ID], unsigned char person[NCT_PERSON_ID]);

/* Stages an NCID that nobody had. NCT_OK; NCT_E_NCID_TAKEN for one somebody has or had; or a failure. */
nct_status nct_ncid_give(struct nct_unit *unit, const char *ncid, const unsigned char person[NCT_PERSON_ID]);

/* Stages whom an NCID leads to, which this unit has looked up. */
nct_status nct_ncid_point(struct nct_unit *unit, const char *ncid, const unsigned char person[NCT_PERSON_ID], int idle);

/* Stages a record, and what its person is found by, see directory.h. The unit has read it, or it is new. */
nct_status nct_person_put(struct nct_unit *unit, const unsigned char person[NCT_PERSON_ID],
                          const struct nct_person_record *record);

/* The text a person is found by, one of the NCT_SEARCH constants; empty for who was merged or is known by name alone.
 */
void nct_person_text(const struct nct_person_record *record, int32_t by, struct nct_directory_text *text);

/* Reads the record of an id that some row holds, of whoever stands for them now. NCT_OK or a failure. */
nct_status nct_person_get(struct nct_unit *unit, const unsigned char person[NCT_PERSON_ID],
                          struct nct_person_record *record);

/* The NCID used now; empty for an id of zeros. NCT_OK or a failure. */
nct_status nct_ncid_of(struct nct_unit *unit, const unsigned char person[NCT_PERSON_ID], char ncid[NCT_NCID_ROOM]);

/* Puts in whom somebody was merged into; who was not stays, as does an id of zeros. NCT_OK or a failure. */
nct_status nct_person_present(struct nct_unit *unit, unsigned char person[NCT_PERSON_ID]);

/* Whether two ids are one human being. NCT_OK or a failure. */
nct_status nct_person_same(struct nct_unit *unit, const unsigned char one[NCT_PERSON_ID],
                           const unsigned char other[NCT_PERSON_ID], int *same);

/* Whether an operator ("operator:" and a name) goes by an NCID that this person uses or used: nobody settles what they
 * asked for themselves. NCT_OK or a failure. */
nct_status nct_operator_is(struct nct_unit *unit, const char *actor, const unsigned char person[NCT_PERSON_ID],
                           int *same);

/* Whether the record turned out to be another one's duplicate: it is nobody's any longer. */
int nct_person_is_merged(const struct nct_person_record *record);

/* Whether they were only named so far: nobody knows how to reach them. */
int nct_person_is_name_only(const struct nct_person_record *record);

/* The legal name as it is printed: first, middle, last name and suffix, as far as there are. */
void nct_person_name(const struct nct_person_record *record, char name[NCT_PRINTED_NAME_ROOM]);

#endif
