/* Grants: what somebody may do at a provider, in a pair of rows. Provider ids are canonical and NUL-terminated. */
#ifndef NCT_PORTAL_REGISTRY_GRANT_H
#define NCT_PORTAL_REGISTRY_GRANT_H

#include "engine/unit/twin.h"
#include "portal/registry/person.h"

/* The two rows of a grant, and of a proposal to change one. */
extern const struct nct_pair nct_grant_pair;
extern const struct nct_pair nct_proposal_pair;

/* Reads a grant; one of role NCT_ROLE_NONE if there is none. See nct_pair_get(). */
nct_status nct_grant_get(struct nct_unit *unit, const char *provider, const unsigned char person[NCT_PERSON_ID],
                         struct nct_grant_record *grant);

/* The same by NCID. Nobody has none, and an id of zeros; somebody known by name alone has an id. */
nct_status nct_grant_find(struct nct_unit *unit, const char *provider, const char *ncid,
                          unsigned char person[NCT_PERSON_ID], struct nct_grant_record *grant);

/* Stages a grant, which must have been read; periods of signing end with it. A revoked grant stays as a record of role
 * NCT_ROLE_NONE. */
nct_status nct_grant_put(struct nct_unit *unit, const char *provider, const unsigned char person[NCT_PERSON_ID],
                         const struct nct_grant_record *grant);

#define NCT_GRANT_DETAIL_ROOM 320

/* What the ledger says of a grant: "user, rights 0000000000000009", and its validity where it has one. */
void nct_grant_describe(const struct nct_grant_record *grant, char detail[NCT_GRANT_DETAIL_ROOM]);

/* Notes that a person used their access, see nct_access_note_use(). */
#define NCT_USE_GRAIN INT64_C(86400000)
nct_status nct_grant_use(struct nct_unit *unit, const char *provider, const unsigned char person[NCT_PERSON_ID]);

/* Whether somebody has access to any provider that is not terminated: as long as they have, they have a PIN (S12). The
 * same reads for somebody who never had any. */
nct_status nct_access_any(struct nct_unit *unit, const unsigned char person[NCT_PERSON_ID], int *any);

/* The same outside a unit of work, or beside one: what it reads is nothing that one waits for. */
nct_status nct_access_any_read(struct nct_portal *portal, const unsigned char person[NCT_PERSON_ID], int *any);

#endif
