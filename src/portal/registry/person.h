/* People and their grants, within a unit of work. NCIDs and provider ids are canonical and NUL-terminated. */
#ifndef NCT_PORTAL_REGISTRY_PERSON_H
#define NCT_PORTAL_REGISTRY_PERSON_H

#include "engine/unit/twin.h"

/* Finds a person. NCT_OK; NCT_E_UNKNOWN_PERSON; or a failure. */
nct_status nct_person_find(struct nct_unit *unit, const char *ncid, unsigned char person[NCT_PERSON_ID],
                           struct nct_person_record *record);

/* The same for an NCID the person no longer goes by, or that ended in a merge: for what was done under it. */
nct_status nct_person_behind(struct nct_unit *unit, const char *ncid, unsigned char person[NCT_PERSON_ID],
                             struct nct_person_record *record);

/* Whether the record turned out to be another one's duplicate: it is nobody's any longer. */
int nct_person_is_merged(const struct nct_person_record *record);

/* Puts in whom somebody was merged into, once all that was theirs has moved; who was not stays. NCT_OK or a failure. */
nct_status nct_person_present(struct nct_unit *unit, unsigned char person[NCT_PERSON_ID]);

/* "First Last": at most 2 * NCT_NAME_ROOM bytes with the NUL. */
void nct_person_name(const struct nct_person_record *record, char name[2 * NCT_NAME_ROOM]);

/* Reads a provider that is open to those who have access: NCT_OK; NCT_E_NOT_REGISTERED, also for one nobody knows;
 * NCT_E_TERMINATED; or a failure. */
nct_status nct_provider_open(struct nct_unit *unit, const char *provider, struct nct_provider_record *record);

/* The two rows of a grant. */
extern const struct nct_pair nct_grant_pair;

/* The two rows of a proposal to change a grant. */
extern const struct nct_pair nct_proposal_pair;

/* Reads a grant; one of role NCT_ROLE_NONE if there is none. See nct_pair_get(). */
nct_status nct_grant_get(struct nct_unit *unit, const char *provider, const char *ncid, struct nct_grant_record *grant);

/* The same outside a unit of work. See nct_pair_read(). */
nct_status nct_grant_read(struct nct_portal *portal, const char *provider, const char *ncid,
                          struct nct_grant_record *grant);

/* Stages a grant, which must have been read, and the person's count of providers with it. A revoked grant stays as a
 * record of role NCT_ROLE_NONE. */
nct_status nct_grant_put(struct nct_unit *unit, const char *provider, const char *ncid,
                         const struct nct_grant_record *grant);

#define NCT_GRANT_DETAIL_ROOM 320

/* What the ledger says of a grant: "user, rights 0000000000000009", and its validity where it has one. */
void nct_grant_describe(const struct nct_grant_record *grant, char detail[NCT_GRANT_DETAIL_ROOM]);

/* Notes that a person used their access, see nct_access_note_use(). */
#define NCT_USE_GRAIN INT64_C(86400000)
nct_status nct_grant_use(struct nct_unit *unit, const char *provider, const char *ncid);

/* Without the rights of its groups; see nct_standing_get(). */
struct nct_standing nct_grant_standing(const struct nct_grant_record *grant);

/* nct_policy_decide() at the present time; the clock is read only where a validity asks for it. */
nct_status nct_standing_decide(const struct nct_portal *portal, const struct nct_standing *standing, int32_t right);

#endif
